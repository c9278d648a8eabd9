//! What people do to a mention, step by step, and what they see then.

use rejoinder::log::body::{
    Aliased, CaseSet, CountsSeen, Decision, Drafted, Erased, Ground, Moderated, Moderation, Replied, ReplyUnconfirmed,
    Reviewed,
};
use rejoinder::log::case::Disputed;
use rejoinder::log::key::IdScope;
use rejoinder::log::look::Stage;
use rejoinder::log::{Actor, Body, CaseId, Draft, Event, Fold, Hlc, Mention, MentionKey, Status};
use rejoinder::protocol::Change;
use rejoinder::site::post::{Author, Count, Counts, Post};

/// A log that several people write; minute by minute.
#[derive(Default)]
struct Log {
    fold: Fold,
    minute: i64,
}

impl Log {
    fn write(&mut self, by: &str, draft: Draft) -> Event {
        let event = event_at(by, draft, self.minute);
        self.minute += 1;
        self.fold.apply(&event);
        self.fold.take_changes();
        event
    }

    fn save(&mut self, by: &str, post: &Post) -> Event {
        self.write(by, Draft::save(post, IdScope::Network, "row", None).unwrap())
    }

    fn change(&mut self, by: &str, key: &MentionKey, change: Change) -> Event {
        let draft = self.fold.draft(key, change).unwrap();
        self.write(by, draft)
    }

    fn about(&mut self, by: &str, key: &MentionKey, body: impl Into<Body>) -> Event {
        self.write(by, Draft::about(key, body))
    }

    fn undo(&mut self, by: &str, event: &Event) -> Event {
        self.write(by, Draft::undo(event).unwrap())
    }

    fn mention(&self, key: &MentionKey) -> &Mention {
        self.fold.mention(key).unwrap()
    }
}

fn event_at(by: &str, draft: Draft, minute: i64) -> Event {
    let actor = Actor { by: by.into(), dev: format!("{by}1") };
    Event::new(draft, &actor, Hlc::new(1_795_000_000_000 + minute * 60_000, 0), None)
}

fn post(id: &str, handle: &str, parent: Option<&str>, text: &str) -> Post {
    Post {
        network: "x".into(),
        id: Some(id.into()),
        author: Author { handle: Some(handle.into()), ..Author::default() },
        parent: parent.map(Into::into),
        text: text.into(),
        ..Post::default()
    }
}

fn key(post: &Post) -> MentionKey {
    MentionKey::of(post, IdScope::Network).unwrap()
}

#[test]
fn a_save_is_undone_and_the_mention_is_gone() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    let saved = log.save("ben", &p);
    assert_eq!(log.mention(&key(&p)).saved_at, Some(saved.at()));
    let undo = log.undo("ben", &saved);
    assert_eq!(log.mention(&key(&p)).saved_at, None);
    assert!(log.fold.listed().is_empty());

    let mut early = Fold::default();
    [&undo, &saved].into_iter().for_each(|event| early.apply(event));
    early.take_changes();
    assert!(!early.mention(&key(&p)).unwrap().is_saved(), "the undo came first");
}

#[test]
fn a_second_save_brings_the_post_up_to_date_and_its_undo_brings_the_first_back() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    let first = log.save("ben", &p);
    let second = log.save("carla", &Post { text: "help, edited".into(), ..p.clone() });
    let row = log.mention(&key(&p)).row(str::to_uppercase, 0).unwrap();
    assert_eq!((row.text.as_str(), row.saved_by.as_str(), row.saved_at), ("help, edited", "BEN", first.at()));
    log.undo("carla", &second);
    assert_eq!(log.mention(&key(&p)).post().unwrap().text, "help");
    log.undo("ben", &first);
    assert!(!log.mention(&key(&p)).is_saved());
}

#[test]
fn a_cut_text_does_not_replace_a_whole_one() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "the whole story"));
    log.save("ben", &p);
    log.save("ben", &Post { text: "the who".into(), truncated: true, ..p.clone() });
    assert_eq!(log.mention(&key(&p)).post().unwrap().text, "the whole story");
}

