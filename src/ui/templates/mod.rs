//! What the template editor decides without a browser: what a chip writes, how the list is laid out, what a bulk edit
//! changes, what differs between two versions, how much room a text leaves. The views are in `library`.

pub mod bulk;
pub mod chip;
pub mod difference;
pub mod place;
#[cfg(feature = "engine")]
pub mod reader;
pub mod room;
pub mod tree;
