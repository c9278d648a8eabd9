//! What a post is: the class of what somebody wrote to the brand, told by transparent cues.
//!
//! The cues are data that voice packs give (`[[cue]]` and `[incoming.complaint]`), in every language at once; [`cue`] says
//! how they are written. [`priority`] weighs which post comes first, [`hours`] when a team works, [`department`] proposes whose it is, [`learn`] takes a
//! team's corrections. [`promise`] reads when a reply said that something will be done; [`spikes`] tells hours in which far
//! more is said than usual; [`watch`] finds posts by the words a team looks out for.

mod class;
mod classes;
pub mod cue;
pub mod department;
pub mod hours;
pub mod learn;
mod plain;
pub mod priority;
pub mod promise;
mod shape;
pub mod spikes;
pub mod watch;

pub use class::Class;
pub use classes::{Classes, Judged, Reason};
pub use cue::{Cue, Points, Shape};
