//! What a template can name: the author answered, the post, the person writing, the brand and the page.
//!
//! A field that is missing or blank is left out, so that `default` and `is defined` see it as missing; the namespaces
//! themselves always exist. `agent` is another name for `me`, as other tools call it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::case::{CASE, LINKS};
use super::clean::{clean_line, clean_text};
use super::dates::Local;
use super::first_name::first_name;
use crate::message::Lang;
use crate::site::post::{Post, bare_handle};

/// Values for one reply. Page values may be hostile; they are cleaned when they are read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// The author answered.
    pub author: Person,
    /// The post answered.
    pub post: PostFacts,
    /// The person who writes the reply.
    #[serde(alias = "agent")]
    pub me: Me,
    /// The brand that answers.
    pub brand: Brand,
    /// The page in front.
    pub page: Page,
    /// Further values, by namespace and name: a form's answers, a brand's own facts.
    pub more: BTreeMap<String, BTreeMap<String, String>>,
    /// UTC milliseconds now; without it `date()` has no value.
    pub now: Option<i64>,
    /// Minutes that local time is ahead of UTC.
    pub offset: i32,
    /// Decides what `random()` takes: the same number, the same choice.
    pub seed: u64,
}

/// `author`: someone as a page shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// Display name.
    pub name: Option<String>,
    /// First name where somebody knows it; else it is read from the display name.
    pub first_name: Option<String>,
    /// Handle, with or without `@`.
    pub handle: Option<String>,
}

/// `post`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostFacts {
    /// Its text.
    pub text: Option<String>,
    /// Permalink.
    pub url: Option<String>,
    /// Network id.
    pub network: Option<String>,
    /// When it was published, as the reply writes it; else the day of `published`.
    pub time: Option<String>,
    /// When it was published, UTC milliseconds.
    pub published: Option<i64>,
    /// Language it is written in.
    pub language: Option<String>,
}

/// `me`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Me {
    /// Name as it signs.
    pub name: Option<String>,
    /// First name; else it is read from the name.
    pub first_name: Option<String>,
    /// Handle of the acting account.
    pub handle: Option<String>,
}

/// `brand`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brand {
    /// The brand as it signs.
    pub name: Option<String>,
    /// Its handle on this network.
    pub handle: Option<String>,
    /// Its site.
    pub url: Option<String>,
}

/// `page`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
}

/// Names that are always defined.
const NAMESPACES: [&str; 9] = ["author", "post", "me", "agent", "brand", "page", "form", CASE, LINKS];

impl Context {
    /// The context for an answer to `post`; who writes and for which brand is the caller's.
    pub fn answering(post: &Post) -> Self {
        Self {
            author: Person { name: post.author.name.clone(), first_name: None, handle: post.author.handle.clone() },
            post: PostFacts {
                text: Some(post.text.clone()),
                url: Some(post.permalink.clone()),
                network: Some(post.network.clone()),
                published: post.published.map(|published| published.at),
                ..PostFacts::default()
            },
            ..Self::default()
        }
    }

    /// Language that days are written in.
    pub(super) fn lang(&self) -> Lang {
        self.post.language.as_deref().map(Lang::from_tag).unwrap_or_default()
    }

    /// Whether a body can name that namespace.
    pub(super) fn has(&self, namespace: &str) -> bool {
        NAMESPACES.contains(&namespace) || self.more.contains_key(namespace)
    }

