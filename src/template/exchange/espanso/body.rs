//! The text of a match with its variables, as a body.

use serde_json::Value;

use super::{Var, choices, declare_form};
use crate::message::Msg;
use crate::template::exchange::Level;
use crate::template::exchange::dates::{DateFormat, Shift, strftime};
use crate::template::exchange::draft::{Draft, trigger};
use crate::template::exchange::jinja::{Body, quoted};
use crate::template::exchange::text_of;
use crate::template::{Field, FieldKind};

/// The variable that `form:` is short for.
pub(super) const FORM: &str = "form1";
/// Variables name others no deeper than this.
const DEEPEST: usize = 8;

/// Writes `source` into the draft's body.
pub(super) fn write(source: &str, vars: &[Var], global: &[Var], draft: &mut Draft) {
    for var in vars.iter().chain(global).filter(|var| var.kind == "form") {
        if vars.iter().any(|own| own.name == var.name) || source.contains(&format!("{{{{{}.", var.name)) {
            declare_form(var, draft);
        }
    }
    let mut writer = Writer { vars, global, cursor: false };
    let body = writer.text(source, draft, 0);
    draft.body.append(body);
    for var in vars {
        let refused = matches!(var.kind.as_str(), "shell" | "script");
        if refused {
            draft.note(Level::Refused, program(var));
        }
    }
}

/// Why a variable is refused: it would run a program.
fn program(var: &Var) -> Msg {
    let runs = var.params.get("cmd").or_else(|| var.params.get("args"));
    let runs = match runs {
        Some(Value::Array(words)) => words.iter().filter_map(text_of).collect::<Vec<_>>().join(" "),
        Some(value) => text_of(value).unwrap_or_default(),
        None => String::new(),
    };
    Msg::new("exchange_program").with("name", &var.name).with("program", runs)
}

struct Writer<'v> {
    vars: &'v [Var],
    global: &'v [Var],
    /// The caret has its place; espanso knows one.
    cursor: bool,
}

impl Writer<'_> {
    fn text(&mut self, source: &str, draft: &mut Draft, depth: usize) -> Body {
        let mut body = Body::default();
        let mut rest = source;
        while let Some((at, mark)) = next_mark(rest) {
            body.text(&rest[..at]);
            match mark {
                Mark::Escaped(text, length) => {
                    body.text(&text);
                    rest = &rest[at + length..];
                }
                Mark::Cursor => {
                    if self.cursor {
                        body.text("$|$");
                    } else {
                        body.print("cursor()");
                        self.cursor = true;
                    }
                    rest = &rest[at + 3..];
                }
                Mark::Variable(name, length) => {
                    let source = &rest[at..at + length];
                    match self.variable(&name, draft, depth) {
                        Some(value) => body.append(value),
                        None => {
                            body.kept(source);
                            draft.template.off = true;
                            draft.note(Level::Missing, Msg::new("exchange_kept").with("text", source));
                        }
                    }
                    rest = &rest[at + length..];
                }
            }
        }
        body.text(rest);
        body
    }

    fn find(&self, name: &str) -> Option<Var> {
        self.vars.iter().chain(self.global).find(|var| var.name == name && var.kind != "global").cloned()
    }

    /// What stands for a variable; `None` when nothing does.
    fn variable(&mut self, name: &str, draft: &mut Draft, depth: usize) -> Option<Body> {
        let mut body = Body::default();
        if let Some(field) = draft.field_of(name) {
            body.print(format!("form.{field}"));
            return Some(body);
        }
        let Some(var) = self.find(name) else {
            // A named group of a pattern, or a slip of the pen: it is asked for.
            let value = draft.value(name, None);
            body.print(value);
            return Some(body);
        };
        let text = |key: &str| var.params.get(key).and_then(text_of);
        match var.kind.as_str() {
            "echo" => {
                let said = text("echo").unwrap_or_default();
                if var.inject_vars == Some(false) || depth >= DEEPEST {
                    body.text(&said);
                } else {
                    body.append(self.text(&said, draft, depth + 1));
                }
            }
            "date" => body.print(date(&var, draft)?),
            "choice" => {
                let values = var.params.get("values")?;
                let choices = choices(values);
                if choices.iter().any(|choice| choice.contains("{{")) {
                    return None;
                }
                let label = |value: &Value| value.get("label").and_then(text_of) != value.get("id").and_then(text_of);
                if values.as_array().is_some_and(|values| values.iter().any(label)) {
                    draft.note(Level::Changed, Msg::new("exchange_choice_names").with("name", name));
                }
                let field = Field { label: name.to_owned(), kind: FieldKind::Choice, choices, ..Field::default() };
                let field = draft.field(name, field);
                body.print(format!("form.{field}"));
            }
            "random" => {
                let choices = choices(var.params.get("choices")?);
                let mut items = Vec::new();
                for choice in choices {
                    items.push(if depth >= DEEPEST {
                        quoted(&choice)
                    } else {
                        self.text(&choice, draft, depth + 1).as_expression()?
                    });
                }
                body.print(format!("random([{}])", items.join(", ")));
            }
            "clipboard" => body.print(draft.clipboard()),
            "match" => {
                let part = trigger(&text("trigger")?)?;
                body.tag(format!("include {}", quoted(&part)));
            }
            _ => return None,
        }
        Some(body)
    }
}

