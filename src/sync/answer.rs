//! What the server's answers say, as far as both CouchDB and its relatives say it alike.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Fault;

/// Reads an answer; `what` names it for people.
pub(super) fn read<'a, T: Deserialize<'a>>(body: &'a str, what: &'static str) -> Result<T, Fault> {
    serde_json::from_str(body).map_err(|_| Fault::Garbled(what))
}

/// `GET /db`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
    /// How far its changes are.
    pub update_seq: Value,
}

/// `GET /db/_local/…`: how far this device was when it last said so.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Checkpoint {
    /// Counts up by one with each.
    pub anchor: u64,
    /// To overwrite it.
    #[serde(rename = "_rev")]
    pub rev: Option<String>,
}

/// `PUT /db/_local/…`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// To overwrite it.
    pub rev: Option<String>,
}

/// A row of `_bulk_docs`.
#[derive(Debug, Deserialize)]
pub struct Written {
    /// The document. Without it a row tells nothing.
    #[serde(default)]
    pub id: String,
    /// What is wrong.
    #[serde(default)]
    pub error: Option<Value>,
    /// In the server's words.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What is wrong with a call.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Trouble {
    /// In the server's words.
    pub reason: String,
}

/// `_all_docs`, documents included.
#[derive(Debug, Deserialize)]
pub struct AllDocs<'a> {
    /// In the order of the ids, or of the keys asked for.
    #[serde(borrow)]
    pub rows: Vec<AllDocsRow<'a>>,
}

/// A row of it. One for a key that is not there has an error and no id; a deleted one has no document.
#[derive(Debug, Deserialize)]
pub struct AllDocsRow<'a> {
    /// The document's id.
    #[serde(default)]
    pub id: Option<String>,
    /// The document as it was sent.
    #[serde(borrow, default)]
    pub doc: Option<&'a RawValue>,
}

/// `_changes`, documents included.
#[derive(Debug, Deserialize)]
pub struct Changes<'a> {
    /// At least once each, in no certain order.
    #[serde(borrow)]
    pub results: Vec<Change<'a>>,
    /// Ask for those after this next.
    pub last_seq: Value,
    /// How many are left, where the server counts them.
    #[serde(default)]
    pub pending: Option<u64>,
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Change<'a> {
    /// The document as it is now.
    #[serde(borrow, default)]
    pub doc: Option<&'a RawValue>,
}

/// The view of months, grouped.
#[derive(Debug, Deserialize)]
struct Grouped {
    rows: Vec<Group>,
}

#[derive(Debug, Deserialize)]
struct Group {
    key: Vec<String>,
    value: u64,
}

/// Documents on the server by month.
pub(super) fn months(body: &str) -> Result<BTreeMap<String, u64>, Fault> {
    let grouped: Grouped = read(body, "months")?;
    Ok(grouped.rows.into_iter().filter_map(|row| Some((row.key.into_iter().next()?, row.value))).collect())
}

/// A sequence number as a query takes it: text as it is, anything else as JSON.
pub(super) fn since(seq: &Value) -> String {
    seq.as_str().map_or_else(|| seq.to_string(), str::to_owned)
}
