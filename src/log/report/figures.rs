//! The figures of a period, each with its definition.
//!
//! A figure is a whole number, or absent: where nothing was there to be measured it is `None`, never zero. Times are plain
//! time, nights and weekends included, since a workspace has no business hours yet.

use serde::Serialize;

use super::times::{median, p90};
use super::view::{Incoming, Thread, View};
use crate::log::Status;
use crate::log::body::{Body, Decision};
use crate::log::look::{Look, Said};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Mentions, cases, replies, …, as the figure's name says.
    Count,
    /// Milliseconds.
    Ms,
    /// Thousandths: 875 is 87.5 %.
    PerMille,
}

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident: $unit:ident,)*) => {
        /// The figures of one period.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Figures { $($(#[$doc])* pub $name: Option<i64>,)* }

        impl Figures {
            /// Every figure: name, unit and value, in the order of a report.
            pub fn list(&self) -> Vec<(&'static str, Unit, Option<i64>)> {
                vec![$((stringify!($name), Unit::$unit, self.$name),)*]
            }
        }
    };
}

figures! {
    /// Mentions that were saved first within the period and are still in the log.
    mentions: Count,
    /// Those of `mentions` that wanted an answer: all but those whose case stood at *no action* at the end of the period
    /// without an answer.
    wanted_answer: Count,
    /// Those of `mentions` with a confirmed reply before the end of the period, also one that was only seen or noted
    /// (*outside*). So both periods gave the same time for it.
    answered: Count,
    /// `wanted_answer` less `answered`.
    unanswered: Count,
    /// `answered` ÷ `wanted_answer`. Absent when none wanted an answer.
    response_rate_per_mille: PerMille,
    /// First response time, as help desks count it: from when a mention was published, else saved, to its first
    /// confirmed reply; the median over `answered`. A reply that is older than all that is known of the mention's arrival
    /// is left out. A reply outside Rejoinder counts from when it was published, as far as that was seen, else noted.
    first_response_median_ms: Ms,
    /// The same: nine of ten took no longer (nearest rank).
    first_response_p90_ms: Ms,
    /// As many of the first response times begin at a time that no page showed to the minute.
    first_response_coarse: Count,
    /// Cases that were settled (*resolved* or *no action*) within the period and stayed so until its end. A case that was
    /// opened and settled again counts once, where it was settled last.
    resolved_cases: Count,
    /// From when the first mention of such a case came in to when it was settled; the median.
    resolution_median_ms: Ms,
    /// Cases that were opened again within the period after they had been settled, in the order of the clocks.
    reopened_cases: Count,
    /// Cases that were not settled at the end, whenever they came in.
    open_cases: Count,
    /// Those that stood at *new*.
    open_cases_new: Count,
    /// Those that stood at *open*.
    open_cases_open: Count,
    /// Those that stood at *pending*.
    open_cases_pending: Count,
    /// Those that stood at *waiting*.
    open_cases_waiting: Count,
    /// Those that stood at *moved to DM*.
    open_cases_moved_to_dm: Count,
    /// How long ago the first mention of the oldest open case had come in at the end of the period, or now while it lasts.
    oldest_open_ms: Ms,
    /// Open cases that were due before the end of the period, or before now while it lasts.
    overdue_cases: Count,
    /// Cases on whose status, assignee or department two people had not settled at the end.
    disputed_cases: Count,
    /// Confirmed replies of the period to mentions in the log: also those seen or noted outside Rejoinder, by when they were
    /// published as far as that was seen.
    replies: Count,
    /// Those of `replies` that were written outside Rejoinder.
    replies_outside: Count,
    /// Replies, confirmed or not, that left before the send gate could look at them.
    replies_unchecked: Count,
    /// Replies that were sent, but whose arrival no page has shown so far. Not among `replies`.
    replies_unconfirmed: Count,
    /// Times that something was sent although the send gate held it.
    overrides: Count,
    /// Replies of the period that a colleague was asked to look at; one that its author replaced counts again.
    looks_asked: Count,
    /// Those of them that somebody had approved as they were by the end of the period.
    looks_approved: Count,
    /// Those of them that somebody had changed by then.
    looks_changed: Count,
    /// From asking to the first approval, change or comment; the median over those of them that had one by then.
    looks_wait_median_ms: Ms,
    /// Replies of the period that their author kept for later without asking anybody.
    drafts_kept: Count,
    /// Mentions that were erased within the period. They count in no other figure, nor in those of earlier periods.
    erased: Count,
}

