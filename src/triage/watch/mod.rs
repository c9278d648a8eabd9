//! Watch terms: what a team looks out for, in a small query language.
//!
//! | written | holds for a post |
//! |---|---|
//! | `alba` | with the word, whatever its case and accents; also in `#alba` and `@alba` |
//! | `"alba coffee"` | with these words together; also joined behind a sign, as `#albacoffee` and `@albacoffee` |
//! | `rejoin*` | with a word that begins so |
//! | `a b`, `a AND b` | with both |
//! | `a OR b`, `a \| b` | with one of them |
//! | `-a`, `NOT a` | without it |
//! | `a NEAR/5 b` | with at most five words between them, in either order |
//! | `handle:ana` | written by this account |
//! | `lang:es`, `network:x` | in this language, on this network |
//! | `( … )` | what stands in it first |
//!
//! Words are whole words, except in scripts that put no space between them. [`Query`] is a term as a tree, [`parse`] and
//! its `Display` lead there and back, [`explain`] says it in plain words, and [`Terms`] matches many at once. Nothing here
//! knows lists, workspaces or what becomes of a match.

mod explain;
mod matcher;
mod parse;
mod plain;
mod query;

pub use explain::explain;
pub use matcher::{Found, Looked, Terms};
pub use parse::{QueryError, parse};
pub use query::{Field, Query, Word};

#[cfg(test)]
mod tests;
