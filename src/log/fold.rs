//! The fold: events in any order, any number of times, in any portions; the same mentions and cases come out.
//!
//! [`Fold`] works on whole logs ([`fold()`]) and on the few records that one event touches: ask [`Fold::needs`] what to
//! load, give it with [`Fold::load`], [`Fold::apply`], and write what [`Fold::take_changes`] returns in the transaction
//! that writes the event. Events about settings are [`Settings`](super::Settings)' affair and pass through here.

use std::collections::{BTreeSet, HashSet};

use super::body::{
    Assigned, CaseSet, Due, Flagged, Gone, Noted, Prioritised, Replied, Reviewed, Routed, Snoozed, StatusSet, Tagged,
};
use super::table::Table;
use super::{Body, Case, CaseId, Draft, Event, EventId, Mention, MentionKey, Outcomes};
use crate::protocol::Change;

/// Version of the folded records; where a store holds another, it is folded anew from its events.
pub const VERSION: u16 = 4;

/// Mentions and cases under construction.
#[derive(Debug, Default)]
pub struct Fold {
    mentions: Table<MentionKey, Mention>,
    cases: Table<CaseId, Case>,
    /// Events came in since the records were brought in line.
    is_unsettled: bool,
    /// What the records counted for when they were loaded, or changes taken last.
    counted: Outcomes,
    /// What was looked up and loaded; `None` = this fold holds the whole log.
    loaded: Option<Known>,
}

#[derive(Debug, Default)]
struct Known {
    mentions: HashSet<MentionKey>,
    cases: HashSet<CaseId>,
    mentions_of: HashSet<CaseId>,
}

/// Records to look up before events can be applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Mentions by key.
    pub mentions: BTreeSet<MentionKey>,
    /// Cases by id.
    pub cases: BTreeSet<CaseId>,
    /// All mentions of these cases (index `case`).
    pub mentions_of: BTreeSet<CaseId>,
}

impl Needs {
    /// Everything is there: apply.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.cases.is_empty() && self.mentions_of.is_empty()
    }
}

/// Records as they are after the events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// To be written over those of the same key.
    pub mentions: Vec<Mention>,
    /// To be written over those of the same id.
    pub cases: Vec<Case>,
    /// By how much they move the figures of the log's templates.
    pub outcomes: Outcomes,
}

/// The whole log, folded.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Fold {
    let mut fold = Fold::default();
    for event in events {
        fold.apply(event);
    }
    fold.settle();
    fold
}

impl Fold {
    /// A fold of a part: everything it needs is looked up first.
    pub fn partial() -> Self {
        Self { loaded: Some(Known::default()), ..Self::default() }
    }

    /// What must be looked up before `events` can be applied. Ask again after loading, until it is empty.
    pub fn needs<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> Needs {
        let mut needs = Needs::default();
        let Some(known) = &self.loaded else { return needs };
        for event in events {
            let Some(body) = event.body() else { continue };
            let mut keys: Vec<&MentionKey> = event.m.iter().collect();
            if let Body::Aliased(alias) = &body {
                keys.push(&alias.to);
            }
            while let Some(key) = keys.pop() {
                match self.mentions.get(key) {
                    Some(mention) => {
                        keys.extend(&mention.joined);
                        needs.cases.extend(mention.cases().cloned());
                    }
                    None => {
                        needs.mentions.insert(key.clone());
                        needs.cases.insert(CaseId::alone(key));
                    }
                }
            }
            match &body {
                Body::Saved(saved) => needs.cases.extend(saved.case.clone()),
                Body::CaseSet(set) => drop(needs.cases.insert(set.case.clone())),
                _ => {}
            }
            if let Some(case) = body.case_of(event.m.as_ref()) {
                needs.cases.insert(case.clone());
                needs.mentions_of.insert(case);
            }
        }
        needs.mentions.retain(|key| !known.mentions.contains(key));
        needs.cases.retain(|id| !known.cases.contains(id));
        needs.mentions_of.retain(|id| !known.mentions_of.contains(id));
        needs
    }