impl Figures {
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut figures = Self::default();
        figures.count_mentions(view);
        figures.count_cases(view);
        figures.count_replies(view);
        figures.count_looks(view);
        figures.erased = count(view.whole.erased(&view.span));
        figures
    }

    fn count_mentions(&mut self, view: &View<'_>) {
        let rate = Rate::of(&mut view.saved.iter());
        let timed = || view.saved.iter().filter(|one| one.response().is_some());
        let responses = || timed().filter_map(|one| one.response()).collect();
        self.mentions = count(rate.mentions);
        self.wanted_answer = count(rate.wanted_answer);
        self.answered = count(rate.answered);
        self.unanswered = count(rate.wanted_answer - rate.answered);
        self.response_rate_per_mille = rate.per_mille();
        self.first_response_median_ms = median(responses());
        self.first_response_p90_ms = p90(responses());
        self.first_response_coarse = count(timed().filter(|one| one.is_coarse()).count());
    }

    fn count_cases(&mut self, view: &View<'_>) {
        let settled = view.cases.iter().filter_map(|thread| Some((thread, thread.settled_at()?)));
        let settled: Vec<_> = settled.filter(|(_, at)| view.span.contains(at)).collect();
        let took = |(thread, at): &(&Thread<'_>, i64)| Some(at - thread.began()).filter(|ms| *ms >= 0);
        self.resolved_cases = count(settled.len());
        self.resolution_median_ms = median(settled.iter().filter_map(took).collect());
        self.reopened_cases = count(view.cases.iter().filter(|thread| thread.is_reopened(&view.span)).count());

        let open = || view.cases.iter().filter(|thread| thread.is_open());
        let standing = |status| count(open().filter(|thread| thread.status() == status).count());
        self.open_cases = count(open().count());
        self.open_cases_new = standing(Status::New);
        self.open_cases_open = standing(Status::Open);
        self.open_cases_pending = standing(Status::Pending);
        self.open_cases_waiting = standing(Status::Waiting);
        self.open_cases_moved_to_dm = standing(Status::MovedToDm);
        self.oldest_open_ms = open().map(Thread::began).min().map(|began| (view.end - began).max(0));
        let is_overdue =
            |thread: &&Thread<'_>| thread.case.and_then(|case| case.due()).is_some_and(|due| due < view.end);
        self.overdue_cases = count(open().filter(is_overdue).count());
        let is_disputed = |thread: &&Thread<'_>| thread.case.is_some_and(|case| !case.disputed().is_empty());
        self.disputed_cases = count(view.cases.iter().filter(is_disputed).count());
    }

    fn count_replies(&mut self, view: &View<'_>) {
        let all = view.replies();
        let confirmed = || all.iter().filter(|(_, reply)| reply.confirmed);
        self.replies = count(confirmed().count());
        self.replies_outside = count(confirmed().filter(|(_, reply)| reply.outside).count());
        let is_unchecked = |(mention, reply): &&(&_, &_)| view.whole.is_unchecked(mention, reply);
        self.replies_unchecked = count(all.iter().filter(is_unchecked).count());
        self.replies_unconfirmed = count(all.len() - confirmed().count());
        let overrode = |(_, body): &(_, Body)| matches!(body, Body::Overrode(_));
        self.overrides = count(view.whole.events_of(&view.span).filter(overrode).count());
    }

    fn count_looks(&mut self, view: &View<'_>) {
        let listed = view.whole.fold.listed();
        let all: Vec<Look> = listed.into_iter().flat_map(|mention| mention.looks()).collect();
        let (kept, asked): (Vec<_>, Vec<_>) =
            all.into_iter().filter(|look| view.span.contains(&look.at)).partition(|look| look.draft.kept);
        let decided = |look: &Look, is_it: fn(&Said) -> bool| {
            let until = view.span.end;
            look.said.iter().filter(|said| said.at < until && is_it(said)).map(|said| said.at).min()
        };
        let having =
            |is_it: fn(&Said) -> bool| count(asked.iter().filter(|look| decided(look, is_it).is_some()).count());
        let wait = |look: &Look| {
            let at = decided(look, |said| said.decision != Decision::Withdrawn)?;
            Some(at - look.at).filter(|ms| *ms >= 0)
        };
        self.looks_asked = count(asked.len());
        self.looks_approved = having(|said| said.stands && said.decision == Decision::Approved);
        self.looks_changed = having(|said| said.stands && said.decision == Decision::Changed);
        self.looks_wait_median_ms = median(asked.iter().filter_map(wait).collect());
        self.drafts_kept = count(kept.len());
    }
}

/// How many of some mentions were answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rate {
    pub mentions: usize,
    pub wanted_answer: usize,
    pub answered: usize,
}

impl Rate {
    pub fn of<'v, 'm: 'v>(saved: &mut dyn Iterator<Item = &'v Incoming<'m>>) -> Self {
        let mut rate = Self::default();
        for one in saved {
            rate.mentions += 1;
            rate.wanted_answer += usize::from(one.wants_answer());
            rate.answered += usize::from(one.answered_at.is_some());
        }
        rate
    }

    /// Answered of those that wanted an answer, rounded; `None` when none did.
    pub fn per_mille(self) -> Option<i64> {
        let share = (2 * self.answered * 1000 + self.wanted_answer).checked_div(2 * self.wanted_answer)?;
        count(share)
    }
}

/// A number of things as a figure.
pub(super) fn count(number: usize) -> Option<i64> {
    i64::try_from(number).ok()
}
