//! The form that edits a saved mention, and its parts, which the post's card uses too. A change is sent at once; there is
//! no "save" to forget.

use leptos::prelude::*;

use super::{Frame, close_button};
use crate::log::{MentionKey, Status};
use crate::protocol::{Change, MentionRow, OverlayRequest, OverlayView};
use crate::ui::icons::icon;
use crate::ui::mention::{author, status_key, status_of};
use crate::ui::shell::focus;
use crate::ui::words::t;

/// A part of a mention that is chosen from a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who looks after it.
    Assignee,
    /// Whose answer it waits for.
    Department,
}

/// The form; takes focus when it appears.
pub fn view(frame: Frame) -> AnyView {
    request_animation_frame(|| focus("details-status"));
    let shown = Memo::new(move |_| match frame.shown.get() {
        OverlayView::Details { mention, departments, people } => Some((*mention, departments, people)),
        _ => None,
    });
    (move || shown.get().map(|(mention, departments, people)| form(frame, &mention, &departments, &people))).into_any()
}

fn form(frame: Frame, mention: &MentionRow, departments: &[String], people: &[String]) -> AnyView {
    let done = move |_| frame.tell(OverlayRequest::Close {});
    view! {
        <article class="sheet" aria-label=t("card_details")>
            <div class="sheet-top">
                {icon("save")}
                <h1 class="clip">{author(mention)}</h1>
                {close_button(frame)}
            </div>
            <div class="pair">
                {status(frame, mention)}
                {select_change(frame, mention, Field::Assignee, people)}
            </div>
            <div class="pair">
                {select_change(frame, mention, Field::Department, departments)}
                {flag(frame, mention)}
            </div>
            {note_form(frame, mention, || {})}
            <div class="actions">
                <button class="button small" on:click=done>{t("card_done")}</button>
            </div>
        </article>
    }
    .into_any()
}

fn change(frame: Frame, key: &MentionKey, change: Change) {
    frame.tell_then(OverlayRequest::Change { key: key.clone(), change }, move || frame.announce(t("card_saved")));
}

fn status(frame: Frame, mention: &MentionRow) -> AnyView {
    let key = mention.key.clone();
    let now = mention.status;
    let choose = move |event| {
        if let Some(status) = status_of(&event_target_value(&event)) {
            change(frame, &key, Change::Status { status });
        }
    };
    let options: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| {
            view! { <option value=status.name() selected=status == now>{t(status_key(status))}</option> }
        })
        .collect();
    view! {
        <label class="field">
            <span class="label">{t("card_status")}</span>
            <select class="input" id="details-status" on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}

fn flag(frame: Frame, mention: &MentionRow) -> AnyView {
    let key = mention.key.clone();
    let set = move |event| change(frame, &key, Change::Flag { on: event_target_checked(&event) });
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

/// A list that sets `field`. A value that is not in the settings any more stays choosable.
pub fn select_change(frame: Frame, mention: &MentionRow, field: Field, choices: &[String]) -> AnyView {
    let (label, none, now) = match field {
        Field::Assignee => ("card_assignee", "card_nobody", mention.assignee.clone()),
        Field::Department => ("card_department", "card_no_department", mention.department.clone()),
    };
    let key = mention.key.clone();
    let choose = move |event| {
        let value = Some(event_target_value(&event)).filter(|value| !value.is_empty());
        let asked = match field {
            Field::Assignee => Change::Assignee { user: value },
            Field::Department => Change::Department { department: value },
        };
        change(frame, &key, asked);
    };
    let gone = now.clone().filter(|value| !choices.contains(value));
    let options: Vec<_> = choices
        .iter()
        .cloned()
        .chain(gone)
        .map(|value| {
            let selected = now.as_ref() == Some(&value);
            view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
        })
        .collect();
    view! {
        <label class="field">
            <span class="label">{t(label)}</span>
            <select class="input" on:change=choose>
                <option value="" selected=now.is_none()>{t(none)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// A field for a note; `then` runs when it was written.
pub fn note_form(frame: Frame, mention: &MentionRow, then: impl Fn() + Clone + 'static) -> AnyView {
    let text = RwSignal::new(String::new());
    let key = mention.key.clone();
    let add = move |_| {
        let words = text.get_untracked().trim().to_owned();
        if words.is_empty() {
            return;
        }
        let then = then.clone();
        frame.tell_then(OverlayRequest::Change { key: key.clone(), change: Change::Note { text: words } }, move || {
            text.set(String::new());
            frame.announce(t("card_saved"));
            then();
        });
    };
    view! {
        <div class="stack tight">
            <label class="field">
                <span class="label">{t("card_note")}</span>
                <textarea class="input" rows="2" prop:value=text on:input=move |event| text.set(event_target_value(&event))></textarea>
            </label>
            <div class="row">
                <button class="button small primary" on:click=add disabled=move || text.read().trim().is_empty()>
                    {t("card_note_add")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
