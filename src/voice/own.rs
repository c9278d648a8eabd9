//! The brand's own words: a list that people write without knowing what a rule is (this word, say that instead, because,
//! there), read from a pasted style guide too, and the pack that it becomes.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::compiled;
use super::fold::Folded;
use super::pack::{Pack, PackError};
use super::rule::Severity;

/// Id of the pack.
pub const PACK: &str = "brand";

/// What style guides write above their column of words, folded.
const HEADINGS: &[&str] = &[
    "word",
    "words",
    "term",
    "instead of",
    "avoid",
    "don't say",
    "do not say",
    "do not use",
    "palabra",
    "palabras",
    "termino",
    "término",
    "en vez de",
    "en lugar de",
    "evitar",
    "no decimos",
    "no digas",
];

/// A word or phrase that the brand writes in its own way, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnWord {
    /// As people write it; case does not matter.
    pub term: String,
    /// What the brand says, best first; empty = nothing else is offered.
    pub instead: Vec<String>,
    /// Why, in the brand's words; may be empty.
    pub why: String,
    /// Ids of networks; empty = everywhere.
    pub networks: Vec<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// Kept, but not at work.
    pub off: bool,
}

impl OwnWord {
    /// The id of its rule: the same for every spelling that folds to the same.
    pub fn rule_id(&self) -> String {
        format!("{PACK}.{}", folded(&self.term))
    }
}

fn folded(term: &str) -> String {
    Folded::new(term.trim()).text().trim().to_owned()
}

/// The words that a stored item holds.
pub fn words(value: &Value) -> Vec<OwnWord> {
    value.get("words").and_then(crate::json::of).unwrap_or_default()
}

/// The words as an item to store: as they are, and compiled.
pub fn item(words: &[OwnWord]) -> Result<Value, PackError> {
    Ok(json!({ "words": words, "compiled": compiled::write(&pack(words)?) }))
}

/// The pack that the words are. Switched-off ones are in it too, off.
pub fn pack(words: &[OwnWord]) -> Result<Pack, PackError> {
    let rules: Vec<Value> = words.iter().filter(|word| !folded(&word.term).is_empty()).map(rule).collect();
    let value = json!({
        "id": PACK, "name": { "en": "Your brand's words", "es": "Las palabras de tu marca" }, "language": "*", "version": 1,
        "rule": rules,
    });
    Pack::from_value(PACK, &value)
}

fn rule(word: &OwnWord) -> Value {
    let term = literal(&word.term);
    let swap = !word.instead.is_empty();
    let mut rule = json!({
        "id": word.rule_id(),
        "kind": if swap { "swap" } else { "literal" },
        "name": word.term.trim(),
        "message": if swap {
            json!({ "en": "We say \"$FIX$\", not \"$MATCH$\".", "es": "Decimos «$FIX$», no «$MATCH$»." })
        } else {
            json!({ "en": "We do not say \"$MATCH$\".", "es": "No decimos «$MATCH$»." })
        },
        "why": match word.why.trim() {
            "" => json!({ "en": "It is on your brand's list of words.", "es": "Está en la lista de palabras de tu marca." }),
            why => json!(why),
        },
        "severity": word.severity,
        "networks": word.networks,
        "default": !word.off,
    });
    if swap {
        rule["swap"] = json!({ term: word.instead });
    } else {
        rule["tokens"] = json!([term]);
    }
    rule
}

