//! Mentions are erased: by a person here, or by somebody whose events come in.
//!
//! What the log forgets, this device forgets too. Left out: finding what is to be erased ([`crate::log::erase`]), who of a
//! team may do it (its server sees to that).

use super::ask::Ask;
use super::io::{Moment, Outcome, Reads};
use super::language::author_key;
use super::save::Echo;
use super::{Brain, Plan};
use crate::log::body::Erased;
use crate::log::{Draft, Event, EventId, Fold, Mention, MentionKey};
use crate::protocol::PageMessage;
use crate::workspace::device::Device;

impl Brain {
    /// Erases these mentions, all or none; what is not in the log, or is erased, stays as it is.
    pub(super) fn erase(ask: Ask, keys: Vec<MentionKey>) -> Plan {
        let reads = Reads { device: true, ..Self::change_reads(&ask, keys.clone(), Vec::new()) };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let known = |key: &&MentionKey| facts.fold.mention(key).is_some_and(|mention| !mention.erased);
            let drafts: Vec<Draft> = keys.iter().filter(known).map(|key| Draft::about(key, Erased {})).collect();
            let done = vec![ask.answer(&PageMessage::Done {})];
            if drafts.is_empty() {
                return Outcome::now(done);
            }
            let device = brain.forgetting(&facts.fold, drafts.iter().filter_map(|draft| draft.m.as_ref()));
            let answer = Box::new(move |_: &Self, _: &EventId, _: Option<&Mention>, _: &Moment| done);
            Outcome { device, ..brain.commit(&ask, facts, drafts, moment, (Echo::Yes, answer)) }
        })
    }

    /// The device's settings without what they keep of the authors of mentions that are about to be erased; `None` when
    /// they keep nothing of them.
    pub(super) fn forgetting<'m>(&self, fold: &Fold, keys: impl Iterator<Item = &'m MentionKey>) -> Option<Device> {
        let mut device = self.device.clone();
        for key in keys {
            let post = fold.mention(key).and_then(Mention::post);
            if let Some(author) = post.and_then(|post| author_key(&post.author, &post.network)) {
                device.forget_author(&author);
            }
        }
        (device != self.device).then_some(device)
    }
}

/// The mentions that events erase.
pub(super) fn erasing(events: &[Event]) -> impl Iterator<Item = &MentionKey> {
    events.iter().filter(|event| event.t == "erased").filter_map(|event| event.m.as_ref())
}
