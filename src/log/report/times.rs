//! What is typical of many durations, and at which hours mentions come in.

use serde::Serialize;

use super::period::Zone;
use crate::site::calendar::DAY_MS;

/// The middle one; of an even number the mean of the two in the middle. `None` of none.
pub fn median(mut durations: Vec<i64>) -> Option<i64> {
    durations.sort_unstable();
    let middle = durations.len() / 2;
    let upper = *durations.get(middle)?;
    if durations.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = durations[middle - 1];
    Some(lower + (upper - lower) / 2)
}

/// The smallest one that at least 9 of 10 do not exceed (nearest rank). `None` of none.
pub fn p90(mut durations: Vec<i64>) -> Option<i64> {
    durations.sort_unstable();
    let rank = (durations.len() * 9).div_ceil(10);
    durations.get(rank.checked_sub(1)?).copied()
}

/// How many mentions came in at which hour of the week, in local time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// A row for each day of the week, Monday first, with its 24 hours.
    pub by_weekday: [[u32; 24]; 7],
    /// Mentions of which only the day is known.
    pub hour_unknown: u32,
}

impl Hours {
    /// Counts one in that came at a UTC millisecond.
    pub fn count(&mut self, ms: i64, zone: &Zone) {
        let local = zone.local(ms);
        // 1970-01-01 was a Thursday.
        let weekday = (local.div_euclid(DAY_MS) + 3).rem_euclid(7);
        let hour = local.rem_euclid(DAY_MS) / 3_600_000;
        self.by_weekday[weekday as usize][hour as usize] += 1;
    }

    /// The fullest hours: day of the week, hour and number, the first of those that are equal; `None` of none.
    pub fn busiest(&self) -> Option<(usize, usize, u32)> {
        let cells = self.by_weekday.iter().enumerate();
        let all = cells.flat_map(|(day, hours)| hours.iter().enumerate().map(move |(hour, n)| (day, hour, *n)));
        all.filter(|(_, _, n)| *n > 0).rev().max_by_key(|(_, _, n)| *n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_ninetieth_percentiles() {
        #[track_caller]
        fn check(durations: &[i64], expect: (Option<i64>, Option<i64>)) {
            assert_eq!((median(durations.to_vec()), p90(durations.to_vec())), expect);
        }
        check(&[], (None, None));
        check(&[7], (Some(7), Some(7)));
        check(&[9, 1], (Some(5), Some(9)));
        check(&[3, 1, 2], (Some(2), Some(3)));
        check(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (Some(5), Some(9)));
        check(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (Some(6), Some(10)));
    }

    #[test]
    fn hours_are_local_and_the_week_begins_on_monday() {
        let zone = |offset: i32| move |_: i64| offset;
        let mut hours = Hours::default();
        assert_eq!(hours.busiest(), None);
        // Monday, 2026-11-23 at 23:30 UTC is Tuesday, 00:30 an hour further east.
        let ms = 1_795_476_600_000;
        hours.count(ms, &Zone { name: "", offset: &zone(0) });
        hours.count(ms, &Zone { name: "", offset: &zone(60) });
        assert_eq!((hours.by_weekday[0][23], hours.by_weekday[1][0]), (1, 1));
        assert_eq!(hours.busiest(), Some((0, 23, 1)), "the first of two");
        hours.count(ms, &Zone { name: "", offset: &zone(60) });
        assert_eq!(hours.busiest(), Some((1, 0, 2)));
    }
}
