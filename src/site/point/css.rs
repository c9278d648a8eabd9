//! Selectors written so that nothing a page named can break out of them.

use std::fmt::Write;

/// A name as a CSS identifier (class, id, attribute, tag).
pub fn ident(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (at, c) in name.chars().enumerate() {
        let digit_first = c.is_ascii_digit() && (at == 0 || (at == 1 && name.starts_with('-')));
        if c == '\0' {
            out.push('\u{FFFD}');
        } else if c.is_control() || digit_first {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\{:x} ", u32::from(c));
        } else if c.is_ascii_alphanumeric() || c == '_' || (c == '-' && name.len() > 1) || !c.is_ascii() {
            out.push(c);
        } else {
            out.push('\\');
            out.push(c);
        }
    }
    out
}

/// A value as a CSS string.
pub fn string(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0' => out.push('\u{FFFD}'),
            c if c.is_control() => {
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `[name op "value"]`.
pub fn attr(name: &str, op: &str, value: &str) -> String {
    format!("[{}{op}{}]", ident(name), string(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_names_stay_as_they_are() {
        assert_eq!(ident("post-body"), "post-body");
        assert_eq!(ident("md:flex"), "md\\:flex");
        assert_eq!(ident("3kd9"), "\\33 kd9");
        assert_eq!(ident("-1"), "-\\31 ");
        assert_eq!(ident("-"), "\\-");
        assert_eq!(attr("data-id", "=", "a\"]x"), "[data-id=\"a\\\"]x\"]");
    }

    proptest! {
        #[test]
        fn whatever_a_page_names_is_one_simple_selector(name in "\\PC{1,12}", value in "\\PC{0,12}") {
            let css = format!(".{}{}", ident(&name), attr("data-x", "=", &value));
            prop_assert!(scraper::Selector::parse(&css).is_ok(), "{css}");
            prop_assert_eq!(scraper::Html::parse_fragment("<p>").select(&scraper::Selector::parse(&css).unwrap()).count(), 0);
        }
    }
}
