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
            self.since = Some(day);
            self.replies.clear();
            for event in events {
                // What was noticed today may have been written before.
                if let (Some(key), Some(Body::Replied(reply))) = (&event.m, event.body())
                    && let Some(text) = reply.text.filter(|_| reply.published.is_none_or(|at| at >= day))
                {
                    self.remember(key, &text);
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
