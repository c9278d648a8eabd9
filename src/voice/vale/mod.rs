//! Vale's style rules: reading a setup of them, checking files as Vale does, and turning them into packs of ours.
//!
//! ```
//! use rejoinder::voice::vale::{Files, Setup};
//! let rule = "extends: existence\nmessage: \"'%s' says little.\"\ntokens:\n  - very\n";
//! let setup = Setup::read(&Files::from_iter([("House/Weak.yml", rule)])).unwrap();
//! let checked = setup.check("reply.txt", "It is very late.");
//! assert_eq!(checked.alerts[0].to_string(), "1:7:House.Weak:'very' says little.");
//! ```
//!
//! A setup is files in memory: [`Files`], read from a folder by the command line, handed in by a page elsewhere, or
//! unpacked. Only the command line checks files as Vale does; pages make packs. Dictionaries come with the
//! setup or from whoever checks. Not carried: scripts, parts of speech, downloads; markup other than Markdown and HTML is read lightly.

// What a check needs, pages carry only where a rule must be read for its pack.
#![cfg_attr(not(feature = "cli"), allow(dead_code))]

mod action;
mod archive;
mod case;
mod check;
mod config;
mod dialect;
mod document;
mod engine;
mod exceptions;
mod formula;
mod glob;
mod ini;
mod keys;
mod lint;
mod load;
mod message;
mod node;
mod packs;
mod pattern;
mod phrases;
mod place;
mod rule;
mod scope;
mod sentences;
mod statistics;

#[cfg(feature = "cli")]
mod folder;

#[cfg(feature = "cli")]
pub use folder::read_folder;
pub use packs::{Carried, PackReport, to_packs};
pub use place::is_read;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use super::rule::Severity;
use config::Config;
use lint::Prefilter;
use rule::Rule;

/// Files by their paths, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Adds a file; its path loses `./` and what `..` takes back.
    pub fn insert(&mut self, path: &str, text: String) {
        self.0.insert(clean(path), text);
    }

    /// Brings the dictionary of rules that name none.
    pub fn bring(&mut self, affixes: String, words: String) {
        self.insert(load::STANDARD[0], affixes);
        self.insert(load::STANDARD[1], words);
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.0.get(&clean(path)).map(String::as_str)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

impl<P: AsRef<str>, T: Into<String>> FromIterator<(P, T)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let mut all = Self::default();
        for (path, text) in files {
            all.insert(path.as_ref(), text.into());
        }
        all
    }
}

/// A path without detours.
fn clean(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Line of the first `key:` in a YAML text, from 1.
fn find_line(text: &str, key: &str) -> Option<usize> {
    let is_key =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    text.lines().position(is_key).map(|at| at + 1)
}

/// Rules and what is said about them.
#[derive(Debug)]
pub struct Setup {
    config: Config,
    rules: Vec<Rule>,
    /// Made when a file is first checked.
    prefilter: OnceLock<Prefilter>,
    /// What became of each file, in the order of their paths.
    pub report: Vec<Entry>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path; that of the configuration for rules that are in no file.
    pub path: String,
    /// The line at fault.
    pub line: Option<usize>,
    /// The rule: `Style.File`.
    pub rule: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It works as it does in Vale.
    Imported,
    /// It works, with this difference.
    Changed(String),
    /// It is a kind of rule that is not run.
    Skipped(Skipped),
    /// Something is wrong with it.
    Refused(String),
}

/// Why a rule or a setting is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// Programs of a rule.
    Script,
    /// Parts of speech.
    Sequence,
    /// Words against a dictionary.
    Spelling,
    /// A setting.
    Setting,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Script => "scripts are not run",
            Self::Sequence => "parts of speech are not told apart",
            Self::Spelling => "it needs a dictionary (--spelling)",
            Self::Setting => "the setting has no effect here",
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        match &self.outcome {
            Outcome::Imported => write!(f, " {} imported", self.rule),
            Outcome::Changed(what) => write!(f, " {} imported, but {what}", self.rule),
            Outcome::Skipped(why) => write!(f, " {} skipped: {why}", self.rule),
            Outcome::Refused(why) => write!(f, " {} refused: {why}", self.rule),
        }
    }
}

/// Why a setup cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError {
    /// The file.
    pub path: String,
    /// Line, from 1, when one is at fault.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

impl std::error::Error for SetupError {}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// By line and column.
    pub alerts: Vec<Alert>,
    /// Rules that could not do their work on this file.
    pub problems: Vec<String>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// `Style.Rule`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// More words, if the rule has any.
    pub description: String,
    /// Where to read more.
    pub link: Option<String>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// First byte of it in the file, line breaks counted as one.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// The words found.
    pub matched: String,
    /// What may stand instead, best first; an empty one takes the words out.
    pub suggestions: Vec<String>,
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.line, self.column, self.rule, self.message)
    }
}

impl Setup {
    /// Reads a setup: a configuration with its styles, a folder of styles, or one style.
    pub fn read(files: &Files) -> Result<Self, SetupError> {
        load::read(files)
    }

    /// Checks a file; its path decides which rules are at work and how it is read.
    pub fn check(&self, path: &str, text: &str) -> Checked {
        lint::check(self, path, text)
    }
}
