//! From an automaton's hits to what a rule found: masks, exceptions and conditions, and patterns in their windows.
//! Positions are bytes of the folded text. Choosing among what several rules found is [`super::resolve`]'s work.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::engine::Role;
use super::fix::{in_case, leave_out};
use super::fold::starts_whole;
use super::mask::MaskKind;
use super::reading::Reading;
use super::rule::{Edge, Kind, Reach, Rule, Severity};
use super::{count, data, whole};
use crate::text::regex::{Groups, Regex, Search};

/// What one rule found, before overlaps are resolved.
#[derive(Debug)]
pub(super) struct Found<'r> {
    pub rule: &'r Rule,
    pub severity: Severity,
    pub place: Place,
    pub fixes: Vec<String>,
    pub args: BTreeMap<&'static str, String>,
}

/// What a rule has to know of the reply besides its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'a> {
    /// How much its findings weigh on this network.
    pub severity: Severity,
    /// Language of the reply.
    pub lang: Option<&'a str>,
}

/// Where a finding stands.
#[derive(Debug)]
pub(super) enum Place {
    /// On these bytes.
    At(Range<usize>),
    /// About the whole reply; on a word at this edge.
    Whole(Edge),
}

/// An automaton's hits for one rule.
#[derive(Debug, Default)]
pub(super) struct Hits {
    seek: Vec<(u16, Range<usize>)>,
    windows: Vec<Range<usize>>,
    other: Vec<Range<usize>>,
    except: Vec<Range<usize>>,
    unless: Vec<Range<usize>>,
}

impl Hits {
    pub fn add(&mut self, role: Role, start: usize, end: usize) {
        match role {
            Role::Seek(entry) => self.seek.push((entry, start..end)),
            Role::Window => self.windows.push(start..end),
            Role::Other => self.other.push(start..end),
            Role::Except => self.except.push(start..end),
            Role::Unless => self.unless.push(start..end),
        }
    }

    /// Something the rule looks for was hit.
    pub fn any(&self) -> bool {
        !self.seek.is_empty() || !self.windows.is_empty()
    }
}

/// When a rule is silent.
struct Silence {
    /// Exceptions by start, each with the furthest end so far.
    except: Vec<(usize, usize)>,
    everywhere: bool,
    sentences: BTreeSet<usize>,
}

impl Silence {
    fn new(reading: &Reading<'_>, rule: &Rule, hits: &mut Hits) -> Self {
        by_start(&mut hits.except);
        let mut furthest = 0;
        let except = hits.except.iter().map(|range| {
            furthest = furthest.max(range.end);
            (range.start, furthest)
        });
        let except = except.collect();
        let masks = rule.unless.iter().filter_map(|word| mask_kind(word));
        let masked = masks.flat_map(|kind| reading.masked(kind)).map(|mask| mask.start);
        let cues: Vec<usize> = hits.unless.iter().map(|range| range.start).chain(masked).collect();
        match rule.unless_in {
            Reach::Reply => Self { except, everywhere: !cues.is_empty(), sentences: BTreeSet::new() },
            Reach::Sentence => {
                let sentences = cues.iter().map(|&at| reading.sentence(at)).collect();
                Self { except, everywhere: false, sentences }
            }
        }
    }

    fn covers(&self, reading: &Reading<'_>, place: &Place) -> bool {
        let Place::At(found) = place else { return self.everywhere };
        let before = self.except.partition_point(|(start, _)| *start <= found.start);
        self.everywhere
            || self.except[..before].last().is_some_and(|(_, end)| *end >= found.end)
            || (!self.sentences.is_empty() && self.sentences.contains(&reading.sentence(found.start)))
    }
}

/// The mask that a condition such as `{url}` stands for.
pub(super) fn mask_kind(word: &str) -> Option<MaskKind> {
    match word {
        "{url}" => Some(MaskKind::Url),
        "{email}" => Some(MaskKind::Email),
        "{handle}" => Some(MaskKind::Handle),
        "{tag}" => Some(MaskKind::Tag),
        "{emoji}" => Some(MaskKind::Emoji),
        _ => None,
    }
}

