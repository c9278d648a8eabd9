//! One person's accounts on several networks, joined by hand and split again.
//!
//! Nothing here guesses: that two handles are spelt alike says nothing. Decisions come in any order from several people;
//! the later of two about one pair holds.

use serde::{Deserialize, Serialize};

use crate::ordered::sort;

/// An account.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// Network id, in lower case.
    pub network: String,
    /// Handle without `@`, in lower case.
    pub handle: String,
}

impl Identity {
    /// An account as it is compared.
    pub fn new(network: &str, handle: &str) -> Self {
        let handle = handle.trim().trim_start_matches('@').to_lowercase();
        Self { network: network.trim().to_lowercase(), handle }
    }
}

/// What somebody said of two accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Link {
    /// The two, in order.
    pair: (Identity, Identity),
    /// UTC milliseconds.
    at: i64,
    is_joined: bool,
}

/// Which accounts belong to one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identities {
    links: Vec<Link>,
}

impl Identities {
    /// Says that two accounts are one person's. `at`: UTC milliseconds.
    pub fn join(&mut self, a: &Identity, b: &Identity, at: i64) {
        self.say(a, b, at, true);
    }

    /// Takes an account out of the person it was joined to: all that was said of it is undone.
    pub fn split(&mut self, account: &Identity, at: i64) {
        for other in self.direct(account) {
            self.say(account, &other, at, false);
        }
    }

    /// All accounts of whoever has this one, in order, itself included.
    pub fn of(&self, account: &Identity) -> Vec<Identity> {
        let mut found = vec![account.clone()];
        let mut at = 0;
        while let Some(one) = found.get(at).cloned() {
            for other in self.direct(&one) {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
            at += 1;
        }
        sort(&mut found, Ord::cmp);
        found
    }

    /// Brings in what somebody else said; order and repetition do not matter.
    pub fn merge(&mut self, other: &Self) {
        for Link { pair, at, is_joined } in &other.links {
            self.say(&pair.0, &pair.1, *at, *is_joined);
        }
    }

    fn say(&mut self, a: &Identity, b: &Identity, at: i64, is_joined: bool) {
        if a == b {
            return;
        }
        let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
        match self.links.binary_search_by(|link| link.pair.cmp(&pair)) {
            Err(place) => self.links.insert(place, Link { pair, at, is_joined }),
            Ok(place) => {
                let link = &mut self.links[place];
                // Of two at one moment the split holds: what is apart can be joined again by whoever misses it.
                if at > link.at || (at == link.at && !is_joined) {
                    (link.at, link.is_joined) = (at, is_joined);
                }
            }
        }
    }

    /// Accounts that were joined to this one by hand.
    fn direct(&self, account: &Identity) -> Vec<Identity> {
        let joined = self.links.iter().filter(|link| link.is_joined);
        let other = |link: &Link| match &link.pair {
            (a, b) if a == account => Some(b.clone()),
            (a, b) if b == account => Some(a.clone()),
            _ => None,
        };
        joined.filter_map(other).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account(name: &str) -> Identity {
        Identity::new(&name[..1], &name[1..])
    }

    #[track_caller]
    fn check(all: &Identities, name: &str, expect: &[&str]) {
        assert_eq!(all.of(&account(name)), expect.iter().map(|name| account(name)).collect::<Vec<_>>());
    }

    #[test]
    fn accounts_are_joined_and_split_by_hand() {
        let mut all = Identities::default();
        check(&all, "x@Ana", &["xana"]);
        all.join(&account("xana"), &account("rana_r"), 1);
        all.join(&account("rana_r"), &account("lana"), 2);
        check(&all, "xANA", &["lana", "rana_r", "xana"]);
        check(&all, "lana", &["lana", "rana_r", "xana"]);
        check(&all, "rana", &["rana"]);
        all.split(&account("rana_r"), 3);
        for name in ["xana", "rana_r", "lana"] {
            check(&all, name, &[name]);
        }
        all.join(&account("rana_r"), &account("xana"), 4);
        check(&all, "xana", &["rana_r", "xana"]);
        all.join(&account("xana"), &account("xana"), 5);
        all.join(&account("lana"), &account("xana"), 1);
        check(&all, "xana", &["lana", "rana_r", "xana"]);
    }

    proptest! {
        #[test]
        fn the_order_of_what_was_said_does_not_matter(
            (said, shuffled) in prop::collection::vec((0u8..5, 0u8..5, 0i64..6, any::<bool>()), 0..12)
                .prop_flat_map(|said| (Just(said.clone()), Just(said).prop_shuffle()))
        ) {
            let account = |n: u8| Identity::new("x", &n.to_string());
            let make = |said: &[(u8, u8, i64, bool)]| {
                let mut all = Identities::default();
                for (a, b, at, is_joined) in said {
                    all.say(&account(*a), &account(*b), *at, *is_joined);
                }
                all
            };
            let (one, other) = (make(&said), make(&shuffled));
            prop_assert_eq!(&one, &other);
            let mut merged = one.clone();
            merged.merge(&other);
            prop_assert_eq!(&merged, &one);
            // Being one person is the same from both sides.
            for a in 0..5 {
                for b in one.of(&account(a)) {
                    prop_assert_eq!(one.of(&b), one.of(&account(a)));
                }
            }
        }
    }
}
