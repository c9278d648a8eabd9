//! The mention log: events, the fold, queries, exports, reports.
//!
//! Everything a team does to a mention is one immutable [`Event`]; what a person sees is a [`fold`] of events that comes
//! out the same for any order, any repetition and any two devices that hold the same events. Nothing here stores, sends
//! or asks the time: the brain hands in events and records, and stores what comes back.
//!
//! | step | call |
//! |---|---|
//! | identity of a post | [`MentionKey::of`], [`CaseId::of`] |
//! | something happened | [`Draft`] (from [`Fold::draft`], [`Draft::save`], [`Draft::undo`], [`Settings::draft`]), then [`Event::new`] |
//! | records to load before, and to write after | [`Fold::needs`], [`Fold::apply`], [`Fold::take_changes`] |
//! | settings, templates, packs, definitions | [`Settings`] |
//! | lists, search | [`query`] |
//! | files | [`export`]; for a team without a server [`pack`], [`incoming`], [`folder`] |
//! | figures of a period | [`report`] |

pub mod body;
mod by_id;
mod canonical;
pub mod case;
pub mod clock;
pub mod erase;
pub mod event;
pub mod export;
pub mod fold;
pub mod folder;
#[cfg(any(feature = "mentions", feature = "cli"))]
pub mod handover;
pub mod incoming;
pub mod key;
pub mod look;
pub mod mention;
mod outcomes;
pub mod pack;
pub mod query;
pub mod queue;
pub mod register;
pub mod report;
pub mod settings;
mod table;
pub mod travel;

use serde::{Deserialize, Serialize};

pub use body::Body;
pub use case::Case;
pub use clock::{Clock, Hlc};
pub use event::{Actor, Draft, Event};
pub use fold::{Fold, fold};
pub use look::Look;
pub use mention::Mention;
pub use outcomes::{Outcome, Outcomes};
pub use settings::Settings;

/// Identity of a mention: 32 hexadecimal digits, the first 128 bits of SHA-256(`rj1|network|native id`).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct MentionKey(pub String);

/// Identity of a case: derived from thread root and author, so that two devices agree without asking each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub String);

/// Identity of an event: month (UTC), hybrid logical clock, actor. Ids sort by time.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct EventId(pub String);

impl EventId {
    /// Comes right before every event of that moment and later ones.
    pub fn from_ms(ms: i64) -> Self {
        Self::from_hlc(Hlc::new(ms, 0))
    }

    /// What the ids of that moment begin with.
    fn from_hlc(at: Hlc) -> Self {
        Self(format!("{}!{at}", at.month()))
    }
}

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

/// How soon a case wants somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Priority {
    Low,
    Medium,
    High,
    Urgent,
}

impl Priority {
    /// Every priority, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Medium, Self::Low];

    /// Its name in events, exports and catalogue keys (`log_priority_<name>`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

impl Status {
    /// Every status, in the order people are offered them.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Open, Self::Pending, Self::Waiting, Self::MovedToDm, Self::Resolved, Self::NoAction];

    /// Its name in events, exports and catalogue keys (`log_status_<name>`).
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::MovedToDm => "moved_to_dm",
            Self::Resolved => "resolved",
            Self::NoAction => "no_action",
        }
    }
}
