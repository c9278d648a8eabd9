//! What can be judged only over a whole reply: ways of saying things that do not mix, and the tone that its words add up
//! to. Both say which words it was.

use std::cmp::Reverse;
use std::ops::Range;

use super::fix::in_case;
use super::reading::Reading;
use crate::ordered::sort;

/// Most words that are named as what moved the tone.
const NAMED: usize = 4;

/// Every phrase of a way other than the leading one: where it stands, what to write instead, and the leading way's name.
/// The way with more phrases leads; of two with as many, the one that comes first in the text.
pub(super) fn mixed(
    reading: &Reading<'_>,
    ways: &[String],
    phrases: &[(String, usize)],
    aligned: bool,
    hits: &[(u16, Range<usize>)],
) -> Vec<(Range<usize>, Option<String>, String)> {
    let way_of = |hit: u16| phrases.get(usize::from(hit)).map(|(_, way)| *way);
    let mut counts = vec![0usize; ways.len()];
    for way in hits.iter().filter_map(|(hit, _)| way_of(*hit)) {
        counts[way] += 1;
    }
    let first = |way: usize| hits.iter().position(|(hit, _)| way_of(*hit) == Some(way));
    let used = (0..ways.len()).filter(|&way| counts[way] > 0);
    let Some(leading) = used.min_by_key(|&way| (Reverse(counts[way]), first(way))) else { return Vec::new() };
    let start = |way: usize| phrases.iter().position(|(_, of)| *of == way).unwrap_or_default();
    let fix = |hit: u16, way: usize, range: &Range<usize>| {
        let (same, _) = phrases.get(start(leading) + usize::from(hit) - start(way))?;
        Some(in_case(reading.written(range.clone()), same, false, false))
    };
    hits.iter()
        .filter_map(|(hit, range)| {
            let way = way_of(*hit).filter(|&way| way != leading)?;
            let fix = if aligned { fix(*hit, way, range) } else { None };
            Some((range.clone(), fix, ways[leading].clone()))
        })
        .collect()
}

/// A tone outside its band.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OffTone {
    /// The sum of the weights.
    pub sum: i32,
    /// The words that moved it most that way, as written.
    pub words: String,
    /// The first of them; `None` when it is the lack of words that is wrong.
    pub at: Option<Range<usize>>,
}

/// What is wrong with the tone, if anything.
pub(super) fn tone(
    reading: &Reading<'_>,
    weights: &[(String, i32)],
    min: Option<i32>,
    max: Option<i32>,
    hits: &[(u16, Range<usize>)],
) -> Option<OffTone> {
    let moved = || hits.iter().filter_map(|(hit, range)| Some((weights.get(usize::from(*hit))?.1, range)));
    let sum = moved().fold(0i32, |sum, (weight, _)| sum.saturating_add(weight));
    let up = match (min, max) {
        (_, Some(max)) if sum > max => true,
        (Some(min), _) if sum < min => false,
        _ => return None,
    };
    let mut guilty: Vec<(i32, &Range<usize>)> = moved().filter(|(weight, _)| (*weight > 0) == up).collect();
    let rank = |(weight, range): &(i32, &Range<usize>)| (Reverse(weight.unsigned_abs()), range.start);
    sort(&mut guilty, |a, b| rank(a).cmp(&rank(b)));
    guilty.truncate(NAMED);
    let words: Vec<&str> = guilty.iter().map(|(_, range)| reading.written((*range).clone())).collect();
    Some(OffTone { sum, words: words.join(", "), at: guilty.first().map(|(_, range)| (*range).clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, phrases: &[&str]) -> Vec<(u16, Range<usize>)> {
        let found = |(at, phrase): (usize, &&str)| {
            let start = text.find(*phrase)?;
            Some((u16::try_from(at).ok()?, start..start + phrase.len()))
        };
        let mut all: Vec<_> = phrases.iter().enumerate().filter_map(found).collect();
        all.sort_by_key(|(_, range)| range.start);
        all
    }

    #[track_caller]
    fn check_mixed(text: &str, expect: &[(&str, &str, &str)]) {
        let ways = ["email".to_owned(), "e-mail".to_owned()];
        let phrases =
            [("email".to_owned(), 0), ("emails".to_owned(), 0), ("e-mail".to_owned(), 1), ("e-mails".to_owned(), 1)];
        let reading = Reading::new(text);
        let hits = hits(reading.text(), &["email ", "emails", "e-mail ", "e-mails"]);
        let hits: Vec<_> = hits
            .into_iter()
            .map(|(hit, range)| (hit, range.start..range.start + reading.text()[range].trim_end().len()))
            .collect();
        let found = mixed(&reading, &ways, &phrases, true, &hits);
        let found: Vec<_> = found
            .iter()
            .map(|(range, fix, kept)| {
                (reading.written(range.clone()), fix.as_deref().unwrap_or_default(), kept.as_str())
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_way_used_more_often_leads() {
        check_mixed("an email and our emails, no E-mail from you", &[("E-mail", "Email", "email")]);
        check_mixed("an e-mail or an email is fine", &[("email", "e-mail", "e-mail")]);
        check_mixed("an email and emails", &[]);
        check_mixed("nothing", &[]);
    }

    #[test]
    fn the_tone_names_the_words_that_moved_it() {
        let weights = [("hereby".to_owned(), 3), ("regarding".to_owned(), 1), ("hey".to_owned(), -2)];
        let reading = Reading::new("Hey, we hereby write regarding it");
        let hits = hits(reading.text(), &["hereby", "regarding", "hey"]);
        assert_eq!(tone(&reading, &weights, Some(-1), Some(2), &hits), None);
        let stiff = tone(&reading, &weights, None, Some(1), &hits).unwrap();
        assert_eq!((stiff.sum, stiff.words.as_str(), stiff.at), (2, "hereby, regarding", Some(8..14)));
        let heavy: Vec<_> = weights.iter().map(|(phrase, _)| (phrase.clone(), i32::MAX)).collect();
        assert_eq!(tone(&reading, &heavy, None, Some(1), &hits).unwrap().sum, i32::MAX, "weights of any size");
        let loose = tone(&reading, &weights, Some(3), None, &hits).unwrap();
        assert_eq!((loose.words.as_str(), loose.at), ("Hey", Some(0..3)));
    }
}
