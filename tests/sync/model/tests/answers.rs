//! What differs between servers, answer by answer: those of PouchDB Server as they were recorded, those of CouchDB in its
//! form. A round makes the same of both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use sync_model::sync::{
    Answer, Broken, Call, Commit, Document, Fault, Holding, Refusal, Report, State, Store, Target, Transport,
    Unreachable, Waiting, answer, presence, purge, round, run, setup,
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/sync/pouchdb-server-4.2.0");
/// Three documents of the recorded batch: new, there already, somebody else's.
const NEW: &str = "2026-11!038FEAX640002-D3DZKS0F";
const THERE: &str = "2026-11!038FEAX640001-D3DZKS0F";
const BENS: &str = "2026-11!038FEAX640004-D3DZKS0F";

#[derive(Clone, Debug, PartialEq)]
struct Doc(Value);

impl Document for Doc {
    fn read(json: Value) -> Option<Self> {
        json["h"].is_string().then_some(Self(json))
    }
    fn id(&self) -> &str {
        self.0["_id"].as_str().unwrap()
    }
    fn hash(&self) -> &str {
        self.0["h"].as_str().unwrap()
    }
    fn text(&self) -> String {
        self.0.to_string()
    }
}

/// A log with documents in its outbox, and answers in the order in which they are asked for.
#[derive(Default)]
struct Desk {
    docs: Vec<Doc>,
    acked: RefCell<Vec<String>>,
    state: RefCell<State>,
    commits: RefCell<Vec<Commit<Doc>>>,
    answers: RefCell<Vec<(&'static str, Answer)>>,
    asked: RefCell<Vec<Call>>,
}

impl Store for Desk {
    type Doc = Doc;

    async fn state(&self) -> Result<State, Broken> {
        Ok(self.state.borrow().clone())
    }
    async fn outbox(&self, after: &str, _: usize) -> Result<Vec<Waiting<Doc>>, Broken> {
        let open = self.docs.iter().filter(|doc| doc.id() > after);
        let acked = |doc: &Doc| self.acked.borrow().iter().any(|id| id == doc.id());
        Ok(open.map(|doc| Waiting { doc: doc.clone(), acked: acked(doc) }).collect())
    }
    async fn own(&self, _: &str, _: usize) -> Result<Vec<String>, Broken> {
        Ok(Vec::new())
    }
    async fn months(&self) -> Result<BTreeMap<String, u64>, Broken> {
        Ok(BTreeMap::new())
    }
    async fn held(&self, _: &str) -> Result<BTreeMap<String, Holding>, Broken> {
        Ok(BTreeMap::new())
    }
    async fn commit(&self, changes: Commit<Doc>) -> Result<(), Broken> {
        self.acked.borrow_mut().extend(changes.acked.iter().cloned());
        *self.state.borrow_mut() = changes.state.clone();
        self.commits.borrow_mut().push(changes);
        Ok(())
    }
}

impl Transport for Desk {
    async fn call(&self, call: Call) -> Result<Answer, Unreachable> {
        let asked = format!("{} {}", call.method.name(), call.path);
        self.asked.borrow_mut().push(call);
        let mut answers = self.answers.borrow_mut();
        let at = answers.iter().position(|(wanted, _)| asked.contains(wanted));
        Ok(answers.remove(at.unwrap_or_else(|| panic!("not prepared for {asked}"))).1)
    }
}

impl Desk {
    /// A device that the server has met before, with these documents to send.
    fn met(docs: Vec<Doc>) -> Self {
        let state = State { since: Some(json!(1)), anchor: "a".into(), compared: Some(0), ..State::default() };
        let desk = Self { docs, state: RefCell::new(state), ..Self::default() };
        desk.answer("GET /ws_test/_local", 200, &json!({ "_rev": "0-1", "anchor": "a" }));
        desk
    }

    fn answer(&self, to: &'static str, status: u16, body: &Value) {
        self.answers.borrow_mut().push((to, Answer { status, body: body.to_string(), ..Answer::default() }));
    }

    fn recorded(&self, to: &'static str, name: &str) {
        let recorded = recorded(name);
        self.answer(to, recorded["status"].as_u64().unwrap() as u16, &recorded["body"]);
    }

