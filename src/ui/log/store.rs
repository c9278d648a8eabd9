//! The log as a page reads it: straight from IndexedDB, read-only, in slices, so that the page stays alive while a long
//! log is read. Every change goes through the background.

#[cfg(feature = "members")]
mod files;

use crate::browser::clock;
use crate::browser::idb::{Database, Fault};
use crate::browser::shape::open_log;
use crate::json;
use crate::log::query::Entry;
use crate::log::{EventId, Mention, MentionKey, Settings};
use crate::protocol::MentionRow;

/// Records read in one go: a slice of work short enough not to be felt.
const SLICE: u32 = 1000;
/// Rows shown before the rest is read.
const FIRST: u32 = 60;

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
}

/// Mentions as a list needs them, and as rows.
#[derive(Default)]
pub struct Slice {
    /// For search and filters.
    pub entries: Vec<Entry>,
    /// For the screen.
    pub rows: Vec<MentionRow>,
}

impl Store {
    /// Opens the log of a workspace.
    pub async fn open(workspace: &str) -> Result<Self, Fault> {
        let db = open_log(workspace).await?;
        let text = db.read(&["meta"])?.store("meta")?.get("settings")?.text().await?;
        let names = text.and_then(|text| json::read::<Settings>(&text)).unwrap_or_default();
        Ok(Self { db, names: names.into() })
    }

    /// The name people know a user by.
    pub fn name(&self, user: &str) -> String {
        self.names.name(user)
    }

    /// How many records there are; some of them may not be listed.
    pub async fn count(&self) -> Result<u32, Fault> {
        self.db.read(&["mentions"])?.store("mentions")?.count()?.number().await
    }

    /// The newest event there is, to notice that there are others now.
    pub async fn mark(&self) -> Result<Option<String>, Fault> {
        let events = self.db.read(&["events"])?.store("events")?;
        Ok(events.slice(0, 1, true).await?.pop())
    }

    /// The newest mentions.
    pub async fn newest(&self) -> Result<Slice, Fault> {
        let index = self.db.read(&["mentions"])?.store("mentions")?.index("saved_at")?;
        let mut slice = Slice::default();
        for text in index.slice(0, FIRST, true).await? {
            if let Some(mention) = json::read::<Mention>(&text) {
                slice.entries.extend(Entry::of(&mention));
                slice.rows.extend(self.row(&mention));
            }
        }
        Ok(slice)
    }

    /// The entries of the slice after `after`, how many records it had, and the key to go on after.
    pub async fn entries(&self, after: Option<&MentionKey>) -> Result<(Vec<Entry>, u32, Option<MentionKey>), Fault> {
        let (mentions, next) = self.mentions(after).await?;
        let count = u32::try_from(mentions.len()).unwrap_or(u32::MAX);
        Ok((mentions.iter().filter_map(Entry::of).collect(), count, next))
    }

    /// The mentions of the slice after `after`, and the key to go on after.
    pub async fn mentions(&self, after: Option<&MentionKey>) -> Result<(Vec<Mention>, Option<MentionKey>), Fault> {
        let store = self.db.read(&["mentions"])?.store("mentions")?;
        let mentions: Vec<Mention> = store.page(after.map(|key| key.0.as_str()), SLICE)?.list().await?;
        let next = mentions.last().filter(|_| mentions.len() >= SLICE as usize).map(|mention| mention.key.clone());
        Ok((mentions, next))
    }

    /// The mentions with these keys; one that is gone is left out.
    pub async fn some(&self, keys: &[MentionKey]) -> Result<Slice, Fault> {
        let store = self.db.read(&["mentions"])?.store("mentions")?;
        let asked = keys.iter().map(|key| store.get(&key.0)).collect::<Result<Vec<_>, _>>()?;
        let mut slice = Slice::default();
        for request in asked {
            let text = request.json().await?;
            if let Some(mention) = text.and_then(|text| json::read::<Mention>(&text)) {
                slice.entries.extend(Entry::of(&mention));
                slice.rows.extend(self.row(&mention));
            }
        }
        Ok(slice)
    }

    /// Every event as it was written, one a line.
    pub async fn events(&self) -> Result<String, Fault> {
        self.events_after(&EventId::default(), |_| true).await
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

    fn row(&self, mention: &Mention) -> Option<MentionRow> {
        mention.row(|user| self.name(user), clock::offset())
    }
}
