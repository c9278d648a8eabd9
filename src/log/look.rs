//! Asking for a look: replies that wait at their mention for a colleague, and what was decided about them.
//!
//! A later draft of the same person takes the place of the earlier one. Of the decisions on a draft those stand that no
//! other has seen, so that two people who decide at the same time are both shown. A draft is closed when it was
//! withdrawn, replaced or sent. Who may decide what is the brain's affair.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::{Decision, Drafted, Reviewed};
use super::by_id::ById;
use super::mention::Reply;
use super::{Event, EventId};
use crate::json;

/// A draft, or a decision on one, as its event has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Step {
    by: String,
    at: i64,
    v: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    seen: Vec<EventId>,
}

impl Step {
    pub fn of(event: &Event) -> Self {
        Self { by: event.by.clone(), at: event.at(), v: event.v.clone(), seen: event.seen.clone() }
    }
}

/// A draft with everything that was decided about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The draft's event.
    pub id: EventId,
    /// Who wrote it.
    pub by: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What is asked, of whom.
    pub draft: Drafted,
    /// How far it has come.
    pub stage: Stage,
    /// What was decided, oldest first.
    pub said: Vec<Said>,
}

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has decided yet.
    Waiting,
    /// Somebody has; its author goes on.
    Decided,
    /// Withdrawn, replaced or sent.
    Closed,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Its event.
    pub id: EventId,
    /// Who decided.
    pub by: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What.
    pub decision: Decision,
    /// The changed text, or the comment.
    pub text: String,
    /// No other decision was made in its knowledge.
    pub stands: bool,
}

/// Every draft that was not taken back, oldest first, with the decisions on it.
pub(super) fn looks<'r, R: Iterator<Item = &'r Reply>>(
    drafts: &ById<Step>,
    reviews: &ById<Step>,
    undone: &BTreeSet<EventId>,
    replies: impl Fn() -> R,
) -> Vec<Look> {
    let mut all: Vec<Look> = Vec::new();
    for (id, step) in drafts.iter().filter(|(id, _)| !undone.contains(*id)) {
        let Some(draft) = json::of(&step.v) else { continue };
        let said = said(reviews, id, undone);
        let mut look = Look { id: id.clone(), by: step.by.clone(), at: step.at, draft, stage: Stage::Waiting, said };
        if look.standing().next().is_some() {
            look.stage = Stage::Decided;
        }
        let is_withdrawn = look.standing().any(|said| said.decision == Decision::Withdrawn);
        if is_withdrawn || replies().any(|reply| look.is_sent_with(reply)) {
            look.stage = Stage::Closed;
        }
        for earlier in all.iter_mut().filter(|earlier| earlier.by == look.by) {
            earlier.stage = Stage::Closed;
        }
        all.push(look);
    }
    all
}

fn said(reviews: &ById<Step>, draft: &EventId, undone: &BTreeSet<EventId>) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    let mut seen: Vec<&EventId> = Vec::new();
    for (id, step) in reviews.iter().filter(|(id, _)| !undone.contains(*id)) {
        let Some(review) = json::of::<Reviewed>(&step.v).filter(|review| review.draft == *draft) else { continue };
        seen.extend(&step.seen);
        let Reviewed { decision, text, .. } = review;
        all.push(Said { id: id.clone(), by: step.by.clone(), at: step.at, decision, text, stands: true });
    }
    for said in &mut all {
        said.stands = !seen.contains(&&said.id);
    }
    all
}

impl Look {
    /// Still of interest to somebody.
    pub fn is_open(&self) -> bool {
        self.stage != Stage::Closed
    }

    /// It waits for a look of this person, who goes by these names.
    pub fn waits_for(&self, me: &[String]) -> bool {
        let asked = self.draft.reviewer.as_ref().is_none_or(|reviewer| me.contains(reviewer));
        self.stage == Stage::Waiting && !self.draft.kept && asked && !me.contains(&self.by)
    }

    /// The decisions that stand, oldest first.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.said.iter().filter(|said| said.stands)
    }

    /// The texts that were approved, and by whom; the newest last.
    pub fn approvals(&self) -> impl DoubleEndedIterator<Item = (&Said, &str)> {
        self.standing().filter_map(|said| match said.decision {
            Decision::Approved => Some((said, self.draft.text.as_str())),
            Decision::Changed => Some((said, said.text.as_str())),
            Decision::Commented | Decision::Withdrawn => None,
        })
    }

    /// These very words were approved.
    pub fn approves(&self, text: &str) -> bool {
        self.approvals().any(|(_, approved)| is_same(approved, text))
    }

    /// The words of the draft, or of the change to it, with this event.
    pub fn text_of(&self, event: &EventId) -> Option<&str> {
        let changed = self.said.iter().find(|said| said.id == *event && said.decision == Decision::Changed);
        changed.map(|said| said.text.as_str()).or((self.id == *event).then_some(self.draft.text.as_str()))
    }

    /// A reply settles a draft with its words, and any reply the draft that was approved before it. What a person kept
    /// for later is settled by whatever they said then.
    fn is_sent_with(&self, reply: &Reply) -> bool {
        let approved = self.approvals().any(|(said, _)| reply.at >= said.at);
        let kept = self.draft.kept && reply.by == self.by;
        let says = |text: &String| one_spaced(text).ends_with(&one_spaced(&self.draft.text));
        reply.confirmed && reply.at >= self.at && (approved || kept || reply.text.as_ref().is_some_and(says))
    }
}

/// The same words, whatever editors do with white space.
pub fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn one_spaced(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
