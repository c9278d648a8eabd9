//! Alerts of small series whose arithmetic can be done by hand.

use proptest::prelude::*;

use super::*;
use crate::message::{Catalogue, Lang};

fn hour(index: i64, count: f64) -> Hour {
    Hour { index, count, exposure: 1.0 }
}

/// Hours of `usual`, one after another, and then `last`.
fn after(usual: &[f64], repeats: usize, last: &[f64]) -> Vec<Hour> {
    let counts = usual.iter().cycle().take(usual.len() * repeats).chain(last);
    counts.zip(0..).map(|(count, index)| hour(index, *count)).collect()
}

#[track_caller]
fn check(hours: &[Hour], expect: &[(i64, i64, Level)]) {
    let found: Vec<_> = find(hours, &Settings::default()).iter().map(|a| (a.start(), a.end(), a.level)).collect();
    let expect: Vec<_> = expect.iter().map(|(s, e, level)| (s * hour::HOUR_MS, e * hour::HOUR_MS, *level)).collect();
    assert_eq!(found, expect);
}

#[test]
fn levels_begin_where_they_say() {
    use Level::*;
    // 100 hours of 6 and 14: mean 10, standard deviation 4.
    check(&after(&[6.0, 14.0], 50, &[25.0]), &[]);
    check(&after(&[6.0, 14.0], 50, &[26.0]), &[(100, 101, Watch)]);
    check(&after(&[6.0, 14.0], 50, &[33.0]), &[(100, 101, Watch)]);
    check(&after(&[6.0, 14.0], 50, &[34.0]), &[(100, 101, Alert)]);
    // The same mean without variation: the spread is never below its square root, 3.16.
    check(&after(&[10.0], 100, &[22.0]), &[]);
    check(&after(&[10.0], 100, &[23.0]), &[(100, 101, Watch)]);
    // z is 6.3, but not three times the usual.
    check(&after(&[100.0], 100, &[163.0]), &[(100, 101, Watch)]);
    check(&after(&[100.0], 100, &[300.0]), &[(100, 101, Alert)]);
}

#[test]
fn a_few_words_are_no_spike_and_the_first_two_days_are_silent() {
    check(&after(&[0.0], 100, &[4.0]), &[]);
    check(&after(&[0.0], 100, &[5.0]), &[(100, 101, Level::Alert)]);
    check(&after(&[3.0], 47, &[500.0]), &[]);
    check(&after(&[3.0], 48, &[500.0]), &[(48, 49, Level::Alert)]);
    check(&[], &[]);
}

#[test]
fn only_the_last_seven_days_count() {
    // A week of 50 an hour lies further back than a week of 2.
    let mut hours = after(&[50.0], 168, &[]);
    hours.extend((168..168 + 168).map(|index| hour(index, 2.0)));
    hours.push(hour(336, 30.0));
    check(&hours, &[(336, 337, Level::Alert)]);
    hours.retain(|hour| hour.index < 168 || hour.index > 300);
    check(&hours, &[]);
}

#[test]
fn what_lies_within_six_hours_is_one_alert() {
    let quiet = |n: usize| vec![2.0; n];
    let bursts = |apart: usize| after(&[2.0], 168, &[vec![30.0], quiet(apart - 1), vec![60.0], quiet(9)].concat());
    check(&bursts(1), &[(168, 170, Level::Alert)]);
    check(&bursts(6), &[(168, 175, Level::Alert)]);
    check(&bursts(7), &[(168, 169, Level::Alert), (175, 176, Level::Alert)]);
}

#[test]
fn a_watch_that_grows_is_one_alert() {
    let hours = after(&[10.0], 168, &[24.0, 60.0, 12.0]);
    check(&hours, &[(168, 170, Level::Alert)]);
}

#[test]
fn an_unknown_hour_is_not_a_silent_one() {
    // With silence in the gaps the mean would be half, and 12 out of line.
    let all = after(&[4.0], 200, &[]);
    let known: Vec<Hour> = all.iter().copied().filter(|hour| hour.index % 2 == 0).collect();
    let expected = |hours: &[Hour]| {
        let mut detector = Detector::new(Settings::default());
        for hour in hours {
            detector.take(*hour);
        }
        detector.take(hour(200, 12.0)).expected
    };
    assert_eq!((expected(&all), expected(&known)), (4.0, 4.0));
    // After a gap of more than a week, it takes two days to know again.
    let mut gap = after(&[4.0], 168, &[]);
    gap.push(hour(400, 90.0));
    check(&gap, &[]);
}

#[test]
fn hours_in_disorder_are_left_out() {
    let mut detector = Detector::new(Settings::default());
    for hour in after(&[4.0], 100, &[]) {
        detector.take(hour);
    }
    assert_eq!(detector.take(hour(99, 900.0)).level, None);
    assert_eq!(detector.take(hour(3, 900.0)).level, None);
    assert_eq!(detector.take(Hour { exposure: 0.0, ..hour(100, 900.0) }).level, None);
    assert_eq!(detector.take(Hour { count: f64::NAN, ..hour(100, 900.0) }).level, None);
    assert_eq!(detector.take(hour(100, 90.0)).level, Some(Level::Alert));
}

