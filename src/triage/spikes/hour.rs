//! Readings at odd times as whole hours, told from hours that nobody knows.
//!
//! An hour without readings is unknown, not silent, unless the readings are a list of what happened: then silence says
//! that nothing did.

use std::collections::BTreeMap;

use crate::ordered::sort;

/// Milliseconds of an hour.
pub const HOUR_MS: i64 = 3_600_000;
/// Hours without any reading after which even a list of what happened says nothing: nobody was listening.
const LONGEST_SILENCE: i64 = 168;

/// A line of the input.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reading {
    /// UTC milliseconds at which the stretch that was counted begins.
    pub at: i64,
    /// Mentions.
    pub count: f64,
    /// Posts that the team saw, among which these were; `None` = not told.
    pub seen: Option<f64>,
}

/// A known hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// Whole hours since 1970, UTC.
    pub index: i64,
    /// Mentions.
    pub count: f64,
    /// What they were found among: posts seen, or the part of the hour that was counted (0 to 1).
    pub exposure: f64,
}

impl Hour {
    /// UTC milliseconds at which it begins.
    pub fn start(self) -> i64 {
        self.index.saturating_mul(HOUR_MS)
    }

    /// Whether there is anything to judge.
    pub(super) fn is_known(self) -> bool {
        self.count.is_finite() && self.count >= 0.0 && self.exposure.is_finite() && self.exposure > 0.0
    }
}

/// What hours without a reading are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Gaps {
    /// Told by the readings: unknown where they come at regular times, silent in a list of what happened.
    #[default]
    Told,
    /// Unknown.
    Unknown,
    /// Silent, for a week at most.
    Silent,
}

/// Hours in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// The known ones.
    pub hours: Vec<Hour>,
    /// Whether [`Hour::exposure`] counts posts seen.
    pub by_seen: bool,
}

/// The readings lie further apart than hours: so many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooCoarse(pub i64);

/// How readings follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// One after every so many milliseconds.
    Every(i64),
    /// One whenever something happened.
    Events,
}

impl Series {
    /// Sums readings into hours. Their order does not matter.
    pub fn of(readings: &[Reading], gaps: Gaps) -> Result<Self, TooCoarse> {
        let mut readings = readings.to_vec();
        sort(&mut readings, |a, b| a.at.cmp(&b.at));
        let by_seen = readings.iter().any(|reading| reading.seen.is_some());
        let rhythm = rhythm(&readings);
        if let Rhythm::Every(step) = rhythm
            && step > HOUR_MS
        {
            return Err(TooCoarse(step));
        }
        let mut known: BTreeMap<i64, Sum> = BTreeMap::new();
        for reading in readings.iter().filter(|reading| !by_seen || reading.seen.is_some()) {
            known.entry(reading.at.div_euclid(HOUR_MS)).or_default().add(reading);
        }
        let silent = match gaps {
            Gaps::Unknown => false,
            Gaps::Silent => true,
            Gaps::Told => rhythm == Rhythm::Events || leaves_out_silence(&known),
        };
        let mut hours: Vec<Hour> = Vec::new();
        for (index, sum) in known {
            if silent && !by_seen {
                fill(&mut hours, index);
            }
            let exposure = if by_seen { sum.seen } else { sum.coverage(rhythm) };
            // Less than half of an hour tells little of the whole.
            let hour = Hour { index, count: sum.count, exposure };
            if hour.is_known() && (by_seen || exposure >= 0.5) {
                hours.push(hour);
            }
        }
        Ok(Self { hours, by_seen })
    }
}

/// Readings of one hour.
#[derive(Default)]
struct Sum {
    count: f64,
    seen: f64,
    times: i64,
    last: Option<i64>,
}

impl Sum {
    fn add(&mut self, reading: &Reading) {
        self.count += reading.count;
        self.seen += reading.seen.unwrap_or(0.0);
        // Two of one moment are parts of one count, as of two words.
        if self.last != Some(reading.at) {
            self.times += 1;
        }
        self.last = Some(reading.at);
    }

