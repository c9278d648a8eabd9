//! Other checkers at work in the same page, which underline slips by themselves: Rejoinder's spelling rests beside them,
//! since two underlines under one word help nobody.
//!
//! Each is known by a mark that it leaves in the page: Grammarly and LanguageTool on `body` and `html`, Harper by the element
//! that it draws in. The marks were read in pages that were saved with these extensions installed, and in Harper's source.
//! They are asked for as a field of every composer, like anything else that a definition reads.

use super::definition::{Definition, Reader};

/// The field that says so.
pub(super) const FIELD: &str = "checker";

const MARKS: &str =
    "body[data-gr-ext-installed]:not([data-gr-ext-disabled]), html[data-lt-installed], harper-render-box";

/// The definition as the page agent runs it: its composers also tell whether another checker is there.
pub fn asked_for(definition: &Definition) -> Definition {
    let reader = Reader { document: true, css: Some(MARKS.to_owned()), present: true, ..Reader::default() };
    let mut definition = definition.clone();
    for rule in &mut definition.composers {
        rule.fields.insert(FIELD.to_owned(), vec![reader.clone()]);
    }
    definition
}
