//! Counts as pages write them: "1.2K", "3,456 Likes. Like", "1,2 mil", "12 345", "3,4 Mio." in the languages we meet.
//!
//! The first number of the words counts. Digits with group separators are exact; a number with a magnitude ("K", "mil",
//! "Mrd.") is rounded by the network and says so. What cannot be a count ("4.7") is none, and so is what languages read
//! differently: "12.345" can only be grouped, but "1.234 Mio." is a fraction in one language and groups in another. A
//! wrong count is worse than no count.

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
        Magnitude::None => number.whole(),
        Magnitude::Of(factor) => number.scaled(factor),
        Magnitude::Unclear => None,
    }
}

/// What a number is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Magnitude {
    None,
    Of(u64),
    /// There is one, and languages differ about it or none of ours has it.
    Unclear,
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
        let value = self.groups.concat().parse().ok()?;
        self.is_grouped().then_some(Count { value, approximate: false })
    }

    /// Whether the separators can only be those of groups: full groups behind the first, one kind of separator, and no
    /// zero in front ("0.123" is a fraction).
    fn is_grouped(&self) -> bool {
        let Some((first, behind)) = self.groups.split_first() else { return false };
        let Some((last, middle)) = behind.split_last() else { return true };
        last.len() == 3
            && (1..=3).contains(&first.len())
            && !first.starts_with('0')
            // India's groups are of two but for the last.
            && middle.iter().all(|group| group.len() == 3 || group.len() == 2)
            && self.separators.windows(2).all(|pair| pair[0] == pair[1] || (is_blank(pair[0]) && is_blank(pair[1])))
    }

    fn scaled(&self, factor: u64) -> Option<Count> {
        let (whole, fraction) = match self.separators[..] {
            [] => (self.groups.concat(), ""),
            _ if is_blank(*self.separators.last()?) => (self.is_grouped().then(|| self.groups.concat())?, ""),
            // "1.234 Mio.": a fraction or a group.
            [_] if self.groups[1].len() == 3 => return None,
            [_] => (self.groups[0].clone(), self.groups[1].as_str()),
            _ if self.is_grouped() => (self.groups.concat(), ""),
            // "1.234,5 Mio."
            _ => {
                let (fraction, front) = self.groups.split_last()?;
                let (mark, between) = self.separators.split_last()?;
                let front = Self { groups: front.to_vec(), separators: between.to_vec() };
                let plain = front.is_grouped() && !between.contains(mark);
                (plain.then(|| front.groups.concat())?, fraction.as_str())
            }
        };
        let mut value = whole.parse::<u64>().ok()?.checked_mul(factor)?;
        let mut unit = factor;
        for c in fraction.chars() {
            unit /= 10;
            value = value.checked_add(u64::from(c.to_digit(10)?).checked_mul(unit)?)?;
        }
        Some(Count { value, approximate: true })
    }
}

/// What the words right after the number multiply by: "1,2 mil", "3 M", "4 Mio.", "3 mil millones", "2万".
fn magnitude(rest: &[char]) -> Magnitude {
    const MILLION: u64 = 1_000_000;
    let (glued, rest) = match rest.first() {
        Some(c) if is_blank(*c) => (false, &rest[1..]),
        _ => (true, rest),
    };
    let cjk = |at: usize| match rest.get(at) {
        Some('千' | '천') => Some(1_000),
        Some('万' | '萬' | '만') => Some(10_000),
        Some('億' | '亿' | '억') => Some(100_000_000),
        _ => None,
    };
    if let Some(factor) = cjk(0) {
        return if cjk(1).is_some() { Magnitude::Unclear } else { Magnitude::Of(factor) };
    }
    let word = |rest: &[char]| -> String {
        rest.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect()
    };
    let first = word(rest);
    let length = rest.iter().take_while(|c| c.is_alphabetic()).count();
    Magnitude::Of(match first.as_str() {
        // "3 mil millones", "3 mil milhões", but "3 mil Me gusta".
        "mil" => match word(rest.get(length + 1..).unwrap_or_default()).as_str() {
            "mill" | "millones" | "milhões" | "mio" => 1_000 * MILLION,
            "m" | "mi" | "mn" => return Magnitude::Unclear,
            _ => 1_000,
        },
        "k" | "tsd" | "tausend" | "thousand" | "mille" | "milliers" => 1_000,
        "m" | "mn" | "mi" | "mio" | "mill" | "mln" | "million" | "millions" | "millionen" | "millón" | "millones"
        | "milhão" | "milhões" => MILLION,
        "b" | "bn" | "md" | "mds" | "mrd" | "bi" | "milliard" | "milliards" | "milliarde" | "milliarden"
        | "billions" | "bilhão" | "bilhões" => 1_000 * MILLION,
        // A thousand times more in German, French and Spanish than in English; a million or its thousand.
        "billion" | "billionen" | "billón" | "billones" | "mm" | "tn" | "trillion" | "trilhão" | "trilhões" => {
            return Magnitude::Unclear;
        }
        // "3T": some magnitude of another language.
        one if glued && one.len() == 1 => return Magnitude::Unclear,
        _ => return Magnitude::None,
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬' | '٫') || is_blank(c)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
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
        check("12.345", Some((12_345, false)));
        check("12,345", Some((12_345, false)));
        check("12.345.678 Aufrufe", Some((12_345_678, false)));
        check("12'345", Some((12_345, false)));
        for blank in ["\u{2009}", "\u{2007}", "\u{2008}", "\u{2002}", "\u{205F}", "\u{3000}"] {
            check(&format!("12{blank}345 vues"), Some((12_345, false)));
        }
        check("345次观看", Some((345, false)));
        check("28Likes", Some((28, false)));
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
        check("1 mi", Some((1_000_000, true)));
        check("1,2 mio", Some((1_200_000, true)));
        check("2,5\u{202F}M", Some((2_500_000, true)));
        check("12 mil seguidores", Some((12_000, true)));
        check("3 mil Me gusta", Some((3_000, true)));
        check("3 mil millones", Some((3_000_000_000, true)));
        check("1,5 mil milhões", Some((1_500_000_000, true)));
        check("12,3 Tsd. Aufrufe", Some((12_300, true)));
        check("1,2 bi", Some((1_200_000_000, true)));
        check("1,2 Md de vues", Some((1_200_000_000, true)));
        check("3.1B views", Some((3_100_000_000, true)));
        check("2 billions of views", Some((2_000_000_000, true)));
        check("12K+", Some((12_000, true)));
        check("1.234,5 Mio.", Some((1_234_500_000, true)));
        check("1,234.5K", Some((1_234_500, true)));
        check("1.234.567 K", Some((1_234_567_000, true)));
        check("1 234,5 k", Some((1_234_500, true)));
        check("1.2千", Some((1_200, true)));
        check("조회수 3.4만회", Some((34_000, true)));
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
        check("0.123", None);
        check("1.234 Mio.", None);
        check("1,234 K", None);
        check("1.2.3K", None);
        check("1.23.4K", None);
        check("1.234 567", None);
        check("1.2T", None);
        check("3T", None);
        check("3 mil M", None);
        check("2 billones", None);
        check("1,2 Billionen", None);
        check("5 mM", None);
        check("3千万", None);
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
