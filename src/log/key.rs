//! Identities derived by hash: the same post or thread gets the same identity on every device, without a server.
//!
//! A key holds no name: it can stay in the log after its mention was erased. How a network's ids are made canonical is
//! the site definitions' affair, not ours.

use sha2::{Digest, Sha256};

use super::clock::base32;
use super::{CaseId, MentionKey};
use crate::site::post::Post;

/// How far a network's native ids reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdScope {
    /// One id, one post, on the whole network.
    Network,
    /// Every host counts for itself (forum engines).
    Host,
}

impl IdScope {
    /// The scope that a definition's `canonical` names.
    pub fn of(canonical: &crate::site::definition::Canonical) -> Self {
        if canonical.id_per_host { Self::Host } else { Self::Network }
    }
}

impl MentionKey {
    /// The key of a post; `None` when it has neither a usable id nor a permalink, and so cannot be saved.
    ///
    /// ```
    /// use rejoinder::{log::{MentionKey, key::IdScope}, site::post::Post};
    /// let post = |link: &str| Post { network: "x".into(), id: Some("1".into()), permalink: link.into(), ..Post::default() };
    /// let key = |link| MentionKey::of(&post(link), IdScope::Network);
    /// assert_eq!(key("https://x.com/ana/status/1"), key("https://x.com/renamed/status/1"));
    /// ```
    pub fn of(post: &Post, scope: IdScope) -> Option<Self> {
        let own = match &post.id {
            Some(id) => identify(post, id.trim(), scope),
            None => None,
        };
        let name = own.or_else(|| link(&post.permalink))?;
        Some(Self(digest(&["rj1", &post.network, &name])))
    }
}

impl MentionKey {
    /// The key of the post that `post` answers, where it tells.
    pub fn of_parent(post: &Post, scope: IdScope) -> Option<Self> {
        Some(Self(digest(&["rj1", &post.network, &parent(post, scope)?])))
    }
}

/// What identifies the post that `post` answers.
fn parent(post: &Post, scope: IdScope) -> Option<String> {
    let parent = post.parent.as_deref().map(str::trim).filter(|parent| !parent.is_empty())?;
    if parent.contains("://") { link(parent) } else { identify(post, parent, scope) }
}

impl CaseId {
    /// The case a post opens or joins by itself: its thread's root and its author. `key` is the post's own.
    pub fn of(post: &Post, key: &MentionKey, scope: IdScope) -> Self {
        let root = parent(post, scope).map_or_else(|| key.0.clone(), |root| digest(&["rj1", &post.network, &root]));
        let author = &post.author;
        match author.handle.as_deref().or(author.name.as_deref()).map(plain_handle).filter(|name| !name.is_empty()) {
            Some(author) => Self(digest(&["rj1", "case", &root, &author])),
            // Without an author nothing says that two posts of a thread are one person's.
            None => Self(digest(&["rj1", "case", &key.0])),
        }
    }

    /// The case's number, for people: `RJ-` and five digits without those that look alike. Short, found by the log's search;
    /// of 100,000 cases some 150 share theirs with another.
    pub fn number(&self) -> String {
        const DIGITS: u32 = 5;
        let own = self.0.get(..7).and_then(|start| u64::from_str_radix(start, 16).ok());
        // Ids from elsewhere may not be of our form; FNV-1a spreads them, and weighs nothing in pages that need no SHA-256.
        let other =
            || self.0.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let bits = own.unwrap_or_else(|| u64::from(other() >> 4));
        format!("RJ-{}", base32(bits >> (28 - 5 * DIGITS), DIGITS))
    }

    /// The case of a mention whose events name none (a log from elsewhere): the mention's own.
    pub fn alone(key: &MentionKey) -> Self {
        Self(key.0.clone())
    }
}

/// A handle as it is compared: no `@`, lower case.
pub(crate) fn plain_handle(handle: &str) -> String {
    handle.trim().trim_start_matches('@').to_lowercase()
}

