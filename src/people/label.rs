//! The one word beside a notable author.
//!
//! Silence is the default: a label needs a list, or influence over the threshold with at least medium confidence. All
//! labels of a person, with their rules, are in `rules`.

use serde::{Deserialize, Serialize};

use super::influence::{Confidence, Influence};
use super::score::Score;
use crate::message::Msg;
use crate::workspace::Listed;

/// Influence from which an author who is on no list is worth a word.
pub const THRESHOLD: Score = Score::new(60.0);
/// Influence from which open complaints make a critic with reach.
pub(super) const CRITIC: Score = Score::new(50.0);
/// Followers from which reach is big.
const BIG: u64 = 10_000;

/// A label, most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Label {
    Vip,
    Press,
    CriticWithReach,
    Advocate,
    BigReach,
    PunchesAbove,
    Partner,
    Staff,
    Newcomer,
}

impl Label {
    /// The word.
    pub fn msg(self) -> Msg {
        Msg::new(match self {
            Self::Vip => "people_label_vip",
            Self::Press => "people_label_press",
            Self::CriticWithReach => "people_label_critic",
            Self::Advocate => "people_label_advocate",
            Self::BigReach => "people_label_big_reach",
            Self::PunchesAbove => "people_label_punches_above",
            Self::Partner => "people_label_partner",
            Self::Staff => "people_label_staff",
            Self::Newcomer => "people_label_newcomer",
        })
    }
}

/// What is known of an author when a row is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing<'a> {
    /// Roles on the team's lists, as [`roles`] finds them.
    pub roles: &'a [&'a str],
    /// Influence, where something was seen.
    pub influence: Option<&'a Influence>,
    /// Complaints of theirs that are open.
    pub open_complaints: u32,
    /// Positive mentions of theirs in the log.
    pub positive: u32,
    /// Closeness from 0 to 1, where the log knows them.
    pub closeness: Option<f64>,
}

/// The label for an author; `None` for almost everybody.
pub fn label(standing: &Standing<'_>) -> Option<Label> {
    let on_list = |role: &str| standing.roles.iter().any(|r| r.eq_ignore_ascii_case(role));
    let over = |threshold: Score| {
        let known = standing.influence.filter(|i| i.confidence >= Confidence::Medium);
        known.and_then(|i| i.score).is_some_and(|score| score >= threshold)
    };
    let followers = standing.influence.and_then(|i| i.followers).unwrap_or(0);
    let is_advocate = standing.closeness.is_some_and(|l| l >= 0.6) && standing.positive >= 3;
    if on_list("vip") {
        Some(Label::Vip)
    } else if on_list("press") {
        Some(Label::Press)
    } else if on_list("critic") || (standing.open_complaints >= 2 && over(CRITIC)) {
        Some(Label::CriticWithReach)
    } else if on_list("advocate") || (is_advocate && over(THRESHOLD)) {
        Some(Label::Advocate)
    } else {
        (over(THRESHOLD) && followers >= BIG).then_some(Label::BigReach)
    }
}

/// The roles of an author on the team's lists. A list entry without a network is for all of them.
pub fn roles<'a>(listed: &'a [Listed], network: &str, handle: &str) -> Vec<&'a str> {
    let plain = |handle: &str| handle.trim().trim_start_matches('@').to_lowercase();
    let handle = plain(handle);
    listed
        .iter()
        .filter(|l| !handle.is_empty() && plain(&l.handle) == handle)
        .filter(|l| l.network.is_empty() || l.network.eq_ignore_ascii_case(network))
        .map(|l| l.role.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Caps, Seen, influence};

    fn author(followers: Option<u64>, reactions: f64, posts: usize) -> Influence {
        influence(&Seen { followers, engagements: vec![reactions; posts], ..Seen::default() }, Caps::default())
    }

    #[track_caller]
    fn check(standing: Standing<'_>, expect: Option<Label>) {
        assert_eq!(label(&standing), expect, "{standing:?}");
    }

    #[test]
    fn lists_come_first_and_in_order() {
        let star = author(Some(2_000_000), 5_000.0, 12);
        check(Standing { roles: &["press", "vip"], influence: Some(&star), ..Standing::default() }, Some(Label::Vip));
        check(Standing { roles: &["press"], influence: Some(&star), ..Standing::default() }, Some(Label::Press));
        check(Standing { roles: &["advocate"], ..Standing::default() }, Some(Label::Advocate));
        check(Standing { roles: &["staff"], ..Standing::default() }, None);
    }

    #[test]
    fn off_the_lists_influence_needs_at_least_medium_confidence() {
        let (star, thin, small) =
            (author(Some(2_000_000), 5_000.0, 3), author(Some(2_000_000), 5_000.0, 2), author(Some(900), 9.0, 12));
        check(Standing { influence: Some(&star), ..Standing::default() }, Some(Label::BigReach));
        check(Standing { influence: Some(&thin), ..Standing::default() }, None);
        check(Standing { influence: Some(&small), ..Standing::default() }, None);
        check(Standing { influence: Some(&author(None, 50_000.0, 12)), ..Standing::default() }, None);
        check(
            Standing { influence: Some(&star), open_complaints: 2, ..Standing::default() },
            Some(Label::CriticWithReach),
        );
        check(Standing { influence: Some(&thin), open_complaints: 9, ..Standing::default() }, None);
        let close = Standing { closeness: Some(0.7), positive: 3, ..Standing::default() };
        check(Standing { influence: Some(&star), ..close }, Some(Label::Advocate));
        check(close, None);
    }

    #[test]
    fn roles_match_by_network_and_handle() {
        let listed = [("x", "@Ana", "vip"), ("", "ana", "press"), ("nodebb", "ana", "advocate")].map(
            |(network, handle, role)| Listed {
                network: network.to_owned(),
                handle: handle.to_owned(),
                role: role.to_owned(),
                ..Listed::default()
            },
        );
        assert_eq!(roles(&listed, "x", "ANA"), ["vip", "press"]);
        assert!(roles(&listed, "x", "").is_empty());
    }
}
