//! A library as espanso's matches. espanso cannot read the page: a value of the page is its fallback, and without one
//! it is asked for in a form.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::body::FORM;
use crate::message::Msg;
use crate::template::exchange::draft::{field_name, free, short};
use crate::template::exchange::reader::{Expr, Node, expression, is_of_page, nodes, question};
use crate::template::exchange::{Exported, Level, Note};
use crate::template::{Field, FieldKind, Template};

#[derive(Serialize)]
struct File {
    matches: Vec<Match>,
}

#[derive(Serialize)]
struct Match {
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<String>,
    label: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    search_terms: Vec<String>,
    replace: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vars: Vec<Var>,
}

#[derive(Serialize)]
struct Var {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    params: BTreeMap<String, Value>,
}

/// Writes matches. Templates that are switched off are left out: espanso cannot switch one off.
pub(in crate::template::exchange) fn export(templates: &[Template]) -> Exported {
    let mut notes = Vec::new();
    let mut matches = Vec::new();
    for template in templates {
        let mut note = |level, msg| {
            let note = Note { template: template.title.clone(), line: None, level, msg };
            if !notes.contains(&note) {
                notes.push(note);
            }
        };
        if template.off {
            note(Level::Refused, Msg::new("exchange_off"));
            continue;
        }
        let left = [(!template.actions.is_none(), "actions"), (!template.attachment.is_empty(), "attachment")];
        for (_, fields) in left.into_iter().filter(|(there, _)| *there) {
            note(Level::Missing, Msg::new("exchange_left_out").with("fields", fields));
        }
        let mut writer = Writer {
            out: String::new(),
            fields: &template.fields,
            vars: Vec::new(),
            asked: Vec::new(),
            open: Vec::new(),
            cursor: false,
            note: &mut note,
        };
        match nodes(&template.body) {
            Some(nodes) => nodes.iter().for_each(|node| writer.node(node)),
            None => writer.keep(&template.body),
        }
        let form = writer.form();
        let mut vars = writer.vars;
        vars.splice(..0, form);
        matches.push(Match {
            trigger: template.trigger.as_ref().map(|trigger| format!(":{trigger}")),
            label: template.title.clone(),
            search_terms: template.tags.clone(),
            replace: writer.out.trim_end().to_owned(),
            vars,
        });
    }
    let text = serde_saphyr::to_string(&File { matches }).unwrap_or_default();
    Exported { text, notes }
}

/// A block that is open.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    /// Stays as text.
    Kept,
    /// Its condition is known; true while its part is written.
    Known { written: bool, done: bool },
}

