//! What a post is: the class of what somebody wrote to the brand, told by transparent cues.
//!
//! The cues are words that voice packs give (`[incoming.complaint]`), in every language at once. Nothing here learns,
//! ranks posts or decides who answers. [`promise`] reads when a reply said that something will be done; [`spikes`] tells
//! hours in which far more is said than usual; [`watch`] finds posts by the words a team looks out for.

mod class;
pub mod promise;
pub mod spikes;
pub mod watch;

pub use class::{Class, Classes};