    /// A value, clean; none if it is missing or blank.
    pub(super) fn value(&self, namespace: &str, name: &str) -> Option<String> {
        let line = |value: &Option<String>| clean_line(value.as_deref().unwrap_or_default());
        let text = |value: &Option<String>| clean_text(value.as_deref().unwrap_or_default());
        let handle = |value: &Option<String>| bare_handle(line(value).trim_start_matches('@')).to_owned();
        let known = if namespace == "agent" { "me" } else { namespace };
        let value = match (known, name) {
            ("author", "name") => line(&self.author.name),
            ("author", "handle") => handle(&self.author.handle),
            ("author", "first_name") => known_or_read(&self.author.first_name, &self.author.name),
            ("post", "text") => text(&self.post.text),
            // An address that was cut leads nowhere, so the limit of a line is not for it.
            ("post", "url" | "permalink") => text(&self.post.url),
            ("post", "network") => line(&self.post.network),
            ("post", "time") => {
                let day = || self.post.published.map(|at| Local::at(at, self.offset).long(self.lang()));
                line(&self.post.time.clone().or_else(day))
            }
            ("post", "language") => line(&self.post.language),
            ("me", "name") => line(&self.me.name),
            ("me", "handle") => handle(&self.me.handle),
            ("me", "first_name") => known_or_read(&self.me.first_name, &self.me.name),
            ("brand", "name") => line(&self.brand.name),
            ("brand", "handle") => handle(&self.brand.handle),
            ("brand", "url") => text(&self.brand.url),
            ("page", "url") => text(&self.page.url),
            ("page", "title") => line(&self.page.title),
            _ => String::new(),
        };
        let is_there = |value: &String| !value.trim().is_empty();
        let more = || Some(clean_text(self.more.get(namespace)?.get(name)?));
        Some(value).filter(is_there).or_else(more).filter(is_there)
    }
}

