//! espanso's matches: YAML with typed variables and forms. What would run a program is refused; everything else
//! becomes text, fields and calls.

mod body;
mod export;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::draft::{Draft, tags, trigger};
use super::{Drafts, Format, ImportError, Level, html};
use crate::message::Msg;
use crate::template::{Field, FieldKind};

pub(super) use export::export;

/// A file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    imports: Vec<String>,
    global_vars: Vec<Var>,
    matches: Vec<serde_saphyr::Spanned<Match>>,
}

/// An entry of `matches`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Match {
    trigger: Option<String>,
    triggers: Vec<String>,
    regex: Option<String>,
    replace: Option<String>,
    form: Option<String>,
    html: Option<String>,
    markdown: Option<String>,
    image_path: Option<String>,
    label: Option<String>,
    search_terms: Vec<String>,
    vars: Vec<Var>,
    form_fields: BTreeMap<String, Value>,
    propagate_case: bool,
    uppercase_style: Option<String>,
}

/// A variable.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Var {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    params: BTreeMap<String, Value>,
    inject_vars: Option<bool>,
}

/// Reads a file of matches.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    if text.trim().is_empty() {
        return Err(ImportError { msg: Msg::new("exchange_empty_file"), line: 0, column: 0 });
    }
    let file: File = serde_saphyr::from_str(text).map_err(|error| not_read(&error))?;
    let mut read = Drafts::default();
    for path in &file.imports {
        read.note(Level::Missing, Msg::new("exchange_other_file").with("path", path));
    }
    for one in file.matches {
        let line = u32::try_from(one.referenced.line()).ok().filter(|line| *line > 0);
        read.drafts.push(template(one.value, &file.global_vars, line));
    }
    Ok(read)
}

fn not_read(error: &serde_saphyr::Error) -> ImportError {
    let place = error.location();
    let number = |n: Option<u64>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    ImportError {
        msg: Msg::new("exchange_not_yaml").with("detail", super::draft::short(&error.to_string())),
        line: number(place.map(|place| place.line())),
        column: number(place.map(|place| place.column())),
    }
}

fn template(one: Match, global: &[Var], line: Option<u32>) -> Draft {
    let from_form = one.form.as_deref().filter(|_| one.replace.is_none());
    let text = [&one.replace, &one.form, &one.markdown, &one.html].into_iter().flatten().next().cloned();
    let mut draft = Draft::new(Format::Espanso, line, text.as_deref().unwrap_or_default());
    let mut triggers = one.trigger.iter().chain(&one.triggers);
    let first = triggers.next().cloned();
    draft.template.trigger = first.as_deref().and_then(trigger);
    draft.template.title = one.label.clone().unwrap_or_default();
    let more: Vec<String> = triggers.filter_map(|other| trigger(other)).collect();
    draft.template.tags = tags(one.search_terms.iter().chain(&more).map(String::as_str));
    if !more.is_empty() {
        draft.note(Level::Changed, Msg::new("exchange_more_triggers").with("triggers", more.join(", ")));
    }
    if let Some(regex) = &one.regex {
        draft.note(Level::Changed, Msg::new("exchange_pattern").with("pattern", regex));
    }
    let known_as = [first.as_ref(), one.regex.as_ref(), one.label.as_ref()].into_iter().flatten().next();
    draft.known_as(known_as.cloned().unwrap_or_default());
    if one.propagate_case || one.uppercase_style.is_some() {
        draft.note(Level::Changed, Msg::new("exchange_setting").with("setting", "propagate_case"));
    }
    if let Some(path) = &one.image_path {
        draft.template.attachment.clone_from(path);
        draft.note(Level::Missing, Msg::new("exchange_image").with("path", path));
    }

    let mut vars = one.vars.clone();
    let mut source = text.unwrap_or_default();
    if let Some(layout) = from_form {
        // `form:` is short for a variable of that type; files from before 2.1 write its fields in braces.
        let declared = |name: &str| vars.iter().chain(global).any(|var| var.name == name);
        source = body::with_form_names(layout, &declared);
        let layout = body::with_brackets(layout, &declared);
        let params = BTreeMap::from([
            ("layout".to_owned(), Value::from(layout)),
            ("fields".to_owned(), Value::from_iter(one.form_fields.clone())),
        ]);
        vars.push(Var { name: body::FORM.to_owned(), kind: "form".to_owned(), params, inject_vars: None });
    } else if one.replace.is_none() && one.markdown.is_none() && one.html.is_some() {
        let plain = html::plain(&source);
        if plain.lost_form {
            draft.note(Level::Changed, Msg::new("exchange_form_lost"));
        }
        source = plain.text;
    } else if one.replace.is_none() && one.markdown.is_some() {
        draft.note(Level::Changed, Msg::new("exchange_markdown"));
    }
    body::write(&source, &vars, global, &mut draft);
    draft
}

/// Adds the fields of a form; its layout says which there are.
fn declare_form(var: &Var, draft: &mut Draft) {
    let layout = var.params.get("layout").and_then(Value::as_str).unwrap_or_default();
    for name in body::bracketed(layout) {
        let full = format!("{}.{name}", var.name);
        if draft.field_of(&full).is_some() {
            continue;
        }
        let settings = var.params.get("fields").and_then(|fields| fields.get(&name));
        let setting = |key: &str| settings.and_then(|settings| settings.get(key));
        let text = |key: &str| setting(key).and_then(super::text_of).unwrap_or_default();
        let choices = setting("values").map(choices).unwrap_or_default();
        let kind = match text("type").as_str() {
            "choice" | "list" => FieldKind::Choice,
            _ if setting("multiline") == Some(&Value::Bool(true)) => FieldKind::Paragraph,
            _ => FieldKind::Text,
        };
        let field = Field { label: name.clone(), kind, default: text("default"), choices, ..Field::default() };
        draft.field_named(&full, &name, field);
    }
}

/// What can be chosen: lines of a text, or a list.
fn choices(values: &Value) -> Vec<String> {
    match values {
        Value::Array(values) => values
            .iter()
            .filter_map(|value| super::text_of(value).or_else(|| value.get("id").and_then(super::text_of)))
            .collect(),
        values => super::text_of(values)
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}
