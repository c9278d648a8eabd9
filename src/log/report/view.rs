//! The log as a report looks at it: what came in and went out within a period, and how things stood at its end.
//!
//! Two folds are looked at. The *whole* one holds everything that is known today: late events and what was taken back.
//! The one *at the end* holds what had happened by then, so that last month's report stays the same next month; only
//! what was taken back, erased or joined later counts there as well, since it should never have counted.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::log::mention::Reply;
use crate::log::{Body, Case, CaseId, Event, EventId, Fold, Mention, MentionKey, Status, fold};
use crate::site::post::Precision;

/// Everything that is known of a log, ready to be looked at for any period.
pub(super) struct Whole<'a> {
    /// Each event once, in the order of the clocks.
    pub events: BTreeMap<&'a EventId, &'a Event>,
    pub fold: Fold,
    undone: BTreeSet<EventId>,
    /// Replies that left before the send gate could look at them, as a folded reply can be told by.
    unchecked: BTreeSet<(MentionKey, String, i64, bool)>,
}

impl<'a> Whole<'a> {
    pub fn of(events: &'a [Event]) -> Self {
        let mut all = BTreeMap::new();
        for event in events {
            all.entry(&event.id).or_insert(event);
        }
        let fold = fold(all.values().copied());
        let (mut undone, mut unchecked) = (BTreeSet::new(), BTreeSet::new());
        for event in all.values() {
            let mention = || event.m.as_ref().and_then(|m| fold.mention(m)).map(|mention| mention.key.clone());
            match event.body() {
                Some(Body::Undone(body)) => drop(undone.insert(body.event)),
                Some(Body::Replied(body)) if body.unchecked => {
                    let at = body.published.unwrap_or(event.at());
                    unchecked.extend(mention().map(|key| (key, event.by.clone(), at, true)));
                }
                Some(Body::ReplyUnconfirmed(body)) if body.unchecked => {
                    unchecked.extend(mention().map(|key| (key, event.by.clone(), event.at(), false)));
                }
                _ => {}
            }
        }
        Self { events: all, fold, undone, unchecked }
    }

    /// When the log begins; `None` of an empty one.
    pub fn begins(&self) -> Option<i64> {
        self.events.values().map(|event| event.at()).min()
    }

    /// The log as it stood right before a UTC millisecond.
    pub fn standing_at(&self, end: i64) -> Fold {
        let corrects = |event: &Event| matches!(event.t.as_str(), "undone" | "erased" | "aliased");
        fold(self.events.values().copied().filter(|event| event.at() < end || corrects(event)))
    }

    pub fn is_unchecked(&self, mention: &Mention, reply: &Reply) -> bool {
        self.unchecked.contains(&(mention.key.clone(), reply.by.clone(), reply.at, reply.confirmed))
    }

    /// Events of the period that count: not taken back, and not about an erased mention.
    pub fn events_of(&self, span: &Range<i64>) -> impl Iterator<Item = (&'a Event, Body)> {
        let counts = |event: &Event| {
            let mention = event.m.as_ref().and_then(|m| self.fold.mention(m));
            span.contains(&event.at()) && !self.undone.contains(&event.id) && mention.is_none_or(|m| !m.erased)
        };
        self.events
            .values()
            .copied()
            .filter(move |event| counts(event))
            .filter_map(|event| Some((event, event.body()?)))
    }

    /// Mentions that were erased within the period.
    pub fn erased(&self, span: &Range<i64>) -> usize {
        let erased = self.events.values().filter(|event| event.t == "erased" && span.contains(&event.at()));
        let keys = erased.filter_map(|event| Some(&self.fold.mention(event.m.as_ref()?)?.key));
        keys.collect::<BTreeSet<_>>().len()
    }
}

/// One period.
pub(super) struct View<'a> {
    pub whole: &'a Whole<'a>,
    pub span: Range<i64>,
    /// The end, or now while the period lasts.
    pub end: i64,
    /// The mentions that were saved within the period.
    pub saved: Vec<Incoming<'a>>,
    /// Every case with a mention that was in the log at the end.
    pub cases: Vec<Thread<'a>>,
}

/// A mention, and what became of it until the end of the period.
pub(super) struct Incoming<'a> {
    pub mention: &'a Mention,
    /// When somebody is known to have answered first.
    pub answered_at: Option<i64>,
}

/// A case at the end of the period.
pub(super) struct Thread<'a> {
    pub case: Option<&'a Case>,
    /// Its mentions, the one that came first at the front.
    pub mentions: Vec<&'a Mention>,
}

