//! The send gate at a composer: what holds its text, the card that says so, the fix, and sending it anyway.
//!
//! The page agent has the verdict before anybody presses Send; what is decided here is decided again from the text that
//! was about to leave, so that a card never speaks of an older one.

use super::ask::Ask;
use super::doc::{Composing, Doc, Seen, Shown};
use super::io::{Effect, Moment, Outcome};
use super::matching::account_kind;
use super::overlay::show_at;
use super::ports::Port;
use super::said::hash;
use super::save::{Echo, Read};
use super::{Brain, Plan};
use crate::guard::{self, COOL_DOWN, Fix, Hold, LastActed, Otherwise, Outgoing};
use crate::log::key::IdScope;
use crate::log::{Draft, Mention, MentionKey, Status};
use crate::message::Lang;
use crate::protocol::{Change, HoldView, OverlayMessage, OverlayStep};
use crate::site::post::Post;
use crate::site::read::Acting;
use crate::template::{Context, Kind, Rendered, Template, case_values, first_name, render_with};
use crate::text::fold;
use crate::workspace::AccountKind;
use crate::workspace::device::Acted;

/// As many throws of `random()` as are tried for other words.
const THROWS: u64 = 6;
/// The template that asks somebody to write privately.
const HAND_OFF: &str = "dm-handoff";

/// The thread that a post belongs to: the post it answers, else itself.
pub fn thread(post: &Post) -> &str {
    post.parent.as_deref().or(post.id.as_deref()).unwrap_or(&post.permalink)
}

/// The thread of a post, told from those of other networks.
fn conversation(doc: &Doc, post: &Post) -> (String, String) {
    (doc.network().to_owned(), thread(post).to_owned())
}

/// What the page shows of the thread of `target`.
fn in_thread<'a>(doc: &'a Doc, target: &'a Post) -> impl DoubleEndedIterator<Item = &'a Seen> {
    let of = thread(target);
    doc.seen().filter(move |Seen { post, .. }| {
        thread(post) == of || post.parent.as_deref().is_some_and(|parent| target.id.as_deref() == Some(parent))
    })
}

/// A hold as our frame shows it.
pub fn view(hold: &Hold) -> HoldView {
    HoldView { check: hold.check.to_owned(), why: hold.why.clone(), fix: hold.fix.label() }
}

impl Brain {
    /// What the log knows of the case that a composer answers.
    pub(super) fn know_case(&mut self, agent: Port, composer: u32, mention: &Mention) {
        let is_open = !matches!(mention.status, Status::Resolved | Status::NoAction);
        let last = mention.replies().filter(|reply| reply.confirmed).max_by_key(|reply| reply.at);
        let last = last.and_then(|reply| reply.account.clone());
        let network = mention.network.as_str();
        let workspace = &self.library.workspace;
        let look = self.look_at(mention);
        let case = match &look {
            _ if !mention.is_saved() => String::new(),
            Some(look) => self.look_line(look),
            None => self.case_line(mention),
        };
        let last = last.filter(|handle| {
            let acting = Acting { handle: Some(handle.clone()), ..Acting::default() };
            account_kind(workspace, network, &acting) == Some(AccountKind::Brand)
        });
        let person = mention.assignee.as_deref().map(|user| self.settings.name(user));
        let doc = self.docs.get_mut(&agent);
        if let Some(composing) = doc.and_then(|doc| doc.composers.get_mut(&composer)) {
            let lang = Lang::from_tag(&composing.speech.choice.language);
            composing.case = case_values(mention, person, lang, composing.offset);
            let said = mention.replies().filter(|reply| reply.confirmed).filter_map(|reply| reply.text.as_deref());
            composing.answers = said.map(hash).collect();
            composing.is_ours |= is_open;
            composing.answered_as = last;
            composing.department.clone_from(&mention.department);
            composing.look = look;
            composing.case_line = case;
        }
    }

