//! A text cut where it is marked, for views that draw the marked parts apart.

use crate::ordered::sort;
use crate::text::{OffsetMap, Utf16Span};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// It lies inside a span.
    pub marked: bool,
}

/// Cuts `text` at `spans`. Joined, the parts are the text again, whatever the spans are: overlaps and stretches outside
/// the text are cut off, empty ones are left out.
pub fn parts(text: &str, spans: impl IntoIterator<Item = Utf16Span>) -> Vec<Part> {
    let map = OffsetMap::new(text);
    let mut ranges: Vec<_> = spans.into_iter().map(|span| map.to_byte(span.start)..map.to_byte(span.end)).collect();
    sort(&mut ranges, |a, b| a.start.cmp(&b.start));
    let mut out = Vec::new();
    let mut done = 0;
    for range in ranges {
        let start = range.start.max(done);
        if range.end <= start {
            continue;
        }
        push(&mut out, &text[done..start], false);
        push(&mut out, &text[start..range.end], true);
        done = range.end;
    }
    push(&mut out, &text[done..], false);
    out
}

fn push(out: &mut Vec<Part>, text: &str, marked: bool) {
    if !text.is_empty() {
        out.push(Part { text: text.to_owned(), marked });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Utf16Offset;

    fn span(start: u32, end: u32) -> Utf16Span {
        Utf16Span { start: Utf16Offset(start), end: Utf16Offset(end) }
    }

    #[track_caller]
    fn check(text: &str, spans: &[(u32, u32)], expect: &str) {
        let shown: String = parts(text, spans.iter().map(|&(a, b)| span(a, b)))
            .into_iter()
            .map(|part| if part.marked { format!("[{}]", part.text) } else { part.text })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn marked_stretches_stand_apart() {
        check("Hi Ana", &[], "Hi Ana");
        check("Hi {{ name }}!", &[(3, 13)], "Hi [{{ name }}]!");
        check("😀 {{ a }}", &[(3, 10)], "😀 [{{ a }}]");
        check("abcd", &[(2, 4), (0, 3)], "[abc][d]");
        check("ab", &[(1, 1), (5, 9)], "ab");
    }

    proptest! {
        #[test]
        fn parts_joined_are_the_text(text in "\\PC*", spans in proptest::collection::vec((0u32..40, 0u32..40), 0..5)) {
            let joined: String =
                parts(&text, spans.iter().map(|&(a, b)| span(a, b))).into_iter().map(|part| part.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
