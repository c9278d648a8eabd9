//! Spikes: hours in which far more was said than the week before would suggest.
//!
//! Counts become hours ([`hour`]), each hour is held against the 168 before it ([`Detector`]), neighbours become one
//! alert with its arithmetic ([`Alert`]). What the team looked at counts too: twice the mentions among twice the posts
//! seen is a busy shift. More mentions alone are buzz; [`crisis`] asks who wrote them and what. Nothing here decides what
//! is done about it, knows a time zone or keeps anything.

pub mod crisis;
mod detector;
mod episode;
pub mod hour;
mod preview;
pub mod table;

pub use detector::{Detector, Judgement, Level, Settings};
pub use episode::{Alert, Episodes};
pub use hour::{Gaps, Hour, Reading, Series};
pub use preview::{Preview, preview};

/// The alerts of a series, oldest first.
///
/// Handing the hours in one by one, to a [`Detector`] and its judgements to [`Episodes`], gives the same.
pub fn find(hours: &[Hour], settings: &Settings) -> Vec<Alert> {
    let mut detector = Detector::new(*settings);
    let mut episodes = Episodes::new(settings.apart);
    let mut alerts: Vec<Alert> = hours.iter().filter_map(|hour| episodes.take(detector.take(*hour))).collect();
    alerts.extend(episodes.finish());
    alerts
}

#[cfg(test)]
mod tests;
