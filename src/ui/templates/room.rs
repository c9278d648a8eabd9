//! How much room a text leaves on each network.

use crate::protocol::SiteRow;
use crate::site::limits::Units;

/// A network's room for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Network id.
    pub network: String,
    /// Its name.
    pub name: String,
    /// What is left; below zero the text is too long.
    pub left: i64,
}

/// The room on each of `networks` that has a limit (empty = on all of `sites`), the tightest first.
pub fn room(sites: &[SiteRow], networks: &[String], text: &str) -> Vec<Room> {
    let mut all: Vec<Room> = Vec::new();
    for site in sites.iter().filter(|site| networks.is_empty() || networks.contains(&site.network)) {
        let Some(limit) = site.limit else { continue };
        let units = site.count.as_deref().and_then(Units::named).unwrap_or_default();
        let left = i64::from(limit) - i64::from(units.length(text));
        match all.iter_mut().find(|one| one.network == site.network) {
            Some(one) => one.left = one.left.min(left),
            None => all.push(Room { network: site.network.clone(), name: site.name.clone(), left }),
        }
    }
    all.sort_by_key(|one| one.left);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tightest_network_comes_first_and_each_counts_in_its_own_units() {
        let site = |network: &str, limit: Option<u32>, count: Option<&str>| SiteRow {
            network: network.to_owned(),
            name: network.to_uppercase(),
            limit,
            count: count.map(str::to_owned),
            ..SiteRow::default()
        };
        let sites = [
            site("b", Some(300), Some("graphemes")),
            site("x", Some(5), Some("x")),
            site("f", None, None),
            site("b", Some(290), None),
        ];
        let left = |networks: &[&str], text: &str| -> Vec<(String, i64)> {
            let networks: Vec<String> = networks.iter().map(|&n| n.to_owned()).collect();
            room(&sites, &networks, text).into_iter().map(|one| (one.name, one.left)).collect()
        };
        assert_eq!(left(&[], "😀😀😀"), [("X".to_owned(), -1), ("B".to_owned(), 287)]);
        assert_eq!(left(&["b", "f"], "abc"), [("B".to_owned(), 287)]);
        assert_eq!(left(&["f"], "abc"), []);
    }
}