    /// The part of the hour that was counted.
    fn coverage(&self, rhythm: Rhythm) -> f64 {
        match rhythm {
            Rhythm::Every(step) => ((self.times * step) as f64 / HOUR_MS as f64).min(1.0),
            Rhythm::Events => 1.0,
        }
    }
}

/// How sorted readings follow one another: four of five steps alike, or whole hours.
fn rhythm(readings: &[Reading]) -> Rhythm {
    let mut steps: Vec<i64> = readings.windows(2).map(|pair| pair[1].at.saturating_sub(pair[0].at)).collect();
    steps.retain(|step| *step > 0);
    sort(&mut steps, Ord::cmp);
    let Some(&usual) = steps.get(steps.len() / 2) else { return Rhythm::Every(HOUR_MS) };
    let alike = steps.iter().filter(|step| (**step - usual).abs() <= usual / 10).count();
    let whole_hours = steps.first() == Some(&HOUR_MS) && steps.iter().all(|step| step % HOUR_MS == 0);
    if whole_hours {
        Rhythm::Every(HOUR_MS)
    } else if alike * 5 >= steps.len() * 4 && fills_hours(readings, usual) {
        // A clock that runs a little late still fills its hours.
        Rhythm::Every(if (HOUR_MS - usual).abs() <= HOUR_MS / 10 { HOUR_MS } else { usual })
    } else {
        Rhythm::Events
    }
}

/// Whether readings at such steps are there for most of most hours: single posts of a busy day lie as close together, but
/// leave nights half empty.
fn fills_hours(readings: &[Reading], step: i64) -> bool {
    let mut hours: BTreeMap<i64, Sum> = BTreeMap::new();
    for reading in readings {
        hours.entry(reading.at.div_euclid(HOUR_MS)).or_default().add(reading);
    }
    // The first and the last may have been cut off.
    let inner = hours.len().saturating_sub(2);
    let full = hours.values().skip(1).take(inner).filter(|sum| sum.coverage(Rhythm::Every(step)) >= 0.75).count();
    full * 3 >= inner * 2
}

/// Whether hours are missing that would have been silent: more than half are, and none says zero.
fn leaves_out_silence(known: &BTreeMap<i64, Sum>) -> bool {
    let ends = known.keys().next().zip(known.keys().next_back());
    let span = ends.map_or(0, |(first, last)| last.saturating_sub(*first).saturating_add(1));
    (known.len() as i64).saturating_mul(2) < span && known.values().all(|sum| sum.count > 0.0)
}

