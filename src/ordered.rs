//! Ordered maps and sets, filled one by one.
//!
//! The standard library sorts what is collected into them first, with code of its own for every type: a kilobyte of the
//! download each, for collections that hold a few entries.

/// Puts the items into a new collection, in their order; of two with one key the later stays.
pub fn ordered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}
