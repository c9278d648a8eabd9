//! A post's text made plain for comparing, with the way back to the text as the page shows it.

use crate::text::{Utf16Offset, Utf16Span, fold};
use crate::voice::fold::is_word;

/// Plain text: lower case, no accents, every stretch of white space one blank.
#[derive(Debug, Default)]
pub struct Plain {
    text: String,
    /// Where a plain byte no longer lies as far from its UTF-16 unit as the one before: (byte, unit).
    jumps: Vec<(u32, u32)>,
}

impl Plain {
    /// Makes `text` plain in one pass.
    pub fn new(text: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(text.len()), jumps: Vec::new() };
        let (mut unit, mut rest) = (0, text);
        while let Some(c) = rest.chars().next() {
            let length = if c.is_ascii() {
                if c.is_ascii_whitespace() {
                    plain.blank(unit)
                } else {
                    plain.put(c.to_ascii_lowercase(), unit)
                }
                1
            } else {
                let length = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
                plain.stretch(&rest[..length], unit);
                length
            };
            unit += rest[..length].chars().map(|c| c.len_utf16() as u32).sum::<u32>();
            rest = &rest[length..];
        }
        plain
    }

    /// The plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretch of the text as written that plain bytes stand for.
    pub fn span(&self, start: usize, end: usize) -> Utf16Span {
        let unit = |byte: usize| {
            let byte = byte as u32;
            let before = self.jumps.partition_point(|(at, _)| *at <= byte);
            let (at, unit) = self.jumps[..before].last().copied().unwrap_or_default();
            Utf16Offset(unit + (byte - at))
        };
        Utf16Span { start: unit(start), end: unit(end) }
    }

    /// True when nothing goes on across `at` that is one word.
    pub fn parts(&self, at: usize) -> bool {
        let in_word = |c: char| is_word(c) && !fold::is_unspaced(c);
        let before = self.text[..at].chars().next_back().is_some_and(in_word);
        !(before && self.text[at..].chars().next().is_some_and(in_word))
    }

    /// Where the word ends that goes on at `at`.
    pub fn word_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.find(|c: char| !is_word(c) || fold::is_unspaced(c)).unwrap_or(rest.len())
    }

    /// Words that begin in a stretch, counted up to `most`; characters of scripts without blanks count as one each.
    pub fn words(&self, from: usize, until: usize, most: u32) -> u32 {
        let (mut words, mut within) = (0, false);
        for c in self.text.get(from..until).unwrap_or_default().chars() {
            let is_one = fold::is_unspaced(c);
            let in_word = is_word(c) && !is_one;
            words += u32::from(is_one || (in_word && !within));
            within = in_word;
            if words >= most {
                break;
            }
        }
        words
    }

    /// A stretch without ASCII. What stays one character each can be made plain at once.
    fn stretch(&mut self, stretch: &str, unit: u32) {
        let mut folded: Vec<char> = Vec::new();
        fold::each(stretch, |c| folded.push(c));
        let is_even = folded.len() == stretch.chars().count() && !stretch.chars().any(is_sounded);
        let mut unit = unit;
        for (at, c) in stretch.chars().enumerate() {
            if is_even {
                self.take(folded[at], unit);
            } else if is_sounded(c) {
                self.put(c, unit);
            } else {
                fold::each(c.encode_utf8(&mut [0; 4]), |c| self.take(c, unit));
            }
            unit += c.len_utf16() as u32;
        }
        self.settle(unit);
    }

    fn take(&mut self, c: char, unit: u32) {
        if c.is_whitespace() { self.blank(unit) } else { self.put(c, unit) }
    }

    fn put(&mut self, c: char, unit: u32) {
        self.settle(unit);
        self.text.push(c);
    }

    fn blank(&mut self, unit: u32) {
        if !self.text.ends_with(' ') {
            self.put(' ', unit);
        }
    }

    /// Notes that the next plain byte stands for what begins at `unit`.
    fn settle(&mut self, unit: u32) {
        let byte = self.text.len() as u32;
        let (at, from) = self.jumps.last().copied().unwrap_or_default();
        if from + (byte - at) != unit {
            if at == byte && !self.jumps.is_empty() {
                self.jumps.pop();
            }
            self.jumps.push((byte, unit));
        }
    }
}

/// Signs of sound, which tell syllables apart as letters do and are no accents: Japanese and Korean ones.
fn is_sounded(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, plain: &str, part: &str, written: &str) {
        let made = Plain::new(text);
        assert_eq!(made.text(), plain);
        let at = plain.find(part).unwrap();
        let span = made.span(at, at + part.len());
        let units: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&units[span.start.0 as usize..span.end.0 as usize]), written, "{text:?}");
    }

    #[test]
    fn plain_text_leads_back() {
        check("The CAFÉ Lumière", "the cafe lumiere", "cafe lumiere", "CAFÉ Lumière");
        check("a  \u{a0}\n b", "a b", "b", "b");
        check("a  \n b", "a b", "a", "a");
        check("😀 Straße 😀!", "😀 strasse 😀!", "strasse", "Straße");
        check("cafe\u{301} x", "cafe x", "cafe", "cafe\u{301}");
        check("cafe\u{301}", "cafe", "cafe", "cafe\u{301}");
        check("nim\u{ad}bus L’Alba", "nimbus l'alba", "alba", "Alba");
        check("好咖啡店 Ünï", "好咖啡店 uni", "咖啡", "咖啡");
        check("Привет Йод", "привет иод", "иод", "Йод");
        check("𝓐lba 𝓐", "alba a", "alba", "𝓐lba");
        check("がき Acme", "がき acme", "acme", "Acme");
        check("한국 Acme", "한국 acme", "acme", "Acme");
    }

    #[test]
    fn words_are_counted_between() {
        let plain = Plain::new("one, two—three  咖啡 x");
        let all = plain.text().len();
        assert_eq!(plain.words(0, all, 99), 6);
        assert_eq!(plain.words(0, all, 4), 4);
        assert_eq!(plain.words(all, 0, 99), 0);
    }
}
