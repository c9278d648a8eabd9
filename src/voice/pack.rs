//! Packs: rules that people write and share as TOML files. Reading one checks everything that can be checked without
//! running it, and says file, line and rule of what is wrong. Running the examples is a test's work
//! ([`super::examples`]).
//!
//! A pack holds `id`, `name`, `language` (`en`, `es`, or `*` for rules that any language takes), `version`, `default`
//! (false: at work only once switched on), `[incoming.<class>]` tables (the words by which a post answered is told to be a complaint or praise) and `[[rule]]`
//! tables. What a rule says stands in the pack itself, in both languages of the interface: packs travel between teams
//! without our catalogue.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use regex::RegexBuilder;
use serde::Deserialize;
use toml::Spanned;

use super::expand::expand;
use super::rule::{About, DataKind, Edge, Examples, Kind, Measure, Reach, Rule, Severity, Words};
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

/// A rule as written: every key any kind may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    id: Spanned<String>,
    kind: String,
    name: Words,
    message: Words,
    why: Words,
    link: Option<String>,
    severity: Severity,
    #[serde(default = "yes")]
    default: bool,
    #[serde(default)]
    networks: Vec<String>,
    #[serde(default)]
    public_only: bool,
    #[serde(default)]
    when: WhenForm,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    unless_in: Reach,
    examples: Examples,
    // What it looks for, by kind.
    tokens: Option<Vec<String>>,
    fixes: Option<Vec<String>>,
    swap: Option<BTreeMap<String, OneOrMore>>,
    needs: Option<Vec<String>>,
    pattern: Option<String>,
    window: Option<usize>,
    measure: Option<Measure>,
    max: Option<usize>,
    words: Option<Vec<String>>,
    missing: Option<Vec<String>>,
    min_words: Option<usize>,
    at: Option<Edge>,
    first: Option<Vec<String>>,
    second: Option<Vec<String>>,
    within: Option<usize>,
    present: Option<bool>,
    what: Option<Vec<DataKind>>,
}

fn yes() -> bool {
    true
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenForm {
    incoming: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl RuleForm {
    fn read(mut self) -> Result<Rule, String> {
        if self.id.get_ref().trim().is_empty() {
            return Err("the id is empty".to_owned());
        }
        if self.name.is_blank() || self.message.is_blank() || self.why.is_blank() {
            return Err("name, message and why need words in both languages".to_owned());
        }
        if self.examples.bad.len() < 2 || self.examples.good.len() < 2 {
            return Err("examples need at least two bad and two good texts".to_owned());
        }
        let kind = self.kind()?;
        if let Some(key) = self.left_over() {
            return Err(format!("kind \"{}\" has no key \"{key}\"", self.kind));
        }
        Ok(Rule {
            kind,
            about: Arc::new(About {
                id: self.id.into_inner(),
                name: self.name,
                message: self.message,
                why: self.why,
                link: self.link,
                severity: self.severity,
            }),
            on: self.default,
            networks: self.networks,
            public_only: self.public_only,
            incoming: self.when.incoming,
            except: all(&self.except)?,
            unless: all(&self.unless)?,
            unless_in: self.unless_in,
            examples: self.examples,
        })
    }

    /// Takes the keys of the rule's kind.
    fn kind(&mut self) -> Result<Kind, String> {
        Ok(match self.kind.as_str() {
            "literal" => {
                Kind::Literal { tokens: list("tokens", self.tokens.take())?, fixes: fixes(self.fixes.take())? }
            }
            "swap" => Kind::Swap { pairs: pairs(self.swap.take())? },
            "guard" => Kind::Guard {
                needs: list("needs", self.needs.take())?,
                pattern: pattern(&need("pattern", self.pattern.take())?)?,
                window: self.window.take().unwrap_or(60).min(200),
                fixes: fixes(self.fixes.take())?,
            },
            "count" => {
                Kind::Count { measure: need("measure", self.measure.take())?, max: need("max", self.max.take())? }
            }
            "repeat" => Kind::Repeat { words: all(&self.words.take().unwrap_or_default())? },
            "reply" => Kind::Reply {
                missing: list("missing", self.missing.take())?,
                min_words: self.min_words.take().unwrap_or(4),
                at: self.at.take().unwrap_or_default(),
                fixes: self.fixes.take().unwrap_or_default(),
            },
            "near" => Kind::Near {
                first: list("first", self.first.take())?,
                second: list("second", self.second.take())?,
                within: self.within.take().unwrap_or(120),
                present: need("present", self.present.take())?,
            },
            "data" => Kind::Data { what: need("what", self.what.take())? },
            other => return Err(format!("no kind \"{other}\"")),
        })
    }

    /// A key that the rule's kind did not take.
    fn left_over(&self) -> Option<&'static str> {
        [
            ("tokens", self.tokens.is_some()),
            ("fixes", self.fixes.is_some()),
            ("swap", self.swap.is_some()),
            ("needs", self.needs.is_some()),
            ("pattern", self.pattern.is_some()),
            ("window", self.window.is_some()),
            ("measure", self.measure.is_some()),
            ("max", self.max.is_some()),
            ("words", self.words.is_some()),
            ("missing", self.missing.is_some()),
            ("min_words", self.min_words.is_some()),
            ("at", self.at.is_some()),
            ("first", self.first.is_some()),
            ("second", self.second.is_some()),
            ("within", self.within.is_some()),
            ("present", self.present.is_some()),
            ("what", self.what.is_some()),
        ]
        .into_iter()
        .find_map(|(key, left)| left.then_some(key))
    }
}

fn need<T>(key: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("\"{key}\" is missing"))
}

fn list(key: &str, value: Option<Vec<String>>) -> Result<Vec<String>, String> {
    let value = need(key, value)?;
    if value.is_empty() { Err(format!("\"{key}\" is empty")) } else { all(&value) }
}

/// Every literal the entries stand for.
fn all(entries: &[String]) -> Result<Vec<String>, String> {
    entries.iter().map(|entry| expand(entry)).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
}

/// Leaving words out moves the finding's edges, so it cannot be one choice among others.
fn fixes(fixes: Option<Vec<String>>) -> Result<Vec<String>, String> {
    let fixes = fixes.unwrap_or_default();
    if fixes.len() > 1 && fixes.iter().any(String::is_empty) {
        return Err("an empty fix must stand alone".to_owned());
    }
    Ok(fixes)
}

fn pairs(swap: Option<BTreeMap<String, OneOrMore>>) -> Result<Vec<(String, Vec<String>)>, String> {
    let mut pairs = Vec::new();
    for (term, to) in need("swap", swap)? {
        let to = fixes(Some(match to {
            OneOrMore::One(one) => vec![one],
            OneOrMore::More(more) => more,
        }))?;
        pairs.extend(expand(&term)?.into_iter().map(|term| (term, to.clone())));
    }
    if pairs.is_empty() { Err("\"swap\" is empty".to_owned()) } else { Ok(pairs) }
}

fn pattern(source: &str) -> Result<regex::Regex, String> {
    if source.contains(r"\b") {
        return Err(r"leave out \b: a match is always whole words".to_owned());
    }
    let mut before = ' ';
    for c in source.chars() {
        if before != '\\' && (c.is_uppercase() || matches!(c, '‘' | '’' | '“' | '”')) {
            return Err("the pattern must be in lower case with straight quotes, like the text it meets".to_owned());
        }
        before = if before == '\\' { ' ' } else { c };
    }
    RegexBuilder::new(source)
        .size_limit(1 << 20)
        .build()
        .map_err(|e| format!("pattern: {}", e.to_string().lines().last().unwrap_or_default()))
}
