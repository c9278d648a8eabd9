//! Variants of one message: the same thing in other languages, forms of address and for other networks, and which of them
//! fits a reply best.
//!
//! A family that lacks what is wanted falls back to the nearest of its variants, and says so. The network a variant is
//! written for counts before its form of address, and that before its region: *usted* from Mexico reads better in Madrid
//! than *tú*. What is chosen for a reply, and why, is the caller's affair.

use std::collections::BTreeMap;

use super::record::{Address, Template, primary};
use super::search::Hit;

/// The language and the form of address that a reply is written in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// BCP 47 tag; a region is kept apart from the others ("es-ES", "es-419").
    pub language: String,
    /// *usted* or *tú*, where templates tell them apart.
    pub address: Address,
}

impl Choice {
    /// The choice in one line, to be kept: "es-419 formal".
    pub fn to_text(&self) -> String {
        let address = match self.address {
            Address::Any => "any",
            Address::Formal => "formal",
            Address::Informal => "informal",
        };
        format!("{} {address}", self.language)
    }

    /// Reads [`Choice::to_text`]; `None` for a line without a language.
    pub fn from_text(text: &str) -> Option<Self> {
        let (language, address) = text.split_once(' ')?;
        let address = match address {
            "formal" => Address::Formal,
            "informal" => Address::Informal,
            _ => Address::Any,
        };
        (!language.is_empty()).then(|| Self { language: language.to_owned(), address })
    }

    /// The same language, whatever the region.
    pub fn speaks(&self, tag: &str) -> bool {
        primary(&self.language).eq_ignore_ascii_case(primary(tag))
    }

    fn of(template: &Template) -> Self {
        Self { language: template.language.clone(), address: template.address }
    }
}

/// What a reply wants of a template.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Network in front.
    pub network: &'a str,
    /// Language and form of address.
    pub choice: &'a Choice,
}

/// What of the wish a variant fulfils, or lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It is in another language.
    OtherLanguage,
    /// It is for other networks.
    OtherNetwork,
    /// It addresses the reader otherwise.
    OtherAddress,
    /// It is for another region, or for none.
    OtherRegion,
    /// It is all that is wanted, and written for this network.
    Network,
    /// It is all that is wanted.
    Whole,
}

/// How near a language is: 0 another, 1 another region, 2 no region said, 3 it covers the region, 4 the same.
fn nearness(tag: &str, wanted: &str) -> u8 {
    if tag.is_empty() {
        return 2;
    }
    if !primary(tag).eq_ignore_ascii_case(primary(wanted)) {
        return 0;
    }
    let (has, wants) = (region(tag), region(wanted));
    if has.eq_ignore_ascii_case(wants) {
        4
    } else if has == "419" && !wants.is_empty() && !wants.eq_ignore_ascii_case("es") {
        // Spanish of the Americas is every Spanish but that of Spain.
        3
    } else if has.is_empty() {
        2
    } else {
        1
    }
}

/// What stands after the language in a tag.
fn region(tag: &str) -> &str {
    tag[primary(tag).len()..].trim_start_matches(['-', '_'])
}

/// How well a language and a form of address fit, the larger the better, part by part.
fn rank(choice: &Choice, networks: &[String], wanted: Wanted<'_>) -> [u8; 6] {
    let near = nearness(&choice.language, &wanted.choice.language);
    let address = match (choice.address, wanted.choice.address) {
        (has, wants) if has == wants => 2,
        (Address::Any, _) | (_, Address::Any) => 1,
        _ => 0,
    };
    let named = networks.iter().any(|one| one.eq_ignore_ascii_case(wanted.network));
    let flag = u8::from;
    [flag(near > 0), flag(named || networks.is_empty()), flag(address > 0), near, flag(named), address]
}

fn rank_of(template: &Template, wanted: Wanted<'_>) -> [u8; 6] {
    rank(&Choice::of(template), &template.networks, wanted)
}

/// What of the wish `template` fulfils.
pub fn fit(template: &Template, wanted: Wanted<'_>) -> Match {
    let asks_region = !region(&wanted.choice.language).is_empty() && !template.language.is_empty();
    match rank_of(template, wanted) {
        [0, ..] => Match::OtherLanguage,
        [_, 0, ..] => Match::OtherNetwork,
        [_, _, 0, ..] => Match::OtherAddress,
        [_, _, _, 0..=2, _, _] if asks_region => Match::OtherRegion,
        [.., 1, _] => Match::Network,
        _ => Match::Whole,
    }
}

