//! Raw strings to meaning: the one place where a page's words become posts, accounts and reply targets.
//!
//! Every string is a hostile page's. It is cleaned, shortened and parsed here; nothing in it chooses a rule or a network.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::calendar::DAY_MS;
use super::checkers;
use super::clean;
use super::counts;
use super::definition::{ComposerKind, ComposerRule, Definition, PostRule};
use super::ids::{self, IdTime};
use super::limits::Limit;
use super::linked_data::{self, LinkedData};
use super::permalink::{self, Parts};
use super::post::{Author, Count, Counts, Post, PostKind, Precision, Published, RawPost};
use super::times;
use crate::log::key::digest;
use crate::protocol::RawComposer;
use crate::text::{OffsetMap, Utf16Span};

type Fields = BTreeMap<String, String>;

/// The post in `raw`, read on `page_url` at `now_ms`. `None` when it has neither id nor permalink, or names no rule of
/// the definition.
pub fn interpret(definition: &Definition, raw: &RawPost, page_url: &str, now_ms: i64) -> Option<Post> {
    let rule = definition.posts.get(usize::from(raw.rule))?;
    let fields = &raw.fields;
    let author = Author {
        handle: handle(fields, "handle"),
        name: line(fields, "name"),
        verified: rule.fields.contains_key("verified").then(|| is_set(fields, "verified")),
        followers: count(definition, fields, "followers"),
    };
    let thread = fields.get("thread").and_then(|raw| ids::native(raw));
    let parts = Parts {
        handle: author.handle.as_deref(),
        thread: thread.as_deref(),
        template: rule.permalink.as_deref(),
        ..Parts::default()
    };
    let identity = identity(definition, fields, ("native_id", "permalink"), parts, page_url)
        .or_else(|| if rule.derived { derived(definition, fields, &author, page_url) } else { None })?;
    // A post never answers itself: on a thread's own page the reader of the thread's root meets the root too.
    let parent = parent(definition, fields, thread.as_deref(), page_url)
        .filter(|parent| identity.id.as_ref() != Some(parent) && identity.permalink != *parent);
    Some(Post {
        network: definition.network.clone(),
        kind: if parent.is_some() { PostKind::Comment } else { rule.kind },
        published: published(definition, fields, identity.id.as_deref(), now_ms),
        id: identity.id,
        permalink: identity.permalink,
        text: fields.get("text").map(|text| clean::text(text)).unwrap_or_default(),
        counts: Counts {
            likes: count(definition, fields, "likes"),
            reposts: count(definition, fields, "reposts"),
            replies: count(definition, fields, "replies"),
            views: count(definition, fields, "views"),
        },
        parent,
        promoted: is_set(fields, "promoted"),
        truncated: is_set(fields, "truncated"),
        author,
    })
}

/// What a page as a whole adds to the posts on it, read once per page.
#[derive(Debug, Default)]
pub struct About {
    profile: Option<Profile>,
    linked: LinkedData,
}

impl About {
    /// Reads the page's fields.
    pub fn of(definition: &Definition, page: &Fields, page_url: &str) -> Self {
        let linked = page.get(linked_data::FIELD);
        Self {
            profile: profile(definition, page),
            linked: linked.map(|text| LinkedData::read(definition, text, page_url)).unwrap_or_default(),
        }
    }

    /// The post in `raw` as [`interpret`] reads it, with what the page adds.
    pub fn post(&self, definition: &Definition, raw: &RawPost, page_url: &str, now_ms: i64) -> Option<Post> {
        let mut post = interpret(definition, raw, page_url, now_ms)?;
        if let Cow::Owned(raw) = self.linked.complete(raw, post.kind, Some(&post.permalink)) {
            post = interpret(definition, &raw, page_url, now_ms)?;
        }
        if let Some(profile) = &self.profile {
            profile.complete(&mut post.author);
        }
        Some(post)
    }
}

/// Fields of a rule that no reader answered, for the health display. A field that only says whether something is there
/// is not empty when it is not.
pub fn empty_fields<'r>(rule: &'r PostRule, raw: &RawPost) -> impl Iterator<Item = &'r str> {
    let absent: Vec<&str> = rule
        .fields
        .iter()
        .filter(|(_, readers)| !readers.iter().all(|reader| reader.present))
        .map(|(name, _)| name.as_str())
        .filter(|name| raw.fields.get(*name).is_none_or(|value| value.trim().is_empty()))
        .collect();
    absent.into_iter()
}

