//! A colleague looked at a reply and approved it, and what leaves now are other words.

use super::{Check, Fix, Hold, Outgoing};
use crate::log::look::is_same;
use crate::message::Msg;

pub(super) struct Approval;

impl Check for Approval {
    fn id(&self) -> &'static str {
        "approval"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let look = reply.look?;
        let (said, approved) = look.approvals().next_back()?;
        if reply.is_approved() {
            return None;
        }
        let why = if is_same(reply.own, &look.draft.text) { "guard_approval_other" } else { "guard_approval" };
        Some(Hold {
            check: self.id(),
            why: Msg::new(why).with("who", &said.by),
            span: Some(reply.span(reply.text.len() - reply.own.len()..reply.text.len())),
            fix: Fix::Approved(approved.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{look, reply};
    use super::*;
    use crate::log::body::Decision;
    use crate::log::look::Look;
    use crate::text::OffsetMap;

    #[track_caller]
    fn check(look: &Look, text: &str, expect: Option<&str>) {
        let own = text.strip_prefix("@lu ").unwrap_or(text);
        let held = Approval.look(&Outgoing { look: Some(look), own, ..reply(text) });
        assert_eq!(held.as_ref().map(|hold| hold.why.key.as_str()), expect, "{text}");
        if let Some(Hold { span: Some(span), .. }) = held {
            let map = OffsetMap::new(text);
            assert_eq!(&text[map.to_byte(span.start)..map.to_byte(span.end)], own);
        }
    }

    #[test]
    fn approved_words_go_and_others_are_held() {
        let approved = look(&[("Ben", Decision::Approved, "")]);
        check(&approved, "Hello Lu, tomorrow.", None);
        check(&approved, "@lu Hello Lu,\u{a0}tomorrow.\n", None);
        check(&approved, "Hello Lu, tomorrow!", Some("guard_approval"));
        check(&approved, "@lu hello Lu, tomorrow. 😀", Some("guard_approval"));
        assert!(Approval.look(&reply("Hello")).is_none());
    }

    #[test]
    fn who_changed_it_approved_the_change_alone() {
        let changed = look(&[("Ben", Decision::Changed, "Hello Lu, on Friday.")]);
        check(&changed, "Hello Lu, on Friday.", None);
        check(&changed, "Hello Lu, tomorrow.", Some("guard_approval_other"));
        check(&changed, "Hello Lu, on Monday.", Some("guard_approval"));
    }

    #[test]
    fn of_two_who_decided_at_once_each_has_approved_and_a_comment_approves_nothing() {
        let both = look(&[("Ben", Decision::Approved, ""), ("Carla", Decision::Changed, "Hello Lu, on Friday.")]);
        check(&both, "Hello Lu, tomorrow.", None);
        check(&both, "Hello Lu, on Friday.", None);
        check(&look(&[("Ben", Decision::Commented, "Which day?")]), "Hello Lu, on Monday.", None);
    }
}
