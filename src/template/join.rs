//! Several rendered templates as one text: a blank line between them, one greeting, one sign-off.
//!
//! A greeting or a sign-off is doubled only where two of the texts have it letter for letter; nothing is guessed. What
//! stands before the first comma, colon, full stop or exclamation mark of the first text, when a later one begins with
//! the very same words, is left out there. Closing lines that an earlier text shares with the last one are left to the
//! last one.

use super::render::Rendered;
use crate::text::{OffsetMap, Utf16Offset, Utf16Span};

/// Longer beginnings are no greetings, in bytes.
const LONGEST_GREETING: usize = 80;

/// The texts in their order. The caret goes where the last one has it.
pub fn join(mut pieces: Vec<Rendered>) -> Rendered {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Rendered::default() };
    if pieces.len() == 1 {
        return pieces.remove(0);
    }
    let (opening, closing) = (greeting(&first.text).to_owned(), last.text.clone());
    let mut whole = Rendered::default();
    let count = pieces.len();
    for (n, piece) in pieces.into_iter().enumerate() {
        let (start, end) = kept(&piece.text, (n > 0).then_some(&*opening), (n + 1 < count).then_some(&*closing));
        if n > 0 {
            whole.text.push_str("\n\n");
        }
        let map = OffsetMap::new(&piece.text);
        let (from, to) = (map.to_utf16(start), map.to_utf16(end));
        let base = OffsetMap::new(&whole.text).len().0;
        let place = |at: Utf16Offset| Utf16Offset((base + at.0.clamp(from.0, to.0)).saturating_sub(from.0));
        let inside = |span: &Utf16Span| span.start >= from && span.end <= to;
        let holes = piece.unresolved.into_iter().filter(|one| inside(&one.span));
        whole.unresolved.extend(holes.map(|mut one| {
            one.span = Utf16Span { start: place(one.span.start), end: place(one.span.end) };
            one
        }));
        whole.cursor = piece.cursor.map(place);
        push_sentence(&mut whole.text, &piece.text[start..end], start > 0);
    }
    whole
}

/// The bytes of `text` that stay, without the greeting `opening` and the lines it shares with the end of `closing`.
fn kept(text: &str, opening: Option<&str>, closing: Option<&str>) -> (usize, usize) {
    let greeted = opening.filter(|opening| !opening.is_empty() && text.starts_with(opening));
    let start = greeted.map_or(0, |opening| text.len() - text[opening.len()..].trim_start().len());
    let mut end = text.len();
    if let Some(closing) = closing {
        for (line, other) in text.lines().rev().zip(closing.lines().rev()) {
            if line != other {
                break;
            }
            end = line.as_ptr() as usize - text.as_ptr() as usize;
        }
    }
    end = text[..end].trim_end().len();
    // Something must be left to say.
    if start < end { (start, end) } else { (0, text.trim_end().len()) }
}

/// The greeting that a text begins with, its punctuation with it.
fn greeting(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.find([',', ':', '.', '!']).map(|at| at + 1).filter(|end| *end <= LONGEST_GREETING);
    &line[..end.unwrap_or_default()]
}

/// Adds a text; one that has lost its greeting begins with a capital.
fn push_sentence(whole: &mut String, text: &str, begins: bool) {
    let first = text.chars().next().filter(|_| begins);
    // Letters that have no single capital stay.
    let capital = first.and_then(|c| Some(c.to_uppercase()).filter(|all| all.len() == 1)?.next());
    match capital {
        Some(capital) => {
            whole.push(capital);
            whole.extend(text.chars().skip(1));
        }
        None => whole.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Context, render};

    fn all(bodies: &[&str]) -> Rendered {
        join(bodies.iter().map(|body| render(body, &Context::default()).unwrap()).collect())
    }

    #[track_caller]
    fn check(bodies: &[&str], expect: &str) {
        assert_eq!(all(bodies).text, expect);
    }

    #[test]
    fn a_blank_line_stands_between_texts() {
        check(&[], "");
        check(&["One.\n"], "One.");
        check(&["One.", "Two.", "Three."], "One.\n\nTwo.\n\nThree.");
    }

    #[test]
    fn a_greeting_that_all_have_is_said_once() {
        check(&["Hello Ana, we are late.", "Hello Ana, éste sí."], "Hello Ana, we are late.\n\nÉste sí.");
        check(&["Hello Ana,\nOne.", "Hello Ana,\nTwo."], "Hello Ana,\nOne.\n\nTwo.");
        check(&["Hello Ana, one.", "Hi Ana, two."], "Hello Ana, one.\n\nHi Ana, two.");
        check(&["Thanks", "Thanks"], "Thanks\n\nThanks");
        check(&["Hello!", "Hello!"], "Hello!\n\nHello!");
    }

    #[test]
    fn a_sign_off_that_the_last_one_has_too_is_left_to_it() {
        check(&["One.\nRegards,\nAna", "Two.\nRegards,\nAna"], "One.\n\nTwo.\nRegards,\nAna");
        check(&["One.\nRegards,\nAna", "Two."], "One.\nRegards,\nAna\n\nTwo.");
        check(&["One.\n— Ana", "Two.\n— Ana", "Three.\n— Ana"], "One.\n\nTwo.\n\nThree.\n— Ana");
        check(&["Same.", "Same."], "Same.\n\nSame.");
    }

    #[test]
    fn caret_and_missing_values_keep_their_places() {
        let whole = all(&["Hi 😀, {{ post.url }}", "Hi 😀, see {{ case.number }} {{ cursor() }}now"]);
        assert_eq!(whole.text, "Hi 😀, {{ post.url }}\n\nSee {{ case.number }} now");
        let utf16: Vec<u16> = whole.text.encode_utf16().collect();
        let at = |span: Utf16Span| String::from_utf16(&utf16[span.start.0 as usize..span.end.0 as usize]).unwrap();
        let holes: Vec<String> = whole.unresolved.iter().map(|one| at(one.span)).collect();
        assert_eq!(holes, ["{{ post.url }}", "{{ case.number }}"]);
        let end = Utf16Offset(utf16.len() as u32);
        assert_eq!(at(Utf16Span { start: whole.cursor.unwrap(), end }), "now");
        assert_eq!(all(&["One {{ cursor() }}.", "Two."]).cursor, None, "the caret stands at the end");
        // The greeting's own hole is said once.
        assert_eq!(all(&["Hi {{ a.b }}, one.", "Hi {{ a.b }}, two."]).unresolved.len(), 1);
    }
}
