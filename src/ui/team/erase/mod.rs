//! Forgetting a person: look through the whole log, choose, erase, look again, and keep a record that says so.

mod looking;
mod server;

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use self::looking::{emptied, look};
use super::files::{Button, live, zone};
use super::{Field, moment, told};
use crate::browser::http::Server;
use crate::log::MentionKey;
use crate::log::erase::{Findings, Found, Place, Search};
use crate::message::Msg;
use crate::protocol::{PageMessage, PageRequest};
use crate::sync::setup::{Role, role};
use crate::ui::dates::short;
use crate::ui::file::download;
use crate::ui::icons::icon;
use crate::ui::shell::{Page, focus};
use crate::ui::words::{say, t};

/// As many of each kind are listed to choose from.
const LISTED: usize = 200;
/// As many are erased in one go.
const SLICE: usize = 50;

/// Where the part is.
#[derive(Clone, PartialEq)]
enum Stage {
    Resting,
    Looking,
    Found,
    /// So many of so many.
    Erasing(usize, usize),
    /// So many were erased; so many mentions that hold something of the person are left.
    Done(usize, usize),
    Failed(String),
}

#[derive(Clone, Copy)]
struct Erasing {
    page: Page,
    stage: RwSignal<Stage>,
    name: RwSignal<String>,
    network: RwSignal<String>,
    again: RwSignal<String>,
    found: StoredValue<Findings>,
    chosen: RwSignal<BTreeSet<MentionKey>>,
    /// What was erased since the page was opened, for the record.
    erased: StoredValue<Vec<MentionKey>>,
    /// Counts the erasures: what the server still has is another question after each.
    done: RwSignal<u32>,
}

/// The folded part.
pub fn view(page: Page) -> AnyView {
    let erasing = Erasing {
        page,
        stage: RwSignal::new(Stage::Resting),
        name: RwSignal::new(String::new()),
        network: RwSignal::new(String::new()),
        again: RwSignal::new(String::new()),
        found: StoredValue::new(Findings::default()),
        chosen: RwSignal::new(BTreeSet::new()),
        erased: StoredValue::new(Vec::new()),
        done: RwSignal::new(0),
    };
    let every = view! { <option value="">{t("erase_every_network")}</option> }.into_any();
    let networks = page.networks().into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }.into_any());
    let networks: Vec<AnyView> = std::iter::once(every).chain(networks).collect();
    let look = move |event: SubmitEvent| {
        event.prevent_default();
        erasing.look();
    };
    let field = Field {
        id: "erase-name",
        label: "erase_name",
        help: Some("erase_name_help"),
        kind: "text",
        value: erasing.name,
    };
    view! {
        <details class="card advanced" id="team-erase">
            <summary>{t("erase_title")}</summary>
            <div class="stack">
                <p class="muted">{t("erase_help")}</p>
                <form class="stack" on:submit=look>
                    {field.view()}
                    <label class="field narrow">
                        <span class="label">{t("erase_network")}</span>
                        <select class="input" id="erase-network" on:change=move |event| erasing.network.set(event_target_value(&event))>{networks}</select>
                    </label>
                    <div class="row"><button class="button" type="submit" id="erase-look">{t("erase_look")}</button></div>
                </form>
                {live(move || erasing.shown())}
                {live(move || { erasing.done.track(); server::view(page) })}
            </div>
        </details>
    }
    .into_any()
}

impl Erasing {
    fn search(self) -> Option<Search> {
        Search::new(&self.name.get_untracked(), Some(&self.network.get_untracked()))
    }

    fn workspace(self) -> String {
        self.page.state.with_untracked(|state| state.workspace_id.clone())
    }

    fn fail(self, words: String) {
        self.stage.set(Stage::Failed(words));
    }

