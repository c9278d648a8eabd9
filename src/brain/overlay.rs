//! Our frame in a page: pairing, and what it shows at a composer (the picker, a finding's card).
//!
//! A key can come from the composer (the agent caught it) or from the frame (it has focus); what comes of it goes to the
//! agent, as the answer in the first case and as a push in the second.

use std::cmp::Reverse;

use super::ask::Ask;
use super::doc::{Composing, Doc, Shown};
use super::io::{Effect, Moment};
use super::mending;
use super::picker::{Answering, InComposer, Picker, Pressed};
use super::ports::Port;
use super::spelling::ways;
use super::{Brain, Plan, tell};
use crate::ordered::ordered;
use crate::protocol::{AgentPush, OverlayMessage, OverlayRequest, OverlayStep, OverlayView, TypedWords};
use crate::template::{Brand, CASE, Context, LINKS, Me, Page};
use crate::text::Utf16Offset;
use crate::voice::Finding;
use crate::voice::spelling::RULE;
use crate::workspace::AccountKind;

/// The key that stars the chosen template: no letter, which a page may use with Alt and a Mac types with it.
const STAR: &str = "Alt+ArrowUp";

/// How long the words of a search are remembered in a document: a person answers several posts about one thing in a row,
/// and comes back from a pause to something else.
const REMEMBERED_MS: i64 = 10 * 60_000;

/// A frame that is back before its agent.
#[derive(Debug)]
pub(super) struct Rejoining {
    pub ask: Ask,
    tab: Option<i32>,
    frame: i64,
    document: String,
}

impl Rejoining {
    pub fn is_of(&self, doc: &Doc) -> bool {
        doc.tab == self.tab && doc.frame == self.frame && doc.document == self.document
    }
}

impl Brain {
    pub(super) fn overlay(&mut self, ask: Ask, body: OverlayRequest, moment: &Moment) -> Plan {
        if let OverlayRequest::Pair { nonce } = &body {
            return Plan::done(self.pair(&ask, nonce));
        }
        if let OverlayRequest::Rejoin { frame, document } = body {
            return Plan::done(self.rejoin(ask, frame, document));
        }
        // A frame that did not pair is nobody.
        let Some(agent) = self.frames.get(&ask.port).copied() else { return Plan::done(vec![ask.fail("restarted")]) };
        let done = ask.answer(&OverlayMessage::Done {});
        match body {
            OverlayRequest::Pair { .. } | OverlayRequest::Rejoin { .. } => Plan::done(Vec::new()),
            OverlayRequest::Restore { kept } => {
                if let Some(doc) = self.docs.get_mut(&agent) {
                    doc.kept = Some((ask, kept));
                }
                Plan::done(self.restore(agent, moment))
            }
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
            OverlayRequest::ChooseSafe {} => {
                let step = self.mend_safe(agent);
                Plan::done([vec![done], self.act(agent, step)].concat())
            }
            OverlayRequest::Star { index } => self.star(&ask, agent, Some(index as usize), vec![done]),
            OverlayRequest::Key { key } if key == STAR => self.star(&ask, agent, None, vec![done]),
            OverlayRequest::Stack { index } => {
                if let Some(Shown::Picker(picker)) = self.docs.get_mut(&agent).map(|doc| &mut doc.shown) {
                    picker.stack(index as usize, &self.library);
                }
                self.find(agent, moment);
                Plan::done([vec![done], self.show(agent)].concat())
            }
            OverlayRequest::Unstack { index } => {
                if let Some(Shown::Picker(picker)) = self.docs.get_mut(&agent).map(|doc| &mut doc.shown) {
                    picker.unstack(index as usize);
                }
                Plan::done([vec![done], self.show(agent)].concat())
            }
            OverlayRequest::Learn { shared } => self.learn_word(ask, agent, shared, done),
            OverlayRequest::Unlearn {} => self.unlearn_word(ask, agent, done),
            OverlayRequest::Key { key } => {
                let step = self.press(agent, &key, moment);
                Plan::done([vec![done], self.act(agent, step)].concat())
            }
            OverlayRequest::Close {} => {
                let step = OverlayStep::Hide {};
                Plan::done([vec![done], self.act(agent, Some(step))].concat())
            }
            OverlayRequest::Dismiss { how, reason } => self.dismiss_shown(ask, agent, &how, reason),
            OverlayRequest::Ask { reviewer, note, kept } => self.ask_for_look(ask, agent, reviewer, note, kept),
            OverlayRequest::Use { event } => Plan::done(self.use_text(&ask, agent, &event)),
            OverlayRequest::Save {} => self.save_shown(ask, agent, moment),
            OverlayRequest::Change { key, change } => self.change_shown(ask, agent, key, change),
        }
    }

