//! Templates reached without looking: `;trigger` and Tab in a composer, and the star that puts one in front.
//!
//! The page agent decides at Tab by itself, from the triggers that came with the last check of the text; what the
//! template says, and whether it can go in at all, is decided here.

use super::ask::Ask;
use super::doc::Shown;
use super::io::{Effect, Moment, Outcome, Reads};
use super::overlay::{done, show_at};
use super::picker::{InComposer, Picker, Pressed};
use super::ports::Port;
use super::{Brain, Plan};
use crate::protocol::{OverlayStep, TypedWords};

/// As many triggers as are told for one text.
const MAX_TRIGGERS: usize = 50;

impl Brain {
    /// Triggers that a word behind a `;` in `text` begins.
    pub(super) fn triggers(&self, agent: Port, text: &str) -> Vec<String> {
        let is_on = self.docs.get(&agent).is_some_and(|doc| doc.features.picker);
        let words =
            || text.split_whitespace().filter_map(|word| word.strip_prefix(';')).filter(|word| !word.is_empty());
        // Most texts have none, and need no library.
        if !is_on || words().next().is_none() {
            return Vec::new();
        }
        let templates = self.library.templates().iter().filter(|one| self.library.offers(one));
        let triggers = templates.filter_map(|one| one.trigger.as_ref());
        triggers.filter(|one| words().any(|word| one.starts_with(word))).take(MAX_TRIGGERS).cloned().collect()
    }

    /// Puts the template of a trigger in, asks for its fields, or shows in the picker why it cannot go in.
    pub(super) fn expand(&mut self, ask: &Ask, composer: u32, words: TypedWords, moment: &Moment) -> Vec<Effect> {
        let Some(doc) = self.docs.get(&ask.port).filter(|doc| doc.composers.contains_key(&composer)) else {
            return vec![ask.fail("restarted")];
        };
        let to = self.answering(doc, composer);
        let trigger = words.text.clone();
        let mut picker = Picker::open(composer, moment).typed(words, InComposer::Stays);
        picker.search(&self.library, &self.device, &self.outcomes, &to, moment.now);
        let pressed = picker.expand(&trigger, &self.library, &to);
        if let Some(doc) = self.docs.get_mut(&ask.port) {
            doc.shown = pressed.as_ref().map_or(Shown::Nothing, |_| Shown::Picker(picker));
        }
        let step = match pressed {
            None => OverlayStep::Stay {},
            Some(Pressed::Stay) => show_at("search", composer, false),
            Some(pressed) => done(composer, pressed).unwrap_or(OverlayStep::Stay {}),
        };
        self.finish(ask.port, &step);
        [vec![self.step(ask, step, Some(moment))], self.show(ask.port), self.restore(ask.port, moment)].concat()
    }

    /// Stars an entry of the picker, or the chosen one, or takes its star away; `then` is the answer.
    pub(super) fn star(&self, ask: &Ask, agent: Port, index: Option<usize>, then: Vec<Effect>) -> Plan {
        let shown = self.docs.get(&agent).map(|doc| &doc.shown);
        let Some(Shown::Picker(picker)) = shown else { return Plan::done(then) };
        let Some(id) = picker.id(index, &self.library).map(str::to_owned) else { return Plan::done(then) };
        let failed = vec![ask.fail("storage")];
        Plan::read(ask, Reads { device: true, ..Reads::default() }, move |brain, _, _| {
            let mut device = brain.device.clone();
            device.star(&id);
            Outcome { device: Some(device), then, failed, ..Outcome::default() }
        })
    }

    /// Draws every open picker anew.
    pub(super) fn show_pickers(&self) -> Vec<Effect> {
        let open = self.docs.iter().filter(|(_, doc)| matches!(doc.shown, Shown::Picker(_)));
        open.flat_map(|(port, _)| self.show(*port)).collect()
    }
}
