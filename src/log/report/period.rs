//! Days of a report, in a time zone that somebody else knows.

use crate::site::calendar::{Civil, DAY_MS};

/// A time zone. The core holds no database of zones: browsers and the command line each know one.
#[derive(Clone, Copy)]
pub struct Zone<'a> {
    /// IANA name.
    pub name: &'a str,
    /// Minutes that local time is ahead of UTC at a UTC millisecond.
    pub offset: &'a dyn Fn(i64) -> i32,
}

impl Zone<'_> {
    /// Local time at a UTC millisecond, as milliseconds that pass as if they were UTC's.
    pub(super) fn local(&self, ms: i64) -> i64 {
        ms.saturating_add(i64::from((self.offset)(ms)) * 60_000)
    }
}

/// A calendar day: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// The day that it is in `zone` at a UTC millisecond.
    pub fn at(ms: i64, zone: &Zone) -> Self {
        Self(zone.local(ms).div_euclid(DAY_MS))
    }

    /// Reads `2026-11-01`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let date = Civil::date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        Some(Self(date.to_ms().div_euclid(DAY_MS)))
    }

    /// `2026-11-01`.
    pub fn iso(self) -> String {
        let Civil { year, month, day, .. } = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    fn civil(self) -> Civil {
        Civil::from_ms(self.0.saturating_mul(DAY_MS))
    }

    /// The first UTC millisecond of the day. Where clocks jump over midnight the day begins after the jump, and where
    /// midnight comes twice with the first one.
    fn begins(self, zone: &Zone) -> i64 {
        let midnight = self.0.saturating_mul(DAY_MS);
        // No clock changes twice within two days, so one of these two offsets holds at midnight.
        let offsets = [midnight - DAY_MS, midnight + DAY_MS].map(|ms| i64::from((zone.offset)(ms)) * 60_000);
        let moments = offsets.map(|offset| midnight - offset);
        let reached = moments.into_iter().filter(|ms| zone.local(*ms) >= midnight);
        reached.min().unwrap_or(midnight)
    }
}

/// The days that a report is about, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Period {
    pub first: Day,
    pub last: Day,
}

impl Period {
    /// The last calendar month that was over on `today`.
    pub fn last_month(today: Day) -> Self {
        let last = today.plus(-i64::from(today.civil().day));
        Self { first: last.plus(1 - i64::from(last.civil().day)), last }
    }

    /// As many days, right before: what a report is compared with. Of equal length rather than the month before, so that
    /// numbers of mentions may be compared.
    #[must_use]
    pub fn before(self) -> Self {
        let days = self.last.0 - self.first.0 + 1;
        Self { first: self.first.plus(-days), last: self.last.plus(-days) }
    }

    /// From its first UTC millisecond up to the first one after it.
    pub(super) fn span(self, zone: &Zone) -> std::ops::Range<i64> {
        self.first.begins(zone)..self.last.plus(1).begins(zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn only_whole_dates_are_days() {
        assert_eq!(day("2026-02-28").plus(1).iso(), "2026-03-01");
        for odd in ["", "2026-2-8", "2026-02-30", "26-02-01", "2026-02-01T00:00", "+026-02-01", "2026-02-1é"] {
            assert_eq!(Day::from_iso(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_last_month_is_the_last_that_is_over() {
        #[track_caller]
        fn check(today: &str, first: &str, last: &str) {
            let expect = Period { first: day(first), last: day(last) };
            assert_eq!(Period::last_month(day(today)), expect);
        }
        check("2026-11-23", "2026-10-01", "2026-10-31");
        check("2026-11-01", "2026-10-01", "2026-10-31");
        check("2026-01-31", "2025-12-01", "2025-12-31");
        check("2028-03-31", "2028-02-01", "2028-02-29");
    }

    #[test]
    fn the_period_before_is_as_long_and_ends_the_day_before() {
        let week = Period { first: day("2026-11-02"), last: day("2026-11-08") };
        assert_eq!(week.before(), Period { first: day("2026-10-26"), last: day("2026-11-01") });
    }

    #[test]
    fn days_begin_at_local_midnight_whatever_clocks_do() {
        // Madrid in October 2026: +02:00, from the 25th at 01:00 UTC +01:00.
        let change = day("2026-10-25").0 * DAY_MS + HOUR;
        let madrid = Zone { name: "", offset: &move |ms| if ms < change { 120 } else { 60 } };
        let begins = |text: &str| day(text).begins(&madrid) - day(text).0 * DAY_MS;
        assert_eq!([begins("2026-10-25"), begins("2026-10-26")], [-2 * HOUR, -HOUR]);
        assert_eq!(Day::at(day("2026-10-25").begins(&madrid) - 1, &madrid), day("2026-10-24"));

        // Where the clock goes from midnight to one, the day begins at one.
        let jump = day("2026-09-06").0 * DAY_MS + 4 * HOUR;
        let santiago = Zone { name: "", offset: &move |ms| if ms < jump { -240 } else { -180 } };
        assert_eq!(day("2026-09-06").begins(&santiago), jump);
    }

    proptest! {
        #[test]
        fn every_moment_lies_in_its_day(ms in 0i64..4_000_000_000_000, offset in -840i32..841) {
            let zone = Zone { name: "", offset: &move |_| offset };
            let day = Day::at(ms, &zone);
            let today = Period { first: day, last: day };
            prop_assert!(today.span(&zone).contains(&ms));
            prop_assert_eq!(Day::from_iso(&day.iso()), Some(day));
        }
    }
}
