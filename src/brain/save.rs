//! Changes to the log, whoever asks for them: save, undo, a change to a case, a reply that went out.
//!
//! Every change is the same: read what is there, write events with their folded records in one transaction, answer.
//! A change whose key is in the log already was made before its answer got lost: it is answered again and nothing
//! is written.

use std::collections::BTreeSet;

use super::ask::Ask;
use super::io::{Batch, Effect, Facts, Moment, Outcome, Reads};
use super::marks::Row;
use super::{Brain, Plan, tell};
use crate::log::body::{Overrode, Replied, ReplyUnconfirmed};
use crate::log::key::IdScope;
use crate::log::{CaseId, Draft, Event, EventId, Mention, MentionKey};
use crate::ordered::ordered;
use crate::protocol::{AgentAnswer, AgentPush, Change, PageMessage, PostView};
use crate::site::post::Post;
use crate::template::Actions;
use crate::workspace::AccountKind;

/// A post that was read, with its identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    pub post: Post,
    pub key: MentionKey,
    pub case: CaseId,
    pub scope: IdScope,
}

impl Read {
    /// `None` for a post without an identity.
    pub fn new(post: Post, scope: IdScope) -> Option<Self> {
        let key = MentionKey::of(&post, scope)?;
        let case = CaseId::of(&post, &key, scope);
        Some(Self { post, key, case, scope })
    }
}

/// A reply on its way into the log.
#[derive(Debug)]
pub struct Sending {
    /// The post it answers.
    pub target: Read,
    pub reply: Replied,
    /// The page showed that it arrived.
    pub confirmed: bool,
    /// The post enters the log with it.
    pub must_save: bool,
    /// What its template does with the case.
    pub actions: Actions,
}

/// The changes that a template's actions stand for.
fn changes(actions: Actions, now: i64) -> Vec<Change> {
    let Actions { tags, status, assignee, department, due_hours } = actions;
    let due = due_hours.map(|hours| now + i64::from(hours) * 3_600_000);
    let tags = tags.into_iter().map(|tag| Change::Tag { tag, on: true });
    let others = [
        status.map(|status| Change::Status { status }),
        assignee.map(|user| Change::Assignee { user: Some(user) }),
        department.map(|department| Change::Department { department: Some(department) }),
        due.map(|at| Change::Due { at: Some(at) }),
    ];
    tags.chain(others.into_iter().flatten()).collect()
}

/// What answers a change: given the event and the mention as it is then.
type Answer = Box<dyn FnOnce(&Brain, &EventId, Option<&Mention>, &Moment) -> Vec<Effect>>;

/// Whether the document that asked hears of its change as others do, besides its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    Yes,
    No,
}

impl Brain {
    /// Reads for a change to mentions.
    pub(super) fn change_reads(ask: &Ask, mentions: Vec<MentionKey>, cases: Vec<CaseId>) -> Reads {
        Reads { mentions, cases, once: ask.once.clone(), writes: true, ..Reads::default() }
    }

