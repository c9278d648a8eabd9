//! The firing preview: on how many of a team's replies would a rule speak, and on which words? Asked before a rule is
//! switched on. Where the replies come from is the caller's affair.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::engine::{Checker, Input, Switches, primary};
use super::language;
use super::pack::Pack;
use super::rule::Kind;
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

/// Every rule of `packs`, switched on or off, over `replies`; in the order of the packs. Spelling is left out: its words
/// are found elsewhere.
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
            // What would speak in a crisis is to be seen before there is one.
            hold: true,
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
        .filter(|(_, rule)| !matches!(rule.kind, Kind::Spelling))
        .map(|(pack, rule)| {
            let (count, excerpts) = by_rule.remove(&rule.about.id).unwrap_or_default();
            let of = if pack.language == "*" {
                all
            } else {
                in_language.get(&primary(&pack.language)).copied().unwrap_or(0)
            };
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

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::voice::bundled;
    use serde_json::json;

    fn sent(text: &str, lang: &str) -> Reply {
        Reply { text: text.into(), lang: Some(lang.into()), ..Reply::default() }
    }

    #[test]
    fn rules_for_a_crisis_show_what_they_would_find_before_there_is_one() {
        for (rule, text) in [
            ("en.crisis.jokes", "Haha, that made our morning!"),
            ("en.crisis.promotion", "Check out our new collection."),
        ] {
            let all = firing(bundled(), &[sent(text, "en")]);
            assert_eq!(all.iter().find(|one| one.rule == rule).map(|one| one.count), Some(1), "{rule}");
        }
    }

    #[test]
    fn spelling_is_not_counted_and_regions_count_for_their_language() {
        let all = firing(bundled(), &[sent("Thanks!", "en-GB"), sent("Gracias", "es")]);
        assert!(all.iter().all(|one| one.rule != crate::voice::spelling::RULE));
        let value = json!({ "id": "p", "name": "P", "language": "en-GB", "version": 1, "rule": [
            { "id": "p.x", "kind": "literal", "name": "x", "message": "x", "why": "x", "severity": "warning", "tokens": ["thanks"] },
        ] });
        let pack = Pack::from_value("p", &value).unwrap();
        let one = &firing(&[pack], &[sent("Thanks!", "en"), sent("Gracias", "es")])[0];
        assert_eq!((one.count, one.of), (1, 1));
    }
}
