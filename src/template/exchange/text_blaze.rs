//! Text Blaze's "Export all folders": JSON of snippets whose texts hold commands, `{formtext: name=n; default=d}`.
//!
//! Converted: forms, dates, conditions over form fields, the caret, page and user values, imports, links, notes.
//! Other commands stay in the text.

use serde_json::Value;

use super::dates::{DateFormat, Shift, moment};
use super::draft::{Draft, field_name, trigger};
use super::jinja::quoted;
use super::words::{Backslash, Word, words};
use super::{Drafts, Format, ImportError, Level, text_of};
use crate::message::Msg;
use crate::template::{Field, FieldKind};

/// Commands there are; other words in braces are just that.
const COMMANDS: [&str; 44] = [
    "formtext",
    "formparagraph",
    "formmenu",
    "formdate",
    "formtoggle",
    "endformtoggle",
    "time",
    "cursor",
    "site",
    "if",
    "elseif",
    "else",
    "endif",
    "note",
    "endnote",
    "import",
    "snippet",
    "user",
    "clipboard",
    "repeat",
    "endrepeat",
    "error",
    "click",
    "key",
    "wait",
    "urlload",
    "urlsend",
    "link",
    "endlink",
    "image",
    "button",
    "endbutton",
    "action",
    "endaction",
    "dbselect",
    "dbinsert",
    "dbupdate",
    "dbdelete",
    "run",
    "html",
    "lorem",
    "embed",
    "close",
    "ping",
];

/// Longest command, in characters: without a limit, braces that never end would be searched again and again.
const LONGEST: usize = 4_000;

/// Reads an export of folders.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let file = super::json(text)?;
    let Some(folders) = file.get("folders").and_then(Value::as_array) else {
        return Err(ImportError::not_this(Format::TextBlaze));
    };
    let mut read = Drafts::default();
    for folder in folders {
        let name = folder.get("name").and_then(text_of).unwrap_or_default();
        for (at, snippet) in folder.get("snippets").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let field = |field: &str| snippet.get(field).and_then(text_of);
            let Some(text) = field("text") else {
                read.note(Level::Refused, Msg::new("exchange_no_record").with("number", format!("{name}/{}", at + 1)));
                continue;
            };
            let mut draft = Draft::new(Format::TextBlaze, None, &text);
            let shortcut = field("shortcut").unwrap_or_default();
            draft.template.trigger = trigger(&shortcut);
            draft.template.title = field("name").unwrap_or_default().trim().to_owned();
            draft.template.folder.clone_from(&name);
            draft.known_as(if shortcut.is_empty() { draft.template.title.clone() } else { shortcut });
            declare(&text, &mut draft);
            TextBlaze { draft: &mut draft, open: Vec::new() }.convert(&text);
            read.drafts.push(draft);
        }
    }
    Ok(read)
}

/// A command: its name, its positional settings and its named ones.
#[derive(Debug, Default)]
struct Command {
    name: String,
    positional: Vec<String>,
    named: Vec<(String, String)>,
}

impl Command {
    fn setting(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(named, _)| named == name).map(|(_, value)| value.as_str())
    }

    fn first(&self) -> &str {
        self.positional.first().map(String::as_str).unwrap_or_default()
    }

    /// What the field it makes is called.
    fn field_name(&self) -> &str {
        let positional = if self.name == "formmenu" || self.name == "formdate" { "" } else { self.first() };
        [self.setting("name").unwrap_or_default(), positional]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or(&self.name)
    }
}

/// The next command: where it begins and ends, and itself.
fn next_command(text: &str) -> Option<(usize, usize, Command)> {
    for (at, _) in text.match_indices('{') {
        let rest = &text[at + 1..];
        let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
        let formula = rest.starts_with('=');
        let named = rest[name.len()..].starts_with([':', '}']) && COMMANDS.contains(&name.as_str());
        if !formula && !named {
            continue;
        }
        let mut depth = 1_usize;
        let end = rest.char_indices().take(LONGEST).find_map(|(at, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at)
        });
        let Some(end) = end else { continue };
        let settings = if formula { &rest[..end] } else { rest[name.len()..end].trim_start_matches(':') };
        let mut command = Command { name: if formula { "=".to_owned() } else { name }, ..Command::default() };
        if matches!(command.name.as_str(), "if" | "elseif" | "=") {
            command.positional.push(settings.trim().trim_start_matches('=').trim().to_owned());
        } else {
            for setting in settings.split(';').map(str::trim).filter(|setting| !setting.is_empty()) {
                match setting.split_once('=') {
                    Some((name, value)) if name.trim().chars().all(|c| c.is_ascii_alphabetic()) => {
                        command.named.push((name.trim().to_owned(), value.trim().to_owned()));
                    }
                    _ => command.positional.push(setting.to_owned()),
                }
            }
        }
        return Some((at, at + 1 + end + 1, command));
    }
    None
}

