//! A rule as it is written in a pack's file, and the way from there to the rule the engine uses: every key is taken by
//! its kind or refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex_automata::meta::{Config, Regex};
use serde::Deserialize;

use super::expand::expand;
use super::rule::{About, DataKind, Edge, Examples, Kind, Measure, Reach, Rule, Severity, Words};
use super::seek::mask_kind;

/// A rule as written: every key any kind may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleForm {
    pub id: String,
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
    #[serde(default)]
    pub examples: Examples,
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

pub(super) fn yes() -> bool {
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
    pub fn read(mut self) -> Result<Rule, String> {
        if self.id.trim().is_empty() {
            return Err("the id is empty".to_owned());
        }
        if self.name.is_blank() || self.message.is_blank() || self.why.is_blank() {
            return Err("name, message and why need words in both languages".to_owned());
        }
        if let Some(word) = self.unless.iter().find(|word| word.starts_with('{') && mask_kind(word).is_none()) {
            return Err(format!("\"unless\" knows no {word}"));
        }
        let kind = self.kind()?;
        if let Some(key) = self.left_over() {
            return Err(format!("kind \"{}\" has no key \"{key}\"", self.kind));
        }
        Ok(Rule {
            kind,
            about: Arc::new(About {
                id: self.id,
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
pub(super) fn all(entries: &[String]) -> Result<Vec<String>, String> {
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

fn pattern(source: &str) -> Result<Regex, String> {
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
    Regex::builder().configure(Config::new().nfa_size_limit(Some(1 << 20))).build(source).map_err(|e| {
        let said = e.syntax_error().map_or_else(|| e.to_string(), ToString::to_string);
        format!("pattern: {}", said.lines().last().unwrap_or_default())
    })
}
