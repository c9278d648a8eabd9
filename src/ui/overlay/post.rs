//! A post's card, in this order: who, our history, why it is marked, notes, actions.

use leptos::prelude::*;

use super::ask;
use super::details::{Field, note_form, select_change};
use super::{Frame, close_button};
use crate::log::{Look, Status};
use crate::protocol::{Change, MentionRow, OverlayRequest, OverlayView, PostCard};
use crate::ui::due;
use crate::ui::icons::icon;
use crate::ui::look::{self, Acts, Writing};
use crate::ui::mention::{asked_line, history, said_line, status_key};
use crate::ui::words::{say, t};

/// What the card's lower part edits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Assign,
    Department,
    Note,
    Look,
}

/// The card; follows `frame.shown`.
pub fn view(frame: Frame) -> AnyView {
    let open = RwSignal::new(Open::Nothing);
    let writing: Writing = RwSignal::new(None);
    (move || match frame.shown.get() {
        OverlayView::Post { card } => Some(sheet(frame, *card, open, writing)),
        _ => None,
    })
    .into_any()
}

fn sheet(frame: Frame, card: PostCard, open: RwSignal<Open>, writing: Writing) -> AnyView {
    let influence = card.influence.as_ref().map(|text| view! { <p class="muted">{say(text)}</p> });
    let why: Vec<_> = card.why.iter().map(|reason| view! { <li>{say(reason)}</li> }).collect();
    let why =
        (!why.is_empty()).then(|| view! { <section><h2>{t("card_why")}</h2><ul class="lines">{why}</ul></section> });
    let past = card.mention.as_ref().map(past);
    let due = card.mention.as_ref().and_then(|mention| due(frame, mention));
    let looks = card.mention.as_ref().and_then(|mention| looks(frame, mention, &card, writing));
    // At a composer they are what the card is opened for.
    let (first, looks) = if card.reply.is_some() { (looks, None) } else { (None, looks) };
    let notes = card.mention.as_ref().and_then(notes);
    let chip =
        card.mention.as_ref().map(|mention| view! { <span class="chip accent">{t(status_key(mention.status))}</span> });
    view! {
        <article class="sheet" class:asking=move || open.get() == Open::Look aria-label=t("card_post")>
            <div class="sheet-top">
                {icon("person")}
                <h1 class="clip">{card.who.clone()}</h1>
                {chip}
                {close_button(frame)}
            </div>
            {first}
            {influence}
            {past}
            {due}
            {looks}
            {why}
            {notes}
            {actions(frame, &card, open)}
            {move || editor(frame, &card, open)}
        </article>
    }
    .into_any()
}

fn past(mention: &MentionRow) -> AnyView {
    let lines: Vec<_> = history(mention).iter().map(|line| view! { <li>{say(line)}</li> }).collect();
    view! { <section><h2>{t("card_history")}</h2><ul class="lines">{lines}</ul></section> }.into_any()
}

fn due(frame: Frame, mention: &MentionRow) -> Option<AnyView> {
    let key = mention.key.clone();
    let set = Callback::new(move |at| {
        let asked = OverlayRequest::Change { key: key.clone(), change: Change::Due { at } };
        frame.tell_then(asked, move || frame.announce(t("card_saved")));
    });
    due::view(mention, "", set)
}

/// Replies that wait for a look: at a composer whole, beside a post in a line.
fn looks(frame: Frame, mention: &MentionRow, card: &PostCard, writing: Writing) -> Option<AnyView> {
    let key = mention.key.clone();
    let decide = Callback::new(move |(draft, decision, text)| {
        writing.set(None);
        let change = Change::Look { draft, decision, text };
        frame.tell_then(OverlayRequest::Change { key: key.clone(), change }, move || frame.announce(t("card_saved")));
    });
    let insert = Callback::new(move |event| frame.tell(OverlayRequest::Use { event }));
    let acts = Acts { decide, insert: Some(insert) };
    let one = |one: &Look| match &card.reply {
        Some(_) => look::view(one, &card.me, writing, acts),
        None => {
            let said = one.standing().map(said_line);
            let line: Vec<String> = std::iter::once(asked_line(one)).chain(said).map(|line| say(&line)).collect();
            view! { <p>{line.join(" · ")}</p> }.into_any()
        }
    };
    let all: Vec<_> = mention.looks.iter().filter(|look| look.is_open()).map(one).collect();
    (!all.is_empty())
        .then(|| view! { <section class="stack tight"><h2>{t("card_look")}</h2>{all}</section> }.into_any())
}

fn notes(mention: &MentionRow) -> Option<AnyView> {
    let lines: Vec<_> = mention
        .notes
        .iter()
        .rev()
        .map(|note| view! { <li><span class="strong">{note.by.clone()}</span>" "<span class="quote">{note.text.clone()}</span></li> })
        .collect();
    (!lines.is_empty()).then(|| {
        view! { <section><h2>{t("card_notes")}</h2><ul class="notes" tabindex="0">{lines}</ul></section> }.into_any()
    })
}

fn actions(frame: Frame, card: &PostCard, open: RwSignal<Open>) -> AnyView {
    let toggle = move |what: Open, key: &str| {
        let click = move |_| open.update(|now| *now = if *now == what { Open::Nothing } else { what });
        view! {
            <button class="button small" aria-expanded=move || (open.get() == what).to_string() on:click=click>{t(key)}</button>
        }
    };
    let ask = card.reply.is_some().then(|| toggle(Open::Look, "card_look_ask"));
    let Some(mention) = &card.mention else {
        let save = move |_| frame.tell_then(OverlayRequest::Save {}, move || frame.announce(t("card_saved")));
        return view! {
            <div class="actions">
                <button class="button small primary" on:click=save>{icon("save")}{t("card_save")}</button>
                {ask}
                <span class="muted small">{t("card_save_first")}</span>
            </div>
        }
        .into_any();
    };
    let key = mention.key.clone();
    let closed = mention.status == Status::NoAction;
    let no_action = move |_| {
        let change = Change::Status { status: if closed { Status::Open } else { Status::NoAction } };
        frame.tell_then(OverlayRequest::Change { key: key.clone(), change }, move || frame.announce(t("card_saved")));
    };
    let answered = mention.key.clone();
    let elsewhere = move |_| {
        let asked = OverlayRequest::Change { key: answered.clone(), change: Change::Elsewhere {} };
        frame.tell_then(asked, move || frame.announce(t("card_saved")));
    };
    let elsewhere = (!mention.replied).then(|| {
        view! { <button class="button small" on:click=elsewhere>{t("card_elsewhere")}</button> }
    });
    view! {
        <div class="actions">
            {ask}
            {toggle(Open::Assign, "card_assign")}
            {toggle(Open::Department, "card_department")}
            {toggle(Open::Note, "card_note")}
            {elsewhere}
            <button class="button small" on:click=no_action>
                {t(if closed { "card_reopen" } else { "card_no_action" })}
            </button>
        </div>
    }
    .into_any()
}

fn editor(frame: Frame, card: &PostCard, open: RwSignal<Open>) -> Option<AnyView> {
    if open.get() == Open::Look {
        return ask::form(frame, card, move || open.set(Open::Nothing));
    }
    let mention = card.mention.as_ref()?;
    match open.get() {
        Open::Nothing | Open::Look => None,
        Open::Assign => Some(select_change(frame, mention, Field::Assignee, &card.people)),
        Open::Department => Some(select_change(frame, mention, Field::Department, &card.departments)),
        Open::Note => Some(note_form(frame, mention, move || open.set(Open::Nothing))),
    }
}
