//! Closeness: how much somebody has had to do with us, lately.
//!
//! Every contact weighs by its kind and loses a tenth with each month that passes; the sum is brought between 0 and 1 by
//! 1 − e^(−sum / 6). Who is not in the log has no closeness, which is not a closeness of nought: callers keep `None`.

use serde::{Deserialize, Serialize};

use super::figure::{decimal, shown_parts};
use crate::message::{Catalogue, Lang, Msg};
use crate::site::calendar::DAY_MS;

/// What is left of a contact's weight after a month.
const DECAY: f64 = 0.9;
/// Sum of weights at which closeness passes 0.63.
const DIVISOR: f64 = 6.0;
/// Milliseconds of a month, a twelfth of a year.
const MONTH_MS: i64 = DAY_MS * 487 / 16;

/// What somebody did with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// Liked or reposted us.
    Liked,
    /// Replied to us.
    Replied,
    /// Mentioned us.
    Mentioned,
    /// Praised us.
    Praised,
    /// Answered somebody for us.
    Answered,
    /// Made something about us: an article, a video.
    Made,
    /// Came to an event, or worked with us.
    Met,
}

impl Contact {
    /// Every kind, the heaviest last.
    pub const ALL: [Self; 7] =
        [Self::Liked, Self::Replied, Self::Mentioned, Self::Praised, Self::Answered, Self::Made, Self::Met];

    /// Its weight when it is new.
    pub fn weight(self) -> f64 {
        match self {
            Self::Liked => 1.0,
            Self::Replied => 2.0,
            Self::Mentioned => 3.0,
            Self::Praised => 4.0,
            Self::Answered => 6.0,
            Self::Made => 8.0,
            Self::Met => 11.0,
        }
    }

    /// Whether it was in our favour beyond doubt.
    pub fn is_favour(self) -> bool {
        matches!(self, Self::Praised | Self::Answered | Self::Made)
    }

    fn key(self) -> &'static str {
        match self {
            Self::Liked => "people_contact_liked",
            Self::Replied => "people_contact_replied",
            Self::Mentioned => "people_contact_mentioned",
            Self::Praised => "people_contact_praised",
            Self::Answered => "people_contact_answered",
            Self::Made => "people_contact_made",
            Self::Met => "people_contact_met",
        }
    }
}

/// A contact and when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// What it was.
    pub contact: Contact,
    /// UTC milliseconds.
    pub at: i64,
}

/// All contacts of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The kind.
    pub contact: Contact,
    /// How many.
    pub times: u32,
    /// What they weigh today.
    pub weight: f64,
}

/// Closeness with all that its sentence needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Closeness {
    /// From 0 (nothing) to 1 (never quite).
    pub value: f64,
    /// What all contacts weigh today.
    pub sum: f64,
    /// The kinds that there were, the heaviest kind first.
    pub parts: Vec<Part>,
}

/// Closeness at `now` (UTC milliseconds). Order does not matter; a contact of the future counts as one of today.
pub fn closeness(contacts: &[Dated], now: i64) -> Closeness {
    let mut parts = Vec::new();
    for contact in Contact::ALL.into_iter().rev() {
        // In whole months passed, counted, so that no order of adding can show.
        let mut by_age: Vec<u32> = Vec::new();
        for dated in contacts.iter().filter(|dated| dated.contact == contact) {
            let months = now.saturating_sub(dated.at).max(0) / MONTH_MS;
            // After a hundred years nothing is left.
            let months = months.min(1_200) as usize;
            by_age.resize(by_age.len().max(months + 1), 0);
            by_age[months] += 1;
        }
        let times: u32 = by_age.iter().sum();
        if times > 0 {
            let each = by_age.iter().zip(0..).map(|(times, months)| f64::from(*times) * DECAY.powi(months));
            parts.push(Part { contact, times, weight: contact.weight() * each.sum::<f64>() });
        }
    }
    let sum = parts.iter().map(|part| part.weight).sum::<f64>();
    Closeness { value: 1.0 - (-sum / DIVISOR).exp(), sum, parts }
}

impl Closeness {
    /// The value in one sentence with its arithmetic; the weights shown add up to the sum shown.
    pub fn explanation(&self, lang: Lang) -> Msg {
        if self.parts.is_empty() {
            return Msg::new("people_closeness_none");
        }
        let words = Catalogue::of(lang);
        let weights: Vec<f64> = self.parts.iter().map(|part| part.weight).collect();
        let shown = shown_parts(&weights, 10.0);
        let parts = self.parts.iter().zip(&shown).map(|(part, weight)| {
            let msg = Msg::new(part.contact.key()).with("n", part.times);
            words.say(&msg.with("weight", decimal(*weight, lang)))
        });
        let parts: Vec<String> = parts.collect();
        let value = format!("{:.2}", self.value).replace('.', &words.word("people_decimal_mark"));
        let msg = Msg::new("people_closeness").with("value", value).with("parts", parts.join(", "));
        msg.with("sum", decimal(shown.iter().sum::<f64>(), lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000_000;

    fn ago(contact: Contact, months: f64) -> Dated {
        Dated { contact, at: NOW - (months * MONTH_MS as f64) as i64 }
    }

    #[track_caller]
    fn check(contacts: &[Dated], sum: f64, value: f64) {
        let found = closeness(contacts, NOW);
        assert!((found.sum - sum).abs() < 1e-9 && (found.value - value).abs() < 5e-3, "{found:?}");
        assert!((found.parts.iter().map(|part| part.weight).sum::<f64>() - found.sum).abs() < 1e-9);
    }

    #[test]
    fn weights_fade_by_the_month() {
        use Contact::*;
        check(&[], 0.0, 0.0);
        check(&[ago(Praised, 0.1), ago(Answered, 0.5)], 10.0, 0.81);
        check(&[ago(Liked, 0.0)], 1.0, 0.154);
        check(&[ago(Met, 1.5)], 9.9, 0.808);
        check(&[ago(Made, 12.2), ago(Made, 12.9)], 16.0 * 0.9f64.powi(12), 0.529);
        check(&[ago(Replied, -3.0)], 2.0, 0.283);
        check(&[Dated { contact: Met, at: i64::MIN }], 0.0, 0.0);
        check(&vec![ago(Met, 0.0); 1_000], 11_000.0, 1.0);
    }

    #[test]
    fn the_sentence_adds_up() {
        let contacts = [ago(Contact::Praised, 0.0), ago(Contact::Answered, 0.0), ago(Contact::Liked, 1.0)];
        let found = closeness(&contacts, NOW);
        let say = |lang| Catalogue::of(lang).say(&found.explanation(lang));
        assert_eq!(
            say(Lang::En),
            "Closeness 0.84 = 1 − e^(−10.9 / 6): answered somebody for us ×1 (6), praised us ×1 (4), liked us ×1 (0.9)."
        );
        assert_eq!(
            say(Lang::Es),
            "Cercanía 0,84 = 1 − e^(−10,9 / 6): respondió a alguien por nosotros ×1 (6), nos elogió ×1 (4), le gustamos ×1 \
             (0,9)."
        );
        assert_eq!(closeness(&[], NOW).explanation(Lang::En), Msg::new("people_closeness_none"));
    }
}
