//! Is this hour out of line with the week before it?
//!
//! A rolling z-score: how many times the usual spread an hour lies above the usual count. Volumes of mentions vary far
//! more than chance alone would have it, which is why tests that assume chance alone sound all the time. Every known hour
//! enters the week of those after it, also one that raised an alert: a new normal stops sounding within days, and a
//! burst's own echoes count for less.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::hour::Hour;

/// When an hour is out of line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Hours before an hour that it is held against.
    pub window: u32,
    /// Known hours among them without which nothing is said.
    pub warm_up: u32,
    /// z from which a watch is said.
    pub watch: f64,
    /// z from which an alert is said.
    pub alert: f64,
    /// Mentions that an hour must hold for either.
    pub least: f64,
    /// How many times the usual count an alert must be.
    pub times: f64,
    /// Hours that may lie between two that belong to one alert.
    pub apart: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { window: 168, warm_up: 48, watch: 4.0, alert: 6.0, least: 5.0, times: 3.0, apart: 6 }
    }
}

/// How far out of line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth an eye.
    Watch,
    /// Worth a person now.
    Alert,
}

/// What was said of an hour, with the figures behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The hour.
    pub hour: Hour,
    /// `None` = in line, or not enough known.
    pub level: Option<Level>,
    /// Hours that it was held against.
    pub known: u32,
    /// Mentions to be expected of this hour, at its exposure.
    pub expected: f64,
    /// Their usual spread.
    pub spread: f64,
    /// How many spreads the hour lies above; infinite when nothing at all was said before.
    pub z: f64,
}

/// Judges hours one after another.
#[derive(Debug, Clone)]
pub struct Detector {
    settings: Settings,
    past: VecDeque<Hour>,
}

impl Detector {
    /// A detector that knows no hour yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, past: VecDeque::new() }
    }

    /// Judges the next hour. One that is not later than the last is neither judged nor remembered.
    pub fn take(&mut self, hour: Hour) -> Judgement {
        let mut judgement = Judgement { hour, level: None, known: 0, expected: 0.0, spread: 0.0, z: 0.0 };
        if self.past.back().is_some_and(|last| last.index >= hour.index) || !hour.is_known() {
            return judgement;
        }
        let from = hour.index.saturating_sub(i64::from(self.settings.window));
        while self.past.front().is_some_and(|old| old.index < from) {
            self.past.pop_front();
        }
        judgement.known = self.past.len() as u32;
        if judgement.known > 0 && judgement.known >= self.settings.warm_up {
            let usual = Usual::of(&self.past);
            judgement.expected = usual.rate * hour.exposure;
            judgement.spread = usual.spread(hour.exposure);
            let above = hour.count - judgement.expected;
            // Nothing was ever said: the first word is beyond any scale.
            let endless = if above > 0.0 { f64::INFINITY } else { 0.0 };
            judgement.z = if judgement.spread > 0.0 { above / judgement.spread } else { endless };
            judgement.level = self.settings.level(&judgement);
        }
        self.past.push_back(hour);
        judgement
    }
}

impl Settings {
    fn level(&self, judged: &Judgement) -> Option<Level> {
        let count = judged.hour.count;
        if count < self.least {
            None
        } else if judged.z >= self.alert && count >= self.times * judged.expected {
            Some(Level::Alert)
        } else {
            (judged.z >= self.watch).then_some(Level::Watch)
        }
    }
}

/// What the hours before have in common.
struct Usual {
    /// Mentions for each unit of exposure.
    rate: f64,
    /// How much the rate itself varies from hour to hour (its variance), beyond what chance makes of small counts.
    excess: f64,
}

impl Usual {
    fn of(hours: &VecDeque<Hour>) -> Self {
        let exposure: f64 = hours.iter().map(|hour| hour.exposure).sum();
        let rate = hours.iter().map(|hour| hour.count).sum::<f64>() / exposure;
        let squares = hours.iter().map(|hour| hour.exposure * (hour.count / hour.exposure - rate).powi(2));
        let chance = rate * hours.len() as f64 / exposure;
        Self { rate, excess: (squares.sum::<f64>() / exposure - chance).max(0.0) }
    }

    /// The spread of counts at an exposure: chance (the square root of the expected count, the least that a spread can
    /// be) and the rate's own variation. Where every hour is seen alike, that is the standard deviation of the counts or
    /// the square root of their mean, whichever is larger.
    fn spread(&self, exposure: f64) -> f64 {
        (self.rate * exposure + self.excess * exposure * exposure).sqrt()
    }
}
