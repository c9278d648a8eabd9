//! What the brain remembers of one open document: a page agent's session. All of it can be lost and rebuilt: an agent
//! that the brain does not know is told `restarted`, says hello again and repeats what it asked.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::ask::Ask;
use super::language::Speech;
use super::picker::Picker;
use super::ports::{Port, Sender};
use crate::guard::Hold;
use crate::log::{Look, MentionKey};
use crate::protocol::{Features, Health, Kept, MentionRow, OverlayAsk, PostCard};
use crate::site::definition::Definition;
use crate::site::post::Post;
use crate::site::read::{About, Composer};
use crate::voice::Finding;
use crate::workspace::AccountKind;

/// As many posts of a document as are kept for redrawing.
const MAX_POSTS: usize = 1_000;

/// A document with an agent.
#[derive(Debug)]
pub struct Doc {
    pub tab: Option<i32>,
    pub frame: i64,
    /// The agent's own id for the document.
    pub document: String,
    pub top: bool,
    pub host: String,
    pub url: String,
    /// The page is ours, or of this computer: where the sample brand lives.
    pub local: bool,
    /// Language the page says it is in.
    pub language: Option<String>,
    pub definition: Option<Rc<Definition>>,
    pub page: BTreeMap<String, String>,
    /// What the page adds to its posts.
    pub about: About,
    pub features: Features,
    posts: BTreeMap<u32, Seen>,
    pub composers: BTreeMap<u32, Composing>,
    pub shown: Shown,
    /// Words of the last search for a template, and when (UTC milliseconds).
    pub searched: (String, i64),
    /// Ids of the templates in the insertion on its way.
    pub inserting: Vec<String>,
    /// Our frame in it, once paired.
    pub overlay: Option<Port>,
    /// A finding's card that opens once the words of the composer have been looked up, and who is told then.
    pub opening: Option<(Ask, u32, OverlayAsk)>,
    /// A picker that goes on where it was as soon as it is opened again, and who is told then.
    pub kept: Option<(Ask, Kept)>,
    /// The ticket that a frame on its way has to show.
    pub ticket: Option<String>,
    pub health: Health,
}

/// A post that the document showed.
#[derive(Debug, Clone)]
pub struct Seen {
    pub post: Post,
    pub key: MentionKey,
}

/// A composer in use.
#[derive(Debug)]
pub struct Composing {
    pub read: Composer,
    /// The mention it answers.
    pub key: Option<MentionKey>,
    pub account: Option<AccountKind>,
    /// The post is the brand's business: it speaks to the brand, or its case is open.
    pub is_ours: bool,
    /// The brand's account that answered the post last, as the log knows.
    pub answered_as: Option<String>,
    /// Language and form of address of the reply.
    pub speech: Speech,
    /// What templates may say of its case.
    pub case: BTreeMap<String, String>,
    /// Department of its case, as the log knows.
    pub department: Option<String>,
    /// Hashes of what answered the post before.
    pub answers: Vec<String>,
    /// Minutes that local time is ahead of UTC.
    pub offset: i32,
    pub findings: Vec<Finding>,
    /// This background has found them; a new one knows of none before it is asked to check.
    pub is_looked_over: bool,
    /// What was written in it last, and when (UTC milliseconds); what of it went out may be read on the page before
    /// anybody says so.
    pub written: (String, i64),
    /// What is in it now.
    pub text: String,
    /// What the strip says of the case.
    pub case_line: String,
    /// A reply to that post that somebody was asked to look at.
    pub look: Option<Look>,
    /// Template inserted last.
    pub template: Option<String>,
    /// What it put in.
    pub inserted: String,
    /// Findings dismissed in this reply: rule and words (empty = the whole rule).
    pub dismissed: BTreeSet<(String, String)>,
}

impl Composing {
    /// What it holds, without what the network puts in by itself.
    pub fn own_words(&self) -> &str {
        self.read.own_words(&self.text)
    }
}

/// What our frame shows in the document.
#[derive(Debug, Default)]
pub enum Shown {
    #[default]
    Nothing,
    Picker(Picker),
    Finding {
        composer: u32,
        finding: Box<Finding>,
        chosen: usize,
    },
    /// A word has gone into the person's dictionary, or the brand's.
    Learned {
        word: String,
        shared: bool,
    },
    Gate {
        composer: u32,
        text: String,
        holds: Vec<Hold>,
    },
    Post {
        key: MentionKey,
        /// The composer it was opened from.
        composer: Option<u32>,
        card: Box<PostCard>,
        url: String,
        post: Box<crate::site::post::RawPost>,
    },
    Details {
        mention: Box<MentionRow>,
    },
}

impl Doc {
    /// A document that just said hello.
    pub fn new(from: &Sender, document: String, url: String, top: bool, language: Option<String>) -> Self {
        let host = host(&url);
        Self {
            local: from.ours || matches!(host.as_str(), "127.0.0.1" | "::1" | "localhost"),
            tab: from.tab,
            frame: from.frame,
            document,
            top,
            host,
            url,
            language,
            definition: None,
            page: BTreeMap::new(),
            about: About::default(),
            features: Features {
                marks: true,
                voice: true,
                picker: true,
                gate: true,
                private: false,
                density: "quiet".to_owned(),
                only: String::new(),
            },
            posts: BTreeMap::new(),
            composers: BTreeMap::new(),
            shown: Shown::Nothing,
            opening: None,
            kept: None,
            searched: (String::new(), 0),
            inserting: Vec::new(),
            overlay: None,
            ticket: None,
            health: Health::default(),
        }
    }

    /// Network at work; empty before a definition runs.
    pub fn network(&self) -> &str {
        self.definition.as_ref().map_or("", |definition| &definition.network)
    }

    /// Remembers a post for redrawing.
    pub fn remember(&mut self, local: u32, post: &Post, key: &MentionKey) {
        self.posts.insert(local, Seen { post: post.clone(), key: key.clone() });
        while self.posts.len() > MAX_POSTS {
            self.posts.pop_first();
        }
    }

    /// Posts of these mentions that the document showed.
    pub fn showing<'a>(&'a self, keys: &'a BTreeSet<&MentionKey>) -> impl Iterator<Item = (u32, &'a Seen)> {
        self.posts.iter().filter(|(_, seen)| keys.contains(&seen.key)).map(|(local, seen)| (*local, seen))
    }

    /// Every post that the document showed, the newest last.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &Seen> {
        self.posts.values()
    }

    /// The agent's number for a post of this mention.
    pub fn local_of(&self, key: &MentionKey) -> Option<u32> {
        self.posts.iter().find(|(_, seen)| seen.key == *key).map(|(local, _)| *local)
    }

    /// Composer of the picker, finding or gate shown.
    pub fn shown_composer(&self) -> Option<u32> {
        match &self.shown {
            Shown::Picker(picker) => Some(picker.composer),
            Shown::Finding { composer, .. } | Shown::Gate { composer, .. } => Some(*composer),
            _ => None,
        }
    }
}

/// Host of an address, without port, lower case.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_neither_user_nor_port() {
        #[track_caller]
        fn check(url: &str, expect: &str) {
            assert_eq!(host(url), expect, "{url}");
        }
        check("https://X.com/home?a=b#c", "x.com");
        check("http://127.0.0.1:8080/", "127.0.0.1");
        check("https://evil.example@x.com:443?x", "x.com");
        check("http://[::1]:4567/forum", "::1");
        check("about:blank", "");
        check("chrome-extension://abc/pages/practice.html", "abc");
    }
}
