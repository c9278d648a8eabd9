//! Bodies in Jinja, put together from pieces so that what was plain text elsewhere is plain text here.
//!
//! Literal `{{`, `{%` and `{#` go into raw blocks. Blocks take the line break behind them along and the blanks before
//! them (`trim_blocks`, `lstrip_blocks`); the signs `+%}` and `{%+` are written where other text shares their line,
//! and a block alone on its line leaves no blank line.

/// A part of a body.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// Words of the reply.
    Text(String),
    /// Another tool's syntax, shown as it was.
    Kept(String),
    /// What stands between `{{` and `}}`.
    Print(String),
    /// What stands between `{%` and `%}`.
    Tag(String),
}

/// A body that is being written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Body(Vec<Piece>);

impl Body {
    /// Words, in which nothing is syntax.
    pub(super) fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    /// Syntax that has no counterpart, as text.
    pub(super) fn kept(&mut self, text: &str) {
        self.0.push(Piece::Kept(text.to_owned()));
    }

    /// `{{ expression }}`.
    pub(super) fn print(&mut self, expression: impl Into<String>) {
        self.0.push(Piece::Print(expression.into()));
    }

    /// `{% tag %}`.
    pub(super) fn tag(&mut self, tag: impl Into<String>) {
        self.0.push(Piece::Tag(tag.into()));
    }

    /// Another body behind this one.
    pub(super) fn append(&mut self, other: Self) {
        for piece in other.0 {
            match piece {
                Piece::Text(text) => self.text(&text),
                piece => self.0.push(piece),
            }
        }
    }

    /// Nothing but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    }

    /// The body as one expression; `None` when it holds blocks or what has no counterpart.
    pub(super) fn as_expression(&self) -> Option<String> {
        let parts: Option<Vec<String>> = self
            .0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(quoted(text)),
                Piece::Print(expression) if expression.contains(' ') => Some(format!("({expression})")),
                Piece::Print(expression) => Some(expression.clone()),
                Piece::Kept(_) | Piece::Tag(_) => None,
            })
            .collect();
        parts.map(|parts| if parts.is_empty() { quoted("") } else { parts.join(" ~ ") })
    }

    /// The words of the body, its expressions left out: what a title can be made of.
    pub(super) fn words(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Kept(text) => text.clone(),
            Piece::Print(_) => "…".to_owned(),
            Piece::Tag(_) => String::new(),
        };
        self.0.iter().map(text).collect()
    }

    /// The body as Jinja.
    pub(super) fn written(&self) -> String {
        let mut out = String::new();
        for (at, piece) in self.0.iter().enumerate() {
            let rest = &self.0[at + 1..];
            match piece {
                Piece::Text(text) => push_text(&mut out, text, !rest.is_empty()),
                Piece::Kept(text) => push_raw(&mut out, text, begins_line(rest)),
                Piece::Print(expression) => {
                    out.push_str("{{ ");
                    out.push_str(expression);
                    out.push_str(" }}");
                }
                Piece::Tag(tag) => {
                    let alone = ends_line(&self.0[..at]) && begins_line_or_ends(rest);
                    out.push_str(if !alone && is_indented(&out) { "{%+ " } else { "{% " });
                    out.push_str(tag);
                    out.push_str(if !alone && begins_line(rest) { " +%}" } else { " %}" });
                }
            }
        }
        out
    }
}

/// Nothing but blanks and blocks stand on the line so far.
fn ends_line(before: &[Piece]) -> bool {
    for piece in before.iter().rev() {
        match piece {
            Piece::Tag(_) => {}
            Piece::Text(text) => {
                let line = text.rsplit('\n').next().unwrap_or_default();
                if !line.trim().is_empty() {
                    return false;
                }
                if line.len() < text.len() {
                    return true;
                }
            }
            Piece::Kept(_) | Piece::Print(_) => return false,
        }
    }
    true
}

/// Nothing but blocks stand on the rest of the line.
fn begins_line_or_ends(rest: &[Piece]) -> bool {
    match rest.iter().find(|piece| !matches!(piece, Piece::Tag(_))) {
        None => true,
        Some(Piece::Text(text)) => text.starts_with(['\n', '\r']),
        Some(_) => false,
    }
}

fn begins_line(rest: &[Piece]) -> bool {
    matches!(rest.first(), Some(Piece::Text(text)) if text.starts_with(['\n', '\r']))
}