    /// The rest of a round in which nothing happens.
    fn quiet(&self) {
        self.answer("PUT /ws_test/_local", 201, &json!({ "ok": true, "rev": "0-2" }));
        self.answer("_changes", 200, &json!({ "results": [], "last_seq": 1 }));
        self.answer("PUT /ws_test/_local", 201, &json!({ "ok": true, "rev": "0-3" }));
    }

    fn go(&self) -> Result<Report, Fault> {
        let target = Target::new("ws_test", "d-laptop");
        now(round(self, self, &target, 0, &mut |_: &Report| {}))
    }

    fn refused(&self) -> Vec<(String, Refusal)> {
        self.commits.borrow().iter().flat_map(|commit| commit.refused.clone()).collect()
    }

    fn done(&self) -> Vec<String> {
        self.commits.borrow().iter().flat_map(|commit| commit.done.clone()).collect()
    }
}

fn recorded(name: &str) -> Value {
    let path = format!("{FIXTURES}/{name}.json");
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

/// The documents of a recorded batch.
fn batch(name: &str) -> Vec<Doc> {
    let docs = recorded(name)["request"]["body"]["docs"].as_array().unwrap().clone();
    let mut docs: Vec<Doc> = docs.into_iter().map(Doc).collect();
    docs.sort_by(|a, b| a.id().cmp(b.id()));
    docs
}

fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("something waits"),
    }
}

/// The documents asked for, those of `there` with their content.
fn found(docs: &[Doc], keys: &[&str], there: &[&str]) -> Value {
    let row = |key: &&str| match docs.iter().find(|doc| doc.id() == *key).filter(|_| there.contains(key)) {
        Some(Doc(doc)) => json!({ "id": key, "key": key, "value": { "rev": "1-x" }, "doc": doc }),
        None => json!({ "key": key, "error": "not_found" }),
    };
    json!({ "total_rows": 9, "rows": keys.iter().map(row).collect::<Vec<_>>() })
}

#[test]
fn a_document_that_is_there_is_done_whichever_word_the_server_has_for_it() {
    let docs = batch("bulk-ok-and-forbidden");
    // PouchDB Server: errors first, `forbidden`. CouchDB: in the order asked, `conflict`.
    let pouch = recorded("bulk-ok-and-forbidden")["body"].clone();
    let couch = json!([
        { "id": THERE, "error": "conflict", "reason": "Document update conflict." },
        { "ok": true, "id": NEW, "rev": "1-8784cbdb0f25945de7a139f2783d82a0" },
        { "id": BENS, "error": "forbidden", "reason": "author: Nobody may write in the name of somebody else." },
    ]);
    for rows in [pouch, couch] {
        let desk = Desk::met(docs.clone());
        desk.answer("_bulk_docs", 201, &rows);
        desk.answer("_all_docs", 200, &found(&docs, &[THERE, BENS], &[THERE]));
        desk.quiet();
        desk.answer("_all_docs", 200, &found(&docs, &[NEW], &[NEW]));
        let report = desk.go().unwrap();
        assert_eq!((report.pushed, report.refused, report.verified), (1, 1, 2), "{rows}");
        let reason = "author: Nobody may write in the name of somebody else.".to_owned();
        assert_eq!(desk.refused(), [(BENS.to_owned(), Refusal::Rule { reason })]);
        let mut done = desk.done();
        done.sort();
        assert_eq!(done, [THERE, NEW]);
    }
}

#[test]
fn another_document_of_the_same_id_is_not_taken_for_ours() {
    let docs = batch("bulk-ok");
    let id = docs[0].id().to_owned();
    let desk = Desk::met(docs.clone());
    desk.answer("_bulk_docs", 201, &json!([{ "id": id, "error": "conflict" }]));
    let mut other = docs[0].0.clone();
    other["h"] = json!("00000000000000000000000000000abc");
    desk.answer("_all_docs", 200, &json!({ "rows": [{ "id": id, "key": id, "value": {}, "doc": other }] }));
    desk.quiet();
    desk.go().unwrap();
    assert_eq!(desk.refused(), [(id, Refusal::Different {})]);
}

