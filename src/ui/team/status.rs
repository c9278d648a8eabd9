//! How the sharing goes, in figures that are read from the log itself.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use web_sys::VisibilityState;

use super::{check, vault};
use crate::browser::idb::Fault;
use crate::browser::shape::open_log;
use crate::message::Msg;
use crate::protocol::PageRequest;
use crate::sync::{Refusal, State};
use crate::ui::icons::icon;
use crate::ui::settings::tell;
use crate::ui::shell::Page;
use crate::ui::tabs::ask_for;
use crate::ui::when::ago;
use crate::ui::words::{say, t};
use crate::workspace::team::{NOT_PERMITTED, Team};

/// How often the figures are read again.
const LOOK: Duration = Duration::from_secs(4);

/// As many events of the outbox are looked through for refused ones, and as many of these are listed.
const LOOKED: u32 = 5_000;
const LISTED: usize = 20;

/// What the log says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Figures {
    saved: u32,
    waiting: u32,
    only_here: u32,
    refused: Vec<(String, Refusal)>,
}

#[derive(Deserialize)]
struct Posted {
    id: String,
    #[serde(default)]
    s: Option<String>,
}

/// The card.
pub fn view(page: Page, team: Team) -> AnyView {
    let figures = RwSignal::new(None::<Figures>);
    let sync = Memo::new(move |_| page.state.with(|state| state.sync.clone()));
    let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
    let read = workspace.clone();
    let look = move || {
        let workspace = read.clone();
        spawn_local(async move {
            if let Ok(read) = figures_of(&workspace).await {
                figures.set(Some(read));
            }
        });
    };
    let again = look.clone();
    Effect::new(move |_| {
        page.log_changes.track();
        page.state_changes.track();
        look();
    });
    // A background that has died since tells this page nothing, and need not be woken for a look.
    let is_seen = || document().visibility_state() == VisibilityState::Visible;
    if let Ok(timer) = set_interval_with_handle(
        move || {
            if is_seen() {
                again()
            }
        },
        LOOK,
    ) {
        on_cleanup(move || timer.clear());
    }
    let permission = team.permission();
    let line = move || {
        let sync = sync.get();
        let contact = sync.contact.and_then(|at| ago(super::moment(), at)).map(|ago| say(&ago));
        match (sync.fault, sync.running, contact) {
            (Some(fault), ..) => {
                let allow = (fault.code == NOT_PERMITTED).then(|| allow(page, &permission));
                view! { <div class="notice bad wrap" role="alert"><p>{fault.text}</p>{allow}</div> }.into_any()
            }
            (None, true, None) => view! { <p class="muted" role="status">{t("team_running")}</p> }.into_any(),
            (None, _, Some(ago)) => {
                let text = say(&Msg::new("team_contact").with("when", ago));
                view! { <p class="ok-text" role="status">{icon("check")}" "{text}</p> }.into_any()
            }
            (None, false, None) => view! { <p class="muted" role="status">{t("team_no_contact")}</p> }.into_any(),
        }
    };
    let figure = |id: &'static str, name: &'static str, of: fn(&Figures) -> u32| {
        let number =
            move || figures.with(|figures| figures.as_ref().map_or("…".to_owned(), |all| of(all).to_string()));
        view! { <div class="figure"><dt>{t(name)}</dt><dd id=id>{number}</dd></div> }
    };
    let rows = [
        figure("team-saved", "team_saved_here", |all| all.saved),
        figure("team-confirmed", "team_confirmed", |all| {
            all.saved.saturating_sub(all.waiting).saturating_sub(all.only_here)
        }),
        figure("team-waiting", "team_waiting", |all| all.waiting.saturating_sub(all.refused.len() as u32)),
        figure("team-refused", "team_refused", |all| all.refused.len() as u32),
    ];
    let left = workspace.clone();
    let leave = move |_| {
        let workspace = left.clone();
        tell(page, PageRequest::Team { team: None });
        spawn_local(async move { vault::forget(&workspace).await });
    };
    let asked =
        say(&Msg::new("team_where").with("workspace", &team.database).with("url", &team.url).with("user", &team.user));
    view! {
        <section class="card stack" aria-labelledby="team-status">
            <h2 id="team-status">{t("team_status")}</h2>
            <p>{asked}</p>
            {line}
            <dl class="figures">{rows}</dl>
            {move || figures.with(|figures| figures.as_ref().map(attention))}
            <div class="row wrap">
                <button class="button primary" type="button" on:click=move |_| page.send(PageRequest::Sync {}, |_| {})>{t("team_now")}</button>
                <button class="button danger" type="button" on:click=leave>{t("team_leave")}</button>
            </div>
            <p class="help">{t("team_leave_help")}</p>
        </section>
        {check::view(page, team)}
    }
    .into_any()
}

/// Lets the browser reach the server again, which it asks a person about.
fn allow(page: Page, permission: &str) -> AnyView {
    let permission = permission.to_owned();
    let ask = move |_| {
        let granted = ask_for(&permission);
        spawn_local(async move {
            if granted.await {
                page.send(PageRequest::Sync {}, |_| {});
            }
        });
    };
    view! { <button class="button small" type="button" on:click=ask>{t("team_allow")}</button> }.into_any()
}

/// What somebody has to look at.
fn attention(figures: &Figures) -> Option<AnyView> {
    let only_here = (figures.only_here > 0)
        .then(|| view! { <p class="muted">{say(&Msg::new("team_only_here").with("count", figures.only_here))}</p> });
    let rows: Vec<_> = figures
        .refused
        .iter()
        .take(LISTED)
        .map(|(id, why)| {
            let why = match why {
                Refusal::Rule { reason } => say(&Msg::new("team_refused_rule").with("reason", reason)),
                Refusal::Different {} => t("team_refused_different"),
                Refusal::TooLarge {} => t("team_refused_large"),
            };
            view! { <li><span>{why}</span>" "<code class="muted small">{id.clone()}</code></li> }
        })
        .collect();
    let list = (!rows.is_empty())
        .then(|| view! { <div class="notice bad"><p>{t("team_refused_help")}</p><ul class="lined">{rows}</ul></div> });
    (only_here.is_some() || list.is_some()).then(|| view! { {only_here}{list} }.into_any())
}

async fn figures_of(workspace: &str) -> Result<Figures, Fault> {
    let db = open_log(workspace).await?;
    let read = async {
        let work = db.read(&["events", "outbox", "meta"])?;
        let (events, outbox, meta) = (work.store("events")?, work.store("outbox")?, work.store("meta")?);
        let (saved, waiting) = (events.count()?, outbox.count()?);
        let (state, posted) = (meta.get("sync")?, outbox.page(None, LOOKED)?);
        let (saved, waiting) = (saved.number().await?, waiting.number().await?);
        let state = state.text().await?.and_then(|text| serde_json::from_str(&text).ok());
        let state = state.map(|value| State::from_value(&value)).unwrap_or_default();
        let posted: Vec<Posted> = posted.list().await?;
        let refused = posted
            .into_iter()
            .filter_map(|one| Some((one.id, Refusal::from_value(&serde_json::from_str(&one.s?).ok()?)?)))
            .collect();
        Ok(Figures { saved, waiting, only_here: state.only_here, refused })
    };
    let figures = read.await;
    db.close();
    figures
}
