//! Reply templates: the record, the starter library, rendering, search, and exchange with other tools.
//!
//! A template's body is Jinja, rendered by MiniJinja. What a page says is context data and never template source. A
//! variable without a value does not fail the preview: it stands in the text as `{{ name }}` and is listed, and the
//! caller inserts nothing while the list is not empty. Nothing here stores templates or counts their use. Pages know the
//! record; only the background and the command line carry the engine.

mod case;
mod clean;
mod dates;
#[cfg(feature = "exchange")]
pub mod exchange;
mod first_name;
mod record;
pub mod search;
pub mod starter;
pub mod variant;

#[cfg(feature = "engine")]
mod bounded;
#[cfg(feature = "engine")]
mod context;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod form;
#[cfg(feature = "engine")]
mod join;
#[cfg(feature = "engine")]
mod parts;
#[cfg(feature = "engine")]
mod problem;
#[cfg(feature = "engine")]
mod render;
#[cfg(feature = "engine")]
mod scope;
#[cfg(feature = "engine")]
mod tags;

pub use case::{CASE, LINKS, case_values};
pub use clean::{clean_line, clean_text};
pub use dates::Local;
#[cfg(target_arch = "wasm32")]
pub use first_name::NAME_WORDS;
pub use first_name::first_name;
pub use record::{Actions, Address, Field, FieldKind, Kind, Source, Template};
pub use search::{Index, Query, Suggestion, Used};
pub use starter::starter;
pub use variant::{Choice, Families, Wanted};

#[cfg(feature = "engine")]
pub use context::{Brand, Context, Me, Page, Person, PostFacts};
#[cfg(feature = "engine")]
pub use form::Form;
#[cfg(feature = "engine")]
pub use join::join;
#[cfg(feature = "engine")]
pub use parts::FindPart;
#[cfg(feature = "engine")]
pub use problem::TemplateProblem;
#[cfg(feature = "engine")]
pub use render::{Rendered, is_well_formed, preview, render, render_with};
