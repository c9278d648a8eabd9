//! Figures of small logs, each worked out by hand.

use super::*;
use crate::log::body::{
    Aliased, Decision, Drafted, Due, Erased, Overrode, Replied, ReplyUnconfirmed, Reviewed, Setting, StatusSet, Tagged,
};
use crate::log::key::IdScope;
use crate::log::{Actor, Body, Draft, EventId, Hlc, MentionKey, fold};
use crate::message::{Catalogue, Lang};
use crate::site::post::{Author, Post, Published};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const MINUTE: i64 = 60_000;

/// The first moment of a day in UTC.
fn ms(day: &str) -> i64 {
    Period { first: Day::from_iso(day).unwrap(), last: Day::from_iso(day).unwrap() }.span(&UTC).start
}

const UTC: Zone = Zone { name: "UTC", offset: &|_| 0 };

/// A log under construction; every event is written by `by` at a time.
#[derive(Default)]
struct Log {
    events: Vec<Event>,
}

fn post(id: &str) -> Post {
    Post {
        network: "x".into(),
        id: Some(id.into()),
        permalink: format!("https://x.com/a{id}/status/{id}"),
        author: Author { handle: Some(format!("a{id}")), ..Author::default() },
        ..Post::default()
    }
}

fn published(id: &str, at: i64, precision: Precision) -> Post {
    Post { published: Some(Published { at, precision }), ..post(id) }
}

fn key(id: &str) -> MentionKey {
    MentionKey::of(&post(id), IdScope::Network).unwrap()
}

impl Log {
    fn write(&mut self, at: i64, by: &str, draft: Draft) -> EventId {
        let actor = Actor { by: by.into(), dev: by.into() };
        // A counter of its own for each event, so that those of one moment stay in their order.
        let hlc = Hlc::new(at, u16::try_from(self.events.len()).unwrap());
        self.events.push(Event::new(draft, &actor, hlc, None));
        self.events.last().unwrap().id.clone()
    }

    fn save(&mut self, at: i64, post: &Post) -> EventId {
        self.write(at, "ana", Draft::save(post, IdScope::Network, "row", None).unwrap())
    }

    fn about(&mut self, at: i64, id: &str, body: impl Into<Body>) -> EventId {
        self.write(at, "ana", Draft::about(&key(id), body))
    }

    fn status(&mut self, at: i64, id: &str, status: Status) -> EventId {
        let log = fold(&self.events);
        let draft = log.draft(&key(id), crate::protocol::Change::Status { status }).unwrap();
        self.write(at, "ana", draft)
    }

    fn reply(&mut self, at: i64, id: &str) -> EventId {
        self.about(at, id, Replied::default())
    }

    fn undo(&mut self, at: i64, event: &EventId) -> EventId {
        let event = self.events.iter().find(|one| one.id == *event).unwrap().clone();
        self.write(at, "ana", Draft::undo(&event).unwrap())
    }

    fn report(&self, first: &str, last: &str) -> Report {
        let period = Period { first: Day::from_iso(first).unwrap(), last: Day::from_iso(last).unwrap() };
        report(&self.events, period, &UTC, ms("2027-01-01"))
    }

    /// The figures of the first ten days of November 2026, each with those of the ten days before.
    #[track_caller]
    fn check(&self, expect: &[(&str, Option<i64>, Option<i64>)]) {
        let report = self.report("2026-11-01", "2026-11-10");
        for (name, value, previous) in expect {
            let figure = report.figures.list().find(|figure| figure.name == *name).unwrap();
            assert_eq!((figure.value, figure.previous), (*value, *previous), "{name}");
        }
    }
}

#[test]
fn an_empty_log_has_no_figures() {
    let report = Log::default().report("2026-11-01", "2026-11-10");
    assert!(report.figures.list().all(|figure| (figure.value, figure.previous, figure.change) == (None, None, None)));
    assert_eq!((report.log_begins, report.networks, report.hours.busiest()), (None, vec![], None));
    assert_eq!((report.previous.first.as_str(), report.previous.last.as_str()), ("2026-10-22", "2026-10-31"));
}

