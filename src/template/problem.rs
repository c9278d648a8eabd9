//! Why a template gave no text, in plain words with the place.

use std::error::Error as _;

use minijinja::{Error, ErrorKind};

use crate::message::Msg;

/// A mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// What is wrong and what to do, with the place as arguments.
    pub msg: Msg,
    /// Line in the body, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl TemplateProblem {
    /// Reads the engine's error over `body`.
    pub(super) fn from_engine(error: &Error, body: &str) -> Self {
        let met = error.range().map_or(0, |range| floor(body, range.start));
        // A mistake in a part is told at its `include`.
        let mut cause = error;
        while let Some(inner) = cause.source().and_then(|source| source.downcast_ref()) {
            cause = inner;
        }
        let detail = cause.detail().unwrap_or_default();
        let mistake = Mistake::of(error.kind(), detail, body, met);
        // What was never closed is mended where it was opened, not where the engine gave up.
        let start = match mistake {
            Mistake::BraceOpen => open_brace(body, met),
            Mistake::BlockOpen => open_block(body),
            Mistake::Other => None,
        }
        .unwrap_or(met);
        let msg = match cause.kind() {
            _ if mistake == Mistake::BraceOpen => {
                Msg::new("picker_template_brace_open").with("near", near(body, start))
            }
            _ if mistake == Mistake::BlockOpen => {
                Msg::new("picker_template_block_open").with("near", near(body, start))
            }
            ErrorKind::SyntaxError => match detail.strip_prefix("unknown statement ") {
                Some(name) => Msg::new("picker_template_unknown_tag").with("name", name),
                None => Msg::new("picker_template_not_read").with("near", near(body, start)),
            },
            ErrorKind::UnknownFilter => Msg::new("picker_template_unknown_filter").with("name", named(detail)),
            ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
                Msg::new("picker_template_unknown_function").with("name", named(detail))
            }
            ErrorKind::OutOfFuel => Msg::new("picker_template_runs_on"),
            ErrorKind::WriteFailure => Msg::new("picker_template_too_long"),
            ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
                Msg::new("picker_template_no_part").with("name", named(detail))
            }
            _ => Msg::new("picker_template_bad_value").with("near", near(body, start)),
        };
        Self::at(msg, body, start)
    }

    /// A mistake at a byte of `body`.
    pub(super) fn at(msg: Msg, body: &str, byte: usize) -> Self {
        let (line, column) = place(body, byte);
        Self { msg: msg.with("line", line).with("column", column), line, column }
    }
}

/// The mistakes that have a better place than the engine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mistake {
    /// `{{` or `{%` without its end.
    BraceOpen,
    /// `{% if %}` or `{% for %}` without its end.
    BlockOpen,
    Other,
}

impl Mistake {
    fn of(kind: ErrorKind, detail: &str, body: &str, met: usize) -> Self {
        let at_end = detail.contains("end of input") || detail.contains("unexpected end of");
        let cut_short = detail.contains("end of variable block") || detail.contains("end of block");
        let ends_open =
            open_brace(body, body.len()).is_some_and(|at| !body[at..].contains("}}") && !body[at..].contains("%}"));
        if kind != ErrorKind::SyntaxError {
            Self::Other
        } else if ends_open && (at_end || cut_short) || cut_short && open_brace(body, met).is_some() && !at_end {
            Self::BraceOpen
        } else if at_end && open_block(body).is_some() {
            Self::BlockOpen
        } else {
            Self::Other
        }
    }
}

/// The last `{{` or `{%` before `end`.
fn open_brace(body: &str, end: usize) -> Option<usize> {
    ["{{", "{%"].iter().filter_map(|open| body[..end].rfind(open)).max()
}

/// The innermost block tag that has no end.
fn open_block(body: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, _) in body.match_indices("{%") {
        let word: String =
            body[at + 2..].trim_start_matches(['-', '+', ' ']).chars().take_while(|c| c.is_alphabetic()).collect();
        match word.as_str() {
            "if" | "for" | "block" | "with" | "filter" => open.push(at),
            _ if word.starts_with("end") => drop(open.pop()),
            _ => {}
        }
    }
    open.last().copied()
}

/// "filter foo is unknown" → "foo".
fn named(detail: &str) -> String {
    let words: Vec<&str> = detail.split_whitespace().collect();
    let name =
        words.iter().position(|w| matches!(*w, "filter" | "function" | "test" | "method" | "named" | "template"));
    name.and_then(|i| words.get(i + 1)).copied().unwrap_or(detail).trim_matches(['"', '\'', '`']).to_owned()
}

/// A few words of the body from `start`, on one line.
fn near(body: &str, start: usize) -> String {
    let rest = body[start..].lines().next().unwrap_or_default().trim();
    rest.chars().take(30).collect()
}

fn place(body: &str, byte: usize) -> (u32, u32) {
    let before = &body[..byte];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    (line, column)
}

fn floor(body: &str, byte: usize) -> usize {
    (0..=byte.min(body.len())).rev().find(|&b| body.is_char_boundary(b)).unwrap_or(0)
}
