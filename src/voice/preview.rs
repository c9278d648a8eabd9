//! The firing preview: on how many of a team's replies would a rule speak, and on which words? Asked before a rule is
//! switched on. Where the replies come from is the caller's affair.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::engine::{Checker, Input, Switches, primary};
use super::language;
use super::pack::Pack;
use crate::text::{OffsetMap, Utf16Span};

/// Most excerpts kept for a rule.
const EXCERPTS: usize = 3;
/// Characters shown on each side of what was found.
const AROUND: usize = 30;

/// A reply that was sent, and what is known of its surroundings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// Its text.
    pub text: String,
    /// Language tag.
    pub lang: Option<String>,
    /// Network id.
    pub network: Option<String>,
    /// The post it answered.
    pub incoming: Option<String>,
}

/// How often a rule fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// Rule id.
    pub rule: String,
    /// Replies with at least one finding of it.
    pub count: u32,
    /// Replies in a language that it judges.
    pub of: u32,
    /// What was found, in brackets, with the words around it.
    pub excerpts: Vec<String>,
}

/// Every rule of `packs`, switched on or off, over `replies`; in the order of the packs.
pub fn firing(packs: &[Pack], replies: &[Reply]) -> Vec<Firing> {
    let checker = Checker::new(packs, &Switches::every());
    let mut in_language: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_rule: BTreeMap<String, (u32, Vec<String>)> = BTreeMap::new();
    for reply in replies {
        let guessed = || language::guess(&reply.text, None).lang.map(|lang| lang.tag().to_owned());
        if let Some(lang) = reply.lang.as_deref().map(primary).or_else(guessed) {
            *in_language.entry(lang).or_default() += 1;
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for finding in checker.check(&Input {
            text: &reply.text,
            lang: reply.lang.as_deref(),
            network: reply.network.as_deref(),
            incoming: reply.incoming.as_deref(),
            ..Input::default()
        }) {
            let (count, excerpts) = by_rule.entry(finding.rule.id.clone()).or_default();
            *count += u32::from(seen.insert(finding.rule.id.clone()));
            if excerpts.len() < EXCERPTS {
                excerpts.push(excerpt(&reply.text, finding.span));
            }
        }
    }
    let all = u32::try_from(replies.len()).unwrap_or(u32::MAX);
    let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
    rules
        .map(|(pack, rule)| {
            let (count, excerpts) = by_rule.remove(&rule.about.id).unwrap_or_default();
            let of = if pack.language == "*" { all } else { in_language.get(&pack.language).copied().unwrap_or(0) };
            Firing { rule: rule.about.id.clone(), count, of, excerpts }
        })
        .collect()
}

/// What was found, in brackets, with its neighbours.
fn excerpt(text: &str, span: Utf16Span) -> String {
    let map = OffsetMap::new(text);
    let (start, end) = (map.to_byte(span.start), map.to_byte(span.end));
    let before: String = {
        let kept: Vec<char> = text[..start].chars().rev().take(AROUND).collect();
        kept.into_iter().rev().collect()
    };
    let after: String = text[end..].chars().take(AROUND).collect();
    format!("{before}[{}]{after}", &text[start..end]).replace('\n', " ")
}

/// Replies from JSONL; a wrong line is told by its number, from 1.
#[cfg(feature = "cli")]
pub fn replies(jsonl: &str) -> Result<Vec<Reply>, (usize, String)> {
    let lines = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|error| (at + 1, error.to_string()))).collect()
}
