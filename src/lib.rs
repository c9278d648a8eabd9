//! Rejoinder: what a community manager needs, laid over the social networks' own pages.
//!
//! # Code map
//! Folders are the product's nouns. Everything here but [`browser`] and [`ui`] is pure: it compiles and is tested on
//! the host, takes time and randomness as arguments, and has an answer for any text a person or a page can hold.
//!
//! | module | room for |
//! |---|---|
//! | [`site`] | what a page says: definitions, posts, authors, counts, times, permalinks |
//! | [`template`] | reply templates: library, rendering, search |
//! | [`voice`] | brand-voice rules: packs, engine, findings |
//! | [`triage`] | what a post is: its class, by transparent cues; watch terms, spikes |
//! | [`people`] | influence, closeness, notable authors and lists of them |
//! | `guard` | the send gate: every check between "Send" and the network |
//! | [`log`] | events, the fold, queries, exports, reports |
//! | [`sync`] | the log on the team's server |
//! | [`workspace`] | a brand's settings |
//! | [`message`] | text for people: keys, arguments, the catalogue in each language |
//! | [`json`] | JSON into our types |
//! | [`text`] | UTF-16 offsets and spans, folding and normal forms |
//! | `source` | definitions, packs and templates as people write them (command line only) |
//! | [`package`] | files of the package that are handed in |
//! | [`protocol`] | every message that crosses a context |
//! | [`brain`] | the background's state machine |
//! | [`browser`] | the only code that names a browser type (wasm only) |
//! | [`ui`] | Leptos views (wasm only) and the logic behind them |
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(any(feature = "background", feature = "cli"))]
pub mod brain;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(any(feature = "background", feature = "mentions", feature = "cli"))]
pub mod guard;
pub mod json;
pub mod log;
pub mod message;
mod ordered;
pub mod package;
pub mod people;
pub mod protocol;
pub mod site;
#[cfg(feature = "cli")]
pub mod source;
pub mod sync;
pub mod template;
pub mod text;
pub mod triage;
pub mod ui;
pub mod voice;
pub mod workspace;

/// Version of the crate, stamped on events, exports and messages.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
