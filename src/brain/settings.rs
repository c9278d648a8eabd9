//! Settings of the workspace: put, removed, imported; each as an event.

use serde_json::Value;

use super::ask::Ask;
use super::erase::erasing;
use super::io::{Batch, Facts, Moment, Outcome, Reads};
use super::spelling::WORD;
use super::{Brain, Plan, library};
use crate::json;
use crate::log::{Draft, Event};
use crate::protocol::PageMessage;
use crate::site::load;
use crate::template::is_well_formed;
use crate::voice::spelling;
use crate::workspace::Workspace;
use crate::workspace::device::MAX_WORD;

/// Kind of the settings' items that say why somebody does not want to hear a rule, by [`silence`].
pub const SILENCE: &str = "silence";

/// Longest reason, in bytes.
const MAX_REASON: usize = 2_000;

/// The item of this person's reason for not hearing this rule.
pub(super) fn silence(rule: &str, user: &str) -> String {
    format!("{rule} {user}")
}

/// Most events of one file that are folded in one transaction.
const MAX_IMPORT: usize = 200_000;

impl Brain {
    /// Sets or removes an item of the workspace.
    pub(super) fn put(&self, ask: Ask, item: &str, id: String, value: Option<Value>) -> Plan {
        let (item, id) = match (item, id.as_str()) {
            // A whole workspace travels as its fields.
            ("workspace", _) => ("workspace", String::new()),
            ("person", "" | "me") => ("person", self.user().to_owned()),
            ("template" | "pack" | "definition" | "person" | WORD | SILENCE, _) if !id.trim().is_empty() => (item, id),
            _ => return Plan::done(vec![ask.fail("invalid")]),
        };
        if let Some(value) = &value
            && !is_sound(item, &id, value)
        {
            return Plan::done(vec![ask.fail("invalid")]);
        }
        if item == "template" && self.is_locked(&id) {
            return Plan::done(vec![ask.fail("locked")]);
        }
        // Pages send a workspace whole; only what differs is a change, so that two people who edit it both get theirs.
        let value = match value {
            Some(Value::Object(mut fields)) if item == "workspace" => {
                let now = serde_json::to_value(self.library.whole_workspace()).unwrap_or_default();
                fields.retain(|name, value| now.get(name) != Some(value));
                Some(Value::Object(fields))
            }
            value => value,
        };
        let item = item.to_owned();
        let reads = Reads { once: ask.once.clone(), writes: true, ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            if let Some(event) = facts.once {
                return Outcome::now(vec![ask.answer(&PageMessage::Changed { event: event.id })]);
            }
            match brain.settings.draft(&item, &id, value) {
                Some(draft) => brain.commit_setting(&ask, facts, draft, moment),
                // It is so already.
                None => Outcome::now(vec![ask.answer(&PageMessage::Done {})]),
            }
        })
    }

    /// Sets or removes many templates in one transaction, each by an event of its own; all or none.
    pub(super) fn put_templates(&self, ask: Ask, items: Vec<(String, Value)>) -> Plan {
        let sound = |(id, value): &(String, Value)| {
            !id.trim().is_empty() && (value.is_null() || is_sound("template", id, value))
        };
        if !items.iter().all(sound) {
            return Plan::done(vec![ask.fail("invalid")]);
        }
        if items.iter().any(|(id, _)| self.is_locked(id)) {
            return Plan::done(vec![ask.fail("locked")]);
        }
        let reads = Reads { once: ask.once.clone(), writes: true, ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            if facts.once.is_some() {
                return Outcome::now(vec![ask.answer(&PageMessage::Done {})]);
            }
            let mut settings = brain.settings.clone();
            let mut events = Vec::new();
            for (id, value) in items {
                let Some(draft) = settings.draft("template", &id, Some(value).filter(|value| !value.is_null())) else {
                    continue;
                };
                // The first one says that this change was made.
                let once = ask.once.clone().filter(|_| events.is_empty());
                let event = brain.event(draft, once, moment);
                settings.apply(&event);
                events.push(event);
            }
            Outcome {
                then: vec![ask.answer(&PageMessage::Done {})],
                batch: Some(Batch { events, settings: Some(settings), last: brain.clock.last(), ..Batch::default() }),
                failed: vec![ask.fail("storage")],
                ..Outcome::default()
            }
        })
    }

    /// Somebody else keeps the template and has locked it.
    fn is_locked(&self, id: &str) -> bool {
        let stored = self.settings.item("template", id).and_then(|value| library::template(id, value));
        stored.is_some_and(|one| one.locked && one.owner.is_some_and(|owner| !self.is_me(&owner)))
    }

    /// Writes an event about settings.
    pub(super) fn commit_setting(&mut self, ask: &Ask, facts: Facts, draft: Draft, moment: &Moment) -> Outcome {
        if let Some(event) = facts.once {
            return Outcome::now(vec![ask.answer(&PageMessage::Changed { event: event.id })]);
        }
        let event = self.event(draft, ask.once.clone(), moment);
        let mut settings = self.settings.clone();
        settings.apply(&event);
        Outcome {
            then: vec![ask.answer(&PageMessage::Changed { event: event.id.clone() })],
            batch: Some(Batch {
                events: vec![event],
                settings: Some(settings),
                last: self.clock.last(),
                ..Batch::default()
            }),
            failed: vec![ask.fail("storage")],
            ..Outcome::default()
        }
    }

    /// Takes in events from a file. What is known already changes nothing; a line that is no event is reported.
    pub(super) fn import(&self, ask: Ask, jsonl: &str) -> Plan {
        let mut problems = Vec::new();
        let mut incoming: Vec<Event> = Vec::new();
        for (line, text) in (1..).zip(jsonl.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            match Event::from_text(text) {
                Ok(event) if incoming.len() < MAX_IMPORT => incoming.push(event),
                Ok(_) => problems.push(format!("{line}: …")),
                Err(error) => problems.push(format!("{line}: {error}")),
            }
        }
        let device = erasing(&incoming).next().is_some();
        let reads = Reads { incoming: incoming.clone(), writes: true, device, ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, mut facts, moment| {
            let mut new: Vec<Event> = Vec::new();
            let mut met = std::mem::take(&mut facts.known);
            let all = incoming.len();
            for event in incoming {
                if met.insert(event.id.clone()) {
                    new.push(event);
                }
            }
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let imported = PageMessage::Imported { added: count(new.len()), known: count(all - new.len()), problems };
            let device = brain.forgetting(&facts.fold, erasing(&new));
            let batch = brain.taken(&new, facts, moment);
            Outcome {
                device,
                then: vec![ask.answer(&imported)],
                batch: Some(Batch { events: new, ..batch }),
                failed: vec![ask.fail("storage")],
                ..Outcome::default()
            }
        })
    }
}

/// An item that could be used: nothing is kept that would only fail later.
fn is_sound(item: &str, id: &str, value: &Value) -> bool {
    match item {
        "workspace" => value.is_object() && json::of::<Workspace>(value).is_some(),
        "template" => library::template(id, value)
            .is_some_and(|template| !template.title.trim().is_empty() && is_well_formed(&template.body)),
        "pack" => library::pack(id, value).is_some(),
        "definition" => library::definition(value).is_some_and(|one| one.id == id && load::faults(&one).is_empty()),
        WORD => value.as_bool() == Some(true) && spelling::entry(id) == id && id.len() <= MAX_WORD,
        SILENCE => value.as_str().is_some_and(|reason| !reason.trim().is_empty() && reason.len() <= MAX_REASON),
        "person" => value.get("name").and_then(Value::as_str).is_some_and(|name| !name.trim().is_empty()),
        _ => false,
    }
}
