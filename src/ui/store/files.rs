//! The log as files are put together from it, and looked at beside it.

use std::collections::HashSet;

use super::{SLICE, Store, Written};
use crate::browser::idb::Fault;
use crate::log::{Event, EventId};

impl Store {
    /// The events of a type.
    pub async fn events_of(&self, kind: &str) -> Result<Vec<Event>, Fault> {
        let events = self.db.read(&["events"])?.store("events")?.index("t")?;
        let found: Vec<Written> = events.all(kind)?.list().await?;
        Ok(found.iter().filter_map(|event| Event::from_text(&event.text).ok()).collect())
    }

    /// Which of `ids`, in their order, are in the log.
    pub async fn known<'a>(&self, ids: impl Iterator<Item = &'a EventId>) -> Result<HashSet<EventId>, Fault> {
        let ids: Vec<&EventId> = ids.collect();
        let mut known = HashSet::new();
        for slice in ids.chunks(SLICE as usize) {
            let (Some(first), Some(last)) = (slice.first(), slice.last()) else { continue };
            let events = self.db.read(&["events"])?.store("events")?;
            known.extend(events.keys(&first.0, &last.0)?.keys().await?.into_iter().map(EventId));
        }
        Ok(known)
    }

    /// Ids of the events that were emptied when their mention was erased.
    pub async fn emptied(&self) -> Result<Vec<String>, Fault> {
        let mut ids = Vec::new();
        let mut after = String::new();
        loop {
            let store = self.db.read(&["events"])?.store("events")?;
            let slice: Vec<Written> = store.page(Some(&after), SLICE)?.list().await?;
            ids.extend(slice.iter().filter(|event| event.text.is_empty()).map(|event| event.id.clone()));
            match slice.last() {
                Some(last) if slice.len() >= SLICE as usize => after = last.id.clone(),
                _ => return Ok(ids),
            }
        }
    }

    /// Lets go of it.
    pub fn close(&self) {
        self.db.close();
    }
}
