//! Suggests templates for a post before anybody typed: those that share its rarer words, and those in use.
//!
//! Offline and explained: each suggestion says which words of the post it answers, and how often it was used. What a post
//! is (a complaint, praise) is not known here, nor what came of a reply.

use std::collections::BTreeMap;

use super::{Entry, Index, Query};
use crate::text::fold;

/// Words of a post that are looked at.
const MOST_WORDS: usize = 60;
/// Words shorter than this mean too little.
const SHORTEST: usize = 4;
/// As much of a word as must be the same: "parcels" and "parcel", "devolver" and "devolución".
const STEM: usize = 5;
/// Words that this share of the library has say nothing.
const COMMON: f64 = 0.34;
/// Words that a suggestion names.
const NAMED: usize = 3;

/// A template that fits a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Its place in the library.
    pub index: usize,
    /// Words of the post that it answers, as the post writes them, the most telling first.
    pub words: Vec<String>,
    /// How often it was used.
    pub used: u32,
}

impl Index {
    /// The best `limit` templates for a post of that text, best first; none rather than a bad one.
    pub fn suggest(&self, post: &str, query: &Query<'_>, limit: usize) -> Vec<Suggestion> {
        let asked = stems(post);
        // Per word of the post: the templates that have it.
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.fits(query)) {
            let words = entry.title.words.iter().chain(&entry.tags.words).chain(&entry.trigger.words);
            for word in words.filter_map(|word| stem(&word.text)) {
                if let Some((stem, _)) = asked.get_key_value(word) {
                    let list = having.entry(stem).or_default();
                    if list.last() != Some(&index) {
                        list.push(index);
                    }
                }
            }
        }
        let all = self.entries.len() as f64;
        let mut telling: BTreeMap<usize, Vec<(f64, &str)>> = BTreeMap::new();
        for (stem, list) in &having {
            let share = list.len() as f64 / all;
            if share > COMMON && self.entries.len() > 3 {
                continue;
            }
            let weight = (1.0 / share).ln().max(0.1);
            for index in list {
                telling.entry(*index).or_default().push((weight, asked[*stem].as_str()));
            }
        }
        let used = |entry: &Entry| query.used.and_then(|used| used.get(&entry.id)).copied().unwrap_or_default();
        let mut best: Vec<(f64, Suggestion)> = telling
            .into_iter()
            .map(|(index, mut words)| {
                let score: f64 = words.iter().map(|(weight, _)| weight).sum();
                words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
                let times = used(&self.entries[index]).times;
                let words = words.into_iter().take(NAMED).map(|(_, word)| word.to_owned()).collect();
                (score + f64::from(times.min(50)).ln_1p(), Suggestion { index, words, used: times })
            })
            .collect();
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.index.cmp(&b.1.index)));
        best.into_iter().take(limit).map(|(_, suggestion)| suggestion).collect()
    }
}

impl Entry {
    /// Offered, written in the language of the reply and meant for the network.
    fn fits(&self, query: &Query<'_>) -> bool {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let speaks =
            query.language.is_none_or(|tag| self.language.is_empty() || primary(tag) == primary(&self.language));
        let network =
            |network| self.networks.is_empty() || self.networks.iter().any(|n| n.eq_ignore_ascii_case(network));
        !self.off && speaks && query.network.is_none_or(network)
    }
}

/// The telling words of a text: their beginnings, and how the text writes them.
fn stems(text: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let words = text.split_whitespace().filter(|word| !word.starts_with(['@', '#']) && !word.contains("://"));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    for word in words.take(MOST_WORDS) {
        let folded = fold::words(word);
        if let Some(stem) = stem(&folded) {
            all.entry(stem.to_owned()).or_insert_with(|| word.to_lowercase());
        }
    }
    all
}

/// The part of a folded word that counts; `None` for a short one.
fn stem(word: &str) -> Option<&str> {
    let letters = word.chars().count();
    if letters < SHORTEST {
        return None;
    }
    Some(word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end]))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Template, Used};
    use super::*;

    fn template(id: &str, title: &str, tags: &[&str], language: &str) -> Template {
        Template {
            id: id.to_owned(),
            title: title.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            language: language.to_owned(),
            ..Template::default()
        }
    }

    fn library() -> Vec<Template> {
        vec![
            template("late", "Late delivery", &["parcel", "order", "shipping"], "en"),
            template("refund", "Refund, how it works", &["money", "order"], "en"),
            template("thanks", "Thank you for kind words", &["praise", "lovely"], "en"),
            template("hours", "Opening hours", &["store", "open"], "en"),
            template("tarde", "Pedido con retraso", &["paquete", "envío"], "es"),
            template("devolver", "Devolución, cómo funciona", &["dinero"], "es"),
        ]
    }

    #[track_caller]
    fn check(post: &str, language: &str, expect: &[(&str, &[&str])]) {
        let library = library();
        let query = Query { language: Some(language), ..Query::default() };
        let found = Index::new(&library).suggest(post, &query, 3);
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|one| (library[one.index].id.as_str(), one.words.iter().map(String::as_str).collect()))
            .collect();
        let expect: Vec<(&str, Vec<&str>)> = expect.iter().map(|(id, words)| (*id, words.to_vec())).collect();
        assert_eq!(found, expect, "{post}");
    }

    #[test]
    fn a_post_gets_what_answers_its_words_in_the_language_of_the_reply() {
        check("My Parcels are late again, @acme", "en", &[("late", &["late", "parcels"])]);
        check("Quiero devolver el PAQUETE", "es", &[("tarde", &["paquete"]), ("devolver", &["devolver"])]);
        check("Quiero devolver el paquete", "en", &[]);
        check("hi", "en", &[]);
        check("#parcel https://x.com/refund @thanks", "en", &[]);
    }

    #[test]
    fn use_decides_between_equals() {
        let library = library();
        let index = Index::new(&library);
        let used = BTreeMap::from([("refund".to_owned(), Used { at: 0, times: 12 })]);
        let query = Query { language: Some("en"), used: Some(&used), ..Query::default() };
        let found = index.suggest("Where is my order?", &query, 3);
        assert_eq!(found.iter().map(|one| (one.index, one.used)).collect::<Vec<_>>(), [(1, 12), (0, 0)]);
    }

    proptest::proptest! {
        #[test]
        fn any_post_may_be_asked_about(post in "\\PC{0,60}") {
            let library = library();
            let found = Index::new(&library).suggest(&post, &Query::default(), 3);
            proptest::prop_assert!(found.len() <= 3 && found.iter().all(|one| one.index < library.len()));
        }
    }
}
