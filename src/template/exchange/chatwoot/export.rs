//! A library as Chatwoot's canned responses: a short code and a text in Liquid.

use serde_json::json;

use super::NAMES;
use crate::message::Msg;
use crate::template::Template;
use crate::template::exchange::draft::{free, short};
use crate::template::exchange::identity::slug;
use crate::template::exchange::reader::{Expr, Node, Question, expression, nodes, question};
use crate::template::exchange::{Exported, Level, Note};

/// Writes canned responses. Templates that are switched off are left out: Chatwoot cannot switch one off.
pub(in crate::template::exchange) fn export(templates: &[Template]) -> Exported {
    let mut notes = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    let mut records = Vec::new();
    for template in templates {
        let mut note = |level, msg| notes.push(Note { template: template.title.clone(), line: None, level, msg });
        if template.off {
            note(Level::Refused, Msg::new("exchange_off"));
            continue;
        }
        let wanted = template.trigger.clone().unwrap_or_else(|| slug(&template.title));
        let wanted = if wanted.is_empty() { "template".to_owned() } else { wanted };
        let code = free(&wanted, "-", |code| codes.iter().any(|known| known == code));
        if template.trigger.as_ref() != Some(&code) {
            note(Level::Changed, Msg::new("exchange_short_code").with("code", &code));
        }
        let left = [(!template.actions.is_none(), "actions"), (!template.attachment.is_empty(), "attachment")];
        for (_, fields) in left.into_iter().filter(|(there, _)| *there) {
            note(Level::Missing, Msg::new("exchange_left_out").with("fields", fields));
        }
        let mut liquid = Liquid { out: String::new(), open: Vec::new(), note: &mut note };
        match nodes(&template.body) {
            Some(nodes) => nodes.iter().for_each(|node| liquid.node(node)),
            None => liquid.keep(&template.body),
        }
        let content = liquid.out;
        records.push(json!({ "short_code": code, "content": content.trim_end() }));
        codes.push(code);
    }
    let mut text = serde_json::to_string_pretty(&records).unwrap_or_default();
    text.push('\n');
    Exported { text, notes }
}

struct Liquid<'n> {
    out: String,
    /// Blocks that are open; true for one that was converted.
    open: Vec<bool>,
    note: &'n mut dyn FnMut(Level, Msg),
}

impl Liquid<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.text(text),
            Node::Print(source) => match expression(source).and_then(|expr| self.value(&expr)) {
                Some(text) => self.out.push_str(&text),
                // Chatwoot warns of a variable that it does not know before a reply is sent.
                None => {
                    self.out.push_str(&format!("{{{{ {source} }}}}"));
                    self.missing(source);
                }
            },
            Node::Tag(source) => self.tag(source),
        }
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = [rest.find("{{"), rest.find("{%")].into_iter().flatten().min() {
            self.out.push_str(&rest[..at]);
            self.out.push_str(&format!("{{% raw %}}{}{{% endraw %}}", &rest[at..at + 2]));
            rest = &rest[at + 2..];
        }
        self.out.push_str(rest);
    }

    fn missing(&mut self, source: &str) {
        (self.note)(Level::Missing, Msg::new("exchange_not_there").with("text", short(source)));
    }

    /// Syntax of ours, as text.
    fn keep(&mut self, source: &str) {
        self.text(source);
        self.missing(source);
    }

    fn tag(&mut self, source: &str) {
        let (name, rest) = source.split_once(char::is_whitespace).unwrap_or((source, ""));
        let converted = match name {
            "if" => {
                let test = question(rest).and_then(test);
                self.open.push(test.is_some());
                test.map(|test| format!("if {test}"))
            }
            "elif" if self.open.last() == Some(&true) => {
                question(rest).and_then(test).map(|test| format!("elsif {test}"))
            }
            "else" if self.open.last() == Some(&true) => Some("else".to_owned()),
            "endif" if self.open.pop() == Some(true) => Some("endif".to_owned()),
            _ => None,
        };
        match converted {
            Some(tag) => self.out.push_str(&format!("{{% {tag} %}}")),
            None => self.keep(&format!("{{% {source} %}}")),
        }
    }

    /// What stands for an expression.
    fn value(&mut self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Text(text) => Some(text.clone()),
            Expr::Call { name, .. } if name == "cursor" => {
                (self.note)(Level::Changed, Msg::new("exchange_no_cursor"));
                Some(String::new())
            }
            Expr::Call { name, arguments } if name == "random" => {
                let [(None, Expr::List(choices))] = arguments.as_slice() else { return None };
                (self.note)(Level::Changed, Msg::new("exchange_first_choice"));
                choices.first().and_then(|choice| self.value(choice))
            }
            Expr::Call { name, arguments } if name == "date" => match arguments.as_slice() {
                [(Some(format), Expr::Text(text))] if format == "format" => {
                    Some(format!("{{{{ \"now\" | date: {} }}}}", liquid_text(text)?))
                }
                _ => None,
            },
            expr => Some(format!("{{{{ {} }}}}", self.chain(expr)?)),
        }
    }

    /// A variable with its filters.
    fn chain(&mut self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => their_name(name).map(str::to_owned),
            Expr::Filter { on, name, arguments } => {
                let value = self.chain(on)?;
                let filter = match (name.as_str(), arguments.as_slice()) {
                    ("default" | "d", [(None, Expr::Text(text))]) => format!("default: {}", liquid_text(text)?),
                    ("upper", []) => "upcase".to_owned(),
                    ("lower", []) => "downcase".to_owned(),
                    ("capitalize", []) => "capitalize".to_owned(),
                    ("trim", []) => "strip".to_owned(),
                    _ => return None,
                };
                Some(format!("{value} | {filter}"))
            }
            _ => None,
        }
    }
}

fn test(question: Question) -> Option<String> {
    let name = their_name(&question.name)?;
    Some(if question.there { name.to_owned() } else { format!("{name} == nil") })
}

/// `me` and `agent` are the same person.
fn their_name(ours: &str) -> Option<&'static str> {
    let ours = ours.strip_prefix("me.").map_or_else(|| ours.to_owned(), |field| format!("agent.{field}"));
    NAMES.iter().find(|(_, known)| *known == ours).map(|(theirs, _)| *theirs)
}

/// A string of Liquid, which has no escapes.
fn liquid_text(text: &str) -> Option<String> {
    match (text.contains('"'), text.contains('\'')) {
        (false, _) => Some(format!("\"{text}\"")),
        (true, false) => Some(format!("'{text}'")),
        (true, true) => None,
    }
}
