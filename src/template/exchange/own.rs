//! Our own JSON: `{"rejoinder": "templates", "version": 1, "templates": […]}`. It carries everything.
//!
//! A bare list of records is read too, and records of a later version as far as we know their fields.

use serde::Serialize;
use serde_json::Value;

use super::{Exported, Format, Import, ImportError, Level, Note, identity};
use crate::json;
use crate::message::Msg;
use crate::template::Template;
use crate::template::engine::engine;

/// What the version says.
const VERSION: u64 = 1;

/// Reads a library. A record that does not fit is told; the others are taken.
pub(super) fn import(text: &str) -> Result<Import, ImportError> {
    let file = super::json(text)?;
    let mut import = Import::default();
    let later = file.get("version").and_then(Value::as_u64).filter(|version| *version > VERSION);
    if let Some(version) = later {
        import.notes.push(note("", Level::Changed, Msg::new("exchange_later_version").with("version", version)));
    }
    let records = match &file {
        Value::Array(records) => records,
        file => file.get("templates").and_then(Value::as_array).ok_or(ImportError::not_this(Format::Rejoinder))?,
    };
    for (at, record) in records.iter().enumerate() {
        match json::of::<Template>(record).filter(|template| record.is_object() && !is_blank(template)) {
            Some(template) => {
                if engine().template_from_str(&template.body).is_err() {
                    import.notes.push(note(&template.title, Level::Missing, Msg::new("exchange_body_mistake")));
                }
                import.templates.push(template);
            }
            None => {
                let msg = Msg::new("exchange_no_record").with("number", at + 1);
                let title = record.get("title").and_then(Value::as_str).unwrap_or_default();
                import.notes.push(note(title, Level::Refused, msg));
            }
        }
    }
    identity::complete(&mut import.templates);
    Ok(import)
}

/// Neither title nor text: not one of our records.
fn is_blank(template: &Template) -> bool {
    template.title.is_empty() && template.body.is_empty()
}

fn note(template: &str, level: Level, msg: Msg) -> Note {
    Note { template: template.to_owned(), line: None, level, msg }
}

#[derive(Serialize)]
struct File<'t> {
    rejoinder: &'static str,
    version: u64,
    templates: &'t [Template],
}

/// Writes a library, for people to read too.
pub(super) fn export(templates: &[Template]) -> Exported {
    let file = File { rejoinder: "templates", version: VERSION, templates };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    Exported { text, notes: Vec::new() }
}
