//! Buzz or crisis? The second gate behind a spike.
//!
//! Many mentions may be a joke that travels. A crisis has several people in it, and either far more of them complain than
//! the week before would suggest, or some speak of grave things. What passes is proposed to people, never imposed.

use crate::message::Msg;
use crate::ordered::sort;

/// People without whom nothing is a crisis.
const AUTHORS: usize = 3;
/// People whose grave words make one.
const SEVERE_AUTHORS: usize = 2;
/// Chance below which a share of complaints is no coincidence.
const CHANCE: f64 = 0.01;

/// A post of the spike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard<'a> {
    /// Who wrote it: network and handle, or whatever tells people apart.
    pub author: &'a str,
    /// A complaint, or otherwise against the brand.
    pub is_negative: bool,
    /// Holds words of injury, safety, law, fraud, …
    pub is_severe: bool,
}

/// Posts of the seven days before the spike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// Complaints and other negative ones.
    pub negative: u32,
    /// All.
    pub total: u32,
}

/// What the gate found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Different people in the spike.
    pub authors: u32,
    /// Those with grave words.
    pub severe_authors: u32,
    /// Negative posts.
    pub negative: u32,
    /// All posts.
    pub total: u32,
    /// Chance of that many negative ones, had the week's share held; `None` = nothing is known of the week.
    pub chance: Option<f64>,
    /// The week's share, 0 to 1.
    pub usual: Option<f64>,
}

impl Verdict {
    /// A hold should be proposed.
    pub fn is_crisis(&self) -> bool {
        self.authors as usize >= AUTHORS && (self.is_souring() || self.is_grave())
    }

    /// Far more complain than usual.
    pub fn is_souring(&self) -> bool {
        self.chance.is_some_and(|chance| chance < CHANCE)
    }

    /// Several people speak of grave things.
    pub fn is_grave(&self) -> bool {
        self.severe_authors as usize >= SEVERE_AUTHORS
    }

    /// Why, or why not, a line for each of its conditions.
    pub fn reasons(&self) -> Vec<Msg> {
        let percent = |share: f64| (share * 100.0).round();
        let people = Msg::new("spike_crisis_authors").with("authors", self.authors).with("least", AUTHORS);
        let grave = Msg::new("spike_crisis_severe").with("authors", self.severe_authors).with("least", SEVERE_AUTHORS);
        let share = match (self.usual, self.chance) {
            (Some(usual), Some(chance)) => {
                let now = percent(f64::from(self.negative) / f64::from(self.total.max(1)));
                let key = if chance < CHANCE { "spike_crisis_share" } else { "spike_crisis_share_usual" };
                Msg::new(key).with("now", now).with("usual", percent(usual))
            }
            _ => Msg::new("spike_crisis_share_unknown"),
        };
        vec![people, share.with("negative", self.negative).with("total", self.total), grave]
    }
}

