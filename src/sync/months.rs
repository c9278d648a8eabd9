//! Both sides' months compared: whatever was missed by anything else comes to light here.

use std::collections::BTreeMap;

use serde_json::json;

use super::answer::{list, months, read, text};
use super::round::{Round, number};
use super::store::{Commit, Holding, Store};
use super::transport::{Call, Fault, Transport, escaped};

/// Compares the number of documents of each month; where they differ, the ids. What is missing here is fetched, what is
/// missing there and ours waits again.
pub(super) async fn compare<S: Store, T: Transport>(round: &mut Round<'_, S, T>, now: i64) -> Result<(), Fault> {
    let path = round.target.path("/_design/rejoinder/_view/months?group_level=1");
    let answer = round.transport.call(Call::get(path)).await?;
    if answer.status == 404 {
        // A workspace that was not set up by us has no such view.
        return Ok(());
    }
    let there = months(&answer.ok()?)?;
    let here = round.store.months().await?;
    let mut only_here = 0;
    for month in there.keys().chain(here.keys().filter(|month| !there.contains_key(*month))) {
        if there.get(month) != here.get(month) {
            only_here += compare_month(round, month).await?;
        }
    }
    round.state.only_here = only_here;
    round.state.compared = Some(now);
    Ok(round.store.commit(Commit::of(&round.state)).await?)
}

/// Mends a month; returns how many documents are here alone and not ours to send.
async fn compare_month<S: Store, T: Transport>(round: &mut Round<'_, S, T>, month: &str) -> Result<u32, Fault> {
    let mut here: BTreeMap<String, Holding> = round.store.held(month).await?;
    let page = round.target.page;
    let mut missing = Vec::new();
    let mut start = format!("{month}!");
    loop {
        let key = |text: &str| escaped(&json!(text).to_string());
        let (first, last) = (key(&start), key(&format!("{month}!\u{fff0}")));
        let body = round.get(&format!("/_all_docs?limit={page}&startkey={first}&endkey={last}")).await?;
        let rows = list(&mut read(&body, "documents")?, "rows", "documents")?;
        let is_last = rows.len() < page;
        for id in rows.iter().filter_map(|row| text(row, "id")).map(str::to_owned) {
            // The next page begins behind the last of this one.
            start = format!("{id}\u{0}");
            if here.remove(&id).is_none() {
                missing.push(id);
            }
        }
        if is_last {
            break;
        }
    }
    for ids in missing.chunks(round.target.batch) {
        let docs = round.fetch(ids).await?;
        round.receive(docs).await?;
    }
    let of = |holding: Holding| here.iter().filter(move |(_, one)| **one == holding).map(|(id, _)| id.clone());
    let queued: Vec<String> = of(Holding::Ours).collect();
    if !queued.is_empty() {
        round.report.again = true;
        round.store.commit(Commit { queued, ..Commit::of(&round.state) }).await?;
    }
    Ok(number(of(Holding::Others).count()))
}
