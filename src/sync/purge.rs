//! Documents removed from the server for good, by its administrator: the last step of an erasure.
//!
//! Deleting is no removal: a server keeps what a deleted document said until its files are compacted, and rules forbid it
//! besides. `_purge` removes it, and no device hears of that: each has emptied its own copy when the erasure reached it.

use serde_json::{Value, json};

use super::answer::{list, read, text};
use super::transport::{Call, Fault, Transport, escaped};

/// As many documents one call may purge on a server as it comes.
const MOST: usize = 100;

/// What became of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// Documents that the server had and has no more.
    pub gone: usize,
    /// Documents that it still has.
    pub left: usize,
    /// It knows no way to remove documents.
    pub is_unable: bool,
}

/// Those of `ids` that the server has, each with its revision. Only looks.
pub async fn there<T: Transport>(
    transport: &T,
    workspace: &str,
    ids: &[String],
) -> Result<Vec<(String, String)>, Fault> {
    let mut found = Vec::new();
    for ids in ids.chunks(MOST) {
        let path = format!("/{}/_all_docs", escaped(workspace));
        let body = transport.call(Call::post(path, json!({ "keys": ids }).to_string())).await?.ok()?;
        let rows = list(&mut read(&body, "documents")?, "rows", "documents")?;
        // An answer that is short says nothing about what it lacks.
        if rows.len() != ids.len() {
            return Err(Fault::Garbled("documents"));
        }
        found.extend(rows.iter().filter_map(|row| {
            let value = row.get("value")?;
            let is_deleted = value.get("deleted") == Some(&Value::Bool(true));
            (!is_deleted).then_some((text(row, "id")?.to_owned(), text(value, "rev")?.to_owned()))
        }));
    }
    Ok(found)
}

/// Removes those of `ids` that the server has, then looks whether they are gone.
pub async fn purge<T: Transport>(transport: &T, workspace: &str, ids: &[String]) -> Result<Purged, Fault> {
    let known = there(transport, workspace, ids).await?;
    let mut is_unable = false;
    for some in known.chunks(MOST) {
        let revisions: serde_json::Map<_, _> = some.iter().map(|(id, rev)| (id.clone(), json!([rev]))).collect();
        let path = format!("/{}/_purge", escaped(workspace));
        let answer = transport.call(Call::post(path, Value::Object(revisions).to_string())).await?;
        // Relatives of CouchDB answer so for what they do not know.
        if matches!(answer.status, 400 | 404 | 405 | 501) {
            is_unable = true;
            break;
        }
        answer.ok()?;
    }
    let left = if is_unable { known.len() } else { there(transport, workspace, ids).await?.len() };
    Ok(Purged { gone: known.len() - left.min(known.len()), left, is_unable })
}
