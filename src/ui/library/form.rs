//! The form of a template: what everybody fills in first, and the rest folded away.

use leptos::prelude::*;

use super::pieces::{choice, line, networks as networks_of, suggested, switch, words};
use super::state::Editor;
use super::{actions, chips, fields};
use crate::template::{Address, Kind};
use crate::ui::templates::tree;
use crate::ui::words::t;

/// Languages by tag, each with its own name.
const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("es", "Español"), ("es-ES", "Español (España)"), ("es-419", "Español (Latinoamérica)")];

/// Title, shortcut, folder, language and text.
pub fn main(editor: Editor) -> AnyView {
    let folders = Memo::new(move |_| editor.library.templates.with(|all| tree::folders(all)));
    let options =
        move || folders.get().into_iter().map(|folder| view! { <option value=folder></option> }).collect::<Vec<_>>();
    let body = move || editor.draft.with(|draft| draft.body.clone());
    view! {
        <div class="pair">
            {line(editor, "template-title", "library_field_title", |one| one.title.clone(), |one, title| one.title = title)}
            {line(
                editor, "template-trigger", "library_field_trigger",
                |one| one.trigger.clone().unwrap_or_default(),
                |one, typed| one.trigger = Some(typed).filter(|typed| !typed.is_empty()),
            )}
            {suggested(
                editor, "template-folder", "library_field_folder", Some("library-folders"),
                |one| one.folder.clone(), |one, folder| one.folder = folder,
            )}
            {language(editor)}
        </div>
        <datalist id="library-folders">{options}</datalist>
        <div class="field">
            <label class="label" for="template-body">{t("library_field_body")}</label>
            <textarea class="input" id="template-body" rows="7" spellcheck="true" node_ref=editor.area prop:value=body
                on:input=move |event| editor.draft.update(|draft| draft.body = event_target_value(&event))></textarea>
            {chips::view(editor)}
        </div>
    }
    .into_any()
}

/// A known language by name; any other by its tag.
fn language(editor: Editor) -> AnyView {
    let tag = Memo::new(move |_| editor.draft.with(|draft| draft.language.clone()));
    let known = move |tag: &str| LANGUAGES.iter().any(|(known, _)| *known == tag);
    let options = move || {
        let now = tag.get();
        let mut all: Vec<(String, String)> =
            LANGUAGES.iter().map(|&(tag, name)| (tag.to_owned(), name.to_owned())).collect();
        if !known(&now) {
            all.push((now.clone(), now.clone()));
        }
        all.push(("other".to_owned(), t("library_language_other")));
        all.into_iter()
            .map(|(tag, name)| view! { <option selected=now == tag value=tag>{name}</option> })
            .collect::<Vec<_>>()
    };
    let asked = RwSignal::new(false);
    let change = move |event| match event_target_value(&event).as_str() {
        "other" => asked.set(true),
        tag => {
            asked.set(false);
            editor.draft.update(|draft| tag.clone_into(&mut draft.language));
        }
    };
    view! {
        <div class="field">
            <label class="label" for="template-language">{t("library_field_language")}</label>
            <select class="input" id="template-language" on:change=change>{options}</select>
            {move || asked.get().then(|| view! {
                <input class="input" type="text" aria-label=t("library_language_tag") placeholder=t("library_language_tag")
                    on:change=move |event| {
                        let tag = event_target_value(&event).trim().to_owned();
                        if !tag.is_empty() {
                            asked.set(false);
                            editor.draft.update(|draft| draft.language = tag);
                        }
                    } />
            })}
        </div>
    }
    .into_any()
}

/// What is used less, folded away.
pub fn further(editor: Editor) -> AnyView {
    let count = move || editor.draft.with(|draft| draft.fields.len());
    view! {
        <details class="part" id="template-fields">
            <summary>{t("library_fields")}" "<span class="chip">{count}</span></summary>
            {fields::view(editor)}
        </details>
        <details class="part" id="template-more">
            <summary>{t("library_more")}</summary>
            <div class="stack">{more(editor)}</div>
        </details>
    }
    .into_any()
}

