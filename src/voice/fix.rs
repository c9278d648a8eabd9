//! Replacements that fit the place: capitals kept, and words left out without a double space.

use std::ops::Range;

use super::fold::is_word;
use super::reading::Reading;

/// `fix` in the case of what it replaces: a capital stays a capital, a shout stays a shout. A fix with capitals of its
/// own is left as it is. For an acronym (its capitals say nothing) the fix takes one at the start of a sentence.
pub fn in_case(matched: &str, fix: &str, acronym: bool, starts_sentence: bool) -> String {
    if !acronym && fix.chars().any(char::is_uppercase) {
        return fix.to_owned();
    }
    let mut letters = matched.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    if acronym {
        return if starts_sentence { capital(fix) } else { fix.to_owned() };
    }
    let mut rest = letters.peekable();
    match first {
        true if rest.peek().is_some() && rest.all(char::is_uppercase) => fix.to_uppercase(),
        true => capital(fix),
        false => fix.to_owned(),
    }
}

/// With a capital first letter; only the first character is looked at, so that "¿" or a quote stays.
pub fn capital(text: &str) -> String {
    let at = text.find(char::is_alphanumeric).unwrap_or(0);
    let (before, from) = text.split_at(at);
    let mut chars = from.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{before}{first}{}", chars.as_str())
}

/// Leaving a stretch out: the stretch to replace and what takes its place. One neighbouring space goes with it; at the
/// start of a sentence the next word takes the capital, so it belongs to the stretch.
pub fn leave_out(reading: &Reading<'_>, found: Range<usize>) -> (Range<usize>, String) {
    let text = reading.text();
    let after = &text[found.end..];
    let gap = after.len() - after.trim_start_matches([',', ' ']).len();
    let next = found.end + gap;
    let word = text[next..].find(|c| !is_word(c)).unwrap_or(text.len() - next);
    let upper = reading.written(found.clone()).chars().next().is_some_and(char::is_uppercase);
    if upper && reading.starts_sentence(found.start) && word > 0 && reading.mask(next, next + word).is_none() {
        let to = next + word;
        return (found.start..to, capital(reading.written(next..to)));
    }
    let closes = after.is_empty() || after.starts_with(['.', '!', '?', '\n']);
    if closes && text[..found.start].ends_with(", ") {
        return (found.start - 2..found.end, String::new());
    }
    if after.starts_with(' ') && (found.start == 0 || text[..found.start].ends_with([' ', '\n'])) {
        return (found.start..found.end + 1, String::new());
    }
    if text[..found.start].ends_with(' ') {
        return (found.start - 1..found.end, String::new());
    }
    (found, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(matched: &str, fix: &str, expect: &str) {
        assert_eq!(in_case(matched, fix, false, false), expect);
    }

    #[test]
    fn the_case_is_kept() {
        case("utilize", "use", "use");
        case("Utilize", "use", "Use");
        case("UTILIZE", "use", "USE");
        case("I guarantee", "we expect", "We expect");
        case("Ñandú", "ñu", "Ñu");
        case("Iphone", "iPhone", "iPhone");
        assert_eq!(in_case("ASAP", "as soon as we can", true, false), "as soon as we can");
        assert_eq!(in_case("asap", "as soon as we can", true, true), "As soon as we can");
        assert_eq!(capital("¿qué?"), "¿Qué?");
        assert_eq!(capital(""), "");
    }

    #[track_caller]
    fn without(text: &str, words: &str, expect: &str) {
        let reading = Reading::new(text);
        let at = reading.text().find(words).unwrap();
        let (range, to) = leave_out(&reading, at..at + words.len());
        let mut out = text.to_owned();
        out.replace_range(reading.original(range), &to);
        assert_eq!(out, expect);
    }

    #[test]
    fn words_leave_no_gap() {
        without("Please kindly send it", "kindly", "Please send it");
        without("Kindly send it", "kindly", "Send it");
        without("Basically, yes", "basically", "Yes");
        without("it works, basically.", "basically", "it works.");
        without("send it kindly", "kindly", "send it");
        without("Kindly @ana", "kindly", "@ana");
        without("kindly", "kindly", "");
    }
}
