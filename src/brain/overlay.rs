//! Our frame in a page: pairing, and what it shows at a composer (the picker, a finding's card).
//!
//! A key can come from the composer (the agent caught it) or from the frame (it has focus); what comes of it goes to the
//! agent, as the answer in the first case and as a push in the second.

use std::cmp::Reverse;

use super::ask::Ask;
use super::doc::{Composing, Doc, Shown};
use super::io::{Effect, Moment};
use super::picker::{Answering, Picker, Pressed};
use super::ports::Port;
use super::{Brain, Plan, tell};
use crate::protocol::{AgentPush, OverlayMessage, OverlayRequest, OverlayStep, OverlayView};
use crate::template::{Brand, Context, Me, Page};
use crate::text::{Utf16Offset, Utf16Span};
use crate::voice::Finding;
use crate::workspace::AccountKind;

impl Brain {
    pub(super) fn overlay(&mut self, ask: Ask, body: OverlayRequest, moment: &Moment) -> Plan {
        if let OverlayRequest::Pair { nonce } = &body {
            return Plan::done(self.pair(&ask, nonce));
        }
        // A frame that did not pair is nobody.
        let Some(agent) = self.frames.get(&ask.port).copied() else { return Plan::done(Vec::new()) };
        let done = ask.answer(&OverlayMessage::Done {});
        match body {
            OverlayRequest::Pair { .. } => Plan::done(Vec::new()),
            OverlayRequest::Size { width, height } => {
                Plan::done(vec![done, tell(agent, &AgentPush::OverlaySize { width, height })])
            }
            OverlayRequest::Query { text } => {
                self.search(agent, &text, false, moment);
                Plan::done([vec![done], self.show(agent)].concat())
            }
            OverlayRequest::Fill { name, value } => {
                if let Some(Shown::Picker(picker)) = self.docs.get_mut(&agent).map(|doc| &mut doc.shown) {
                    picker.fill(&name, &value);
                }
                Plan::done([vec![done], self.show(agent)].concat())
            }
            OverlayRequest::Choose { index } if self.holds_at(agent) => self.mend(ask, agent, index as usize),
            OverlayRequest::Override {} => Plan::done(self.send_anyway(&ask, agent)),
            OverlayRequest::Choose { index } => {
                let step = self.choose(agent, index as usize);
                Plan::done([vec![done], self.act(agent, step)].concat())
            }
            OverlayRequest::Key { key } => {
                let step = self.press(agent, &key);
                Plan::done([vec![done], self.act(agent, step)].concat())
            }
            OverlayRequest::Close {} => {
                let step = OverlayStep::Hide {};
                Plan::done([vec![done], self.act(agent, Some(step))].concat())
            }
            OverlayRequest::Dismiss { how } => self.dismiss_shown(ask, agent, &how),
            OverlayRequest::Ask { reviewer, note, kept } => self.ask_for_look(ask, agent, reviewer, note, kept),
            OverlayRequest::Use { event } => Plan::done(self.use_text(&ask, agent, &event)),
            OverlayRequest::Save {} => self.save_shown(ask, agent, moment),
            OverlayRequest::Change { key, change } => self.change_shown(ask, agent, key, change),
        }
    }

    fn pair(&mut self, ask: &Ask, nonce: &str) -> Vec<Effect> {
        let tab = self.ports.get(&ask.port).and_then(|(from, _)| from.tab);
        let agent = self.tickets.redeem(nonce, tab);
        let lang = self.lang();
        let Some(doc) = agent.and_then(|agent| self.docs.get_mut(&agent)) else {
            return vec![ask.fail("not_allowed")];
        };
        let agent = agent.unwrap_or_default();
        doc.overlay = Some(ask.port);
        doc.ticket = None;
        self.frames.insert(ask.port, agent);
        let paired = OverlayMessage::Paired { lang, theme: self.device.theme.clone() };
        [vec![ask.answer(&paired)], self.show(agent)].concat()
    }