    /// Everything that holds `text` in this composer, worst first.
    pub(super) fn holds(&self, agent: Port, composer: u32, text: &str, now: i64) -> Vec<Hold> {
        let Some(doc) = self.docs.get(&agent).filter(|doc| doc.features.gate) else { return Vec::new() };
        let Some(composing) = doc.composers.get(&composer) else { return Vec::new() };
        let read = &composing.read;
        let target = read.target.as_ref();
        let network = doc.network();
        let acting =
            read.acting.handle.as_ref().map(|handle| format!("@{handle}")).or_else(|| read.acting.name.clone());
        let on_page = target.and_then(|target| self.answered_on_page(doc, target));
        let is_somebody_else = |name: &str| {
            let wanted = fold::words(name);
            let answered = target.map(|post| &post.author);
            doc.seen()
                .filter(|seen| Some(&seen.post.author) != answered)
                .filter_map(|seen| first_name(seen.post.author.name.as_deref()?))
                .any(|first| fold::words(&first) == wanted)
        };
        let repeats = |text: &str| self.repeats(doc, composing, text);
        // A statement is to be repeated as it stands.
        let is_statement = self.is_statement(composing, text);
        let [here, today] = if is_statement { [0, 0] } else { repeats(text) };
        let otherwise = || self.otherwise(doc, composer, now, &|text| repeats(text) == [0, 0]);
        let workspace = &self.library.workspace;
        let colleague = composing.key.as_ref().and_then(|key| self.replying(key, now));
        let reply = Outgoing {
            text,
            kind: read.kind,
            private: read.private,
            account: composing.account,
            acting: acting.as_deref(),
            target,
            is_ours: composing.is_ours,
            answered_as: composing.answered_as.as_deref().or(on_page),
            last: LastActed {
                here: self.device.acted.get(network).map(Acted::pair),
                personal: self.device.acted_as_person.as_ref().map(Acted::pair),
            },
            limit: read.limit,
            findings: &composing.findings,
            order_numbers: &workspace.order_numbers,
            contacts: &workspace.contacts,
            colleague: colleague.as_deref(),
            look: composing.look.as_ref(),
            own: read.own_words(text),
            repeats: here as u32,
            today: today as u32,
            crisis: workspace.hold.then_some(workspace.hold_reason.as_str()),
            is_statement,
            is_cool: self.is_cool(doc, target),
            otherwise: &otherwise,
            is_somebody_else: &is_somebody_else,
            lang: self.lang(),
            now,
        };
        guard::verdict(&reply, &workspace.checks_off)
    }

    /// How often the brand has said this in the thread, and today.
    fn repeats(&self, doc: &Doc, composing: &Composing, text: &str) -> [usize; 2] {
        let Some((target, key)) = composing.read.target.as_ref().zip(composing.key.as_ref()) else { return [0, 0] };
        let (words, hash) = (fold::words(text), hash(text));
        // A smile may be given twice.
        if words.is_empty() {
            return [0, 0];
        }
        let shown = self.own_in_thread(doc, target).filter(|post| fold::words(&post.text) == words).count();
        let answers = composing.answers.iter().filter(|one| **one == hash).count();
        let thread = |one: &MentionKey| one == key || in_thread(doc, target).any(|seen| seen.key == *one);
        [shown.max(answers).max(self.said.count(&hash, thread)), self.said.count(&hash, |_| true)]
    }

    /// Was the person asked to cool down in the thread of `target`? A box whose thread is unknown asks nothing.
    fn is_cool(&self, doc: &Doc, target: Option<&Post>) -> bool {
        self.library.workspace.hold || target.is_none_or(|post| self.cooled.contains(&conversation(doc, post)))
    }

    /// The text is a statement for a crisis, as its template put it there.
    fn is_statement(&self, composing: &Composing, text: &str) -> bool {
        let id = composing.template.as_deref();
        let text = text.strip_prefix(&composing.read.prefix).unwrap_or(text).trim();
        let kind = || self.library.templates().iter().find(|one| Some(one.id.as_str()) == id).map(|one| one.kind);
        id.is_some() && text == composing.inserted.trim() && kind() == Some(Kind::Holding)
    }

