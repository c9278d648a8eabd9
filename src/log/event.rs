//! The event: one immutable document per thing that happened, in the full envelope from the first day.
//!
//! ```text
//! _id  2026-11!<HLC>-<actor tag>     t   type        m     mention         seen  the field's last events
//! by   user                          v   value       hlc   clock           h     hash of the canonical body
//! dev  device                        sv  version     once  the asker's key for this change
//! ```
//! An event is never edited. Fields and types this build does not know are kept as they came and written out again;
//! only what begins with `_` is a server's, and dropped. Store an event as its text ([`Event::text`]) beside the fields to index: JavaScript
//! numbers would not hold every number that another version may have written.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::body::{self, Body, Saved};
use super::canonical::{MAX_SAFE, write_list, write_text, write_value};
use super::clock::{Hlc, base32};
use super::key::{IdScope, hex};
use super::{CaseId, EventId, MentionKey};
use crate::site::post::{Count, Post};

/// Version of the envelope, in `sv`.
pub const SCHEMA: u16 = 1;

const HASH_DIGITS: usize = 32;

/// Who acts, and on which device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// User name, or a generated id until a team is joined.
    pub by: String,
    /// Device id.
    pub dev: String,
}

impl Actor {
    /// Eight base32 digits that tell this user's device from every other in event ids.
    pub fn tag(&self) -> String {
        let hash = Sha256::digest(format!("rj1|actor|{}|{}", self.by, self.dev).as_bytes());
        base32(hash.iter().take(5).fold(0, |bits, byte| (bits << 8) | u64::from(*byte)), 8)
    }
}

/// What an event will say, before it has an author and a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The mention it is about; settings have none.
    pub m: Option<MentionKey>,
    /// Type and value.
    pub body: Body,
    /// The last events of the field it changes, so that what was not seen shows as concurrent.
    pub seen: Vec<EventId>,
}

impl Draft {
    /// A draft about a mention that replaces nothing.
    pub fn about(m: &MentionKey, body: impl Into<Body>) -> Self {
        Self { m: Some(m.clone()), body: body.into(), seen: Vec::new() }
    }

    /// Saves a post. `None` when the post has no identity.
    pub fn save(post: &Post, scope: IdScope, via: &str, selection: Option<String>) -> Option<Self> {
        let key = MentionKey::of(post, scope)?;
        let case = Some(CaseId::of(post, &key, scope));
        let mut post = post.clone();
        let counts = [
            &mut post.counts.likes,
            &mut post.counts.reposts,
            &mut post.counts.replies,
            &mut post.counts.views,
            &mut post.author.followers,
        ];
        for count in counts.into_iter().flatten() {
            *count = Count { value: count.value.min(MAX_SAFE), ..*count };
        }
        Some(Self::about(&key, Saved { post, case, via: via.to_owned(), selection }))
    }

    /// Takes `event` back. `None` for what cannot be taken back: an erasure, a join of two mentions, an undo.
    pub fn undo(event: &Event) -> Option<Self> {
        let body = event.body()?;
        if matches!(body, Body::Erased(_) | Body::Aliased(_) | Body::Undone(_)) {
            return None;
        }
        let case = body.case_of(event.m.as_ref());
        let body = body::Undone { event: event.id.clone(), case }.into();
        Some(Self { m: event.m.clone(), body, seen: Vec::new() })
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identity; sorts by time.
    pub id: EventId,
    /// Type; [`Event::body`] has it typed.
    pub t: String,
    /// User.
    pub by: String,
    /// Device.
    pub dev: String,
    /// Mention.
    pub m: Option<MentionKey>,
    /// When, as the device's clock has it.
    pub hlc: Hlc,
    /// Value, as written.
    pub v: Value,
    /// Last events of the field that the author knew.
    pub seen: Vec<EventId>,
    /// Hash of the canonical body.
    pub h: String,
    /// Envelope version.
    pub sv: u16,
    /// Key of the change, made by the asker: a retry that finds it in the log changes nothing.
    pub once: Option<String>,
    /// Fields of other versions.
    pub more: BTreeMap<String, Value>,
}

impl Event {
    /// The event for `draft`, by `actor` at `at`, which [`Clock::tick`](super::Clock::tick) gave for it alone.
    pub fn new(draft: Draft, actor: &Actor, at: Hlc, once: Option<String>) -> Self {
        let mut event = Self {
            id: EventId(format!("{}-{}", EventId::from_hlc(at).0, actor.tag())),
            t: draft.body.t().to_owned(),
            by: actor.by.clone(),
            dev: actor.dev.clone(),
            m: draft.m,
            hlc: at,
            v: draft.body.to_value(),
            seen: draft.seen,
            h: String::new(),
            sv: SCHEMA,
            once,
            more: BTreeMap::new(),
        };
        event.h = event.hash();
        event
    }

