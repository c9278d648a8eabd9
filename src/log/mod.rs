//! The mention log: events, the fold, queries, exports.

use serde::{Deserialize, Serialize};

/// Identity of a mention: 32 hexadecimal digits, the first 128 bits of SHA-256(`rj1|network|native id`).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct MentionKey(pub String);

/// Identity of an event: month (UTC), hybrid logical clock, actor.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct EventId(pub String);

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Status {
    #[default]
    New,
    Open,
    Pending,
    Waiting,
    MovedToDm,
    Resolved,
    NoAction,
}