    /// Takes in what was found for `needs`; what is not among the records does not exist.
    pub fn load(
        &mut self,
        needs: Needs,
        mentions: impl IntoIterator<Item = Mention>,
        cases: impl IntoIterator<Item = Case>,
    ) {
        for mention in mentions {
            if self.mentions.get(&mention.key).is_none() {
                self.counted.count(&mention);
            }
            self.mentions.load(mention.key.clone(), mention);
        }
        for case in cases {
            self.cases.load(case.id.clone(), case);
        }
        if let Some(known) = &mut self.loaded {
            known.mentions.extend(needs.mentions);
            known.mentions.extend(self.mentions.keys().cloned());
            known.cases.extend(needs.cases);
            known.mentions_of.extend(needs.mentions_of);
        }
    }

    /// Takes in one event.
    pub fn apply(&mut self, event: &Event) {
        let Some(body) = event.body() else { return };
        self.is_unsettled = true;
        // What is undone may be the mention's or its case's.
        let is_undo = matches!(body, Body::Undone(_));
        match body.case_of(event.m.as_ref()) {
            Some(id) if is_undo => self.cases.edit(id, Case::new).apply_body(event, body.clone()),
            Some(id) => return self.cases.edit(id, Case::new).apply_body(event, body),
            None => {}
        }
        match (body, &event.m) {
            (Body::Aliased(alias), Some(m)) => self.join(m, &alias.to),
            (Body::Setting(_), _) | (_, None) => {}
            (body, Some(m)) => self.mentions.edit(self.resolve(m), Mention::new).apply_body(event, body),
        }
    }

    /// Where a key leads after all joins.
    fn resolve(&self, key: &MentionKey) -> MentionKey {
        let mut key = key;
        // Joins always lead to a smaller key, so this ends whatever a store holds.
        while let Some(next) = self.mentions.get(key).and_then(|m| m.joined.as_ref()).filter(|next| *next < key) {
            key = next;
        }
        key.clone()
    }

    /// Makes two mentions one, under the smallest of their keys; the other records become pointers to it.
    fn join(&mut self, a: &MentionKey, b: &MentionKey) {
        let (a, b) = (self.resolve(a), self.resolve(b));
        if a == b || a.0.is_empty() || b.0.is_empty() {
            return;
        }
        let (stays, goes) = if a < b { (a, b) } else { (b, a) };
        let mut other = std::mem::take(self.mentions.edit(goes.clone(), Mention::new));
        let pointers: Vec<MentionKey> = other.others.iter().cloned().collect();
        self.mentions.edit(stays.clone(), Mention::new).absorb(&mut other);
        *self.mentions.edit(goes, Mention::new) = other;
        for key in pointers {
            let pointer = Mention::pointer(key.clone(), stays.clone());
            *self.mentions.edit(key, Mention::new) = pointer;
        }
    }

    /// Brings every changed record in line with its parts and its case.
    fn settle(&mut self) {
        if !std::mem::take(&mut self.is_unsettled) {
            return;
        }
        let cases = &self.cases;
        self.mentions.touch_changed(|mention| {
            mention.settle();
            mention.show_case(cases.get(&mention.case));
        });
        if cases.is_any_changed() {
            self.mentions.touch_all(|mention, is_changed| {
                let is_stale = !is_changed && cases.is_changed(&mention.case);
                if is_stale {
                    mention.show_case(cases.get(&mention.case));
                }
                is_stale
            });
        }
    }

    /// What changed since the last call, in the order of the keys.
    pub fn take_changes(&mut self) -> Changes {
        self.settle();
        let mut counted = Outcomes::default();
        self.mentions.values().for_each(|mention| counted.count(mention));
        let mut outcomes = counted.clone();
        outcomes.add_all(&std::mem::replace(&mut self.counted, counted), -1);
        Changes { mentions: self.mentions.take_changed(), cases: self.cases.take_changed(), outcomes }
    }