#[test]
fn a_log_that_began_later_had_no_figures_before() {
    let mut log = Log::default();
    log.save(ms("2026-11-02"), &post("1"));
    log.check(&[("mentions", Some(1), None), ("open_cases", Some(1), None), ("erased", Some(0), None)]);
    let report = log.report("2026-11-01", "2026-11-10");
    assert_eq!((report.log_begins.as_deref(), report.networks[0].before.as_ref()), (Some("2026-11-02"), None));
    log.save(ms("2026-10-31"), &post("2"));
    log.check(&[("mentions", Some(1), Some(1)), ("open_cases", Some(2), Some(1)), ("erased", Some(0), Some(0))]);
    assert_eq!(log.report("2026-11-01", "2026-11-10").networks[0].before.as_ref().unwrap().mentions, 1);
}

#[test]
fn answers_are_counted_and_timed_from_when_the_mention_came() {
    let (mut log, day) = (Log::default(), ms("2026-11-03"));
    // Published an hour before it was saved, answered after two.
    log.save(day + HOUR, &published("1", day, Precision::Exact));
    log.reply(day + 2 * HOUR, "1");
    log.reply(day + 9 * HOUR, "1");
    // Nobody knows when it was published.
    log.save(day, &post("2"));
    log.about(day + 4 * HOUR, "2", Replied { outside: true, ..Replied::default() });
    // Answered before it was saved: counted, not timed.
    log.save(day + 5 * HOUR, &post("3"));
    log.about(day + 5 * HOUR, "3", Replied { published: Some(day), outside: true, ..Replied::default() });
    // No answer, no answer wanted, and a reply that no page showed.
    log.save(day, &post("4"));
    log.save(day, &post("5"));
    log.status(day + 1, "5", Status::NoAction);
    log.about(day + 1, "4", ReplyUnconfirmed { text: Some("Hi".into()), ..ReplyUnconfirmed::default() });
    // Answered after the period.
    log.save(day, &post("6"));
    log.reply(ms("2026-11-11"), "6");
    log.check(&[
        ("mentions", Some(6), None),
        ("wanted_answer", Some(5), None),
        ("answered", Some(3), None),
        ("unanswered", Some(2), None),
        ("response_rate_per_mille", Some(600), None),
        ("first_response_median_ms", Some(3 * HOUR), None),
        ("first_response_p90_ms", Some(4 * HOUR), None),
        ("first_response_coarse", Some(1), None),
        ("replies", Some(4), None),
        ("replies_outside", Some(2), None),
        ("replies_unconfirmed", Some(1), None),
    ]);
}

#[test]
fn what_needed_no_action_and_got_an_answer_is_answered() {
    let (mut log, day) = (Log::default(), ms("2026-11-03"));
    log.save(day, &post("1"));
    log.reply(day, "1");
    log.status(day, "1", Status::NoAction);
    log.check(&[("wanted_answer", Some(1), None), ("response_rate_per_mille", Some(1000), None)]);
    let mut nothing_wanted = Log::default();
    nothing_wanted.save(day, &post("1"));
    nothing_wanted.status(day, "1", Status::NoAction);
    nothing_wanted.check(&[
        ("wanted_answer", Some(0), None),
        ("response_rate_per_mille", None, None),
        ("first_response_median_ms", None, None),
        ("oldest_open_ms", None, None),
    ]);
}

