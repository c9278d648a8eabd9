//! The case: what a team decides about a thread with one author, however many mentions it has.
//!
//! Status, assignee, department, priority and times live here, once. Texts, counts and notes stay with the mentions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::register::{Register, Set};
use super::{Body, CaseId, Event, EventId, Priority, Status};

/// A case as folded from its events.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Case {
    pub id: CaseId,
    pub(super) status: Register<Status>,
    pub(super) assignee: Register<Option<String>>,
    pub(super) department: Register<Option<String>>,
    pub(super) due: Register<Option<i64>>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) priority: Register<Option<Priority>>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) snooze: Register<Option<i64>>,
    pub(super) undone: BTreeSet<EventId>,
}

/// A value that stands beside another because neither author knew of the other's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disputed {
    /// `status`, `assignee`, `department`, `priority`.
    pub field: String,
    /// The value: a status' name, a user, a department; empty = taken away.
    pub value: String,
    /// Who set it.
    pub by: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

impl Case {
    /// A case that nothing happened to.
    pub fn new(id: CaseId) -> Self {
        Self { id, ..Self::default() }
    }

    /// Takes in one event; one that is not about a case changes nothing. In any order, any number of times.
    pub fn apply(&mut self, event: &Event) {
        if let Some(body) = event.body() {
            self.apply_body(event, body);
        }
    }

    pub(super) fn apply_body(&mut self, event: &Event, body: Body) {
        match body {
            Body::StatusSet(b) => self.status.put(event, b.status),
            Body::Assigned(b) => self.assignee.put(event, b.user.filter(|user| !user.is_empty())),
            Body::Routed(b) => self.department.put(event, b.department.filter(|name| !name.is_empty())),
            Body::Due(b) => self.due.put(event, b.at),
            Body::Prioritised(b) => self.priority.put(event, b.priority),
            Body::Snoozed(b) => self.snooze.put(event, b.until),
            Body::Undone(b) => drop(self.undone.insert(b.event)),
            _ => {}
        }
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status.newest(&self.undone).map_or(Status::New, |set| set.value)
    }

    /// Whose it is.
    pub fn assignee(&self) -> Option<&str> {
        self.assignee.newest(&self.undone)?.value.as_deref()
    }

    /// The department it waits for.
    pub fn department(&self) -> Option<&str> {
        self.department.newest(&self.undone)?.value.as_deref()
    }

    /// When it is due, UTC milliseconds.
    pub fn due(&self) -> Option<i64> {
        self.due.newest(&self.undone)?.value
    }

    /// How soon it wants somebody, where that was said.
    pub fn priority(&self) -> Option<Priority> {
        self.priority.newest(&self.undone)?.value
    }

    /// Until when nobody need look, UTC milliseconds; it may be over.
    pub fn snoozed(&self) -> Option<i64> {
        self.snooze.newest(&self.undone)?.value
    }

    /// Every value of a field with more than one, the standing one first; empty when all agree.
    pub fn disputed(&self) -> Vec<Disputed> {
        let mut all = Vec::new();
        dispute(&mut all, "status", &self.status, &self.undone, |status| status.name().to_owned());
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        dispute(&mut all, "assignee", &self.assignee, &self.undone, text);
        dispute(&mut all, "department", &self.department, &self.undone, text);
        let name = |priority: &Option<Priority>| priority.map(Priority::name).unwrap_or_default().to_owned();
        dispute(&mut all, "priority", &self.priority, &self.undone, name);
        all
    }
}

fn dispute<T: PartialEq>(
    all: &mut Vec<Disputed>,
    field: &str,
    register: &Register<T>,
    undone: &BTreeSet<EventId>,
    name: impl Fn(&T) -> String,
) {
    if !register.is_contended() {
        return;
    }
    let standing = register.standing(undone);
    let agreed = standing.windows(2).all(|pair| pair[0].1.value == pair[1].1.value);
    if !agreed {
        let one = |set: &Set<T>| Disputed {
            field: field.to_owned(),
            value: name(&set.value),
            by: set.by.clone(),
            at: set.at,
        };
        all.extend(standing.into_iter().map(|(_, set)| one(set)));
    }
}
