//! The team's page: joining a workspace on a server, how the sharing goes, and setting a workspace up; a team without a
//! server exchanges files. It keeps no truth: where a workspace is shared lies with the background, passwords in the vault.

mod admin;
mod check;
mod erase;
mod files;
mod join;
mod leaving;
mod status;
mod vault;

use leptos::prelude::*;

use self::files::live;
use super::options::own_workspace_button;
use super::shell::Page;
use super::words::{say, t};
use crate::browser::clock::now;
use crate::sync::Fault;
use crate::workspace::team;

/// The page.
pub fn view(page: Page) -> AnyView {
    let team = Memo::new(move |_| page.state.with(|state| state.team.clone()));
    let is_sample = Memo::new(move |_| page.state.with(|state| state.workspace.sample));
    let content = move || {
        if is_sample.get() {
            return view! {
                <div class="notice sample"><p class="grow">{t("team_sample")}</p>{own_workspace_button(page)}</div>
            }
            .into_any();
        }
        match team.get() {
            Some(team) if team.removed => leaving::removed(page, team),
            Some(team) => view! { {status::view(page, team)}{files::backups(page)} }.into_any(),
            None => view! { {join::view(page)}{files::view(page)} }.into_any(),
        }
    };
    let erasing = move || {
        let _ = team.get();
        (!is_sample.get()).then(|| erase::view(page))
    };
    view! {
        <div class="library-page">
            <header class="library-head row">
                <h1>{t("team_title")}</h1>
                <span class="muted small clip grow">{move || page.workspace_label()}</span>
                <a class="small" href="options.html">{t("library_to_options")}</a>
                <a class="small" href="log.html">{t("options_to_log")}</a>
            </header>
            <main class="team-main stack">{content}{live(erasing)}{admin::view(page)}</main>
        </div>
    }
    .into_any()
}

/// A labelled field of a form.
pub(super) struct Field {
    pub id: &'static str,
    pub label: &'static str,
    pub help: Option<&'static str>,
    pub kind: &'static str,
    pub value: RwSignal<String>,
}

impl Field {
    /// The field.
    pub fn view(self) -> AnyView {
        let Self { id, label, help, kind, value } = self;
        let help_id = format!("{id}-help");
        let described = help.map(|_| help_id.clone());
        view! {
            <div class="field">
                <label class="label" for=id>{t(label)}</label>
                <input class="input" id=id type=kind autocomplete="off" spellcheck="false" aria-describedby=described
                    prop:value=value on:input=move |event| value.set(event_target_value(&event)) />
                {help.map(|help| view! { <p class="help" id=help_id>{t(help)}</p> })}
            </div>
        }
        .into_any()
    }
}

/// What a form says after it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// It is at work.
    Working,
    /// It went well.
    Good(String),
    /// What is wrong, and what to do.
    Bad(String),
}

/// The line below a form.
pub(super) fn said(said: RwSignal<Option<Said>>) -> AnyView {
    let line = move || {
        said.get().map(|said| match said {
            Said::Working => view! { <p class="muted" role="status">{t("team_working")}</p> }.into_any(),
            Said::Good(text) => view! { <p class="ok-text" role="status">{text}</p> }.into_any(),
            Said::Bad(text) => view! { <p class="notice bad" role="alert">{text}</p> }.into_any(),
        })
    };
    view! { <div class="said">{line}</div> }.into_any()
}

/// A fault in words.
pub(super) fn told(fault: &Fault, user: &str) -> String {
    say(&team::told(fault, user).1)
}

/// UTC milliseconds.
pub(super) fn moment() -> i64 {
    now()
}
