//! Every label of a person, each with the rule that gave it.
//!
//! A label is a rule that can be read and taken away: what the team removed for somebody stays away, whatever the rule
//! says. What is not known gives no label.

use serde::{Deserialize, Serialize};

use super::figure::{decimal, short_count};
use super::influence::Influence;
use super::label::{CRITIC, Label};
use crate::message::{Lang, Msg};
use crate::ordered::sort;

/// Followers at which reach goes up a step; a setting of each network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands(pub [u64; 3]);

impl Default for Bands {
    fn default() -> Self {
        Self([2_000, 10_000, 100_000])
    }
}

impl Bands {
    /// The highest step that `followers` reach.
    pub fn reached(self, followers: u64) -> Option<u64> {
        self.0.into_iter().filter(|step| followers >= *step).max()
    }
}

/// Closeness from which somebody with three good words is an advocate.
const CLOSE: f64 = 0.6;
/// Positive mentions an advocate has.
const POSITIVE: u32 = 3;
/// Open complaints a critic has.
const COMPLAINTS: u32 = 2;
/// Posts that must have been seen before somebody punches above.
const POSTS: u32 = 5;
/// How many times the usual rate that is.
const TIMES: f64 = 3.0;
/// Reactions for each follower where too few authors of a network are known.
const RATE: f64 = 0.01;
/// Authors whose rates make a network's own.
const AUTHORS: usize = 20;

/// What is known of a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Roles on the team's lists, as [`super::roles`] finds them.
    pub roles: &'a [&'a str],
    /// Influence, where something was seen.
    pub influence: Option<&'a Influence>,
    /// Closeness from 0 to 1, where the log knows them.
    pub closeness: Option<f64>,
    /// Positive mentions of theirs in the log.
    pub positive: u32,
    /// Complaints of theirs that are open.
    pub open_complaints: u32,
    /// This is their first time in the log.
    pub is_first: bool,
    /// Usual reactions for each follower on their network, as [`usual_rate`] tells.
    pub usual_rate: Option<f64>,
    /// The network's steps of reach.
    pub bands: Bands,
}

/// A label and the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The label.
    pub label: Label,
    /// Its rule, with this person's figures.
    pub why: Msg,
}

/// All labels of a person, most important first, but those that the team removed. Figures are written for `lang`.
pub fn labels(facts: &Facts<'_>, removed: &[Label], lang: Lang) -> Vec<Given> {
    let mut given = Vec::new();
    let mut give = |label: Label, why: Option<Msg>| given.extend(why.map(|why| Given { label, why }));
    let listed = |roles: &[&str]| {
        let is_one = |role: &&&str| roles.iter().any(|known| known.eq_ignore_ascii_case(role));
        facts.roles.iter().find(is_one).map(|role| Msg::new("people_rule_list").with("role", role))
    };
    give(Label::Vip, listed(&["vip"]));
    give(Label::Press, listed(&["press", "journalist"]));
    give(Label::CriticWithReach, listed(&["critic"]).or_else(|| critic(facts)));
    give(Label::Advocate, listed(&["advocate"]).or_else(|| advocate(facts, lang)));
    give(Label::BigReach, big_reach(facts, lang));
    give(Label::PunchesAbove, punches_above(facts, lang));
    give(Label::Partner, listed(&["partner"]));
    give(Label::Staff, listed(&["staff", "internal_leader"]));
    give(Label::Newcomer, facts.is_first.then(|| Msg::new("people_rule_first")));
    given.retain(|one| !removed.contains(&one.label));
    given
}

fn critic(facts: &Facts<'_>) -> Option<Msg> {
    let score = facts.influence?.score.filter(|score| *score >= CRITIC)?;
    let msg = Msg::new("people_rule_critic").with("complaints", facts.open_complaints).with("score", score.rounded());
    (facts.open_complaints >= COMPLAINTS).then_some(msg)
}

fn advocate(facts: &Facts<'_>, lang: Lang) -> Option<Msg> {
    let close = facts.closeness.filter(|closeness| *closeness >= CLOSE)?;
    // Rounded down, so that what is shown is never more than there is.
    let close = decimal((close * 100.0).floor(), lang);
    let msg = Msg::new("people_rule_advocate").with("closeness", close).with("positive", facts.positive);
    (facts.positive >= POSITIVE).then_some(msg)
}

/// From the second step on: the first is where people begin to be known.
fn big_reach(facts: &Facts<'_>, lang: Lang) -> Option<Msg> {
    let followers = facts.influence?.followers?;
    let step = facts.bands.reached(followers).filter(|step| *step >= facts.bands.0[1])?;
    let count = |n| short_count(n, lang);
    Some(Msg::new("people_rule_reach").with("followers", count(followers)).with("step", count(step)))
}

fn punches_above(facts: &Facts<'_>, lang: Lang) -> Option<Msg> {
    let influence = facts.influence.filter(|influence| influence.posts >= POSTS)?;
    let (followers, median) = (influence.followers?, influence.median.filter(|median| *median > 0.0)?);
    let usual = facts.usual_rate.unwrap_or(RATE) * followers as f64;
    let msg = Msg::new("people_rule_punches_above").with("median", decimal(median, lang));
    let msg = msg.with("usual", decimal(usual, lang)).with("followers", short_count(followers, lang));
    (median >= TIMES * usual).then_some(msg)
}

