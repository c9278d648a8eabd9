//! Words that were meant for colleagues, in a box that customers read.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

pub(super) struct InternalNote;

impl Check for InternalNote {
    fn id(&self) -> &'static str {
        "internal_note"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let found = find(reply.text)?;
        let why = Msg::new("guard_internal_note").with("text", &reply.text[found.clone()]);
        Some(Hold { check: self.id(), why, span: Some(reply.span(found)), fix: Fix::Rewrite })
    }
}

/// At the start of a line, in brackets or before a colon.
const LABELS: &[&str] = &[
    "internal",
    "internal note",
    "internal only",
    "internal use",
    "internal use only",
    "note to self",
    "private note",
    "draft",
    "team only",
    "for internal use",
    "interno",
    "nota interna",
    "uso interno",
    "solo interno",
    "borrador",
    "nota privada",
    "para el equipo",
    "solo equipo",
    "for the team",
];

/// Anywhere.
const PHRASES: &[&str] = &[
    "do not publish",
    "don't publish",
    "do not post this",
    "don't post this",
    "do not send this",
    "not for publication",
    "do not reply to this customer",
    "customer must not see",
    "no publicar",
    "no publiques",
    "no enviar al cliente",
    "no responder a este cliente",
    "que no lo vea el cliente",
    "pendiente de aprobación",
    "pending approval",
    "awaiting approval",
    "waiting for legal",
    "pendiente de legal",
];

fn find(text: &str) -> Option<std::ops::Range<usize>> {
    // Only ASCII changes, so places stay what they are.
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    for line in lower.split_inclusive('\n') {
        if let Some(end) = label(line) {
            let start = at + line.len() - line.trim_start().len();
            return Some(start..at + end);
        }
        at += line.len();
    }
    PHRASES.iter().filter_map(|phrase| whole(&lower, phrase)).min_by_key(|found| found.start)
}

/// Where the label at the start of a line ends.
fn label(line: &str) -> Option<usize> {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let (inner, close) = match trimmed.chars().next()? {
        '[' => (&trimmed[1..], ']'),
        '(' => (&trimmed[1..], ')'),
        '#' => (&trimmed[1..], ' '),
        _ => (trimmed, ':'),
    };
    let end = inner.find([close, ':', ']', ')']).or_else(|| (close == ' ').then(|| inner.trim_end().len()))?;
    let opens = trimmed.len() - inner.len();
    LABELS.contains(&inner[..end].trim()).then(|| (indent + opens + end + 1).min(line.trim_end().len()))
}

fn whole(text: &str, phrase: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find(phrase)?;
    let end = start + phrase.len();
    let bounded = !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
        && !text[end..].chars().next().is_some_and(char::is_alphanumeric);
    bounded.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_texts;
    use super::*;

    #[test]
    fn notes_are_held_and_words_are_not() {
        check_texts(
            &InternalNote,
            &[
                ("Internal: she called twice", "Internal:"),
                ("[internal note] call her", "[internal note]"),
                ("Hello Ana,\n  (nota interna) es cliente VIP", "(nota interna)"),
                ("BORRADOR: hola", "BORRADOR:"),
                ("Hello. Do not publish before Ben has seen it.", "Do not publish"),
                ("Pendiente de aprobación: hola", "Pendiente de aprobación"),
                ("#internal ask Ben", "#internal "),
                ("#interno", "#interno"),
            ],
            &[
                "Our internal team is looking into it.",
                "Internally we agreed: yes.",
                "Draft beer: two euros",
                "Nota: abrimos a las nueve",
                "#internalaudit tips",
                "Todo es interno",
            ],
        );
    }
}
