//! Composers: the strip, the voice check while a person types, dismissals, and the reply that went out.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::Ask;
use super::doc::{Composing, Doc};
use super::io::{Effect, Moment, Outcome, Reads};
use super::language::author;
use super::matching::account_kind;
use super::ports::Port;
use super::save::{Read, Sending};
use super::settings::{SILENCE, silence};
use super::spelling::spell;
use super::{Brain, Plan};
use crate::log::body::{Overrode, Replied};
use crate::log::key::IdScope;
use crate::log::{Mention, Status};
use crate::message::Msg;
use crate::protocol::{AgentAnswer, Passed, RawComposer, StripView};
use crate::site::read;
use crate::voice::{Finding, Input};
use crate::workspace::AccountKind;

impl Brain {
    /// A box has the focus. `turn`: what it is written in becomes the next of what the templates have, also for the next
    /// reply to the author.
    pub(super) fn compose(&mut self, ask: Ask, url: &str, raw: &RawComposer, turn: bool, moment: &Moment) -> Plan {
        let Some(doc) = self.docs.get(&ask.port) else { return Plan::done(vec![ask.fail("restarted")]) };
        let Some(definition) = doc.definition.clone() else { return Plan::done(vec![ask.fail("restarted")]) };
        let Some(composer) = read::composer(&definition, raw, &doc.page, url, moment.now) else {
            return Plan::done(vec![ask.fail("invalid")]);
        };
        if composer.private && !doc.features.private {
            return Plan::done(vec![ask.fail("not_allowed")]);
        }
        let scope = IdScope::of(&definition.canonical);
        let target = composer.target.clone().and_then(|post| Read::new(post, scope));
        let account = account_kind(&self.library.workspace, &definition.network, &composer.acting);
        let local = raw.local;
        let mut reads = Reads { mentions: target.iter().map(|read| read.key.clone()).collect(), ..Reads::default() };
        let known = self.docs.get_mut(&ask.port).and_then(|doc| doc.composers.remove(&local));
        // A box that was described to an earlier background, or before its post was read, still says where its text came from.
        let is_new = known.as_ref().is_none_or(|old| old.key.is_none());
        let earlier = raw.template.clone().filter(|_| is_new);
        // The same box on the same post keeps what was dismissed in it and where its text came from.
        let known = known.filter(|old| old.key.as_ref() == target.as_ref().map(|read| &read.key));
        let (template, inserted, dismissed, written, before) = known
            .map(|old| (old.template, old.inserted, old.dismissed, old.written, Some(old.speech)))
            .unwrap_or_default();
        let Some(doc) = self.docs.get(&ask.port) else { return Plan::done(vec![ask.fail("restarted")]) };
        let speech = match before {
            Some(now) if turn => self.next_speech(now, doc),
            before if turn => self.next_speech(self.speech(&composer, doc, before), doc),
            before => self.speech(&composer, doc, before),
        };
        // Without a handle the choice is this box's alone.
        let chosen = author(&composer, doc.network()).filter(|_| turn);
        reads.device = chosen.is_some();
        let is_ours = composer.target.as_ref().is_some_and(|post| !self.library.watch.matches(post).is_empty());
        let composing = Composing {
            key: target.map(|read| read.key),
            account,
            is_ours,
            answered_as: None,
            case: BTreeMap::new(),
            answers: Vec::new(),
            offset: moment.offset,
            department: None,
            findings: Vec::new(),
            is_looked_over: false,
            written,
            text: raw.text.clone(),
            case_line: String::new(),
            look: None,
            template: template.or(earlier),
            inserted,
            dismissed,
            read: composer,
            speech,
        };
        let strip = self.strip(&composing, doc);
        let key = composing.key.clone();
        let choice = composing.speech.choice.clone();
        if let Some(doc) = self.docs.get_mut(&ask.port) {
            doc.composers.insert(local, composing);
        }
        let shown = if turn { self.follow_language(ask.port, local, moment) } else { Vec::new() };
        let Some(key) = key else {
            let overlay = self.ticket(ask.port, moment);
            return Plan::done([vec![ask.answer(&AgentAnswer::Strip { strip, overlay })], shown].concat());
        };
        self.said.ask(&mut reads, moment);
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            brain.said.learn(&facts, moment);
            let mention = facts.fold.mention(&key).filter(|mention| mention.is_saved());
            if let Some(mention) = mention {
                brain.know_case(ask.port, local, mention);
            }
            let overlay = brain.ticket(ask.port, moment);
            let answer = ask.answer(&AgentAnswer::Strip { strip, overlay });
            let device = chosen.map(|author| {
                let mut device = brain.device.clone();
                device.choose(&author, &choice);
                device
            });
            let then = [vec![answer], shown].concat();
            Outcome { device, then, failed: vec![ask.fail("storage")], ..Outcome::default() }
        })
    }

    fn strip(&self, composing: &Composing, doc: &Doc) -> StripView {
        let words = self.words();
        let (kind, key) = match composing.account {
            Some(AccountKind::Brand) => ("brand", "strip_account_brand"),
            Some(AccountKind::Personal) => ("personal", "strip_account_personal"),
            None => ("unknown", "strip_account_unknown"),
        };
        let acting = &composing.read.acting;
        let name = acting.handle.as_ref().map(|handle| format!("@{handle}")).or_else(|| acting.name.clone());
        let account = match name {
            Some(name) => words.say(&Msg::new(key).with("account", name)),
            None => words.word("strip_account_missing"),
        };
        StripView {
            account_kind: kind.to_owned(),
            account,
            language: self.speech_label(&composing.speech.choice, doc),
            language_why: words.say(&composing.speech.why),
        }
    }

    /// "Ana · open": whose case it is and where it stands.
    pub(super) fn case_line(&self, mention: &Mention) -> String {
        let words = self.words();
        let status = words.word(&format!("log_status_{}", mention.status.name()));
        match &mention.assignee {
            Some(user) => {
                words.say(&Msg::new("strip_case").with("who", self.settings.name(user)).with("status", status))
            }
            None if mention.status == Status::New => words.word("strip_case_saved"),
            None => status,
        }
    }

    pub(super) fn check(&mut self, ask: &Ask, composer: u32, rev: u32, text: &str, now: i64) -> Vec<Effect> {
        let lang = self.lang();
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        let Some(composing) = doc.composers.get_mut(&composer) else { return vec![ask.fail("restarted")] };
        text.clone_into(&mut composing.text);
        if !text.trim().is_empty() {
            composing.written = (text.to_owned(), now);
        }
        self.look_over(ask.port, composer);
        let composing = self.docs.get(&ask.port).and_then(|doc| doc.composers.get(&composer));
        let Some(composing) = composing else { return vec![ask.fail("restarted")] };
        let findings: Vec<_> = composing.findings.iter().zip(0..).map(|(finding, id)| finding.view(id, lang)).collect();
        let left = composing.read.limit.filter(|_| !composing.read.shows_limit).and_then(|limit| limit.left(text));
        let words = self.words();
        let count = |key: &str, count: i64| words.say(&Msg::new(key).with("count", count));
        let to_check = if findings.is_empty() { String::new() } else { count("strip_to_check", findings.len() as i64) };
        let over = left.is_some_and(|left| left < 0);
        let left = match left {
            Some(left) if left < 0 => count("strip_over", -left),
            Some(left) => count("strip_left", left),
            None => String::new(),
        };
        let held = match self.holds(ask.port, composer, text, now).first() {
            Some(hold) => words.say(&Msg::new("strip_held").with("why", words.say(&hold.why))),
            None => String::new(),
        };
        let triggers = self.triggers(ask.port, text);
        let case = self.case_now(ask.port, composer, now);
        let present = self.tell_presence(ask.port, composer, text, now);
        let checked = AgentAnswer::Checked { composer, rev, findings, to_check, left, over, held, triggers, case };
        let mut effects = vec![ask.answer(&checked)];
        effects.extend(self.follow_finding(ask.port, composer));
        effects.extend(present);
        effects
    }

    /// Finds what there is to say of a composer's text. False when words are still to be looked up.
    pub(super) fn look_over(&mut self, agent: Port, composer: u32) -> bool {
        let Some(doc) = self.docs.get_mut(&agent) else { return true };
        let network = doc.definition.as_ref().map(|definition| definition.network.clone());
        let Some(composing) = doc.composers.get_mut(&composer) else { return true };
        let language = composing.speech.choice.language.as_str();
        let (mut found, mut is_spelt) = (Vec::new(), true);
        if doc.features.voice {
            let input = Input {
                text: &composing.text,
                // What somebody chose is certain, what we guessed is not.
                lang: Some(language).filter(|_| composing.speech.by_hand),
                hint: Some(language),
                network: network.as_deref(),
                incoming: composing.read.target.as_ref().map(|post| post.text.as_str()),
                private: composing.read.private,
                hold: self.library.workspace.hold,
            };
            found = self.library.checker().check(&input);
            let settings = (&self.library, &self.device);
            is_spelt = spell(self.speller.as_deref(), settings, composing, network.as_deref(), &mut found);
        }
        let speaks = |finding: &Finding| {
            let id = &finding.rule.id;
            let words = finding.matched.to_lowercase();
            !self.device.is_silenced(id, &words)
                && !composing.dismissed.contains(&(id.clone(), String::new()))
                && !composing.dismissed.contains(&(id.clone(), words))
        };
        composing.findings = found.into_iter().filter(speaks).collect();
        composing.is_looked_over = true;
        is_spelt
    }

    /// `once`: these words here; `reply`: this rule here; `always`: this rule for this person, with the reason for the team.
    pub(super) fn dismiss(
        &mut self,
        ask: Ask,
        agent: Port,
        (composer, rule, matched): (u32, String, String),
        (how, reason): (&str, String),
        done: Vec<Effect>,
    ) -> Plan {
        let doc = self.docs.get_mut(&agent);
        let Some(composing) = doc.and_then(|doc| doc.composers.get_mut(&composer)) else {
            return Plan::done(vec![ask.fail("restarted")]);
        };
        match how {
            "once" => composing.dismissed.insert((rule.clone(), matched.to_lowercase())),
            "reply" | "always" => composing.dismissed.insert((rule.clone(), String::new())),
            _ => return Plan::done(vec![ask.fail("invalid")]),
        };
        let always = how == "always";
        let reason = Some(reason.trim().to_owned()).filter(|reason| always && !reason.is_empty());
        let once = ask.once.clone().filter(|_| reason.is_some());
        let reads = Reads { device: true, writes: reason.is_some(), once, ..Reads::default() };
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let mut device = brain.device.clone();
            *device.dismissed.entry(rule.clone()).or_default() += 1;
            if always {
                device.silenced.insert(rule.clone(), BTreeSet::from([String::new()]));
            }
            let said = reason
                .and_then(|reason| brain.settings.draft(SILENCE, &silence(&rule, &device.user), Some(reason.into())));
            let kept = match said {
                Some(draft) => brain.commit_setting(&ask, facts, draft, moment),
                None => Outcome::default(),
            };
            Outcome { device: Some(device), then: done, failed: vec![ask.fail("storage")], ..kept }
        })
    }

    /// Something was sent. As somebody's private account it is nobody's business, unless the post is in the log.
    pub(super) fn sent(
        &mut self,
        ask: Ask,
        composer: u32,
        text: String,
        (confirmed, passed): (bool, Passed),
        now: i64,
    ) -> Plan {
        let keeps_out = self.keeps_out(ask.port);
        let present = self.end_presence(ask.port, composer, &text, now);
        let Some(doc) = self.docs.get_mut(&ask.port) else { return Plan::done(vec![ask.fail("restarted")]) };
        let Some(definition) = doc.definition.clone() else { return Plan::done(vec![ask.fail("restarted")]) };
        let Some(composing) = doc.composers.get_mut(&composer) else { return Plan::done(vec![ask.fail("restarted")]) };
        let scope = IdScope::of(&definition.canonical);
        let target = composing.read.target.clone().and_then(|post| Read::new(post, scope));
        let target = target.filter(|_| !composing.read.private && !text.trim().is_empty());
        let acting = composing.read.acting.handle.clone();
        let account = composing.account;
        let template = composing.template.take();
        composing.dismissed.clear();
        let network = definition.network.clone();
        let overrode = (!passed.overridden.is_empty() && !keeps_out).then(|| Overrode {
            checks: passed.overridden,
            network: network.clone(),
            account: acting.clone(),
        });
        let used = template.as_deref().and_then(|id| self.library.templates().iter().find(|one| one.id == id));
        let actions = used.map(|one| one.actions.clone()).unwrap_or_default();
        let reply = target.map(|target| {
            // What may not have arrived may be sent again.
            if confirmed {
                self.said.remember(&target.key, &text);
            }
            let reply = Replied {
                text: Some(text),
                account: acting.clone(),
                template,
                unchecked: passed.unchecked,
                ..Replied::default()
            };
            if !confirmed {
                self.unconfirmed.wait(&network, target.key.clone(), &reply, now);
            }
            let must_save = account == Some(AccountKind::Brand) && !keeps_out;
            Sending { target, reply, confirmed, must_save, actions }
        });
        let acted = acting.or_else(|| composing.read.acting.name.clone()).map(|who| (network, who, account));
        Self::replied(ask, reply, overrode, acted).and(present)
    }
}
