//! The editor beside its list: the template that is open, its bar, and the keys that hold anywhere on the page.

use leptos::ev;
use leptos::prelude::*;

use super::Library;
use super::state::Editor;
use super::{figures, form, history, list, preview, variants};
use crate::ui::icons::icon;
use crate::ui::words::t;

/// The section.
pub fn view(library: Library) -> AnyView {
    let editor = Editor::new(library);
    keys(editor);
    // Another template is built anew; what somebody else changes in this one changes in place, so that no press is lost.
    view! {
        <div class="library">
            {list::view(editor)}
            <section class="card stack editor" aria-label=t("library_edit")>
                {move || if editor.id.with(String::is_empty) { nothing(editor) } else { open(editor) }}
            </section>
        </div>
    }
    .into_any()
}

/// Ctrl+S saves, Esc in the form gives back what was stored, and a page with unsaved words is not left unasked.
fn keys(editor: Editor) {
    let saves = window_event_listener(ev::keydown, move |event: ev::KeyboardEvent| {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if held && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            editor.save();
        }
    });
    let leaves = window_event_listener(ev::beforeunload, move |event| {
        if editor.has_unsaved() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        saves.remove();
        leaves.remove();
    });
}

fn nothing(editor: Editor) -> AnyView {
    view! {
        <div class="empty">
            {icon("reply")}
            <p>{t("library_choose")}</p>
            <p aria-live="polite">{undo(editor)}</p>
        </div>
    }
    .into_any()
}

fn open(editor: Editor) -> AnyView {
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
            event.prevent_default();
            editor.discard();
        }
    };
    view! {
        <div class="stack" on:keydown=escape>
            {history::disputed(editor)}
            {meanwhile(editor)}
            {form::main(editor)}
            {preview::view(editor)}
            {bar(editor)}
            {form::further(editor)}
            {variants::view(editor)}
            {history::view(editor)}
            {figures::view(editor)}
        </div>
    }
    .into_any()
}

fn meanwhile(editor: Editor) -> AnyView {
    let shown = Memo::new(move |_| editor.changed_meanwhile());
    (move || {
        shown.get().then(|| {
            view! {
                <div class="notice warn" role="alert">
                    <span class="grow">{t("library_changed_meanwhile")}</span>
                    <button class="button small" type="button" on:click=move |_| editor.discard()>{t("library_take_theirs")}</button>
                </div>
            }
        })
    })
    .into_any()
}

fn bar(editor: Editor) -> AnyView {
    let broken = move || !editor.dirty.get() || !editor.can_be_saved();
    view! {
        <div class="row wrap editor-bar">
            <button class="button primary" id="template-save" type="button" disabled=broken on:click=move |_| editor.save()>
                {t("library_save")}
            </button>
            <button class="button" id="template-discard" type="button" disabled=move || !editor.dirty.get()
                on:click=move |_| editor.discard()>{t("library_discard")}</button>
            <button class="button danger" id="template-remove" type="button" disabled=move || editor.is_locked() on:click=move |_| editor.remove()>
                {icon("trash")}{t("library_remove")}
            </button>
            <span class="small muted">{move || editor.dirty.get().then(|| t("library_unsaved"))}</span>
            {undo(editor)}
        </div>
    }
    .into_any()
}

/// What was done last, and the way back.
pub fn undo(editor: Editor) -> AnyView {
    (move || {
        editor.undo.get().map(|undo| {
            view! {
                <span class="row undo">
                    <span class="small strong">{undo.words}</span>
                    <button class="button quiet small" type="button" on:click=move |_| editor.take_back()>{t("log_undo")}</button>
                </span>
            }
        })
    })
    .into_any()
}