    /// Draws what the document's frame shows; nothing while there is no frame.
    pub(super) fn show(&self, agent: Port) -> Vec<Effect> {
        let Some(doc) = self.docs.get(&agent) else { return Vec::new() };
        let Some(frame) = doc.overlay else { return Vec::new() };
        let view = match &doc.shown {
            Shown::Nothing => OverlayView::Empty {},
            Shown::Picker(picker) => picker.view(&self.library, &self.answering(doc, picker.composer), self.lang()),
            Shown::Finding { finding, chosen, .. } => self.finding_view(finding, *chosen),
            Shown::Gate { holds, .. } => OverlayView::Gate { holds: holds.iter().map(super::gate::view).collect() },
            Shown::Post { card, .. } => OverlayView::Post { card: card.clone() },
            Shown::Details { mention } => self.details_view(mention),
        };
        vec![tell(frame, &OverlayMessage::View { view: Box::new(view) })]
    }

    fn finding_view(&self, finding: &Finding, chosen: usize) -> OverlayView {
        OverlayView::Finding {
            finding: finding.view(0, self.lang()),
            why: finding.why_msg(self.lang()),
            rule_name: finding.rule.name.of(self.lang()).to_owned(),
            chosen: u32::try_from(chosen).unwrap_or_default(),
        }
    }

    /// Whom a composer answers, as templates see it.
    pub(super) fn answering(&self, doc: &Doc, composer: u32) -> Answering {
        let Some(composing) = doc.composers.get(&composer) else { return Answering::default() };
        let Composing { read, language, .. } = composing;
        let mut context = read.target.as_ref().map(Context::answering).unwrap_or_default();
        let workspace = &self.library.workspace;
        let network = doc.network();
        let account = workspace.accounts.iter().find(|a| a.network == network && a.kind == AccountKind::Brand);
        let name = self.settings.name(&self.device.user);
        context.me = Me {
            name: Some(name).filter(|name| *name != self.device.user),
            first_name: None,
            handle: read.acting.handle.clone(),
        };
        context.brand = Brand {
            name: Some(workspace.brand.clone()),
            handle: account.map(|account| account.handle.clone()),
            url: None,
        };
        context.page = Page { url: Some(doc.url.clone()), title: None };
        context.post.language = Some(language.tag().to_owned());
        Answering { context, network: network.to_owned(), language: *language, limit: read.limit }
    }

    pub(super) fn open_picker(
        &mut self,
        ask: &Ask,
        composer: u32,
        typed: Option<&str>,
        span: Option<Utf16Span>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        if !doc.composers.contains_key(&composer) {
            return vec![ask.fail("restarted")];
        }
        // `/` opens it by itself only when it means something; a command or the strip's button always does.
        if typed.is_some_and(|typed| !self.library.index().begins(typed)) {
            return vec![self.step(ask, OverlayStep::Stay {}, None)];
        }
        doc.shown = Shown::Picker(Picker::open(composer, typed, span, moment));
        self.search(ask.port, typed.unwrap_or_default(), true, moment);
        let step = show_at("caret", composer, false);
        [vec![self.step(ask, step, Some(moment))], self.show(ask.port)].concat()
    }

    /// The picker's words changed.
    fn search(&mut self, agent: Port, text: &str, in_composer: bool, moment: &Moment) {
        let to = self.docs.get(&agent).and_then(|doc| Some(self.answering(doc, doc.shown_composer()?)));
        let shown = self.docs.get_mut(&agent).map(|doc| &mut doc.shown);
        if let (Some(to), Some(Shown::Picker(picker))) = (to, shown) {
            picker.query(text, in_composer);
            picker.search(&self.library, &self.device, &to, moment.now);
        }
    }