#[test]
fn a_case_is_resolved_where_it_was_settled_for_good() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    log.status(day + HOUR, "1", Status::Resolved);
    log.status(day + 2 * HOUR, "1", Status::Open);
    log.status(day + 3 * HOUR, "1", Status::NoAction);
    log.status(day + 4 * HOUR, "1", Status::Resolved);
    // Settled before, opened within the period.
    log.save(ms("2026-10-25"), &post("2"));
    log.status(ms("2026-10-26"), "2", Status::Resolved);
    log.status(day, "2", Status::Waiting);
    // Opened again after the period: it was settled then.
    log.save(day, &post("3"));
    log.status(day + HOUR, "3", Status::Resolved);
    log.status(ms("2026-11-20"), "3", Status::Open);
    // Taken back: it never was.
    log.save(day, &post("4"));
    let slip = log.status(day + HOUR, "4", Status::Resolved);
    log.undo(ms("2026-11-20"), &slip);
    log.check(&[
        ("resolved_cases", Some(2), Some(1)),
        ("resolution_median_ms", Some(2 * HOUR), Some(DAY)),
        ("reopened_cases", Some(2), Some(0)),
        ("open_cases", Some(2), Some(0)),
        ("open_cases_new", Some(1), Some(0)),
        ("open_cases_waiting", Some(1), Some(0)),
        ("oldest_open_ms", Some(17 * DAY), None),
    ]);
}

#[test]
fn a_thread_with_one_author_is_one_case() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    let author = Author { handle: Some("ana".into()), ..Author::default() };
    log.save(day, &Post { author: author.clone(), ..post("1") });
    log.save(day + HOUR, &Post { author, parent: Some("1".into()), ..post("2") });
    log.about(
        day,
        "1",
        Due { case: fold(&log.events).mention(&key("1")).map(|m| m.case.clone()), at: Some(day + DAY) },
    );
    log.check(&[("mentions", Some(2), None), ("open_cases", Some(1), None), ("overdue_cases", Some(1), None)]);
    let early = Period { first: Day::from_iso("2026-11-01").unwrap(), last: Day::from_iso("2026-11-10").unwrap() };
    let now = report(&log.events, early, &UTC, day + 2 * HOUR);
    let figure = |name: &str| now.figures.list().find(|figure| figure.name == name).unwrap().value;
    assert_eq!((figure("overdue_cases"), figure("oldest_open_ms")), (Some(0), Some(2 * HOUR)), "the period lasts");
}

#[test]
fn two_who_decide_at_the_same_time_dispute() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    let case = fold(&log.events).mention(&key("1")).map(|mention| mention.case.clone());
    for status in [Status::Waiting, Status::Resolved] {
        log.about(day + HOUR, "1", StatusSet { case: case.clone(), status });
    }
    log.check(&[("disputed_cases", Some(1), None), ("resolved_cases", Some(1), None)]);
    log.status(day + DAY, "1", Status::Resolved);
    log.check(&[("disputed_cases", Some(0), None)]);
}

#[test]
fn what_is_erased_or_taken_back_counts_nowhere() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    log.reply(day + HOUR, "1");
    log.about(day, "1", Overrode { checks: vec!["length".into()], ..Overrode::default() });
    log.about(ms("2026-11-20"), "1", Erased {});
    let slip = log.save(day, &post("2"));
    log.undo(ms("2026-11-20"), &slip);
    log.save(day, &post("3"));
    let said = log.reply(day, "3");
    log.undo(day, &said);
    log.check(&[
        ("mentions", Some(1), None),
        ("answered", Some(0), None),
        ("replies", Some(0), None),
        ("overrides", Some(0), None),
        ("open_cases", Some(1), None),
        ("erased", Some(0), None),
    ]);
    let later = log.report("2026-11-11", "2026-11-20");
    let erased = later.figures.list().find(|figure| figure.name == "erased").unwrap();
    assert_eq!((erased.value, erased.previous, erased.change), (Some(1), Some(0), Some(1)));
}

#[test]
fn two_keys_of_one_mention_count_once() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    log.save(day, &post("2"));
    log.reply(day + HOUR, "2");
    log.about(ms("2026-11-20"), "1", Aliased { to: key("2") });
    log.check(&[("mentions", Some(1), None), ("answered", Some(1), None), ("replies", Some(1), None)]);
}

