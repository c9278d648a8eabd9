//! Phrases with choices, `sorry (for|about) (any |)inconvenience`, as the engine looks for them: the automaton holds one
//! literal of each, its anchor, and what stands before and after is compared only where the anchor was found. Spelling
//! every choice out would make the automaton ten times as large.

use super::expand::{Part, parse, spell};
use super::fold::Folded;
use super::language;

/// Shorter anchors are found too often to be worth it.
const ANCHOR: usize = 3;
/// An anchor of common words only ("you") is found about so many times as often as another.
const COMMON: usize = 12;
/// Most ways in which the part before an anchor may read.
const BEFORE: usize = 64;

/// A phrase, or one of the phrases that an entry stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The literal that any match holds.
    pub anchor: String,
    /// Every way in which what stands before it may read.
    before: Vec<Before>,
    after: Vec<Part>,
}

impl Phrase {
    /// The phrases of an entry; none for one that cannot be read, which whoever wrote it was told.
    pub fn of(entry: &str) -> Vec<Self> {
        let Ok(parts) = parse(entry) else { return Vec::new() };
        let parts = folded_parts(&parts);
        if let Some((at, anchors)) = anchors(&parts) {
            let before = spell(&parts[..at], BEFORE).unwrap_or_default();
            let phrase = |anchor: String| {
                // Where a choice left two spaces, the text has one.
                let joined = before.iter().map(|before| folded(&format!("{before}{anchor}")));
                let before =
                    joined.filter_map(|joined| joined.strip_suffix(anchor.as_str()).map(Before::new)).collect();
                Self { anchor, before, after: parts[at + 1..].to_vec() }
            };
            return anchors.into_iter().map(phrase).collect();
        }
        let spelled = spell(&parts, usize::MAX).unwrap_or_default();
        let whole = |text: String| Self { anchor: folded(&text), before: vec![Before::new("")], after: Vec::new() };
        spelled.into_iter().filter(|text| !text.trim().is_empty()).map(whole).collect()
    }

    /// The longest match whose anchor stands at `start..end` of a folded text and whose ends `fit`.
    pub fn find(&self, text: &str, start: usize, end: usize, fits: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
        let last = ending(&text[..start]);
        let before = self.before.iter().filter(|before| before.ends(&text[..start], last));
        let from = before.map(|before| start - before.text.len()).filter(|&at| fits(at)).min()?;
        let mut to = None;
        follow(&self.after, text, end, &mut |at| {
            if to.is_none_or(|to| to < at) && fits(at) {
                to = Some(at);
            }
        });
        Some((from, to?))
    }
}

/// One way in which what stands before an anchor may read, with its last four bytes, which most often are enough to see
/// that it does not stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Before {
    text: String,
    last: u32,
    /// Which bits of `last` count: all but for shorter ones.
    mask: u32,
}

impl Before {
    fn new(text: &str) -> Self {
        let mask = if text.len() < 4 { (1 << (8 * text.len())) - 1 } else { u32::MAX };
        Self { text: text.to_owned(), last: ending(text), mask }
    }

    /// True when `text`, whose last bytes are given, ends with it.
    fn ends(&self, text: &str, last: u32) -> bool {
        (self.last ^ last) & self.mask == 0 && (self.text.len() <= 4 || text.ends_with(self.text.as_str()))
    }
}

/// The last four bytes of a text, the last one lowest.
fn ending(text: &str) -> u32 {
    text.bytes().rev().take(4).enumerate().fold(0, |all, (nth, byte)| all | u32::from(byte) << (8 * nth))
}

/// The part whose anchors, all of them long enough, are found least often, and of several the longest; with its place.
fn anchors(parts: &[Part]) -> Option<(usize, Vec<String>)> {
    let long = |text: &String| text.trim().len() >= ANCHOR;
    let all = parts.iter().enumerate().filter_map(|(at, part)| {
        let texts = spell(std::slice::from_ref(part), BEFORE)?;
        (texts.iter().all(long) && spell(&parts[..at], BEFORE).is_some()).then_some((at, texts))
    });
    let often = |text: &String| if text.split_whitespace().all(language::is_common) { COMMON } else { 1 };
    let found = |texts: &[String]| texts.iter().map(often).sum::<usize>();
    all.min_by_key(|(at, texts)| (found(texts), std::cmp::Reverse(texts.iter().map(String::len).min()), *at))
}

