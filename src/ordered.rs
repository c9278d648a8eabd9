//! Order in a few kilobytes less: maps and sets that are filled one by one, and one sort for lists of every type.
//!
//! The standard library brings code of its own for the sort of every type, and sorts what is collected into a map first:
//! kilobytes of the download each, for lists and collections that hold a few entries.

use std::cmp::Ordering;

/// Puts the items into a new collection, in their order; of two with one key the later stays.
pub fn ordered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// Sorts; what is equal stays in its order.
pub fn sort<T>(items: &mut Vec<T>, mut by: impl FnMut(&T, &T) -> Ordering) {
    let places = places(items.len(), &mut |a, b| by(&items[a], &items[b]));
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken[place].take()));
}

/// The sort that all share: of places, by what stands there.
fn places(count: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| by(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_leaves_equals_in_their_order() {
        let mut words = vec!["pear", "fig", "apple", "nut", "plum"];
        sort(&mut words, |a, b| a.len().cmp(&b.len()));
        assert_eq!(words, ["fig", "nut", "pear", "plum", "apple"]);
        let mut none: Vec<u8> = Vec::new();
        sort(&mut none, Ord::cmp);
        assert!(none.is_empty());
    }
}
