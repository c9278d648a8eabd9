//! Reads a watch term. Any text has an answer: a tree, or what is wrong and where.

use std::ops::Range;

use super::query::{Field, Query, Word, has_substance, is_quote};
use crate::message::Msg;
use crate::text::{OffsetMap, Utf16Span};

/// Characters of a term, at most.
const LONGEST: usize = 4_000;
/// Parentheses within parentheses, at most.
const DEEPEST: u32 = 24;
/// Words between two that are still near.
const FURTHEST: u32 = 100;
/// What NEAR means without a number.
const USUAL_DISTANCE: u32 = 5;

/// What is wrong with a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where.
    pub place: Utf16Span,
    /// What.
    pub msg: Msg,
}

/// A mistake: bytes of the text, and the key of what is said about it. The message is made once, at the end, since this
/// is compiled into the background.
type Wrong = (Range<usize>, &'static str);

/// Reads a term.
///
/// ```
/// use rejoinder::triage::watch::parse;
/// let term = parse("Alba (coffee | café) -job").unwrap();
/// assert_eq!(term.to_string(), "Alba (coffee OR café) -job");
/// ```
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let read = || {
        if text.len() > LONGEST {
            return wrong(LONGEST..text.len(), "watch_query_long");
        }
        let mut reader = Reader { tokens: lex(text)?.into_iter(), end: text.len(), depth: 0 };
        let query = reader.any()?;
        match reader.peek() {
            Some(_) => wrong(reader.place(), "watch_query_closed"),
            None if !query.is_anchored() => wrong(0..text.len(), "watch_query_everything"),
            None => Ok(query),
        }
    };
    read().map_err(|(place, key)| {
        let named = text.get(place.clone()).unwrap_or_default();
        let msg = match key {
            "watch_query_distance" => Msg::new(key).with("most", FURTHEST),
            "watch_query_field" => Msg::new(key).with("name", named),
            _ => Msg::new(key),
        };
        QueryError { place: OffsetMap::new(text).span(place), msg }
    })
}

fn wrong<T>(place: Range<usize>, key: &'static str) -> Result<T, Wrong> {
    Err((place, key))
}

#[derive(Debug)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Near(u32),
    Leaf(Query),
}

fn lex(text: &str) -> Result<Vec<(Range<usize>, Token)>, Wrong> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let token = match c {
            c if c.is_whitespace() => None,
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '|' => Some(Token::Or),
            '-' if text[next..].chars().next().is_some_and(|c| !c.is_whitespace()) => Some(Token::Not),
            c => {
                let (token, end) = if is_quote(c) { phrase(text, at)? } else { bare(text, at)? };
                tokens.push((at..end, token));
                at = end;
                continue;
            }
        };
        tokens.extend(token.map(|token| (at..next, token)));
        at = next;
    }
    Ok(tokens)
}

/// What stands between the quote at `at` and the next, and where that ends.
fn quoted(text: &str, at: usize) -> Result<(&str, usize), Wrong> {
    let from = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let Some(length) = text[from..].find(is_quote) else { return wrong(at..text.len(), "watch_query_quote") };
    let close = text[from + length..].chars().next().map_or(0, char::len_utf8);
    Ok((&text[from..from + length], from + length + close))
}

fn phrase(text: &str, at: usize) -> Result<(Token, usize), Wrong> {
    let (inner, end) = quoted(text, at)?;
    Ok((Token::Leaf(word(inner, at..end)?), end))
}

/// A word, an operator or a field.
fn bare(text: &str, at: usize) -> Result<(Token, usize), Wrong> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_quote(c);
    let mut end = at + text[at..].find(is_end).unwrap_or(text.len() - at);
    let written = &text[at..end];
    let token = match written {
        "OR" => Token::Or,
        "AND" => Token::And,
        "NOT" => Token::Not,
        "NEAR" => Token::Near(USUAL_DISTANCE),
        _ => match (written.strip_prefix("NEAR/"), written.split_once(':')) {
            (Some(number), _) => match number.parse() {
                Ok(words) if words <= FURTHEST => Token::Near(words),
                _ => return wrong(at..end, "watch_query_distance"),
            },
            (None, Some((name, value))) if is_field(name, value) => {
                let Some(field) = Field::named(&name.to_ascii_lowercase()) else {
                    return wrong(at..at + name.len(), "watch_query_field");
                };
                let value = if value.is_empty() && text[end..].starts_with(is_quote) {
                    let (inner, close) = quoted(text, end)?;
                    end = close;
                    inner
                } else {
                    value
                };
                Token::Leaf(Query::Of(field, of(value, at..end)?))
            }
            _ => Token::Leaf(word(written, at..end)?),
        },
    };
    Ok((token, end))
}

