//! Selectors for an element that a person pointed at, best first, and which of them does best on the page.
//!
//! What a page says about itself (data-*, roles, microdata, names of form fields) lasts longer than ids, ids longer than
//! classes that people wrote, those longer than the shape of the markup. An element's position is the last resort.

use super::css::{attr, ident};
use super::written::{Name, judge};
use crate::protocol::{Found, Shape};

/// What a person points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    Post,
    Author,
    Text,
    Time,
    Link,
    Box,
    Send,
    Reply,
    Me,
}

/// Why a selector should last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Only the element's place among its siblings.
    Position,
    /// How it looks, or what state it is in.
    Look,
    /// Its tag.
    Tag,
    /// The written part of a name that a build tool made.
    Built,
    /// Where its link goes.
    Href,
    /// A class that people wrote.
    Class,
    /// An id.
    Id,
    /// What the page says about itself: data-*, roles, microdata, names of fields.
    Said,
}

impl Why {
    /// The catalogue key of the reason.
    pub fn key(self) -> &'static str {
        match self {
            Self::Said => "point_why_said",
            Self::Id => "point_why_id",
            Self::Class => "point_why_class",
            Self::Href => "point_why_href",
            Self::Built => "point_why_built",
            Self::Tag => "point_why_tag",
            Self::Look => "point_why_look",
            Self::Position => "point_why_position",
        }
    }
}

/// A selector on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// CSS.
    pub css: String,
    /// How long it should last; more is better.
    pub score: i32,
    /// What it rests on.
    pub why: Why,
}

/// Most selectors tried on the page at once.
const MOST: usize = 48;
/// How far up context is looked for.
const ABOVE: usize = 5;

/// Selectors for `chain[0]`, whose ancestors follow it; best first. For a part of a post the chain ends below its container.
pub fn propose(part: Part, chain: &[Shape]) -> Vec<Proposal> {
    let Some(element) = chain.first() else { return Vec::new() };
    let own = simple(part, element);
    let mut all = own.clone();
    // The tag with it tells apart what a name alone does not.
    for one in &own {
        if one.css.starts_with(['.', '[', '#']) && !matches!(element.tag.as_str(), "div" | "span") {
            all.push(Proposal { css: format!("{}{}", ident(&element.tag), one.css), score: one.score - 3, ..*one });
        }
    }
    let mut classes = own.iter().filter(|one| one.why == Why::Class && one.css.starts_with('.'));
    if let (Some(first), Some(second)) = (classes.next(), classes.next()) {
        all.push(Proposal { css: format!("{}{}", first.css, second.css), score: first.score - 5, why: Why::Class });
    }
    for (depth, above) in chain.iter().enumerate().skip(1).take(ABOVE) {
        let depth = i32::try_from(depth).unwrap_or(i32::MAX);
        for holder in simple(Part::Text, above).into_iter().filter(|one| one.score >= 40).take(2) {
            for one in own.iter().take(3) {
                let score = (holder.score * 6 + one.score * 4) / 10 - 4 - 3 * depth;
                let why = holder.why.min(one.why).max(if one.score < 40 { Why::Tag } else { Why::Position });
                all.push(Proposal { css: format!("{} {}", holder.css, one.css), score, why });
                if depth == 1 {
                    // Posts of a list are its own children; a part of a post may get a wrapper any day.
                    let score = if part == Part::Post { score + 1 } else { score - 1 };
                    all.push(Proposal { css: format!("{} > {}", holder.css, one.css), score, why });
                }
            }
            let place = format!("{} {}:nth-of-type({})", holder.css, ident(&element.tag), element.nth);
            all.push(Proposal { css: place, score: 4 - depth, why: Why::Position });
        }
    }
    all.push(Proposal { css: path(chain), score: 1, why: Why::Position });
    let mut kept: Vec<Proposal> = Vec::with_capacity(MOST);
    for at in best_first(all.iter().map(|one| (one.score, one.css.len()))) {
        let Some(one) = all.get(at) else { continue };
        if kept.len() < MOST && kept.iter().all(|other| other.css != one.css) {
            kept.push(one.clone());
        }
    }
    kept
}

