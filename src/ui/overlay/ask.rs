//! Asking for a look from the card at a composer: whom, with which question. The text stays in the composer.

use leptos::prelude::*;

use super::Frame;
use crate::protocol::{OverlayRequest, PostCard};
use crate::ui::words::t;

/// The form. Whoever is alone in the workspace may keep the text for later.
pub fn form(frame: Frame, card: &PostCard) -> Option<AnyView> {
    let text = card.reply.clone()?;
    if text.is_empty() {
        return Some(view! { <p class="muted">{t("card_look_write_first")}</p> }.into_any());
    }
    let colleagues: Vec<String> = card.people.iter().filter(|name| **name != card.me).cloned().collect();
    let reply = view! {
        <div class="stack tight">
            <h2>{t("card_look_reply")}</h2>
            <p class="quote said" tabindex="0">{text}</p>
        </div>
    };
    let send = move |request: OverlayRequest, said: &'static str| {
        frame.tell_then(request, move || {
            frame.announce(t(said));
            frame.tell(OverlayRequest::Close {});
        });
    };
    if colleagues.is_empty() {
        let keep = move |_| {
            send(OverlayRequest::Ask { reviewer: None, note: String::new(), kept: true }, "card_look_kept");
        };
        let view = view! {
            {reply}
            <p class="notice small">{t("card_look_alone")}</p>
            <div class="row"><button class="button small primary" id="look-send" on:click=keep>{t("card_look_keep")}</button></div>
        };
        return Some(view.into_any());
    }
    let reviewer = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let ask = move |_| {
        let reviewer = Some(reviewer.get_untracked()).filter(|name| !name.is_empty());
        send(OverlayRequest::Ask { reviewer, note: note.get_untracked(), kept: false }, "card_look_sent");
    };
    let options: Vec<_> =
        colleagues.into_iter().map(|name| view! { <option value=name.clone()>{name.clone()}</option> }).collect();
    let view = view! {
        {reply}
        <label class="field">
            <span class="label">{t("card_look_who")}</span>
            <select class="input" id="look-who" on:change=move |event| reviewer.set(event_target_value(&event))>
                <option value="">{t("card_look_anybody")}</option>
                {options}
            </select>
        </label>
        <label class="field">
            <span class="label">{t("card_look_note")}</span>
            <textarea class="input" rows="2" id="look-note" prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
        </label>
        <div class="row"><button class="button small primary" id="look-send" on:click=ask>{t("card_look_send")}</button></div>
    };
    Some(view.into_any())
}
