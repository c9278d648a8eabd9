//! Rules that count: marks in a row, capitals in a row, repeated words, emoji, tags, length.

use std::ops::Range;

use super::fix::capital;
use super::fold::is_word;
use super::length;
use super::mask::MaskKind;
use super::readability;
use super::reading::Reading;
use super::rule::{Band, Measure};

/// Too much of something.
#[derive(Debug)]
pub(super) struct Over {
    /// Where the excess starts; `None` = the whole reply is too much.
    pub at: Option<Range<usize>>,
    /// How much there is.
    pub count: usize,
    pub fixes: Vec<String>,
}

/// Readability is judged only in replies longer than this many bytes.
const LONG_REPLY: usize = 400;

/// Everything in `reading` that is not fine. Runs and masks know no least; `lang` is the reply's language.
pub(super) fn count(reading: &Reading<'_>, measure: Measure, fine: Band, lang: Option<&str>) -> Vec<Over> {
    let max = fine.max;
    match measure {
        Measure::ExclamationRun => runs(reading, &['!', '¡'], max),
        Measure::QuestionRun => runs(reading, &['?', '¿'], max),
        Measure::DotRun => runs(reading, &['.'], max),
        Measure::Exclamations => exclamations(reading, max),
        Measure::LetterRun => letters(reading, max),
        Measure::CapsRun => capitals(reading, max),
        Measure::Emoji => masked(reading, MaskKind::Emoji, max),
        Measure::Tags => masked(reading, MaskKind::Tag, max),
        Measure::Length => whole(length::characters(reading.raw), fine),
        Measure::LengthX => whole(length::on_x(reading), fine),
        Measure::SentenceWords => long_sentences(reading, max),
        Measure::Words => whole(reading.words().len(), fine),
        Measure::ReadingEase | Measure::Inflesz if reading.raw.len() <= LONG_REPLY => Vec::new(),
        Measure::ReadingEase => readability::ease(reading, lang).map_or_else(Vec::new, |ease| whole(ease, fine)),
        Measure::Inflesz => readability::inflesz(reading, lang).map_or_else(Vec::new, |ease| whole(ease, fine)),
    }
}

fn whole(count: usize, fine: Band) -> Vec<Over> {
    let over = !(fine.min..=fine.max).contains(&count);
    if over { vec![Over { at: None, count, fixes: Vec::new() }] } else { Vec::new() }
}

/// Runs of one of `marks` longer than `max`; the fix is the longest that is fine.
fn runs(reading: &Reading<'_>, marks: &[char], max: usize) -> Vec<Over> {
    let text = reading.text();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(marks) {
        let start = at + offset;
        let mark = text[start..].chars().next().unwrap_or_default();
        let rest = &text[start..];
        let end = start + rest.find(|c| c != mark).unwrap_or(rest.len());
        let count = (end - start) / mark.len_utf8();
        if count > max && reading.mask(start, end).is_none() {
            found.push(Over { at: Some(start..end), count, fixes: vec![mark.to_string().repeat(max.max(1))] });
        }
        at = end;
    }
    found
}

/// Exclamations beyond the `max` first. The full stop offered would leave a Spanish opening mark alone, so not there.
fn exclamations(reading: &Reading<'_>, max: usize) -> Vec<Over> {
    let text = reading.text();
    let mut ends: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices('!') {
        if !text[..at].ends_with('!') && reading.mask(at, at + 1).is_none() {
            ends.push(at);
        }
    }
    let count = ends.len();
    let fixes = if text.contains('¡') { Vec::new() } else { vec![".".to_owned()] };
    ends.into_iter().skip(max).take(1).map(|at| Over { at: Some(at..at + 1), count, fixes: fixes.clone() }).collect()
}

fn letters(reading: &Reading<'_>, max: usize) -> Vec<Over> {
    let text = reading.text();
    let mut found = Vec::new();
    for word in reading.words().iter().cloned() {
        let (mut run, mut last, mut longest) = (0, '\0', 0);
        for c in text[word.clone()].chars() {
            run = if c == last { run + 1 } else { 1 };
            last = c;
            longest = if c.is_alphabetic() { longest.max(run) } else { longest };
        }
        if longest > max {
            let written = reading.written(word.clone());
            found.push(Over { at: Some(word), count: longest, fixes: vec![squeeze(written)] });
        }
    }
    found
}

