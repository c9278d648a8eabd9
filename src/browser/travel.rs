//! The log of a workspace as a round needs it: the outbox, months, and commits.
//!
//! What comes from the server goes through the background's own queue, so that it is folded, shown and stored like any
//! other change; what only concerns the outbox is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::host::Host;
use super::idb::{Fault, Transaction};
use super::store::{ALL, Stored, encode};
use crate::json;
use crate::log::Event;
use crate::sync::{Broken, Commit, Holding, State, Store, Waiting};

/// The record of `meta` with what is remembered of the server.
pub const STATE: &str = "sync";

/// `s` of what the server said that it has.
const ACKED: &str = "acked";

/// As many records are read at a time.
const SLICE: u32 = 500;

/// A record of the outbox.
#[derive(Serialize, Deserialize)]
struct Posted {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s: Option<String>,
}

impl Posted {
    fn is_refused(&self) -> bool {
        self.s.as_ref().is_some_and(|s| s != ACKED)
    }
}

/// Writes what becomes of the outbox, and what is remembered.
pub(super) fn write(work: &Transaction, commit: &Commit<Event>) -> Result<(), Fault> {
    let outbox = work.store("outbox")?;
    let put = |id: &String, s: Option<String>| outbox.put(&encode(&Posted { id: id.clone(), s })?).map(drop);
    for id in &commit.acked {
        put(id, Some(ACKED.to_owned()))?;
    }
    for id in &commit.queued {
        put(id, None)?;
    }
    for (id, why) in &commit.refused {
        put(id, Some(why.to_value().to_string()))?;
    }
    for id in &commit.done {
        outbox.delete(id)?;
    }
    work.store("meta")?.put_text(STATE, &commit.state.to_value().to_string())?;
    Ok(())
}

/// A workspace's log, shared by `user`.
pub struct Shared {
    /// Who reads and writes it.
    pub host: Rc<Host>,
    /// Id of the workspace.
    pub workspace: String,
    /// Who sends.
    pub user: String,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("workspace", &self.workspace).finish_non_exhaustive()
    }
}

impl From<Fault> for Broken {
    fn from(Fault(name): Fault) -> Self {
        Self(name)
    }
}

impl Shared {
    async fn read(&self) -> Result<Transaction, Fault> {
        self.host.storage().log_db(&self.workspace).await?.read(ALL)
    }

    /// The outbox from `after` on, refused ones too.
    async fn posted(work: &Transaction, after: &str) -> Result<Vec<Posted>, Fault> {
        work.store("outbox")?.page(Some(after), SLICE)?.list().await
    }

    /// Ids of a month, those in the outbox alone if so.
    async fn ids(work: &Transaction, store: &str, month: &str) -> Result<BTreeSet<String>, Fault> {
        work.store(store)?
            .keys(&format!("{month}!"), &format!("{month}\""))?
            .list::<String>()
            .await
            .map(|ids| ids.into_iter().collect())
    }
}

impl Store for Shared {
    type Doc = Event;

    async fn state(&self) -> Result<State, Broken> {
        let text = self.read().await?.store("meta")?.get(STATE)?.text().await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).map(|value| State::from_value(&value)).unwrap_or_default())
    }

    async fn outbox(&self, after: &str, most: usize) -> Result<Vec<Waiting<Event>>, Broken> {
        let work = self.read().await?;
        let events = work.store("events")?;
        let mut waiting = Vec::new();
        let mut after = after.to_owned();
        loop {
            let page = Self::posted(&work, &after).await?;
            let Some(last) = page.last() else { return Ok(waiting) };
            after.clone_from(&last.id);
            for one in page.iter().filter(|one| !one.is_refused()) {
                let stored = events.get(&one.id)?.json().await?;
                let event = stored.and_then(|text| json::read::<Stored>(&text)).and_then(|stored| stored.event());
                if let Some(doc) = event.filter(|event| event.may_be_sent_by(&self.user)) {
                    waiting.push(Waiting { doc, acked: one.s.is_some() });
                    if waiting.len() >= most {
                        return Ok(waiting);
                    }
                }
            }
        }
    }

    async fn own(&self, after: &str, most: usize) -> Result<Vec<String>, Broken> {
        let work = self.read().await?;
        let events = work.store("events")?;
        let mut own = Vec::new();
        let mut after = after.to_owned();
        loop {
            let page: Vec<Stored> = events.page(Some(&after), SLICE)?.list().await?;
            let Some(last) = page.last() else { return Ok(own) };
            after.clone_from(&last.id.0);
            for event in page.iter().filter_map(Stored::event).filter(|event| event.may_be_sent_by(&self.user)) {
                own.push(event.id.0);
                if own.len() >= most {
                    return Ok(own);
                }
            }
        }
    }

    async fn months(&self) -> Result<BTreeMap<String, u64>, Broken> {
        let work = self.read().await?;
        let events = work.store("events")?;
        let mut months = BTreeMap::new();
        let mut after = String::new();
        while let Some(first) = events.key_after(&after)?.list::<String>().await?.into_iter().next() {
            let month = first.split('!').next().unwrap_or_default().to_owned();
            // Behind every id of the month: the sign after `!`.
            after = format!("{month}\"");
            let count = events.count_of(&format!("{month}!"), &after)?.number().await?;
            months.insert(month, u64::from(count));
        }
        Ok(months)
    }

    async fn held(&self, month: &str) -> Result<BTreeMap<String, Holding>, Broken> {
        let work = self.read().await?;
        let waiting = Self::ids(&work, "outbox", month).await?;
        let mut held = BTreeMap::new();
        let mut after = format!("{month}!");
        loop {
            let page: Vec<Stored> = work.store("events")?.page(Some(&after), SLICE)?.list().await?;
            let Some(last) = page.last() else { return Ok(held) };
            after.clone_from(&last.id.0);
            for stored in &page {
                let id = &stored.id.0;
                if id.split('!').next() != Some(month) {
                    return Ok(held);
                }
                let is_ours = || stored.event().is_some_and(|event| event.may_be_sent_by(&self.user));
                let holding = match waiting.contains(id) {
                    true => Holding::Waiting,
                    false if is_ours() => Holding::Ours,
                    false => Holding::Others,
                };
                held.insert(id.clone(), holding);
            }
        }
    }

    async fn commit(&self, changes: Commit<Event>) -> Result<(), Broken> {
        if !changes.received.is_empty() {
            return Ok(self.host.travel(&self.workspace, changes).await?);
        }
        let work = self.host.storage().log_db(&self.workspace).await?.write(&["outbox", "meta"])?;
        write(&work, &changes)?;
        Ok(work.done().await?)
    }
}