#[test]
fn a_case_holds_for_all_its_mentions_and_only_for_them() {
    let mut log = Log::default();
    let thread =
        [post("1", "ana", None, "help"), post("2", "ana", Some("1"), "still"), post("3", "eve", Some("1"), "me too")];
    log.save("ben", &thread[0]);
    log.save("ben", &thread[2]);
    log.change("ben", &key(&thread[0]), Change::Status { status: Status::Waiting });
    log.change("ben", &key(&thread[0]), Change::Department { department: Some("Logistics".into()) });
    log.save("carla", &thread[1]);
    let second = log.mention(&key(&thread[1]));
    assert_eq!((second.status, second.department.as_deref()), (Status::Waiting, Some("Logistics")), "saved later");
    log.change("carla", &key(&thread[1]), Change::Assignee { user: Some("carla".into()) });
    assert_eq!(log.mention(&key(&thread[0])).assignee.as_deref(), Some("carla"));
    assert_eq!(log.mention(&key(&thread[2])).status, Status::New, "another author's case");
    assert_eq!(log.mention(&key(&thread[2])).assignee, None);
}

#[test]
fn a_mention_is_moved_to_another_case_and_back() {
    let mut log = Log::default();
    let (a, b) = (post("1", "ana", None, "help"), post("2", "ana.private", None, "same person"));
    log.save("ben", &a);
    log.save("ben", &b);
    log.change("ben", &key(&a), Change::Status { status: Status::Resolved });
    let case = log.mention(&key(&a)).case.clone();
    let moved = log.about("ben", &key(&b), CaseSet { case });
    assert_eq!(log.mention(&key(&b)).status, Status::Resolved);
    log.undo("ben", &moved);
    assert_eq!(log.mention(&key(&b)).status, Status::New);
}

#[test]
fn two_who_did_not_know_of_each_other_are_both_shown() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    log.save("ben", &p);
    let draft = |status| log.fold.draft(&key(&p), Change::Status { status }).unwrap();
    let (by_ben, by_ana) = (draft(Status::Resolved), draft(Status::Waiting));
    let by_ben = log.write("ben", by_ben);
    assert!(log.mention(&key(&p)).disputed.is_empty());
    let by_ana = log.write("ana", by_ana);

    let mention = log.mention(&key(&p));
    assert_eq!(mention.status, Status::Waiting, "the newest stands");
    let one = |value: &str, event: &Event| Disputed {
        field: "status".into(),
        value: value.into(),
        by: event.by.clone(),
        at: event.at(),
    };
    assert_eq!(mention.disputed, [one("waiting", &by_ana), one("resolved", &by_ben)]);

    log.change("carla", &key(&p), Change::Status { status: Status::Resolved });
    let mention = log.mention(&key(&p));
    assert!(mention.disputed.is_empty(), "whoever saw both has decided");
    assert_eq!(mention.status, Status::Resolved);
}

#[test]
fn two_who_agree_without_knowing_have_no_dispute() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    log.save("ben", &p);
    let draft = log.fold.draft(&key(&p), Change::Status { status: Status::Open }).unwrap();
    log.write("ben", draft.clone());
    log.write("ana", draft);
    assert!(log.mention(&key(&p)).disputed.is_empty());
}

#[test]
fn a_change_is_undone_and_the_one_before_it_stands() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    log.save("ben", &p);
    log.change("ben", &key(&p), Change::Status { status: Status::Open });
    let resolved = log.change("ben", &key(&p), Change::Status { status: Status::Resolved });
    let noted = log.change("ben", &key(&p), Change::Note { text: "parcel lost".into() });
    log.undo("ben", &resolved);
    log.undo("ben", &noted);
    let mention = log.mention(&key(&p));
    assert_eq!((mention.status, mention.notes().count()), (Status::Open, 0));
}