    fn pair(&mut self, ask: &Ask, nonce: &str) -> Vec<Effect> {
        let tab = self.ports.get(&ask.port).and_then(|(from, _)| from.tab);
        let agent = self.tickets.redeem(nonce, tab);
        let Some(agent) = agent else { return vec![ask.fail("not_allowed")] };
        [self.accept(ask, agent), self.show(agent)].concat()
    }

    /// A frame that an earlier background accepted: it belongs to the agent of its document, which is asked to show again
    /// what it shows. Such a frame needs no ticket: only our own page can say so, and only one that was paired knows where.
    fn rejoin(&mut self, ask: Ask, frame: i64, document: String) -> Vec<Effect> {
        let tab = self.ports.get(&ask.port).and_then(|(from, _)| from.tab);
        let again = self.tell_tab(tab, Some(frame), &AgentPush::Overlay { step: OverlayStep::Again {} });
        let back = Rejoining { ask, tab, frame, document };
        let agent = self.docs.iter().find(|(_, doc)| back.is_of(doc)).map(|(agent, _)| *agent);
        let accepted = match agent {
            Some(agent) => self.accept(&back.ask, agent),
            None => {
                self.rejoining.push(back);
                Vec::new()
            }
        };
        [accepted, again].concat()
    }

    /// A frame is the frame of an agent's document from now on.
    pub(super) fn accept(&mut self, ask: &Ask, agent: Port) -> Vec<Effect> {
        let lang = self.lang();
        let Some(doc) = self.docs.get_mut(&agent).filter(|doc| doc.overlay.is_none_or(|frame| frame == ask.port))
        else {
            return vec![ask.fail("not_allowed")];
        };
        doc.overlay = Some(ask.port);
        doc.ticket = None;
        self.frames.insert(ask.port, agent);
        let (frame, document) = (doc.frame, doc.document.clone());
        vec![ask.answer(&OverlayMessage::Paired { lang, theme: self.device.theme.clone(), frame, document })]
    }

    /// Draws what the document's frame shows; nothing while there is no frame.
    pub(super) fn show(&self, agent: Port) -> Vec<Effect> {
        let Some(doc) = self.docs.get(&agent) else { return Vec::new() };
        let Some(frame) = doc.overlay else { return Vec::new() };
        let view = match &doc.shown {
            Shown::Nothing => OverlayView::Empty {},
            Shown::Picker(picker) => {
                picker.view(&self.library, &self.device, &self.answering(doc, picker.composer), self.lang())
            }
            Shown::Finding { composer, finding, chosen, .. } => {
                let all = doc.composers.get(composer).map_or(&[][..], |composing| &composing.findings);
                self.finding_view(finding, *chosen, mending::safe(all).count())
            }
            Shown::Learned { word, shared } => OverlayView::Learned { word: word.clone(), shared: *shared },
            Shown::Gate { holds, .. } => OverlayView::Gate { holds: holds.iter().map(super::gate::view).collect() },
            Shown::Post { card, .. } => OverlayView::Post { card: card.clone() },
            Shown::Details { mention } => self.details_view(mention),
        };
        let kept = if let Shown::Picker(picker) = &doc.shown { Some(picker.kept()) } else { None };
        vec![tell(frame, &OverlayMessage::View { view: Box::new(view), kept })]
    }

    fn finding_view(&self, finding: &Finding, chosen: usize, safe: usize) -> OverlayView {
        OverlayView::Finding {
            finding: finding.view(0, self.lang()),
            why: finding.why_msg(self.lang()),
            rule_name: finding.rule.name.of(self.lang()).to_owned(),
            chosen: u32::try_from(chosen).unwrap_or_default(),
            safe: u32::try_from(safe).unwrap_or_default(),
            // Who is tired of spelling has a dictionary.
            tires: self.device.tires(&finding.rule.id).filter(|_| finding.rule.id != RULE),
        }
    }

