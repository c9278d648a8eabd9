//! What changed between two texts, word by word, as a person reads it.

/// Beyond so many comparisons a text counts as written anew.
const MAX_WORK: usize = 1_000_000;

/// A stretch of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// In both.
    Same(String),
    /// In the old one alone.
    Gone(String),
    /// In the new one alone.
    New(String),
}

/// Both texts as one, in order; of a change what is gone comes first.
pub fn difference(old: &str, new: &str) -> Vec<Part> {
    let (old, new) = (words(old), words(new));
    let mut parts = Vec::new();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    push(&mut parts, Part::Same, &old[..head]);
    if a.len() * b.len() > MAX_WORK {
        push(&mut parts, Part::Gone, a);
        push(&mut parts, Part::New, b);
    } else {
        walk(&mut parts, a, b);
    }
    push(&mut parts, Part::Same, &old[old.len() - tail..]);
    parts
}

/// A word and the white space after it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = rest[space..].find(|c: char| !c.is_whitespace()).map_or(rest.len(), |more| space + more);
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

/// Follows the longest common run of words.
fn walk(parts: &mut Vec<Part>, a: &[&str], b: &[&str]) {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            push(parts, Part::Same, &a[i..=i]);
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            push(parts, Part::Gone, &a[i..=i]);
            i += 1;
        } else {
            push(parts, Part::New, &b[j..=j]);
            j += 1;
        }
    }
}

fn push(parts: &mut Vec<Part>, kind: fn(String) -> Part, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    let text = words.concat();
    match (parts.last_mut(), kind(text)) {
        (Some(Part::Same(last)), Part::Same(more))
        | (Some(Part::Gone(last)), Part::Gone(more))
        | (Some(Part::New(last)), Part::New(more)) => last.push_str(&more),
        (_, part) => parts.push(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Old words in brackets, new ones in braces.
    #[track_caller]
    fn check(old: &str, new: &str, expect: &str) {
        let shown: String = difference(old, new)
            .into_iter()
            .map(|part| match part {
                Part::Same(text) => text,
                Part::Gone(text) => format!("[{text}]"),
                Part::New(text) => format!("{{{text}}}"),
            })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn words_that_changed_stand_side_by_side() {
        check("Hello Lu, tomorrow.", "Hello Lu, tomorrow.", "Hello Lu, tomorrow.");
        check("Hello Lu, tomorrow.", "Hello Lu, on Friday.", "Hello Lu, [tomorrow.]{on Friday.}");
        check("It comes on Monday at nine", "It comes at nine", "It comes [on Monday ]at nine");
        check("", "Hello", "{Hello}");
        check("Hola ñandú 😀", "", "[Hola ñandú 😀]");
        check("a b c", "c b a", "[a ]{c }b [c]{a}");
    }

    proptest::proptest! {
        #[test]
        fn both_texts_are_in_it(old in "[ab \n]{0,30}", new in "[ab \n]{0,30}") {
            let (mut before, mut after) = (String::new(), String::new());
            for part in difference(&old, &new) {
                match part {
                    Part::Same(text) => { before.push_str(&text); after.push_str(&text); }
                    Part::Gone(text) => before.push_str(&text),
                    Part::New(text) => after.push_str(&text),
                }
            }
            assert_eq!((before, after), (old, new));
        }
    }
}