#[test]
fn two_keys_are_joined_and_either_leads_to_the_mention() {
    let mut log = Log::default();
    let (a, b) = (post("1", "ana", None, "by id"), post("https://x.com/ana/1", "ana", None, "by link"));
    log.save("ben", &a);
    log.save("carla", &b);
    log.change("carla", &key(&b), Change::Note { text: "from the link".into() });
    log.about("ben", &key(&a), Aliased { to: key(&b) });
    assert_eq!(log.fold.listed().len(), 1);
    assert_eq!(log.mention(&key(&a)), log.mention(&key(&b)));
    log.change("ben", &key(&b), Change::Note { text: "later, by either key".into() });
    let row = log.mention(&key(&a)).row(str::to_owned, 0).unwrap();
    assert_eq!((row.saved_by.as_str(), row.notes.len()), ("ben", 2));
}

#[test]
fn what_is_erased_leaves_nothing_whatever_comes_later() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "my address is …"));
    log.save("ben", &p);
    log.change("ben", &key(&p), Change::Note { text: "ana called".into() });
    log.about("carla", &key(&p), Erased {});
    log.save("ben", &p);
    let mention = log.mention(&key(&p));
    assert!(mention.erased && !mention.is_saved());
    let left = serde_json::to_string(mention).unwrap();
    assert!(!left.contains("ana") && !left.contains("address"), "{left}");
    assert_eq!(log.fold.draft(&key(&p), Change::Flag { on: true }), None);
}

#[test]
fn what_was_done_about_a_post_is_kept_with_its_reason_and_taken_back() {
    let mut log = Log::default();
    let post = post("1", "troll", None, "buy my stuff");
    let key = key(&post);
    log.save("ana", &post);
    let row = |log: &Log| log.mention(&key).row(str::to_owned, 0).unwrap();
    assert!(row(&log).moderated.is_nothing() && !row(&log).gone);
    let hidden = Moderated { action: Some(Moderation::Hidden), reason: Some(Ground::Spam) };
    log.change("ana", &key, Change::Moderation { done: hidden });
    let blocked = Moderated { action: Some(Moderation::Blocked), reason: Some(Ground::Abuse) };
    let more = log.change("ben", &key, Change::Moderation { done: blocked });
    log.change("ben", &key, Change::Gone { on: true });
    assert_eq!((row(&log).moderated, row(&log).gone), (blocked, true));
    log.undo("ben", &more);
    log.change("ana", &key, Change::Gone { on: false });
    assert_eq!((row(&log).moderated, row(&log).gone), (hidden, false));
    log.change("ana", &key, Change::Moderation { done: Moderated::default() });
    assert!(row(&log).moderated.is_nothing());
}

#[test]
fn counts_are_the_last_that_were_seen() {
    let likes = |value| Counts { likes: Some(Count { value, approximate: false }), ..Counts::default() };
    let (mut log, p) = (Log::default(), Post { counts: likes(5), ..post("1", "ana", None, "help") });
    let saved = log.save("ben", &p);
    let replies = Counts { replies: Some(Count { value: 2, approximate: false }), ..Counts::default() };
    log.about("ben", &key(&p), CountsSeen { at: saved.at() + 10, counts: likes(3), followers: None });
    log.about("ben", &key(&p), CountsSeen { at: saved.at() + 5, counts: likes(9), followers: None });
    log.about("ben", &key(&p), CountsSeen { at: saved.at() + 20, counts: replies, followers: None });
    let (counts, _) = log.mention(&key(&p)).counts();
    assert_eq!(counts.likes.unwrap().value, 3, "people take likes back");
    assert_eq!(counts.replies.unwrap().value, 2, "a count that was not shown is not zero");
}

#[test]
fn only_a_confirmed_reply_answers() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "help"));
    log.save("ben", &p);
    log.about("ben", &key(&p), ReplyUnconfirmed { text: Some("hi".into()), ..ReplyUnconfirmed::default() });
    assert!(!log.mention(&key(&p)).is_replied());
    log.about("ben", &key(&p), Replied { outside: true, ..Replied::default() });
    assert!(log.mention(&key(&p)).is_replied());
}

