//! Regular expressions over short texts.
//!
//! Reading and compiling them is a library's work; only the walk through what it made is ours. A rule of the voice check is
//! tried at a few places of one sentence, and the library's own searchers first clear a table as large as pattern times
//! text for every try: half of the time of a check went there. This walk begins without a table, asks first whether a match
//! may begin with the byte at hand, and takes to a table only once a try has taken many steps, so that no pattern takes
//! longer than pattern times text. Matches are those of a backtracking engine: leftmost, of several the first as written.

use std::ops::Range;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::primitives::StateID;

use super::letters::written_out;

/// A compiled pattern may take so many bytes.
const LARGEST: usize = 1 << 20;

/// Steps after which a search notes what it has tried; a pattern that can go round without taking anything needs that from
/// the first.
const PATIENCE: usize = 1 << 10;

/// Most bits of those notes, a megabyte; what would need more is not found.
const NOTES: usize = 1 << 23;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Regex {
    nfa: NFA,
    /// A match may begin with these bytes.
    first: [u64; 4],
    /// A match may be empty, or depends on what stands around it.
    anywhere: bool,
    /// Steps after which a search notes what it has tried.
    patience: usize,
}

impl Regex {
    /// Compiles `pattern`, or says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let config = NFA::config().nfa_size_limit(Some(LARGEST));
        let nfa = NFA::compiler().configure(config).build(&written_out(pattern)?).map_err(|error| reason(&error))?;
        nfa.look_set_any().available().map_err(|error| error.to_string())?;
        let mut regex =
            Self { patience: if goes_round(&nfa) { 0 } else { PATIENCE }, nfa, first: [0; 4], anywhere: false };
        regex.look_ahead();
        Ok(regex)
    }

    /// Groups, the whole match among them.
    pub fn groups(&self) -> usize {
        self.nfa.group_info().all_group_len()
    }

    /// True when something in `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The first match.
    pub fn find(&self, text: &str) -> Option<Groups> {
        let mut search = Search::new(self, text);
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        starts.into_iter().find_map(|at| search.at(at, |_| true))
    }

    /// Finds out what a match may begin with.
    fn look_ahead(&mut self) {
        let mut seen = vec![false; self.nfa.states().len()];
        let mut open = vec![self.nfa.start_anchored()];
        while let Some(id) = open.pop() {
            if std::mem::replace(&mut seen[id.as_usize()], true) {
                continue;
            }
            let mut takes = |start: u8, end: u8| {
                (start..=end).for_each(|byte| self.first[usize::from(byte >> 6)] |= 1 << (byte & 63));
            };
            match self.nfa.state(id) {
                State::ByteRange { trans } => takes(trans.start, trans.end),
                State::Sparse(all) => all.transitions.iter().for_each(|trans| takes(trans.start, trans.end)),
                State::Dense(_) | State::Match { .. } => self.anywhere = true,
                other => open.extend(without_taking(other)),
            }
        }
    }
}

/// Where a match and its groups stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups(Vec<Option<usize>>);

impl Groups {
    /// The bytes of a group; 0 is the whole match.
    pub fn get(&self, group: usize) -> Option<Range<usize>> {
        let bound = |slot: usize| self.0.get(slot).copied().flatten();
        Some(bound(group * 2)?..bound(group * 2 + 1)?)
    }

    /// The bytes of the whole match.
    pub fn whole(&self) -> Range<usize> {
        self.get(0).unwrap_or_default()
    }
}

/// What is still to be tried.
#[derive(Debug)]
enum Job {
    /// This state at this place.
    Try(StateID, usize),
    /// A slot gets its value back.
    Restore(usize, Option<usize>),
}

/// One pattern tried at several places of one text; what led nowhere from one place is not tried again from another.
#[derive(Debug)]
pub struct Search<'r, 't> {
    regex: &'r Regex,
    text: &'t [u8],
    jobs: Vec<Job>,
    slots: Vec<Option<usize>>,
    patience: usize,
    /// States by places that led nowhere.
    tried: Vec<u64>,
}

impl<'r, 't> Search<'r, 't> {
    /// Begins a search in `text`.
    pub fn new(regex: &'r Regex, text: &'t str) -> Self {
        Self {
            regex,
            text: text.as_bytes(),
            jobs: Vec::new(),
            slots: Vec::new(),
            patience: regex.patience,
            tried: Vec::new(),
        }
    }

