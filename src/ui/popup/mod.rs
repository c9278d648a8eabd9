//! The toolbar button's window: this site, its health in words, the acting account, pauses, keys, and the ways onward.

mod site;

pub use site::{evidence_key, evidence_tone};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icons::icon;
use super::shell::Page;
use super::tabs;
use super::words::t;
use crate::protocol::{PageMessage, PageRequest, SiteStatus};
use crate::site::registry;

/// Commands in the order of a working day, with the catalogue keys of their names.
pub const COMMANDS: [(&str, &str); 4] = [
    ("picker", "popup_key_picker"),
    ("save", "popup_key_save"),
    ("next", "popup_key_next"),
    ("panel", "popup_key_panel"),
];

/// The popup.
pub fn view(page: Page) -> AnyView {
    let status = RwSignal::new(None::<SiteStatus>);
    Effect::new(move |_| {
        page.state_changes.track();
        read_site(page, status);
    });
    view! {
        <main class="popup">
            <header>
                <h1 class="brand"><img src="../icons/mark.svg" alt="" />"Rejoinder"</h1>
                <span class="muted small clip">{move || page.workspace_label()}</span>
            </header>
            {move || status.get().map(|status_now| site::view(page, status_now, move || read_site(page, status)))}
            {keys(page)}
            <nav aria-label=t("popup_onward")>
                {onward("log", "list", "popup_log")}
                {onward("practice", "play", "popup_practice")}
                {onward("options", "settings", "popup_options")}
            </nav>
        </main>
    }
    .into_any()
}

fn read_site(page: Page, status: RwSignal<Option<SiteStatus>>) {
    spawn_local(async move {
        let (tab, host) = tabs::active_tab().await;
        if let Some(PageMessage::Site { site }) = page.ask(PageRequest::Site { tab }).await {
            let mut site = *site;
            // What the background is not told of a tab, the click on our button tells the popup.
            if site.host.is_empty() {
                site.unsupported = registry::unsupported(&host);
                site.host = host;
            }
            status.set(Some(site));
        }
    });
}

fn keys(page: Page) -> AnyView {
    let rows = move || {
        page.state.with(|state| {
            COMMANDS
                .iter()
                .map(|(command, name)| {
                    let bound = state.keys.get(*command).cloned().unwrap_or_default();
                    let shown = if bound.is_empty() {
                        view! { <span class="muted">{t("popup_key_none")}</span> }.into_any()
                    } else {
                        view! { <kbd>{bound}</kbd> }.into_any()
                    };
                    view! { <div><dt>{t(name)}</dt><dd>{shown}</dd></div> }
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <section aria-labelledby="popup-keys">
            <h2 id="popup-keys">{t("popup_keys")}</h2>
            <dl class="keys">{rows}</dl>
        </section>
    }
    .into_any()
}

fn onward(page: &'static str, drawing: &str, key: &str) -> AnyView {
    let open = move |_| tabs::open_page(page);
    view! { <button class="button" on:click=open>{icon(drawing)}<span>{t(key)}</span></button> }.into_any()
}
