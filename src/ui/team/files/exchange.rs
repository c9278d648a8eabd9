//! A folder that the team shares: each device writes what was done on it to one file there, and reads all the others.
//!
//! What is there is taken in first and the own file written last, from the log as it is then: a file that holds more than
//! this log, of a profile that was restored for instance, loses nothing.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kept::{self, Kept};
use super::reading::{Found, person, read_file};
use super::{Button, found, live, zone};
use crate::browser::clock::now;
use crate::browser::folder::{Folder, is_offered};
use crate::browser::idb::Fault;
use crate::log::folder::{is_of_another_workspace, is_read, own_file};
use crate::log::incoming::Incoming;
use crate::log::{Event, EventId};
use crate::message::Msg;
use crate::ui::dates::full;
use crate::ui::icons::icon;
use crate::ui::shell::{Page, focus};
use crate::ui::store::Store;
use crate::ui::words::{say, t};

/// Where the part is.
#[derive(Clone, PartialEq)]
enum Stage {
    Resting,
    Working,
    /// A folder was chosen for the first time: a person looks before anything is written or taken in.
    Checked,
    /// So many came in; so many of this device stand in the folder.
    Done(usize, usize),
    /// What went wrong, and what to do.
    Failed(String),
}

/// Why an exchange ended early.
enum Trouble {
    /// In words.
    Told(String),
    /// The folder or the storage, as the browser names it.
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

#[derive(Clone, Copy)]
struct Exchange {
    page: Page,
    stage: RwSignal<Stage>,
    /// The folder that was looked at and found right.
    folder: RwSignal<Option<Folder>, LocalStorage>,
    /// The one that is looked at.
    chosen: StoredValue<Option<Folder>, LocalStorage>,
    found: StoredValue<Option<Rc<Found>>, LocalStorage>,
    exchanged: RwSignal<Option<i64>>,
    done: RwSignal<Option<(usize, usize)>>,
    workspace: StoredValue<String>,
}

/// The part of the section.
pub fn view(page: Page, workspace: String) -> AnyView {
    if !is_offered() {
        return view! { <h3>{t("team_folder")}</h3><p id="folder-none">{t("team_folder_none")}</p> }.into_any();
    }
    let exchange = Exchange {
        page,
        stage: RwSignal::new(Stage::Resting),
        folder: RwSignal::new_local(None),
        chosen: StoredValue::new_local(None),
        found: StoredValue::new_local(None),
        exchanged: RwSignal::new(None),
        done: RwSignal::new(None),
        workspace: StoredValue::new(workspace.clone()),
    };
    spawn_local(async move {
        exchange.folder.set(kept::folder(&workspace).await);
        exchange.exchanged.set(Kept::of(&workspace).await.exchanged);
    });
    let rests = Signal::derive(move || exchange.stage.get() == Stage::Working);
    let button = move |id, class, key: &str| Button { id, class, drawing: None, words: t(key), rests };
    let buttons = move || {
        let Some(_) = exchange.folder.get() else {
            return Some(button("folder-choose", "", "team_folder_choose").view(move || exchange.choose()));
        };
        let now = button("folder-now", "primary", "team_folder_now").view(move || exchange.again());
        let other = button("folder-choose", "", "team_folder_other").view(move || exchange.choose());
        let forget = button("folder-forget", "quiet", "team_folder_forget").view(move || exchange.forget());
        Some(view! { {now}{other}{forget} }.into_any())
    };
    let where_ = move || {
        let name = exchange.folder.get()?.name();
        let words = match exchange.exchanged.get() {
            Some(at) => Msg::new("team_folder_last").with("when", full(at, &zone(page))),
            None => Msg::new("team_folder_in_use"),
        };
        Some(view! { <p id="folder-where">{say(&words.with("folder", name))}</p> }.into_any())
    };
    view! {
        <h3>{t("team_folder")}</h3>
        <p class="help">{t("team_folder_help")}</p>
        {live(where_)}
        <div class="row wrap">{live(buttons)}</div>
        {live(move || exchange.shown())}
    }
    .into_any()
}

impl Exchange {
    /// Another folder: looked at first.
    fn choose(self) {
        // The browser shows its dialog only straight from the click.
        let picked = Folder::pick();
        spawn_local(async move {
            let folder = match picked.await {
                Ok(Some(folder)) => folder,
                Ok(None) => return,
                Err(fault) => return self.fail("", fault.into()),
            };
            self.stage.set(Stage::Working);
            match self.look(&folder).await {
                Ok(found) => {
                    self.found.set_value(Some(Rc::new(found)));
                    self.chosen.set_value(Some(folder));
                    self.stage.set(Stage::Checked);
                    request_animation_frame(|| focus("folder-counts"));
                }
                Err(trouble) => self.fail(&folder.name(), trouble),
            }
        });
    }

    /// The folder that was looked at is the right one.
    fn confirm(self) {
        let (Some(folder), Some(found)) = (self.chosen.get_value(), self.found.get_value()) else { return };
        self.stage.set(Stage::Working);
        spawn_local(async move { self.end(&folder, &found).await });
    }

    /// The folder that is in use, once more.
    fn again(self) {
        let Some(folder) = self.folder.get_untracked() else { return };
        self.stage.set(Stage::Working);
        spawn_local(async move {
            match folder.is_allowed().await {
                Ok(true) => {}
                Ok(false) => return self.stage.set(Stage::Failed(t("team_folder_not_allowed"))),
                Err(fault) => return self.fail(&folder.name(), fault.into()),
            }
            match self.look(&folder).await {
                Ok(found) => {
                    let found = Rc::new(found);
                    self.found.set_value(Some(found.clone()));
                    self.end(&folder, &found).await;
                }
                Err(trouble) => self.fail(&folder.name(), trouble),
            }
        });
    }