fn folded(text: &str) -> String {
    Folded::new(text).text().to_owned()
}

fn folded_parts(parts: &[Part]) -> Vec<Part> {
    let fold = |part: &Part| match part {
        Part::Text(text) => Part::Text(folded(text)),
        Part::Choice(choices) => Part::Choice(choices.iter().map(|choice| folded_parts(choice)).collect()),
    };
    parts.iter().map(fold).collect()
}

/// Tells `then` of every place where `parts`, read from `at`, may end.
fn follow(parts: &[Part], text: &str, at: usize, then: &mut dyn FnMut(usize)) {
    match parts.split_first() {
        None => then(at),
        Some((Part::Text(words), rest)) => {
            let spaced = text[..at].ends_with(' ');
            let words = if spaced { words.strip_prefix(' ').unwrap_or(words) } else { words };
            if text[at..].starts_with(words) {
                follow(rest, text, at + words.len(), then);
            }
        }
        Some((Part::Choice(choices), rest)) => {
            for choice in choices {
                follow(choice, text, at, &mut |next| follow(rest, text, next, then));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::expand::expand;
    use crate::voice::fold::starts_whole;
    use proptest::prelude::*;

    #[track_caller]
    fn check(entry: &str, text: &str, expect: Option<&str>) {
        let text = folded(text);
        assert_eq!(longest(entry, &text).map(|(start, end)| &text[start..end]), expect, "{entry}");
    }

    /// Every place where `word` starts, overlapping ones too.
    fn starts(text: &str, word: &str) -> impl Iterator<Item = usize> {
        (0..text.len()).filter(move |&at| text.is_char_boundary(at) && text[at..].starts_with(word))
    }

    /// The longest of the first matches.
    fn longest(entry: &str, text: &str) -> Option<(usize, usize)> {
        let found = Phrase::of(entry).into_iter().flat_map(|phrase| {
            let hits: Vec<_> = starts(text, &phrase.anchor).map(|at| (at, at + phrase.anchor.len())).collect();
            let find = |(start, end): (usize, usize)| phrase.find(text, start, end, |at| starts_whole(text, at));
            hits.into_iter().filter_map(find).collect::<Vec<_>>()
        });
        found.min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)))
    }

    #[test]
    fn choices_before_and_after_the_anchor_are_followed() {
        check(
            "sorry (for|about) (any |)inconvenience",
            "So Sorry about inconvenience",
            Some("sorry about inconvenience"),
        );
        check("(we|i) (do |)guarantee(d|)", "we do guaranteed", Some("we do guaranteed"));
        check("(we|i) (do |)guarantee(d|)", "we guarantees", None);
        check("a (b|) c", "a c", Some("a c"));
        check("(el|la) (otra|) vez", "la vez", Some("la vez"));
        check("(a|b)(c|d)", "x bd y", Some("bd"));
        check("utili(s|z)e(d|)", "utilised", Some("utilised"));
    }

    proptest! {
        #[test]
        fn a_phrase_finds_what_its_spelled_choices_find(
            entry in "[ab]{0,4}( |)(\\([ab ]{0,3}\\|[ab]{0,3}\\)){0,2}( |)[ab]{0,4}(\\([ab]{1,2}\\|\\)){0,1}",
            text in "[ab ]{0,20}",
        ) {
            let text = folded(&text);
            let Ok(literals) = expand(&entry) else { return Ok(()) };
            let spelled = literals.iter().map(|literal| folded(literal)).filter(|literal| !literal.trim().is_empty());
            let found = spelled.flat_map(|literal| {
                let hits: Vec<_> = starts(&text, &literal).collect();
                let whole = |at: usize| (at, at + literal.len());
                hits.into_iter().map(whole).filter(|(start, end)| starts_whole(&text, *start) && starts_whole(&text, *end)).collect::<Vec<_>>()
            });
            prop_assert_eq!(longest(&entry, &text).is_some(), found.count() > 0, "{:?} in {:?}", entry, text);
        }
    }
}
