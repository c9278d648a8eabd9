//! A post to everybody as the brand, right after something else was done: the moment in which private words go public.
//!
//! It asks once: what was sent as this account is what was done last, so the next post passes.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;
use crate::site::definition::ComposerKind;
use crate::site::post::bare_handle;
use crate::workspace::AccountKind;

/// After so long people no longer know as whom they are logged in, in ms.
const IDLE_MS: i64 = 30 * 60_000;

pub(super) struct TopPost;

impl Check for TopPost {
    fn id(&self) -> &'static str {
        "top_post"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let acting = reply.acting.filter(|_| reply.kind == ComposerKind::Post && !reply.private)?;
        if reply.account != Some(AccountKind::Brand) {
            return None;
        }
        let same = |handle: &str| bare_handle(handle).eq_ignore_ascii_case(bare_handle(acting.trim_start_matches('@')));
        let recent = |at: i64| reply.now - at < IDLE_MS;
        let why = match (reply.last.personal, reply.last.here) {
            (Some((handle, at)), here) if recent(at) && here.is_none_or(|(_, acted)| acted <= at) => {
                Msg::new("guard_top_post_personal").with("before", handle)
            }
            (_, Some((handle, _))) if !same(handle) => Msg::new("guard_top_post_switched").with("before", handle),
            (_, Some((_, at))) if recent(at) => return None,
            _ => Msg::new("guard_top_post_idle"),
        };
        Some(Hold { check: self.id(), why: why.with("account", acting), span: None, fix: Fix::Back })
    }
}

#[cfg(test)]
mod tests {
    use super::super::LastActed;
    use super::super::tests::reply;
    use super::*;

    const NOW: i64 = 100 * 60_000;

    fn post(here: Option<(&str, i64)>, personal: Option<(&str, i64)>) -> Option<String> {
        let minutes = |one: (&'static str, i64)| (one.0, NOW - one.1 * 60_000);
        // The handles live long enough for a test.
        let keep = |one: (&str, i64)| minutes((String::leak(one.0.to_owned()), one.1));
        let last = LastActed { here: here.map(keep), personal: personal.map(keep) };
        let reply = Outgoing { kind: ComposerKind::Post, last, now: NOW, ..reply("News!") };
        TopPost.look(&reply).map(|hold| hold.why.key)
    }

    #[test]
    fn it_asks_after_a_switch_a_pause_or_private_life() {
        assert_eq!(post(Some(("acme", 5)), None), None);
        assert_eq!(post(None, None).as_deref(), Some("guard_top_post_idle"));
        assert_eq!(post(Some(("acme", 31)), None).as_deref(), Some("guard_top_post_idle"));
        assert_eq!(post(Some(("acme_es", 1)), None).as_deref(), Some("guard_top_post_switched"));
        assert_eq!(post(Some(("acme", 5)), Some(("sam", 2))).as_deref(), Some("guard_top_post_personal"));
        assert_eq!(post(Some(("acme", 2)), Some(("sam", 5))), None, "already asked since");
        assert_eq!(post(Some(("acme", 5)), Some(("sam", 40))), None);
    }

    #[test]
    fn replies_other_accounts_and_messages_are_not_asked() {
        let post = Outgoing { kind: ComposerKind::Post, last: LastActed::default(), ..reply("News!") };
        assert!(TopPost.look(&post).is_some());
        assert!(TopPost.look(&Outgoing { kind: ComposerKind::Reply, ..post }).is_none());
        assert!(TopPost.look(&Outgoing { account: None, ..post }).is_none());
        assert!(TopPost.look(&Outgoing { private: true, ..post }).is_none());
    }
}
