//! Authors that pages showed since the background woke: followers and reactions, in memory only. Who is not saved,
//! matched or listed is never stored.

use std::collections::{BTreeMap, VecDeque};

use super::matching::handle;
use crate::log::MentionKey;
use crate::people::{Caps, Influence, Label, Standing, influence, label, roles};
use crate::site::post::Post;
use crate::workspace::Workspace;

/// As many authors as are remembered.
const MAX_AUTHORS: usize = 2_000;
/// As many of an author's posts as count.
const MAX_POSTS: usize = 20;

type Name = (String, String);

/// Authors seen, oldest sight first to go.
#[derive(Debug, Default)]
pub struct Authors {
    known: BTreeMap<Name, Author>,
    order: VecDeque<Name>,
}

#[derive(Debug, Default)]
struct Author {
    followers: Option<u64>,
    posts: VecDeque<(MentionKey, f64)>,
}

fn name(post: &Post) -> Option<Name> {
    let handle = handle(post.author.handle.as_deref()?);
    (!handle.is_empty()).then(|| (post.network.clone(), handle))
}

impl Authors {
    /// Takes note of a post. One seen again counts once, with its newest counts.
    pub fn see(&mut self, post: &Post, key: &MentionKey) {
        let Some(name) = name(post) else { return };
        if !self.known.contains_key(&name) {
            self.order.push_back(name.clone());
        }
        let author = self.known.entry(name).or_default();
        author.followers = post.author.followers.map(|count| count.value).or(author.followers);
        let counts = [post.counts.likes, post.counts.replies, post.counts.reposts];
        if counts.iter().any(Option::is_some) {
            author.posts.retain(|(known, _)| known != key);
            author.posts.push_back((key.clone(), counts.iter().flatten().map(|count| count.value as f64).sum()));
            if author.posts.len() > MAX_POSTS {
                author.posts.pop_front();
            }
        }
        if self.order.len() > MAX_AUTHORS
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    /// Influence of a post's author, where something was seen of them.
    pub fn influence(&self, post: &Post) -> Option<Influence> {
        let author = self.known.get(&name(post)?)?;
        let engagements: Vec<f64> = author.posts.iter().map(|(_, sum)| *sum).collect();
        if author.followers.is_none() && engagements.is_empty() {
            return None;
        }
        let seen = crate::people::Seen {
            followers: author.followers,
            engagements,
            age_days: Some(0),
            ..crate::people::Seen::default()
        };
        Some(influence(&seen, Caps::default()))
    }

    /// The word beside a post's author; `None` for almost everybody.
    pub fn label(&self, post: &Post, workspace: &Workspace) -> Option<Label> {
        let roles = roles(&workspace.listed, &post.network, post.author.handle.as_deref().unwrap_or_default());
        let influence = self.influence(post);
        label(&Standing { roles: &roles, influence: influence.as_ref(), ..Standing::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Confidence;
    use crate::site::post::{self, Count};

    fn post(likes: u64) -> Post {
        let author = post::Author {
            handle: Some("@Ana".into()),
            followers: Some(Count { value: 9, ..Count::default() }),
            ..Default::default()
        };
        let counts = post::Counts { likes: Some(Count { value: likes, ..Count::default() }), ..Default::default() };
        Post { network: "x".into(), author, counts, ..Post::default() }
    }

    #[test]
    fn a_post_seen_again_counts_once() {
        let mut authors = Authors::default();
        for _ in 0..5 {
            authors.see(&post(3), &MentionKey("a".into()));
        }
        let influence = authors.influence(&post(0)).unwrap();
        assert_eq!((influence.posts, influence.followers), (1, Some(9)));
        for n in 0..40 {
            authors.see(&post(n), &MentionKey(n.to_string()));
        }
        let influence = authors.influence(&post(0)).unwrap();
        assert_eq!((influence.posts, influence.confidence), (20, Confidence::High));
    }

    #[test]
    fn memory_is_bounded() {
        let mut authors = Authors::default();
        for n in 0..MAX_AUTHORS + 50 {
            let mut post = post(1);
            post.author.handle = Some(format!("user{n}"));
            authors.see(&post, &MentionKey("k".into()));
        }
        assert_eq!((authors.known.len(), authors.order.len()), (MAX_AUTHORS, MAX_AUTHORS));
    }
}