#[test]
fn a_log_from_elsewhere_without_cases_has_a_case_for_each_mention() {
    let line = |id: &str, t: &str, v: &str| {
        let hlc = Hlc::new(1_795_000_000_000, id.len() as u16);
        format!(r#"{{"_id":"{id}","t":"{t}","by":"ana","m":"k","hlc":"{hlc}","v":{v}}}"#)
    };
    let lines = [
        line("a", "saved", r#"{"post":{"network":"x","text":"hi"}}"#),
        line("bb", "status", r#"{"status":"open"}"#),
        line("ccc", "hologram", r#"{"x":1}"#),
    ];
    let import = rejoinder::log::export::import(&lines.join("\n"));
    assert_eq!(import.problems, []);
    let fold = rejoinder::log::fold(&import.events);
    let mention = fold.listed()[0];
    assert_eq!((mention.status, mention.network.as_str()), (Status::Open, "x"));
    assert_eq!(mention.case, CaseId("k".into()));
}

/// A draft of Ana's on a saved post, with Ben asked.
fn with_a_draft() -> (Log, MentionKey, Event) {
    let (mut log, p) = (Log::default(), post("1", "lu", None, "where is it?"));
    log.save("ana", &p);
    let asked = log.about("ana", &key(&p), drafted("Hello Lu, tomorrow."));
    (log, key(&p), asked)
}

fn drafted(text: &str) -> Drafted {
    Drafted { text: text.into(), reviewer: Some("ben".into()), ..Drafted::default() }
}

fn decide(log: &mut Log, by: &str, key: &MentionKey, draft: &Event, decision: Decision, text: &str) -> Event {
    log.change(by, key, Change::Look { draft: draft.id.clone(), decision, text: text.into() })
}

fn stage(log: &Log, key: &MentionKey) -> Stage {
    log.mention(key).looks().last().unwrap().stage
}

#[test]
fn a_draft_waits_for_whom_it_asks_until_somebody_decides() {
    let (mut log, key, asked) = with_a_draft();
    let look = log.mention(&key).looks().remove(0);
    assert_eq!(
        (look.stage, look.by.as_str(), look.text_of(&asked.id)),
        (Stage::Waiting, "ana", Some("Hello Lu, tomorrow."))
    );
    let waits = |look: &rejoinder::log::Look, who: &[&str]| {
        look.waits_for(&who.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    };
    assert!(waits(&look, &["u-7", "ben"]) && !waits(&look, &["carla"]) && !waits(&look, &["ana"]));
    let changed = decide(&mut log, "ben", &key, &asked, Decision::Changed, "Hello Lu, on Friday.");
    let look = log.mention(&key).looks().remove(0);
    assert_eq!((look.stage, waits(&look, &["ben"])), (Stage::Decided, false));
    assert!(look.approves("Hello  Lu,\non Friday. ") && !look.approves("Hello Lu, tomorrow."));
    assert_eq!(look.text_of(&changed.id), Some("Hello Lu, on Friday."));
    log.undo("ben", &changed);
    assert_eq!(stage(&log, &key), Stage::Waiting);
    log.undo("ana", &asked);
    assert_eq!(log.mention(&key).looks(), []);
}

#[test]
fn a_draft_for_anybody_waits_for_everybody_else_and_one_that_is_kept_for_nobody() {
    let (mut log, key, _) = with_a_draft();
    log.about("ana", &key, Drafted { reviewer: None, ..drafted("Hello") });
    let waits = |log: &Log, who: &str| log.mention(&key).looks().iter().any(|look| look.waits_for(&[who.to_owned()]));
    assert!(waits(&log, "ben") && waits(&log, "carla") && !waits(&log, "ana"));
    log.about("ana", &key, Drafted { reviewer: None, kept: true, ..drafted("Hello") });
    assert!(!waits(&log, "ben") && !waits(&log, "ana"));
}

#[test]
fn two_who_decide_at_once_are_both_shown_until_somebody_who_saw_both_decides() {
    let (mut log, key, asked) = with_a_draft();
    let comment = Reviewed { draft: asked.id.clone(), decision: Decision::Commented, text: "Which day?".into() };
    decide(&mut log, "ben", &key, &asked, Decision::Approved, "");
    // Carla had not seen Ben's.
    log.about("carla", &key, comment);
    let standing =
        |log: &Log| -> Vec<String> { log.mention(&key).looks()[0].standing().map(|said| said.by.clone()).collect() };
    assert_eq!(standing(&log), ["ben", "carla"]);
    assert!(log.mention(&key).looks()[0].approves("Hello Lu, tomorrow."));
    decide(&mut log, "carla", &key, &asked, Decision::Approved, "");
    assert_eq!(standing(&log), ["carla"]);
    assert_eq!(log.mention(&key).looks()[0].said.len(), 3, "all of it is kept");
}

#[test]
fn a_later_draft_replaces_only_the_same_persons() {
    let (mut log, key, _) = with_a_draft();
    log.about("carla", &key, drafted("Hi Lu!"));
    log.about("ana", &key, drafted("Hello Lu, on Monday."));
    let open: Vec<String> =
        log.mention(&key).looks().into_iter().filter(|look| look.is_open()).map(|look| look.draft.text).collect();
    assert_eq!(open, ["Hi Lu!", "Hello Lu, on Monday."]);
}

#[test]
fn a_draft_is_closed_when_it_is_withdrawn_or_sent() {
    let reply = |text: &str| Replied { text: Some(text.into()), ..Replied::default() };
    let (mut log, key, asked) = with_a_draft();
    log.about("ana", &key, reply("We are looking into it."));
    assert_eq!(stage(&log, &key), Stage::Waiting, "something else was said meanwhile");
    log.about(
        "ana",
        &key,
        ReplyUnconfirmed { text: Some("Hello Lu, tomorrow.".into()), ..ReplyUnconfirmed::default() },
    );
    assert_eq!(stage(&log, &key), Stage::Waiting, "it may not have arrived");
    let sent = log.about("ana", &key, reply("@lu Hello Lu, tomorrow."));
    assert_eq!(stage(&log, &key), Stage::Closed);
    log.undo("ana", &sent);
    decide(&mut log, "ben", &key, &asked, Decision::Approved, "");
    assert_eq!(stage(&log, &key), Stage::Decided);
    let sent = log.about("carla", &key, reply("Hi Lu, tomorrow it is."));
    assert_eq!(stage(&log, &key), Stage::Closed, "the approved reply was changed and sent");
    log.undo("carla", &sent);
    decide(&mut log, "ana", &key, &asked, Decision::Withdrawn, "");
    assert_eq!(stage(&log, &key), Stage::Closed);
    let (mut log, key, _) = with_a_draft();
    log.about("ana", &key, Drafted { kept: true, ..drafted("Hello") });
    log.about("ana", &key, reply("Something else."));
    assert_eq!(stage(&log, &key), Stage::Closed, "what was kept for later has had its later");
}

#[test]
fn what_a_reply_promised_is_proposed_until_somebody_sets_a_date() {
    let (mut log, p) = (Log::default(), post("1", "ana", None, "where is it?"));
    log.save("ben", &p);
    let said = |text: &str| Replied { text: Some(text.to_owned()), ..Replied::default() };
    log.write("ben", Draft::about(&key(&p), said("We'll call you tomorrow.")));
    let promised = |log: &Log| log.mention(&key(&p)).row(str::to_owned, 0).unwrap().promise;
    assert_eq!(promised(&log).unwrap().words, "tomorrow");
    let due = log.change("ben", &key(&p), Change::Due { at: Some(9_000_000_000_000) });
    assert_eq!(promised(&log), None);
    log.undo("ben", &due);
    log.change("ben", &key(&p), Change::Status { status: Status::Resolved });
    assert_eq!(promised(&log), None);
    log.change("ben", &key(&p), Change::Status { status: Status::Open });
    log.write("ben", Draft::about(&key(&p), said("All done, Ana!")));
    assert_eq!(promised(&log), None, "the last reply counts");
}
