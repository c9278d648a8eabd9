//! Which post comes first: points that add up, each shown with its reason.
//!
//! What a post is counts most; severity words come on top; the author's reach never counts more than a fifth of that. What
//! nobody knows adds nothing and is said: the points then stand for "at least", with what they may be at most.

use super::{Class, Points};
use crate::message::Msg;
use crate::people::{Caps, Score};

const MINUTE: i64 = 60_000;

/// How soon somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Less than 30 points.
    Low,
    /// From 30.
    Medium,
    /// From 55.
    High,
    /// From 80.
    Urgent,
}

impl Level {
    /// The level of that many points.
    pub fn of(points: Points) -> Self {
        match points.hundredths() {
            8_000.. => Self::Urgent,
            5_500.. => Self::High,
            3_000.. => Self::Medium,
            _ => Self::Low,
        }
    }

    /// Its name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// What is known of a post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    /// What it is.
    pub class: Class,
    /// Words of injury, law, fraud and the like stand in it.
    pub severe: bool,
    /// Followers of its author.
    pub followers: Option<u64>,
    /// Reactions to it: likes, replies and reposts together.
    pub reactions: Option<f64>,
    /// Since when it has waited, milliseconds.
    pub waited: Option<i64>,
    /// How long a first answer may take, milliseconds; without: what is usual for the class.
    pub first_response: Option<i64>,
    /// Another post of its author is open.
    pub author_is_open: bool,
    /// We promised to come back.
    pub promised: bool,
    /// One of us has answered.
    pub answered: bool,
}

impl Situation {
    /// A post of a class, of which nothing else is known.
    pub fn new(class: Class) -> Self {
        Self {
            class,
            severe: false,
            followers: None,
            reactions: None,
            waited: None,
            first_response: None,
            author_is_open: false,
            promised: false,
            answered: false,
        }
    }
}

/// One term of a priority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is about, a name for machines.
    pub id: &'static str,
    /// What it adds.
    pub points: Points,
    /// The same in words.
    pub msg: Msg,
}

/// How soon a post should be answered, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// The sum of the terms.
    pub points: Points,
    /// What they may come to when everything is known.
    pub at_most: Points,
    /// How soon somebody should look.
    pub level: Level,
    /// It has waited longer than it may: before everything of its level.
    pub overdue: bool,
    /// What adds up.
    pub terms: Vec<Term>,
}

impl Priority {
    /// What sorts a queue, first things last.
    pub fn key(&self) -> (bool, Points) {
        (self.overdue, self.points)
    }
}

/// Weighs a post.
pub fn priority(situation: &Situation) -> Priority {
    let Situation { class, followers, reactions, waited, .. } = *situation;
    let allowed = situation.first_response.unwrap_or_else(|| usual_response(class)).max(MINUTE);
    let share = waited.map(|waited| (waited.max(0) as f64 / allowed as f64).min(1.0));
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |id: &'static str, points: Points, msg: Msg| {
        if points != Points::default() {
            let msg = msg.with("points", points.to_string().trim_end_matches('0').trim_end_matches('.'));
            terms.push(Term { id, points, msg });
        }
    };
    add("class", whole(class_points(class)), Msg::new(format!("triage_is_{}", class.id())));
    add("severity", whole(if situation.severe { 30 } else { 0 }), Msg::new("triage_severity"));
    if let Some(followers) = followers {
        let reach = share_of(followers as f64, Caps::default().reach);
        add("reach", tenths(20.0 * reach), Msg::new("triage_reach").with("followers", followers));
    }
    if let Some(reactions) = reactions {
        add("traction", tenths(10.0 * share_of(reactions, 3.0)), Msg::new("triage_traction").with("count", reactions));
    }
    if let Some(share) = share {
        add("waiting", tenths(20.0 * share), Msg::new("triage_waiting").with("share", (share * 100.0).round()));
    }
    add("author_open", whole(if situation.author_is_open { 10 } else { 0 }), Msg::new("triage_author_open"));
    add("promised", whole(if situation.promised { 10 } else { 0 }), Msg::new("triage_promised"));
    add("answered", whole(if situation.answered { -40 } else { 0 }), Msg::new("triage_answered"));
    let points = terms.iter().fold(Points::default(), |sum, term| sum + term.points);
    let unknown = [(followers.is_none(), 20), (reactions.is_none(), 10), (waited.is_none(), 20)];
    let at_most = unknown.iter().filter(|(open, _)| *open).fold(points, |sum, (_, most)| sum + whole(*most));
    let overdue = share.is_some_and(|share| share >= 1.0) && !situation.answered && class != Class::Spam;
    Priority { points, at_most, level: Level::of(points), overdue, terms }
}