    /// Whom a composer answers, as templates see it.
    pub(super) fn answering(&self, doc: &Doc, composer: u32) -> Answering {
        let Some(composing) = doc.composers.get(&composer) else { return Answering::default() };
        let Composing { read, speech, department, .. } = composing;
        let mut context = read.target.as_ref().map(Context::answering).unwrap_or_default();
        let workspace = &self.library.workspace;
        let network = doc.network();
        let account = workspace.accounts.iter().find(|a| a.network == network && a.kind == AccountKind::Brand);
        let name = self.settings.name(self.user());
        context.me = Me {
            name: Some(name).filter(|name| *name != self.user()),
            first_name: None,
            handle: read.acting.handle.clone(),
        };
        context.brand = Brand {
            name: Some(workspace.brand.clone()),
            handle: account.map(|account| account.handle.clone()),
            url: None,
        };
        context.page = Page { url: Some(doc.url.clone()), title: None };
        context.post.language = Some(speech.choice.language.clone());
        context.offset = composing.offset;
        context.more.insert(CASE.to_owned(), composing.case.clone());
        context.more.insert(LINKS.to_owned(), ordered(workspace.links.iter().cloned()));
        let class = context.post.text.as_deref().and_then(|post| self.library.checker().classes().of(post));
        Answering {
            class: class.map(str::to_owned),
            context,
            network: network.to_owned(),
            choice: speech.choice.clone(),
            department: department.clone(),
            limit: read.limit,
        }
    }

    pub(super) fn open_picker(
        &mut self,
        ask: &Ask,
        composer: u32,
        words: Option<TypedWords>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        if !doc.composers.contains_key(&composer) {
            return vec![ask.fail("restarted")];
        }
        // `/` opens it by itself only when it means something; a command or the strip's button always does.
        if words.as_ref().is_some_and(|words| !self.library.index().begins(&words.text)) {
            return vec![self.step(ask, OverlayStep::Stay {}, None)];
        }
        let picker = Picker::open(composer, moment);
        let (last, at) = &doc.searched;
        let kind = if words.is_some() { "caret" } else { "search" };
        doc.shown = Shown::Picker(match words {
            Some(words) => picker.typed(words, InComposer::Grows),
            None if moment.now - at < REMEMBERED_MS => picker.remembering(last.clone()),
            None => picker,
        });
        self.find(ask.port, moment);
        let step = show_at(kind, composer, false);
        [vec![self.step(ask, step, Some(moment))], self.show(ask.port), self.restore(ask.port, moment)].concat()
    }

    /// A picker that was opened again goes on where it was before the background was restarted, if there was one.
    pub(super) fn restore(&mut self, agent: Port, moment: &Moment) -> Vec<Effect> {
        let Some(doc) = self.docs.get_mut(&agent) else { return Vec::new() };
        let Shown::Picker(picker) = &mut doc.shown else { return Vec::new() };
        let Some((ask, kept)) = doc.kept.take() else { return Vec::new() };
        // What was meant for another reply never gets into this one.
        if kept.composer != picker.composer {
            return [vec![ask.fail("restarted")], self.show(agent)].concat();
        }
        let is_filling = picker.restore(kept, &self.library);
        let step = is_filling.then(|| show_at("form", picker.composer, true));
        self.find(agent, moment);
        [vec![ask.answer(&OverlayMessage::Done {})], self.act(agent, step)].concat()
    }

    /// The picker's words changed.
    fn search(&mut self, agent: Port, text: &str, in_composer: bool, moment: &Moment) {
        if let Some(doc) = self.docs.get_mut(&agent)
            && let Shown::Picker(picker) = &mut doc.shown
        {
            picker.query(text, in_composer);
            if let Some(words) = picker.words() {
                doc.searched = (words.to_owned(), moment.now);
            }
            self.find(agent, moment);
        }
    }