/// Places in the order of their scores, the shorter first among equals. One sort for everything here: each kind of its own
/// would cost the settings page some kilobytes.
fn best_first(scores: impl Iterator<Item = (i32, usize)>) -> Vec<usize> {
    let mut keys: Vec<(i32, usize, usize)> = scores.enumerate().map(|(at, (score, len))| (-score, len, at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, at)| at).collect()
}

/// The place of the element below its container, or below what is three levels up.
fn path(chain: &[Shape]) -> String {
    let steps = chain.iter().take(3).rev();
    steps.map(|shape| format!("{}:nth-of-type({})", ident(&shape.tag), shape.nth)).collect::<Vec<_>>().join(" > ")
}

/// Selectors that name the element by itself, best first.
fn simple(part: Part, shape: &Shape) -> Vec<Proposal> {
    let mut all = Vec::new();
    let mut add = |css: String, score: i32, why: Why| all.push(Proposal { css, score, why });
    for (name, value) in &shape.attrs {
        said(part, shape, name, value, &mut add);
    }
    if shape.tag.contains('-') && judge(&shape.tag) == Name::Written {
        add(ident(&shape.tag), 94, Why::Said);
    }
    by_id(part, shape, &mut add);
    by_class(part, shape, &mut add);
    let tag = match shape.tag.as_str() {
        "article" => 58,
        "time" => 60,
        "textarea" => 56,
        "blockquote" | "form" | "main" | "address" | "cite" => 40,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "footer" | "button" => 35,
        "p" | "section" | "li" | "b" | "strong" => 20,
        "a" => 18,
        _ => 6,
    };
    add(ident(&shape.tag), tag, if tag >= 20 { Why::Tag } else { Why::Look });
    best_first(all.iter().map(|one| (one.score, 0))).into_iter().filter_map(|at| all.get(at).cloned()).collect()
}

/// Attributes with which a page says what an element is.
fn said(part: Part, shape: &Shape, name: &str, value: &str, add: &mut impl FnMut(String, i32, Why)) {
    let control = matches!(shape.tag.as_str(), "input" | "textarea" | "select" | "button" | "form");
    let link = shape.tag == "a" || shape.tag == "link";
    match name {
        "itemprop" | "property" if judge(value) == Name::Written => add(attr(name, "=", value), 98, Why::Said),
        "itemtype" => {
            if let Some(kind) = value.rsplit('/').next().filter(|kind| judge(kind) == Name::Written) {
                add(attr(name, "$=", &format!("/{kind}")), 97, Why::Said);
            }
        }
        "component" | "slot" | "part" if judge(value) == Name::Written => add(attr(name, "=", value), 93, Why::Said),
        "role" if !["presentation", "none", "group", "button", "link", "region", "img"].contains(&value) => {
            add(attr(name, "=", value), if value == "listitem" { 48 } else { 88 }, Why::Said);
        }
        "rel" if link => {
            for word in ["author", "bookmark"].into_iter().filter(|word| value.split_whitespace().any(|w| w == *word)) {
                add(format!("a{}", attr("rel", "~=", word)), 86, Why::Said);
            }
        }
        "name" if control && judge(value) == Name::Written => {
            add(format!("{}{}", ident(&shape.tag), attr(name, "=", value)), 96, Why::Said);
        }
        "type" if value == "submit" => add(format!("{}{}", ident(&shape.tag), attr(name, "=", value)), 75, Why::Said),
        "contenteditable" if value != "false" => add(attr(name, "=", value), 60, Why::Tag),
        "datetime" if shape.tag == "time" => add("time[datetime]".to_owned(), 88, Why::Said),
        "href" if link => by_href(part, value, add),
        _ => {
            if let Some(bare) = name.strip_prefix("data-")
                && judge(bare) == Name::Written
                && !VOLATILE.iter().any(|one| bare.starts_with(one))
            {
                data(name, bare, value, add);
            }
        }
    }
}

