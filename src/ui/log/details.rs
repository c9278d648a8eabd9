//! One mention in full: what was said, by whom, and the fields a person changes. Every change is sent at once.

use std::sync::Arc;

use leptos::prelude::*;

use super::data::Log;
use crate::log::{MentionKey, Priority, Status};
use crate::message::Msg;
use crate::protocol::{Change, MentionRow};
use crate::ui::dates;
use crate::ui::due;
use crate::ui::icons::icon;
use crate::ui::mention::{
    author, history, is_web_address, look_history, priority_key, priority_of, status_key, status_of,
};
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
        <div class="row wrap">{link}</div>
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
            {choice(log, mention, "details-assignee", people)}
            {choice(log, mention, "details-department", departments)}
            {priority(log, mention)}
            {snooze(log, mention, &zone)}
            {flag(log, mention)}
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

fn status(log: Log, mention: &MentionRow) -> AnyView {
    let (key, now) = (mention.key.clone(), mention.status);
    let set = move |event| {
        if let Some(status) = status_of(&event_target_value(&event)) {
            log.change(vec![key.clone()], Change::Status { status });
        }
    };
    let options: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| view! { <option value=status.name() selected=status == now>{t(status_key(status))}</option> })
        .collect();
    view! {
        <label class="field">
            <span class="label">{t("card_status")}</span>
            <select class="input" id="details-status" on:change=set>{options}</select>
        </label>
    }
    .into_any()
}

fn priority(log: Log, mention: &MentionRow) -> AnyView {
    let (key, now) = (mention.key.clone(), mention.priority);
    let set = move |event| {
        let priority = priority_of(&event_target_value(&event));
        log.change(vec![key.clone()], Change::Priority { priority });
    };
    let options: Vec<_> = Priority::ALL
        .into_iter()
        .map(|one| view! { <option value=one.name() selected=Some(one) == now>{t(priority_key(one))}</option> })
        .collect();
    view! {
        <label class="field">
            <span class="label">{t("card_priority")}</span>
            <select class="input" id="details-priority" on:change=set>
                <option value="" selected=now.is_none()>{t("log_no_priority")}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Nobody need look until then.
fn snooze(log: Log, mention: &MentionRow, zone: &str) -> AnyView {
    let key = mention.key.clone();
    let set = move |event| {
        let value = event_target_value(&event);
        // The standing choice has a value that is no time.
        if let Some(until) = if value.is_empty() { Some(None) } else { value.parse().ok().map(Some) } {
            log.change(vec![key.clone()], Change::Snooze { until });
        }
    };
    let now = mention.snoozed.filter(|until| *until > dates::now());
    let until = |at: i64| say(&Msg::new("log_snooze_until").with("when", dates::full(at, zone)));
    let options: Vec<_> =
        dates::mornings().into_iter().map(|at| view! { <option value=at.to_string()>{until(at)}</option> }).collect();
    view! {
        <label class="field">
            <span class="label">{t("log_snooze")}</span>
            <select class="input" id="details-snooze" on:change=set>
                <option value="" selected=now.is_none()>{t("log_snooze_none")}</option>
                {now.map(|at| view! { <option value="-" selected=true>{until(at)}</option> })}
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn choice(log: Log, mention: &MentionRow, id: &'static str, mut values: Vec<String>) -> AnyView {
    let assignee = id == "details-assignee";
    let now = if assignee { mention.assignee.clone() } else { mention.department.clone() };
    let (label, none) =
        if assignee { ("card_assignee", "card_nobody") } else { ("card_department", "card_no_department") };
    let key = mention.key.clone();
    let set = move |event| {
        let value = Some(event_target_value(&event)).filter(|value| !value.is_empty());
        let change = if assignee { Change::Assignee { user: value } } else { Change::Department { department: value } };
        log.change(vec![key.clone()], change);
    };
    values.extend(now.clone().filter(|value| !values.contains(value)));
    let options: Vec<_> = values
        .into_iter()
        .map(|value| {
            let selected = now.as_ref() == Some(&value);
            view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
        })
        .collect();
    view! {
        <label class="field">
            <span class="label">{t(label)}</span>
            <select class="input" id=id on:change=set>
                <option value="" selected=now.is_none()>{t(none)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
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

fn flag(log: Log, mention: &MentionRow) -> AnyView {
    let key = mention.key.clone();
    let set = move |event| log.change(vec![key.clone()], Change::Flag { on: event_target_checked(&event) });
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{t("card_flag")}</span>
            <label class="switch">
                <input type="checkbox" role="switch" prop:checked=mention.flag on:change=set />
                <span>{t("card_flag_help")}</span>
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
