//! Finds templates by a few typed letters: trigger before title before tags before body.
//!
//! Every typed word must match somewhere. Case and accents do not matter; a slip of one letter (two in long words) is
//! forgiven, but never in the body, where half the language is one letter away. Language, network, favourites and recent
//! use break near ties and order the list while nothing is typed, favourites first; equal scores keep the library's
//! order. Use and favourites are the caller's to remember.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::record::Template;
use crate::log::Outcomes;
use crate::ordered::sort;
use crate::text::fold::words as fold;
use slip::{letters, slips};

mod slip;
mod suggest;

pub use suggest::Suggestion;

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// What was typed.
    pub words: &'a str,
    /// Network in front.
    pub network: Option<&'a str>,
    /// Language chosen for the reply.
    pub language: Option<&'a str>,
    /// What the post answered is, by the name of its class.
    pub class: Option<&'a str>,
    /// Department of the case, where the log knows it.
    pub department: Option<&'a str>,
    /// Use by template id.
    pub used: Option<&'a BTreeMap<String, Used>>,
    /// Favourites, by template id.
    pub starred: Option<&'a BTreeSet<String>>,
    /// What came of the team's answers.
    pub outcomes: Option<&'a Outcomes>,
    /// UTC milliseconds now.
    pub now: i64,
}

/// How a template was used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Last time, UTC milliseconds.
    pub at: i64,
    /// How often.
    pub times: u32,
}

/// A template found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the library.
    pub index: usize,
    /// Higher is better; comparable within one answer only.
    pub score: i32,
}

/// More than a template gets without its whole trigger being typed, and less than with it.
const NAMED: i32 = 2000;

impl Hit {
    /// Its whole trigger was typed.
    pub fn is_named(&self) -> bool {
        self.score >= NAMED
    }
}

/// A library made ready for searching; build it once per library.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    id: String,
    /// Not offered.
    off: bool,
    trigger: Field,
    title: Field,
    tags: Field,
    body: String,
    language: String,
    networks: Vec<String>,
    family: String,
    /// Who is asked for help once it is sent.
    department: Option<String>,
}

/// A short text in words.
#[derive(Debug, Clone, Default)]
struct Field {
    words: Vec<Word>,
    /// The words with single spaces.
    text: String,
    /// The words without spaces, as people type triggers.
    joined: String,
    initials: String,
}

#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// The word as one begins in a folded text.
    spaced: String,
    letters: u64,
}

/// How well a typed word fits a field's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Slip = 25,
    Scattered = 30,
    Initials = 40,
    Inside = 50,
    Start = 80,
    Whole = 100,
}

const TRIGGER: i32 = 10;
const TITLE: i32 = 7;
const TAGS: i32 = 5;
const BODY: i32 = 2;

/// What a star weighs against words, and while there are none.
const STARRED: i32 = 40;
const STARRED_FIRST: i32 = 1_000;

impl Index {
    /// Reads the library.
    pub fn new<'a>(templates: impl IntoIterator<Item = &'a Template>) -> Self {
        let entries = templates
            .into_iter()
            .map(|t| Entry {
                id: t.id.clone(),
                off: t.off,
                trigger: Field::new(t.trigger.as_deref().unwrap_or_default()),
                title: Field::new(&t.title),
                tags: Field::new(&t.tags.join(" ")),
                body: format!(" {}", fold(&t.body)),
                language: t.language.clone(),
                networks: t.networks.clone(),
                family: t.family.clone(),
                department: t.actions.department.clone(),
            })
            .collect();
        Self { entries }
    }

    /// The best `limit` templates, best first. Nothing typed finds all.
    pub fn find(&self, query: &Query<'_>, limit: usize) -> Vec<Hit> {
        let whole = fold(query.words);
        let words: Vec<Word> = whole.split(' ').filter(|w| !w.is_empty()).map(Word::new).collect();
        let mut hits: Vec<Hit> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.off)
            .filter_map(|(index, entry)| {
                let score = entry.score(&whole, &words)?;
                Some(Hit { index, score: score + entry.boost(query) })
            })
            .collect();
        sort(&mut hits, |a, b| (b.score, a.index).cmp(&(a.score, b.index)));
        hits.truncate(limit);
        hits
    }

    /// Whether what stands after `/` begins a trigger, or a word of a title: only then does the picker open by itself.
    pub fn begins(&self, typed: &str) -> bool {
        let typed = fold(typed);
        let begins =
            |field: &Field| field.joined.starts_with(&typed) || field.words.iter().any(|w| w.text.starts_with(&typed));
        typed.chars().count() >= 2
            && self.entries.iter().filter(|e| !e.off).any(|e| e.trigger.starts(&typed) || begins(&e.title))
    }
}

