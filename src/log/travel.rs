//! Events as documents that travel, and who may send which.

use serde_json::Value;

use super::Event;
use crate::json;
use crate::sync::Document;

/// What a generated user's name begins with. Nobody who signs in to a server is called so.
const NAMELESS: &str = "u-";

impl Document for Event {
    fn read(json: Value) -> Option<Self> {
        json::of::<Self>(&json).filter(Self::is_intact)
    }

    fn id(&self) -> &str {
        &self.id.0
    }

    fn hash(&self) -> &str {
        &self.h
    }

    fn text(&self) -> String {
        Self::text(self)
    }
}

/// A generated user, who has joined no team.
pub fn is_nameless(user: &str) -> bool {
    user.starts_with(NAMELESS)
}

/// `user` may send what `by` did: it is theirs, or of somebody who had not joined a team yet.
pub fn may_be_sent(by: &str, user: &str) -> bool {
    by == user || is_nameless(by)
}

impl Event {
    /// `user` may send it.
    pub fn may_be_sent_by(&self, user: &str) -> bool {
        may_be_sent(&self.by, user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Actor, Draft, Hlc, MentionKey, body};

    fn by(user: &str) -> Event {
        let draft = Draft::about(&MentionKey("k".into()), body::Noted { text: "hi".into() });
        Event::new(draft, &Actor { by: user.into(), dev: "d".into() }, Hlc::new(5, 0), None)
    }

    #[test]
    fn a_user_sends_their_own_events_and_those_of_nobody_by_name() {
        assert!(by("ana").may_be_sent_by("ana"));
        assert!(by("u-abcd2345").may_be_sent_by("ana"));
        assert!(!by("ben").may_be_sent_by("ana"));
    }

    #[test]
    fn what_comes_from_a_server_is_the_event_or_nothing() {
        let event = by("ana");
        let sent = event.text().replacen('{', r#"{"_rev":"1-x","#, 1);
        assert_eq!(<Event as Document>::read(serde_json::from_str(&sent).unwrap()).as_ref(), Some(&event));
        for other in [
            sent.replace("hi", "ho"),
            r#"{"_id":"_design/rejoinder","views":{}}"#.to_owned(),
            r#"{"_id":"presence:ana","until":5}"#.to_owned(),
            r#"{"_id":"2026-11!x","_rev":"2-x","_deleted":true}"#.to_owned(),
        ] {
            assert_eq!(<Event as Document>::read(serde_json::from_str(&other).unwrap()), None, "{other}");
        }
    }
}
