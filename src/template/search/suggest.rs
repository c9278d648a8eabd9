//! Suggests templates for a post before anybody typed: those that share its rarer words or are tagged with its class, in
//! front those that the case's department uses and that have settled cases.
//!
//! Offline and explained: each suggestion says the class and which words of the post it answers, how often it was used and
//! what came of that. A message's texts in other languages and forms of address count as one. One for another network or
//! language is never suggested. Which class a post has is told elsewhere.

use std::collections::BTreeMap;

use super::{Entry, Index, Query};
use crate::log::{Outcome, Outcomes};
use crate::ordered::sort;
use crate::text::fold;
use crate::triage::Class;

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
/// More uses or settled cases than this say nothing more.
const ENOUGH: u32 = 50;
/// What experience weighs against a word, that the case's department uses the template, and that it is tagged with the
/// post's class.
const EXPERIENCE: f64 = 0.7;
const DEPARTMENT: f64 = 1.0;
const CLASS: f64 = 1.0;

/// A template that fits a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Its place in the library.
    pub index: usize,
    /// It is meant for posts of this one's class.
    pub of_class: bool,
    /// Words of the post that it answers, as the post writes them, the most telling first.
    pub words: Vec<String>,
    /// How often it was used, in the team's answers or by this person.
    pub used: u32,
    /// How many of the cases answered with it are settled.
    pub settled: u32,
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
        let answers = |entry: &Entry| query.class.is_some_and(|class| entry.answers(class));
        for (index, _) in self.entries.iter().enumerate().filter(|(_, entry)| entry.fits(query) && answers(entry)) {
            telling.entry(index).or_default();
        }
        let team = self.team(query);
        let mut best: Vec<(f64, Suggestion)> = telling
            .into_iter()
            .map(|(index, mut words)| {
                let entry = &self.entries[index];
                let score: f64 = words.iter().map(|(weight, _)| weight).sum();
                sort(&mut words, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
                let mut words: Vec<String> = words.into_iter().take(NAMED).map(|(_, word)| word.to_owned()).collect();
                let past = entry.past(&team, query);
                let department = query.department.filter(|_| past.in_department);
                words.extend(department.map(str::to_owned));
                let of_class = answers(entry);
                let more = |is: bool, weight: f64| if is { weight } else { 0.0 };
                let score = score + past.weight() + more(department.is_some(), DEPARTMENT) + more(of_class, CLASS);
                (score, Suggestion { index, of_class, words, used: past.used, settled: past.settled })
            })
            .collect();
        sort(&mut best, |a, b| b.0.total_cmp(&a.0).then(a.1.index.cmp(&b.1.index)));
        best.into_iter().take(limit).map(|(_, suggestion)| suggestion).collect()
    }
}

/// What is known of an entry's use.
struct Past {
    used: u32,
    settled: u32,
    /// The department of the case uses it, or is the one that it asks for help.
    in_department: bool,
}

impl Past {
    /// What settled cases says more than what was merely used often.
    fn weight(&self) -> f64 {
        let (used, settled) = (f64::from(self.used.min(ENOUGH)), f64::from(self.settled.min(ENOUGH)));
        let share = f64::from(self.settled + 1) / f64::from(self.used + 2);
        EXPERIENCE * (settled.ln_1p() * share.min(1.0) + 0.4 * used.ln_1p())
    }
}

impl Index {
    /// The team's figures, each with the entry that it is about.
    fn team<'a>(&'a self, query: &Query<'a>) -> Vec<(&'a Entry, &'a Outcome)> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let known = query.outcomes.filter(|known| !known.is_empty());
        for (index, entry) in self.entries.iter().enumerate().filter(|_| known.is_some()) {
            places.entry(&entry.id).or_default().push(index);
        }
        let entry = |one: &Outcome| places.get(one.template.as_str()).map(|at| &self.entries[at[0]]);
        known.into_iter().flat_map(Outcomes::iter).filter_map(|one| Some((entry(one)?, one))).collect()
    }
}

impl Entry {
    /// What came of it and its family.
    fn past(&self, team: &[(&Self, &Outcome)], query: &Query<'_>) -> Past {
        let mine = query.used.and_then(|used| used.get(&self.id)).map_or(0, |used| used.times);
        let asked = query.department.zip(self.department.as_deref());
        let mut past = Past { used: 0, settled: 0, in_department: asked.is_some_and(|(a, b)| a == b) };
        for (entry, one) in team {
            if entry.id == self.id || (!self.family.is_empty() && entry.family == self.family) {
                past.used += one.used.max(0).unsigned_abs();
                past.settled += one.settled.max(0).unsigned_abs();
                past.in_department |= one.used > 0 && query.department == Some(one.department.as_str());
            }
        }
        past.used = past.used.max(mine);
        past
    }