/// Usual reactions for each follower on a network: the middle of its authors' rates once twenty are known. `None` = too
/// few; one in a hundred is taken then.
pub fn usual_rate(authors: &[Influence]) -> Option<f64> {
    let rate = |author: &Influence| Some(author.median? / author.followers.filter(|count| *count > 0)? as f64);
    let mut rates: Vec<f64> = authors.iter().filter_map(rate).filter(|rate| rate.is_finite()).collect();
    sort(&mut rates, f64::total_cmp);
    let upper = rates.get(rates.len() / 2).filter(|_| rates.len() >= AUTHORS)?;
    let lower = rates.get((rates.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Catalogue;
    use crate::people::{Caps, Seen, influence};

    fn author(followers: Option<u64>, reactions: f64, posts: usize) -> Influence {
        influence(&Seen { followers, engagements: vec![reactions; posts], ..Seen::default() }, Caps::default())
    }

    #[track_caller]
    fn check(facts: Facts<'_>, expect: &[Label]) {
        let given = labels(&facts, &[], Lang::En);
        assert_eq!(given.iter().map(|one| one.label).collect::<Vec<_>>(), expect, "{facts:?}");
        for lang in Lang::ALL {
            for one in labels(&facts, &[], lang) {
                let said = Catalogue::of(lang).say(&one.why);
                assert!(said != one.why.key && !said.contains('$'), "{said}");
            }
        }
        // Each can be taken away, and takes no other along.
        for label in expect {
            let rest: Vec<Label> = labels(&facts, &[*label], Lang::En).iter().map(|one| one.label).collect();
            assert_eq!(rest, expect.iter().copied().filter(|one| one != label).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nobody_has_a_label_for_nothing() {
        check(Facts::default(), &[]);
        let plain = author(Some(900), 5.0, 12);
        check(
            Facts {
                influence: Some(&plain),
                closeness: Some(0.3),
                positive: 9,
                open_complaints: 4,
                ..Facts::default()
            },
            &[],
        );
    }

    #[test]
    fn lists_give_labels() {
        use Label::*;
        check(Facts { roles: &["VIP", "staff"], ..Facts::default() }, &[Vip, Staff]);
        check(Facts { roles: &["journalist", "partner"], ..Facts::default() }, &[Press, Partner]);
        check(Facts { roles: &["critic", "advocate"], ..Facts::default() }, &[CriticWithReach, Advocate]);
        check(Facts { roles: &["customer"], is_first: true, ..Facts::default() }, &[Newcomer]);
    }

    #[test]
    fn rules_begin_where_they_say() {
        let advocate = |closeness, positive| Facts { closeness: Some(closeness), positive, ..Facts::default() };
        check(advocate(0.6, 3), &[Label::Advocate]);
        check(advocate(0.599, 3), &[]);
        check(advocate(0.9, 2), &[]);
        let (known, small) = (author(Some(1_000), 99.0, 3), author(Some(1_000), 9.0, 3));
        let critic =
            |influence, open_complaints| Facts { influence: Some(influence), open_complaints, ..Facts::default() };
        check(critic(&known, 2), &[Label::CriticWithReach]);
        check(critic(&known, 1), &[]);
        check(critic(&small, 2), &[]);
        for (followers, expect) in [(9_999, false), (10_000, true), (2_000_000, true)] {
            let seen = author(Some(followers), 1.0, 9);
            let expect: &[Label] = if expect { &[Label::BigReach] } else { &[] };
            check(Facts { influence: Some(&seen), ..Facts::default() }, expect);
        }
    }

    #[test]
    fn who_punches_above_moves_more_than_followers_would() {
        let is_above = |author: &Influence, usual_rate| {
            let facts = Facts { influence: Some(author), usual_rate, ..Facts::default() };
            labels(&facts, &[], Lang::En).iter().any(|one| one.label == Label::PunchesAbove)
        };
        // One in a hundred of 1,000 is 10; three times that is 30.
        assert!(is_above(&author(Some(1_000), 30.0, 5), None));
        assert!(!is_above(&author(Some(1_000), 29.0, 5), None));
        assert!(!is_above(&author(Some(1_000), 30.0, 4), None), "too few posts");
        assert!(!is_above(&author(None, 3_000.0, 9), None), "followers are not known");
        assert!(!is_above(&author(Some(0), 0.0, 9), None));
        assert!(!is_above(&author(Some(1_000), 30.0, 5), Some(0.02)));
        assert!(is_above(&author(Some(1_000), 9.0, 5), Some(0.003)));
    }

    #[test]
    fn a_networks_usual_rate_needs_twenty_authors() {
        let authors: Vec<Influence> = (1..=20).map(|n| author(Some(1_000), f64::from(n), 5)).collect();
        assert!((usual_rate(&authors).unwrap() - 0.0105).abs() < 1e-12);
        assert_eq!(usual_rate(&authors[1..]), None);
        let unknown = [&authors[1..], &[author(None, 5.0, 5), author(Some(0), 5.0, 5)]].concat();
        assert_eq!(usual_rate(&unknown), None);
    }
}
