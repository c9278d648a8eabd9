//! The log as a page reads it: straight from IndexedDB, read-only, in slices, so that the page stays alive while a long
//! log is read. Every change goes through the background.

#[cfg(feature = "members")]
mod files;
#[cfg(feature = "mentions")]
pub mod list;

use crate::browser::idb::{Database, Fault};
use crate::browser::shape::open_log;
use crate::json;
use crate::log::{EventId, Mention, MentionKey, Settings};

/// Records read in one go: a slice of work short enough not to be felt.
const SLICE: u32 = 1000;

/// An event as it is stored; without a text when its mention was erased.
#[derive(serde::Deserialize)]
struct Written {
    id: String,
    #[serde(default)]
    text: String,
}

/// An open log.
#[derive(Clone)]
pub struct Store {
    db: Database,
    names: std::rc::Rc<Settings>,
    /// What tells what a post is, for who asks it of every mention.
    #[cfg(feature = "mentions")]
    classes: Option<&'static crate::triage::Classes>,
}

impl Store {
    /// Opens the log of a workspace.
    pub async fn open(workspace: &str) -> Result<Self, Fault> {
        let db = open_log(workspace).await?;
        let text = db.read(&["meta"])?.store("meta")?.get("settings")?.text().await?;
        let names = text.and_then(|text| json::read::<Settings>(&text)).unwrap_or_default();
        Ok(Self {
            db,
            names: names.into(),
            #[cfg(feature = "mentions")]
            classes: None,
        })
    }

    /// The name people know a user by.
    pub fn name(&self, user: &str) -> String {
        self.names.name(user)
    }

    /// The mentions of the slice after `after`, and the key to go on after.
    pub async fn mentions(&self, after: Option<&MentionKey>) -> Result<(Vec<Mention>, Option<MentionKey>), Fault> {
        let store = self.db.read(&["mentions"])?.store("mentions")?;
        let mentions: Vec<Mention> = store.page(after.map(|key| key.0.as_str()), SLICE)?.list().await?;
        let next = mentions.last().filter(|_| mentions.len() >= SLICE as usize).map(|mention| mention.key.clone());
        Ok((mentions, next))
    }

    /// The events after `after` that are `wanted`, as they were written, one a line.
    pub async fn events_after(&self, after: &EventId, mut wanted: impl FnMut(&str) -> bool) -> Result<String, Fault> {
        let mut out = String::new();
        let mut after = after.0.clone();
        loop {
            let store = self.db.read(&["events"])?.store("events")?;
            // Nothing comes before the empty key but what has none.
            let slice: Vec<Written> = store.page(Some(&after), SLICE)?.list().await?;
            for event in slice.iter().filter(|event| !event.text.is_empty() && wanted(&event.text)) {
                out.push_str(&event.text);
                out.push('\n');
            }
            match slice.last() {
                Some(last) if slice.len() >= SLICE as usize => after = last.id.clone(),
                _ => return Ok(out),
            }
        }
    }
}
