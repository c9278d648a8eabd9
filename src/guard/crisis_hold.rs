//! A crisis hold is on: what the brand says now is said on purpose.
//!
//! A statement that was written for this passes as it stands, and so do words that a colleague approved. Everything else
//! is asked about once, and who sends it anyway does so in the log.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;
use crate::workspace::AccountKind;

/// Its id.
pub(super) const ID: &str = "crisis_hold";

pub(super) struct CrisisHold;

impl Check for CrisisHold {
    fn id(&self) -> &'static str {
        ID
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let reason = reply.crisis?.trim();
        if reply.account != Some(AccountKind::Brand) || reply.is_statement || reply.is_approved() {
            return None;
        }
        let why = match reason {
            "" => Msg::new("guard_crisis_hold_bare"),
            reason => Msg::new("guard_crisis_hold").with("reason", reason),
        };
        Some(Hold { check: self.id(), why, span: None, fix: Fix::Back })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{look, reply};
    use super::*;
    use crate::log::body::Decision;
    use crate::site::definition::ComposerKind;

    fn held(reply: &Outgoing<'_>) -> Option<String> {
        CrisisHold.look(reply).map(|hold| hold.why.key)
    }

    #[test]
    fn replies_posts_and_messages_of_the_brand_are_asked_about_while_it_is_on() {
        let on = Outgoing { crisis: Some(" Recall of the kettle "), ..reply("Hello") };
        let hold = CrisisHold.look(&on).unwrap();
        assert_eq!(
            (hold.why.key.as_str(), hold.why.args["reason"].as_str()),
            ("guard_crisis_hold", "Recall of the kettle")
        );
        assert!(held(&Outgoing { kind: ComposerKind::Post, ..on }).is_some());
        assert!(held(&Outgoing { private: true, ..on }).is_some());
        assert_eq!(held(&Outgoing { crisis: Some(" "), ..on }).as_deref(), Some("guard_crisis_hold_bare"));
        assert_eq!(held(&Outgoing { crisis: None, ..on }), None);
    }

    #[test]
    fn statements_and_approved_words_as_they_stand_and_accounts_that_are_not_the_brands_pass() {
        let on = Outgoing { crisis: Some(""), ..reply("Hello") };
        assert_eq!(held(&Outgoing { is_statement: true, ..on }), None);
        let look = look(&[("Ben", Decision::Approved, "")]);
        assert_eq!(
            held(&Outgoing { look: Some(&look), own: "Hello Lu, tomorrow.", ..on }),
            None,
            "a colleague approved it"
        );
        assert!(held(&Outgoing { look: Some(&look), own: "Hello Lu, tomorrow!", ..on }).is_some());
        assert_eq!(held(&Outgoing { account: None, ..on }), None, "who acts is unknown");
        assert_eq!(held(&Outgoing { account: Some(AccountKind::Personal), ..on }), None);
    }
}
