//! Joining: by an invitation, or by what it would carry.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Field, Said, said, told, vault};
use crate::browser::http::Server;
use crate::protocol::PageRequest;
use crate::sync::session::sign_in;
use crate::sync::{Call, Fault, Secret, Transport, escaped, setup};
use crate::ui::shell::{Page, random_id};
use crate::ui::tabs::ask_for;
use crate::ui::words::t;
use crate::workspace::invite::Invite;
use crate::workspace::team::{Team, Wrong};

/// The form.
pub fn view(page: Page) -> AnyView {
    let [line, url, database, user, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let what = RwSignal::new(None);
    let join = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = || {
            if line.read_untracked().trim().is_empty() {
                let team = Team::typed(&url.get_untracked(), &database.get_untracked(), &user.get_untracked())?;
                return Ok((team, password.get_untracked(), false));
            }
            let invite = Invite::from_text(&line.read_untracked())?;
            Ok((invite.team, invite.code, true))
        };
        match typed() {
            Err(wrong) => what.set(Some(Said::Bad(t(Wrong::key(wrong))))),
            Ok((team, password, is_invited)) => {
                // The browser asks only straight from the click.
                let granted = ask_for(&team.permission());
                what.set(Some(Said::Working));
                spawn_local(async move {
                    if !granted.await {
                        return what.set(Some(Said::Bad(t("team_not_permitted"))));
                    }
                    match enter(page, team.clone(), password, is_invited).await {
                        Ok(()) => what.set(None),
                        Err(text) => what.set(Some(Said::Bad(text))),
                    }
                });
            }
        }
    };
    let field = |id, label, help, kind, value| Field { id, label, help, kind, value }.view();
    view! {
        <form class="card stack" on:submit=join>
            <h2>{t("team_join")}</h2>
            <p class="muted">{t("team_join_help")}</p>
            {field("team-invite", "team_invite", Some("team_invite_help"), "text", line)}
            <details class="advanced" id="team-by-hand">
                <summary>{t("team_by_hand")}</summary>
                <div class="stack">
                    {field("team-url", "team_url", Some("team_url_help"), "url", url)}
                    {field("team-database", "team_database", None, "text", database)}
                    {field("team-user", "team_user", None, "text", user)}
                    {field("team-password", "team_password", None, "password", password)}
                </div>
            </details>
            <p class="help">{t("team_permission_help")}</p>
            {said(what)}
            <div class="row"><button class="button primary" type="submit">{t("team_join_button")}</button></div>
        </form>
    }
    .into_any()
}

/// Signs in, looks whether the workspace opens, keeps the password, and tells the background.
async fn enter(page: Page, team: Team, password: String, is_invited: bool) -> Result<(), String> {
    let server = Server::new(&team.url);
    let fault = |fault: Fault| told(&fault, &team.user);
    let secret = Secret { name: team.user.clone(), password };
    sign_in(&server, &secret).await.map_err(fault)?;
    let opened = server.call(Call::get(format!("/{}/_all_docs?limit=1", escaped(&team.database)))).await;
    opened.map_err(Fault::from).and_then(|answer| answer.ok()).map_err(fault)?;
    let mut password = secret.password;
    if is_invited {
        // What the invitation carried opens nothing any more, where the server lets people change their password.
        let own = format!("{}{}", random_id(), random_id());
        if setup::change_password(&server, &team.user, &own).await.map_err(fault)? {
            password = own;
        }
    }
    let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
    if !vault::keep(&workspace, &password).await {
        return Err(t("team_not_kept"));
    }
    match page.ask(PageRequest::Team { team: Some(team) }).await {
        Some(_) => {
            page.refresh();
            Ok(())
        }
        None => Err(t("team_not_kept")),
    }
}
