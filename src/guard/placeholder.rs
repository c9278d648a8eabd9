//! Holes that a template or a hurried person left: `{{ name }}`, "[order number]", "XXXX", "lorem ipsum".
//!
//! Square brackets are common in ordinary text, so only words that name a hole count in them. "XXX" and "xx" are kisses.

use std::ops::Range;

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

pub(super) struct Placeholder;

impl Check for Placeholder {
    fn id(&self) -> &'static str {
        "placeholder"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let found = find(reply.text)?;
        let why = Msg::new("guard_placeholder").with("text", &reply.text[found.clone()]);
        Some(Hold { check: self.id(), why, span: Some(reply.span(found)), fix: Fix::Rewrite })
    }
}

/// Brackets of templates, and whether what stands between them must name a hole.
const PAIRS: [(&str, &str, bool); 8] = [
    ("{{", "}}", false),
    ("{%", "%}", false),
    ("[[", "]]", true),
    ("${", "}", true),
    ("{", "}", true),
    ("[", "]", true),
    ("<", ">", true),
    ("%", "%", true),
];

/// Words that name a hole.
const HOLES: &[&str] = &[
    "agent",
    "amount",
    "brand",
    "cantidad",
    "case",
    "caso",
    "cliente",
    "company",
    "customer",
    "date",
    "empresa",
    "enlace",
    "fecha",
    "firma",
    "first_name",
    "firstname",
    "fname",
    "hora",
    "importe",
    "insert",
    "inserta",
    "insertar",
    "last_name",
    "link",
    "marca",
    "name",
    "nombre",
    "number",
    "numero",
    "número",
    "order",
    "pedido",
    "phone",
    "place",
    "product",
    "producto",
    "producto_nombre",
    "reference",
    "referencia",
    "signature",
    "surname",
    "teléfono",
    "telefono",
    "ticket",
    "time",
    "tracking",
    "url",
    "user",
    "username",
    "usuario",
    "your",
    "tu",
];

/// Words that stand for text that is to come.
const STANDINS: &[&str] = &["lorem ipsum", "TODO", "TBD", "TBC", "FIXME", "XXXX", "____"];

fn find(text: &str) -> Option<Range<usize>> {
    let pairs = PAIRS.iter().filter_map(|(open, close, named)| between(text, open, close, *named));
    let standins = STANDINS.iter().filter_map(|word| standin(text, word));
    pairs.chain(standins).min_by_key(|found| (found.start, usize::MAX - found.end))
}

/// The first stretch from `open` to `close` on one line; a template's own bracket counts without its end too.
fn between(text: &str, open: &str, close: &str, named: bool) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        at = start + open.len();
        let line = text[at..].split('\n').next().unwrap_or_default();
        match line.find(close) {
            Some(length) if !named || names_hole(&line[..length]) => return Some(start..at + length + close.len()),
            None if !named => return Some(start..start + open.len()),
            _ => {}
        }
    }
    None
}

/// "order number", "ORDER_NO", "tu nombre": one of the words names a hole, and there are few of them.
fn names_hole(inside: &str) -> bool {
    let words: Vec<String> =
        inside.split([' ', '-', '.', '\u{a0}']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let is_hole = |word: &String| HOLES.contains(&word.as_str()) || word.split('_').any(|part| HOLES.contains(&part));
    (1..=4).contains(&words.len()) && words.iter().any(is_hole)
}

/// `word` as it stands, not within another word; of a row of its last character all.
fn standin(text: &str, word: &str) -> Option<Range<usize>> {
    let in_word = |c: char| c.is_alphanumeric();
    let start = text
        .match_indices(word)
        .map(|(start, _)| start)
        .find(|start| !text[..*start].chars().next_back().is_some_and(in_word))?;
    let last = word.chars().next_back();
    let more = text[start + word.len()..].chars().take_while(|c| Some(*c) == last).map(char::len_utf8).sum::<usize>();
    let end = start + word.len() + more;
    (!text[end..].chars().next().is_some_and(in_word)).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_texts;
    use super::*;

    #[test]
    fn holes_are_held_and_brackets_are_not() {
        check_texts(
            &Placeholder,
            &[
                ("Hello {{ author.first_name }}, sorry", "{{ author.first_name }}"),
                ("Hello {{name, sorry", "{{"),
                ("{% if me %}Hi", "{% if me %}"),
                ("Hello [NAME], sorry", "[NAME]"),
                ("Hola [tu nombre]:", "[tu nombre]"),
                ("Your order [order number] left", "[order number]"),
                ("Order <ORDER_NUMBER> left", "<ORDER_NUMBER>"),
                ("Dear %first_name%, hello", "%first_name%"),
                ("Hi {name}!", "{name}"),
                ("Pedido n.º XXXXXX enviado", "XXXXXX"),
                ("Call us at ______.", "______"),
                ("Lorem: lorem ipsum dolor", "lorem ipsum"),
                ("Delivery on TBD.", "TBD"),
                ("first [link] then {{ x }}", "[link]"),
            ],
            &[
                "See you soon xxx",
                "Love it XXX",
                "Super Bowl XXXI",
                "We saw it [sic] and laughed",
                "a < b and c > d",
                "50% off, 20% more",
                "The todo list is long",
                "Thank you :{ }",
                "snake_case_is_fine and a_b",
                "{ \"a\": 1 }",
                "[1] and [2]",
                "Prices <3",
            ],
        );
    }
}
