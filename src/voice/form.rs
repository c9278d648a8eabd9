//! A rule as it is written in a pack's file, and the way from there to the rule the engine uses: every key is taken by
//! its kind or refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::expand::expand;
use super::pattern::Pattern;
use super::rule::{About, Band, DataKind, Edge, Examples, Kind, Measure, Reach, Rule, Severity, When, Words};
use super::seek::mask_kind;
use super::spelling::RULE;

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
    #[serde(default)]
    severity_by_network: BTreeMap<String, Severity>,
    #[serde(default = "yes")]
    default: bool,
    #[serde(default)]
    networks: Vec<String>,
    #[serde(default)]
    public_only: bool,
    #[serde(default)]
    when: When,
    #[serde(default)]
    min_chars: usize,
    #[serde(default)]
    cool_down: bool,
    sure: Option<bool>,
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
    min: Option<i32>,
    max: Option<i32>,
    both: Option<bool>,
    either: Option<BTreeMap<String, Vec<String>>>,
    aligned: Option<bool>,
    weights: Option<BTreeMap<String, i32>>,
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
        let sure = self.sure.unwrap_or_else(|| kind.is_sure());
        Ok(Rule {
            kind,
            about: Arc::new(About {
                id: self.id,
                name: self.name,
                message: self.message,
                why: self.why,
                link: self.link,
                severity: self.severity,
                severity_by_network: self.severity_by_network,
                sure,
                cool_down: self.cool_down,
            }),
            on: self.default,
            networks: self.networks,
            public_only: self.public_only,
            when: self.when,
            min_chars: self.min_chars,
            except: sound(&self.except)?,
            unless: sound(&self.unless)?,
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
                pattern: Pattern::new(need("pattern", self.pattern.take())?)?,
                window: self.window.take().unwrap_or(60).min(200),
                fixes: fixes(self.fixes.take())?,
            },
            "count" => Kind::Count {
                measure: need("measure", self.measure.take())?,
                fine: band(self.min.take(), self.max.take())?,
            },
            "limit" => Kind::Limit {
                tokens: list("tokens", self.tokens.take())?,
                max: count("max", need("max", self.max.take())?)?,
            },
            "order" => Kind::Order {
                first: list("first", self.first.take())?,
                second: list("second", self.second.take())?,
                both: self.both.take().unwrap_or_default(),
            },
            "either" => either(need("either", self.either.take())?, self.aligned.take().unwrap_or_default())?,
            "tone" => Kind::Tone {
                weights: weights(need("weights", self.weights.take())?)?,
                min: self.min.take(),
                max: self.max.take(),
            },
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
            // Its cards have dictionaries, by its id.
            "spelling" if self.id != RULE => return Err(format!("the rule of kind \"spelling\" has the id {RULE}")),
            "spelling" => Kind::Spelling,
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
            ("min", self.min.is_some()),
            ("max", self.max.is_some()),
            ("both", self.both.is_some()),
            ("either", self.either.is_some()),
            ("aligned", self.aligned.is_some()),
            ("weights", self.weights.is_some()),
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
    if value.is_empty() { Err(format!("\"{key}\" is empty")) } else { sound(&value) }
}

fn count(key: &str, value: i32) -> Result<usize, String> {
    usize::try_from(value).map_err(|_| format!("\"{key}\" is below zero"))
}

/// What a count may be: at least one end is given.
fn band(min: Option<i32>, max: Option<i32>) -> Result<Band, String> {
    if min.is_none() && max.is_none() {
        return Err("\"min\" or \"max\" is missing".to_owned());
    }
    let min = min.map_or(Ok(0), |min| count("min", min))?;
    let max = max.map_or(Ok(usize::MAX), |max| count("max", max))?;
    Ok(Band { min, max })
}

fn either(given: BTreeMap<String, Vec<String>>, aligned: bool) -> Result<Kind, String> {
    if given.len() < 2 {
        return Err("\"either\" needs two ways or more".to_owned());
    }
    let (mut ways, mut phrases, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    for (way, (name, entries)) in given.into_iter().enumerate() {
        let entries = list(&format!("either.{name}"), Some(entries))?;
        // The n-th of one way is the fix for the n-th of another only once the choices are spelled out.
        let all = if aligned { all(&entries)? } else { entries };
        ways.push(name);
        lengths.push(all.len());
        phrases.extend(all.into_iter().map(|phrase| (phrase, way)));
    }
    if aligned && lengths.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err("\"aligned\" needs as many phrases for each way".to_owned());
    }
    Ok(Kind::Either { ways, phrases, aligned })
}

fn weights(given: BTreeMap<String, i32>) -> Result<Vec<(String, i32)>, String> {
    let mut all = Vec::new();
    for (phrase, weight) in given {
        expand(&phrase)?;
        all.push((phrase, weight));
    }
    if all.is_empty() { Err("\"weights\" is empty".to_owned()) } else { Ok(all) }
}

/// Entries that can be read, as they are written.
fn sound(entries: &[String]) -> Result<Vec<String>, String> {
    entries.iter().try_for_each(|entry| expand(entry).map(|_| ()))?;
    Ok(entries.to_vec())
}

/// Every literal the entries stand for.
pub(crate) fn all(entries: &[String]) -> Result<Vec<String>, String> {
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
        expand(&term)?;
        pairs.push((term, to));
    }
    if pairs.is_empty() { Err("\"swap\" is empty".to_owned()) } else { Ok(pairs) }
}
