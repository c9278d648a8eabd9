//! One template while it is being imported: its record, its body in the making, and what there is to tell about it.

use super::jinja::{Body, with_fallback};
use super::reader;
use super::{Format, Level, Note};
use crate::message::Msg;
use crate::template::engine::engine;
use crate::template::{Field, FieldKind, Source, Template};
use crate::text::fold;

/// Longest title made of a text, in characters.
const TITLE: usize = 60;

/// A template in the making.
#[derive(Debug)]
pub(super) struct Draft {
    /// The record; its body comes last.
    pub(super) template: Template,
    /// The body.
    pub(super) body: Body,
    line: Option<u32>,
    notes: Vec<Note>,
    /// Names of other tools and the fields they have become.
    asked: Vec<(String, String)>,
    original: String,
    ready: Option<String>,
}

impl Draft {
    /// A template of `format` that begins at `line`; `original` is its text as the file has it.
    pub(super) fn new(format: Format, line: Option<u32>, original: &str) -> Self {
        let source = Source { tool: format.id().to_owned(), id: String::new() };
        Self {
            template: Template { source: Some(source), ..Template::default() },
            body: Body::default(),
            line,
            notes: Vec::new(),
            asked: Vec::new(),
            original: original.to_owned(),
            ready: None,
        }
    }

    /// A body that is Jinja already.
    pub(super) fn ready(&mut self, body: String) {
        self.ready = Some(body);
    }

    /// What tells it apart in the tool it comes from.
    pub(super) fn known_as(&mut self, id: impl Into<String>) {
        if let Some(source) = &mut self.template.source {
            source.id = id.into();
        }
    }

    /// Something to tell; the same is told once.
    pub(super) fn note(&mut self, level: Level, msg: Msg) {
        let note = Note { template: String::new(), line: self.line, level, msg };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Syntax without a counterpart: it stays in the text, and the template waits to be mended.
    pub(super) fn keep(&mut self, source: &str) {
        self.body.kept(source);
        self.template.off = true;
        self.note(Level::Missing, Msg::new("exchange_kept").with("text", short(source)));
    }

    /// Advice to whoever uses it, one a line.
    pub(super) fn advise(&mut self, text: &str) {
        let note = &mut self.template.note;
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(text.trim());
    }

    /// What has no place of its own, as advice.
    pub(super) fn advise_of(&mut self, what: &str, text: &str) {
        let said = if what.is_empty() { text.trim().to_owned() } else { format!("{what}: {}", text.trim()) };
        self.advise(&said);
        self.note(Level::Changed, Msg::new("exchange_advice").with("text", short(&said)));
    }

    /// Prints what another tool calls `original`: our variable `known`, else a field that is filled in.
    pub(super) fn print(&mut self, original: &str, known: Option<&str>, fallback: Option<&str>) {
        let value = match fallback {
            Some(fallback) => self.value_or(original, known, fallback),
            None => self.value(original, known),
        };
        self.body.print(value);
    }

    /// The expression for what another tool calls `original`; it is asked for when we do not know it.
    pub(super) fn value(&mut self, original: &str, known: Option<&str>) -> String {
        match known {
            Some(known) => known.to_owned(),
            None => format!("form.{}", self.ask(original)),
        }
    }

    /// The same with a fallback, which is what the field holds at first.
    pub(super) fn value_or(&mut self, original: &str, known: Option<&str>, fallback: &str) -> String {
        let value = self.value(original, known);
        if let Some(field) = self.field_at(&value) {
            fallback.clone_into(&mut field.default);
            field.optional = true;
        }
        with_fallback(&value, fallback)
    }

    /// A value that is only looked at: it may be missing.
    pub(super) fn tested(&mut self, original: &str, known: Option<&str>) -> String {
        let value = self.value(original, known);
        if let Some(field) = self.field_at(&value) {
            field.optional = true;
        }
        value
    }

    /// The field that an expression names.
    fn field_at(&mut self, expression: &str) -> Option<&mut Field> {
        let name = expression.strip_prefix("form.")?;
        self.template.fields.iter_mut().find(|field| field.name == name)
    }

    /// `work`, which may find that something has no counterpart; then the fields and notes that it made go again.
    pub(super) fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = (self.notes.len(), self.asked.len(), self.template.fields.len());
        let result = work(self);
        if result.is_none() {
            self.notes.truncate(before.0);
            self.asked.truncate(before.1);
            self.template.fields.truncate(before.2);
        }
        result
    }

