//! Finding mentions: filters, words, newest first, a page at a time.
//!
//! A list works on slim [`Entry`]s made once from the records, in slices; the records of a page are read when it is
//! shown. Nothing here knows where records are kept.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::look::Stage;
use super::queue::Task;
use super::{CaseId, Look, Mention, MentionKey, Priority, Status};
use crate::ordered::sort;
use crate::text::fold::{self, words_into};

/// What is asked. The default finds everything.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words that must all be there; of the last one the beginning is enough.
    pub words: String,
    /// One of these; empty = any.
    pub status: Vec<Status>,
    /// Whose.
    pub assignee: Pick,
    /// Whose turn.
    pub department: Pick,
    /// Network id; `None` = any.
    pub network: Option<String>,
    /// How soon it wants somebody.
    pub priority: Option<Priority>,
    /// Resting (true) or awake at that moment, UTC milliseconds.
    pub rests: Option<(bool, i64)>,
    /// Flagged or not.
    pub flag: Option<bool>,
    /// Answered or not.
    pub replied: Option<bool>,
    /// With a reply that waits for a look of somebody who goes by these names; empty = any.
    pub look: Vec<String>,
    /// Saved at or after, UTC milliseconds.
    pub from: Option<i64>,
    /// Saved before, UTC milliseconds.
    pub until: Option<i64>,
}

/// A choice of a field that may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// Any value, or none.
    #[default]
    Any,
    /// No value.
    None,
    /// This value.
    One(String),
}

impl Pick {
    fn takes(&self, value: Option<&str>) -> bool {
        match self {
            Self::Any => true,
            Self::None => value.is_none(),
            Self::One(wanted) => value == Some(wanted),
        }
    }
}

/// A mention as lists and searches hold it in memory.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Entry {
    pub key: MentionKey,
    pub case: CaseId,
    pub saved_at: i64,
    pub network: String,
    pub status: Status,
    pub assignee: Option<String>,
    pub department: Option<String>,
    pub priority: Option<Priority>,
    pub snoozed: Option<i64>,
    pub flag: bool,
    pub replied: bool,
    /// What it asks for, where a work queue is made of the entries.
    pub task: Task,
    /// Replies that wait for a look.
    pub waiting: Vec<Look>,
    words: String,
    /// What is alike in two posts of one person with the same words: those with the name, those with the handle. Empty for
    /// words that many people say.
    alike: [Option<u64>; 2],
}

/// Shorter texts are said by many.
const TELLING: usize = 24;

impl Entry {
    /// The entry of a mention; `None` when it is not in the log.
    pub fn of(mention: &Mention) -> Option<Self> {
        let saved_at = mention.saved_at?;
        let post = mention.post()?;
        let mut words = String::with_capacity(post.text.len() + 64);
        for text in [post.author.name.as_deref(), post.author.handle.as_deref(), Some(&post.text)].into_iter().flatten()
        {
            words_into(&mut words, text);
        }
        for note in mention.notes() {
            words_into(&mut words, &note.text);
        }
        words_into(&mut words, &mention.case.number());
        words.shrink_to_fit();
        let text = fold::words(&post.text);
        let alike = [post.author.name.as_deref(), post.author.handle.as_deref()].map(|person| {
            let person = fold::words(person?);
            (text.chars().count() >= TELLING && !person.trim().is_empty()).then(|| hash(&(&person, &text)))
        });
        Some(Self {
            key: mention.key.clone(),
            case: mention.case.clone(),
            alike,
            saved_at,
            network: mention.network.clone(),
            status: mention.status,
            assignee: mention.assignee.clone(),
            department: mention.department.clone(),
            priority: mention.priority,
            snoozed: mention.snoozed,
            flag: mention.flag,
            replied: mention.is_replied(),
            task: Task::default(),
            waiting: mention.looks().into_iter().filter(|look| look.stage == Stage::Waiting).collect(),
            words,
        })
    }

    /// A reply waits here for a look of somebody who goes by these names.
    pub fn waits_for(&self, me: &[String]) -> bool {
        self.waiting.iter().any(|look| look.waits_for(me))
    }

    /// The same person seems to have said the same elsewhere: words and name, or words and handle, are the same.
    pub fn is_echo_of(&self, other: &Self) -> bool {
        self.key != other.key && self.alike.iter().zip(&other.alike).any(|(a, b)| a.is_some() && a == b)
    }

    /// Where it stands in a list.
    pub fn place(&self) -> Place {
        Place { saved_at: self.saved_at, key: self.key.clone() }
    }
}

/// Equal for what is equal, while this program runs.
fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// A place in the list, newest first: what a next page starts after. It stays right while mentions come and go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Place {
    pub saved_at: i64,
    pub key: MentionKey,
}

/// A query made ready.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    query: &'a Query,
    words: Vec<String>,
}

