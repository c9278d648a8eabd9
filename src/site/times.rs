//! Times as pages write them, as UTC milliseconds with the precision they really have.
//!
//! Machine forms (ISO in its dialects, Unix numbers) are exact. "6m" is to the minute, "3 d" to the day. A written date
//! without a zone is in the viewer's zone, which the page does not tell: it is to the day, at best.

use super::calendar::{Civil, DAY_MS};
use super::post::{Precision, Published};
use super::wording::{self, Unit};

/// A time as a page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The time.
    pub published: Published,
    /// How far the true time may lie from it because the page counts in whole units: "2 mo" is anything from two months
    /// to three.
    pub within: i64,
}

/// The time in `raw`, read at `now_ms`.
pub fn parse(raw: &str, now_ms: i64) -> Option<Published> {
    said(raw, now_ms).map(|said| said.published)
}

/// The time in `raw`, read at `now_ms`, and how far it is rounded.
pub fn said(raw: &str, now_ms: i64) -> Option<Said> {
    let raw = raw.trim();
    let plain = |published| Said { published, within: 0 };
    unix(raw).or_else(|| iso(raw)).or_else(|| dotted(raw)).map(plain).or_else(|| {
        let words = words(raw);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        relative(&words, now_ms)
            .or_else(|| day_and_clock(&words, now_ms).or_else(|| written(&words, now_ms)).map(plain))
    })
}

/// A time stamp as programs write it (ISO 8601 and its dialects, Unix time), in UTC milliseconds; one without a zone is
/// taken as UTC. No words and no dates in a country's own order.
pub fn stamp(raw: &str) -> Option<i64> {
    let raw = raw.trim();
    iso(raw).or_else(|| unix(raw)).map(|published| published.at)
}

/// The words in lower case. "1 J." is a German year and "1 j" a French day; "1 J" is either, and stays as it is.
fn words(raw: &str) -> Vec<String> {
    let mut words = Vec::new();
    let parts = raw.split_inclusive(|c: char| !c.is_alphanumeric() && c != ':');
    for part in parts {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        match &word[digits..] {
            "" if digits == 0 => {}
            "J" if part.ends_with('.') => words.push(format!("{}jahr", &word[..digits])),
            "J" => words.push(word.to_owned()),
            _ => words.push(word.to_lowercase()),
        }
    }
    words
}

