//! A log that is shared: what comes from the team's server goes into it, and who somebody is there.
//!
//! The rounds themselves run beside the brain ([`crate::sync`]); what they bring is decided here like any other change, so
//! that it lasts with its folded records in one transaction, and everybody who shows it hears of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ask::Ask;
use super::erase::erasing;
use super::io::{Batch, Effect, Facts, Happening, Input, Moment, Outcome, Reads};
use super::{Brain, Plan};
use crate::json;
use crate::log::Event;
use crate::protocol::{Failure, PageMessage, SyncState};
use crate::sync::Fault;
use crate::workspace::device::SAMPLE;
use crate::workspace::team::{self, Team};

impl Brain {
    /// Where the workspace in use is shared.
    pub fn team(&self) -> Option<&Team> {
        self.device.teams.get(&self.workspace_id)
    }

    /// Who this person is in the log of the workspace in use.
    pub(super) fn user(&self) -> &str {
        self.team().map_or(&self.device.user, |team| &team.user)
    }

    /// This person, also as they were called before they joined a team.
    pub(super) fn is_me(&self, user: &str) -> bool {
        user == self.user() || user == self.device.user
    }

    /// Shares the workspace in use with a team, or no longer. The sample brand is nobody's.
    pub(super) fn set_team(&self, ask: Ask, team: Option<Team>) -> Plan {
        if self.workspace_id == SAMPLE {
            return Plan::done(vec![ask.fail("invalid")]);
        }
        let workspace = self.workspace_id.clone();
        Plan::read(
            &ask.clone(),
            Reads { device: true, writes: true, ..Reads::default() },
            move |brain, facts, moment| {
                let mut device = brain.device.clone();
                let known = match &team {
                    Some(team) => device.teams.insert(workspace.clone(), team.clone()),
                    None => device.teams.remove(&workspace),
                };
                let is_other = known.as_ref().map(|known| (&known.url, &known.database))
                    != team.as_ref().map(|team| (&team.url, &team.database));
                brain.sync = SyncState::default();
                // Their name goes with them, for what they did before and what they will do.
                let name = brain.settings.name(brain.user());
                let is_named = name != brain.user();
                let people = team.iter().flat_map(|team| [team.user.clone(), brain.device.user.clone()]);
                let person = serde_json::json!({ "name": name });
                let drafts: Vec<_> = people
                    .filter(|_| is_named)
                    .filter_map(|user| brain.settings.draft("person", &user, Some(person.clone())))
                    .collect();
                let events: Vec<Event> = drafts.into_iter().map(|draft| brain.event(draft, None, moment)).collect();
                let done = vec![ask.answer(&PageMessage::Done {}), Effect::Share(true)];
                let batch = brain.taken(&events, facts, moment);
                Outcome {
                    // Of another server nothing is known yet.
                    batch: Some(Batch { events, forget_server: is_other, ..batch }),
                    device: Some(device),
                    then: done,
                    failed: vec![ask.fail("storage")],
                    ..Outcome::default()
                }
            },
        )
    }

    /// What came from the server, or became of what was sent there.
    pub(super) fn travelled(&self, what: Value) -> Plan {
        let received = what["received"].as_array().into_iter().flatten();
        let received: Vec<Event> = received.filter_map(json::of).filter(Event::is_intact).collect();
        // A template that comes meets what is stored of it: without that it would take its place.
        let templates = !self.settings.is_whole();
        let device = erasing(&received).next().is_some();
        let reads = Reads { incoming: received.clone(), writes: true, templates, device, ..Reads::default() };
        Plan {
            port: None,
            reads,
            refused: Vec::new(),
            decide: Box::new(move |brain, mut facts, moment| {
                brain.complete(&facts);
                let mut met: BTreeSet<_> = std::mem::take(&mut facts.known);
                let new: Vec<Event> = received.into_iter().filter(|event| met.insert(event.id.clone())).collect();
                let device = brain.forgetting(&facts.fold, erasing(&new));
                let batch = brain.taken(&new, facts, moment);
                let batch = Batch { events: new, travel: Some(what), ..batch };
                Outcome { batch: Some(batch), device, ..Outcome::default() }
            }),
        }
    }

    /// The records as they are with these events, which the log does not hold yet.
    pub(super) fn taken(&mut self, events: &[Event], mut facts: Facts, moment: &Moment) -> Batch {
        let mut settings = self.settings.clone();
        let mut is_set = false;
        for event in events {
            self.clock.see(event.hlc, moment.now);
            is_set |= settings.apply(event);
            facts.fold.apply(event);
        }
        let changes = facts.fold.take_changes();
        Batch {
            outcomes: self.outcomes.moved(&changes.outcomes),
            changes,
            settings: is_set.then_some(settings),
            last: self.clock.last(),
            ..Batch::default()
        }
    }

    /// How the sharing goes; pages that show it hear of it.
    pub(super) fn synced(&mut self, running: bool, at: i64, fault: Option<&Value>) -> Vec<Effect> {
        self.sync.running = running;
        if !running {
            self.sync.fault = fault.and_then(Fault::from_value).map(|fault| self.failure(&fault));
            if self.sync.fault.is_none() {
                self.sync.contact = Some(at);
            }
        }
        self.tell_pages(&PageMessage::StateChanged {})
    }

    /// This person was removed from the team of the workspace in use; another one may have been in use when the round began.
    pub(super) fn is_expelled(&self, fault: &Value) -> bool {
        fault["code"] == "removed" && fault["workspace"] == self.workspace_id.as_str() && self.team().is_some()
    }

    /// The server says that this person is no longer of the team. Its log goes from this device, but for what was not sent.
    pub(super) fn expelled(&mut self, at: i64, fault: &Value) -> Plan {
        let told = self.synced(false, at, Some(fault));
        let reads = Reads { device: true, ..Reads::default() };
        let decide = move |brain: &mut Self, _: Facts, _: &Moment| {
            let (mut device, workspace) = (brain.device.clone(), brain.workspace_id.clone());
            if let Some(team) = device.teams.get_mut(&workspace) {
                team.removed = true;
            }
            let then = [told, vec![Effect::Wipe(workspace)]].concat();
            Outcome { device: Some(device), then, ..Outcome::default() }
        };
        Plan { port: None, reads, refused: Vec::new(), decide: Box::new(decide) }
    }

    /// What to take in again when this person was removed from the team of the workspace in use: the background may have
    /// died before its copy was emptied.
    pub fn expelled_before(&self, now: i64) -> Option<Input> {
        self.team().filter(|team| team.removed)?;
        let fault = serde_json::json!({ "code": "removed", "workspace": self.workspace_id });
        Some(Input::Happened(Happening::Synced { running: false, at: now, fault: Some(fault) }))
    }

    /// The log that is to be shared, for the module that does it, as JSON; empty = none is.
    pub fn line(&self) -> String {
        let team = self.team().filter(|team| !team.removed);
        team.map_or_else(String::new, |Team { url, database, user, .. }| {
            serde_json::json!({
                "workspace": self.workspace_id, "device": self.device.device,
                "url": url, "database": database, "user": user,
            })
            .to_string()
        })
    }

    /// What went wrong and what to do.
    fn failure(&self, fault: &Fault) -> Failure {
        let (code, msg) = team::told(fault, self.user());
        Failure { code: code.to_owned(), text: self.words().say(&msg) }
    }
}
