//! Which definitions are in force: the bundled set under a team's under the user's, and which of them fit a host.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::definition::Definition;
use super::{hosts, load};
use crate::json;
use crate::message::Msg;
use crate::ordered::sort;
#[cfg(not(feature = "cli"))]
use crate::package::PackageFile;

macro_rules! bundled_files {
    ($($name:literal),* $(,)?) => {
        /// Ids of the bundled definitions, in their order.
        pub const BUNDLED: &[&str] = &[$($name),*];

        /// The JSON of each.
        #[cfg(feature = "cli")]
        const FILES: &[&str] = &[$(include_str!(concat!(env!("OUT_DIR"), "/sites/", $name, ".json"))),*];
    };
}

bundled_files!(
    "practice",
    "x",
    "linkedin",
    "linkedin-next",
    "facebook",
    "instagram",
    "threads",
    "pinterest",
    "reddit",
    "reddit-old",
    "youtube",
    "tiktok",
    "bluesky",
    "mastodon",
    "discourse",
    "discourse-html",
    "phpbb",
    "nodebb",
    "askbot",
    "flaskbb",
    "misago",
    // Any other forum or blog: after all that know better.
    "generic",
);

/// The package's file: every definition, in any order.
#[cfg(not(feature = "cli"))]
pub static FILE: PackageFile = PackageFile::new();

/// The bundled definitions. Each is sound; a test sees to it.
pub fn bundled() -> &'static [Definition] {
    static SET: OnceLock<Vec<Definition>> = OnceLock::new();
    SET.get_or_init(read)
}

#[cfg(not(feature = "cli"))]
fn read() -> Vec<Definition> {
    let mut all: Vec<Definition> = json::read(FILE.text()).unwrap_or_default();
    let take = |id: &&str| all.iter().position(|one| one.id == *id).map(|at| all.swap_remove(at));
    BUNDLED.iter().filter_map(take).collect()
}

#[cfg(feature = "cli")]
fn read() -> Vec<Definition> {
    FILES.iter().filter_map(|text| json::read(text)).collect()
}

/// The definitions in force: by id the user's before the team's before the bundled one, within one source the highest
/// version. What this build cannot run does not count, so the next one down stays in force.
pub fn in_force(team: &[Definition], user: &[Definition]) -> Vec<Definition> {
    let mut chosen: Vec<Definition> = Vec::new();
    let mut take = |mut source: Vec<&Definition>| {
        sort(&mut source, |a, b| b.version.cmp(&a.version));
        for one in source {
            if chosen.iter().all(|known| known.id != one.id) {
                chosen.push(one.clone());
            }
        }
    };
    for source in [user, team] {
        take(source.iter().filter(|one| load::faults(one).is_empty()).collect());
    }
    // These are sound: a test sees to it, and looking again at every start would cost a person's time.
    take(bundled().iter().collect());
    chosen
}

/// The definitions that may fit a host (without port), those that name it before those for any host. Where a network
/// shows another program, only one that names the host letter by letter does.
pub fn for_host<D: Borrow<Definition> + Clone>(definitions: &[D], host: &str) -> Vec<D> {
    let host = host.to_ascii_lowercase();
    let closed = unsupported(&host).is_some();
    let covers = |pattern: &String| if closed { *pattern == host } else { hosts::covers(pattern, &host) };
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for definition in definitions {
        let mut fits = definition.borrow().hosts.iter().filter(|pattern| covers(pattern)).peekable();
        if fits.peek().is_some() {
            if fits.any(|pattern| pattern != "*") { &mut first } else { &mut rest }.push(definition.clone());
        }
    }
    first.extend(rest);
    first
}

/// A page of a known network that is another program.
#[derive(Deserialize)]
struct Unsupported {
    hosts: Vec<String>,
    name: String,
    instead: String,
    reason: String,
}

/// Why nothing runs on a host of a known network, for people.
pub fn unsupported(host: &str) -> Option<Msg> {
    static PAGES: OnceLock<Vec<Unsupported>> = OnceLock::new();
    let pages = PAGES.get_or_init(|| {
        let text = include_str!(concat!(env!("OUT_DIR"), "/sites/unsupported.json"));
        json::read::<BTreeMap<String, Vec<Unsupported>>>(text).unwrap_or_default().into_values().flatten().collect()
    });
    let page = pages.iter().find(|page| page.hosts.iter().any(|pattern| hosts::covers(pattern, host)))?;
    Some(Msg::new(&page.reason).with("name", &page.name).with("instead", &page.instead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_definition_is_sound() {
        for (id, shipped) in BUNDLED.iter().zip(bundled()) {
            let file = format!("{}/extension/sites/{id}.toml", env!("CARGO_MANIFEST_DIR"));
            assert_eq!(load::parse(&std::fs::read_to_string(file).unwrap()).as_ref(), Ok(shipped));
            assert_eq!(shipped.id, *id);
        }
    }

    fn version(id: &str, version: u32, name: &str) -> Definition {
        let mut one = bundled().iter().find(|definition| definition.id == id).unwrap().clone();
        one.version = version;
        one.name = name.to_owned();
        one
    }

    #[test]
    fn the_user_outranks_the_team_and_the_team_the_bundle() {
        let mut broken = version("nodebb", 9, "broken");
        broken.schema = 999;
        let team = [version("x", 7, "team's"), version("nodebb", 5, "team's older"), broken];
        let user = [version("x", 1, "user's"), version("x", 2, "user's newer")];
        let force = in_force(&team, &user);
        let name = |id: &str| force.iter().find(|one| one.id == id).map(|one| one.name.as_str());
        assert_eq!(name("x"), Some("user's newer"));
        assert_eq!(name("nodebb"), Some("team's older"));
        assert_eq!(force.len(), bundled().len());
    }

    #[test]
    fn another_program_of_a_network_is_left_alone() {
        let all: Vec<&Definition> = bundled().iter().collect();
        for host in ["business.facebook.com", "studio.youtube.com", "pro.x.com", "tweetdeck.twitter.com"] {
            assert!(for_host(&all, host).is_empty(), "{host}");
            let why = unsupported(host).unwrap();
            let words = crate::message::Catalogue::of(crate::message::Lang::En).say(&why);
            assert!(words.contains(&why.args["name"]) && words.contains(&why.args["instead"]), "{words}");
        }
        for host in ["www.facebook.com", "x.com", "www.youtube.com", "evilpro.x.com"] {
            assert_eq!(unsupported(host), None);
            assert!(!for_host(&all, host).is_empty());
        }
        let mut own = bundled()[0].clone();
        own.hosts = vec!["pro.x.com".to_owned()];
        assert_eq!(for_host(&[&own], "pro.x.com"), [&own]);
    }

    #[test]
    fn a_named_host_comes_before_any_host() {
        let all: Vec<&Definition> = bundled().iter().collect();
        let ids = |host| for_host(&all, host).iter().map(|one| one.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("x.com")[0], "x");
        assert_eq!(ids("mobile.twitter.com")[0], "x");
        assert!(!ids("forum.example").contains(&"x"));
        assert!(ids("127.0.0.1").contains(&"nodebb"));
    }
}