    fn look(self) {
        let Some(search) = self.search() else { return self.fail(t("erase_no_name")) };
        if matches!(self.stage.get_untracked(), Stage::Looking | Stage::Erasing(..)) {
            return;
        }
        self.stage.set(Stage::Looking);
        self.again.set(String::new());
        spawn_local(async move {
            match look(&self.workspace(), &search).await {
                Ok(found) => {
                    let theirs = found.mentions().into_iter().filter(|one| one.place == Place::Author);
                    self.chosen.set(theirs.map(|one| one.key.clone()).collect());
                    self.found.set_value(found);
                    self.stage.set(Stage::Found);
                    request_animation_frame(|| focus("erase-counts"));
                }
                Err(fault) => self.fail(say(&Msg::new("erase_unreadable").with("why", fault.0))),
            }
        });
    }

    /// Whether this person may: of a team a lead alone, and only its server knows who that is.
    async fn may(self) -> Result<(), String> {
        let Some(team) = self.page.state.with_untracked(|state| state.team.clone()) else { return Ok(()) };
        match role(&Server::new(&team.url), &team.database).await {
            Ok(Some(Role::Lead)) => Ok(()),
            Ok(_) => Err(t("erase_leads_only")),
            Err(fault) => Err(say(&Msg::new("erase_unknown_role").with("why", told(&fault, &team.user)))),
        }
    }

    fn erase(self) {
        let Some(search) = self.search() else { return };
        let keys: Vec<MentionKey> = self.chosen.get_untracked().into_iter().collect();
        self.stage.set(Stage::Erasing(0, keys.len()));
        spawn_local(async move {
            if let Err(words) = self.may().await {
                return self.fail(words);
            }
            let mut done = 0;
            for slice in keys.chunks(SLICE) {
                let answer = self.page.ask(PageRequest::Erase { keys: slice.to_vec() }).await;
                if !matches!(answer, Some(PageMessage::Done {})) {
                    // Why is told at the top of the page.
                    return self.fail(say(&Msg::new("erase_stopped").with("done", done).with("total", keys.len())));
                }
                done += slice.len();
                self.erased.update_value(|all| all.extend_from_slice(slice));
                self.stage.set(Stage::Erasing(done, keys.len()));
            }
            // What is told is what is there, not what was meant.
            match look(&self.workspace(), &search).await {
                Ok(left) => {
                    self.stage.set(Stage::Done(done, left.mentions().len()));
                    self.found.set_value(left);
                }
                Err(fault) => self.fail(say(&Msg::new("erase_unreadable").with("why", fault.0))),
            }
            self.done.update(|count| *count += 1);
            request_animation_frame(|| focus("erase-ended"));
        });
    }

    /// A file that says what was erased and when, and nothing of the person.
    fn record(self, left: usize) {
        let workspace = self.workspace();
        spawn_local(async move {
            let Ok(events) = emptied(&workspace).await else { return };
            let keys = self.erased.get_value();
            let (by, team) = self.page.state.with_untracked(|state| (state.user.clone(), state.team.clone()));
            let record = json!({
                "record": "rejoinder erasure",
                "at": moment(),
                "workspace": team.map_or(workspace, |team| team.database),
                "by": by,
                "mentions": keys,
                "events_emptied": events,
                "mentions_found_afterwards": left,
            });
            let text = serde_json::to_string_pretty(&record).unwrap_or_default();
            let name = format!("rejoinder-erasure-{}.json", crate::ui::day::day(moment()));
            if download(&name, "application/json", &text).is_err() {
                self.page.fail(t("erase_no_file"));
            }
        });
    }

    fn shown(self) -> Option<AnyView> {
        match self.stage.get() {
            Stage::Resting => None,
            Stage::Looking => Some(view! { <p class="muted" role="status">{t("erase_looking")}</p> }.into_any()),
            Stage::Found => Some(self.choice()),
            Stage::Erasing(done, total) => {
                let words = say(&Msg::new("team_files_taking").with("done", done).with("total", total));
                Some(view! { <p class="muted" role="status">{words}</p> }.into_any())
            }
            Stage::Done(done, left) => Some(self.ended(done, left)),
            Stage::Failed(words) => {
                Some(view! { <p class="notice bad" role="alert" id="erase-failed">{words}</p> }.into_any())
            }
        }
    }

