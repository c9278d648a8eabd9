//! The record of one template, as the starter files, the store and exports hold it.

use serde::{Deserialize, Serialize};

use crate::log::Status;

/// A reply template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// Stable id, unique in the library.
    pub id: String,
    /// Id that the same message in other languages and forms of address shares; empty = it stands alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// Name for people.
    pub title: String,
    /// What is typed to reach it (`/trigger`, `;trigger`), without the sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
    /// Where the library lists it; `/` parts a path.
    pub folder: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// BCP 47 tag of the language it is written in.
    pub language: String,
    /// How it addresses the reader, where the language tells the two apart.
    #[serde(skip_serializing_if = "Address::is_any")]
    pub address: Address,
    /// Networks it is meant for; empty = all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<String>,
    /// What it is for when a crisis hold is on.
    pub kind: Kind,
    /// Advice for whoever uses it; never part of the reply.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What to attach by hand, for the network's own button ("ask design for the map").
    #[serde(skip_serializing_if = "String::is_empty")]
    pub attachment: String,
    /// The text, in Jinja.
    pub body: String,
    /// What is asked for before it is inserted; the body names an answer `form.name`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// What is done with the case once the reply has been sent.
    #[serde(skip_serializing_if = "Actions::is_none")]
    pub actions: Actions,
    /// User id of whoever keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Only the owner changes it; everybody may use it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Not offered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// Where it was imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Something to fill in before a template is inserted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Its name in the body, after `form.`: a letter, then letters, digits and `_`.
    pub name: String,
    /// What people read beside it; empty = its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What is filled in.
    pub kind: FieldKind,
    /// What stands there at first. Of a toggle `yes` is on; of a date it is `YYYY-MM-DD` or days from today, `+3`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub default: String,
    /// What can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// It may stay blank: the body has a fallback for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// What a [`Field`] takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    Paragraph,
    /// One of its choices.
    Choice,
    /// On (`yes` in the body) or off (not defined there).
    Toggle,
    /// A day.
    Date,
}

/// What sending a template does with the case that it answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actions {
    /// Tags that are added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its status from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// User id of whoever gets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Who is asked for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// It is due so many hours after the reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_hours: Option<u32>,
}

impl Actions {
    /// Nothing is done.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a template was imported from: the same text imported again takes its place instead of standing beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// Format it was read from, as the command line names it.
    pub tool: String,
    /// Its id there, or what it is told apart by.
    pub id: String,
}

impl Template {
    /// Meant for `network`.
    pub fn fits_network(&self, network: &str) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|n| n.eq_ignore_ascii_case(network))
    }

    /// Written in the language of `tag`; regions do not matter ("es-MX" reads "es").
    pub fn fits_language(&self, tag: &str) -> bool {
        primary(&self.language).eq_ignore_ascii_case(primary(tag))
    }
}

/// The language of a tag without its region.
pub(super) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// What a template is for when a crisis hold is on: promotions wait, holding statements come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Kind {
    #[default]
    Evergreen,
    Promo,
    Holding,
}

/// How a text addresses its reader: *usted* or *tú*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// The language makes no difference, or the text avoids it.
    #[default]
    Any,
    /// *usted*.
    Formal,
    /// *tú*.
    Informal,
}

impl Address {
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}
