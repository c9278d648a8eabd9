//! The work queue: which open mentions somebody should look at, in which order, and why.
//!
//! A view of it is a question about the log (what is mine, what waits on others); the order is that of
//! [`priority`](crate::triage::priority), with what is overdue on top. Waiting counts from the customer's post, in the
//! team's working time. Nothing here is stored: it is made anew from the log whenever somebody looks.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::query::Entry;
use super::{Mention, MentionKey, Priority as Chosen, Status};
use crate::message::Msg;
use crate::triage::hours::{Hours, Offset};
use crate::triage::priority::{Level, Priority, Situation, priority, usual_response};
use crate::triage::{Class, Classes, Points};

const MINUTE_MS: i64 = 60_000;

/// How soon a team answers, and when it works.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Class and minutes until its first answer; a class that is not here has the usual time.
    pub first_answer: Vec<(String, u32)>,
    /// When the team works.
    pub hours: Hours,
}

impl Service {
    /// How long a first answer may take, milliseconds of working time.
    pub fn first_answer(&self, class: Class) -> i64 {
        let own = self.first_answer.iter().find(|(id, minutes)| id == class.id() && *minutes > 0);
        own.map_or_else(|| usual_response(class), |(_, minutes)| i64::from(*minutes) * MINUTE_MS)
    }
}

/// What the queue needs to know of a mention beside what lists know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Task {
    /// When the customer wrote, as far as the page said it, else when it was saved; UTC milliseconds.
    pub asked_at: i64,
    /// When the case is due, UTC milliseconds.
    pub due: Option<i64>,
    /// When what the last reply promised is due, UTC milliseconds.
    pub promised: Option<i64>,
    /// What the post is; `None`: nobody looked.
    pub class: Option<Class>,
    /// Words of injury, law, fraud and the like stand in it.
    pub severe: bool,
    followers: Option<u64>,
    reactions: Option<f64>,
    /// Network and handle, to know who has several open.
    author: Option<String>,
}

impl Task {
    /// What a mention in the log asks for; nothing when nothing is to be done about it. `offset`: minutes that local time
    /// is ahead of UTC.
    pub fn of(mention: &Mention, classes: &Classes, offset: i32) -> Self {
        if !is_open(mention.status) {
            return Self::default();
        }
        let (counts, followers) = mention.counts();
        let known: Vec<u64> =
            [counts.likes, counts.replies, counts.reposts].into_iter().flatten().map(|c| c.value).collect();
        let post = mention.post();
        let handle = post.and_then(|post| post.author.handle.as_ref());
        let judged = post.map(|post| classes.judge(&post.text));
        Self {
            asked_at: post.and_then(|post| post.published).map_or(mention.saved_at.unwrap_or_default(), |time| time.at),
            due: mention.due,
            promised: mention.promise(offset).map(|promise| promise.at),
            class: judged.as_ref().and_then(|judged| Class::named(&judged.class)),
            severe: judged.is_some_and(|judged| judged.is_severe()),
            followers: followers.map(|count| count.value),
            reactions: (!known.is_empty()).then(|| known.iter().fold(0.0, |sum, count| sum + *count as f64)),
            author: handle.map(|handle| format!("{} {}", mention.network, handle.to_lowercase())),
        }
    }
}

/// Somebody still has something to do.
pub fn is_open(status: Status) -> bool {
    !matches!(status, Status::Resolved | Status::NoAction | Status::MovedToDm)
}

/// A part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// What somebody should look at now, what presses most first.
    #[default]
    Now,
    /// What this person has.
    Mine,
    /// Nobody of us has answered.
    Unanswered,
    /// What is due, or was promised for a time; the next first.
    Due,
    /// It is another department's turn.
    Waiting,
    /// It rests; what wakes first, first.
    Snoozed,
}

impl View {
    /// Every view, in their order on the screen.
    pub const ALL: [Self; 6] = [Self::Now, Self::Mine, Self::Unanswered, Self::Due, Self::Waiting, Self::Snoozed];

    /// Its name for machines.
    pub fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Mine => "mine",
            Self::Unanswered => "unanswered",
            Self::Due => "due",
            Self::Waiting => "waiting",
            Self::Snoozed => "snoozed",
        }
    }

    /// The mention belongs here. `me`: the names this person goes by.
    pub fn takes(self, entry: &Entry, me: &[String], now: i64) -> bool {
        if !is_open(entry.status) {
            return false;
        }
        let rests = entry.snoozed.is_some_and(|until| until > now);
        let when = due(&entry.task);
        let waits_on_others = entry.department.is_some();
        match self {
            Self::Snoozed => rests,
            _ if rests => false,
            // What was answered comes back when something is due.
            Self::Now => when.is_some_and(|at| at <= now) || !(entry.replied || waits_on_others),
            Self::Mine => entry.assignee.as_ref().is_some_and(|who| me.contains(who)),
            Self::Unanswered => !entry.replied,
            Self::Due => when.is_some(),
            Self::Waiting => waits_on_others,
        }
    }
}

