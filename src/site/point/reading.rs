//! From a picked element to what is read of it: which attribute, which part of a link, which number names a post.

use serde_json::{Map, Value, json};

use super::propose::{PEOPLE, Part};
use super::written::{Name, judge};
use crate::protocol::{PointSaid, Shape};

/// The element meant by an aim, with its ancestors: the link around a name, the time element in a line, the button around
/// an icon. The number says how far it lies above (positive) or in (negative) what was aimed at.
pub fn meant(part: Part, said: &PointSaid) -> (Vec<Shape>, isize) {
    let chain = &said.chain;
    let up = |most: usize, fits: &dyn Fn(&Shape) -> bool| chain.iter().take(most).position(fits);
    let above = match part {
        Part::Author | Part::Me | Part::Link => up(4, &is_link),
        Part::Time => up(3, &|shape| shape.tag == "time" || shape.attrs.contains_key("datetime")),
        Part::Send | Part::Reply => up(4, &is_control),
        Part::Box => chain.iter().take_while(|shape| shape.editable).count().checked_sub(1),
        Part::Post | Part::Text => None,
    };
    if let Some(at) = above {
        return (chain.get(at..).unwrap_or_default().to_vec(), isize::try_from(at).unwrap_or(0));
    }
    let inside = match part {
        Part::Author | Part::Me => {
            Some(&said.link).filter(|way| way.first().is_some_and(|link| person(link).is_some()))
        }
        Part::Link => Some(&said.link),
        Part::Time => Some(&said.time),
        Part::Box => Some(&said.edit),
        _ => None,
    };
    match inside.filter(|way| !way.is_empty()) {
        Some(way) => ([way.as_slice(), chain].concat(), -isize::try_from(way.len()).unwrap_or(0)),
        None => (chain.to_vec(), 0),
    }
}

fn is_link(shape: &Shape) -> bool {
    shape.tag == "a" && shape.attrs.get("href").is_some_and(|href| !href.is_empty() && !href.starts_with("javascript:"))
}

fn is_control(shape: &Shape) -> bool {
    let typed = |kinds: &[&str]| shape.attrs.get("type").is_some_and(|kind| kinds.contains(&kind.as_str()));
    matches!(shape.tag.as_str(), "button" | "a")
        || (shape.tag == "input" && typed(&["submit", "button", "image"]))
        || shape.attrs.get("role").is_some_and(|role| role == "button")
}

/// The pattern that takes a person's name out of a profile's address, if the address looks like one.
fn person(link: &Shape) -> Option<String> {
    let href = link.attrs.get("href")?;
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let steps: Vec<&str> = path.split('/').collect();
    for (at, step) in steps.iter().enumerate() {
        let name = steps.get(at + 1).copied().unwrap_or_default();
        let numeric = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if step.starts_with('@') && step.len() > 1 {
            return Some("/@([^/?#]+)".to_owned());
        }
        if !PEOPLE.contains(&step.to_ascii_lowercase().as_str()) || name.is_empty() {
            continue;
        }
        let start = if at == 0 { format!("^{}/", literal(step)) } else { format!("/{}/", literal(step)) };
        if !numeric(name) {
            return Some(format!("{start}([^/?#]+)"));
        }
        if steps.get(at + 2).is_some_and(|slug| !slug.is_empty() && !numeric(slug)) {
            return Some(format!("{start}[0-9]+/([^/?#]+)"));
        }
    }
    None
}