#[test]
fn the_send_gate_and_looks_are_counted() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    let held =
        |checks: &[&str]| Overrode { checks: checks.iter().map(|id| (*id).into()).collect(), ..Overrode::default() };
    log.about(day, "1", held(&["length", "first_name"]));
    log.write(day, "ben", Draft { m: None, body: held(&["length"]).into(), seen: Vec::new() });
    log.about(day, "1", Replied { unchecked: true, ..Replied::default() });
    log.about(day + 1, "1", ReplyUnconfirmed { unchecked: true, ..ReplyUnconfirmed::default() });

    let ask = |kept| Drafted { text: "Hello".into(), kept, ..Drafted::default() };
    let reviewed = |draft: &EventId, decision| Reviewed { draft: draft.clone(), decision, text: "Hi".into() };
    log.save(day, &post("2"));
    let first = log.about(day, "2", ask(false));
    log.about(day + HOUR, "2", reviewed(&first, Decision::Approved));
    let second = log.about(day + DAY, "2", ask(false));
    log.about(day + DAY + 3 * HOUR, "2", reviewed(&second, Decision::Changed));
    let third = log.about(day + 2 * DAY, "2", ask(false));
    log.about(ms("2026-11-12"), "2", reviewed(&third, Decision::Approved));
    log.about(day, "2", ask(true));
    log.check(&[
        ("overrides", Some(2), None),
        ("replies_unchecked", Some(2), None),
        ("looks_asked", Some(3), None),
        ("looks_approved", Some(1), None),
        ("looks_changed", Some(1), None),
        ("looks_wait_median_ms", Some(2 * HOUR), None),
        ("drafts_kept", Some(1), None),
    ]);
    let report = log.report("2026-11-01", "2026-11-10");
    let overrides: Vec<_> = report.overrides.iter().map(|row| (row.name.as_deref().unwrap(), row.now)).collect();
    assert_eq!(overrides, [("length", 2), ("first_name", 1)]);
}

#[test]
fn rows_tell_networks_people_tags_and_templates_apart() {
    let mut log = Log::default();
    let (day, earlier) = (ms("2026-11-02"), ms("2026-10-25"));
    let set = |item: &str, id: &str, value| Draft {
        m: None,
        body: Setting { item: item.into(), id: id.into(), value: Some(value) }.into(),
        seen: Vec::new(),
    };
    log.write(earlier, "u1", set("person", "u1", serde_json::json!({ "name": "Ana" })));
    log.write(earlier, "u1", set("template", "t1", serde_json::json!({ "title": "Late parcel" })));
    log.save(earlier, &post("0"));
    log.save(day, &post("1"));
    log.save(day, &Post { network: "bluesky".into(), ..post("2") });
    let on_bluesky = MentionKey::of(&Post { network: "bluesky".into(), ..post("2") }, IdScope::Network).unwrap();
    let with = |template: &str| Replied { template: Some(template.into()), ..Replied::default() };
    for (by, key, template) in [("u1", key("1"), "t1"), ("u1", key("1"), "t1"), ("ben", on_bluesky.clone(), "t1")] {
        log.write(day + 30 * MINUTE, by, Draft::about(&key, with(template)));
    }
    log.write(day, "ben", Draft::about(&key("1"), Tagged { tag: "delivery".into(), on: true }));
    let draft = fold(&log.events).draft(&key("1"), crate::protocol::Change::Assignee { user: Some("Ana".into()) });
    log.write(day, "ben", draft.unwrap());
    let draft = fold(&log.events).draft(&on_bluesky, crate::protocol::Change::Status { status: Status::Resolved });
    log.write(day, "ben", draft.unwrap());

    let report = log.report("2026-11-01", "2026-11-10");
    let group = |row: &Row<Group>| {
        let before = row.before.as_ref().map(|group| group.mentions);
        (row.name.clone(), row.now.mentions, before, row.now.response_rate_per_mille, row.now.open_cases)
    };
    let name = |name: &str| Some(name.to_owned());
    let networks: Vec<_> = report.networks.iter().map(group).collect();
    assert_eq!(networks, [(name("x"), 1, Some(1), Some(1000), 2), (name("bluesky"), 1, Some(0), Some(1000), 0)]);
    assert_eq!(report.tags.iter().map(group).collect::<Vec<_>>(), [(name("delivery"), 1, Some(0), Some(1000), 1)]);
    assert_eq!(report.departments.iter().map(group).collect::<Vec<_>>(), [(None, 2, Some(1), Some(1000), 2)]);
    let people: Vec<_> =
        report.people.iter().map(|row| (row.name.clone(), row.now.replies, row.now.open_cases)).collect();
    assert_eq!(people, [(name("Ana"), 2, 1), (name("ben"), 1, 0), (None, 0, 1)]);
    let templates: Vec<_> = report.templates.iter().map(|row| (row.name.clone(), row.now)).collect();
    assert_eq!(templates, [(name("Late parcel"), Use { mentions: 2, settled: 1 })]);
}

