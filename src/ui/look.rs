//! A reply that somebody was asked to look at: its text, what was decided, and what can be done about it. The log's
//! details and the card at a composer show the same.

use leptos::prelude::*;

use super::difference::{Part, difference};
use super::mention::{asked_line, said_line};
use super::words::{say, t};
use crate::log::body::Decision;
use crate::log::look::Said;
use crate::log::{EventId, Look};

/// A decision that is being written, and on which draft.
pub type Writing = RwSignal<Option<(EventId, Decision, String)>>;

/// What can be done here.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Decides about a draft; with a text where the decision has one.
    pub decide: Callback<(EventId, Decision, String)>,
    /// Puts the text of a draft, or of a change to it, into the composer.
    pub insert: Option<Callback<EventId>>,
}

/// A draft that is open.
pub fn view(look: &Look, me: &str, writing: Writing, acts: Acts) -> AnyView {
    let is_mine = look.by == me;
    let note = (!look.draft.note.is_empty()).then(|| view! { <p class="quote">{look.draft.note.clone()}</p> });
    let said: Vec<_> = look.standing().map(|said| decision(look, said, acts)).collect();
    let both = (said.len() > 1).then(|| view! { <p class="notice warn small">{t("card_look_both")}</p> });
    // Where somebody wrote it anew, theirs is the text to use.
    let is_changed = look.standing().any(|said| said.decision == Decision::Changed)
        && look.standing().all(|said| said.decision != Decision::Approved);
    let own = (!is_changed).then(|| use_button(acts, &look.id));
    view! {
        <div class="look">
            <p class="strong">{say(&asked_line(look))}</p>
            {note}
            <p class="quote said" tabindex="0">{look.draft.text.clone()}</p>
            {both}
            {said}
            <div class="row wrap">
                {own}
                {if is_mine { withdraw(look, acts) } else { choices(look, writing, acts) }}
            </div>
            {editor(look, writing, acts)}
        </div>
    }
    .into_any()
}

fn use_button(acts: Acts, event: &EventId) -> Option<AnyView> {
    let (insert, event) = (acts.insert?, event.clone());
    let press = move |_| insert.run(event.clone());
    Some(
        view! { <button class="button small primary use-text" on:click=press>{t("card_look_use")}</button> }.into_any(),
    )
}

/// Who decided what, with the words they took out and put in.
fn decision(look: &Look, said: &Said, acts: Acts) -> AnyView {
    let text = match said.decision {
        Decision::Changed => Some(changes(&look.draft.text, &said.text)),
        Decision::Commented => Some(view! { <p class="quote said" tabindex="0">{said.text.clone()}</p> }.into_any()),
        Decision::Approved | Decision::Withdrawn => None,
    };
    let insert = (said.decision == Decision::Changed).then(|| use_button(acts, &said.id));
    view! {
        <p class="strong">{say(&said_line(said))}</p>
        {text}
        {insert}
    }
    .into_any()
}

fn changes(old: &str, new: &str) -> AnyView {
    view! { <p class="quote said" tabindex="0">{drawn(difference(old, new))}</p> }.into_any()
}

/// What changed, for the eye and in words.
pub fn drawn(parts: Vec<Part>) -> Vec<AnyView> {
    let hidden = |key: &str| view! { <span class="hidden-visually">" "{t(key)}" "</span> };
    let part = |part: Part| match part {
        Part::Same(text) => text.into_any(),
        Part::Gone(text) => view! { <del>{hidden("card_look_gone")}{text}</del> }.into_any(),
        Part::New(text) => view! { <ins>{hidden("card_look_new")}{text}</ins> }.into_any(),
    };
    parts.into_iter().map(part).collect()
}

fn withdraw(look: &Look, acts: Acts) -> AnyView {
    let id = look.id.clone();
    let press = move |_| acts.decide.run((id.clone(), Decision::Withdrawn, String::new()));
    view! { <button class="button small" on:click=press>{t("card_look_withdraw")}</button> }.into_any()
}

fn choices(look: &Look, writing: Writing, acts: Acts) -> AnyView {
    let id = look.id.clone();
    let approve = move |_| acts.decide.run((id.clone(), Decision::Approved, String::new()));
    let write = |decision: Decision, text: String, key: &str| {
        let id = look.id.clone();
        let is_open = {
            let id = id.clone();
            move || writing.with(|now| now.as_ref().is_some_and(|(of, what, _)| *of == id && *what == decision))
        };
        let press = {
            let is_open = is_open.clone();
            move |_| writing.set((!is_open()).then(|| (id.clone(), decision, text.clone())))
        };
        view! {
            <button class="button small" aria-expanded=move || is_open().to_string() on:click=press>{t(key)}</button>
        }
    };
    view! {
        <button class="button small" on:click=approve>{t("card_look_approve")}</button>
        {write(Decision::Changed, look.draft.text.clone(), "card_look_change")}
        {write(Decision::Commented, String::new(), "card_look_comment")}
    }
    .into_any()
}

/// What a person writes with a decision; what is half written outlives a drawing anew.
fn editor(look: &Look, writing: Writing, acts: Acts) -> impl IntoView + use<> {
    let id = look.id.clone();
    let open = Memo::new(move |_| {
        writing.with(|now| now.as_ref().filter(|(of, ..)| *of == id).map(|(_, decision, _)| *decision))
    });
    let typed = move |event| {
        writing.update(|now| {
            if let Some((_, _, text)) = now {
                *text = event_target_value(&event);
            }
        });
    };
    let text = move || writing.with(|now| now.as_ref().map(|(.., text)| text.clone()).unwrap_or_default());
    let done = move |_| {
        if let Some((id, decision, text)) = writing.get_untracked() {
            acts.decide.run((id, decision, text.trim().to_owned()));
        }
    };
    move || {
        let decision = open.get()?;
        let (label, save) = match decision {
            Decision::Changed => ("card_look_new_text", "card_look_save"),
            _ => ("card_look_your_comment", "card_look_comment"),
        };
        Some(view! {
            <div class="stack tight">
                <label class="field">
                    <span class="label">{t(label)}</span>
                    <textarea class="input" rows="4" id="look-text" prop:value=text on:input=typed></textarea>
                </label>
                <div class="row">
                    <button class="button small primary" on:click=done disabled=move || text().trim().is_empty()>{t(save)}</button>
                    <button class="button small" on:click=move |_| writing.set(None)>{t("card_look_cancel")}</button>
                </div>
            </div>
        })
    }
}
