//! Who of the team answers what, right now: one document a person, `presence:<user>`, written over each time.
//!
//! ```text
//! _id  presence:ana      m  the mention; empty = none      until  UTC milliseconds; it is over by itself
//! ```
//! No event, and so nothing that a round carries or a log keeps.

use serde_json::{Value, json};

use super::{Call, Fault, Transport, answer, escaped};

/// What the ids of these documents begin with.
pub const PREFIX: &str = "presence:";

/// Says that `user` answers the mention `m` until then. `rev`: the server's mark of the version we wrote last.
pub async fn tell<T: Transport>(
    transport: &T,
    workspace: &str,
    user: &str,
    (m, until): (&str, i64),
    rev: &mut Option<String>,
) -> Result<(), Fault> {
    let path = format!("/{}/{}", escaped(workspace), escaped(&format!("{PREFIX}{user}")));
    let mut said = json!({ "m": m, "until": until });
    // Another device of theirs, or an earlier background, may have written since: a second time with the version that is there.
    for _ in 0..2 {
        if let Some(rev) = rev.as_deref() {
            said["_rev"] = rev.into();
        }
        let answer = transport.call(Call::put(&path, said.to_string())).await?;
        if answer.status != 409 {
            *rev = answer::read(&answer.ok()?, "presence")?["rev"].as_str().map(str::to_owned);
            return Ok(());
        }
        let there = transport.call(Call::get(path.clone())).await?.ok()?;
        *rev = answer::read(&there, "presence")?["_rev"].as_str().map(str::to_owned);
    }
    Ok(())
}

/// Everybody who is there at `now` (UTC milliseconds): `[user, mention, until]` of each.
pub async fn everybody<T: Transport>(transport: &T, workspace: &str, now: i64) -> Result<Vec<Value>, Fault> {
    let path =
        format!("/{}/_all_docs?include_docs=true&startkey=%22{PREFIX}%22&endkey=%22presence%3B%22", escaped(workspace));
    let mut answer = answer::read(&transport.call(Call::get(path)).await?.ok()?, "presence")?;
    let rows = answer::list(&mut answer, "rows", "presence")?;
    let one = |row: &Value| {
        let (doc, user) = (&row["doc"], row["id"].as_str()?.strip_prefix(PREFIX)?);
        let m = doc["m"].as_str().filter(|m| !m.is_empty())?;
        let until = doc["until"].as_i64().filter(|until| *until > now)?;
        Some(json!([user, m, until]))
    };
    Ok(rows.iter().filter_map(one).collect())
}
