//! What a page says: site definitions, posts, authors, counts, times and permalinks.
//!
//! A definition is data. The page agent executes its readers in the browser and sends raw strings; [`read`] gives them
//! meaning. Natively the same definitions run over saved HTML. No scoring, no brand words, no storage.

pub mod definition;
pub mod post;
