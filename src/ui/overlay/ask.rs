//! Asking for a look from the card at a composer: whom, with which question. The text stays in the composer.

use leptos::prelude::*;

use super::Frame;
use crate::protocol::{OverlayRequest, PostCard};
use crate::ui::shell::focus;
use crate::ui::words::t;

/// The form; takes focus when it appears. Whoever is alone in the workspace may keep the text for later.
pub fn form(frame: Frame, card: &PostCard, cancel: impl Fn() + Copy + 'static) -> Option<AnyView> {
    let text = card.reply.clone()?;
    let colleagues: Vec<String> = card.people.iter().filter(|name| **name != card.me).cloned().collect();
    let is_alone = colleagues.is_empty();
    let reviewer = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let send = move |_| {
        let reviewer = Some(reviewer.get_untracked()).filter(|name| !name.is_empty());
        let said = if is_alone { "card_look_kept" } else { "card_look_sent" };
        frame.tell_then(OverlayRequest::Ask { reviewer, note: note.get_untracked(), kept: is_alone }, move || {
            frame.announce(t(said));
            frame.tell(OverlayRequest::Close {});
        });
    };
    let (first, fields, button) = if text.is_empty() {
        ("look-cancel", view! { <p class="muted">{t("card_look_write_first")}</p> }.into_any(), None)
    } else if is_alone {
        let why = view! { <p class="notice small">{t("card_look_alone")}</p> };
        ("look-send", why.into_any(), Some(t("card_look_keep")))
    } else {
        ("look-who", asked(colleagues, reviewer, note), Some(t("card_look_send")))
    };
    request_animation_frame(move || focus(first));
    let reply = (!text.is_empty()).then(|| {
        view! { <h2>{t("card_look_reply")}</h2><p class="quote said" tabindex="0">{text}</p> }
    });
    let button =
        button.map(|name| view! { <button class="button primary" id="look-send" on:click=send>{name}</button> });
    let view = view! {
        <div class="stack ask">
            {reply}
            {fields}
            <div class="actions">
                {button}
                <button class="button" id="look-cancel" on:click=move |_| cancel()>{t("card_look_cancel")}</button>
            </div>
        </div>
    };
    Some(view.into_any())
}

/// Whom, and with which question.
fn asked(colleagues: Vec<String>, reviewer: RwSignal<String>, note: RwSignal<String>) -> AnyView {
    let options: Vec<_> =
        colleagues.into_iter().map(|name| view! { <option value=name.clone()>{name.clone()}</option> }).collect();
    let typed = move |event| note.set(event_target_value(&event));
    view! {
        <label class="field">
            <span class="label">{t("card_look_who")}</span>
            <select class="input" id="look-who" on:change=move |event| reviewer.set(event_target_value(&event))>
                <option value="">{t("card_look_anybody")}</option>
                {options}
            </select>
        </label>
        <label class="field">
            <span class="label">{t("card_look_note")}</span>
            <textarea class="input" rows="2" id="look-note" prop:value=note on:input=typed></textarea>
        </label>
    }
    .into_any()
}
