//! Forgetting a person: what of a log is about them, and what of a mention's events goes when it is erased.
//!
//! An `erased` event names a mention's key and nothing else. Whoever has it drops what the mention's other events say, but
//! keeps that they were there: so nobody sends them again, and nobody fetches them again from a server that still has
//! them. Left out: storing ([`crate::browser`]), and a server's own copies ([`crate::sync::purge`]).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fold::Changes;
use super::{Event, MentionKey};
use crate::json;
use crate::site::post::{Post, bare_handle};

/// As much of a post or a note is shown.
const EXCERPT: usize = 120;

/// Types that outlast their mention. They say nothing about a person, and what they say is about the case: other mentions
/// of it stand on them, and every device must come to the same.
const STAYING: &[&str] =
    &["erased", "aliased", "case", "status", "assigned", "routed", "due", "priority", "snoozed", "undone", "setting"];

/// Whether an event of this type outlasts the erasure of its mention. Types of other versions do not: nobody here knows
/// what they hold.
pub fn stays(t: &str) -> bool {
    STAYING.contains(&t)
}

/// Every key of the erased mentions among records that changed.
pub fn erased_keys(changes: &Changes) -> Vec<&MentionKey> {
    let mut keys = Vec::new();
    for mention in changes.mentions.iter().filter(|mention| mention.erased) {
        keys.push(&mention.key);
        keys.extend(&mention.others);
    }
    keys
}

/// What a log may know a person by.
#[derive(Debug, Clone)]
pub struct Search {
    /// Folded, without `@`.
    name: String,
    network: Option<String>,
}

/// Where a person stands in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// They wrote the post.
    Author,
    /// Somebody named them.
    Named,
}

/// A mention that holds something of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which one.
    pub key: MentionKey,
    /// Whether they wrote it.
    pub place: Place,
    /// Network id, where the log knows it.
    pub network: String,
    /// Link to the post.
    pub permalink: String,
    /// The beginning of the words in question.
    pub excerpt: String,
    /// When the event was written, UTC milliseconds.
    pub at: i64,
}

/// What a log holds of a person.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    mentions: BTreeMap<MentionKey, Found>,
    erased: BTreeSet<MentionKey>,
    /// Settings that name them, or did before they were changed, as `item id`: templates, lists, packs.
    settings: BTreeSet<String>,
}

impl Search {
    /// Looks for a handle or a display name, on one network or all. `None` when there is nothing to look for.
    pub fn new(name: &str, network: Option<&str>) -> Option<Self> {
        let name = folded(name);
        let network = network.filter(|network| !network.is_empty()).map(str::to_owned);
        (!name.is_empty()).then_some(Self { name, network })
    }

    /// They wrote the post.
    fn wrote(&self, post: &Post) -> bool {
        let is = |known: &str| folded(known) == self.name || folded(bare_handle(known)) == self.name;
        [&post.author.handle, &post.author.name].into_iter().flatten().any(|known| is(known))
    }

    /// Of a namesake on another network nothing is meant.
    fn is_elsewhere(&self, post: &Post) -> bool {
        !post.network.is_empty() && self.network.as_ref().is_some_and(|network| *network != post.network)
    }

    /// The first text within a value that names them.
    fn named<'v>(&self, value: &'v Value) -> Option<&'v str> {
        match value {
            Value::String(text) => self.is_in(text).then_some(text),
            Value::Array(list) => list.iter().find_map(|one| self.named(one)),
            Value::Object(fields) => fields.values().find_map(|one| self.named(one)),
            _ => None,
        }
    }

    /// The name stands in a text, and not within a longer word.
    fn is_in(&self, text: &str) -> bool {
        let text = folded(text);
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        text.match_indices(&self.name).any(|(at, name)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
    }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}

fn excerpt(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect()
}

impl Findings {
    /// Takes in one event of the log; the order does not matter.
    pub fn look(&mut self, search: &Search, event: &Event) {
        let Some(key) = &event.m else {
            if event.t == "setting" && search.named(&event.v).is_some() {
                let part = |name: &str| event.v[name].as_str().unwrap_or_default();
                self.settings.insert(format!("{} {}", part("item"), part("id")).trim().to_owned());
            }
            return;
        };
        if event.t == "erased" {
            self.erased.insert(key.clone());
        }
        if stays(&event.t) {
            return;
        }
        let post = event.v.get("post").and_then(json::of::<Post>).unwrap_or_default();
        let (place, words) = match search.named(&event.v) {
            _ if search.is_elsewhere(&post) => return,
            _ if search.wrote(&post) => (Place::Author, post.text.as_str()),
            Some(words) => (Place::Named, words),
            None => return,
        };
        let found = Found {
            key: key.clone(),
            place,
            network: post.network.clone(),
            permalink: post.permalink.clone(),
            excerpt: excerpt(words),
            at: event.at(),
        };
        // Of several events the one that says most: who wrote it, then the oldest.
        let rank = |found: &Found| (found.place, found.at);
        match self.mentions.get(key) {
            Some(known) if rank(known) <= rank(&found) => {}
            _ => drop(self.mentions.insert(key.clone(), found)),
        }
    }

    /// The mentions: their own posts first, then those that name them, the newest first.
    pub fn mentions(&self) -> Vec<&Found> {
        let mut all: Vec<&Found> = self.mentions.values().filter(|one| !self.erased.contains(&one.key)).collect();
        crate::ordered::sort(&mut all, |a, b| (a.place, b.at, &a.key).cmp(&(b.place, a.at, &b.key)));
        all
    }

