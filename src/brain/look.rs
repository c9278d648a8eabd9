//! Asking a colleague for a look: the composer's text becomes a draft at the mention, and what comes back is shown at the
//! composer. Nothing of it lives here: whoever returns to the page finds the draft in the log.

use std::collections::BTreeSet;

use super::ask::Ask;
use super::doc::Shown;
use super::io::Effect;
use super::ports::Port;
use super::save::{Echo, Read};
use super::{Brain, Plan, tell};
use crate::log::body::{Decision, Drafted};
use crate::log::key::IdScope;
use crate::log::look::{Said, Stage};
use crate::log::{Body, Draft, EventId, Look, Mention};
use crate::message::Msg;
use crate::protocol::{AgentPush, OverlayMessage, OverlayStep};

/// As much of a comment as the strip has room for.
const MAX_SAID: usize = 60;

impl Brain {
    /// The open draft that concerns this person at a mention: their own, else the newest.
    pub(super) fn look_at(&self, mention: &Mention) -> Option<Look> {
        let mut open = mention.looks();
        open.retain(Look::is_open);
        let mine = open.iter().position(|look| self.is_me(&look.by));
        let mut look = open.swap_remove(mine.or(open.len().checked_sub(1))?);
        for said in &mut look.said {
            said.by = self.settings.name(&said.by);
        }
        Some(look)
    }

    /// "With Ben to look at", "Ben approved it": how far a draft has come, for the strip.
    pub(super) fn look_line(&self, look: &Look) -> String {
        let words = self.words();
        let msg = |key: &str, who: &str| words.say(&Msg::new(key).with("who", who));
        let user = self.user();
        if look.stage != Stage::Waiting {
            let said: Vec<String> = look.standing().map(|said| words.say(&said_line(said))).collect();
            return said.join(" · ");
        }
        match &look.draft.reviewer {
            _ if look.draft.kept => words.word("strip_look_kept"),
            _ if look.waits_for(&[user.to_owned(), self.settings.name(user)]) => {
                msg("strip_look_you", &self.settings.name(&look.by))
            }
            Some(reviewer) => msg("strip_look_with", reviewer),
            None => words.word("strip_look_anybody"),
        }
    }

    /// What the strip says of the case, given what the composer holds.
    pub(super) fn case_now(&self, agent: Port, composer: u32, now: i64) -> String {
        let composing = self.docs.get(&agent).and_then(|doc| doc.composers.get(&composer));
        let Some(composing) = composing else { return String::new() };
        if let Some(who) = composing.key.as_ref().and_then(|key| self.replying(key, now)) {
            return self.words().say(&Msg::new("agent_mark_replying").with("who", who));
        }
        let own = composing.own_words();
        match composing.look.as_ref().and_then(|look| Some((look, look.approvals().next_back()?.0))) {
            Some((look, said)) if !own.trim().is_empty() && !look.approves(own) && !is_draft(look, own) => {
                self.words().say(&Msg::new("strip_look_since").with("who", &said.by))
            }
            _ => composing.case_line.clone(),
        }
    }

    /// The words of a composer that a colleague may look at; `None` where nothing is kept of a reply.
    pub(super) fn draftable(&self, agent: Port, composer: u32) -> Option<String> {
        let composing = self.docs.get(&agent)?.composers.get(&composer)?;
        (!composing.read.private).then(|| composing.own_words().trim().to_owned())
    }