/// The account that the page acts as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acting {
    /// Handle without `@`.
    pub handle: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// The page says that nobody is logged in.
    pub logged_out: bool,
}

/// The acting account in the page's fields.
pub fn acting(page: &Fields) -> Acting {
    Acting {
        handle: handle(page, "acting_handle"),
        name: line(page, "acting_name"),
        logged_out: is_set(page, "logged_out"),
    }
}

/// What a person's own page says of that person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Handle without `@`.
    pub handle: String,
    /// Followers.
    pub followers: Count,
}

/// The person that the page is about, if it is one's own page.
pub fn profile(definition: &Definition, page: &Fields) -> Option<Profile> {
    Some(Profile { handle: handle(page, "profile_handle")?, followers: count(definition, page, "profile_followers")? })
}

impl Profile {
    /// Adds what the page says to a post of this person.
    pub fn complete(&self, author: &mut Author) {
        if author.handle.as_ref().is_some_and(|handle| handle.eq_ignore_ascii_case(&self.handle)) {
            author.followers = author.followers.or(Some(self.followers));
        }
    }
}

/// A composer with meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Composer {
    /// What it writes.
    pub kind: ComposerKind,
    /// The post that it answers, as far as the page tells.
    pub target: Option<Post>,
    /// The account that it writes as: its own where it shows one, else the page's.
    pub acting: Acting,
    /// Text that the network put in by itself.
    pub prefix: String,
    /// Longest text, in the network's own units.
    pub limit: Option<Limit>,
    /// The network shows the length left itself.
    pub shows_limit: bool,
    /// A private message box.
    pub private: bool,
    /// Another checker looks over its spelling.
    pub checked_elsewhere: bool,
}

impl Composer {
    /// What of its text a person wrote: all but what the network put in front.
    pub fn own_words<'t>(&self, text: &'t str) -> &'t str {
        match text.strip_prefix(&self.prefix) {
            Some(own) if !self.prefix.is_empty() => own.trim_start(),
            _ => text,
        }
    }

    /// Where that stands in the text.
    pub fn own_span(&self, text: &str) -> Utf16Span {
        let map = OffsetMap::new(text);
        map.span(text.len() - self.own_words(text).len()..text.len())
    }
}

/// The composer in `raw`. A handle of its own wins over the page's; the page's is never used when the composer shows a
/// different name, because a page can act as several accounts at once.
pub fn composer(
    definition: &Definition,
    raw: &RawComposer,
    page: &Fields,
    page_url: &str,
    now_ms: i64,
) -> Option<Composer> {
    let rule = definition.composers.get(usize::from(raw.rule))?;
    let own = acting(&raw.fields);
    let acting = match (&own.handle, &own.name) {
        (None, None) => acting(page),
        (None, Some(name)) => {
            let of_page = acting(page);
            if of_page.name.as_ref() == Some(name) { of_page } else { own }
        }
        _ => own,
    };
    let private = rule.private || rule.kind == ComposerKind::Message;
    let found = || {
        raw.target
            .as_ref()
            .and_then(|post| About::of(definition, page, page_url).post(definition, post, page_url, now_ms))
            .filter(|post| !contradicts(rule, &raw.fields, &post.author))
            .or_else(|| named_target(definition, &raw.fields, page_url, now_ms))
    };
    let target = if private { correspondent(definition, &raw.fields) } else { found() };
    Some(Composer {
        kind: rule.kind,
        target,
        acting,
        prefix: raw.fields.get("prefix").map(|text| clean::text(text)).unwrap_or_default(),
        limit: Limit::of(rule),
        shows_limit: rule.shows_limit,
        private,
        checked_elsewhere: raw.fields.contains_key(checkers::FIELD),
    })
}

