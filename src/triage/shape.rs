//! How a post is written, apart from its words: what of it each [`Shape`] counts.

use std::ops::Range;

use super::cue::Shape;
use super::plain::Plain;
use crate::voice::mask::MaskKind;

/// Words in a quotation that still sounds doubtful: "premium", "customer service".
const QUOTED: usize = 2;
/// Capitals that a word needs to be shouted; shorter ones are mostly names of things.
const SHOUTED: usize = 4;
/// Digits of a telephone number.
const TELEPHONE: Range<usize> = 9..16;
/// Words that make a post longer by one.
const DOZEN: usize = 12;
/// Words before a handle that still begin with it: "Hey @acme", "So now @acme".
const GREETING: usize = 2;
/// What stands for a handle in exports without names.
const NAMELESS: [&str; 3] = ["<user>", "[user]", "<handle>"];
/// Hosts that networks put into posts by themselves, for pictures and quoted posts.
const OWN_LINKS: [&str; 5] = ["t.co/", "pic.twitter.com", "twitter.com/", "x.com/", "pbs.twimg.com"];

/// What was counted, by shape.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Shapes([usize; Shape::ALL.len()]);

impl Shapes {
    /// Counts in `raw`, of which `plain` was made.
    pub fn of(raw: &str, plain: &Plain) -> Self {
        let text = plain.text.as_str();
        let masked = |kind: MaskKind| plain.masks.iter().filter(move |mask| mask.kind == kind);
        let questions = runs(text, '?');
        let mut shapes = Self::default();
        let mut put = |shape: Shape, count: usize| shapes.0[shape as usize] = count;
        let begins = |at: usize| text[..at].split_whitespace().count() <= GREETING;
        let named = masked(MaskKind::Handle).any(|mask| begins(mask.start));
        let nameless = NAMELESS.iter().any(|sign| text.find(sign).is_some_and(begins));
        put(Shape::Addressed, usize::from(named || nameless));
        put(Shape::Question, usize::from(questions.0 > 0));
        put(Shape::Insistent, questions.1 + (questions.0 / 3) + text.matches("!?").count());
        put(Shape::Exclaimed, runs(text, '!').0);
        put(Shape::Shouted, shouted(raw));
        put(Shape::Stretched, plain.stretched);
        put(Shape::Trailing, text.matches("..").count().min(runs(text, '.').1) + text.matches('…').count());
        put(Shape::Quoted, quoted(text));
        let own = |at: &Range<usize>| {
            let link = text[at.clone()].trim_start_matches("https://").trim_start_matches("http://");
            OWN_LINKS.iter().any(|host| link.starts_with(host))
        };
        put(Shape::Link, masked(MaskKind::Url).filter(|mask| !own(&(mask.start..mask.end))).count());
        put(Shape::Contact, masked(MaskKind::Email).count() + telephones(text));
        put(Shape::Money, money(text));
        put(Shape::Length, text.split_whitespace().count() / DOZEN);
        shapes
    }

    /// How often `shape` was found.
    pub fn count(&self, shape: Shape) -> usize {
        self.0[shape as usize]
    }
}

/// Runs of `mark`, and those of them that are longer than one.
fn runs(text: &str, mark: char) -> (usize, usize) {
    let (mut all, mut long, mut run) = (0, 0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        all += usize::from(run == 1);
        long += usize::from(run == 2);
    }
    (all, long)
}

/// Words in capitals, but handles, tags and addresses.
fn shouted(raw: &str) -> usize {
    let words = raw.split_whitespace().filter(|word| !word.starts_with(['@', '#']) && !word.contains("://"));
    let is_shouted = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters >= SHOUTED && !word.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
    };
    words.filter(is_shouted).count()
}

/// Quotations of a word or two.
fn quoted(text: &str) -> usize {
    let inside = text.split('"').skip(1).step_by(2);
    let closed = text.matches('"').count() / 2;
    inside.take(closed).filter(|words| (1..=QUOTED).contains(&words.split_whitespace().count())).count()
}

/// Numbers as long as a telephone's, however they are grouped.
fn telephones(text: &str) -> usize {
    let grouped = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '.');
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    text.split(|c| !grouped(c)).filter(|part| TELEPHONE.contains(&digits(part))).count()
}

/// Sums: a figure beside the sign of a currency.
fn money(text: &str) -> usize {
    let is_sign = |c: char| matches!(c, '$' | '£' | '€');
    let beside = |(at, c): (usize, char)| {
        let before = text[..at].trim_end().chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let after = text[at + c.len_utf8()..].trim_start().chars().next().is_some_and(|c| c.is_ascii_digit());
        before || after
    };
    text.char_indices().filter(|(_, c)| is_sign(*c)).filter(|place| beside(*place)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expect: &[(Shape, usize)]) {
        let shapes = Shapes::of(raw, &Plain::new(raw));
        let found: Vec<_> =
            Shape::ALL.into_iter().map(|shape| (shape, shapes.count(shape))).filter(|(_, count)| *count > 0).collect();
        assert_eq!(found, expect, "{raw}");
    }

    #[test]
    fn how_a_post_is_written() {
        use Shape::{
            Addressed, Contact, Exclaimed, Insistent, Length, Link, Money, Question, Quoted, Shouted, Stretched,
            Trailing,
        };
        check("", &[]);
        check("@acme hi", &[(Addressed, 1)]);
        check("hi @acme", &[(Addressed, 1)]);
        check("<user> hi", &[(Addressed, 1)]);
        check("I am with you all, @acme", &[]);
        check("where is it?", &[(Question, 1)]);
        check("where is it?? why?", &[(Question, 1), (Insistent, 1)]);
        check("no! way!!", &[(Exclaimed, 2)]);
        check("FIX this DM me @ACME #FAIL", &[]);
        check("THIS IS WORSE 4GHZ", &[(Shouted, 2)]);
        check("sooo good", &[(Stretched, 1)]);
        check("well... ok… a.b", &[(Trailing, 2)]);
        check("your \"premium\" plan", &[(Quoted, 1)]);
        check("he said \"we will call you back\"", &[]);
        check("see https://t.co/abc", &[]);
        check("see http://shop.example/abc", &[(Link, 1)]);
        check("a@b.com or +44 20 7946 0958", &[(Contact, 2)]);
        check("£12, 30 € and $ 5, a $ sign", &[(Money, 3)]);
        check(&"word ".repeat(25), &[(Length, 2)]);
    }
}