    /// Whether a match may begin at `at`, as far as its first byte tells.
    pub fn may_begin(&self, at: usize) -> bool {
        let first = |byte: &u8| self.regex.first[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1;
        self.regex.anywhere || self.text.get(at).is_some_and(first)
    }

    /// The match that begins at `at`, which is a character's start, and ends where `may_end` lets it; always the same places.
    pub fn at(&mut self, at: usize, may_end: impl Fn(usize) -> bool) -> Option<Groups> {
        if !self.may_begin(at) {
            return None;
        }
        self.slots.clear();
        self.slots.resize(self.regex.nfa.group_info().slot_len(), None);
        self.jobs.clear();
        self.jobs.push(Job::Try(self.regex.nfa.start_anchored(), at));
        while let Some(job) = self.jobs.pop() {
            match job {
                Job::Restore(slot, was) => self.slots[slot] = was,
                Job::Try(state, at) => {
                    if self.walk(state, at, &may_end) {
                        // What led to a match did not lead nowhere.
                        self.tried.clear();
                        self.patience = self.regex.patience;
                        return Some(Groups(self.slots.clone()));
                    }
                }
            }
        }
        None
    }

    /// Follows one way to its end; true when that is a match.
    fn walk(&mut self, mut state: StateID, mut at: usize, may_end: impl Fn(usize) -> bool) -> bool {
        let nfa = &self.regex.nfa;
        while self.is_new(state, at) {
            match nfa.state(state) {
                State::ByteRange { trans } if takes(nfa.state(state), self.text.get(at)) => state = trans.next,
                State::ByteRange { .. } => return false,
                State::Sparse(all) => match self.text.get(at).and_then(|&byte| all.matches_byte(byte)) {
                    Some(next) => state = next,
                    None => return false,
                },
                State::Dense(all) => match self.text.get(at).and_then(|&byte| all.matches_byte(byte)) {
                    Some(next) => state = next,
                    None => return false,
                },
                State::Look { look, next } => {
                    if !nfa.look_matcher().matches(*look, self.text, at) {
                        return false;
                    }
                    state = *next;
                    continue;
                }
                State::Union { alternates } => {
                    let next = self.text.get(at);
                    let ways = alternates.iter().rev().filter(|way| takes(nfa.state(**way), next));
                    self.jobs.extend(ways.map(|way| Job::Try(*way, at)));
                    return false;
                }
                State::BinaryUnion { alt1, alt2 } => {
                    let next = self.text.get(at);
                    if !takes(nfa.state(*alt1), next) {
                        state = *alt2;
                        continue;
                    }
                    if takes(nfa.state(*alt2), next) {
                        self.jobs.push(Job::Try(*alt2, at));
                    }
                    state = *alt1;
                    continue;
                }
                State::Capture { next, slot, .. } => {
                    let was = self.slots[slot.as_usize()].replace(at);
                    self.jobs.push(Job::Restore(slot.as_usize(), was));
                    state = *next;
                    continue;
                }
                State::Fail => return false,
                State::Match { .. } => return may_end(at),
            }
            at += 1;
        }
        false
    }

    /// Whether it is worth while to go on from here.
    fn is_new(&mut self, state: StateID, at: usize) -> bool {
        if self.patience > 0 {
            self.patience -= 1;
            return true;
        }
        let places = self.text.len() + 1;
        let bits = self.regex.nfa.states().len().saturating_mul(places);
        if self.tried.is_empty() {
            if bits > NOTES {
                return false;
            }
            self.tried.resize(bits.div_ceil(64), 0);
        }
        let bit = state.as_usize() * places + at;
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        let new = self.tried[word] & mask == 0;
        self.tried[word] |= mask;
        new
    }
}

/// False for a state that takes only other bytes than the next one.
fn takes(state: &State, next: Option<&u8>) -> bool {
    match state {
        State::ByteRange { trans } => next.is_some_and(|byte| trans.matches_byte(*byte)),
        State::Sparse(all) => next.is_some_and(|byte| all.matches_byte(*byte).is_some()),
        _ => true,
    }
}

/// Where a state leads without taking a byte.
fn without_taking(state: &State) -> Vec<StateID> {
    match state {
        State::Look { next, .. } | State::Capture { next, .. } => vec![*next],
        State::Union { alternates } => alternates.to_vec(),
        State::BinaryUnion { alt1, alt2 } => vec![*alt1, *alt2],
        _ => Vec::new(),
    }
}

/// True when a walk can come back to where it was without taking a byte: what is left once every state that nothing leads
/// to has been taken away, again and again, goes round.
fn goes_round(nfa: &NFA) -> bool {
    let mut led_to = vec![0_usize; nfa.states().len()];
    nfa.states().iter().flat_map(without_taking).for_each(|id| led_to[id.as_usize()] += 1);
    let mut open: Vec<usize> = (0..led_to.len()).filter(|&state| led_to[state] == 0).collect();
    let mut taken = 0;
    while let Some(state) = open.pop() {
        taken += 1;
        for next in without_taking(&nfa.states()[state]) {
            led_to[next.as_usize()] -= 1;
            if led_to[next.as_usize()] == 0 {
                open.push(next.as_usize());
            }
        }
    }
    taken < nfa.states().len()
}

/// The library's reason in one line: the lines before it draw the pattern.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let said = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, text: &str) {
        let peer = regex::Regex::new(pattern).unwrap();
        let expect = peer.captures(text).map(|found| found.iter().map(|group| group.map(|m| m.range())).collect());
        let regex = Regex::new(pattern).unwrap();
        let found = regex.find(text).map(|groups| (0..regex.groups()).map(|n| groups.get(n)).collect::<Vec<_>>());
        assert_eq!(found, expect, "{pattern} in {text}");
    }

    #[test]
    fn the_leftmost_match_and_of_several_the_first_as_written() {
        check("b([0-9]+)(x)?", "ab12c");
        check("(a|ab)(c|bcd)(d*)", "abcd");
        check("a*?", "aaa");
        check("(?:a|b|c)+$", "xabc");
        check("^/(?:es|fr)/([^/?#]+)$", "/es/ana");
        check("x", "");
        check("", "é");
        check("(a*)*", "aab");
        check("(a|(b))*", "ab");
        check(r"@(\p{L}+)\s+(\S+)", "¡Hola! @ñandú 👍🏽 sí");
        check("[^a]", "añ");
    }

    #[test]
    fn another_way_is_tried_where_a_match_may_not_end() {
        let regex = Regex::new("(?:el|la|las|lo)(?: dos)?").unwrap();
        let whole = |text: &'static str| {
            let may_end = move |end: usize| text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            Search::new(&regex, text).at(0, may_end).map(|groups| &text[groups.whole()])
        };
        assert_eq!(whole("las dos"), Some("las dos"));
        assert_eq!(whole("las doscientas"), Some("las"));
        assert_eq!(whole("lasa"), None);
    }

    #[test]
    fn a_pattern_that_goes_wild_ends() {
        check("(a*)*(a*)*(a*)*b", &"a".repeat(200));
        check("(a|a|a|a)+(a|aa)+[bc]", &"a".repeat(200));
        let huge = Regex::new("(?:(?:a?){40}){40}b").unwrap();
        assert_eq!(huge.find(&"a".repeat(20_000)), None);
    }

    #[test]
    fn what_is_no_pattern_says_so_in_a_line() {
        for pattern in ["(", "[z-a]", "a{99999}{99999}", r"\p{Nope}"] {
            let said = Regex::new(pattern).unwrap_err();
            assert!(!said.is_empty() && !said.contains('\n'), "{pattern}: {said}");
        }
    }

    proptest! {
        #[test]
        fn finds_what_the_library_finds(
            pattern in "(\\(?[abé.]{1,2}[*+?|]?){1,4}\\)?(\\(a\\|[bé]*\\)[*+?]?){0,2}",
            text in "[abé ]{0,40}",
        ) {
            let (Ok(peer), Ok(regex)) = (regex::Regex::new(&pattern), Regex::new(&pattern)) else { return Ok(()) };
            let expect = peer.captures(&text).map(|found| found.iter().map(|group| group.map(|m| m.range())).collect());
            let found = regex.find(&text).map(|groups| (0..regex.groups()).map(|n| groups.get(n)).collect::<Vec<_>>());
            prop_assert_eq!(found, expect, "{} in {}", pattern, text);
        }

        #[test]
        fn notes_change_nothing(pattern in "(\\(a\\|b*\\)[*+?]){1,4}b?", text in "[ab]{0,60}") {
            let regex = Regex::new(&pattern).unwrap();
            let at = |patience| {
                let mut search = Search::new(&regex, &text);
                (0..=text.len()).map(|at| { search.patience = patience; search.at(at, |_| true) }).collect::<Vec<_>>()
            };
            let many = at(0);
            prop_assert_eq!(many, {
                let peer = regex::Regex::new(&format!("^(?:{pattern})")).unwrap();
                (0..=text.len()).map(|at| peer.captures(&text[at..]).map(|found| {
                    Groups(found.iter().flat_map(|group| [group.map(|m| m.start() + at), group.map(|m| m.end() + at)]).collect())
                })).collect::<Vec<_>>()
            });
        }
    }
}
