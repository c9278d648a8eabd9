//! Canonical permalinks: one form for every way of reaching a post.
//!
//! The definition says which host stands for all, which part of the path counts, which query parameters belong to the
//! link, or gives a template. Pages without a definition keep their query, less what only tracks people.

use super::definition::{Canonical, Definition};
use super::hosts;
use super::link::Link;
use super::pattern;
use crate::ordered::sort;
use crate::text::regex::Regex;

/// What a permalink template may ask for.
pub const HOLES: &[&str] = &["origin", "path", "handle", "thread", "id", "id.1", "id.2"];

/// What the parts of a permalink template come from besides the link.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'t> {
    /// The author's.
    pub handle: Option<&'t str>,
    /// The thread within which the id counts.
    pub thread: Option<&'t str>,
    /// The bare native id.
    pub id: Option<&'t str>,
    /// The template of this kind of post instead of the definition's; an empty one fills nothing.
    pub template: Option<&'t str>,
}

/// The canonical form of `href` as found on `page_url`; `None` when it is no address.
pub fn canonical(definition: &Definition, href: &str, page_url: &str, parts: Parts<'_>) -> Option<String> {
    let link = match Link::parse(page_url) {
        Some(page) => page.join(href)?,
        None => Link::parse(href)?,
    };
    Some(shape(definition, link, parts))
}

/// The canonical form of an address of this network.
pub fn shape(definition: &Definition, mut link: Link, parts: Parts<'_>) -> String {
    let rules = &definition.canonical;
    // A link to elsewhere (a federated copy, say) is not this network's to rewrite.
    if !definition.hosts.iter().any(|pattern| hosts::covers(pattern, link.host_name())) {
        return plain(link);
    }
    if let Some(host) = &rules.host {
        link.host.clone_from(host);
        link.scheme = "https".to_owned();
    }
    if let Some(part) = rules.path.as_deref().and_then(pattern::kept)
        && let Some(path) = pattern::first(&part, &link.path)
    {
        link.path = path.to_owned();
    }
    for [re, by] in &rules.replace {
        if let Some(path) = pattern::kept(re).and_then(|re| replaced(&re, by, &link.path)) {
            link.path = path;
        }
    }
    let template = parts.template.or(rules.permalink.as_deref()).filter(|template| !template.is_empty());
    if let Some(filled) = template.and_then(|template| fill(template, &link, parts)) {
        return filled;
    }
    let belongs = rules.keep_fragment.as_deref().and_then(pattern::kept);
    link.fragment = link.fragment.filter(|fragment| belongs.is_some_and(|belongs| belongs.is_match(fragment)));
    link.query = kept(&link, |name, value| is_kept(rules, name, value));
    link.to_string()
}

/// An address of an unknown site without what only tracks people. The fragment goes too: it names a place in the page.
pub fn plain(mut link: Link) -> String {
    link.fragment = None;
    link.query = kept(&link, |name, value| !tracks(name, value));
    link.to_string()
}

fn is_kept(rules: &Canonical, name: &str, value: &str) -> bool {
    rules.keep_query.iter().any(|kept| kept == name || (kept == "*" && !tracks(name, value)))
}

/// `path` with what `re` matches first replaced; `None` when nothing matches or no path would be left.
fn replaced(re: &Regex, by: &str, path: &str) -> Option<String> {
    let found = re.find(path)?;
    let whole = found.whole();
    let mut out = path[..whole.start].to_owned();
    let mut rest = by.chars();
    while let Some(c) = rest.next() {
        match c {
            '$' => {
                let group = rest.next()?.to_digit(10)? as usize;
                out.push_str(found.get(group).map_or("", |group| &path[group]));
            }
            c => out.push(c),
        }
    }
    out.push_str(&path[whole.end..]);
    (out.starts_with('/') && !out.starts_with("//")).then_some(out)
}

/// Whether `by` can stand for a match of `re` in a path: plain characters of one, and groups that `re` has.
pub fn replaces(re: &Regex, by: &str) -> bool {
    let mut rest = by.chars();
    while let Some(c) = rest.next() {
        let fine = match c {
            '$' => rest.next().and_then(|c| c.to_digit(10)).is_some_and(|n| (1..re.groups()).contains(&(n as usize))),
            c => c.is_ascii_alphanumeric() || "/-_.~:@".contains(c),
        };
        if !fine {
            return false;
        }
    }
    true
}

fn kept(link: &Link, keep: impl Fn(&str, &str) -> bool) -> Option<String> {
    let query = link.query.as_deref()?;
    let stays = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        !pair.is_empty() && keep(name, value)
    };
    let mut pairs: Vec<&str> = query.split('&').filter(stays).collect();
    // The order of parameters says nothing; sorted, two links to one post are equal.
    sort(&mut pairs, Ord::cmp);
    (!pairs.is_empty()).then(|| pairs.join("&"))
}