    pub(super) fn query(&mut self, ask: &Ask, text: &str, moment: &Moment) -> Vec<Effect> {
        if !self.docs.get(&ask.port).is_some_and(|doc| matches!(doc.shown, Shown::Picker(_))) {
            return vec![ask.fail("restarted")];
        }
        self.search(ask.port, text, true, moment);
        [vec![self.step(ask, OverlayStep::Stay {}, None)], self.show(ask.port)].concat()
    }

    /// A key that the agent caught in the composer.
    pub(super) fn key(&mut self, ask: &Ask, key: &str) -> Vec<Effect> {
        if self.docs.get(&ask.port).is_none_or(|doc| matches!(doc.shown, Shown::Nothing)) {
            return vec![ask.fail("restarted")];
        }
        let step = self.press(ask.port, key).unwrap_or(OverlayStep::Stay {});
        if !matches!(step, OverlayStep::Stay {}) {
            self.finish(ask.port, &step);
        }
        [vec![self.step(ask, step, None)], self.show(ask.port)].concat()
    }

    /// What a key does to what is shown; `None` = nothing for the agent to do.
    fn press(&mut self, agent: Port, key: &str) -> Option<OverlayStep> {
        let doc = self.docs.get(&agent)?;
        let to = doc.shown_composer().map(|composer| self.answering(doc, composer));
        match &mut self.docs.get_mut(&agent)?.shown {
            Shown::Picker(picker) => done(picker.composer, picker.key(key, &self.library, &to?)),
            Shown::Finding { composer, finding, chosen } => {
                let last = finding.fixes.len().saturating_sub(1);
                match key {
                    "ArrowUp" => *chosen = chosen.checked_sub(1).unwrap_or(last),
                    "ArrowDown" => *chosen = if *chosen >= last { 0 } else { *chosen + 1 },
                    "Enter" => return fix(*composer, finding, *chosen),
                    "Escape" => return Some(OverlayStep::Hide {}),
                    _ => {}
                }
                None
            }
            _ => (key == "Escape").then_some(OverlayStep::Hide {}),
        }
    }

    fn choose(&mut self, agent: Port, index: usize) -> Option<OverlayStep> {
        let doc = self.docs.get(&agent)?;
        let to = doc.shown_composer().map(|composer| self.answering(doc, composer));
        match &mut self.docs.get_mut(&agent)?.shown {
            Shown::Picker(picker) => done(picker.composer, picker.choose(index, &self.library, &to?)),
            Shown::Finding { composer, finding, .. } => fix(*composer, finding, index),
            _ => None,
        }
    }

    /// Something was done in the frame: the agent hears of it, and the frame shows what is left.
    pub(super) fn act(&mut self, agent: Port, step: Option<OverlayStep>) -> Vec<Effect> {
        let Some(step) = step else { return self.show(agent) };
        self.finish(agent, &step);
        [vec![tell(agent, &AgentPush::Overlay { step })], self.show(agent)].concat()
    }

    /// After an insertion, a copy or a close nothing is shown.
    fn finish(&mut self, agent: Port, step: &OverlayStep) {
        if matches!(step, OverlayStep::Show { .. }) {
            return;
        }
        let Some(doc) = self.docs.get_mut(&agent) else { return };
        if let OverlayStep::Insert { composer, template: Some(template), .. } = step
            && let Some(composing) = doc.composers.get_mut(composer)
        {
            composing.template = Some(template.clone());
        }
        doc.shown = Shown::Nothing;
    }

    pub(super) fn open_finding(&mut self, ask: &Ask, composer: u32, id: u32, moment: &Moment) -> Vec<Effect> {
        self.open_finding_by(ask, composer, moment, |_| Some(id as usize))
    }

