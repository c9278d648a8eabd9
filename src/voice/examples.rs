//! Running a pack's own examples: a bad text must be found by its rule, a good one must not, and a fix must give the
//! text it promises. Used by tests and by whoever edits a pack.

use super::engine::{Checker, Input, Switches};
use super::finding::Finding;
use super::pack::Pack;
use super::rule::{Example, Kind, Rule};
use crate::text::OffsetMap;

/// Every example of `packs` that does not hold, in words for whoever wrote it. Each rule runs alone, with the classes
/// of posts that `knowing` name.
pub fn failures(packs: &[Pack], knowing: &[Pack]) -> Vec<String> {
    let bare = |pack: &Pack| Pack { rules: Vec::new(), ..pack.clone() };
    let knowing: Vec<Pack> = knowing.iter().map(bare).collect();
    packs.iter().flat_map(|pack| pack_failures(pack, &knowing)).collect()
}

fn pack_failures(pack: &Pack, knowing: &[Pack]) -> Vec<String> {
    let mut failures = Vec::new();
    // Spelling's examples need dictionaries, which stand apart; the test that has them runs those.
    for rule in pack.rules.iter().filter(|rule| !matches!(rule.kind, Kind::Spelling)) {
        let mut alone = knowing.to_vec();
        alone.push(Pack { rules: vec![rule.clone()], ..pack.clone() });
        let checker = Checker::new(&alone, &Switches::every());
        let mut fail = |example: &Example, what: String| {
            failures.push(format!("{}: {}: {:?}: {what}", pack.id, rule.about.id, example.text));
        };
        for example in &rule.examples.bad {
            let findings = check(&checker, pack, rule, example);
            match (findings.as_slice(), &example.becomes) {
                ([], _) => fail(example, "nothing is found".to_owned()),
                ([first, ..], Some(expect)) => {
                    let fixed = apply(&example.text, first, 0);
                    if fixed.as_ref() != Some(expect) {
                        fail(example, format!("the fix gives {fixed:?}"));
                    }
                }
                _ => {}
            }
        }
        for example in &rule.examples.good {
            if let Some(finding) = check(&checker, pack, rule, example).first() {
                fail(example, format!("{:?} is found", finding.matched));
            }
        }
    }
    failures
}

fn check(checker: &Checker, pack: &Pack, rule: &Rule, example: &Example) -> Vec<Finding> {
    checker.check(&Input {
        text: &example.text,
        lang: Some(&pack.language),
        hint: None,
        network: example.network.as_deref(),
        incoming: example.incoming.as_deref(),
        private: example.private,
        hold: example.hold.unwrap_or(rule.when.hold),
    })
}

/// `text` with one of a finding's fixes in place.
pub fn apply(text: &str, finding: &Finding, fix: usize) -> Option<String> {
    let fix = finding.fixes.get(fix)?;
    let map = OffsetMap::new(text);
    let (start, end) = (map.to_byte(finding.span.start), map.to_byte(finding.span.end));
    Some(format!("{}{fix}{}", text.get(..start)?, text.get(end..)?))
}
