//! Storing many templates, slice by slice, so that all of them are stored or none: what stops in the middle is taken back.

use leptos::prelude::*;
use serde_json::Value;

use super::Library;
use crate::protocol::PageRequest;
use crate::template::Template;

/// Templates of one transaction.
const SLICE: usize = 100;

/// Ids and values; `null` removes one.
pub type Items = Vec<(String, Value)>;

/// How storing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// All of it is stored.
    All,
    /// Nothing is, since somebody stopped it.
    Cancelled,
    /// Nothing is: it failed, and what was stored by then was taken back.
    Failed,
    /// It failed, and so did taking back; so many are left.
    Stuck(usize),
}

/// Something that is being stored.
#[derive(Clone, Copy)]
pub struct Putting {
    /// How many are stored, of how many.
    pub done: RwSignal<Option<(usize, usize)>>,
    /// Somebody wants it to stop.
    pub cancelled: RwSignal<bool>,
    /// What takes back what is stored, newest last.
    pub back: StoredValue<Items>,
}

impl Putting {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { done: RwSignal::new(None), cancelled: RwSignal::new(false), back: StoredValue::new(Vec::new()) }
    }

    /// Stores templates, each beside the one that it replaces.
    pub async fn store(self, library: Library, wanted: Vec<(Template, Option<Template>)>) -> Stored {
        self.cancelled.set(false);
        self.back.set_value(Vec::new());
        library.paused.set(true);
        let total = wanted.len();
        let mut stored = 0;
        let ended = loop {
            self.done.set(Some((stored, total)));
            if self.cancelled.get_untracked() {
                break Stored::Cancelled;
            }
            let slice = || wanted.iter().skip(stored).take(SLICE);
            let items: Items = slice().map(|(one, _)| (one.id.clone(), value(Some(one)))).collect();
            if items.is_empty() {
                break Stored::All;
            }
            // Also when no answer came: what was not stored after all is taken back without harm.
            self.back.update_value(|back| {
                back.extend(slice().map(|(one, former)| (one.id.clone(), value(former.as_ref()))));
            });
            stored += items.len();
            if library.page.ask(PageRequest::PutTemplates { items }).await.is_none() {
                break Stored::Failed;
            }
        };
        let ended = match ended {
            Stored::All => ended,
            _ if self.take_back(library).await => ended,
            _ => Stored::Stuck(self.back.with_value(Vec::len)),
        };
        self.done.set(None);
        library.paused.set(false);
        ended
    }

    /// Puts back what was there before, last first; false when that failed in the middle.
    pub async fn take_back(self, library: Library) -> bool {
        let was_paused = library.paused.get_untracked();
        library.paused.set(true);
        let total = self.back.with_value(Vec::len);
        let whole = loop {
            let left = self.back.with_value(Vec::len);
            self.done.set(Some((left, total)));
            let from = left.saturating_sub(SLICE);
            let items: Items = self.back.with_value(|back| back.iter().skip(from).cloned().collect());
            if items.is_empty() {
                break true;
            }
            if library.page.ask(PageRequest::PutTemplates { items }).await.is_none() {
                break false;
            }
            self.back.update_value(|back| back.truncate(from));
        };
        self.done.set(None);
        library.paused.set(was_paused);
        whole
    }
}

fn value(template: Option<&Template>) -> Value {
    template.and_then(|template| serde_json::to_value(template).ok()).unwrap_or_default()
}