    /// The field that stands for `original`, made when it is met first.
    fn ask(&mut self, original: &str) -> String {
        // A field of ours that came back from elsewhere.
        let original = original.strip_prefix("form.").unwrap_or(original);
        if let Some((_, name)) = self.asked.iter().find(|(asked, _)| asked == original) {
            return name.clone();
        }
        let name = self.field(original, Field { label: original.to_owned(), ..Field::default() });
        self.note(Level::Changed, Msg::new("exchange_became_field").with("name", original));
        name
    }

    /// Adds a field that another tool calls `original`; gives its name in the body.
    pub(super) fn field(&mut self, original: &str, field: Field) -> String {
        self.field_named(original, original, field)
    }

    /// Adds a field that another tool calls `original`, named after `short`.
    pub(super) fn field_named(&mut self, original: &str, short: &str, field: Field) -> String {
        let wanted = field_name(short);
        let taken = |name: &str| self.template.fields.iter().any(|field| field.name == name);
        let name = free(&wanted, "_", taken);
        let label = if field.label == name { String::new() } else { field.label };
        self.asked.push((original.to_owned(), name.clone()));
        self.template.fields.push(Field { name: name.clone(), label, ..field });
        name
    }

    /// The field that `original` has become, if it has.
    pub(super) fn field_of(&self, original: &str) -> Option<&str> {
        self.asked.iter().find(|(asked, _)| asked == original).map(|(_, name)| name.as_str())
    }

    /// The clipboard is not read: its text is asked for.
    pub(super) fn clipboard(&mut self) -> String {
        let name = match self.field_of("clipboard") {
            Some(name) => name.to_owned(),
            None => self.field("clipboard", Field { kind: FieldKind::Paragraph, ..Field::default() }),
        };
        self.note(Level::Changed, Msg::new("exchange_clipboard"));
        format!("form.{name}")
    }

    /// The record and what there is to tell about it.
    pub(super) fn finish(mut self) -> (Template, Vec<Note>) {
        let mut written = self.ready.take().unwrap_or_else(|| self.body.written());
        written.truncate(written.trim_end().len());
        if engine().template_from_str(&written).is_err() {
            // A file whose own blocks do not fit together: every word is kept, and nothing of it is syntax.
            let mut literal = Body::default();
            literal.kept(self.original.trim_end());
            written = literal.written();
            self.template.off = true;
            self.note(Level::Missing, Msg::new("exchange_not_converted"));
        }
        for name in reader::without_fallback(&written) {
            self.note(Level::NoFallback, Msg::new("exchange_no_fallback").with("name", name));
        }
        if self.template.title.trim().is_empty() {
            let words = if self.body.is_blank() { written.clone() } else { self.body.words() };
            let first = words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
            self.template.title = match &self.template.trigger {
                Some(trigger) => trigger.clone(),
                None => first.chars().take(TITLE).collect(),
            };
        }
        self.template.body = written;
        if self.template.title.is_empty() {
            self.template.title = self.template.source.as_ref().map(|source| source.id.clone()).unwrap_or_default();
        }
        if self.template.body.is_empty() {
            self.template.off = true;
            let acts = !self.template.actions.is_none();
            let why = if acts { "exchange_actions_only" } else { "exchange_no_text" };
            self.note(Level::Missing, Msg::new(why));
        }
        for note in &mut self.notes {
            note.template.clone_from(&self.template.title);
        }
        (self.template, self.notes)
    }
}

/// A trigger without the signs that other tools begin and end it with.
pub(super) fn trigger(raw: &str) -> Option<String> {
    let bare =
        raw.trim().trim_matches(|c: char| matches!(c, ':' | '/' | ';' | '!' | '#' | '\\' | ',' | '.' | '@' | '-'));
    let joined: Vec<&str> = bare.split_whitespace().collect();
    Some(joined.join("-")).filter(|trigger| !trigger.is_empty())
}

/// Words to find a template by: trimmed, each once.
pub(super) fn tags<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim();
        if !word.is_empty() && !tags.iter().any(|tag| tag == word) {
            tags.push(word.to_owned());
        }
    }
    tags
}

/// A name that a body can hold after `form.`.
pub(super) fn field_name(original: &str) -> String {
    let plain = fold::words(original);
    let parts: Vec<String> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let name = parts.join("_");
    match name.chars().next() {
        None => "field".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("field_{name}"),
        Some(_) => name,
    }
}

/// `wanted`, or the first of `wanted` 2, 3, … that is not taken.
pub(super) fn free(wanted: &str, between: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wanted) {
        return wanted.to_owned();
    }
    (2..).map(|n: u64| format!("{wanted}{between}{n}")).find(|name| !taken(name)).unwrap_or_default()
}

/// The beginning of a text, on one line, to be recognised by.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
