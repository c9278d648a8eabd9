//! The shared log: a client of the CouchDB API that loses nothing, whatever fails.
//!
//! A [`round`] pushes what waits, pulls what others wrote, and makes sure that what was pushed is really there. It works
//! over two traits, so the same code runs in a browser, in the command line and against a model of both that fails at
//! every step:
//!
//! | trait | is |
//! |---|---|
//! | [`Transport`] | one HTTP call to the team's server |
//! | [`Store`] | the log of this device, its outbox and what is remembered of the server; a [`Commit`] is one transaction |
//!
//! What the rest stands on:
//! - **A document leaves the outbox only after it was read back**, and after the server has kept a checkpoint that is newer
//!   than it. A 2xx is a promise of one machine, not a fact.
//! - **Checkpoints stand on both sides.** When the server's is older than ours, the server was restored from a backup:
//!   everything is pulled again, and every document of ours is looked for.
//! - **How far we are** moves on with a checkpoint, after what was received lasts: a death in between repeats work and
//!   skips none.
//! - **Nothing is dropped.** A document that the server refuses stays in the outbox with the reason, for a person to see.
//! - Sequence numbers are never read, rows are matched by id, and a row that is missing was accepted: servers differ.
//!
//! Left out: what documents say ([`crate::log`]), signing in by page, timers ([`backoff`] only says how long), presence.

pub mod answer;
pub mod backoff;
mod months;
pub mod presence;
pub mod purge;
pub mod round;
pub mod session;
pub mod setup;
pub mod store;
pub mod transport;

pub use round::{Report, Target, round};
pub use session::{Secret, run};
pub use store::{Broken, Commit, Document, Holding, Refusal, State, Store, Waiting};
pub use transport::{Answer, Call, Fault, Method, Transport, Unreachable, escaped};