/// Three or more of one letter become one.
fn squeeze(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let same = |a: char, b: char| a.to_lowercase().eq(b.to_lowercase());
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| same(**c, chars[at])).count();
        out.extend(&chars[at..at + if run >= 3 { 1 } else { run }]);
        at += run;
    }
    out
}

/// More than `max` words in a row in capitals, with at least eight letters in all: acronyms side by side are fine.
fn capitals(reading: &Reading<'_>, max: usize) -> Vec<Over> {
    if !shouts(reading.raw) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut run: Vec<Range<usize>> = Vec::new();
    let mut letters = 0;
    let mut close = |run: &mut Vec<Range<usize>>, letters: usize| {
        if let (Some(first), Some(last), true) = (run.first(), run.last(), run.len() > max && letters >= 8) {
            let range = first.start..last.end;
            let quiet = reading.written(range.clone()).to_lowercase();
            let quiet = if reading.starts_sentence(range.start) { capital(&quiet) } else { quiet };
            found.push(Over { at: Some(range), count: run.len(), fixes: vec![quiet] });
        }
        run.clear();
    };
    for word in reading.words().iter().cloned() {
        let apart = run.last().is_some_and(|last| {
            reading.text()[last.end..word.start].contains(['.', '!', '?', ',', ':', ';', '/', '(', '\n'])
        });
        let written = reading.written(word.clone());
        let upper = written.chars().any(char::is_alphabetic) && !written.chars().any(char::is_lowercase);
        if apart || !upper {
            close(&mut run, letters);
            letters = 0;
        }
        // "I", "A", "Y" and digits carry a run on, but do not start one.
        if upper && (!run.is_empty() || written.chars().count() > 1) {
            letters += written.chars().filter(|c| c.is_alphabetic()).count();
            run.push(word);
        }
    }
    close(&mut run, letters);
    found
}

/// Two capitals side by side somewhere: without them there is nothing to look for.
fn shouts(raw: &str) -> bool {
    !raw.is_ascii() || raw.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

/// The first mask of a kind beyond the `max` first.
fn masked(reading: &Reading<'_>, kind: MaskKind, max: usize) -> Vec<Over> {
    let count = reading.masked(kind).count();
    reading
        .masked(kind)
        .skip(max)
        .take(1)
        .map(|m| Over { at: Some(m.start..m.end), count, fixes: Vec::new() })
        .collect()
}

/// Sentences of more than `max` words, in long replies only; the first word too many is marked.
fn long_sentences(reading: &Reading<'_>, max: usize) -> Vec<Over> {
    if reading.raw.len() <= LONG_REPLY {
        return Vec::new();
    }
    let mut words = reading.words().iter().cloned().peekable();
    let mut found = Vec::new();
    for sentence in reading.all_sentences() {
        let (mut count, mut at) = (0, None);
        while let Some(word) = words.next_if(|word| word.start < sentence.end) {
            count += 1;
            if count == max + 1 {
                at = Some(word);
            }
        }
        if let Some(word) = at {
            found.push(Over { at: Some(word), count, fixes: Vec::new() });
        }
    }
    found
}

/// The same word twice in a row, with what to write instead. `only`: these words; empty = any.
pub(super) fn repeats(reading: &Reading<'_>, only: &[String]) -> Vec<(Range<usize>, String)> {
    let text = reading.text();
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for word in reading.words().iter().cloned() {
        let here = &text[word.clone()];
        let again = last
            .as_ref()
            .is_some_and(|last| text[last.clone()] == *here && matches!(&text[last.end..word.start], " " | "\n"));
        // Asked for any word, a name such as Walla Walla and numbers are left alone.
        let plain =
            || here.chars().all(char::is_alphabetic) && !reading.written(word.clone()).starts_with(char::is_uppercase);
        let wanted = || if only.is_empty() { plain() } else { only.iter().any(|only| only == here) };
        if let (true, Some(first)) = (again && here.chars().all(is_word) && wanted(), last.clone()) {
            found.push((first.start..word.end, reading.written(first).to_owned()));
            last = None;
        } else {
            last = Some(word);
        }
    }
    found
}
