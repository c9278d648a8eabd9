//! The mention: one post in the log, as folded from its events.
//!
//! The record is what IndexedDB keeps: plain fields to index and list by, and the parts they come from, so that any
//! later event can be folded in. Values that belong to the case are copied in for listing; [`Fold`](super::Fold) keeps
//! the copies right.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::body::{Moderated, Saved};
use super::by_id::ById;
use super::case::{Case, Disputed};
use super::look::{self, Look, Said, Step};
use super::register::Register;
use super::{Body, CaseId, Event, EventId, MentionKey, Priority, Status};
use crate::protocol::{MentionRow, Note};
use crate::site::post::{Count, Counts, Post};
use crate::triage::promise::{self, Promise};

/// A mention as folded from its events.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// Identity; of joined mentions the smallest of their keys.
    pub key: MentionKey,
    /// The case it belongs to.
    pub case: CaseId,
    /// Network id.
    pub network: String,
    /// When it entered the log; `None` = not in the log (save taken back, erased, joined, or not here yet).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<i64>,
    /// Who saved it first.
    pub saved_by: String,
    /// The case's status.
    pub status: Status,
    /// The case's assignee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// The case's department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// When the case is due, UTC milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<i64>,
    /// The case's priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Until when the case rests, UTC milliseconds; it may be over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<i64>,
    /// Flagged; kept as 0 or 1, because browsers do not index booleans.
    #[serde(with = "zero_or_one")]
    pub flag: bool,
    /// The case's values on which its team did not agree yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<Disputed>,
    /// Everything was erased; only the keys are left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// This record only points to the one it was joined into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<MentionKey>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) others: BTreeSet<MentionKey>,
    #[serde(skip_serializing_if = "ById::is_empty")]
    saves: ById<Save>,
    #[serde(skip_serializing_if = "ById::is_empty")]
    notes: ById<Note>,
    #[serde(skip_serializing_if = "ById::is_empty")]
    replies: ById<Reply>,
    #[serde(skip_serializing_if = "ById::is_empty")]
    drafts: ById<Step>,
    #[serde(skip_serializing_if = "ById::is_empty")]
    reviews: ById<Step>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) flags: Register<bool>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tags: BTreeMap<String, Register<bool>>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) by_hand: Register<CaseId>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) moderation: Register<Moderated>,
    #[serde(skip_serializing_if = "Register::is_empty")]
    pub(super) absent: Register<bool>,
    seen: SeenCounts,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) undone: BTreeSet<EventId>,
}

/// One saving of the post.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Save {
    by: String,
    at: i64,
    saved: Saved,
}

/// A reply under the post.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// Who replied, or saw the reply.
    pub by: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What was said, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Handle of the account that spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The page showed that it arrived.
    pub confirmed: bool,
    /// Template it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Written outside Rejoinder.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// The reply itself, where it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<MentionKey>,
}

/// The newest observation of each count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct SeenCounts {
    likes: Option<Seen>,
    reposts: Option<Seen>,
    replies: Option<Seen>,
    views: Option<Seen>,
    followers: Option<Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    at: i64,
    count: Count,
}

impl SeenCounts {
    fn see(&mut self, at: i64, counts: &Counts, followers: Option<Count>) {
        newer(&mut self.likes, at, counts.likes);
        newer(&mut self.reposts, at, counts.reposts);
        newer(&mut self.replies, at, counts.replies);
        newer(&mut self.views, at, counts.views);
        newer(&mut self.followers, at, followers);
    }

    fn absorb(&mut self, other: Self) {
        let pairs = [
            (&mut self.likes, other.likes),
            (&mut self.reposts, other.reposts),
            (&mut self.replies, other.replies),
            (&mut self.views, other.views),
            (&mut self.followers, other.followers),
        ];
        for (slot, seen) in pairs {
            if let Some(seen) = seen {
                newer(slot, seen.at, Some(seen.count));
            }
        }
    }
}

