//! What concerns this browser only: language, theme, the workspace in use, and what helps whoever mends a fault.

use leptos::prelude::*;

use crate::protocol::{PageMessage, PageRequest};
use crate::ui::clipboard;
use crate::ui::icons::icon;
use crate::ui::settings::tell;
use crate::ui::shell::{Page, workspace_label};
use crate::ui::words::{lang, t};

/// Id of the workspace with the sample brand.
pub const SAMPLE: &str = "sample";

/// The section.
pub fn view(page: Page) -> AnyView {
    view! {
        <section class="card stack">
            {language(page)}
            {theme(page)}
        </section>
        <section class="card stack">
            <h2>{t("options_workspaces")}</h2>
            <p class="muted">{t("options_workspaces_help")}</p>
            {workspaces(page)}
        </section>
        <section class="card stack">
            <h2>{t("options_private")}</h2>
            <p class="muted">{t("options_private_help")}</p>
            {private(page)}
        </section>
        <section class="card stack">
            <h2>{t("options_help")}</h2>
            {diagnostics(page)}
            <div class="row"><button class="button" on:click=move |_| again(page)>{t("options_first_run")}</button></div>
        </section>
    }
    .into_any()
}

fn device(page: Page, name: &str, value: String) {
    tell(page, PageRequest::Device { name: name.to_owned(), value });
}

fn again(page: Page) {
    device(page, "welcomed", "false".to_owned());
    page.state.update(|state| state.welcomed = false);
}

/// The language of the interface.
pub fn language(page: Page) -> AnyView {
    let now = lang().tag();
    view! {
        <label class="field narrow">
            <span class="label">{t("options_language")}</span>
            <select class="input" id="language" on:change=move |event| device(page, "language", event_target_value(&event))>
                <option value="en" lang="en" selected=now == "en">"English"</option>
                <option value="es" lang="es" selected=now == "es">"Español"</option>
            </select>
        </label>
    }
    .into_any()
}

fn theme(page: Page) -> AnyView {
    let now = Memo::new(move |_| page.state.with(|state| state.theme.clone()));
    let choices: Vec<_> =
        [("auto", "options_theme_auto"), ("light", "options_theme_light"), ("dark", "options_theme_dark")]
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <label class="choice">
                        <input type="radio" name="theme" value=id prop:checked=move || *now.read() == id
                            on:change=move |_| device(page, "theme", id.to_owned()) />
                        <span>{t(name)}</span>
                    </label>
                }
            })
            .collect();
    view! {
        <fieldset class="field">
            <legend class="label">{t("options_theme")}</legend>
            <div class="choices">{choices}</div>
        </fieldset>
    }
    .into_any()
}

/// A switch for each network that is known to have private messages.
fn private(page: Page) -> AnyView {
    let networks = Memo::new(move |_| {
        page.state.with(|state| {
            let mut networks: Vec<String> =
                state.sites.iter().filter(|site| site.private).map(|site| site.network.clone()).collect();
            networks.sort();
            networks.dedup();
            networks
        })
    });
    let switch = move |network: String| {
        let (name, id) = (page.network_name(&network), format!("private:{network}"));
        let on = Memo::new(move |_| page.state.with(|state| state.private.contains(&network)));
        let set = move |event| {
            device(page, &id, if event_target_checked(&event) { "on" } else { "off" }.to_owned());
        };
        view! {
            <label class="switch">
                <input type="checkbox" role="switch" prop:checked=on on:change=set />
                <span>{name}</span>
            </label>
        }
    };
    let switches = move || networks.get().into_iter().map(switch).collect::<Vec<_>>();
    view! { <div class="switches" role="group" aria-label=t("options_private")>{switches}</div> }.into_any()
}

fn workspaces(page: Page) -> AnyView {
    let all = Memo::new(move |_| page.state.with(|state| (state.workspaces.clone(), state.workspace_id.clone())));
    let rows = move || {
        let (all, now) = all.get();
        let has_sample = all.iter().any(|(id, _)| id == SAMPLE);
        let mut rows: Vec<_> = all.into_iter().map(|(id, name)| workspace(page, id, &name, &now)).collect();
        if !has_sample {
            let bring = move |_| tell(page, PageRequest::Workspace { id: SAMPLE.to_owned() });
            rows.push(
                view! { <li class="row"><button class="button quiet" on:click=bring>{icon("plus")}{t("options_sample_add")}</button></li> }
                    .into_any(),
            );
        }
        rows
    };
    view! { <ul class="lined">{rows}</ul> }.into_any()
}

fn workspace(page: Page, id: String, name: &str, now: &str) -> AnyView {
    let in_use = id == now;
    let label = workspace_label(&id, name);
    let remove = (id == SAMPLE).then(|| {
        let remove = move |_| tell(page, PageRequest::RemoveSample {});
        view! { <button class="button danger" on:click=remove>{icon("trash")}{t("options_sample_remove")}</button> }
    });
    let action = if in_use {
        view! { <span class="chip ok">{icon("check")}{t("options_in_use")}</span> }.into_any()
    } else {
        let asked = id.clone();
        let use_it = move |_| tell(page, PageRequest::Workspace { id: asked.clone() });
        let name = format!("{}: {label}", t("options_use"));
        view! { <button class="button" aria-label=name on:click=use_it>{t("options_use")}</button> }.into_any()
    };
    view! { <li class="row wrap"><span class="grow strong">{label}</span>{remove}{action}</li> }.into_any()
}

/// Leaves the sample brand for the person's own workspace.
pub fn leave_sample(page: Page) {
    let own =
        page.state.with_untracked(|state| state.workspaces.iter().map(|(id, _)| id.clone()).find(|id| id != SAMPLE));
    if let Some(id) = own {
        tell(page, PageRequest::Workspace { id });
    }
}

/// The way out of the sample brand.
pub fn own_workspace_button(page: Page) -> AnyView {
    view! { <button class="button small" on:click=move |_| leave_sample(page)>{t("options_leave_sample")}</button> }
        .into_any()
}

fn diagnostics(page: Page) -> AnyView {
    let shown = RwSignal::new(None::<String>);
    let copy = move |_| {
        page.send(PageRequest::Diagnostics {}, move |answer| {
            if let PageMessage::Diagnostics { text } = answer {
                clipboard::copy(text.clone(), move |copied| {
                    page.announce(t(if copied { "options_copied" } else { "options_not_copied" }));
                });
                shown.set(Some(text));
            }
        });
    };
    let text = move || {
        shown.get().map(|text| {
            view! {
                <p class="small ok-text" role="status">{icon("check")}" "{t("options_copied")}</p>
                <pre class="diagnostics" tabindex="0" aria-label=t("options_diagnostics")>{text}</pre>
            }
        })
    };
    view! {
        <p class="muted">{t("options_diagnostics_help")}</p>
        <div class="row"><button class="button" on:click=copy>{t("options_diagnostics")}</button></div>
        {text}
    }
    .into_any()
}
