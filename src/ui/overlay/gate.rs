//! The send gate's card: why, one main fix with the focus on it, and "send anyway". Several reasons are one card, the worst
//! first; each of the others has its own fix.

use leptos::prelude::*;

use super::{Frame, close_button};
use crate::protocol::{HoldView, OverlayRequest, OverlayView};
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};

/// The card; takes focus when it appears.
pub fn view(frame: Frame) -> AnyView {
    request_animation_frame(|| focus("gate-fix"));
    (move || match frame.shown.get() {
        OverlayView::Gate { holds } => Some(card(frame, holds)),
        _ => None,
    })
    .into_any()
}

fn card(frame: Frame, holds: Vec<HoldView>) -> Option<AnyView> {
    let mut holds = holds.into_iter();
    let first = holds.next()?;
    let others: Vec<_> = (1..).zip(holds).map(|(index, hold)| other(frame, index, &hold)).collect();
    let others = (!others.is_empty()).then(|| {
        view! { <section><h2>{t("guard_more")}</h2><ul class="lines">{others}</ul></section> }
    });
    let send = move |event: leptos::ev::MouseEvent| {
        if event.is_trusted() {
            frame.tell(OverlayRequest::Override {});
        }
    };
    let card = view! {
        <div role="alertdialog" aria-label=t("guard_title") aria-describedby="gate-why">
            <div class="sheet">
                <div class="sheet-top">
                    <span class="chip warn">{icon("alert")}{t("guard_title")}</span>
                    {close_button(frame)}
                </div>
                <h1 id="gate-why">{say(&first.why)}</h1>
                {others}
                <div class="actions">
                    <button class="button primary" id="gate-fix" on:click=fix(frame, 0)>{say(&first.fix)}</button>
                    <button class="button" id="gate-send" on:click=send>{t("guard_send_anyway")}</button>
                </div>
            </div>
            <div class="hints" aria-hidden="true">
                <span><kbd>"Enter"</kbd>" "{t("guard_hint_fix")}</span>
                <span><kbd>"Alt"</kbd>" "<kbd>"Enter"</kbd>" "{t("guard_hint_send")}</span>
                <span><kbd>"Esc"</kbd>" "{t("guard_hint_back")}</span>
            </div>
        </div>
    };
    Some(card.into_any())
}

fn other(frame: Frame, index: u32, hold: &HoldView) -> AnyView {
    view! {
        <li class="row spread">
            <span>{say(&hold.why)}</span>
            <button class="button quiet small" on:click=fix(frame, index)>{say(&hold.fix)}</button>
        </li>
    }
    .into_any()
}

fn fix(frame: Frame, index: u32) -> impl Fn(leptos::ev::MouseEvent) {
    move |event| {
        if event.is_trusted() {
            frame.tell(OverlayRequest::Choose { index });
        }
    }
}
