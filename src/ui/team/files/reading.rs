//! The log as files need it: read beside the background, and handed to it in slices.

use std::collections::HashSet;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::browser::idb::Fault;
use crate::browser::shape::open_device;
use crate::json;
use crate::log::incoming::{Incoming, Summary, pieces};
use crate::log::pack::Person;
use crate::log::{Event, EventId};
use crate::protocol::{PageMessage, PageRequest};
use crate::ui::shell::Page;
use crate::ui::store::Store;

/// Lines that are read, and events that are stored, in one go: slices of work short enough not to be felt.
const LINES: usize = 1_000;
const SLICE: usize = 500;

/// Whoever uses this browser, in the workspace in use.
pub async fn person(page: Page) -> Result<Person, Fault> {
    let db = open_device().await?;
    let text = async { db.read(&["meta"])?.store("meta")?.get("device")?.text().await };
    let text = text.await;
    db.close();
    let Names { user: before, device } = text?.and_then(|text| json::read(&text)).unwrap_or_default();
    let user = page.state.with_untracked(|state| state.user.clone());
    Ok(Person { user, before, device })
}

/// What is wanted of the device's settings.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Names {
    user: String,
    device: String,
}

/// Files that were read, beside the log as it is.
pub struct Found {
    /// Their events.
    pub incoming: Incoming,
    /// Those that are in the log.
    pub known: HashSet<EventId>,
    /// What a person decides by.
    pub summary: Summary,
}

/// Reads a file, with pauses in which the page can answer.
pub async fn read_file(incoming: &mut Incoming, name: &str, text: &str) {
    for (first, piece) in pieces(text, LINES) {
        incoming.read(name, first, piece);
        TimeoutFuture::new(0).await;
    }
}

impl Found {
    /// Files beside the log.
    pub async fn beside(incoming: Incoming, workspace: &str) -> Result<Self, Fault> {
        let store = Store::open(workspace).await?;
        let known = store.known(incoming.events().map(|event| &event.id)).await;
        store.close();
        let known = known?;
        let summary = incoming.summary(&known, |user| store.name(user));
        Ok(Self { incoming, known, summary })
    }

    /// Takes in what is new; `done` shows how far that has come. How many came in, or, when it stopped in the middle,
    /// how many had by then.
    pub async fn take_in(&self, page: Page, done: RwSignal<Option<(usize, usize)>>) -> Result<usize, usize> {
        let new: Vec<&Event> = self.incoming.new_events(&self.known).collect();
        let mut added = 0;
        let mut ended = Ok(());
        for (slice, stored) in new.chunks(SLICE).zip((0..).step_by(SLICE)) {
            done.set(Some((stored, new.len())));
            let jsonl = crate::log::export::jsonl(slice.iter().copied());
            match page.ask(PageRequest::Import { jsonl }).await {
                Some(PageMessage::Imported { added: more, .. }) => added += more as usize,
                _ => ended = Err(()),
            }
            if ended.is_err() {
                break;
            }
        }
        done.set(None);
        ended.map(|()| added).map_err(|()| added)
    }
}
