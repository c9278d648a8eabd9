//! The report of a log: how a period went, beside the period of equal length before it.
//!
//! [`report`] takes the events, the days and a time zone, and gives figures ([`Figures`] defines each), the same ones by
//! network, department, person, tag, template and check, the hours at which mentions come in, and what waits longest for
//! an answer. Order and repetition of events change nothing. Sentiment, share of voice and business hours are
//! left out: the log does not know them.
//!
//! As JSON a report is stable: names are only added. Times end in `_ms`, rates in `_per_mille`; everything else counts.
//! [`markdown()`] is the same for people.

mod figures;
mod groups;
mod markdown;
mod period;
mod times;
mod view;

#[cfg(test)]
mod tests;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

pub use figures::{Figures, Unit};
pub use groups::{Group, Row, Use, Work};
pub use markdown::markdown;
pub use period::{Day, Period, Zone};
pub use times::Hours;

use super::{Event, Mention, Settings, Status};
use crate::site::post::Precision;
use groups::{groups, overrides, people, rows, templates};
use view::{View, Whole, arrived};

/// As many mentions are named that wait for an answer.
const LONGEST: usize = 10;

/// A report. [`report`] makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Time zone of all days and hours.
    pub time_zone: String,
    /// The days that it is about.
    pub period: Days,
    /// The days that they are compared with.
    pub previous: Days,
    /// The first day of the log; `None` when it is empty.
    pub log_begins: Option<String>,
    /// Every figure by its name: unit, value, the previous period's value, and the difference of both.
    pub figures: Compared,
    /// By network id.
    pub networks: Vec<Row<Group>>,
    /// By the department that the case had at the end.
    pub departments: Vec<Row<Group>>,
    /// By tag; mentions without one are not listed.
    pub tags: Vec<Row<Group>>,
    /// By person.
    pub people: Vec<Row<Work>>,
    /// By template.
    pub templates: Vec<Row<Use>>,
    /// How often each check of the send gate was overridden, by its id.
    pub overrides: Vec<Row<i64>>,
    /// When the period's mentions came in: published, else saved.
    pub hours: Hours,
    /// The mentions that wait longest for an answer at the end, at most ten.
    pub unanswered_longest: Vec<Waiting>,
}

/// The days of a period, the first and the last included, and their moments in UTC milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Days {
    pub first: String,
    pub last: String,
    /// The first moment of the first day.
    pub from_ms: i64,
    /// The first moment after the last day.
    pub until_ms: i64,
}

/// The figures of both periods. Those of a period that was over before the log began are absent, not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    now: Figures,
    before: Figures,
}

/// A figure of both periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Its name, as in [`Figures`].
    #[serde(skip)]
    pub name: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Its value; `None` when there was nothing to measure.
    pub value: Option<i64>,
    /// The previous period's.
    pub previous: Option<i64>,
    /// The value less the previous one, if both are there.
    pub change: Option<i64>,
}

impl Compared {
    /// Every figure, in the order of a report.
    pub fn list(&self) -> impl Iterator<Item = Figure> {
        let pairs = self.now.list().into_iter().zip(self.before.list());
        pairs.map(|((name, unit, value), (_, _, previous))| {
            let change = value.zip(previous).map(|(value, previous)| value - previous);
            Figure { name, unit, value, previous, change }
        })
    }
}

impl Serialize for Compared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for figure in self.list() {
            map.serialize_entry(figure.name, &figure)?;
        }
        map.end()
    }
}

/// A mention that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Waiting {
    pub permalink: String,
    pub network: String,
    /// The author's handle, else the name.
    pub handle: Option<String>,
    /// How long ago it had come in at the end of the period, or now while it lasts.
    pub age_ms: i64,
    pub status: Status,
    /// The name of whoever has the case.
    pub assignee: Option<String>,
}

/// The report of `events` over the days of `period`. `now`: UTC milliseconds; while the period lasts, ages are told and
/// cases are overdue as of now.
pub fn report(events: &[Event], period: Period, zone: &Zone, now: i64) -> Report {
    let whole = Whole::of(events);
    let settings = Settings::fold(whole.events.values().copied());
    let (span, span_before) = (period.span(zone), period.before().span(zone));
    let (at_end, at_start) = (whole.standing_at(span.end), whole.standing_at(span_before.end));
    let exists = |view: &View<'_>| whole.begins().is_some_and(|begins| begins < view.span.end);
    let view = View::new(&whole, &at_end, span, now);
    let before = View::new(&whole, &at_start, span_before, now);
    let had_begun = exists(&before);

    let network = |mention: &Mention| vec![Some(mention.network.clone())];
    let department = |mention: &Mention| vec![mention.department.clone()];
    let tags = |mention: &Mention| mention.tags().map(|tag| Some(tag.to_owned())).collect::<Vec<_>>();
    let by = |names: &dyn Fn(&Mention) -> Vec<Option<String>>| {
        let earlier = had_begun.then(|| groups(&before, names));
        rows(groups(&view, names), earlier, |group| (group.mentions, group.open_cases))
    };
    let figures = |view: &View<'_>| if exists(view) { Figures::of(view) } else { Figures::default() };
    Report {
        time_zone: zone.name.to_owned(),
        period: Days::of(period, &view),
        previous: Days::of(period.before(), &before),
        log_begins: whole.begins().map(|ms| Day::at(ms, zone).iso()),
        figures: Compared { now: figures(&view), before: figures(&before) },
        networks: by(&network),
        departments: by(&department),
        tags: by(&tags),
        people: rows(people(&view, &settings), had_begun.then(|| people(&before, &settings)), |work| {
            (work.replies, work.open_cases)
        }),
        templates: rows(templates(&view, &settings), had_begun.then(|| templates(&before, &settings)), |one| {
            (one.mentions, one.settled)
        }),
        overrides: rows(overrides(&view), had_begun.then(|| overrides(&before)), |count| *count),
        hours: hours(&view, zone),
        unanswered_longest: longest(&view, &settings),
    }
}

/// The first day of a log, where its report may begin; `None` when it is empty.
pub fn first_day(events: &[Event], zone: &Zone) -> Option<Day> {
    events.iter().map(Event::at).min().map(|ms| Day::at(ms, zone))
}

impl Days {
    fn of(period: Period, view: &View<'_>) -> Self {
        let (from_ms, until_ms) = (view.span.start, view.span.end);
        Self { first: period.first.iso(), last: period.last.iso(), from_ms, until_ms }
    }
}

fn hours(view: &View<'_>, zone: &Zone) -> Hours {
    let mut hours = Hours::default();
    for mention in view.saved.iter().map(|one| one.mention) {
        match mention.post().and_then(|post| post.published) {
            Some(published) if published.precision == Precision::Day => hours.hour_unknown += 1,
            _ => hours.count(arrived(mention), zone),
        }
    }
    hours
}

fn longest(view: &View<'_>, settings: &Settings) -> Vec<Waiting> {
    let waiting = |mention: &Mention| {
        let post = mention.post()?;
        Some(Waiting {
            permalink: post.permalink.clone(),
            network: mention.network.clone(),
            handle: post.author.handle.clone().or_else(|| post.author.name.clone()),
            age_ms: (view.end - arrived(mention)).max(0),
            status: mention.status,
            assignee: mention.assignee.as_deref().map(|user| settings.name(user)),
        })
    };
    view.unanswered().into_iter().filter_map(waiting).take(LONGEST).collect()
}
