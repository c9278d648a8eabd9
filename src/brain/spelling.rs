//! Spelling at a composer: what the speller is asked, its answer among the findings, suggestions once a card is open, and
//! the dictionaries of the person and the brand.
//!
//! The speller stands apart and comes late. Nothing waits for it: a check that it is not there for is answered without
//! spelling, and when it has come the open documents check again.

use std::fmt;

use super::ask::Ask;
use super::doc::{Composing, Shown};
use super::io::{Effect, Moment, Outcome, Reads};
use super::library::Library;
use super::overlay::{after, before, worst};
use super::ports::Port;
use super::{Brain, Plan, tell};
use crate::json;
use crate::protocol::{AgentPush, OverlayAsk, OverlayStep};
use crate::voice::spelling::{Asked, RULE, add};
use crate::voice::{Finding, spelling};
use crate::workspace::device::Device;

/// Kind of the settings' items that are words of the brand's dictionary, by the word.
pub const WORD: &str = "word";

/// Whoever looks words up. What is asked and answered is JSON: it runs in a module of its own.
pub trait Speller: fmt::Debug {
    /// The unknown words of an [`Asked`]; `None` when it is not there yet, and `Happening::Spelling` follows.
    fn check(&self, asked: &str) -> Option<String>;
    /// What may stand for a word.
    fn suggest(&self, asked: &str, word: &str) -> Vec<String>;
}

/// What the speller is asked about a composer's text.
fn asked(library: &Library, device: &Device, composing: &Composing) -> String {
    let language = &composing.speech.choice.language;
    let workspace = &library.workspace;
    let Composing { read, text, .. } = composing;
    let author = read.target.iter().flat_map(|post| [post.author.name.clone(), post.author.handle.clone()]);
    let accounts = workspace.accounts.iter().flat_map(|account| [&account.handle, &account.name]);
    let terms = workspace.watch.iter().map(|term| &term.term);
    let names = [&workspace.brand, &workspace.name].into_iter().chain(accounts).chain(terms);
    let names = names.chain(&workspace.people).chain(&workspace.departments).cloned();
    let asked = Asked {
        text: text.clone(),
        lang: composing.speech.by_hand.then(|| language.clone()),
        hint: Some(language.clone()),
        known: device.words.iter().cloned().chain(library.words().map(str::to_owned)).collect(),
        near: author
            .chain([read.acting.handle.clone(), read.acting.name.clone()])
            .flatten()
            .chain(names)
            .chain(read.target.iter().map(|post| post.text.clone()))
            .collect(),
    };
    // Our own types always serialise.
    serde_json::to_string(&asked).unwrap_or_default()
}

/// Puts the unknown words of a composer's text among its findings. False when they are not known yet.
pub(super) fn spell(
    speller: Option<&dyn Speller>,
    (library, device): (&Library, &Device),
    composing: &Composing,
    network: Option<&str>,
    findings: &mut Vec<Finding>,
) -> bool {
    // Two underlines under one word help nobody.
    let rests = composing.read.checked_elsewhere;
    let rule = library.checker().spelling(network, composing.read.private).filter(|_| !rests);
    let (Some(rule), Some(speller)) = (rule, speller) else { return true };
    let Some(unknown) = speller.check(&asked(library, device, composing)) else { return false };
    add(findings, rule, network, json::read(&unknown).unwrap_or_default());
    true
}

/// How many ways on a finding's card has: its fixes, and two dictionaries for a word. The place of the first fix stays
/// empty without one, so that nothing is added by a key that was meant for a fix.
pub(super) fn ways(finding: &Finding) -> usize {
    if finding.rule.id == RULE { first_dictionary(finding) + 2 } else { finding.fixes.len() }
}

fn first_dictionary(finding: &Finding) -> usize {
    finding.fixes.len().max(1)
}

impl Brain {
    /// Gives the brain somebody who looks words up; without, there is no spelling.
    pub fn set_speller(&mut self, speller: Box<dyn Speller>) {
        self.speller = Some(speller);
    }

    /// The speller has come, or has read what it needed.
    pub(super) fn spelling_came(&mut self, moment: &Moment) -> Vec<Effect> {
        let writing = self.docs.iter().filter(|(_, doc)| !doc.composers.is_empty());
        let mut effects: Vec<_> = writing.map(|(port, _)| tell(*port, &AgentPush::Recheck {})).collect();
        let opening: Vec<_> = self.docs.values_mut().filter_map(|doc| doc.opening.take()).collect();
        for (ask, composer, what) in opening {
            self.look_over(ask.port, composer);
            effects.extend(self.open_one(&ask, composer, &what, moment));
        }
        effects
    }

