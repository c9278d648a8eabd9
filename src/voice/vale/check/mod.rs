//! Vale's kinds of rules, one per file.

pub(super) mod capitalization;
pub(super) mod conditional;
pub(super) mod consistency;
pub(super) mod existence;
pub(super) mod measure;
pub(super) mod occurrence;
pub(super) mod repetition;
#[cfg(feature = "cli")]
pub(super) mod spelling;
pub(super) mod substitution;