#[test]
fn a_busy_shift_is_no_crisis() {
    // Two or three complaints in 100 posts seen, whether 40 were seen or 4,000.
    let rate = |index: i64| if index % 2 == 0 { 0.02 } else { 0.03 };
    let shift = |index: i64, seen: f64| Hour { index, count: (seen * rate(index)).round(), exposure: seen };
    let usual = |index: i64| shift(index, if index % 24 < 12 { 40.0 } else { 200.0 });
    let mut hours: Vec<Hour> = (0..168).map(usual).collect();
    hours.push(shift(168, 4_000.0));
    check(&hours, &[]);
    // The counts alone would have raised one.
    let bare: Vec<Hour> = hours.iter().map(|hour| Hour { exposure: 1.0, ..*hour }).collect();
    check(&bare, &[(168, 169, Level::Alert)]);
    // The same count among as few as ever is one.
    *hours.last_mut().unwrap() = Hour { index: 168, count: 80.0, exposure: 200.0 };
    check(&hours, &[(168, 169, Level::Alert)]);
}

#[test]
fn reasons_show_their_arithmetic() {
    let say = |hours: &[Hour], by_seen: bool, lang: Lang| {
        let alert = find(hours, &Settings::default())[0];
        let parts = alert.reason(&Settings::default(), by_seen, lang);
        parts.iter().map(|msg| Catalogue::of(lang).say(msg)).collect::<Vec<_>>().join(" ")
    };
    let hours = after(&[6.0, 14.0], 50, &[44.0]);
    assert_eq!(
        say(&hours, false, Lang::En),
        "44 in the hour from 1970-01-05 04:00 UTC, where 10 are usual, give or take 4 (100 hours before it). (44 − 10) / 4 \
         = 8.5; 6 or more is an alert. It is also at least 5 and 3 times the usual."
    );
    assert_eq!(
        say(&after(&[6.0, 14.0], 50, &[27.0]), false, Lang::Es),
        "27 en la hora que empieza a las 1970-01-05 04:00 UTC, cuando lo habitual son 10, con una variación de 4 (100 horas \
         anteriores). (27 − 10) / 4 = 4,25; desde 4 es un aviso."
    );
    let seen: Vec<Hour> = hours.iter().map(|hour| Hour { exposure: 200.0, ..*hour }).collect();
    assert!(say(&seen, true, Lang::En).starts_with(
        "44 among 200 posts seen in the hour from 1970-01-05 04:00 UTC, where 5 in 100 are usual: 10, give or take 4 ("
    ));
    assert_eq!(
        say(&after(&[0.0], 60, &[7.0]), false, Lang::En),
        "7 in the hour from 1970-01-03 12:00 UTC, where there was nothing at all in the 60 hours before it; 5 or more is an \
         alert."
    );
}

#[test]
fn settings_are_tried_on_the_last_month() {
    let mut hours = after(&[10.0], 1_000, &[]);
    for (index, count) in [(200, 80.0), (500, 80.0), (900, 23.0), (990, 90.0)] {
        hours[index].count = count;
    }
    let until = 1_000 * hour::HOUR_MS;
    let told = preview(&hours, &Settings::default(), until);
    assert_eq!((told.alerts, told.watches, told.hours), (2, 1, 720));
    let shy = Settings { alert: 1_000.0, watch: 1_000.0, ..Settings::default() };
    assert_eq!(preview(&hours, &shy, until), Preview { hours: 720, ..Preview::default() });
    assert!(Catalogue::of(Lang::En).say(&told.msg()).contains("2 alerts and 1 watches in the last 30 days"));
}

/// The textbook's rolling z-score, all over again for each hour.
fn by_the_book(counts: &[f64], at: usize) -> Option<Level> {
    let week = &counts[at.saturating_sub(168)..at];
    let n = week.len() as f64;
    let mean = week.iter().sum::<f64>() / n;
    let deviation = (week.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / n).sqrt().max(mean.sqrt());
    let above = |times: f64| counts[at] >= 5.0 && counts[at] > mean && counts[at] - mean >= times * deviation;
    if week.len() < 48 {
        None
    } else if above(6.0) && counts[at] >= 3.0 * mean {
        Some(Level::Alert)
    } else {
        above(4.0).then_some(Level::Watch)
    }
}

proptest! {
    #[test]
    fn where_every_hour_is_seen_alike_it_is_the_rolling_z_score(
        counts in prop::collection::vec(prop_oneof![8 => 0u32..8, 4 => 0u32..40, 1 => 0u32..400], 60..300),
        exposure in prop_oneof![Just(1.0), Just(0.5), Just(64.0)],
    ) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let mut detector = Detector::new(Settings::default());
        for (at, count) in counts.iter().enumerate() {
            let judged = detector.take(Hour { exposure, ..hour(at as i64, *count) });
            let on_the_edge = [4.0, 6.0].iter().any(|z| (judged.z - z).abs() < 1e-9);
            let is_level = judged.level == by_the_book(&counts, at);
            prop_assert!(is_level || on_the_edge, "hour {at}: {judged:?}");
        }
    }

    #[test]
    fn no_reading_is_too_odd(readings in prop::collection::vec((any::<i64>(), any::<f64>(), prop::option::of(any::<f64>())), 0..20)) {
        let readings: Vec<Reading> =
            readings.into_iter().map(|(at, count, seen)| Reading { at, count, seen }).collect();
        for gaps in [Gaps::Told, Gaps::Unknown, Gaps::Silent] {
            if let Ok(series) = Series::of(&readings, gaps) {
                for alert in find(&series.hours, &Settings::default()) {
                    prop_assert!(alert.start() <= alert.end());
                    alert.reason(&Settings::default(), series.by_seen, Lang::En);
                }
            }
        }
    }
}
