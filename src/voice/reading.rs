//! One reply, read once: folded, masked, cut into sentences. Every rule looks at this and at nothing else.

use std::cell::OnceCell;
use std::ops::Range;

use super::fold::{Folded, is_word};
use super::mask::{Mask, MaskKind, masks};

/// A reply as rules see it. Positions are bytes of the folded text.
#[derive(Debug)]
pub struct Reading<'a> {
    /// As written.
    pub raw: &'a str,
    /// What is not prose.
    pub masks: Vec<Mask>,
    folded: Folded,
    /// Where each sentence starts, the first at 0.
    sentences: Vec<usize>,
    words: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Reading<'a> {
    /// Reads `raw`.
    pub fn new(raw: &'a str) -> Self {
        let folded = Folded::new(raw);
        let masks = masks(folded.text());
        let sentences = sentences(folded.text(), &masks);
        Self { raw, masks, folded, sentences, words: OnceCell::new() }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// The bytes as written that a folded stretch stands for.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        self.folded.original(folded)
    }

    /// The words as written that a folded stretch stands for.
    pub fn written(&self, folded: Range<usize>) -> &'a str {
        self.raw.get(self.folded.original(folded)).unwrap_or_default()
    }

    /// The mask that overlaps a stretch.
    pub fn mask(&self, start: usize, end: usize) -> Option<Mask> {
        let next = self.masks.partition_point(|mask| mask.end <= start);
        self.masks.get(next).copied().filter(|mask| mask.start < end)
    }

    /// How many masks of this kind there are.
    pub fn masked(&self, kind: MaskKind) -> impl Iterator<Item = &Mask> {
        self.masks.iter().filter(move |mask| mask.kind == kind)
    }

    /// Number of the sentence that holds a position.
    pub fn sentence(&self, at: usize) -> usize {
        self.sentences.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Every sentence, with the white space after it.
    pub fn all_sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.sentences.iter().skip(1).copied().chain([self.text().len()]);
        self.sentences.iter().copied().zip(ends).map(|(start, end)| start..end)
    }

    /// True when only opening marks stand between a sentence's start and `at`.
    pub fn starts_sentence(&self, at: usize) -> bool {
        let start = self.sentences.get(self.sentence(at)).copied().unwrap_or(0);
        self.text().get(start..at).is_some_and(|before| !before.chars().any(is_word))
    }

    /// Words of prose, in order: letters, digits and the apostrophes inside.
    pub fn words(&self) -> &[Range<usize>] {
        self.words.get_or_init(|| words(self.text(), &self.masks))
    }
}

fn words(text: &str, masks: &[Mask]) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut from = 0;
    for mask in masks.iter().copied().chain([Mask { start: text.len(), end: text.len(), kind: MaskKind::Url }]) {
        let prose = &text[from..mask.start];
        let mut open: Option<Range<usize>> = None;
        for (at, c) in prose.char_indices() {
            let (at, next) = (from + at, from + at + c.len_utf8());
            match &mut open {
                Some(word) if is_word(c) => word.end = next,
                Some(word) if c == '\'' && word.end == at => {}
                _ => {
                    found.extend(open.take());
                    open = is_word(c).then_some(at..next);
                }
            }
        }
        // A word that runs into a mask is a part of something else.
        found.extend(open.take().filter(|word| word.end < mask.start || !text[mask.start..].starts_with(is_word)));
        from = mask.end;
    }
    found
}

/// Where sentences start. A full stop inside a word ("3.5", "acme.com") ends none.
fn sentences(text: &str, masks: &[Mask]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut masks = masks.iter().peekable();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while masks.peek().is_some_and(|mask| mask.end <= at) {
            masks.next();
        }
        if let Some(mask) = masks.peek().filter(|mask| mask.start <= at) {
            at = mask.end;
            continue;
        }
        let stop = match bytes[at] {
            b'\n' => true,
            b'.' | b'!' | b'?' => ends_here(bytes, at + 1),
            // The ellipsis, E2 80 A6.
            0xE2 if bytes[at..].starts_with("…".as_bytes()) => ends_here(bytes, at + 3),
            _ => false,
        };
        if stop {
            let closing = |&b: &u8| b.is_ascii_whitespace() || matches!(b, b'.' | b'!' | b'?' | b'"' | b'\'' | b')');
            let next = at + 1 + bytes[at + 1..].iter().take_while(|b| closing(b)).count();
            if next < bytes.len() && text.is_char_boundary(next) {
                starts.push(next);
            }
            at = next;
        } else {
            at += 1;
        }
    }
    starts
}

fn ends_here(bytes: &[u8], next: usize) -> bool {
    bytes.get(next).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'.' | b'!' | b'?' | b'"' | b'\'' | b')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str], sentences: usize) {
        let reading = Reading::new(text);
        assert_eq!(reading.words().iter().map(|word| &reading.text()[word.clone()]).collect::<Vec<_>>(), words);
        assert_eq!(reading.all_sentences().count(), sentences);
    }

    #[test]
    fn words_and_sentences() {
        check("Hi Ana! We’re on it. See acme.com.", &["hi", "ana", "we're", "on", "it", "see"], 3);
        check("¿Qué tal? 3.5 días…\nGracias", &["qué", "tal", "3", "5", "días", "gracias"], 3);
        check("'tis the users' choice", &["tis", "the", "users", "choice"], 1);
        check("@ana 😊", &[], 1);
        check("", &[], 1);
    }
}
