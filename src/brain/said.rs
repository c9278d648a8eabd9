//! What the brand said today, for the send gate: the same words all day long are read as a machine's.
//!
//! Read from the log's replies once a day, when a reply box is first used, and kept up as replies go out. Texts are held as
//! hashes; what is older than today is the page's to show and the mention's to remember.

use super::io::{Facts, Moment, Reads};
use crate::log::key::digest;
use crate::log::{Body, EventId, MentionKey};
use crate::site::calendar::DAY_MS;
use crate::text::fold;

/// What was said today: the post that was answered, and the words.
#[derive(Debug, Default)]
pub struct Said {
    /// When the day began for this person, UTC milliseconds.
    since: Option<i64>,
    replies: Vec<(MentionKey, String)>,
}

/// The hash of a text's words.
pub fn hash(text: &str) -> String {
    digest(&["said", &fold::words(text)])
}

/// When the day of `moment` began, UTC milliseconds.
fn day(moment: &Moment) -> i64 {
    let ahead = i64::from(moment.offset) * 60_000;
    (moment.now + ahead).div_euclid(DAY_MS) * DAY_MS - ahead
}

impl Said {
    /// Asks for the day's events, unless they were read.
    pub fn ask(&self, reads: &mut Reads, moment: &Moment) {
        let day = day(moment);
        reads.since = (self.since != Some(day)).then(|| EventId::from_ms(day));
    }

    /// Takes in what was asked for.
    pub fn learn(&mut self, facts: &Facts, moment: &Moment) {
        if let Some(events) = &facts.since {
            let day = day(moment);
            // A background that was just started may hear of a reply while it reads; yesterday's are over.
            let heard = std::mem::take(&mut self.replies);
            let heard = if self.since.is_none() { heard } else { Vec::new() };
            self.since = Some(day);
            for event in events {
                // What was noticed today may have been written before.
                if let (Some(key), Some(Body::Replied(reply))) = (&event.m, event.body())
                    && let Some(text) = reply.text.filter(|_| reply.published.is_none_or(|at| at >= day))
                {
                    self.remember(key, &text);
                }
            }
            for reply in heard {
                if !self.replies.contains(&reply) {
                    self.replies.push(reply);
                }
            }
        }
    }

    /// These words answered this post.
    pub fn remember(&mut self, key: &MentionKey, text: &str) {
        self.replies.push((key.clone(), hash(text)));
    }

    /// How often words of this hash answered one of the posts that `among` knows.
    pub fn count(&self, hash: &str, among: impl Fn(&MentionKey) -> bool) -> usize {
        self.replies.iter().filter(|(key, said)| said == hash && among(key)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::body::Replied;
    use crate::log::{Actor, Draft, Event, Hlc};

    const NOON: i64 = 1_790_000_000_000;

    fn replied(key: &MentionKey, text: &str) -> Event {
        let draft = Draft::about(key, Replied { text: Some(text.to_owned()), ..Replied::default() });
        Event::new(draft, &Actor { by: "ana".into(), dev: "d1".into() }, Hlc::new(NOON, 0), None)
    }

    /// A background that was just started hears of a reply while it still reads the day's events.
    #[track_caller]
    fn check(read: &[&str], heard: &[&str], expect: usize) {
        let moment = Moment { now: NOON, ..Moment::default() };
        let key = MentionKey("a".to_owned());
        let mut said = Said::default();
        let mut reads = Reads::default();
        said.ask(&mut reads, &moment);
        assert!(reads.since.is_some());
        for text in heard {
            said.remember(&key, text);
        }
        let events = read.iter().map(|text| replied(&key, text)).collect();
        said.learn(&Facts { since: Some(events), ..Facts::default() }, &moment);
        assert_eq!(said.count(&hash("We are on it."), |_| true), expect, "read {read:?}, heard {heard:?}");
    }

    #[test]
    fn what_is_heard_while_the_log_is_read_is_kept_and_counts_once() {
        check(&[], &["We are on it."], 1);
        check(&["We are on it."], &["We are on it."], 1);
        check(&["We are on it.", "We are on it."], &["We are on it."], 2);
        check(&["Thanks!"], &["We are on it."], 1);
        check(&["We are on it."], &[], 1);
    }
}
