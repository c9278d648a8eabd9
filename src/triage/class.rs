//! Tells the class of a post by the words in it.

use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::ordered::sort;
use crate::voice::fold::{Folded, whole_words};

/// A class that the bundled packs have words for; a pack may name others. The first one wins a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Somebody's safety, money or rights; the press or a lawyer.
    Crisis,
    /// Something was not as it ought to be.
    Complaint,
    /// A problem or a question.
    Problem,
    /// How it could be better.
    Suggestion,
    /// Somebody who may buy.
    Lead,
    /// Thanks and compliments.
    Praise,
    /// Advertising of somebody else's.
    Spam,
}

impl Class {
    /// Every class, the gravest first.
    pub const ALL: [Self; 7] =
        [Self::Crisis, Self::Complaint, Self::Problem, Self::Suggestion, Self::Lead, Self::Praise, Self::Spam];

    /// Its name in packs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Complaint => "complaint",
            Self::Problem => "problem",
            Self::Suggestion => "suggestion",
            Self::Lead => "lead",
            Self::Praise => "praise",
            Self::Spam => "spam",
        }
    }

    /// The class of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.id() == id)
    }

    /// What people write for it, as a template's tag for example.
    pub fn tags(id: &str) -> &[&str] {
        match Self::named(id) {
            Some(Self::Crisis) => &["crisis"],
            Some(Self::Complaint) => &["complaint", "queja"],
            Some(Self::Problem) => &["problem", "question", "problema", "pregunta"],
            Some(Self::Suggestion) => &["suggestion", "sugerencia"],
            Some(Self::Lead) => &["lead", "sale", "venta"],
            Some(Self::Praise) => &["praise", "elogio"],
            Some(Self::Spam) => &["spam"],
            None => &[],
        }
    }

    /// As many words of another class it takes to outweigh one of this.
    fn weight(id: &str) -> usize {
        if id == Self::Crisis.id() { 4 } else { 1 }
    }
}

/// What packs call the words of hostile posts.
const HOSTILE: &str = "hostile";

/// The words of every class, made ready for looking at posts.
#[derive(Debug, Default)]
pub struct Classes {
    names: Vec<String>,
    automaton: Option<AhoCorasick>,
    /// Of each word: the classes that it speaks for.
    speaks_for: Vec<Vec<usize>>,
}

impl Classes {
    /// Reads words by class; a class may come several times.
    pub fn new<'a>(cues: impl IntoIterator<Item = (&'a String, &'a Vec<String>)>) -> Self {
        let mut all: Vec<(&str, String)> = Vec::new();
        for (class, words) in cues {
            all.extend(words.iter().map(|word| (class.as_str(), Folded::new(word).text().trim().to_owned())));
        }
        all.retain(|(_, word)| !word.is_empty());
        let mut classes = Self::default();
        let mut words: Vec<String> = Vec::new();
        sort(&mut all, |a, b| a.1.cmp(&b.1));
        for (class, word) in all {
            if words.last() != Some(&word) {
                words.push(word);
                classes.speaks_for.push(Vec::new());
            }
            let known = classes.names.iter().position(|name| name == class);
            let index = known.unwrap_or(classes.names.len());
            if known.is_none() {
                classes.names.push(class.to_owned());
            }
            if let Some(of) = classes.speaks_for.last_mut().filter(|of| !of.contains(&index)) {
                of.push(index);
            }
        }
        let builder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&words);
        classes.automaton = builder.ok().filter(|_| !words.is_empty());
        classes
    }

    /// The class that most words of a post speak for.
    pub fn of(&self, post: &str) -> Option<&str> {
        self.among(post, |class| class != HOSTILE)
    }

    /// True when a post attacks whoever reads it: it may be of any class.
    pub fn hostile(&self, post: &str) -> bool {
        self.among(post, |class| class == HOSTILE).is_some()
    }

    /// The same among the classes that `asks` names: a question may be a complaint as well, for whoever asks about
    /// complaints and praise alone.
    pub fn among(&self, post: &str, asks: impl Fn(&str) -> bool) -> Option<&str> {
        let folded = Folded::new(post);
        let text = folded.text();
        let mut counts = vec![0; self.names.len()];
        for hit in self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text)) {
            if whole_words(text, hit.start(), hit.end()) {
                for &class in &self.speaks_for[hit.pattern().as_usize()] {
                    counts[class] += Class::weight(&self.names[class]);
                }
            }
        }
        let found = self.names.iter().map(String::as_str).zip(counts).filter(|(name, count)| *count > 0 && asks(name));
        let rank = |name| Class::named(name).map_or(Class::ALL.len(), |class| class as usize);
        found.min_by_key(|(name, count)| (Reverse(*count), rank(name), *name)).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::bundled;

    #[track_caller]
    fn check(post: &str, expect: Option<Class>) {
        let classes = Classes::new(bundled().iter().flat_map(|pack| &pack.incoming));
        assert_eq!(classes.of(post), expect.map(Class::id), "{post}");
    }

    #[test]
    fn posts_to_a_brand_in_english() {
        check("The charger caught fire on my desk. Never again, awful.", Some(Class::Crisis));
        check("My lawyer will be in touch @acme", Some(Class::Crisis));
        check("Still waiting for my parcel, third week now. Terrible.", Some(Class::Complaint));
        check("Why is my order late again?", Some(Class::Complaint));
        check("How do I change my address?", Some(Class::Problem));
        check("Can someone help me with the login please", Some(Class::Problem));
        check("It would be great if you added a dark mode", Some(Class::Suggestion));
        check("Please bring back the lemon one", Some(Class::Suggestion));
        check("Interested in buying ten of these, is there a discount for teams?", Some(Class::Lead));
        check("Loved the service today, thank you so much", Some(Class::Praise));
        check("Check out my page and earn money from home, link in bio", Some(Class::Spam));
        check("On the train to Leeds", None);
        check("", None);
    }

    #[test]
    fn posts_to_a_brand_in_spanish() {
        check("El cargador se ha incendiado y mi hija está en el hospital", Some(Class::Crisis));
        check("Os voy a denunciar, sois una vergüenza", Some(Class::Crisis));
        check("Sigo esperando mi pedido, qué vergüenza", Some(Class::Complaint));
        check("¿Cómo puedo cambiar la dirección?", Some(Class::Problem));
        check("¿A qué hora abrís mañana?", Some(Class::Problem));
        check("Estaría genial que añadierais modo oscuro", Some(Class::Suggestion));
        check("¿Dónde puedo comprar la azul?", Some(Class::Lead));
        check("Me encanta, gracias por todo", Some(Class::Praise));
        check("Gana dinero desde casa, enlace en mi perfil", Some(Class::Spam));
        check("Camino de Burgos", None);
    }

    #[test]
    fn a_brand_may_name_a_class_of_its_own_and_no_word_is_cut_in_two() {
        let own = [("wedding".to_owned(), vec!["wedding".to_owned(), "bride".to_owned()])];
        let praise = [("praise".to_owned(), vec!["great".to_owned(), "bride".to_owned()])];
        let classes = Classes::new(own.iter().chain(&praise).map(|(class, words)| (class, words)));
        assert_eq!(classes.of("A great bride"), Some("praise"));
        assert_eq!(classes.of("WEDDING of the bride"), Some("wedding"));
        assert_eq!(classes.of("The bride"), Some("praise"));
        assert_eq!(classes.among("A great bride", |name| name == "wedding"), Some("wedding"));
        assert_eq!(classes.of("greater brides"), None);
        assert_eq!(Classes::default().of("great"), None);
    }
}
