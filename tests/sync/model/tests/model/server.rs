//! A team's server, small enough to be believed: documents, changes, checkpoints, and the ways in which real ones differ.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sync_model::sync::{Answer, Call, Method};

use super::random::Random;

/// What it holds.
#[derive(Clone, Default)]
pub struct Data {
    /// Documents by id, with their sequence number.
    pub docs: BTreeMap<String, (Value, u64)>,
    checkpoints: BTreeMap<String, Value>,
    seq: u64,
}

/// A server and its habits.
pub struct Server {
    pub data: Data,
    /// Sequence numbers are opaque texts, as CouchDB's; else numbers, as PouchDB Server's.
    opaque: bool,
    /// It has the view of months.
    view: bool,
    /// Says `conflict` about a document that is there; else `forbidden`.
    conflict: bool,
    /// More bytes in one call are too many.
    most_bytes: usize,
    backups: Vec<Data>,
}

impl Server {
    pub fn new(random: &mut Random, view: bool) -> Self {
        Self {
            data: Data::default(),
            opaque: random.chance(1, 2),
            view,
            conflict: random.chance(1, 2),
            most_bytes: if random.chance(1, 4) { 160 } else { usize::MAX },
            backups: Vec::new(),
        }
    }

    pub fn back_up(&mut self) {
        self.backups.push(self.data.clone());
    }

    /// A backup takes the place of what is there.
    pub fn restore(&mut self, random: &mut Random) {
        if !self.backups.is_empty() {
            let at = random.below(self.backups.len());
            self.data = self.backups[at].clone();
        }
    }

    fn seq(&self, seq: u64) -> Value {
        if self.opaque { json!(format!("{seq}-g1AAAA!{}", seq * 7919)) } else { json!(seq) }
    }

    /// Takes a document in.
    pub fn write(&mut self, doc: &Value) {
        self.data.seq += 1;
        let id = doc["_id"].as_str().unwrap().to_owned();
        self.data.docs.insert(id, (doc.clone(), self.data.seq));
    }

    /// Answers; `lies` = it says `202` and forgets a half of what it was given.
    pub fn answer(&mut self, call: &Call, random: &mut Random, lies: bool) -> Answer {
        let (path, query) = call.path.split_once('?').unwrap_or((&call.path, ""));
        let query: BTreeMap<String, String> =
            query.split('&').filter_map(|part| part.split_once('=')).map(|(k, v)| (k.into(), unescaped(v))).collect();
        let body: Value = call.body.as_deref().map(|body| serde_json::from_str(body).unwrap()).unwrap_or_default();
        let (status, answer) = match (call.method, path.strip_prefix("/ws")) {
            (Method::Post, None) if path == "/_session" => (200, json!({ "ok": true })),
            (Method::Get, None) if path == "/_session" => (200, json!({ "userCtx": { "name": "a", "roles": [] } })),
            (Method::Get, Some("")) => (200, json!({ "db_name": "ws", "update_seq": self.seq(self.data.seq) })),
            (Method::Get, Some(rest)) if rest.starts_with("/_local/") => match self.data.checkpoints.get(rest) {
                Some(doc) => (200, doc.clone()),
                None => (404, json!({ "error": "not_found" })),
            },
            (Method::Put, Some(rest)) if rest.starts_with("/_local/") => self.keep(rest, body),
            (Method::Post, Some("/_bulk_docs")) if call.body.as_ref().unwrap().len() > self.most_bytes => {
                (413, json!({ "error": "too_large" }))
            }
            (Method::Post, Some("/_bulk_docs")) => self.bulk(&body, random, lies),
            (Method::Post, Some("/_all_docs")) => self.keys(&body),
            (Method::Get, Some("/_all_docs")) => self.all(&query),
            (Method::Get, Some("/_changes")) => self.changes(&query, random),
            (Method::Get, Some("/_design/rejoinder/_view/months")) if self.view => self.months(),
            (Method::Get, Some("/_design/rejoinder/_view/months")) => (404, json!({ "error": "not_found" })),
            other => panic!("no such call: {other:?}"),
        };
        Answer { status, body: answer.to_string(), ..Answer::default() }
    }

    fn keep(&mut self, at: &str, body: Value) -> (u16, Value) {
        let old = self.data.checkpoints.get(at).map(|doc| doc["_rev"].clone());
        if old.clone().unwrap_or_default() != body["_rev"] {
            return (409, json!({ "error": "conflict" }));
        }
        let count = old.and_then(|rev| rev.as_str()?.strip_prefix("0-")?.parse::<u64>().ok()).unwrap_or_default() + 1;
        let mut doc = body;
        doc["_rev"] = json!(format!("0-{count}"));
        self.data.checkpoints.insert(at.to_owned(), doc.clone());
        (201, json!({ "ok": true, "rev": doc["_rev"] }))
    }

