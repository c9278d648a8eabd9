//! What a template asks for before it is inserted: the fields of its form, in order.

use leptos::ev;
use leptos::prelude::*;

use super::pieces::{choice, switch, words};
use super::state::Editor;
use crate::template::{Field, FieldKind};
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::templates::chip::{field_name, uses_field, value};
use crate::ui::words::t;

const KINDS: [(FieldKind, &str); 5] = [
    (FieldKind::Text, "text"),
    (FieldKind::Paragraph, "paragraph"),
    (FieldKind::Choice, "choice"),
    (FieldKind::Toggle, "toggle"),
    (FieldKind::Date, "date"),
];

/// The fields and a way to add one.
pub fn view(editor: Editor) -> AnyView {
    let count = Memo::new(move |_| editor.draft.with(|draft| (draft.id.clone(), draft.fields.len())));
    let rows = move || (0..count.get().1).map(|at| row(editor, at)).collect::<Vec<_>>();
    let add = move |_| {
        editor.draft.update(|draft| {
            let name = field_name("", |name| draft.fields.iter().any(|one| one.name == name));
            draft.fields.push(Field { name, ..Field::default() });
        });
        let last = count.get_untracked().1.saturating_sub(1);
        request_animation_frame(move || focus(&format!("field-{last}-label")));
    };
    view! {
        <div class="stack">
            <p class="help small muted">{t("library_fields_help")}</p>
            <ul class="stack fields">{rows}</ul>
            <div><button class="button" id="field-add" type="button" on:click=add>{icon("plus")}{t("library_field_add")}</button></div>
        </div>
    }
    .into_any()
}

fn read<T: Default>(editor: Editor, at: usize, read: impl FnOnce(&Field) -> T) -> T {
    editor.draft.with(|draft| draft.fields.get(at).map(read)).unwrap_or_default()
}

fn write(editor: Editor, at: usize, write: impl FnOnce(&mut Field)) {
    editor.draft.update(|draft| {
        if let Some(field) = draft.fields.get_mut(at) {
            write(field);
        }
    });
}

/// Moves a field by one place; the focus goes with it.
fn shift(editor: Editor, at: usize, to: usize, control: &'static str) {
    let done = editor.draft.try_update(|draft| {
        let inside = at < draft.fields.len() && to < draft.fields.len();
        if inside {
            draft.fields.swap(at, to);
        }
        inside
    });
    if done == Some(true) {
        request_animation_frame(move || focus(&format!("field-{to}-{control}")));
    }
}

fn row(editor: Editor, at: usize) -> AnyView {
    let id = |part: &str| format!("field-{at}-{part}");
    let label = move || read(editor, at, |one| if one.label.is_empty() { String::new() } else { one.label.clone() });
    // A name that nobody chose follows the label, until the body uses it.
    let relabel = move |event| {
        let typed = event_target_value(&event);
        editor.draft.update(|draft| {
            let taken: Vec<String> =
                draft.fields.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, one)| one.name.clone()).collect();
            let is_taken = |name: &str| taken.iter().any(|one| one == name);
            let Some(field) = draft.fields.get_mut(at) else { return };
            let follows = field.name == field_name(&field.label, is_taken);
            let unused = !uses_field(&draft.body, &field.name);
            if follows && unused {
                field.name = field_name(&typed, is_taken);
            }
            field.label = typed;
        });
    };
    let kind = move || {
        let kind = read(editor, at, |one| one.kind);
        KINDS.iter().find(|(one, _)| *one == kind).map_or("text", |(_, name)| *name).to_owned()
    };
    let kinds = KINDS.map(|(_, name)| (name.to_owned(), t(&format!("library_kind_of_field_{name}")))).to_vec();
    let set_kind = move |name: String| {
        let found = KINDS.iter().find(|(_, one)| *one == name);
        write(editor, at, |one| one.kind = found.map_or(FieldKind::Text, |(kind, _)| *kind));
    };
    let rename = move |event| {
        let name = field_name(&event_target_value(&event), |_| false);
        write(editor, at, |one| one.name = name);
    };
    let is_choice = Memo::new(move |_| read(editor, at, |one| one.kind == FieldKind::Choice));
    let choices = move || {
        is_choice.get().then(|| {
            words(
                t("library_field_choices"),
                format!("field-{at}-choices"),
                None,
                move || read(editor, at, |one| one.choices.clone()),
                move |all| write(editor, at, |one| one.choices = all),
            )
        })
    };
    let arrows = move |event: ev::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            shift(editor, at, if up { at.wrapping_sub(1) } else { at + 1 }, "label");
        }
    };
    let last = move || editor.draft.with(|draft| at + 1 >= draft.fields.len());
    let remove = move |_| {
        editor.draft.update(|draft| drop(draft.fields.remove(at)));
        request_animation_frame(|| focus("field-add"));
    };
    let put_in = move |_| {
        let name = read(editor, at, |one| one.name.clone());
        super::chips::insert(editor, &value(&format!("form.{name}"), None));
    };
    view! {
        <li class="field-row" on:keydown=arrows>
            <div class="field-parts">
                <label class="field">
                    <span class="label">{t("library_field_label")}</span>
                    <input class="input" type="text" id=id("label") autocomplete="off" prop:value=label on:input=relabel />
                </label>
                {choice(id("kind"), t("library_field_kind_of"), kinds, kind, set_kind)}
                <label class="field">
                    <span class="label">{t("library_field_default")}</span>
                    <input class="input" type="text" id=id("default") autocomplete="off"
                        prop:value=move || read(editor, at, |one| one.default.clone())
                        on:input=move |event| write(editor, at, |one| one.default = event_target_value(&event)) />
                </label>
                <label class="field">
                    <span class="label">{t("library_field_name")}</span>
                    <input class="input trigger" type="text" id=id("name") autocomplete="off"
                        prop:value=move || read(editor, at, |one| one.name.clone()) on:change=rename />
                </label>
            </div>
            {choices}
            <div class="row wrap">
                {switch(
                    id("optional"), t("library_field_optional"), move || read(editor, at, |one| one.optional),
                    move |on| write(editor, at, |one| one.optional = on),
                )}
                <span class="grow"></span>
                <button class="button small" type="button" id=id("insert") on:click=put_in>{t("library_field_insert")}</button>
                <button class="button icon-only" type="button" id=id("up") aria-label=t("library_field_up") disabled=at == 0
                    on:click=move |_| shift(editor, at, at.wrapping_sub(1), "up")>{icon("up")}</button>
                <button class="button icon-only" type="button" id=id("down") aria-label=t("library_field_down") disabled=last
                    on:click=move |_| shift(editor, at, at + 1, "down")>{icon("down")}</button>
                <button class="button icon-only danger" type="button" id=id("remove") aria-label=t("library_field_remove")
                    on:click=remove>{icon("trash")}</button>
            </div>
        </li>
    }
    .into_any()
}
