//! Spikes in months of made-up brands: what is planted is found, plain days are silent, and `rejoinder spikes` says so.

use rejoinder::triage::spikes::{
    Alert, Detector, Episodes, Gaps, Hour, Judgement, Level, Reading, Series, Settings, find,
};

use crate::command::rejoinder;

const HOUR_MS: i64 = 3_600_000;

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn even(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Normally distributed, mean 0, deviation 1.
    fn normal(&mut self) -> f64 {
        (-2.0 * self.even().ln()).sqrt() * (std::f64::consts::TAU * self.even()).cos()
    }

    /// A count whose mean is `mean` (Poisson).
    fn count(&mut self, mean: f64) -> f64 {
        if mean > 40.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0);
        }
        let (mut count, mut product, end) = (0.0, self.even(), (-mean).exp());
        while product > end {
            product *= self.even();
            count += 1.0;
        }
        count
    }
}

/// Two months of a brand: more by day than by night, less at weekends, moods that last for hours, and bursts.
struct Brand {
    hours: Vec<Hour>,
    /// First hour of each burst; each fades within half a day.
    bursts: Vec<i64>,
}

const DAYS: i64 = 60;

fn brand(seed: u64, mean: f64, bursts: usize) -> Brand {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    // At least three days apart, after the first nine.
    let slot = (DAYS - 9) / bursts.max(1) as i64;
    let bursts: Vec<i64> =
        (0..bursts as i64).map(|n| 24 * (9 + n * slot) + (dice.even() * 24.0 * (slot - 3) as f64) as i64).collect();
    let mut mood = 0.0;
    let mut count = |index: i64| {
        let (day, clock) = (index / 24, (index % 24) as f64);
        let rhythm = 1.0 + 0.7 * ((clock - 15.0) / 24.0 * std::f64::consts::TAU).cos();
        let week = if day % 7 >= 5 { 0.6 } else { 1.0 };
        mood = 0.8 * mood + 0.18 * dice.normal();
        let burst: f64 = bursts
            .iter()
            .filter(|from| (0..12).contains(&(index - **from)))
            .map(|from| 12.0 * 0.7f64.powi((index - from) as i32))
            .sum();
        dice.count(mean * (rhythm * week * f64::exp(mood) + burst))
    };
    let hours = (0..DAYS * 24).map(|index| Hour { index, count: count(index), exposure: 1.0 }).collect();
    Brand { hours, bursts }
}

fn alerts(hours: &[Hour]) -> Vec<Alert> {
    find(hours, &Settings::default()).into_iter().filter(|alert| alert.level == Level::Alert).collect()
}

#[test]
fn planted_bursts_are_found_and_plain_days_are_silent() {
    let means = [2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 150.0, 300.0, 600.0, 1_000.0];
    let (mut planted, mut found, mut wrong) = (0, 0, 0);
    for (mean, seed) in means.into_iter().zip(1..) {
        let Brand { hours, bursts } = brand(seed, mean, 6);
        let meets = |alert: &Alert, burst: i64| alert.start() < (burst + 12) * HOUR_MS && alert.end() > burst * HOUR_MS;
        let raised = alerts(&hours);
        planted += bursts.len();
        found += bursts.iter().filter(|burst| raised.iter().any(|alert| meets(alert, **burst))).count();
        wrong += raised.iter().filter(|alert| !bursts.iter().any(|burst| meets(alert, *burst))).count();
    }
    let months = means.len() as f64 * DAYS as f64 / 30.0;
    println!("{found} of {planted} bursts, {:.2} false alerts a brand-month", wrong as f64 / months);
    assert!(found * 100 >= planted * 95, "{found} of {planted}");
    assert!(wrong as f64 / months <= 0.3, "{wrong} in {months} months");

    let quiet: usize = (11..41).map(|seed| alerts(&brand(seed, 30.0, 0).hours).len()).sum();
    println!("{quiet} alerts in 60 plain months");
    assert!(quiet <= 6, "{quiet}");
}

#[test]
fn hours_that_come_one_by_one_make_the_same_alerts() {
    let settings = Settings::default();
    for seed in 50..60 {
        let hours = brand(seed, 12.0, 8).hours;
        let whole = find(&hours, &settings);
        let (mut detector, mut episodes) = (Detector::new(settings), Episodes::new(settings.apart));
        let mut seen: Vec<Alert> = Vec::new();
        let mut judged: Vec<Judgement> = Vec::new();
        for (at, hour) in hours.iter().enumerate() {
            let judgement = detector.take(*hour);
            judged.push(judgement);
            seen.extend(episodes.take(judgement));
            // What is open now is what the series up to here ends with: nothing is said from hindsight.
            let so_far = find(&hours[..=at], &settings);
            let now: Vec<Alert> = seen.iter().chain(episodes.open()).copied().collect();
            if at % 97 == 0 || judgement.level.is_some() {
                assert_eq!(so_far, now, "seed {seed}, hour {at}");
            }
        }
        seen.extend(episodes.finish());
        assert_eq!(seen, whole);
        assert!(judged.iter().any(|one| one.level == Some(Level::Alert)));
    }
}

