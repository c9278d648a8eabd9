//! How a mention is put into words: the catalogue keys of its state, and its history in short lines.

use crate::log::body::Decision;
use crate::log::look::Said;
use crate::log::{Look, Priority, Status};
use crate::message::Msg;
use crate::ordered::sort;
use crate::protocol::MentionRow;

/// The catalogue key of a status's name.
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::New => "log_status_new",
        Status::Open => "log_status_open",
        Status::Pending => "log_status_pending",
        Status::Waiting => "log_status_waiting",
        Status::MovedToDm => "log_status_moved_to_dm",
        Status::Resolved => "log_status_resolved",
        Status::NoAction => "log_status_no_action",
    }
}

/// The status of a form value, which is its [`Status::name`].
pub fn status_of(name: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| status.name() == name)
}

/// The catalogue key of a priority's name.
pub fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "log_priority_low",
        Priority::Medium => "log_priority_medium",
        Priority::High => "log_priority_high",
        Priority::Urgent => "log_priority_urgent",
    }
}

/// The colour family of a priority.
pub fn priority_tone(priority: Priority) -> &'static str {
    match priority {
        Priority::Urgent => "bad",
        Priority::High => "warn",
        Priority::Medium | Priority::Low => "",
    }
}

/// The priority of a form value, which is its [`Priority::name`].
pub fn priority_of(name: &str) -> Option<Priority> {
    Priority::ALL.into_iter().find(|priority| priority.name() == name)
}

/// A link that may be opened: what a page gave as permalink could be anything.
pub fn is_web_address(link: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| link.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
}

/// The colour family of a status: `accent` wants work, `warn` waits, `ok` is done, empty is at rest.
pub fn status_tone(status: Status) -> &'static str {
    match status {
        Status::New | Status::Open => "accent",
        Status::Pending | Status::Waiting | Status::MovedToDm => "warn",
        Status::Resolved => "ok",
        Status::NoAction => "",
    }
}

/// Who did what with it, in a few lines.
pub fn history(mention: &MentionRow) -> Vec<Msg> {
    let mut lines = vec![Msg::new("card_saved_by").with("who", &mention.saved_by)];
    if mention.replied {
        lines.push(Msg::new("card_answered"));
    }
    if let Some(who) = &mention.assignee {
        lines.push(Msg::new("card_assigned_to").with("who", who));
    }
    if let Some(department) = &mention.department {
        lines.push(Msg::new("card_waits_for").with("department", department));
    }
    lines
}

/// Who asked whom to look at a reply.
pub fn asked_line(look: &Look) -> Msg {
    let line = match &look.draft.reviewer {
        _ if look.draft.kept => Msg::new("card_look_kept_by"),
        Some(reviewer) => Msg::new("card_look_asked").with("reviewer", reviewer),
        None => Msg::new("card_look_asked_anybody"),
    };
    line.with("who", &look.by)
}

/// Who decided what about it.
pub fn said_line(said: &Said) -> Msg {
    let key = match said.decision {
        Decision::Approved => "card_look_approved",
        Decision::Changed => "card_look_changed",
        Decision::Commented => "card_look_commented",
        Decision::Withdrawn => "card_look_withdrew",
    };
    Msg::new(key).with("who", &said.by)
}

/// Everything that happened to replies before they were sent, with its time; oldest first.
pub fn look_history(mention: &MentionRow) -> Vec<(Msg, i64)> {
    let mut lines = Vec::new();
    for look in &mention.looks {
        lines.push((asked_line(look), look.at));
        lines.extend(look.said.iter().map(|said| (said_line(said), said.at)));
    }
    sort(&mut lines, |(_, a), (_, b)| a.cmp(b));
    lines
}

/// The author as a list shows one.
pub fn author(mention: &MentionRow) -> String {
    match (&mention.name, &mention.handle) {
        (Some(name), Some(handle)) if name != handle => format!("{name} @{handle}"),
        (Some(name), _) => name.clone(),
        (None, Some(handle)) => format!("@{handle}"),
        (None, None) => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::body::Drafted;
    use crate::log::look::Stage;
    use crate::message::{Catalogue, Lang};

    #[test]
    fn every_status_has_a_name_and_survives_a_form() {
        for status in Status::ALL {
            assert_eq!(status_of(status.name()), Some(status));
            let key = status_key(status);
            assert_ne!(Catalogue::of(Lang::Es).word(key), key);
        }
        assert_eq!(status_of("nonsense"), None);
    }

    #[track_caller]
    fn check_link(link: &str, expect: bool) {
        assert_eq!(is_web_address(link), expect, "{link}");
    }

    #[test]
    fn only_web_addresses_are_opened() {
        check_link("https://x.com/ana/status/1", true);
        check_link("HTTP://forum.example", true);
        check_link("javascript:alert(1)", false);
        check_link("ñttps://", false);
        check_link("", false);
    }

    #[track_caller]
    fn check_author(name: Option<&str>, handle: Option<&str>, expect: &str) {
        let row =
            MentionRow { name: name.map(str::to_owned), handle: handle.map(str::to_owned), ..MentionRow::default() };
        assert_eq!(author(&row), expect);
    }

    #[test]
    fn an_author_has_a_line_whatever_is_known() {
        check_author(Some("Ana"), Some("ana_m"), "Ana @ana_m");
        check_author(Some("ana"), Some("ana"), "ana");
        check_author(None, Some("ana"), "@ana");
        check_author(None, None, "–");
    }

    #[test]
    fn the_history_of_a_reply_tells_who_asked_and_who_decided_in_order() {
        let said = |by: &str, at, decision| Said {
            id: crate::log::EventId(by.into()),
            by: by.into(),
            at,
            decision,
            text: String::new(),
            stands: true,
        };
        let look = |at: i64, reviewer: Option<&str>, said| Look {
            id: crate::log::EventId(at.to_string()),
            by: "Ana".into(),
            at,
            draft: Drafted { reviewer: reviewer.map(str::to_owned), ..Drafted::default() },
            stage: Stage::Closed,
            said,
        };
        let looks = vec![
            look(10, Some("Ben"), vec![said("Ben", 30, Decision::Commented)]),
            look(20, None, vec![said("Carla", 40, Decision::Changed), said("Ana", 50, Decision::Withdrawn)]),
        ];
        let lines = look_history(&MentionRow { looks, ..MentionRow::default() });
        let words: Vec<String> = lines.iter().map(|(line, _)| Catalogue::of(Lang::En).say(line)).collect();
        let expect = [
            "Ana asked Ben for a look",
            "Ana asked the team for a look",
            "Ben commented on the reply",
            "Carla changed and approved the reply",
            "Ana withdrew the reply",
        ];
        assert_eq!(words, expect);
    }

    #[test]
    fn history_names_who_holds_it() {
        let row = MentionRow {
            saved_by: "Ben".into(),
            replied: true,
            assignee: Some("Ana".into()),
            department: Some("Logistics".into()),
            ..MentionRow::default()
        };
        let keys: Vec<_> = history(&row).into_iter().map(|line| line.key).collect();
        assert_eq!(keys, ["card_saved_by", "card_answered", "card_assigned_to", "card_waits_for"]);
    }
}
