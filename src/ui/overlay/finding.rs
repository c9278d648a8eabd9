//! A finding's card: what, why, what to write instead, and three ways to say "leave it".

use leptos::prelude::*;

use super::{Frame, close_button};
use crate::message::Msg;
use crate::protocol::{FindingView, OverlayRequest, OverlayView};
use crate::ui::icons::icon;
use crate::ui::words::{say, t};

/// The card; follows `frame.shown`.
pub fn view(frame: Frame) -> AnyView {
    (move || match frame.shown.get() {
        OverlayView::Finding { finding, why, rule_name, chosen } => Some(card(frame, finding, &why, rule_name, chosen)),
        _ => None,
    })
    .into_any()
}

fn card(frame: Frame, finding: FindingView, why: &Msg, rule_name: String, chosen: u32) -> AnyView {
    let (tone, drawing, word) = match finding.severity.as_str() {
        "error" => ("chip bad", "alert", "card_severity_error"),
        "warning" => ("chip warn", "info", "card_severity_warning"),
        _ => ("chip accent", "bulb", "card_severity_suggestion"),
    };
    let fixes: Vec<_> =
        finding.fixes.iter().cloned().zip(0u32..).map(|(fix, index)| fix_button(frame, fix, index, chosen)).collect();
    let hint = (!fixes.is_empty()).then(|| {
        view! {
            <span><kbd>"↑"</kbd>" "<kbd>"↓"</kbd>" "{t("card_hint_fix")}</span>
            <span><kbd>"Enter"</kbd>" "{t("card_hint_apply")}</span>
        }
    });
    view! {
        <article aria-label=t("card_finding")>
            <div class="sheet">
                <div class="sheet-top">
                    <span class=tone>{icon(drawing)}{t(word)}</span>
                    <span class="muted small clip">{rule_name}</span>
                    {close_button(frame)}
                </div>
                <h1>{finding.text}</h1>
                <p class="muted">{say(why)}</p>
                <p><span class="hidden-visually">{t("card_matched")}" "</span><q class="matched quote">{finding.matched}</q></p>
                <div class="fixes">{fixes}</div>
                <div class="dismiss" role="group" aria-label=t("card_dismiss")>
                    <span>{t("card_dismiss")}</span>
                    {dismiss(frame, "once", "card_dismiss_once")}
                    {dismiss(frame, "reply", "card_dismiss_reply")}
                    {dismiss(frame, "always", "card_dismiss_always")}
                </div>
            </div>
            <div class="hints" aria-hidden="true">
                {hint}
                <span><kbd>"Esc"</kbd>" "{t("card_hint_close")}</span>
            </div>
        </article>
    }
    .into_any()
}

fn fix_button(frame: Frame, fix: String, index: u32, chosen: u32) -> AnyView {
    let words = if fix.is_empty() { t("card_fix_remove") } else { fix };
    let apply = move |event: leptos::ev::MouseEvent| {
        if event.is_trusted() {
            frame.tell(OverlayRequest::Choose { index });
        }
    };
    view! {
        <button class="button small" aria-current=(index == chosen).to_string() on:click=apply>{words}</button>
    }
    .into_any()
}

fn dismiss(frame: Frame, how: &'static str, key: &'static str) -> AnyView {
    let click = move |_| frame.tell(OverlayRequest::Dismiss { how: how.to_owned() });
    view! { <button class="button quiet small" on:click=click>{t(key)}</button> }.into_any()
}
