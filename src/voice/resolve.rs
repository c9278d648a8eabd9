//! From what every rule found to what is shown: overlaps resolved, the worst kept, positions as browsers count.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::finding::Finding;
use super::fix::capital;
use super::fold::is_word;
use super::mask::MaskKind;
use super::reading::Reading;
use super::rule::Edge;
use super::seek::{Found, Place};
use crate::ordered::sort;
use crate::text::OffsetMap;

/// Findings in the order of the text, none overlapping: the worst first, then the longest, then the earliest. What is
/// said of the whole reply then takes the word nearest its edge that is still free.
pub(super) fn resolve(reading: &Reading<'_>, mut found: Vec<Found<'_>>) -> Vec<Finding> {
    if found.is_empty() {
        return Vec::new();
    }
    sort(&mut found, |a, b| rank(a).cmp(&rank(b)).then_with(|| a.rule.about.id.cmp(&b.rule.about.id)));
    let map = OffsetMap::new(reading.raw);
    let mut taken = Taken::default();
    let mut kept: Vec<(Range<usize>, Finding)> = Vec::new();
    for one in found {
        let whole = matches!(one.place, Place::Whole(_));
        let (range, fixes) = match one.place {
            Place::At(range) => (taken.take(&reading.original(range)), one.fixes),
            Place::Whole(edge) => stand(reading, edge, &one.fixes, &mut taken),
        };
        let Some(range) = range else { continue };
        kept.push((
            range.clone(),
            Finding {
                rule: Arc::clone(&one.rule.about),
                severity: one.severity,
                span: map.span(range.clone()),
                matched: reading.raw.get(range).unwrap_or_default().to_owned(),
                fixes,
                whole,
                args: one.args,
            },
        ));
    }
    sort(&mut kept, |(a, _), (b, _)| a.start.cmp(&b.start));
    kept.into_iter().map(|(_, finding)| finding).collect()
}

/// Order of choice: places before whole replies, then worst, longest, earliest.
fn rank(found: &Found<'_>) -> (bool, std::cmp::Reverse<super::rule::Severity>, std::cmp::Reverse<usize>, usize) {
    let (whole, len, start) = match &found.place {
        Place::At(range) => (false, range.len(), range.start),
        Place::Whole(_) => (true, 0, 0),
    };
    (whole, std::cmp::Reverse(found.severity), std::cmp::Reverse(len), start)
}

/// Stretches already taken, by start.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    /// Takes a stretch if it is free and not empty.
    fn take(&mut self, range: &Range<usize>) -> Option<Range<usize>> {
        let before = self.0.range(..range.end).next_back();
        let free = before.is_none_or(|(_, &end)| end <= range.start);
        (free && !range.is_empty()).then(|| {
            self.0.insert(range.start, range.end);
            range.clone()
        })
    }
}

/// The free word nearest to `edge`, and the fixes for it; away from the very edge an insertion would land in the middle
/// of a sentence, so there is none.
fn stand(
    reading: &Reading<'_>,
    edge: Edge,
    fixes: &[String],
    taken: &mut Taken,
) -> (Option<Range<usize>>, Vec<String>) {
    let words = reading.words();
    let words: Vec<&Range<usize>> = match edge {
        Edge::Start => words.iter().skip(greeting(reading)).take(40).collect(),
        Edge::End => words.iter().rev().take(40).collect(),
    };
    for (index, word) in words.iter().enumerate() {
        let chunk = match edge {
            Edge::Start => (*word).clone(),
            Edge::End => word.start..chunk_end(reading, word.end),
        };
        let Some(range) = taken.take(&reading.original(chunk.clone())) else { continue };
        let fixes = if index == 0 { fixes } else { &[] };
        return (Some(range), fixes.iter().map(|fix| joined(reading, edge, &chunk, fix)).collect());
    }
    (None, Vec::new())
}

/// A sentence put before or after the word that the finding stands on: `$MATCH$` is that word.
fn joined(reading: &Reading<'_>, edge: Edge, chunk: &Range<usize>, fix: &str) -> String {
    let written = reading.written(chunk.clone());
    match edge {
        Edge::End if written.ends_with(is_word) => fix.replacen("$MATCH$", &format!("{written}."), 1),
        Edge::End => fix.replacen("$MATCH$", written, 1),
        Edge::Start => {
            let fix = fix.replacen("$MATCH$", &capital(written), 1);
            // After "Hi Ana," the sentence goes on.
            if reading.starts_sentence(chunk.start) { fix } else { small(&fix) }
        }
    }
}

/// With a small first letter, but for a word in capitals such as "I".
fn small(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
    if chars.clone().next().is_some_and(char::is_lowercase) { first + chars.as_str() } else { text.to_owned() }
}

/// The end of the marks that follow a word directly.
fn chunk_end(reading: &Reading<'_>, at: usize) -> usize {
    let rest = &reading.text()[at..];
    let end = at + rest.find(|c: char| c.is_whitespace() || is_word(c)).unwrap_or(rest.len());
    reading.mask(at, end).map_or(end, |mask| mask.start.max(at))
}

/// Words that open a reply without being its matter, so that nothing is put before them.
const GREETINGS: [&str; 12] =
    ["hi", "hello", "hey", "dear", "hola", "buenas", "buenos", "buen", "estimado", "estimada", "querido", "querida"];

/// How many words the greeting takes: "Hi Ana," is two, "Hola, Ana," too, "Hi @ana" one.
fn greeting(reading: &Reading<'_>) -> usize {
    let text = reading.text();
    let words = reading.words().get(..7).unwrap_or(reading.words());
    if !words.first().is_some_and(|word| GREETINGS.contains(&&text[word.clone()])) {
        return 0;
    }
    // After which words something closes: a mark, or the handle of whoever is greeted.
    let closes = |pair: &[Range<usize>]| {
        let (from, to) = (pair[0].end, pair[1].start);
        let handle = reading.mask(from, to).is_some_and(|mask| mask.kind == MaskKind::Handle);
        handle || text[from..to].contains([',', '!', '.', ':', ';', '\n'])
    };
    let closing: Vec<usize> = words.windows(2).enumerate().filter(|(_, w)| closes(w)).map(|(at, _)| at + 1).collect();
    let named = |count: usize| {
        let next = words.get(count).map(|word| reading.written(word.clone()));
        next.is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    match closing.as_slice() {
        [] => 0,
        [first, second, ..] if *first == 1 && *second <= 3 && named(1) => *second,
        [first, ..] => *first,
    }
}
