//! A colleague is answering the same post right now: two answers from one brand look like no team.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

pub(super) struct Colleague;

impl Check for Colleague {
    fn id(&self) -> &'static str {
        "colleague"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let why = Msg::new("guard_colleague").with("who", reply.colleague?);
        Some(Hold { check: self.id(), why, span: None, fix: Fix::Back })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn a_reply_is_held_while_a_colleague_writes_one() {
        let held = Colleague.look(&Outgoing { colleague: Some("Ana"), ..reply("Hello") }).unwrap();
        assert_eq!((held.check, held.why.args["who"].as_str(), held.fix), ("colleague", "Ana", Fix::Back));
        assert!(Colleague.look(&reply("Hello")).is_none());
    }
}
