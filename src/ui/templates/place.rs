//! Places in a text as a text area counts them: UTF-16 units.

use crate::text::{OffsetMap, Utf16Span};

/// What to select for a mistake at a line and a column (both from 1, in characters): from there to the end of the line,
/// or of the tag that begins there.
pub fn mistake(body: &str, line: u32, column: u32) -> Utf16Span {
    let before: usize = body.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = &body[before..];
    let first = rest.lines().next().unwrap_or_default();
    let skip = column.saturating_sub(1) as usize;
    let from = before + first.char_indices().nth(skip).map_or(first.len(), |(at, _)| at);
    let tail = &body[from..before + first.len()];
    let end = ["}}", "%}"].iter().filter_map(|close| tail.find(close).map(|at| at + 2)).min().unwrap_or(tail.len());
    OffsetMap::new(body).span(from..from + end)
}

/// Where words stand literally, first in `body` as they are, else whatever the case; `None` when they come from a value.
pub fn words(body: &str, words: &str) -> Option<Utf16Span> {
    let map = OffsetMap::new(body);
    if words.trim().is_empty() {
        return None;
    }
    if let Some(at) = body.find(words) {
        return Some(map.span(at..at + words.len()));
    }
    let wanted: Vec<char> = words.chars().collect();
    let fits = |tail: &str| {
        let mut found = tail.char_indices();
        wanted
            .iter()
            .all(|c| found.next().is_some_and(|(_, f)| f.to_lowercase().eq(c.to_lowercase())))
            .then(|| found.next().map_or(tail.len(), |(at, _)| at))
    };
    body.char_indices().find_map(|(at, _)| Some(map.span(at..at + fits(&body[at..])?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(body: &str, span: Utf16Span) -> String {
        let map = OffsetMap::new(body);
        body[map.to_byte(span.start)..map.to_byte(span.end)].to_owned()
    }

    #[test]
    fn a_mistake_is_selected_to_the_end_of_its_tag_or_line() {
        let body = "Hello\n😀 {{ name \nbye {{ x | nope }} there";
        assert_eq!(cut(body, mistake(body, 2, 3)), "{{ name ");
        assert_eq!(cut(body, mistake(body, 3, 5)), "{{ x | nope }}");
        assert_eq!(mistake(body, 2, 3).start.0, 9);
        assert_eq!(cut(body, mistake(body, 9, 9)), "");
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let body = "ñ Hello there. hello";
        assert_eq!(words(body, "hello").map(|span| span.start.0), Some(15));
        assert_eq!(words(body, "HELLO THERE").map(|span| (span.start.0, span.end.0)), Some((2, 13)));
        assert_eq!(words(body, "Maya"), None);
        assert_eq!(words(body, " "), None);
    }

    proptest! {
        #[test]
        fn never_panics(body in "[a-zñ😀{}%| \\n]{0,40}", line in 0u32..6, column in 0u32..50, wanted in "[a-zñ😀{}]{0,4}") {
            cut(&body, mistake(&body, line, column));
            if let Some(span) = words(&body, &wanted) {
                prop_assert_eq!(cut(&body, span).to_lowercase(), wanted.to_lowercase());
            }
        }
    }
}