    fn bulk(&mut self, body: &Value, random: &mut Random, lies: bool) -> (u16, Value) {
        let mut rows = Vec::new();
        for doc in body["docs"].as_array().unwrap() {
            let id = &doc["_id"];
            if self.data.docs.contains_key(id.as_str().unwrap()) {
                let error = if self.conflict { "conflict" } else { "forbidden" };
                rows.push(json!({ "id": id, "error": error, "reason": "exists" }));
                continue;
            }
            if !(lies && random.chance(1, 2)) {
                self.write(doc);
            }
            // A row that is missing was accepted.
            if !random.chance(1, 20) {
                rows.push(json!({ "ok": true, "id": id, "rev": "1-x" }));
            }
        }
        if random.chance(1, 2) {
            rows.sort_by_key(|row| row["error"].is_null());
        }
        (if lies { 202 } else { 201 }, json!(rows))
    }

    fn keys(&self, body: &Value) -> (u16, Value) {
        let row = |key: &Value| match self.data.docs.get(key.as_str().unwrap()) {
            Some((doc, _)) => json!({ "id": key, "key": key, "value": { "rev": "1-x" }, "doc": sent(doc) }),
            None => json!({ "key": key, "error": "not_found" }),
        };
        let rows: Vec<Value> = body["keys"].as_array().unwrap().iter().map(row).collect();
        (200, json!({ "total_rows": self.data.docs.len(), "rows": rows }))
    }

    fn all(&self, query: &BTreeMap<String, String>) -> (u16, Value) {
        let key = |name: &str| serde_json::from_str::<String>(&query[name]).unwrap();
        let (start, end) = (key("startkey"), key("endkey"));
        let limit: usize = query["limit"].parse().unwrap();
        let skip: usize = query.get("skip").map_or(0, |skip| skip.parse().unwrap());
        let docs: Vec<_> = if query.contains_key("descending") {
            self.data.docs.range(end..=start).rev().collect()
        } else {
            self.data.docs.range(start..=end).collect()
        };
        let row =
            |(id, (doc, _)): (&String, &(Value, u64))| json!({ "id": id, "key": id, "value": {}, "doc": sent(doc) });
        let rows: Vec<Value> = docs.into_iter().skip(skip).take(limit).map(row).collect();
        (200, json!({ "rows": rows }))
    }

    fn changes(&self, query: &BTreeMap<String, String>, random: &mut Random) -> (u16, Value) {
        let since: u64 = query.get("since").map_or(0, |since| since.split('-').next().unwrap().parse().unwrap());
        let limit: usize = query["limit"].parse().unwrap();
        let mut docs: Vec<&(Value, u64)> = self.data.docs.values().filter(|(_, seq)| *seq > since).collect();
        docs.sort_by_key(|(_, seq)| *seq);
        let last = docs.get(limit.saturating_sub(1)).map_or(self.data.seq.max(since), |(_, seq)| *seq);
        let pending = docs.len().saturating_sub(limit);
        let mut results: Vec<Value> = docs
            .into_iter()
            .take(limit)
            .map(|(doc, seq)| json!({ "id": doc["_id"], "seq": self.seq(*seq), "changes": [], "doc": sent(doc) }))
            .collect();
        // Deliveries repeat, and have no order across shards.
        if !results.is_empty() && random.chance(1, 10) {
            results.push(results[0].clone());
        }
        if random.chance(1, 4) {
            results.reverse();
        }
        let mut answer = json!({ "results": results, "last_seq": self.seq(last) });
        // A server that does not count what is left fills every page but the last.
        if self.opaque || results.len() < limit && pending > 0 {
            answer["pending"] = json!(pending);
        }
        (200, answer)
    }

    fn months(&self) -> (u16, Value) {
        let mut months: BTreeMap<&str, u64> = BTreeMap::new();
        for id in self.data.docs.keys() {
            *months.entry(&id[..7]).or_default() += 1;
        }
        let rows: Vec<Value> = months.iter().map(|(month, n)| json!({ "key": [month], "value": n })).collect();
        (200, json!({ "rows": rows }))
    }
}

/// A document as a server gives it back: its own field more, in another order.
fn sent(doc: &Value) -> Value {
    let mut doc = doc.clone();
    doc["_rev"] = json!("1-x");
    doc
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap());
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}