fn date(var: &Var, draft: &mut Draft) -> Option<String> {
    let text = |key: &str| var.params.get(key).and_then(text_of);
    let format = match text("format") {
        Some(format) => strftime(&format)?,
        None => {
            draft.note(Level::Changed, Msg::new("exchange_date"));
            DateFormat::long()
        }
    };
    let shift = match text("offset") {
        Some(seconds) => Shift::of_seconds(seconds.trim().parse().ok()?)?,
        None => Shift::default(),
    };
    if format.changed {
        draft.note(Level::Changed, Msg::new("exchange_date"));
    }
    if let Some(locale) = text("locale") {
        draft.note(Level::Changed, Msg::new("exchange_date_language").with("language", locale));
    }
    Some(format.call(shift))
}

enum Mark {
    /// Escaped braces: their text and how much of the source they take.
    Escaped(String, usize),
    Cursor,
    Variable(String, usize),
}

/// The first place in a text that means something.
fn next_mark(text: &str) -> Option<(usize, Mark)> {
    let escaped = text.find("\\{\\{").map(|at| {
        let rest = &text[at..];
        let end = rest.find("\\}\\}").map_or(4, |end| end + 4);
        (at, Mark::Escaped(rest[..end].replace("\\{", "{").replace("\\}", "}"), end))
    });
    let cursor = text.find("$|$").map(|at| (at, Mark::Cursor));
    let variable = text.match_indices("{{").find_map(|(at, _)| {
        let end = text[at..].find("}}")?;
        let name = text[at + 2..at + end].trim();
        is_variable(name).then(|| (at, Mark::Variable(name.to_owned(), end + 2)))
    });
    [escaped, cursor, variable].into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// Word characters, with one dot at most.
fn is_variable(name: &str) -> bool {
    let mut parts = name.split('.');
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    parts.next().is_some_and(word) && parts.next().is_none_or(word) && parts.next().is_none()
}

/// The names in `[[…]]` of a form's layout, each once.
pub(super) fn bracketed(layout: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, _) in layout.match_indices("[[") {
        if let Some(end) = layout[at..].find("]]") {
            let name = layout[at + 2..at + end].trim();
            if is_variable(name) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// A form's layout as the text it makes: every field is named after the form.
pub(super) fn with_form_names(layout: &str, declared: &dyn Fn(&str) -> bool) -> String {
    let mut out = with_brackets(layout, declared);
    for name in bracketed(&out) {
        for written in [format!("[[{name}]]"), format!("[[ {name} ]]")] {
            out = out.replace(&written, &format!("{{{{{FORM}.{name}}}}}"));
        }
    }
    out
}

/// A layout with its fields in brackets; braces that name no variable are fields of a file from before 2.1.
pub(super) fn with_brackets(layout: &str, declared: &dyn Fn(&str) -> bool) -> String {
    if layout.contains("[[") {
        return layout.to_owned();
    }
    let mut out = String::new();
    let mut rest = layout;
    while let Some((at, mark)) = next_mark(rest) {
        out.push_str(&rest[..at]);
        let length = match &mark {
            Mark::Escaped(_, length) | Mark::Variable(_, length) => *length,
            Mark::Cursor => 3,
        };
        match mark {
            Mark::Variable(name, _) if !name.contains('.') && !declared(&name) => out.push_str(&format!("[[{name}]]")),
            _ => out.push_str(&rest[at..at + length]),
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}
