//! Thin adapters: WebExtension bindings, IndexedDB, clock, randomness. No decisions.
//!
//! | module | for |
//! |---|---|
//! | [`host`] | the background at work (background only) |
//! | [`store`] | the log and the device's settings; pages read the same databases |
//! | [`idb`], [`extension`], [`clock`] | the browser's own calls |

pub mod clock;
pub mod extension;
#[cfg(feature = "background")]
pub mod host;
pub mod idb;
#[cfg(feature = "background")]
pub mod store;
