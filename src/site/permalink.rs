//! Canonical permalinks: one form for every way of reaching a post.
//!
//! The definition says which host stands for all, which part of the path counts, which query parameters belong to the
//! link, or gives a template. Pages without a definition keep their query, less what only tracks people.

use super::definition::{Canonical, Definition};
use super::hosts;
use super::link::Link;
use super::pattern;

/// What the parts of a permalink template come from besides the link.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs)]
pub struct Parts<'t> {
    pub handle: Option<&'t str>,
    pub id: Option<&'t str>,
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
    if let Some(filled) = rules.permalink.as_deref().and_then(|template| fill(template, &link, parts)) {
        return filled;
    }
    link.fragment = None;
    link.query = kept(&link, |name| is_kept(rules, name));
    link.to_string()
}

/// An address of an unknown site without what only tracks people. The fragment goes too: it names a place in the page.
pub fn plain(mut link: Link) -> String {
    link.fragment = None;
    link.query = kept(&link, |name| !tracks(name));
    link.to_string()
}

fn is_kept(rules: &Canonical, name: &str) -> bool {
    rules.keep_query.iter().any(|kept| kept == name)
}

fn kept(link: &Link, keep: impl Fn(&str) -> bool) -> Option<String> {
    let query = link.query.as_deref()?;
    let mut pairs: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && keep(pair.split('=').next().unwrap_or_default())).collect();
    // The order of parameters says nothing; sorted, two links to one post are equal.
    pairs.sort_unstable();
    (!pairs.is_empty()).then(|| pairs.join("&"))
}

/// Parameters that tell the network who shared or clicked, never what is shown.
fn tracks(name: &str) -> bool {
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
    name.starts_with("utm_") || name.starts_with("__cft__") || NAMES.contains(&name)
}

/// Fills `{origin} {path} {handle} {id}`; `None` when one of them is unknown.
fn fill(template: &str, link: &Link, parts: Parts<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        out.push_str(before);
        match name {
            "origin" => out.push_str(&link.origin()),
            "path" => out.push_str(&link.path),
            "handle" => out.push_str(segment(parts.handle?)?),
            "id" => out.push_str(segment(parts.id?)?),
            _ => return None,
        }
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
        let parts = Parts { handle: Some("ana"), id: Some("1909645231751452344") };
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
        let parts = Parts { handle: Some("../../evil?x="), id: Some("1") };
        let link = canonical(x(), "/ana/status/1", "https://x.com/home", parts);
        assert_eq!(link.as_deref(), Some("https://x.com/ana/status/1"));
    }

    #[test]
    fn unknown_sites_lose_what_tracks_and_keep_the_rest() {
        let link = Link::parse("http://Shop.example/a?b=2&utm_source=x&a=1&fbclid=9#top").unwrap();
        assert_eq!(plain(link), "http://shop.example/a?a=1&b=2");
    }

    proptest! {
        #[test]
        fn canonical_is_idempotent(href in "(https?://(www\\.|mobile\\.)?(x|twitter|other)\\.com)?/?[a-z]{0,5}/status/[0-9]{0,5}[/?#&a-z=_%.]{0,12}", id in "[0-9]{1,9}") {
            for definition in registry::bundled() {
                let parts = Parts { handle: Some("ana"), id: Some(&id) };
                if let Some(once) = canonical(definition, &href, "https://x.com/home", parts) {
                    let twice = canonical(definition, &once, "https://x.com/home", parts);
                    prop_assert_eq!(twice, Some(once));
                }
            }
        }
    }
}
