//! Language and form of address of a reply: chosen for its author, shown on the strip with the reason, switched by one key.
//!
//! What a person chose for an author stands for the next reply to them. Else the post decides the language and the
//! workspace its region and form, and a form is only ever wanted where the templates of that language have one.

use super::doc::Doc;
use super::doc::Shown;
use super::io::Moment;
use super::matching::handle;
use super::ports::Port;
use super::{Brain, Effect};
use crate::message::{Lang, Msg};
use crate::site::post::Author;
use crate::site::read::Composer;
use crate::template::variant::{choices, next};
use crate::template::{Address, Choice};
use crate::voice::language;

/// How sure a guess at a post's language must be.
const SURE: f32 = 0.3;

/// What a reply is written in.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    pub choice: Choice,
    /// A person chose it.
    pub by_hand: bool,
    /// Why, for people.
    pub why: Msg,
}

/// Under which name the choice for the author whom a composer answers is kept; `None` for one without a handle.
pub fn author(composer: &Composer, network: &str) -> Option<String> {
    author_key(&composer.target.as_ref()?.author, network)
}

/// The same of any author.
pub fn author_key(author: &Author, network: &str) -> Option<String> {
    let name = handle(author.handle.as_deref()?);
    (!name.is_empty()).then(|| format!("{network} {name}"))
}

impl Brain {
    /// What to write to whom a composer answers. `before`: what was chosen in this very box.
    pub(super) fn speech(&self, composer: &Composer, doc: &Doc, before: Option<Speech>) -> Speech {
        let known = author(composer, doc.network()).and_then(|author| self.device.choice(&author));
        match (known, before) {
            (Some(choice), _) => {
                let who = composer.target.as_ref().and_then(|post| post.author.handle.as_deref()).unwrap_or_default();
                let who = format!("@{}", who.trim_start_matches('@'));
                Speech { choice, by_hand: true, why: Msg::new("strip_language_author").with("who", who) }
            }
            (None, Some(before)) if before.by_hand => before,
            _ => {
                let (lang, why) = self.guess(composer, doc);
                Speech { choice: self.usual(lang, doc), by_hand: false, why: Msg::new(why) }
            }
        }
    }

    /// The next of what the templates have.
    pub(super) fn next_speech(&self, now: Speech, doc: &Doc) -> Speech {
        let all = choices(self.library.templates(), doc.network());
        match next(&all, &now.choice) {
            Some(choice) => Speech { choice, by_hand: true, why: Msg::new("strip_language_now") },
            None => now,
        }
    }

    /// The post's language, else the page's, else the workspace's first.
    fn guess(&self, composer: &Composer, doc: &Doc) -> (Lang, &'static str) {
        if let Some(target) = &composer.target {
            let guess = language::guess(&target.text, doc.language.as_deref());
            if let Some(lang) = guess.lang.filter(|_| guess.confidence >= SURE) {
                return (lang, "strip_language_post");
            }
        }
        let speaks = |tag: &&String| matches!(tag.split(['-', '_']).next(), Some("en" | "es" | "EN" | "ES"));
        if let Some(tag) = doc.language.as_ref().filter(speaks) {
            return (Lang::from_tag(tag), "strip_language_page");
        }
        let first = self.library.workspace.languages.first();
        (first.map_or(self.lang(), |tag| Lang::from_tag(tag)), "strip_language_first")
    }

    /// A language as the brand writes it: its region, and its form of address where the templates have one.
    fn usual(&self, lang: Lang, doc: &Doc) -> Choice {
        let workspace = &self.library.workspace;
        let plain = Choice { language: lang.tag().to_owned(), address: Address::Any };
        let region = workspace.languages.iter().find(|tag| plain.speaks(tag));
        let all = choices(self.library.templates(), doc.network());
        let form = all.iter().find(|one| one.address != Address::Any && plain.speaks(&one.language));
        let address = match (form, workspace.address) {
            (Some(form), Address::Any) => form.address,
            (Some(_), address) => address,
            (None, _) => Address::Any,
        };
        Choice { language: region.cloned().unwrap_or(plain.language), address }
    }

    /// "ES · usted": what the strip's button says.
    pub(super) fn speech_label(&self, choice: &Choice, doc: &Doc) -> String {
        let mut label = super::picker::label(choice, self.words());
        if choices(self.library.templates(), doc.network()).len() > 1 {
            label.push_str(" ▾");
        }
        label
    }

    /// Another language was chosen at a composer: an open picker follows it.
    pub(super) fn follow_language(&mut self, agent: Port, composer: u32, moment: &Moment) -> Vec<Effect> {
        let Some(doc) = self.docs.get(&agent) else { return Vec::new() };
        let to = self.answering(doc, composer);
        match self.docs.get_mut(&agent).map(|doc| &mut doc.shown) {
            Some(Shown::Picker(picker)) if picker.composer == composer => {
                picker.follow(&self.library, &self.device, &self.outcomes, &to, moment.now);
                self.show(agent)
            }
            _ => Vec::new(),
        }
    }
}
