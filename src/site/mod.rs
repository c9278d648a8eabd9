//! What a page says: site definitions, posts, authors, counts, times and permalinks.
//!
//! A definition is data. The page agent executes its readers in the browser and sends raw strings; [`read`] gives them
//! meaning. Natively the same definitions run over saved HTML ([`html`]). No scoring, no brand words, no storage.
//!
//! | module | what |
//! |---|---|
//! | [`definition`] | the format, and how a reader is executed |
//! | [`load`] | whether a definition can be used; from a file, with the line of a fault |
//! | [`registry`] | the bundled set, precedence, which definitions fit a host |
//! | [`read`] | raw strings to posts, composers, the acting account |
//! | [`linked_data`] | what a page says of its posts in JSON-LD |
//! | [`text`] | the text of a node |
//! | [`checkers`] | other checkers at work in the page |
//! | [`limits`] | how long a text is for a network |
//! | [`point`] | a definition made by pointing at a page |
//! | [`toml_text`] | a definition as the file that people read and share |
//! | [`html`], [`report`] | the definitions over saved HTML, printed (command line only) |

pub mod calendar;
pub mod checkers;
pub mod clean;
pub mod counts;
pub mod definition;
pub mod hosts;
#[cfg(feature = "cli")]
pub mod html;
pub mod ids;
pub mod limits;
pub mod link;
pub mod linked_data;
pub mod load;
pub mod pattern;
pub mod permalink;
pub mod point;
pub mod post;
pub mod read;
pub mod registry;
#[cfg(feature = "cli")]
pub mod report;
pub mod text;
pub mod times;
pub mod toml_text;
mod wording;
