//! The engine: every active rule compiled into one automaton, and one pass over a reply.
//!
//! Order of work: fold and mask the reply; one automaton finds every literal of every rule; a boundary test on the
//! neighbouring characters drops hits inside words; conditions (`unless`, `except`, language, network) drop more; only
//! then do patterns run, each in a window round its literal. Rules that count run last. Time grows with the text and
//! with what is found, never with the number of rules times the text.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::finding::Finding;
use super::fold::starts_whole;
use super::language;
use super::length;
use super::pack::Pack;
use super::phrase::Phrase;
use super::reading::Reading;
use super::resolve::resolve;
use super::rule::{About, Kind, Rule};
use super::seek::{Found, Here, Hits, seek};
use crate::message::Lang;
use crate::triage::{Classes, Cue};

/// Which rules of the packs given are at work. The default: the packs and the rules that are on by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Switches {
    /// Ids of the packs at work; `None` = those that are on by themselves.
    pub packs: Option<BTreeSet<String>>,
    /// Rules switched off.
    pub off: BTreeSet<String>,
    /// Rules switched on that are off by themselves.
    pub on: BTreeSet<String>,
    /// Every rule not switched off, also those off by themselves.
    pub every: bool,
}

impl Switches {
    /// Every rule of every pack.
    pub fn every() -> Self {
        Self { every: true, ..Self::default() }
    }

    /// True when this pack is at work.
    pub fn pack(&self, pack: &Pack) -> bool {
        match &self.packs {
            Some(packs) => packs.contains(&pack.id),
            None => pack.on || self.every,
        }
    }

    /// True when this rule of this pack is at work. A rule switched on by name needs no pack switched on.
    pub fn rule(&self, pack: &Pack, rule: &Rule) -> bool {
        let id = &rule.about.id;
        let on = self.on.contains(id) || (self.pack(pack) && (rule.on || self.every));
        on && !self.off.contains(id)
    }
}

/// A reply to check and what surrounds it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The whole text of the composer.
    pub text: &'a str,
    /// Language it is meant to be in ("es-MX"); `None` = found out from the text.
    pub lang: Option<&'a str>,
    /// Language of the composer or the page, for texts that do not tell.
    pub hint: Option<&'a str>,
    /// Network id.
    pub network: Option<&'a str>,
    /// The post it answers.
    pub incoming: Option<&'a str>,
    /// Only two people will read it.
    pub private: bool,
    /// A crisis hold is on.
    pub hold: bool,
}

/// What a literal is to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// What it looks for; the number tells which replacements are its.
    Seek(u16),
    /// Where its pattern is tried; may be a part of a word.
    Window,
    /// What it is looked for near, or what must be there.
    Other,
    /// Silences inside it.
    Except,
    /// Silences near it.
    Unless,
}

#[derive(Debug, Clone, Copy)]
struct Use {
    rule: u32,
    role: Role,
}

#[derive(Debug)]
struct Active {
    rule: Arc<Rule>,
    /// `None` = any language.
    language: Option<String>,
}

/// Rules at work, compiled. Checking takes `&self`: one checker serves every composer.
#[derive(Debug)]
pub struct Checker {
    active: Vec<Active>,
    classes: Classes,
    /// Classes that rules ask about.
    asked: BTreeSet<String>,
    /// A rule at work asks whether the post is hostile.
    asks_hostile: bool,
    automaton: Option<AhoCorasick>,
    uses: Vec<Vec<(Phrase, Use)>>,
    literals: usize,
}

