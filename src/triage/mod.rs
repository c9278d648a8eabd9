//! What a post is: the class of what somebody wrote to the brand, told by transparent cues.
//!
//! The cues are words that voice packs give (`[incoming.complaint]`), in every language at once. Nothing here learns,
//! ranks posts or decides who answers. [`promise`] reads when a reply said that something will be done.

mod class;
pub mod promise;

pub use class::{Class, Classes};
