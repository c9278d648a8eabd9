//! What leaves as a file for a team without a server: what the team shares, and what one person did.
//!
//! Both are events as they were written, so that files merge in any order, as often as anybody likes.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::settings::taken_back_by;
use super::{Event, EventId, Settings};

/// No part of a file's name is longer.
const MAX_PART: usize = 40;

/// What the team shares: the events about settings that are in force, those that they replaced, and what was taken back.
///
/// Without the replaced ones, a device that knows one of them could not tell that its value gave way, and would show two.
/// What was taken back and replaced by nobody stays out.
pub fn team_pack(events: &[Event]) -> Vec<&Event> {
    let by_id: HashMap<&EventId, &Event> = events.iter().map(|event| (&event.id, event)).collect();
    let mut wanted: HashSet<EventId> = HashSet::new();
    let mut open: Vec<EventId> = Settings::fold(events).in_force().collect();
    while let Some(id) = open.pop() {
        let seen = by_id.get(&id).map(|event| event.seen.clone()).unwrap_or_default();
        if wanted.insert(id) {
            open.extend(seen);
        }
    }
    events.iter().filter(|event| wanted.contains(&event.id) || taken_back_by(event).is_some()).collect()
}

/// Somebody, by every name they act or acted under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// In the workspace in use.
    pub user: String,
    /// As they were called before they joined a team.
    pub before: String,
    /// The device.
    pub device: String,
}

impl Person {
    /// They did it, or somebody did it on their device: nobody else would hand it out.
    pub fn did(&self, event: &Event) -> bool {
        let is = |name: &str, other: &str| !name.is_empty() && name == other;
        is(&event.by, &self.user) || is(&event.by, &self.before) || is(&event.dev, &self.device)
    }
}

/// From where on changes are handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Everything.
    Start,
    /// After what was handed out last.
    Last(Mark),
    /// From this moment on, UTC milliseconds.
    Moment(i64),
}

impl Since {
    /// Comes before every id that is wanted and after every other; empty = all are.
    pub fn floor(&self) -> EventId {
        match self {
            Self::Start => EventId::default(),
            Self::Last(mark) => mark.last.clone(),
            Self::Moment(ms) => EventId::from_ms(*ms),
        }
    }

    /// The event is wanted.
    pub fn takes(&self, event: &Event) -> bool {
        event.id > self.floor()
    }
}

/// How far somebody has handed out what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When, UTC milliseconds.
    pub at: i64,
    /// The last event of it.
    pub last: EventId,
}

impl Mark {
    /// The mark after `last` went out at `at` as the newest event since `since`. One that is here stays where what went
    /// out begins behind it: the events between would never be handed out.
    pub fn moved(known: Option<Self>, since: &Since, last: &EventId, at: i64) -> Self {
        match known {
            Some(known) if since.floor() > known.last => known,
            Some(known) => Self { at, last: known.last.max(last.clone()) },
            None => Self { at, last: last.clone() },
        }
    }
}

/// The name of a file of events: `rejoinder-…-….jsonl`. What no file system minds is left of the parts.
pub fn file_name(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| plain(part)).filter(|part| !part.is_empty());
    let mut name = String::from("rejoinder");
    for part in parts {
        name.push('-');
        name.push_str(&part);
    }
    name + ".jsonl"
}

