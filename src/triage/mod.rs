//! What a post is: the class of what somebody wrote to the brand, told by transparent cues.
//!
//! The cues are data that voice packs give (`[[cue]]` and `[incoming.complaint]`), in every language at once; [`cue`] says
//! how they are written. [`promise`] reads when a reply said that something will be done.

mod class;
mod classes;
pub mod cue;
mod plain;
pub mod promise;
mod shape;

pub use class::Class;
pub use classes::{Classes, Judged, Reason};
pub use cue::{Cue, Points, Shape};
