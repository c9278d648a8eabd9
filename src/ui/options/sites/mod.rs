//! The sites Rejoinder knows and what that knowledge rests on; the workspace's own ones can be added by pointing, mended,
//! exported, imported and removed.

mod health;
mod own;
mod review;
mod share;
mod tab;
mod wizard;

use leptos::prelude::*;

use crate::protocol::SiteRow;
use crate::site::definition::Evidence;
use crate::ui::popup::{evidence_key, evidence_tone};
use crate::ui::shell::Page;
use crate::ui::words::t;
use wizard::{Stage, Wizard};

/// The section.
pub fn view(page: Page) -> AnyView {
    let wizard = Wizard::new(page);
    let stage = Memo::new(move |_| wizard.stage.get());
    (move || match stage.get() {
        Stage::List => list(page, wizard),
        Stage::Address => wizard::address(wizard),
        Stage::Pointing => wizard::pointing(wizard),
        Stage::Review => review::view(wizard),
    })
    .into_any()
}

fn list(page: Page, wizard: Wizard) -> AnyView {
    let sites = Memo::new(move |_| page.state.with(|state| state.sites.clone()));
    let rows = move || sites.get().into_iter().filter(|site| !site.own).map(row).collect::<Vec<_>>();
    let meanings: Vec<_> = [
        (Evidence::Live, "options_evidence_live"),
        (Evidence::Capture, "options_evidence_capture"),
        (Evidence::Guess, "options_evidence_guess"),
    ]
    .into_iter()
    .map(|(evidence, meaning)| view! { <div><dt>{chip(evidence)}</dt><dd class="muted">{t(meaning)}</dd></div> })
    .collect();
    view! {
        <section class="card stack">
            <h2>{t("sites_own")}</h2>
            <p class="muted">{t("sites_own_help")}</p>
            {own::view(wizard)}
        </section>
        <section class="card stack">
            <h2>{t("health_title")}</h2>
            {health::view(page)}
        </section>
        <section class="card stack">
            <h2>{t("sites_known")}</h2>
            <p class="muted">{t("options_sites_help")}</p>
            <ul class="lined">{rows}</ul>
        </section>
        <section class="card stack">
            <h2>{t("options_evidence")}</h2>
            <dl class="meanings">{meanings}</dl>
        </section>
    }
    .into_any()
}

fn row(site: SiteRow) -> AnyView {
    view! {
        <li class="row">
            <span class="grow"><span class="strong">{site.name.clone()}</span>" "<span class="muted small">{hosts(&site)}</span></span>
            {chip(site.evidence)}
        </li>
    }
    .into_any()
}

fn hosts(site: &SiteRow) -> String {
    if site.hosts.iter().any(|host| host == "*") { t("options_any_host") } else { site.hosts.join(", ") }
}

fn chip(evidence: Evidence) -> AnyView {
    view! { <span class=evidence_tone(evidence)>{t(evidence_key(evidence))}</span> }.into_any()
}