fn more(editor: Editor) -> AnyView {
    let option = |value: &str, label: &str| (value.to_owned(), t(label));
    let addresses = vec![
        option("any", "library_address_any"),
        option("formal", "library_address_formal"),
        option("informal", "library_address_informal"),
    ];
    let kinds = kinds();
    let address = move || editor.draft.with(|draft| address_name(draft.address).to_owned());
    let kind = move || editor.draft.with(|draft| kind_name(draft.kind).to_owned());
    let tags = Memo::new(move |_| editor.library.templates.with(|all| tree::tags(all)));
    let known = move || tags.get().into_iter().map(|tag| view! { <option value=tag></option> }).collect::<Vec<_>>();
    let mine = move || {
        let user = editor.page.state.with(|state| state.user.clone());
        editor.draft.with(|draft| draft.owner.as_ref().is_none_or(|owner| *owner == user))
    };
    let owner = move || {
        editor.draft.with(|draft| draft.owner.clone()).filter(|_| !mine()).map(|owner| {
            let words = crate::message::Msg::new("library_owner").with("who", editor.name_of(&owner));
            view! { <p class="help small">{crate::ui::words::say(&words)}</p> }
        })
    };
    view! {
        {words(
            t("library_field_tags"), "template-tags".to_owned(), Some("library-tags"),
            move || editor.draft.with(|draft| draft.tags.clone()),
            move |tags| editor.draft.update(|draft| draft.tags = tags),
        )}
        <datalist id="library-tags">{known}</datalist>
        <div class="pair">
            {choice("template-address".to_owned(), t("library_field_address"), addresses, address, move |value| {
                editor.draft.update(|draft| draft.address = address_of(&value));
            })}
            {choice("template-kind".to_owned(), t("library_field_kind"), kinds, kind, move |value| {
                editor.draft.update(|draft| draft.kind = kind_of(&value));
            })}
        </div>
        {networks(editor)}
        <div class="pair">
            {line(editor, "template-note", "library_field_note", |one| one.note.clone(), |one, note| one.note = note)}
            {line(
                editor, "template-attachment", "library_field_attachment",
                |one| one.attachment.clone(), |one, attachment| one.attachment = attachment,
            )}
        </div>
        {move || {
            editor.id.track();
            actions::view(editor)
        }}
        {switch(
            "template-off".to_owned(), t("library_field_off"), move || editor.draft.with(|draft| draft.off),
            move |off| editor.draft.update(|draft| draft.off = off),
        )}
        {switch(
            "template-locked".to_owned(), t("library_field_locked"), move || editor.draft.with(|draft| draft.locked),
            move |locked| editor.draft.update(|draft| draft.locked = locked),
        )}
        {owner}
    }
    .into_any()
}

/// The networks it is meant for; none chosen = all.
fn networks(editor: Editor) -> AnyView {
    let read = move || editor.draft.with(|draft| draft.networks.clone());
    let all = networks_of(editor.page, read, move |on| editor.draft.update(|draft| draft.networks = on));
    view! {
        <fieldset class="field">
            <legend class="label">{t("library_field_networks")}</legend>
            <p class="help small">{t("library_networks_help")}</p>
            <div class="row wrap">{all}</div>
        </fieldset>
    }
    .into_any()
}

/// What a template can be for: value and words.
pub fn kinds() -> Vec<(String, String)> {
    [Kind::Evergreen, Kind::Promo, Kind::Holding]
        .map(|kind| (kind_name(kind).to_owned(), t(&format!("library_kind_{}", kind_name(kind)))))
        .to_vec()
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Evergreen => "evergreen",
        Kind::Promo => "promo",
        Kind::Holding => "holding",
    }
}

/// The kind of that name.
pub fn kind_of(name: &str) -> Kind {
    match name {
        "promo" => Kind::Promo,
        "holding" => Kind::Holding,
        _ => Kind::Evergreen,
    }
}

/// A form of address as the catalogue's keys name it.
pub fn address_name(address: Address) -> &'static str {
    match address {
        Address::Any => "any",
        Address::Formal => "formal",
        Address::Informal => "informal",
    }
}

fn address_of(name: &str) -> Address {
    match name {
        "formal" => Address::Formal,
        "informal" => Address::Informal,
        _ => Address::Any,
    }
}
