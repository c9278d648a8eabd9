//! Unicode's normal forms, without their tables in the modules: a browser has them built in, and they weigh a tenth of a
//! page's code.
//!
//! The modules hand the browser's way in when they start ([`hand_in`]); on the host a crate does the same. What most
//! replies are made of needs neither and is settled here. Nothing that is stored or hashed may depend on a normal form.

use std::borrow::Cow;
use std::sync::OnceLock;

/// What a text is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Accents and letters as one character where there is one (NFC).
    Composed,
    /// The same, and what only looks different as what it stands for: "𝓐" is "A" (NFKC).
    Compatible,
    /// What is left of the compatible form without any accent or other mark (NFKD without `\p{M}`).
    Bare,
}

/// Turns a text into a form.
pub type Normalise = fn(Form, &str) -> String;

static HANDED_IN: OnceLock<Normalise> = OnceLock::new();

/// Says, once, who normalises from now on.
pub fn hand_in(normalise: Normalise) {
    // A second call brings the same.
    let _ = HANDED_IN.set(normalise);
}

/// Accents and letters as one character where there is one.
pub fn composed(text: &str) -> Cow<'_, str> {
    let settled = |c| c < '\u{300}' || bare(c).is_some() || is_style(c);
    unless(text.chars().all(settled), Form::Composed, text)
}

/// The composed form, and what only looks different as what it stands for.
pub fn compatible(text: &str) -> Cow<'_, str> {
    let settled = |c| bare(c).is_some() || is_style(c);
    unless(text.chars().all(settled), Form::Compatible, text)
}

/// Hands on the characters of `text` without accents and marks, each as what it stands for.
pub fn each_bare(text: &str, take: impl FnMut(char)) {
    let chars = || text.chars().filter(|c| !is_style(*c));
    if chars().all(|c| bare(c).is_some()) {
        chars().filter_map(bare).for_each(take);
    } else {
        normalise(Form::Bare, text).chars().for_each(take);
    }
}

/// A letter and the accent behind it as one character, if there is one.
pub fn compose(letter: char, accent: char) -> Option<char> {
    // An accent on an accent: texts that are drowned in them cost no more than others.
    if matches!(letter, '\u{300}'..='\u{36F}') {
        return None;
    }
    // By accent: small letters of western Europe, each before what it becomes.
    let pairs = match accent {
        '\u{300}' => "aàeèiìoòuù",
        '\u{301}' => "aáeéiíoóuúyý",
        '\u{302}' => "aâeêiîoôuû",
        '\u{303}' => "aãnñoõ",
        '\u{308}' => "aäeëiïoöuüyÿ",
        '\u{30A}' => "aå",
        '\u{327}' => "cç",
        _ => "",
    };
    pairs.chars().skip_while(|known| *known != letter).nth(1).or_else(|| {
        let both = normalise(Form::Composed, &String::from_iter([letter, accent]));
        let mut chars = both.chars();
        chars.next().filter(|_| chars.next().is_none())
    })
}

fn unless(settled: bool, form: Form, text: &str) -> Cow<'_, str> {
    if settled { Cow::Borrowed(text) } else { Cow::Owned(normalise(form, text)) }
}

fn normalise(form: Form, text: &str) -> String {
    match HANDED_IN.get() {
        Some(normalise) => normalise(form, text),
        None => host(form, text),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn host(form: Form, text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    match form {
        Form::Composed => text.nfc().collect(),
        Form::Compatible => text.nfkc().collect(),
        Form::Bare => text.nfkd().filter(|c| !is_combining_mark(*c)).collect(),
    }
}

/// A module that was started without the browser's way leaves texts as they are.
#[cfg(target_arch = "wasm32")]
fn host(_: Form, text: &str) -> String {
    text.to_owned()
}

/// "The one before as a picture", or as text: the only marks that most texts hold.
fn is_style(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

/// What a character is without its accent, as far as that can be told without a table: what ends here as itself is the
/// same in every form and joins with nothing.
fn bare(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7F}' | '¡' | '«' | '»' | '¿' | '€' => Some(c),
        '\u{200B}'..='\u{2010}' | '\u{2013}'..='\u{2016}' | '\u{2018}'..='\u{2023}' => Some(c),
        '\u{2600}'..='\u{27BF}' | '\u{4E00}'..='\u{9FFF}' | '\u{1F300}'..='\u{1FAFF}' => Some(c),
        'À'..='ſ' => latin(c),
        _ => None,
    }
}

/// Letters of the Latin alphabet, from À on.
fn latin(c: char) -> Option<char> {
    /// `=` is a letter without an accent, `?` one that becomes two or another.
    const BARE: &[u8; 192] = b"AAAAAA=CEEEEIIII=NOOOOO==UUUUY==aaaaaa=ceeeeiiii=nooooo==uuuuy=y\
        AaAaAaCcCcCcCcDd==EeEeEeEeEeGgGgGgGgHh==IiIiIiIiI=??JjKk=LlLlLl??==\
        NnNnNn?==OoOoOo==RrRrRrSsSsSsSsTtTt==UuUuUuUuUuUuWwYyYZzZzZz?";
    match BARE.get(c as usize - 'À' as usize)? {
        b'=' => Some(c),
        b'?' => None,
        bare => Some(char::from(*bare)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_settled_here_is_what_the_tables_say() {
        for c in ('\0'..=char::MAX).filter(|c| bare(*c).is_some() || is_style(*c) || *c < '\u{300}') {
            let text = c.to_string();
            assert_eq!(host(Form::Composed, &text), text, "{c:?}");
            let Some(without) = bare(c) else { continue };
            assert_eq!(host(Form::Compatible, &text), text, "{c:?}");
            assert_eq!(host(Form::Bare, &text), without.to_string(), "{c:?}");
        }
        assert_eq!(host(Form::Bare, "❤️"), "❤");
    }

    #[test]
    fn letters_and_accents_meet_as_the_tables_say() {
        for accent in '\u{300}'..='\u{36F}' {
            for letter in ('\0'..='\u{24F}').chain('\u{370}'..='\u{52F}') {
                let one = unicode_normalization::char::compose(letter, accent);
                // The tables know pairs, not sequences: what they do not join may still be one character.
                if one.is_some() {
                    assert_eq!(compose(letter, accent), one, "{letter:?} {accent:?}");
                }
            }
        }
        assert_eq!(compose('x', '\u{301}'), None);
        assert_eq!(compose('\u{301}', '\u{301}'), None);
    }

    proptest! {
        #[test]
        fn every_text_is_what_the_tables_make_of_it(text in "(\\PC|[a-zÀ-žａ-ｚé𝓐-𝔃]|[eaun][\u{300}-\u{36f}]{1,3}|[😀-😎❤]\u{fe0f}?){0,12}") {
            prop_assert_eq!(composed(&text), host(Form::Composed, &text));
            prop_assert_eq!(compatible(&text), host(Form::Compatible, &text));
            let mut out = String::new();
            each_bare(&text, |c| out.push(c));
            prop_assert_eq!(out, host(Form::Bare, &text));
        }
    }
}
