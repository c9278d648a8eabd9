//! The same words again in one thread: the third copy of a template is read as a machine's.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

/// As often as the same words may stand in a thread already.
const ENOUGH: u32 = 2;

pub(super) struct Repeated;

impl Check for Repeated {
    fn id(&self) -> &'static str {
        "repeated"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let why = Msg::new("guard_repeated").with("count", reply.repeats);
        (reply.repeats >= ENOUGH && !reply.private).then_some(Hold {
            check: self.id(),
            why,
            span: None,
            fix: Fix::Rewrite,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;

    #[test]
    fn twice_is_enough() {
        let held = |repeats| Repeated.look(&Outgoing { repeats, ..reply("Thank you!") }).is_some();
        assert_eq!([held(0), held(1), held(2), held(3)], [false, false, true, true]);
        assert!(Repeated.look(&Outgoing { repeats: 3, private: true, ..reply("Thank you!") }).is_none());
    }
}
