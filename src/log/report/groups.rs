//! The figures apart: by network, department, person, tag, template and check.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::figures::{Rate, count};
use super::times::median;
use super::view::{Incoming, Thread, View, is_settled};
use crate::log::{Body, Mention, Settings};

/// What two periods have in common, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<T> {
    /// What the row is about; `None` = the mentions or cases that have none.
    pub name: Option<String>,
    /// The period of the report.
    pub now: T,
    /// The one before; `None` when the log began after it.
    pub before: Option<T>,
}

/// Mentions of one network, department or tag. A mention with several tags counts for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// As [`Figures::mentions`](super::Figures::mentions).
    pub mentions: i64,
    /// As [`Figures::wanted_answer`](super::Figures::wanted_answer).
    pub wanted_answer: i64,
    /// As [`Figures::answered`](super::Figures::answered).
    pub answered: i64,
    /// As [`Figures::response_rate_per_mille`](super::Figures::response_rate_per_mille).
    pub response_rate_per_mille: Option<i64>,
    /// As [`Figures::first_response_median_ms`](super::Figures::first_response_median_ms).
    pub first_response_median_ms: Option<i64>,
    /// As [`Figures::open_cases`](super::Figures::open_cases): cases with any mention of the group.
    pub open_cases: i64,
}

/// What one person has and did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// Open cases at the end that are theirs; those of nobody have no name.
    pub open_cases: i64,
    /// Confirmed replies of the period that they sent with Rejoinder. Of replies outside it nobody knows who wrote them.
    pub replies: i64,
}

/// What came of one template, as [`Outcomes`](crate::log::Outcomes) counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Use {
    /// Mentions that were answered with it within the period, each once.
    pub mentions: i64,
    /// Those of them whose case is settled at the end of the period.
    pub settled: i64,
}

type Named<T> = BTreeMap<Option<String>, T>;

/// Groups of mentions by whatever `names` says of each.
pub(super) fn groups(view: &View<'_>, names: impl Fn(&Mention) -> Vec<Option<String>>) -> Named<Group> {
    let mut saved: Named<Vec<&Incoming<'_>>> = BTreeMap::new();
    for one in &view.saved {
        for name in names(one.mention) {
            saved.entry(name).or_default().push(one);
        }
    }
    let mut open: Named<usize> = BTreeMap::new();
    for thread in view.cases.iter().filter(|thread| thread.is_open()) {
        let its: BTreeSet<_> = thread.mentions.iter().flat_map(|mention| names(mention)).collect();
        for name in its {
            saved.entry(name.clone()).or_default();
            *open.entry(name).or_default() += 1;
        }
    }
    let group = |(name, saved): (Option<String>, Vec<&Incoming<'_>>)| {
        let rate = Rate::of(&mut saved.iter().copied());
        let group = Group {
            mentions: number(rate.mentions),
            wanted_answer: number(rate.wanted_answer),
            answered: number(rate.answered),
            response_rate_per_mille: rate.per_mille(),
            first_response_median_ms: median(saved.iter().filter_map(|one| one.response()).collect()),
            open_cases: number(open.get(&name).copied().unwrap_or_default()),
        };
        (name, group)
    };
    saved.into_iter().map(group).collect()
}

/// Work by the names people go by, since a case may be assigned to a name or to a user.
pub(super) fn people(view: &View<'_>, settings: &Settings) -> Named<Work> {
    let mut all: Named<Work> = BTreeMap::new();
    for thread in view.cases.iter().filter(|thread| thread.is_open()) {
        let name = thread.case.and_then(|case| case.assignee()).map(|user| settings.name(user));
        all.entry(name).or_default().open_cases += 1;
    }
    for (_, reply) in view.replies().into_iter().filter(|(_, reply)| reply.confirmed && !reply.outside) {
        all.entry(Some(settings.name(&reply.by))).or_default().replies += 1;
    }
    all
}

/// Uses by the template's title, else its id: the ones that come with Rejoinder have no title in the log.
pub(super) fn templates(view: &View<'_>, settings: &Settings) -> Named<Use> {
    let settled: BTreeSet<_> = view.cases.iter().filter(|thread| is_settled(thread.status())).flat_map(keys).collect();
    let replies = view.replies().into_iter().filter(|(_, reply)| reply.confirmed);
    let used = replies.filter_map(|(mention, reply)| Some((reply.template.as_deref()?, &mention.key)));
    let mut all: Named<Use> = BTreeMap::new();
    for (template, mention) in used.collect::<BTreeSet<_>>() {
        let title =
            settings.item("template", template).and_then(|one| one.get("title")).and_then(|title| title.as_str());
        let one = all.entry(Some(title.unwrap_or(template).to_owned())).or_default();
        one.mentions += 1;
        one.settled += i64::from(settled.contains(mention));
    }
    all
}

fn keys<'v>(thread: &'v Thread<'_>) -> impl Iterator<Item = &'v crate::log::MentionKey> {
    thread.mentions.iter().map(|mention| &mention.key)
}

/// How often each check of the send gate was overridden, by its id. One send may override several.
pub(super) fn overrides(view: &View<'_>) -> Named<i64> {
    let mut all: Named<i64> = BTreeMap::new();
    for (_, body) in view.whole.events_of(&view.span) {
        let Body::Overrode(overrode) = body else { continue };
        for check in overrode.checks.into_iter().collect::<BTreeSet<_>>() {
            *all.entry(Some(check)).or_default() += 1;
        }
    }
    all
}

/// Both periods side by side: what weighs most at the top, what has no name at the end.
pub(super) fn rows<T: Default, W: Ord>(
    now: Named<T>,
    before: Option<Named<T>>,
    weight: impl Fn(&T) -> W,
) -> Vec<Row<T>> {
    let is_known = before.is_some();
    let mut both: Named<(T, T)> = now.into_iter().map(|(name, now)| (name, (now, T::default()))).collect();
    for (name, before) in before.into_iter().flatten() {
        both.entry(name).or_default().1 = before;
    }
    let row = |(name, (now, before))| Row { name, now, before: Some(before).filter(|_| is_known) };
    let mut rows: Vec<Row<T>> = both.into_iter().map(row).collect();
    rows.sort_by(|a, b| (a.name.is_none(), weight(&b.now)).cmp(&(b.name.is_none(), weight(&a.now))));
    rows
}

fn number(of: usize) -> i64 {
    count(of).unwrap_or(i64::MAX)
}
