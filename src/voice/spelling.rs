//! Spelling: which words of a reply no dictionary of its language knows.
//!
//! `words` picks what is looked up and leaves names, tags, acronyms and the like alone; [`Dictionary`] is whoever knows
//! words; [`unknown`] brings the two together. The dictionaries themselves are large and stand apart ([`hunspell`], a
//! module of the extension that is loaded on first need), so what is asked and answered travels as data: [`Asked`] and
//! [`Unknown`]. [`add`] puts the answer among the findings of the other rules. Suggestions are looked for when a person
//! wants to see them, never before.

#[cfg(feature = "spelling")]
mod clitics;
#[cfg(feature = "spelling")]
pub mod hunspell;
mod voseo;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::words::{Case, Word, words};
use super::Finding;
use super::fold::Folded;
use super::language;
use super::reading::Reading;
use super::rule::About;
use crate::message::Lang;
use crate::ordered::sort;
use crate::text::{OffsetMap, Utf16Span, fold};

/// The rule that speaks of unknown words.
pub const RULE: &str = "spelling.word";

/// How sure a guess at the reply's language must be: one word that tells, which a page's language alone is not.
const SURE: f32 = 0.25;

/// With so many words looked up, most of them unknown, the reply is in another language than it seems.
const FOREIGN: usize = 4;

/// Who knows the words of a language.
pub trait Dictionary {
    /// The word is right as it stands.
    fn check(&self, word: &str) -> bool;
    /// What it may have been meant to be, best first.
    fn suggest(&self, word: &str) -> Vec<String>;
}

/// A reply whose words are looked up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The whole text of the composer.
    pub text: String,
    /// Language somebody chose for it; `None` = found out from the text.
    pub lang: Option<String>,
    /// Language it is likely in; its region chooses between spellings.
    pub hint: Option<String>,
    /// Words of the person's and the brand's dictionaries. One in small letters is right with a capital too.
    pub known: Vec<String>,
    /// Texts whose words are right here, however they are written: the post it answers, names.
    pub near: Vec<String>,
}

/// A word that is in no dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Where.
    pub span: Utf16Span,
    /// As written.
    pub word: String,
}

/// A language, and which of its spellings are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speech {
    /// English; American and British spellings are both right.
    English,
    /// As in the United States.
    American,
    /// As in Britain.
    British,
    /// Spanish.
    Spanish,
}

impl Asked {
    /// What the reply is in; `None` for languages without a dictionary and for texts that do not tell.
    pub fn speech(&self) -> Option<Speech> {
        self.speech_of(&Reading::new(&self.text))
    }

    fn speech_of(&self, reading: &Reading<'_>) -> Option<Speech> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let lang = match self.lang.as_deref().filter(|tag| !tag.is_empty()) {
            Some(tag) => Lang::ALL.into_iter().find(|lang| lang.tag() == primary(tag))?,
            None => {
                let guess = language::guess_folded(reading.text(), self.hint.as_deref());
                guess.lang.filter(|_| guess.confidence >= SURE)?
            }
        };
        let region = |tag: &String| {
            let (first, region) = tag.split_once(['-', '_'])?;
            (first.eq_ignore_ascii_case(lang.tag())).then(|| region.to_ascii_uppercase())
        };
        Some(match (lang, self.lang.iter().chain(&self.hint).find_map(region).as_deref()) {
            (Lang::Es, _) => Speech::Spanish,
            (Lang::En, Some("US")) => Speech::American,
            (Lang::En, Some("GB" | "UK" | "IE" | "AU" | "NZ")) => Speech::British,
            (Lang::En, _) => Speech::English,
        })
    }
}

/// Words of the trade that both languages write and one dictionary or the other does not know yet.
const EVERYDAY: &str = " app apps bot bots chat chatbot chats checkout dev devs dm dms ebook ebooks email emails emoji emojis \
                        faq faqs feedback gif gifs hashtag hashtags inbox influencer influencers laptop laptops link links \
                        login mail mails md mds meme memes newsletter newsletters online pack packs podcast podcasts posventa \
                        promo promos rebook rebooked rebooking reel reels repost roadmap router routers selfie selfies \
                        smartphone smartphones spam stories story streaming tablet tablets ticket tickets tuit tuits \
                        unboxing wifi ";

/// Words that are right besides those of the dictionary.
struct Accepted {
    exact: BTreeSet<String>,
    folded: HashSet<String>,
}

impl Accepted {
    fn new(asked: &Asked) -> Self {
        let mut folded = HashSet::new();
        for text in &asked.near {
            let text = Folded::new(text);
            // Also the parts of handles: whoever answers "@ana_ruiz" writes "Ana".
            let parts =
                text.text().split(|c: char| !c.is_alphabetic() && c != '\'').map(|part| part.trim_matches('\''));
            folded.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
        }
        let exact = asked.known.iter().map(|word| words::plain(word.trim())).collect();
        Self { exact, folded }
    }

    /// `plain` is the word in small letters, `cased` as it is written.
    fn holds(&self, plain: &str, cased: &str, case: Case) -> bool {
        let shouted = || case == Case::Capitals && self.exact.iter().any(|known| known.to_lowercase() == plain);
        self.folded.contains(plain) || self.exact.contains(plain) || self.exact.contains(cased) || shouted()
    }
}

