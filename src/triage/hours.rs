//! When a team works, and how much of that time has passed: clocks of service levels stand still outside it.
//!
//! One span a day, days off and holidays, in the workspace's own time zone. Left out: several spans a day, and hours of
//! single departments.

use serde::{Deserialize, Serialize};

use crate::site::calendar::{Civil, DAY_MS};

const MINUTE_MS: i64 = 60_000;
/// Nobody waits longer; more days are not counted one by one.
const MOST_DAYS: i64 = 800;

/// Minutes that local time is ahead of UTC at a moment (UTC milliseconds).
pub type Offset<'a> = &'a dyn Fn(i64) -> i32;

/// When a team works. By itself: round the clock, every day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    /// When a day begins, `09:00`; empty: at midnight.
    pub from: String,
    /// When it ends, `18:00`; empty: at midnight. Not after `from`: on the next day.
    pub until: String,
    /// Days of the week on which nobody works, Monday is 1.
    pub days_off: Vec<u8>,
    /// Days on which nobody works, `2026-12-25`.
    pub holidays: Vec<String>,
}

impl Hours {
    /// Milliseconds of working time between two moments (UTC milliseconds); 0 when the second is not later.
    pub fn between(&self, from: i64, to: i64, offset: Offset<'_>) -> i64 {
        if to <= from {
            return 0;
        }
        if *self == Self::default() {
            return to - from;
        }
        let (opens, closes) = self.day();
        let day_of = |at: i64| (at + i64::from(offset(at)) * MINUTE_MS).div_euclid(DAY_MS);
        let last = day_of(to);
        // A day's work may end on the next day.
        let first = (day_of(from) - 1).max(last - MOST_DAYS);
        let holidays: Vec<i64> = self.holidays.iter().filter_map(|date| day_number(date)).collect();
        let is_free = |day: i64| {
            let weekday = (day + 3).rem_euclid(7) + 1;
            self.days_off.iter().any(|off| i64::from(*off) == weekday) || holidays.contains(&day)
        };
        let utc = |local: i64| local - i64::from(offset(local - i64::from(offset(local)) * MINUTE_MS)) * MINUTE_MS;
        let worked = (first..=last).filter(|day| !is_free(*day)).map(|day| {
            let midnight = day * DAY_MS;
            (utc(midnight + closes).min(to) - utc(midnight + opens).max(from)).max(0)
        });
        worked.sum()
    }

    /// Local milliseconds after midnight at which a day's work begins and ends.
    fn day(&self) -> (i64, i64) {
        let opens = time(&self.from).unwrap_or(0);
        match time(&self.until) {
            Some(closes) if closes > opens => (opens, closes),
            Some(closes) if closes < opens => (opens, closes + DAY_MS),
            Some(_) => (0, DAY_MS),
            None => (opens, DAY_MS),
        }
    }
}

/// A time of day in milliseconds after midnight.
pub fn time(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute);
    is_time.then_some((hour * 60 + minute) * MINUTE_MS)
}

/// Days since 1970-01-01 of a date, `2026-12-25`; nothing for what is no date.
pub fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.trim().splitn(3, '-');
    let mut next = || parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let date = Civil::date(next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?)?;
    Some(date.to_ms().div_euclid(DAY_MS))
}

