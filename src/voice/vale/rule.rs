//! A Vale rule as it runs: what it says, where it looks, what it looks for.

use std::collections::{BTreeMap, BTreeSet};

use super::action::Action;
#[cfg(feature = "cli")]
use super::check::spelling;
use super::check::{
    capitalization, conditional, consistency, existence, measure, occurrence, repetition, substitution,
};
use super::exceptions::Surroundings;
use super::keys::Keys;
use super::message::{Arg, choice, fill};
use super::node::Node;
use super::pattern::Found;
use super::scope::Scopes;
use super::{Skipped, config, find_line};
use crate::voice::rule::Severity;

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub about: About,
    pub kind: Kind,
}

/// What every rule has.
#[derive(Debug)]
pub(super) struct About {
    /// `Style.File`.
    pub name: String,
    pub level: Severity,
    pub scopes: Scopes,
    pub message: String,
    pub description: String,
    pub link: Option<String>,
    /// Most findings in a file; 0 = any number.
    pub limit: usize,
    pub action: Action,
    /// As written, for packs.
    pub scope_names: Vec<String>,
}

/// What a rule looks for.
#[derive(Debug)]
pub(super) enum Kind {
    Existence(existence::Existence),
    Substitution(substitution::Substitution),
    Occurrence(occurrence::Occurrence),
    Repetition(repetition::Repetition),
    Consistency(consistency::Consistency),
    Conditional(conditional::Conditional),
    Capitalization(Box<capitalization::Capitalization>),
    Metric(measure::Metric),
    Readability(measure::Readability),
    #[cfg(feature = "cli")]
    Spelling(spelling::Spelling),
}

/// Something a rule found in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where, in bytes of the block; `None` = the file as a whole.
    pub span: Option<(usize, usize)>,
    pub matched: String,
    pub message: String,
    pub suggestions: Vec<String>,
}

/// What rules remember from block to block of a file.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// By rule: what was defined, or which forms were used.
    pub seen: BTreeMap<String, BTreeSet<String>>,
    /// Counts of elements, for formulas.
    pub elements: BTreeMap<String, f64>,
}

/// Why a file is no rule that runs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoRule {
    /// Its kind is not carried.
    Skipped(Skipped),
    /// Line, when it is known, and what is wrong.
    Refused(Option<usize>, String),
}

const KINDS: &str = "capitalization, conditional, consistency, existence, occurrence, repetition, substitution, \
                     readability, spelling, sequence, metric or script";

impl Rule {
    /// Reads a rule's file.
    pub fn parse(name: &str, text: &str, around: &Surroundings) -> Result<Self, NoRule> {
        let node = Node::parse(text).map_err(|(line, what)| NoRule::Refused(line, what))?;
        let Node::Map(map) = &node else {
            return Err(NoRule::Refused(Some(1), "a rule is a list of keys and values".to_owned()));
        };
        let mut keys = Keys::new(map);
        Self::read(name, &mut keys, around).map_err(|mut no| {
            if let NoRule::Refused(line @ None, what) = &mut no {
                *line = what.split('"').nth(1).and_then(|key| find_line(text, key)).or(Some(1));
            }
            no
        })
    }

    fn read(name: &str, keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, NoRule> {
        let refused = |what: String| NoRule::Refused(None, what);
        let extends = keys.text("extends").map_err(refused)?;
        let Some(extends) = extends else {
            return Err(refused("the key \"extends\" is missing".to_owned()));
        };
        match extends.as_str() {
            "script" => return Err(NoRule::Skipped(Skipped::Script)),
            "sequence" => return Err(NoRule::Skipped(Skipped::Sequence)),
            "spelling" if cfg!(not(feature = "cli")) => return Err(NoRule::Skipped(Skipped::Spelling)),
            _ => {}
        }
        let message = keys.text("message").map_err(refused)?;
        let about = About::read(name, message, keys).map_err(refused)?;
        let kind = Kind::read(&extends, keys, around, &about).map_err(refused)?;
        let kind = kind.ok_or(NoRule::Skipped(Skipped::Spelling))?;
        // Rules of this kind are read less strictly by Vale too.
        if let Some(key) = keys.left_over().filter(|_| extends != "consistency" && extends != "spelling") {
            return Err(refused(format!("the key \"{key}\" is unknown to rules that extend {extends}")));
        }
        Ok(Self { about: kind.settle(about), kind })
    }
}

impl About {
    fn read(name: &str, message: Option<String>, keys: &mut Keys<'_>) -> Result<Self, String> {
        let message = message.ok_or("the key \"message\" is missing")?;
        let level = match keys.text("level")? {
            None => Severity::Warning,
            Some(name) => {
                config::level(&name).ok_or_else(|| format!("\"level\" is suggestion, warning or error, not {name}"))?
            }
        };
        if keys.take("code").map(Node::truth).transpose().map_err(str::to_owned)?.unwrap_or(false) {
            return Err("\"code\" is out of use; write scope: raw".to_owned());
        }
        let mut scope_names = keys.texts("scope")?;
        if scope_names.is_empty() {
            scope_names.push("text".to_owned());
        }
        let action = keys.take("action").map(Action::read).transpose()?.unwrap_or_default();
        // Names are the files'; tests are for those who write the rule.
        keys.take("name");
        keys.take("tests");
        keys.take("matchcase");
        Ok(Self {
            name: name.to_owned(),
            level,
            scopes: Scopes::new(&scope_names)?,
            message,
            description: keys.text("description")?.unwrap_or_default(),
            link: keys.text("link")?.filter(|link| !link.is_empty()),
            limit: keys.count("limit")?,
            action,
            scope_names,
        })
    }

