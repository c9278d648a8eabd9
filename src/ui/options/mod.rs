//! The options: a few short sections, each with what most people need, the rest under "Advanced". The first run stands
//! here too, until it is finished or skipped.

mod accounts;
mod brand;
mod device;
mod first_run;
mod gate;
mod pieces;
mod service;
mod sites;
mod voice;

#[cfg(feature = "members")]
pub use device::own_workspace_button;

use leptos::ev;
use leptos::prelude::*;

use super::hold;
use super::icons::icon;
use super::shell::Page;
use super::words::t;

/// Anchor, heading, explanation and view.
type Section = (&'static str, &'static str, &'static str, fn(Page) -> AnyView);

/// Sections: part of the address, icon, name, view.
const SECTIONS: [Section; 7] = [
    ("brand", "flag", "options_brand", brand::view),
    ("accounts", "person", "options_accounts", accounts::view),
    ("service", "clock", "options_service", service::view),
    ("voice", "bulb", "options_voice", voice::view),
    ("gate", "alert", "options_gate", gate::view),
    ("sites", "open", "options_sites", sites::view),
    ("device", "settings", "options_device", device::view),
];

/// The page.
pub fn view(page: Page) -> AnyView {
    let welcomed = Memo::new(move |_| page.state.with(|state| state.welcomed));
    (move || if welcomed.get() { sections(page) } else { first_run::view(page) }).into_any()
}

fn sections(page: Page) -> AnyView {
    let here = RwSignal::new(section_of_address());
    let listener = window_event_listener(ev::hashchange, move |_| here.set(section_of_address()));
    on_cleanup(move || listener.remove());
    let links: Vec<_> = SECTIONS
        .iter()
        .enumerate()
        .map(|(index, (id, drawing, name, _))| {
            let current = move || (here.get() == index).then_some("page");
            view! { <li><a id=format!("nav-{id}") href=format!("#{id}") aria-current=current>{icon(drawing)}{t(name)}</a></li> }
        })
        .collect();
    let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
    let content = move || {
        // Another workspace is other data: the section is built anew.
        workspace.track();
        SECTIONS.get(here.get()).map(|(_, _, name, section)| {
            view! { <h1>{t(name)}</h1> {section(page)} }
        })
    };
    view! {
        <div class="options">
            <header class="options-side">
                <p class="brand"><img src="../icons/mark.svg" alt="" />"Rejoinder"</p>
                <p class="muted small clip">{move || page.workspace_label()}</p>
                <nav aria-label=t("options_title")><ul>{links}</ul></nav>
                <a class="small" href="library.html">{t("options_to_library")}</a>
                <a class="small" href="team.html">{t("options_to_team")}</a>
                <a class="small" href="log.html">{t("options_to_log")}</a>
                <a class="small" href="practice.html">{t("options_to_practice")}</a>
            </header>
            <main class="options-main stack">
                {hold::banner(page)}
                {move || page.state.with(|state| state.workspace.sample).then(|| sample_notice(page))}
                {content}
            </main>
        </div>
    }
    .into_any()
}

fn sample_notice(page: Page) -> AnyView {
    view! {
        <div class="notice sample">
            <p class="grow">{t("options_sample_notice")}</p>
            {device::own_workspace_button(page)}
        </div>
    }
    .into_any()
}

fn section_of_address() -> usize {
    let hash = window().location().hash().unwrap_or_default();
    SECTIONS.iter().position(|(id, ..)| hash.trim_start_matches('#') == *id).unwrap_or_default()
}