fn is_everyday(plain: &str) -> bool {
    EVERYDAY.match_indices(plain).any(|(at, _)| {
        let (before, after) = (&EVERYDAY.as_bytes()[..at], &EVERYDAY.as_bytes()[at + plain.len()..]);
        before.last() == Some(&b' ') && after.first() == Some(&b' ')
    })
}

/// The words of `asked` that `dictionary`, which is of its language, does not know, in the order of the text.
pub fn unknown(asked: &Asked, dictionary: &impl Dictionary) -> Vec<Unknown> {
    let reading = Reading::new(&asked.text);
    asked.speech_of(&reading).map(|speech| unknown_in(asked, &reading, speech, dictionary)).unwrap_or_default()
}

/// The same of a text that was read before and is in a known language.
fn unknown_in(asked: &Asked, reading: &Reading<'_>, speech: Speech, dictionary: &impl Dictionary) -> Vec<Unknown> {
    let accepted = Accepted::new(asked);
    let map = OffsetMap::new(&asked.text);
    let mut found = Vec::new();
    let mut looked_up = 0;
    let region =
        asked.lang.iter().chain(&asked.hint).find_map(|tag| tag.split_once(['-', '_'])).map(|(_, region)| region);
    for word in words(reading) {
        looked_up += 1;
        for part in unknown_parts(reading, &word, &accepted, (speech, region), dictionary) {
            let range = reading.original(part);
            let written = asked.text.get(range.clone()).unwrap_or_default().to_owned();
            found.push(Unknown { span: map.span(range), word: written });
        }
    }
    if looked_up >= FOREIGN && found.len() * 2 > looked_up { Vec::new() } else { found }
}

/// What of a word nobody knows, in bytes of the folded text: the whole word, or the parts between its hyphens.
fn unknown_parts(
    reading: &Reading<'_>,
    word: &Word,
    accepted: &Accepted,
    (speech, region): (Speech, Option<&str>),
    dictionary: &impl Dictionary,
) -> Vec<std::ops::Range<usize>> {
    let known = |range: &std::ops::Range<usize>| {
        let plain = &reading.text()[range.clone()];
        let Some(case) = words::looked_up(plain, reading.written(range.clone())) else { return true };
        let cased = case.apply(plain);
        let dotted = || reading.text()[range.end..].starts_with('.') && dictionary.check(&format!("{cased}."));
        let right = |plain: &str| {
            let cased = case.apply(plain);
            accepted.holds(plain, &cased, case) || dictionary.check(&cased)
        };
        // English writes "café" and "façade" with their accents or without; its dictionary has one of both.
        let otherwise = || match speech {
            Speech::Spanish => voseo::is_form(plain, region, |verb| dictionary.check(verb)),
            _ => right(fold::words(plain).as_str()),
        };
        right(plain)
            || is_everyday(plain)
            || dotted()
            || words::stem(plain).is_some_and(right)
            || word.is_name(case)
            || otherwise()
    };
    if word.parts.len() == 1 || !known(&word.whole()) {
        return word.parts.iter().filter(|part| !known(part)).cloned().collect();
    }
    Vec::new()
}

/// A word as a dictionary of people keeps it: without an English ending such as "'s".
pub fn entry(word: &str) -> String {
    let word = words::plain(word.trim());
    words::stem(&word).unwrap_or(&word).to_owned()
}

/// What `dictionary` suggests in the place of a word, at most `most`. A word that only opens a sentence is meant in small
/// letters, for which there are better suggestions.
pub fn suggestions(word: &str, dictionary: &impl Dictionary, most: usize) -> Vec<String> {
    let written = words::plain(word);
    let small = written.to_lowercase();
    let mut found = dictionary.suggest(&small);
    if let Some(case) = Case::of(&written).filter(|case| *case != Case::Small) {
        found.iter_mut().for_each(|one| *one = case.apply(one).into_owned());
        found.truncate(most.saturating_sub(1));
        found.extend(dictionary.suggest(&written));
    }
    let mut seen = HashSet::new();
    found.retain(|one| *one != written && seen.insert(one.clone()));
    found.truncate(most);
    found
}

/// Puts unknown words among the findings of other rules, which go first where they overlap. Both in the order of the text.
pub fn add(findings: &mut Vec<Finding>, rule: &Arc<About>, network: Option<&str>, words: Vec<Unknown>) {
    let covered = |span: &Utf16Span| findings.iter().any(|one| one.span.start < span.end && span.start < one.span.end);
    let new: Vec<Finding> = words
        .into_iter()
        .filter(|unknown| !covered(&unknown.span))
        .map(|Unknown { span, word }| Finding {
            rule: Arc::clone(rule),
            severity: rule.severity_on(network),
            span,
            matched: word,
            fixes: Vec::new(),
            whole: false,
            args: BTreeMap::new(),
        })
        .collect();
    findings.extend(new);
    sort(findings, |a, b| a.span.start.cmp(&b.span.start));
}

#[cfg(test)]
mod tests;