/// A term as one literal: what has a meaning in packs has none here.
fn literal(term: &str) -> String {
    let mut out = String::with_capacity(term.len());
    for c in term.trim().chars() {
        if matches!(c, '(' | ')' | '|' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Words from a pasted list, one a line: `term → instead, or this; why`. The arrow may be `→`, `->`, `=>`, `=` or a tab; a
/// line without one is a word to avoid. Bullets, numbers of a list and the headings of a table are left out.
pub fn pasted(text: &str) -> Vec<OwnWord> {
    let mut words: Vec<OwnWord> = Vec::new();
    for (at, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let line = line.trim().trim_start_matches(['-', '*', '•', '·']).trim();
        let line = unnumbered(line);
        let arrow = ["→", "->", "=>", "\t", "="].iter().find_map(|arrow| line.split_once(arrow));
        let (term, rest) = arrow.unwrap_or((line, ""));
        if at == 0 && line.contains('\t') && HEADINGS.contains(&folded(term).as_str()) {
            continue;
        }
        let (instead, why) = rest.split_once([';', '\t']).unwrap_or((rest, ""));
        let quotes = ['"', '“', '”', '«', '»', '\''];
        let tidy = |text: &str| text.trim().trim_matches(quotes).trim().to_owned();
        let word = OwnWord {
            term: tidy(term),
            instead: instead.split(',').map(tidy).filter(|one| !one.is_empty()).collect(),
            why: why.trim().to_owned(),
            severity: Severity::Warning,
            ..OwnWord::default()
        };
        if !folded(&word.term).is_empty() && words.iter().all(|other| folded(&other.term) != folded(&word.term)) {
            words.push(word);
        }
    }
    words
}

/// "3. Word" without its number; "24/7" and "1.5 litres" are words.
fn unnumbered(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['.', ')']).filter(|rest| rest.len() + 1 < line.len());
    rest.filter(|rest| rest.starts_with(char::is_whitespace)).map_or(line, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{Checker, Input, Switches};

    #[track_caller]
    fn list(text: &str, expect: &[(&str, &[&str], &str)]) {
        let words = pasted(text);
        let got: Vec<(&str, Vec<&str>, &str)> = words
            .iter()
            .map(|word| (word.term.as_str(), word.instead.iter().map(String::as_str).collect(), word.why.as_str()))
            .collect();
        let expect: Vec<_> = expect.iter().map(|(term, instead, why)| (*term, instead.to_vec(), *why)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn a_style_guide_can_be_pasted() {
        list(
            "- cheap -> affordable, good value; we never talk down our prices\n* clients → guests\n3. \"acme phone\" = AcmePhone\n\nutilise\ttry\tplain\nCheap -> x\nhandset\n",
            &[
                ("cheap", &["affordable", "good value"], "we never talk down our prices"),
                ("clients", &["guests"], ""),
                ("acme phone", &["AcmePhone"], ""),
                ("utilise", &["try"], "plain"),
                ("handset", &[], ""),
            ],
        );
        list("", &[]);
        list(
            "24/7 → any time\n3G → mobile data\n12) 100% free\n1.5 litre bottle",
            &[
                ("24/7", &["any time"], ""),
                ("3G", &["mobile data"], ""),
                ("100% free", &[], ""),
                ("1.5 litre bottle", &[], ""),
            ],
        );
        list("Word\tInstead\tWhy\nword\tterm\t", &[("word", &["term"], "")]);
        list("Término\tEn su lugar\nbarato\tasequible", &[("barato", &["asequible"], "")]);
        list("Word\nbarato", &[("Word", &[], ""), ("barato", &[], "")]);
    }

    #[test]
    fn every_spelling_has_a_rule_of_its_own() {
        let id = |term: &str| OwnWord { term: term.into(), ..OwnWord::default() }.rule_id();
        assert_ne!(id("log in"), id("log-in"));
        assert_eq!(id("Log in"), id("log in "));
        let words = ["log in", "log-in", "a_b", "a b"].map(|term| OwnWord { term: term.into(), ..OwnWord::default() });
        let pack = pack(&words).unwrap();
        let found = |text: &str| {
            Checker::new(std::slice::from_ref(&pack), &Switches::default())
                .check(&Input { text, ..Input::default() })
                .len()
        };
        assert_eq!([found("please log in"), found("your log-in"), found("a b")], [1, 1, 1]);
    }

    #[test]
    fn what_is_written_becomes_a_rule_of_its_own() {
        let words = [
            OwnWord {
                term: "cheap".into(),
                instead: vec!["affordable".into()],
                severity: Severity::Warning,
                ..OwnWord::default()
            },
            OwnWord { term: "C(++)|x".into(), ..OwnWord::default() },
            OwnWord { term: "clients".into(), networks: vec!["x".into()], ..OwnWord::default() },
            OwnWord { term: "asap".into(), off: true, ..OwnWord::default() },
            OwnWord::default(),
        ];
        let value = item(&words).unwrap();
        assert_eq!(super::words(&value), words);
        let pack = compiled::read(value["compiled"].as_str().unwrap()).unwrap();
        let checker = Checker::new(&[pack], &Switches::default());
        let found = |text: &str, network| {
            let input = Input { text, network, ..Input::default() };
            checker.check(&input).iter().map(|one| (one.rule.id.clone(), one.fixes.join("|"))).collect::<Vec<_>>()
        };
        assert_eq!(found("Cheap and good", None), [("brand.cheap".to_owned(), "Affordable".to_owned())]);
        assert_eq!(found("our C(++)|x asap clients", None), [("brand.c(++)|x".to_owned(), String::new())]);
        assert_eq!(found("clients", Some("x")), [("brand.clients".to_owned(), String::new())]);
    }
}
