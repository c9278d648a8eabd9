//! The rows on the screen, and the keys that move over them. One tab stop; the cursor is announced, not focused.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::data::Log;
use crate::log::{MentionKey, Priority, Status};
use crate::message::Msg;
use crate::protocol::{Change, MentionRow};
use crate::ui::dates;
use crate::ui::icons::icon;
use crate::ui::keys::{ListKey, Modifiers, list_key};
use crate::ui::mention::{priority_key, priority_tone, status_key, status_tone};
use crate::ui::scroll::Scroll;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};

/// Height of a row in CSS pixels, as the style sheet has it.
const ROW: f64 = 68.0;

/// The list.
pub fn view(log: Log, help: impl Fn() + Copy + 'static) -> AnyView {
    let scroll = Scroll::new(ROW, 800.0);
    let count = Memo::new(move |_| log.found.with(|found| found.len()));
    let range = Memo::new(move |_| scroll.screen.get().rows(count.get()));
    let visible = Memo::new(move |_| {
        let range = range.get();
        let found = log.found.get();
        log.entries.with(|entries| {
            let key = |place: usize| {
                let entry = entries.get(*found.get(place)? as usize)?;
                Some((place, entry.key.clone()))
            };
            range.filter_map(key).collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| log.need(visible.get().into_iter().map(|(_, key)| key).collect()));
    let reveal = move |place: usize| scroll.reveal(place);
    let on_key = move |event: ev::KeyboardEvent| {
        if let Some(key) = key_of(&event) {
            event.prevent_default();
            act(log, key, scroll.screen.get_untracked().page(), &reveal, &help);
        }
    };
    let active_row = move || {
        let active = log.active.get()?;
        visible.with(|rows| rows.iter().any(|(_, key)| *key == active)).then(|| row_id(&active))
    };
    view! {
        <div class="rows" id="log-rows" role="listbox" tabindex="0" aria-multiselectable="true" aria-label=t("log_list")
            aria-activedescendant=active_row node_ref=scroll.area on:scroll=move |_| scroll.measure() on:keydown=on_key
            on:focus=move |_| begin(log)>
            <div class="rows-space" role="presentation" style:height=move || format!("{}px", count.get() as f64 * ROW)>
                <For each=move || visible.get() key=|row| row.clone() children=move |(place, key)| row(log, place, key, count) />
            </div>
        </div>
    }
    .into_any()
}

/// The first row gets the cursor when the list gets the focus.
fn begin(log: Log) {
    if log.active.get_untracked().is_none() {
        log.active.set(log.key_at(0));
    }
}

fn key_of(event: &ev::KeyboardEvent) -> Option<ListKey> {
    let held = Modifiers {
        alt: event.alt_key(),
        ctrl: event.ctrl_key(),
        meta: event.meta_key(),
        shift: false,
        alt_graph: event.get_modifier_state("AltGraph"),
    };
    if event.is_composing() { None } else { list_key(&event.key(), held) }
}

fn act(log: Log, key: ListKey, page: usize, reveal: &impl Fn(usize), help: &impl Fn()) {
    let last = log.found.read_untracked().len().saturating_sub(1);
    let place = log.place();
    let go = |to: usize| {
        log.active.set(log.key_at(to.min(last)));
        reveal(to.min(last));
    };
    let open_at = |id: &'static str| {
        if log.active.get_untracked().is_some() {
            log.open.set(true);
            request_animation_frame(move || focus(id));
        }
    };
    match key {
        ListKey::Next => go(place.map_or(0, |place| place + 1)),
        ListKey::Previous => go(place.map_or(0, |place| place.saturating_sub(1))),
        ListKey::First => go(0),
        ListKey::Last => go(last),
        ListKey::PageDown => go(place.unwrap_or(0) + page),
        ListKey::PageUp => go(place.unwrap_or(0).saturating_sub(page)),
        ListKey::Select => {
            if let Some(key) = log.active.get_untracked() {
                toggle(log, &key);
            }
        }
        ListKey::Details => open_at("details-title"),
        ListKey::Assign => open_at("details-assignee"),
        ListKey::Department => open_at("details-department"),
        ListKey::Priority => open_at("details-priority"),
        ListKey::Snooze => open_at("details-snooze"),
        ListKey::Note => open_at("details-note"),
        ListKey::OpenPost => {
            if let Some(row) = log.active.get_untracked().and_then(|key| log.row(&key)) {
                open_post(&row.permalink);
            }
        }
        ListKey::NoAction => {
            if let Some(key) = log.active.get_untracked() {
                log.change(vec![key], Change::Status { status: Status::NoAction });
            }
        }
        ListKey::Undo => log.take_back(),
        ListKey::Search => focus("log-search"),
        ListKey::Help => help(),
        ListKey::Back if log.open.get_untracked() => log.open.set(false),
        ListKey::Back => log.picked.update(std::collections::BTreeSet::clear),
    }
}

/// Opens a post on its network; only web addresses.
fn open_post(permalink: &str) {
    if crate::ui::mention::is_web_address(permalink) {
        // A browser that refuses a new tab shows that itself.
        let _ = window().open_with_url_and_target_and_features(permalink, "_blank", "noopener,noreferrer");
    }
}

fn toggle(log: Log, key: &MentionKey) {
    log.picked.update(|picked| {
        if !picked.remove(key) {
            picked.insert(key.clone());
        }
    });
}

fn row_id(key: &MentionKey) -> String {
    format!("mention-{}", key.0)
}

fn row(log: Log, place: usize, key: MentionKey, count: Memo<usize>) -> AnyView {
    let shown = {
        let key = key.clone();
        Memo::new(move |_| log.row(&key))
    };
    let is = move |key: &MentionKey, active: Option<MentionKey>| active.as_ref() == Some(key);
    let (active, picked, click, tick) = (key.clone(), key.clone(), key.clone(), key.clone());
    let choose = move |event: ev::MouseEvent| {
        log.active.set(Some(click.clone()));
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            toggle(log, &click);
        } else if log.queue.is_some() {
            if let Some(row) = log.row(&click) {
                open_post(&row.permalink);
            }
        } else {
            log.open.set(true);
        }
    };
    let info = key.clone();
    let info = move |event: ev::MouseEvent| {
        event.stop_propagation();
        log.active.set(Some(info.clone()));
        log.open.set(true);
    };
    // Of the keyboard it is Enter.
    let info = log.queue.is_some().then(|| {
        view! { <span class="details-of" aria-hidden="true" title=t("log_key_details") on:click=info>{icon("info")}</span> }
    });
    let pick = move |event: ev::MouseEvent| {
        event.stop_propagation();
        log.active.set(Some(tick.clone()));
        toggle(log, &tick);
    };
    view! {
        <div class="mention" role="option" id=row_id(&key)
            class:active=move || is(&active, log.active.get())
            aria-selected=move || log.picked.with(|keys| keys.contains(&picked)).to_string()
            aria-posinset=place + 1 aria-setsize=move || count.get()
            style:top=format!("{}px", place as f64 * ROW) on:click=choose>
            <span class="tick" aria-hidden="true" on:click=pick>{icon("check")}</span>
            {move || shown.get().map(|mention| content(log, &mention))}
            {info}
        </div>
    }
    .into_any()
}

fn content(log: Log, mention: &Arc<MentionRow>) -> AnyView {
    let zone = log.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let handle = mention.handle.clone().map(|handle| format!("@{handle}"));
    let name = mention.name.clone().or_else(|| handle.clone()).unwrap_or_else(|| "–".to_owned());
    let second = mention.name.as_ref().and(handle);
    let chip = format!("chip status {}", status_tone(mention.status));
    let flag = mention.flag.then(|| {
        view! { <span class="flagged">{icon("flag")}<span class="hidden-visually">{t("log_flagged")}</span></span> }
    });
    let replied = mention.replied.then(|| {
        view! { <span class="chip ok replied">{icon("reply")}<span class="word">{t("log_replied")}</span></span> }
    });
    let pressing = mention.priority.filter(|priority| *priority >= Priority::High).map(|priority| {
        view! { <span class=format!("chip {}", priority_tone(priority))>{t(priority_key(priority))}</span> }
    });
    let replying = log.page.state.with(|state| {
        let found = state.replying.iter().find(|(key, _)| *key == mention.key)?;
        Some(say(&Msg::new("agent_mark_replying").with("who", &found.1)))
    });
    let replying = replying.map(|words| view! { <span class="chip accent">{words}</span> });
    let gone = mention.gone.then(|| view! { <span class="chip">{t("log_chip_gone")}</span> });
    let rests = mention.snoozed.filter(|until| *until > dates::now()).map(|until| {
        let when = say(&Msg::new("log_snoozed_until").with("when", dates::full(until, &zone)));
        view! { <span class="muted" title=when.clone()>{icon("clock")}<span class="hidden-visually">{when.clone()}</span></span> }
    });
    view! {
        <span class="who">
            <span class="name clip">{name}</span>
            <span class="muted small clip handle">{second}</span>
            <span class="muted small meta">{log.page.network_name(&mention.network)}" · "{dates::short(mention.saved_at, &zone)}</span>
        </span>
        <span class="said clip">{one_line(&mention.text)}</span>
        <span class="marks">
            {super::queue::clock(log, &mention.key)}
            {flag}
            {rests}
            {replying}
            {pressing}
            {gone}
            {replied}
            <span class="muted small who-has">{mention.assignee.clone()}</span>
            <span class=chip>{t(status_key(mention.status))}</span>
        </span>
    }
    .into_any()
}

/// As much of a text as a line can show.
fn one_line(text: &str) -> String {
    text.split_whitespace().flat_map(|word| [word, " "]).flat_map(str::chars).take(300).collect()
}