/// `text` as a pattern that matches just it, in both engines.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "^$\\.*+?()[]{}|/".contains(c) && c != '/' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The readers that a picked element fills, by field.
pub fn readers(part: Part, css: &str, element: &Shape) -> Vec<(&'static str, Value)> {
    let text = json!({ "css": css });
    let attr = |name: &str| json!({ "css": css, "attr": name });
    let account = |handle, name| {
        let readers = match person(element) {
            Some(re) => json!([{ "css": css, "attr": "href", "re": re }, text]),
            None => json!([text]),
        };
        vec![(handle, readers), (name, json!([text]))]
    };
    match part {
        Part::Author => account("handle", "name"),
        Part::Me => account("acting_handle", "acting_name"),
        // What others said and is quoted here is theirs; a post of nothing but a quote keeps it.
        Part::Text => vec![("text", json!([{ "css": css, "skip": "blockquote, button" }, text]))],
        Part::Link => vec![("permalink", json!([attr("href")]))],
        Part::Time => vec![(
            "published",
            clock(element).map_or_else(
                || json!([text]),
                |name| match name {
                    "datetime" => json!([attr(name)]),
                    name => json!([attr(name), text]),
                },
            ),
        )],
        Part::Post | Part::Box | Part::Send | Part::Reply => Vec::new(),
    }
}

/// The attribute that holds an element's time for machines or in full.
fn clock(element: &Shape) -> Option<&str> {
    let digits = |value: &str| value.bytes().filter(u8::is_ascii_digit).count();
    if element.attrs.contains_key("datetime") {
        return Some("datetime");
    }
    let named = |name: &str| ["time", "date", "stamp"].iter().any(|word| name.contains(word));
    let data = element
        .attrs
        .iter()
        .find(|(name, value)| name.starts_with("data-") && named(name) && digits(value) >= 8 && value.len() <= 40);
    data.map(|(name, _)| name.as_str())
        .or_else(|| element.attrs.get("title").filter(|title| digits(title) >= 4 && title.len() <= 60).map(|_| "title"))
}

/// What tells one post from another by itself: the reader of its number, and the number's shape around the digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Attribute.
    pub attr: String,
    /// What stands around the number; empty = the whole value is the number.
    pub around: (String, String),
    /// The value at the element pointed at, without what stands around.
    pub value: String,
}

impl Identity {
    /// The reader.
    pub fn reader(&self) -> Value {
        let (head, tail) = &self.around;
        let mut reader = Map::new();
        reader.insert("attr".to_owned(), self.attr.clone().into());
        if !head.is_empty() || !tail.is_empty() {
            reader.insert("re".to_owned(), format!("^{}([0-9]+){}$", literal(head), literal(tail)).into());
        }
        Value::Object(reader)
    }
}

/// The attribute of a container that numbers posts; it must differ in each of the `sample`.
pub fn identity(container: &Shape, sample: &[Shape]) -> Option<Identity> {
    let value = |shape: &Shape, name: &str| match name {
        "id" => Some(shape.id.clone()).filter(|id| !id.is_empty()),
        name => shape.attrs.get(name).cloned(),
    };
    let differs = |name: &str| {
        let values: Vec<_> = sample.iter().map(|shape| value(shape, name)).collect();
        // A handful: looking at every pair is cheap.
        values.iter().enumerate().all(|(at, value)| value.is_some() && !values[..at].contains(value))
    };
    let mut best: Option<(i32, Identity)> = None;
    let names = container.attrs.keys().map(String::as_str).chain(["id"]);
    for name in names.filter(|name| *name == "id" || name.starts_with("data-")) {
        let Some(text) = value(container, name) else { continue };
        if text.is_empty() || text.len() > 100 || text.contains(char::is_whitespace) || !differs(name) {
            continue;
        }
        let bare = name.trim_start_matches("data-");
        let words: Vec<&str> = bare.split(['-', '_']).collect();
        let (around, number, whole) = match judge(&text) {
            Name::Numbered(head, tail) => {
                let number = text[head.len()..text.len() - tail.len()].to_owned();
                ((head, tail), number, false)
            }
            _ => ((String::new(), String::new()), text.clone(), true),
        };
        let digits = text.bytes().any(|b| b.is_ascii_digit());
        let score = match name {
            "id" if !whole => 60,
            "id" if judge(&text) == Name::Machine && digits && !framework(&text) => 30,
            "id" => continue,
            _ if words.last().is_some_and(|last| last.ends_with("id")) => {
                let own = words.iter().any(|w| ["post", "comment", "message", "reply", "pid", "cid"].contains(w));
                let others =
                    words.iter().any(|w| ["user", "author", "topic", "thread", "uid", "tid", "parent"].contains(w));
                if others {
                    continue;
                } else if own {
                    90
                } else {
                    80
                }
            }
            _ if digits && words.iter().any(|w| ["post", "comment", "message", "number", "key", "urn"].contains(w)) => {
                50
            }
            _ => continue,
        };
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, Identity { attr: name.to_owned(), around, value: number }));
        }
    }
    best.map(|(_, identity)| identity)
}

