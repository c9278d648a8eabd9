//! The shape of an order number, as people write it down: `#` is a digit, `@` a letter, `*` either; the rest is itself.

use std::ops::Range;

/// Whether a shape says enough to be looked for: at least four places that are not punctuation, one of them a digit.
pub fn is_usable(shape: &str) -> bool {
    shape.contains(['#', '*'])
        && shape.chars().filter(|c| c.is_alphanumeric() || matches!(c, '#' | '@' | '*')).count() >= 4
}

/// Where the first stretch of this shape stands, not within a longer word or number.
pub fn find(shape: &str, text: &str) -> Option<Range<usize>> {
    let shape = shape.trim();
    if !is_usable(shape) {
        return None;
    }
    let boundary = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.char_indices().find_map(|(start, _)| {
        let end = start + length(shape, &text[start..])?;
        (boundary(text[..start].chars().next_back()) && boundary(text[end..].chars().next())).then_some(start..end)
    })
}

/// How long the stretch is that `text` begins with, if it has this shape.
fn length(shape: &str, text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mut length = 0;
    for wanted in shape.chars() {
        let c = chars.next()?;
        let fits = match wanted {
            '#' => c.is_ascii_digit(),
            '@' => c.is_alphabetic(),
            '*' => c.is_alphanumeric(),
            _ => c.to_lowercase().eq(wanted.to_lowercase()),
        };
        if !fits {
            return None;
        }
        length += c.len_utf8();
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_found_as_a_whole() {
        let check = |shape: &str, text: &str, expect: Option<&str>| {
            assert_eq!(find(shape, text).map(|found| &text[found]), expect, "{shape} in {text}");
        };
        check("AC-######", "order AC-123456.", Some("AC-123456"));
        check("ac-######", "AC-1234567", None);
        check("####/@@", "n.º 1234/ñb", Some("1234/ñb"));
        check("RJ-****", "rj-4k7q", Some("rj-4k7q"));
        check("##", "12", None);
        check("ABCD", "abcd", None);
        check("", "x", None);
    }
}
