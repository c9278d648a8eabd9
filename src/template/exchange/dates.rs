//! Dates as other tools write them, as calls of `date(format=…, days=…)`.
//!
//! Two ways of writing formats exist: strftime (`%d/%m/%Y`: espanso, Liquid) and moment (`DD/MM/YYYY`: Briskine, Text
//! Blaze). Ours is a part of strftime with a 24-hour clock; what it cannot say is told, never guessed.

use super::jinja::quoted;

/// A format of ours, and whether it says less than the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat {
    /// `None` is the long date of the language.
    text: Option<String>,
    /// A 12-hour clock or an ordinal became plain.
    pub(super) changed: bool,
}

impl DateFormat {
    /// The long date of the language.
    pub(super) fn long() -> Self {
        Self { text: None, changed: false }
    }

    /// The call, shifted from now.
    pub(super) fn call(&self, shift: Shift) -> String {
        let mut arguments = Vec::new();
        if let Some(text) = &self.text {
            arguments.push(format!("format={}", quoted(text)));
        }
        if shift.days != 0 {
            arguments.push(format!("days={}", shift.days));
        }
        if shift.hours != 0 {
            arguments.push(format!("hours={}", shift.hours));
        }
        format!("date({})", arguments.join(", "))
    }
}

/// How far from now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) days: i64,
    pub(super) hours: i64,
}

impl Shift {
    /// A shift in seconds; `None` when it is not of full hours.
    pub(super) fn of_seconds(seconds: i64) -> Option<Self> {
        if seconds % 3600 != 0 {
            return None;
        }
        let hours = seconds / 3600;
        Some(if hours % 24 == 0 { Self { days: hours / 24, hours: 0 } } else { Self { days: 0, hours } })
    }

    /// Adds `amount` of what moment and Text Blaze call `unit`; `None` for months, minutes and other units.
    pub(super) fn add(self, amount: i64, unit: &str) -> Option<Self> {
        match unit {
            "D" | "d" | "day" | "days" => Some(Self { days: self.days.checked_add(amount)?, ..self }),
            "W" | "w" | "week" | "weeks" => Some(Self { days: self.days.checked_add(amount.checked_mul(7)?)?, ..self }),
            "h" | "H" | "hour" | "hours" => Some(Self { hours: self.hours.checked_add(amount)?, ..self }),
            _ => None,
        }
    }

    /// `+3D`, `-2h`, `+1W -1D` as Text Blaze writes them.
    pub(super) fn of_text_blaze(text: &str) -> Option<Self> {
        let mut shift = Self::default();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let sign = usize::from(rest.starts_with(['+', '-']));
            let digits = rest[sign..].find(|c: char| !c.is_ascii_digit()).map(|end| sign + end)?;
            let amount: i64 = rest[..digits].trim_start_matches('+').parse().ok()?;
            let end = rest[digits..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |end| digits + end);
            shift = shift.add(amount, &rest[digits..end])?;
            rest = rest[end..].trim_start();
        }
        Some(shift)
    }
}

/// A format in strftime's letters; `None` when ours has no letter for a part of it.
pub(super) fn strftime(format: &str) -> Option<DateFormat> {
    let mut out = String::new();
    let mut changed = false;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let plain = chars.next_if(|c| matches!(c, '-' | '_' | '0')).is_some_and(|flag| flag == '-');
        match (chars.next()?, plain) {
            ('d', true) => out.push_str("%-d"),
            ('m', true) => out.push_str("%-m"),
            ('e', _) => out.push_str("%e"),
            (c @ ('d' | 'm' | 'Y' | 'y' | 'H' | 'M' | 'B' | 'b' | 'A' | 'a'), _) => {
                out.push('%');
                out.push(c);
            }
            ('h', _) => out.push_str("%b"),
            ('F', _) => out.push_str("%Y-%m-%d"),
            ('D' | 'x', _) => out.push_str("%m/%d/%y"),
            ('v', _) => out.push_str("%e-%b-%Y"),
            ('R', _) => out.push_str("%H:%M"),
            ('k', _) => out.push_str("%H"),
            ('n', _) => out.push('\n'),
            ('t', _) => out.push('\t'),
            // The clock has 24 hours here.
            ('I' | 'l', _) => {
                out.push_str("%H");
                changed = true;
            }
            ('p' | 'P', _) => {
                out.truncate(out.trim_end_matches(' ').len());
                changed = true;
            }
            _ => return None,
        }
    }
    Some(DateFormat { text: Some(out), changed })
}

