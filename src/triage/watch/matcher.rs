//! Many watch terms against one post at once: one automaton over all their words, and a look at those terms alone of
//! which something was found.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::plain::Plain;
use super::query::{Field, Query, Word};
use crate::ordered::sort;
use crate::site::post::bare_handle;
use crate::text::Utf16Span;

/// A post as terms look at it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Looked<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its author's handle, with or without `@`; `None` = not shown.
    pub handle: Option<&'a str>,
    /// Its language as a BCP 47 tag; `None` = not known.
    pub lang: Option<&'a str>,
    /// The network's id.
    pub network: &'a str,
}

/// A term that holds for a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its place among the terms.
    pub term: usize,
    /// What to mark, in order and apart from one another; empty where nothing in the text decided.
    pub spans: Vec<Utf16Span>,
}

/// Terms made ready for looking at posts.
#[derive(Debug, Default)]
pub struct Terms {
    automaton: Option<AhoCorasick>,
    /// Of each pattern: the word that it stands for.
    words: Vec<usize>,
    /// Of each word: its plain text, and whether it may go on.
    known: Vec<(String, bool)>,
    /// Some term may hold by its author alone.
    by_handle: bool,
    terms: Vec<Program>,
}

/// A query whose words are numbers.
#[derive(Debug)]
enum Program {
    Word(usize),
    Of(Field, String),
    Not(Box<Program>),
    All(Vec<Program>),
    Any(Vec<Program>),
    Near(u32, Vec<usize>, Vec<usize>),
}

/// A word in a plain text: number, start and end in bytes.
type Hit = (usize, usize, usize);

impl Terms {
    /// Makes terms ready. Their places tell them apart.
    pub fn new<'a>(queries: impl IntoIterator<Item = &'a Query>) -> Self {
        let mut terms = Self::default();
        let mut patterns: Vec<String> = Vec::new();
        for query in queries {
            let program = terms.program(query, &mut patterns);
            terms.terms.push(program);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns);
        terms.automaton = automaton.ok().filter(|_| !patterns.is_empty());
        terms
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms that hold for a post, in their order.
    pub fn find(&self, post: &Looked<'_>) -> Vec<Found> {
        let plain = Plain::new(post.text);
        let hits = self.hits(&plain);
        // A term that holds for posts without any of its words or handles was refused when it was read.
        if hits.is_empty() && !self.by_handle {
            return Vec::new();
        }
        let scene = Scene { plain: &plain, hits: &hits, post };
        let mut found = Vec::new();
        for (term, program) in self.terms.iter().enumerate() {
            if scene.holds(program) {
                found.push(Found { term, spans: scene.spans(program) });
            }
        }
        found
    }

    fn hits(&self, plain: &Plain) -> Vec<Hit> {
        let mut hits = Vec::new();
        for hit in self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(plain.text())) {
            let word = self.words[hit.pattern().as_usize()];
            if !plain.parts(hit.start()) {
                continue;
            }
            if plain.parts(hit.end()) {
                hits.push((word, hit.start(), hit.end()));
            } else if self.known[word].1 {
                hits.push((word, hit.start(), plain.word_end(hit.end())));
            }
        }
        hits
    }

    fn program(&mut self, query: &Query, patterns: &mut Vec<String>) -> Program {
        match query {
            Query::Word(word) => Program::Word(self.number(word, patterns)),
            Query::Near(distance, first, second) => {
                Program::Near(*distance, self.numbers(first, patterns), self.numbers(second, patterns))
            }
            Query::Of(field, value) => {
                self.by_handle |= *field == Field::Handle;
                Program::Of(*field, value.clone())
            }
            Query::Not(part) => Program::Not(Box::new(self.program(part, patterns))),
            Query::All(parts) | Query::Any(parts) => {
                let mut programs = Vec::new();
                for part in parts {
                    programs.push(self.program(part, patterns));
                }
                if matches!(query, Query::All(_)) { Program::All(programs) } else { Program::Any(programs) }
            }
        }
    }

    fn numbers(&mut self, words: &[Word], patterns: &mut Vec<String>) -> Vec<usize> {
        let mut numbers = Vec::new();
        for word in words {
            numbers.push(self.number(word, patterns));
        }
        numbers
    }

    /// The number of a word; terms share those that they have in common.
    fn number(&mut self, word: &Word, patterns: &mut Vec<String>) -> usize {
        let (plain, number) = (word.plain(), self.known.len());
        if let Some(known) = self.known.iter().position(|one| one.0 == plain && one.1 == word.begins) {
            return known;
        }
        for pattern in spellings(&plain) {
            patterns.push(pattern);
            self.words.push(number);
        }
        self.known.push((plain, word.begins));
        number
    }
}