impl Query {
    /// Makes the query ready for many entries.
    pub fn matcher(&self) -> Matcher<'_> {
        let text = fold::words(&self.words);
        let mut words: Vec<String> = text.split_whitespace().map(|word| format!(" {word} ")).collect();
        // Who still types has not finished the last word; who typed a space has.
        if let Some(last) = words.last_mut().filter(|_| !self.words.ends_with(char::is_whitespace)) {
            last.pop();
        }
        // The longest word is the rarest.
        sort(&mut words, |a, b| b.len().cmp(&a.len()));
        Matcher { query: self, words }
    }

    /// At most `limit` entries after `place`, newest first, of entries in any order, and where to go on; `None` at the
    /// end of the list.
    pub fn page<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e Entry>,
        place: Option<&Place>,
        limit: usize,
    ) -> (Vec<&'e Entry>, Option<Place>) {
        let matcher = self.matcher();
        let after = |entry: &Entry| place.is_none_or(|p| (p.saved_at, &entry.key) > (entry.saved_at, &p.key));
        let mut found: Vec<&Entry> = entries.into_iter().filter(|e| after(e) && matcher.takes(e)).collect();
        let by_place = |a: &&Entry, b: &&Entry| (b.saved_at, &a.key).cmp(&(a.saved_at, &b.key));
        let more = found.len() > limit;
        if more && limit > 0 {
            found.select_nth_unstable_by(limit - 1, by_place);
        }
        found.truncate(limit);
        found.sort_unstable_by(by_place);
        let next = found.last().filter(|_| more).map(|entry| entry.place());
        (found, next)
    }

    /// How many entries the query finds.
    pub fn count<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> usize {
        let matcher = self.matcher();
        entries.into_iter().filter(|entry| matcher.takes(entry)).count()
    }
}

impl Matcher<'_> {
    /// The entry is asked for.
    pub fn takes(&self, entry: &Entry) -> bool {
        let q = self.query;
        (q.status.is_empty() || q.status.contains(&entry.status))
            && q.priority.is_none_or(|priority| Some(priority) == entry.priority)
            && q.rests.is_none_or(|(rests, now)| rests == entry.snoozed.is_some_and(|until| until > now))
            && q.flag.is_none_or(|flag| flag == entry.flag)
            && q.replied.is_none_or(|replied| replied == entry.replied)
            && (q.look.is_empty() || entry.waits_for(&q.look))
            && q.from.is_none_or(|from| entry.saved_at >= from)
            && q.until.is_none_or(|until| entry.saved_at < until)
            && q.network.as_ref().is_none_or(|network| *network == entry.network)
            && q.assignee.takes(entry.assignee.as_deref())
            && q.department.takes(entry.department.as_deref())
            && self.words.iter().all(|word| entry.words.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: i64, text: &str) -> Entry {
        Entry {
            key: MentionKey(format!("{n:032x}")),
            saved_at: n / 2,
            words: format!(" {} ", fold::words(text)),
            ..Entry::default()
        }
    }

    #[track_caller]
    fn check(words: &str, text: &str, expect: bool) {
        let query = Query { words: words.into(), ..Query::default() };
        assert_eq!(query.matcher().takes(&entry(1, text)), expect, "{words:?} in {text:?}");
    }

    #[test]
    fn all_words_must_be_there_and_the_last_may_be_begun() {
        check("", "anything", true);
        check("café", "El CAFE llegó", true);
        check("llego el", "El café llegó", true);
        check("lle", "El café llegó", true);
        check("lle ", "El café llegó", false);
        check("lle cafe", "El café llegó", false);
        check("legó", "El café llegó", false);
        check("@nimbus_cof", "hey @nimbus_coffee!", true);
        check("咖啡", "我喜欢咖啡", true);
        check("…", "anything", true);
    }

    #[test]
    fn fields_narrow_the_list() {
        let entry = Entry {
            status: Status::Open,
            assignee: Some("Ana".into()),
            network: "x".into(),
            flag: true,
            saved_at: 10,
            ..Entry::default()
        };
        #[track_caller]
        fn check(entry: &Entry, query: Query, expect: bool) {
            assert_eq!(query.matcher().takes(entry), expect, "{query:?}");
        }
        let q = Query::default;
        check(&entry, q(), true);
        check(&entry, Query { status: vec![Status::New, Status::Open], ..q() }, true);
        check(&entry, Query { status: vec![Status::New], ..q() }, false);
        check(&entry, Query { assignee: Pick::One("Ana".into()), ..q() }, true);
        check(&entry, Query { assignee: Pick::One("Ben".into()), ..q() }, false);
        check(&entry, Query { assignee: Pick::None, ..q() }, false);
        check(&entry, Query { department: Pick::None, ..q() }, true);
        check(&entry, Query { network: Some("x".into()), ..q() }, true);
        check(&entry, Query { network: Some("y".into()), ..q() }, false);
        check(&entry, Query { flag: Some(true), replied: Some(false), ..q() }, true);
        check(&entry, Query { replied: Some(true), ..q() }, false);
        check(&entry, Query { look: vec!["ben".into()], ..q() }, false);
        check(&entry, Query { from: Some(10), until: Some(11), ..q() }, true);
        check(&entry, Query { until: Some(10), ..q() }, false);
        check(&entry, Query { priority: Some(Priority::High), ..q() }, false);
        let entry = Entry { priority: Some(Priority::High), snoozed: Some(20), ..entry };
        check(&entry, Query { priority: Some(Priority::High), ..q() }, true);
        check(&entry, Query { rests: Some((true, 19)), ..q() }, true);
        check(&entry, Query { rests: Some((true, 20)), ..q() }, false);
        check(&entry, Query { rests: Some((false, 20)), ..q() }, true);
        check(&Entry::default(), Query { rests: Some((false, 20)), ..q() }, true);
    }

    #[test]
    fn pages_hold_everything_once_newest_first() {
        // Pairs share a time: the key decides.
        let entries: Vec<Entry> = (0..95).map(|n| entry(n * 37 % 95, "x")).collect();
        let query = Query { words: "x".into(), ..Query::default() };
        let (mut all, mut place) = (Vec::new(), None);
        loop {
            let (page, next) = query.page(&entries, place.as_ref(), 10);
            all.extend(page);
            place = next;
            if place.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), 95);
        assert!(all.windows(2).all(|w| (w[0].saved_at, &w[1].key) > (w[1].saved_at, &w[0].key)));
        assert_eq!(query.count(&entries), 95);
        assert_eq!(query.page(&entries, None, 95).1, None);
    }
}
