//! Which definitions are in force: the bundled set under a team's under the user's, and which of them fit a host.

use std::sync::OnceLock;

use super::definition::Definition;
use super::{hosts, load};
use crate::json;

macro_rules! bundled_files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!(env!("OUT_DIR"), "/sites/", $name, ".json")))),*]
    };
}

/// The bundled definitions: id and JSON.
pub const BUNDLED: &[(&str, &str)] = bundled_files!(
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

/// The bundled definitions. Each is sound; a test sees to it.
pub fn bundled() -> &'static [Definition] {
    static SET: OnceLock<Vec<Definition>> = OnceLock::new();
    SET.get_or_init(|| BUNDLED.iter().filter_map(|(_, json)| json::read(json)).collect())
}

/// The definitions in force: by id the user's before the team's before the bundled one, within one source the highest
/// version. What this build cannot run does not count, so the next one down stays in force.
pub fn in_force(team: &[Definition], user: &[Definition]) -> Vec<Definition> {
    let mut chosen: Vec<Definition> = Vec::new();
    let mut take = |mut source: Vec<&Definition>| {
        source.sort_by_key(|one| std::cmp::Reverse(one.version));
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

/// The definitions that may fit a host (without port), those that name it before those for any host.
pub fn for_host<'d>(definitions: &'d [Definition], host: &str) -> Vec<&'d Definition> {
    let host = host.to_ascii_lowercase();
    let fits = |definition: &&Definition| definition.hosts.iter().any(|pattern| hosts::covers(pattern, &host));
    let named = |definition: &&Definition| definition.hosts.iter().any(|p| p != "*" && hosts::covers(p, &host));
    let (mut first, rest): (Vec<_>, Vec<_>) = definitions.iter().filter(fits).partition(named);
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_definition_is_sound() {
        for ((id, _), shipped) in BUNDLED.iter().zip(bundled()) {
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
    fn a_named_host_comes_before_any_host() {
        let ids = |host| for_host(bundled(), host).iter().map(|one| one.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("x.com")[0], "x");
        assert_eq!(ids("mobile.twitter.com")[0], "x");
        assert!(!ids("forum.example").contains(&"x"));
        assert!(ids("127.0.0.1").contains(&"nodebb"));
    }
}
