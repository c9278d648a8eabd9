//! JSON into our types, always by way of [`Value`] and a small reader of it: a reader of text of its own for every type
//! would make up a good part of the background. Events are the exception: a log folded anew reads them all.

pub(crate) mod reader;
pub(crate) mod tagged;

use serde::de::DeserializeOwned;
use serde_json::Value;

use reader::Reader;

/// What `text` says; `None` when it is no JSON or does not fit.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    of(&serde_json::from_str(text).ok()?)
}

/// What `value` says; `None` when it does not fit.
pub fn of<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(Reader(value)).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(transparent)]
    struct Key(String);

    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Wrapped(u8),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Whole {
        key: Key,
        kinds: Vec<Kind>,
        by_kind: BTreeMap<Kind, i64>,
        pair: (String, f64),
        maybe: Option<bool>,
        #[serde(default)]
        new: u32,
        any: Value,
    }

    tagged::tagged! { "type", "Asked",
    #[derive(Debug, Clone, PartialEq)]
    pub enum Asked {
        ByName { name: String, deep: Option<Box<Asked>> },
        Nothing {},
    }
    }

    #[track_caller]
    fn check<T: DeserializeOwned + PartialEq + std::fmt::Debug>(value: &Value) {
        assert_eq!(of::<T>(value), serde_json::from_value(value.clone()).ok(), "{value}");
    }

    #[test]
    fn values_are_read_as_serde_json_reads_them() {
        let whole = json!({ "key": "k", "kinds": ["plain", { "wrapped": 7 }], "by_kind": { "plain": -1 },
            "pair": ["a", 1], "maybe": null, "any": { "deep": [1, 2.5, null, "x", true] }, "unknown": [{}] });
        assert!(of::<Whole>(&whole).is_some());
        check::<Whole>(&whole);
        for (field, odd) in [
            ("key", json!(1)),
            ("kinds", json!("plain")),
            ("kinds", json!([{ "wrapped": 256 }])),
            ("by_kind", json!({ "round": 1 })),
            ("pair", json!(["a"])),
            ("maybe", json!(0)),
            ("maybe", json!(true)),
            ("new", json!(-1)),
            ("new", json!(1.5)),
            ("new", json!(4_294_967_295_u32)),
            ("any", Value::Null),
        ] {
            let mut whole = whole.clone();
            whole[field] = odd;
            check::<Whole>(&whole);
        }
        check::<Whole>(&json!({}));
        check::<Whole>(&Value::Null);
    }

    #[test]
    fn a_field_names_the_variant() {
        let nothing = Asked::Nothing {};
        let asked = Asked::ByName { name: "x".into(), deep: Some(Box::new(nothing.clone())) };
        let value = json!({ "type": "by_name", "name": "x", "deep": { "type": "nothing", "more": 1 }, "more": 2 });
        assert_eq!(of::<Asked>(&value), Some(asked.clone()));
        assert_eq!(serde_json::from_value::<Asked>(value).unwrap(), asked);
        assert_eq!(read::<Asked>(&serde_json::to_string(&asked).unwrap()), Some(asked));
        assert!(of::<Asked>(&json!({ "type": "by_name", "name": "x" })).is_some());
        for odd in [
            json!({ "type": "by_name" }),
            json!({ "type": "other" }),
            json!({ "name": "x" }),
            json!("nothing"),
            json!([]),
        ] {
            assert_eq!(of::<Asked>(&odd), None, "{odd}");
        }
    }
}
