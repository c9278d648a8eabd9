//! Influence and notable authors, from what pages showed and the log knows.
//!
//! Two numbers with their arithmetic, never one magic number; unusual profiles are a hint with reasons and change
//! nothing else. No name, picture or protected attribute counts towards influence. Nothing here looks anything up.

mod figure;
mod influence;
mod label;
mod profile;
mod score;

pub use figure::short_count;
pub use influence::{Caps, Confidence, Influence, NEWEST, Seen, influence};
pub use label::{Label, Standing, THRESHOLD, label, roles};
pub use profile::{Profile, Unusual, unusual};
pub use score::Score;
