//! JSON into our types, always by way of [`Value`]: a reader of text of its own for every type would make up a good part
//! of the background. Events are the exception: a log folded anew reads them all.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// What `text` says; `None` when it is no JSON or does not fit.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    of(&serde_json::from_str(text).ok()?)
}

/// What `value` says; `None` when it does not fit.
pub fn of<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}