#[test]
fn a_row_that_is_missing_was_accepted() {
    let docs = batch("bulk-new-edits-false");
    let id = docs[0].id().to_owned();
    let desk = Desk::met(docs.clone());
    desk.recorded("_bulk_docs", "bulk-new-edits-false");
    desk.quiet();
    desk.answer("_all_docs", 200, &found(&docs, &[&id], &[&id]));
    assert_eq!(desk.go().unwrap().pushed, 1);
    assert_eq!(desk.done(), [id]);
}

#[test]
fn an_ended_session_refuses_nothing() {
    // A batch is answered with 201 and a row that says so; everything else with 401, on CouchDB with 403 as well.
    let desk = Desk::met(batch("expired-bulk"));
    desk.recorded("_bulk_docs", "expired-bulk");
    desk.recorded("_all_docs", "expired-local");
    assert_eq!(desk.go(), Err(Fault::SignIn));
    assert_eq!((desk.refused(), desk.done()), (Vec::new(), Vec::new()));
    for name in ["expired-local", "database-anonymous"] {
        let desk = Desk::default();
        desk.recorded("GET /ws_test", name);
        assert_eq!(desk.go(), Err(Fault::SignIn), "{name}");
    }
    let desk = Desk::default();
    desk.answer(
        "GET /ws_test",
        403,
        &json!({ "error": "forbidden", "reason": "You are not allowed to access this db." }),
    );
    assert_eq!(desk.go(), Err(Fault::SignIn));
}

#[test]
fn sequence_numbers_are_handed_back_as_they_came() {
    for (seq, asked) in [(json!(3), "since=3"), (json!("3-g1AAAACbeJzLYWBg+_"), "since=3-g1AAAACbeJzLYWBg%2B_")] {
        let desk = Desk::met(Vec::new());
        desk.state.borrow_mut().since = Some(seq.clone());
        desk.answer("_changes", 200, &json!({ "results": [], "last_seq": seq, "pending": 0 }));
        desk.go().unwrap();
        let calls = desk.asked.borrow();
        assert!(calls.last().unwrap().path.ends_with(asked), "{}", calls.last().unwrap().path);
    }
}

#[test]
fn changes_are_read_with_and_without_a_count_of_what_is_left() {
    let pouch = recorded("changes")["body"].clone();
    let mut couch = pouch.clone();
    couch["last_seq"] = json!("3-g1AAAA");
    couch["pending"] = json!(0);
    couch["bookmark"] = json!("of a later version");
    for answer in [pouch, couch] {
        let desk = Desk::met(Vec::new());
        desk.answer("_changes", 200, &answer);
        desk.answer("PUT /ws_test/_local", 201, &json!({ "ok": true, "rev": "0-2" }));
        assert_eq!(desk.go().unwrap().received, 2);
        assert_eq!(desk.state.borrow().since.as_ref(), Some(&answer["last_seq"]));
    }
}

#[test]
fn what_is_none_of_ours_is_passed_over_and_not_asked_for_again() {
    let desk = Desk::met(Vec::new());
    let deleted = recorded("changes-deleted")["body"].clone();
    desk.answer("_changes", 200, &deleted);
    desk.answer("PUT /ws_test/_local", 201, &json!({ "ok": true, "rev": "0-2" }));
    desk.go().unwrap();
    assert_eq!(desk.state.borrow().since.as_ref(), Some(&deleted["last_seq"]));
}

#[test]
fn an_error_of_the_server_is_tried_again_and_refuses_nothing() {
    // CouchDB just after its start.
    let desk = Desk::met(batch("bulk-ok"));
    desk.answer("_bulk_docs", 500, &json!({ "error": "badarg" }));
    assert_eq!(desk.go(), Err(Fault::Busy { status: 500, retry_after: None }));
    assert_eq!((desk.refused(), desk.done()), (Vec::new(), Vec::new()));
}

#[test]
fn a_workspace_that_is_not_there_is_told() {
    let desk = Desk::default();
    desk.recorded("GET /ws_test", "no-database");
    assert_eq!(desk.go(), Err(Fault::NoWorkspace));
}