    /// What the composer's template says in other words that `is_new` knows as unsaid: by chance, or by a variant in the
    /// same language. A form is not filled in again.
    fn otherwise(&self, doc: &Doc, composer: u32, now: i64, is_new: &dyn Fn(&str) -> bool) -> Option<Otherwise> {
        let id = doc.composers.get(&composer)?.template.as_deref()?;
        let all = self.library.templates();
        let index = all.iter().position(|one| one.id == id)?;
        let mut to = self.answering(doc, composer);
        to.context.now = Some(now);
        let kin = self.library.families().of(index).filter_map(|at| all.get(at));
        let mut kin = kin.filter(|one| {
            self.library.offers(one)
                && one.fields.is_empty()
                && one.fits_network(&to.network)
                && to.choice.speaks(&one.language)
        });
        kin.find_map(|one| {
            (0..THROWS).find_map(|seed| {
                let text = self.written(one, &Context { seed, ..to.context.clone() })?.text;
                is_new(&text).then(|| Otherwise { text, template: one.id.clone() })
            })
        })
    }

    /// A template's text; `None` when something has no value.
    fn written(&self, template: &Template, context: &Context) -> Option<Rendered> {
        let find = |name: &str| self.library.part(name);
        render_with(&template.body, context, &find).ok().filter(|rendered| rendered.unresolved.is_empty())
    }