fn class_points(class: Class) -> i32 {
    match class {
        Class::Crisis => 60,
        Class::Complaint => 40,
        Class::Problem => 25,
        Class::Lead => 20,
        Class::Suggestion => 15,
        Class::Praise => 10,
        Class::Other => 5,
        Class::Spam => 0,
    }
}

/// How long a first answer may take where a team has not said it, milliseconds.
pub fn usual_response(class: Class) -> i64 {
    let minutes = match class {
        Class::Crisis => 15,
        Class::Complaint => 60,
        Class::Problem | Class::Lead => 4 * 60,
        Class::Suggestion | Class::Praise | Class::Other | Class::Spam => 24 * 60,
    };
    minutes * MINUTE
}

/// log10(1 + count) as a share of `cap`, from 0 to 1.
fn share_of(count: f64, cap: f64) -> f64 {
    Score::new(100.0 * (1.0 + count.max(0.0)).log10() / cap).value() / 100.0
}

fn whole(points: i32) -> Points {
    Points::new(points * 100)
}

/// Rounded to a tenth, so that what is shown adds up.
fn tenths(points: f64) -> Points {
    Points::new((points * 10.0).round() as i32 * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(situation: Situation, points: i32, level: Level) {
        let priority = priority(&situation);
        assert_eq!((priority.points, priority.level), (whole(points), level), "{situation:?}");
    }

    #[test]
    fn terms_add_up() {
        check(Situation::new(Class::Spam), 0, Level::Low);
        check(Situation::new(Class::Complaint), 40, Level::Medium);
        check(Situation { followers: Some(999_999), ..Situation::new(Class::Complaint) }, 60, Level::High);
        check(Situation { reactions: Some(999.0), ..Situation::new(Class::Praise) }, 20, Level::Low);
        check(Situation { waited: Some(30 * MINUTE), ..Situation::new(Class::Complaint) }, 50, Level::Medium);
        check(
            Situation { waited: Some(i64::MAX), promised: true, ..Situation::new(Class::Complaint) },
            70,
            Level::High,
        );
        check(Situation { severe: true, answered: true, ..Situation::new(Class::Crisis) }, 50, Level::Medium);
        check(Situation { severe: true, author_is_open: true, ..Situation::new(Class::Crisis) }, 100, Level::Urgent);
    }

    #[test]
    fn a_safety_problem_of_a_small_account_goes_before_any_praise_of_a_celebrity() {
        let small = Situation { severe: true, followers: Some(12), ..Situation::new(Class::Crisis) };
        let celebrity = Situation {
            followers: Some(u64::MAX),
            reactions: Some(1e9),
            waited: Some(i64::MAX),
            author_is_open: true,
            promised: true,
            ..Situation::new(Class::Praise)
        };
        assert!(priority(&small).points > priority(&celebrity).points);
    }

    #[test]
    fn what_is_not_known_is_not_nothing() {
        let unknown = priority(&Situation::new(Class::Lead));
        let nobody = priority(&Situation { followers: Some(0), ..Situation::new(Class::Lead) });
        assert_eq!(unknown.points, nobody.points);
        assert_eq!(unknown.at_most, nobody.at_most + whole(20));
    }

    #[test]
    fn who_waited_too_long_is_overdue() {
        let waited = |minutes, answered| {
            priority(&Situation { waited: Some(minutes * MINUTE), answered, ..Situation::new(Class::Crisis) }).overdue
        };
        assert_eq!((waited(14, false), waited(15, false), waited(15, true)), (false, true, false));
    }
}