    /// The composer's text becomes a draft at the mention it answers, which enters the log with it.
    pub(super) fn ask_for_look(
        &self,
        ask: Ask,
        agent: Port,
        reviewer: Option<String>,
        note: String,
        kept: bool,
    ) -> Plan {
        if self.keeps_out(agent) {
            return Plan::done(vec![ask.fail("sample")]);
        }
        let doc = self.docs.get(&agent);
        let Some((doc, Shown::Post { composer: Some(composer), .. })) = doc.map(|doc| (doc, &doc.shown)) else {
            return Plan::done(vec![ask.fail("not_found")]);
        };
        let text = self.draftable(agent, *composer).filter(|text| !text.is_empty());
        let composing = doc.composers.get(composer);
        let (Some(text), Some(composing), Some(definition)) = (text, composing, &doc.definition) else {
            return Plan::done(vec![ask.fail("invalid")]);
        };
        let scope = IdScope::of(&definition.canonical);
        let Some(read) = composing.read.target.clone().and_then(|post| Read::new(post, scope)) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        let (kind, network) = (Some(composing.read.kind), definition.network.clone());
        let drafted = Drafted { text, kind, network, reviewer, note: note.trim().to_owned(), kept };
        let reads = Self::change_reads(&ask, vec![read.key.clone()], vec![read.case.clone()]);
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let is_saved = facts.fold.mention(&read.key).is_some_and(Mention::is_saved);
            let save = Draft::save(&read.post, read.scope, "look", None).filter(|_| !is_saved);
            let drafts = save.into_iter().chain([Draft::about(&read.key, drafted)]).collect();
            let done = vec![ask.answer(&OverlayMessage::Done {})];
            let answer = Box::new(move |_: &Self, _: &_, _: Option<&_>, _: &_| done);
            brain.commit(&ask, facts, drafts, moment, (Echo::Yes, answer))
        })
    }

    /// The text of a draft, or of a change to it, takes the place of what the composer holds.
    pub(super) fn use_text(&mut self, ask: &Ask, agent: Port, event: &EventId) -> Vec<Effect> {
        let doc = self.docs.get(&agent);
        let Some((doc, Shown::Post { composer: Some(composer), card, .. })) = doc.map(|doc| (doc, &doc.shown)) else {
            return vec![ask.fail("not_found")];
        };
        let looks = card.mention.iter().flat_map(|mention| &mention.looks);
        let text = looks.filter_map(|look| look.text_of(event)).next().map(str::to_owned);
        let (Some(text), Some(composing)) = (text, doc.composers.get(composer)) else {
            return vec![ask.fail("not_found")];
        };
        let replace = Some(composing.read.own_span(&composing.text));
        let step = OverlayStep::Insert { composer: *composer, text, cursor: None, replace, template: None };
        [vec![ask.answer(&OverlayMessage::Done {})], self.act(agent, Some(step))].concat()
    }

    /// A draft is withdrawn by its author, and decided by anybody else.
    pub(super) fn may_decide(&self, mention: Option<&Mention>, body: &Body) -> bool {
        let Body::Reviewed(said) = body else { return true };
        let look = mention.and_then(|mention| mention.looks().into_iter().find(|look| look.id == said.draft));
        let needs_text = matches!(said.decision, Decision::Changed | Decision::Commented);
        let is_withdrawal = said.decision == Decision::Withdrawn;
        look.is_some_and(|look| self.is_me(&look.by) == is_withdrawal) && !(needs_text && said.text.trim().is_empty())
    }

    /// Composers under these mentions say what is true now.
    pub(super) fn tell_composers(&mut self, mentions: &[Mention]) -> Vec<Effect> {
        let mut concerned = Vec::new();
        for (port, doc) in &self.docs {
            for (local, composing) in &doc.composers {
                let mention = mentions.iter().find(|mention| Some(&mention.key) == composing.key.as_ref());
                concerned.extend(mention.map(|mention| (*port, *local, mention)));
            }
        }
        let mut agents = BTreeSet::new();
        for (port, local, mention) in concerned {
            self.know_case(port, local, mention);
            agents.insert(port);
        }
        agents.into_iter().map(|port| tell(port, &AgentPush::Recheck {})).collect()
    }
}

fn is_draft(look: &Look, text: &str) -> bool {
    crate::log::look::is_same(&look.draft.text, text)
}

/// One decision in one line.
fn said_line(said: &Said) -> Msg {
    let key = match said.decision {
        Decision::Approved => "strip_look_approved",
        Decision::Changed => "strip_look_changed",
        Decision::Commented | Decision::Withdrawn => {
            let mut text: String = said.text.chars().take(MAX_SAID).collect();
            if text.len() < said.text.len() {
                text.push('…');
            }
            return Msg::new("strip_look_says").with("who", &said.by).with("text", text);
        }
    };
    Msg::new(key).with("who", &said.by)
}