impl Checker {
    /// Compiles the rules of `packs` that `switches` allow. Of two packs or rules with one id the later counts.
    pub fn new(packs: &[Pack], switches: &Switches) -> Self {
        let mut chosen: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, pack) in packs.iter().enumerate() {
            chosen.insert(&pack.id, index);
        }
        let mut active: Vec<Active> = Vec::new();
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        let mut building = Literals::default();
        for pack in packs.iter().enumerate().filter(|(i, pack)| chosen[pack.id.as_str()] == *i).map(|(_, pack)| pack) {
            for rule in pack.rules.iter().filter(|rule| switches.rule(pack, rule)) {
                let language = (pack.language != "*").then(|| primary(&pack.language));
                let entry = Active { rule: Arc::clone(rule), language };
                match by_id.get(rule.about.id.as_str()) {
                    Some(&index) => active[index] = entry,
                    None => {
                        by_id.insert(&rule.about.id, active.len());
                        active.push(entry);
                    }
                }
            }
        }
        for (index, entry) in active.iter().enumerate() {
            building.add_rule(index as u32, &entry.rule);
        }
        let literals = building.patterns.len();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&building.patterns)
            .ok()
            .filter(|_| literals > 0);
        // Classes belong to the language, not to a switch: any pack given may name their words.
        let cues: Vec<Cow<'_, Cue>> = packs.iter().flat_map(Pack::all_cues).collect();
        let classes = Classes::new(cues.iter().map(|cue| cue.as_ref()));
        let rules = packs.iter().flat_map(|pack| &pack.rules);
        let asked = rules.flat_map(|rule| rule.when.incoming.iter().cloned()).collect();
        let asks_hostile = active.iter().any(|entry| entry.rule.when.incoming_hostile);
        Self { active, classes, asked, asks_hostile, automaton, uses: building.uses, literals }
    }

    /// How many rules are at work.
    pub fn rules(&self) -> usize {
        self.active.len()
    }

    /// How many literals the automaton holds.
    pub fn literals(&self) -> usize {
        self.literals
    }

    /// Checks a reply. Findings come in the order of the text and never overlap.
    pub fn check(&self, input: &Input<'_>) -> Vec<Finding> {
        let reading = Reading::new(input.text);
        let language = match input.lang.filter(|tag| !tag.is_empty()) {
            Some(tag) => Some(primary(tag)),
            None => language::guess_folded(reading.text(), input.hint).lang.map(Lang::tag).map(str::to_owned),
        };
        let class = input.incoming.and_then(|text| self.classes.among(text, |class| self.asked.contains(class)));
        let hostile = self.asks_hostile && input.incoming.is_some_and(|text| self.classes.hostile(text));
        let length = OnceCell::new();
        let long = |least| *length.get_or_init(|| length::characters(input.text)) >= least;
        let speaks = |entry: &Active| {
            let rule = &entry.rule;
            (entry.language.is_none() || entry.language == language)
                && rule.speaks_on(input.network)
                && !(rule.public_only && input.private)
                && (rule.when.incoming.is_empty() || class.is_some_and(|is| rule.when.incoming.iter().any(|c| c == is)))
                && (!rule.when.incoming_hostile || hostile)
                && (!rule.when.hold || input.hold)
                && (rule.min_chars == 0 || long(rule.min_chars))
        };
        let speaking: Vec<bool> = self.active.iter().map(speaks).collect();
        // Of hundreds of rules a reply touches a few: each of those gets a place at its first hit.
        let mut places: Vec<Option<usize>> = vec![None; self.active.len()];
        let mut all: Vec<Hits> = Vec::new();
        self.each(reading.text(), &speaking, |rule, role, start, end| {
            let place = *places[rule].get_or_insert_with(|| {
                all.push(Hits::default());
                all.len() - 1
            });
            all[place].add(role, start, end);
        });
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut none = Hits::default();
        for ((entry, place), speaks) in self.active.iter().zip(places).zip(speaking) {
            let hits = match place {
                Some(place) => &mut all[place],
                None => &mut none,
            };
            if speaks && (entry.rule.kind.always() || hits.any()) {
                let here = Here { severity: entry.rule.about.severity_on(input.network), lang: language.as_deref() };
                seek(&reading, &entry.rule, here, hits, &mut found);
            }
        }
        resolve(&reading, found)
    }

    /// The rule that speaks of words no dictionary knows, where it speaks; the words are found elsewhere.
    pub fn spelling(&self, network: Option<&str>, private: bool) -> Option<&Arc<About>> {
        let mut rules = self.active.iter().map(|entry| &entry.rule).filter(|rule| matches!(rule.kind, Kind::Spelling));
        let rule = rules.find(|rule| rule.speaks_on(network) && !(rule.public_only && private))?;
        Some(&rule.about)
    }

    /// What the packs know of the posts that replies answer.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// Every phrase in `text` that cuts no word in two, with each of its uses by rules that are `speaking`.
    fn each(&self, text: &str, speaking: &[bool], mut use_it: impl FnMut(usize, Role, usize, usize)) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(text) {
            let uses = self.uses[hit.pattern().as_usize()].iter();
            for (phrase, one) in uses.filter(|(_, one)| speaking[one.rule as usize]) {
                let fits = |at| one.role == Role::Window || starts_whole(text, at);
                if let Some((start, end)) = phrase.find(text, hit.start(), hit.end(), fits) {
                    use_it(one.rule as usize, one.role, start, end);
                }
            }
        }
    }
}

/// "es-MX" is "es".
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Literals and their uses while compiling; one literal may serve many rules.
#[derive(Default)]
struct Literals {
    patterns: Vec<String>,
    index: HashMap<String, usize>,
    uses: Vec<Vec<(Phrase, Use)>>,
}

impl Literals {
    fn add(&mut self, literal: &str, to: Use) {
        for phrase in Phrase::of(literal) {
            let next = self.patterns.len();
            let at = *self.index.entry(phrase.anchor.clone()).or_insert(next);
            if at == next {
                self.patterns.push(phrase.anchor.clone());
                self.uses.push(Vec::new());
            }
            self.uses[at].push((phrase, to));
        }
    }

    fn add_all(&mut self, literals: &[String], to: Use) {
        for literal in literals {
            self.add(literal, to);
        }
    }

    fn add_rule(&mut self, rule: u32, of: &Rule) {
        let as_role = |role| Use { rule, role };
        let seek = as_role(Role::Seek(0));
        self.add_all(&of.except, as_role(Role::Except));
        // "{url}" and its like are masks, not literals.
        for word in of.unless.iter().filter(|word| !word.starts_with('{')) {
            self.add(word, as_role(Role::Unless));
        }
        match &of.kind {
            Kind::Literal { tokens, .. } => self.add_all(tokens, seek),
            Kind::Swap { pairs } => {
                for (at, (term, _)) in pairs.iter().enumerate() {
                    self.add(term, as_role(Role::Seek(at as u16)));
                }
            }
            Kind::Guard { needs, .. } => self.add_all(needs, as_role(Role::Window)),
            Kind::Limit { tokens, .. } => self.add_all(tokens, seek),
            Kind::Order { first, second, .. } => {
                self.add_all(first, as_role(Role::Other));
                self.add_all(second, seek);
            }
            Kind::Either { phrases, .. } => {
                for (at, (phrase, _)) in phrases.iter().enumerate() {
                    self.add(phrase, as_role(Role::Seek(at as u16)));
                }
            }
            Kind::Tone { weights, .. } => {
                for (at, (phrase, _)) in weights.iter().enumerate() {
                    self.add(phrase, as_role(Role::Seek(at as u16)));
                }
            }
            Kind::Reply { missing, .. } => self.add_all(missing, as_role(Role::Other)),
            Kind::Near { first, second, .. } => {
                self.add_all(first, seek);
                self.add_all(second, as_role(Role::Other));
            }
            Kind::Count { .. } | Kind::Repeat { .. } | Kind::Data { .. } | Kind::Spelling => {}
        }
    }
}