#[test]
fn a_first_contact_notes_where_it_begins() {
    let desk = Desk::default();
    desk.recorded("GET /ws_test", "database-empty");
    desk.recorded("GET /ws_test/_local", "local-missing");
    desk.recorded("PUT /ws_test/_local", "local-put");
    desk.recorded("_all_docs", "all-docs-month");
    desk.recorded("PUT /ws_test/_local", "local-put-again");
    desk.recorded("_changes", "changes-none");
    desk.recorded("_view/months", "view-by-month");
    desk.recorded("_all_docs", "all-docs-month");
    desk.recorded("_all_docs", "all-docs-keys-include-docs");
    // The rest does not matter here: what it began with was kept with the first checkpoint.
    let _ = desk.go();
    let first = desk.commits.borrow()[0].state.clone();
    assert_eq!((first.since, first.joining.as_deref()), (Some(json!(1)), Some("")));
}

#[test]
fn who_answers_what_is_written_over_and_read_back() {
    let desk = Desk::default();
    let path = "PUT /ws_test/presence%3Aana";
    // An earlier background of theirs has written it.
    desk.answer(path, 409, &json!({ "error": "conflict" }));
    desk.answer("GET /ws_test/presence%3Aana", 200, &json!({ "_rev": "4-a", "m": "", "until": 0 }));
    desk.answer(path, 201, &json!({ "ok": true, "rev": "5-a" }));
    let mut rev = None;
    now(presence::tell(&desk, "ws_test", "ana", ("k", 70), &mut rev)).unwrap();
    assert_eq!(rev.as_deref(), Some("5-a"));
    let written: Value = serde_json::from_str(&desk.asked.borrow()[2].body.clone().unwrap()).unwrap();
    assert_eq!(written, json!({ "m": "k", "until": 70, "_rev": "4-a" }));
    let row = |id: &str, doc: Value| json!({ "id": id, "doc": doc });
    desk.answer("_all_docs", 200, &json!({ "rows": [
        row("presence:ana", json!({ "m": "k", "until": 70 })), row("presence:ben", json!({ "m": "", "until": 90 })),
        row("presence:eva", json!({ "m": "l", "until": 60 })), row("presence:kim", json!({ "m": 5, "until": "x" })), json!(1),
    ] }));
    assert_eq!(now(presence::everybody(&desk, "ws_test", 60)), Ok(vec![json!(["ana", "k", 70])]));
}

#[test]
fn news_of_colleagues_is_told_from_news_of_the_log() {
    let news = |rows: Value| answer::news(&json!({ "results": rows, "last_seq": "9-x" }).to_string()).unwrap();
    let (person, event) = (json!({ "id": "presence:ana" }), json!({ "id": NEW }));
    let told = |rows: Value| (news(rows.clone()).log, news(rows).presence);
    assert_eq!(told(json!([])), (false, false));
    assert_eq!(told(json!([person])), (false, true));
    assert_eq!(told(json!([person, event])), (true, true));
    assert_eq!(told(json!([event, {}])), (true, false));
    assert_eq!(news(json!([])).since, Some(json!("9-x")));
    assert!(answer::news("<html>").is_err());
}

/// Rows of `_all_docs` without documents: there, deleted before, never there.
fn revisions(there: &[&str], deleted: &[&str], never: &[&str]) -> Value {
    let row = |id: &&str| json!({ "id": id, "key": id, "value": { "rev": "1-a" } });
    let gone = |id: &&str| json!({ "id": id, "key": id, "value": { "rev": "2-b", "deleted": true }, "doc": null });
    let none = |id: &&str| json!({ "key": id, "error": "not_found" });
    let rows: Vec<Value> =
        there.iter().map(row).chain(deleted.iter().map(gone)).chain(never.iter().map(none)).collect();
    json!({ "total_rows": 9, "offset": 0, "rows": rows })
}

fn purged(desk: &Desk, ids: &[&str]) -> Result<purge::Purged, Fault> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    now(purge::purge(desk, "ws_test", &ids))
}