/// Everything `rule` has to say about `reading`.
pub(super) fn seek<'r>(
    reading: &Reading<'_>,
    rule: &'r Rule,
    here: Here<'_>,
    hits: &mut Hits,
    out: &mut Vec<Found<'r>>,
) {
    let silence = Silence::new(reading, rule, hits);
    let mut report = |place: Place, fixes: Vec<String>, args: BTreeMap<&'static str, String>| {
        if !silence.covers(reading, &place) {
            out.push(Found { rule, severity: here.severity, place, fixes, args });
        }
    };
    match &rule.kind {
        Kind::Literal { fixes, tokens } => {
            let acronym = |_| tokens.iter().all(|token| is_acronym(token));
            for (entry, range) in prose(reading, &hits.seek) {
                let (range, fixes) = fitted(reading, range, fixes, acronym(entry));
                report(Place::At(range), fixes, BTreeMap::new());
            }
        }
        Kind::Swap { pairs } => {
            for (entry, range) in prose(reading, &hits.seek) {
                let Some((term, fixes)) = pairs.get(usize::from(entry)) else { continue };
                let (range, fixes) = fitted(reading, range, fixes, is_acronym(term));
                // Already as it should be: a term whose replacement differs in case only.
                if fixes.first().is_none_or(|fix| fix != reading.written(range.clone())) {
                    report(Place::At(range), fixes, BTreeMap::new());
                }
            }
        }
        Kind::Guard { pattern, window, fixes, .. } => {
            let Some(regex) = pattern.regex() else { return };
            for (range, fixes) in matches(reading, regex, *window, &mut hits.windows, fixes) {
                report(Place::At(range), fixes, BTreeMap::new());
            }
        }
        Kind::Near { within, present, .. } => {
            for (_, range) in prose(reading, &hits.seek) {
                if near(&hits.other, &range, *within) == *present {
                    report(Place::At(range), Vec::new(), BTreeMap::new());
                }
            }
        }
        Kind::Repeat { words } => {
            for (range, fix) in count::repeats(reading, words) {
                report(Place::At(range), vec![fix], BTreeMap::new());
            }
        }
        Kind::Data { what } => {
            for range in data::find(reading, what) {
                report(Place::At(range), Vec::new(), BTreeMap::new());
            }
        }
        Kind::Count { measure, fine } => {
            count::count(reading, *measure, *fine, here.lang).into_iter().for_each(|over| {
                let limit = if over.count < fine.min { fine.min } else { fine.max };
                let args = BTreeMap::from([("COUNT", over.count.to_string()), ("LIMIT", limit.to_string())]);
                match over.at {
                    Some(range) => report(Place::At(range), over.fixes, args),
                    None => report(Place::Whole(Edge::End), Vec::new(), args),
                }
            });
        }
        Kind::Limit { max, .. } => {
            let all = distinct(prose(reading, &hits.seek));
            if let Some((_, range)) = all.get(*max) {
                let args = BTreeMap::from([("COUNT", all.len().to_string()), ("LIMIT", max.to_string())]);
                report(Place::At(range.clone()), Vec::new(), args);
            }
        }
        Kind::Order { both, .. } => {
            let earliest = prose(reading, &hits.seek).map(|(_, range)| range).min_by_key(|range| range.start);
            let first = hits.other.iter().map(|range| range.start).min();
            if let Some(range) = earliest.filter(|range| first.map_or(!both, |first| range.start < first)) {
                report(Place::At(range), Vec::new(), BTreeMap::new());
            }
        }
        Kind::Either { ways, phrases, aligned } => {
            let all = distinct(prose(reading, &hits.seek));
            for (range, fix, kept) in whole::mixed(reading, ways, phrases, *aligned, &all) {
                report(Place::At(range), fix.into_iter().collect(), BTreeMap::from([("KEPT", kept)]));
            }
        }
        Kind::Tone { weights, min, max } => {
            let all = distinct(prose(reading, &hits.seek));
            if let Some(off) = whole::tone(reading, weights, *min, *max, &all) {
                let args = BTreeMap::from([("COUNT", off.sum.to_string()), ("WORDS", off.words)]);
                match off.at {
                    Some(range) => report(Place::At(range), Vec::new(), args),
                    None => report(Place::Whole(Edge::End), Vec::new(), args),
                }
            }
        }
        // Whoever has a dictionary looks: [`super::spelling`].
        Kind::Spelling => {}
        Kind::Reply { min_words, at, fixes, .. } => {
            if hits.other.is_empty() && reading.words().len() >= *min_words {
                report(Place::Whole(*at), fixes.clone(), BTreeMap::new());
            }
        }
    }
}

/// Hits that are prose.
fn prose<'a>(
    reading: &'a Reading<'_>,
    hits: &'a [(u16, Range<usize>)],
) -> impl Iterator<Item = (u16, Range<usize>)> + 'a {
    hits.iter().filter(|(_, range)| reading.mask(range.start, range.end).is_none()).cloned()
}

