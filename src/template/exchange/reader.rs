//! Our own bodies as pieces, for writing them in another dialect and for telling ours from others'.
//!
//! Reads what replies use: texts, variables, filters, calls and the names of blocks. The engine stays the judge of
//! what is a template; what is not understood here is handed over as it stands.

use super::words::{Backslash, Word, words};
use crate::template::engine::engine;

/// A piece of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// Words, as they are rendered.
    Text(String),
    /// What stands between `{{` and `}}`.
    Print(String),
    /// What stands between `{%` and `%}`.
    Tag(String),
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expr {
    Name(String),
    Text(String),
    List(Vec<Expr>),
    Call { name: String, arguments: Vec<(Option<String>, Expr)> },
    Filter { on: Box<Expr>, name: String, arguments: Vec<(Option<String>, Expr)> },
}

/// Names that a reply can begin a path with.
const NAMESPACES: [&str; 9] = ["agent", "author", "brand", "case", "form", "links", "me", "page", "post"];

/// Names of the page: what may be missing when a reply is written.
pub(super) fn is_of_page(name: &str) -> bool {
    name.split_once('.').is_some_and(|(root, _)| root != "form" && NAMESPACES.contains(&root))
}

/// The pieces of a body; `None` when a brace never ends.
pub(super) fn nodes(body: &str) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    let mut text = String::new();
    let mut rest = body;
    while let Some((at, close)) = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
        .iter()
        .filter_map(|(open, close)| Some((rest.find(open)?, *close)))
        .min()
    {
        let end = at + 2 + super::words::end_of(&rest[at + 2..], close)?;
        let inner = &rest[at + 2..end];
        let block = close != "}}";
        text.push_str(&rest[..at]);
        strip_before(&mut text, inner, block);
        let mut after = strip_after(&rest[end + 2..], inner, block);
        let inner = inner.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
        match close {
            "}}" => {
                push_text(&mut nodes, &mut text);
                nodes.push(Node::Print(inner.to_owned()));
            }
            "%}" if inner == "raw" => {
                let found = after.match_indices("{%").find_map(|(at, _)| {
                    let close = at + 2 + after[at + 2..].find("%}")?;
                    let tag = &after[at + 2..close];
                    (tag.trim_matches(['-', '+']).trim() == "endraw").then_some((at, close, tag))
                });
                let (at, close, tag) = found?;
                text.push_str(&after[..at]);
                strip_before(&mut text, tag, true);
                after = strip_after(&after[close + 2..], tag, true);
            }
            "%}" => {
                push_text(&mut nodes, &mut text);
                nodes.push(Node::Tag(inner.to_owned()));
            }
            _ => {}
        }
        rest = after;
    }
    text.push_str(rest);
    push_text(&mut nodes, &mut text);
    Some(nodes)
}

fn push_text(nodes: &mut Vec<Node>, text: &mut String) {
    if !text.is_empty() {
        nodes.push(Node::Text(std::mem::take(text)));
    }
}

/// What a block or a sign takes away before it.
fn strip_before(text: &mut String, inner: &str, block: bool) {
    if inner.starts_with('-') {
        text.truncate(text.trim_end().len());
    } else if block && !inner.starts_with('+') {
        let line = text.rfind('\n').map_or(0, |at| at + 1);
        if text[line..].trim().is_empty() {
            text.truncate(line);
        }
    }
}

/// What a block or a sign takes away behind it.
fn strip_after<'t>(rest: &'t str, inner: &str, block: bool) -> &'t str {
    if inner.ends_with('-') {
        rest.trim_start()
    } else if block && !inner.ends_with('+') {
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        rest.strip_prefix('\n').unwrap_or(rest)
    } else {
        rest
    }
}

/// An expression that replies use; `None` for any other.
pub(super) fn expression(source: &str) -> Option<Expr> {
    let words = words(source, Backslash::Escapes)?;
    let mut rest = words.as_slice();
    let expr = filtered(&mut rest, 0)?;
    rest.is_empty().then_some(expr)
}

/// Expressions nest no deeper than people write them.
const DEEPEST: usize = 16;

fn filtered(rest: &mut &[Word], depth: usize) -> Option<Expr> {
    let mut expr = operand(rest, depth)?;
    while let [Word::Sign("|"), Word::Name(name), after @ ..] = *rest {
        *rest = after;
        let arguments = if let [Word::Sign("("), after @ ..] = *rest {
            *rest = after;
            list(rest, ")", depth)?
        } else {
            Vec::new()
        };
        expr = Expr::Filter { on: Box::new(expr), name: name.clone(), arguments };
    }
    Some(expr)
}

