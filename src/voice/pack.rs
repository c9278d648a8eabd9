//! Packs: rules that people write and share as TOML files, or as JSON of the same shape. Reading one checks everything
//! that can be checked without running it, and says rule and, in a file, line of what is wrong; the background reads them
//! in another form ([`super::compiled`]).
//! Running the examples is a test's work ([`super::examples`]).
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
//! [incoming.complaint] # words that tell what a post is: crisis, complaint, problem, suggestion, lead, praise, spam
//! words = ["still (waiting|broken)"]
//!
//! [[cue]]              # the same with weights and more, see `rejoinder::triage::cue`
//! id = "leak"
//! weighs = { complaint = 0.8, crisis = 0.5 }
//! words = ["leak(s|ing|ed|)"]
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
//! | `guard` | `pattern` (regex over folded text, whole words), begins at or before one of `needs`, within `window` of it; `fixes` with `$1` |
//! | `count` | `measure`, `min`, `max`; measures: [`Measure`](super::rule::Measure) |
//! | `limit` | `tokens`, `max`: these phrases more often than that in the reply |
//! | `order` | `second` stands before any of `first`, or without one (unless `both = true`) |
//! | `either` | `either` = way → phrases: ways that do not mix; `aligned = true`: the n-th phrases say the same, and are fixes |
//! | `tone` | `weights` = phrase → weight, `min`, `max`: the band of their sum |
//! | `repeat` | `words` that may not stand twice in a row; without: any, but names and numbers |
//! | `reply` | `missing`: none of these is there; `min_words`, `at` = `start` or `end`, `fixes` with `$MATCH$` |
//! | `near` | `first` with (`present = true`) or without `second` within `within` bytes |
//! | `data` | `what`: `card`, `iban`, `dni`, `email`, `mobile` |
//! | `spelling` | no keys: words that no dictionary of the reply's language knows, see [`super::spelling`] |
//!
//! Any rule may have `default = false`, `networks`, `public_only`, `link`, `severity_by_network = { x = "error" }`,
//! `min_chars`, `cool_down` (it finds hostility in the reply itself), `sure` (its only fix says the same: taken with all
//! others at once; so by itself for `swap`, `count`, `repeat` and aligned `either`) and `when`: `incoming` = a class of the post or a list
//! of them, `incoming_hostile` (words under `[incoming.hostile]`), `hold` (a crisis hold is on). Messages may hold `$MATCH$`,
//! `$FIX$`, `$COUNT$`, `$LIMIT$`, `$KEPT$` (the way that leads) and `$WORDS$` (what moved the tone). Lists of
//! phrases take choices: `sorry (for|about) (any |)trouble`. `unless` also takes `{url}`, `{email}`, `{handle}`, `{tag}`
//! and `{emoji}`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

#[cfg(any(feature = "cli", feature = "exchange"))]
use serde::Deserialize;
#[cfg(any(feature = "cli", feature = "exchange"))]
use serde_json::Value;

#[cfg(any(feature = "cli", feature = "exchange"))]
use super::form::{RuleForm, all, yes};
#[cfg(any(feature = "cli", feature = "exchange"))]
use super::rule::Kind;
use super::rule::{Rule, Severity, Words};
#[cfg(any(feature = "cli", feature = "exchange"))]
use crate::json::reader::Reader;
use crate::message::Lang;
#[cfg(feature = "cli")]
use crate::source::Source;
use crate::triage::Cue;
#[cfg(any(feature = "cli", feature = "exchange"))]
use crate::triage::cue::CueForm;

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
    /// Cues for the same that weigh more or less.
    pub cues: Vec<Cue>,
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

