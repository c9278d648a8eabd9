//! A promise with a time in a reply that was sent: "we'll call you tomorrow", "te escribiremos antes del viernes". What was
//! promised is due then, which is proposed and never set by itself.
//!
//! English and Spanish. A sentence promises when somebody says what will be done, and names a day, an hour or a span of
//! time for it. Not read: dates in figures, which are mostly about something else ("your order of 3/5").

use serde::{Deserialize, Serialize};

use crate::site::calendar::DAY_MS;

/// Local hour at which a day counts as over.
const CLOSING: i64 = 18;
const HOUR_MS: i64 = 3_600_000;

/// What was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The words that name the time.
    pub words: String,
    /// When it is due, UTC milliseconds.
    pub at: i64,
}

/// The promise in `text` that is due first. `sent`: when it was, UTC milliseconds; `offset`: minutes that local time was
/// ahead of UTC there.
pub fn find(text: &str, sent: i64, offset: i32) -> Option<Promise> {
    let local = sent.saturating_add(i64::from(offset) * 60_000);
    let all = sentences(text).filter_map(|sentence| {
        let words = Words::of(sentence);
        let (from, to, due) = words.time(local)?;
        let said = sentence.get(words.all[from].at..words.all[to].end)?;
        Some(Promise { words: said.to_owned(), at: due.saturating_sub(i64::from(offset) * 60_000) })
    });
    all.min_by_key(|promise| promise.at)
}

/// A point ends a sentence only before a space: 10.30 is one word of it.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |(at, c): &(usize, char)| {
        matches!(c, '!' | '?' | '\n' | ';') || (*c == '.' && text[at + 1..].starts_with(char::is_whitespace))
    };
    let mut cuts: Vec<usize> = text.char_indices().filter(ends).map(|(at, _)| at).collect();
    cuts.push(text.len());
    let mut from = 0;
    cuts.into_iter().map(move |to| {
        let sentence = &text[from..to];
        from = (to + 1).min(text.len());
        sentence
    })
}

struct Word {
    at: usize,
    end: usize,
    low: String,
}

struct Words {
    all: Vec<Word>,
}

/// How sure a sentence is about what is to come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tense {
    /// Spanish says it with the present too: "te llamamos mañana".
    Present,
    Future,
}

/// A time as it is named.
enum Named {
    /// Days from today; the closing hour unless an hour is named.
    Day(i64),
    /// Local milliseconds.
    Exactly(i64),
}

