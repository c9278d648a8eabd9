//! What a page says about its posts in JSON-LD, for the fields of a post that its markup leaves empty.
//!
//! The definition's page field `linked_data` is the text of the script. An item is a post's when their addresses have one
//! canonical form, or when the page is about one article and the post is that. Ids and links never come from here: what a
//! post is known by stays with its markup.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::definition::Definition;
use super::permalink::{self, Parts};
use super::post::{PostKind, RawPost};
use crate::ordered::ordered;

/// The page's field.
pub const FIELD: &str = "linked_data";
/// Longer text is no description of posts.
const LONGEST: usize = 1 << 20;
const MOST_ITEMS: usize = 500;

/// Types of schema.org that are posts, and those that answer them.
const POSTS: &[&str] = &[
    "Article",
    "BlogPosting",
    "DiscussionForumPosting",
    "NewsArticle",
    "Question",
    "SocialMediaPosting",
    "TechArticle",
];
const COMMENTS: &[&str] = &["Answer", "Comment", "UserComments"];

/// The items of a page.
#[derive(Debug, Default)]
pub struct LinkedData {
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    kind: PostKind,
    /// Canonical.
    link: Option<String>,
    fields: BTreeMap<&'static str, String>,
}

impl LinkedData {
    /// Reads the text of a script. What is no JSON says nothing.
    pub fn read(definition: &Definition, text: &str, page_url: &str) -> Self {
        let mut found = Self::default();
        if text.len() <= LONGEST
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            found.collect(&value, &|href| permalink::canonical(definition, href, page_url, Parts::default()));
        }
        found
    }

    fn collect(&mut self, value: &Value, canonical: &dyn Fn(&str) -> Option<String>) {
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.collect(one, canonical)),
            Value::Object(object) => {
                let kind = [(PostKind::Post, POSTS), (PostKind::Comment, COMMENTS)];
                let kind = kind.iter().find(|(_, types)| each(&value["@type"]).any(|name| types.contains(&bare(name))));
                if let Some((kind, _)) = kind
                    && self.items.len() < MOST_ITEMS
                {
                    let link = ["url", "mainEntityOfPage", "@id"].iter().find_map(|name| text(&value[*name]));
                    self.items.push(Item { kind: *kind, link: link.and_then(canonical), fields: fields(value) });
                }
                object.values().for_each(|one| self.collect(one, canonical));
            }
            _ => {}
        }
    }

    /// `raw` with what the page says in JSON-LD where its own fields are empty. `link`: its canonical address.
    pub fn complete<'r>(&self, raw: &'r RawPost, kind: PostKind, link: Option<&str>) -> Cow<'r, RawPost> {
        let named = self.items.iter().find(|item| item.link.is_some() && item.link.as_deref() == link);
        let mut articles = self.items.iter().filter(|item| item.kind == PostKind::Post);
        let only = || articles.next().filter(|one| articles.next().is_none() && one.link.is_none());
        let item = named.or_else(|| (kind == PostKind::Post).then(only).flatten());
        let empty = |name: &str| raw.fields.get(name).is_none_or(|value| value.trim().is_empty());
        let new = item.into_iter().flat_map(|item| &item.fields).filter(|(name, _)| empty(name));
        let new: Vec<(String, String)> = new.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        if new.is_empty() {
            return Cow::Borrowed(raw);
        }
        let mut raw = raw.clone();
        raw.fields.extend(new);
        Cow::Owned(raw)
    }
}