    /// The brand's own posts that the page shows in the thread of `target`.
    fn own_in_thread<'a>(&'a self, doc: &'a Doc, target: &'a Post) -> impl DoubleEndedIterator<Item = &'a Post> {
        in_thread(doc, target).map(|seen| &seen.post).filter(|post| self.library.watch.is_own(post))
    }

    fn answered_on_page<'a>(&'a self, doc: &'a Doc, target: &'a Post) -> Option<&'a str> {
        self.own_in_thread(doc, target).rfind(|post| post.id != target.id)?.author.handle.as_deref()
    }

    pub(super) fn open_gate(&mut self, ask: &Ask, composer: u32, text: String, moment: &Moment) -> Vec<Effect> {
        let holds = self.holds(ask.port, composer, &text, moment.now);
        let Some(doc) = self.docs.get_mut(&ask.port) else { return vec![ask.fail("restarted")] };
        let Some(composing) = doc.composers.get(&composer) else { return vec![ask.fail("restarted")] };
        if holds.is_empty() {
            let step = OverlayStep::Release { composer, text, overridden: Vec::new() };
            return vec![self.step(ask, step, None)];
        }
        if let Some(post) = composing.read.target.as_ref().filter(|_| holds.iter().any(|hold| hold.check == COOL_DOWN))
        {
            self.cooled.insert(conversation(doc, post));
        }
        doc.shown = Shown::Gate { composer, text, holds };
        let step = show_at("send", composer, true);
        [vec![self.step(ask, step, Some(moment))], self.show(ask.port)].concat()
    }

    /// The gate's card stands in this document.
    pub(super) fn holds_at(&self, agent: Port) -> bool {
        self.docs.get(&agent).is_some_and(|doc| matches!(doc.shown, Shown::Gate { .. }))
    }

    /// The person read why, and sends it.
    pub(super) fn send_anyway(&mut self, ask: &Ask, agent: Port) -> Vec<Effect> {
        let Some(Shown::Gate { composer, text, holds }) = self.docs.get(&agent).map(|doc| &doc.shown) else {
            return vec![ask.fail("not_found")];
        };
        let overridden = holds.iter().map(|hold| hold.check.to_owned()).collect();
        let step = OverlayStep::Release { composer: *composer, text: text.clone(), overridden };
        [vec![ask.answer(&OverlayMessage::Done {})], self.act(agent, Some(step))].concat()
    }

    /// The fix of a hold.
    pub(super) fn mend(&mut self, ask: Ask, agent: Port, index: usize) -> Plan {
        let Some(Shown::Gate { composer, text, holds }) = self.docs.get(&agent).map(|doc| &doc.shown) else {
            return Plan::done(vec![ask.fail("not_found")]);
        };
        let Some(hold) = holds.get(index).cloned() else { return Plan::done(vec![ask.fail("not_found")]) };
        let (composer, text) = (*composer, text.clone());
        let step = match (hold.fix, hold.span) {
            (Fix::MoveToDm, _) => return self.move_to_dm(ask, agent, composer, &text),
            (Fix::Replace(text) | Fix::Approved(text), Some(span)) => {
                OverlayStep::Insert { composer, text, cursor: None, replace: Some(span), template: None }
            }
            (Fix::Otherwise(other), _) => {
                let composing = self.docs.get(&agent).and_then(|doc| doc.composers.get(&composer));
                let replace = composing.map(|composing| composing.read.own_span(&text));
                let (text, template) = (other.text, Some(other.template));
                OverlayStep::Insert { composer, text, cursor: None, replace, template }
            }
            (Fix::Rewrite, Some(span)) => OverlayStep::Select { composer, span },
            _ => OverlayStep::Hide {},
        };
        Plan::done([vec![ask.answer(&OverlayMessage::Done {})], self.act(agent, Some(step))].concat())
    }

    /// The case moves to direct messages (and enters the log, if it was not there), and the hand-off template takes the
    /// place of the text.
    fn move_to_dm(&self, ask: Ask, agent: Port, composer: u32, text: &str) -> Plan {
        if self.keeps_out(agent) {
            return Plan::done(vec![ask.fail("sample")]);
        }
        let Some(doc) = self.docs.get(&agent) else { return Plan::done(vec![ask.fail("not_found")]) };
        let scope = doc.definition.as_ref().map(|definition| IdScope::of(&definition.canonical));
        let target = doc.composers.get(&composer).and_then(|composing| composing.read.target.clone());
        let Some(read) = target.zip(scope).and_then(|(post, scope)| Read::new(post, scope)) else {
            return Plan::done(vec![ask.fail("no_identity")]);
        };
        let step = self.hand_off(doc, composer, text).unwrap_or(OverlayStep::Hide {});
        let reads = Self::change_reads(&ask, vec![read.key.clone()], vec![read.case.clone()]);
        Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
            let change = Change::Status { status: Status::MovedToDm };
            let is_saved = facts.fold.mention(&read.key).is_some_and(Mention::is_saved);
            let save = Draft::save(&read.post, read.scope, "reply", None).filter(|_| !is_saved);
            let moved = facts.fold.draft_with(&read.key, &read.case, change);
            let drafts = save.into_iter().chain([moved]).collect();
            let mut then = vec![ask.answer(&OverlayMessage::Done {})];
            then.extend(brain.act(agent, Some(step)));
            let answer = Box::new(move |_: &Self, _: &_, _: Option<&_>, _: &_| then);
            let outcome: Outcome = brain.commit(&ask, facts, drafts, moment, (Echo::Yes, answer));
            outcome
        })
    }

    /// Puts the hand-off template in the place of `text`, if there is one that fits.
    fn hand_off(&self, doc: &Doc, composer: u32, text: &str) -> Option<OverlayStep> {
        let to = self.answering(doc, composer);
        let all = self.library.templates();
        let fits = |one: &Template| {
            one.family == HAND_OFF && !one.off && one.fits_network(&to.network) && to.choice.speaks(&one.language)
        };
        let index = all.iter().position(fits)?;
        let template = all.get(self.library.families().best(all, index, to.wanted()))?;
        let Rendered { text: written, cursor, .. } = self.written(template, &to.context)?;
        let replace = doc.composers.get(&composer).map(|composing| composing.read.own_span(text));
        Some(OverlayStep::Insert { composer, text: written, cursor, replace, template: Some(template.id.clone()) })
    }
}