    /// The card of the finding that `which` picks from those in the order of the text.
    pub(super) fn open_finding_by(
        &mut self,
        ask: &Ask,
        composer: u32,
        moment: &Moment,
        which: impl FnOnce(&[Finding]) -> Option<usize>,
    ) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        let Some(composing) = doc.composers.get(&composer) else { return vec![ask.fail("restarted")] };
        let id = which(&composing.findings);
        let found = id.and_then(|id| Some((u32::try_from(id).ok()?, composing.findings.get(id)?.clone())));
        let Some((id, finding)) = found else { return vec![ask.fail("not_found")] };
        doc.shown = Shown::Finding { composer, finding: Box::new(finding), chosen: 0 };
        let step = show_at("finding", id, false);
        [vec![self.step(ask, step, Some(moment))], self.show(ask.port)].concat()
    }

    /// The text changed under a finding's card: the card follows its words, or goes.
    pub(super) fn follow_finding(&mut self, agent: Port, in_composer: u32) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&agent) else { return Vec::new() };
        let Shown::Finding { composer, finding, .. } = &mut doc.shown else { return Vec::new() };
        if *composer != in_composer {
            return Vec::new();
        }
        let now = doc.composers.get(composer).map(|composing| composing.findings.as_slice()).unwrap_or_default();
        match now.iter().find(|one| one.rule.id == finding.rule.id && one.matched == finding.matched) {
            Some(one) => {
                **finding = one.clone();
                Vec::new()
            }
            None => self.act(agent, Some(OverlayStep::Hide {})),
        }
    }

    fn dismiss_shown(&mut self, ask: Ask, agent: Port, how: &str) -> Plan {
        let shown = self.docs.get(&agent).map(|doc| &doc.shown);
        let Some(Shown::Finding { composer, finding, .. }) = shown else {
            return Plan::done(vec![ask.fail("not_found")]);
        };
        let (composer, rule, matched) = (*composer, finding.rule.id.clone(), finding.matched.clone());
        let closing = self.act(agent, Some(OverlayStep::Hide {}));
        let done = ask.answer(&OverlayMessage::Done {});
        self.dismiss_for(ask, agent, (composer, rule, matched), how, [vec![done], closing].concat())
    }
}

/// How something is shown: where, how large at first, and which keys it takes while the caret stays in the composer.
pub(super) fn show_at(at: &str, local: u32, takes_focus: bool) -> OverlayStep {
    const CARD: [&str; 4] = ["ArrowUp", "ArrowDown", "Enter", "Escape"];
    let (size, keys) = match at {
        "caret" => ([600, 330], [&CARD[..], &["Home", "End", "Tab", "Alt+Enter"]].concat()),
        "form" => ([440, 360], Vec::new()),
        "finding" => ([360, 180], CARD.to_vec()),
        "send" => ([400, 190], vec!["Escape"]),
        _ => ([400, 260], Vec::new()),
    };
    let keys = keys.into_iter().map(str::to_owned).collect();
    OverlayStep::Show { at: at.to_owned(), local, takes_focus, size, keys }
}

/// The most severe finding, the first of its kind.
pub(super) fn worst(all: &[Finding]) -> Option<usize> {
    (0..all.len()).min_by_key(|at| Reverse(all[*at].severity))
}

/// The next finding from a place in the text; after the last comes the first.
pub(super) fn after(all: &[Finding], from: Utf16Offset) -> Option<usize> {
    all.iter().position(|one| one.span.start > from).or((!all.is_empty()).then_some(0))
}

/// The one before a place in the text; before the first comes the last.
pub(super) fn before(all: &[Finding], from: Utf16Offset) -> Option<usize> {
    all.iter().rposition(|one| one.span.start < from).or(all.len().checked_sub(1))
}

fn done(composer: u32, pressed: Pressed) -> Option<OverlayStep> {
    match pressed {
        Pressed::Stay => None,
        Pressed::Form => Some(show_at("form", composer, true)),
        Pressed::Done(step) => Some(step),
    }
}

fn fix(composer: u32, finding: &Finding, chosen: usize) -> Option<OverlayStep> {
    Some(OverlayStep::Insert {
        composer,
        text: finding.fixes.get(chosen)?.clone(),
        cursor: None,
        replace: Some(finding.span),
        template: None,
    })
}