/// The last line is blanks, and there are some.
fn is_indented(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    !line.is_empty() && line.trim().is_empty()
}

/// Words, with what opens syntax in raw blocks. A last `{` counts when more follows.
fn push_text(out: &mut String, text: &str, more: bool) {
    let mut rest = text;
    while let Some((at, closer)) = opener(rest) {
        out.push_str(&rest[..at]);
        let line_end = rest[at..].find('\n').map_or(rest.len(), |end| at + end);
        let end = rest[at + 2..line_end].find(closer).map_or(at + 2, |found| at + 2 + found + 2);
        push_raw(out, &rest[at..end], rest[end..].starts_with(['\n', '\r']));
        rest = &rest[end..];
    }
    match rest.strip_suffix('{').filter(|_| more) {
        Some(before) => {
            out.push_str(before);
            push_raw(out, "{", false);
        }
        None => out.push_str(rest),
    }
}

/// The first place that Jinja would take for syntax, and what would end it.
fn opener(text: &str) -> Option<(usize, &'static str)> {
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
        .into_iter()
        .filter_map(|(open, close)| text.find(open).map(|at| (at, close)))
        .min_by_key(|(at, _)| *at)
}

fn push_raw(out: &mut String, text: &str, newline_follows: bool) {
    if text.contains("endraw") {
        out.push_str("{{ ");
        out.push_str(&quoted(text));
        out.push_str(" }}");
        return;
    }
    out.push_str(if is_indented(out) { "{%+ raw" } else { "{% raw" });
    out.push_str(if text.starts_with(['\n', '\r']) { " +%}" } else { " %}" });
    out.push_str(text);
    out.push_str(if is_indented(text) { "{%+ endraw" } else { "{% endraw" });
    out.push_str(if newline_follows { " +%}" } else { " %}" });
}

/// A string as Jinja writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `value | default("fallback")`.
pub(super) fn with_fallback(value: &str, fallback: &str) -> String {
    format!("{value} | default({})", quoted(fallback))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::template::{Context, render};

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut body = Body::default();
        body.text(text);
        assert_eq!(body.written(), expect);
    }

    #[test]
    fn what_opens_syntax_is_raw() {
        check("a {{ b }} c", "a {% raw %}{{ b }}{% endraw %} c");
        check("{%x%}\n", "{% raw %}{%x%}{% endraw +%}\n");
        check("a\n  {{ b", "a\n  {%+ raw %}{{{% endraw %} b");
        check("100 % {} { } }}", "100 % {} { } }}");
        check("{% endraw %}", "{{ \"{% endraw %}\" }}");
    }

    #[test]
    fn a_brace_before_an_expression_stays_a_brace() {
        let mut body = Body::default();
        body.text("{");
        body.print("brand.name");
        body.text("}");
        assert_eq!(body.written(), "{% raw %}{{% endraw %}{{ brand.name }}}");
    }

    #[test]
    fn blocks_leave_the_lines_of_others_alone() {
        let mut body = Body::default();
        body.text("Hi");
        body.tag("if brand.name is defined");
        body.text(" you");
        body.tag("endif");
        body.text("\n  ");
        body.tag("if brand.url is defined");
        body.text("x");
        body.tag("endif");
        body.text("\n");
        body.tag("if brand.url is undefined");
        body.text("\nlast\n");
        body.tag("endif");
        let written = body.written();
        assert_eq!(
            written,
            "Hi{% if brand.name is defined %} you{% endif +%}\n  {%+ if brand.url is defined %}x{% endif +%}\n\
             {% if brand.url is undefined %}\nlast\n{% endif %}"
        );
        assert_eq!(render(&written, &Context::default()).unwrap().text, "Hi\n  \nlast\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_out_as_it_went_in(
            texts in proptest::collection::vec(
                "[{}%# \n\\-+a\"endraw]{0,12}|\\PC{0,8}|\\{% raw %\\}|\\{% endraw %\\}",
                1..6,
            ),
        ) {
            let mut body = Body::default();
            let mut expect = String::new();
            for text in &texts {
                body.text(text);
                body.print("\"|\"");
                body.kept(text);
                expect += &format!("{text}|{text}");
            }
            // The engine drops its own marks and one last line break.
            let expect: String = expect.chars().filter(|c| !crate::template::clean::is_noncharacter(*c)).collect();
            body.text(".");
            let text = render(&body.written(), &Context::default()).unwrap().text;
            prop_assert_eq!(text, expect + ".");
        }
    }
}
