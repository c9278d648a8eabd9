//! A number from 0 to 100.

use serde::{Deserialize, Serialize};

/// A score from 0 to 100, never outside and never "not a number".
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Score(f64);

impl Score {
    /// The highest.
    pub const MOST: Self = Self(100.0);

    /// The score nearest to `value`.
    pub const fn new(value: f64) -> Self {
        Self(if value >= 100.0 {
            100.0
        } else if value > 0.0 {
            value
        } else {
            0.0
        })
    }

    /// The number.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// The number as people see it.
    pub fn rounded(self) -> u8 {
        self.0.round() as u8
    }

    /// The middle of two.
    #[must_use]
    pub fn midway(self, other: Self) -> Self {
        Self::new((self.0 + other.0) / 2.0)
    }
}

impl From<f64> for Score {
    fn from(value: f64) -> Self {
        Self::new(value)
    }
}

impl From<Score> for f64 {
    fn from(score: Score) -> Self {
        score.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lies_outside() {
        for (value, expect) in
            [(-1.0, 0.0), (0.0, 0.0), (51.6, 51.6), (1e9, 100.0), (f64::NAN, 0.0), (f64::INFINITY, 100.0)]
        {
            assert_eq!(Score::new(value).value(), expect, "{value}");
        }
    }
}
