//! How the pages that are open now are read, host by host, and a report to copy.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::tab;
use crate::protocol::{PageMessage, PageRequest, SiteStatus};
use crate::ui::clipboard;
use crate::ui::health;
use crate::ui::icons::icon;
use crate::ui::options::pieces::Button;
use crate::ui::shell::Page;
use crate::ui::words::{say, t};

/// The list, read anew on demand.
pub fn view(page: Page) -> AnyView {
    let hosts = RwSignal::new(None::<Vec<SiteStatus>>);
    let report = RwSignal::new(None::<String>);
    let read = move || {
        page.send(PageRequest::Health {}, move |answer| {
            if let PageMessage::Health { hosts: found } = answer {
                hosts.set(Some(found));
            }
        });
    };
    read();
    let rows = move || match hosts.get() {
        Some(found) if found.is_empty() => view! { <p class="muted">{t("health_no_pages")}</p> }.into_any(),
        Some(found) => {
            let rows: Vec<_> = found.into_iter().map(|one| row(page, one, report)).collect();
            view! { <ul class="lined" id="site-health">{rows}</ul> }.into_any()
        }
        None => ().into_any(),
    };
    let text = move || {
        report.get().map(|text| {
            view! {
                <p class="small ok-text" role="status">{icon("check")}" "{t("options_copied")}</p>
                <pre class="diagnostics" tabindex="0" aria-label=t("health_copy")>{text}</pre>
            }
        })
    };
    view! {
        <p class="muted">{t("health_help")}</p>
        {rows}
        {text}
        <div class="row">{Button { id: "health-again", ..Button::new("", "", "health_again") }.on(read)}</div>
    }
    .into_any()
}

fn row(page: Page, one: SiteStatus, report: RwSignal<Option<String>>) -> AnyView {
    let (verdict, lines) = health::judge(&one.health);
    let (tone, drawing) = verdict.tone();
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{say(line)}</li> }).collect();
    let label = format!("{}: {}", t("health_copy"), one.host);
    let host = one.host.clone();
    let name = one.site.map(|site| site.name);
    let asked = host.clone();
    let copy = move || {
        let host = asked.clone();
        spawn_local(async move {
            let answer = page.ask(PageRequest::Report { host: host.clone() }).await;
            let Some(PageMessage::Diagnostics { text }) = answer else { return };
            let text = health::with_skeleton(&text, &tab::skeleton(&host).await);
            report.set(Some(text.clone()));
            clipboard::copy(text, move |copied| {
                page.announce(t(if copied { "options_copied" } else { "options_not_copied" }));
            });
        });
    };
    view! {
        <li class="stack tight">
            <div class="row wrap">
                <span class="grow"><span class="strong">{host}</span>" "<span class="muted small">{name}</span></span>
                <span class=tone>{icon(drawing)}{t(verdict.key())}</span>
                {Button { label: Some(label), ..Button::new("small", "", "health_copy") }.on(copy)}
            </div>
            <ul class="muted small stack tight">{lines}</ul>
        </li>
    }
    .into_any()
}
