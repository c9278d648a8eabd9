//! What a page agent asks.

use std::collections::BTreeMap;

use super::ask::Ask;
use super::doc::{Doc, Seen, Shown};
use super::io::{Effect, Facts, Moment, Outcome, Reads};
use super::ports::hex;
use super::save::{Echo, Read, Sending};
use super::{Brain, Plan, tell};
use crate::log::body::Replied;
use crate::log::key::IdScope;
use crate::log::{Draft, EventId, Mention, MentionKey};
use crate::protocol::{AgentAnswer, AgentPush, AgentRequest, OverlayAsk, OverlayStep, PostView};
use crate::site::checkers;
use crate::site::post::RawPost;
use crate::site::read::About;
use crate::template::Actions;

impl Brain {
    pub(super) fn agent(&mut self, ask: Ask, body: AgentRequest, moment: &Moment) -> Plan {
        if let AgentRequest::Hello { url, document, top, language } = body {
            return Plan::done(self.hello(&ask, url, document, top, language, moment));
        }
        if !self.docs.contains_key(&ask.port) {
            return Plan::done(vec![ask.fail("restarted")]);
        }
        match body {
            AgentRequest::Hello { .. } => Plan::done(Vec::new()),
            AgentRequest::Running { definition, url, page } => {
                Plan::done(self.running(&ask, &definition, url, page, moment))
            }
            AgentRequest::Posts { url, posts } => self.posts(ask, &url, posts, moment),
            AgentRequest::Save { url, post, via, selection } => {
                self.save_post(ask, &url, &post, via, selection, moment)
            }
            AgentRequest::Elsewhere { url, post } => self.elsewhere(ask, &url, &post, moment),
            AgentRequest::Undo { event } => {
                let answered = ask.clone();
                Self::undo(ask, event, Box::new(move |_, _, _, _| vec![answered.answer(&AgentAnswer::Done {})]))
            }
            AgentRequest::Compose { url, composer, turn } => self.compose(ask, &url, &composer, turn, moment),
            AgentRequest::Check { composer, rev, text } => {
                Plan::done(self.check(&ask, composer, rev, &text, moment.now))
            }
            AgentRequest::Open { composer, what } => self.open(ask, composer, what, moment),
            AgentRequest::Key { key } => self.key(&ask, &key, moment),
            AgentRequest::Query { text } => Plan::done(self.query(&ask, &text, moment)),
            AgentRequest::Hidden {} => {
                let hidden = self.hide(ask.port);
                Plan::done([vec![ask.answer(&AgentAnswer::Done {})], hidden].concat())
            }
            AgentRequest::Inserted { composer, template, outcome } => {
                let doc = self.docs.get_mut(&ask.port);
                // Stacked templates go in together under the name of one of them.
                let all = doc.map(|doc| {
                    // The fix of a finding has none, and leaves the text the template's.
                    if let Some(composing) = doc.composers.get_mut(&composer).filter(|_| template.is_some()) {
                        composing.template = template.clone().filter(|_| outcome == "ok");
                    }
                    std::mem::take(&mut doc.inserting)
                });
                let template = template.filter(|_| outcome == "ok");
                let all = all.filter(|all| template.as_ref().is_some_and(|one| all.contains(one)));
                Self::inserted(ask, all.unwrap_or_else(|| template.into_iter().collect()))
            }
            AgentRequest::Sent { composer, text, confirmed, passed } => {
                self.sent(ask, composer, text, (confirmed, passed.unwrap_or_default()), moment.now)
            }
            AgentRequest::Health { report } => {
                if let Some(doc) = self.docs.get_mut(&ask.port) {
                    doc.health = report;
                }
                Plan::done(vec![ask.answer(&AgentAnswer::Done {})])
            }
        }
    }

    fn hello(
        &mut self,
        ask: &Ask,
        url: String,
        document: String,
        top: bool,
        language: Option<String>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let Some((from, _)) = self.ports.get(&ask.port) else { return Vec::new() };
        let mut doc = Doc::new(from, document, url, top, language);
        // One agent per document: an older port of the same one is a port that has not been closed yet.
        let twin = |(port, old): (&u32, &Doc)| {
            let same = old.tab == doc.tab && old.frame == doc.frame && old.document == doc.document;
            (same && *port != ask.port).then_some(*port)
        };
        let twins: Vec<u32> = self.docs.iter().filter_map(twin).collect();
        twins.into_iter().for_each(|port| self.forget(port));
        let definitions = self.library.definitions_for(&doc.host);
        let network = definitions.first().map_or("", |one| one.network.as_str());
        doc.features = self.device.features(&doc.host, network, moment.now);
        // Which network it is, is certain only once a definition runs.
        doc.features.private = false;
        let welcome = AgentAnswer::Welcome {
            definitions: definitions.iter().map(|one| checkers::asked_for(one)).collect(),
            words: self.words().with_prefix("agent_"),
            session: hex(&moment.random),
            features: doc.features.clone(),
            keys: self.keys.clone(),
        };
        let mut effects = vec![ask.answer(&welcome)];
        if !definitions.is_empty() {
            let back = self.rejoining.iter().position(|frame| frame.is_of(&doc));
            self.docs.insert(ask.port, doc);
            effects.push(Effect::Warm);
            if let Some(back) = back {
                let frame = self.rejoining.remove(back);
                effects.extend(self.accept(&frame.ask, ask.port));
            }
        }
        effects
    }