/// Whom a private message goes to: who that is, and nothing of what was said. Without an identity it is nobody's to save.
fn correspondent(definition: &Definition, fields: &Fields) -> Option<Post> {
    let author =
        Author { handle: handle(fields, "target_handle"), name: line(fields, "target_name"), ..Author::default() };
    (author.handle.is_some() || author.name.is_some()).then(|| Post {
        network: definition.network.clone(),
        author,
        ..Post::default()
    })
}

/// Whether a box says itself that it answers somebody else: then the post that was found for it is a former one. What
/// is read from the page or its address names what the page is about, and contradicts nothing.
fn contradicts(rule: &ComposerRule, fields: &Fields, author: &Author) -> bool {
    let own = |name: &str| {
        let readers = rule.fields.get(name)?;
        readers.iter().all(|reader| !reader.document && !reader.location).then_some(())?;
        if name == "target_handle" { handle(fields, name) } else { line(fields, name) }
    };
    let differ = |a: String, b: &String| a.to_lowercase() != b.to_lowercase();
    match (own("target_handle").zip(author.handle.as_ref()), own("target_name").zip(author.name.as_ref())) {
        (Some((said, found)), _) | (None, Some((said, found))) => differ(said, found),
        (None, None) => false,
    }
}

/// The target that a composer names without a container on the page.
fn named_target(definition: &Definition, fields: &Fields, page_url: &str, now_ms: i64) -> Option<Post> {
    let handle = handle(fields, "target_handle");
    let parts = Parts { handle: handle.as_deref(), ..Parts::default() };
    let identity = identity(definition, fields, ("target_id", "target_permalink"), parts, page_url)?;
    Some(Post {
        network: definition.network.clone(),
        published: published(definition, fields, identity.id.as_deref(), now_ms),
        id: identity.id,
        permalink: identity.permalink,
        author: Author { handle, name: line(fields, "target_name"), ..Author::default() },
        text: fields.get("target_text").map(|text| clean::text(text)).unwrap_or_default(),
        ..Post::default()
    })
}

struct Identity {
    id: Option<String>,
    permalink: String,
}

/// Id and canonical permalink. A post with an id but no link of its own is reached through its page.
fn identity(
    definition: &Definition,
    fields: &Fields,
    (id, permalink): (&str, &str),
    parts: Parts<'_>,
    page_url: &str,
) -> Option<Identity> {
    let id = fields.get(id).and_then(|raw| ids::native(raw));
    let parts = Parts { id: id.as_deref(), ..parts };
    let own = fields.get(permalink).and_then(|href| permalink::canonical(definition, href, page_url, parts));
    let permalink = match (own, &id) {
        (Some(link), _) => link,
        (None, Some(_)) => permalink::canonical(definition, "", page_url, parts)?,
        (None, None) => return None,
    };
    Some(Identity { id: id.as_ref().map(|id| within(parts.thread, id)), permalink })
}

/// The identity of a post that shows none. Its link is its page's.
fn derived(definition: &Definition, fields: &Fields, author: &Author, page_url: &str) -> Option<Identity> {
    let permalink = permalink::canonical(definition, "", page_url, Parts::default())?;
    let thread = fields.get("parent").and_then(|raw| ids::native(raw));
    let text = clean::text(fields.get("text")?);
    let writer = author.handle.as_ref().or(author.name.as_ref())?;
    let id = derived_id(&definition.network, thread.as_ref().unwrap_or(&permalink), writer, &text)?;
    Some(Identity { id: Some(id), permalink })
}

/// An id made of what a comment says, for networks that show none: `derived:` and a hash of network, thread, writer and
/// text. It is the same whenever and wherever the comment is read again. Its limits: the same words of the same person in
/// one thread are one comment; words that are edited, translated by the network or unfolded are another; and no link leads
/// to it but its thread's. The day is no part of it, because pages say it in other words as it recedes ("5d", "11-16").
pub fn derived_id(network: &str, thread: &str, writer: &str, text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| format!("derived:{}", digest(&[network, thread, &writer.to_lowercase(), &text])))
}

/// An id as it is known outside of its thread.
fn within(thread: Option<&str>, id: &str) -> String {
    thread.map_or_else(|| id.to_owned(), |thread| format!("{thread}/{id}"))
}

