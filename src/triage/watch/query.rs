//! A watch term as a tree, and back into text.

use std::fmt::{self, Display};

use crate::text::fold;

/// What a post must be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Holds a word or phrase.
    Word(Word),
    /// Was written by somebody, in a language, on a network. The value is in lower case, handles without `@`.
    Of(Field, String),
    /// Is not like that.
    Not(Box<Query>),
    /// Is like all of them; two or more.
    All(Vec<Query>),
    /// Is like one of them; two or more.
    Any(Vec<Query>),
    /// Holds one of these words and one of those, with at most so many words between.
    Near(u32, Vec<Word>, Vec<Word>),
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written, single blanks between words. No quotes and no `*`.
    pub text: String,
    /// Words that go on from there match too.
    pub begins: bool,
}

impl Word {
    /// As posts are compared with it.
    pub(super) fn plain(&self) -> String {
        fold::line(&self.text)
    }
}

/// What is asked of a post besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Field {
    Handle,
    Lang,
    Network,
}

impl Field {
    /// The field of that name, in lower case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "handle" | "from" | "usuario" => Self::Handle,
            "lang" | "idioma" => Self::Lang,
            "network" | "red" => Self::Network,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Handle => "handle",
            Self::Lang => "lang",
            Self::Network => "network",
        }
    }
}

impl Query {
    /// A text as it is: one word or a phrase, whatever signs it holds. `None` when there is nothing in it to look for.
    pub fn literal(text: &str) -> Option<Self> {
        let text: String = text.chars().map(|c| if c == '*' || is_quote(c) { ' ' } else { c }).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let word = Word { text, begins: false };
        has_substance(&word.plain()).then_some(Self::Word(word))
    }

    /// True when only posts with some word or of some author can match: a term that holds for nearly everything is a
    /// mistake.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Self::Word(_) | Self::Near(..) | Self::Of(Field::Handle, _) => true,
            Self::Of(..) | Self::Not(_) => false,
            Self::All(parts) => parts.iter().any(Self::is_anchored),
            Self::Any(parts) => parts.iter().all(Self::is_anchored),
        }
    }
}

/// Something to look for: signs alone are everywhere.
pub(super) fn has_substance(plain: &str) -> bool {
    plain.chars().any(|c| c.is_alphanumeric() || !c.is_ascii())
}

/// What a phrase begins and ends with.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

impl Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.begins { "*" } else { "" };
        let is_bare = self.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '#' | '@'));
        if is_bare && !matches!(self.text.as_str(), "OR" | "AND" | "NOT" | "NEAR") {
            write!(f, "{}{star}", self.text)
        } else {
            write!(f, "\"{}{star}\"", self.text)
        }
    }
}

/// A term as people write it; reading it again gives the same tree.
impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Of(field, value) => write!(f, "{}:\"{value}\"", field.name()),
            Self::Not(part) => {
                f.write_str("-")?;
                part.inner(f)
            }
            Self::All(parts) => list(f, parts, " ", Self::inner),
            Self::Any(parts) => list(f, parts, " OR ", |part, f| match part {
                Self::All(_) => part.fmt(f),
                _ => part.inner(f),
            }),
            Self::Near(words, first, second) => {
                alternatives(f, first)?;
                write!(f, " NEAR/{words} ")?;
                alternatives(f, second)
            }
        }
    }
}

impl Query {
    /// Within another: in parentheses, unless it is one thing.
    fn inner(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self, Self::All(_) | Self::Any(_) | Self::Near(..)) { write!(f, "({self})") } else { self.fmt(f) }
    }
}

fn alternatives(f: &mut fmt::Formatter<'_>, words: &[Word]) -> fmt::Result {
    if let [word] = words {
        return word.fmt(f);
    }
    f.write_str("(")?;
    list(f, words, " OR ", Display::fmt)?;
    f.write_str(")")
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    between: &str,
    write: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write(part, f)?;
    }
    Ok(())
}