fn framework(id: &str) -> bool {
    ["ember", "react", "radix", "headlessui", "yui", "ext-gen", "gwt"].iter().any(|start| id.starts_with(start))
}

/// The link among a post's that leads to the post itself: it holds the post's number, or looks like a post's address.
pub fn own_link(links: &[Shape], number: Option<&str>) -> Option<u32> {
    let holds = |href: &str, number: &str| {
        href.match_indices(number).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
            let before = href[..at].chars().next_back();
            edge(href[at + number.len()..].chars().next())
                && (edge(before) || number.bytes().all(|b| b.is_ascii_digit()))
                && before.is_none_or(|c| !c.is_ascii_digit())
        })
    };
    let score = |link: &Shape| {
        let href = link.attrs.get("href").map(String::as_str).unwrap_or_default();
        let action = ["reply", "quote", "edit", "delete", "report", "like", "vote", "login", "mode="]
            .iter()
            .any(|word| href.contains(word));
        let mut score = 0;
        if number.is_some_and(|number| number.len() > 1 && holds(href, number)) {
            score += 4;
        }
        let fragment = href.split_once('#').map_or("", |(_, fragment)| fragment);
        if matches!(judge(fragment), Name::Numbered(..)) {
            score += 2;
        }
        if link.attrs.get("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "bookmark")) {
            score += 3;
        }
        if action { score - 4 } else { score }
    };
    let mut best = None;
    for link in links.iter().filter(|link| is_link(link)) {
        let score = score(link);
        if score > 1 && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, link.node));
        }
    }
    best.map(|(_, node)| node)
}

/// How a post's address is kept: its query without sessions, its fragment where it names the post.
pub fn canonical(link: Option<&Shape>) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("id_per_host".to_owned(), true.into());
    let Some(href) = link.and_then(|link| link.attrs.get("href")) else {
        // Without a link of its own a post is reached through its page, whose query may name the thread.
        out.insert("keep_query".to_owned(), json!(["*"]));
        return out;
    };
    let (address, fragment) = href.split_once('#').unwrap_or((href, ""));
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let names: Vec<&str> = query
        .split(['&', ';'])
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| !name.is_empty() && !PASSING.contains(&name.to_ascii_lowercase().as_str()))
        .collect();
    // A fragment alone names a place in this page: then the page's own query belongs to the address.
    if address.is_empty() {
        out.insert("keep_query".to_owned(), json!(["*"]));
    } else if !names.is_empty() {
        out.insert("keep_query".to_owned(), json!(names));
    }
    if !fragment.is_empty() {
        let pattern = match judge(fragment) {
            Name::Numbered(head, tail) => format!("^{}[0-9]+{}$", literal(&head), literal(&tail)),
            _ => "^.+$".to_owned(),
        };
        out.insert("keep_fragment".to_owned(), pattern.into());
    }
    out
}

/// Parts of a query that say how a page is shown or who looks at it.
const PASSING: &[&str] = &[
    "sid",
    "s",
    "phpsessid",
    "session",
    "token",
    "hash",
    "sort",
    "order",
    "sd",
    "sk",
    "st",
    "hilit",
    "highlight",
    "ref",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "fbclid",
    "gclid",
];

#[cfg(test)]
mod tests;