impl Words {
    fn of(sentence: &str) -> Self {
        let mut all: Vec<Word> = Vec::new();
        for (at, c) in sentence.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            match all.last_mut().filter(|word| word.end == at) {
                Some(word) => {
                    word.end = at + c.len_utf8();
                    word.low.extend(c.to_lowercase());
                }
                None => all.push(Word { at, end: at + c.len_utf8(), low: c.to_lowercase().collect() }),
            }
        }
        Self { all }
    }

    /// The word `by` places away from the one at `at`.
    fn near(&self, at: usize, by: isize) -> &str {
        at.checked_add_signed(by).and_then(|at| self.all.get(at)).map_or("", |word| word.low.as_str())
    }

    fn has(&self, at: usize, phrase: &[&str]) -> bool {
        (0isize..).zip(phrase).all(|(by, word)| self.near(at, by) == *word)
    }

    /// Whether somebody says what will be done.
    fn tense(&self) -> Option<Tense> {
        let tense = |(at, word): (usize, &Word)| {
            let low = word.low.as_str();
            let ends = |with: &[&str]| with.iter().any(|end| low.ends_with(end));
            let future = matches!(low, "will" | "ll")
                || self.has(at, &["going", "to"])
                || self.has(at, &["vamos", "a"])
                || self.has(at, &["voy", "a"])
                || (low.len() > 5 && ends(&["ré", "rás", "rá", "rán", "réis"]))
                || (low.len() > 6 && ends(&["remos"]) && !matches!(low, "extremos" | "supremos" | "queremos"));
            let present = low.len() > 5 && ends(&["amos", "emos", "imos"]);
            if future { Some(Tense::Future) } else { present.then_some(Tense::Present) }
        };
        self.all.iter().enumerate().filter_map(tense).max()
    }

    /// First and last word of the time, and when that is, local milliseconds.
    fn time(&self, sent: i64) -> Option<(usize, usize, i64)> {
        let tense = self.tense()?;
        let midnight = sent.div_euclid(DAY_MS) * DAY_MS;
        let hour = (0..self.all.len()).find_map(|at| self.hour(at).map(|(to, minutes)| (at, to, minutes * 60_000)));
        let named = (0..self.all.len()).find_map(|at| self.named(at, sent, tense).map(|(to, named)| (at, to, named)));
        let (from, to, due) = match (named, hour) {
            (Some((from, to, Named::Exactly(due))), _) => (from, to, due),
            (Some((from, to, Named::Day(days))), Some((first, last, time))) => {
                (from.min(first), to.max(last), midnight + days * DAY_MS + time)
            }
            (Some((from, to, Named::Day(days))), None) => {
                let due = midnight + days * DAY_MS + CLOSING * HOUR_MS;
                // Who promises something for today in the evening has until midnight.
                (from, to, if due <= sent { midnight + DAY_MS - 60_000 } else { due })
            }
            (None, Some((first, last, time))) if tense == Tense::Future => {
                (first, last, midnight + time + if midnight + time <= sent { DAY_MS } else { 0 })
            }
            _ => return None,
        };
        (due > sent).then_some((from, to, due))
    }

    /// An hour of the day from the word at `at` on: its last word, and minutes since midnight.
    fn hour(&self, at: usize) -> Option<(usize, i64)> {
        matches!(self.near(at, 0), "by" | "at" | "before" | "until" | "las").then_some(())?;
        let (figures, stuck) = match self.near(at, 1) {
            word if word.ends_with("am") || word.ends_with("pm") => word.split_at(word.len() - 2),
            word => (word.strip_suffix('h').unwrap_or(word), ""),
        };
        let hour: i64 = figures.parse().ok().filter(|hour| *hour < 24)?;
        let minutes: Option<i64> = self.near(at, 2).parse().ok().filter(|minutes| *minutes < 60);
        let mut last = at + 1 + usize::from(minutes.is_some());
        let half = match (stuck, self.near(last, 1)) {
            ("", half @ ("am" | "pm")) => {
                last += 1;
                half
            }
            ("", "h") => {
                last += 1;
                ""
            }
            (half, _) => half,
        };
        // Nobody answers at five in the morning.
        let hour = match half {
            "am" => hour % 12,
            "pm" => hour % 12 + 12,
            _ if hour < 8 => hour + 12,
            _ => hour,
        };
        // "Antes de las 5 respuestas" is no hour.
        let counted = half.is_empty() && minutes.is_none() && self.near(at, 0) != "las" && is_unit(self.near(last, 1));
        (!counted).then_some((last, hour * 60 + minutes.unwrap_or_default()))
    }

    /// A day or a span from the word at `at` on, and its last word.
    fn named(&self, at: usize, sent: i64, tense: Tense) -> Option<(usize, Named)> {
        let (before, word, after) = (self.near(at, -1), self.near(at, 0), self.near(at, 1));
        // Days since Monday.
        let today = (sent.div_euclid(DAY_MS) + 3).rem_euclid(7);
        let friday = if today <= 4 { 4 - today } else { 6 - today };
        let part = matches!(after, "morning" | "afternoon" | "evening" | "mañana" | "tarde" | "noche");
        let (last, named) = match word {
            "today" | "tonight" | "eod" | "hoy" if tense == Tense::Future => (at, Named::Day(0)),
            "this" | "esta" if part && tense == Tense::Future => (at + 1, Named::Day(0)),
            "end" if self.has(at, &["end", "of", "the", "day"]) => (at + 3, Named::Day(0)),
            "end" if self.has(at, &["end", "of", "day"]) => (at + 2, Named::Day(0)),
            "tomorrow" => (at, Named::Day(1)),
            "mañana" if before == "pasado" => (at, Named::Day(2)),
            "mañana" if !matches!(before, "la" | "esta" | "cada" | "de") => (at, Named::Day(1)),
            "this" | "esta" if matches!(after, "week" | "semana") => (at + 1, Named::Day(friday)),
            "next" if after == "week" => (at + 1, Named::Day(friday + 7)),
            "próxima" | "proxima" if after == "semana" => (at + 1, Named::Day(friday + 7)),
            "semana" if self.has(at, &["semana", "que", "viene"]) => (at + 2, Named::Day(friday + 7)),
            _ => match weekday(word) {
                Some(day) => {
                    let others = ["every", "each", "last", "past", "from", "to", "and", "de", "a", "los", "cada", "y"];
                    if others.contains(&before) || after == "pasado" {
                        return None;
                    }
                    (at, Named::Day((day - today + 6).rem_euclid(7) + 1))
                }
                None => return self.span(at, sent),
            },
        };
        Some((last, named))
    }

    /// "In two hours", "within 24 hours", "en 3 días laborables".
    fn span(&self, at: usize, sent: i64) -> Option<(usize, Named)> {
        let count: i64 = match self.near(at, 0) {
            "a" | "an" | "one" | "un" | "una" => 1,
            "two" | "dos" => 2,
            "three" | "tres" => 3,
            figures => figures.parse().ok().filter(|count| (1..=365).contains(count))?,
        };
        let ahead =
            ["in", "within", "next", "under", "en", "dentro", "menos", "próximas", "próximos", "proximas", "máximo"];
        (-4..0).any(|by| ahead.contains(&self.near(at, by))).then_some(())?;
        let mut last = at + 1;
        let mut working = matches!(self.near(last, 0), "business" | "working");
        last += usize::from(working);
        let named = match self.near(last, 0) {
            "minute" | "minutes" | "min" | "minuto" | "minutos" => Named::Exactly(sent + count * 60_000),
            "hour" | "hours" | "hrs" | "h" | "hora" | "horas" => Named::Exactly(sent + count * HOUR_MS),
            "week" | "weeks" | "semana" | "semanas" => Named::Day(count * 7),
            "day" | "days" | "día" | "días" | "dia" | "dias" => {
                if matches!(self.near(last, 1), "hábiles" | "habiles" | "laborables" | "laborable") {
                    (working, last) = (true, last + 1);
                }
                Named::Day(if working { working_days(sent, count) } else { count })
            }
            _ => return None,
        };
        Some((last, named))
    }
}

