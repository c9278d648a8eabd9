//! How a mention is put into words: the catalogue keys of its state, and its history in short lines.

use crate::log::Status;
use crate::message::Msg;
use crate::protocol::MentionRow;

/// Every status, in the order of a case's life.
pub const STATUSES: [Status; 7] = [
    Status::New,
    Status::Open,
    Status::Pending,
    Status::Waiting,
    Status::MovedToDm,
    Status::Resolved,
    Status::NoAction,
];

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

/// The stable name of a status in form values.
pub fn status_id(status: Status) -> &'static str {
    status_key(status).trim_start_matches("log_status_")
}

/// The status of a form value.
pub fn status_of(id: &str) -> Option<Status> {
    STATUSES.into_iter().find(|&status| status_id(status) == id)
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
    use crate::message::{Catalogue, Lang};

    #[test]
    fn every_status_has_a_name_and_survives_a_form() {
        for status in STATUSES {
            assert_eq!(status_of(status_id(status)), Some(status));
            let key = status_key(status);
            assert_ne!(Catalogue::of(Lang::Es).word(key), key);
        }
        assert_eq!(status_of("nonsense"), None);
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
