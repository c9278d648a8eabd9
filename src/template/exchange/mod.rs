//! Templates from other tools and to them: import with a report of what changed, export of what a format can carry.
//!
//! Every dialect becomes Jinja; nothing else is interpreted at run time. What has no counterpart stays visible, is
//! told, and switches its template off, so that nobody sends it by accident; what would run a program is refused. A
//! variable that we do not know becomes a field that is filled in. Nothing here reads files, the clock or randomness.

mod block;
mod briskine;
mod chatwoot;
mod csv;
mod dates;
mod detect;
mod draft;
mod encoding;
mod espanso;
mod freescout;
mod handlebars;
mod html;
mod identity;
mod jinja;
mod liquid;
mod merge;
mod own;
mod reader;
mod report;
pub(crate) mod table;
mod text_blaze;
mod words;
mod zammad;
mod zendesk;

use serde::{Deserialize, Serialize};

use super::Template;
use crate::message::Msg;
use draft::Draft;

pub use detect::detect;
pub use encoding::decode;
pub use merge::{Merged, merge};
pub use report::{Row, What, report};

/// A format that templates are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Our own JSON.
    Rejoinder,
    /// espanso's YAML of matches.
    Espanso,
    /// Briskine's CSV, both dialects.
    Briskine,
    /// Text Blaze's JSON of folders.
    TextBlaze,
    /// Chatwoot's canned responses and macros, JSON.
    Chatwoot,
    /// Zendesk's macros, JSON.
    Zendesk,
    /// Zammad's text modules, CSV.
    Zammad,
    /// FreeScout's saved replies, as text or CSV.
    FreeScout,
    /// Any CSV with named columns.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Rejoinder,
        Self::Espanso,
        Self::Briskine,
        Self::TextBlaze,
        Self::Chatwoot,
        Self::Zendesk,
        Self::Zammad,
        Self::FreeScout,
        Self::Csv,
    ];

    /// Formats that can be written.
    pub const WRITTEN: [Self; 4] = [Self::Rejoinder, Self::Espanso, Self::Chatwoot, Self::Csv];

    /// Its name on the command line and in [`super::Source`].
    pub fn id(self) -> &'static str {
        match self {
            Self::Rejoinder => "rejoinder",
            Self::Espanso => "espanso",
            Self::Briskine => "briskine",
            Self::TextBlaze => "textblaze",
            Self::Chatwoot => "chatwoot",
            Self::Zendesk => "zendesk",
            Self::Zammad => "zammad",
            Self::FreeScout => "freescout",
            Self::Csv => "csv",
        }
    }

    /// The format of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }
}

/// How much a note matters, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Says the same in another way, or less of what does not matter here.
    Changed,
    /// A variable without a fallback: the reply waits when the page does not say it.
    NoFallback,
    /// Could not be converted; it is visible in the template.
    Missing,
    /// Was not taken in.
    Refused,
}

/// Something to tell about a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its title; empty for the file as a whole.
    pub template: String,
    /// Line of the file it begins at, where the format has lines.
    pub line: Option<u32>,
    /// How much it matters.
    pub level: Level,
    /// What there is to tell.
    pub msg: Msg,
}

/// What a file held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// The templates, in the order of the file.
    pub templates: Vec<Template>,
    /// What there is to tell about them.
    pub notes: Vec<Note>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong.
    pub msg: Msg,
    /// Line, from 1; 0 when it is about the whole file.
    pub line: u32,
    /// Column, from 1; 0 when it is about the whole line.
    pub column: u32,
}

impl ImportError {
    /// The file is something else than its format says.
    fn not_this(format: Format) -> Self {
        Self { msg: Msg::new("exchange_not_this").with("format", format.id()), line: 0, column: 0 }
    }
}

/// A file of templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub text: String,
    /// What the format could not carry.
    pub notes: Vec<Note>,
}

/// Reads `text` as `format`.
pub fn import(format: Format, text: &str) -> Result<Import, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let drafts = match format {
        Format::Rejoinder => return own::import(text),
        Format::Espanso => espanso::import(text)?,
        Format::Briskine => briskine::import(text)?,
        Format::TextBlaze => text_blaze::import(text)?,
        Format::Chatwoot => chatwoot::import(text)?,
        Format::Zendesk => zendesk::import(text)?,
        Format::Zammad => zammad::import(text)?,
        Format::FreeScout => freescout::import(text)?,
        Format::Csv => csv::import(text)?,
    };
    let Drafts { drafts, mut notes } = drafts;
    let mut templates = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (template, of_this) = draft.finish();
        templates.push(template);
        notes.extend(of_this);
    }
    identity::assign(&mut templates);
    Ok(Import { templates, notes })
}

/// Writes `templates` as `format`; `None` for a format that is only read.
pub fn export(format: Format, templates: &[Template]) -> Option<Exported> {
    match format {
        Format::Rejoinder => Some(own::export(templates)),
        Format::Espanso => Some(espanso::export(templates)),
        Format::Chatwoot => Some(chatwoot::export(templates)),
        Format::Csv => Some(csv::export(templates)),
        Format::Briskine | Format::TextBlaze | Format::Zendesk | Format::Zammad | Format::FreeScout => None,
    }
}

/// What an importer has read.
#[derive(Debug, Default)]
struct Drafts {
    drafts: Vec<Draft>,
    /// About the file as a whole.
    notes: Vec<Note>,
}

impl Drafts {
    fn note(&mut self, level: Level, msg: Msg) {
        self.notes.push(Note { template: String::new(), line: None, level, msg });
    }
}

/// The text as JSON.
fn json(text: &str) -> Result<serde_json::Value, ImportError> {
    serde_json::from_str(text).map_err(|error| ImportError {
        msg: Msg::new("exchange_not_json"),
        line: error.line() as u32,
        column: error.column() as u32,
    })
}

/// A text or number of a record, as text.
fn text_of(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => None,
    }
}