/// Letters, digits and single hyphens.
pub(super) fn plain(part: &str) -> String {
    let mut out = String::new();
    for c in part.chars().flat_map(char::to_lowercase).take(MAX_PART) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Actor, Draft, Hlc, MentionKey, body};
    use serde_json::{Value, json};

    /// A log that grows: settings by whoever, each seeing what stands.
    #[derive(Default)]
    struct Log(Vec<Event>);

    impl Log {
        fn add(&mut self, by: &str, draft: Draft) -> EventId {
            let at = Hlc::new(1_000 * (1 + self.0.len() as i64), 0);
            let event = Event::new(draft, &Actor { by: by.into(), dev: format!("{by}-laptop") }, at, None);
            self.0.push(event.clone());
            event.id
        }

        fn set(&mut self, item: &str, id: &str, value: Option<Value>) -> EventId {
            let draft = Settings::fold(&self.0).draft(item, id, value).unwrap();
            self.add("ana", draft)
        }

        fn undo(&mut self, id: &EventId) -> EventId {
            let draft = Draft::undo(self.0.iter().find(|event| event.id == *id).unwrap()).unwrap();
            self.add("ana", draft)
        }

        fn note(&mut self, by: &str) -> EventId {
            self.add(by, Draft::about(&MentionKey("k".into()), body::Noted { text: "hi".into() }))
        }
    }

    #[track_caller]
    fn check_pack(log: &Log, expect: &[&EventId]) {
        assert_eq!(team_pack(&log.0).iter().map(|event| &event.id).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_pack_holds_what_is_in_force_and_what_that_replaced() {
        let mut log = Log::default();
        check_pack(&log, &[]);
        let brand = log.set("workspace", "", Some(json!({ "brand": "Acme", "name": "N" })));
        let note = log.note("ben");
        let template = log.set("template", "t", Some(json!({ "title": "A" })));
        let better = log.set("template", "t", Some(json!({ "title": "B" })));
        let gone = log.set("pack", "form", None);
        check_pack(&log, &[&brand, &template, &better, &gone]);
        let slip = log.set("template", "t", Some(json!({ "title": "Slip" })));
        let back = log.undo(&slip);
        check_pack(&log, &[&brand, &template, &better, &gone, &back]);
        log.undo(&note);
        check_pack(&log, &[&brand, &template, &better, &gone, &back]);
    }

    #[test]
    fn a_pack_settles_what_only_an_older_value_is_known_of() {
        let mut log = Log::default();
        log.set("template", "t", Some(json!({ "title": "A" })));
        log.set("template", "t", Some(json!({ "title": "B" })));
        let slip = log.set("template", "t", Some(json!({ "title": "Slip" })));
        log.set("template", "t", Some(json!({ "title": "C" })));
        log.undo(&slip);
        for known in 0..=log.0.len() {
            let merged = Settings::fold(log.0[..known].iter().chain(team_pack(&log.0)));
            assert_eq!(merged.item("template", "t"), Some(&json!({ "title": "C" })), "{known}");
            assert_eq!(merged.disputed("template").count(), 0, "{known}");
        }
    }

    #[test]
    fn somebodys_own_is_theirs_by_any_name_and_on_their_device() {
        let event = |by: &str, dev: &str| {
            let draft = Draft::about(&MentionKey("k".into()), body::Erased {});
            Event::new(draft, &Actor { by: by.into(), dev: dev.into() }, Hlc::new(5, 0), None)
        };
        let ana = Person { user: "ana".into(), before: "u-x".into(), device: "d1".into() };
        for (by, dev, expect) in
            [("ana", "d2", true), ("u-x", "d2", true), ("ben", "d1", true), ("ben", "d2", false), ("", "", false)]
        {
            assert_eq!(ana.did(&event(by, dev)), expect, "{by} on {dev}");
        }
        assert!(!Person::default().did(&event("", "")), "nobody did nothing");
    }

    #[test]
    fn changes_since_the_last_time_leave_no_gap() {
        let mut log = Log::default();
        let [first, second, third] = std::array::from_fn(|_| log.note("ana"));
        let taken = |since: &Since| log.0.iter().filter(|event| since.takes(event)).count();
        assert_eq!([taken(&Since::Start), taken(&Since::Moment(2_000)), taken(&Since::Moment(2_001))], [3, 2, 1]);
        let mark = Mark::moved(None, &Since::Start, &first, 7);
        assert_eq!(mark, Mark { at: 7, last: first });
        assert_eq!(taken(&Since::Last(mark.clone())), 2);
        // The second one was never handed out.
        assert_eq!(Mark::moved(Some(mark.clone()), &Since::Moment(3_000), &third, 8), mark);
        let next = Mark::moved(Some(mark.clone()), &Since::Last(mark), &third, 8);
        assert_eq!(next, Mark { at: 8, last: third.clone() });
        assert_eq!(taken(&Since::Last(next.clone())), 0);
        // Handing out old ones again does not lead back.
        assert_eq!(Mark::moved(Some(next), &Since::Start, &second, 9).last, third);
    }

    #[test]
    fn a_files_name_says_what_it_is() {
        for (parts, expect) in [
            (&["team", "Acme Inc.", "2026-11-23"][..], "rejoinder-team-acme-inc-2026-11-23.jsonl"),
            (&["changes", "../../etc", "José Ñ", ""], "rejoinder-changes-etc-josé-ñ.jsonl"),
            (&["", "***"], "rejoinder.jsonl"),
        ] {
            assert_eq!(file_name(parts), expect);
        }
        assert!(file_name(&[&"x".repeat(500)]).len() < 80);
    }
}