fn operand(rest: &mut &[Word], depth: usize) -> Option<Expr> {
    if depth > DEEPEST {
        return None;
    }
    let (first, after) = rest.split_first()?;
    *rest = after;
    match first {
        Word::Text(text) => Some(Expr::Text(text.clone())),
        Word::Name(name) => match *rest {
            [Word::Sign("("), after @ ..] => {
                *rest = after;
                Some(Expr::Call { name: name.clone(), arguments: list(rest, ")", depth + 1)? })
            }
            _ => Some(Expr::Name(name.clone())),
        },
        Word::Sign("(") => {
            let inner = filtered(rest, depth + 1)?;
            let (Word::Sign(")"), after) = rest.split_first()? else { return None };
            *rest = after;
            Some(inner)
        }
        Word::Sign("[") => Some(Expr::List(list(rest, "]", depth + 1)?.into_iter().map(|(_, item)| item).collect())),
        Word::Sign(_) => None,
    }
}

/// Arguments or items up to `close`, parted by commas.
fn list(rest: &mut &[Word], close: &str, depth: usize) -> Option<Vec<(Option<String>, Expr)>> {
    let mut items = Vec::new();
    loop {
        match *rest {
            [Word::Sign(sign), after @ ..] if *sign == close => {
                *rest = after;
                return Some(items);
            }
            [Word::Sign(","), after @ ..] if !items.is_empty() => *rest = after,
            [Word::Name(name), Word::Sign("="), after @ ..] => {
                *rest = after;
                items.push((Some(name.clone()), filtered(rest, depth + 1)?));
            }
            _ => items.push((None, filtered(rest, depth + 1)?)),
        }
    }
}

/// Names of the page that a body prints without a fallback, each once; inside `if name is defined` none is needed.
pub(super) fn without_fallback(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut sure: Vec<Vec<String>> = Vec::new();
    for node in nodes(body).unwrap_or_default() {
        let source = match &node {
            Node::Text(_) => continue,
            Node::Print(source) => source.as_str(),
            Node::Tag(source) => {
                let (name, rest) = source.split_once(char::is_whitespace).unwrap_or((source, ""));
                match name {
                    "if" => sure.push(defined(rest)),
                    "elif" | "else" => {
                        sure.pop();
                        sure.push(defined(rest));
                    }
                    "endif" => drop(sure.pop()),
                    _ => {}
                }
                if name != "set" {
                    continue;
                }
                rest
            }
        };
        let words = words(source, Backslash::Escapes).unwrap_or_default();
        for (at, word) in words.iter().enumerate() {
            let Word::Name(name) = word else { continue };
            let fallback = matches!(words.get(at + 1..at + 3),
                Some([Word::Sign("|"), Word::Name(filter)]) if filter == "default" || filter == "d");
            if is_of_page(name) && !fallback && !found.contains(name) && !sure.iter().flatten().any(|sure| sure == name)
            {
                found.push(name.clone());
            }
        }
    }
    found
}