/// Declares every field of a text first: a formula may name one that comes later.
fn declare(text: &str, draft: &mut Draft) {
    let mut rest = text;
    while let Some((_, end, command)) = next_command(rest) {
        rest = &rest[end..];
        let kind = match command.name.as_str() {
            "formtext" => FieldKind::Text,
            "formparagraph" => FieldKind::Paragraph,
            "formmenu" => FieldKind::Choice,
            "formdate" => FieldKind::Date,
            "formtoggle" => FieldKind::Toggle,
            _ => continue,
        };
        let name = command.field_name();
        if draft.field_of(name).is_some() {
            continue;
        }
        let choices: Vec<String> = if kind == FieldKind::Choice { command.positional.clone() } else { Vec::new() };
        let mut default = command.setting("default").unwrap_or_default().to_owned();
        if kind == FieldKind::Toggle {
            default = if default.starts_with(['y', 't', '1']) { "yes" } else { "" }.to_owned();
        }
        if default.starts_with('{') {
            draft.note(Level::Changed, Msg::new("exchange_setting").with("setting", format!("default={default}")));
            default.clear();
        }
        if command.setting("multiple") == Some("yes") {
            draft.note(Level::Changed, Msg::new("exchange_one_choice").with("name", name));
        }
        for (setting, value) in &command.named {
            if !matches!(setting.as_str(), "name" | "default" | "multiple" | "cols" | "rows" | "width" | "height") {
                draft.note(Level::Changed, Msg::new("exchange_setting").with("setting", format!("{setting}={value}")));
            }
        }
        draft.field(name, Field { label: name.to_owned(), kind, default, choices, ..Field::default() });
    }
}

struct TextBlaze<'d> {
    draft: &'d mut Draft,
    /// Blocks that are open, by the command that ends them; the second is false for one that stays as text.
    open: Vec<(&'static str, bool)>,
}