/// Attributes that frameworks and our own agent put there.
const VOLATILE: &[&str] =
    &["react", "ember", "v-", "rejoinder", "state", "testid-index", "index", "key", "checked", "loaded", "html2canvas"];

/// Words in the name of an attribute that say whose number it holds.
const NUMBERED: &[&str] =
    &["id", "pid", "cid", "uid", "author", "user", "username", "time", "timestamp", "date", "urn"];

fn data(name: &str, bare: &str, value: &str, add: &mut impl FnMut(String, i32, Why)) {
    let plain = value.len() <= 40 && judge(value) == Name::Written;
    let words = || bare.split(['-', '_']);
    let named = words().any(|word| NUMBERED.contains(&word)) && !bare.starts_with("test");
    let numbered = named || (bare.ends_with("id") && !plain);
    if plain && !numbered {
        add(attr(name, "=", value), 100, Why::Said);
    }
    add(format!("[{}]", ident(name)), if numbered { 92 } else { 72 }, Why::Said);
}

fn by_id(part: Part, shape: &Shape, add: &mut impl FnMut(String, i32, Why)) {
    // An id stands once in a page: good for what is there once.
    let once = matches!(part, Part::Box | Part::Send | Part::Me);
    match judge(&shape.id) {
        Name::Written | Name::Layout => add(format!("#{}", ident(&shape.id)), if once { 90 } else { 45 }, Why::Id),
        Name::Numbered(head, tail) => {
            let end = if tail.is_empty() { String::new() } else { attr("id", "$=", &tail) };
            add(format!("{}{end}", attr("id", "^=", &head)), 84, Why::Id);
        }
        _ => {}
    }
}

fn by_class(part: Part, shape: &Shape, add: &mut impl FnMut(String, i32, Why)) {
    let judged: Vec<(&String, Name)> = shape.classes.iter().map(|class| (class, judge(class))).collect();
    let hashes = judged.iter().filter(|(_, name)| *name == Name::Machine).count();
    // Among hashes a single short word is most likely a hash that happens to read like one.
    let doubtful =
        |class: &str| hashes >= 3 && !class.contains(['-', '_']) && !hints(part).iter().any(|h| class.contains(h));
    for (class, name) in judged {
        let lower = class.to_ascii_lowercase();
        let hint = if hints(part).iter().any(|hint| lower.contains(hint)) { 8 } else { 0 };
        let css = format!(".{}", ident(class));
        match name {
            Name::Written if !doubtful(class) => {
                // The longer name says more; one of a kind of look says less.
                let wordy = i32::from(class.contains(['-', '_'])) * 2;
                add(css, 68 + hint + wordy, Why::Class);
            }
            Name::Built(words) => add(attr("class", "*=", &words), 52 + hint, Why::Built),
            Name::Layout => add(css, 12 + hint, Why::Look),
            Name::State => add(css, 9, Why::Look),
            _ => {}
        }
    }
}

fn hints(part: Part) -> &'static [&'static str] {
    match part {
        Part::Post => {
            &["post", "comment", "message", "reply", "topic", "entry", "answer", "question", "beitrag", "mensaje"]
        }
        Part::Author | Part::Me => &["author", "user", "name", "nick", "poster", "member", "autor"],
        Part::Text => &["text", "body", "content", "message", "markdown", "texto"],
        Part::Time => &["time", "date", "published", "ago", "fecha", "datum"],
        Part::Link => &["permalink", "link", "time", "date", "number"],
        Part::Box => &["editor", "reply", "message", "comment", "write", "text"],
        Part::Send => &["submit", "send", "post", "reply", "enviar"],
        Part::Reply => &["reply", "quote", "answer", "responder"],
    }
}

