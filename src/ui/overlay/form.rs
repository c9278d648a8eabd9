//! The form of a template: fields to fill in, and under them the text as it will read.

use leptos::prelude::*;

use super::Frame;
use super::picker::text_of;
use crate::message::Msg;
use crate::protocol::{FormField, OverlayRequest, OverlayView, Preview};
use crate::template::FieldKind;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};

/// What changes while the person types.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    preview: Preview,
    note: Option<Msg>,
}

/// The form; takes focus when it appears.
pub fn view(frame: Frame) -> AnyView {
    let OverlayView::Form { title, hints, fields, .. } = frame.shown.get_untracked() else { return ().into_any() };
    let shown = Memo::new(move |last: Option<&Shown>| {
        frame.shown.with(|view| match view {
            OverlayView::Form { preview, note, .. } => Shown { preview: preview.clone(), note: note.clone() },
            _ => last.cloned().unwrap_or_default(),
        })
    });
    request_animation_frame(|| focus("form-0"));
    let rows: Vec<_> = fields.into_iter().enumerate().map(|(index, field)| row(frame, index, field)).collect();
    let hints: Vec<_> = hints.into_iter().map(|hint| view! { <p class="muted small">{hint}</p> }).collect();
    let press = move |key: &'static str| {
        move |event: leptos::ev::MouseEvent| {
            if event.is_trusted() {
                frame.tell(OverlayRequest::Key { key: key.to_owned() });
            }
        }
    };
    view! {
        <div class="sheet" role="dialog" aria-labelledby="form-title">
            <h1 id="form-title">{title}</h1>
            {hints}
            <div class="stack">{rows}</div>
            <section class="stack" aria-label=t("picker_preview")>{move || text_of(&shown.read().preview)}</section>
            <div role="alert">
                {move || shown.read().note.as_ref().map(|note| view! { <p class="notice warn small">{say(note)}</p> })}
            </div>
            <div class="actions">
                <button class="button primary" on:click=press("Enter")>{t("picker_form_insert")}</button>
                <button class="button" on:click=press("Escape")>{t("picker_form_cancel")}</button>
            </div>
        </div>
        <div class="hints" aria-hidden="true">
            <span><kbd>"Tab"</kbd>" "{t("picker_hint_next")}</span>
            <span><kbd>"Enter"</kbd>" "{t("picker_hint_insert")}</span>
            <span><kbd>"Esc"</kbd>" "{t("picker_hint_close")}</span>
        </div>
    }
    .into_any()
}

fn row(frame: Frame, index: usize, field: FormField) -> AnyView {
    let FormField { name, label, kind, choices, value, optional } = field;
    let fill = move |value: String| frame.tell(OverlayRequest::Fill { name: name.clone(), value });
    let id = format!("form-{index}");
    let label = if optional { say(&Msg::new("picker_form_optional").with("label", label)) } else { label };
    if kind == FieldKind::Toggle {
        let on = value == "yes";
        let change = move |event| fill(if event_target_checked(&event) { "yes" } else { "" }.to_owned());
        return view! {
            <label class="switch">
                <input type="checkbox" role="switch" id=id prop:checked=on on:change=change />
                <span>{label}</span>
            </label>
        }
        .into_any();
    }
    let input = match kind {
        FieldKind::Choice => {
            let options: Vec<_> = choices
                .into_iter()
                .map(|choice| {
                    let selected = choice == value;
                    view! { <option value=choice.clone() selected=selected>{choice.clone()}</option> }
                })
                .collect();
            let change = move |event| fill(event_target_value(&event));
            view! { <select class="input" id=id.clone() on:change=change>{options}</select> }.into_any()
        }
        FieldKind::Paragraph => {
            let typed = move |event| fill(event_target_value(&event));
            view! { <textarea class="input" rows="3" id=id.clone() prop:value=value on:input=typed></textarea> }
                .into_any()
        }
        FieldKind::Text | FieldKind::Date | FieldKind::Toggle => {
            let of = if kind == FieldKind::Date { "date" } else { "text" };
            let typed = move |event| fill(event_target_value(&event));
            view! {
                <input class="input" type=of id=id.clone() autocomplete="off" required=!optional prop:value=value on:input=typed />
            }
            .into_any()
        }
    };
    view! { <div class="field"><label class="label" for=id>{label}</label>{input}</div> }.into_any()
}
