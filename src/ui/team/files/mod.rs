//! A team without a server: what it shares and what each did goes around as files, by hand or in a folder that something
//! else keeps in step. With a server the same files are backups.

mod exchange;
mod found;
mod give;
mod kept;
mod reading;
mod take;

use leptos::prelude::*;

use crate::ui::icons::icon;
use crate::ui::shell::Page;
use crate::ui::words::t;

/// The section of a workspace that has no server.
pub fn view(page: Page) -> AnyView {
    let lacks: Vec<_> = ["team_files_lacks_live", "team_files_lacks_roles", "team_files_lacks_proof"]
        .into_iter()
        .map(|key| view! { <li>{t(key)}</li> })
        .collect();
    let parts = move |workspace: String| {
        view! {
            {give::view(page, workspace.clone())}
            {take::view(page, workspace.clone())}
            {exchange::view(page, workspace)}
        }
        .into_any()
    };
    view! {
        <section class="card stack files" id="team-files" aria-labelledby="team-files-title">
            <h2 id="team-files-title">{t("team_files")}</h2>
            <p class="muted">{t("team_files_help")}</p>
            <div class="stack tight muted">
                <p id="team-files-lacks">{t("team_files_lacks")}</p>
                <ul class="lacks" aria-labelledby="team-files-lacks">{lacks}</ul>
            </div>
            {of_workspace(page, parts)}
        </section>
    }
    .into_any()
}

/// The folded part of a workspace that has a server.
pub fn backups(page: Page) -> AnyView {
    let parts = move |workspace: String| {
        view! { {give::view(page, workspace.clone())}{take::view(page, workspace)} }.into_any()
    };
    view! {
        <details class="card advanced files" id="team-files">
            <summary>{t("team_files_backups")}</summary>
            <div class="stack"><p class="muted">{t("team_files_backups_help")}</p>{of_workspace(page, parts)}</div>
        </details>
    }
    .into_any()
}

/// `parts` for the workspace in use; another workspace has its own.
fn of_workspace(page: Page, parts: impl Fn(String) -> AnyView + Send + 'static) -> AnyView {
    let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
    live(move || Some(parts(workspace.get())))
}

/// A part that follows what it reads. All of them are of one type: for each of its own the browser would load what builds
/// it once more.
pub(super) fn live(part: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let part: Box<dyn Fn() -> Option<AnyView> + Send> = Box::new(part);
    (move || part()).into_any()
}

/// A button that rests while something is at work.
pub(super) struct Button {
    pub id: &'static str,
    /// Besides `button`.
    pub class: &'static str,
    pub drawing: Option<&'static str>,
    pub words: String,
    pub rests: Signal<bool>,
}

impl Button {
    pub fn view(self, press: impl Fn() + 'static) -> AnyView {
        let Self { id, class, drawing, words, rests } = self;
        let press: Box<dyn Fn()> = Box::new(press);
        view! {
            <button class=format!("button {class}") type="button" id=id disabled=rests on:click=move |_| press()>{drawing.map(icon)}{words}</button>
        }
        .into_any()
    }
}

/// What people call the workspace in the name of a file.
fn name_of_workspace(page: Page) -> String {
    page.state.with_untracked(|state| {
        let all = [&state.workspace.name, &state.workspace.brand, &state.workspace_id];
        all.into_iter().find(|name| !name.trim().is_empty()).cloned().unwrap_or_default()
    })
}

/// The time zone that times are written in.
pub(super) fn zone(page: Page) -> String {
    page.state.with_untracked(|state| state.workspace.time_zone.clone())
}