impl Entry {
    fn score(&self, whole: &str, words: &[Word]) -> Option<i32> {
        if words.is_empty() {
            return Some(0);
        }
        let mut sum = 0;
        for word in words {
            sum += self.word(word)?;
        }
        let mut score = sum / words.len() as i32;
        if !self.trigger.text.is_empty() && (self.trigger.text == whole || self.trigger.joined == whole) {
            score += NAMED;
        }
        if self.title.text.starts_with(whole) {
            score += 300;
        } else if words.len() > 1 && self.title.text.contains(whole) {
            score += 150;
        }
        Some(score)
    }

    /// Score of one typed word; `None` when it fits nowhere.
    fn word(&self, word: &Word) -> Option<i32> {
        let fields = [(&self.trigger, TRIGGER), (&self.title, TITLE), (&self.tags, TAGS)];
        let best = |fit: fn(&Field, &Word) -> Option<Fit>| {
            fields.iter().filter_map(|(field, weight)| fit(field, word).map(|fit| weight * fit as i32)).max()
        };
        match best(Field::fit) {
            // The body cannot do better.
            Some(score) if score >= BODY * Fit::Start as i32 => Some(score),
            score => score.max(self.in_body(word)).or_else(|| best(Field::slip)),
        }
    }

    fn in_body(&self, word: &Word) -> Option<i32> {
        let fit = if self.body.contains(&word.spaced) {
            Fit::Start
        } else if self.body.contains(&word.text) {
            Fit::Inside
        } else {
            return None;
        };
        Some(BODY * fit as i32)
    }

    /// Points for the situation: less than a step of [`Fit`] in a title, more than a tie.
    fn boost(&self, query: &Query<'_>) -> i32 {
        let mut points = 0;
        if let Some(network) = query.network {
            points += match self.networks.iter().any(|n| n.eq_ignore_ascii_case(network)) {
                true => 40,
                false if self.networks.is_empty() => 0,
                false => -150,
            };
        }
        if let Some(language) = query.language.filter(|_| !self.language.is_empty()) {
            let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            points += if primary(language) == primary(&self.language) { 60 } else { -120 };
        }
        if query.starred.is_some_and(|starred| starred.contains(&self.id)) {
            points += if query.words.trim().is_empty() { STARRED_FIRST } else { STARRED };
        }
        if let Some(used) = query.used.and_then(|used| used.get(&self.id)) {
            let days = (query.now - used.at).max(0) as f64 / 86_400_000.0;
            points += (60.0 * 0.5f64.powf(days / 7.0)).round() as i32 + used.times.min(20) as i32;
        }
        points
    }
}

impl Field {
    fn new(text: &str) -> Self {
        let text = fold(text);
        let words: Vec<Word> = text.split(' ').filter(|w| !w.is_empty()).map(Word::new).collect();
        let initials = words.iter().filter_map(|w| w.text.chars().next()).collect();
        Self { joined: text.replace(' ', ""), words, text, initials }
    }

    fn starts(&self, typed: &str) -> bool {
        self.text.starts_with(typed) || self.joined.starts_with(typed)
    }

    fn fit(&self, word: &Word) -> Option<Fit> {
        let typed = word.text.as_str();
        let long = typed.len() >= 3;
        let fits = self.words.iter().filter(|w| word.letters & !w.letters == 0).filter_map(|w| {
            let text = w.text.as_str();
            if text == typed {
                Some(Fit::Whole)
            } else if text.starts_with(typed) {
                Some(Fit::Start)
            } else if typed.len() >= 2 && text.contains(typed) {
                Some(Fit::Inside)
            } else {
                (long && is_scattered(typed, text)).then_some(Fit::Scattered)
            }
        });
        let joined = long.then_some(()).and_then(|()| {
            if self.joined.starts_with(typed) {
                Some(Fit::Start)
            } else {
                self.initials.starts_with(typed).then_some(Fit::Initials)
            }
        });
        fits.max().max(joined)
    }

    fn slip(&self, word: &Word) -> Option<Fit> {
        self.words.iter().any(|w| slips(&word.text, word.letters, &w.text, w.letters)).then_some(Fit::Slip)
    }
}

impl Word {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), spaced: format!(" {text}"), letters: letters(text) }
    }
}