    fn choice(self) -> AnyView {
        let found = self.found.get_value();
        let all = found.mentions();
        let of = |place: Place| all.iter().filter(|one| one.place == place).copied().collect::<Vec<&Found>>();
        let (theirs, naming) = (of(Place::Author), of(Place::Named));
        let counts = Msg::new("erase_found").with("theirs", theirs.len()).with("naming", naming.len());
        let is_empty = all.is_empty();
        let lists = [("erase_theirs", theirs), ("erase_naming", naming)];
        let lists: Vec<_> =
            lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| self.list(key, &list)).collect();
        view! {
            <p class="strong" id="erase-counts" tabindex="-1">{say(&counts)}</p>
            {lists}
            {settings(&found)}
            {(!is_empty).then(|| self.confirmation())}
        }
        .into_any()
    }

    fn list(self, key: &'static str, list: &[&Found]) -> AnyView {
        let zone = zone(self.page);
        let row = |one: &Found| {
            let key = one.key.clone();
            let is_chosen = self.chosen.with_untracked(|chosen| chosen.contains(&key));
            let choose = move |event| {
                let is_on = event_target_checked(&event);
                self.chosen.update(|chosen| {
                    if is_on {
                        chosen.insert(key.clone())
                    } else {
                        chosen.remove(&key)
                    };
                });
            };
            let network = if one.network.is_empty() { String::new() } else { self.page.network_name(&one.network) };
            let words = [short(one.at, &zone), network]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            view! {
                <li><label class="row top">
                    <input type="checkbox" prop:checked=is_chosen on:change=choose />
                    <span class="grow"><span class="muted small">{words}</span><br />{one.excerpt.clone()}</span>
                </label></li>
            }
            .into_any()
        };
        let mut rows: Vec<AnyView> = list.iter().take(LISTED).map(|one| row(one)).collect();
        if list.len() > LISTED {
            let more = say(&Msg::new("team_files_more").with("count", list.len() - LISTED));
            rows.push(view! { <li class="muted">{more}</li> }.into_any());
        }
        view! { <h3>{t(key)}</h3><ul class="lined tight" id=key>{rows}</ul> }.into_any()
    }

    /// What is typed once more is the brake: nothing brings any of it back.
    fn confirmation(self) -> AnyView {
        let plain = |name: &str| name.trim().trim_start_matches('@').to_lowercase();
        let rests = Signal::derive(move || {
            plain(&self.again.get()) != plain(&self.name.get()) || self.chosen.with(BTreeSet::is_empty)
        });
        let words = move || say(&Msg::new("erase_button").with("count", self.chosen.with(BTreeSet::len)));
        view! {
            <div class="notice warn"><p>{t("erase_for_good")}</p></div>
            {Field { id: "erase-again", label: "erase_again", help: None, kind: "text", value: self.again }.view()}
            <div class="row"><button class="button danger" type="button" id="erase-now" disabled=rests on:click=move |_| self.erase()>{icon("trash")}{words}</button></div>
        }
        .into_any()
    }

    fn ended(self, done: usize, left: usize) -> AnyView {
        let words = say(&Msg::new("erase_done").with("count", done).with("left", left));
        let rests = Signal::stored(false);
        let record = Button { id: "erase-record", class: "", drawing: None, words: t("erase_record"), rests };
        let look = Button { id: "erase-rest", class: "", drawing: None, words: t("erase_rest"), rests };
        view! {
            <div class="notice" role="status" id="erase-ended" tabindex="-1"><span class="grow">{icon("check")}" "{words}</span></div>
            {settings(&self.found.get_value())}
            <p class="help">{t("erase_elsewhere")}</p>
            <div class="row wrap">{record.view(move || self.record(left))}{(left > 0).then(|| look.view(move || self.look()))}</div>
        }
        .into_any()
    }
}

/// What settings say of the person is not the log's to erase.
fn settings(found: &Findings) -> Option<AnyView> {
    let names: Vec<&str> = found.settings().collect();
    if names.is_empty() {
        return None;
    }
    let words = say(&Msg::new("erase_settings").with("where", names.join(", ")));
    Some(view! { <div class="notice warn" id="erase-settings"><p>{words}</p></div> }.into_any())
}
