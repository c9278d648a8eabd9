//! What the log page knows: slim entries of every mention, full rows of those on the screen, the query and the choice.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::VisibilityState;

use crate::browser::idb::Fault;
use crate::log::query::{Entry, Query};
use crate::log::queue::{Rules, Standing, View, in_order};
use crate::log::{EventId, MentionKey};
use crate::message::Msg;
use crate::ordered::ordered;
use crate::protocol::{Change, MentionRow, PageMessage, PageRequest};
use crate::triage::Classes;
use crate::ui::dates;
use crate::ui::shell::Page;
use crate::ui::store::Store;
use crate::ui::store::list::Slice;
use crate::ui::words::{say, t};
use crate::voice::bundled;

/// Rows kept for scrolling back; more are read again.
const KEPT: usize = 1000;

/// How often the page looks whether the log grew.
const LOOK: Duration = Duration::from_secs(4);

/// How often clocks go on.
const TICK: Duration = Duration::from_secs(20);

/// The names this person goes by.
pub fn me(page: Page) -> Vec<String> {
    page.state.with(|state| vec![state.user.clone(), state.me.clone()])
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is shown yet.
    Opening,
    /// So many of so many records.
    Slices(u32, u32),
    /// Everything is here.
    Done,
    /// The log could not be read.
    Failed,
}

/// The log page's state; a small copyable handle.
#[derive(Clone, Copy)]
pub struct Log {
    /// The page around it.
    pub page: Page,
    /// Every mention, newest first.
    pub entries: RwSignal<Vec<Entry>>,
    /// How far reading has come.
    pub reading: RwSignal<Reading>,
    /// Rows by key, as far as they were needed.
    pub rows: RwSignal<BTreeMap<MentionKey, Arc<MentionRow>>>,
    /// What is asked.
    pub query: RwSignal<Query>,
    /// The part of the work queue that is shown; `None` on a page that lists the log.
    pub queue: Option<RwSignal<View>>,
    /// How open mentions stand in the work queue; empty on a page that lists the log.
    pub standings: Memo<Arc<HashMap<MentionKey, Standing>>>,
    /// The time that clocks show, UTC milliseconds.
    pub now: RwSignal<i64>,
    /// Indexes into `entries` of what the query finds.
    pub found: Memo<Arc<Vec<u32>>>,
    /// The mention the cursor is on.
    pub active: RwSignal<Option<MentionKey>>,
    /// Its details are shown.
    pub open: RwSignal<bool>,
    /// Mentions chosen for a common change.
    pub picked: RwSignal<BTreeSet<MentionKey>>,
    /// Mentions that are being passed on to another department.
    pub passing: RwSignal<Vec<MentionKey>>,
    /// The last change, to be taken back.
    pub undo: RwSignal<Vec<EventId>>,
    store: StoredValue<Option<Store>, LocalStorage>,
    /// The newest event when the log was read.
    mark: StoredValue<Option<String>>,
    asked: StoredValue<BTreeSet<MentionKey>>,
    /// Counts readings: an older one that still runs stops.
    run: StoredValue<u32>,
}

impl Log {
    /// The log of the workspace in use; reads at once, and again whenever it changed.
    pub fn new(page: Page) -> Self {
        let entries = RwSignal::new(Vec::new());
        let query = RwSignal::new(Query::default());
        let queue = (page.name == "panel").then(|| RwSignal::new(View::Now));
        let now = RwSignal::new(dates::now());
        let service = Memo::new(move |_| {
            page.state.with(|state| (state.workspace.service.clone(), state.workspace.time_zone.clone()))
        });
        let standings = Memo::new(move |_| {
            let (service, zone) = service.get();
            let rules = Rules { service: &service, offset: &|at| dates::offset(at, &zone), now: now.get() };
            Arc::new(match queue {
                Some(_) => entries.with(|entries: &Vec<Entry>| rules.standings(entries)),
                None => HashMap::new(),
            })
        });
        let found = Memo::new(move |_| {
            entries.with(|entries: &Vec<Entry>| {
                query.with(|query| {
                    let matcher = query.matcher();
                    let places = match queue {
                        Some(view) => in_order(entries, &standings.get(), view.get(), &me(page), now.get()),
                        None => (0u32..).take(entries.len()).collect(),
                    };
                    let is_asked = |place: &u32| entries.get(*place as usize).is_some_and(|one| matcher.takes(one));
                    Arc::new(places.into_iter().filter(is_asked).collect::<Vec<_>>())
                })
            })
        });
        let log = Self {
            page,
            entries,
            reading: RwSignal::new(Reading::Opening),
            rows: RwSignal::default(),
            query,
            queue,
            standings,
            now,
            found,
            active: RwSignal::new(None),
            open: RwSignal::new(false),
            picked: RwSignal::default(),
            passing: RwSignal::default(),
            undo: RwSignal::default(),
            store: StoredValue::new_local(None),
            mark: StoredValue::default(),
            asked: StoredValue::default(),
            run: StoredValue::new(0),
        };
        let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
        Effect::new(move |last: Option<String>| {
            let id = workspace.get();
            page.log_changes.track();
            if last.is_some_and(|last| last != id) {
                log.clear();
            }
            log.reload(id.clone());
            id
        });
        log.watch();
        log
    }

