//! Several findings mended in one go: one replacement, so that one undo brings all of it back.

use super::Brain;
use super::ports::Port;
use crate::protocol::OverlayStep;
use crate::text::{OffsetMap, Utf16Span};
use crate::voice::Finding;

/// Findings whose fix leaves no doubt: there is one, it says the same, and it stands where the words are.
pub(super) fn safe(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|one| one.fixes.len() == 1 && one.rule.sure && !one.whole)
}

/// The stretch from the first of them to the last, and what it reads like with every fix in place.
fn mended(text: &str, findings: &[Finding]) -> Option<(Utf16Span, String)> {
    let map = OffsetMap::new(text);
    let (start, end) = (safe(findings).next()?.span.start, safe(findings).last()?.span.end);
    let mut out = String::new();
    let mut at = map.to_byte(start);
    for one in safe(findings) {
        out.push_str(text.get(at..map.to_byte(one.span.start))?);
        out.push_str(&one.fixes[0]);
        at = map.to_byte(one.span.end);
    }
    Some((Utf16Span { start, end }, out))
}

impl Brain {
    /// Every fix of the composer whose finding is shown, as one insertion.
    pub(super) fn mend_safe(&self, agent: Port) -> Option<OverlayStep> {
        let doc = self.docs.get(&agent)?;
        let composer = doc.shown_composer()?;
        let composing = doc.composers.get(&composer)?;
        let (span, text) = mended(&composing.text, &composing.findings)?;
        Some(OverlayStep::Insert { composer, text, cursor: None, replace: Some(span), template: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{Checker, Input, Switches, bundled};

    #[test]
    fn what_leaves_no_doubt_is_mended_and_the_rest_stays() {
        let text = "😊 Please utilize the the link!! We guarantee it.";
        let findings =
            Checker::new(bundled(), &Switches::every()).check(&Input { text, lang: Some("en"), ..Input::default() });
        let (span, words) = mended(text, &findings).unwrap();
        let map = OffsetMap::new(text);
        let (start, end) = (map.to_byte(span.start), map.to_byte(span.end));
        let whole = format!("{}{words}{}", &text[..start], &text[end..]);
        assert_eq!(whole, "😊 Please use the link! We guarantee it.", "what a promise says is for a person to choose");
        assert_eq!(mended("Fine.", &[]), None);
    }
}
