//! The same words again, in one thread or all day long: what everybody gets is read as a machine's.
//!
//! Which texts may be repeated (an approved statement in a crisis) is the caller's to know: it counts nothing for them.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

/// As often as the same words may have been sent on one day.
const ENOUGH: u32 = 3;

pub(super) struct Repeated;

impl Check for Repeated {
    fn id(&self) -> &'static str {
        "repeated"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        if reply.private {
            return None;
        }
        let why = match (reply.repeats, reply.today) {
            (1.., _) => Msg::new("guard_repeated"),
            (_, ENOUGH..) => Msg::new("guard_repeated_today").with("count", reply.today),
            _ => return None,
        };
        let fix = (reply.otherwise)().map_or(Fix::Back, Fix::Otherwise);
        Some(Hold { check: self.id(), why, span: None, fix })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Otherwise;
    use super::super::tests::reply;
    use super::*;

    fn look(repeats: u32, today: u32) -> Option<Hold> {
        Repeated.look(&Outgoing { repeats, today, ..reply("Thank you!") })
    }

    #[test]
    fn once_in_a_thread_and_three_times_a_day_are_enough() {
        let why = |repeats, today| look(repeats, today).map(|hold| hold.why.key);
        assert_eq!([why(0, 0), why(0, 1), why(0, 2)], [None, None, None]);
        assert_eq!(why(0, 3).as_deref(), Some("guard_repeated_today"));
        assert_eq!(why(1, 1).as_deref(), Some("guard_repeated"));
        assert_eq!(why(2, 5).as_deref(), Some("guard_repeated"), "who reads the thread sees it");
        assert_eq!(look(0, 4).unwrap().why.args["count"], "4");
        assert!(Repeated.look(&Outgoing { repeats: 3, today: 9, private: true, ..reply("Thank you!") }).is_none());
    }

    #[test]
    fn other_words_are_offered_where_the_template_has_them() {
        assert_eq!(look(1, 1).unwrap().fix, Fix::Back);
        let other = Otherwise { text: "Many thanks!".into(), template: "thanks".into() };
        let give = || Some(other.clone());
        let held = Repeated.look(&Outgoing { repeats: 1, otherwise: &give, ..reply("Thank you!") });
        assert_eq!(held.unwrap().fix, Fix::Otherwise(other.clone()));
        // Nobody asks for them while there is nothing to say.
        let never = || panic!("asked");
        assert_eq!(Repeated.look(&Outgoing { otherwise: &never, ..reply("Thank you!") }), None);
    }
}
