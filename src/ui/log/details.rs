//! One mention in full: what was said, by whom, and the fields a person changes. Every change is sent at once.

use std::sync::Arc;

use leptos::prelude::*;

use super::data::Log;
use crate::log::body::{Ground, Moderated, Moderation};
use crate::log::{MentionKey, Priority, Status};
use crate::message::Msg;
use crate::protocol::{Change, MentionRow};
use crate::ui::dates;
use crate::ui::due;
use crate::ui::icons::icon;
use crate::ui::mention::{
    author, history, is_web_address, look_history, priority_key, priority_of, status_key, status_of,
};
use crate::ui::select::Select;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};

/// The details of the mention the cursor is on.
pub fn view(log: Log) -> AnyView {
    let key = Memo::new(move |_| log.active.get());
    Effect::new(move |_| log.need(key.get().into_iter().collect()));
    let shown = Memo::new(move |_| key.get().and_then(|key| log.row(&key)));
    let close = move || {
        log.open.set(false);
        request_animation_frame(|| focus("log-rows"));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    };
    view! {
        <aside class="details" aria-labelledby="details-title" on:keydown=on_key>
            <button class="button quiet small back" on:click=move |_| close()>{t("log_back")}</button>
            {move || shown.get().map(|mention| head(log, &mention, close))}
            {super::queue::why(log, key)}
            {super::looks::view(log, key)}
            {move || shown.get().map(|mention| content(log, &mention))}
            {super::case::view(log, key)}
            // Outside what a change draws again: a note half written must not be lost.
            {note(log, key)}
        </aside>
    }
    .into_any()
}

fn head(log: Log, mention: &Arc<MentionRow>, close: impl Fn() + Copy + 'static) -> AnyView {
    let zone = log.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let key = mention.key.clone();
    let published = mention.published.map(|at| dates::full(at, &zone));
    let link = is_web_address(&mention.permalink).then(|| {
        view! {
            <a class="button small" href=mention.permalink.clone() target="_blank" rel="noopener noreferrer">
                {icon("open")}{t("log_open_post")}
            </a>
        }
    });
    view! {
        <div class="details-top">
            <div>
                <h2 id="details-title" tabindex="-1">{author(mention)}</h2>
                <p class="muted small">{log.page.network_name(&mention.network)}{published.map(|when| format!(" · {when}"))}</p>
            </div>
            <button class="button quiet icon-only" aria-label=t("log_close_details") on:click=move |_| close()>{icon("close")}</button>
        </div>
        <p class="post-text quote" tabindex="0">{mention.text.clone()}</p>
        <div class="row wrap">{link}{super::handover::button(log, move || vec![key.clone()])}</div>
        {disputed(mention)}
    }
    .into_any()
}

fn content(log: Log, mention: &Arc<MentionRow>) -> AnyView {
    let zone = log.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let (people, departments) =
        log.page.state.with_untracked(|state| (state.workspace.people.clone(), state.workspace.departments.clone()));
    let key = mention.key.clone();
    let set = Callback::new(move |at| log.change(vec![key.clone()], Change::Due { at }));
    let due = due::view(mention, &zone, set);
    let saved = format!(" · {}", dates::full(mention.saved_at, &zone));
    let lines: Vec<_> = history(mention)
        .iter()
        .enumerate()
        .map(|(index, line)| view! { <li>{say(line)}{(index == 0).then(|| saved.clone())}</li> })
        .collect();
    let looks: Vec<_> = look_history(mention)
        .iter()
        .map(|(line, at)| view! { <li>{say(line)}" · "{dates::full(*at, &zone)}</li> })
        .collect();
    let notes: Vec<_> = mention
        .notes
        .iter()
        .rev()
        .map(|note| {
            view! {
                <li>
                    <p class="small muted">{note.by.clone()}" · "{dates::short(note.at, &zone)}</p>
                    <p class="quote">{note.text.clone()}</p>
                </li>
            }
        })
        .collect();
    let notes = (!notes.is_empty()).then(
        || view! { <section class="stack tight"><h3>{t("card_notes")}</h3><ul class="notes">{notes}</ul></section> },
    );
    view! {
        {tags(log, mention)}
        <div class="pair">
            {status(log, mention)}
            {assignee(log, mention, people)}
            {department(log, mention, departments)}
            {priority(log, mention)}
            {snooze(log, mention, &zone)}
            {moderation(log, mention)}
            {flag(log, mention)}
            {gone(log, mention)}
        </div>
        {due}
        <section class="stack tight">
            <h3>{t("card_history")}</h3>
            <ul class="muted small">{lines}{looks}</ul>
        </section>
        {notes}
    }
    .into_any()
}

