//! What a page shows of our work without having been told: a reply by one of the brand's accounts that was written
//! elsewhere, and a customer who writes again.
//!
//! Reading posts changes nothing by itself. What was noticed comes back as an input of its own, which looks again at the
//! log it is about to change, so that a post that is read in two tabs is noticed once.

use std::collections::{BTreeMap, VecDeque};

use super::ask::Ask;
use super::io::{Effect, Facts, Moment, Outcome, Reads};
use super::save::{Echo, Read};
use super::{Brain, Plan};
use crate::log::body::Replied;
use crate::log::{Draft, EventId, Mention, MentionKey, Status};
use crate::protocol::Change;
use crate::text::fold;

/// As many answered posts as are remembered.
const MAX_OUTSIDE: usize = 2_000;
/// A reply of the same account so close to one we know is that one, in ms.
const SAME_MS: i64 = 2 * 60_000;

/// Something noticed.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A post was answered by the brand.
    Answered {
        /// The post.
        post: MentionKey,
        /// The answer.
        reply: Replied,
    },
    /// Somebody whose case was answered or closed wrote again.
    Again(Box<Read>),
}

/// Posts that pages showed as answered by the brand; in memory, for those that are not in the log.
#[derive(Debug, Default)]
pub(super) struct Outside {
    by: BTreeMap<MentionKey, String>,
    order: VecDeque<MentionKey>,
}

impl Outside {
    /// The account that answered the post.
    pub fn of(&self, key: &MentionKey) -> Option<&str> {
        self.by.get(key).map(String::as_str)
    }

    /// True when that is news.
    fn see(&mut self, key: &MentionKey, account: &str) -> bool {
        if self.by.insert(key.clone(), account.to_owned()).is_some() {
            return false;
        }
        self.order.push_back(key.clone());
        if self.order.len() > MAX_OUTSIDE
            && let Some(oldest) = self.order.pop_front()
        {
            self.by.remove(&oldest);
        }
        true
    }
}

/// Posts of one batch that may mean something for the log.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Posts that the brand answered, and how.
    pub answers: Vec<(MentionKey, Replied)>,
    /// Posts by people whose case the log may know.
    pub further: Vec<Read>,
    /// Answered posts that nobody knew to be answered.
    pub news: Vec<MentionKey>,
}

