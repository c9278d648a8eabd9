//! Influence: half of reach, half of resonance, both on a capped logarithm.
//!
//! The blend was measured against human judgement and beats followers, engagement and their ratio alone. What was not
//! seen is unknown, not zero: the score then stands on the known half and carries the range it could lie in.

use serde::{Deserialize, Serialize};

use super::figure::{decimal, short_count};
use super::score::Score;
use crate::message::{Catalogue, Lang, Msg};
use crate::ordered::sort;

/// How many of an author's posts are looked at; whoever collects them keeps the newest.
pub const NEWEST: usize = 20;

/// What pages showed of an author.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// Followers; `None` = not shown.
    pub followers: Option<u64>,
    /// Likes + replies + reposts of each post seen, at most [`NEWEST`], in any order; empty = none seen.
    pub engagements: Vec<f64>,
    /// Posts seen, where `engagements` already sums them up in one figure.
    pub posts_seen: Option<u32>,
    /// Age of the data in days; `None` = not known.
    pub age_days: Option<u32>,
}

/// Where the two logarithms end, as powers of ten; a setting of each network.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Caps {
    /// Followers that count as full reach.
    pub reach: f64,
    /// Reactions to a usual post that count as full resonance.
    pub resonance: f64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { reach: 6.0, resonance: 4.0 }
    }
}

/// How far the score can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// An author's influence with all that its sentence needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    /// The mean of both halves, or the known one; `None` when neither is known.
    pub score: Option<Score>,
    /// How many can be reached.
    pub reach: Option<Score>,
    /// How many react.
    pub resonance: Option<Score>,
    /// Lowest score that fits what was seen.
    pub low: Score,
    /// Highest score that fits what was seen.
    pub high: Score,
    /// How far to trust it.
    pub confidence: Confidence,
    /// Followers as seen.
    pub followers: Option<u64>,
    /// Reactions to the middle post.
    pub median: Option<f64>,
    /// Posts seen.
    pub posts: u32,
    /// Age of the data in days.
    pub age_days: Option<u32>,
}

/// Scores an author.
///
/// ```
/// use rejoinder::people::{Caps, Seen, influence};
/// let seen = Seen { followers: Some(12_400), engagements: vec![24.0; 6], ..Seen::default() };
/// assert_eq!(influence(&seen, Caps::default()).score.map(|s| s.rounded()), Some(52));
/// ```
pub fn influence(seen: &Seen, caps: Caps) -> Influence {
    let median = median(&seen.engagements);
    let posts = seen.posts_seen.unwrap_or(u32::try_from(seen.engagements.len()).unwrap_or(u32::MAX));
    let reach = seen.followers.map(|followers| on_scale(followers as f64, caps.reach));
    let resonance = median.map(|median| on_scale(median, caps.resonance));
    let nothing = Score::default();
    let (score, low, high) = match (reach, resonance) {
        (Some(r), Some(e)) => (Some(r.midway(e)), r.midway(e), r.midway(e)),
        (Some(known), None) | (None, Some(known)) => (Some(known), known.midway(nothing), known.midway(Score::MOST)),
        (None, None) => (None, nothing, Score::MOST),
    };
    let old = seen.age_days.is_some_and(|days| days > 30);
    let confidence = match posts {
        _ if seen.followers.is_none() || median.is_none() || old => Confidence::Low,
        0..3 => Confidence::Low,
        3..10 => Confidence::Medium,
        _ => Confidence::High,
    };
    let (followers, age_days) = (seen.followers, seen.age_days);
    Influence { score, reach, resonance, low, high, confidence, followers, median, posts, age_days }
}

/// log10(1 + count) as a share of `cap`.
fn on_scale(count: f64, cap: f64) -> Score {
    Score::new(100.0 * (1.0 + count.max(0.0)).log10() / cap)
}

/// The middle value, or the mean of the middle two: one viral post barely moves it.
fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sort(&mut sorted, f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    Some(f64::midpoint(*lower, upper))
}

impl Influence {
    /// The score in one sentence with its arithmetic. Figures are rounded so that the halves shown make the total shown.
    pub fn explanation(&self, lang: Lang) -> Msg {
        let words = Catalogue::of(lang);
        let followers = self.followers.map(|n| counted("people_followers", n, short_count(n, lang), lang));
        let followers = followers.map(|what| self.with_age(what, lang));
        let mut posts = counted("people_posts", self.posts.into(), self.posts.to_string(), lang);
        if followers.is_none() {
            posts = self.with_age(posts, lang);
        }
        let (reach, resonance) = self.shown_halves();
        let key = match (self.reach, self.resonance) {
            (Some(_), Some(_)) => "people_influence",
            (Some(_), None) => "people_influence_reach_only",
            (None, Some(_)) => "people_influence_resonance_only",
            (None, None) => return Msg::new("people_influence_unknown"),
        };
        let mut msg = Msg::new(key)
            .with("score", self.score.unwrap_or_default().rounded())
            .with("confidence", words.word(self.confidence.key()));
        if let Some(followers) = followers {
            msg = msg.with("reach", reach).with("followers", followers);
        }
        if let Some(median) = self.median {
            msg = msg.with("resonance", resonance).with("posts", posts).with("median", figure(median, lang));
        }
        if self.reach.is_none() || self.resonance.is_none() {
            msg = msg.with("low", self.low.rounded()).with("high", self.high.rounded());
        }
        msg
    }

    /// A figure with the age of the data, where that is known.
    fn with_age(&self, what: String, lang: Lang) -> String {
        let say = |msg: Msg| Catalogue::of(lang).say(&msg);
        match self.age_days {
            None => what,
            Some(0) => say(Msg::new("people_seen_today").with("what", what)),
            Some(days) => {
                let days = counted("people_days", days.into(), days.to_string(), lang);
                say(Msg::new("people_seen_days").with("what", what).with("days", days))
            }
        }
    }