/// Adds the silent hours before `index`.
fn fill(hours: &mut Vec<Hour>, index: i64) {
    let Some(last) = hours.last().map(|hour| hour.index) else { return };
    if index.saturating_sub(last) <= LONGEST_SILENCE {
        hours.extend((last + 1..index).map(|index| Hour { index, count: 0.0, exposure: 1.0 }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn series(readings: &[(i64, f64)], gaps: Gaps) -> Vec<(i64, f64, f64)> {
        let readings: Vec<Reading> =
            readings.iter().map(|(minute, count)| Reading { at: minute * MINUTE, count: *count, seen: None }).collect();
        let series = Series::of(&readings, gaps).unwrap();
        series.hours.iter().map(|hour| (hour.index, hour.count, (hour.exposure * 100.0).round() / 100.0)).collect()
    }

    #[test]
    fn five_minutes_are_summed_to_hours() {
        // From 21:42, so that the first hour is known for less than half; order does not matter.
        let mut readings: Vec<(i64, f64)> = (0..28).map(|n| (42 + 5 * n, 1.0)).collect();
        readings.reverse();
        assert_eq!(series(&readings, Gaps::Told), [(1, 12.0, 1.0), (2, 12.0, 1.0)]);
        // Two readings of the second hour are missing.
        readings.retain(|(minute, _)| ![62, 67].contains(minute));
        assert_eq!(series(&readings, Gaps::Told), [(1, 10.0, 0.83), (2, 12.0, 1.0)]);
        // A whole hour is missing.
        readings.retain(|(minute, _)| !(60..120).contains(minute));
        assert_eq!(series(&readings, Gaps::Told), [(2, 12.0, 1.0)]);
        assert_eq!(series(&readings, Gaps::Silent), [(2, 12.0, 1.0)]);
    }

    #[test]
    fn gaps_between_hours_are_unknown_unless_zeros_were_left_out() {
        assert_eq!(series(&[(0, 4.0), (60, 2.0), (240, 1.0)], Gaps::Told).len(), 3);
        assert_eq!(
            series(&[(0, 4.0), (60, 2.0), (240, 1.0)], Gaps::Silent),
            [(0, 4.0, 1.0), (1, 2.0, 1.0), (2, 0.0, 1.0), (3, 0.0, 1.0), (4, 1.0, 1.0)]
        );
        // Most hours are missing, and no line says zero.
        assert_eq!(series(&[(0, 1.0), (60, 2.0), (600, 1.0)], Gaps::Told).len(), 11);
        assert_eq!(series(&[(0, 1.0), (60, 0.0), (600, 1.0)], Gaps::Told).len(), 3);
        assert_eq!(series(&[(0, 1.0), (60, 2.0), (600, 1.0)], Gaps::Unknown).len(), 3);
    }

    #[test]
    fn a_list_of_what_happened_says_when_nothing_did() {
        let posts = [(3, 1.0), (17, 1.0), (18, 1.0), (18, 1.0), (49, 1.0), (195, 1.0), (236, 1.0)];
        assert_eq!(series(&posts, Gaps::Told), [(0, 5.0, 1.0), (1, 0.0, 1.0), (2, 0.0, 1.0), (3, 2.0, 1.0)]);
        // Posts of two busy hours by the minute, and of four quiet ones.
        let busy = (0..120).map(|minute| (minute, 1.0)).chain((2..6).map(|hour| (hour * 60 + 9, 1.0)));
        let hours = series(&busy.collect::<Vec<_>>(), Gaps::Told);
        assert_eq!(hours.iter().map(|hour| hour.1).collect::<Vec<_>>(), [60.0, 60.0, 1.0, 1.0, 1.0, 1.0]);
        // More than a week of silence is nobody's list.
        let gap = [(3, 1.0), (17, 1.0), (60 * 24 * 30, 1.0)];
        assert_eq!(series(&gap, Gaps::Silent).len(), 2);
    }

    #[test]
    fn posts_seen_are_the_exposure() {
        let reading = |minute, count, seen| Reading { at: minute * MINUTE, count, seen };
        let series = Series::of(
            &[
                reading(0, 1.0, Some(20.0)),
                reading(30, 2.0, Some(30.0)),
                reading(60, 0.0, Some(0.0)),
                reading(120, 4.0, None),
                reading(180, 0.0, Some(10.0)),
            ],
            Gaps::Silent,
        )
        .unwrap();
        assert!(series.by_seen);
        let hours: Vec<_> = series.hours.iter().map(|hour| (hour.index, hour.count, hour.exposure)).collect();
        assert_eq!(hours, [(0, 3.0, 50.0), (3, 0.0, 10.0)], "where nobody looked nothing is known");
    }

    #[test]
    fn days_are_too_coarse() {
        let day = 24 * HOUR_MS;
        let readings: Vec<Reading> =
            (0..9).map(|n| Reading { at: n * day, count: 5.0, ..Reading::default() }).collect();
        assert_eq!(Series::of(&readings, Gaps::Told), Err(TooCoarse(day)));
        assert_eq!(Series::of(&[], Gaps::Told), Ok(Series::default()));
        assert_eq!(Series::of(&readings[..1], Gaps::Told).map(|series| series.hours.len()), Ok(1));
    }
}