    fn running(
        &mut self,
        ask: &Ask,
        definition: &str,
        url: String,
        page: BTreeMap<String, String>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let found = self.library.definition(definition);
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        let Some(definition) = found else { return vec![ask.fail("not_found")] };
        doc.host = super::doc::host(&url);
        let features = self.device.features(&doc.host, &definition.network, moment.now);
        doc.about = About::of(&definition, &page, &url);
        doc.definition = Some(definition);
        doc.url = url;
        doc.page = page;
        let changed = doc.features != features;
        doc.features.clone_from(&features);
        let mut effects = vec![ask.answer(&AgentAnswer::Done {})];
        if changed {
            effects.push(tell(ask.port, &AgentPush::Features { features }));
        }
        effects
    }

    /// The sample brand's workspace takes nothing from real networks: it is removed in one click.
    pub(super) fn keeps_out(&self, agent: u32) -> bool {
        self.library.workspace.sample && self.docs.get(&agent).is_none_or(|doc| !doc.local)
    }

    /// A post as the document's definition reads it, with its identity.
    pub(super) fn identify(&self, port: u32, url: &str, raw: &RawPost, now: i64) -> Option<Read> {
        let doc = self.docs.get(&port)?;
        let definition = doc.definition.as_ref()?;
        Read::new(doc.about.post(definition, raw, url, now)?, IdScope::of(&definition.canonical))
    }

    fn posts(&mut self, ask: Ask, url: &str, posts: Vec<RawPost>, moment: &Moment) -> Plan {
        if self.docs.get(&ask.port).is_none_or(|doc| doc.definition.is_none()) {
            return Plan::done(vec![ask.fail("restarted")]);
        }
        let read: Vec<(u32, Option<Read>)> =
            posts.iter().map(|raw| (raw.local, self.identify(ask.port, url, raw, moment.now))).collect();
        for (local, read) in &read {
            if let Some(Read { post, key, .. }) = read {
                self.authors.see(post, key);
                if let Some(doc) = self.docs.get_mut(&ask.port) {
                    doc.remember(*local, post, key);
                }
            }
        }
        let mut keys: Vec<MentionKey> = read.iter().filter_map(|(_, read)| Some(read.as_ref()?.key.clone())).collect();
        // A reply that left with the page before may be one of these.
        let shown = read
            .iter()
            .filter_map(|(_, read)| read.as_ref())
            .find_map(|read| self.unconfirmed.take(&read.post, &read.key, moment.now));
        let signs = self.signs(read.iter().filter_map(|(_, read)| read.as_ref()), moment.now);
        let keeps_out = self.keeps_out(ask.port);
        keys.extend(signs.answers.iter().map(|(post, _)| post.clone()));
        let reads = match &shown {
            Some((key, _)) => {
                keys.push(key.clone());
                Self::change_reads(&ask, keys, Vec::new())
            }
            None => Reads { mentions: keys, ..Reads::default() },
        };
        let of_cases = signs.further.iter().map(|read| read.case.clone()).collect();
        Plan::read(&ask.clone(), Reads { of_cases, ..reads }, move |brain, facts, moment| {
            let view = |(local, read): &(u32, Option<Read>)| match read {
                Some(Read { post, key, .. }) => {
                    let mention = facts.fold.mention(key).filter(|mention| mention.is_saved());
                    brain.row(ask.port, *local, post, key, mention, moment)
                }
                None => PostView {
                    local: *local,
                    key: None,
                    saved: false,
                    marks: Vec::new(),
                    dim: false,
                    stop: false,
                    label: brain.words().word("agent_row_unknown"),
                },
            };
            let answer = ask.answer(&AgentAnswer::Views { posts: read.iter().map(view).collect() });
            let mut told = brain.tell_answered(&signs.news, &facts, moment);
            let notices = Self::notices(signs, &facts);
            if !notices.is_empty() && !keeps_out {
                told.push(Effect::Notice(notices));
            }
            match shown.filter(|(key, _)| facts.fold.mention(key).is_some_and(Mention::is_saved)) {
                Some((key, reply)) => {
                    brain.said.remember(&key, reply.text.as_deref().unwrap_or_default());
                    let draft = Draft::about(&key, reply);
                    let then = [vec![answer], told].concat();
                    let answered = Box::new(move |_: &Self, _: &EventId, _: Option<&Mention>, _: &Moment| then);
                    brain.commit(&ask, facts, vec![draft], moment, (Echo::Yes, answered))
                }
                None => Outcome::now([vec![answer], told].concat()),
            }
        })
    }