struct Writer<'t> {
    out: String,
    fields: &'t [Field],
    vars: Vec<Var>,
    /// Fields of the form, in the order of the text.
    asked: Vec<Field>,
    open: Vec<Block>,
    cursor: bool,
    note: &'t mut dyn FnMut(Level, Msg),
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) {
        if let Node::Tag(source) = node {
            return self.tag(source);
        }
        if self.open.iter().any(|block| matches!(block, Block::Known { written: false, .. })) {
            return;
        }
        match node {
            Node::Text(text) => self.text(text),
            Node::Print(source) => match expression(source).and_then(|expr| self.value(&expr)) {
                Some(text) => self.out.push_str(&text),
                None => self.keep(&format!("{{{{ {source} }}}}")),
            },
            Node::Tag(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.contains("$|$") {
            (self.note)(Level::Changed, Msg::new("exchange_caret_sign"));
        }
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let end = rest[at..].find("}}").map_or(rest.len(), |end| at + end + 2);
            self.out.push_str(&rest[..at]);
            self.out.push_str(&rest[at..end].replace("{{", "\\{\\{").replace("}}", "\\}\\}"));
            rest = &rest[end..];
        }
        self.out.push_str(rest);
    }

    /// Syntax of ours, as text.
    fn keep(&mut self, source: &str) {
        self.text(source);
        (self.note)(Level::Missing, Msg::new("exchange_not_there").with("text", short(source)));
    }

    fn tag(&mut self, source: &str) {
        let (name, rest) = source.split_once(char::is_whitespace).unwrap_or((source, ""));
        let hidden = self.open.iter().any(|block| matches!(block, Block::Known { written: false, .. }));
        match (name, self.open.last().copied()) {
            ("if", _) => {
                let block = match question(rest).filter(|question| is_of_page(&question.name)) {
                    // espanso sees no page, so nothing of it is there.
                    Some(question) => {
                        (self.note)(Level::Changed, Msg::new("exchange_no_page").with("name", question.name));
                        Block::Known { written: !question.there, done: !question.there }
                    }
                    None => Block::Kept,
                };
                self.open.push(block);
                if block == Block::Kept && !hidden {
                    self.keep(&format!("{{% {source} %}}"));
                }
            }
            ("else", Some(Block::Known { done, .. })) => self.replace(Block::Known { written: !done, done: true }),
            ("elif", Some(Block::Known { done: true, .. })) => {
                self.replace(Block::Known { written: false, done: true })
            }
            ("elif", Some(Block::Known { done: false, .. })) => {
                let there =
                    question(rest).filter(|question| is_of_page(&question.name)).map(|question| !question.there);
                if there.is_none() {
                    self.keep(&format!("{{% {source} %}}"));
                }
                let written = there.unwrap_or(true);
                self.replace(Block::Known { written, done: written });
            }
            ("endif", Some(block)) => {
                self.open.pop();
                if block == Block::Kept && !hidden {
                    self.keep("{% endif %}");
                }
            }
            ("include", _) if !hidden => match expression(rest) {
                Some(Expr::Text(part)) => {
                    let params = BTreeMap::from([("trigger".to_owned(), Value::from(format!(":{part}")))]);
                    let text = self.var(&part, "match", params);
                    self.out.push_str(&text);
                }
                _ => self.keep(&format!("{{% {source} %}}")),
            },
            _ if !hidden => self.keep(&format!("{{% {source} %}}")),
            _ => {}
        }
    }

    fn replace(&mut self, block: Block) {
        self.open.pop();
        self.open.push(block);
    }

    /// Adds a variable; gives its place in the text.
    fn var(&mut self, wanted: &str, kind: &'static str, params: BTreeMap<String, Value>) -> String {
        let name = match self.vars.iter().find(|var| var.kind == kind && var.params == params) {
            Some(var) => var.name.clone(),
            None => {
                let taken = |name: &str| name == FORM || self.vars.iter().any(|var| var.name == name);
                let name = free(&field_name(wanted), "_", taken);
                self.vars.push(Var { name: name.clone(), kind, params });
                name
            }
        };
        format!("{{{{{name}}}}}")
    }

    /// What stands for an expression.
    fn value(&mut self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Text(text) => Some(text.replace("{{", "\\{\\{").replace("}}", "\\}\\}")),
            Expr::Name(name) => match name.strip_prefix("form.") {
                Some(field) => {
                    let known = self.fields.iter().find(|known| known.name == field);
                    let field = known.cloned().unwrap_or_else(|| Field { name: field.to_owned(), ..Field::default() });
                    Some(self.ask(field))
                }
                None if is_of_page(name) => {
                    (self.note)(Level::Changed, Msg::new("exchange_no_page").with("name", name));
                    Some(self.ask(Field { name: field_name(name), label: name.clone(), ..Field::default() }))
                }
                None => None,
            },
            Expr::Filter { on, name, arguments } if name == "default" || name == "d" => {
                let [(None, Expr::Text(fallback)), ..] = arguments.as_slice() else { return None };
                let Expr::Name(of) = &**on else { return None };
                if let Some(field) = of.strip_prefix("form.") {
                    let known = self.fields.iter().find(|known| known.name == field).cloned();
                    let field = known.unwrap_or_else(|| Field { name: field.to_owned(), ..Field::default() });
                    let default = if field.default.is_empty() { fallback.clone() } else { field.default.clone() };
                    return Some(self.ask(Field { default, ..field }));
                }
                if !is_of_page(of) {
                    return None;
                }
                (self.note)(Level::Changed, Msg::new("exchange_no_page").with("name", of));
                let params = BTreeMap::from([("echo".to_owned(), Value::from(fallback.clone()))]);
                Some(self.var(of, "echo", params))
            }
            Expr::Call { name, arguments } => self.call(name, arguments),
            Expr::Filter { .. } | Expr::List(_) => None,
        }
    }

    fn call(&mut self, name: &str, arguments: &[(Option<String>, Expr)]) -> Option<String> {
        match name {
            "cursor" => {
                // espanso has one place for the caret.
                let first = !std::mem::replace(&mut self.cursor, true);
                Some(if first { "$|$" } else { "" }.to_owned())
            }
            "random" => {
                let [(None, Expr::List(items))] = arguments else { return None };
                let texts: Option<Vec<&str>> = items
                    .iter()
                    .map(|item| if let Expr::Text(text) = item { Some(text.as_str()) } else { None })
                    .collect();
                let params = BTreeMap::from([("choices".to_owned(), json!(texts?))]);
                Some(self.var("random", "random", params))
            }
            "date" => {
                let mut params = BTreeMap::from([("format".to_owned(), Value::from("%B %-d, %Y"))]);
                let mut seconds = 0_i64;
                for (argument, value) in arguments {
                    match (argument.as_deref(), value) {
                        (Some("format"), Expr::Text(text)) => {
                            params.insert("format".to_owned(), Value::from(text.clone()));
                        }
                        (Some("days"), Expr::Name(days)) => {
                            seconds = seconds.checked_add(days.parse::<i64>().ok()?.checked_mul(86_400)?)?;
                        }
                        (Some("hours"), Expr::Name(hours)) => {
                            seconds = seconds.checked_add(hours.parse::<i64>().ok()?.checked_mul(3_600)?)?;
                        }
                        _ => return None,
                    }
                }
                if seconds != 0 {
                    params.insert("offset".to_owned(), Value::from(seconds));
                }
                Some(self.var("date", "date", params))
            }
            _ => None,
        }
    }

    /// A field of the form; gives its place in the text.
    fn ask(&mut self, field: Field) -> String {
        let name = field.name.clone();
        if !self.asked.iter().any(|asked| asked.name == name) {
            self.asked.push(field);
        }
        format!("{{{{{FORM}.{name}}}}}")
    }

    /// The form as a variable, when something is asked.
    fn form(&self) -> Option<Var> {
        if self.asked.is_empty() {
            return None;
        }
        let mut layout = String::new();
        let mut fields = serde_json::Map::new();
        for field in &self.asked {
            let label = if field.label.is_empty() { &field.name } else { &field.label };
            layout.push_str(&format!("{}: [[{}]]\n", label.replace("[[", "").replace("]]", ""), field.name));
            let mut settings = serde_json::Map::new();
            match field.kind {
                FieldKind::Paragraph => drop(settings.insert("multiline".to_owned(), Value::Bool(true))),
                FieldKind::Choice => {
                    settings.insert("type".to_owned(), Value::from("choice"));
                    settings.insert("values".to_owned(), json!(field.choices));
                }
                FieldKind::Toggle => {
                    settings.insert("type".to_owned(), Value::from("choice"));
                    settings.insert("values".to_owned(), json!(["yes", ""]));
                }
                FieldKind::Text | FieldKind::Date => {}
            }
            if !field.default.is_empty() {
                settings.insert("default".to_owned(), Value::from(field.default.clone()));
            }
            if !settings.is_empty() {
                fields.insert(field.name.clone(), Value::Object(settings));
            }
        }
        let mut params = BTreeMap::from([("layout".to_owned(), Value::from(layout))]);
        if !fields.is_empty() {
            params.insert("fields".to_owned(), Value::Object(fields));
        }
        Some(Var { name: FORM.to_owned(), kind: "form", params })
    }
}