/// Of two observations the later; of two at one time the larger, and rather the exact one, so that order does not matter.
fn newer(slot: &mut Option<Seen>, at: i64, count: Option<Count>) {
    let rank = |seen: &Seen| (seen.at, seen.count.value, !seen.count.approximate);
    if let Some(count) = count {
        let seen = Seen { at, count };
        if slot.as_ref().is_none_or(|old| rank(old) < rank(&seen)) {
            *slot = Some(seen);
        }
    }
}

impl Mention {
    /// A mention that nothing happened to.
    pub fn new(key: MentionKey) -> Self {
        Self { case: CaseId::alone(&key), key, ..Self::default() }
    }

    /// The record of a key that was joined into another.
    pub(super) fn pointer(key: MentionKey, to: MentionKey) -> Self {
        Self { key, joined: Some(to), ..Self::default() }
    }

    /// Takes in one event and brings the record up to date; an event that is not about this mention, or about its case,
    /// changes nothing. In any order, any number of times. Joining two records is [`Fold`](super::Fold)'s affair.
    pub fn apply(&mut self, event: &Event) {
        let ours = event.m.as_ref().is_some_and(|m| *m == self.key || self.others.contains(m));
        if let Some(body) = event.body().filter(|_| ours) {
            self.apply_body(event, body);
            self.settle();
        }
    }

    pub(super) fn apply_body(&mut self, event: &Event, body: Body) {
        if self.erased {
            return;
        }
        let (id, at) = (&event.id, event.at());
        let by = || event.by.clone();
        let reply = |text, account, confirmed, known| Reply { by: by(), at, text, account, confirmed, ..known };
        match body {
            Body::Saved(saved) => {
                self.seen.see(at, &saved.post.counts, saved.post.author.followers);
                self.saves.add(id, Save { by: by(), at, saved });
            }
            Body::Noted(note) => self.notes.add(id, Note { by: by(), at, text: note.text }),
            Body::Flagged(flagged) => self.flags.put(event, flagged.on),
            Body::Tagged(tagged) => self.tags.entry(tagged.tag).or_default().put(event, tagged.on),
            Body::Replied(r) => {
                let at = r.published.unwrap_or(at);
                let known = Reply { outside: r.outside, template: r.template, post: r.post, ..Reply::default() };
                self.replies.add(id, Reply { at, ..reply(r.text, r.account, true, known) });
            }
            Body::ReplyUnconfirmed(r) => {
                let known = Reply { template: r.template, ..Reply::default() };
                self.replies.add(id, reply(r.text, r.account, false, known));
            }
            Body::CountsSeen(c) => self.seen.see(c.at, &c.counts, c.followers),
            Body::CaseSet(c) => self.by_hand.put(event, c.case),
            Body::Moderated(m) => self.moderation.put(event, m),
            Body::Gone(gone) => self.absent.put(event, gone.on),
            Body::Drafted(_) => self.drafts.add(id, Step::of(event)),
            Body::Reviewed(_) => self.reviews.add(id, Step::of(event)),
            Body::Undone(undone) => drop(self.undone.insert(undone.event)),
            Body::Erased(_) => self.forget(),
            _ => {}
        }
    }

    /// Forgets everything but the keys.
    fn forget(&mut self) {
        let (key, others) = (std::mem::take(&mut self.key), std::mem::take(&mut self.others));
        *self = Self { key, others, erased: true, ..Self::default() };
    }