fn identify(post: &Post, id: &str, scope: IdScope) -> Option<String> {
    match scope {
        _ if id.is_empty() => None,
        IdScope::Network => Some(id.to_owned()),
        IdScope::Host => host(&post.permalink).map(|host| format!("{host}/{id}")),
    }
}

fn link(permalink: &str) -> Option<String> {
    Some(permalink.trim().to_owned()).filter(|link| !link.is_empty())
}

/// Host and port of an absolute link, lower case.
fn host(link: &str) -> Option<String> {
    let (_, rest) = link.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.to_lowercase()).filter(|host| !host.is_empty())
}

/// The first 128 bits of SHA-256 over the parts joined by `|`, in hexadecimal.
pub(crate) fn digest(parts: &[&str]) -> String {
    hex(&Sha256::digest(parts.join("|").as_bytes())[..16])
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::post::Author;

    fn post(network: &str, id: &str, permalink: &str) -> Post {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        Post { network: network.into(), id, permalink: permalink.into(), ..Post::default() }
    }

    #[test]
    fn a_key_is_the_documented_hash() {
        // printf 'rj1|x|1' | sha256sum
        let key = MentionKey::of(&post("x", "1", "https://x.com/a/status/1"), IdScope::Network).unwrap();
        assert_eq!(key.0, digest(&["rj1|x|1"]));
        assert_eq!(key.0.len(), 32);
    }

    #[track_caller]
    fn check(a: (&str, &str, &str), b: (&str, &str, &str), scope: IdScope, same: bool) {
        let key = |p: (&str, &str, &str)| MentionKey::of(&post(p.0, p.1, p.2), scope).unwrap();
        assert_eq!(key(a) == key(b), same, "{a:?} {b:?}");
    }

    #[test]
    fn one_post_is_one_mention_and_two_are_two() {
        use IdScope::{Host, Network};
        check(("x", "1", "https://x.com/a/status/1"), ("x", "1", "https://x.com/b/status/1"), Network, true);
        check(("x", "1", "https://x.com/a/status/1"), ("x", "2", "https://x.com/a/status/1"), Network, false);
        check(("x", "1", ""), ("reddit", "1", ""), Network, false);
        check(("nodebb", "7", "https://a.org/post/7"), ("nodebb", "7", "https://b.org/post/7"), Host, false);
        check(("nodebb", "7", "https://A.org/post/7"), ("nodebb", "7", "https://a.org/topic/1"), Host, true);
        check(("forum", "", "https://a.org/t/1"), ("forum", "", "https://a.org/t/1"), Host, true);
        check(("forum", "", "https://a.org/t/1"), ("forum", "", "https://a.org/t/2"), Host, false);
    }

    #[test]
    fn a_post_without_id_and_link_has_no_key() {
        assert_eq!(MentionKey::of(&post("x", "", " "), IdScope::Network), None);
        assert_eq!(MentionKey::of(&post("nodebb", "7", ""), IdScope::Host), None);
        assert_eq!(MentionKey::of(&post("x", " ", "https://x.com/a"), IdScope::Network).map(|k| k.0.len()), Some(32));
    }

    #[test]
    fn a_thread_and_its_author_are_one_case() {
        let by = |id: &str, parent: Option<&str>, handle: &str| {
            let author = Author { handle: Some(handle.into()), ..Author::default() };
            let p = Post { parent: parent.map(Into::into), author, ..post("x", id, "") };
            CaseId::of(&p, &MentionKey::of(&p, IdScope::Network).unwrap(), IdScope::Network)
        };
        assert_eq!(by("1", None, "ana"), by("2", Some("1"), "@Ana"), "her answer under her own post");
        assert_eq!(by("2", Some("1"), "ana"), by("3", Some("1"), "ana"), "two comments under one post");
        assert_ne!(by("2", Some("1"), "ana"), by("3", Some("1"), "ben"));
        assert_ne!(by("1", None, "ana"), by("2", None, "ana"), "two posts are two threads");
    }
}