/// Parameters that tell the network who shared or clicked, never what is shown.
fn tracks(name: &str, value: &str) -> bool {
    const NAMES: &[&str] = &[
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "ref_src",
        "ref_url",
        "ref",
        "si",
        "feature",
        "spm",
        "trk",
        "trackingId",
        "rcm",
        "sid",
        "sessionid",
        "PHPSESSID",
        "_ga",
        "_gl",
        "yclid",
        "wt_mc",
        "share_id",
        "rdt_cid",
        "__tn__",
        "__cft__",
    ];
    // vBulletin's session; elsewhere "s" is what was searched for.
    let session = name == "s" && value.len() == 32 && value.bytes().all(|b| b.is_ascii_hexdigit());
    name.starts_with("utm_") || name.starts_with("__cft__") || NAMES.contains(&name) || session
}

/// Fills the holes of a template; `None` when what one asks for is unknown.
fn fill(template: &str, link: &Link, parts: Parts<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        out.push_str(before);
        let part = |number| parts.id.and_then(|id| id.split(',').nth(number));
        let value = match name {
            "origin" => link.origin(),
            // Two slashes would not be read as the same path again.
            "path" if tail.starts_with('/') => link.path.trim_end_matches('/').to_owned(),
            "path" => link.path.clone(),
            "handle" => segment(parts.handle?)?.to_owned(),
            "thread" => segment(parts.thread?)?.to_owned(),
            "id" => segment(parts.id?)?.to_owned(),
            "id.1" => segment(part(0)?)?.to_owned(),
            "id.2" => segment(part(1)?)?.to_owned(),
            _ => return None,
        };
        // In a query networks write a colon encoded; in a path it stands for itself.
        out.push_str(&if out.contains('?') { value.replace(':', "%3A") } else { value });
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}

