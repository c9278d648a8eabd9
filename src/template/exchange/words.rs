//! The words of an expression, as Jinja, Liquid, Handlebars and Text Blaze all write them: names, strings, signs.

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A string, without its quotes.
    Text(String),
    /// A name, a path or a number.
    Name(String),
    /// Anything else.
    Sign(&'static str),
}

/// Longer ones first.
const SIGNS: [&str; 20] =
    ["==", "!=", "<=", ">=", "<>", "(", ")", "[", "]", "|", ":", ",", "=", "<", ">", "~", "+", "*", ";", "&"];

/// What a backslash in a string means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backslash {
    /// Itself.
    Plain,
    /// `\n`, `\"` and so on, as in Jinja.
    Escapes,
}

/// The words of `source`; `None` when a string has no end or a character has no place in an expression.
pub(super) fn words(source: &str, backslash: Backslash) -> Option<Vec<Word>> {
    let mut out = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'') {
            let (text, after) = string(&rest[1..], first, backslash)?;
            out.push(Word::Text(text));
            rest = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            out.push(Word::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            out.push(Word::Name(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Some(out)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '/' | '?' | '!' | '$')
}

fn string(rest: &str, quote: char, backslash: Backslash) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Some((text, &rest[at + c.len_utf8()..])),
            '\\' if backslash == Backslash::Escapes => match chars.next()?.1 {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                c => text.push(c),
            },
            c => text.push(c),
        }
    }
    None
}

/// Where `close` first stands outside quotes.
pub(super) fn end_of(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            None if text[at..].starts_with(close) => return Some(at),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
    }
    // A lone apostrophe is no quote.
    text.find(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_expression() {
        let name = |text: &str| Word::Name(text.to_owned());
        let text = |text: &str| Word::Text(text.to_owned());
        assert_eq!(
            words("a.b|default: 'it\\', \"é\" == 3", Backslash::Plain),
            Some(vec![
                name("a.b"),
                Word::Sign("|"),
                name("default"),
                Word::Sign(":"),
                text("it\\"),
                Word::Sign(","),
                text("é"),
                Word::Sign("=="),
                name("3"),
            ])
        );
        assert_eq!(words(r#""a\n\"b""#, Backslash::Escapes), Some(vec![text("a\n\"b")]));
        assert_eq!(words("'open", Backslash::Plain), None);
        assert_eq!(words("a # b", Backslash::Plain), None);
    }

    #[test]
    fn an_end_in_quotes_is_none() {
        assert_eq!(end_of("a '}}' }} b", "}}"), Some(7));
        assert_eq!(end_of("it's }} b", "}}"), Some(5));
        assert_eq!(end_of("none", "}}"), None);
    }
}