/// What is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The file, as it was given; the pack's id for one that is no file.
    pub file: String,
    /// Line, from 1, in a file.
    pub line: Option<usize>,
    /// The rule, when one is at fault.
    pub rule: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        f.write_str(" ")?;
        if let Some(rule) = &self.rule {
            write!(f, "rule {rule}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for PackError {}

impl Pack {
    /// Reads a pack from its file, where every rule must show what it does; `file` is its name in errors.
    #[cfg(feature = "cli")]
    pub fn parse(file: &str, text: &str) -> Result<Self, PackError> {
        let fault = |line, rule, what| PackError { file: file.to_owned(), line: Some(line), rule, what };
        let source = Source::parse(text).map_err(|e| fault(e.line, rule_at(text, e.at), e.what))?;
        let form: PackForm = source.read().map_err(|e| fault(e.line, rule_at(text, e.at), e.what))?;
        form.is_shown().and_then(|()| form.read()).and_then(compiled).map_err(|Wrong { rule, what }| {
            let (nth, id) = rule.unzip();
            let line = nth.and_then(|nth| source.line(&format!("rule[{nth}].id"))).unwrap_or(1);
            fault(line, id, what)
        })
    }

    #[cfg(any(feature = "cli", feature = "exchange"))]
    /// Reads a pack from data of the same shape as its file; examples, which nobody runs there, may be left out. `id` is
    /// its name in errors.
    pub fn from_value(id: &str, value: &Value) -> Result<Self, PackError> {
        let fault = |rule, what| PackError { file: id.to_owned(), line: None, rule, what };
        let form = PackForm::deserialize(Reader(value)).map_err(|e| fault(None, e.to_string()))?;
        form.read().and_then(compiled).map_err(|Wrong { rule, what }| fault(rule.map(|(_, id)| id), what))
    }

    /// Everything by which it tells what a post is.
    pub fn all_cues(&self) -> impl Iterator<Item = Cow<'_, Cue>> {
        let words = self.incoming.iter().map(|(class, words)| Cow::Owned(Cue::plain(class, words)));
        words.chain(self.cues.iter().map(Cow::Borrowed))
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

#[cfg(any(feature = "cli", feature = "exchange"))]
/// What is wrong, and in which rule: its place in the pack and its id.
struct Wrong {
    rule: Option<(usize, String)>,
    what: String,
}

/// Every pattern of it is one.
#[cfg(any(feature = "cli", feature = "exchange"))]
fn compiled(pack: Pack) -> Result<Pack, Wrong> {
    for (nth, rule) in pack.rules.iter().enumerate() {
        if let Kind::Guard { pattern, .. } = &rule.kind {
            pattern.check().map_err(|what| Wrong { rule: Some((nth, rule.about.id.clone())), what })?;
        }
    }
    Ok(pack)
}

#[cfg(any(feature = "cli", feature = "exchange"))]
impl PackForm {
    /// Every rule has examples enough.
    #[cfg(feature = "cli")]
    fn is_shown(&self) -> Result<(), Wrong> {
        let bare = |rule: &RuleForm| rule.examples.bad.len() < 2 || rule.examples.good.len() < 2;
        match self.rule.iter().enumerate().find(|(_, rule)| bare(rule)) {
            Some((nth, rule)) => {
                let what = "examples need at least two bad and two good texts".to_owned();
                Err(Wrong { rule: Some((nth, rule.id.clone())), what })
            }
            None => Ok(()),
        }
    }

    fn read(self) -> Result<Pack, Wrong> {
        let whole = |what| Wrong { rule: None, what };
        if self.id.trim().is_empty() || self.name.is_blank() {
            return Err(whole("a pack needs an id and a name".to_owned()));
        }
        let mut incoming = BTreeMap::new();
        for (class, words) in self.incoming {
            let words = all(&words.words).map_err(|what| whole(format!("incoming.{class}: {what}")))?;
            incoming.insert(class, words);
        }
        let mut cues = Vec::with_capacity(self.cue.len());
        for cue in self.cue {
            cues.push(cue.read().map_err(whole)?);
        }
        let mut rules: Vec<Arc<Rule>> = Vec::with_capacity(self.rule.len());
        for (nth, rule) in self.rule.into_iter().enumerate() {
            let id = rule.id.clone();
            if rules.iter().any(|other| other.about.id == id) {
                return Err(Wrong { rule: Some((nth, id)), what: "the id is used twice".to_owned() });
            }
            rules.push(Arc::new(rule.read().map_err(|what| Wrong { rule: Some((nth, id)), what })?));
        }
        let (id, name, language, version, on) = (self.id, self.name, self.language, self.version, self.default);
        Ok(Pack { id, name, language, version, on, incoming, cues, rules })
    }
}

/// The id of the rule that a place in a file belongs to, for files that cannot be read as a whole.
#[cfg(feature = "cli")]
fn rule_at(source: &str, at: usize) -> Option<String> {
    let start = source.get(..at)?.rfind("[[rule]]")?;
    let rule = source[start + 2..].split("[[rule]]").next()?;
    let line = rule.lines().find_map(|line| line.trim().strip_prefix("id")?.trim_start().strip_prefix('='))?;
    Some(line.trim().trim_matches('"').to_owned())
}

#[cfg(any(feature = "cli", feature = "exchange"))]
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
    cue: Vec<CueForm>,
    #[serde(default)]
    rule: Vec<RuleForm>,
}

#[cfg(any(feature = "cli", feature = "exchange"))]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassForm {
    words: Vec<String>,
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pattern_that_is_none_is_refused_also_from_data() {
        let value = |pattern: &str| {
            json!({ "id": "p", "name": "P", "language": "en", "version": 1, "rule": [
            { "id": "p.x", "kind": "guard", "name": "x", "message": "x", "why": "x", "severity": "warning", "needs": ["a"], "pattern": pattern },
        ] })
        };
        assert!(Pack::from_value("p", &value("a+")).is_ok(), "{:?}", Pack::from_value("p", &value("a+")));
        assert!(Pack::from_value("p", &value("a(")).is_err());
        assert!(Pack::from_value("p", &value("(a{1000}){1000}")).is_err());
    }
}
