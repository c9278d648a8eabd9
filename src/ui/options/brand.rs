//! The brand: its name, the words that mean it, the people and departments that answer for it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::pieces::{advanced, names, part, text_field};
use crate::protocol::PageRequest;
use crate::template::Address;
use crate::text::fold;
use crate::ui::icons::icon;
use crate::ui::settings::{edit, tell};
use crate::ui::shell::{Page, focus};
use crate::ui::words::t;
use crate::workspace::WatchTerm;

/// Lists a watch term can stand in, with the catalogue keys of their names.
const LISTS: [(&str, &str); 3] =
    [("brand", "options_watch_brand"), ("competitor", "options_watch_competitor"), ("market", "options_watch_market")];

/// Forms of address, with the catalogue keys of their names.
const ADDRESSES: [(&str, &str, Address); 3] = [
    ("any", "options_address_any", Address::Any),
    ("formal", "options_address_formal", Address::Formal),
    ("informal", "options_address_informal", Address::Informal),
];

/// The section.
pub fn view(page: Page) -> AnyView {
    let me = Memo::new(move |_| page.state.with(|state| state.me.clone()));
    let write_me = move |value: String| {
        tell(page, PageRequest::Device { name: "me".to_owned(), value });
    };
    view! {
        <section class="card stack">
            {brand_name(page)}
            {text_field("me", "options_me", Some("options_me_help"), me, write_me)}
            {address(page)}
        </section>
        <section class="card stack">{watch(page)}</section>
        <section class="card stack">
            {names(page, "people", "options_people", "options_people_help", |workspace| &mut workspace.people)}
            {names(page, "departments", "options_departments", "options_departments_help", |workspace| &mut workspace.departments)}
        </section>
        {advanced(more(page))}
    }
    .into_any()
}

/// The brand as it signs; the workspace takes its name, unless it has one of its own.
pub fn brand_name(page: Page) -> AnyView {
    let value = part(page, |workspace| workspace.brand.clone());
    text_field("brand", "options_brand_name", Some("options_brand_name_help"), value, move |value| {
        edit(page, |workspace| {
            if workspace.name.is_empty() || workspace.name == workspace.brand {
                workspace.name.clone_from(&value);
            }
            workspace.brand = value;
        });
    })
}

fn more(page: Page) -> AnyView {
    let name = part(page, |workspace| workspace.name.clone());
    let zone = part(page, |workspace| workspace.time_zone.clone());
    let write_name = move |value| edit(page, |workspace| workspace.name = value);
    let write_zone = move |value| edit(page, |workspace| workspace.time_zone = value);
    view! {
        {text_field("workspace-name", "options_workspace_name", Some("options_workspace_name_help"), name, write_name)}
        {names(page, "languages", "options_languages", "options_languages_help", |workspace| &mut workspace.languages)}
        {text_field("zone", "options_zone", Some("options_zone_help"), zone, write_zone)}
        {links(page)}
    }
    .into_any()
}

/// *usted* or *tú*, where nobody chose otherwise for an author.
fn address(page: Page) -> AnyView {
    let now = part(page, |workspace| workspace.address);
    let options: Vec<_> = ADDRESSES
        .iter()
        .map(|&(id, name, address)| view! { <option value=id selected=move || now.get() == address>{t(name)}</option> })
        .collect();
    let write = move |event| {
        let id = event_target_value(&event);
        if let Some((_, _, address)) = ADDRESSES.into_iter().find(|one| one.0 == id) {
            edit(page, |workspace| workspace.address = address);
        }
    };
    view! {
        <div class="field">
            <label class="label" for="address">{t("options_address")}</label>
            <select class="input fit" id="address" aria-describedby="address-help" on:change=write>{options}</select>
            <p class="help" id="address-help">{t("options_address_help")}</p>
        </div>
    }
    .into_any()
}