    /// Its files stay; nothing more is written there.
    fn forget(self) {
        spawn_local(async move {
            match kept::forget_folder(&self.workspace.get_value()).await {
                Ok(()) => {
                    self.folder.set(None);
                    self.stage.set(Stage::Resting);
                    request_animation_frame(|| focus("folder-choose"));
                }
                Err(fault) => self.fail("", fault.into()),
            }
        });
    }

    fn fail(self, folder: &str, trouble: Trouble) {
        self.stage.set(Stage::Failed(match trouble {
            Trouble::Told(words) => words,
            Trouble::Fault(Fault(why)) => say(&Msg::new("team_folder_failed").with("folder", folder).with("why", why)),
        }));
    }

    /// What the folder holds.
    async fn look(self, folder: &Folder) -> Result<Found, Trouble> {
        let workspace = self.workspace.get_value();
        let device = person(self.page).await?.device;
        let names = folder.files().await?;
        if let Some(other) = names.iter().find(|name| is_of_another_workspace(name, &workspace, &device)) {
            let msg = Msg::new("team_folder_taken").with("folder", folder.name()).with("file", other);
            return Err(Trouble::Told(say(&msg)));
        }
        let mut incoming = Incoming::default();
        for name in names.iter().filter(|name| is_read(name)) {
            match folder.read(name).await {
                Ok(Some(text)) => read_file(&mut incoming, name, &text).await,
                // Taken away since it was listed.
                Ok(None) => {}
                Err(Fault(_)) => incoming.skip(name, Msg::new("team_files_unreadable")),
            }
        }
        Ok(Found::beside(incoming, &workspace).await?)
    }

    /// Takes in what is new there, then writes what was done here.
    async fn end(self, folder: &Folder, found: &Found) {
        let Ok(added) = found.take_in(self.page, self.done).await else {
            // Why is told at the top of the page.
            return self.stage.set(Stage::Failed(t("team_folder_stopped")));
        };
        match self.write(folder).await {
            Ok(own) => {
                self.folder.set(Some(folder.clone()));
                self.stage.set(Stage::Done(added, own));
                request_animation_frame(|| focus("folder-ended"));
            }
            Err(fault) => self.fail(&folder.name(), fault.into()),
        }
    }

    /// Writes this device's file, unless it is there as it should be; how many events it holds.
    async fn write(self, folder: &Folder) -> Result<usize, Fault> {
        let workspace = self.workspace.get_value();
        let person = person(self.page).await?;
        let store = Store::open(&workspace).await?;
        let mine = |text: &str| Event::from_text(text).is_ok_and(|event| person.did(&event));
        let text = store.events_after(&EventId::default(), mine).await;
        store.close();
        let text = text?;
        let name = own_file(&workspace, &person.device);
        // A file that is written anew is sent around anew.
        if folder.read(&name).await?.as_ref() != Some(&text) {
            folder.write(&name, &text).await?;
        }
        let exchanged = Some(now());
        Kept { exchanged, ..Kept::of(&workspace).await }.keep(&workspace, Some(folder)).await?;
        self.exchanged.set(exchanged);
        Ok(text.lines().count())
    }

    fn shown(self) -> Option<AnyView> {
        let found = self.found.get_value();
        match (self.stage.get(), found) {
            (Stage::Working, _) => Some(live(move || match self.done.get() {
                Some(_) => Some(found::progress(self.done)),
                None => Some(view! { <p class="muted" role="status">{t("team_working")}</p> }.into_any()),
            })),
            (Stage::Checked, Some(found)) => Some(self.checked(&found)),
            (Stage::Done(added, own), Some(found)) => {
                let msg = Msg::new("team_folder_done").with("added", added).with("own", own);
                let view = view! {
                    <div class="notice" role="status" id="folder-ended" tabindex="-1"><span class="grow">{icon("check")}" "{say(&msg)}</span></div>
                    {found::skipped(&found.incoming)}
                };
                Some(view.into_any())
            }
            (Stage::Failed(words), _) => {
                Some(view! { <p class="notice bad" role="alert" id="folder-failed">{words}</p> }.into_any())
            }
            _ => None,
        }
    }

    /// What a folder holds that was chosen for the first time.
    fn checked(self, found: &Found) -> AnyView {
        let name = self.chosen.with_value(|folder| folder.as_ref().map(Folder::name).unwrap_or_default());
        let away = move || {
            self.stage.set(Stage::Resting);
            focus("folder-choose");
        };
        let is_empty = found.summary.events == 0 && found.incoming.skips() == 0;
        let holds = match is_empty {
            true => {
                view! { <p class="strong" id="folder-counts" tabindex="-1">{t("team_folder_empty")}</p> }.into_any()
            }
            false => found::view(self.page, found, "folder-counts"),
        };
        let button =
            |id, class, key: &str| Button { id, class, drawing: None, words: t(key), rests: Signal::stored(false) };
        let take = button("folder-use", "primary", "team_folder_use").view(move || self.confirm());
        let away = button("folder-away", "", "library_cancel").view(away);
        view! {
            <div class="stack" id="folder-found">
                <p>{say(&Msg::new("team_folder_look").with("folder", name))}</p>
                {holds}
                <p class="help">{t("team_folder_for_good")}</p>
                <div class="row wrap">{take}{away}</div>
            </div>
        }
        .into_any()
    }
}
