//! A rule as the engine uses it: what it says, when it speaks, and what it looks for. Reading rules from files is
//! [`super::pack`]'s work.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;
use crate::message::Lang;

/// How much a finding weighs. Order: worst last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Could be better.
    #[default]
    Suggestion,
    /// Should be changed.
    Warning,
    /// Must not be sent like this: the send gate holds it.
    Error,
}

impl Severity {
    /// `suggestion`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A pack's own words, in each language of the interface. In a file: a table `{ en = "…", es = "…" }`, or one string
/// for both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WordsForm")]
#[allow(missing_docs)]
pub struct Words {
    pub en: String,
    pub es: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WordsForm {
    Both(String),
    Each { en: String, es: String },
}

impl From<WordsForm> for Words {
    fn from(form: WordsForm) -> Self {
        match form {
            WordsForm::Both(text) => Self { en: text.clone(), es: text },
            WordsForm::Each { en, es } => Self { en, es },
        }
    }
}

impl Words {
    /// The words in `lang`.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }

    #[cfg(any(feature = "cli", feature = "exchange"))]
    pub(super) fn is_blank(&self) -> bool {
        self.en.trim().is_empty() || self.es.trim().is_empty()
    }
}

/// What a rule says of itself; shared by all its findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Unique over all packs: `en.promise.guarantee`.
    pub id: String,
    /// A name for lists.
    pub name: Words,
    /// One sentence at the finding; may hold `$MATCH$`, `$FIX$`, `$COUNT$`, `$LIMIT$`.
    pub message: Words,
    /// Why it matters.
    pub why: Words,
    /// Where to read more.
    pub link: Option<String>,
    /// How much its findings weigh.
    pub severity: Severity,
    /// Its only fix says the same in other words: nobody has to think before taking it.
    pub sure: bool,
    /// It finds hostility in the reply itself: a pause before sending is suggested.
    pub cool_down: bool,
    /// Where they weigh otherwise, by network.
    pub severity_by_network: BTreeMap<String, Severity>,
}

impl About {
    /// How much a finding weighs on this network.
    pub fn severity_on(&self, network: Option<&str>) -> Severity {
        network.and_then(|on| self.severity_by_network.get(on)).copied().unwrap_or(self.severity)
    }
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it says of itself.
    pub about: Arc<About>,
    /// On unless switched off.
    pub on: bool,
    /// Speaks only on these networks; empty = on all.
    pub networks: Vec<String>,
    /// Speaks only where everyone can read.
    pub public_only: bool,
    /// When it speaks at all.
    pub when: When,
    /// Shorter replies are left alone; in characters.
    pub min_chars: usize,
    /// Phrases inside which it is silent.
    pub except: Vec<String>,
    /// Words that silence it, and how near they must stand.
    pub unless: Vec<String>,
    /// Where `unless` is looked for.
    pub unless_in: Reach,
    /// What it looks for.
    pub kind: Kind,
    /// What it finds and what it leaves alone.
    pub examples: Examples,
}

impl Rule {
    /// True on every network, for most rules.
    pub(super) fn speaks_on(&self, network: Option<&str>) -> bool {
        self.networks.is_empty() || network.is_some_and(|on| self.networks.iter().any(|one| one == on))
    }
}

/// What must be the case around a reply before a rule speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The post answered is of one of these classes, told by the packs' words; empty = any post, or none.
    #[serde(deserialize_with = "one_or_more")]
    pub incoming: Vec<String>,
    /// The post answered is hostile.
    pub incoming_hostile: bool,
    /// A crisis hold is on.
    pub hold: bool,
}

/// One string, or a list of them.
fn one_or_more<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        One(String),
        More(Vec<String>),
    }
    Ok(match Form::deserialize(from)? {
        Form::One(one) => vec![one],
        Form::More(more) => more,
    })
}

/// How far a condition looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The sentence of the match.
    #[default]
    Sentence,
    /// The whole reply.
    Reply,
}