impl TextBlaze<'_> {
    fn convert(&mut self, text: &str) {
        let mut rest = text;
        while let Some((at, end, command)) = next_command(rest) {
            self.draft.body.text(&rest[..at]);
            let source = &rest[at..end];
            rest = &rest[end..];
            if command.name == "note" || command.name == "link" {
                rest = self.with_text(&command, source, rest);
            } else if self.command(&command).is_none() {
                self.draft.keep(source);
            }
        }
        self.draft.body.text(rest);
    }

    /// A note is advice, a link is its text and address.
    fn with_text<'t>(&mut self, command: &Command, source: &str, rest: &'t str) -> &'t str {
        let closing = if command.name == "note" { "{endnote}" } else { "{endlink}" };
        let Some((inside, after)) = rest.split_once(closing) else {
            self.draft.keep(source);
            return rest;
        };
        if command.name == "note" {
            self.draft.advise(inside);
        } else {
            let address = command.first();
            self.convert(inside);
            if inside.trim() != address {
                self.draft.body.text(&format!(" ({address})"));
            }
            self.draft.note(Level::Changed, Msg::new("exchange_form_lost"));
        }
        after
    }

    /// One command; `None` when it has no counterpart.
    fn command(&mut self, command: &Command) -> Option<()> {
        match command.name.as_str() {
            "formtext" | "formparagraph" | "formmenu" => self.print_field(command.field_name()),
            "formdate" => {
                if !command.first().is_empty() {
                    let changed = Msg::new("exchange_date_as_chosen").with("format", command.first());
                    self.draft.note(Level::Changed, changed);
                }
                self.print_field(command.field_name())
            }
            "formtoggle" => {
                let name = self.draft.field_of(command.field_name())?.to_owned();
                self.draft.body.tag(format!("if form.{name} is defined"));
                self.open.push(("endformtoggle", true));
                Some(())
            }
            "if" => {
                let test = self.condition(command.first());
                self.open.push(("endif", test.is_some()));
                self.draft.body.tag(format!("if {}", test?));
                Some(())
            }
            "elseif" => {
                self.converted("endif")?;
                let test = self.condition(command.first())?;
                self.draft.body.tag(format!("elif {test}"));
                Some(())
            }
            "else" => {
                self.open.last().filter(|(_, converted)| *converted)?;
                self.draft.body.tag("else");
                Some(())
            }
            "endif" | "endformtoggle" => {
                let (closing, converted) = self.open.last().copied()?;
                if closing != command.name {
                    return None;
                }
                self.open.pop();
                converted.then(|| self.draft.body.tag("endif"))
            }
            "=" => {
                let name = command.first();
                let field = self.draft.field_of(name).is_some();
                if field { self.print_field(name) } else { None }
            }
            "cursor" => {
                self.draft.body.print("cursor()");
                Some(())
            }
            "time" => self.time(command),
            "site" => {
                let known = match command.first() {
                    "url" => Some("page.url"),
                    "title" => Some("page.title"),
                    _ => None,
                };
                self.draft.print(&format!("site {}", command.first()), known, None);
                Some(())
            }
            "user" => {
                let known = match command.first() {
                    "name" | "displayname" => Some("agent.name"),
                    "firstname" => Some("agent.first_name"),
                    _ => None,
                };
                self.draft.print(&format!("user {}", command.first()), known, None);
                Some(())
            }
            "import" | "snippet" => {
                let part = trigger(command.first())?;
                self.draft.body.tag(format!("include {}", quoted(&part)));
                Some(())
            }
            "clipboard" => {
                let value = self.draft.clipboard();
                self.draft.body.print(value);
                Some(())
            }
            _ => None,
        }
    }

    fn converted(&self, closing: &str) -> Option<()> {
        self.open.last().filter(|(open, converted)| *open == closing && *converted).map(|_| ())
    }

    fn print_field(&mut self, name: &str) -> Option<()> {
        let name = self.draft.field_of(name)?.to_owned();
        self.draft.body.print(format!("form.{name}"));
        Some(())
    }

    fn time(&mut self, command: &Command) -> Option<()> {
        if command.named.iter().any(|(name, _)| !matches!(name.as_str(), "shift" | "pad" | "locale")) {
            return None;
        }
        let shift = command.setting("shift").map_or(Some(Shift::default()), Shift::of_text_blaze)?;
        // A colon parts the command from its format, and others belong to it.
        let format = if command.first().is_empty() { DateFormat::long() } else { moment(command.first())? };
        if format.changed {
            self.draft.note(Level::Changed, Msg::new("exchange_date"));
        }
        self.draft.body.print(format.call(shift));
        Some(())
    }

    /// A condition over fields: `n`, `not n`, `n = "a"`, `n <> "a"`, joined by `and` and `or`.
    fn condition(&mut self, source: &str) -> Option<String> {
        let words = words(source, Backslash::Plain)?;
        let mut out = String::new();
        for part in split_joints(&words) {
            match part {
                Part::Joint(joint) => out.push_str(&format!(" {joint} ")),
                Part::Test(words) => out.push_str(&self.test(words)?),
            }
        }
        Some(out).filter(|out| !out.is_empty())
    }

    fn test(&mut self, words: &[Word]) -> Option<String> {
        let mut field = |word: &Word| {
            let Word::Name(name) = word else { return None };
            let name = self.draft.field_of(name).or_else(|| self.draft.field_of(&field_name(name)))?.to_owned();
            for field in self.draft.template.fields.iter_mut().filter(|field| field.name == name) {
                // A toggle is on or off; anything else may now stay blank.
                field.optional |= field.kind != FieldKind::Toggle;
            }
            Some(format!("form.{name}"))
        };
        let literal = |word: &Word| match word {
            Word::Text(text) => Some(quoted(text)),
            Word::Name(name) if name.parse::<f64>().is_ok() => Some(quoted(name)),
            _ => None,
        };
        match words {
            [one] => field(one).map(|field| format!("{field} is defined")),
            [Word::Name(not), one] if not == "not" => field(one).map(|field| format!("{field} is undefined")),
            [one, Word::Sign("=" | "=="), other] => {
                let (field, other) = (field(one)?, literal(other)?);
                Some(format!("({field} is defined and {field} == {other})"))
            }
            [one, Word::Sign("<>" | "!="), other] => {
                let (field, other) = (field(one)?, literal(other)?);
                Some(format!("({field} is undefined or {field} != {other})"))
            }
            _ => None,
        }
    }
}

enum Part<'w> {
    Test(&'w [Word]),
    Joint(&'w str),
}

fn split_joints(words: &[Word]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        if let Word::Name(name) = word
            && (name == "and" || name == "or")
        {
            parts.push(Part::Test(&words[from..at]));
            parts.push(Part::Joint(name));
            from = at + 1;
        }
    }
    parts.push(Part::Test(&words[from..]));
    parts
}