/// Only what stays one piece of a path may be put into one.
fn segment(text: &str) -> Option<&str> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:~".contains(&b));
    (plain && text != "." && text != "..").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::registry;
    use super::*;
    use proptest::prelude::*;

    fn x() -> &'static Definition {
        registry::bundled().iter().find(|definition| definition.id == "x").unwrap()
    }

    #[test]
    fn every_way_of_reaching_a_post_gives_one_link() {
        let parts = Parts { handle: Some("ana"), id: Some("1909645231751452344"), ..Parts::default() };
        for href in [
            "/ana/status/1909645231751452344",
            "https://twitter.com/ana/status/1909645231751452344?s=20&t=abc",
            "https://mobile.twitter.com/ana/status/1909645231751452344#m",
            "http://www.x.com/ana/status/1909645231751452344/photo/1",
            "https://x.com/ANA/status/1909645231751452344/analytics",
            "https://x.com/i/status/1909645231751452344",
        ] {
            let link = canonical(x(), href, "https://x.com/home", parts);
            assert_eq!(link.as_deref(), Some("https://x.com/ana/status/1909645231751452344"), "{href}");
        }
    }

    #[test]
    fn hostile_parts_do_not_enter_a_link() {
        let parts = Parts { handle: Some("../../evil?x="), id: Some("1"), ..Parts::default() };
        let link = canonical(x(), "/ana/status/1", "https://x.com/home", parts);
        assert_eq!(link.as_deref(), Some("https://x.com/ana/status/1"));
    }

    #[test]
    fn unknown_sites_lose_what_tracks_and_keep_the_rest() {
        let link = Link::parse("http://Shop.example/a?b=2&utm_source=x&a=1&fbclid=9#top").unwrap();
        assert_eq!(plain(link), "http://shop.example/a?a=1&b=2");
    }

    fn board(canonical: Canonical) -> Definition {
        let mut board = x().clone();
        board.hosts = vec!["board.example".to_owned()];
        board.canonical = canonical;
        board
    }

    #[track_caller]
    fn check(definition: &Definition, parts: Parts<'_>, href: &str, expect: &str) {
        let page = "https://board.example/read";
        let link = canonical(definition, href, page, parts);
        assert_eq!(link.as_deref(), Some(expect), "{href}");
        let twice = canonical(definition, expect, page, Parts::default());
        assert_eq!(twice.as_deref(), Some(expect), "{href} again");
    }

    #[test]
    fn all_parameters_but_those_that_track_can_stay() {
        let all = board(Canonical { keep_query: vec!["*".to_owned()], ..Canonical::default() });
        let none = Parts::default();
        check(
            &all,
            none,
            "/read.php?msgid=9&board=4&utm_source=x&sid=1#m",
            "https://board.example/read.php?board=4&msgid=9",
        );
        check(&all, none, "/read.php?990-any-title", "https://board.example/read.php?990-any-title");
        check(&all, none, "/read?fbclid=1", "https://board.example/read");
        check(&all, none, "/read?s=0f343b0931126a20f133d67c2b018a3b&p=1", "https://board.example/read?p=1");
        check(&all, none, "/?s=espresso", "https://board.example/?s=espresso");
        let named = board(Canonical { keep_query: vec!["*".to_owned(), "ref".to_owned()], ..Canonical::default() });
        check(&named, none, "/read?ref=7&igsh=1", "https://board.example/read?ref=7");
    }

    #[test]
    fn a_fragment_stays_where_it_belongs_to_the_link() {
        let blog = board(Canonical { keep_fragment: Some("^comment-[0-9]+$".to_owned()), ..Canonical::default() });
        let none = Parts::default();
        check(&blog, none, "/2026/11/alba/#comment-88", "https://board.example/2026/11/alba/#comment-88");
        check(&blog, none, "/2026/11/alba/#comments", "https://board.example/2026/11/alba/");
        check(&blog, none, "/2026/11/alba/?share=x#comment-88", "https://board.example/2026/11/alba/#comment-88");
        check(&board(Canonical::default()), none, "/a#comment-88", "https://board.example/a");
    }

    #[test]
    fn paths_that_lead_to_one_post_become_one() {
        let pair = |re: &str, by: &str| [re.to_owned(), by.to_owned()];
        let forum = board(Canonical {
            path: Some("^(/r/.*[^/])/?$".to_owned()),
            replace: vec![
                pair("/comments/([a-z0-9]+)/[^/]+/([a-z0-9]+)$", "/comments/$1/comment/$2"),
                pair("^/r/old", "/r"),
            ],
            ..Canonical::default()
        });
        let none = Parts::default();
        check(&forum, none, "/r/x/comments/1abc/any_title/k1/", "https://board.example/r/x/comments/1abc/comment/k1");
        check(&forum, none, "/r/x/comments/1abc/comment/k1", "https://board.example/r/x/comments/1abc/comment/k1");
        check(&forum, none, "/r/x/comments/1abc/any_title", "https://board.example/r/x/comments/1abc/any_title");
        check(&forum, none, "/r/old/x", "https://board.example/r/x");
        // Nothing may make a host of a path, or no path at all.
        check(
            &board(Canonical { replace: vec![pair("^/a", "")], ..Canonical::default() }),
            none,
            "/a",
            "https://board.example/a",
        );
        check(
            &board(Canonical { replace: vec![pair("^/a", "/")], ..Canonical::default() }),
            none,
            "/a/b",
            "https://board.example/a/b",
        );
    }

    #[test]
    fn a_kind_of_post_has_a_template_of_its_own() {
        let site = board(Canonical {
            permalink: Some("{origin}/@{handle}/video/{id}".to_owned()),
            keep_query: vec!["comment".to_owned()],
            ..Canonical::default()
        });
        let with = |template, id| Parts { handle: Some("ana"), id: Some(id), template, ..Parts::default() };
        check(&site, with(None, "7"), "/v", "https://board.example/@ana/video/7");
        check(&site, with(Some(""), "7"), "/@leo/video/3?x=1", "https://board.example/@leo/video/3");
        let update = Some("{origin}/urn:{id.1}/?comment=urn%3A%28{id.1}%2C{id.2}%29");
        check(
            &site,
            with(update, "post:1,22"),
            "",
            "https://board.example/urn:post:1/?comment=urn%3A%28post%3A1%2C22%29",
        );
        // An id without the second part fills nothing.
        check(&site, with(update, "post:1"), "/p?comment=2", "https://board.example/p?comment=2");
        let thread = Parts { thread: Some("27"), template: Some("{origin}/t/{thread}/{id}"), ..with(None, "3") };
        check(&site, thread, "/x", "https://board.example/t/27/3");
        check(&site, Parts { thread: Some("../27"), ..thread }, "/x", "https://board.example/x");
        let below = with(Some("{origin}{path}/{id}"), "3");
        check(&site, below, "/t/27/", "https://board.example/t/27/3");
        check(&site, below, "/t/27", "https://board.example/t/27/3");
    }

    proptest! {
        /// What a kind's template made stays when it is met again where nothing else is known.
        #[test]
        fn links_of_every_kind_of_post_are_idempotent(id in "[0-9]{1,9}|[a-z]{3,8}:[0-9]{1,9},[0-9]{1,9}", path in "[a-z0-9/_-]{0,20}", rest in "[?#&a-z=_%.0-9-]{0,16}") {
            for definition in registry::bundled() {
                let host = definition.hosts.first().map_or("", |host| host.trim_start_matches("*."));
                let host = if host == "*" { "board.example" } else { host };
                let page = format!("https://{host}/{path}{rest}");
                for rule in &definition.posts {
                    let parts = Parts { handle: Some("ana"), thread: Some("27"), id: Some(&id), template: rule.permalink.as_deref() };
                    if let Some(once) = canonical(definition, "", &page, parts) {
                        let twice = canonical(definition, &once, &page, Parts::default());
                        prop_assert_eq!(twice, Some(once), "{}", definition.id);
                    }
                }
            }
        }

        #[test]
        fn canonical_is_idempotent(href in "(https?://(www\\.|mobile\\.)?(x|twitter|other)\\.com)?/?[a-z]{0,5}/status/[0-9]{0,5}[/?#&a-z=_%.]{0,12}", id in "[0-9]{1,9}") {
            for definition in registry::bundled() {
                let parts = Parts { handle: Some("ana"), id: Some(&id), ..Parts::default() };
                if let Some(once) = canonical(definition, &href, "https://x.com/home", parts) {
                    let twice = canonical(definition, &once, "https://x.com/home", parts);
                    prop_assert_eq!(twice, Some(once));
                }
            }
        }
    }
}
