//! What a template can name: the author answered, the post, the person writing, the brand and the page.
//!
//! A field that is missing or blank is left out, so that `default` and `is defined` see it as missing; the namespaces
//! themselves always exist. `agent` is another name for `me`, as other tools call it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clean::{clean_line, clean_text};
use super::dates::Local;
use super::first_name::first_name;
use crate::message::Lang;
use crate::ordered::ordered;
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
const NAMESPACES: [&str; 9] = ["author", "post", "me", "agent", "brand", "page", "form", "case", "links"];

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

    /// Values by namespace, clean, without blanks.
    pub(super) fn namespaces(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut all: BTreeMap<String, BTreeMap<String, String>> =
            ordered(NAMESPACES.iter().map(|name| ((*name).to_owned(), BTreeMap::new())));
        let mut put = |namespace: &str, name: &str, value: String| {
            if !value.trim().is_empty() {
                all.entry(namespace.to_owned()).or_default().insert(name.to_owned(), value);
            }
        };
        for (namespace, values) in &self.more {
            for (name, value) in values {
                put(namespace, name, clean_text(value));
            }
        }
        let line = |value: &Option<String>| clean_line(value.as_deref().unwrap_or_default());
        // An address that was cut leads nowhere, so the limit of a line is not for it.
        let address = |value: &Option<String>| clean_text(value.as_deref().unwrap_or_default());
        let handle = |value: &Option<String>| bare_handle(line(value).trim_start_matches('@')).to_owned();

        put("author", "name", line(&self.author.name));
        put("author", "handle", handle(&self.author.handle));
        put("author", "first_name", known_or_read(&self.author.first_name, &self.author.name));
        put("post", "text", clean_text(self.post.text.as_deref().unwrap_or_default()));
        put("post", "url", address(&self.post.url));
        put("post", "network", line(&self.post.network));
        put("post", "permalink", address(&self.post.url));
        let day = self.post.published.map(|at| Local::at(at, self.offset).long(self.lang()));
        put("post", "time", line(&self.post.time.clone().or(day)));
        put("post", "language", line(&self.post.language));
        for namespace in ["me", "agent"] {
            put(namespace, "name", line(&self.me.name));
            put(namespace, "handle", handle(&self.me.handle));
            put(namespace, "first_name", known_or_read(&self.me.first_name, &self.me.name));
        }
        put("brand", "name", line(&self.brand.name));
        put("brand", "handle", handle(&self.brand.handle));
        put("brand", "url", address(&self.brand.url));
        put("page", "url", address(&self.page.url));
        put("page", "title", line(&self.page.title));
        all
    }
}

fn known_or_read(known: &Option<String>, name: &Option<String>) -> String {
    let known = clean_line(known.as_deref().unwrap_or_default());
    if known.is_empty() { first_name(name.as_deref().unwrap_or_default()).unwrap_or_default() } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn blanks_are_left_out_and_namespaces_stay() {
        let context = Context {
            author: Person { name: some("  "), first_name: some(""), handle: some("@ana") },
            ..Context::default()
        };
        let all = context.namespaces();
        assert_eq!(all["author"], BTreeMap::from([("handle".to_owned(), "ana".to_owned())]));
        assert_eq!(all.len(), NAMESPACES.len());
        let company = Person { handle: some("company/alba"), ..Person::default() };
        let context = Context { author: company, ..Context::default() };
        assert_eq!(context.namespaces()["author"]["handle"], "alba");
    }

    #[test]
    fn a_post_has_its_day_in_the_language_of_the_reply_and_its_link() {
        let mut context = Context { offset: 120, ..Context::default() };
        assert!(!context.namespaces()["post"].contains_key("time"));
        context.post.published = Some(1_795_386_600_000);
        context.post.url = some("https://x.com/a/status/1");
        assert_eq!(context.namespaces()["post"]["time"], "23 November 2026", "the day where the reply is written");
        assert_eq!(context.namespaces()["post"]["permalink"], "https://x.com/a/status/1");
        context.post.language = some("es-419");
        assert_eq!(context.namespaces()["post"]["time"], "23 de noviembre de 2026");
        context.post.time = some("yesterday");
        assert_eq!(context.namespaces()["post"]["time"], "yesterday");
    }

    #[test]
    fn a_known_first_name_wins_over_a_read_one() {
        let mut context =
            Context { author: Person { name: some("Dr. Ana Ruiz"), ..Person::default() }, ..Context::default() };
        assert_eq!(context.namespaces()["author"]["first_name"], "Ana");
        context.author.first_name = some("Anita");
        assert_eq!(context.namespaces()["author"]["first_name"], "Anita");
    }
}
