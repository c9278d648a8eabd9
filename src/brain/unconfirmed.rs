//! Replies that left with a page: the form loaded a new one before anybody saw the composer clear. They wait here until a
//! page shows them under their account, and the log can say that the post was answered.
//!
//! Held in memory only. A background that ended in between leaves the reply as what it is in the log: unconfirmed.

use crate::log::MentionKey;
use crate::log::body::Replied;
use crate::site::post::Post;
use crate::text::fold::words;

/// How long a page may take to show a reply, in ms.
const WAIT_MS: i64 = 10 * 60_000;
/// How far the network's clock may be behind ours, in ms.
const CLOCK_MS: i64 = 2 * 60_000;

#[derive(Debug)]
struct Waiting {
    network: String,
    /// The post that was answered.
    key: MentionKey,
    reply: Replied,
    text: String,
    sent_at: i64,
}

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Unconfirmed(Vec<Waiting>);

impl Unconfirmed {
    /// A reply to the post `key` went out of sight. Without an account or a text it could never be known again.
    pub fn wait(&mut self, network: &str, key: MentionKey, reply: &Replied, now: i64) {
        let text = reply.text.as_deref().map(words).unwrap_or_default();
        if reply.account.is_some() && !text.is_empty() {
            let (network, reply) = (network.to_owned(), reply.clone());
            self.0.push(Waiting { network, key, reply, text, sent_at: now });
        }
    }

    /// The reply that `post` shows, with the post it answers; it waits no longer.
    pub fn take(&mut self, post: &Post, key: &MentionKey, now: i64) -> Option<(MentionKey, Replied)> {
        self.0.retain(|one| now - one.sent_at < WAIT_MS);
        let handle = post.author.handle.as_deref()?;
        let shows = |one: &Waiting| {
            one.network == post.network
                && one.key != *key
                && one.reply.account.as_deref().is_some_and(|account| account.eq_ignore_ascii_case(handle))
                && post.published.is_none_or(|at| at.at + CLOCK_MS + at.precision.spread() > one.sent_at)
                && words(&post.text) == one.text
        };
        let found = self.0.iter().position(shows)?;
        let Waiting { key, reply, .. } = self.0.remove(found);
        Some((key, reply))
    }
}
