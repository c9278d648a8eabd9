//! Tells the class of a post: one automaton over every cue, one pass over the text, points that add up.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Class;
use super::cue::{Cue, NUMBER, Points, Shape};
use super::plain::Plain;
use super::shape::Shapes;
use crate::ordered::sort;
use crate::voice::fold::starts_whole;
use crate::voice::mask::MaskKind;

/// What packs call the words of hostile posts.
const HOSTILE: &str = "hostile";
/// What they call words that turn others round.
const NEGATION: &str = "negation";
/// What they call numbers that are not written in figures.
const NUMBERS: &str = "number";
/// Lists that are no classes.
const ASIDE: [&str; 3] = [HOSTILE, NEGATION, NUMBERS];
/// Words that may stand between a negation and what it turns round: "not at all happy".
const REACH: usize = 2;

/// The cues of every class, made ready for looking at posts.
#[derive(Debug)]
pub struct Classes {
    names: Vec<String>,
    cues: Vec<Prepared>,
    words: Vec<String>,
    /// Of each word: the cues that it belongs to, and what it is to them.
    belongs_to: Vec<Vec<(usize, Role)>>,
    /// Built when a post is first looked at: a start of the background must not wait for it.
    automaton: OnceLock<Option<AhoCorasick>>,
}

/// What a word is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// What it looks for.
    Sought,
    /// What that stands after.
    Before,
}

/// A cue with classes by their place.
#[derive(Debug)]
struct Prepared {
    id: String,
    weighs: Vec<(usize, Points)>,
    negated: Vec<(usize, Points)>,
    most: usize,
    /// It looks for words after others.
    after: bool,
    /// Those others may be numbers.
    after_number: bool,
    shape: Option<Shape>,
    /// It is one of `ASIDE`, which count for themselves.
    aside: bool,
}

/// What a post was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The class with most points.
    pub class: String,
    /// Points of every class, in the order of [`Class::ALL`], then a team's own. "other" has what a post needs to be of
    /// a class at all.
    pub scores: Vec<(String, Points)>,
    /// What decided; the points of a class are the sum of its points here (and "other" has those it begins with).
    pub reasons: Vec<Reason>,
}

impl Judged {
    /// Words of injury, law, fraud and the like were found: enough of them to be a crisis.
    pub fn is_severe(&self) -> bool {
        self.score(Class::Crisis.id()) >= Points::ENOUGH
    }

    /// The points of a class.
    pub fn score(&self, class: &str) -> Points {
        self.scores.iter().find(|(name, _)| name == class).map_or(Points::default(), |(_, points)| *points)
    }
}

/// What a cue found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The cue's name.
    pub cue: String,
    /// What it found, as written; nothing for a shape.
    pub words: Vec<String>,
    /// A negation stood before it.
    pub negated: bool,
    /// What it counts for, by class.
    pub points: Vec<(String, Points)>,
}

/// A phrase found.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    word: usize,
}

/// What one cue found, plain or after a negation.
#[derive(Debug)]
struct Find {
    cue: usize,
    negated: bool,
    count: usize,
    places: Vec<(usize, usize)>,
}

impl Default for Classes {
    /// Without cues every post is "other".
    fn default() -> Self {
        let names = Class::ALL.iter().map(|class| class.id().to_owned()).collect();
        Self { names, cues: Vec::new(), words: Vec::new(), belongs_to: Vec::new(), automaton: OnceLock::new() }
    }
}