    /// Looks now and then whether the log grew. A background that was killed and revived does not know this page any
    /// more, and a page must not keep the background alive to be told.
    fn watch(self) {
        let look = move || {
            if document().visibility_state() != VisibilityState::Visible
                || self.reading.get_untracked() != Reading::Done
            {
                return;
            }
            let Some(store) = self.store.get_value() else { return };
            spawn_local(async move {
                // A database that was closed under us is opened again by the next reading.
                let mark = store.mark().await.unwrap_or_default();
                if mark != self.mark.get_value() {
                    self.reload(self.page.state.with_untracked(|state| state.workspace_id.clone()));
                }
            });
        };
        let tick = move || {
            if document().visibility_state() == VisibilityState::Visible {
                self.now.set(dates::now());
            }
        };
        let timers = [set_interval_with_handle(look, LOOK), set_interval_with_handle(tick, TICK)];
        for timer in timers.into_iter().flatten() {
            on_cleanup(move || timer.clear());
        }
    }

    fn clear(self) {
        self.entries.set(Vec::new());
        self.rows.update(BTreeMap::clear);
        self.picked.update(BTreeSet::clear);
        self.active.set(None);
        self.open.set(false);
        self.undo.set(Vec::new());
        self.reading.set(Reading::Opening);
    }

    /// Reads the log again; what is shown stays until the new reading is complete.
    pub fn reload(self, workspace: String) {
        let run = self.run.get_value().wrapping_add(1);
        self.run.set_value(run);
        // Many changes at once, such as an import, are read once.
        let wait = if self.reading.get_untracked() == Reading::Opening { 0 } else { 150 };
        set_timeout(
            move || {
                spawn_local(async move {
                    if self.run.get_value() == run && self.read(run, &workspace).await.is_err() {
                        self.reading.set(Reading::Failed);
                    }
                })
            },
            Duration::from_millis(wait),
        );
    }

    async fn read(self, run: u32, workspace: &str) -> Result<(), Fault> {
        let mut store = Store::open(workspace).await?;
        if self.queue.is_some() {
            store = store.looking(classes());
        }
        self.store.set_value(Some(store.clone()));
        self.mark.set_value(store.mark().await?);
        let anew = matches!(self.reading.get_untracked(), Reading::Opening | Reading::Failed);
        if anew {
            let first = store.newest().await?;
            self.keep(first.rows);
            self.entries.set(first.entries);
        }
        let total = store.count().await?;
        let (mut entries, mut done, mut after) = (Vec::with_capacity(total as usize), 0, None);
        loop {
            let (slice, count, next) = store.entries(after.as_ref()).await?;
            if self.run.get_value() != run {
                return Ok(());
            }
            entries.extend(slice);
            done += count;
            if anew {
                self.reading.set(Reading::Slices(done, total));
            }
            match next {
                Some(key) => after = Some(key),
                None => break,
            }
        }
        entries.sort_unstable_by(|a, b| (b.saved_at, &a.key).cmp(&(a.saved_at, &b.key)));
        self.entries.set(entries);
        self.reading.set(Reading::Done);
        let shown: Vec<_> = self.rows.with_untracked(|rows| rows.keys().cloned().collect());
        self.read_rows(shown);
        Ok(())
    }

    fn keep(self, rows: Vec<MentionRow>) {
        self.rows.update(|kept| {
            if kept.len() > KEPT {
                kept.clear();
            }
            kept.extend(rows.into_iter().map(|row| (row.key.clone(), Arc::new(row))));
        });
    }

    /// Makes sure that the rows of `keys` are there, now or soon.
    pub fn need(self, keys: Vec<MentionKey>) {
        let missing = self.rows.with_untracked(|rows| {
            let missing = keys.into_iter().filter(|key| !rows.contains_key(key));
            missing.filter(|key| !self.asked.with_value(|asked| asked.contains(key))).collect::<Vec<_>>()
        });
        self.read_rows(missing);
    }

