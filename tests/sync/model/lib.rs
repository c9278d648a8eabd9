//! The client as it ships, and nothing else of the extension.

#[path = "../../../src/sync/mod.rs"]
pub mod sync;
