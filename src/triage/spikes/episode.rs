//! Neighbouring hours that are out of line as one alert, and why it was raised.

use super::detector::{Judgement, Level, Settings};
use super::hour::HOUR_MS;
use crate::message::{Catalogue, Lang, Msg};
use crate::site::calendar::Civil;

/// A stretch of hours that are out of line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alert {
    /// The highest level reached.
    pub level: Level,
    /// Its hour furthest out of line at that level.
    pub peak: Judgement,
    /// First hour, whole hours since 1970.
    first: i64,
    /// Last hour.
    last: i64,
}

impl Alert {
    /// UTC milliseconds at which the first hour began.
    pub fn start(&self) -> i64 {
        self.first.saturating_mul(HOUR_MS)
    }

    /// UTC milliseconds at which the last hour ended.
    pub fn end(&self) -> i64 {
        self.last.saturating_add(1).saturating_mul(HOUR_MS)
    }

    /// The arithmetic of its peak. `by_seen`: exposure counts posts seen.
    pub fn reason(&self, settings: &Settings, by_seen: bool, lang: Lang) -> Vec<Msg> {
        let Judgement { hour, known, expected, spread, z, .. } = self.peak;
        let word = Catalogue::of(lang).word(match self.level {
            Level::Watch => "spike_level_watch",
            Level::Alert => "spike_level_alert",
        });
        let limit = if self.level == Level::Alert { settings.alert } else { settings.watch };
        let Civil { year, month, day, hour: clock, .. } = Civil::from_ms(hour.start());
        let count = figure(hour.count, lang);
        let told = |key: &str| {
            let time = format!("{year:04}-{month:02}-{day:02} {clock:02}:00");
            Msg::new(key).with("count", &count).with("time", time).with("hours", known).with("level", &word)
        };
        if z.is_infinite() {
            return vec![told("spike_reason_new").with("least", figure(settings.least, lang))];
        }
        let mut main = if by_seen {
            let rate = figure(100.0 * expected / hour.exposure, lang);
            told("spike_reason_seen").with("seen", figure(hour.exposure, lang)).with("rate", rate)
        } else {
            told("spike_reason")
        };
        main = main.with("expected", figure(expected, lang)).with("spread", figure(spread, lang));
        main = main.with("z", figure(z, lang)).with("limit", figure(limit, lang));
        let guard = || {
            let times = figure(settings.times, lang);
            Msg::new("spike_reason_guard").with("least", figure(settings.least, lang)).with("times", times)
        };
        [Some(main), (self.level == Level::Alert).then(guard)].into_iter().flatten().collect()
    }
}

/// Two decimals below ten, one below a thousand, none where they are nought.
fn figure(value: f64, lang: Lang) -> String {
    let text = match value {
        v if v < 10.0 => format!("{v:.2}"),
        v if v < 1_000.0 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', &Catalogue::of(lang).word("people_decimal_mark"))
}

/// Puts judgements together as they come.
#[derive(Debug, Clone)]
pub struct Episodes {
    apart: i64,
    open: Option<Alert>,
}

impl Episodes {
    /// `apart`: hours that may lie between two of one alert.
    pub fn new(apart: u32) -> Self {
        Self { apart: i64::from(apart), open: None }
    }

    /// The alert that goes on, as it stands now.
    pub fn open(&self) -> Option<&Alert> {
        self.open.as_ref()
    }

    /// Takes the next judgement, and gives the alert that is over by then.
    pub fn take(&mut self, judged: Judgement) -> Option<Alert> {
        let index = judged.hour.index;
        let over = self.open.take_if(|open| index.saturating_sub(open.last) > self.apart);
        let Some(level) = judged.level else { return over };
        match &mut self.open {
            None => self.open = Some(Alert { level, peak: judged, first: index, last: index }),
            Some(open) => {
                if level > open.level || (level == open.level && judged.z > open.peak.z) {
                    open.peak = judged;
                }
                open.level = open.level.max(level);
                open.last = index;
            }
        }
        over
    }

    /// The alert that goes on, when no more hours come.
    pub fn finish(self) -> Option<Alert> {
        self.open
    }
}
