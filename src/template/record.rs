//! The record of one template, as the starter files, the store and exports hold it.

use serde::{Deserialize, Serialize};

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
    /// The text, in Jinja.
    pub body: String,
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

fn primary(tag: &str) -> &str {
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