fn fields(item: &Value) -> BTreeMap<&'static str, String> {
    let author = one(&item["author"]);
    let number = |names: [&str; 2]| {
        names.iter().find_map(|name| {
            text(&item[*name]).map(str::to_owned).or_else(|| item[*name].as_u64().map(|number| number.to_string()))
        })
    };
    let first = |names: &[&str]| names.iter().find_map(|name| text(&item[*name])).map(str::to_owned);
    let author_name = author.as_str().or_else(|| text(&author["name"])).map(str::to_owned);
    let all = [
        ("name", author_name),
        ("handle", text(&author["alternateName"]).map(str::to_owned)),
        ("text", first(&["text", "articleBody", "commentText", "description", "headline"])),
        ("published", first(&["datePublished", "dateCreated", "commentTime"])),
        ("likes", number(["upvoteCount", "likeCount"])),
        ("replies", number(["commentCount", "answerCount"])),
    ];
    ordered(all.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// The first of a list, or the value itself.
fn one(value: &Value) -> &Value {
    value.get(0).unwrap_or(value)
}

fn each(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    list.iter().filter_map(Value::as_str)
}

/// A text, or the id of the thing that stands there.
fn text(value: &Value) -> Option<&str> {
    let value = one(value);
    value.as_str().or_else(|| value.get("@id")?.as_str()).filter(|text| !text.trim().is_empty())
}

fn bare(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::registry;
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = "https://board.example/t/5?utm_source=x";

    fn generic() -> &'static Definition {
        registry::bundled().iter().find(|definition| definition.id == "generic").unwrap()
    }

    #[track_caller]
    fn check(script: &str, kind: PostKind, link: &str, own: &[(&str, &str)], expect: &[(&str, &str)]) {
        let owned = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let raw = RawPost { local: 1, rule: 0, fields: owned(own) };
        let data = LinkedData::read(generic(), script, PAGE);
        assert_eq!(data.complete(&raw, kind, Some(link)).fields, owned(expect), "{script}");
    }

    const THREAD: &str = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Board"},
        {"@type":["DiscussionForumPosting"],"@id":"/t/5","author":{"@type":"Person","name":"Ana","alternateName":"ana_m"},
         "text":"Where is it?","datePublished":"2026-11-20T10:00:00Z","commentCount":2,
         "comment":[{"@type":"schema:Comment","url":"https://board.example/t/5/7","author":["Ben"],"text":"Here."}]}]}"#;

    #[test]
    fn only_what_the_markup_leaves_empty_is_filled() {
        let said = [
            ("handle", "ana_m"),
            ("name", "Ana"),
            ("published", "2026-11-20T10:00:00Z"),
            ("replies", "2"),
            ("text", "Where is it?"),
        ];
        check(THREAD, PostKind::Post, "https://board.example/t/5", &[], &said);
        let own = [("handle", "ana"), ("name", "A."), ("published", "today"), ("replies", "3"), ("text", "Where?")];
        check(THREAD, PostKind::Post, "https://board.example/t/5", &own, &own);
        check(
            THREAD,
            PostKind::Comment,
            "https://board.example/t/5/7",
            &[("name", " ")],
            &[("name", "Ben"), ("text", "Here.")],
        );
        check(THREAD, PostKind::Comment, "https://board.example/t/5/8", &[], &[]);
    }

    #[test]
    fn an_article_without_address_is_the_pages_only_one() {
        let article = r#"{"@type":"https://schema.org/BlogPosting","author":"Rocío","headline":"New press"}"#;
        let said = [("name", "Rocío"), ("text", "New press")];
        check(article, PostKind::Post, "https://board.example/x", &[], &said);
        check(article, PostKind::Comment, "https://board.example/x", &[], &[]);
        check(&format!("[{article},{article}]"), PostKind::Post, "https://board.example/x", &[], &[]);
        let elsewhere = r#"{"@type":"BlogPosting","url":"https://board.example/y","headline":"Another"}"#;
        check(elsewhere, PostKind::Post, "https://board.example/x", &[], &[]);
    }

    #[test]
    fn what_is_no_json_says_nothing() {
        check("{", PostKind::Post, PAGE, &[], &[]);
        check("", PostKind::Post, PAGE, &[], &[]);
        check(r#"{"@type":7,"author":[[]]}"#, PostKind::Post, PAGE, &[], &[]);
        check(&"[".repeat(100_000), PostKind::Post, PAGE, &[], &[]);
    }

    proptest! {
        #[test]
        fn never_panics(script in r#"(\{"@type":"Comment",)?"(author|text|url)":[\[\]{}",a-z0-9:]{0,40}"#) {
            LinkedData::read(generic(), &script, PAGE);
        }
    }
}
