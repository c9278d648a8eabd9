//! Thin adapters: WebExtension bindings, IndexedDB, clock, randomness, Unicode. No decisions.
//!
//! | module | for |
//! |---|---|
//! | [`host`] | the background at work (background only) |
//! | [`store`] | the log and the device's settings, as the background keeps them |
//! | [`shelf`], [`http`] | the log and the line to a team's server, as rounds need them |
//! | [`rounds`] | when the log is shared (a module of its own) |
//! | `outbox` | what becomes of events on their way |
//! | [`folder`] | a folder of the machine that a person opened to a page |
//! | [`shape`] | the databases themselves; pages read them too |
//! | [`idb`], [`extension`], [`package`], [`clock`], [`normal`] | the browser's own calls |

pub mod clock;
pub mod extension;
#[cfg(feature = "members")]
pub mod folder;
#[cfg(feature = "background")]
pub mod host;
#[cfg(any(feature = "team", feature = "members"))]
pub mod http;
pub mod idb;
pub mod normal;
#[cfg(any(feature = "background", feature = "team"))]
mod outbox;
pub mod package;
#[cfg(feature = "team")]
pub mod rounds;
pub mod shape;
#[cfg(feature = "team")]
pub mod shelf;
#[cfg(feature = "background")]
pub mod store;
