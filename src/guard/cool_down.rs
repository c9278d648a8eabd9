//! A reply that sounds cross, stopped for one breath: what goes out in anger stays in public.
//!
//! Goes by the reply's own words, never by the customer's. Asks once in a conversation; the caller knows whether it has.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

/// The check's id.
pub const COOL_DOWN: &str = "cool_down";

pub(super) struct CoolDown;

impl Check for CoolDown {
    fn id(&self) -> &'static str {
        COOL_DOWN
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        if reply.is_cool {
            return None;
        }
        let finding = reply.findings.iter().find(|finding| finding.rule.cool_down)?;
        let why = Msg::new("guard_cool_down").with("text", &finding.matched);
        Some(Hold { check: self.id(), why, span: Some(finding.span), fix: Fix::Rewrite })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{held, reply};
    use super::*;
    use crate::voice::{Checker, Input, Switches, bundled};

    #[test]
    fn the_replys_own_hostility_is_stopped_once() {
        let checker = Checker::new(bundled(), &Switches::every());
        let words = |text: &str, lang: &str, is_cool: bool| {
            let incoming = Some("This is a disgrace, you thieves!");
            let findings = checker.check(&Input { text, lang: Some(lang), incoming, ..Input::default() });
            held(&CoolDown, &Outgoing { findings: &findings, is_cool, ..reply(text) }).map(str::to_owned)
        };
        let cross = "As we already said, it takes two days.";
        assert_eq!(words(cross, "en", false).as_deref(), Some("As we already said"));
        assert_eq!(words(cross, "en", true), None, "asked before");
        assert_eq!(words("Como ya te dijimos, tarda dos días.", "es", false).as_deref(), Some("Como ya te dijimos"));
        assert_eq!(
            words("Sorry for the wait, Marta. It takes two days.", "en", false),
            None,
            "however cross the post is"
        );
        assert_eq!(words("Your parcel will definitely arrive tomorrow.", "en", false), None, "a risk, not a temper");
    }
}
