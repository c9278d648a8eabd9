//! Influence and notable authors, from what pages showed and the log knows.
//!
//! Influence, closeness and topic fit are three numbers with their arithmetic, never one magic number; [`order`] joins
//! them for "who to look after" and shows its parts. Unusual profiles are a hint with reasons and change nothing else. No
//! name, picture or protected attribute counts towards influence. Nothing here looks anything up.

mod attention;
mod closeness;
mod figure;
mod identity;
mod influence;
mod label;
#[cfg(feature = "exchange")]
pub mod list;
mod lists;
mod profile;
mod rules;
mod score;

pub use attention::{Attention, order, topic_fit};
pub use closeness::{Closeness, Contact, Dated, Part, closeness};
pub use figure::short_count;
pub use identity::{Identities, Identity};
pub use influence::{Caps, Confidence, Influence, NEWEST, Seen, influence};
pub use label::{Label, Standing, THRESHOLD, label, roles};
pub use lists::{Person, Row, leaders, unthanked};
pub use profile::{Profile, Unusual, unusual};
pub use rules::{Bands, Facts, Given, labels, usual_rate};
pub use score::Score;