    /// Saves a post; `answer` says what its asker hears.
    pub(super) fn save(ask: Ask, read: Read, via: String, selection: Option<String>, answer: Answer) -> Plan {
        let reads = Self::change_reads(&ask, vec![read.key.clone()], vec![read.case.clone()]);
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            if facts.fold.mention(&read.key).is_some_and(|mention| mention.erased) {
                return Outcome::now(vec![ask.fail("erased")]);
            }
            match Draft::save(&read.post, read.scope, &via, selection) {
                Some(draft) => brain.commit(&ask, facts, vec![draft], moment, (Echo::No, answer)),
                None => Outcome::now(vec![ask.fail("invalid")]),
            }
        })
    }

    /// Takes an event back.
    pub(super) fn undo(ask: Ask, event: EventId, answer: Answer) -> Plan {
        let reads = Reads { events: vec![event.clone()], ..Self::change_reads(&ask, Vec::new(), Vec::new()) };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            match facts.events.get(&event).and_then(Draft::undo) {
                Some(draft) if draft.m.is_some() => brain.commit(&ask, facts, vec![draft], moment, (Echo::Yes, answer)),
                Some(draft) => brain.commit_setting(&ask, facts, draft, moment),
                None => Outcome::now(vec![ask.fail("not_found")]),
            }
        })
    }

    /// Changes a mention or its case.
    pub(super) fn change(ask: Ask, key: MentionKey, change: Change, answer: Answer) -> Plan {
        if matches!(&change, Change::Note { text } if text.trim().is_empty()) {
            return Plan::done(vec![ask.fail("invalid")]);
        }
        // What was decided about the case that it goes into holds for it from then on.
        let into = match &change {
            Change::Case { case } => case.iter().cloned().collect(),
            _ => Vec::new(),
        };
        let reads = Self::change_reads(&ask, vec![key.clone()], into);
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| match facts.fold.draft(&key, change) {
            Some(draft) if !brain.may_decide(facts.fold.mention(&key), &draft.body) => {
                Outcome::now(vec![ask.fail("not_allowed")])
            }
            Some(draft) => brain.commit(&ask, facts, vec![draft], moment, (Echo::Yes, answer)),
            None => Outcome::now(vec![ask.fail("not_found")]),
        })
    }

    /// Something was sent. The post it answers enters the log when it must; else only what is in the log is told. Who
    /// sent is remembered on this device alone.
    pub(super) fn replied(
        ask: Ask,
        sending: Option<Sending>,
        overrode: Option<Overrode>,
        acted: Option<(String, String, Option<AccountKind>)>,
    ) -> Plan {
        let (keys, cases) = sending.iter().map(|one| (one.target.key.clone(), one.target.case.clone())).unzip();
        let reads = Reads { device: true, ..Self::change_reads(&ask, keys, cases) };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let done = vec![ask.answer(&AgentAnswer::Done {})];
            let mut drafts = Vec::new();
            let mut about = None;
            if let Some(Sending { target, reply, confirmed, must_save, actions }) = sending {
                let saved = facts.fold.mention(&target.key).is_some_and(Mention::is_saved);
                if saved || must_save {
                    drafts.extend(Draft::save(&target.post, target.scope, "reply", None).filter(|_| !saved));
                    let Replied { text, account, template, unchecked, .. } = reply.clone();
                    drafts.push(if confirmed {
                        Draft::about(&target.key, reply)
                    } else {
                        Draft::about(&target.key, ReplyUnconfirmed { text, account, template, unchecked })
                    });
                    // What may not have arrived settles nothing.
                    let changes = changes(actions, moment.now).into_iter().filter(|_| confirmed);
                    drafts.extend(changes.map(|change| facts.fold.draft_with(&target.key, &target.case, change)));
                    about = Some(target.key);
                }
            }
            drafts.extend(overrode.map(|overrode| Draft { m: about, body: overrode.into(), seen: Vec::new() }));
            let mut device = brain.device.clone();
            let device = acted
                .is_some_and(|(network, handle, kind)| device.act(&network, &handle, kind, moment.now))
                .then_some(device);
            let mut done = done;
            // What the gate thinks of the next one may have changed with that.
            done.extend(device.iter().map(|_| tell(ask.port, &AgentPush::Recheck {})));
            if drafts.is_empty() {
                return Outcome { device, then: done, failed: vec![ask.fail("storage")], ..Outcome::default() };
            }
            let answer = Box::new(move |_: &Self, _: &EventId, _: Option<&Mention>, _: &Moment| done);
            Outcome { device, ..brain.commit(&ask, facts, drafts, moment, (Echo::Yes, answer)) }
        })
    }

    /// Turns drafts into events and what they change; `answer` is for the first of them.
    pub(super) fn commit(
        &mut self,
        ask: &Ask,
        mut facts: Facts,
        drafts: Vec<Draft>,
        moment: &Moment,
        (echo, answer): (Echo, Answer),
    ) -> Outcome {
        if let Some(event) = facts.once {
            let mention = event.m.as_ref().and_then(|key| facts.fold.mention(key)).filter(|mention| mention.is_saved());
            return Outcome::now(answer(self, &event.id, mention, moment));
        }
        let mut once = ask.once.clone();
        let events: Vec<Event> = drafts.into_iter().map(|draft| self.event(draft, once.take(), moment)).collect();
        for event in &events {
            facts.fold.apply(event);
        }
        let changes = facts.fold.take_changes();
        let Some(first) = events.first() else { return Outcome::now(vec![ask.fail("invalid")]) };
        let mention = first.m.as_ref().and_then(|key| facts.fold.mention(key)).filter(|mention| mention.is_saved());
        let then = answer(self, &first.id, mention, moment);
        Outcome {
            batch: Some(Batch {
                outcomes: self.outcomes.moved(&changes.outcomes),
                events,
                changes,
                settings: None,
                last: self.clock.last(),
                ..Batch::default()
            }),
            then,
            failed: vec![ask.fail("storage")],
            quiet: (echo == Echo::No).then_some(ask.port),
            ..Outcome::default()
        }
    }

    /// An event for a draft, stamped now.
    pub(super) fn event(&mut self, draft: Draft, once: Option<String>, moment: &Moment) -> Event {
        Event::new(draft, &self.actor(), self.clock.tick(moment.now), once)
    }

    /// Rows, cards and lists that show these mentions are drawn anew, but not at `except`, which heard it in its answer.
    pub(super) fn tell_changed(&mut self, mentions: &[Mention], except: Option<u32>, moment: &Moment) -> Vec<Effect> {
        let keys: BTreeSet<&MentionKey> = ordered(mentions.iter().map(|mention| &mention.key));
        let mut effects = self.refresh_cards(mentions, moment);
        for (port, doc) in &self.docs {
            let views: Vec<PostView> = doc
                .showing(&keys)
                .map(|(local, seen)| {
                    let mention = mentions.iter().find(|mention| mention.key == seen.key && mention.is_saved());
                    self.row(*port, local, &seen.post, &seen.key, mention, moment)
                })
                .collect();
            if !views.is_empty() && Some(*port) != except {
                effects.push(tell(*port, &AgentPush::Views { posts: views }));
            }
        }
        effects.extend(self.tell_composers(mentions));
        effects.extend(self.tell_pages(&PageMessage::LogChanged {}));
        effects
    }

    /// A post's row, in the document of that agent.
    pub(super) fn row(
        &self,
        agent: u32,
        local: u32,
        post: &Post,
        key: &MentionKey,
        mention: Option<&Mention>,
        moment: &Moment,
    ) -> PostView {
        let label = self.authors.label(post, &self.library.workspace);
        let outside = self.outside.of(key);
        let replying = self.replying(key, moment.now);
        let (watch, settings) = (&self.library.watch, &self.settings);
        let only = self.docs.get(&agent).map_or("", |doc| &doc.features.only);
        let row = Row { local, post, watch, label, mention, outside, replying, settings, only };
        PostView { key: Some(key.clone()), ..row.view(self.words(), moment) }
    }
}
