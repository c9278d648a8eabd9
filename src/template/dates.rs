//! Days and hours as a reply writes them, in the language of the reply: `date()` in a body, and the answers of date fields.
//!
//! Local time is UTC and an offset of minutes; the clock and the offset are the caller's.

use crate::message::Lang;
use crate::site::calendar::{Civil, DAY_MS};

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];
/// From Thursday on: the day that time begins with.
const WEEKDAYS: [[&str; 7]; 2] = [
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"],
    ["jueves", "viernes", "sábado", "domingo", "lunes", "martes", "miércoles"],
];

fn names<const N: usize>(of: &[[&'static str; N]; 2], lang: Lang) -> [&'static str; N] {
    of[usize::from(lang == Lang::Es)]
}

/// A moment of local time: milliseconds that pass as if it were UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local(pub i64);

impl Local {
    /// Local time at `now` (UTC milliseconds), `offset` minutes ahead of UTC.
    pub fn at(now: i64, offset: i32) -> Self {
        Self(now.saturating_add(i64::from(offset) * 60_000))
    }

    /// So much later.
    #[must_use]
    pub fn plus(self, days: i64, hours: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY_MS)).saturating_add(hours.saturating_mul(3_600_000)))
    }

    /// `2026-03-09`.
    pub fn iso(self) -> String {
        let day = Civil::from_ms(self.0);
        format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
    }

    /// Reads `2026-03-09`, as date inputs give it.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let day = Civil::date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        Some(Self(day.to_ms()))
    }

    /// "9 March 2026", "9 de marzo de 2026".
    pub fn long(self, lang: Lang) -> String {
        self.write(if lang == Lang::Es { "%-d de %B de %Y" } else { "%-d %B %Y" }, lang)
    }

    /// By the signs of `strftime`: `%d %-d %e %m %-m %y %Y %H %M %B %b %A %a %%`; others stay as they are.
    pub fn write(self, format: &str, lang: Lang) -> String {
        let Civil { year, month, day, hour, minute, .. } = Civil::from_ms(self.0);
        let name = names(&MONTHS, lang).get(month as usize - 1).copied().unwrap_or_default();
        let weekday = names(&WEEKDAYS, lang)[self.0.div_euclid(DAY_MS).rem_euclid(7) as usize];
        let short = |word: &str| word.chars().take(3).collect::<String>();
        let mut out = String::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once('%') {
            out.push_str(before);
            let plain = after.strip_prefix('-');
            let mut chars = plain.unwrap_or(after).chars();
            let padded = |n: u32| if plain.is_some() { n.to_string() } else { format!("{n:02}") };
            let sign = chars.next();
            rest = chars.as_str();
            out.push_str(&match sign {
                Some('d') => padded(day),
                Some('e') => day.to_string(),
                Some('m') => padded(month),
                Some('y') => format!("{:02}", year.rem_euclid(100)),
                Some('Y') => year.to_string(),
                Some('H') => format!("{hour:02}"),
                Some('M') => format!("{minute:02}"),
                Some('B') => name.to_owned(),
                Some('b') => short(name),
                Some('A') => weekday.to_owned(),
                Some('a') => short(weekday),
                Some('%') => "%".to_owned(),
                _ => {
                    rest = after;
                    "%".to_owned()
                }
            });
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(iso: &str, format: &str, lang: Lang, expect: &str) {
        assert_eq!(Local::from_iso(iso).unwrap().write(format, lang), expect, "{iso} {format}");
    }

    #[test]
    fn days_are_written_in_the_language_of_the_reply() {
        assert_eq!(Local::from_iso("2026-03-09").unwrap().long(Lang::En), "9 March 2026");
        assert_eq!(Local::from_iso("2026-12-01").unwrap().long(Lang::Es), "1 de diciembre de 2026");
        check("2026-03-09", "%A %d/%m/%y", Lang::En, "Monday 09/03/26");
        check("2024-02-29", "%a, %-d/%-m/%Y (%e %b)", Lang::Es, "jue, 29/2/2024 (29 feb)");
        check("1969-12-31", "%A %H:%M", Lang::En, "Wednesday 00:00");
        check("2026-03-09", "100 % of %q, %%, %", Lang::En, "100 % of %q, %, %");
        check("2026-01-01", "%B", Lang::En, "January");
        check("2026-12-31", "%B %-d", Lang::Es, "diciembre 31");
    }

    #[test]
    fn local_time_is_utc_and_an_offset() {
        let late = Local::at(1_767_223_800_000, 60);
        assert_eq!(late.write("%Y-%m-%d %H:%M", Lang::En), "2026-01-01 00:30");
        assert_eq!(late.plus(-1, 2).write("%d %H:%M", Lang::En), "31 02:30");
        assert_eq!(Local::at(1_767_223_800_000, -30).iso(), "2025-12-31");
    }

    #[test]
    fn a_day_that_is_none_is_not_read() {
        for text in ["", "2026-02-30", "2026-13-01", "2026-00-10", "26-3-9-1", "tomorrow", "2026-3", "0000-01-01"] {
            assert_eq!(Local::from_iso(text), None, "{text:?}");
        }
        assert_eq!(Local::from_iso(" 2026-3-9 ").unwrap().iso(), "2026-03-09");
    }

    proptest::proptest! {
        #[test]
        fn every_day_reads_back(day in -700_000i64..2_900_000) {
            let local = Local(day * DAY_MS);
            proptest::prop_assert_eq!(Local::from_iso(&local.iso()), Some(local));
        }

        #[test]
        fn no_format_panics(format in "\\PC{0,12}|[%dmyYHMBbAaeq -]{0,12}", ms in proptest::num::i64::ANY) {
            Local(ms).plus(ms, ms).write(&format, Lang::Es);
        }
    }
}
