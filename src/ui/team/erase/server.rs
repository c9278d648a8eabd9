//! What the team's server still has of what was erased, and how its administrator removes it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::looking::emptied;
use crate::browser::http::Server;
use crate::message::Msg;
use crate::sync::purge::{purge, there};
use crate::ui::file::download;
use crate::ui::shell::Page;
use crate::ui::team::{Field, Said, said, told};
use crate::ui::words::{say, t};
use crate::workspace::team::Team;

/// The part for a workspace that is shared; it asks the server when somebody wants to know.
pub fn view(page: Page) -> Option<AnyView> {
    let team = page.state.with_untracked(|state| state.team.clone())?;
    let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
    let team = StoredValue::new(team);
    let workspace = StoredValue::new(workspace);
    let what = RwSignal::new(None);
    let ids = RwSignal::new(Vec::<String>::new());
    let [name, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let look = move |_| {
        what.set(Some(Said::Working));
        spawn_local(async move {
            let Team { url, database, user, .. } = team.get_value();
            let Ok(known) = emptied(&workspace.get_value()).await else { return };
            match there(&Server::new(&url), &database, &known).await {
                Ok(left) if left.is_empty() => {
                    ids.set(Vec::new());
                    what.set(Some(Said::Good(t("erase_server_none"))));
                }
                Ok(left) => {
                    let words = say(&Msg::new("erase_server_some").with("count", left.len()));
                    ids.set(left.into_iter().map(|(id, _)| id).collect());
                    what.set(Some(Said::Bad(words)));
                }
                Err(fault) => what.set(Some(Said::Bad(told(&fault, &user)))),
            }
        });
    };
    let save = move |_| {
        let text = ids.get_untracked().join("\n") + "\n";
        if download("rejoinder-purge.txt", "text/plain", &text).is_err() {
            page.fail(t("erase_no_file"));
        }
    };
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        what.set(Some(Said::Working));
        spawn_local(async move {
            let Team { url, database, .. } = team.get_value();
            let user = name.get_untracked().trim().to_owned();
            let server = Server::new(&url).by(&user, &password.get_untracked());
            let done = purge(&server, &database, &ids.get_untracked()).await;
            what.set(Some(match done {
                Ok(done) if done.is_unable => Said::Bad(t("erase_server_unable")),
                Ok(done) if done.left > 0 => Said::Bad(say(&Msg::new("erase_server_some").with("count", done.left))),
                Ok(done) => {
                    ids.set(Vec::new());
                    Said::Good(say(&Msg::new("erase_server_purged").with("count", done.gone)))
                }
                Err(fault) => Said::Bad(told(&fault, &user)),
            }));
        });
    };
    let field = |id, label, help, kind, value| Field { id, label, help, kind, value }.view();
    let form = move || {
        (!ids.with(Vec::is_empty)).then(|| {
            view! {
                <form class="stack" on:submit=remove>
                    <p class="help">{t("erase_server_admin")}</p>
                    <div class="row"><button class="button" type="button" id="purge-list" on:click=save>{t("erase_server_list")}</button></div>
                    {field("purge-name", "team_admin_name", None, "text", name)}
                    {field("purge-password", "team_admin_password", Some("team_admin_password_help"), "password", password)}
                    <div class="row"><button class="button danger" type="submit">{t("erase_server_remove")}</button></div>
                </form>
            }
            .into_any()
        })
    };
    let view = view! {
        <div class="stack" id="erase-server">
            <h3>{t("erase_server")}</h3>
            <p class="muted">{t("erase_server_help")}</p>
            {said(what)}
            <div class="row"><button class="button" type="button" id="purge-look" on:click=look>{t("erase_server_look")}</button></div>
            {super::live(form)}
        </div>
    };
    Some(view.into_any())
}