fn due(task: &Task) -> Option<i64> {
    task.due.or(task.promised)
}

/// How a mention stands in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What it weighs, with every term.
    pub priority: Priority,
    /// How soon it wants somebody: as a colleague chose it, else by weight.
    pub level: Level,
    /// Somebody chose that.
    pub is_chosen: bool,
    /// Milliseconds of working time until the first answer is late; below 0, how late it is. `None`: there is one.
    pub left: Option<i64>,
    /// All the time for it, milliseconds.
    pub allowed: i64,
    /// Milliseconds until it is due; below 0, how long it has been.
    pub due: Option<i64>,
}

impl Standing {
    /// Something should have been done already.
    pub fn is_overdue(&self) -> bool {
        self.priority.overdue || self.due.is_some_and(|left| left <= 0)
    }

    /// Less than a quarter of the time for the first answer is left.
    pub fn is_pressing(&self) -> bool {
        !self.is_overdue() && self.left.is_some_and(|left| left < self.allowed / 4)
    }

    /// What sorts a queue, first things first.
    fn rank(&self) -> (bool, std::cmp::Reverse<Level>, std::cmp::Reverse<Points>) {
        (!self.is_overdue(), std::cmp::Reverse(self.level), std::cmp::Reverse(self.priority.points))
    }

    /// Why it stands where it stands, a sentence for each term.
    pub fn why(&self) -> impl Iterator<Item = &Msg> {
        self.priority.terms.iter().map(|term| &term.msg)
    }
}

/// What the order of a queue depends on beside the mentions.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// How soon a team answers.
    pub service: &'a Service,
    /// The workspace's time zone.
    pub offset: Offset<'a>,
    /// UTC milliseconds.
    pub now: i64,
}

impl Rules<'_> {
    /// How a mention stands. `others`: its author has another open one.
    pub fn standing(&self, entry: &Entry, others: bool) -> Standing {
        let task = &entry.task;
        let class = task.class.unwrap_or(Class::Other);
        let waited = self.service.hours.between(task.asked_at, self.now, self.offset);
        let allowed = self.service.first_answer(class);
        let priority = priority(&Situation {
            severe: task.severe,
            followers: task.followers,
            reactions: task.reactions,
            waited: (!entry.replied).then_some(waited),
            first_response: Some(allowed),
            author_is_open: others,
            promised: due(task).is_some(),
            answered: entry.replied,
            ..Situation::new(class)
        });
        let chosen = entry.priority.map(|chosen| match chosen {
            Chosen::Low => Level::Low,
            Chosen::Medium => Level::Medium,
            Chosen::High => Level::High,
            Chosen::Urgent => Level::Urgent,
        });
        Standing {
            level: chosen.unwrap_or(priority.level),
            is_chosen: chosen.is_some(),
            allowed,
            left: (!entry.replied && class != Class::Spam).then(|| allowed - waited),
            due: due(task).map(|at| at - self.now),
            priority,
        }
    }

    /// How every open mention stands.
    pub fn standings(&self, entries: &[Entry]) -> HashMap<MentionKey, Standing> {
        let open = || entries.iter().filter(|entry| is_open(entry.status));
        let mut cases: HashMap<&str, Vec<&super::CaseId>> = HashMap::new();
        for entry in open() {
            let Some(author) = &entry.task.author else { continue };
            let of_author = cases.entry(author).or_default();
            if !of_author.contains(&&entry.case) {
                of_author.push(&entry.case);
            }
        }
        let has_others = |entry: &Entry| {
            entry.task.author.as_ref().and_then(|author| cases.get(author.as_str())).is_some_and(|all| all.len() > 1)
        };
        open().map(|entry| (entry.key.clone(), self.standing(entry, has_others(entry)))).collect()
    }
}

