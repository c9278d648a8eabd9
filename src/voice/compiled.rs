//! Packs as the background reads them: what people write, checked beforehand by whoever has the time, so that the
//! part that must answer at once needs no parser of any file format and no list of mistakes. Examples stay behind.
//!
//! The form is text: numbers end with `;`, strings come after their length in bytes and `:`, lists after their length.
//! Fields have no names; their order is the format, and [`FORMAT`] tells one from another.

use std::sync::Arc;

use super::pack::Pack;
use super::pattern::Pattern;
use super::rule::{About, Band, DataKind, Edge, Examples, Kind, Measure, Reach, Rule, Severity, When, Words};
use crate::ordered::ordered;
use crate::triage::{Cue, Points, Shape};

/// Rises whenever the order of fields changes.
pub const FORMAT: usize = 3;

/// Reads one pack; `None` for anything that [`write`] of this format did not make.
pub fn read(text: &str) -> Option<Pack> {
    let mut source = Source(text);
    let pack = (source.number()? == FORMAT).then(|| source.pack())??;
    source.0.is_empty().then_some(pack)
}

/// Reads several; one of another format is left out.
pub fn read_all(text: &str) -> Vec<Pack> {
    let mut source = Source(text);
    let mut packs = Vec::new();
    while let Some(one) = source.text() {
        packs.extend(read(&one));
    }
    packs
}

/// What is left to read.
struct Source<'a>(&'a str);

impl<'a> Source<'a> {
    fn until(&mut self, mark: char) -> Option<&'a str> {
        let (head, tail) = self.0.split_once(mark)?;
        self.0 = tail;
        Some(head)
    }

    fn number(&mut self) -> Option<usize> {
        self.until(';')?.parse().ok()
    }

    fn signed(&mut self) -> Option<i32> {
        self.until(';')?.parse().ok()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.number()? == 1)
    }

    fn text(&mut self) -> Option<String> {
        let len: usize = self.until(':')?.parse().ok()?;
        let (head, tail) = self.0.split_at_checked(len)?;
        self.0 = tail;
        Some(head.to_owned())
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.number()?;
        // A length that lies allocates nothing.
        let mut all = Vec::with_capacity(len.min(self.0.len()));
        for _ in 0..len {
            all.push(one(self)?);
        }
        Some(all)
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        self.list(Self::text)
    }

    fn maybe(&mut self) -> Option<Option<i32>> {
        Some(if self.flag()? { Some(self.signed()?) } else { None })
    }

    /// One of `all`, by its place.
    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.number()?).copied()
    }

    fn words(&mut self) -> Option<Words> {
        let en = self.text()?;
        let es = self.text()?;
        // Written once where both are the same.
        Some(Words { es: if es.is_empty() { en.clone() } else { es }, en })
    }

    fn pack(&mut self) -> Option<Pack> {
        Some(Pack {
            id: self.text()?,
            name: self.words()?,
            language: self.text()?,
            version: u32::try_from(self.number()?).ok()?,
            on: self.flag()?,
            incoming: ordered(self.list(|it| Some((it.text()?, it.texts()?)))?),
            rules: self.list(|it| it.rule().map(Arc::new))?,
            // Written last, and only where there are some: packs of before there were cues are read too.
            cues: if self.0.is_empty() { Vec::new() } else { self.list(Self::cue)? },
        })
    }

    fn cue(&mut self) -> Option<Cue> {
        Some(Cue {
            id: self.text()?,
            weighs: self.points()?,
            negated: self.points()?,
            most: self.number()?,
            after: self.texts()?,
            shape: if self.flag()? { Some(self.one_of(&Shape::ALL)?) } else { None },
            words: self.texts()?,
        })
    }

    fn points(&mut self) -> Option<Vec<(String, Points)>> {
        self.list(|it| Some((it.text()?, Points::new(it.signed()?))))
    }

    fn rule(&mut self) -> Option<Rule> {
        Some(Rule {
            about: Arc::new(self.about()?),
            on: self.flag()?,
            networks: self.texts()?,
            public_only: self.flag()?,
            when: When { incoming: self.texts()?, incoming_hostile: self.flag()?, hold: self.flag()? },
            min_chars: self.number()?,
            except: self.texts()?,
            unless: self.texts()?,
            unless_in: self.one_of(&REACHES)?,
            kind: self.kind()?,
            examples: Examples::default(),
        })
    }

    fn about(&mut self) -> Option<About> {
        Some(About {
            id: self.text()?,
            name: self.words()?,
            message: self.words()?,
            why: self.words()?,
            link: Some(self.text()?).filter(|link| !link.is_empty()),
            severity: self.one_of(&SEVERITIES)?,
            sure: self.flag()?,
            cool_down: self.flag()?,
            severity_by_network: ordered(self.list(|it| Some((it.text()?, it.one_of(&SEVERITIES)?)))?),
        })
    }

    fn kind(&mut self) -> Option<Kind> {
        Some(match self.number()? {
            0 => Kind::Literal { tokens: self.texts()?, fixes: self.texts()? },
            1 => Kind::Swap { pairs: self.list(|it| Some((it.text()?, it.texts()?)))? },
            2 => Kind::Guard {
                needs: self.texts()?,
                pattern: Pattern::new(self.text()?).ok()?,
                window: self.number()?,
                fixes: self.texts()?,
            },
            3 => Kind::Count {
                measure: self.one_of(&MEASURES)?,
                fine: Band { min: self.number()?, max: self.number()? },
            },
            4 => Kind::Limit { tokens: self.texts()?, max: self.number()? },
            5 => Kind::Order { first: self.texts()?, second: self.texts()?, both: self.flag()? },
            6 => Kind::Either {
                ways: self.texts()?,
                phrases: self.list(|it| Some((it.text()?, it.number()?)))?,
                aligned: self.flag()?,
            },
            7 => Kind::Tone {
                weights: self.list(|it| Some((it.text()?, it.signed()?)))?,
                min: self.maybe()?,
                max: self.maybe()?,
            },
            8 => Kind::Repeat { words: self.texts()? },
            9 => Kind::Reply {
                missing: self.texts()?,
                min_words: self.number()?,
                at: self.one_of(&EDGES)?,
                fixes: self.texts()?,
            },
            10 => Kind::Near {
                first: self.texts()?,
                second: self.texts()?,
                within: self.number()?,
                present: self.flag()?,
            },
            11 => Kind::Data { what: self.list(|it| it.one_of(&DATA))? },
            12 => Kind::Spelling,
            _ => return None,
        })
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Suggestion, Severity::Warning, Severity::Error];
const REACHES: [Reach; 2] = [Reach::Sentence, Reach::Reply];
const EDGES: [Edge; 2] = [Edge::Start, Edge::End];
const DATA: [DataKind; 5] = [DataKind::Card, DataKind::Iban, DataKind::Dni, DataKind::Email, DataKind::Mobile];
const MEASURES: [Measure; 14] = [
    Measure::ExclamationRun,
    Measure::Exclamations,
    Measure::QuestionRun,
    Measure::CapsRun,
    Measure::LetterRun,
    Measure::DotRun,
    Measure::Emoji,
    Measure::Tags,
    Measure::Length,
    Measure::LengthX,
    Measure::SentenceWords,
    Measure::Words,
    Measure::ReadingEase,
    Measure::Inflesz,
];

#[cfg(any(feature = "cli", feature = "exchange"))]
mod write;
#[cfg(any(feature = "cli", feature = "exchange"))]
pub use self::write::{write, write_all};
