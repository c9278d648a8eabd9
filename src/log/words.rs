//! Text made plain for matching: lower case, no accents, one space between words and at both ends.
//!
//! Whoever searches types "cafe" for "Café" and "nimbus coffee" for "@nimbus_coffee". Scripts without spaces get one
//! around every character, so that a part of a sentence is found. Plain text is for comparing, never for showing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` made plain: `" words of the text "`, or `" "` when it holds none.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    plain_into(&mut out, text);
    out
}

/// Adds more plain words to `out`.
pub fn plain_into(out: &mut String, text: &str) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
                b'A'..=b'Z' => out.push(byte.to_ascii_lowercase() as char),
                _ if !out.ends_with(' ') => out.push(' '),
                _ => {}
            }
        }
    } else {
        for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            push(out, c);
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

fn push(out: &mut String, c: char) {
    match c {
        'ß' => out.push_str("ss"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ı' => out.push('i'),
        _ if is_unspaced(c) => {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            out.push(c);
            out.push(' ');
        }
        _ if c.is_alphanumeric() => out.push(c),
        // Invisible within a word.
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
        _ if !out.ends_with(' ') => out.push(' '),
        _ => {}
    }
}

/// Characters of scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(plain(text), expect);
    }

    #[test]
    fn texts_are_made_plain() {
        check("", " ");
        check(" … ", " ");
        check("Café con LECHE", " cafe con leche ");
        check("@nimbus_coffee: ¿dónde?", " nimbus coffee donde ");
        check("Nimbus’s, l'Nimbus", " nimbus s l nimbus ");
        check("nim\u{ad}bus", " nimbus ");
        check("Straße ŁÓDŹ ﬁn", " strasse lodz fin ");
        check("咖啡Nimbus很好", " 咖 啡 nimbus 很 好 ");
        check("a😀b", " a b ");
        check("1.2K #Nimbus2", " 1 2k nimbus2 ");
    }
}