#[test]
fn what_is_purged_is_looked_for_before_and_after() {
    let desk = Desk::default();
    desk.answer("POST /ws_test/_all_docs", 200, &revisions(&[NEW, THERE], &[BENS], &["x"]));
    desk.answer("POST /ws_test/_purge", 201, &json!({ "purge_seq": null, "purged": { NEW: ["1-a"], THERE: [] } }));
    // The server let one of them be, and said so nowhere but there.
    desk.answer("POST /ws_test/_all_docs", 200, &revisions(&[THERE], &[BENS], &[NEW, "x"]));
    let done = purged(&desk, &[NEW, THERE, BENS, "x"]).unwrap();
    assert_eq!(done, purge::Purged { gone: 1, left: 1, is_unable: false });
    let asked: Value = serde_json::from_str(desk.asked.borrow()[1].body.as_ref().unwrap()).unwrap();
    assert_eq!(asked, json!({ NEW: ["1-a"], THERE: ["1-a"] }), "what is gone is not asked for");
}

#[test]
fn a_server_that_cannot_purge_is_told_from_one_that_fails() {
    // PouchDB Server takes the word for a document's name, and what was sent for no document.
    for status in [400, 404, 405, 501] {
        let desk = Desk::default();
        desk.answer("_all_docs", 200, &revisions(&[NEW], &[], &[]));
        desk.answer("_purge", status, &json!({ "error": "not_found" }));
        let unable = purge::Purged { gone: 0, left: 1, is_unable: true };
        assert_eq!(purged(&desk, &[NEW]), Ok(unable), "{status}");
    }
    let desk = Desk::default();
    desk.answer("_all_docs", 200, &revisions(&[NEW], &[], &[]));
    desk.answer("_purge", 401, &json!({ "error": "unauthorized" }));
    assert_eq!(purged(&desk, &[NEW]), Err(Fault::SignIn));
    let desk = Desk::default();
    desk.answer("_all_docs", 200, &json!({ "rows": [] }));
    assert_eq!(purged(&desk, &[NEW]), Err(Fault::Garbled("documents")));
    assert_eq!(purged(&Desk::default(), &[]), Ok(purge::Purged::default()), "nothing is asked about nothing");
}

fn session(name: Option<&str>, roles: &[&str]) -> Value {
    json!({ "ok": true, "userCtx": { "name": name, "roles": roles } })
}

#[test]
fn who_was_removed_is_told_from_who_is_not_signed_in() {
    let user = json!({ "_id": "org.couchdb.user:ben", "_rev": "1-a", "name": "ben", "roles": ["ws:ws_test:agent", "ws:other:lead"], "salt": "s" });
    let desk = Desk::default();
    desk.answer("GET /_users", 200, &user);
    desk.answer("PUT /_users", 201, &json!({ "ok": true }));
    assert_eq!(now(setup::remove(&desk, "ws_test", "ben")), Ok(true));
    let written: Value = serde_json::from_str(desk.asked.borrow()[1].body.as_ref().unwrap()).unwrap();
    // They can still sign in, to hear of it, and stay in other workspaces.
    assert_eq!(written["roles"], json!(["ws:other:lead", "ws:ws_test:removed"]));
    assert_eq!((&written["_rev"], &written["salt"]), (&user["_rev"], &user["salt"]));
    let desk = Desk::default();
    desk.answer("GET /_users", 200, &written);
    assert_eq!(now(setup::remove(&desk, "ws_test", "ben")), Ok(false), "no member any more");

    // An ended session, a wrong password, a role that is missing: nobody was removed.
    let target = Target::new("ws_test", "d-laptop");
    let go = |desk: &Desk| now(run(desk, desk, &target, None, 0, &mut |_: &Report| {}));
    for (name, roles, expect) in [
        (None, &[][..], Fault::SignIn),
        (Some("ben"), &["ws:other:removed"], Fault::SignIn),
        (Some("ben"), &["ws:ws_test:removed"], Fault::Removed),
    ] {
        let desk = Desk::default();
        desk.answer("GET /ws_test", 403, &json!({ "error": "forbidden" }));
        desk.answer("GET /_session", 200, &session(name, roles));
        assert_eq!(go(&desk), Err(expect), "{roles:?}");
    }
    let desk = Desk::default();
    desk.answer("GET /ws_test", 403, &json!({ "error": "forbidden" }));
    desk.answer("GET /_session", 500, &json!({}));
    assert_eq!(go(&desk), Err(Fault::SignIn), "a server that fails has said nothing");
}