    /// Opens the card of a finding. A background that was just started looks over the text first, and where words are
    /// still to be looked up, the card waits for that: the agent counts the findings that it was told of before.
    pub(super) fn open_card(&mut self, ask: Ask, composer: u32, what: OverlayAsk, moment: &Moment) -> Vec<Effect> {
        let composing = self.docs.get(&ask.port).and_then(|doc| doc.composers.get(&composer));
        let is_new = composing.is_some_and(|composing| !composing.is_looked_over);
        if is_new
            && !self.look_over(ask.port, composer)
            && let Some(doc) = self.docs.get_mut(&ask.port)
        {
            let before = doc.opening.replace((ask, composer, what));
            return before.map(|(ask, _, _)| ask.fail("not_found")).into_iter().collect();
        }
        self.open_one(&ask, composer, &what, moment)
    }

    fn open_one(&mut self, ask: &Ask, composer: u32, what: &OverlayAsk, moment: &Moment) -> Vec<Effect> {
        self.open_finding_by(ask, composer, moment, |all| match *what {
            OverlayAsk::Finding { id } => Some(id as usize),
            OverlayAsk::Step { from, back: true } => before(all, from),
            OverlayAsk::Step { from, .. } => after(all, from),
            _ => worst(all),
        })
    }

    /// Looks for what may stand for the word of the card that is open.
    pub(super) fn suggest(&mut self, agent: Port) -> Vec<Effect> {
        let (Some(doc), Some(speller)) = (self.docs.get_mut(&agent), &self.speller) else { return Vec::new() };
        let Shown::Finding { composer, finding, chosen } = &mut doc.shown else { return Vec::new() };
        if finding.rule.id != RULE || !finding.fixes.is_empty() {
            return Vec::new();
        }
        let Some(composing) = doc.composers.get_mut(composer) else { return Vec::new() };
        let fixes = speller.suggest(&asked(&self.library, &self.device, composing), &finding.matched);
        if fixes.is_empty() {
            return Vec::new();
        }
        // Who has gone on to a dictionary stays on it.
        let dictionary = chosen.checked_sub(first_dictionary(finding));
        let same = |one: &&mut Finding| one.rule.id == RULE && one.matched == finding.matched;
        composing.findings.iter_mut().filter(same).for_each(|one| one.fixes.clone_from(&fixes));
        finding.fixes = fixes;
        *chosen = dictionary.map_or(0, |nth| first_dictionary(finding) + nth);
        self.show(agent)
    }

    /// The dictionary that is chosen on the card of an unknown word: `true` = the brand's.
    pub(super) fn chosen_dictionary(&self, agent: Port) -> Option<bool> {
        match &self.docs.get(&agent)?.shown {
            Shown::Finding { finding, chosen, .. } if finding.rule.id == RULE => {
                Some(chosen.checked_sub(first_dictionary(finding))? > 0)
            }
            _ => None,
        }
    }

    /// The word of the card goes into the person's dictionary, or into the brand's; the card says so and takes it back.
    pub(super) fn learn_word(&mut self, ask: Ask, agent: Port, shared: bool, done: Effect) -> Plan {
        let shown = self.docs.get_mut(&agent).map(|doc| &mut doc.shown);
        let word = match &shown {
            Some(Shown::Finding { finding, .. }) if finding.rule.id == RULE => spelling::entry(&finding.matched),
            _ => return Plan::done(vec![ask.fail("not_found")]),
        };
        if let Some(shown) = shown {
            *shown = Shown::Learned { word: word.clone(), shared };
        }
        let then = [vec![done], self.show(agent)].concat();
        Self::keep_word(ask, word, shared, true, then)
    }

    /// Takes the word that was just learned out again.
    pub(super) fn unlearn_word(&mut self, ask: Ask, agent: Port, done: Effect) -> Plan {
        let Some(Shown::Learned { word, shared }) = self.docs.get(&agent).map(|doc| &doc.shown) else {
            return Plan::done(vec![ask.fail("not_found")]);
        };
        let (word, shared) = (word.clone(), *shared);
        let then = [vec![done], self.act(agent, Some(OverlayStep::Hide {}))].concat();
        Self::keep_word(ask, word, shared, false, then)
    }

    fn keep_word(ask: Ask, word: String, shared: bool, on: bool, then: Vec<Effect>) -> Plan {
        let failed = vec![ask.fail("storage")];
        if !shared {
            return Plan::read(&ask, Reads { device: true, ..Reads::default() }, move |brain, _, _| {
                let mut device = brain.device.clone();
                device.know(&word, on);
                Outcome { device: Some(device), then, failed, ..Outcome::default() }
            });
        }
        let reads = Reads { once: ask.once.clone(), writes: true, ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            match brain.settings.draft(WORD, &word, on.then_some(serde_json::Value::Bool(true))) {
                Some(draft) => Outcome { then, ..brain.commit_setting(&ask, facts, draft, moment) },
                None => Outcome::now(then),
            }
        })
    }
}
