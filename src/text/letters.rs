//! Classes of letters in patterns (`\p{L}`), written out as the ranges that the standard library knows of.
//!
//! A database of every Unicode class would be 9 KB gz of the background for what packs and definitions ask for: letters,
//! capitals, small letters, numbers. `Alphabetic`, `Uppercase`, `Lowercase` and `N` are exactly Unicode's. `L`, `Lu` and `Ll`
//! are taken for the first three, which are the same but for signs that stand with or for a letter (vowel signs, Roman
//! numerals, letters in circles).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// No letter or number lies beyond; what there is up to the end of Unicode is not looked through.
const LAST: u32 = 0x3_FFFF;

/// `pattern` with its classes of letters written out; what is wrong with it where it names another class.
pub fn written_out(pattern: &str) -> Result<Cow<'_, str>, String> {
    if !pattern.contains("\\p") && !pattern.contains("\\P") {
        return Ok(Cow::Borrowed(pattern));
    }
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escaped) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        rest = &rest[escaped.len_utf8()..];
        if !matches!(escaped, 'p' | 'P') {
            out.extend(['\\', escaped]);
            continue;
        }
        let end = if rest.starts_with('{') { rest.find('}') } else { rest.chars().next().map(|c| c.len_utf8() - 1) };
        let Some(end) = end else { return Err(format!("\\{escaped}{rest}")) };
        let name = rest[..=end].trim_matches(['{', '}']);
        let ranges = ranges(name).ok_or_else(|| format!("\\{escaped}{{{name}}}"))?;
        out.push_str(if escaped == 'p' { "[" } else { "[^" });
        out.push_str(&ranges);
        out.push(']');
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The ranges of a class, as they stand between brackets; kept for the thread.
fn ranges(name: &str) -> Option<String> {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<&'static str, String>> = const { RefCell::new(BTreeMap::new()) };
    }
    type Is = fn(char) -> bool;
    let (class, is): (&'static str, Is) = match name {
        "L" | "Letter" | "Alphabetic" => ("L", char::is_alphabetic),
        "Lu" | "Uppercase_Letter" | "Uppercase" => ("Lu", char::is_uppercase),
        "Ll" | "Lowercase_Letter" | "Lowercase" => ("Ll", char::is_lowercase),
        "N" | "Number" => ("N", char::is_numeric),
        _ => return None,
    };
    Some(KNOWN.with_borrow_mut(|known| known.entry(class).or_insert_with(|| listed(is)).clone()))
}

fn listed(is: fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut open: Option<(char, char)> = None;
    for c in (0..=LAST).filter_map(char::from_u32).filter(|c| is(*c)) {
        match &mut open {
            Some((_, last)) if u32::from(*last) + 1 == u32::from(c) => *last = c,
            _ => {
                put(&mut out, open);
                open = Some((c, c));
            }
        }
    }
    put(&mut out, open);
    out
}

fn put(out: &mut String, range: Option<(char, char)>) {
    let Some((first, last)) = range else { return };
    out.push(first);
    if last > first {
        out.extend(['-', last]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::regex::Regex;

    #[test]
    fn letters_are_found_in_any_script() {
        let found = |pattern: &str, text: &'static str| {
            Regex::new(pattern).unwrap().find(text).map(|groups| &text[groups.whole()])
        };
        assert_eq!(found(r"\p{L}+", "12 ñandú!"), Some("ñandú"));
        assert_eq!(found(r"\pL+", "1 año"), Some("año"));
        assert_eq!(found(r"[\p{Lu}_]+", "aÑ_B"), Some("Ñ_B"));
        assert_eq!(found(r"[^\p{L} ]+", "日本 12"), Some("12"));
        assert_eq!(found(r"\P{L}+", "ab12c"), Some("12"));
        assert_eq!(found(r"\p{N}+", "x²٣"), Some("²٣"));
        assert_eq!(found(r"\\p{2}", r"\pp"), Some(r"\pp"), "an escaped backslash begins no class");
    }

    #[test]
    fn exact_where_it_says_so() {
        // The standard library may be a Unicode ahead of its peer: new letters, and one in thousands that was sorted anew.
        let unassigned = regex::Regex::new(r"\A\p{Cn}\z").unwrap();
        let classes =
            [("Alphabetic", "alphabetic"), ("Uppercase", "uppercase"), ("Lowercase", "lowercase"), ("N", "N")];
        for (name, class) in classes {
            let ours = ranges(name).unwrap();
            let theirs = regex::Regex::new(&format!(r"\A\p{{{class}}}\z")).unwrap();
            let within = regex::Regex::new(&format!(r"\A[{ours}]\z")).unwrap();
            let differs = |c: &char| {
                let one = c.to_string();
                within.is_match(&one) != theirs.is_match(&one) && !unassigned.is_match(&one)
            };
            let odd: Vec<char> = (0..=0x10_FFFF).filter_map(char::from_u32).filter(differs).collect();
            assert!(odd.len() < 5, "{name}: {odd:?}");
        }
    }

    #[test]
    fn other_classes_are_named() {
        assert_eq!(written_out(r"a\p{Greek}"), Err(r"\p{Greek}".to_owned()));
        assert!(written_out(r"\p{L").is_err() && written_out(r"\p").is_err());
        assert_eq!(written_out(r"a\d\").unwrap(), r"a\d\");
        assert_eq!(written_out("a").unwrap(), "a");
    }
}
