//! Whom to look after first: influence, weighed by how well the topic fits and how close somebody is.
//!
//! influence · (0.5 + 0.3 · topic fit + 0.2 · closeness): half counts for everybody, the rest is earned. A proposal for an
//! order of a list, never a judgement of a person; who has no known influence has no place in it.

use super::figure::{decimal, shown_parts};
use super::score::Score;
use crate::message::{Catalogue, Lang, Msg};

/// How well somebody's posts fit our topics, 0 to 1: `matching` of the `seen` posts hold a brand's or market's word. Few
/// posts seen say little: the fit begins at a quarter and moves with each.
pub fn topic_fit(matching: u32, seen: u32) -> f64 {
    (f64::from(matching.min(seen)) + 1.0) / (f64::from(seen) + 4.0)
}

/// A place in the order, with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attention {
    /// What the list is sorted by, 0 to 100; the sum of the parts.
    pub value: f64,
    /// Half of influence.
    pub influence: f64,
    /// What topic fit adds.
    pub topic: f64,
    /// What closeness adds.
    pub closeness: f64,
}

/// Joins the three. `topic` and `closeness` lie between 0 and 1; closeness that is not known adds nothing.
pub fn order(influence: Score, topic: f64, closeness: Option<f64>) -> Attention {
    let share = |value: f64| if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
    let parts = [0.5, 0.3 * share(topic), 0.2 * share(closeness.unwrap_or(0.0))].map(|part| part * influence.value());
    Attention { value: parts.iter().sum(), influence: parts[0], topic: parts[1], closeness: parts[2] }
}

impl Attention {
    /// The sum in one sentence; the parts shown add up to the total shown.
    pub fn explanation(&self, lang: Lang) -> Msg {
        let shown = shown_parts(&[self.influence, self.topic, self.closeness], 1.0);
        let figure = |value: f64| decimal(value, lang);
        let total = figure(shown.iter().sum());
        let names = ["influence", "topic", "closeness"];
        let msg = Msg::new("people_attention").with("total", total);
        names.into_iter().zip(shown).fold(msg, |msg, (name, part)| msg.with(name, figure(part)))
    }

    /// In words.
    pub fn said(&self, lang: Lang) -> String {
        Catalogue::of(lang).say(&self.explanation(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_begin_at_a_quarter() {
        for (matching, seen, expect) in [(0, 0, 0.25), (4, 6, 0.5), (6, 6, 0.7), (0, 16, 0.05), (9, 6, 0.7)] {
            assert!((topic_fit(matching, seen) - expect).abs() < 1e-12, "{matching} of {seen}");
        }
    }

    #[test]
    fn the_order_and_its_parts() {
        let all = order(Score::new(80.0), 0.5, Some(0.81));
        assert!((all.value - 80.0 * (0.5 + 0.15 + 0.162)).abs() < 1e-9);
        assert_eq!(all.said(Lang::En), "65 = 40 for influence + 12 for the topic + 13 for closeness");
        assert_eq!(order(Score::new(80.0), 0.5, None).closeness, 0.0);
        assert_eq!(order(Score::MOST, f64::NAN, Some(7.0)).value, 70.0);
    }
}
