//! Handlebars with Briskine's helpers, as Jinja.
//!
//! Converted: contacts, `or`, `and`, `compare`, `if`, `unless`, `each`, random choices, dates, changes of case, the
//! caret, partials. A page shows one author, so a list of recipients is that author. Everything else stays in the
//! text.

use super::Level;
use super::block;
use super::dates::{DateFormat, Shift, moment};
use super::draft::{Draft, trigger};
use super::jinja::quoted;
use super::words::{Backslash, Word, end_of, words};
use crate::message::Msg;

/// Writes `text` into the draft's body.
pub(super) fn convert(text: &str, draft: &mut Draft) {
    Handlebars { draft, open: Vec::new() }.convert(text);
}

/// A block that is open.
enum Block {
    If,
    /// Over the people who are answered.
    People,
    /// Over anything else.
    List,
}

struct Handlebars<'d> {
    draft: &'d mut Draft,
    open: Vec<(String, Block)>,
}

/// An expression.
#[derive(Debug)]
enum Expr {
    Text(String),
    Name(String),
    Call { name: String, arguments: Vec<Expr>, options: Vec<(String, String)> },
}

impl Handlebars<'_> {
    fn convert(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let (before, syntax) = rest.split_at(at);
            if let Some(before) = before.strip_suffix('\\') {
                // An escaped opening: what follows up to its end is text.
                let end = syntax.find("}}").map_or(2, |end| end + 2);
                self.draft.body.text(before);
                self.draft.body.text(&syntax[..end]);
                rest = &syntax[end..];
                continue;
            }
            let (open, close) = if syntax.starts_with("{{!--") {
                ("{{!--", "--}}")
            } else if syntax.starts_with("{{{") {
                ("{{{", "}}}")
            } else {
                ("{{", "}}")
            };
            let Some(end) = end_of(&syntax[open.len()..], close) else { break };
            let (source, after) = syntax.split_at(open.len() + end + close.len());
            let inner = &source[open.len()..open.len() + end];
            self.draft.body.text(if inner.starts_with('~') { before.trim_end() } else { before });
            let trims = inner.ends_with('~');
            let inner = inner.trim_matches('~').trim();
            rest = if open == "{{!--" { after } else { self.mustache(inner, source, after) };
            if open == "{{!--" {
                self.draft.advise(inner);
            }
            if trims {
                rest = rest.trim_start();
            }
        }
        self.draft.body.text(rest);
    }

    /// What stands between braces; gives what follows.
    fn mustache<'t>(&mut self, inner: &str, source: &str, after: &'t str) -> &'t str {
        match inner.chars().next() {
            Some('!') => {
                self.draft.advise(&inner[1..]);
                after
            }
            Some('#') => self.begin(inner[1..].trim(), source, after),
            Some('/') => {
                self.end(inner[1..].trim(), source);
                after
            }
            Some('>') => {
                match trigger(inner[1..].trim().trim_matches(['"', '\''])) {
                    Some(part) => self.draft.body.tag(format!("include {}", quoted(&part))),
                    None => self.draft.keep(source),
                }
                after
            }
            _ if inner == "else" || inner == "^" => {
                match self.open.last() {
                    Some((_, Block::If)) => self.draft.body.tag("else"),
                    _ => self.draft.keep(source),
                }
                after
            }
            _ => {
                match inner.strip_prefix("else if ").filter(|_| matches!(self.open.last(), Some((_, Block::If)))) {
                    Some(test) => match expression(test).and_then(|test| self.truth(&test)) {
                        Some(test) => self.draft.body.tag(format!("elif {test}")),
                        None => self.draft.keep(source),
                    },
                    None => match expression(inner).and_then(|expr| self.value(&expr)) {
                        Some(value) => self.draft.body.print(value),
                        None => self.draft.keep(source),
                    },
                }
                after
            }
        }
    }

    fn begin<'t>(&mut self, inner: &str, source: &str, after: &'t str) -> &'t str {
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let Some((inside, beyond)) = block_end(name, after) else {
            self.draft.keep(source);
            return after;
        };
        if name == "cursor" {
            self.draft.body.print("cursor()");
            self.draft.advise_of(name, inside);
            return beyond;
        }
        let tag = match name {
            "if" => expression(rest).and_then(|test| self.truth(&test)).map(|test| format!("if {test}")),
            "unless" => expression(rest).and_then(|test| self.truth(&test)).map(|test| format!("if not ({test})")),
            "compare" => expression(inner).and_then(|test| self.truth(&test)).map(|test| format!("if {test}")),
            "each" if is_people(rest) => {
                self.draft.note(Level::Changed, Msg::new("exchange_one_person").with("name", rest));
                self.open.push((name.to_owned(), Block::People));
                return after;
            }
            "each" if rest.split_whitespace().count() == 1 => {
                let list = self.draft.value(rest, None);
                self.draft.note(Level::Changed, Msg::new("exchange_list").with("name", rest));
                self.draft.body.tag(format!("for item in {list} | default(\"\") | split(\",\")"));
                self.open.push((name.to_owned(), Block::List));
                return after;
            }
            _ => None,
        };
        match tag {
            Some(tag) => {
                self.draft.body.tag(tag);
                self.open.push((name.to_owned(), Block::If));
                after
            }
            None => {
                self.draft.keep(&format!("{source}{}", &after[..after.len() - beyond.len()]));
                beyond
            }
        }
    }

    fn end(&mut self, name: &str, source: &str) {
        match self.open.last() {
            Some((open, block)) if open == name => {
                match block {
                    Block::If => self.draft.body.tag("endif"),
                    Block::List => self.draft.body.tag("endfor"),
                    Block::People => {}
                }
                self.open.pop();
            }
            _ => self.draft.keep(source),
        }
    }

    /// What a name means here.
    fn known(&self, name: &str) -> Option<&'static str> {
        let in_people = matches!(self.open.iter().rev().find(|(name, _)| name == "each"), Some((_, Block::People)));
        match name.strip_prefix("this.").unwrap_or(name) {
            "this" if in_people => Some("author.name"),
            name if in_people && person(name, "author").is_some() => person(name, "author"),
            name => contact(name),
        }
    }

    /// A name of the list that is gone through.
    fn is_item(&self, name: &str) -> bool {
        matches!(self.open.iter().rev().find(|(name, _)| name == "each"), Some((_, Block::List)))
            && matches!(name, "this" | ".")
    }

    fn value(&mut self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Text(text) => Some(quoted(text)),
            Expr::Name(name) if self.is_item(name) => Some("item | trim".to_owned()),
            Expr::Name(name) if name == "cursor" => Some("cursor()".to_owned()),
            Expr::Name(name) if name == "moment" => Some(moment("MMMM DD YYYY")?.call(Shift::default())),
            // `@index`, `../name`: places in a list.
            Expr::Name(name) if name.starts_with(['@', '.']) => None,
            Expr::Name(name) => {
                let known = self.known(name);
                Some(self.draft.value(name, known))
            }
            Expr::Call { name, arguments, options } => self.call(name, arguments, options),
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expr], options: &[(String, String)]) -> Option<String> {
        match (name, arguments) {
            ("or", [Expr::Name(first), Expr::Text(fallback)]) if !self.is_item(first) => {
                let known = self.known(first);
                Some(self.draft.value_or(first, known, fallback))
            }
            ("or", [first, second]) => {
                let (first, second) = (self.value(first)?, self.value(second)?);
                Some(format!("{first} | default({second})"))
            }
            ("choice", [Expr::Text(list)]) => Some(random(list.split(',').map(str::trim))),
            ("random", [_, ..]) => {
                let texts: Option<Vec<&str>> = arguments
                    .iter()
                    .map(|argument| if let Expr::Text(text) = argument { Some(text.as_str()) } else { None })
                    .collect();
                texts.map(random)
            }
            ("moment", []) => self.date(options),
            ("capitalize", [value]) => Some(format!("{} | capitalize", self.value(value)?)),
            ("capitalizeAll", [value]) => Some(format!("{} | title", self.value(value)?)),
            ("text", [value, Expr::Text(method), rest @ ..]) => {
                let filter = match (method.as_str(), rest) {
                    ("toUpperCase" | "toLocaleUpperCase", []) => "upper".to_owned(),
                    ("toLowerCase" | "toLocaleLowerCase", []) => "lower".to_owned(),
                    ("trim" | "trimStart" | "trimEnd", []) => "trim".to_owned(),
                    ("replaceAll" | "replace", [Expr::Text(from), Expr::Text(to)]) => {
                        format!("replace({}, {})", quoted(from), quoted(to))
                    }
                    _ => return None,
                };
                Some(format!("{} | {filter}", self.value(value)?))
            }
            _ => None,
        }
    }

    fn date(&mut self, options: &[(String, String)]) -> Option<String> {
        let option = |wanted: &str| options.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let known = ["format", "add", "subtract", "locale"];
        if options.iter().any(|(name, _)| !known.contains(&name.as_str())) {
            return None;
        }
        let mut shift = Shift::default();
        for (name, sign) in [("add", 1), ("subtract", -1)] {
            if let Some(amount) = option(name) {
                let (amount, unit) = amount.split_once(';').unwrap_or((amount, "days"));
                let amount: i64 = amount.trim().parse().ok()?;
                shift = shift.add(amount.checked_mul(sign)?, unit.trim())?;
            }
        }
        let format = match option("format") {
            Some("LL" | "LLL") => DateFormat::long(),
            format => moment(format.unwrap_or("MMMM DD YYYY"))?,
        };
        if format.changed {
            self.draft.note(Level::Changed, Msg::new("exchange_date"));
        }
        if let Some(locale) = option("locale") {
            self.draft.note(Level::Changed, Msg::new("exchange_date_language").with("language", locale));
        }
        Some(format.call(shift))
    }

    /// An expression as a condition: what is missing is false.
    fn truth(&mut self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Text(text) => Some(if text.is_empty() { "false" } else { "true" }.to_owned()),
            Expr::Name(name) if self.is_item(name) => Some("item".to_owned()),
            Expr::Name(name) if name.starts_with(['@', '.']) => None,
            Expr::Name(name) => {
                let known = self.known(name);
                let value = self.draft.tested(name, known);
                Some(format!("{value} is defined and {value}"))
            }
            Expr::Call { name, arguments, .. } => match (name.as_str(), arguments.as_slice()) {
                ("or" | "and", [left, right]) => {
                    Some(format!("({}) {name} ({})", self.truth(left)?, self.truth(right)?))
                }
                ("not", [value]) => Some(format!("not ({})", self.truth(value)?)),
                ("compare", [left, Expr::Text(sign), right]) => self.comparison(left, sign, right),
                ("compare", [Expr::Text(sign), left, right]) => self.comparison(left, sign, right),
                _ => None,
            },
        }
    }

    fn comparison(&mut self, left: &Expr, sign: &str, right: &Expr) -> Option<String> {
        let sign = match sign {
            "==" | "===" => "==",
            "!=" | "!==" => "!=",
            // What a page says is text, and text has no size.
            _ => return None,
        };
        let mut tests = Vec::new();
        let mut side = |this: &mut Self, expr: &Expr| match expr {
            Expr::Text(text) => Some(quoted(text)),
            Expr::Name(name) if name.parse::<f64>().is_ok() => Some(quoted(name)),
            Expr::Name(name) if !name.starts_with(['@', '.']) => {
                let known = this.known(name);
                let value = this.draft.tested(name, known);
                tests.push(value.clone());
                Some(value)
            }
            _ => None,
        };
        let (left, right) = (side(self, left)?, side(self, right)?);
        let (ask, joint) = if sign == "==" { ("is defined", " and ") } else { ("is undefined", " or ") };
        let mut parts: Vec<String> = tests.iter().map(|value| format!("{value} {ask}")).collect();
        parts.push(format!("{left} {sign} {right}"));
        Some(parts.join(joint))
    }
}