    /// Settings that name them or did, `item id` each.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.settings.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::body::{self, Body};
    use crate::log::key::IdScope;
    use crate::log::{Actor, Draft, Fold, Hlc, fold};
    use crate::site::post::Author;

    fn event(at: i64, draft: Draft) -> Event {
        Event::new(draft, &Actor { by: "ana".into(), dev: "d".into() }, Hlc::new(at, 0), None)
    }

    fn post(network: &str, id: &str, handle: &str, text: &str) -> Post {
        Post {
            network: network.into(),
            id: Some(id.into()),
            permalink: format!("https://example.org/{id}"),
            author: Author { handle: Some(handle.into()), name: Some(format!("{handle} Doe")), ..Author::default() },
            text: text.into(),
            ..Post::default()
        }
    }

    fn saved(at: i64, post: &Post) -> Event {
        event(at, Draft::save(post, IdScope::Network, "row", None).unwrap())
    }

    fn keys(search: &Search, events: &[Event]) -> Vec<(Place, String)> {
        let mut findings = Findings::default();
        events.iter().for_each(|event| findings.look(search, event));
        findings.mentions().into_iter().map(|one| (one.place, one.excerpt.clone())).collect()
    }

    #[test]
    fn a_person_is_found_as_author_and_where_somebody_names_them() {
        let by = saved(10, &post("x", "1", "Mia_K", "Where is my parcel?"));
        let other = saved(20, &post("bluesky", "2", "mia_k", "Hello"));
        let naming = saved(30, &post("x", "3", "ben", "Ask @mia_k, she knows"));
        let longer = saved(40, &post("x", "4", "mia_kay", "mia_kitchen opens"));
        let note = event(50, Draft::about(naming.m.as_ref().unwrap(), body::Noted { text: "MIA_K called".into() }));
        let all = [by.clone(), other, naming, longer, note];
        let search = |name: &str, network: Option<&str>| keys(&Search::new(name, network).unwrap(), &all);
        let authored = |text: &str| (Place::Author, text.to_owned());
        let named = |text: &str| (Place::Named, text.to_owned());
        let everywhere = [authored("Hello"), authored("Where is my parcel?"), named("Ask @mia_k, she knows")];
        assert_eq!(search("@mia_k", None), everywhere);
        assert_eq!(search(" Mia_K Doe ", Some("x")), [authored("Where is my parcel?")]);
        assert_eq!(search("nobody", None), []);
        assert!(Search::new(" @ ", None).is_none());
        let gone = event(60, Draft::about(by.m.as_ref().unwrap(), body::Erased {}));
        let rest = keys(&Search::new("mia_k", Some("x")).unwrap(), &[vec![gone], all.to_vec()].concat());
        assert_eq!(rest.len(), 1, "an erased mention is found no more, whatever came first: {rest:?}");
    }

    #[test]
    fn what_outlasts_a_mention_is_what_its_case_stands_on() {
        let staying: Vec<&str> = Body::TYPES.iter().copied().filter(|t| stays(t)).collect();
        assert_eq!(staying.len(), STAYING.len(), "each is a type that is written");
        assert!(!["saved", "note", "replied", "draft", "hologram"].into_iter().any(stays));
        let (a, b) = (saved(10, &post("x", "1", "mia", "a")), saved(11, &post("x", "2", "ben", "b")));
        let of = |event: &Event| event.m.clone().unwrap();
        let joined = |at, one: &Event| {
            event(at, Draft::about(&of(one), body::CaseSet { case: crate::log::CaseId("together".into()) }))
        };
        let case = Some(crate::log::CaseId("together".into()));
        let decided = event(30, Draft::about(&of(&a), body::Assigned { case, user: Some("ben".into()) }));
        let erased = event(40, Draft::about(&of(&a), body::Erased {}));
        let all = [a.clone(), b.clone(), joined(20, &a), joined(21, &b), decided, erased];
        let what = |fold: &Fold| (fold.mention(&of(&a)).cloned(), fold.mention(&of(&b)).cloned());
        let whole = fold(&all);
        let rest = fold(all.iter().filter(|event| event.m != a.m || stays(&event.t)));
        assert_eq!(what(&rest), what(&whole));
        assert_eq!(whole.mention(&of(&b)).unwrap().assignee.as_deref(), Some("ben"));
    }

    #[test]
    fn every_key_of_an_erased_mention_is_told() {
        let (a, b) = (saved(10, &post("x", "1", "mia", "a")), saved(11, &post("x", "2", "mia", "b")));
        let key = |event: &Event| event.m.clone().unwrap();
        let one = event(20, Draft::about(&key(&a), body::Aliased { to: key(&b) }));
        let mut all = fold(&[a.clone(), b.clone(), one, event(30, Draft::about(&key(&b), body::Erased {}))]);
        let changes = all.take_changes();
        let mut told = erased_keys(&changes);
        told.sort();
        let (a, b) = (key(&a), key(&b));
        assert_eq!(told, if a < b { [&a, &b] } else { [&b, &a] });
    }

    #[test]
    fn settings_that_name_a_person_are_told() {
        let list = serde_json::json!([{ "network": "x", "handle": "mia", "role": "vip" }]);
        let draft = crate::log::Settings::default().draft("workspace", "listed", Some(list)).unwrap();
        let mut findings = Findings::default();
        findings.look(&Search::new("mia", None).unwrap(), &event(5, draft));
        assert_eq!(findings.settings().collect::<Vec<_>>(), ["workspace listed"]);
    }
}
