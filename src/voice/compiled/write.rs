//! Writing packs as [`super::read`] reads them; the same order, field by field.

use std::fmt::Write as _;

use super::super::pack::Pack;
use super::super::rule::{About, Kind, Rule, Words};
use super::{DATA, EDGES, FORMAT, MEASURES, REACHES, SEVERITIES};
use crate::triage::{Cue, Points, Shape};

/// Writes a pack for [`super::read`].
pub fn write(pack: &Pack) -> String {
    let mut target = Target(String::new());
    target.number(FORMAT);
    target.pack(pack);
    target.0
}

/// Writes packs for [`super::read_all`].
pub fn write_all(packs: &[Pack]) -> String {
    let mut target = Target(String::new());
    packs.iter().for_each(|pack| target.text(&write(pack)));
    target.0
}

struct Target(String);

impl Target {
    fn number(&mut self, number: usize) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{number};");
    }

    fn signed(&mut self, number: i32) {
        let _ = write!(self.0, "{number};");
    }

    fn flag(&mut self, flag: bool) {
        self.number(usize::from(flag));
    }

    fn text(&mut self, text: &str) {
        let _ = write!(self.0, "{}:{text}", text.len());
    }

    fn list<T>(&mut self, all: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>, one: impl Fn(&mut Self, T)) {
        let all = all.into_iter();
        self.number(all.len());
        all.for_each(|item| one(self, item));
    }

    fn texts(&mut self, all: &[String]) {
        self.list(all, |it, text| it.text(text));
    }

    fn maybe(&mut self, number: Option<i32>) {
        self.flag(number.is_some());
        if let Some(number) = number {
            self.signed(number);
        }
    }

    fn one_of<T: PartialEq>(&mut self, all: &[T], one: &T) {
        self.number(all.iter().position(|known| known == one).unwrap_or(usize::MAX));
    }

    fn words(&mut self, Words { en, es }: &Words) {
        self.text(en);
        self.text(if es == en { "" } else { es });
    }

    fn pack(&mut self, pack: &Pack) {
        self.text(&pack.id);
        self.words(&pack.name);
        self.text(&pack.language);
        self.number(pack.version as usize);
        self.flag(pack.on);
        self.list(&pack.incoming, |it, (class, words)| {
            it.text(class);
            it.texts(words);
        });
        self.list(&pack.rules, |it, rule| it.rule(rule));
        if !pack.cues.is_empty() {
            self.list(&pack.cues, |it, cue| it.cue(cue));
        }
    }

    fn cue(&mut self, cue: &Cue) {
        self.text(&cue.id);
        self.points(&cue.weighs);
        self.points(&cue.negated);
        self.number(cue.most);
        self.texts(&cue.after);
        self.flag(cue.shape.is_some());
        if let Some(shape) = &cue.shape {
            self.one_of(&Shape::ALL, shape);
        }
        self.texts(&cue.words);
    }

    fn points(&mut self, points: &[(String, Points)]) {
        self.list(points, |it, (class, points)| {
            it.text(class);
            it.signed(points.hundredths());
        });
    }

    fn rule(&mut self, rule: &Rule) {
        self.about(&rule.about);
        self.flag(rule.on);
        self.texts(&rule.networks);
        self.flag(rule.public_only);
        self.texts(&rule.when.incoming);
        self.flag(rule.when.incoming_hostile);
        self.flag(rule.when.hold);
        self.number(rule.min_chars);
        self.texts(&rule.except);
        self.texts(&rule.unless);
        self.one_of(&REACHES, &rule.unless_in);
        self.kind(&rule.kind);
    }

    fn about(&mut self, about: &About) {
        self.text(&about.id);
        self.words(&about.name);
        self.words(&about.message);
        self.words(&about.why);
        self.text(about.link.as_deref().unwrap_or_default());
        self.one_of(&SEVERITIES, &about.severity);
        self.flag(about.sure);
        self.flag(about.cool_down);
        self.list(&about.severity_by_network, |it, (network, severity)| {
            it.text(network);
            it.one_of(&SEVERITIES, severity);
        });
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::Literal { tokens, fixes } => {
                self.number(0);
                self.texts(tokens);
                self.texts(fixes);
            }
            Kind::Swap { pairs } => {
                self.number(1);
                self.list(pairs, |it, (term, fixes)| {
                    it.text(term);
                    it.texts(fixes);
                });
            }
            Kind::Guard { needs, pattern, window, fixes } => {
                self.number(2);
                self.texts(needs);
                self.text(pattern.source());
                self.number(*window);
                self.texts(fixes);
            }
            Kind::Count { measure, fine } => {
                self.number(3);
                self.one_of(&MEASURES, measure);
                self.number(fine.min);
                // The background's numbers may be shorter than the ones here.
                self.number(fine.max.min(u32::MAX as usize));
            }
            Kind::Limit { tokens, max } => {
                self.number(4);
                self.texts(tokens);
                self.number(*max);
            }
            Kind::Order { first, second, both } => {
                self.number(5);
                self.texts(first);
                self.texts(second);
                self.flag(*both);
            }
            Kind::Either { ways, phrases, aligned } => {
                self.number(6);
                self.texts(ways);
                self.list(phrases, |it, (phrase, way)| {
                    it.text(phrase);
                    it.number(*way);
                });
                self.flag(*aligned);
            }
            Kind::Tone { weights, min, max } => {
                self.number(7);
                self.list(weights, |it, (phrase, weight)| {
                    it.text(phrase);
                    it.signed(*weight);
                });
                self.maybe(*min);
                self.maybe(*max);
            }
            Kind::Repeat { words } => {
                self.number(8);
                self.texts(words);
            }
            Kind::Reply { missing, min_words, at, fixes } => {
                self.number(9);
                self.texts(missing);
                self.number(*min_words);
                self.one_of(&EDGES, at);
                self.texts(fixes);
            }
            Kind::Near { first, second, within, present } => {
                self.number(10);
                self.texts(first);
                self.texts(second);
                self.number(*within);
                self.flag(*present);
            }
            Kind::Spelling => self.number(12),
            Kind::Data { what } => {
                self.number(11);
                self.list(what, |it, kind| it.one_of(&DATA, kind));
            }
        }
    }
}