/// Hits without those that stand inside a longer one, in the order of the text.
fn distinct(hits: impl Iterator<Item = (u16, Range<usize>)>) -> Vec<(u16, Range<usize>)> {
    let mut all: Vec<(u16, Range<usize>)> = hits.collect();
    all.sort_unstable_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    all.retain(|(_, range)| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    all
}

/// Puts places into the order of the text.
fn by_start(places: &mut [Range<usize>]) {
    places.sort_unstable_by_key(|place| place.start);
}

fn is_acronym(term: &str) -> bool {
    term.chars().any(char::is_alphabetic) && !term.chars().any(char::is_lowercase)
}

/// Replacements in the case of what they replace; leaving out also moves the edges.
fn fitted(reading: &Reading<'_>, range: Range<usize>, fixes: &[String], acronym: bool) -> (Range<usize>, Vec<String>) {
    if fixes.first().is_some_and(String::is_empty) {
        let (range, fix) = leave_out(reading, range);
        return (range, vec![fix]);
    }
    let matched = reading.written(range.clone());
    let starts = acronym && reading.starts_sentence(range.start);
    let fixes = fixes.iter().map(|fix| in_case(matched, fix, acronym, starts)).collect();
    (range, fixes)
}

/// Matches of a pattern that begin at or before one of its literals: whole words, prose, none twice.
fn matches(
    reading: &Reading<'_>,
    pattern: &Regex,
    window: usize,
    hits: &mut [Range<usize>],
    fixes: &[String],
) -> Vec<(Range<usize>, Vec<String>)> {
    let text = reading.text();
    by_start(hits);
    let mut found = Vec::new();
    // Every place before this one has been tried.
    let mut tried = 0;
    for hit in hits {
        let (from, to) = (edge_before(text, hit.start, window), edge_after(text, hit.end, window));
        let Some(slice) = text.get(from..to) else { continue };
        let mut search = Search::new(pattern, slice);
        // Tried where a word may start, and nowhere else: searching every place for a start costs most of the time.
        for (at, _) in slice.char_indices().take_while(|(at, _)| from + at <= hit.start) {
            if from + at < tried || !search.may_begin(at) || !starts_whole(text, from + at) {
                continue;
            }
            let Some(captures) = search.at(at, |end| end > at && starts_whole(text, from + end)) else { continue };
            let whole = captures.whole();
            let range = from + whole.start..from + whole.end;
            tried = range.end;
            if reading.mask(range.start, range.end).is_some() {
                continue;
            }
            let (range, fixes) = fitted(reading, range, fixes, false);
            found.push((range, fixes.iter().map(|fix| groups(reading, fix, &captures, from)).collect()));
        }
        tried = tried.max(hit.start + 1);
    }
    found
}

/// `$1` to `$9` by what the group matched, as written.
fn groups(reading: &Reading<'_>, fix: &str, captures: &Groups, from: usize) -> String {
    let mut out = String::with_capacity(fix.len() + 16);
    let mut chars = fix.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|next| next.to_digit(10)).filter(|_| c == '$') {
            Some(number) => {
                chars.next();
                let group = captures.get(number as usize);
                out.push_str(group.map_or("", |group| reading.written(from + group.start..from + group.end)));
            }
            None => out.push(c),
        }
    }
    out
}

/// A place at most `window` bytes before `at` where a word starts, so that a window cuts no word.
fn edge_before(text: &str, at: usize, window: usize) -> usize {
    let from = (at.saturating_sub(window)..=at).find(|&from| text.is_char_boundary(from)).unwrap_or(at);
    if from == 0 {
        return 0;
    }
    text[from..at].find([' ', '\n']).map_or(at, |space| from + space + 1)
}

/// A place at most `window` bytes after `at` where a word ends.
fn edge_after(text: &str, at: usize, window: usize) -> usize {
    let to = (at..=(at + window).min(text.len())).rev().find(|&to| text.is_char_boundary(to)).unwrap_or(at);
    if to == text.len() {
        return to;
    }
    text[at..to].rfind([' ', '\n']).map_or(to, |space| at + space)
}

/// True when one of `others` (in order) stands within reach of `range`.
fn near(others: &[Range<usize>], range: &Range<usize>, within: usize) -> bool {
    let first = others.partition_point(|other| other.end + within < range.start);
    others.get(first).is_some_and(|other| other.start <= range.end + within)
}