/// The page's own time where it is exact, else the one in the id, else what the page says. An id's time that its author's
/// client chose gives way to a page that says another day.
fn published(definition: &Definition, fields: &Fields, id: Option<&str>, now_ms: i64) -> Option<Published> {
    /// How far a page's day may lie from the true time: the viewer's zone, and rounding to the day.
    const ANOTHER_DAY: i64 = 2 * DAY_MS;
    let said = fields.get("published").and_then(|raw| times::said(raw, now_ms));
    let page = said.map(|said| said.published);
    if page.is_some_and(|page| page.precision == Precision::Exact) {
        return page;
    }
    let scheme = definition.canonical.id_time.as_deref().and_then(IdTime::named);
    let carried = scheme.zip(id).and_then(|(scheme, id)| {
        let at = scheme.time(id)?;
        let wrong = said.is_some_and(|said| {
            scheme.is_claimed()
                && at.abs_diff(said.published.at) > ANOTHER_DAY.saturating_add(said.within).unsigned_abs()
        });
        (!wrong).then_some(Published { at, precision: Precision::Exact })
    });
    carried.or(page)
}

fn parent(definition: &Definition, fields: &Fields, thread: Option<&str>, page_url: &str) -> Option<String> {
    let raw = fields.get("parent")?;
    if raw.contains('/')
        && let Some(link) = permalink::canonical(definition, raw, page_url, Parts::default())
    {
        return Some(link);
    }
    ids::native(raw).map(|id| within(thread, &id))
}

fn count(definition: &Definition, fields: &Fields, name: &str) -> Option<Count> {
    counts::parse(fields.get(name)?, definition.canonical.bare_is_zero)
}

fn line(fields: &Fields, name: &str) -> Option<String> {
    Some(clean::line(fields.get(name)?)).filter(|text| !text.is_empty())
}

/// A handle, without the `@` or `/` that pages put before it; from a link it may be percent-encoded.
fn handle(fields: &Fields, name: &str) -> Option<String> {
    let handle = line(fields, name)?;
    let handle = if handle.contains('%') { ids::percent_decoded(&handle).unwrap_or(handle) } else { handle };
    let handle = handle.trim_start_matches(['@', '/']);
    (!handle.is_empty() && handle.chars().count() <= 200).then(|| handle.to_owned())
}

