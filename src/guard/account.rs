//! The wrong account: a personal one in the brand's affairs, or another of the brand's than this thread knows.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;
use crate::site::post::{Post, bare_handle};
use crate::workspace::AccountKind;

pub(super) struct ActingAccount;

impl Check for ActingAccount {
    fn id(&self) -> &'static str {
        "account"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let acting = reply.acting?;
        let why = match reply.account? {
            AccountKind::Personal => match reply.target.and_then(name) {
                Some(who) => Msg::new("guard_account_personal").with("who", who),
                None => Msg::new("guard_account_personal_nobody"),
            },
            AccountKind::Brand => {
                let before = reply.answered_as?;
                // A box that shows only a name may well be the same account.
                let handle = acting.strip_prefix('@')?;
                if plain(before) == plain(handle) {
                    return None;
                }
                Msg::new("guard_account_other").with("before", before)
            }
        };
        Some(Hold { check: self.id(), why: why.with("account", acting), span: None, fix: Fix::Switch })
    }
}

fn name(post: &Post) -> Option<String> {
    let author = &post.author;
    author.name.clone().or_else(|| author.handle.as_ref().map(|handle| format!("@{handle}")))
}

fn plain(handle: &str) -> String {
    bare_handle(handle).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    fn held(reply: &Outgoing<'_>) -> Option<String> {
        ActingAccount.look(reply).map(|hold| hold.why.key)
    }

    #[test]
    fn a_personal_account_in_the_brands_affairs() {
        let target = Post::default();
        let as_person = Outgoing {
            account: Some(AccountKind::Personal),
            acting: Some("@sam"),
            target: Some(&target),
            ..reply("Hello")
        };
        assert_eq!(held(&as_person).as_deref(), Some("guard_account_personal_nobody"));
        let unknown = Outgoing { account: None, ..as_person };
        assert_eq!(held(&unknown), None);
    }

    #[test]
    fn another_of_the_brands_accounts_than_the_thread_knows() {
        let as_brand = |acting, answered_as| held(&Outgoing { acting: Some(acting), answered_as, ..reply("Hello") });
        assert_eq!(as_brand("@acme", Some("acme_es")).as_deref(), Some("guard_account_other"));
        assert_eq!(as_brand("@acme", Some("Acme")), None);
        assert_eq!(as_brand("@acme", Some("company/acme")), None);
        assert_eq!(as_brand("@acme", None), None);
        assert_eq!(as_brand("Acme Coffee", Some("acme")), None, "known by its name only");
    }
}