    /// What it says; `None` for what this build does not know, which is folded past.
    pub fn body(&self) -> Option<Body> {
        Body::read(&self.t, &self.v)
    }

    /// When, in UTC milliseconds.
    pub fn at(&self) -> i64 {
        self.hlc.ms()
    }

    /// The event as canonical JSON: sorted keys, no white space. What is stored, exported and sent.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out, |_| true);
        out
    }

    /// The event that `text` holds.
    pub fn from_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Hash of the canonical body: every field but the hash itself and what a server adds.
    pub fn hash(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out, |name| name != "h" && (name == "_id" || !name.starts_with('_')));
        hex(&Sha256::digest(out.as_bytes())[..HASH_DIGITS / 2])
    }

    /// Its hash is the hash of what it holds. What a hash of another version covers we cannot know: it is believed.
    pub fn is_intact(&self) -> bool {
        self.sv > SCHEMA || self.h.len() != HASH_DIGITS || self.h == self.hash()
    }

    fn write(&self, out: &mut String, keep: impl Fn(&str) -> bool) {
        out.push('{');
        self.each(|name, value| {
            if keep(name) {
                if out.len() > 1 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                match value {
                    Field::Text(text) => write_text(out, text),
                    Field::Ids(ids) => write_list(out, ids, |out, id| write_text(out, &id.0)),
                    Field::Number(number) => drop(write!(out, "{number}")),
                    Field::Value(value) => write_value(out, value),
                }
            }
        });
        out.push('}');
    }

    /// Every field that is there, in the order of their names.
    fn each(&self, mut field: impl FnMut(&str, Field<'_>)) {
        let hlc = self.hlc.to_string();
        let known = [
            ("_id", Some(Field::Text(&self.id.0))),
            ("by", Some(Field::Text(&self.by))),
            ("dev", Some(Field::Text(&self.dev))),
            ("h", Some(Field::Text(&self.h)).filter(|_| !self.h.is_empty())),
            ("hlc", Some(Field::Text(&hlc))),
            ("m", self.m.as_ref().map(|m| Field::Text(&m.0))),
            ("once", self.once.as_deref().map(Field::Text)),
            ("seen", Some(Field::Ids(&self.seen))),
            ("sv", Some(Field::Number(self.sv))),
            ("t", Some(Field::Text(&self.t))),
            ("v", Some(Field::Value(&self.v))),
        ];
        let mut more = self.more.iter().peekable();
        for (name, value) in known {
            while let Some((other, value)) = more.next_if(|(other, _)| other.as_str() < name) {
                field(other, Field::Value(value));
            }
            if let Some(value) = value {
                field(name, value);
            }
        }
        for (other, value) in more {
            field(other, Field::Value(value));
        }
    }
}

enum Field<'a> {
    Text(&'a str),
    Ids(&'a [EventId]),
    Number(u16),
    Value(&'a Value),
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut result = Ok(());
        self.each(|name, value| {
            if result.is_ok() {
                result = match value {
                    Field::Text(text) => map.serialize_entry(name, text),
                    Field::Ids(ids) => map.serialize_entry(name, ids),
                    Field::Number(number) => map.serialize_entry(name, &number),
                    Field::Value(value) => map.serialize_entry(name, value),
                };
            }
        });
        result?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadEvent)
    }
}

struct ReadEvent;

