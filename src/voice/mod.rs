//! Brand voice: does a reply sound like the brand, promise only what it can keep, and keep private things private?
//!
//! ```
//! use rejoinder::voice::{Checker, Input, Switches, bundled};
//! let checker = Checker::new(bundled(), &Switches::default());
//! let findings = checker.check(&Input { text: "Sorry for any inconvenience caused!!", ..Input::default() });
//! assert!(findings.iter().any(|finding| finding.matched == "!!"));
//! ```
//!
//! [`pack`] reads rules from files, [`engine`] compiles them and checks a reply, [`language`] guesses what language it
//! is in, [`spelling`] which words no dictionary knows. Inside: [`fold`] and [`mask`] make the text that rules see, `seek`
//! and `resolve` turn hits into findings.
//! Deciding when to show what (never under the caret, only in a pause) is the page agent's work, dismissals are the
//! brain's.

pub mod bundled;
pub mod compiled;
pub mod emoji;
pub mod engine;
pub mod examples;
mod expand;
pub mod finding;
mod fix;
pub mod fold;
pub mod language;
pub mod length;
pub mod mask;
#[cfg(any(feature = "cli", feature = "exchange"))]
pub mod own;
pub mod pack;
pub mod preview;
pub mod reading;
pub mod rule;
pub mod spelling;
#[cfg(feature = "exchange")]
pub mod vale;

mod count;
mod data;
#[cfg(any(feature = "cli", feature = "exchange"))]
mod form;
mod pattern;
mod phrase;
mod readability;
mod resolve;
mod seek;
mod whole;

pub use self::bundled::bundled;
pub use engine::{Checker, Input, Switches};
pub use finding::Finding;
#[cfg(any(feature = "cli", feature = "exchange"))]
pub(crate) use form::all as spelled_out;
pub use pack::{Pack, PackError, PackInfo, RuleInfo};
pub use rule::{Rule, Severity};
