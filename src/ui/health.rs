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

    /// Its colour family and icon.
    pub fn tone(self) -> (&'static str, &'static str) {
        match self {
            Self::Good => ("chip ok", "check"),
            Self::Quiet => ("chip", "info"),
            Self::Poor => ("chip warn", "alert"),
        }
    }
}

/// Fields that every post should have, with the sentence for those that do not; without the first three a post is of
/// little use.
const FIELDS: [(&str, &str); 5] = [
    ("text", "health_text"),
    ("handle", "health_handle"),
    ("permalink", "health_permalink"),
    ("published", "health_published"),
    ("native_id", "health_native_id"),
];
const NEEDED: usize = 3;

/// More than half empty is no accident of single posts.
fn is_lost(health: &Health, field: &str) -> bool {
    let empty = health.empty.get(field).copied().unwrap_or_default();
    health.seen > 0 && empty.saturating_mul(2) > health.seen
}

/// The verdict, and the lines that explain it.
pub fn judge(health: &Health) -> (Verdict, Vec<Msg>) {
    let poor = !health.off.is_empty() || FIELDS.iter().take(NEEDED).any(|(field, _)| is_lost(health, field));
    let verdict = match (poor, health.seen) {
        (true, _) => Verdict::Poor,
        (false, 0) => Verdict::Quiet,
        (false, _) => Verdict::Good,
    };
    (verdict, report(health))
}

/// What was seen and, field by field, what was missing.
pub fn report(health: &Health) -> Vec<Msg> {
    if health.seen == 0 && health.off.is_empty() {
        return vec![Msg::new("popup_seen_none")];
    }
    let mut lines = vec![Msg::new("popup_seen").with("posts", health.seen).with("composers", health.composers)];
    for (field, key) in FIELDS {
        if let Some(count) = health.empty.get(field).filter(|count| **count > 0) {
            lines.push(Msg::new(key).with("count", count).with("posts", health.seen));
        }
    }
    if FIELDS.iter().any(|(field, _)| is_lost(health, field)) {
        lines.push(Msg::new("health_changed"));
    }
    if !health.off.is_empty() {
        lines.push(Msg::new("popup_off").with("features", health.off.join(", ")));
    }
    lines
}

/// A report with the tags and attribute names of one post: of what a page had a hand in, names and brackets only.
pub fn with_skeleton(report: &str, skeleton: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || " -_[]()".contains(*c);
    let plain: String = skeleton.chars().filter(fits).take(LONGEST).collect();
    if plain.is_empty() { report.to_owned() } else { format!("{report}post {plain}\n") }
}

/// Most of a skeleton that a report holds.
const LONGEST: usize = 4_000;

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

    #[test]
    fn each_missing_field_has_its_line() {
        let health = Health {
            seen: 12,
            empty: [("published".to_owned(), 9), ("likes".to_owned(), 12)].into(),
            ..Health::default()
        };
        let keys: Vec<String> = report(&health).into_iter().map(|line| line.key).collect();
        assert_eq!(keys, ["popup_seen", "health_published", "health_changed"]);
        let words = crate::message::Catalogue::of(crate::message::Lang::En);
        assert_eq!(words.say(&report(&health)[1]), "The time was missing in 9 of 12 posts.");
        assert!(FIELDS.iter().all(|(_, key)| words.keys().any(|known| known == *key)));
    }

    #[test]
    fn a_skeleton_is_names_and_brackets() {
        assert_eq!(with_skeleton("posts 3\n", "div[class](p <b>\"é\n)"), "posts 3\npost div[class](p b)\n");
        assert_eq!(with_skeleton("posts 3\n", "é"), "posts 3\n");
    }
}
