//! Checking the connection: one line for each thing that must be so, and for each that is not, how to mend it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{moment, told};
use crate::browser::http::Server;
use crate::sync::Fault;
use crate::sync::setup::{Test, test};
use crate::ui::icons::icon;
use crate::ui::shell::Page;
use crate::ui::tabs::may_ask;
use crate::ui::words::t;
use crate::workspace::team::Team;

/// A test's id, and how it went.
type Outcome = (&'static str, Result<bool, Fault>);

/// The card.
pub fn view(page: Page, team: Team) -> AnyView {
    let done = RwSignal::new(Vec::<Outcome>::new());
    let busy = RwSignal::new(false);
    let asked = team.clone();
    let start = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        done.set(Vec::new());
        let team = asked.clone();
        spawn_local(async move {
            let is_permitted = may_ask(&team.permission()).await;
            done.update(|all| all.push(("permission", Ok(is_permitted))));
            let server = Server::new(&team.url);
            // Without the permission every other test would blame the server.
            for which in Test::ALL.into_iter().filter(|_| is_permitted) {
                let outcome = test(&server, which, &team.database, &team.user, moment()).await;
                let is_over = matches!(outcome, Err(Fault::Unreachable));
                done.update(|all| all.push((which.id(), outcome)));
                if is_over {
                    break;
                }
            }
            busy.set(false);
            page.announce(t("team_checked"));
        });
    };
    let user = team.user;
    let rows = move || {
        let row = |(id, outcome): &Outcome| {
            let (class, drawing, more) = match outcome {
                Ok(true) => ("ok-text", "check", None),
                Ok(false) => ("bad-text", "alert", Some(t(&format!("team_test_{id}_mend")))),
                Err(fault) => ("bad-text", "alert", Some(told(fault, &user))),
            };
            view! {
                <li data-test=*id data-ok=matches!(outcome, Ok(true)).to_string()>
                    <span class=class>{icon(drawing)}" "{t(&format!("team_test_{id}"))}</span>
                    {more.map(|more| view! { <p class="help">{more}</p> })}
                </li>
            }
        };
        done.with(|all| all.iter().map(row).collect::<Vec<_>>())
    };
    view! {
        <section class="card stack" aria-labelledby="team-check">
            <h2 id="team-check">{t("team_check")}</h2>
            <p class="muted">{t("team_check_help")}</p>
            <ul class="lined" id="team-tests" aria-busy=move || busy.get().to_string()>{rows}</ul>
            <div class="row">
                <button class="button" type="button" disabled=busy on:click=start>{t("team_check_button")}</button>
            </div>
        </section>
    }
    .into_any()
}