/// What stays the same in the links of one kind: a word in the path, the beginning of a fragment.
fn by_href(part: Part, href: &str, add: &mut impl FnMut(String, i32, Why)) {
    if let Some((_, fragment)) = href.split_once('#')
        && let Name::Numbered(head, _) = judge(fragment)
    {
        let score = if part == Part::Link { 82 } else { 40 };
        add(format!("a{}", attr("href", "*=", &format!("#{head}"))), score, Why::Href);
    }
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let whose = |step: &str| {
        let step = step.to_ascii_lowercase();
        match part {
            Part::Author | Part::Me => PEOPLE.contains(&step.as_str()),
            _ => POSTS.contains(&step.as_str()),
        }
    };
    // The last step is the person or post itself.
    for step in steps.iter().take(steps.len().saturating_sub(1)).filter(|step| whose(step)) {
        let part = if path.starts_with(&format!("{step}/")) { format!("{step}/") } else { format!("/{step}/") };
        add(format!("a{}", attr("href", "*=", &part)), 78, Why::Href);
    }
}

/// Steps of a path behind which a person's name stands.
pub const PEOPLE: &[&str] = &[
    "user",
    "users",
    "u",
    "member",
    "members",
    "profile",
    "profiles",
    "people",
    "person",
    "author",
    "authors",
    "account",
    "@",
    "usuario",
    "usuarios",
    "perfil",
    "miembro",
    "miembros",
    "mitglied",
    "membre",
    "utilisateur",
    "profil",
    "id",
];

/// Steps of a path behind which a post's number stands.
const POSTS: &[&str] = &[
    "post",
    "posts",
    "p",
    "comment",
    "comments",
    "c",
    "message",
    "messages",
    "reply",
    "replies",
    "status",
    "permalink",
    "t",
    "topic",
    "topics",
    "thread",
    "threads",
    "question",
    "questions",
    "a",
    "answer",
    "mensaje",
    "tema",
    "hilo",
];

/// The proposals that find the element on the page, the one that does best first.
pub fn ranked(part: Part, proposals: &[Proposal], found: &[Found]) -> Vec<usize> {
    let merits: Vec<Option<i32>> = found.iter().map(|found| merit(part, found)).collect();
    let score =
        |(proposal, merit): (&Proposal, &Option<i32>)| (merit.map_or(i32::MIN + 1, |merit| proposal.score + merit), 0);
    let order = best_first(proposals.iter().zip(&merits).map(score));
    order.into_iter().filter(|at| merits.get(*at).is_some_and(Option::is_some)).collect()
}

/// What the page says for or against a selector; `None` = it does not find the element.
fn merit(part: Part, found: &Found) -> Option<i32> {
    let part_of_post = matches!(part, Part::Author | Part::Text | Part::Time | Part::Link | Part::Reply);
    let like =
        |count: u32, of: u32| i32::try_from(u64::from(count) * 100 / u64::from(of.max(1))).unwrap_or(100).min(100);
    match part {
        Part::Post => {
            let others = if found.alike < found.total { 30 } else { 0 };
            let alone = if found.total < 2 { 25 } else { 0 };
            (found.hit && found.nested == 0).then_some(-others - alone)
        }
        Part::Box => found.hit.then_some(if found.total > 1 { -4 } else { 0 }),
        // Whatever else it finds beside the box would count as sending too.
        Part::Send => found.hit.then_some(if found.most > 1 { -60 } else { 0 }),
        _ if part_of_post => {
            let missing = (100 - like(found.posts, found.of)) * 6 / 10;
            let many = if found.most > 1 { 6 } else { 0 };
            found.first.then_some(-missing - many)
        }
        // What stands once is not one of many.
        _ => found.first.then_some(if found.total > 1 { -40 } else { 0 }),
    }
}

#[cfg(test)]
mod tests;
