//! Days and UTC milliseconds, both ways (proleptic Gregorian). No zones, no leap seconds.

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// A date and time of day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Civil {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub milli: u32,
}

impl Civil {
    /// Midnight of a date; `None` when there is no such day.
    pub fn date(year: i32, month: u32, day: u32) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=days).contains(&day) && (1..=9999).contains(&year)).then_some(Self {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            milli: 0,
        })
    }

    /// The same day at a time; `None` when there is no such time. Second 60 counts as 59.
    pub fn at(self, hour: u32, minute: u32, second: u32, milli: u32) -> Option<Self> {
        (hour < 24 && minute < 60 && second <= 60 && milli < 1000).then_some(Self {
            hour,
            minute,
            second: second.min(59),
            milli,
            ..self
        })
    }

    /// The date and time of a UTC millisecond.
    pub fn from_ms(ms: i64) -> Self {
        let (days, rest) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS));
        // Years start in March here, so that the leap day comes last.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let (month, after_winter) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let day = day_of_year - (153 * ((month + 9) % 12) + 2) / 5 + 1;
        Self {
            year: i32::try_from(year_of_era + era * 400 + after_winter).unwrap_or(i32::MAX),
            month: month as u32,
            day: day as u32,
            hour: (rest / 3_600_000) as u32,
            minute: (rest / 60_000 % 60) as u32,
            second: (rest / 1000 % 60) as u32,
            milli: (rest % 1000) as u32,
        }
    }

    /// UTC milliseconds.
    pub fn to_ms(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        days * DAY_MS + seconds * 1000 + i64::from(self.milli)
    }
}

/// `2025-04-08T16:31:17Z`; milliseconds only when there are some.
pub fn iso(ms: i64) -> String {
    let c = Civil::from_ms(ms);
    let fraction = if c.milli == 0 { String::new() } else { format!(".{:03}", c.milli) };
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_744_129_877_123), "2025-04-08T16:31:17.123Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59.999Z");
        assert_eq!(Civil::date(2023, 2, 29), None);
    }

    proptest! {
        #[test]
        fn a_moment_survives_both_ways(ms in -62_000_000_000_000i64..250_000_000_000_000) {
            prop_assert_eq!(Civil::from_ms(ms).to_ms(), ms);
        }

        #[test]
        fn any_number_has_a_date(ms in any::<i64>()) {
            iso(ms);
        }
    }
}
