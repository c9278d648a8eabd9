//! What the checker reports.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rule::{About, Severity};
use crate::message::{Lang, Msg};
use crate::protocol::FindingView;
use crate::text::Utf16Span;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that speaks: id, name, message, why, link.
    pub rule: Arc<About>,
    /// How much it weighs.
    pub severity: Severity,
    /// Where.
    pub span: Utf16Span,
    /// The words at the span, as written.
    pub matched: String,
    /// What may stand at the span instead, best first; an empty string takes the words out.
    pub fixes: Vec<String>,
    /// It judges the whole reply and only marks a word of it: better shown when the person pauses.
    pub whole: bool,
    /// Values for the message: `COUNT`, `LIMIT`.
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// One sentence in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let message = self.rule.message.of(lang);
        if !message.contains('$') {
            return message.to_owned();
        }
        let fix = self.fixes.first().map_or("", String::as_str);
        let values = self.args.iter().map(|(name, value)| (*name, value.as_str()));
        fill(message, [("MATCH", self.matched.trim()), ("FIX", fix)].into_iter().chain(values))
    }

    /// Why it matters, in `lang`.
    pub fn why(&self, lang: Lang) -> &str {
        self.rule.why.of(lang)
    }

    /// [`Finding::why`] for places that take a catalogue message.
    pub fn why_msg(&self, lang: Lang) -> Msg {
        Msg::new("voice_words").with("text", self.why(lang))
    }

    /// As the page agent draws it; `id` is its number within the revision.
    pub fn view(&self, id: u32, lang: Lang) -> FindingView {
        FindingView {
            id,
            rule: self.rule.id.clone(),
            span: self.span,
            severity: self.severity.name().to_owned(),
            text: self.message(lang),
            matched: self.matched.clone(),
            fixes: self.fixes.clone(),
        }
    }
}

/// `$NAME$` by value, once: a value's own dollars are never read again.
fn fill<'a>(message: &str, values: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let values: Vec<_> = values.collect();
    let mut out = String::with_capacity(message.len() + 16);
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let value = after
            .split_once('$')
            .and_then(|(name, tail)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, tail)));
        match value {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('$');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
