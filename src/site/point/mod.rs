//! A definition made by pointing: which selector lasts for what a person pointed at, and how the answers become a
//! definition.
//!
//! The tool in the page (`extension/point`) describes elements and executes selectors; everything that is decided is
//! decided here. A draft is the definition's own JSON and is checked like any other ([`super::load`]), by whoever can.
//! No pattern is compiled here: what an address holds is found with plain string work.

mod css;
pub mod draft;
mod propose;
mod reading;
pub mod walk;
mod written;

#[cfg(test)]
mod page;

pub use propose::{Part, Why};