fn is_unit(word: &str) -> bool {
    ["minute", "hour", "day", "week", "month", "business", "working"].iter().any(|unit| word.starts_with(unit))
}

/// Days from Monday.
fn weekday(word: &str) -> Option<i64> {
    Some(match word {
        "monday" | "lunes" => 0,
        "tuesday" | "martes" => 1,
        "wednesday" | "miércoles" | "miercoles" => 2,
        "thursday" | "jueves" => 3,
        "friday" | "viernes" => 4,
        "saturday" | "sábado" | "sabado" => 5,
        "sunday" | "domingo" => 6,
        _ => return None,
    })
}

/// Days until so many of them were neither Saturday nor Sunday.
fn working_days(sent: i64, mut count: i64) -> i64 {
    let mut days = 0;
    while count > 0 {
        days += 1;
        count -= i64::from((sent.div_euclid(DAY_MS) + days + 3).rem_euclid(7) < 5);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::calendar::Civil;

    /// A Wednesday, ten in the morning, where local time is UTC.
    fn sent() -> i64 {
        let day = Civil::date(2026, 3, 11).and_then(|day| day.at(10, 0, 0, 0));
        day.map(Civil::to_ms).unwrap_or_default()
    }

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, &str)>) {
        let found = find(text, sent(), 0);
        let found = found.as_ref().map(|promise| (promise.words.as_str(), crate::site::calendar::iso(promise.at)));
        assert_eq!(found, expect.map(|(words, at)| (words, format!("2026-03-{at}:00Z"))), "{text}");
    }

    #[test]
    fn promises_in_english() {
        check("We'll call you tomorrow.", Some(("tomorrow", "12T18:00")));
        check("Hi Ana. I’ll get back to you by Friday! Thanks", Some(("Friday", "13T18:00")));
        check("You will hear from us today", Some(("today", "11T18:00")));
        check("We will reply here by 5 pm today.", Some(("by 5 pm today", "11T17:00")));
        check("We'll let you know before 9:30.", Some(("before 9:30", "12T09:30")));
        check("We'll answer within 24 hours.", Some(("24 hours", "12T10:00")));
        check("It'll be fixed in two business days", Some(("two business days", "13T18:00")));
        check(
            "We'll refund you within 3 working days, on Wednesday at the latest.",
            Some(("3 working days", "16T18:00")),
        );
        check("Our team will look at it this week.", Some(("this week", "13T18:00")));
        check("We'll write by the end of the day", Some(("end of the day", "11T18:00")));
        check("We'll call you on Wednesday", Some(("Wednesday", "18T18:00")));
    }

    #[test]
    fn promises_in_spanish() {
        check("Te escribiremos mañana por la mañana.", Some(("mañana", "12T18:00")));
        check("Te llamamos mañana, Ana.", Some(("mañana", "12T18:00")));
        check("Lo tendrás el viernes.", Some(("viernes", "13T18:00")));
        check("Vamos a revisarlo hoy", Some(("hoy", "11T18:00")));
        check("Lo miraremos pasado mañana", Some(("mañana", "13T18:00")));
        check("Te responderemos antes de las 17:30 h", Some(("las 17:30 h", "11T17:30")));
        check("Recibirás el reembolso en 3 días hábiles", Some(("3 días hábiles", "16T18:00")));
        check("En menos de una hora te daremos una respuesta", Some(("una hora", "11T11:00")));
        check("Te contestaremos la semana que viene", Some(("semana que viene", "20T18:00")));
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "Thanks for your message today!",
            "We called you yesterday. It will get better.",
            "We're open on Fridays and closed on Sundays; we will be happy to help.",
            "The shop is open from Monday to Friday.",
            "You will love it.",
            "Abrimos de lunes a viernes por la mañana.",
            "Hoy hemos recibido tu pedido.",
            "Los lunes cerramos.",
            "Los extremos se tocan hoy.",
            "Your order has 24 hours of history.",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_late_hour_has_until_midnight_and_the_first_promise_counts() {
        let evening = sent() + 10 * HOUR_MS;
        let found = find("We'll answer today. We'll refund you on Friday.", evening, 0).unwrap();
        assert_eq!((found.words.as_str(), found.at), ("today", sent() + 14 * HOUR_MS - 60_000));
        // Five hours west it is still the day before.
        let west = find("We'll answer tomorrow", sent() - 8 * HOUR_MS, -300).unwrap();
        assert_eq!(crate::site::calendar::iso(west.at), "2026-03-11T23:00:00Z");
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,80}|((we'll|in|by|a|las|12|99999999999|de|mañana|monday|h|pm|.|é|\u{2009}) ?){0,12}", sent in proptest::num::i64::ANY, offset in -840i32..841) {
            if let Some(promise) = find(&text, sent / 4, offset) {
                proptest::prop_assert!(promise.at > sent / 4 && text.contains(&promise.words));
            }
        }
    }
}