#[test]
fn hours_and_the_longest_waits_are_told() {
    let mut log = Log::default();
    // Mondays, 2026-11-02 and 09.
    for (id, day) in [("1", "2026-11-02"), ("2", "2026-11-09")] {
        log.save(ms(day) + DAY, &published(id, ms(day) + 10 * HOUR, Precision::Minute));
    }
    log.save(ms("2026-11-05"), &published("3", ms("2026-11-04"), Precision::Day));
    for id in 10..22 {
        log.save(ms("2026-10-20") + id * HOUR, &post(&id.to_string()));
    }
    log.reply(ms("2026-11-05"), "10");
    log.status(ms("2026-11-05"), "11", Status::Resolved);
    log.status(ms("2026-11-05"), "12", Status::MovedToDm);
    let report = log.report("2026-11-01", "2026-11-10");
    assert_eq!((report.hours.busiest(), report.hours.hour_unknown), (Some((0, 10, 2)), 1));
    let waiting: Vec<_> = report.unanswered_longest.iter().map(|one| one.handle.as_deref().unwrap()).collect();
    assert_eq!(waiting, ["a13", "a14", "a15", "a16", "a17", "a18", "a19", "a20", "a21", "a1"]);
    assert_eq!(report.unanswered_longest[0].age_ms, 22 * DAY - 13 * HOUR);
    assert_eq!(report.unanswered_longest[0].permalink, "https://x.com/a13/status/13");
}

#[test]
fn events_of_other_versions_are_passed_over() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    log.save(day, &post("1"));
    let expect = log.report("2026-11-01", "2026-11-10");
    let id = log.reply(day + HOUR, "1");
    let event = log.events.iter_mut().find(|event| event.id == id).unwrap();
    event.t = "hologram".into();
    assert_eq!(log.report("2026-11-01", "2026-11-10"), expect);
}

#[test]
fn every_word_of_the_markdown_is_in_the_catalogue() {
    let (mut log, day) = (Log::default(), ms("2026-11-02"));
    let page = markdown(&log.report("2026-11-01", "2026-11-10"), Catalogue::of(Lang::En));
    assert!(page.contains("The log holds nothing from these days or before."), "{page}");
    log.save(ms("2026-10-28"), &post("0"));
    log.save(day, &published("1", day, Precision::Day));
    log.save(day, &post("2"));
    log.reply(day + HOUR, "2");
    log.about(day, "1", Tagged { tag: "a|b".into(), on: true });
    log.about(day, "2", Replied { template: Some("thanks".into()), ..Replied::default() });
    log.about(day, "2", Overrode { checks: vec!["length".into(), "unheard_of".into()], ..Overrode::default() });
    let report = log.report("2026-11-01", "2026-11-10");
    for (lang, title) in [(Lang::En, "## Conclusions"), (Lang::Es, "## Conclusiones")] {
        let page = markdown(&report, Catalogue::of(lang));
        for left in ["report_", "log_", "guard_", "$"] {
            assert!(!page.contains(left), "{left} in {page}");
        }
        assert!(page.contains(title) && page.contains("| a\\|b |") && page.contains("| unheard\\_of |"), "{page}");
    }
    let used: Vec<String> =
        Figures::default().list().iter().map(|(name, ..)| format!("report_figure_{name}")).collect();
    let told = Catalogue::of(Lang::En).with_prefix("report_figure_");
    assert!(told.keys().all(|key| used.contains(key)), "a figure of the catalogue is none of the report's");
}