    /// A rule of Vale's own.
    pub fn own(name: &str, message: &str, action: Action) -> Self {
        Self {
            name: name.to_owned(),
            level: Severity::Error,
            scopes: Scopes::one("text"),
            message: message.to_owned(),
            description: String::new(),
            link: None,
            limit: 0,
            action,
            scope_names: vec!["text".to_owned()],
        }
    }

    /// A finding on a stretch of a block, with what the action makes of it.
    pub fn hit(&self, text: &str, start: usize, end: usize) -> Hit {
        let matched = &text[start..end];
        let suggestions = self.action.suggestions(matched);
        let fixed = match suggestions.as_slice() {
            [] => matched.to_owned(),
            [one] => one.clone(),
            more => choice(more),
        };
        let args = [Arg::Text(matched), Arg::Text(&fixed)];
        let args = if self.action.name.is_empty() { &args[..1] } else { &args[..] };
        Hit { span: Some((start, end)), matched: matched.to_owned(), message: fill(&self.message, args), suggestions }
    }
}

impl Kind {
    /// `Ok(None)`: nobody brought the dictionary that it needs.
    fn read(extends: &str, keys: &mut Keys<'_>, around: &Surroundings, about: &About) -> Result<Option<Self>, String> {
        Ok(Some(match extends {
            "existence" => Self::Existence(existence::Existence::read(keys, around)?),
            "substitution" => Self::Substitution(substitution::Substitution::read(keys, around, &about.action)?),
            "occurrence" => Self::Occurrence(occurrence::Occurrence::read(keys)?),
            "repetition" => Self::Repetition(repetition::Repetition::read(keys, around)?),
            "consistency" => Self::Consistency(consistency::Consistency::read(keys, around)?),
            "conditional" => Self::Conditional(conditional::Conditional::read(keys, around)?),
            "capitalization" => Self::Capitalization(Box::new(capitalization::Capitalization::read(keys, around)?)),
            "metric" => Self::Metric(measure::Metric::read(keys)?),
            "readability" => Self::Readability(measure::Readability::read(keys)?),
            #[cfg(feature = "cli")]
            "spelling" => return Ok(spelling::Spelling::read(keys, around)?.map(Self::Spelling)),
            other => return Err(format!("\"extends\" is one of {KINDS}, not {other}")),
        }))
    }

    /// Measures are taken of the document's prose, whatever scope they name.
    fn settle(&self, mut about: About) -> About {
        let whole = match self {
            Self::Metric(_) => true,
            Self::Readability(grade) => grade.is_known(),
            _ => false,
        };
        if whole {
            about.scopes = Scopes::one("summary");
        }
        about
    }

    /// What it finds in a block.
    pub fn run(&self, about: &About, text: &str, memory: &mut Memory) -> Found<Vec<Hit>> {
        match self {
            Self::Existence(rule) => rule.run(about, text),
            Self::Substitution(rule) => rule.run(about, text),
            Self::Occurrence(rule) => rule.run(about, text),
            Self::Repetition(rule) => rule.run(about, text),
            Self::Consistency(rule) => rule.run(about, text, memory),
            Self::Conditional(rule) => rule.run(about, text, memory),
            Self::Capitalization(rule) => Ok(rule.run(about, text)),
            Self::Metric(rule) => Ok(rule.run(about, text, memory)),
            Self::Readability(rule) => Ok(rule.run(about, text)),
            #[cfg(feature = "cli")]
            Self::Spelling(rule) => Ok(rule.run(about, text)),
        }
    }

    /// Literals, one of which a block must hold for the rule to find anything; `None` when there is no saying.
    pub fn required(&self) -> Option<&[String]> {
        match self {
            Self::Existence(rule) => rule.required.as_deref(),
            Self::Substitution(rule) => rule.required.as_deref(),
            _ => None,
        }
    }
}