/// "21.11.2026, 09:12": with dots and the year last, the day comes first wherever it is written so.
fn dotted(raw: &str) -> Option<Published> {
    let mut date = None;
    let mut rest = Vec::new();
    for part in raw.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()) {
        let numbers: Vec<&str> = part.split('.').collect();
        match numbers[..] {
            [day, month, year] if year.len() == 4 => {
                let number = |text: &str| (1..=4).contains(&text.len()).then(|| digits(text)).flatten();
                let found = Civil::date(number(year)? as i32, number(month)?, number(day)?)?;
                if !(1990..=2100).contains(&found.year) || date.replace(found).is_some() {
                    return None;
                }
            }
            _ => rest.extend(words(part)),
        }
    }
    let clocks: Vec<(u32, u32)> = rest.iter().filter_map(|word| clock(word)).collect();
    let others = rest.iter().any(|word| clock(word).is_none() && word.contains(|c: char| c.is_ascii_digit()));
    let moment = match clocks[..] {
        [] => date?,
        [(hour, minute)] => date?.at(hour, minute, 0, 0)?,
        _ => return None,
    };
    (!others).then_some(Published { at: moment.to_ms(), precision: Precision::Day })
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// "17:12", "17:12:05", "17h12" as hour and minute.
fn clock(word: &str) -> Option<(u32, u32)> {
    let (hour, rest) = word.split_once([':', 'h'])?;
    let minute = rest.split(':').next()?;
    let (hour, minute) =
        ((1..=2).contains(&hour.len()).then(|| digits(hour))??, (minute.len() == 2).then(|| digits(minute))??);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// "Yesterday at 5:12 PM", "Ayer a las 17:12", "Heute, 22:19": in the viewer's zone, so to the day.
fn day_and_clock(words: &[&str], now_ms: i64) -> Option<Published> {
    let at = words.iter().position(|word| clock(word).is_some())?;
    let mut day = &words[..at];
    while let Some((_, before)) = day.split_last().filter(|(last, _)| wording::is_at(last)) {
        day = before;
    }
    let (days, to_the_minute) = wording::day_word(day)?;
    let (hour, minute) = clock(words[at])?;
    let hour = match words[at + 1..] {
        [] | ["uhr" | "h" | "hs"] => hour,
        ["am"] | ["a", "m"] if (1..=12).contains(&hour) => hour % 12,
        ["pm"] | ["p", "m"] if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    let date = Civil::from_ms(now_ms.checked_sub(days * DAY_MS)?);
    let moment = Civil::date(date.year, date.month, date.day)?.at(hour, minute, 0, 0)?;
    // Later today is a zone ahead of ours.
    (!to_the_minute).then_some(Published { at: moment.to_ms().min(now_ms), precision: Precision::Day })
}

fn exact(at: i64) -> Published {
    Published { at, precision: Precision::Exact }
}

/// Unix seconds, milliseconds or microseconds by their length, a fraction of seconds allowed.
fn unix(raw: &str) -> Option<Published> {
    let (whole, fraction) = raw.split_once('.').unwrap_or((raw, ""));
    if !whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => {
            let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
            Some(exact(number * 1000 + millis.parse::<i64>().ok()?))
        }
        12 | 13 => Some(exact(number)),
        15 | 16 => Some(exact(number / 1000)),
        _ => None,
    }
}

/// ISO 8601 and its dialects: a blank for the `T`, offsets with and without colon, more text after a blank.
fn iso(raw: &str) -> Option<Published> {
    let mut scan = Scan(raw);
    let year = scan.number(4)?;
    scan.one(&['-', '/'])?;
    let month = scan.number(2)?;
    scan.one(&['-', '/'])?;
    let date = Civil::date(year as i32, month, scan.number(2)?)?;
    if scan.one(&['T', 't', ' ']).is_none() {
        return scan.ends().then_some(Published { at: date.to_ms(), precision: Precision::Day });
    }
    let hour = scan.number(2)?;
    scan.one(&[':'])?;
    let minute = scan.number(2)?;
    let second = scan.one(&[':']).map(|_| scan.number(2));
    let second = match second {
        Some(found) => Some(found?),
        None => None,
    };
    let millis = if second.is_some() && scan.one(&['.', ',']).is_some() { scan.fraction()? } else { 0 };
    let local = date.at(hour, minute, second.unwrap_or(0), millis)?.to_ms();
    let offset = scan.offset();
    if !scan.ends() {
        return None;
    }
    Some(match (offset, second) {
        (Some(offset), Some(_)) => exact(local - offset),
        (Some(offset), None) => Published { at: local - offset, precision: Precision::Minute },
        (None, _) => Published { at: local, precision: Precision::Day },
    })
}

struct Scan<'t>(&'t str);

impl Scan<'_> {
    fn number(&mut self, digits: usize) -> Option<u32> {
        let head = self.0.get(..digits)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[digits..];
        head.parse().ok()
    }

    fn one(&mut self, any: &[char]) -> Option<char> {
        let c = self.0.chars().next().filter(|c| any.contains(c))?;
        self.0 = &self.0[c.len_utf8()..];
        Some(c)
    }

    fn fraction(&mut self) -> Option<u32> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let digits: String = self.0[..length].chars().chain("000".chars()).take(3).collect();
        self.0 = &self.0[length..];
        (length > 0).then(|| digits.parse().ok())?
    }

    /// `Z`, `+00:00`, `+0000`, `+00`, in milliseconds.
    fn offset(&mut self) -> Option<i64> {
        let before = self.0;
        if self.one(&['Z', 'z']).is_some() {
            return Some(0);
        }
        self.one(&[' ']);
        let found = (|| {
            let sign = if self.one(&['+', '-', '−'])? == '+' { 1 } else { -1 };
            let hours = self.number(2)?;
            self.one(&[':']);
            let minutes = self.number(2).unwrap_or(0);
            (hours <= 14 && minutes < 60).then_some(sign * i64::from(hours * 60 + minutes) * 60_000)
        })();
        if found.is_none() {
            self.0 = before;
        }
        found
    }

    fn ends(&self) -> bool {
        self.0.is_empty() || self.0.starts_with(' ')
    }
}