/// What a rule looks for.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One of these phrases.
    Literal {
        /// Phrases.
        tokens: Vec<String>,
        /// Replacements, best first; one empty string = leave the words out.
        fixes: Vec<String>,
    },
    /// A term that has a preferred one.
    Swap {
        /// Term and its replacements, best first.
        pairs: Vec<(String, Vec<String>)>,
    },
    /// A pattern, tried only where one of its phrases stands at its start or behind it.
    Guard {
        /// Those phrases.
        needs: Vec<String>,
        /// The pattern, over folded text.
        pattern: Pattern,
        /// How far before and behind the phrase a match may reach, in bytes of folded text.
        window: usize,
        /// Replacements; `$1` is the first group as written.
        fixes: Vec<String>,
    },
    /// More, or less, of something than is fine.
    Count {
        /// What is counted.
        measure: Measure,
        /// What is fine.
        fine: Band,
    },
    /// These phrases more often than is fine.
    Limit {
        /// Phrases.
        tokens: Vec<String>,
        /// Most that is fine.
        max: usize,
    },
    /// One thing said before another that should come first.
    Order {
        /// What should come first.
        first: Vec<String>,
        /// What it should come before.
        second: Vec<String>,
        /// Silent when nothing of `first` is there at all.
        both: bool,
    },
    /// Ways of saying things that do not mix in one reply, such as tú and usted.
    Either {
        /// Names of the ways.
        ways: Vec<String>,
        /// Phrases, each with its way.
        phrases: Vec<(String, usize)>,
        /// The n-th phrase of each way says the same: it is the fix.
        aligned: bool,
    },
    /// The sum of the weights of the words found, against a band.
    Tone {
        /// Phrases with their weights: above zero one way, below zero the other.
        weights: Vec<(String, i32)>,
        /// Lowest sum that is fine.
        min: Option<i32>,
        /// Highest sum that is fine.
        max: Option<i32>,
    },
    /// The same word twice in a row.
    Repeat {
        /// Only these words; empty = any.
        words: Vec<String>,
    },
    /// The whole reply lacks something.
    Reply {
        /// None of these is there.
        missing: Vec<String>,
        /// Shorter replies are left alone.
        min_words: usize,
        /// Where the finding stands.
        at: Edge,
        /// Replacements; `$MATCH$` is the word the finding stands on.
        fixes: Vec<String>,
    },
    /// One phrase with, or without, another near it.
    Near {
        /// Where the finding stands.
        first: Vec<String>,
        /// What is looked for near it, before or after.
        second: Vec<String>,
        /// How near, in bytes of folded text.
        within: usize,
        /// True: speaks when `second` is near; false: when it is not.
        present: bool,
    },
    /// Data of a person.
    Data {
        /// Which.
        what: Vec<DataKind>,
    },
    /// Words that no dictionary knows: who has one asks [`super::Checker::spelling`] for the rule.
    Spelling,
}

impl Kind {
    /// Its fixes say the same in other words, unless its rule says otherwise.
    #[cfg(any(feature = "cli", feature = "exchange"))]
    pub(super) fn is_sure(&self) -> bool {
        matches!(
            self,
            Self::Swap { .. } | Self::Count { .. } | Self::Repeat { .. } | Self::Either { aligned: true, .. }
        )
    }

    /// It may speak though none of its phrases is there.
    pub(super) fn always(&self) -> bool {
        matches!(
            self,
            Self::Count { .. } | Self::Repeat { .. } | Self::Reply { .. } | Self::Data { .. } | Self::Tone { .. }
        )
    }
}

/// What [`Kind::Count`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Exclamation marks in a row.
    ExclamationRun,
    /// Exclamations in the whole reply; a run is one.
    Exclamations,
    /// Question marks in a row.
    QuestionRun,
    /// Words in capitals in a row.
    CapsRun,
    /// The same letter in a row ("sooooo").
    LetterRun,
    /// Full stops in a row, beyond an ellipsis.
    DotRun,
    /// Emoji in the reply.
    Emoji,
    /// Hashtags in the reply.
    Tags,
    /// Characters as people count them.
    Length,
    /// Characters as X counts them.
    LengthX,
    /// Words in a sentence.
    SentenceWords,
    /// Words in the reply.
    Words,
    /// How easy it reads, 0 to 100, long replies only: Flesch in English, Fernández Huerta in Spanish.
    ReadingEase,
    /// The same on the INFLESZ scale (Szigriszt-Pazos), Spanish only.
    Inflesz,
}

/// From where to where a count is fine, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Least that is fine.
    pub min: usize,
    /// Most that is fine.
    pub max: usize,
}

/// Where a finding about the whole reply stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// On the first word.
    Start,
    /// On the last word.
    #[default]
    End,
}

/// Data of a person that [`Kind::Data`] finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// Payment card number: 13 to 19 digits with a right check digit.
    Card,
    /// Bank account number with a right check.
    Iban,
    /// Spanish DNI or NIE with its right letter.
    Dni,
    /// E-mail address that is not a department's.
    Email,
    /// Mobile number, Spanish or British.
    Mobile,
}

/// Texts that show a rule at work; they run as tests.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// It speaks here.
    pub bad: Vec<Example>,
    /// It is silent here.
    pub good: Vec<Example>,
}

/// One text of [`Examples`]. In a file: a string, or a table where the surroundings matter.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "ExampleForm")]
pub struct Example {
    /// The reply.
    pub text: String,
    /// The post it answers.
    pub incoming: Option<String>,
    /// The network it is on.
    pub network: Option<String>,
    /// Written where only two people read.
    pub private: bool,
    /// A crisis hold is on; `None` = as the rule needs it.
    pub hold: Option<bool>,
    /// The text once the first fix is applied.
    pub becomes: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ExampleForm {
    Text(String),
    Full(ExampleTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleTable {
    text: String,
    incoming: Option<String>,
    network: Option<String>,
    #[serde(default)]
    private: bool,
    hold: Option<bool>,
    becomes: Option<String>,
}

impl From<ExampleForm> for Example {
    fn from(form: ExampleForm) -> Self {
        match form {
            ExampleForm::Text(text) => Self { text, ..Self::default() },
            ExampleForm::Full(ExampleTable { text, incoming, network, private, hold, becomes }) => {
                Self { text, incoming, network, private, hold, becomes }
            }
        }
    }
}