/// Links by name; one of a name that is there takes its place.
fn links(page: Page) -> AnyView {
    let all = part(page, |workspace| workspace.links.clone());
    let (name, url) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        // The name as a template can write it.
        let (named, to) = (fold::words(&name.get_untracked()).replace(' ', "_"), url.get_untracked().trim().to_owned());
        if named.is_empty() || !to.starts_with("https://") {
            return focus(if named.is_empty() { "link-name" } else { "link-url" });
        }
        edit(page, |workspace| {
            workspace.links.retain(|(known, _)| *known != named);
            workspace.links.push((named, to));
        });
        name.set(String::new());
        url.set(String::new());
        focus("link-name");
    };
    let rows = move || all.get().into_iter().map(|link| link_row(page, link)).collect::<Vec<_>>();
    view! {
        <form class="field" on:submit=add>
            <label class="label" for="link-name">{t("options_links")}</label>
            <p class="help" id="links-help">{t("options_links_help")}</p>
            <ul class="name-chips">{rows}</ul>
            <div class="row add">
                <input class="input" id="link-name" type="text" autocomplete="off" aria-describedby="links-help"
                    placeholder=t("options_link_name") prop:value=name
                    on:input=move |event| name.set(event_target_value(&event)) />
                <input class="input" id="link-url" type="url" autocomplete="off" aria-label=t("options_link_url")
                    placeholder="https://" prop:value=url on:input=move |event| url.set(event_target_value(&event)) />
                <button class="button" type="submit">{icon("plus")}{t("options_add")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn link_row(page: Page, (name, url): (String, String)) -> AnyView {
    let label = format!("{}: {name}", t("options_remove"));
    let gone = name.clone();
    let remove = move |_| {
        edit(page, |workspace| workspace.links.retain(|(known, _)| *known != gone));
        request_animation_frame(|| focus("link-name"));
    };
    view! {
        <li class="name-chip">
            <span>{name}</span>
            <span class="muted small">{url}</span>
            <button class="button quiet icon-only" type="button" aria-label=label on:click=remove>{icon("close")}</button>
        </li>
    }
    .into_any()
}

fn watch(page: Page) -> AnyView {
    let terms = part(page, |workspace| workspace.watch.clone());
    let (typed, list) = (RwSignal::new(String::new()), RwSignal::new("brand".to_owned()));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let term = typed.get_untracked().trim().to_owned();
        edit(page, |workspace| {
            if !term.is_empty() && !workspace.watch.iter().any(|one| one.term.to_lowercase() == term.to_lowercase()) {
                workspace.watch.push(WatchTerm { term, list: list.get_untracked() });
            }
        });
        typed.set(String::new());
    };
    let rows = move || terms.get().into_iter().map(|term| watch_row(page, term)).collect::<Vec<_>>();
    let options: Vec<_> = LISTS.iter().map(|&(id, name)| view! { <option value=id>{t(name)}</option> }).collect();
    view! {
        <form class="field" on:submit=add>
            <label class="label" for="watch">{t("options_watch")}</label>
            <p class="help" id="watch-help">{t("options_watch_help")}</p>
            <ul class="name-chips">{rows}</ul>
            <div class="row add">
                <input class="input" id="watch" type="text" autocomplete="off" aria-describedby="watch-help" prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
                <select class="input fit" aria-label=t("options_watch_list") on:change=move |event| list.set(event_target_value(&event))>
                    {options}
                </select>
                <button class="button" type="submit">{icon("plus")}{t("options_add")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn watch_row(page: Page, term: WatchTerm) -> AnyView {
    let list = LISTS.iter().find(|(id, _)| *id == term.list).map_or("options_watch_market", |(_, name)| name);
    let label = format!("{}: {}", t("options_remove"), term.term);
    let gone = term.clone();
    let remove = move |_| {
        edit(page, |workspace| workspace.watch.retain(|one| *one != gone));
        request_animation_frame(|| focus("watch"));
    };
    view! {
        <li class="name-chip">
            <span>{term.term}</span>
            <span class="muted small">{t(list)}</span>
            <button class="button quiet icon-only" type="button" aria-label=label on:click=remove>{icon("close")}</button>
        </li>
    }
    .into_any()
}