    fn read_rows(self, keys: Vec<MentionKey>) {
        let Some(store) = self.store.get_value().filter(|_| !keys.is_empty()) else { return };
        self.asked.update_value(|asked| asked.extend(keys.iter().cloned()));
        spawn_local(async move {
            let read = store.some(&keys).await;
            self.asked.update_value(|asked| asked.retain(|key| !keys.contains(key)));
            match read {
                Ok(slice) => self.take(keys, slice),
                Err(_) => self.reading.set(Reading::Failed),
            }
        });
    }

    /// Takes in records as they are now: one that is not in the log any more leaves the list.
    fn take(self, keys: Vec<MentionKey>, slice: Slice) {
        let changed: BTreeMap<_, _> = ordered(slice.entries.into_iter().map(|entry| (entry.key.clone(), entry)));
        let wanted: BTreeSet<_> = ordered(keys);
        let differs = self.entries.with_untracked(|entries| {
            entries.iter().any(|entry| wanted.contains(&entry.key) && changed.get(&entry.key) != Some(entry))
        });
        if differs {
            self.entries.update(|entries| {
                entries.retain(|entry| !wanted.contains(&entry.key) || changed.contains_key(&entry.key));
                for entry in entries.iter_mut() {
                    if let Some(new) = changed.get(&entry.key) {
                        *entry = new.clone();
                    }
                }
            });
        }
        self.keep(slice.rows);
    }

    /// The row of a mention, when it is here.
    pub fn row(self, key: &MentionKey) -> Option<Arc<MentionRow>> {
        self.rows.with(|rows| rows.get(key).cloned())
    }

    /// How a mention stands in the work queue.
    pub fn standing(self, key: &MentionKey) -> Option<Standing> {
        self.standings.with(|all| all.get(key).cloned())
    }

    /// The mention in a place of the list.
    pub fn key_at(self, place: usize) -> Option<MentionKey> {
        let index = *self.found.read_untracked().get(place)?;
        self.entries.with_untracked(|entries| entries.get(index as usize).map(|entry| entry.key.clone()))
    }

    /// The place in the list of the mention the cursor is on.
    pub fn place(self) -> Option<usize> {
        let active = self.active.get_untracked()?;
        self.entries.with_untracked(|entries| {
            let is_it = |&index: &u32| entries.get(index as usize).is_some_and(|entry| entry.key == active);
            self.found.read_untracked().iter().position(is_it)
        })
    }

    /// Changes mentions; what was changed can be taken back in one go.
    pub fn change(self, keys: Vec<MentionKey>, change: Change) {
        self.change_each(keys.into_iter().map(|key| (key, change.clone())).collect());
    }

    /// The same, each in its own way.
    pub fn change_each(self, changes: Vec<(MentionKey, Change)>) {
        spawn_local(async move {
            let mut events = Vec::new();
            let keys: BTreeSet<MentionKey> = ordered(changes.iter().map(|(key, _)| key.clone()));
            let keys: Vec<MentionKey> = keys.into_iter().collect();
            let count = keys.len();
            for (key, change) in changes {
                match self.page.ask(PageRequest::Change { key, change }).await {
                    Some(PageMessage::Changed { event }) => events.push(event),
                    Some(_) => {}
                    None => break,
                }
            }
            if !events.is_empty() {
                self.page.announce(say(&Msg::new("log_changed").with("count", count)));
                self.undo.set(events);
            }
            self.read_rows(keys);
        });
    }

    /// Takes the last change back.
    pub fn take_back(self) {
        let events = self.undo.get_untracked();
        self.undo.set(Vec::new());
        let (keys, page) = (self.rows.with_untracked(|rows| rows.keys().cloned().collect::<Vec<_>>()), self.page);
        spawn_local(async move {
            for event in events.into_iter().rev() {
                if page.ask(PageRequest::Undo { event }).await.is_none() {
                    return;
                }
            }
            page.announce(t("log_undone"));
            self.read_rows(keys);
        });
    }

    /// The store, for exports.
    pub fn store(self) -> Option<Store> {
        self.store.get_value()
    }
}

/// What tells what a post is: the cues of every language, made ready once.
fn classes() -> &'static Classes {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let cues: Vec<_> = bundled().iter().flat_map(|pack| pack.all_cues()).collect();
        Classes::new(cues.iter().map(AsRef::as_ref))
    })
}
