//! Liquid, the language of Zendesk's and Chatwoot's texts, as Jinja.
//!
//! Converted: variables, the filters that a reply needs, `if`, `unless`, `assign`, `raw`, comments (into the note).
//! Loops and other blocks stay in the text as they are. In Liquid a missing value is blank; here conditions ask
//! whether it is there first.

use std::collections::BTreeSet;

use super::Level;
use super::block;
use super::dates::{Shift, strftime};
use super::draft::Draft;
use super::jinja::quoted;
use super::words::{Backslash, Word, end_of, words};
use crate::message::Msg;

/// What a tool calls its variables, as ours.
pub(super) type Names = fn(&str) -> Option<&'static str>;

/// Writes `text` into the draft's body.
pub(super) fn convert(text: &str, names: Names, draft: &mut Draft) {
    Liquid { names, draft, set: BTreeSet::new() }.convert(text);
}

struct Liquid<'d> {
    names: Names,
    draft: &'d mut Draft,
    /// Names that the text itself assigns.
    set: BTreeSet<String>,
}

impl Liquid<'_> {
    fn convert(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = [rest.find("{{"), rest.find("{%")].into_iter().flatten().min() {
            let (before, syntax) = rest.split_at(at);
            let close = if syntax.starts_with("{{") { "}}" } else { "%}" };
            let Some(end) = end_of(&syntax[2..], close) else { break };
            let (source, after) = syntax.split_at(end + 4);
            let inner = &source[2..end + 2];
            self.draft.body.text(if inner.starts_with('-') { before.trim_end() } else { before });
            let trims = inner.ends_with('-');
            let inner = inner.strip_prefix('-').unwrap_or(inner);
            let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
            rest = if close == "}}" {
                self.print(inner, source);
                after
            } else {
                self.tag(inner, source, after)
            };
            if trims {
                rest = rest.trim_start();
            }
        }
        self.draft.body.text(rest);
    }

    fn print(&mut self, inner: &str, source: &str) {
        let value = words(inner, Backslash::Plain).and_then(|words| self.value(&words));
        match value {
            Some(value) => self.draft.body.print(value),
            // "{{ order number }}": no Liquid, but plainly a variable.
            None if inner.split(' ').all(is_word) => {
                self.draft.print(inner, (self.names)(&inner.replace(' ', "_")), None)
            }
            None => self.draft.keep(source),
        }
    }

    /// One tag; gives what follows it.
    fn tag<'t>(&mut self, inner: &str, source: &str, after: &'t str) -> &'t str {
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        match name {
            "if" | "elsif" | "unless" => match words(rest, Backslash::Plain).and_then(|words| self.condition(&words)) {
                Some(condition) => {
                    self.draft.body.tag(match name {
                        "if" => format!("if {condition}"),
                        "elsif" => format!("elif {condition}"),
                        _ => format!("if not ({condition})"),
                    });
                    after
                }
                None => self.keep_block(name, source, after),
            },
            "else" => {
                self.draft.body.tag("else");
                after
            }
            "endif" | "endunless" => {
                self.draft.body.tag("endif");
                after
            }
            "assign" => {
                let value = rest.split_once('=').and_then(|(name, value)| {
                    let name = super::draft::field_name(name.trim());
                    Some((name, self.value(&words(value, Backslash::Plain)?)?))
                });
                match value {
                    Some((name, value)) => {
                        self.draft.body.tag(format!("set {name} = {}", value));
                        self.set.insert(name);
                    }
                    None => self.draft.keep(source),
                }
                after
            }
            "raw" | "comment" => match block_end(name, after) {
                Some((inside, after)) => {
                    if name == "raw" {
                        self.draft.body.text(inside);
                    } else {
                        // A comment is advice to whoever uses the template.
                        self.draft.advise(inside);
                    }
                    after
                }
                None => self.keep_block(name, source, after),
            },
            _ => self.keep_block(name, source, after),
        }
    }

    /// Keeps a block up to its end, or the tag alone when it has none.
    fn keep_block<'t>(&mut self, name: &str, source: &str, after: &'t str) -> &'t str {
        match block_end(name, after) {
            Some((_, rest)) => {
                let length = after.len() - rest.len();
                self.draft.keep(&format!("{source}{}", &after[..length]));
                rest
            }
            None => {
                self.draft.keep(source);
                after
            }
        }
    }

    /// A value with its filters.
    fn value(&mut self, words: &[Word]) -> Option<String> {
        let mut parts = words.split(|word| *word == Word::Sign("|"));
        let [operand] = parts.next()? else { return None };
        let filters: Vec<(&str, Vec<&Word>)> = parts.map(filter).collect::<Option<_>>()?;
        let (names, set) = (self.names, &self.set);
        self.draft.attempt(|draft| {
            if let (Word::Text(text), [("date", format)]) = (operand, filters.as_slice()) {
                return now(text, format, draft);
            }
            let fallback =
                filters.iter().find(|(name, _)| *name == "default").map(|(_, arguments)| arguments.as_slice());
            let mut value = match (operand, fallback) {
                (Word::Sign(_), _) => return None,
                (operand, None) => read(operand, names, set, draft)?,
                (Word::Name(name), Some([Word::Text(text), ..])) if !set.contains(name) && !is_number(name) => {
                    draft.value_or(name, names(name), text)
                }
                (operand, Some([other, ..])) => {
                    let value = read(operand, names, set, draft)?;
                    let other = read(other, names, set, draft)?;
                    format!("{value} | default({other})")
                }
                (_, Some([])) => return None,
            };
            for (name, arguments) in filters.iter().filter(|(name, _)| *name != "default") {
                value = apply(value, name, arguments, draft)?;
            }
            Some(value)
        })
    }

    fn condition(&mut self, words: &[Word]) -> Option<String> {
        // Liquid reads from the right: `a and b or c` is `a and (b or c)`.
        let joint = words.iter().position(|word| matches!(word, Word::Name(name) if name == "and" || name == "or"));
        match joint {
            None => self.comparison(words),
            Some(at) => {
                let Word::Name(joint) = &words[at] else { return None };
                let (left, right) = (self.comparison(&words[..at])?, self.condition(&words[at + 1..])?);
                Some(format!("({left}) {joint} ({right})"))
            }
        }
    }

    fn comparison(&mut self, words: &[Word]) -> Option<String> {
        let (names, set) = (self.names, &self.set);
        let draft = &mut *self.draft;
        draft.attempt(|draft| {
            let mut operand = |word: &Word| match word {
                Word::Name(name) if set.contains(name) => Some((name.clone(), true)),
                Word::Name(name) if is_number(name) => Some((quoted(name), true)),
                Word::Name(name) => Some((draft.tested(name, names(name)), false)),
                Word::Text(text) => Some((quoted(text), true)),
                Word::Sign(_) => None,
            };
            match words {
                [Word::Name(word)] if word == "true" || word == "false" => Some(word.clone()),
                [left] => match operand(left)? {
                    (value, true) => Some(value),
                    (value, false) => Some(format!("{value} is defined and {value}")),
                },
                [left, Word::Sign("=="), nothing] if is_nothing(nothing) => {
                    Some(format!("{} is undefined", operand(left)?.0))
                }
                [left, Word::Sign("!=" | "<>"), nothing] if is_nothing(nothing) => {
                    Some(format!("{} is defined", operand(left)?.0))
                }
                [left, sign, right] => {
                    let ((left, sure), (right, right_sure)) = (operand(left)?, operand(right)?);
                    if !right_sure {
                        return None;
                    }
                    let (test, negative) = match sign {
                        Word::Sign("==") => (format!("{left} == {right}"), false),
                        Word::Sign("!=" | "<>") => (format!("{left} != {right}"), true),
                        Word::Name(name) if name == "contains" => (format!("{right} in {left}"), false),
                        _ => return None,
                    };
                    Some(match (sure, negative) {
                        (true, _) => test,
                        (false, false) => format!("{left} is defined and {test}"),
                        (false, true) => format!("{left} is undefined or {test}"),
                    })
                }
                _ => None,
            }
        })
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_number(name: &str) -> bool {
    name.parse::<f64>().is_ok()
}

fn is_nothing(word: &Word) -> bool {
    match word {
        Word::Name(name) => matches!(name.as_str(), "nil" | "null" | "blank" | "empty"),
        Word::Text(text) => text.is_empty(),
        Word::Sign(_) => false,
    }
}

fn read(word: &Word, names: Names, set: &BTreeSet<String>, draft: &mut Draft) -> Option<String> {
    match word {
        Word::Text(text) => Some(quoted(text)),
        Word::Name(name) if set.contains(name) => Some(name.clone()),
        Word::Name(name) if is_number(name) => Some(quoted(name)),
        Word::Name(name) => Some(draft.value(name, names(name))),
        Word::Sign(_) => None,
    }
}

/// `name: argument, argument`.
fn filter(words: &[Word]) -> Option<(&str, Vec<&Word>)> {
    let (Word::Name(name), rest) = words.split_first()? else { return None };
    let arguments = match rest {
        [] => Vec::new(),
        [Word::Sign(":"), arguments @ ..] => arguments.iter().filter(|word| **word != Word::Sign(",")).collect(),
        _ => return None,
    };
    Some((name, arguments))
}

/// `"now" | date: "%d/%m/%Y"`.
fn now(text: &str, format: &[&Word], draft: &mut Draft) -> Option<String> {
    let (true, [Word::Text(format)]) = (matches!(text, "now" | "today"), format) else { return None };
    let format = strftime(format)?;
    if format.changed {
        draft.note(Level::Changed, Msg::new("exchange_date"));
    }
    Some(format.call(Shift::default()))
}

fn apply(value: String, name: &str, arguments: &[&Word], draft: &mut Draft) -> Option<String> {
    let same = match name {
        "upcase" => "upper",
        "downcase" => "lower",
        "strip" | "lstrip" | "rstrip" => "trim",
        "size" => "length",
        "capitalize" | "first" | "last" => name,
        _ => "",
    };
    if !same.is_empty() && arguments.is_empty() {
        return Some(format!("{value} | {same}"));
    }
    match (name, arguments) {
        ("append", [Word::Text(text)]) => Some(format!("({value} ~ {})", quoted(text))),
        ("prepend", [Word::Text(text)]) => Some(format!("({} ~ {value})", quoted(text))),
        ("replace", [Word::Text(from), Word::Text(to)]) => {
            Some(format!("{value} | replace({}, {})", quoted(from), quoted(to)))
        }
        ("split" | "join", [Word::Text(text)]) => Some(format!("{value} | {name}({})", quoted(text))),
        // They make HTML, or undo it; a reply is plain text.
        ("escape" | "escape_once" | "newline_to_br" | "strip_html", []) => {
            draft.note(Level::Changed, Msg::new("exchange_filter").with("name", name));
            Some(value)
        }
        _ => None,
    }
}

/// What a block holds, and what follows its end; blocks of the same name nest.
fn block_end<'t>(name: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    block::block_end(text, ["{%", "%}"], |tag| match tag.split_whitespace().next().unwrap_or_default() {
        word if word.strip_prefix("end") == Some(name) => -1,
        // What is raw or a comment holds no blocks.
        word => i32::from(word == name && name != "raw" && name != "comment"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::exchange::Format;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut draft = Draft::new(Format::Zendesk, None, text);
        convert(text, |name| (name == "a").then_some("author.name"), &mut draft);
        assert_eq!(draft.finish().0.body, expect, "{text}");
    }

    #[test]
    fn blocks_without_a_counterpart_stay_whole() {
        let nested = "{% for x in y %}1{% for z in x %}2{% endfor %}3{% endfor %}";
        check(&format!("a{nested}b{{{{ a }}}}"), &format!("a{{% raw %}}{nested}{{% endraw %}}b{{{{ author.name }}}}"));
        check("{%- comment -%} x {%- endcomment -%} y", "y");
        check("{% raw %}{%{% endraw %} z", "{% raw %}{%{% endraw %} z");
    }

    #[test]
    fn conditions() {
        check("{% if a == nil %}x{% endif %}", "{% if author.name is undefined %}x{% endif %}");
        check("{% if a != 'b' %}x{% endif %}", "{% if author.name is undefined or author.name != \"b\" %}x{% endif %}");
        check(
            "{% assign who = a %}{% if who %}{{ who }}{% endif %}",
            "{% set who = author.name %}{% if who %}{{ who }}{% endif %}",
        );
    }
}