    /// The mention that `key` leads to.
    pub fn mention(&self, key: &MentionKey) -> Option<&Mention> {
        self.mentions.get(&self.resolve(key))
    }

    /// The case of that id, if anything was decided about it.
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.get(id)
    }

    /// Every record, pointers and remains of erased ones too, in no order.
    pub fn records(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.values()
    }

    /// The mentions in the log, newest first.
    pub fn listed(&self) -> Vec<&Mention> {
        let mut all: Vec<&Mention> = self.mentions.values().filter(|mention| mention.is_saved()).collect();
        all.sort_unstable_by(|a, b| (b.saved_at, &a.key).cmp(&(a.saved_at, &b.key)));
        all
    }

    /// What to write for a person's change to the mention `key` or its case; `None` when there is no such mention.
    /// Needs the mention and its case to be loaded, which [`Fold::needs`] of any event about it does.
    pub fn draft(&self, key: &MentionKey, change: Change) -> Option<Draft> {
        let mention = self.mention(key).filter(|mention| !mention.erased)?;
        Some(self.draft_of(&mention.key, &mention.case, Some(mention), change))
    }

    /// The same for a mention that enters the log with it, into `case`, or is there already.
    pub fn draft_with(&self, key: &MentionKey, case: &CaseId, change: Change) -> Draft {
        self.draft(key, change.clone()).unwrap_or_else(|| self.draft_of(key, case, None, change))
    }

    fn draft_of(&self, key: &MentionKey, case: &CaseId, mention: Option<&Mention>, change: Change) -> Draft {
        let record = self.cases.get(case);
        let case = Some(case.clone());
        let heads = |of: fn(&Case) -> Vec<EventId>| record.map(of).unwrap_or_default();
        let (body, seen): (Body, _) = match change {
            Change::Status { status } => (StatusSet { case, status }.into(), heads(|c| c.status.heads(&c.undone))),
            Change::Assignee { user } => (Assigned { case, user }.into(), heads(|c| c.assignee.heads(&c.undone))),
            Change::Department { department } => {
                (Routed { case, department }.into(), heads(|c| c.department.heads(&c.undone)))
            }
            Change::Due { at } => (Due { case, at }.into(), heads(|c| c.due.heads(&c.undone))),
            Change::Priority { priority } => {
                (Prioritised { case, priority }.into(), heads(|c| c.priority.heads(&c.undone)))
            }
            Change::Snooze { until } => (Snoozed { case, until }.into(), heads(|c| c.snooze.heads(&c.undone))),
            Change::Note { text } => (Noted { text }.into(), Vec::new()),
            Change::Elsewhere {} => (Replied { outside: true, ..Replied::default() }.into(), Vec::new()),
            Change::Case { case } => {
                let case = case.unwrap_or_else(|| CaseId::alone(key));
                (CaseSet { case }.into(), mention.map(|m| m.by_hand.heads(&m.undone)).unwrap_or_default())
            }
            Change::Flag { on } => {
                (Flagged { on }.into(), mention.map(|m| m.flags.heads(&m.undone)).unwrap_or_default())
            }
            Change::Moderation { done } => {
                (done.into(), mention.map(|m| m.moderation.heads(&m.undone)).unwrap_or_default())
            }
            Change::Gone { on } => (Gone { on }.into(), mention.map(|m| m.absent.heads(&m.undone)).unwrap_or_default()),
            Change::Tag { tag, on } => {
                let seen = mention.and_then(|m| Some(m.tags.get(&tag)?.heads(&m.undone))).unwrap_or_default();
                (Tagged { tag, on }.into(), seen)
            }
            Change::Look { draft, decision, text } => {
                let looks = mention.map(Mention::looks).unwrap_or_default();
                let look = looks.into_iter().find(|look| look.id == draft);
                let seen = look.into_iter().flat_map(|look| look.said).map(|said| said.id).collect();
                (Reviewed { draft, decision, text }.into(), seen)
            }
        };
        Draft { m: Some(key.clone()), body, seen }
    }
}