/// Minutes as people say them: the largest unit only.
pub fn span(minutes: i64) -> String {
    match minutes {
        0..=90 => format!("{minutes} min"),
        91..=2_880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 60 * MINUTE_MS;
    /// Monday 2026-11-23, midnight UTC.
    const MONDAY: i64 = 1_795_392_000_000;

    fn office() -> Hours {
        Hours {
            from: "09:00".into(),
            until: "17:30".into(),
            days_off: vec![6, 7],
            holidays: vec!["2026-12-25".into(), "no date".into()],
        }
    }

    #[test]
    fn a_monday_is_a_monday() {
        assert_eq!(day_number("2026-11-23"), Some(MONDAY / DAY_MS));
        assert_eq!([day_number("2026-02-30"), day_number("25.12."), day_number("")], [None; 3]);
        assert_eq!(
            [time("09:30"), time("9:5"), time("24:00"), time("noon")],
            [Some(34_200_000), Some(32_700_000), None, None]
        );
    }

    #[test]
    fn spans_are_short() {
        assert_eq!([span(5), span(90), span(91), span(3_000)], ["5 min", "90 min", "1 h", "2 d"]);
    }

    #[track_caller]
    fn check(hours: &Hours, from: i64, to: i64, offset: i32, worked: i64) {
        assert_eq!(hours.between(MONDAY + from, MONDAY + to, &|_| offset), worked);
    }

    #[test]
    fn only_working_time_counts() {
        check(&Hours::default(), 0, 50 * HOUR, 0, 50 * HOUR);
        check(&office(), 10 * HOUR, 11 * HOUR, 0, HOUR);
        check(&office(), 8 * HOUR, 10 * HOUR, 0, HOUR);
        // Over night, and over a weekend.
        check(&office(), 17 * HOUR, 34 * HOUR, 0, HOUR + HOUR / 2);
        check(&office(), 4 * DAY_MS + 17 * HOUR, 7 * DAY_MS + 10 * HOUR, 0, HOUR + HOUR / 2);
        // Nine o'clock in Madrid is eight o'clock in London.
        check(&office(), 8 * HOUR, 9 * HOUR, 60, HOUR);
        check(&office(), 8 * HOUR, 9 * HOUR, 0, 0);
        // Christmas is a Friday.
        check(&office(), 31 * DAY_MS + 17 * HOUR, 35 * DAY_MS + 10 * HOUR, 0, HOUR + HOUR / 2);
        check(&office(), 11 * HOUR, 10 * HOUR, 0, 0);
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let night = Hours { from: "22:00".into(), until: "06:00".into(), ..Hours::default() };
        check(&night, 0, DAY_MS, 0, 8 * HOUR);
        check(&night, 5 * HOUR, 23 * HOUR, 0, 2 * HOUR);
        let odd = Hours { from: "09:00".into(), until: "09:00".into(), ..Hours::default() };
        check(&odd, 0, DAY_MS, 0, DAY_MS);
    }

    /// Clocks go back one hour at one in the morning (UTC) on 2026-10-25, as in Madrid.
    fn madrid(at: i64) -> i32 {
        if at < 1_792_890_000_000 { 120 } else { 60 }
    }

    #[test]
    fn a_day_on_which_clocks_change_is_longer() {
        let day = |date: &str| day_number(date).unwrap() * DAY_MS;
        let all = Hours { days_off: vec![1], ..Hours::default() };
        let sunday = day("2026-10-25") - 2 * HOUR;
        assert_eq!(all.between(sunday, day("2026-10-26") - HOUR, &madrid), 25 * HOUR);
        let (from, to) = (day("2026-10-23"), day("2026-10-27"));
        assert_eq!(office().between(from, to, &madrid), 2 * (8 * HOUR + HOUR / 2));
    }

    proptest! {
        #[test]
        fn time_adds_up_and_never_runs_faster_than_the_clock(
            from in 0i64..400, middle in 0i64..400, to in 0i64..400, opens in 0u32..24, closes in 0u32..24,
            days_off in prop::collection::vec(1u8..=7, 0..4), offset in -12i32..14,
        ) {
            let hours = Hours { from: format!("{opens:02}:15"), until: format!("{closes:02}:45"), days_off, holidays: vec![] };
            let mut at = [from, middle, to].map(|n| MONDAY + n * HOUR / 2);
            at.sort_unstable();
            let between = |a: i64, b: i64| hours.between(a, b, &|_| offset * 60);
            prop_assert_eq!(between(at[0], at[1]) + between(at[1], at[2]), between(at[0], at[2]));
            prop_assert!(between(at[0], at[2]) <= at[2] - at[0]);
        }

        #[test]
        fn whatever_somebody_typed_counts_some_time(
            from in ".{0,6}", until in ".{0,6}", holiday in ".{0,12}", days_off in prop::collection::vec(any::<u8>(), 0..9),
            a in any::<i32>(), b in any::<i32>(),
        ) {
            let hours = Hours { from, until, days_off, holidays: vec![holiday] };
            let (a, b) = (i64::from(a) * 100_000, i64::from(b) * 100_000);
            let worked = hours.between(a, b, &|_| 0);
            prop_assert!(worked >= 0 && worked <= (b - a).max(0));
        }
    }
}
