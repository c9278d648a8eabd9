//! Counts as pages write them: "1.2K", "3,456 Likes. Like", "1,2 mil", "12 345", "3,4 Mio." in the languages we meet.
//!
//! The first number of the words counts. Digits with group separators are exact; a number with a magnitude ("K", "mil",
//! "Mrd.") is rounded by the network and says so. What cannot be a count ("4.7") is none: a wrong count is worse than no
//! count.

use super::post::Count;

/// The count in `raw`. Words without any digit are zero when `bare_is_zero`, else unknown.
pub fn parse(raw: &str, bare_is_zero: bool) -> Option<Count> {
    let chars: Vec<char> = raw.chars().map(|c| digit(c).unwrap_or(c)).collect();
    let Some(start) = chars.iter().position(char::is_ascii_digit) else {
        return bare_is_zero.then_some(Count { value: 0, approximate: false });
    };
    if start > 0 && matches!(chars[start - 1], '-' | '−') {
        return None;
    }
    let (number, rest) = number(&chars[start..]);
    match magnitude(rest) {
        Some(factor) => number.scaled(factor),
        None => number.whole(),
    }
}

/// A number as written: digit groups and the separators between them.
#[derive(Debug, Default)]
struct Written {
    groups: Vec<String>,
    separators: Vec<char>,
}

fn number(chars: &[char]) -> (Written, &[char]) {
    let mut written = Written::default();
    let mut at = 0;
    loop {
        let end = chars[at..].iter().position(|c| !c.is_ascii_digit()).map_or(chars.len(), |n| at + n);
        written.groups.push(chars[at..end].iter().collect());
        at = end;
        let Some(separator) = chars.get(at).copied().filter(|c| is_separator(*c)) else { break };
        let digits = chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        // A blank joins only a full group of three: "12 345", but "12 34".
        if digits == 0 || (is_blank(separator) && digits != 3) {
            break;
        }
        written.separators.push(separator);
        at += 1;
    }
    (written, &chars[at..])
}

impl Written {
    fn whole(&self) -> Option<Count> {
        let (last, front) = self.groups.split_last()?;
        let grouped = front.is_empty()
            || (last.len() == 3
                && self.separators.iter().all(|s| is_blank(*s) == is_blank(self.separators[0]))
                && self.separators.windows(2).all(|pair| pair[0] == pair[1] || is_blank(pair[0]))
                && front.iter().skip(1).all(|g| g.len() == 3 || g.len() == 2)
                && (1..=3).contains(&front[0].len()));
        let value = self.groups.concat().parse().ok()?;
        grouped.then_some(Count { value, approximate: false })
    }

    fn scaled(&self, factor: u64) -> Option<Count> {
        let (fraction, front) = self.groups.split_last()?;
        let decimals = !front.is_empty() && !self.separators.last().is_some_and(|s| is_blank(*s));
        let (whole, fraction) = if decimals { (front.concat(), fraction.as_str()) } else { (self.groups.concat(), "") };
        let mut value = whole.parse::<u64>().ok()?.checked_mul(factor)?;
        let mut unit = factor;
        for c in fraction.chars() {
            unit /= 10;
            value = value.checked_add(u64::from(c.to_digit(10)?).checked_mul(unit)?)?;
        }
        Some(Count { value, approximate: true })
    }
}

/// What the word right after the number multiplies by. "1,2 mil", "3 M", "4 Mio.", "2万".
fn magnitude(rest: &[char]) -> Option<u64> {
    let rest = match rest.first() {
        Some(c) if is_blank(*c) => &rest[1..],
        _ => rest,
    };
    match rest.first() {
        Some('万' | '萬') => return Some(10_000),
        Some('億' | '亿') => return Some(100_000_000),
        _ => {}
    }
    let word: String = rest.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    Some(match word.as_str() {
        "k" | "mil" | "tsd" | "tausend" | "thousand" | "mille" | "milliers" => 1_000,
        "m" | "mn" | "mi" | "mio" | "mill" | "mln" | "million" | "millions" | "millionen" | "millón" | "millones"
        | "milhão" | "milhões" => 1_000_000,
        "b" | "bn" | "md" | "mrd" | "bi" | "billion" | "billions" | "milliard" | "milliards" | "milliarde"
        | "milliarden" | "bilhão" | "bilhões" => 1_000_000_000,
        _ => return None,
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬' | '٫') || is_blank(c)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}')
}

/// A decimal digit of the scripts that pages count in, as ASCII.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{966}'..='\u{96F}' => 0x966,
        '\u{9E6}'..='\u{9EF}' => 0x9E6,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(raw: &str, expect: Option<(u64, bool)>) {
        assert_eq!(parse(raw, false).map(|c| (c.value, c.approximate)), expect, "{raw:?}");
    }

    #[test]
    fn exact_numbers() {
        check("0", Some((0, false)));
        check("28 Likes. Like", Some((28, false)));
        check("3,456 Likes. Like", Some((3_456, false)));
        check("Like (3,121 likes)", Some((3_121, false)));
        check("1.234 Me gusta", Some((1_234, false)));
        check("12 345", Some((12_345, false)));
        check("12\u{202F}345 J’aime", Some((12_345, false)));
        check("12\u{A0}345\u{A0}678", Some((12_345_678, false)));
        check("1’234’567 Gefällt mir", Some((1_234_567, false)));
        check("1,23,456 views", Some((123_456, false)));
        check("51,906 followers", Some((51_906, false)));
        check("٣٬٤٥٦", Some((3_456, false)));
        check("Replies: 2", Some((2, false)));
        check("2 mentions", Some((2, false)));
        check("5 min", Some((5, false)));
        check("12 34", Some((12, false)));
        check("6 replies, 2 reposts", Some((6, false)));
        check("NAME and 4 others", Some((4, false)));
    }

    #[test]
    fn rounded_numbers() {
        check("1.2K", Some((1_200, true)));
        check("1K", Some((1_000, true)));
        check("25.5K", Some((25_500, true)));
        check("3.1M", Some((3_100_000, true)));
        check("1,2 mil", Some((1_200, true)));
        check("1,2\u{A0}mil", Some((1_200, true)));
        check("3,4 mn", Some((3_400_000, true)));
        check("3,4 Mio.", Some((3_400_000, true)));
        check("1,1 Mrd.", Some((1_100_000_000, true)));
        check("2,5 M de vues", Some((2_500_000, true)));
        check("4,2 mi", Some((4_200_000, true)));
        check("12 345 K", Some((12_345_000, true)));
        check("1.2万", Some((12_000, true)));
        check("2 millones de vistas", Some((2_000_000, true)));
    }

    #[test]
    fn what_is_no_count() {
        check("", None);
        check("Like", None);
        check("•", None);
        check("4.7", None);
        check("1,23", None);
        check("1.234,567", None);
        check("-5", None);
        check("99999999999999999999999", None);
        check("99999999999999999999 K", None);
        assert_eq!(parse("Bookmark", true), Some(Count { value: 0, approximate: false }));
    }

    proptest! {
        #[test]
        fn never_panics(raw in ".{0,60}", bare in any::<bool>()) {
            parse(&raw, bare);
        }

        #[test]
        fn a_number_survives_every_grouping(value in 0u64..1_000_000_000_000, mark in "[,.’ \u{202F}\u{A0}]") {
            let digits = value.to_string();
            let mut grouped = String::new();
            for (at, c) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    grouped.push_str(&mark);
                }
                grouped.push(c);
            }
            prop_assert_eq!(parse(&format!("{grouped} Likes"), false), Some(Count { value, approximate: false }));
        }
    }
}
