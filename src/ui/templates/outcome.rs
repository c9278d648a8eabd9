//! What became of the replies that a template was used for. Of the team as a whole: who used it is nobody's figure.

use std::collections::{BTreeMap, BTreeSet};

use crate::log::{CaseId, Mention, Status};

/// The use of one template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Replies that came from it.
    pub used: u32,
    /// The last of them, UTC milliseconds.
    pub last: i64,
    /// Cases it answered.
    pub cases: u32,
    /// Those of them that are resolved.
    pub resolved: u32,
}

/// Counts mentions, in any order, each once.
#[derive(Debug, Default)]
pub struct Counting {
    outcomes: BTreeMap<String, Outcome>,
    cases: BTreeSet<(String, CaseId)>,
}

impl Counting {
    /// Counts the replies under a mention.
    pub fn count(&mut self, mention: &Mention) {
        for reply in mention.replies() {
            let Some(template) = &reply.template else { continue };
            let outcome = self.outcomes.entry(template.clone()).or_default();
            outcome.used += 1;
            outcome.last = outcome.last.max(reply.at);
            if self.cases.insert((template.clone(), mention.case.clone())) {
                outcome.cases += 1;
                outcome.resolved += u32::from(mention.status == Status::Resolved);
            }
        }
    }

    /// What was counted, by template.
    pub fn done(self) -> BTreeMap<String, Outcome> {
        self.outcomes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_case_counts_once_and_replies_of_other_sources_do_not() {
        let reply =
            |template: Option<&str>, at: i64| json!({ "by": "ana", "at": at, "confirmed": true, "template": template });
        let mention = |case: &str, status: &str, replies: serde_json::Value| -> Mention {
            serde_json::from_value(json!({ "key": case, "case": case, "status": status, "replies": replies })).unwrap()
        };
        let mut counting = Counting::default();
        counting.count(&mention("c1", "resolved", json!({ "e1": reply(Some("t"), 5), "e2": reply(Some("t"), 9) })));
        counting.count(&mention("c2", "open", json!({ "e3": reply(Some("t"), 7), "e4": reply(None, 8) })));
        let expect = Outcome { used: 3, last: 9, cases: 2, resolved: 1 };
        assert_eq!(counting.done(), BTreeMap::from([("t".to_owned(), expect)]));
    }
}
