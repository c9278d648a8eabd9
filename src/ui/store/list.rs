//! The log as a list reads it: slim entries of everything, full rows of what is on the screen.

use super::Store;
use crate::browser::clock;
use crate::browser::idb::Fault;
use crate::json;
use crate::log::query::Entry;
use crate::log::queue::Task;
use crate::log::{EventId, Mention, MentionKey};
use crate::protocol::MentionRow;
use crate::triage::Classes;

/// Rows shown before the rest is read.
const FIRST: u32 = 60;

/// Mentions as a list needs them, and as rows.
#[derive(Default)]
pub struct Slice {
    /// For search and filters.
    pub entries: Vec<Entry>,
    /// For the screen.
    pub rows: Vec<MentionRow>,
}

impl Store {
    /// The same log; of every mention about which something is to be done it is looked what the post is.
    pub fn looking(self, classes: &'static Classes) -> Self {
        Self { classes: Some(classes), ..self }
    }

    fn entry(&self, mention: &Mention) -> Option<Entry> {
        let mut entry = Entry::of(mention)?;
        if let Some(classes) = self.classes {
            entry.task = Task::of(mention, classes, clock::offset());
        }
        Some(entry)
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
                slice.entries.extend(self.entry(&mention));
                slice.rows.extend(self.row(&mention));
            }
        }
        Ok(slice)
    }

    /// The entries of the slice after `after`, how many records it had, and the key to go on after.
    pub async fn entries(&self, after: Option<&MentionKey>) -> Result<(Vec<Entry>, u32, Option<MentionKey>), Fault> {
        let (mentions, next) = self.mentions(after).await?;
        let count = u32::try_from(mentions.len()).unwrap_or(u32::MAX);
        Ok((mentions.iter().filter_map(|mention| self.entry(mention)).collect(), count, next))
    }

    /// The mentions with these keys; one that is gone is left out.
    pub async fn some(&self, keys: &[MentionKey]) -> Result<Slice, Fault> {
        let store = self.db.read(&["mentions"])?.store("mentions")?;
        let asked = keys.iter().map(|key| store.get(&key.0)).collect::<Result<Vec<_>, _>>()?;
        let mut slice = Slice::default();
        for request in asked {
            let text = request.json().await?;
            if let Some(mention) = text.and_then(|text| json::read::<Mention>(&text)) {
                slice.entries.extend(self.entry(&mention));
                slice.rows.extend(self.row(&mention));
            }
        }
        Ok(slice)
    }

    /// Every event as it was written, one a line.
    pub async fn events(&self) -> Result<String, Fault> {
        self.events_after(&EventId::default(), |_| true).await
    }

    fn row(&self, mention: &Mention) -> Option<MentionRow> {
        mention.row(|user| self.name(user), clock::offset())
    }
}
