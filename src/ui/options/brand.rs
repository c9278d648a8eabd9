//! The brand: its name, the words that mean it, the people and departments that answer for it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::pieces::{advanced, edit, names, part, text_field};
use crate::protocol::PageRequest;
use crate::ui::icons::icon;
use crate::ui::shell::{Page, focus};
use crate::ui::words::t;
use crate::workspace::WatchTerm;

/// Lists a watch term can stand in, with the catalogue keys of their names.
const LISTS: [(&str, &str); 3] =
    [("brand", "options_watch_brand"), ("competitor", "options_watch_competitor"), ("market", "options_watch_market")];

/// The section.
pub fn view(page: Page) -> AnyView {
    let me = Memo::new(move |_| page.state.with(|state| state.me.clone()));
    let write_me = move |value: String| {
        super::pieces::tell(page, PageRequest::Device { name: "me".to_owned(), value });
    };
    view! {
        <section class="card stack">
            {brand_name(page)}
            {text_field("me", "options_me", Some("options_me_help"), me, write_me)}
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
