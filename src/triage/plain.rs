//! A post made plain for cues: lower case, without accents and apostrophes, stretched letters short again. So one spelling
//! in a pack finds "Aún no", "aun no" and "AUN NOOO", "can't" and "cant". It keeps the way back to the words as written.

use std::ops::Range;

use crate::voice::fold::Folded;
use crate::voice::mask::{Mask, masks};

/// As many of one letter in a row are stretched: "nooo".
const STRETCHED: usize = 3;

/// A post made plain.
#[derive(Debug, Default)]
pub struct Plain {
    /// What cues are looked for in.
    pub text: String,
    /// Handles, tags, addresses and emoji of it.
    pub masks: Vec<Mask>,
    /// Words that were stretched.
    pub stretched: usize,
    folded: Folded,
    /// Where the plain text is shorter than the folded: a place in it, and the one in the folded text.
    back: Vec<(usize, usize)>,
}

impl Plain {
    /// Makes `raw` plain.
    pub fn new(raw: &str) -> Self {
        let folded = Folded::new(raw);
        let mut plain = Self { text: String::with_capacity(folded.text().len()), ..Self::default() };
        let mut chars = folded.text().char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            let mut to = at + c.len_utf8();
            if c == '\'' && before.is_alphanumeric() && next.is_alphanumeric() {
                plain.back.push((plain.text.len(), to));
                continue;
            }
            let mut run = 1;
            while c.is_alphabetic() && c != 'w' && chars.peek().is_some_and(|(_, next)| *next == c) {
                chars.next();
                to += c.len_utf8();
                run += 1;
            }
            let bare = match c {
                '-' if before.is_alphanumeric() && next.is_alphanumeric() => ' ',
                c => bare(c),
            };
            plain.text.push(bare);
            if run >= STRETCHED {
                plain.stretched += 1;
            } else {
                (1..run).for_each(|_| plain.text.push(bare));
            }
            if bare.len_utf8() != c.len_utf8() || run >= STRETCHED {
                plain.back.push((plain.text.len(), to));
            }
            before = c;
        }
        plain.masks = masks(&plain.text);
        plain.folded = folded;
        plain
    }

    /// The words of `raw`, from which this was made, that a stretch stands for.
    pub fn written<'a>(&self, raw: &'a str, stretch: Range<usize>) -> &'a str {
        let folded = self.before(stretch.start, true)..self.before(stretch.end, false);
        raw.get(self.folded.original(folded)).unwrap_or_default()
    }

    /// The mask that holds `at`.
    pub fn mask(&self, at: usize) -> Option<Mask> {
        let next = self.masks.partition_point(|mask| mask.end <= at);
        self.masks.get(next).copied().filter(|mask| mask.start <= at)
    }

    /// The place in the folded text that a place in the plain one stands for. What was left out there belongs to what is
    /// after it for a start, to what is before it for an end.
    fn before(&self, at: usize, start: bool) -> usize {
        let place = self.back.partition_point(|(plain, _)| if start { *plain <= at } else { *plain < at });
        match self.back[..place].last() {
            // An end within a character that became shorter is that character's end.
            _ if !start && self.back.get(place).is_some_and(|(plain, _)| *plain == at) => self.back[place].1,
            Some((plain, folded)) => folded + (at - plain),
            None => at,
        }
    }
}

/// The letter without its accent, one for one: the way back counts on it, and the browser's own normal forms, asked letter
/// by letter, would cost more than all the rest.
fn bare(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ō' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expect: &str) {
        assert_eq!(Plain::new(raw).text, expect);
    }

    #[test]
    fn spellings_become_one() {
        check("Aún NO llegó", "aun no llego");
        check("can’t, won't, dont", "cant, wont, dont");
        check("soooo looove it, cool 1000 www.x.com", "so love it, cool 1000 www.x.com");
        check("a rip-off - yes", "a rip off - yes");
        check("'quoted' rock 'n' roll", "'quoted' rock 'n' roll");
        check("niño ÜBER", "nino uber");
        check("", "");
    }

    #[track_caller]
    fn back(raw: &str, needle: &str, expect: &str) {
        let plain = Plain::new(raw);
        let at = plain.text.find(needle).unwrap();
        assert_eq!(plain.written(raw, at..at + needle.len()), expect, "{raw}");
    }

    #[test]
    fn a_stretch_leads_back_to_the_words_as_written() {
        back("I can’t wait", "cant", "can’t");
        back("I can’t wait", "wait", "wait");
        back("Aún NO llegó hoy", "aun no", "Aún NO");
        back("Aún NO llegó hoy", "llego", "llegó");
        back("Aún NO llegó hoy", "hoy", "hoy");
        back("It is soooo sloooow!", "slow", "sloooow");
        back("It is soooo sloooow!", "so", "soooo");
        back("rip-off é x", "rip off", "rip-off");
        back("rip-off é x", "x", "x");
    }

    #[test]
    fn stretched_words_are_counted() {
        assert_eq!(Plain::new("nooo whyyyy cool").stretched, 2);
    }
}
