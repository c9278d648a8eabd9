//! Packs: rules that people write and share as TOML files. Reading one checks everything that can be checked without
//! running it, and says file, line and rule of what is wrong. Running the examples is a test's work
//! ([`super::examples`]).
//!
//! What a rule says stands in the pack itself, in both languages of the interface: packs travel between teams without
//! our catalogue. A text is `{ en = "…", es = "…" }`, or one string for both.
//!
//! ```
//! let pack = rejoinder::voice::Pack::parse("acme.toml", r#"
//! id = "acme"
//! name = "Acme's words"
//! language = "en"      # of the replies: en, es, or * for any
//! version = 1
//! default = true       # false: at work only once switched on
//!
//! [incoming.complaint] # words that tell what the post answered is
//! words = ["still (waiting|broken)"]
//!
//! [[rule]]
//! id = "acme.phone"    # unique over all packs
//! kind = "swap"
//! swap = { "acme(-| )phone(s|)" = "AcmePhone", "handset" = ["phone", "AcmePhone"] }
//! name = "The phone's name"
//! message = "Write $FIX$, not $MATCH$."
//! why = "One product, one name."
//! severity = "warning" # suggestion, warning, error (held at Send)
//! unless = ["box"]     # silent in a sentence with this; unless_in = "reply": in a reply with this
//! except = ["handset cable"] # silent inside this
//! examples.bad = [{ text = "Your handset is here", becomes = "Your phone is here" }, "the acme phone"]
//! examples.good = ["Your AcmePhone is here", "A handset cable"]
//! "#);
//! assert!(pack.is_ok());
//! ```
//!
//! | kind | keys |
//! |---|---|
//! | `literal` | `tokens`; `fixes` (one empty fix leaves the words out) |
//! | `swap` | `swap` = term → replacement or list; a term in capitals is an acronym |
//! | `guard` | `pattern` (regex over folded text, whole words), tried within `window` of one of `needs`; `fixes` with `$1` |
//! | `count` | `measure`, `max`; measures: [`Measure`](super::rule::Measure) |
//! | `repeat` | `words` that may not stand twice in a row |
//! | `reply` | `missing`: none of these is there; `min_words`, `at` = `start` or `end`, `fixes` with `$MATCH$` |
//! | `near` | `first` with (`present = true`) or without `second` within `within` bytes |
//! | `data` | `what`: `card`, `iban`, `dni`, `email` |
//!
//! Any rule may have `default = false`, `networks`, `public_only`, `when = { incoming = "complaint" }`, `link`. Lists of
//! phrases take choices: `sorry (for|about) (any |)trouble`. `unless` also takes `{url}`, `{email}`, `{handle}`, `{tag}`
//! and `{emoji}`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use super::form::{RuleForm, all, yes};
use super::rule::{Rule, Severity, Words};
use crate::message::Lang;

/// A pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Unique; a later pack with the same id takes the place of an earlier one.
    pub id: String,
    /// A name for lists.
    pub name: Words,
    /// Language of the replies it judges, as a primary tag; `*` = any.
    pub language: String,
    /// Rises with every change.
    pub version: u32,
    /// At work unless switched off.
    pub on: bool,
    /// Words by which the post answered is told to be of a class.
    pub incoming: BTreeMap<String, Vec<String>>,
    /// Its rules.
    pub rules: Vec<Arc<Rule>>,
}

/// A pack as the options page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PackInfo {
    pub id: String,
    pub name: String,
    pub language: String,
    pub on: bool,
    pub rules: Vec<RuleInfo>,
}

/// A rule as pages list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// Rule id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why it matters.
    pub why: String,
    /// How much it weighs.
    pub severity: Severity,
    /// On unless switched off.
    pub on: bool,
}

/// What is wrong with a pack's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The file, as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// The rule, when one is at fault.
    pub rule: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(rule) = &self.rule {
            write!(f, "rule {rule}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for PackError {}

impl Pack {
    /// Reads a pack; `file` is its name in errors.
    pub fn parse(file: &str, source: &str) -> Result<Self, PackError> {
        let error = |at: usize, rule: Option<String>, what: String| PackError {
            file: file.to_owned(),
            line: source.get(..at).map_or(0, |before| before.matches('\n').count()) + 1,
            rule,
            what,
        };
        let form: PackForm = toml::from_str(source).map_err(|e| {
            let at = e.span().map_or(0, |span| span.start);
            error(at, rule_at(source, at), e.message().to_owned())
        })?;
        if form.id.trim().is_empty() || form.name.is_blank() {
            return Err(error(0, None, "a pack needs an id and a name".to_owned()));
        }
        let mut incoming = BTreeMap::new();
        for (class, words) in form.incoming {
            let words = all(&words.words).map_err(|what| error(0, None, format!("incoming.{class}: {what}")))?;
            incoming.insert(class, words);
        }
        let mut rules: Vec<Arc<Rule>> = Vec::with_capacity(form.rule.len());
        for rule in form.rule {
            let (at, id) = (rule.id.span().start, rule.id.get_ref().clone());
            if rules.iter().any(|other| other.about.id == id) {
                return Err(error(at, Some(id), "the id is used twice".to_owned()));
            }
            rules.push(Arc::new(rule.read().map_err(|what| error(at, Some(id), what))?));
        }
        let (id, name, language, version, on) = (form.id, form.name, form.language, form.version, form.default);
        Ok(Self { id, name, language, version, on, incoming, rules })
    }

    /// The pack as lists show it.
    pub fn info(&self, lang: Lang) -> PackInfo {
        PackInfo {
            id: self.id.clone(),
            name: self.name.of(lang).to_owned(),
            language: self.language.clone(),
            on: self.on,
            rules: self.rules.iter().map(|rule| rule.info(lang)).collect(),
        }
    }
}

impl Rule {
    /// The rule as lists show it.
    pub fn info(&self, lang: Lang) -> RuleInfo {
        RuleInfo {
            id: self.about.id.clone(),
            name: self.about.name.of(lang).to_owned(),
            why: self.about.why.of(lang).to_owned(),
            severity: self.about.severity,
            on: self.on,
        }
    }
}

/// The id of the rule that a place in a file belongs to, for files that cannot be read as a whole.
fn rule_at(source: &str, at: usize) -> Option<String> {
    let start = source.get(..at)?.rfind("[[rule]]")?;
    let rule = source[start + 2..].split("[[rule]]").next()?;
    let line = rule.lines().find_map(|line| line.trim().strip_prefix("id")?.trim_start().strip_prefix('='))?;
    Some(line.trim().trim_matches('"').to_owned())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackForm {
    id: String,
    name: Words,
    language: String,
    version: u32,
    #[serde(default = "yes")]
    default: bool,
    #[serde(default)]
    incoming: BTreeMap<String, ClassForm>,
    #[serde(default)]
    rule: Vec<RuleForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassForm {
    words: Vec<String>,
}