/// How posts write a phrase: as it is, and in one word behind a sign.
fn spellings(plain: &str) -> Vec<String> {
    let mut all = vec![plain.to_owned()];
    if plain.contains(' ') && !plain.starts_with(['#', '@']) {
        for sign in ['#', '@'] {
            let mut joined = String::from(sign);
            joined.extend(plain.chars().filter(|c| *c != ' '));
            all.push(joined);
        }
    }
    all
}

/// One post while terms are held against it.
struct Scene<'a> {
    plain: &'a Plain,
    hits: &'a [Hit],
    post: &'a Looked<'a>,
}

impl Scene<'_> {
    fn holds(&self, program: &Program) -> bool {
        match program {
            Program::Word(word) => self.hits.iter().any(|hit| hit.0 == *word),
            Program::Of(field, value) => self.is_of(*field, value),
            Program::Not(part) => !self.holds(part),
            Program::All(parts) => parts.iter().all(|part| self.holds(part)),
            Program::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Program::Near(distance, first, second) => {
                let mut is_near = false;
                self.pairs(*distance, first, second, &mut |_| is_near = true);
                is_near
            }
        }
    }

    fn is_of(&self, field: Field, value: &str) -> bool {
        match field {
            Field::Handle => self.post.handle.is_some_and(|written| {
                let handle = written.trim().trim_start_matches('@').to_lowercase();
                handle == value || bare_handle(&handle) == value
            }),
            Field::Lang => self.post.lang.is_some_and(|tag| {
                let tag = tag.to_ascii_lowercase();
                tag.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
            }),
            Field::Network => self.post.network.eq_ignore_ascii_case(value),
        }
    }

    /// Hands on the hits of either side that stand near one of the other.
    fn pairs(&self, distance: u32, first: &[usize], second: &[usize], take: &mut dyn FnMut(Hit)) {
        let of =
            |words: &[usize]| -> Vec<Hit> { self.hits.iter().copied().filter(|hit| words.contains(&hit.0)).collect() };
        let (first, second) = (of(first), of(second));
        self.near(distance, &first, &second, take);
        self.near(distance, &second, &first, take);
    }

    /// Hands on those of `ours` that one of `theirs` stands near. Of many only the nearest on each side is looked at.
    fn near(&self, distance: u32, ours: &[Hit], theirs: &[Hit], take: &mut dyn FnMut(Hit)) {
        let mut starts: Vec<usize> = theirs.iter().map(|hit| hit.1).collect();
        let mut ends: Vec<usize> = theirs.iter().map(|hit| hit.2).collect();
        sort(&mut starts, Ord::cmp);
        sort(&mut ends, Ord::cmp);
        for hit in ours {
            let after = starts.get(starts.partition_point(|start| *start < hit.2));
            let before = ends[..ends.partition_point(|end| *end <= hit.1)].last();
            let is_near = |from: usize, until: usize| self.plain.words(from, until, distance + 1) <= distance;
            if after.is_some_and(|start| is_near(hit.2, *start)) || before.is_some_and(|end| is_near(*end, hit.1)) {
                take(*hit);
            }
        }
    }

    /// What made it hold.
    fn spans(&self, program: &Program) -> Vec<Utf16Span> {
        let mut hits = Vec::new();
        self.collect(program, &mut hits);
        sort(&mut hits, |a, b| (a.1, a.2).cmp(&(b.1, b.2)));
        let mut spans: Vec<Utf16Span> = Vec::new();
        for (_, start, end) in hits {
            let span = self.plain.span(start, end);
            match spans.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => spans.push(span),
            }
        }
        spans
    }

    fn collect(&self, program: &Program, hits: &mut Vec<Hit>) {
        match program {
            Program::Word(word) => hits.extend(self.hits.iter().filter(|hit| hit.0 == *word)),
            Program::Of(..) | Program::Not(_) => {}
            Program::All(parts) => parts.iter().for_each(|part| self.collect(part, hits)),
            Program::Any(parts) => {
                parts.iter().filter(|part| self.holds(part)).for_each(|part| self.collect(part, hits));
            }
            Program::Near(distance, first, second) => self.pairs(*distance, first, second, &mut |hit| hits.push(hit)),
        }
    }
}
