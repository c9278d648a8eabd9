//! Renders a template body for one reply: text, caret, and what has no value.
//!
//! Strict by design: a variable without a value never becomes an empty string. Work and output are bounded.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use minijinja::Value;

use super::clean::is_noncharacter;
use super::context::Context;
use super::engine::engine;
use super::parts::{self, FindPart, Part};
use super::problem::TemplateProblem;
use super::scope::{CURSOR, MISSING, Root, missing_number};
use crate::message::{Catalogue, Lang};
use crate::protocol::{Preview, Unresolved};
use crate::site::limits::Limit;
use crate::text::{OffsetMap, Utf16Offset};

/// Longest text it may write, in bytes.
pub(super) const LONGEST: usize = 64 * 1024;

/// A rendered template.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    /// The text. A variable without a value stands in it as `{{ name }}`.
    pub text: String,
    /// Where `cursor()` stood.
    pub cursor: Option<Utf16Offset>,
    /// Variables without a value, in reading order; while there are any, the text must not be inserted. One that was
    /// tested rather than printed has an empty span at the end of the text.
    pub unresolved: Vec<Unresolved>,
}

impl Rendered {
    /// By how much the text exceeds `limit`, in its units.
    pub fn over(&self, limit: Option<Limit>) -> Option<u32> {
        limit?.over(&self.text)
    }
}

/// Renders `body` with the values of `context`; it can include nothing.
pub fn render(body: &str, context: &Context) -> Result<Rendered, TemplateProblem> {
    render_with(body, context, &|_| None)
}

/// Renders `body` with the values of `context` and the parts that `find` gives.
pub fn render_with(body: &str, context: &Context, find: FindPart<'_>) -> Result<Rendered, TemplateProblem> {
    let body = without_marks(body);
    let parts = parts::collect(&body, find)?;
    let root = Root::new(context);
    let marked = write(&body, &parts, &root).map_err(|error| TemplateProblem::from_engine(&error, &body))?;
    Ok(read_marks(marked, &root))
}

/// Whether `body` can be rendered at all, whatever the templates say that it includes.
pub fn is_well_formed(body: &str) -> bool {
    render_with(body, &Context::default(), &|_| Some(String::new())).is_ok()
}

/// What a page shows of a template before it is inserted.
pub fn preview(body: &str, context: &Context, find: FindPart<'_>, limit: Option<Limit>, lang: Lang) -> Preview {
    match render_with(body, context, find) {
        Ok(rendered) => {
            Preview { over: rendered.over(limit), text: rendered.text, unresolved: rendered.unresolved, error: None }
        }
        Err(problem) => Preview { error: Some(Catalogue::of(lang).say(&problem.msg)), ..Preview::default() },
    }
}

fn write(body: &str, parts: &[Part], root: &Arc<Root>) -> Result<String, minijinja::Error> {
    let mut with_parts;
    let engine = if parts.is_empty() {
        engine()
    } else {
        with_parts = engine().clone();
        for part in parts {
            with_parts.add_template(&part.name, &part.body)?;
        }
        &with_parts
    };
    let template = engine.template_from_named_str("reply", body)?;
    let mut out = Bounded(Vec::with_capacity(body.len()));
    template.render_captured_to(Value::from_dyn_object(root.clone()), &mut out)?;
    Ok(String::from_utf8(out.0).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
}

/// A writer that stops at [`LONGEST`].
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::Error::other("text too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The body without the characters that serve as marks.
pub(super) fn without_marks(body: &str) -> Cow<'_, str> {
    if body.contains(is_noncharacter) {
        Cow::Owned(body.chars().filter(|c| !is_noncharacter(*c)).collect())
    } else {
        Cow::Borrowed(body)
    }
}

/// Turns marks into positions: the first caret mark counts, missing values become `{{ name }}`.
fn read_marks(marked: String, root: &Root) -> Rendered {
    let mut cursor = None;
    let mut printed = Vec::new();
    let mut spans: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    let text = if marked.contains(is_noncharacter) {
        let mut text = String::with_capacity(marked.len());
        let mut chars = marked.chars();
        while let Some(c) = chars.next() {
            match c {
                CURSOR => cursor = cursor.or(Some(text.len())),
                MISSING => {
                    let number = chars.clone().next().and_then(missing_number);
                    if let Some((number, name)) = number.and_then(|number| Some((number, root.name(number)?))) {
                        chars.next();
                        printed.push(number);
                        let start = text.len();
                        text.push_str("{{ ");
                        text.push_str(&name);
                        text.push_str(" }}");
                        spans.push((name, start..text.len()));
                    }
                }
                _ if is_noncharacter(c) => {}
                _ => text.push(c),
            }
        }
        text
    } else {
        marked
    };
    for name in root.unprinted(&printed) {
        if !spans.iter().any(|(printed, _)| *printed == name) {
            spans.push((name, text.len()..text.len()));
        }
    }
    if cursor.is_none() && spans.is_empty() {
        return Rendered { text, ..Rendered::default() };
    }
    let map = OffsetMap::new(&text);
    let unresolved = spans.into_iter().map(|(name, bytes)| Unresolved { name, span: map.span(bytes) }).collect();
    Rendered { cursor: cursor.map(|byte| map.to_utf16(byte)), unresolved, text }
}

#[cfg(test)]
mod tests;
