//! Hybrid logical clock: order that follows causes across devices, and looks like wall time to people.
//!
//! 48 bits of milliseconds and a 16-bit counter, written as 13 Crockford base32 digits so that text sorts like time. The
//! clock is handed the time; it never asks. It decides display order only: what really came after what is carried by an
//! event's `seen`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::site::calendar::Civil;

/// How far ahead of us another device's time may be before it no longer moves our clock.
pub const MAX_DRIFT_MS: i64 = 24 * 60 * 60 * 1000;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAX_MS: i64 = (1 << 48) - 1;

/// A moment: UTC milliseconds, and a counter for what happened within one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc(u64);

impl Hlc {
    /// The moment `counter` steps into millisecond `ms`; times before 1970 count as 1970.
    pub fn new(ms: i64, counter: u16) -> Self {
        Self((ms.clamp(0, MAX_MS).unsigned_abs() << 16) | u64::from(counter))
    }

    /// UTC milliseconds.
    pub fn ms(self) -> i64 {
        (self.0 >> 16).cast_signed()
    }

    /// Steps within the millisecond.
    pub fn counter(self) -> u16 {
        (self.0 & 0xffff) as u16
    }

    /// `2026-11`, the month in UTC.
    pub fn month(self) -> String {
        let Civil { year, month, .. } = Civil::from_ms(self.ms());
        format!("{year:04}-{month:02}")
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base32(self.0, 13).fmt(f)
    }
}

/// A text that is no hybrid logical clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAClockTime;

impl fmt::Display for NotAClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a clock time of 13 base32 digits")
    }
}

impl FromStr for Hlc {
    type Err = NotAClockTime;

    fn from_str(text: &str) -> Result<Self, NotAClockTime> {
        if text.len() != 13 {
            return Err(NotAClockTime);
        }
        let mut bits = 0u128;
        for byte in text.bytes() {
            let digit = match byte.to_ascii_uppercase() {
                d @ b'0'..=b'9' => d - b'0',
                b @ b'A'..=b'Z' => DIGITS.iter().position(|d| *d == b).ok_or(NotAClockTime)? as u8,
                _ => return Err(NotAClockTime),
            };
            bits = (bits << 5) | u128::from(digit);
        }
        u64::try_from(bits).map(Self).map_err(|_| NotAClockTime)
    }
}

impl Serialize for Hlc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Another device's time is so far ahead that it did not move ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// How far ahead, in milliseconds.
    pub ahead_ms: i64,
}

/// One device's clock. Store [`Clock::last`] with what it stamped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clock {
    last: Hlc,
}

impl Clock {
    /// A clock that goes on after `last`.
    pub fn after(last: Hlc) -> Self {
        Self { last }
    }

    /// The newest time it gave or saw.
    pub fn last(&self) -> Hlc {
        self.last
    }

    /// The time of a new event: `now`, or the next step where the wall clock stands still or went back.
    pub fn tick(&mut self, now: i64) -> Hlc {
        // A full counter carries into the milliseconds.
        self.last = Hlc::new(now, 0).max(Hlc(self.last.0.saturating_add(1)));
        self.last
    }

    /// Takes note of an event from elsewhere, so that what we stamp next comes after it. A time more than
    /// [`MAX_DRIFT_MS`] ahead of `now` is reported and changes nothing: the event is kept, the person is warned.
    pub fn see(&mut self, other: Hlc, now: i64) -> Option<Drift> {
        let ahead_ms = other.ms().saturating_sub(now);
        if ahead_ms > MAX_DRIFT_MS {
            return Some(Drift { ahead_ms });
        }
        self.last = self.last.max(other);
        None
    }
}

/// The last `digits` base32 digits of `bits`.
pub(crate) fn base32(bits: u64, digits: u32) -> String {
    (0..digits).rev().map(|place| DIGITS[((u128::from(bits) >> (5 * place)) & 31) as usize] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_795_000_000_000;

    #[test]
    fn months_are_utc_months() {
        #[track_caller]
        fn check(ms: i64, month: &str) {
            assert_eq!(Hlc::new(ms, 0).month(), month);
        }
        check(0, "1970-01");
        check(951_782_399_999, "2000-02");
        check(951_868_799_999, "2000-02");
        check(951_868_800_000, "2000-03");
        check(1_767_225_599_999, "2025-12");
        check(1_767_225_600_000, "2026-01");
        check(-5, "1970-01");
    }

    #[test]
    fn bad_texts_are_no_times() {
        for text in ["", "0", "00000000000000", "000000000000U", "ZZZZZZZZZZZZZ", "00000000000é"] {
            assert_eq!(text.parse::<Hlc>(), Err(NotAClockTime), "{text}");
        }
        assert_eq!("000000000001a".parse::<Hlc>(), "000000000001A".parse());
    }

    #[test]
    fn the_clock_never_stands_still_or_goes_back() {
        let mut clock = Clock::default();
        let times = [NOW, NOW, NOW - 5_000, NOW + 1, NOW].map(|now| clock.tick(now));
        assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
        assert_eq!(times[0], Hlc::new(NOW, 0));
        assert_eq!(times[3], Hlc::new(NOW + 1, 0));
        let mut full = Clock::after(Hlc::new(NOW, u16::MAX));
        assert_eq!(full.tick(NOW), Hlc::new(NOW + 1, 0));
    }

    #[test]
    fn what_we_stamp_comes_after_what_we_saw() {
        let mut clock = Clock::default();
        let theirs = Hlc::new(NOW + 60_000, 3);
        assert_eq!(clock.see(theirs, NOW), None);
        assert!(clock.tick(NOW) > theirs);
    }

    #[test]
    fn a_clock_a_day_ahead_does_not_move_ours() {
        let mut clock = Clock::default();
        assert_eq!(clock.see(Hlc::new(NOW + MAX_DRIFT_MS, 0), NOW), None);
        let mut clock = Clock::default();
        let drift = clock.see(Hlc::new(NOW + MAX_DRIFT_MS + 1, 0), NOW);
        assert_eq!(drift, Some(Drift { ahead_ms: MAX_DRIFT_MS + 1 }));
        assert_eq!(clock.tick(NOW), Hlc::new(NOW, 0));
    }

    proptest! {
        #[test]
        fn text_sorts_like_time(a: u64, b: u64) {
            prop_assert_eq!(Hlc(a).to_string().cmp(&Hlc(b).to_string()), a.cmp(&b));
            prop_assert_eq!(Hlc(a).to_string().parse(), Ok(Hlc(a)));
        }
    }
}