impl Classes {
    /// Reads cues; a class may come several times.
    pub fn new<'a>(cues: impl IntoIterator<Item = &'a Cue>) -> Self {
        let mut classes = Self::default();
        let mut all: Vec<((usize, Role), String)> = Vec::new();
        for (place, cue) in cues.into_iter().enumerate() {
            let weighs = classes.by_place(&cue.weighs);
            let negated = classes.by_place(&cue.negated);
            let aside = cue.weighs.iter().any(|(class, _)| ASIDE.contains(&class.as_str()));
            let (id, most, shape, after) = (cue.id.clone(), cue.most, cue.shape, !cue.after.is_empty());
            let after_number = cue.after.iter().any(|word| word == NUMBER);
            classes.cues.push(Prepared { id, weighs, negated, most, after, after_number, shape, aside });
            let mut add = |words: &[String], role| {
                let words = words.iter().filter(|word| *word != NUMBER);
                all.extend(words.map(|word| ((place, role), Plain::new(word).text.trim().to_owned())));
            };
            add(&cue.words, Role::Sought);
            add(&cue.after, Role::Before);
        }
        all.retain(|(_, word)| !word.is_empty());
        sort(&mut all, |a, b| a.1.cmp(&b.1));
        for (cue, word) in all {
            if classes.words.last() != Some(&word) {
                classes.words.push(word);
                classes.belongs_to.push(Vec::new());
            }
            if let Some(of) = classes.belongs_to.last_mut().filter(|of| !of.contains(&cue)) {
                of.push(cue);
            }
        }
        classes
    }

    /// The class of a post, by cues; `None` when it is none of them.
    pub fn of(&self, post: &str) -> Option<&str> {
        self.among(post, |_| true)
    }

    /// The same among the classes that `asks` names: a question may be a complaint as well, for whoever asks about
    /// complaints and praise alone.
    pub fn among(&self, post: &str, asks: impl Fn(&str) -> bool) -> Option<&str> {
        let scores = self.scores(&self.finds(post));
        self.best(&scores, asks)
    }

    /// True when a post attacks whoever reads it: it may be of any class.
    pub fn hostile(&self, post: &str) -> bool {
        let plain = Plain::new(post);
        self.hits(&plain).iter().any(|hit| self.is_of(*hit, HOSTILE))
    }

    /// The class of a post with what decided.
    pub fn judge(&self, post: &str) -> Judged {
        let plain = Plain::new(post);
        let finds = self.finds_in(post, &plain);
        let scores = self.scores(&finds);
        let class = self.best(&scores, |_| true).unwrap_or(Class::Other.id()).to_owned();
        let named = |points: &(usize, Points)| (self.names[points.0].clone(), points.1);
        let reason = |find: &Find| Reason {
            cue: self.cues[find.cue].id.clone(),
            words: find.places.iter().map(|(from, to)| plain.written(post, *from..*to).to_owned()).collect(),
            negated: find.negated,
            points: self.points(find).iter().filter(|(class, _)| !self.is_aside(*class)).map(named).collect(),
        };
        let counts = |find: &&Find| !self.cues[find.cue].aside;
        let shown = self.names.iter().enumerate().filter(|(place, _)| !self.is_aside(*place));
        let scores = shown.map(|(place, name)| (name.clone(), scores[place])).collect();
        Judged { class, scores, reasons: finds.iter().filter(counts).map(reason).collect() }
    }

    fn is_aside(&self, class: usize) -> bool {
        ASIDE.contains(&self.names[class].as_str())
    }

    fn by_place(&mut self, points: &[(String, Points)]) -> Vec<(usize, Points)> {
        let mut all = Vec::new();
        for (class, points) in points {
            let known = self.names.iter().position(|name| name == class);
            all.push((known.unwrap_or(self.names.len()), *points));
            if known.is_none() {
                self.names.push(class.clone());
            }
        }
        all
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::ContiguousNFA));
            builder.build(&self.words).ok().filter(|_| !self.words.is_empty())
        };
        self.automaton.get_or_init(build).as_ref()
    }

    /// Every phrase of a cue in a text, none of them cutting a word in two or inside a handle or an address.
    fn hits(&self, plain: &Plain) -> Vec<Hit> {
        let text = plain.text.as_str();
        let mut hits: Vec<Hit> = Vec::new();
        for hit in self.automaton().into_iter().flat_map(|automaton| automaton.find_overlapping_iter(text)) {
            let (start, end, word) = (hit.start(), hit.end(), hit.pattern().as_usize());
            let counts = self.belongs_to[word].iter().any(|(cue, _)| self.cues[*cue].after_number);
            let begins = starts_whole(text, start) || (counts && text[..start].ends_with(|c: char| c.is_ascii_digit()));
            let masked = plain.mask(start).is_some_and(|mask| {
                matches!(mask.kind, MaskKind::Handle | MaskKind::Url | MaskKind::Email) && mask.end >= end
            });
            if begins && starts_whole(text, end) && !masked {
                hits.push(Hit { start, end, word });
            }
        }
        // What begins first, and of those the longest.
        sort(&mut hits, |a, b| (a.start, b.end).cmp(&(b.start, a.end)));
        hits
    }

    /// Whether a phrase belongs to the list of that name.
    fn is_of(&self, hit: Hit, class: &str) -> bool {
        let weighs =
            |(cue, _): &(usize, Role)| self.cues[*cue].weighs.iter().any(|(place, _)| self.names[*place] == class);
        self.belongs_to[hit.word].iter().any(weighs)
    }

    fn finds(&self, post: &str) -> Vec<Find> {
        self.finds_in(post, &Plain::new(post))
    }

    /// What every cue found, in the order of cues. A phrase within a longer one is not counted: "no problem" is none.
    fn finds_in(&self, post: &str, plain: &Plain) -> Vec<Find> {
        let text = plain.text.as_str();
        let hits = self.hits(plain);
        let of = |class: &'static str| hits.iter().filter(move |hit| self.is_of(**hit, class)).map(|hit| hit.end);
        let negations: Vec<usize> = of(NEGATION).collect();
        let numbers: Vec<usize> = of(NUMBERS).chain(figures(text)).collect();
        let is_before = |cue: usize, start: usize| {
            let listed = |hit: &&Hit| self.belongs_to[hit.word].contains(&(cue, Role::Before));
            let after_number = self.cues[cue].after_number && numbers.iter().any(|end| reaches(text, *end, start));
            after_number || hits.iter().filter(listed).any(|hit| reaches(text, hit.end, start))
        };
        let mut finds: Vec<Find> = Vec::new();
        let mut longest = (0, 0);
        for hit in &hits {
            let span = (hit.start, hit.end);
            let within = hit.end <= longest.1 && span != longest;
            let mut counted = false;
            for &(cue, role) in &self.belongs_to[hit.word] {
                let Prepared { aside, after, weighs, negated: turned, .. } = &self.cues[cue];
                if role == Role::Before || (within && !aside) || (*after && !is_before(cue, hit.start)) {
                    continue;
                }
                let negated = !turned.is_empty() && negations.iter().any(|end| reaches(text, *end, hit.start));
                if !negated && weighs.is_empty() {
                    continue;
                }
                counted |= !aside;
                match finds.iter_mut().find(|find| find.cue == cue && find.negated == negated) {
                    Some(find) => {
                        find.count += 1;
                        find.places.push(span);
                    }
                    None => finds.push(Find { cue, negated, count: 1, places: vec![span] }),
                }
            }
            if counted && hit.end > longest.1 {
                longest = span;
            }
        }
        let shapes = Shapes::of(post, plain);
        for (cue, shape) in self.cues.iter().enumerate().filter_map(|(at, cue)| Some((at, cue.shape?))) {
            let count = shapes.count(shape);
            if count > 0 {
                finds.push(Find { cue, negated: false, count, places: Vec::new() });
            }
        }
        sort(&mut finds, |a, b| (a.cue, a.negated).cmp(&(b.cue, b.negated)));
        finds
    }

    /// What a find is worth.
    fn points(&self, find: &Find) -> Vec<(usize, Points)> {
        let cue = &self.cues[find.cue];
        let count = if cue.most == 0 { find.count } else { find.count.min(cue.most) };
        let worth = if find.negated { &cue.negated } else { &cue.weighs };
        worth.iter().map(|(class, points)| (*class, *points * count)).collect()
    }

    fn scores(&self, finds: &[Find]) -> Vec<Points> {
        let mut scores = vec![Points::default(); self.names.len()];
        for (class, points) in finds.iter().flat_map(|find| self.points(find)) {
            scores[class] += points;
        }
        scores[Class::Other as usize] += Points::ENOUGH;
        scores
    }

    /// The class with most points among those asked about that have enough, the first of them on a tie.
    fn best(&self, scores: &[Points], asks: impl Fn(&str) -> bool) -> Option<&str> {
        let enough = scores[Class::Other as usize];
        let mut best: Option<(&str, Points)> = None;
        for (name, points) in self.names.iter().map(String::as_str).zip(scores.iter().copied()) {
            let fits = points >= enough && name != Class::Other.id() && !ASIDE.contains(&name) && asks(name);
            if fits && best.is_none_or(|(_, most)| points > most) {
                best = Some((name, points));
            }
        }
        // Severity raises the class: what somebody complains or asks about, or proposes, may be somebody's safety.
        let crisis = Class::Crisis;
        let raised = |name: &str| {
            let mild = [Class::Complaint, Class::Problem, Class::Suggestion].iter().any(|class| class.id() == name);
            mild && scores[crisis as usize] >= enough && asks(crisis.id())
        };
        best.map(|(name, _)| if raised(name) { crisis.id() } else { name })
    }
}