    /// Tagged with the class, or with what people write for it.
    fn answers(&self, class: &str) -> bool {
        let tagged = |name: &str| self.tags.words.iter().any(|word| word.text == name);
        tagged(class) || Class::tags(class).iter().any(|name| tagged(name))
    }

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

    #[test]
    fn what_settled_cases_beats_what_was_used_often() {
        #[track_caller]
        fn check(department: &str, log: &str, expect: &[(&str, u32, u32)]) {
            let mut library = library();
            library[0].family = "delay".to_owned();
            library[4].family = "delay".to_owned();
            let (index, outcomes) = (Index::new(&library), Outcomes::from_text(log));
            let used = BTreeMap::from([("refund".to_owned(), Used { at: 0, times: 50 })]);
            let department = Some(department).filter(|name| !name.is_empty());
            let found = |language| {
                let language = Some(language);
                let outcomes = Some(&outcomes);
                let query = Query { language, department, used: Some(&used), outcomes, ..Query::default() };
                index.suggest("Where is my order? Pedido?", &query, 3)
            };
            let of = |one: &Suggestion| (library[one.index].id.as_str(), one.used, one.settled);
            assert_eq!(found("en").iter().map(of).collect::<Vec<_>>(), expect, "{log:?}");
            // However well it did, one in another language is not among them.
            assert!(found("es").iter().all(|one| library[one.index].language == "es"));
        }
        check("", "", &[("refund", 50, 0), ("late", 0, 0)]);
        check("", "late\t\t12\t9\nrefund\t\t40\t1\n", &[("late", 12, 9), ("refund", 50, 1)]);
        // Few settled of many is worth less than most of some.
        check("", "late\t\t12\t9\nrefund\t\t500\t50\n", &[("late", 12, 9), ("refund", 500, 50)]);
        // The same message in Spanish is the same experience; departments add up.
        check("", "tarde\tLogistics\t8\t7\nlate\t\t4\t2\n", &[("late", 12, 9), ("refund", 50, 0)]);
        // A department's own come first; a figure that went below nothing says nothing.
        check("Logistics", "late\tLogistics\t1\t0\nrefund\tBilling\t1\t0\n", &[("late", 1, 0), ("refund", 50, 0)]);
        check("", "late\t\t-3\t-3\ngone\t\t9\t9\n", &[("refund", 50, 0), ("late", 0, 0)]);
    }

    #[test]
    fn what_is_tagged_with_the_posts_class_comes_first_and_needs_no_common_word() {
        #[track_caller]
        fn check(class: &str, post: &str, expect: &[(&str, bool, &str)]) {
            let mut library = library();
            library[1].tags.push("Complaint".to_owned());
            let query = Query { language: Some("en"), class: Some(class), ..Query::default() };
            let found = Index::new(&library).suggest(post, &query, 3);
            let found: Vec<_> =
                found.iter().map(|one| (library[one.index].id.as_str(), one.of_class, one.words.join(" "))).collect();
            let expect: Vec<_> = expect.iter().map(|(id, of, words)| (*id, *of, (*words).to_owned())).collect();
            assert_eq!(found, expect, "{class}: {post}");
        }
        check("complaint", "Where is my order?", &[("refund", true, "order"), ("late", false, "order")]);
        check("complaint", "My parcel is late", &[("late", false, "late parcel"), ("refund", true, "")]);
        check("praise", "You are the nicest", &[("thanks", true, "")]);
        check("wedding", "You are the nicest", &[]);
    }

    #[test]
    fn one_for_another_network_is_not_suggested() {
        let mut library = library();
        library[0].networks = vec!["x".to_owned()];
        let (index, outcomes) = (Index::new(&library), Outcomes::from_text("late\t\t50\t50\n"));
        for (network, expect) in [("x", &[0, 1][..]), ("nodebb", &[1])] {
            let query =
                Query { network: Some(network), language: Some("en"), outcomes: Some(&outcomes), ..Query::default() };
            let found = index.suggest("Where is my order?", &query, 3);
            assert_eq!(found.iter().map(|one| one.index).collect::<Vec<_>>(), expect, "{network}");
        }
    }

    #[test]
    fn the_department_is_among_the_reasons() {
        let mut library = library();
        library[1].actions.department = Some("Billing".to_owned());
        let query = Query { language: Some("en"), department: Some("Billing"), ..Query::default() };
        let found = Index::new(&library).suggest("Where is my order?", &query, 3);
        assert_eq!((found[0].index, found[0].words.join(", ").as_str()), (1, "order, Billing"));
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
