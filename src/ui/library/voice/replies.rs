//! The replies that were sent, newest first, as the log has them. They stay in this browser.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Voice;
use crate::browser::idb::Fault;
use crate::browser::shape::open_log;
use crate::json;
use crate::log::Mention;
use crate::voice::preview::Reply;

/// Mentions looked through.
const LOOKED: u32 = 1_000;
/// Replies that rules are counted over.
const COUNTED: usize = 200;

/// Reads them, and again whenever the log changes.
pub fn follow(voice: Voice) {
    let workspace = Memo::new(move |_| voice.page.state.with(|state| state.workspace_id.clone()));
    Effect::new(move |_| {
        voice.page.log_changes.track();
        let id = workspace.get();
        spawn_local(async move {
            // A log that cannot be read is one without replies: the rules work without them.
            voice.replies.set(Some(read(&id).await.unwrap_or_default()));
        });
    });
}

async fn read(workspace: &str) -> Result<Vec<Reply>, Fault> {
    let db = open_log(workspace).await?;
    let newest = db.read(&["mentions"])?.store("mentions")?.index("saved_at")?;
    let texts = newest.slice(0, LOOKED, true).await?;
    let mentions = texts.iter().filter_map(|text| json::read::<Mention>(text));
    let mut all: Vec<(i64, Reply)> = mentions.flat_map(|mention| replies(&mention)).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(all.into_iter().map(|(_, reply)| reply).take(COUNTED).collect())
}

/// With the time each was sent, UTC milliseconds.
fn replies(mention: &Mention) -> Vec<(i64, Reply)> {
    let incoming = mention.post().map(|post| post.text.clone());
    let texts = mention.replies().filter_map(|reply| Some((reply.at, reply.text.clone()?)));
    let network = Some(mention.network.clone());
    texts
        .map(|(at, text)| (at, Reply { text, lang: None, network: network.clone(), incoming: incoming.clone() }))
        .collect()
}