fn known_or_read(known: &Option<String>, name: &Option<String>) -> String {
    let known = clean_line(known.as_deref().unwrap_or_default());
    if known.is_empty() { first_name(name.as_deref().unwrap_or_default()).unwrap_or_default() } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::post::{Precision, Published};

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[track_caller]
    fn check(context: &Context, namespace: &str, name: &str, expect: Option<&str>) {
        assert_eq!(context.value(namespace, name).as_deref(), expect, "{namespace}.{name}");
    }

    #[test]
    fn blanks_are_left_out_and_namespaces_stay() {
        let context = Context {
            author: Person { name: some("  "), first_name: some(""), handle: some("@ana") },
            more: [("form".to_owned(), [("order".to_owned(), " \u{200B} ".to_owned())].into())].into(),
            ..Context::default()
        };
        check(&context, "author", "name", None);
        check(&context, "author", "first_name", None);
        check(&context, "author", "handle", Some("ana"));
        check(&context, "form", "order", None);
        check(&context, "form", "other", None);
        for namespace in ["author", "post", "me", "agent", "brand", "page", "form", "case", "links"] {
            assert!(context.has(namespace), "{namespace}");
        }
        assert!(!context.has("auther"));
    }

    #[test]
    fn an_answer_is_to_the_author_of_its_post() {
        let mut post = Post { text: "Hi".to_owned(), permalink: "https://x.example/1".to_owned(), ..Post::default() };
        post.network = "x".to_owned();
        post.author.name = some("Ana Ruiz");
        post.author.handle = some("ana");
        let context = Context::answering(&post);
        for (namespace, name, expect) in [
            ("author", "name", "Ana Ruiz"),
            ("author", "first_name", "Ana"),
            ("author", "handle", "ana"),
            ("post", "text", "Hi"),
            ("post", "url", "https://x.example/1"),
            ("post", "network", "x"),
        ] {
            check(&context, namespace, name, Some(expect));
        }
        check(&context, "me", "name", None);
    }

    #[test]
    fn every_value_has_its_name() {
        let context = Context {
            author: Person { name: some("Ana Ruiz"), first_name: some("Anita"), handle: some("@ana") },
            post: PostFacts {
                text: some("one\ntwo"),
                url: some("https://x.example/1"),
                network: some("x"),
                time: some("an hour ago"),
                language: some("en"),
                ..PostFacts::default()
            },
            me: Me { name: some("Ben Ode"), first_name: some("Benny"), handle: some("@ben") },
            brand: Brand { name: some("Acme"), handle: some("company/acme"), url: some("https://acme.example") },
            page: Page { url: some("https://x.example"), title: some("Home") },
            more: [("shop".to_owned(), [("hours".to_owned(), "9 to 5".to_owned())].into())].into(),
            ..Context::default()
        };
        for (namespace, name, expect) in [
            ("author", "name", "Ana Ruiz"),
            ("author", "first_name", "Anita"),
            ("author", "handle", "ana"),
            ("post", "text", "one\ntwo"),
            ("post", "url", "https://x.example/1"),
            ("post", "network", "x"),
            ("post", "time", "an hour ago"),
            ("post", "language", "en"),
            ("me", "name", "Ben Ode"),
            ("me", "first_name", "Benny"),
            ("agent", "name", "Ben Ode"),
            ("agent", "first_name", "Benny"),
            ("agent", "handle", "ben"),
            ("me", "handle", "ben"),
            ("brand", "name", "Acme"),
            ("brand", "handle", "acme"),
            ("brand", "url", "https://acme.example"),
            ("page", "url", "https://x.example"),
            ("page", "title", "Home"),
            ("shop", "hours", "9 to 5"),
        ] {
            check(&context, namespace, name, Some(expect));
        }
        assert!(context.has("shop"));
        check(&context, "author", "text", None);
        check(&context, "shop", "name", None);
    }

    #[test]
    fn a_post_that_is_answered_gives_what_it_shows() {
        let mut post =
            Post { network: "x".to_owned(), permalink: "https://x.com/a/status/1".to_owned(), ..Post::default() };
        post.author.name = some("Ana Ruiz");
        post.author.handle = some("ana");
        post.text = "Where is it?".to_owned();
        post.published = Some(Published { at: 1_795_386_600_000, precision: Precision::Exact });
        let context = Context::answering(&post);
        for (namespace, name, expect) in [
            ("author", "first_name", "Ana"),
            ("author", "handle", "ana"),
            ("post", "text", "Where is it?"),
            ("post", "url", "https://x.com/a/status/1"),
            ("post", "network", "x"),
            ("post", "time", "22 November 2026"),
        ] {
            check(&context, namespace, name, Some(expect));
        }
    }

    #[test]
    fn a_known_value_wins_over_a_further_one() {
        let further = |name: &str, value: &str| [(name.to_owned(), value.to_owned())].into();
        let mut context = Context {
            more: [("brand".to_owned(), further("name", "Other")), ("agent".to_owned(), further("desk", "3"))].into(),
            ..Context::default()
        };
        check(&context, "brand", "name", Some("Other"));
        check(&context, "agent", "desk", Some("3"));
        context.brand.name = some("Acme");
        check(&context, "brand", "name", Some("Acme"));
    }

    #[test]
    fn an_address_is_never_cut_and_a_name_is() {
        let long = format!("https://x.example/{}", "a".repeat(300));
        let context = Context {
            post: PostFacts { url: Some(long.clone()), ..PostFacts::default() },
            brand: Brand { url: Some(long.clone()), name: Some(long.clone()), ..Brand::default() },
            page: Page { url: Some(long.clone()), title: Some(long.clone()) },
            ..Context::default()
        };
        for namespace in ["post", "brand", "page"] {
            check(&context, namespace, "url", Some(&long));
        }
        for (namespace, name) in [("brand", "name"), ("page", "title")] {
            let value = context.value(namespace, name).unwrap();
            assert!(value.ends_with('…') && value.chars().count() < 150, "{value}");
        }
    }

    #[test]
    fn a_post_has_its_day_in_the_language_of_the_reply_and_its_link() {
        let mut context = Context { offset: 120, ..Context::default() };
        check(&context, "post", "time", None);
        context.post.published = Some(1_795_386_600_000);
        context.post.url = some("https://x.com/a/status/1");
        check(&context, "post", "time", Some("23 November 2026"));
        check(&context, "post", "permalink", Some("https://x.com/a/status/1"));
        context.post.language = some("es-419");
        check(&context, "post", "time", Some("23 de noviembre de 2026"));
        context.post.time = some("yesterday");
        check(&context, "post", "time", Some("yesterday"));
    }

    #[test]
    fn a_known_first_name_wins_over_a_read_one() {
        let mut context =
            Context { author: Person { name: some("Dr. Ana Ruiz"), ..Person::default() }, ..Context::default() };
        check(&context, "author", "first_name", Some("Ana"));
        context.author.first_name = some("Anita");
        check(&context, "author", "first_name", Some("Anita"));
    }
}
