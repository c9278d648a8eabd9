//! A field that several people set: the newest value stands, truly concurrent ones are shown beside it.
//!
//! Which setting came after which is told by what its author had seen, not by clocks; clocks only choose among settings
//! that did not know of each other. All settings are kept, so that one taken back gives way to the one before.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::by_id::ById;
use super::{Event, EventId};

/// Everything that a field was ever set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Register<T> {
    set: ById<Set<T>>,
}

/// One setting of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Set<T> {
    pub value: T,
    pub by: String,
    pub at: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    seen: Vec<EventId>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { set: ById::default() }
    }
}

impl<T> Register<T> {
    /// Never set.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Set so often that its settings may not agree.
    pub fn is_contended(&self) -> bool {
        self.set.len() > 1
    }

    /// Every value it was ever set to.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.set.values().map(|set| &set.value)
    }

    /// Everything it was ever set to, newest first.
    pub(crate) fn history(&self) -> impl Iterator<Item = (&EventId, &Set<T>)> {
        self.set.iter().rev()
    }

    pub(crate) fn put(&mut self, event: &Event, value: T) {
        let set = Set { value, by: event.by.clone(), at: event.at(), seen: event.seen.clone() };
        self.set.add(&event.id, set);
    }

    pub(crate) fn absorb(&mut self, other: Self) {
        self.set.absorb(other.set);
    }

    /// The settings that stand, newest first: more than one when their authors did not know of each other. `undone`
    /// ones do not count, but what came after them still came after what they replaced.
    pub fn standing(&self, undone: &BTreeSet<EventId>) -> Vec<(&EventId, &Set<T>)> {
        let live = || self.set.iter().rev().filter(|(id, _)| !undone.contains(*id));
        let mut replaced = BTreeSet::new();
        let mut open: Vec<&EventId> = live().flat_map(|(_, set)| &set.seen).collect();
        while let Some(id) = open.pop() {
            if replaced.insert(id) {
                open.extend(self.set.get(id).into_iter().flat_map(|set| &set.seen));
            }
        }
        let standing: Vec<_> = live().filter(|(id, _)| !replaced.contains(id)).collect();
        // Settings that name each other in a circle come from no honest device; the newest stands.
        if standing.is_empty() { live().take(1).collect() } else { standing }
    }

    /// The newest setting that stands.
    pub fn newest(&self, undone: &BTreeSet<EventId>) -> Option<&Set<T>> {
        match self.set.len() {
            0 => None,
            // The common case, without the walk.
            1 => self.set.iter().find(|(id, _)| !undone.contains(*id)).map(|(_, set)| set),
            _ => self.standing(undone).first().map(|(_, set)| *set),
        }
    }

    /// What a new setting must name as seen.
    pub(crate) fn heads(&self, undone: &BTreeSet<EventId>) -> Vec<EventId> {
        self.standing(undone).into_iter().map(|(id, _)| id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(sets: &[(&str, &[&str])]) -> Register<String> {
        let set = |(id, seen): &(&str, &[&str])| {
            let seen = seen.iter().map(|id| EventId((*id).into())).collect();
            (EventId((*id).into()), Set { value: (*id).to_owned(), by: String::new(), at: 0, seen })
        };
        let mut register = Register { set: ById::default() };
        sets.iter().map(set).for_each(|(id, set)| register.set.add(&id, set));
        register
    }

    #[track_caller]
    fn check(sets: &[(&str, &[&str])], undone: &[&str], expect: &[&str]) {
        let undone = undone.iter().map(|id| EventId((*id).into())).collect();
        let register = register(sets);
        let standing: Vec<_> = register.standing(&undone).iter().map(|(id, _)| id.0.as_str()).collect();
        assert_eq!(standing, expect);
        assert_eq!(register.newest(&undone).map(|set| set.value.as_str()), expect.first().copied());
    }

    #[test]
    fn what_was_seen_gives_way_and_what_was_not_is_shown() {
        check(&[], &[], &[]);
        check(&[("a", &[])], &[], &["a"]);
        check(&[("a", &[]), ("b", &["a"])], &[], &["b"]);
        check(&[("a", &[]), ("b", &[])], &[], &["b", "a"]);
        check(&[("a", &[]), ("b", &[]), ("c", &["a", "b"])], &[], &["c"]);
        // A device whose clock runs ahead wins only until someone who saw it decides.
        check(&[("a", &["z"]), ("z", &[])], &[], &["a"]);
        // Not all events are here yet.
        check(&[("a", &[]), ("c", &["b"])], &[], &["c", "a"]);
    }

    #[test]
    fn undo_gives_way_to_what_was_before() {
        check(&[("a", &[]), ("b", &["a"])], &["b"], &["a"]);
        check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], &["b"], &["c"]);
        check(&[("a", &[])], &["a"], &[]);
        check(&[("a", &[]), ("b", &["a"])], &["a", "b"], &[]);
    }

    #[test]
    fn a_circle_has_an_answer() {
        check(&[("a", &["b"]), ("b", &["a"])], &[], &["b"]);
    }
}
