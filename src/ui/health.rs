//! A site's health in plain words: what the agent saw, judged so that a network's redesign is noticed.

use crate::message::Msg;
use crate::protocol::Health;

/// How well a site is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Posts are read as they should be.
    Good,
    /// Nothing seen yet: no statement.
    Quiet,
    /// Something is missing or switched itself off.
    Poor,
}

impl Verdict {
    /// The catalogue key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Good => "popup_health_good",
            Self::Quiet => "popup_health_quiet",
            Self::Poor => "popup_health_poor",
        }
    }
}

/// Fields without which a post is of little use.
const NEEDED: [(&str, &str); 3] =
    [("text", "popup_field_text"), ("handle", "popup_field_handle"), ("permalink", "popup_field_permalink")];

/// The verdict, and the lines that explain it.
pub fn judge(health: &Health) -> (Verdict, Vec<Msg>) {
    let mut lines = Vec::new();
    if health.seen == 0 {
        lines.push(Msg::new("popup_seen_none"));
    } else {
        lines.push(Msg::new("popup_seen").with("posts", health.seen).with("composers", health.composers));
    }
    let mut poor = false;
    for (field, key) in NEEDED {
        let empty = health.empty.get(field).copied().unwrap_or_default();
        // More than half empty is no accident of single posts.
        if health.seen > 0 && empty.saturating_mul(2) > health.seen {
            poor = true;
            lines.push(Msg::new(key).with("count", empty).with("posts", health.seen));
        }
    }
    if !health.off.is_empty() {
        poor = true;
        lines.push(Msg::new("popup_off").with("features", health.off.join(", ")));
    }
    let verdict = match (poor, health.seen) {
        (true, _) => Verdict::Poor,
        (false, 0) => Verdict::Quiet,
        (false, _) => Verdict::Good,
    };
    (verdict, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seen: u32, empty: &[(&str, u32)], off: &[&str], expect: Verdict) {
        let health = Health {
            seen,
            empty: empty.iter().map(|&(field, count)| (field.to_owned(), count)).collect(),
            off: off.iter().map(|&feature| feature.to_owned()).collect(),
            ..Health::default()
        };
        assert_eq!(judge(&health).0, expect);
    }

    #[test]
    fn missing_fields_and_faults_are_told() {
        check(0, &[], &[], Verdict::Quiet);
        check(10, &[("likes", 10)], &[], Verdict::Good);
        check(10, &[("text", 5)], &[], Verdict::Good);
        check(10, &[("text", 6)], &[], Verdict::Poor);
        check(10, &[], &["voice"], Verdict::Poor);
        check(0, &[], &["marks"], Verdict::Poor);
    }
}