fn random<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).map(quoted).collect();
    format!("random([{}])", texts.join(", "))
}

fn is_people(name: &str) -> bool {
    matches!(name, "to" | "cc" | "bcc" | "from")
}

/// A contact's field as ours.
fn contact(name: &str) -> Option<&'static str> {
    let (who, field) = name.split_once('.')?;
    let namespace = match who {
        "to" => "author",
        "from" | "account" => "agent",
        _ => return None,
    };
    person(field.strip_prefix("0.").unwrap_or(field), namespace)
}

fn person(field: &str, namespace: &str) -> Option<&'static str> {
    match (namespace, field) {
        ("author", "name") => Some("author.name"),
        ("author", "first_name") => Some("author.first_name"),
        ("agent", "name") => Some("agent.name"),
        ("agent", "first_name") => Some("agent.first_name"),
        _ => None,
    }
}

/// An expression: a name, a text, or a helper with its arguments.
fn expression(source: &str) -> Option<Expr> {
    let words = words(source, Backslash::Plain)?;
    let mut rest = words.as_slice();
    let expr = call(&mut rest, 0)?;
    rest.is_empty().then_some(expr)
}

/// Expressions nest no deeper than people write them.
const DEEPEST: usize = 16;

fn call(rest: &mut &[Word], depth: usize) -> Option<Expr> {
    let (first, mut after) = rest.split_first()?;
    let name = match first {
        Word::Name(name) => name.clone(),
        Word::Text(text) => {
            *rest = after;
            return Some(Expr::Text(text.clone()));
        }
        Word::Sign(_) => {
            return argument(rest, depth);
        }
    };
    let (mut arguments, mut options) = (Vec::new(), Vec::new());
    while !matches!(after, [] | [Word::Sign(")"), ..]) {
        match after {
            [Word::Name(option), Word::Sign("="), Word::Text(value) | Word::Name(value), beyond @ ..] => {
                options.push((option.clone(), value.clone()));
                after = beyond;
            }
            _ => arguments.push(argument(&mut after, depth)?),
        }
    }
    *rest = after;
    let plain = arguments.is_empty() && options.is_empty();
    Some(if plain { Expr::Name(name) } else { Expr::Call { name, arguments, options } })
}

