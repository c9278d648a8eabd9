//! Reply templates: the record, the starter library, rendering, search, and exchange with other tools.
//!
//! A template's body is Jinja, rendered by MiniJinja. What a page says is context data and never template source. A
//! variable without a value does not fail the preview: it stands in the text as `{{ name }}` and is listed, and the
//! caller inserts nothing while the list is not empty. Nothing here stores templates or counts their use.

mod clean;
mod context;
mod engine;
#[cfg(feature = "exchange")]
pub mod exchange;
mod first_name;
mod problem;
mod record;
mod render;
mod scope;
pub mod search;
mod starter;

pub use clean::{clean_line, clean_text};
pub use context::{Brand, Context, Me, Page, Person, PostFacts};
pub use first_name::first_name;
pub use problem::TemplateProblem;
pub use record::{Actions, Address, Field, FieldKind, Kind, Source, Template};
pub use render::{Rendered, preview, render};
pub use search::{Index, Query, Used};
pub use starter::starter;