/// Names that have a value when the condition holds.
fn defined(condition: &str) -> Vec<String> {
    let words = words(condition, Backslash::Escapes).unwrap_or_default();
    let is = |word: Option<&Word>, text: &str| matches!(word, Some(Word::Name(name)) if name == text);
    if words.iter().any(|word| is(Some(word), "or") || is(Some(word), "not")) {
        return Vec::new();
    }
    let names = words.iter().enumerate().filter_map(|(at, word)| match word {
        Word::Name(name) if is(words.get(at + 1), "is") && is(words.get(at + 2), "defined") => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// A question whether a name has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) name: String,
    /// Yes when it has one; else yes when it has none.
    pub(super) there: bool,
}

/// What follows `if`, when it only asks for a value: `x`, `x is defined`, `x is defined and x`, `x is undefined`.
pub(super) fn question(source: &str) -> Option<Question> {
    let words = words(source, Backslash::Escapes)?;
    let names: Option<Vec<&str>> =
        words.iter().map(|word| if let Word::Name(name) = word { Some(name.as_str()) } else { None }).collect();
    let (name, there) = match names?.as_slice() {
        [name] | [name, "is", "defined"] => (*name, true),
        [name, "is", "defined", "and", again] if name == again => (*name, true),
        [name, "is", "undefined"] | ["not", name] | [name, "is", "not", "defined"] | ["not", name, "is", "defined"] => {
            (*name, false)
        }
        _ => return None,
    };
    Some(Question { name: name.to_owned(), there })
}

/// `body` is written in our dialect: it is a template, and every name in it is one of ours.
pub(super) fn is_ours(body: &str) -> bool {
    let Some(nodes) = nodes(body).filter(|_| engine().template_from_str(body).is_ok()) else { return false };
    let mut local: Vec<String> = Vec::new();
    for node in &nodes {
        let (source, printed) = match node {
            Node::Text(_) => continue,
            Node::Print(source) => (source, true),
            Node::Tag(source) => (source, false),
        };
        let Some(words) = words(source, Backslash::Escapes) else { continue };
        if let [Word::Name(tag), Word::Name(name), ..] = words.as_slice()
            && !printed
            && matches!(tag.as_str(), "set" | "for")
        {
            local.push(name.clone());
        }
        for (at, word) in words.iter().enumerate() {
            let Word::Name(name) = word else { continue };
            let called = words.get(at + 1) == Some(&Word::Sign("("));
            let root = name.split('.').next().unwrap_or_default();
            let bare = printed && at == 0 && root == name && !called;
            let number = name.parse::<f64>().is_ok();
            let foreign = (bare || root != name) && !NAMESPACES.contains(&root) && !local.iter().any(|l| l == root);
            if foreign && !number {
                return false;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_as_they_are_rendered() {
        let text = |text: &str| Node::Text(text.to_owned());
        let print = |text: &str| Node::Print(text.to_owned());
        let tag = |text: &str| Node::Tag(text.to_owned());
        assert_eq!(
            nodes("a {{ b }}\n  {% if c %}\nd{%+ endif +%}\n{# e #}\n{% raw %}{{ f }}{% endraw %}g"),
            Some(vec![text("a "), print("b"), text("\n"), tag("if c"), text("d"), tag("endif"), text("\n{{ f }}g"),])
        );
        assert_eq!(nodes("a {{- b -}} c"), Some(vec![text("a"), print("b"), text("c")]));
        assert_eq!(nodes("a {{ b"), None);
        assert_eq!(nodes("{% raw %} b"), None);
    }

    #[test]
    fn expressions() {
        let name = |text: &str| Expr::Name(text.to_owned());
        assert_eq!(expression("a.b"), Some(name("a.b")));
        assert_eq!(
            expression("a.b | default(\"x\\n\") | upper"),
            Some(Expr::Filter {
                on: Box::new(Expr::Filter {
                    on: Box::new(name("a.b")),
                    name: "default".to_owned(),
                    arguments: vec![(None, Expr::Text("x\n".to_owned()))],
                }),
                name: "upper".to_owned(),
                arguments: vec![],
            })
        );
        assert_eq!(
            expression("f([1, 'b'], days=-2)"),
            Some(Expr::Call {
                name: "f".to_owned(),
                arguments: vec![
                    (None, Expr::List(vec![name("1"), Expr::Text("b".to_owned())])),
                    (Some("days".to_owned()), name("-2")),
                ],
            })
        );
        for odd in ["", "a b", "a |", "(a", "f(a", "a ~ b", "a if b"] {
            assert_eq!(expression(odd), None, "{odd}");
        }
    }

    #[test]
    fn names_without_a_fallback() {
        #[track_caller]
        fn check(body: &str, expect: &[&str]) {
            assert_eq!(without_fallback(body), expect, "{body}");
        }
        check("{{ author.name }} {{ brand.name | upper }} {{ author.name }}", &["author.name", "brand.name"]);
        check("{{ author.name | default(\"x\") }} {{ form.a }} {{ cursor() }}", &[]);
        check("{% if author.name is defined and author.name %}{{ author.name }}{% endif %}", &[]);
        check("{% if author.name is defined %}x{% else %}{{ author.name }}{% endif %}", &["author.name"]);
        check("{% if author.name is defined or form.a %}{{ author.name }}{% endif %}", &["author.name"]);
        check("{% if form.a is defined %}{% elif page.url is defined %}{{ page.url }}{% endif %}", &[]);
        check("{% if page.url is defined %}{% endif %}{{ page.url }}", &["page.url"]);
        check("{% set x = post.text %}{{ x ~ me.name }}", &["post.text", "me.name"]);
        check("{% raw %}{{ author.name }}{% endraw %}", &[]);
    }

    #[test]
    fn ours_and_others() {
        for ours in [
            "Hi",
            "{{ author.first_name | default(\"x\") }}{{ cursor() }}",
            "{% if form.a is defined %}{{ form.a }}{% endif %}",
            "{% set x = author.name %}{{ x }}",
            "{% for item in form.xs | split(\",\") %}{{ item }}{% endfor %}",
            "{{ \"Hi\" }}",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in ["{{ first_name }}", "{{ contact.name }}", "{% if contact.name %}x{% endif %}", "{{ x", "{%a%}"] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