#[test]
fn a_team_that_looks_more_is_not_alarmed() {
    let mut dice = Dice(77);
    let mut wrong = (0, 0);
    let mut found = 0;
    for brand in 0..10 {
        let mut hours: Vec<Hour> = Vec::new();
        for index in 0..DAYS * 24 {
            // Nobody looks at night; now and then somebody goes through everything.
            let clock = index % 24;
            let seen = if !(8..20).contains(&clock) {
                0.0
            } else if dice.even() < 0.02 {
                1_500.0
            } else {
                20.0 + 60.0 * dice.even()
            };
            let crisis = index / 24 == 40 + brand && clock == 11;
            let (seen, share) = if crisis { (60.0, 0.6) } else { (seen, 0.03 * (0.2 * dice.normal()).exp()) };
            let count = dice.count(seen * share).min(seen);
            hours.push(Hour { index, count, exposure: seen });
        }
        let is_crisis = |alert: &Alert| alert.peak.hour.index / 24 == 40 + brand;
        let raised = alerts(&hours);
        found += usize::from(raised.iter().any(is_crisis));
        wrong.0 += raised.iter().filter(|alert| !is_crisis(alert)).count();
        let bare: Vec<Hour> = hours.iter().map(|hour| Hour { exposure: 1.0, ..*hour }).collect();
        wrong.1 += alerts(&bare).iter().filter(|alert| !is_crisis(alert)).count();
    }
    println!("{found} of 10 crises; false alerts {} with what was seen, {} without", wrong.0, wrong.1);
    assert_eq!(found, 10);
    assert!(wrong.0 <= 2 && wrong.1 >= 40, "{wrong:?}");
}

#[test]
fn five_minutes_and_hours_make_the_same_alerts() {
    let hours = brand(5, 60.0, 4).hours;
    let mut readings: Vec<Reading> = Vec::new();
    for hour in &hours {
        for part in 0..12 {
            let share = (hour.count / 12.0).floor() + if part < hour.count as i64 % 12 { 1.0 } else { 0.0 };
            let at = hour.index * HOUR_MS + part * 300_000 + 173_000;
            readings.push(Reading { at, count: share, seen: None });
        }
    }
    let series = Series::of(&readings, Gaps::Told).unwrap();
    assert_eq!(series.hours, hours);
    assert!(!alerts(&series.hours).is_empty());
}

#[test]
fn the_command_tells_alerts_and_their_reasons() {
    let mut table = "timestamp,value\n".to_owned();
    for hour in 0..200 {
        let count = if hour == 150 { 90 } else { 6 + hour % 3 };
        table += &format!("2026-03-{:02} {:02}:00:00,{count}\n", 1 + hour / 24, hour % 24);
    }
    let run = rejoinder(&["spikes"], &table);
    assert_eq!(run.status, 1, "{}", run.err);
    let alerts: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(alerts.as_array().unwrap().len(), 1);
    let alert = &alerts[0];
    assert_eq!((&alert["start"], &alert["level"]), (&"2026-03-07T06:00:00Z".into(), &"alert".into()));
    assert_eq!(alert["end"], "2026-03-07T07:00:00Z");
    let reason = alert["reason"].as_str().unwrap();
    assert!(reason.starts_with("90 in the hour from 2026-03-07 06:00 UTC, where 7 are usual"), "{reason}");

    let run = rejoinder(&["spikes", "--format", "line", "--lang", "es"], &table);
    assert!(run.out.starts_with("2026-03-07T06:00:00Z\t2026-03-07T07:00:00Z\talert\t90 en la hora"), "{}", run.out);
    let run = rejoinder(&["spikes", "--preview", "--format", "line"], &table);
    assert_eq!((run.status, run.out.contains("1 alerts and 0 watches")), (0, true), "{}", run.out);
    let calm = rejoinder(&["spikes", "--alert", "500", "--watch", "400"], &table);
    assert_eq!((calm.status, calm.out.trim()), (0, "[]"));

    let bad = rejoinder(&["spikes"], "time,count\n2026-03-01T00:00:00Z,4\nsoon,4\n");
    assert_eq!((bad.status, bad.err.contains("standard input:3: ")), (2, true), "{}", bad.err);
    let days: String = (1..20).map(|day| format!("2026-03-{day:02},7\n")).collect();
    let bad = rejoinder(&["spikes"], &days);
    assert_eq!((bad.status, bad.err.contains("24 hours apart")), (2, true), "{}", bad.err);
}
