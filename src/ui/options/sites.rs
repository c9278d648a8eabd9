//! The sites Rejoinder knows, and what that knowledge rests on.

use leptos::prelude::*;

use crate::protocol::SiteRow;
use crate::site::definition::Evidence;
use crate::ui::popup::{evidence_key, evidence_tone};
use crate::ui::shell::Page;
use crate::ui::words::t;

/// The section.
pub fn view(page: Page) -> AnyView {
    let sites = Memo::new(move |_| page.state.with(|state| state.sites.clone()));
    let rows = move || sites.get().into_iter().map(row).collect::<Vec<_>>();
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
    let any = site.hosts.iter().any(|host| host == "*");
    let hosts = if any { t("options_any_host") } else { site.hosts.join(", ") };
    view! {
        <li class="row">
            <span class="grow"><span class="strong">{site.name}</span>" "<span class="muted small">{hosts}</span></span>
            {chip(site.evidence)}
        </li>
    }
    .into_any()
}

fn chip(evidence: Evidence) -> AnyView {
    view! { <span class=evidence_tone(evidence)>{t(evidence_key(evidence))}</span> }.into_any()
}
