//! A page as `rejoinder read` prints it: plain numbers and ISO times, for people and scripts outside.

use serde_json::{Map, Value, json};

use super::calendar::iso;
use super::definition::Definition;
use super::html::Page;
use super::post::{Count, Post};
use super::read::{Acting, Composer};

/// The page as JSON: `posts`, `acting_account`, `composers`, `health`.
pub fn report(definition: &Definition, page: &Page) -> Value {
    json!({
        "posts": page.posts.iter().map(post).collect::<Vec<_>>(),
        "acting_account": account(&page.acting),
        "composers": page.composers.iter().map(composer).collect::<Vec<_>>(),
        "health": {
            "definition": definition.id,
            "seen": page.health.seen,
            "read": page.posts.len(),
            "empty": page.health.empty,
            "composers": page.health.composers,
        },
    })
}

fn post(post: &Post) -> Value {
    let counts = [
        ("likes", post.counts.likes),
        ("reposts", post.counts.reposts),
        ("replies", post.counts.replies),
        ("views", post.counts.views),
    ];
    let approximate: Vec<&str> = counts
        .iter()
        .chain([&("followers", post.author.followers)])
        .filter(|(_, count)| count.is_some_and(|count| count.approximate))
        .map(|(name, _)| *name)
        .collect();
    let number = |count: Option<Count>| count.map(|count| count.value);
    json!({
        "network": post.network,
        "kind": post.kind,
        "id": post.id,
        "permalink": post.permalink,
        "author": {
            "handle": post.author.handle,
            "name": post.author.name,
            "verified": post.author.verified,
            "followers": number(post.author.followers),
        },
        "text": post.text,
        "published": post.published.map(|published| iso(published.at)),
        "precision": post.published.map(|published| published.precision),
        "counts": counts.iter().map(|(name, count)| ((*name).to_owned(), json!(number(*count)))).collect::<Map<_, _>>(),
        "approximate": approximate,
        "parent": post.parent,
        "promoted": post.promoted,
        "truncated": post.truncated,
    })
}

fn account(acting: &Acting) -> Value {
    if acting.handle.is_none() && acting.name.is_none() {
        return Value::Null;
    }
    json!({ "handle": acting.handle, "name": acting.name })
}

fn composer(composer: &Composer) -> Value {
    json!({
        "kind": composer.kind,
        "target": composer.target.as_ref().map(|target| json!({
            "id": target.id,
            "permalink": target.permalink,
            "handle": target.author.handle,
        })),
        "acting_account": account(&composer.acting),
        "limit": composer.limit.map(|limit| limit.most),
        "private": composer.private,
    })
}
