//! The log of a workspace as a round with its team's server needs it. Read here, straight from the database; what comes from
//! the server goes through the core's own queue, so that it is folded, shown and stored like any other change.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use wasm_bindgen_futures::JsFuture;

use super::idb::{Database, Fault, Transaction};
use super::outbox::{self, ACKED, STATE};
use super::rounds::Background;
use super::shape::open_log;
use crate::log::travel::may_be_sent;
use crate::sync::{Broken, Commit, Document, Holding, State, Store, Waiting};

/// As many records are read at a time.
const SLICE: u32 = 500;

/// A document, as far as it matters to its journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    id: String,
    hash: String,
    by: String,
    text: String,
}

impl Document for Doc {
    fn read(json: Value) -> Option<Self> {
        Self::of(&json, json.to_string())
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn hash(&self) -> &str {
        &self.hash
    }

    fn text(&self) -> String {
        self.text.clone()
    }
}

impl Doc {
    fn of(json: &Value, text: String) -> Option<Self> {
        let field = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let (id, hash, by, _) = (field("_id")?, field("h")?, field("by")?, field("hlc")?);
        Some(Self { id, hash, by, text })
    }

    /// The document in a record of the log.
    fn stored(mut record: Value) -> Option<Self> {
        // One that was erased has none.
        let Some(Value::String(text)) = record.get_mut("text").map(Value::take) else { return None };
        Self::of(&serde_json::from_str(&text).ok()?, text)
    }
}

/// A workspace's log, shared by `user`.
pub struct Shelf {
    background: Background,
    workspace: String,
    user: String,
    db: RefCell<Option<Database>>,
}

impl From<Fault> for Broken {
    fn from(Fault(name): Fault) -> Self {
        Self(name)
    }
}

impl Shelf {
    /// The log of a workspace, opened when it is needed.
    pub fn new(background: Background, workspace: &str, user: &str) -> Self {
        Self { background, workspace: workspace.to_owned(), user: user.to_owned(), db: RefCell::default() }
    }

    async fn db(&self) -> Result<Database, Fault> {
        let open = self.db.borrow().clone();
        if let Some(db) = open {
            return Ok(db);
        }
        let db = open_log(&self.workspace).await?;
        *self.db.borrow_mut() = Some(db.clone());
        Ok(db)
    }

    async fn read(&self) -> Result<Transaction, Fault> {
        self.db().await?.read(&["events", "outbox", "meta"]).inspect_err(|_| self.close())
    }

    fn close(&self) {
        if let Some(db) = self.db.take() {
            db.close();
        }
    }

    /// What the server refused is tried again: a role may have changed since.
    pub async fn retry_refused(&self) -> Result<(), Fault> {
        let work = self.db().await?.write(&["outbox"]).inspect_err(|_| self.close())?;
        let outbox = work.store("outbox")?;
        let mut after = String::new();
        loop {
            let page: Vec<Value> = outbox.page(Some(&after), SLICE)?.list().await?;
            let Some(last) = page.last().and_then(|one| one["id"].as_str()) else { return work.done().await };
            after = last.to_owned();
            for one in page.iter().filter(|one| one["s"].as_str().is_some_and(|s| s != ACKED)) {
                outbox.put(&json!({ "id": one["id"] }).to_string())?;
            }
        }
    }

    fn is_ours(&self, doc: &Doc) -> bool {
        may_be_sent(&doc.by, &self.user)
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.close();
    }
}

impl Store for Shelf {
    type Doc = Doc;

    async fn state(&self) -> Result<State, Broken> {
        let text = self.read().await?.store("meta")?.get(STATE)?.text().await?;
        let value = text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(value.map(|value| State::from_value(&value)).unwrap_or_default())
    }

    async fn outbox(&self, after: &str, most: usize) -> Result<Vec<Waiting<Doc>>, Broken> {
        let work = self.read().await?;
        let (events, outbox) = (work.store("events")?, work.store("outbox")?);
        let mut waiting = Vec::new();
        let mut after = after.to_owned();
        loop {
            let page: Vec<Value> = outbox.page(Some(&after), SLICE)?.list().await?;
            let ids = |at: Option<&Value>| at.and_then(|one| one["id"].as_str()).map(str::to_owned);
            let (Some(first), Some(last)) = (ids(page.first()), ids(page.last())) else { return Ok(waiting) };
            let stored: Vec<Value> = events.between(&first, &last)?.list().await?;
            after = last;
            let mut stored = stored.into_iter();
            for one in &page {
                let acked = match one["s"].as_str() {
                    None => false,
                    Some(ACKED) => true,
                    // Refused.
                    Some(_) => continue,
                };
                // Both are in the order of their ids.
                let doc = stored.find(|stored| stored["id"] == one["id"]).and_then(Doc::stored);
                waiting.extend(doc.filter(|doc| self.is_ours(doc)).map(|doc| Waiting { doc, acked }));
                if waiting.len() >= most {
                    return Ok(waiting);
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
            let page: Vec<Value> = events.page(Some(&after), SLICE)?.list().await?;
            let Some(last) = page.last().and_then(|one| one["id"].as_str()) else { return Ok(own) };
            after = last.to_owned();
            for doc in page.into_iter().filter_map(Doc::stored).filter(|doc| self.is_ours(doc)) {
                own.push(doc.id);
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
        let (first, last) = (format!("{month}!"), format!("{month}\""));
        let work = self.read().await?;
        let waiting: Vec<String> = work.store("outbox")?.keys(&first, &last)?.list().await?;
        let waiting: BTreeSet<String> = waiting.into_iter().collect();
        let events = work.store("events")?;
        let mut held = BTreeMap::new();
        let mut after = first;
        loop {
            let page: Vec<Value> = events.page(Some(&after), SLICE)?.list().await?;
            let Some(end) = page.last().and_then(|one| one["id"].as_str()) else { return Ok(held) };
            after = end.to_owned();
            for record in page {
                let Some(id) = record["id"].as_str().filter(|id| **id < *last).map(str::to_owned) else { continue };
                let holding = match Doc::stored(record) {
                    None => Holding::Erased,
                    Some(_) if waiting.contains(&id) => Holding::Waiting,
                    Some(doc) if self.is_ours(&doc) => Holding::Ours,
                    Some(_) => Holding::Others,
                };
                held.insert(id, holding);
            }
            if after > last {
                return Ok(held);
            }
        }
    }

    async fn commit(&self, changes: Commit<Doc>) -> Result<(), Broken> {
        let Commit { received, acked, queued, refused, done, state } = changes;
        let refused: Vec<Value> = refused.into_iter().map(|(id, why)| json!([id, why.to_value()])).collect();
        let what = json!({
            "workspace": self.workspace, "state": state.to_value(),
            "acked": acked, "queued": queued, "refused": refused, "done": done,
        });
        if received.is_empty() {
            let work = self.db().await?.write(&["outbox", "meta"]).inspect_err(|_| self.close())?;
            outbox::write(&work, &what)?;
            return Ok(work.done().await?);
        }
        // Documents are text already.
        let docs: Vec<String> = received.into_iter().map(|doc| doc.text).collect();
        let text = what.to_string().replacen('{', &format!("{{\"received\":[{}],", docs.join(",")), 1);
        let lasted = JsFuture::from(self.background.travel(&text)).await;
        lasted.map(drop).map_err(|fault| Broken(fault.as_string().unwrap_or_default()))
    }
}