/// `name:value` asks for a field: an address does not, and neither does a word with a colon behind it.
fn is_field(name: &str, value: &str) -> bool {
    let is_known = Field::named(&name.to_ascii_lowercase()).is_some();
    let looks_so = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
    is_known || (looks_so && !value.is_empty() && !value.starts_with("//"))
}

fn of(value: &str, place: Range<usize>) -> Result<String, Wrong> {
    let value = value.trim().trim_start_matches('@').trim().to_lowercase();
    match value {
        value if value.is_empty() => wrong(place, "watch_query_value"),
        value if value.contains('*') => wrong(place, "watch_query_star"),
        value => Ok(value),
    }
}

fn word(written: &str, place: Range<usize>) -> Result<Query, Wrong> {
    let text = written.trim_end_matches('*');
    let begins = text.len() < written.len();
    if text.contains('*') || (begins && text.ends_with(char::is_whitespace)) {
        return wrong(place, "watch_query_star");
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let word = Word { text, begins };
    let plain = word.plain();
    if !has_substance(&plain) {
        wrong(place, "watch_query_nothing")
    } else if begins && plain.len() < 2 {
        wrong(place, "watch_query_short")
    } else {
        Ok(Query::Word(word))
    }
}

struct Reader {
    tokens: std::vec::IntoIter<(Range<usize>, Token)>,
    end: usize,
    depth: u32,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.as_slice().first().map(|(_, token)| token)
    }

    /// Where the next token stands; the end of the text has no width.
    fn place(&self) -> Range<usize> {
        self.tokens.as_slice().first().map_or(self.end..self.end, |(place, _)| place.clone())
    }

    /// Passes over the next token if it is wanted.
    fn skip(&mut self, is_wanted: bool) -> bool {
        if is_wanted {
            self.tokens.next();
        }
        is_wanted
    }

    /// Parts with OR between them.
    fn any(&mut self) -> Result<Query, Wrong> {
        let mut parts = vec![self.all()?];
        while self.skip(matches!(self.peek(), Some(Token::Or))) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Query::Any))
    }

    /// Parts with AND, or nothing, between them.
    fn all(&mut self) -> Result<Query, Wrong> {
        let mut parts = vec![self.near()?];
        while self.skip(matches!(self.peek(), Some(Token::And)))
            || matches!(self.peek(), Some(Token::Open | Token::Not | Token::Leaf(_)))
        {
            parts.push(self.near()?);
        }
        Ok(one_or(parts, Query::All))
    }

    /// Two parts with NEAR between them, or one.
    fn near(&mut self) -> Result<Query, Wrong> {
        let first = self.place();
        let part = self.not()?;
        let Some(&Token::Near(distance)) = self.peek() else { return Ok(part) };
        let operator = self.place();
        self.tokens.next();
        let second = self.place();
        let other = self.not()?;
        match self.peek() {
            Some(Token::Near(_)) => wrong(operator.start..self.place().end, "watch_query_near_chain"),
            _ => Ok(Query::Near(distance, words(part, first)?, words(other, second)?)),
        }
    }

    fn not(&mut self) -> Result<Query, Wrong> {
        let mut is_not = false;
        while self.skip(matches!(self.peek(), Some(Token::Not))) {
            is_not = !is_not;
        }
        let part = self.one()?;
        Ok(match part {
            Query::Not(inner) if is_not => *inner,
            part if is_not => Query::Not(Box::new(part)),
            part => part,
        })
    }

    fn one(&mut self) -> Result<Query, Wrong> {
        let place = self.place();
        match self.tokens.next().map(|(_, token)| token) {
            Some(Token::Leaf(query)) => Ok(query),
            Some(Token::Open) if self.depth >= DEEPEST => wrong(place, "watch_query_deep"),
            Some(Token::Open) => {
                self.depth += 1;
                let query = self.any()?;
                self.depth -= 1;
                if self.skip(matches!(self.peek(), Some(Token::Close))) {
                    Ok(query)
                } else {
                    wrong(place, "watch_query_open")
                }
            }
            _ => wrong(place, "watch_query_expected"),
        }
    }
}

/// One part is itself; parts of the same kind need no parentheses.
fn one_or(parts: Vec<Query>, kind: fn(Vec<Query>) -> Query) -> Query {
    let is_any = matches!(kind(Vec::new()), Query::Any(_));
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Query::Any(inner) if is_any => flat.extend(inner),
            Query::All(inner) if !is_any => flat.extend(inner),
            part => flat.push(part),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { kind(flat) }
}

/// The words that NEAR is asked of.
fn words(query: Query, place: Range<usize>) -> Result<Vec<Word>, Wrong> {
    let parts = if let Query::Any(parts) = query { parts } else { vec![query] };
    let words = parts.into_iter().map(|part| match part {
        Query::Word(word) => Ok(word),
        _ => wrong(place.clone(), "watch_query_near"),
    });
    words.collect()
}
