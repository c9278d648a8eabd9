//! Folded text: what rules are compared with, and the way back to the text as written.
//!
//! Folding makes one spelling of what people see as one: lower case (É is é, Ñ is ñ, İ is i, ß is ss), curly quotes and
//! apostrophes straight, every kind of space one space, base letter plus accent one letter, invisible characters gone.
//! Accents stay: *sí* and *si* are two words. It does not split words or sentences.

use std::ops::Range;

use crate::text::normal::compose;

/// A stretch whose folded form is not as long as it was, or is one unit made of several characters.
#[derive(Debug, Clone, Copy)]
struct Jump {
    fold: usize,
    fold_len: usize,
    orig: usize,
    orig_len: usize,
}

/// A folded text and the way back.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    jumps: Vec<Jump>,
}

/// What one character becomes.
enum Form {
    Char(char),
    Text(&'static str),
    Space,
    Nothing,
    Accent,
}

impl Folded {
    /// Folds `text` in one pass.
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len() + 8), jumps: Vec::new() };
        let mut prev: Option<(usize, usize)> = None;
        for (orig, c) in text.char_indices() {
            let fold = folded.text.len();
            if c.is_ascii() && c > ' ' {
                folded.text.push(c.to_ascii_lowercase());
                prev = Some((fold, orig));
                continue;
            }
            let len = c.len_utf8();
            match form(c) {
                Form::Char(to) => folded.put(to.encode_utf8(&mut [0; 4]), orig, len),
                Form::Text(to) => folded.put(to, orig, len),
                Form::Nothing => {
                    folded.jumps.push(Jump { fold, fold_len: 0, orig, orig_len: len });
                    continue;
                }
                Form::Space => match prev {
                    Some((start, from)) if folded.text.ends_with(' ') => {
                        folded.widen(start, from, orig + len, ' ');
                        continue;
                    }
                    _ => folded.put(" ", orig, len),
                },
                Form::Accent => {
                    let whole = prev.zip(folded.text.chars().next_back());
                    if let Some(((start, from), both)) = whole.and_then(|(at, base)| Some((at, compose(base, c)?))) {
                        folded.text.truncate(start);
                        folded.widen(start, from, orig + len, both);
                        continue;
                    }
                    folded.put(c.encode_utf8(&mut [0; 4]), orig, len);
                }
            }
            prev = Some((fold, orig));
        }
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretch of the text as written that a folded stretch stands for; whole characters always.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.start(folded.start);
        start..self.end(folded.end).max(start)
    }

    fn put(&mut self, to: &str, orig: usize, orig_len: usize) {
        if to.len() != orig_len || to.chars().count() != 1 {
            self.jumps.push(Jump { fold: self.text.len(), fold_len: to.len(), orig, orig_len });
        }
        self.text.push_str(to);
    }

    /// The character at `start` now stands for everything from `from` to `to`.
    fn widen(&mut self, start: usize, from: usize, to: usize, c: char) {
        while self.jumps.last().is_some_and(|jump| jump.fold >= start) {
            self.jumps.pop();
        }
        self.jumps.push(Jump { fold: start, fold_len: c.len_utf8(), orig: from, orig_len: to - from });
        self.text.truncate(start);
        self.text.push(c);
    }

    fn start(&self, fold: usize) -> usize {
        let before = self.jumps.partition_point(|jump| jump.fold <= fold);
        match self.jumps[..before].last() {
            None => fold,
            Some(jump) if fold < jump.fold + jump.fold_len => jump.orig,
            Some(jump) => jump.orig + jump.orig_len + (fold - jump.fold - jump.fold_len),
        }
    }

    fn end(&self, fold: usize) -> usize {
        let before = self.jumps.partition_point(|jump| jump.fold < fold);
        match self.jumps[..before].last() {
            None => fold,
            Some(jump) if fold <= jump.fold + jump.fold_len => jump.orig + jump.orig_len,
            Some(jump) => jump.orig + jump.orig_len + (fold - jump.fold - jump.fold_len),
        }
    }
}

fn form(c: char) -> Form {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Form::Char('\n'),
        ' ' | '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Form::Space
        }
        '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\0'..='\u{1F}'
        | '\u{7F}'..='\u{9F}' => Form::Nothing,
        '\u{300}'..='\u{36F}' => Form::Accent,
        '‘' | '’' | 'ʼ' | '´' | '＇' => Form::Char('\''),
        '“' | '”' | '„' | '«' | '»' => Form::Char('"'),
        '\u{2010}' | '\u{2011}' => Form::Char('-'),
        'ß' | 'ẞ' => Form::Text("ss"),
        'İ' => Form::Char('i'),
        'ς' => Form::Char('σ'),
        _ => Form::Char(lower(c)),
    }
}

/// Lower case as one character; İ, the only letter that needs two, is folded before.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// True for what can stand inside a word. Latin letters are decided without a table.
pub fn is_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => true,
        '\0'..='\u{7F}' => false,
        '\u{300}'..='\u{36F}' => true,
        // Punctuation and pictures: known without a table, since replies are full of them.
        '\u{2010}'..='\u{206F}' | '\u{2600}'..='\u{27BF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F1E6}'..='\u{1FAFF}' => {
            false
        }
        _ => c.is_alphanumeric(),
    }
}

/// True when `start..end` does not cut a word in two: the test that stands for `\b`.
pub fn whole_words(text: &str, start: usize, end: usize) -> bool {
    starts_whole(text, start) && starts_whole(text, end)
}

/// True when no word goes on across `at`.
pub fn starts_whole(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(is_word);
    !(before && text[at..].chars().next().is_some_and(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(Folded::new(text).text(), expect);
    }

    #[test]
    fn one_spelling_for_what_people_see_as_one() {
        check("ÉXITO Año ÑANDÚ", "éxito año ñandú");
        check("Straße İstanbul", "strasse istanbul");
        check("We’re ‘sure’ “ok”", "we're 'sure' \"ok\"");
        check("e\u{301}xito n\u{303}", "éxito ñ");
        check("a \u{A0}\t b\nc", "a b\nc");
        check("sor\u{AD}ry\u{200B}!", "sorry!");
        check("👩‍👩‍👧 ΣΑΣ", "👩‍👩‍👧 σασ");
    }

    #[track_caller]
    fn back(text: &str, needle: &str, expect: &str) {
        let folded = Folded::new(text);
        let at = folded.text().find(needle).unwrap();
        assert_eq!(&text[folded.original(at..at + needle.len())], expect);
    }

    #[test]
    fn a_folded_stretch_leads_back_to_whole_characters() {
        back("x Straße y", "strasse", "Straße");
        back("x Straße y", "s", "S");
        back("xß", "ss", "ß");
        back("We’re 😊 sure", "we're", "We’re");
        back("We’re 😊 sure", "sure", "sure");
        back("cafe\u{301} ole", "café", "cafe\u{301}");
        back("cafe\u{301} ole", "ole", "ole");
        back("sor\u{AD}ry now", "sorry", "sor\u{AD}ry");
        back("a   b c", " b", "   b");
        back("a   b c", "c", "c");
        back("\u{200B}hi", "hi", "hi");
    }
}
