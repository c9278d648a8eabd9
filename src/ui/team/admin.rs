//! For whoever runs the server: making a workspace, and invitations to it. The administrator's password is used for these
//! calls and kept nowhere.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Field, Said, leaving, said, told};
use crate::browser::http::Server;
use crate::browser::package;
use crate::message::Msg;
use crate::sync::setup::{Files, Role, create, invite};
use crate::ui::clipboard;
use crate::ui::shell::{Page, random_id};
use crate::ui::tabs::ask_for;
use crate::ui::words::{say, t};
use crate::workspace::invite::Invite;
use crate::workspace::team::{Team, Wrong};

/// Where, and as which administrator.
#[derive(Clone, Copy)]
pub(super) struct Place {
    url: RwSignal<String>,
    database: RwSignal<String>,
    name: RwSignal<String>,
    password: RwSignal<String>,
}

impl Place {
    pub fn server(self, user: &str) -> Result<(Team, Server), Wrong> {
        let team = Team::typed(&self.url.get_untracked(), &self.database.get_untracked(), user)?;
        let (name, password) = (self.name.get_untracked(), self.password.get_untracked());
        let server = Server::new(&team.url).by(name.trim(), &password);
        Ok((team, server))
    }
}

/// The folded part.
pub fn view(page: Page) -> AnyView {
    let [url, database, name, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    if let Some(team) = page.state.with_untracked(|state| state.team.clone()) {
        url.set(team.url);
        database.set(team.database);
    }
    let place = Place { url, database, name, password };
    let what = RwSignal::new(None);
    let set_up = move |event: SubmitEvent| {
        event.prevent_default();
        let (team, server) = match place.server(&place.name.get_untracked()) {
            Ok(both) => both,
            Err(wrong) => return what.set(Some(Said::Bad(t(wrong.key())))),
        };
        let granted = ask_for(&team.permission());
        what.set(Some(Said::Working));
        spawn_local(async move {
            if !granted.await {
                return what.set(Some(Said::Bad(t("team_not_permitted"))));
            }
            let [rules, views] = ["../team/validate.js", "../team/views.json"].map(package::file);
            let files = Files { rules: rules.text().await, views: views.text().await };
            what.set(Some(match create(&server, &team.database, &files).await {
                Ok(()) => Said::Good(say(&Msg::new("team_made").with("workspace", &team.database))),
                Err(fault) => Said::Bad(told(&fault, &team.user)),
            }));
        });
    };
    let field = |id, label, help, kind, value| Field { id, label, help, kind, value }.view();
    view! {
        <details class="card advanced" id="team-admin">
            <summary>{t("team_admin")}</summary>
            <div class="stack">
                <p class="muted">{t("team_admin_help")}</p>
                <form class="stack" on:submit=set_up>
                    {field("admin-url", "team_url", Some("team_url_help"), "url", url)}
                    {field("admin-database", "team_database", Some("team_database_help"), "text", database)}
                    {field("admin-name", "team_admin_name", None, "text", name)}
                    {field("admin-password", "team_admin_password", Some("team_admin_password_help"), "password", password)}
                    {said(what)}
                    <div class="row"><button class="button" type="submit">{t("team_make")}</button></div>
                </form>
                {inviting(page, place)}
                {leaving::view(page, place)}
            </div>
        </details>
    }
    .into_any()
}

fn inviting(page: Page, place: Place) -> AnyView {
    let user = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Agent);
    let what = RwSignal::new(None);
    let line = RwSignal::new(None::<String>);
    let make = move |event: SubmitEvent| {
        event.prevent_default();
        line.set(None);
        let (team, server) = match place.server(&user.get_untracked()) {
            Ok(both) => both,
            Err(wrong) => return what.set(Some(Said::Bad(t(wrong.key())))),
        };
        what.set(Some(Said::Working));
        let role = role.get_untracked();
        spawn_local(async move {
            let code = random_id();
            match invite(&server, &team.database, &team.user, role, &code).await {
                Ok(()) => {
                    what.set(Some(Said::Good(say(&Msg::new("team_invited").with("user", &team.user)))));
                    line.set(Some(Invite { team, code }.text()));
                }
                Err(fault) => what.set(Some(Said::Bad(told(&fault, &team.user)))),
            }
        });
    };
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|one| {
            let id = one.id();
            view! { <option value=id selected=move || role.get() == one>{t(&format!("team_role_{id}"))}</option> }
        })
        .collect();
    let choose = move |event| {
        let id = event_target_value(&event);
        role.set(Role::ALL.into_iter().find(|one| one.id() == id).unwrap_or(Role::Agent));
    };
    let copy = move |text: String| {
        clipboard::copy(text, move |copied| {
            page.announce(t(if copied { "options_copied" } else { "options_not_copied" }))
        });
    };
    let shown = move || {
        line.get().map(|text| {
            let copied = text.clone();
            view! {
                <div class="stack">
                    <pre class="diagnostics" id="invite-line" tabindex="0" aria-label=t("team_invite")>{text}</pre>
                    <div class="row"><button class="button" type="button" on:click=move |_| copy(copied.clone())>{t("agent_copy")}</button></div>
                </div>
            }
        })
    };
    view! {
        <form class="stack" on:submit=make>
            <h2>{t("team_inviting")}</h2>
            <p class="muted">{t("team_inviting_help")}</p>
            {Field { id: "invite-user", label: "team_user", help: Some("team_invite_user_help"), kind: "text", value: user }.view()}
            <label class="field narrow">
                <span class="label">{t("team_role")}</span>
                <select class="input" id="invite-role" on:change=choose>{roles}</select>
            </label>
            {said(what)}
            {shown}
            <div class="row"><button class="button" type="submit">{t("team_invite_button")}</button></div>
        </form>
    }
    .into_any()
}
