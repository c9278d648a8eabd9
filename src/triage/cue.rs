//! Cues as packs give them: words, or something in how a post is written, and what each is worth to which class.
//!
//! ```toml
//! [[cue]]
//! id = "waiting"
//! weighs = { complaint = 0.6 }     # points per find; 1 is what a post needs to be of a class at all
//! negated = { praise = 0.3 }       # instead, where a negation stands before it; without: the same. Alone: only there
//! most = 2                         # finds that count; without: all
//! words = ["still (waiting|no)"]
//!
//! [[cue]]
//! id = "hours"
//! weighs = { complaint = 0.5 }
//! after = ["{number}", "over"]     # only within two words after one of these; {number}: figures or [incoming.number]
//! words = ["hour(s|)", "hr(s|)"]
//!
//! [[cue]]
//! id = "shouted"
//! weighs = { complaint = 0.2 }
//! shape = "shouted"                # one of `Shape`, instead of words
//! ```
//!
//! `[incoming.CLASS]` with `words` is a cue of one point (of a crisis four). Three such lists are no classes: `hostile`
//! (attacks, whatever the post is about), `negation` and `number`.

use std::fmt;
use std::ops::{Add, AddAssign, Mul};

#[cfg(any(feature = "cli", feature = "exchange"))]
use std::collections::BTreeMap;

#[cfg(any(feature = "cli", feature = "exchange"))]
use serde::Deserialize;

#[cfg(any(feature = "cli", feature = "exchange"))]
use crate::voice::spelled_out;

/// Points of a class, kept in hundredths so that what is shown adds up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i32);

impl Points {
    /// What a post needs to be of a class at all: what speaks for "other".
    pub const ENOUGH: Self = Self(100);

    /// That many hundredths.
    pub const fn new(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// In hundredths.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// As a number.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<usize> for Points {
    type Output = Self;

    fn mul(self, times: usize) -> Self {
        Self(self.0.saturating_mul(i32::try_from(times).unwrap_or(i32::MAX)))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}.{:02}",
            if self.0 < 0 { "-" } else { "" },
            self.0.unsigned_abs() / 100,
            self.0.unsigned_abs() % 100
        )
    }
}

/// What a cue comes after when any number will do.
pub const NUMBER: &str = "{number}";

/// Something in how a post is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(feature = "cli", feature = "exchange"), derive(Deserialize))]
#[cfg_attr(any(feature = "cli", feature = "exchange"), serde(rename_all = "snake_case"))]
pub enum Shape {
    /// A handle stands among its first words.
    Addressed,
    /// A question mark.
    Question,
    /// "??", "?!" or several questions.
    Insistent,
    /// An exclamation mark.
    Exclaimed,
    /// Words in capitals.
    Shouted,
    /// Words with stretched letters.
    Stretched,
    /// It trails off… or goes on...
    Trailing,
    /// A word or two between quotation marks.
    Quoted,
    /// Addresses of pages, but those that networks give to pictures.
    Link,
    /// E-mail addresses and telephone numbers.
    Contact,
    /// Sums of money.
    Money,
    /// Every dozen words.
    Length,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 12] = [
        Self::Addressed,
        Self::Question,
        Self::Insistent,
        Self::Exclaimed,
        Self::Shouted,
        Self::Stretched,
        Self::Trailing,
        Self::Quoted,
        Self::Link,
        Self::Contact,
        Self::Money,
        Self::Length,
    ];
}

/// A cue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cue {
    /// Its name; several packs may have cues of one name.
    pub id: String,
    /// What a find is worth, by class.
    pub weighs: Vec<(String, Points)>,
    /// What it is worth after a negation, where that differs.
    pub negated: Vec<(String, Points)>,
    /// Finds that count; 0 = all.
    pub most: usize,
    /// Only after one of these; [`NUMBER`] stands for any number.
    pub after: Vec<String>,
    /// What it finds besides words.
    pub shape: Option<Shape>,
    /// Words and phrases, case and accents do not matter.
    pub words: Vec<String>,
}

impl Cue {
    /// The cue that a list of words of a class is.
    pub fn plain(class: &str, words: &[String]) -> Self {
        let weighs = vec![(class.to_owned(), super::Class::weight(class))];
        Self { id: class.to_owned(), weighs, words: words.to_vec(), ..Self::default() }
    }
}

/// A cue as it is written.
#[cfg(any(feature = "cli", feature = "exchange"))]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueForm {
    id: String,
    #[serde(default)]
    weighs: BTreeMap<String, f64>,
    #[serde(default)]
    negated: BTreeMap<String, f64>,
    #[serde(default)]
    most: usize,
    #[serde(default)]
    after: Vec<String>,
    shape: Option<Shape>,
    #[serde(default)]
    words: Vec<String>,
}

#[cfg(any(feature = "cli", feature = "exchange"))]
impl CueForm {
    /// The cue, or what is wrong with it.
    pub(crate) fn read(self) -> Result<Cue, String> {
        let fault = |what: &str| Err(format!("cue {}: {what}", self.id));
        if self.id.trim().is_empty() || (self.weighs.is_empty() && self.negated.is_empty()) {
            return fault("it needs an id and what it weighs");
        }
        if self.shape.is_some() != self.words.is_empty() {
            return fault("it needs either words or a shape");
        }
        if self.weighs.values().chain(self.negated.values()).any(|weight| weight.is_nan() || weight.abs() > 10.0) {
            return fault("a weight lies between -10 and 10");
        }
        let points = |weights: BTreeMap<String, f64>| -> Vec<(String, Points)> {
            weights.into_iter().map(|(class, weight)| (class, Points((weight * 100.0).round() as i32))).collect()
        };
        let spelled = |entries: &[String]| spelled_out(entries).map_err(|what| format!("cue {}: {what}", self.id));
        let (words, after) = (spelled(&self.words)?, spelled(&self.after)?);
        let (id, most, shape) = (self.id, self.most, self.shape);
        Ok(Cue { id, weighs: points(self.weighs), negated: points(self.negated), most, after, shape, words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_with_two_places() {
        for (points, expect) in [(0, "0.00"), (5, "0.05"), (120, "1.20"), (-35, "-0.35"), (-400, "-4.00")] {
            assert_eq!(Points(points).to_string(), expect);
        }
    }

    #[test]
    fn what_is_no_cue_is_refused() {
        let read = |json: serde_json::Value| serde_json::from_value::<CueForm>(json).unwrap().read();
        let cue = read(serde_json::json!({ "id": "x", "weighs": { "praise": 0.555 }, "words": ["go(o|)d"] })).unwrap();
        assert_eq!((cue.words.len(), cue.weighs), (2, vec![("praise".to_owned(), Points(56))]));
        for wrong in [
            serde_json::json!({ "id": "", "weighs": { "praise": 1 }, "words": ["a"] }),
            serde_json::json!({ "id": "x", "weighs": {}, "words": ["a"] }),
            serde_json::json!({ "id": "x", "weighs": { "praise": 1 } }),
            serde_json::json!({ "id": "x", "weighs": { "praise": 1 }, "words": ["a"], "shape": "link" }),
            serde_json::json!({ "id": "x", "weighs": { "praise": 99 }, "words": ["a"] }),
            serde_json::json!({ "id": "x", "weighs": { "praise": 1 }, "words": ["a(b"] }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
