//! The log read from one end to the other, with pauses in which the page can answer.

use crate::browser::idb::Fault;
use crate::log::erase::{Findings, Search};
use crate::log::{Event, EventId};
use crate::ui::store::Store;

/// What a log holds of a person.
pub async fn look(workspace: &str, search: &Search) -> Result<Findings, Fault> {
    let store = Store::open(workspace).await?;
    let mut found = Findings::default();
    let start = EventId::default();
    let take = |text: &str| {
        if let Ok(event) = Event::from_text(text) {
            found.look(search, &event);
        }
        false
    };
    let read = store.events_after(&start, take).await;
    store.close();
    read.map(|_| found)
}

/// Ids of the events that were emptied.
pub async fn emptied(workspace: &str) -> Result<Vec<String>, Fault> {
    let store = Store::open(workspace).await?;
    let ids = store.emptied().await;
    store.close();
    ids
}
