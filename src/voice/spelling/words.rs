//! Which words of a reply are looked up, and in which form. What no dictionary can know is left alone: handles, tags,
//! addresses, emoji and signatures (they are masked), whatever holds a digit, acronyms, names with capitals inside, single
//! letters, laughter, and drawn-out words, which another rule speaks of.

use std::borrow::Cow;
use std::ops::Range;

use crate::voice::fold::is_word;
use crate::voice::reading::Reading;

/// Acronyms are no longer than this; a longer word in capitals is a word that is shouted.
const ACRONYM: usize = 6;

/// What English joins to a word with an apostrophe; the word before it is looked up alone then.
const ENDINGS: [&str; 6] = ["'s", "'ll", "'d", "'ve", "'re", "'m"];

/// How far from a word the dot of its address is looked for, in bytes.
const ADDRESS: usize = 60;

/// A line of at most so many words, each with a capital, under a reply is whoever signs it.
const SIGNERS: usize = 3;

/// A word, or several with hyphens between them.
#[derive(Debug)]
pub(super) struct Word<'r> {
    /// Between the hyphens, in bytes of the folded text.
    pub parts: &'r [Range<usize>],
    /// Names stand here without being in any dictionary.
    names: bool,
}

impl Word<'_> {
    /// With its hyphens.
    pub fn whole(&self) -> Range<usize> {
        let first = self.parts.first().map_or(0, |part| part.start);
        first..self.parts.last().map_or(first, |part| part.end)
    }

    /// A word with a capital where only names have one.
    pub fn is_name(&self, case: Case) -> bool {
        self.names && case == Case::Capital
    }
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// In small letters.
    Small,
    /// With a capital.
    Capital,
    /// In capitals.
    Capitals,
}

impl Case {
    pub fn of(written: &str) -> Option<Self> {
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        let first = letters.next()?.is_uppercase();
        let (mut capitals, mut small) = (0, 0);
        for c in letters {
            if c.is_uppercase() { capitals += 1 } else { small += 1 }
        }
        match (first, capitals, small) {
            (false, 0, _) => Some(Self::Small),
            (true, 0, _) => Some(Self::Capital),
            (true, _, 0) => Some(Self::Capitals),
            // iPhone, McKay, DMs.
            _ => None,
        }
    }

    /// A word in small letters, written so.
    pub fn apply(self, plain: &str) -> Cow<'_, str> {
        match self {
            Self::Small => plain.into(),
            Self::Capitals => plain.to_uppercase().into(),
            Self::Capital => {
                let mut letters = plain.chars();
                let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
                (first + letters.as_str()).into()
            }
        }
    }
}

/// The words of a reply in order, joined over their hyphens.
pub(super) fn words<'r>(reading: &'r Reading<'_>) -> Vec<Word<'r>> {
    let text = reading.text();
    let all = reading.words();
    let signed = signature(reading);
    let mut found: Vec<Word<'r>> = Vec::with_capacity(all.len());
    for (at, part) in all.iter().enumerate().filter(|(_, part)| !is_in_address(reading, part)) {
        let joins = at.checked_sub(1).is_some_and(|before| &text[all[before].end..part.start] == "-");
        match found.last_mut() {
            Some(word) if joins => word.parts = &all[at - word.parts.len()..=at],
            _ => {
                let names = part.start >= signed || !reading.starts_sentence(part.start);
                found.push(Word { parts: &all[at..=at], names });
            }
        }
    }
    found
}

/// Part of an address without the usual endings, or of a file's name: "acme.coffee/menu". A sentence that begins without a
/// space before it begins with a capital.
fn is_in_address(reading: &Reading<'_>, part: &Range<usize>) -> bool {
    let text = reading.text();
    // Looked for nearby only: a text may be one endless word.
    let near = (part.start.saturating_sub(ADDRESS)..).find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let far = (part.end..=text.len().min(part.end + ADDRESS)).rev().find(|&at| text.is_char_boundary(at));
    let far = far.unwrap_or(part.end);
    let from = text[near..part.start].rfind(char::is_whitespace).map_or(near, |at| near + at + 1);
    let to = text[part.end..far].find(char::is_whitespace).map_or(far, |at| part.end + at);
    let dots = text[from..to].match_indices('.').map(|(at, _)| from + at);
    dots.into_iter().any(|at| {
        let after = text[at + 1..to].chars().next().map_or(0, char::len_utf8);
        let written = reading.written(at + 1..at + 1 + after);
        text[from..at].ends_with(is_word) && written.starts_with(|c: char| c.is_lowercase() || c.is_numeric())
    })
}

/// Where the names under a reply begin; the end of the text without any.
fn signature(reading: &Reading<'_>) -> usize {
    let text = reading.text();
    let body = text.trim_end();
    let Some(line) = body.rfind('\n').map(|at| at + 1) else { return text.len() };
    let capital = |word: &Range<usize>| reading.written(word.clone()).starts_with(char::is_uppercase);
    let words: Vec<_> = reading.words().iter().filter(|word| word.start >= line).collect();
    let names =
        words.len() <= SIGNERS && words.iter().all(|word| capital(word)) && !body.ends_with(['.', '!', '?', '…']);
    if names { line } else { text.len() }
}

/// How a word is written, if it is looked up at all. `plain`: in small letters, with straight apostrophes.
pub(super) fn looked_up(plain: &str, written: &str) -> Option<Case> {
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let latin = |c: char| (c.is_alphabetic() && c < '\u{250}') || matches!(c, '\'' | '-');
    if letters < 2 || !plain.chars().all(latin) || is_drawn_out(plain) || is_laughter(plain) {
        return None;
    }
    Case::of(written).filter(|case| *case != Case::Capitals || letters > ACRONYM)
}

/// The word before an English ending with an apostrophe.
pub(super) fn stem(plain: &str) -> Option<&str> {
    ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending))
}

/// A word as dictionaries write it: composed, with straight apostrophes, without what cannot be seen.
pub(super) fn plain(word: &str) -> String {
    let visible: String = word
        .chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
        .collect();
    crate::text::normal::composed(&visible).into_owned()
}

/// "sooo".
fn is_drawn_out(plain: &str) -> bool {
    let after = |by| plain.chars().skip(by);
    plain.chars().zip(after(1)).zip(after(2)).any(|((one, two), three)| one == two && two == three)
}

/// "jajaja", "haha", "jejej".
fn is_laughter(plain: &str) -> bool {
    let laughs = matches!(
        plain.as_bytes(),
        [b'j' | b'h', b'a' | b'e' | b'i' | b'o', _, _, ..] | [b'a' | b'e', b'j' | b'h', _, _, ..]
    );
    laughs && plain.chars().zip(plain.chars().skip(2)).all(|(one, next)| one == next)
}