impl<'de> Visitor<'de> for ReadEvent {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Event, A::Error> {
        let (mut id, mut t, mut hlc) = (None, None, None);
        let (mut by, mut dev, mut h) = (String::new(), String::new(), String::new());
        let (mut m, mut once, mut seen, mut sv) = (None, None, Vec::new(), SCHEMA);
        let (mut v, mut more) = (Value::Null, BTreeMap::new());
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match name.as_ref() {
                "_id" => id = Some(map.next_value::<EventId>()?),
                "t" => t = Some(map.next_value::<String>()?),
                "hlc" => hlc = Some(map.next_value::<Hlc>()?),
                "by" => by = map.next_value()?,
                "dev" => dev = map.next_value()?,
                "h" => h = map.next_value()?,
                "m" => m = map.next_value()?,
                "once" => once = map.next_value()?,
                "seen" => seen = map.next_value()?,
                "sv" => sv = map.next_value()?,
                "v" => v = map.next_value()?,
                // A server's own; it would refuse others of that kind.
                name if name.starts_with('_') => drop(map.next_value::<de::IgnoredAny>()?),
                _ => drop(more.insert(name.into_owned(), map.next_value()?)),
            }
        }
        let id = id.filter(|id| !id.0.is_empty()).ok_or_else(|| de::Error::missing_field("_id"))?;
        let t = t.ok_or_else(|| de::Error::missing_field("t"))?;
        let hlc = hlc.ok_or_else(|| de::Error::missing_field("hlc"))?;
        Ok(Event { id, t, by, dev, m, hlc, v, seen, h, sv, once, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ana() -> Actor {
        Actor { by: "ana".into(), dev: "d1".into() }
    }

    #[test]
    fn an_id_says_when_and_by_whom() {
        let draft = Draft::about(&MentionKey("k".into()), body::Noted { text: "hi".into() });
        let at = Hlc::new(1_795_000_000_000, 7);
        let event = Event::new(draft, &ana(), at, Some("c1".into()));
        assert_eq!(event.id.0, format!("2026-11!{at}-{}", ana().tag()));
        assert_eq!(ana().tag().len(), 8);
        assert_ne!(ana().tag(), Actor { by: "ana".into(), dev: "d2".into() }.tag());
        assert!(event.is_intact());
        assert_eq!(Event::from_text(&event.text()).unwrap(), event);
        assert_eq!(serde_json::to_string(&event).unwrap(), event.text());
    }

    #[test]
    fn an_event_from_the_future_comes_out_as_it_went_in() {
        let hlc = Hlc::new(1_795_000_000_000, 0);
        let line = format!(
            r#"{{"_id":"2026-11!{hlc}-AAAAAAAA","a_new":{{"a":[1,2.5,18446744073709551615],"b":null}},"by":"ana","dev":"d","hlc":"{hlc}","m":"k","once":"c","seen":["a"],"sv":7,"t":"hologram","v":{{"deep":[{{"x":0.30000000000000004}}]}},"zz":"\u0001é😀\n"}}"#
        );
        let event = Event::from_text(&line).unwrap();
        assert_eq!(event.body(), None);
        assert_eq!(event.text(), line);
    }

    #[test]
    fn what_a_server_adds_does_not_change_the_hash() {
        let event = Event::new(Draft::about(&MentionKey("k".into()), body::Erased {}), &ana(), Hlc::new(5, 0), None);
        let mut value: Value = serde_json::from_str(&event.text()).unwrap();
        value["_rev"] = "1-abc".into();
        value["_attachments"] = serde_json::json!({});
        let back: Event = serde_json::from_value(value).unwrap();
        assert!(back.is_intact());
        assert!(!back.text().contains("_rev"));
        assert!(!Event { by: "ben".into(), ..back }.is_intact());
    }

    #[test]
    fn what_is_no_event_is_refused() {
        for text in ["", "[]", "{}", r#"{"_id":"","t":"x","hlc":"0000000000000"}"#, r#"{"_id":"i","t":"x","hlc":"?"}"#]
        {
            assert!(Event::from_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn counts_that_no_browser_can_hold_are_capped() {
        let mut post = Post { network: "x".into(), id: Some("1".into()), ..Post::default() };
        post.counts.likes = Some(Count { value: u64::MAX, approximate: true });
        let draft = Draft::save(&post, IdScope::Network, "row", None).unwrap();
        let Body::Saved(saved) = draft.body else { panic!() };
        assert_eq!(saved.post.counts.likes, Some(Count { value: MAX_SAFE, approximate: true }));
    }

    #[test]
    fn some_things_cannot_be_undone() {
        let event = |body: Body| Event::new(Draft::about(&MentionKey("k".into()), body), &ana(), Hlc::new(5, 0), None);
        assert_eq!(Draft::undo(&event(body::Erased {}.into())), None);
        assert_eq!(Draft::undo(&event(body::Aliased { to: MentionKey("l".into()) }.into())), None);
        let noted = event(body::Noted { text: "x".into() }.into());
        let undo = Draft::undo(&noted).unwrap();
        assert_eq!(undo.body, body::Undone { event: noted.id, case: None }.into());
        assert_eq!(Draft::undo(&event(undo.body)), None);
    }

    proptest! {
        #[test]
        fn any_text_survives(text in ".*", name in ".*") {
            let draft = Draft::about(&MentionKey(name), body::Noted { text });
            let event = Event::new(draft, &ana(), Hlc::new(5, 0), None);
            prop_assert_eq!(Event::from_text(&event.text()).unwrap(), event);
        }
    }
}