/// Looks at the posts of a spike beside the week before it.
pub fn judge(posts: &[Heard<'_>], week: Week) -> Verdict {
    let different = |of: &dyn Fn(&Heard<'_>) -> bool| {
        let mut authors: Vec<&str> = posts.iter().filter(|post| of(post)).map(|post| post.author).collect();
        sort(&mut authors, Ord::cmp);
        authors.dedup();
        authors.len() as u32
    };
    let (total, negative) = (posts.len() as u32, posts.iter().filter(|post| post.is_negative).count() as u32);
    // A week without a single complaint does not make the first one impossible: the next post could have been one.
    let share = |week: Week| f64::from(week.negative).max(0.5) / f64::from(week.total).max(1.0);
    let usual = (week.total > 0).then(|| share(week).min(1.0));
    let chance = usual.map(|usual| at_least(negative, total, usual));
    Verdict {
        authors: different(&|_| true),
        severe_authors: different(&|p| p.is_severe),
        negative,
        total,
        chance,
        usual,
    }
}

/// Chance of `hits` or more in `tries` of probability `p` (the upper tail of the binomial distribution).
pub fn at_least(hits: u32, tries: u32, p: f64) -> f64 {
    if hits == 0 || p >= 1.0 {
        return 1.0;
    }
    if hits > tries || p <= 0.0 {
        return 0.0;
    }
    let (n, k) = (f64::from(tries), f64::from(hits));
    let odds = p / (1.0 - p);
    // The side of the peak that shrinks is summed, so that no term outgrows the first.
    let (first, from, up) = if k > n * p { (k, hits, true) } else { (k - 1.0, hits - 1, false) };
    let ways: f64 = (1..=from).map(|i| ((n - first + f64::from(i)) / f64::from(i)).ln()).sum();
    let mut term = (ways + first * p.ln() + (n - first) * (1.0 - p).ln()).exp();
    let (mut sum, mut at) = (0.0, first);
    while term > 0.0 && (0.0..=n).contains(&at) {
        sum += term;
        (term, at) = if up {
            (term * (n - at) / (at + 1.0) * odds, at + 1.0)
        } else {
            (term * at / (n - at + 1.0) / odds, at - 1.0)
        };
    }
    if up { sum.min(1.0) } else { (1.0 - sum).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(author: &str, is_negative: bool, is_severe: bool) -> Heard<'_> {
        Heard { author, is_negative, is_severe }
    }

    const CALM: Week = Week { negative: 20, total: 100 };

    #[track_caller]
    fn check(posts: &[Heard<'_>], week: Week, expect: bool) {
        let verdict = judge(posts, week);
        assert_eq!(verdict.is_crisis(), expect, "{verdict:?}");
        assert_eq!(verdict.reasons().len(), 3);
    }

    #[test]
    fn buzz_is_no_crisis() {
        let names: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        let posts = |negative: usize| -> Vec<Heard<'_>> {
            names.iter().enumerate().map(|(at, name)| post(name, at < negative, false)).collect()
        };
        check(&posts(8), CALM, false);
        // Of 40 at one in five: 14 or more have a chance of 0.019, 15 or more 0.0079.
        check(&posts(14), CALM, false);
        check(&posts(15), CALM, true);
        check(&posts(40), Week::default(), false);
    }

    #[test]
    fn it_takes_three_people() {
        let loud: Vec<Heard<'_>> = (0..30).map(|n| post(if n % 2 == 0 { "a" } else { "b" }, true, true)).collect();
        check(&loud, CALM, false);
        check(&[loud, vec![post("c", false, false)]].concat(), CALM, true);
        check(&[], CALM, false);
    }

    #[test]
    fn two_who_speak_of_grave_things_are_enough() {
        let [a, b, c] = [post("a", false, true), post("b", false, true), post("c", false, false)];
        check(&[a, b, c], Week::default(), true);
        check(&[a, a, Heard { is_severe: false, ..b }, c], Week::default(), false);
    }

    #[test]
    fn a_week_without_complaints_does_not_make_the_first_one_impossible() {
        let one = [post("a", true, false), post("b", false, false), post("c", false, false)];
        check(&one, Week { negative: 0, total: 50 }, false);
        check(&one.map(|post| Heard { is_negative: true, ..post }), Week { negative: 0, total: 50 }, true);
    }

    #[test]
    fn the_tail_of_the_binomial_distribution() {
        for (hits, tries, p, expect) in [
            (0, 10, 0.3, 1.0),
            (10, 10, 0.5, 1.0 / 1024.0),
            (1, 3, 0.5, 0.875),
            (2, 3, 0.5, 0.5),
            (1, 1, 0.25, 0.25),
            (11, 10, 0.9, 0.0),
            (1, 10, 0.0, 0.0),
            (10, 10, 1.0, 1.0),
        ] {
            assert!((at_least(hits, tries, p) - expect).abs() < 1e-12, "{hits} of {tries} at {p}");
        }
        // Large samples neither overflow nor vanish.
        assert!((at_least(50_000, 100_000, 0.5) - 0.5).abs() < 0.002);
        assert_eq!(at_least(1_000, 100_000, 0.5), 1.0);
        assert_eq!(at_least(99_000, 100_000, 0.5), 0.0);
    }

    #[test]
    fn the_tail_agrees_with_tries_one_by_one() {
        for (tries, p) in [(1u32, 0.1), (7, 0.37), (40, 0.2), (60, 0.93)] {
            let mut chances = vec![1.0];
            for _ in 0..tries {
                let mut next = vec![0.0; chances.len() + 1];
                for (hits, chance) in chances.iter().enumerate() {
                    next[hits] += chance * (1.0 - p);
                    next[hits + 1] += chance * p;
                }
                chances = next;
            }
            for hits in 0..=tries {
                let expect: f64 = chances[hits as usize..].iter().sum();
                assert!((at_least(hits, tries, p) - expect).abs() < 1e-10, "{hits} of {tries} at {p}");
            }
        }
    }
}
