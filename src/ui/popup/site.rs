//! The popup's part about the tab it stands over.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::protocol::{PageRequest, SiteStatus};
use crate::site::definition::Evidence;
use crate::ui::health;
use crate::ui::icons::icon;
use crate::ui::shell::Page;
use crate::ui::tabs;
use crate::ui::words::{say, t};

/// Features that can be paused here, with the catalogue keys of their names.
const FEATURES: [(&str, &str); 4] = [
    ("marks", "popup_feature_marks"),
    ("voice", "popup_feature_voice"),
    ("picker", "popup_feature_picker"),
    ("gate", "popup_feature_gate"),
];

/// What can be looked for on a page, with the catalogue keys of their names.
const SOUGHT: [(&str, &str); 3] = [
    ("mentions", "popup_only_mentions"),
    ("influencers", "popup_only_influencers"),
    ("unanswered", "popup_only_unanswered"),
];

/// The catalogue key of what a definition rests on.
pub fn evidence_key(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Live => "popup_evidence_live",
        Evidence::Capture => "popup_evidence_capture",
        Evidence::Guess => "popup_evidence_guess",
    }
}

/// The colour family of what a definition rests on.
pub fn evidence_tone(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Live => "chip ok",
        Evidence::Capture => "chip accent",
        Evidence::Guess => "chip warn",
    }
}

/// What the popup says of this site; `again` reads it anew.
pub fn view(page: Page, status: SiteStatus, again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if status.host.is_empty() {
        return view! {
            <section><p class="strong">{t("popup_no_site")}</p><p class="muted">{t("popup_no_site_help")}</p></section>
        }
        .into_any();
    }
    if let Some(why) = &status.unsupported {
        return view! {
            <section>
                <p class="site-name clip">{status.host.clone()}</p>
                <p class="muted">{say(why)}</p>
            </section>
        }
        .into_any();
    }
    if !status.permitted {
        return ask(page, &status.host, again);
    }
    let Some(site) = status.site.clone() else {
        return view! {
            <section>
                <p class="site-name clip">{status.host.clone()}</p>
                <p class="muted">{t("popup_unsupported")}</p>
            </section>
        }
        .into_any();
    };
    view! {
        <section aria-label=t("popup_this_site")>
            <div class="row spread">
                <p class="site-name clip">{site.name.clone()}</p>
                <span class=evidence_tone(site.evidence)>{t(evidence_key(site.evidence))}</span>
            </div>
            {health(&status)}
            {account(&status)}
        </section>
        {sought(page, &status, again)}
        {pauses(page, &status, again)}
    }
    .into_any()
}

fn ask(page: Page, host: &str, again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let wanted = host.to_owned();
    let click = move |_| {
        let asked = tabs::ask_for(&format!("*://{wanted}/*"));
        spawn_local(async move {
            page.announce(t(if asked.await { "popup_permitted" } else { "popup_not_permitted" }));
            again();
        });
    };
    view! {
        <section>
            <p class="site-name clip">{host.to_owned()}</p>
            <p class="muted">{t("popup_permission_help")}</p>
            <button class="button primary" on:click=click>{t("popup_permission")}</button>
        </section>
    }
    .into_any()
}

fn health(status: &SiteStatus) -> AnyView {
    let (verdict, lines) = health::judge(&status.health);
    let (tone, drawing) = verdict.tone();
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{say(line)}</li> }).collect();
    view! {
        <div class="row">
            <span class=tone>{icon(drawing)}{t(verdict.key())}</span>
        </div>
        <ul class="muted small stack tight">{lines}</ul>
    }
    .into_any()
}

fn account(status: &SiteStatus) -> AnyView {
    let (dot, word) = match status.account_kind.as_str() {
        "brand" => ("dot brand", "popup_account_brand"),
        "personal" => ("dot personal", "popup_account_personal"),
        _ => ("dot unknown", "popup_account_unknown"),
    };
    let account = status.account.clone().map(|account| format!("{account} · "));
    view! {
        <p class="row"><span class=dot></span><span>{account}{t(word)}</span></p>
    }
    .into_any()
}

/// The way into private messages, where the site has boxes for them.
fn private(page: Page, status: &SiteStatus, again: impl Fn() + Copy + Send + Sync + 'static) -> Option<AnyView> {
    let site = status.site.as_ref().filter(|site| site.private)?;
    let name = format!("private:{}", site.network);
    let set = move |event| {
        let value = if event_target_checked(&event) { "on" } else { "off" }.to_owned();
        page.send(PageRequest::Device { name: name.clone(), value }, move |_| again());
    };
    let view = view! {
        <label class="switch">
            <input type="checkbox" role="switch" aria-describedby="private-help" prop:checked=status.private on:change=set />
            <span>{t("popup_feature_private")}</span>
        </label>
        <p class="muted small" id="private-help">{t("options_private_help")}</p>
    };
    Some(view.into_any())
}

/// What is looked for here: everything else steps back.
fn sought(page: Page, status: &SiteStatus, again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let has_marks = !status.paused.iter().any(|feature| feature == "marks");
    let switches: Vec<_> = SOUGHT
        .iter()
        .map(|&(what, key)| {
            let on = status.only.iter().any(|one| one == what);
            let name = format!("only:{what}:{}", status.host);
            let set = move |event| {
                let value = if event_target_checked(&event) { "on" } else { "off" }.to_owned();
                page.send(PageRequest::Device { name: name.clone(), value }, move |_| again());
            };
            view! {
                <label class="row">
                    <input type="checkbox" name=what prop:checked=on disabled=!has_marks on:change=set />
                    <span>{t(key)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <section role="group" aria-labelledby="popup-only" aria-describedby="popup-only-help">
            <h2 id="popup-only">{t("popup_only")}</h2>
            <div class="stack tight">{switches}</div>
            <p class="muted small" id="popup-only-help">{t(if has_marks { "popup_only_help" } else { "popup_only_off" })}</p>
        </section>
    }
    .into_any()
}

fn pauses(page: Page, status: &SiteStatus, again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let switches: Vec<_> = FEATURES
        .iter()
        .map(|&(feature, name)| {
            let on = !status.paused.iter().any(|paused| paused == feature);
            let host = status.host.clone();
            let set = move |event| {
                let request = PageRequest::Pause {
                    host: host.clone(),
                    feature: feature.to_owned(),
                    on: !event_target_checked(&event),
                };
                page.send(request, move |_| again());
            };
            view! {
                <label class="switch">
                    <input type="checkbox" role="switch" prop:checked=on on:change=set />
                    <span>{t(name)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <section role="group" aria-labelledby="popup-features">
            <h2 id="popup-features">{t("popup_features")}</h2>
            <div class="switches">{switches}</div>
            {private(page, status, again)}
        </section>
    }
    .into_any()
}