/// Moment's tokens, longest first, as ours; a blank one is dropped and told.
const MOMENT: [(&str, &str, bool); 24] = [
    ("YYYY", "%Y", false),
    ("MMMM", "%B", false),
    ("dddd", "%A", false),
    ("LLLL", "%A, %B %-d, %Y %H:%M", true),
    ("MMM", "%b", false),
    ("ddd", "%a", false),
    ("LLL", "%B %-d, %Y %H:%M", true),
    ("YY", "%y", false),
    ("MM", "%m", false),
    ("DD", "%d", false),
    ("Do", "%-d", true),
    ("Mo", "%-m", true),
    ("HH", "%H", false),
    ("hh", "%H", true),
    ("mm", "%M", false),
    ("LL", "%B %-d, %Y", false),
    ("LT", "%H:%M", true),
    ("M", "%-m", false),
    ("D", "%-d", false),
    ("H", "%H", true),
    ("h", "%H", true),
    ("A", "", true),
    ("a", "", true),
    ("L", "%m/%d/%Y", false),
];

/// A format in moment's tokens; `None` when ours has no letter for a part of it.
pub(super) fn moment(format: &str) -> Option<DateFormat> {
    let mut out = String::new();
    let mut changed = false;
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if first == '['
            && let Some(end) = rest.find(']')
        {
            out.push_str(&rest[1..end]);
            rest = &rest[end + 1..];
            continue;
        }
        if let Some((token, ours, less)) = MOMENT.iter().find(|(token, _, _)| rest.starts_with(token)) {
            if ours.is_empty() {
                out.truncate(out.trim_end_matches(' ').len());
            }
            out.push_str(ours);
            changed |= less;
            rest = &rest[token.len()..];
            continue;
        }
        // Any other letter is a token that we do not have, and a percent sign would be read as one of ours.
        if first.is_ascii_alphabetic() || first == '%' {
            return None;
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    Some(DateFormat { text: Some(out).filter(|text| !text.is_empty()), changed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: Option<DateFormat>, expect: Option<(&str, bool)>) {
        let found = format.as_ref().map(|f| (f.text.as_deref().unwrap_or_default(), f.changed));
        assert_eq!(found, expect);
    }

    #[test]
    fn strftime_formats() {
        check(strftime("%d/%m/%Y"), Some(("%d/%m/%Y", false)));
        check(strftime("%F at %R"), Some(("%Y-%m-%d at %H:%M", false)));
        check(strftime("%-d. %B, %e %_d %0m"), Some(("%-d. %B, %e %d %m", false)));
        check(strftime("%I:%M %p"), Some(("%H:%M", true)));
        check(strftime("%h %D %x %v %k:%M"), Some(("%b %m/%d/%y %m/%d/%y %e-%b-%Y %H:%M", false)));
        check(strftime("%A%n%a%t%y %l %P"), Some(("%A\n%a\t%y %H", true)));
        check(strftime("%j"), None);
        check(strftime("100%"), None);
    }

    #[test]
    fn moment_formats() {
        check(moment("MMMM DD YYYY"), Some(("%B %d %Y", false)));
        check(moment("dddd, D [de] MMMM"), Some(("%A, %-d de %B", false)));
        check(moment("h:mm A"), Some(("%H:%M", true)));
        check(moment("Do"), Some(("%-d", true)));
        check(moment("x"), None);
        check(moment("[open"), None);
        check(moment(""), Some(("", false)));
    }

    #[test]
    fn shifts() {
        assert_eq!(Shift::of_seconds(172_800), Some(Shift { days: 2, hours: 0 }));
        assert_eq!(Shift::of_seconds(-7_200), Some(Shift { days: 0, hours: -2 }));
        assert_eq!(Shift::of_seconds(90), None);
        assert_eq!(Shift::of_text_blaze("+1W -1D+2h"), Some(Shift { days: 6, hours: 2 }));
        assert_eq!(Shift::of_text_blaze("+3M"), None);
        assert_eq!(Shift::of_text_blaze("soon"), None);
        assert_eq!(Shift::of_text_blaze("+99999999999999999999D"), None);
        assert_eq!(Shift::default().add(i64::MAX, "W"), None);
        assert_eq!(DateFormat::long().call(Shift { days: 2, hours: -1 }), "date(days=2, hours=-1)");
        assert_eq!(DateFormat::long().call(Shift::default()), "date()");
    }
}
