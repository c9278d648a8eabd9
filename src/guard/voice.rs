//! Findings of the voice check that a brand called errors.

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;
use crate::voice::Severity;

pub(super) struct Voice;

impl Check for Voice {
    fn id(&self) -> &'static str {
        "voice"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let finding = reply.findings.iter().find(|finding| finding.severity == Severity::Error)?;
        let why = Msg::new("voice_words").with("text", finding.message(reply.lang));
        let fix = finding.fixes.first().cloned().map_or(Fix::Rewrite, Fix::Replace);
        Some(Hold { check: self.id(), why, span: Some(finding.span), fix })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{held, reply};
    use super::*;
    use crate::voice::{Checker, Input, Switches, bundled};

    #[test]
    fn only_errors_hold() {
        let checker = Checker::new(bundled(), &Switches::every());
        let words = |text: &str| {
            let input = Input { text, lang: Some("en"), hint: None, network: None, ..Input::default() };
            let findings = checker.check(&input);
            assert!(!findings.is_empty(), "{text}");
            held(&Voice, &Outgoing { findings: &findings, ..reply(text) }).map(str::to_owned)
        };
        assert_eq!(words("Your parcel will definitely arrive tomorrow."), None, "a warning");
        assert_eq!(words("Please send us your order number.").as_deref(), Some("Please send us your order number"));
    }
}