    /// Rows drawn before their answer was read are drawn anew; those of the log hear of theirs when it is written.
    fn tell_answered(&self, news: &[MentionKey], facts: &Facts, moment: &Moment) -> Vec<Effect> {
        let news = news.iter().filter(|key| !facts.fold.mention(key).is_some_and(Mention::is_saved)).collect();
        let shown = self.docs.iter().map(|(port, doc)| {
            let row = |(local, seen): (u32, &Seen)| self.row(*port, local, &seen.post, &seen.key, None, moment);
            (*port, doc.showing(&news).map(row).collect::<Vec<_>>())
        });
        shown
            .filter(|(_, posts)| !posts.is_empty())
            .map(|(port, posts)| tell(port, &AgentPush::Views { posts }))
            .collect()
    }

    fn save_post(
        &mut self,
        ask: Ask,
        url: &str,
        raw: &RawPost,
        via: String,
        selection: Option<String>,
        moment: &Moment,
    ) -> Plan {
        if self.docs.get(&ask.port).is_none_or(|doc| doc.definition.is_none()) {
            return Plan::done(vec![ask.fail("restarted")]);
        }
        if self.keeps_out(ask.port) {
            return Plan::done(vec![ask.fail("sample")]);
        }
        let Some(read) = self.identify(ask.port, url, raw, moment.now) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        if let Some(doc) = self.docs.get_mut(&ask.port) {
            doc.remember(raw.local, &read.post, &read.key);
        }
        let (local, shown, answered) = (raw.local, read.clone(), ask.clone());
        let selection = selection.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self::save(
            ask,
            read,
            via,
            selection,
            Box::new(move |brain, event, mention, moment| {
                let post = brain.row(answered.port, local, &shown.post, &shown.key, mention, moment);
                vec![answered.answer(&AgentAnswer::Saved { post, event: event.clone() })]
            }),
        )
    }

    /// Templates have arrived in a composer: this person used them.
    fn inserted(ask: Ask, templates: Vec<String>) -> Plan {
        let done = vec![ask.answer(&AgentAnswer::Done {})];
        if templates.is_empty() {
            return Plan::done(done);
        }
        Plan::read(&ask.clone(), Reads { device: true, ..Reads::default() }, move |brain, _, moment| {
            let mut device = brain.device.clone();
            templates.iter().for_each(|id| device.use_template(id, moment.now));
            Outcome { device: Some(device), then: done, failed: vec![ask.fail("storage")], ..Outcome::default() }
        })
    }

    /// The person says that a post was answered somewhere else; it enters the log with that.
    fn elsewhere(&mut self, ask: Ask, url: &str, raw: &RawPost, moment: &Moment) -> Plan {
        if self.keeps_out(ask.port) {
            return Plan::done(vec![ask.fail("sample")]);
        }
        let Some(target) = self.identify(ask.port, url, raw, moment.now) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        let reply = Replied { outside: true, ..Replied::default() };
        let sending = Sending { target, reply, confirmed: true, must_save: true, actions: Actions::default() };
        Self::replied(ask, Some(sending), None, None)
    }

    fn open(&mut self, ask: Ask, composer: Option<u32>, what: OverlayAsk, moment: &Moment) -> Plan {
        match what {
            OverlayAsk::Picker { words } => {
                Plan::done(self.open_picker(&ask, composer.unwrap_or_default(), words, moment))
            }
            OverlayAsk::Expand { words } => Plan::done(self.expand(&ask, composer.unwrap_or_default(), words, moment)),
            OverlayAsk::Finding { .. } | OverlayAsk::Worst {} | OverlayAsk::Step { .. } => {
                Plan::done(self.open_card(ask, composer.unwrap_or_default(), what, moment))
            }
            OverlayAsk::Gate { text } => Plan::done(self.open_gate(&ask, composer.unwrap_or_default(), text, moment)),
            OverlayAsk::Post { post, url } => self.open_post(ask, composer, post, url, moment),
            OverlayAsk::Details { key } => self.open_details(ask, key),
        }
    }

    /// Our frame in a document shows nothing any more.
    pub(super) fn hide(&mut self, agent: u32) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&agent) else { return Vec::new() };
        doc.shown = Shown::Nothing;
        let kept = doc.kept.take().map(|(ask, _)| ask.fail("restarted"));
        [kept.into_iter().collect(), self.show(agent)].concat()
    }

    /// The step an agent takes, with a ticket when there is no frame to take it in.
    pub(super) fn step(&mut self, ask: &Ask, step: OverlayStep, moment: Option<&Moment>) -> Effect {
        let overlay = moment.and_then(|moment| self.ticket(ask.port, moment));
        ask.answer(&AgentAnswer::Overlay { step, overlay })
    }

    /// The ticket for a frame of this document; `None` while one is paired.
    pub(super) fn ticket(&mut self, agent: u32, moment: &Moment) -> Option<String> {
        let doc = self.docs.get_mut(&agent)?;
        if doc.overlay.is_some() {
            return None;
        }
        if doc.ticket.is_none() {
            doc.ticket = Some(self.tickets.issue(agent, doc.tab?, moment.random));
        }
        doc.ticket.clone()
    }
}