/// The places in `entries` that a view shows, in its order.
pub fn in_order(
    entries: &[Entry],
    standings: &HashMap<MentionKey, Standing>,
    view: View,
    me: &[String],
    now: i64,
) -> Vec<u32> {
    let mut found: Vec<(u32, &Entry, &Standing)> = entries
        .iter()
        .zip(0u32..)
        .filter(|(entry, _)| view.takes(entry, me, now))
        .filter_map(|(entry, place)| Some((place, entry, standings.get(&entry.key)?)))
        .collect();
    found.sort_by(|(_, a, of_a), (_, b, of_b)| {
        // Of two alike the one that has waited longer.
        let longest = || (a.task.asked_at, &a.key).cmp(&(b.task.asked_at, &b.key));
        match view {
            View::Snoozed => a.snoozed.cmp(&b.snoozed),
            View::Due => due(&a.task).cmp(&due(&b.task)),
            _ => of_a.rank().cmp(&of_b.rank()),
        }
        .then_with(longest)
    });
    found.into_iter().map(|(place, ..)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::CaseId;

    const HOUR: i64 = 3_600_000;
    const NOW: i64 = 1_795_392_000_000;

    fn entry(name: &str, class: Class, hours_ago: i64) -> Entry {
        let task = Task { asked_at: NOW - hours_ago * HOUR, class: Some(class), ..Task::default() };
        let mut entry = Entry::default();
        (entry.key, entry.case, entry.task) = (MentionKey(name.to_owned()), CaseId(name.to_owned()), task);
        entry
    }

    fn shown(entries: &[Entry], view: View) -> Vec<&str> {
        let service = Service::default();
        let rules = Rules { service: &service, offset: &|_| 0, now: NOW };
        let standings = rules.standings(entries);
        let found = in_order(entries, &standings, view, &["ana".to_owned()], NOW);
        found.into_iter().map(|place| entries[place as usize].key.0.as_str()).collect()
    }

    #[test]
    fn a_view_shows_what_it_says() {
        let base = || entry("x", Class::Complaint, 0);
        let with = |change: fn(&mut Entry)| {
            let mut entry = base();
            change(&mut entry);
            View::ALL
                .into_iter()
                .filter(|view| !shown(std::slice::from_ref(&entry), *view).is_empty())
                .collect::<Vec<_>>()
        };
        assert_eq!(with(|_| {}), [View::Now, View::Unanswered]);
        assert_eq!(with(|one| one.assignee = Some("ana".into())), [View::Now, View::Mine, View::Unanswered]);
        assert_eq!(with(|one| one.assignee = Some("ben".into())), [View::Now, View::Unanswered]);
        assert_eq!(with(|one| one.replied = true), []);
        assert_eq!(with(|one| one.department = Some("Legal".into())), [View::Unanswered, View::Waiting]);
        assert_eq!(with(|one| one.snoozed = Some(NOW + 1)), [View::Snoozed]);
        assert_eq!(with(|one| one.snoozed = Some(NOW)), [View::Now, View::Unanswered]);
        assert_eq!(with(|one| one.status = Status::NoAction), []);
        assert_eq!(with(|one| (one.replied, one.task.promised) = (true, Some(NOW + 1))), [View::Due]);
        assert_eq!(with(|one| (one.replied, one.task.due) = (true, Some(NOW))), [View::Now, View::Due]);
    }

    #[test]
    fn what_is_late_comes_first_then_what_weighs_more_then_what_waited_longer() {
        let mut severe = entry("burnt", Class::Crisis, 0);
        severe.task.severe = true;
        let late = entry("late praise", Class::Praise, 30);
        let mut chosen = entry("chosen", Class::Other, 1);
        chosen.priority = Some(Chosen::Urgent);
        let all = [entry("thanks", Class::Praise, 1), entry("older thanks", Class::Praise, 2), severe, late, chosen];
        assert_eq!(shown(&all, View::Now), ["late praise", "burnt", "chosen", "older thanks", "thanks"]);
        let mut first = entry("first", Class::Other, 1);
        first.task.due = Some(NOW + 1);
        let mut second = entry("second", Class::Crisis, 1);
        second.task.promised = Some(NOW + 2);
        assert_eq!(shown(&[second, first], View::Due), ["first", "second"]);
    }

    #[test]
    fn the_clock_of_a_first_answer_runs_from_the_post_in_working_time() {
        let service = Service {
            first_answer: vec![("complaint".into(), 120), ("praise".into(), 0)],
            hours: Hours { from: "09:00".into(), until: "17:00".into(), ..Hours::default() },
        };
        // NOW is midnight; it was asked at four in the afternoon, one working hour ago.
        let rules = Rules { service: &service, offset: &|_| 0, now: NOW };
        let complaint = rules.standing(&entry("x", Class::Complaint, 8), false);
        assert_eq!((complaint.left, complaint.is_overdue()), (Some(HOUR), false));
        let earlier = rules.standing(&entry("x", Class::Complaint, 10), false);
        assert_eq!((earlier.left, earlier.is_overdue()), (Some(-HOUR), true));
        let mut answered = entry("x", Class::Complaint, 10);
        answered.replied = true;
        assert_eq!(rules.standing(&answered, false).left, None);
        // No minutes are the usual ones.
        assert_eq!(service.first_answer(Class::Praise), 24 * HOUR);
    }

    #[test]
    fn another_open_case_of_the_same_author_weighs() {
        let of = |name: &str, author: &str| {
            let mut entry = entry(name, Class::Problem, 0);
            entry.task.author = Some(author.to_owned());
            entry
        };
        let mut same_case = of("c", "x marta");
        same_case.case = CaseId("d".into());
        let entries = [of("a", "x ana"), of("b", "x ana"), same_case, of("d", "x marta")];
        let service = Service::default();
        let standings = Rules { service: &service, offset: &|_| 0, now: NOW }.standings(&entries);
        let weighs =
            |place: usize| standings[&entries[place].key].priority.terms.iter().any(|term| term.id == "author_open");
        assert_eq!([0, 1, 2, 3].map(weighs), [true, true, false, false]);
    }
}
