//! What settings would have meant: "you would have had so many alerts last month".

use super::detector::{Level, Settings};
use super::hour::{HOUR_MS, Hour};
use super::{Alert, find};
use crate::message::Msg;
use crate::site::calendar::DAY_MS;

/// Days that a preview looks back.
const DAYS: i64 = 30;

/// Alerts that settings would have raised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preview {
    /// Alerts.
    pub alerts: u32,
    /// Watches that stayed watches.
    pub watches: u32,
    /// Hours known of those days: a month half seen tells of half a month.
    pub hours: u32,
}

impl Preview {
    /// In words.
    pub fn msg(&self) -> Msg {
        let msg = Msg::new("spike_preview").with("alerts", self.alerts).with("watches", self.watches);
        msg.with("days", DAYS).with("hours", self.hours)
    }
}

/// Counts what began in the 30 days before `until` (UTC milliseconds).
pub fn preview(hours: &[Hour], settings: &Settings, until: i64) -> Preview {
    let from = until.saturating_sub(DAYS * DAY_MS);
    let is_within = |start: i64| (from..until).contains(&start);
    let alerts = find(hours, settings);
    let count = |level: Level| {
        let of_level = |alert: &&Alert| alert.level == level && is_within(alert.start());
        alerts.iter().filter(of_level).count() as u32
    };
    let known = hours.iter().filter(|hour| is_within(hour.index.saturating_mul(HOUR_MS))).count() as u32;
    Preview { alerts: count(Level::Alert), watches: count(Level::Watch), hours: known }
}
