//! Handing out: what the team shares, and what this person did since the last time.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kept::Kept;
use super::{Button, live, name_of_workspace, reading, zone};
use crate::browser::clock::now;
use crate::browser::idb::Fault;
use crate::log::export::jsonl;
use crate::log::pack::{Mark, Since, file_name, team_pack};
use crate::log::{Event, EventId};
use crate::message::Msg;
use crate::ui::dates::full;
use crate::ui::day::{day, midnight};
use crate::ui::file::download;
use crate::ui::shell::Page;
use crate::ui::store::Store;
use crate::ui::team::{Said, said};
use crate::ui::words::{say, t};

/// What the browser takes the files for.
const MEDIA: &str = "application/x-ndjson";
/// Days that are proposed where nothing was handed out yet.
const WEEK: i64 = 7 * 86_400_000;

/// From where on, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Last,
    Day,
    All,
}

impl Choice {
    const IDS: [(Self, &str); 3] = [(Self::Last, "last"), (Self::Day, "day"), (Self::All, "all")];

    fn of(id: &str) -> Self {
        Self::IDS.into_iter().find(|(_, known)| *known == id).map_or(Self::All, |(choice, _)| choice)
    }
}

/// The part of the section.
pub fn view(page: Page, workspace: String) -> AnyView {
    let what = RwSignal::new(None);
    let kept = RwSignal::new(Kept::default());
    let choice = RwSignal::new(Choice::All);
    let from_day = RwSignal::new(day(now() - WEEK));
    let rests = Signal::derive(move || what.with(|what| *what == Some(Said::Working)));
    let read = workspace.clone();
    spawn_local(async move {
        let found = Kept::of(&read).await;
        if found.mark.is_some() {
            choice.set(Choice::Last);
        }
        kept.set(found);
    });
    let packed = workspace.clone();
    let pack = move || {
        what.set(Some(Said::Working));
        let workspace = packed.clone();
        spawn_local(async move { what.set(Some(outcome(pack(page, &workspace).await))) });
    };
    let changes = move || {
        let since = match choice.get_untracked() {
            Choice::All => Some(Since::Start),
            Choice::Last => kept.with_untracked(|kept| kept.mark.clone()).map(Since::Last),
            Choice::Day => from_day.with_untracked(|day| midnight(day)).map(Since::Moment),
        };
        let Some(since) = since else { return what.set(Some(Said::Bad(t("team_files_no_day")))) };
        what.set(Some(Said::Working));
        let workspace = workspace.clone();
        spawn_local(async move {
            let given = changes(page, &workspace, &since).await;
            kept.set(Kept::of(&workspace).await);
            if matches!(given, Ok(Some(_))) {
                choice.set(Choice::Last);
            }
            what.set(Some(match given {
                Ok(None) => Said::Good(nothing(page, &since)),
                given => outcome(given),
            }));
        });
    };
    let options = live(move || {
        let last = kept.with(|kept| kept.mark.as_ref().map(|mark| mark.at));
        let option = |(one, id): (Choice, &'static str)| {
            let words = match (one, last) {
                (Choice::Last, None) => return None,
                (Choice::Last, Some(at)) => say(&Msg::new("team_files_since_last").with("when", full(at, &zone(page)))),
                (Choice::Day, _) => t("team_files_since_day"),
                (Choice::All, _) => t("team_files_since_start"),
            };
            Some(view! { <option value=id selected=move || choice.get() == one>{words}</option> })
        };
        Some(Choice::IDS.into_iter().filter_map(option).collect::<Vec<_>>().into_any())
    });
    let day_field = live(move || {
        (choice.get() == Choice::Day).then(|| {
            view! {
                <input class="input day" id="changes-day" type="date" aria-label=t("team_files_day") prop:value=from_day
                    on:input=move |event| from_day.set(event_target_value(&event)) />
            }
            .into_any()
        })
    });
    let drawing = Some("download");
    let pack_button = Button { id: "pack-save", class: "", drawing, words: t("team_files_pack"), rests }.view(pack);
    let changes_button =
        Button { id: "changes-save", class: "", drawing, words: t("team_files_changes"), rests }.view(changes);
    view! {
        <h3>{t("team_files_give")}</h3>
        <div class="row wrap">
            {pack_button}
        </div>
        <p class="help">{t("team_files_pack_help")}</p>
        <div class="row wrap">
            <label class="row"><span>{t("team_files_since")}</span>
                <select class="input" id="changes-since" on:change=move |event| choice.set(Choice::of(&event_target_value(&event)))>{options}</select>
            </label>
            {day_field}
            {changes_button}
        </div>
        <p class="help">{t("team_files_changes_help")}</p>
        <div id="give-said">{said(what)}</div>
    }
    .into_any()
}

/// A file that was handed out: its name, and how many events it holds.
type Given = Result<Option<(String, usize)>, Fault>;

fn outcome(given: Given) -> Said {
    match given {
        Ok(Some((file, count))) => {
            Said::Good(say(&Msg::new("team_files_given").with("count", count).with("file", file)))
        }
        Ok(None) => Said::Good(t("team_files_no_settings")),
        Err(Fault(why)) => Said::Bad(say(&Msg::new("log_export_failed").with("why", why))),
    }
}

/// Nothing to hand out, in words.
fn nothing(page: Page, since: &Since) -> String {
    let at = match since {
        Since::Start => return t("team_files_nothing"),
        Since::Last(mark) => mark.at,
        Since::Moment(at) => *at,
    };
    say(&Msg::new("team_files_nothing_new").with("when", full(at, &zone(page))))
}

async fn pack(page: Page, workspace: &str) -> Given {
    let store = Store::open(workspace).await?;
    let read = async { Ok([store.events_of("setting").await?, store.events_of("undone").await?].concat()) };
    let read: Result<Vec<Event>, Fault> = read.await;
    store.close();
    let events = read?;
    let pack = team_pack(&events);
    if pack.is_empty() {
        return Ok(None);
    }
    let name = file_name(&["team", &name_of_workspace(page), &day(now())]);
    download(&name, MEDIA, &jsonl(pack.iter().copied()))?;
    Ok(Some((name, pack.len())))
}

async fn changes(page: Page, workspace: &str, since: &Since) -> Given {
    let person = reading::person(page).await?;
    let store = Store::open(workspace).await?;
    let mut last = EventId::default();
    let mut count = 0;
    let mine = |text: &str| {
        let event = Event::from_text(text).ok().filter(|event| person.did(event));
        if let Some(event) = &event {
            count += 1;
            last = event.id.clone().max(last.clone());
        }
        event.is_some()
    };
    let read = store.events_after(&since.floor(), mine).await;
    store.close();
    let text = read?;
    if count == 0 {
        return Ok(None);
    }
    let me = page.state.with_untracked(|state| state.me.clone());
    let name = file_name(&["changes", &name_of_workspace(page), &me, &day(now())]);
    download(&name, MEDIA, &text)?;
    let kept = Kept::of(workspace).await;
    let mark = Some(Mark::moved(kept.mark.clone(), since, &last, now()));
    Kept { mark, ..kept }.keep(workspace, None).await?;
    Ok(Some((name, count)))
}
