//! More text than the network takes: some cut it, some refuse it after the box was closed.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

pub(super) struct Length;

impl Check for Length {
    fn id(&self) -> &'static str {
        "length"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let limit = reply.limit?;
        let over = limit.over(reply.text)?;
        let why = Msg::new("guard_length").with("over", over).with("limit", limit.most);
        Some(Hold { check: self.id(), why, span: None, fix: Fix::Back })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;
    use crate::site::limits::{Limit, Units};

    #[test]
    fn length_is_counted_as_the_network_counts() {
        let over = |units, text| {
            let limit = Some(Limit { most: 10, units });
            Length.look(&Outgoing { limit, ..reply(text) }).map(|hold| hold.why.args["over"].clone())
        };
        assert_eq!(over(Units::CodePoints, "ten chars."), None);
        assert_eq!(over(Units::CodePoints, "eleven char").as_deref(), Some("1"));
        assert_eq!(over(Units::X, "😀😀😀😀😀😀").as_deref(), Some("2"));
        assert_eq!(over(Units::Graphemes, "😀😀😀😀😀😀"), None);
    }
}