impl Brain {
    /// What a batch of posts may mean.
    pub(super) fn signs<'a>(&mut self, posts: impl Iterator<Item = &'a Read>, now: i64) -> Signs {
        let mut signs = Signs::default();
        for read in posts {
            let Some(parent) = MentionKey::of_parent(&read.post, read.scope).filter(|parent| *parent != read.key)
            else {
                continue;
            };
            if !self.library.watch.is_own(&read.post) {
                signs.further.push(read.clone());
                continue;
            }
            // Sent from here a moment ago: whoever sent it will say so.
            if self.is_being_written(&read.post.text, now) {
                continue;
            }
            let account = read.post.author.handle.clone();
            if let Some(account) = &account
                && self.outside.see(&parent, account)
            {
                signs.news.push(parent.clone());
            }
            let reply = Replied {
                text: Some(read.post.text.clone()).filter(|text| !text.is_empty()),
                account,
                outside: true,
                post: Some(read.key.clone()),
                published: read.post.published.map(|published| published.at),
                ..Replied::default()
            };
            signs.answers.push((parent, reply));
        }
        signs
    }

    /// These words stood in a box a moment ago; a network may have put a handle in front.
    fn is_being_written(&self, text: &str, now: i64) -> bool {
        let words = fold::words(text);
        let boxes = self.docs.values().flat_map(|doc| doc.composers.values());
        let recent = boxes.filter(|one| now - one.written.1 < SAME_MS).map(|one| fold::words(&one.written.0));
        recent.into_iter().any(|written| !written.is_empty() && words.ends_with(&written))
    }

    /// What of it is so, given what the log says now.
    pub(super) fn notices(signs: Signs, facts: &Facts) -> Vec<Notice> {
        let answered = signs.answers.into_iter().filter_map(|(post, reply)| {
            let mention = facts.fold.mention(&post).filter(|mention| mention.is_saved())?;
            is_news(mention, &reply).then_some(Notice::Answered { post, reply })
        });
        let again = signs.further.into_iter().filter(|read| reopens(read, facts).is_some());
        answered.chain(again.map(|read| Notice::Again(Box::new(read)))).collect()
    }

    /// Writes what was noticed.
    pub(super) fn noticed(&self, what: Vec<Notice>) -> Plan {
        let ask = Ask::new(0, 0, None, self.lang());
        let mut reads = Reads { writes: true, ..Reads::default() };
        for one in &what {
            match one {
                Notice::Answered { post, .. } => reads.mentions.push(post.clone()),
                Notice::Again(read) => {
                    reads.mentions.push(read.key.clone());
                    reads.cases.push(read.case.clone());
                    reads.of_cases.push(read.case.clone());
                }
            }
        }
        let plan = Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let mut drafts = Vec::new();
            for one in what {
                match one {
                    Notice::Answered { post, reply } => {
                        let mention = facts.fold.mention(&post).filter(|mention| mention.is_saved());
                        drafts.extend(
                            mention.filter(|mention| is_news(mention, &reply)).map(|_| Draft::about(&post, reply)),
                        );
                    }
                    Notice::Again(read) => {
                        let Some(key) = reopens(&read, &facts) else { continue };
                        drafts.extend(Draft::save(&read.post, read.scope, "again", None));
                        drafts.extend(facts.fold.draft(&key, Change::Status { status: Status::Open }));
                    }
                }
            }
            if drafts.is_empty() {
                return Outcome::now(Vec::new());
            }
            let nobody = Box::new(|_: &Self, _: &EventId, _: Option<&Mention>, _: &Moment| Vec::<Effect>::new());
            // Nobody asked: what cannot be written now is noticed again when it is seen again.
            Outcome { failed: Vec::new(), ..brain.commit(&ask, facts, drafts, moment, (Echo::Yes, nobody)) }
        });
        Plan { port: None, refused: Vec::new(), ..plan }
    }
}

/// The log does not know this reply yet: neither the post itself, nor the words we sent, nor one of the same moment.
fn is_news(mention: &Mention, reply: &Replied) -> bool {
    let words = fold::words(reply.text.as_deref().unwrap_or_default());
    let account = reply.account.as_deref().unwrap_or_default();
    !mention.replies().any(|known| {
        // Some boxes name their account and do not say its handle.
        let same_account = known.account.as_deref().is_none_or(|one| one.eq_ignore_ascii_case(account));
        let said = fold::words(known.text.as_deref().unwrap_or_default());
        // A network may put a handle in front, or show only the beginning.
        let same_words = !said.is_empty() && !words.is_empty() && (words.contains(&said) || said.contains(&words));
        let same_time = reply.published.is_some_and(|at| (at - known.at).abs() < SAME_MS);
        (known.post.is_some() && known.post == reply.post) || (same_account && (same_words || same_time))
    })
}

/// The mention whose case a further post of the same person opens again: it was answered or closed, before.
fn reopens(read: &Read, facts: &Facts) -> Option<MentionKey> {
    if facts.fold.mention(&read.key).is_some_and(Mention::is_saved) {
        return None;
    }
    // A time such as "2 h" may lie before what it seems to follow.
    let published = read.post.published.map(|published| published.at - published.precision.spread())?;
    let known: Vec<&Mention> = facts.fold.records().filter(|one| one.is_saved() && one.case == read.case).collect();
    let closed = known.iter().any(|one| matches!(one.status, Status::Resolved | Status::NoAction | Status::MovedToDm));
    let last = known.iter().flat_map(|one| one.replies()).filter(|reply| reply.confirmed).map(|reply| reply.at).max();
    let settled = match last {
        Some(at) => published > at,
        None => closed && known.iter().all(|one| one.saved_at.is_some_and(|at| published > at)),
    };
    known.iter().filter(|_| settled).map(|one| &one.key).min().cloned()
}