    /// Takes in another record of the same mention, which becomes a pointer to this one.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        let pointer = Self::pointer(other.key.clone(), self.key.clone());
        let other = std::mem::replace(other, pointer);
        self.others.insert(other.key);
        self.others.extend(other.others);
        if self.erased || other.erased {
            return self.forget();
        }
        self.saves.absorb(other.saves);
        self.notes.absorb(other.notes);
        self.replies.absorb(other.replies);
        self.drafts.absorb(other.drafts);
        self.reviews.absorb(other.reviews);
        self.flags.absorb(other.flags);
        for (tag, register) in other.tags {
            self.tags.entry(tag).or_default().absorb(register);
        }
        self.by_hand.absorb(other.by_hand);
        self.moderation.absorb(other.moderation);
        self.absent.absorb(other.absent);
        self.seen.absorb(other.seen);
        self.undone.extend(other.undone);
    }

    fn live<'a, T>(&'a self, all: &'a ById<T>) -> impl DoubleEndedIterator<Item = &'a T> {
        all.iter().filter(|(id, _)| !self.undone.contains(*id)).map(|(_, part)| part)
    }

    /// Brings the plain fields in line with the parts; the case's copies are [`Mention::show_case`]'s.
    pub(super) fn settle(&mut self) {
        if self.erased || self.joined.is_some() {
            return;
        }
        let first = self.live(&self.saves).next();
        let (saved_at, saved_by) = (first.map(|save| save.at), first.map(|save| save.by.clone()));
        let shown = self.shown();
        let network = shown.map(|save| save.saved.post.network.clone());
        let by_itself = self.live(&self.saves).next_back().and_then(|save| save.saved.case.clone());
        let by_hand = self.by_hand.newest(&self.undone).map(|set| set.value.clone());
        let flag = self.flags.newest(&self.undone).is_some_and(|set| set.value);
        self.saved_at = saved_at;
        self.saved_by = saved_by.unwrap_or_default();
        self.network = network.unwrap_or_default();
        self.case = by_hand.or(by_itself).unwrap_or_else(|| CaseId::alone(&self.key));
        self.flag = flag;
    }

    /// Copies in what the case says.
    pub(super) fn show_case(&mut self, case: Option<&Case>) {
        let case = case.filter(|_| !self.erased && self.joined.is_none());
        self.status = case.map_or(Status::New, Case::status);
        self.assignee = case.and_then(Case::assignee).map(str::to_owned);
        self.department = case.and_then(Case::department).map(str::to_owned);
        self.due = case.and_then(Case::due);
        self.priority = case.and_then(Case::priority);
        self.snoozed = case.and_then(Case::snoozed);
        self.disputed = case.map(Case::disputed).unwrap_or_default();
    }

    /// Every case this mention may belong to, whatever is undone later.
    pub(super) fn cases(&self) -> impl Iterator<Item = &CaseId> {
        let by_itself = self.saves.values().filter_map(|save| save.saved.case.as_ref());
        by_itself.chain(self.by_hand.values()).chain([&self.case])
    }

    /// The newest save that holds the whole text, else the newest.
    fn shown(&self) -> Option<&Save> {
        let newest_first = || self.live(&self.saves).rev();
        newest_first().find(|save| !save.saved.post.truncated).or_else(|| newest_first().next())
    }

    /// In the log, to be listed.
    pub fn is_saved(&self) -> bool {
        self.saved_at.is_some()
    }

    /// The post as it was saved last; `None` when it is not in the log.
    pub fn post(&self) -> Option<&Post> {
        self.shown().map(|save| &save.saved.post)
    }

    /// Words that were selected when it was saved.
    pub fn selection(&self) -> Option<&str> {
        self.live(&self.saves).rev().find_map(|save| save.saved.selection.as_deref())
    }

    /// The last known counts, and the author's followers.
    pub fn counts(&self) -> (Counts, Option<Count>) {
        let count = |seen: Option<Seen>| seen.map(|seen| seen.count);
        let SeenCounts { likes, reposts, replies, views, followers } = self.seen;
        let counts =
            Counts { likes: count(likes), reposts: count(reposts), replies: count(replies), views: count(views) };
        (counts, count(followers))
    }

    /// Notes, oldest first.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.live(&self.notes)
    }

    /// Replies, oldest first; one that was confirmed later stands once.
    pub fn replies(&self) -> impl DoubleEndedIterator<Item = &Reply> {
        let confirmed = |reply: &Reply| {
            let same = |one: &Reply| one.confirmed && one.text == reply.text && one.account == reply.account;
            self.live(&self.replies).any(|one| one.at >= reply.at && same(one))
        };
        self.live(&self.replies).filter(move |reply| reply.confirmed || !confirmed(reply))
    }

    /// Replies that somebody was asked to look at, oldest first.
    pub fn looks(&self) -> Vec<Look> {
        look::looks(&self.drafts, &self.reviews, &self.undone, || self.replies())
    }

    /// What was done about it on its network.
    pub fn moderated(&self) -> Moderated {
        self.moderation.newest(&self.undone).map(|set| set.value).unwrap_or_default()
    }

    /// The network does not show it any more.
    pub fn is_gone(&self) -> bool {
        self.absent.newest(&self.undone).is_some_and(|set| set.value)
    }

    /// Its tags, in their order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let stands = |register: &Register<bool>| register.newest(&self.undone).is_some_and(|set| set.value);
        self.tags.iter().filter(move |(_, register)| stands(register)).map(|(tag, _)| tag.as_str())
    }

    /// Someone is known to have answered.
    pub fn is_replied(&self) -> bool {
        self.replies().any(|reply| reply.confirmed)
    }

    /// What the brand's last reply promised for a time, while nobody has set when the case is due. `offset`: minutes that local
    /// time is ahead of UTC.
    pub fn promise(&self, offset: i32) -> Option<Promise> {
        let is_open = !matches!(self.status, Status::Resolved | Status::NoAction);
        let last = self.replies().filter(|reply| reply.confirmed).max_by_key(|reply| reply.at);
        let last = last.filter(|reply| !reply.outside && is_open && self.due.is_none())?;
        promise::find(last.text.as_deref()?, last.at, offset)
    }

    /// The mention as pages list it; `None` when it is not in the log. `name` turns a user into the name people know,
    /// `offset` is that of [`Mention::promise`].
    pub fn row(&self, name: impl Fn(&str) -> String, offset: i32) -> Option<MentionRow> {
        let saved_at = self.saved_at?;
        let post = self.post()?;
        let note = |note: &Note| Note { by: name(&note.by), ..note.clone() };
        let disputed = |one: &Disputed| {
            let value = if one.field == "assignee" { name(&one.value) } else { one.value.clone() };
            Disputed { by: name(&one.by), value, ..one.clone() }
        };
        let said = |said: Said| Said { by: name(&said.by), ..said };
        let look = |mut look: Look| {
            look.by = name(&look.by);
            look.draft.reviewer = look.draft.reviewer.as_deref().map(&name);
            look.said = look.said.into_iter().map(said).collect();
            look
        };
        Some(MentionRow {
            key: self.key.clone(),
            case: self.case.clone(),
            network: self.network.clone(),
            permalink: post.permalink.clone(),
            handle: post.author.handle.clone(),
            name: post.author.name.clone(),
            text: post.text.clone(),
            published: post.published.map(|published| published.at),
            saved_at,
            saved_by: name(&self.saved_by),
            status: self.status,
            assignee: self.assignee.as_deref().map(&name),
            department: self.department.clone(),
            notes: self.notes().map(note).collect(),
            replied: self.is_replied(),
            flag: self.flag,
            tags: self.tags().map(str::to_owned).collect(),
            due: self.due,
            priority: self.priority,
            snoozed: self.snoozed,
            promise: self.promise(offset),
            moderated: self.moderated(),
            gone: self.is_gone(),
            disputed: self.disputed.iter().map(disputed).collect(),
            looks: self.looks().into_iter().map(look).collect(),
        })
    }
}

mod zero_or_one {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(on: &bool, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(u8::from(*on))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        Ok(u8::deserialize(deserializer)? != 0)
    }
}