    /// Finds what the picker's words mean now.
    fn find(&mut self, agent: Port, moment: &Moment) {
        let to = self.docs.get(&agent).and_then(|doc| Some(self.answering(doc, doc.shown_composer()?)));
        let shown = self.docs.get_mut(&agent).map(|doc| &mut doc.shown);
        if let (Some(to), Some(Shown::Picker(picker))) = (to, shown) {
            picker.search(&self.library, &self.device, &self.outcomes, &to, moment.now);
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
    pub(super) fn key(&mut self, ask: &Ask, key: &str, moment: &Moment) -> Plan {
        if self.docs.get(&ask.port).is_none_or(|doc| matches!(doc.shown, Shown::Nothing)) {
            return Plan::done(vec![ask.fail("restarted")]);
        }
        if key == STAR {
            let stay = self.step(ask, OverlayStep::Stay {}, None);
            return self.star(ask, ask.port, None, vec![stay]);
        }
        if let Some(shared) = self.chosen_dictionary(ask.port).filter(|_| key == "Enter") {
            let stay = self.step(ask, OverlayStep::Stay {}, None);
            return self.learn_word(ask.clone(), ask.port, shared, stay);
        }
        let step = self.press(ask.port, key, moment).unwrap_or(OverlayStep::Stay {});
        self.finish(ask.port, &step);
        Plan::done([vec![self.step(ask, step, None)], self.show(ask.port)].concat())
    }

    /// What a key does to what is shown; `None` = nothing for the agent to do.
    fn press(&mut self, agent: Port, key: &str, moment: &Moment) -> Option<OverlayStep> {
        let doc = self.docs.get(&agent)?;
        let to = doc.shown_composer().map(|composer| self.answering(doc, composer));
        match &mut self.docs.get_mut(&agent)?.shown {
            Shown::Picker(picker) => {
                if let Some(words) = picker.spell(key) {
                    self.search(agent, &words, false, moment);
                    return None;
                }
                let step = done(picker.composer, picker.key(key, &self.library, &to?));
                if key == "Shift+Enter" {
                    self.find(agent, moment);
                }
                step
            }
            Shown::Finding { composer, finding, chosen } => {
                let last = ways(finding).saturating_sub(1);
                match key {
                    "ArrowUp" => *chosen = chosen.checked_sub(1).unwrap_or(last),
                    "ArrowDown" => *chosen = if *chosen >= last { 0 } else { *chosen + 1 },
                    "Enter" => return fix(*composer, finding, *chosen),
                    "Shift+Enter" => return self.mend_safe(agent),
                    "Escape" => return Some(OverlayStep::Hide {}),
                    _ => {}
                }
                None
            }
            Shown::Learned { .. } => matches!(key, "Enter" | "Escape").then_some(OverlayStep::Hide {}),
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
    pub(super) fn finish(&mut self, agent: Port, step: &OverlayStep) {
        if matches!(step, OverlayStep::Show { .. } | OverlayStep::Stay {}) {
            return;
        }
        let Some(doc) = self.docs.get_mut(&agent) else { return };
        if let Shown::Picker(picker) = &doc.shown {
            doc.inserting = picker.inserted();
        }
        if let OverlayStep::Insert { composer, template: Some(template), text, .. } = step
            && let Some(composing) = doc.composers.get_mut(composer)
        {
            composing.template = Some(template.clone());
            composing.inserted.clone_from(text);
        }
        doc.shown = Shown::Nothing;
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
        // What may stand for an unknown word takes longer than a card may.
        let later = (finding.rule.id == RULE && finding.fixes.is_empty()).then_some(Effect::Suggest(ask.port));
        doc.shown = Shown::Finding { composer, finding: Box::new(finding), chosen: 0 };
        let step = show_at("finding", id, false);
        let shown = [vec![self.step(ask, step, Some(moment))], self.show(ask.port)].concat();
        shown.into_iter().chain(later).collect()
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
                // Suggestions are not looked for again.
                let fixes = std::mem::take(&mut finding.fixes);
                **finding = one.clone();
                if finding.fixes.is_empty() && finding.rule.id == RULE {
                    finding.fixes = fixes;
                }
                Vec::new()
            }
            None => self.act(agent, Some(OverlayStep::Hide {})),
        }
    }

    fn dismiss_shown(&mut self, ask: Ask, agent: Port, how: &str, reason: String) -> Plan {
        let shown = self.docs.get(&agent).map(|doc| &doc.shown);
        let Some(Shown::Finding { composer, finding, .. }) = shown else {
            return Plan::done(vec![ask.fail("not_found")]);
        };
        let (composer, rule, matched) = (*composer, finding.rule.id.clone(), finding.matched.clone());
        let closing = self.act(agent, Some(OverlayStep::Hide {}));
        let done = ask.answer(&OverlayMessage::Done {});
        self.dismiss(ask, agent, (composer, rule, matched), (how, reason), [vec![done], closing].concat())
    }
}

/// How something is shown: where, how large at first, and which keys it takes while the caret stays in the composer.
pub(super) fn show_at(at: &str, local: u32, takes_focus: bool) -> OverlayStep {
    const CARD: [&str; 4] = ["ArrowUp", "ArrowDown", "Enter", "Escape"];
    const PICKER: [&str; 6] = ["Home", "End", "Tab", "Alt+Enter", "Shift+Enter", STAR];
    // Opened by a command, the picker takes what is typed as well.
    const SEARCH: [&str; 3] = ["*", "Backspace", "Shift+Backspace"];
    let (at, size, keys) = match at {
        "caret" => (at, [600, 330], [&CARD[..], &PICKER].concat()),
        "search" => ("caret", [600, 330], [&CARD[..], &PICKER, &SEARCH].concat()),
        "form" => (at, [440, 360], Vec::new()),
        "finding" => (at, [360, 180], [&CARD[..], &["Shift+Enter"]].concat()),
        "send" => (at, [400, 190], vec!["Escape"]),
        _ => (at, [400, 260], Vec::new()),
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

pub(super) fn done(composer: u32, pressed: Pressed) -> Option<OverlayStep> {
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
