//! The work queue in the side panel: its views, the clocks of its rows, and why a mention stands where it stands.

use std::sync::Arc;

use leptos::prelude::*;

use super::data::{Log, me};
use crate::log::MentionKey;
use crate::log::queue::{Standing, View};
use crate::message::Msg;
use crate::triage::hours::span;
use crate::triage::priority::Level;
use crate::ui::icons::icon;
use crate::ui::words::{say, t};

/// Minutes of some milliseconds.
const MINUTE_MS: i64 = 60_000;

/// The way to the whole log.
pub fn to_log() -> AnyView {
    view! { <a class="button quiet small" href="log.html" target="_blank">{icon("list")}{t("queue_whole_log")}</a> }
        .into_any()
}

/// The views with how much is in each; nothing on a page that lists the log.
pub fn views(log: Log) -> Option<AnyView> {
    let shown = log.queue?;
    let counts = Memo::new(move |_| {
        let (me, now) = (me(log.page), log.now.get());
        log.entries.with(|entries| View::ALL.map(|view| entries.iter().filter(|one| view.takes(one, &me, now)).count()))
    });
    let one = |(place, view): (usize, View)| {
        let choose = move |_| {
            shown.set(view);
            log.active.set(None);
        };
        view! {
            <button class="button quiet small queue-view" type="button" id=format!("queue-{}", view.id())
                aria-pressed=move || (shown.get() == view).to_string() on:click=choose>
                {t(view_key(view))}<span class="count">{move || counts.with(|counts| counts[place])}</span>
            </button>
        }
    };
    let all: Vec<_> = View::ALL.into_iter().enumerate().map(one).collect();
    Some(view! { <div class="queue-views" role="group" aria-label=t("queue_views")>{all}</div> }.into_any())
}

fn view_key(view: View) -> &'static str {
    match view {
        View::Now => "queue_now",
        View::Mine => "queue_mine",
        View::Unanswered => "queue_unanswered",
        View::Due => "queue_due",
        View::Waiting => "queue_waiting",
        View::Snoozed => "queue_snoozed",
    }
}

/// What an empty view says.
pub fn nothing(log: Log) -> AnyView {
    let view = log.queue.map(|view| view.get()).unwrap_or_default();
    view! {
        <div class="empty">
            {icon("check")}
            <h2>{t("queue_nothing")}</h2>
            <p>{t(&format!("queue_nothing_{}", view.id()))}</p>
        </div>
    }
    .into_any()
}

/// The clock of a row, in words; nothing while nothing presses.
pub fn clock(log: Log, key: &MentionKey) -> Option<AnyView> {
    let standing = log.standing(key)?;
    let (words, tone) = words(&standing)?;
    Some(view! { <span class=format!("chip {tone}")>{icon("clock")}{say(&words)}</span> }.into_any())
}

fn words(standing: &Standing) -> Option<(Msg, &'static str)> {
    let with = |key: &str, left: i64| Msg::new(key).with("time", span(left.abs() / MINUTE_MS));
    match (standing.due, standing.left) {
        (Some(due), _) if due <= 0 => Some((with("agent_mark_overdue", due), "bad")),
        (_, Some(left)) if left <= 0 => Some((with("agent_mark_overdue", left), "bad")),
        (Some(due), _) => Some((with("queue_due_in", due), "")),
        (_, Some(left)) if standing.is_pressing() => Some((with("queue_left", left), "warn")),
        (_, Some(left)) => Some((with("queue_left", left), "")),
        _ => None,
    }
}

/// Why the mention in the details stands where it stands.
pub fn why(log: Log, key: Memo<Option<MentionKey>>) -> Option<AnyView> {
    log.queue?;
    let standing = Memo::new(move |_| key.get().and_then(|key| log.standing(&key)).map(Arc::new));
    let shown = move || {
        let standing = standing.get()?;
        let terms: Vec<_> = standing.why().map(|term| view! { <li>{say(term)}</li> }).collect();
        let level = Msg::new(level_key(standing.level)).with("points", standing.priority.points.to_string());
        Some(view! {
            <section class="stack tight why" aria-labelledby="why-title">
                <h3 id="why-title">{say(&level)}</h3>
                {standing.is_chosen.then(|| view! { <p class="small">{t("queue_chosen")}</p> })}
                <ul class="muted small">{terms}</ul>
            </section>
        })
    };
    Some(shown.into_any())
}

fn level_key(level: Level) -> &'static str {
    match level {
        Level::Low => "queue_level_low",
        Level::Medium => "queue_level_medium",
        Level::High => "queue_level_high",
        Level::Urgent => "queue_level_urgent",
    }
}
