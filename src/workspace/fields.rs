//! Settings read field by field: one that does not fit never costs the others.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json;

/// `base` with every field that `fields` sets. A value that does not fit its field leaves the base's, and so does a name
/// that `base` does not have.
pub(crate) fn overlay<'a, T: Serialize + DeserializeOwned>(
    base: T,
    fields: impl IntoIterator<Item = (&'a str, &'a Value)>,
) -> T {
    let mut whole = serde_json::to_value(&base).unwrap_or_default();
    for (name, value) in fields {
        let Some(slot) = whole.get_mut(name) else { continue };
        let old = std::mem::replace(slot, value.clone());
        if json::of::<T>(&whole).is_none() {
            whole[name] = old;
        }
    }
    json::of(&whole).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::overlay;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[test]
    fn only_what_fits_is_taken() {
        let base = BTreeMap::from([("a".to_owned(), 1u8), ("b".to_owned(), 2)]);
        let (a, b, c) = (json!("many"), json!(5), json!(6));
        let got = overlay(base, [("a", &a), ("b", &b), ("c", &c)]);
        assert_eq!(got, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 5)]));
    }
}
