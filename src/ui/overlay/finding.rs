//! A finding's card: what, why, what to write instead, and three ways to say "leave it".

use leptos::prelude::*;

use super::{Frame, close_button};
use crate::message::Msg;
use crate::protocol::{FindingView, OverlayRequest, OverlayView};
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};
use crate::voice::spelling::RULE;

/// The card; follows `frame.shown`.
pub fn view(frame: Frame) -> AnyView {
    (move || match frame.shown.get() {
        OverlayView::Finding { finding, why, rule_name, chosen, safe, tires } => {
            Some(card(frame, finding, &why, rule_name, (chosen, safe), tires))
        }
        _ => None,
    })
    .into_any()
}

fn card(
    frame: Frame,
    finding: FindingView,
    why: &Msg,
    rule_name: String,
    (chosen, safe): (u32, u32),
    tires: Option<u32>,
) -> AnyView {
    let (tone, drawing, word) = match finding.severity.as_str() {
        "error" => ("chip bad", "alert", "card_severity_error"),
        "warning" => ("chip warn", "info", "card_severity_warning"),
        _ => ("chip accent", "bulb", "card_severity_suggestion"),
    };
    let fixes: Vec<_> =
        finding.fixes.iter().cloned().zip(0u32..).map(|(fix, index)| fix_button(frame, fix, index, chosen)).collect();
    let dictionaries = (finding.rule == RULE).then(|| {
        // Behind the fixes, whose first place stays empty without one.
        let first = u32::try_from(fixes.len().max(1)).unwrap_or_default();
        view! {
            <div class="fixes" role="group" aria-label=t("card_learn")>
                {learn(frame, false, chosen == first)}
                {learn(frame, true, chosen == first + 1)}
            </div>
        }
    });
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
                {dictionaries}
                {(safe > 1).then(|| fix_safe(frame, safe))}
                {leave(frame, tires)}
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

/// Every fix that leaves no doubt, the other findings' too.
fn fix_safe(frame: Frame, safe: u32) -> AnyView {
    let click = move |event: leptos::ev::MouseEvent| {
        if event.is_trusted() {
            frame.tell(OverlayRequest::ChooseSafe {});
        }
    };
    let words = say(&Msg::new("card_fix_safe").with("count", safe));
    view! {
        <div><button class="button quiet small" id="fix-safe" on:click=click>{words}" "<kbd>"Shift+Enter"</kbd></button></div>
    }
    .into_any()
}

fn learn(frame: Frame, shared: bool, chosen: bool) -> AnyView {
    let words = if shared { t("card_learn_brand") } else { t("card_learn_mine") };
    let click = move |event: leptos::ev::MouseEvent| {
        if event.is_trusted() {
            frame.tell(OverlayRequest::Learn { shared });
        }
    };
    let id = if shared { "learn-brand" } else { "learn-mine" };
    view! { <button class="button small" id=id aria-current=chosen.to_string() on:click=click>{words}</button> }
        .into_any()
}

/// What is said once a word is in a dictionary, with the way back.
pub fn learned(frame: Frame) -> AnyView {
    (move || match frame.shown.get() {
        OverlayView::Learned { word, shared } => {
            let key = if shared { "card_learned_brand" } else { "card_learned_mine" };
            let undo = move |_| frame.tell(OverlayRequest::Unlearn {});
            Some(view! {
                <article aria-label=t("card_finding")>
                    <div class="sheet">
                        <div class="sheet-top">
                            <h1 class="grow" role="status">{say(&Msg::new(key).with("word", word))}</h1>
                            {close_button(frame)}
                        </div>
                        <p class="muted">{t("card_learned_help")}</p>
                        <div class="fixes"><button class="button small" id="learned-undo" on:click=undo>{t("card_learned_undo")}</button></div>
                    </div>
                </article>
            })
        }
        _ => None,
    })
    .into_any()
}

/// Three ways to leave it; whoever leaves it for good is asked why.
fn leave(frame: Frame, tires: Option<u32>) -> AnyView {
    let asks = RwSignal::new(false);
    let ways = move || {
        let for_good = move |key: &'static str| {
            let click = move |_| {
                asks.set(true);
                request_animation_frame(|| focus("silence-reason"));
            };
            view! { <button class="button quiet small" on:click=click>{t(key)}</button> }
        };
        let tired = tires.map(|count| {
            let words = say(&Msg::new("card_tires").with("count", count));
            view! { <p class="muted small" id="tires">{words}" "{for_good("card_tires_off")}</p> }
        });
        view! {
            <div class="dismiss" role="group" aria-label=t("card_dismiss")>
                <span>{t("card_dismiss")}</span>
                {dismiss(frame, "once", "card_dismiss_once")}
                {dismiss(frame, "reply", "card_dismiss_reply")}
                {for_good("card_dismiss_always")}
            </div>
            {tired}
        }
        .into_any()
    };
    (move || if asks.get() { why_for_good(frame, asks) } else { ways() }).into_any()
}

/// Why a rule is wrong for good: the team reads it beside the rule.
fn why_for_good(frame: Frame, asks: RwSignal<bool>) -> AnyView {
    let reason = RwSignal::new(String::new());
    let leave = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if event.is_trusted() {
            frame.tell(OverlayRequest::Dismiss { how: "always".to_owned(), reason: reason.get_untracked() });
        }
    };
    view! {
        <form class="stack tight" on:submit=leave>
            <label class="field">
                <span class="label">{t("card_silence_why")}</span>
                <input class="input" id="silence-reason" maxlength="500" prop:value=reason
                    on:input=move |event| reason.set(event_target_value(&event)) />
            </label>
            <div class="actions">
                <button class="button primary small" id="silence">{t("card_silence")}</button>
                <button class="button small" type="button" on:click=move |_| asks.set(false)>{t("card_silence_not")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn dismiss(frame: Frame, how: &'static str, key: &'static str) -> AnyView {
    let click = move |_| frame.tell(OverlayRequest::Dismiss { how: how.to_owned(), reason: String::new() });
    view! { <button class="button quiet small" on:click=click>{t(key)}</button> }.into_any()
}