fn relative(words: &[&str], now_ms: i64) -> Option<Said> {
    if let Some((days, to_the_minute)) = wording::day_word(words) {
        let precision = if to_the_minute { Precision::Minute } else { Precision::Day };
        let published = Published { at: now_ms.checked_sub(days * DAY_MS)?, precision };
        return Some(Said { published, within: DAY_MS });
    }
    let mut found = None;
    let mut number = None;
    for word in words {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let step = match (digits, number) {
            (0, Some(n)) => wording::unit(word).map(|unit| (n, unit)),
            (1.., _) if digits < word.len() => {
                wording::unit(&word[digits..]).zip(word[..digits].parse().ok()).map(|(u, n)| (n, u))
            }
            _ => None,
        };
        if let Some(step) = step {
            if found.replace(step).is_some() {
                return None;
            }
            number = None;
        } else if digits == word.len() && found.is_none() {
            number = Some(word.parse::<i64>().ok()?);
        } else if wording::is_one(word) && found.is_none() {
            number = Some(1);
        } else if !wording::is_filler(word) {
            return None;
        }
    }
    let (count, unit) = found?;
    let (length, precision) = match unit {
        Unit::Second => (1000, Precision::Minute),
        Unit::Minute => (60_000, Precision::Minute),
        Unit::Hour => (3_600_000, Precision::Hour),
        Unit::Day => (DAY_MS, Precision::Day),
        Unit::Week => (7 * DAY_MS, Precision::Day),
        Unit::Month => (30 * DAY_MS, Precision::Day),
        Unit::Year => (365 * DAY_MS, Precision::Day),
    };
    (count <= 100_000).then_some(())?;
    let published = Published { at: now_ms.checked_sub(count * length)?, precision };
    // Months and years are counted by the calendar, which drifts from these lengths the more of them there are.
    let drift = if matches!(unit, Unit::Month | Unit::Year) { count * length / 30 } else { 0 };
    Some(Said { published, within: length + drift })
}

/// "Jan 27, 2026 at 1:28 AM", "27 de enero de 2026", "8 abr." (the last one before now).
fn written(words: &[&str], now_ms: i64) -> Option<Published> {
    let month = words.iter().find_map(|word| wording::month(word))?;
    let (mut day, mut year, mut clock, mut afternoon) = (None, None, None, None);
    let mut zoned = false;
    for word in words {
        if let Some((hours, minutes)) = word.split_once(':') {
            let (minutes, tail) = minutes.split_at(minutes.bytes().take_while(u8::is_ascii_digit).count().min(2));
            clock = clock.or(Some((hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?)));
            afternoon = afternoon.or(half_of_day(tail.trim_start_matches(':')));
        } else if let Ok(number) = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'º', 'ª']).parse::<u32>() {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1990..=2100 if year.is_none() => year = Some(number as i32),
                _ => {}
            }
        } else if matches!(*word, "utc" | "gmt") {
            zoned = true;
        } else {
            afternoon = afternoon.or(half_of_day(word));
        }
    }
    let today = Civil::from_ms(now_ms);
    let date = match year {
        Some(year) => Civil::date(year, month, day?)?,
        // A date without a year is the last such day; a day ahead is another zone's today.
        None => [today.year, today.year - 1]
            .into_iter()
            .filter_map(|year| Civil::date(year, month, day?))
            .find(|date| date.to_ms() <= now_ms.saturating_add(DAY_MS))?,
    };
    let moment = match (clock, afternoon) {
        (None, _) => date,
        (Some((hour, minute)), Some(pm)) => date.at(hour % 12 + if pm { 12 } else { 0 }, minute, 0, 0)?,
        (Some((hour, minute)), None) => date.at(hour, minute, 0, 0)?,
    };
    let precision = if zoned && clock.is_some() { Precision::Minute } else { Precision::Day };
    Some(Published { at: moment.to_ms(), precision })
}

fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar;
    use super::*;
    use proptest::prelude::*;

    /// 2026-11-21T21:30:00Z.
    const NOW: i64 = 1_795_296_600_000;

    #[track_caller]
    fn check(raw: &str, expect: &str, precision: Precision) {
        let read = parse(raw, NOW).map(|p| (calendar::iso(p.at), p.precision));
        assert_eq!(read, Some((expect.to_owned(), precision)), "{raw:?}");
    }

    #[test]
    fn machine_forms() {
        use Precision::*;
        check("2025-04-08T16:31:17.000Z", "2025-04-08T16:31:17Z", Exact);
        check("2026-03-05T01:53:41.845000+0000", "2026-03-05T01:53:41.845Z", Exact);
        check("2026-11-21 21:17:16+00:00 +0000", "2026-11-21T21:17:16Z", Exact);
        check("2026-11-21T22:17:16+01:00", "2026-11-21T21:17:16Z", Exact);
        check("2026-11-21T17:17-0400", "2026-11-21T21:17:00Z", Minute);
        check("2026-11-21", "2026-11-21T00:00:00Z", Day);
        check("2026-11-21T21:17:16", "2026-11-21T21:17:16Z", Day);
        check("1732722946688", "2024-11-27T15:55:46.688Z", Exact);
        check("1732722946", "2024-11-27T15:55:46Z", Exact);
        check("1732722946.5", "2024-11-27T15:55:46.500Z", Exact);
        check("1732722946688123", "2024-11-27T15:55:46.688Z", Exact);
    }

    #[test]
    fn relative_forms() {
        use Precision::*;
        check("6m", "2026-11-21T21:24:00Z", Minute);
        check("6 minutes ago", "2026-11-21T21:24:00Z", Minute);
        check("hace 6 minutos", "2026-11-21T21:24:00Z", Minute);
        check("vor 6 Minuten", "2026-11-21T21:24:00Z", Minute);
        check("il y a 6 minutes", "2026-11-21T21:24:00Z", Minute);
        check("há 6 minutos", "2026-11-21T21:24:00Z", Minute);
        check("just now", "2026-11-21T21:30:00Z", Minute);
        check("an hour ago", "2026-11-21T20:30:00Z", Hour);
        check("vor einer Stunde", "2026-11-21T20:30:00Z", Hour);
        check("il y a une heure", "2026-11-21T20:30:00Z", Hour);
        check("hace 2 h", "2026-11-21T19:30:00Z", Hour);
        check("3d", "2026-11-18T21:30:00Z", Day);
        check("1w •", "2026-11-14T21:30:00Z", Day);
        check("hace un día", "2026-11-20T21:30:00Z", Day);
        check("ayer", "2026-11-20T21:30:00Z", Day);
        check("2 mo", "2026-09-22T21:30:00Z", Day);
        check("1 año", "2025-11-21T21:30:00Z", Day);
        check("2 Tg.", "2026-11-19T21:30:00Z", Day);
        check("3 T.", "2026-11-18T21:30:00Z", Day);
        check("3T", "2026-11-18T21:30:00Z", Day);
        check("1 Wo.", "2026-11-14T21:30:00Z", Day);
        check("2 Wo. •", "2026-11-07T21:30:00Z", Day);
        check("4 Mon.", "2026-07-24T21:30:00Z", Day);
        check("1 J.", "2025-11-21T21:30:00Z", Day);
        check("2J.", "2024-11-21T21:30:00Z", Day);
        check("1 j", "2026-11-20T21:30:00Z", Day);
        check("il y a 2 j.", "2026-11-19T21:30:00Z", Day);
        check("Hace 4 días • Editado •", "2026-11-17T21:30:00Z", Day);
        check("vor 3 Std. (bearbeitet)", "2026-11-21T18:30:00Z", Hour);
        check("il y a 5 min · Modifié", "2026-11-21T21:25:00Z", Minute);
        check("há 2 semanas (editado)", "2026-11-07T21:30:00Z", Day);
        check("vorgestern", "2026-11-19T21:30:00Z", Day);
        check("avant-hier", "2026-11-19T21:30:00Z", Day);
    }

    #[test]
    fn a_day_word_with_a_clock_is_to_the_day() {
        use Precision::*;
        check("Yesterday at 5:12 PM", "2026-11-20T17:12:00Z", Day);
        check("Yesterday, 10:32 pm", "2026-11-20T22:32:00Z", Day);
        check("Today, 4:04 pm", "2026-11-21T16:04:00Z", Day);
        check("Today at 12:05 AM", "2026-11-21T00:05:00Z", Day);
        check("Today 23:50", "2026-11-21T21:30:00Z", Day);
        check("Ayer a las 17:12", "2026-11-20T17:12:00Z", Day);
        check("Ayer a la 1:12 p.\u{A0}m.", "2026-11-20T13:12:00Z", Day);
        check("Ayer, 21:00", "2026-11-20T21:00:00Z", Day);
        check("Hoy, 08:15:30", "2026-11-21T08:15:00Z", Day);
        check("Gestern um 17:12", "2026-11-20T17:12:00Z", Day);
        check("Gestern, 08:30 Uhr", "2026-11-20T08:30:00Z", Day);
        check("Heute, 20:19", "2026-11-21T20:19:00Z", Day);
        check("Hier à 17:12", "2026-11-20T17:12:00Z", Day);
        check("Aujourd’hui à 17h12", "2026-11-21T17:12:00Z", Day);
        check("Ontem às 17:12", "2026-11-20T17:12:00Z", Day);
        check("Hoje, 9h05", "2026-11-21T09:05:00Z", Day);
    }

    #[test]
    fn dates_with_dots_have_the_day_first() {
        use Precision::*;
        check("21.11.2026", "2026-11-21T00:00:00Z", Day);
        check("21.11.2026, 09:12", "2026-11-21T09:12:00Z", Day);
        check("Sa 21.11.2026 09:12 Uhr", "2026-11-21T09:12:00Z", Day);
        check("am 1.2.2026 um 9:05:59", "2026-02-01T09:05:00Z", Day);
    }

    #[test]
    fn what_counts_in_whole_units_may_lie_a_unit_away() {
        let within = |raw| said(raw, NOW).map(|said| said.within / DAY_MS);
        assert_eq!(within("3d"), Some(1));
        assert_eq!(within("2 mo"), Some(32));
        assert_eq!(within("1y"), Some(377));
        assert_eq!(within("2026-11-01"), Some(0));
    }

    #[test]
    fn written_dates_are_to_the_day() {
        use Precision::*;
        check("January 27, 2026 at 1:28 AM", "2026-01-27T01:28:00Z", Day);
        check("12:55 AM · Jan 27, 2026", "2026-01-27T00:55:00Z", Day);
        check("4:31PM Apr 8, 2025 UTC", "2025-04-08T16:31:00Z", Minute);
        check("27 de enero de 2026", "2026-01-27T00:00:00Z", Day);
        check("27 janv. 2026", "2026-01-27T00:00:00Z", Day);
        check("27. Januar 2026, 14:05", "2026-01-27T14:05:00Z", Day);
        check("8 abr.", "2026-04-08T00:00:00Z", Day);
        check("Dec 24", "2025-12-24T00:00:00Z", Day);
        check("Nov 22nd", "2026-11-22T00:00:00Z", Day);
    }

    #[test]
    fn what_is_no_time() {
        for raw in [
            "",
            "Promoted",
            "5",
            "04/08/2025",
            "2025-13-40",
            "2025-02-30T10:00:00Z",
            "hello 5 m there",
            "99:99",
            "1 J",
            "11.21.2026",
            "1.2.26",
            "1.2.2026 3.4.2026",
            "1.2.2026 5",
            "17:12",
            "Yesterday at noon 5:12",
            "Gestern 25:00",
            "Yesterday 15:12 PM",
            "now 5:12",
            "4 Mon 5",
            "v1.2.2026.4",
        ] {
            assert_eq!(parse(raw, NOW), None, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(raw in ".{0,40}", now in any::<i64>()) {
            parse(&raw, now);
        }

        #[test]
        fn shapes_of_times_never_panic(raw in "[0-9]{0,17}[-: T.]?[0-9]{0,9}[a-z]{0,3}( (ene|ago|jan) [0-9]{1,4})?", now in any::<i64>()) {
            parse(&raw, now);
        }

        #[test]
        fn iso_round_trips(ms in 0i64..4_000_000_000_000) {
            prop_assert_eq!(parse(&calendar::iso(ms), NOW), Some(exact(ms)));
        }
    }
}
