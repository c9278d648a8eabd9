//! Somebody leaves the team: the administrator ends their membership and passes their open cases on; their own browser
//! says what became of its copy.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::admin::Place;
use super::files::{Button, live};
use super::{Field, Said, said, told, vault};
use crate::browser::idb::Fault;
use crate::log::{CaseId, EventId, MentionKey, Status};
use crate::message::Msg;
use crate::protocol::{Change, PageMessage, PageRequest};
use crate::sync::setup::remove;
use crate::ui::file::download;
use crate::ui::settings::tell;
use crate::ui::shell::Page;
use crate::ui::store::Store;
use crate::ui::words::{say, t};
use crate::workspace::team::Team;

/// One mention of each open case of theirs.
type Cases = Vec<MentionKey>;

/// The administrator's form.
pub fn view(page: Page, place: Place) -> AnyView {
    let user = RwSignal::new(String::new());
    let heir = RwSignal::new(String::new());
    let what = RwSignal::new(None);
    let cases = RwSignal::new(Cases::new());
    let end = move |event: SubmitEvent| {
        event.prevent_default();
        cases.set(Cases::new());
        let (team, server) = match place.server(&user.get_untracked()) {
            Ok(both) => both,
            Err(wrong) => return what.set(Some(Said::Bad(t(wrong.key())))),
        };
        what.set(Some(Said::Working));
        spawn_local(async move {
            let said = match remove(&server, &team.database, &team.user).await {
                Ok(true) => Said::Good(say(&Msg::new("team_removed").with("user", &team.user))),
                Ok(false) => Said::Bad(say(&Msg::new("team_no_member").with("user", &team.user))),
                Err(fault) => Said::Bad(told(&fault, &team.user)),
            };
            let is_done = matches!(said, Said::Good(_));
            what.set(Some(said));
            if is_done {
                cases.set(open_cases(page, &team.user).await.unwrap_or_default());
            }
        });
    };
    let pass_on = move || {
        let to = heir.get_untracked().trim().to_owned();
        let user = Some(to.clone()).filter(|to| !to.is_empty());
        spawn_local(async move {
            let mut count = 0;
            while let Some(key) = cases.with_untracked(|cases| cases.first().cloned()) {
                let change = Change::Assignee { user: user.clone() };
                let answer = page.ask(PageRequest::Change { key, change }).await;
                if !matches!(answer, Some(PageMessage::Changed { .. })) {
                    // Why is told at the top of the page; the rest is still offered.
                    return;
                }
                count += 1;
                cases.update(|cases| drop(cases.remove(0)));
            }
            let words = match user {
                Some(to) => Msg::new("team_passed_on").with("to", to),
                None => Msg::new("team_passed_to_nobody"),
            };
            what.set(Some(Said::Good(say(&words.with("count", count)))));
        });
    };
    let open = move || {
        let count = cases.with(Vec::len);
        (count > 0).then(|| {
            let people = page.state.with_untracked(|state| state.workspace.people.clone());
            let people: Vec<_> = people.into_iter().map(|name| view! { <option value=name></option> }).collect();
            let rests = Signal::stored(false);
            let button = Button { id: "leaver-pass", class: "", drawing: None, words: t("team_pass_on"), rests };
            view! {
                <div class="stack" id="leaver-cases">
                    <p class="strong">{say(&Msg::new("team_open_cases").with("count", count))}</p>
                    <label class="field">
                        <span class="label">{t("team_heir")}</span>
                        <input class="input" id="leaver-heir" list="leaver-people" autocomplete="off"
                            prop:value=heir on:input=move |event| heir.set(event_target_value(&event)) />
                    </label>
                    <datalist id="leaver-people">{people}</datalist>
                    <div class="row">{button.view(pass_on)}</div>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <form class="stack" on:submit=end id="team-leaver">
            <h2>{t("team_leaver")}</h2>
            <p class="muted">{t("team_leaver_help")}</p>
            {Field { id: "leaver-user", label: "team_user", help: None, kind: "text", value: user }.view()}
            {said(what)}
            {live(open)}
            <div class="row"><button class="button danger" type="submit">{t("team_leaver_button")}</button></div>
        </form>
    }
    .into_any()
}

/// The open cases of a user in this browser's copy of the log.
async fn open_cases(page: Page, user: &str) -> Result<Cases, Fault> {
    let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
    let store = Store::open(&workspace).await?;
    let name = store.name(user);
    let mut found: Vec<(CaseId, MentionKey)> = Vec::new();
    let mut after = None;
    loop {
        let (mentions, next) = store.mentions(after.as_ref()).await?;
        for mention in mentions.into_iter().filter(|mention| mention.is_saved()) {
            let is_theirs = mention.assignee.as_ref().is_some_and(|assignee| *assignee == user || *assignee == name);
            let is_open = !matches!(mention.status, Status::Resolved | Status::NoAction);
            if is_theirs && is_open && found.iter().all(|(case, _)| *case != mention.case) {
                found.push((mention.case, mention.key));
            }
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    store.close();
    Ok(found.into_iter().map(|(_, key)| key).collect())
}

/// What a former member sees.
pub fn removed(page: Page, team: Team) -> AnyView {
    let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
    let kept = RwSignal::new(String::new());
    let read = workspace.clone();
    Effect::new(move |_| {
        page.log_changes.track();
        let workspace = read.clone();
        spawn_local(async move {
            if let Ok(text) = unsent(&workspace).await {
                kept.set(text);
            }
        });
    });
    let save = move |_| {
        if download("rejoinder-unsent.jsonl", "application/x-ndjson", &kept.get_untracked()).is_err() {
            page.fail(t("erase_no_file"));
        }
    };
    let leave = move |_| {
        let workspace = workspace.clone();
        tell(page, PageRequest::Team { team: None });
        spawn_local(async move { vault::forget(&workspace).await });
    };
    let unsent = move || {
        let count = kept.with(|kept| kept.lines().count());
        (count > 0).then(|| {
            let view = view! {
                <p id="removed-unsent">{say(&Msg::new("team_unsent").with("count", count))}</p>
                <div class="row"><button class="button" type="button" id="removed-save" on:click=save>{t("team_unsent_save")}</button></div>
            };
            view.into_any()
        })
    };
    view! {
        <section class="card stack" id="team-removed" aria-labelledby="team-removed-title">
            <h2 id="team-removed-title">{say(&Msg::new("team_removed_title").with("workspace", &team.database))}</h2>
            <p>{t("team_removed_help")}</p>
            {live(unsent)}
            <div class="row"><button class="button" type="button" id="removed-leave" on:click=leave>{t("team_removed_leave")}</button></div>
        </section>
    }
    .into_any()
}

/// What is left of the log, as it was written.
async fn unsent(workspace: &str) -> Result<String, Fault> {
    let store = Store::open(workspace).await?;
    let text = store.events_after(&EventId::default(), |_| true).await;
    store.close();
    text
}
