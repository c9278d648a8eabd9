//! Posts as the product knows them, and as the page agent sends them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A post, or a comment under one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PostKind {
    #[default]
    Post,
    Comment,
}

/// One post container as the agent read it: raw strings by field name, untouched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct RawPost {
    /// The agent's own number for the container, unique in the document.
    pub local: u32,
    /// Index into the definition's `posts`.
    pub rule: u16,
    /// Raw strings by field name; absent = no reader answered.
    pub fields: BTreeMap<String, String>,
}

/// A post with meaning.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Post {
    /// Network id of the definition.
    pub network: String,
    /// Post or comment.
    pub kind: PostKind,
    /// The network's own id; `None` where it shows none.
    pub id: Option<String>,
    /// Canonical permalink.
    pub permalink: String,
    /// Who wrote it.
    pub author: Author,
    /// Its text, cleaned of control and bidi characters, emoji kept.
    pub text: String,
    /// When it was published.
    pub published: Option<Published>,
    /// Counts that the page showed.
    pub counts: Counts,
    /// Native id or permalink of the post it answers, where the page tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Paid for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promoted: bool,
    /// The page shows only a part of the text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

/// An author as a page shows one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Author {
    /// Handle without `@`. LinkedIn's companies keep their kind (`company/alba`), because a person may have the same one.
    pub handle: Option<String>,
    /// Display name, cleaned.
    pub name: Option<String>,
    /// Carries the network's badge; `None` where the page cannot tell.
    pub verified: Option<bool>,
    /// Followers, where the page shows them.
    pub followers: Option<Count>,
}

/// A handle without the kind of page that LinkedIn's companies are read with: `alba` of `company/alba`.
pub fn bare_handle(handle: &str) -> &str {
    ["company/", "school/", "showcase/"].iter().find_map(|kind| handle.strip_prefix(kind)).unwrap_or(handle)
}

/// A number from a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number.
    pub value: u64,
    /// Read from an abbreviated text such as "1.2K".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

/// Counts under a post; `None` = not shown, which is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Counts {
    pub likes: Option<Count>,
    pub reposts: Option<Count>,
    pub replies: Option<Count>,
    pub views: Option<Count>,
}

/// When a post was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// UTC milliseconds.
    pub at: i64,
    /// How exact that is.
    pub precision: Precision,
}

/// How exact a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Precision {
    Exact,
    Minute,
    Hour,
    Day,
}

impl Precision {
    /// How far a time of this precision may lie from the true one, in ms.
    pub fn spread(self) -> i64 {
        match self {
            Self::Exact => 0,
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => 86_400_000,
        }
    }
}