/// The typed letters in order, from the word's first letter on ("rfnd" in "refund").
fn is_scattered(typed: &str, text: &str) -> bool {
    let mut rest = text.chars();
    typed.chars().next() == text.chars().next() && typed.chars().all(|c| rest.any(|r| r == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(id: &str, trigger: &str, title: &str, tags: &[&str], body: &str) -> Template {
        Template {
            id: id.to_owned(),
            trigger: Some(trigger.to_owned()).filter(|t| !t.is_empty()),
            title: title.to_owned(),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            body: body.to_owned(),
            language: "en".to_owned(),
            ..Template::default()
        }
    }

    fn library() -> Vec<Template> {
        vec![
            template(
                "late",
                "late",
                "Late delivery",
                &["delivery", "apology"],
                "Sorry that your refund parcel is late.",
            ),
            template("refund", "refund", "Refund, how it works", &["money"], "We pay it back within the legal period."),
            template("dm", "dm-handoff", "Move to direct message", &["private"], "Please send us the details."),
            template("thanks", "", "Thank an advocate", &["praise"], "Thank you! It means a lot."),
            template("dev", "devolución", "Devolución, cómo funciona", &["dinero"], "Le devolvemos el importe."),
        ]
    }

    #[track_caller]
    fn check(typed: &str, expect: &[&str]) {
        let library = library();
        let hits = Index::new(&library).find(&Query { words: typed, ..Query::default() }, 10);
        let ids: Vec<&str> = hits.iter().map(|h| library[h.index].id.as_str()).collect();
        assert_eq!(ids, expect, "{typed:?}");
    }

    #[test]
    fn trigger_before_title_before_tags_before_body() {
        check("refund", &["refund", "late"]);
        check("delivery", &["late"]);
        check("money", &["refund"]);
        check("details", &["dm"]);
        check("thank", &["thanks"]);
    }

    #[test]
    fn what_is_switched_off_is_not_offered() {
        let off = Template { off: true, ..template("gone", "gone", "Gone", &["lamp"], "") };
        let index = Index::new([&off]);
        assert_eq!(index.find(&Query::default(), 10), []);
        assert!(!index.begins("gone"));
        assert_eq!(index.suggest("my lamp", &Query::default(), 3), []);
    }

    #[test]
    fn every_word_must_fit_somewhere() {
        check("late apology", &["late"]);
        check("late money", &[]);
        check("xyzzy", &[]);
    }

    #[test]
    fn accents_case_and_separators_do_not_matter() {
        check("DEVOLUCION", &["dev"]);
        check("Cómo", &["dev"]);
        check("dmhandoff", &["dm"]);
        check("DM-HAND", &["dm"]);
    }

    #[test]
    fn slips_and_short_forms_are_forgiven() {
        check("refnud", &["refund"]);
        check("delivry", &["late"]);
        check("mtd", &["dm"]);
        check("rfnd", &["refund"]);
        check("devoulcion", &["dev"]);
        // Short words are too close to others to forgive a slip.
        check("dn", &[]);
    }

    #[test]
    fn nothing_typed_lists_all_recent_first_and_otherwise_in_order() {
        check("", &["late", "refund", "dm", "thanks", "dev"]);
        let library = library();
        let used = BTreeMap::from([("thanks".to_owned(), Used { at: 1_000, times: 1 })]);
        let hits = Index::new(&library).find(&Query { used: Some(&used), now: 2_000, ..Query::default() }, 2);
        assert_eq!(hits.iter().map(|h| h.index).collect::<Vec<_>>(), [3, 0]);
    }

    #[test]
    fn favourites_come_first_while_nothing_is_typed_and_weigh_little_against_words() {
        let library = library();
        let (index, starred) = (Index::new(&library), BTreeSet::from(["dev".to_owned(), "late".to_owned()]));
        let used = BTreeMap::from([("thanks".to_owned(), Used { at: 0, times: 30 })]);
        let found = |words| {
            let query = Query { words, used: Some(&used), starred: Some(&starred), ..Query::default() };
            index.find(&query, 9).iter().map(|hit| library[hit.index].id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(found(""), ["late", "dev", "thanks", "refund", "dm"]);
        assert_eq!(found("refund"), ["refund", "late"], "a star does not outweigh a trigger");
        let twins = [template("a", "", "Thanks", &[], ""), template("late", "", "Thanks", &[], "")];
        let query = Query { words: "thanks", starred: Some(&starred), ..Query::default() };
        assert_eq!(Index::new(&twins).find(&query, 1)[0].index, 1, "but decides between equals");
    }

    #[test]
    fn language_and_network_order_near_ties() {
        let mut library = vec![template("a", "", "Thanks", &[], ""), template("b", "", "Thanks", &[], "")];
        library[1].language = "es".to_owned();
        let index = Index::new(&library);
        let first = |query: Query<'_>| index.find(&query, 1)[0].index;
        assert_eq!(first(Query { words: "thanks", ..Query::default() }), 0);
        assert_eq!(first(Query { words: "thanks", language: Some("es-MX"), ..Query::default() }), 1);
        library[0].networks = vec!["x".to_owned()];
        let index = Index::new(&library);
        assert_eq!(index.find(&Query { words: "thanks", network: Some("nodebb"), ..Query::default() }, 1)[0].index, 1);
    }

    #[test]
    fn the_picker_opens_by_itself_only_for_known_beginnings() {
        let index = Index::new(&library());
        for (typed, expect) in
            [("re", true), ("dm-h", true), ("adv", true), ("r", false), ("s", false), ("mayor", false), ("", false)]
        {
            assert_eq!(index.begins(typed), expect, "{typed:?}");
        }
    }
}