fn is_set(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_some_and(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::definition::Reader;
    use super::super::registry;
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_795_296_600_000;

    fn site(id: &str) -> &'static Definition {
        registry::bundled().iter().find(|definition| definition.id == id).unwrap()
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn raw(rule: u16, pairs: &[(&str, &str)]) -> RawPost {
        RawPost { local: 1, rule, fields: fields(pairs) }
    }

    #[test]
    fn a_post_without_id_and_link_is_none() {
        let read = |rule, pairs: &[(&str, &str)]| interpret(site("x"), &raw(rule, pairs), "https://x.com/home", NOW);
        assert_eq!(read(0, &[("text", "words"), ("handle", "ana")]), None);
        assert_eq!(read(0, &[("permalink", "javascript:alert(1)")]), None);
        assert_eq!(read(0, &[("native_id", " \u{200B}")]), None);
        assert_eq!(read(9, &[("native_id", "1909645231751452344")]), None);
        let post = read(0, &[("native_id", "1909645231751452344"), ("handle", "@ana")]).unwrap();
        assert_eq!(post.permalink, "https://x.com/ana/status/1909645231751452344");
        assert_eq!(post.published.map(|p| p.precision), Some(Precision::Exact));
        assert_eq!((post.author.verified, post.counts.likes), (Some(false), None));
    }

    #[test]
    fn a_comment_without_identity_is_known_by_what_it_says() {
        let site = site("tiktok");
        let rule = site.posts.iter().position(|rule| rule.derived).unwrap() as u16;
        let id = |parent, handle, text, said| {
            let raw = raw(rule, &[("parent", parent), ("handle", handle), ("text", text), ("published", said)]);
            let url = "https://www.tiktok.com/@acme/video/7571863205253885009?lang=en";
            interpret(site, &raw, url, NOW).map(|post| (post.id.unwrap(), post.permalink))
        };
        let first = id("75", "@Ana", "So good  😀", "2h ago").unwrap();
        assert!(first.0.starts_with("derived:"));
        assert_eq!(first.1, "https://www.tiktok.com/@acme/video/7571863205253885009");
        assert_eq!(id("75", "ana", "So good\n😀", "11-20").unwrap(), first, "read again, a day later");
        for other in [("76", "ana", "So good 😀"), ("75", "ben", "So good 😀"), ("75", "ana", "So good")] {
            assert_ne!(id(other.0, other.1, other.2, "2h ago").unwrap().0, first.0, "{other:?}");
        }
        assert_eq!(id("75", "", "So good", ""), None);
        assert_eq!(id("75", "ana", " \u{200B}", ""), None);
    }

    #[test]
    fn a_post_that_answers_another_is_a_comment_and_none_answers_itself() {
        let read = |parent| {
            let post = raw(0, &[("native_id", "7"), ("parent", parent)]);
            let post = interpret(site("practice"), &post, "https://p.example/practice.html", NOW).unwrap();
            (post.kind, post.parent)
        };
        assert_eq!(read("5"), (PostKind::Comment, Some("5".to_owned())));
        assert_eq!(read("7"), (PostKind::Post, None));
    }

    #[test]
    fn handles_lose_what_pages_put_around_them() {
        let handle = |raw| handle(&fields(&[("handle", raw)]), "handle");
        assert_eq!(handle("@ana").as_deref(), Some("ana"));
        assert_eq!(handle("/ana").as_deref(), Some("ana"));
        assert_eq!(handle("\u{2068}@ana.example\u{2069}").as_deref(), Some("ana.example"));
        assert_eq!(handle("june%20a").as_deref(), Some("june a"));
        assert_eq!(handle("100%").as_deref(), Some("100%"));
        assert_eq!(handle("@"), None);
    }

    #[test]
    fn a_composer_acts_as_what_it_shows_itself() {
        let page = fields(&[("acting_handle", "@acme"), ("acting_name", "Acme")]);
        let act = |own: &[(&str, &str)]| {
            let raw = RawComposer { fields: fields(own), ..RawComposer::default() };
            composer(site("practice"), &raw, &page, "https://p.example/", NOW).unwrap().acting.handle
        };
        assert_eq!(act(&[]).as_deref(), Some("acme"));
        assert_eq!(act(&[("acting_handle", "sam")]).as_deref(), Some("sam"));
        assert_eq!(act(&[("acting_name", "Acme")]).as_deref(), Some("acme"));
        assert_eq!(act(&[("acting_name", "Somebody else")]), None);
    }

    #[test]
    fn a_composer_far_from_its_post_names_its_target() {
        let own = fields(&[("target_permalink", "/ana/status/12"), ("target_id", "12"), ("target_handle", "ana")]);
        let raw = RawComposer { fields: own, ..RawComposer::default() };
        let target = composer(site("x"), &raw, &Fields::new(), "https://x.com/home", NOW).unwrap().target.unwrap();
        assert_eq!(
            (target.permalink.as_str(), target.author.handle.as_deref()),
            ("https://x.com/ana/status/12", Some("ana"))
        );
    }

    #[test]
    fn a_target_that_the_box_contradicts_is_none() {
        let reader = |css: &str| vec![Reader { css: Some(css.to_owned()), ..Reader::default() }];
        let mut board = site("practice").clone();
        for field in ["target_handle", "target_name"] {
            board.composers[0].fields.insert(field.to_owned(), reader(".to"));
        }
        let post = raw(0, &[("native_id", "7"), ("handle", "Ana"), ("name", "Ana López")]);
        let nameless = raw(0, &[("native_id", "7")]);
        let target = |definition: &Definition, post: &RawPost, own: &[(&str, &str)]| {
            let raw = RawComposer { fields: fields(own), target: Some(post.clone()), ..RawComposer::default() };
            composer(definition, &raw, &Fields::new(), "https://p.example/practice.html", NOW).unwrap().target.is_some()
        };
        for (own, expect) in [
            (&[] as &[_], true),
            (&[("target_handle", "@ana")], true),
            (&[("target_handle", "ben")], false),
            (&[("target_name", "ana lópez")], true),
            (&[("target_name", "Ben")], false),
            // A name can be shortened or changed; a handle is the person.
            (&[("target_handle", "ana"), ("target_name", "Ana L.")], true),
        ] {
            assert_eq!(target(&board, &post, own), expect, "{own:?}");
            assert!(target(&board, &nameless, own), "{own:?}");
        }
        // What the page's address says is about the page.
        board.composers[0]
            .fields
            .insert("target_handle".to_owned(), vec![Reader { location: true, ..Reader::default() }]);
        assert!(target(&board, &post, &[("target_handle", "ben")]));
    }

    #[test]
    fn a_claimed_time_gives_way_to_the_page() {
        let read = |definition: &str, id: &str, said: &str| {
            let pairs = fields(&[("published", said)]);
            published(site(definition), &pairs, Some(id), NOW).map(|p| (super::super::calendar::iso(p.at), p.precision))
        };
        let check = |definition, id, said, at: &str, precision| {
            assert_eq!(read(definition, id, said), Some((at.to_owned(), precision)), "{definition} {said}");
        };
        let (tid, own) = ("3lmcq5z2jzc2b", "2025-04-08T14:54:35.065Z");
        check("bluesky", tid, "", own, Precision::Exact);
        check("bluesky", tid, "April 8, 2025 at 1:28 AM", own, Precision::Exact);
        check("bluesky", tid, "April 10, 2025 at 1:28 AM", own, Precision::Exact);
        check("bluesky", tid, "January 27, 2026 at 1:28 AM", "2026-01-27T01:28:00Z", Precision::Day);
        check("bluesky", tid, "2 h", "2026-11-21T19:30:00Z", Precision::Hour);
        // A year and a half ago is "1y".
        check("bluesky", tid, "1y", own, Precision::Exact);
        check("bluesky", tid, "3y", "2023-11-22T21:30:00Z", Precision::Day);
        // These times are the network's own.
        check("x", "1909645231751452344", "Jan 27, 2026", "2025-04-08T16:31:17.399Z", Precision::Exact);
    }

    #[test]
    fn ids_within_a_thread_name_the_thread() {
        let read = |pairs: &[(&str, &str)]| {
            let mut board = site("practice").clone();
            board.posts[0].permalink = Some("{origin}/t/{thread}/{id}".to_owned());
            let post = interpret(&board, &raw(0, pairs), "https://p.example/practice.html", NOW).unwrap();
            (post.id, post.permalink, post.parent)
        };
        let some = |text: &str| Some(text.to_owned());
        let link = |path: &str| format!("https://p.example{path}");
        assert_eq!(
            read(&[("native_id", "2"), ("thread", "27"), ("parent", "1")]),
            (some("27/2"), link("/t/27/2"), some("27/1"))
        );
        assert_eq!(
            read(&[("native_id", "1"), ("thread", "27"), ("parent", "1")]),
            (some("27/1"), link("/t/27/1"), None)
        );
        assert_eq!(
            read(&[("native_id", "2"), ("thread", "27"), ("parent", "/t/30/1")]),
            (some("27/2"), link("/t/27/2"), Some(link("/t/30/1")))
        );
        assert_eq!(read(&[("native_id", "2"), ("parent", "1")]), (some("2"), link("/practice.html"), some("1")));
    }

    #[test]
    fn a_profile_completes_its_own_person_only() {
        let page = fields(&[("profile_handle", "Ana"), ("profile_followers", "3,893 Followers")]);
        let profile = profile(site("x"), &page).unwrap();
        let followers = |handle: &str| {
            let mut author = Author { handle: Some(handle.to_owned()), ..Author::default() };
            profile.complete(&mut author);
            author.followers.map(|count| count.value)
        };
        assert_eq!((followers("ana"), followers("ben")), (Some(3893), None));
    }

    proptest! {
        #[test]
        fn never_panics(value in ".{0,30}", page in ".{0,20}|https://x.com/[a-z/]{0,9}", rule in 0u16..4) {
            for definition in registry::bundled() {
                let all = super::super::load::POST_FIELDS.iter().map(|name| (*name, value.as_str())).collect::<Vec<_>>();
                interpret(definition, &raw(rule, &all), &page, NOW);
            }
        }
    }
}