fn argument(rest: &mut &[Word], depth: usize) -> Option<Expr> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    match first {
        Word::Text(text) => Some(Expr::Text(text.clone())),
        Word::Name(name) => Some(Expr::Name(name.clone())),
        Word::Sign("(") if depth < DEEPEST => {
            let inner = call(rest, depth + 1)?;
            let (Word::Sign(")"), after) = rest.split_first()? else { return None };
            *rest = after;
            Some(inner)
        }
        Word::Sign(_) => None,
    }
}

/// What a block holds, and what follows its end; blocks of the same name nest.
fn block_end<'t>(name: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    block::block_end(text, ["{{", "}}"], |tag| {
        let word = |sign: char| tag.strip_prefix(sign)?.split_whitespace().next();
        if word('/') == Some(name) { -1 } else { i32::from(word('#') == Some(name)) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::exchange::Format;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut draft = Draft::new(Format::Briskine, None, text);
        convert(text, &mut draft);
        assert_eq!(draft.finish().0.body, expect, "{text}");
    }

    #[test]
    fn helpers() {
        check("{{text to.name 'replace' 'a' 'b'}}", "{{ author.name | replace(\"a\", \"b\") }}");
        check("{{text to.name 'toLowerCase'}}", "{{ author.name | lower }}");
        check(
            "{{or to.first_name (capitalize from.name)}}",
            "{{ author.first_name | default(agent.name | capitalize) }}",
        );
        check("{{moment}}", "{{ date(format=\"%B %d %Y\") }}");
        check("{{moment subtract='1;weeks' format='L'}}", "{{ date(format=\"%m/%d/%Y\", days=-7) }}");
    }

    #[test]
    fn conditions() {
        let body = "{% if author.name is undefined or author.name != \"x\" %}a{% else %}b{% endif %}";
        check("{{#if (compare to.name '!=' 'x')}}a{{else}}b{{/if}}", body);
        let body = "{% if (author.name is defined and author.name) and (not (agent.name is defined and agent.name)) %}a{% endif %}";
        check("{{#if (and to.name (not from.name))}}a{{/if}}", body);
        check(
            "{{#list x}}{{#list y}}1{{/list}}{{/list}}2",
            "{% raw %}{{#list x}}{{#list y}}1{{/list}}{{/list}}{% endraw %}2",
        );
    }
}