impl<'a> View<'a> {
    pub fn new(whole: &'a Whole<'a>, at_end: &'a Fold, span: Range<i64>, now: i64) -> Self {
        let until = span.end;
        let listed = at_end.listed();
        let is_new = |mention: &&&Mention| mention.saved_at.is_some_and(|at| span.contains(&at));
        let saved = listed.iter().filter(is_new).map(|mention| Incoming::of(mention, whole, until)).collect();
        let mut threads: BTreeMap<&CaseId, Vec<&Mention>> = BTreeMap::new();
        for mention in &listed {
            threads.entry(&mention.case).or_default().push(mention);
        }
        let thread = |(id, mut mentions): (&CaseId, Vec<&'a Mention>)| {
            mentions.sort_by_key(|mention| (arrived(mention), mention.key.clone()));
            Thread { case: at_end.case(id), mentions }
        };
        let cases = threads.into_iter().map(thread).collect();
        Self { whole, end: until.min(now), span, saved, cases }
    }

    /// What went out within the period, and to whom: replies as they are known today.
    pub fn replies(&self) -> Vec<(&'a Mention, &'a Reply)> {
        let each = |mention: &'a Mention| mention.replies().map(move |reply| (mention, reply));
        let all = self.whole.fold.listed().into_iter().flat_map(each);
        all.filter(|(_, reply)| self.span.contains(&reply.at)).collect()
    }

    /// Mentions that wait for an answer at the end, whenever they came: neither answered nor settled, nor gone on with in
    /// private. The one that waits longest at the front.
    pub fn unanswered(&self) -> Vec<&'a Mention> {
        let open = self.cases.iter().filter(|thread| thread.is_open() && thread.status() != Status::MovedToDm);
        let mentions = open.flat_map(|thread| thread.mentions.iter().copied());
        let waits = |mention: &&Mention| Incoming::of(mention, self.whole, self.span.end).answered_at.is_none();
        let mut all: Vec<_> = mentions.filter(waits).collect();
        all.sort_by_key(|mention| (arrived(mention), mention.key.clone()));
        all
    }
}

impl<'a> Incoming<'a> {
    fn of(mention: &'a Mention, whole: &Whole<'_>, until: i64) -> Self {
        // Replies that are known today may have been published before they were noticed.
        let known = whole.fold.mention(&mention.key);
        let replies = known.into_iter().flat_map(Mention::replies).filter(|reply| reply.confirmed);
        Self { mention, answered_at: replies.map(|reply| reply.at).filter(|at| *at < until).min() }
    }

    /// An answer was to be expected, or given: its case does not say that no action is needed.
    pub fn wants_answer(&self) -> bool {
        self.answered_at.is_some() || self.mention.status != Status::NoAction
    }

    /// From its arrival to the first answer, in ms; `None` without one, and where the answer is older than all that is known
    /// of the mention's arrival.
    pub fn response(&self) -> Option<i64> {
        Some(self.answered_at? - arrived(self.mention)).filter(|ms| *ms >= 0)
    }

    /// Nobody knows its arrival to the minute.
    pub fn is_coarse(&self) -> bool {
        let published = self.mention.post().and_then(|post| post.published);
        published.is_none_or(|published| published.precision > Precision::Minute)
    }
}

impl Thread<'_> {
    pub fn status(&self) -> Status {
        self.case.map(Case::status).unwrap_or_default()
    }

    pub fn is_open(&self) -> bool {
        !is_settled(self.status())
    }

    /// When its first mention came in.
    pub fn began(&self) -> i64 {
        self.mentions.first().map_or(0, |mention| arrived(mention))
    }

    /// When it was settled for good, as far as the end of the period: the first `resolved` or `no_action` after which no
    /// other status was set.
    pub fn settled_at(&self) -> Option<i64> {
        let case = self.case.filter(|_| !self.is_open())?;
        let (stands, _) = case.status.standing(&case.undone).into_iter().next()?;
        let live = case.status.history().filter(|(id, _)| !case.undone.contains(*id));
        let settled = live.skip_while(|(id, _)| *id != stands).take_while(|(_, set)| is_settled(set.value));
        settled.last().map(|(_, set)| set.at)
    }

    /// Within `span` it was opened again after it had been settled.
    pub fn is_reopened(&self, span: &Range<i64>) -> bool {
        let Some(case) = self.case else { return false };
        let live = case.status.history().filter(|(id, _)| !case.undone.contains(*id));
        let newest_first: Vec<_> = live.map(|(_, set)| set).collect();
        newest_first
            .windows(2)
            .any(|pair| is_settled(pair[1].value) && !is_settled(pair[0].value) && span.contains(&pair[0].at))
    }
}

/// Nothing more is to be done.
pub(super) fn is_settled(status: Status) -> bool {
    matches!(status, Status::Resolved | Status::NoAction)
}

/// When a mention came: published, else saved. Nothing is saved before it is published, whatever a page rounds.
pub(super) fn arrived(mention: &Mention) -> i64 {
    let saved = mention.saved_at.unwrap_or_default();
    let published = mention.post().and_then(|post| post.published);
    published.map_or(saved, |published| published.at.min(saved))
}