/// True when what ends at `end` speaks about what begins at `start`: in the same clause, a few words on at most.
fn reaches(text: &str, end: usize, start: usize) -> bool {
    let Some(between) = text.get(end..start) else { return false };
    !between.contains(['.', ',', ';', ':', '!', '?', '\n']) && between.split_whitespace().count() <= REACH
}

/// Where numbers in figures end.
fn figures(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (1..=bytes.len())
        .filter(|end| bytes[end - 1].is_ascii_digit() && bytes.get(*end).is_none_or(|next| !next.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::bundled;

    fn all() -> Classes {
        let cues: Vec<_> = bundled().iter().flat_map(|pack| pack.all_cues()).collect();
        Classes::new(cues.iter().map(|cue| cue.as_ref()))
    }

    #[track_caller]
    fn check(post: &str, expect: Option<Class>) {
        let classes = all();
        assert_eq!(classes.of(post), expect.map(Class::id), "{post}: {:#?}", classes.judge(post));
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

    fn words(class: &str, words: &[&str]) -> Cue {
        Cue::plain(class, &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_brand_may_name_a_class_of_its_own_and_no_word_is_cut_in_two() {
        let cues = [words("wedding", &["wedding", "bride"]), words("praise", &["great", "bride"])];
        let classes = Classes::new(&cues);
        assert_eq!(classes.of("A great bride"), Some("praise"));
        assert_eq!(classes.of("WEDDING of the bride"), Some("wedding"));
        assert_eq!(classes.of("The bride"), Some("praise"));
        assert_eq!(classes.among("A great bride", |name| name == "wedding"), Some("wedding"));
        assert_eq!(classes.of("greater brides"), None);
        assert_eq!(Classes::default().of("great"), None);
    }

    #[test]
    fn words_are_turned_round_by_a_negation_in_their_own_clause() {
        let happy = Cue { negated: vec![("complaint".to_owned(), Points::ENOUGH)], ..words("praise", &["happy"]) };
        let cues = [happy, words("negation", &["not", "never"])];
        let classes = Classes::new(&cues);
        for (post, expect) in [
            ("I am happy", Some("praise")),
            ("I am not happy", Some("complaint")),
            ("NOT at all happy", Some("complaint")),
            ("not me, happy", Some("praise")),
            ("not that anybody here is happy", Some("praise")),
            ("happy not", Some("praise")),
            ("not", None),
        ] {
            assert_eq!(classes.of(post), expect, "{post}");
        }
    }

    #[test]
    fn a_phrase_within_a_longer_one_does_not_count() {
        let cues = [
            words("complaint", &["problem", "bad"]),
            words("praise", &["no problem at all"]),
            words("hostile", &["bad"]),
        ];
        let classes = Classes::new(&cues);
        assert_eq!(classes.of("A problem"), Some("complaint"));
        assert_eq!(classes.of("No problem at all"), Some("praise"));
        assert!(classes.hostile("so bad") && !classes.hostile("sad"));
    }

    #[test]
    fn some_words_count_only_after_a_number_and_no_more_often_than_said() {
        let hours = Cue { after: vec![NUMBER.to_owned()], most: 2, ..words("complaint", &["hours", "hrs"]) };
        let cues = [hours, words("number", &["three"])];
        let classes = Classes::new(&cues);
        assert_eq!(classes.of("opening hours"), None);
        assert_eq!(classes.of("Three hours"), Some("complaint"));
        assert_eq!(classes.judge("2 hours, 3hrs, 4 hours").score("complaint"), Points::new(200));
        assert_eq!(classes.of("4. Hours"), None);
        let late = Cue { after: vec!["is".to_owned(), "very".to_owned()], ..words("complaint", &["late"]) };
        let classes = Classes::new(&[late]);
        assert_eq!(classes.of("it is so very late"), Some("complaint"));
        assert_eq!(classes.of("late it is"), None);
    }

    #[test]
    fn handles_and_addresses_say_nothing() {
        let cues = [words("praise", &["great", "com"])];
        let classes = Classes::new(&cues);
        assert_eq!(classes.of("@great http://great.com/great"), None);
        assert_eq!(classes.of("#great"), Some("praise"));
    }

    #[test]
    fn what_decided_is_told_in_the_words_of_the_post() {
        let judged = all().judge("Aún NO llegó, qué Vergüenza");
        assert_eq!(judged.class, "complaint");
        let words: Vec<&str> = judged.reasons.iter().flat_map(|reason| &reason.words).map(String::as_str).collect();
        assert!(words.contains(&"qué Vergüenza"), "{words:?}");
    }
}
