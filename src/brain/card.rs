//! A post's card and a mention's form: who, our history, why, and what can be done.

use super::ask::Ask;
use super::doc::Shown;
use super::io::{Effect, Facts, Moment, Outcome, Reads};
use super::marks::reasons;
use super::overlay::show_at;
use super::ports::Port;
use super::save::Read;
use super::{Brain, Plan};
use crate::log::{Mention, MentionKey};
use crate::message::Msg;
use crate::protocol::{Change, MentionRow, OverlayMessage, OverlayView, PostCard};
use crate::site::post::RawPost;

impl Brain {
    pub(super) fn open_post(
        &mut self,
        ask: Ask,
        composer: Option<u32>,
        raw: RawPost,
        url: String,
        moment: &Moment,
    ) -> Plan {
        if self.docs.get(&ask.port).is_none_or(|doc| doc.definition.is_none()) {
            return Plan::done(vec![ask.fail("restarted")]);
        }
        let Some(read) = self.identify(ask.port, &url, &raw, moment.now) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        self.authors.see(&read.post, &read.key);
        let reads = Reads { mentions: vec![read.key.clone()], ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let reply = composer.and_then(|composer| brain.draftable(ask.port, composer));
            let card = Box::new(PostCard { reply, ..brain.card(&read, &facts, moment) });
            // From the strip it is reached by the keyboard too.
            let step = show_at("row", raw.local, composer.is_some());
            if let Some(doc) = brain.docs.get_mut(&ask.port) {
                doc.shown = Shown::Post { key: read.key, composer, card, url, post: Box::new(raw) };
            }
            Outcome::now([vec![brain.step(&ask, step, Some(moment))], brain.show(ask.port)].concat())
        })
    }

    fn card(&self, read: &Read, facts: &Facts, moment: &Moment) -> PostCard {
        let Read { post, key, .. } = read;
        let (name, handle) = (post.author.name.as_deref(), post.author.handle.as_deref());
        let words = self.words();
        let who = match (name, handle) {
            (Some(name), Some(handle)) => words.say(&Msg::new("card_who").with("name", name).with("handle", handle)),
            (Some(name), None) => name.to_owned(),
            (None, Some(handle)) => format!("@{handle}"),
            (None, None) => words.word("agent_nobody"),
        };
        let workspace = &self.library.workspace;
        PostCard {
            who,
            influence: self.authors.influence(post).map(|influence| influence.explanation(self.lang())),
            why: reasons(post, &self.library.watch, self.authors.label(post, workspace)),
            mention: self.mention_row(key, facts, moment),
            departments: workspace.departments.clone(),
            people: workspace.people.clone(),
            reply: None,
            me: self.settings.name(self.user()),
        }
    }

    fn mention_row(&self, key: &MentionKey, facts: &Facts, moment: &Moment) -> Option<MentionRow> {
        facts.fold.mention(key).and_then(|mention| mention.row(|user| self.settings.name(user), moment.offset))
    }

    pub(super) fn open_details(&mut self, ask: Ask, key: MentionKey) -> Plan {
        let reads = Reads { mentions: vec![key.clone()], ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let Some(mention) = brain.mention_row(&key, &facts, moment) else {
                return Outcome::now(vec![ask.fail("not_found")]);
            };
            let local = brain.docs.get(&ask.port).and_then(|doc| doc.local_of(&key)).unwrap_or_default();
            if let Some(doc) = brain.docs.get_mut(&ask.port) {
                doc.shown = Shown::Details { mention: Box::new(mention) };
            }
            let step = show_at("row", local, true);
            Outcome::now([vec![brain.step(&ask, step, Some(moment))], brain.show(ask.port)].concat())
        })
    }

    pub(super) fn details_view(&self, mention: &MentionRow) -> OverlayView {
        let workspace = &self.library.workspace;
        OverlayView::Details {
            mention: Box::new(mention.clone()),
            departments: workspace.departments.clone(),
            people: workspace.people.clone(),
        }
    }

    /// Save, pressed in the card.
    pub(super) fn save_shown(&mut self, ask: Ask, agent: Port, moment: &Moment) -> Plan {
        let shown = self.docs.get(&agent).map(|doc| &doc.shown);
        let Some(Shown::Post { url, post, .. }) = shown else { return Plan::done(vec![ask.fail("not_found")]) };
        if self.keeps_out(agent) {
            return Plan::done(vec![ask.fail("sample")]);
        }
        let Some(read) = self.identify(agent, url, post, moment.now) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        let answered = ask.clone();
        let done =
            Box::new(move |_: &Self, _: &_, _: Option<&_>, _: &_| vec![answered.answer(&OverlayMessage::Done {})]);
        Self::save(ask, read, "card".to_owned(), None, done)
    }

    /// A change made in the card or the form.
    pub(super) fn change_shown(&mut self, ask: Ask, agent: Port, key: MentionKey, change: Change) -> Plan {
        let shown = self.docs.get(&agent).map(|doc| &doc.shown);
        let may = match shown {
            Some(Shown::Post { card, .. }) => card.mention.as_ref().is_some_and(|mention| mention.key == key),
            Some(Shown::Details { mention }) => mention.key == key,
            _ => false,
        };
        if !may {
            return Plan::done(vec![ask.fail("not_allowed")]);
        }
        let answered = ask.clone();
        let done =
            Box::new(move |_: &Self, _: &_, _: Option<&_>, _: &_| vec![answered.answer(&OverlayMessage::Done {})]);
        Self::change(ask, key, change, done)
    }

    /// Cards and forms of these mentions show them as they are now.
    pub(super) fn refresh_cards(&mut self, mentions: &[Mention], moment: &Moment) -> Vec<Effect> {
        let rows: Vec<MentionRow> =
            mentions.iter().filter_map(|mention| mention.row(|user| self.settings.name(user), moment.offset)).collect();
        let mut agents = Vec::new();
        for (port, doc) in &mut self.docs {
            let key = match &doc.shown {
                Shown::Post { key, .. } => key,
                Shown::Details { mention } => &mention.key,
                _ => continue,
            };
            let Some(row) = rows.iter().find(|row| row.key == *key).cloned() else { continue };
            match &mut doc.shown {
                Shown::Post { card, .. } => card.mention = Some(row),
                Shown::Details { mention } => **mention = row,
                _ => {}
            }
            agents.push(*port);
        }
        agents.into_iter().flat_map(|agent| self.show(agent)).collect()
    }
}