/// What two people set at the same time: both are shown, a new choice settles it.
fn disputed(mention: &MentionRow) -> Option<AnyView> {
    let lines: Vec<_> = mention
        .disputed
        .iter()
        .map(|one| {
            let named = status_of(&one.value).map(status_key).or_else(|| priority_of(&one.value).map(priority_key));
            let value = named.map_or_else(|| one.value.clone(), t);
            view! { <li>{say(&Msg::new("log_disputed").with("who", &one.by).with("value", value))}</li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="notice warn small">{lines}</ul> }.into_any())
}

/// A field of the case: the values with their words, the one that stands, and the change that a choice stands for.
fn field(
    log: Log,
    mention: &MentionRow,
    (id, label): (&'static str, &str),
    options: Vec<(String, String)>,
    now: String,
    change: fn(String) -> Option<Change>,
) -> AnyView {
    let key = mention.key.clone();
    let set = Callback::new(move |value: String| {
        if let Some(change) = change(value) {
            log.change(vec![key.clone()], change);
        }
    });
    let (options, now) = (Signal::stored(options), Signal::stored(now));
    Select { label: String::new(), id, options, now, marks: false }.field(t(label), set)
}

fn status(log: Log, mention: &MentionRow) -> AnyView {
    let options = Status::ALL.map(|status| (status.name().to_owned(), t(status_key(status)))).to_vec();
    let now = mention.status.name().to_owned();
    field(log, mention, ("details-status", "card_status"), options, now, |value| {
        Some(Change::Status { status: status_of(&value)? })
    })
}

fn priority(log: Log, mention: &MentionRow) -> AnyView {
    let all = Priority::ALL.map(|one| (one.name().to_owned(), t(priority_key(one))));
    let options = [(String::new(), t("log_no_priority"))].into_iter().chain(all).collect();
    let now = mention.priority.map(Priority::name).unwrap_or_default().to_owned();
    field(log, mention, ("details-priority", "card_priority"), options, now, |value| {
        Some(Change::Priority { priority: priority_of(&value) })
    })
}

/// Nobody need look until then.
fn snooze(log: Log, mention: &MentionRow, zone: &str) -> AnyView {
    let until = |at: i64| say(&Msg::new("log_snooze_until").with("when", dates::full(at, zone)));
    let standing = mention.snoozed.filter(|until| *until > dates::now());
    let all = standing.into_iter().chain(dates::mornings()).map(|at| (at.to_string(), until(at)));
    let options = [(String::new(), t("log_snooze_none"))].into_iter().chain(all).collect();
    let now = standing.map(|at| at.to_string()).unwrap_or_default();
    field(log, mention, ("details-snooze", "log_snooze"), options, now, |value| {
        Some(Change::Snooze { until: if value.is_empty() { None } else { Some(value.parse().ok()?) } })
    })
}

fn assignee(log: Log, mention: &MentionRow, people: Vec<String>) -> AnyView {
    let options = or_none("card_nobody", people, mention.assignee.as_ref());
    let now = mention.assignee.clone().unwrap_or_default();
    field(log, mention, ("details-assignee", "card_assignee"), options, now, |value| {
        Some(Change::Assignee { user: Some(value).filter(|value| !value.is_empty()) })
    })
}

fn department(log: Log, mention: &MentionRow, departments: Vec<String>) -> AnyView {
    let options = or_none("card_no_department", departments, mention.department.as_ref());
    let now = mention.department.clone().unwrap_or_default();
    field(log, mention, ("details-department", "card_department"), options, now, |value| {
        Some(Change::Department { department: Some(value).filter(|value| !value.is_empty()) })
    })
}

/// These values, the standing one too, and none.
fn or_none(none: &str, mut values: Vec<String>, now: Option<&String>) -> Vec<(String, String)> {
    values.extend(now.filter(|now| !values.contains(now)).cloned());
    [(String::new(), t(none))].into_iter().chain(values.into_iter().map(|value| (value.clone(), value))).collect()
}

/// The mention's tags; each can be taken off.
fn tags(log: Log, mention: &MentionRow) -> Option<AnyView> {
    let tags: Vec<_> = mention
        .tags
        .iter()
        .map(|tag| {
            let (key, gone) = (mention.key.clone(), tag.clone());
            let remove = move |_| log.change(vec![key.clone()], Change::Tag { tag: gone.clone(), on: false });
            let label = say(&Msg::new("log_tag_remove").with("tag", tag));
            view! {
                <li class="chip">
                    {tag.clone()}
                    <button class="button quiet icon-only small" aria-label=label on:click=remove>{icon("close")}</button>
                </li>
            }
        })
        .collect();
    (!tags.is_empty()).then(|| view! { <ul class="row wrap" aria-label=t("log_tags")>{tags}</ul> }.into_any())
}

/// What was done about the post on its network, and why once something was. The values of both lists say both.
fn moderation(log: Log, mention: &MentionRow) -> AnyView {
    let now = mention.moderated;
    let written = |done: Moderated| serde_json::to_string(&done).unwrap_or_default();
    let change = |value: String| Some(Change::Moderation { done: crate::json::read(&value)? });
    let action = |(action, name): (Moderation, &str)| {
        (written(Moderated { action: Some(action), ..now }), t(&format!("log_moderation_{name}")))
    };
    let none = (written(Moderated::default()), t("log_moderation_none"));
    let actions = std::iter::once(none).chain(Moderation::ALL.map(action)).collect();
    let ground = |(reason, name): (Ground, &str)| {
        (written(Moderated { reason: Some(reason), ..now }), t(&format!("log_ground_{name}")))
    };
    let unsaid = (written(Moderated { reason: None, ..now }), t("log_ground_none"));
    let grounds = std::iter::once(unsaid).chain(Ground::ALL.map(ground)).collect();
    let why = now.action.map(|_| field(log, mention, ("details-ground", "log_ground"), grounds, written(now), change));
    view! { {field(log, mention, ("details-moderation", "log_moderation"), actions, written(now), change)}{why} }
        .into_any()
}

fn flag(log: Log, mention: &MentionRow) -> AnyView {
    switch(log, mention, ("card_flag", "card_flag_help"), mention.flag, |on| Change::Flag { on })
}

fn gone(log: Log, mention: &MentionRow) -> AnyView {
    switch(log, mention, ("log_gone", "log_gone_help"), mention.gone, |on| Change::Gone { on })
}

/// Something that is so or not.
fn switch(
    log: Log,
    mention: &MentionRow,
    (label, help): (&str, &str),
    on: bool,
    change: fn(bool) -> Change,
) -> AnyView {
    let key = mention.key.clone();
    let set = move |event| log.change(vec![key.clone()], change(event_target_checked(&event)));
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{t(label)}</span>
            <label class="switch">
                <input type="checkbox" role="switch" prop:checked=on on:change=set />
                <span>{t(help)}</span>
            </label>
        </div>
    }
    .into_any()
}

fn note(log: Log, key: Memo<Option<MentionKey>>) -> AnyView {
    let text = RwSignal::new(String::new());
    // A half-written note belongs to its mention, not to the next one.
    Effect::new(move |last: Option<Option<MentionKey>>| {
        let now = key.get();
        if last.is_some_and(|last| last != now) {
            text.set(String::new());
        }
        now
    });
    let add = move |_| {
        let words = text.get_untracked().trim().to_owned();
        if let Some(key) = key.get_untracked().filter(|_| !words.is_empty()) {
            log.change(vec![key], Change::Note { text: words });
            text.set(String::new());
        }
    };
    view! {
        <div class="stack tight">
            <label class="field">
                <span class="label">{t("card_note")}</span>
                <textarea class="input" rows="2" id="details-note" prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))></textarea>
            </label>
            <div class="row">
                <button class="button small" on:click=add disabled=move || text.read().trim().is_empty()>
                    {icon("note")}{t("card_note_add")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
