//! What the server's answers say, as far as both CouchDB and its relatives say it alike. They are read as plain JSON: a type
//! of its own for each answer would weigh more than all that is done with it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Fault;
use super::presence::PREFIX;
use super::store::Document;

/// Reads an answer; `what` names it for people.
pub(super) fn read(body: &str, what: &'static str) -> Result<Value, Fault> {
    serde_json::from_str(body).map_err(|_| Fault::Garbled(what))
}

/// A field that is a list; `what` names it for people.
pub(super) fn list(answer: &mut Value, field: &str, what: &'static str) -> Result<Vec<Value>, Fault> {
    match answer.get_mut(field).map(Value::take) {
        Some(Value::Array(rows)) => Ok(rows),
        _ => Err(Fault::Garbled(what)),
    }
}

/// A field that is a text, or nothing.
pub(super) fn text<'a>(answer: &'a Value, field: &str) -> Option<&'a str> {
    answer.get(field).and_then(Value::as_str)
}

/// The documents of rows; what is none of ours is left out.
pub(super) fn documents<D: Document>(rows: Vec<Value>) -> Vec<D> {
    rows.into_iter().filter_map(|mut row| D::read(row.get_mut("doc").map(Value::take)?)).collect()
}

/// Documents on the server by month, from the grouped view.
pub(super) fn months(body: &str) -> Result<BTreeMap<String, u64>, Fault> {
    let rows = list(&mut read(body, "months")?, "rows", "months")?;
    let month = |row: &Value| Some((row.get("key")?.get(0)?.as_str()?.to_owned(), row.get("value")?.as_u64()?));
    Ok(rows.iter().filter_map(month).collect())
}

/// What a page of changes is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// The log has changed.
    pub log: bool,
    /// Somebody began to answer something, or ended.
    pub presence: bool,
    /// Where to go on.
    pub since: Option<Value>,
}

/// What a page of changes (without its documents) is about.
pub fn news(body: &str) -> Result<News, Fault> {
    let mut answer = read(body, "changes")?;
    let rows = list(&mut answer, "results", "changes")?;
    let of_people = |row: &&Value| text(row, "id").is_some_and(|id| id.starts_with(PREFIX));
    let people = rows.iter().filter(of_people).count();
    Ok(News { log: rows.len() > people, presence: people > 0, since: answer.get_mut("last_seq").map(Value::take) })
}

/// A sequence number as a query takes it: text as it is, anything else as JSON.
pub fn since(seq: &Value) -> String {
    seq.as_str().map_or_else(|| seq.to_string(), str::to_owned)
}