/// The languages and forms that the templates offered on a network really have, in their order. Where a language has
/// forms, a text that avoids them is no choice of its own.
pub fn choices<'a>(all: impl IntoIterator<Item = &'a Template>, network: &str) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    for one in all {
        let known = |had: &Choice| had.language == one.language && had.address == one.address;
        if !one.off && !one.language.is_empty() && one.fits_network(network) && !found.iter().any(known) {
            found.push(Choice::of(one));
        }
    }
    let has_forms = |tag: &str| found.iter().any(|one| one.address != Address::Any && one.speaks(tag));
    let plain: Vec<bool> = found.iter().map(|one| one.address == Address::Any && has_forms(&one.language)).collect();
    let mut plain = plain.into_iter();
    found.retain(|_| plain.next() != Some(true));
    found
}

/// The one after `now`, round and round; where `now` is none of them, after the nearest.
pub fn next(all: &[Choice], now: &Choice) -> Option<Choice> {
    let wanted = Wanted { network: "", choice: now };
    // Of equals the first.
    let at = (0..all.len()).rev().max_by_key(|at| rank(&all[*at], &[], wanted))?;
    all.get((at + 1) % all.len()).cloned()
}

/// Which templates of a library are of one family.
#[derive(Debug, Clone, Default)]
pub struct Families {
    /// Of each template the next one of its family, round and round.
    next: Vec<usize>,
}

impl Families {
    /// Reads the library.
    pub fn new(all: &[Template]) -> Self {
        let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, one) in all.iter().enumerate().filter(|(_, one)| !one.family.is_empty()) {
            families.entry(&one.family).or_default().push(index);
        }
        let mut next: Vec<usize> = (0..all.len()).collect();
        for family in families.values() {
            for (place, index) in family.iter().enumerate() {
                next[*index] = family[(place + 1) % family.len()];
            }
        }
        Self { next }
    }

    /// The template at `index` and the others of its family.
    pub fn of(&self, index: usize) -> impl Iterator<Item = usize> {
        let mut at = Some(index).filter(|index| *index < self.next.len());
        std::iter::from_fn(move || {
            let now = at?;
            at = Some(self.next[now]).filter(|next| *next != index);
            Some(now)
        })
    }

    /// The variant of the template at `index` that fits best, of those that are offered and `may` be taken.
    fn best_of(&self, all: &[Template], index: usize, wanted: Wanted<'_>, may: &dyn Fn(usize) -> bool) -> usize {
        let mut best: Option<([u8; 6], usize)> = None;
        for at in self.of(index).filter(|at| may(*at) && !all[*at].off) {
            let rank = rank_of(&all[at], wanted);
            // Of equals the library's first, wherever the family was entered.
            if best.is_none_or(|(top, first)| rank > top || (rank == top && at < first)) {
                best = Some((rank, at));
            }
        }
        best.map_or(index, |(_, at)| at)
    }

    /// The variant of the template at `index` that fits best, of those that are offered.
    pub fn best(&self, all: &[Template], index: usize, wanted: Wanted<'_>) -> usize {
        self.best_of(all, index, wanted, &|_| true)
    }

    /// At most `limit` of what a search found, each family once as the variant that fits best: what is in the language of
    /// the reply comes first. Whoever typed the whole trigger of a variant means that one.
    pub fn list(&self, all: &[Template], hits: &[Hit], wanted: Wanted<'_>, limit: usize) -> Vec<usize> {
        let named: Vec<usize> = hits.iter().filter(|hit| hit.is_named()).map(|hit| hit.index).collect();
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for index in hits.iter().map(|hit| hit.index).filter(|index| *index < all.len()) {
            let is_named = |at: usize| named.contains(&at);
            let meant = self.of(index).any(is_named);
            let best = self.best_of(all, index, wanted, &|at| !meant || is_named(at));
            let place = if meant || rank_of(&all[best], wanted)[0] == 1 { &mut found } else { &mut others };
            if place.len() < limit && !place.contains(&best) {
                place.push(best);
            }
        }
        found.append(&mut others);
        found.truncate(limit);
        found
    }
}

#[cfg(test)]
mod tests;
