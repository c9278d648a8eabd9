//! Text made plain for comparing: what people type is found however it was written.
//!
//! Whoever searches types "cafe" for "Café" and "nimbus coffee" for "@nimbus_coffee": lower case, no accents, no invisible
//! characters, "ß" is "ss". Folded text is for comparing, never for showing, and has no way back to the text as written;
//! the voice check's own folding keeps accents and offsets.

use super::normal::each_bare;

/// The words of `text`, one space between them. Scripts without spaces get one around every character, so that a part of
/// a sentence is found.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    words_into(&mut out, text);
    out.trim().to_owned()
}

/// Adds the words of `text` to `out`, which then begins and ends with a space.
pub fn words_into(out: &mut String, text: &str) {
    space(out);
    each(text, |c| {
        if is_unspaced(c) {
            space(out);
            out.push(c);
            space(out);
        } else if c.is_alphanumeric() {
            out.push(c);
        } else {
            space(out);
        }
    });
    space(out);
}

/// `text` with its signs, every stretch of white space one space, none at the ends.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |c| if c.is_whitespace() { space(&mut out) } else { out.push(c) });
    out.trim().to_owned()
}

fn space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Every folded character.
pub(crate) fn each(text: &str, mut take: impl FnMut(char)) {
    each_bare(text, |c| {
        if c.is_ascii() {
            take(c.to_ascii_lowercase());
            return;
        }
        for c in c.to_lowercase() {
            match c {
                'ß' => "ss".chars().for_each(&mut take),
                'æ' => "ae".chars().for_each(&mut take),
                'œ' => "oe".chars().for_each(&mut take),
                'ø' => take('o'),
                'ł' => take('l'),
                'ı' => take('i'),
                '‘' | '’' | 'ʼ' => take('\''),
                // Invisible within a word.
                '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
                _ => take(c),
            }
        }
    });
}

/// Characters of scripts that put no space between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(words(text), expect);
    }

    #[test]
    fn texts_become_words() {
        check("", "");
        check(" … ", "");
        check("Café con LECHE", "cafe con leche");
        check("  ¡Devolución, YA! ", "devolucion ya");
        check("@nimbus_coffee: ¿dónde?", "nimbus coffee donde");
        check("dm-hand_off", "dm hand off");
        check("Nimbus’s, l'Nimbus", "nimbus s l nimbus");
        check("nim\u{ad}bus", "nimbus");
        check("Straße ŁÓDŹ ﬁn", "strasse lodz fin");
        check("Ñandú İstanbul", "nandu istanbul");
        check("咖啡Nimbus很好", "咖 啡 nimbus 很 好");
        check("a😀b", "a b");
        check("1.2K #Nimbus2", "1 2k nimbus2");
    }

    #[test]
    fn words_of_several_texts_stand_apart() {
        let mut out = String::new();
        words_into(&mut out, "Ana Ruiz");
        words_into(&mut out, "");
        words_into(&mut out, "¡Olé!");
        assert_eq!(out, " ana ruiz ole ");
    }

    #[test]
    fn a_line_keeps_its_signs() {
        assert_eq!(line(" \n C++ y  «Café»\t@Ana_R! "), "c++ y «cafe» @ana_r!");
        assert_eq!(line(" \u{a0} "), "");
        assert_eq!(line("L’Alba"), "l'alba");
    }
}