    /// Both halves as whole numbers whose mean rounds to the score shown; the one nearer to its neighbour gives way.
    fn shown_halves(&self) -> (u8, u8) {
        let (Some(reach), Some(resonance)) = (self.reach, self.resonance) else {
            return (self.reach.unwrap_or_default().rounded(), self.resonance.unwrap_or_default().rounded());
        };
        let total = reach.midway(resonance).rounded();
        let (mut r, mut e) = (reach.rounded(), resonance.rounded());
        let mean = |r: u8, e: u8| (u16::from(r) + u16::from(e)).div_ceil(2);
        if mean(r, e) > u16::from(total) {
            // Both were rounded up.
            if reach.value() - f64::from(r) <= resonance.value() - f64::from(e) { r -= 1 } else { e -= 1 }
        } else if mean(r, e) < u16::from(total) {
            if reach.value() - f64::from(r) >= resonance.value() - f64::from(e) { r += 1 } else { e += 1 }
        }
        (r, e)
    }
}

impl Confidence {
    /// Its words in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "people_confidence_low",
            Self::Medium => "people_confidence_medium",
            Self::High => "people_confidence_high",
        }
    }
}

fn figure(value: f64, lang: Lang) -> String {
    if value < 1_000.0 { decimal(value, lang) } else { short_count(value.round() as u64, lang) }
}

/// A number with its noun in the right form: `<key>_one` or `<key>`.
fn counted(key: &str, count: u64, shown: String, lang: Lang) -> String {
    let key = if count == 1 { format!("{key}_one") } else { key.to_owned() };
    Catalogue::of(lang).say(&Msg::new(key).with("n", shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen_author(followers: impl Into<Option<u64>>, engagements: &[f64]) -> Seen {
        Seen { followers: followers.into(), engagements: engagements.to_vec(), ..Seen::default() }
    }

    fn say(seen: &Seen, lang: Lang) -> String {
        Catalogue::of(lang).say(&influence(seen, Caps::default()).explanation(lang))
    }

    #[track_caller]
    fn check_score(followers: impl Into<Option<u64>>, engagements: &[f64], expect: Option<f64>) {
        let score = influence(&seen_author(followers, engagements), Caps::default()).score;
        assert_eq!(score.map(|s| (s.value() * 100.0).round() / 100.0), expect);
    }

    #[test]
    fn the_formula() {
        check_score(12_400, &[24.0; 6], Some(51.59));
        check_score(999_999, &[9_999.0], Some(100.0));
        check_score(0, &[0.0], Some(0.0));
        check_score(1_000, &[], Some(50.01));
        check_score(None, &[9.0], Some(25.0));
        check_score(None, &[], None);
    }

    #[test]
    fn unknown_is_a_range_and_not_zero() {
        let known = influence(&seen_author(999_999, &[]), Caps::default());
        assert_eq!((known.low.value(), known.high.value()), (50.0, 100.0));
        let zero = influence(&seen_author(999_999, &[0.0, 0.0, 0.0]), Caps::default());
        assert_eq!(zero.score.unwrap().value(), 50.0);
        assert!(known.score > zero.score);
    }

    #[test]
    fn confidence_follows_posts_followers_and_age() {
        let confidence = |seen: &Seen| influence(seen, Caps::default()).confidence;
        assert_eq!(confidence(&seen_author(10, &[1.0; 2])), Confidence::Low);
        assert_eq!(confidence(&seen_author(10, &[1.0; 3])), Confidence::Medium);
        assert_eq!(confidence(&seen_author(10, &[1.0; 10])), Confidence::High);
        assert_eq!(confidence(&seen_author(None, &[1.0; 10])), Confidence::Low);
        assert_eq!(confidence(&seen_author(10, &[])), Confidence::Low);
        let old = |days| Seen { age_days: Some(days), ..seen_author(10, &[1.0; 10]) };
        assert_eq!((confidence(&old(30)), confidence(&old(31))), (Confidence::High, Confidence::Low));
        let summed = Seen { posts_seen: Some(6), ..seen_author(10, &[24.0]) };
        assert_eq!(confidence(&summed), Confidence::Medium);
    }

    #[test]
    fn the_sentence_shows_its_arithmetic() {
        let seen = Seen { age_days: Some(0), ..seen_author(12_400, &[24.0; 6]) };
        assert_eq!(
            say(&seen, Lang::En),
            "Influence 52 (medium confidence) = half of reach 68 (12.4k followers, seen today) + half of resonance 35 \
             (median 24 reactions on 6 posts)."
        );
        assert_eq!(
            say(&seen, Lang::Es),
            "Influencia 52 (confianza media) = mitad del alcance 68 (12,4 mil seguidores, datos de hoy) + mitad de la \
             resonancia 35 (mediana de 24 reacciones en 6 publicaciones)."
        );
        assert_eq!(
            say(&seen_author(1, &[]), Lang::En),
            "Influence about 5, somewhere from 3 to 53 (low confidence): reach 5 (1 follower); no reactions seen yet."
        );
        assert_eq!(
            say(&Seen { age_days: Some(3), ..seen_author(None, &[3.0, 4.0]) }, Lang::En),
            "Influence about 16, somewhere from 8 to 58 (low confidence): resonance 16 (median 3.5 reactions on 2 posts, \
             seen 3 days ago); followers not seen yet."
        );
        assert_eq!(
            say(&seen_author(None, &[]), Lang::Es),
            "Influencia desconocida: aún no se han visto ni seguidores ni reacciones."
        );
    }
}
