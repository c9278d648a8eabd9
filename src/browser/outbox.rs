//! What becomes of the outbox when a round with a team's server commits: `acked`, `queued`, `refused`, `done` (ids), and
//! `state`, what is remembered of the server. In the transaction that also holds what came, if something came.

use serde_json::{Value, json};

use super::idb::{Fault, Transaction};

/// The record of `meta` with what is remembered of the server.
pub const STATE: &str = "sync";

/// `s` of what the server said that it has.
pub(super) const ACKED: &str = "acked";

/// Writes what becomes of the outbox, and what is remembered.
pub(super) fn write(work: &Transaction, what: &Value) -> Result<(), Fault> {
    let outbox = work.store("outbox")?;
    for id in texts(&what["acked"]) {
        outbox.put(&json!({ "id": id, "s": ACKED }).to_string())?;
    }
    for id in texts(&what["queued"]) {
        outbox.put(&json!({ "id": id }).to_string())?;
    }
    for row in what["refused"].as_array().into_iter().flatten() {
        outbox.put(&json!({ "id": row[0], "s": row[1].to_string() }).to_string())?;
    }
    for id in texts(&what["done"]) {
        outbox.delete(id)?;
    }
    work.store("meta")?.put_text(STATE, &what["state"].to_string())?;
    Ok(())
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
