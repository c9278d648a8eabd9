//! The workspace's own definitions: edit, export, remove with a way back, add, import.

use leptos::prelude::*;
use serde_json::Value;

use super::share::{self, Format};
use super::wizard::Wizard;
use crate::log::EventId;
use crate::protocol::{PageMessage, PageRequest, SiteRow};
use crate::ui::edit::text;
use crate::ui::options::pieces::Button;
use crate::ui::shell::focus;
use crate::ui::words::t;

/// The list, and what was done last.
pub fn view(wizard: Wizard) -> AnyView {
    let page = wizard.page;
    let sites = Memo::new(move |_| {
        page.state.with(|state| state.sites.iter().filter(|site| site.own).cloned().collect::<Vec<_>>())
    });
    let removed = RwSignal::new(None::<(String, EventId)>);
    let rows = move || {
        let sites = sites.get();
        if sites.is_empty() {
            return view! { <p class="muted" id="sites-none">{t("sites_none")}</p> }.into_any();
        }
        let rows: Vec<_> = sites.into_iter().map(|site| row(wizard, site, removed)).collect();
        view! { <ul class="lined">{rows}</ul> }.into_any()
    };
    let undone = move || removed.get().map(|(name, event)| undo(wizard, name, event, removed));
    view! {
        {rows}
        {undone}
        <div class="row wrap">
            {Button { id: "site-add", ..Button::new("primary", "plus", "sites_add") }.on(move || wizard.add())}
            {share::import(wizard)}
        </div>
        {move || share::problems(wizard)}
    }
    .into_any()
}

fn row(wizard: Wizard, site: SiteRow, removed: RwSignal<Option<(String, EventId)>>) -> AnyView {
    let stored = {
        let id = site.id.clone();
        move || definition(wizard, &id)
    };
    let label = |key: &str| format!("{}: {}", t(key), site.name);
    let (edit_label, remove_label) = (label("sites_edit"), label("options_remove"));
    let for_edit = stored.clone();
    let edit = move || {
        if let Some(definition) = for_edit() {
            wizard.edit(definition);
        }
    };
    let exports = [Format::Toml, Format::Json].map(|format| {
        let (stored, label) = (stored.clone(), format!("{} {}: {}", t("sites_export"), format.name(), site.name));
        let text = format.name().to_owned();
        let button = Button { class: "small", icon: "download", text, label: Some(label), ..Button::default() };
        button.on(move || {
            if let Some(definition) = stored() {
                share::export(wizard.page, &definition, format);
            }
        })
    });
    let (id, name) = (site.id.clone(), site.name.clone());
    let remove = move || {
        let request = PageRequest::Remove { item: "definition".to_owned(), id: id.clone() };
        let name = name.clone();
        wizard.page.send(request, move |answer| {
            if let PageMessage::Changed { event } = answer {
                removed.set(Some((name, event)));
                request_animation_frame(|| focus("site-undo"));
            }
        });
    };
    view! {
        <li class="row wrap">
            <span class="grow"><span class="strong">{site.name.clone()}</span>" "<span class="muted small">{super::hosts(&site)}</span></span>
            {super::chip(site.evidence)}
            {Button { label: Some(edit_label), ..Button::new("small", "", "sites_edit") }.on(edit)}
            {Vec::from(exports)}
            {Button { class: "quiet icon-only", icon: "trash", label: Some(remove_label), ..Button::default() }.on(remove)}
        </li>
    }
    .into_any()
}

fn definition(wizard: Wizard, id: &str) -> Option<Value> {
    wizard.page.state.with_untracked(|state| state.definitions.iter().find(|one| text(one, "id") == id).cloned())
}

fn undo(wizard: Wizard, name: String, event: EventId, removed: RwSignal<Option<(String, EventId)>>) -> AnyView {
    let click = move || {
        removed.set(None);
        wizard.page.send(PageRequest::Undo { event: event.clone() }, move |_| wizard.page.announce(t("options_saved")));
        request_animation_frame(|| focus("site-add"));
    };
    view! {
        <div class="notice" role="status">
            <p class="grow">{t("sites_removed")}" "<span class="strong">{name}</span></p>
            {Button { id: "site-undo", ..Button::new("small", "", "sites_undo") }.on(click)}
        </div>
    }
    .into_any()
}
