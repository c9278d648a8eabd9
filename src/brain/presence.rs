//! Who of the team is answering what, right now: told while a person types, shown beside the post, in the composer and in
//! the log, and over by itself. Never an event: not in the log, not in an export.
//!
//! Left out: reaching the server, and saying so when somebody's time is over (the team's module).

use std::collections::BTreeSet;

use serde_json::Value;

use super::io::{Effect, Moment, Outcome, Reads};
use super::ports::Port;
use super::{Brain, Plan, tell};
use crate::log::{Mention, MentionKey};
use crate::ordered::ordered;
use crate::protocol::{AgentPush, PageMessage, PostView};
use crate::workspace::AccountKind;

/// As often is it told that somebody still types, milliseconds. What is told holds for twice that.
const AGAIN_MS: i64 = 15_000;
/// Nobody answers longer than that without saying so again, whatever their clock says, milliseconds.
const MOST_MS: i64 = 60_000;

/// A colleague at work on a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Colleague {
    user: String,
    m: MentionKey,
    until: i64,
}

/// What is known of everybody.
#[derive(Debug, Default)]
pub(super) struct Presence {
    colleagues: Vec<Colleague>,
    /// What this person answers, and when that was told.
    mine: Option<(MentionKey, i64)>,
    /// What was sent last: a look at it that was under way is nobody's typing.
    sent: String,
}

impl Presence {
    /// The colleague who answers this.
    pub fn on(&self, key: &MentionKey, now: i64) -> Option<&str> {
        self.colleagues.iter().find(|one| one.m == *key && one.until > now).map(|one| one.user.as_str())
    }

    /// Every mention that a colleague answers, with who.
    pub fn all(&self, now: i64) -> impl Iterator<Item = (&MentionKey, &str)> {
        self.colleagues.iter().filter(move |one| one.until > now).map(|one| (&one.m, one.user.as_str()))
    }

    /// This person types (or has taken everything out again): what to tell, if that is news.
    fn typing(&mut self, key: &MentionKey, types: bool, now: i64) -> Option<Effect> {
        let is_mine = self.mine.as_ref().is_some_and(|(mine, _)| mine == key);
        let is_told = is_mine && self.mine.as_ref().is_some_and(|(_, at)| now - at < AGAIN_MS);
        match types {
            true if is_told => None,
            true => {
                self.mine = Some((key.clone(), now));
                Some(Effect::Present(Some(key.clone())))
            }
            false if is_mine => {
                self.mine = None;
                Some(Effect::Present(None))
            }
            false => None,
        }
    }
}

impl Brain {
    /// The name of the colleague who answers this.
    pub(super) fn replying(&self, key: &MentionKey, now: i64) -> Option<String> {
        self.presence.on(key, now).map(|user| self.settings.name(user))
    }

    /// What this composer holds has left: nobody is at it any more.
    pub(super) fn end_presence(&mut self, agent: Port, composer: u32, text: &str, now: i64) -> Option<Effect> {
        let ended = self.tell_presence(agent, composer, "", now);
        text.clone_into(&mut self.presence.sent);
        ended
    }

    /// A composer's text changed: colleagues hear that this person is at it, where it is the brand's business.
    pub(super) fn tell_presence(&mut self, agent: Port, composer: u32, text: &str, now: i64) -> Option<Effect> {
        self.team()?;
        let composing = self.docs.get(&agent)?.composers.get(&composer)?;
        let is_business = composing.account == Some(AccountKind::Brand) || composing.is_ours;
        let key = composing.key.clone().filter(|_| is_business && !composing.read.private)?;
        let text = text.trim();
        (text.is_empty() || text != self.presence.sent.trim())
            .then(|| self.presence.typing(&key, !text.is_empty(), now))
            .flatten()
    }

    /// Who is at work now: `[user, mention, until]` of each.
    pub(super) fn presence_came(&self, people: &Value, moment: &Moment) -> Plan {
        let one = |one: &Value| {
            let (user, m) = (one[0].as_str()?.to_owned(), MentionKey(one[1].as_str()?.to_owned()));
            let until = one[2].as_i64()?.min(moment.now + MOST_MS);
            (until > moment.now && !self.is_me(&user)).then_some(Colleague { user, m, until })
        };
        let now: Vec<Colleague> = people.as_array().into_iter().flatten().filter_map(one).collect();
        let before = &self.presence.colleagues;
        let is_at =
            |all: &[Colleague], other: &Colleague| all.iter().any(|one| one.m == other.m && one.user == other.user);
        let come = now.iter().filter(|one| !is_at(before, one));
        let gone = before.iter().filter(|one| !is_at(&now, one));
        let changed: BTreeSet<MentionKey> = ordered(come.chain(gone).map(|one| one.m.clone()));
        let mentions = changed.iter().cloned().collect();
        Plan {
            port: None,
            reads: Reads { mentions, ..Reads::default() },
            refused: Vec::new(),
            decide: Box::new(move |brain, facts, moment| {
                brain.presence.colleagues = now;
                let mention = |key: &MentionKey| facts.fold.mention(key).filter(|mention| mention.is_saved());
                Outcome::now(if changed.is_empty() {
                    Vec::new()
                } else {
                    brain.tell_replying(&changed, mention, moment)
                })
            }),
        }
    }

    /// Whoever shows these mentions hears that somebody began or ended.
    fn tell_replying<'m>(
        &self,
        changed: &BTreeSet<MentionKey>,
        mention: impl Fn(&MentionKey) -> Option<&'m Mention>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let keys: BTreeSet<&MentionKey> = ordered(changed.iter());
        let mut effects = self.tell_pages(&PageMessage::StateChanged {});
        for (port, doc) in &self.docs {
            let row = |(local, seen): (u32, &super::doc::Seen)| {
                self.row(*port, local, &seen.post, &seen.key, mention(&seen.key), moment)
            };
            let posts: Vec<PostView> = doc.showing(&keys).map(row).collect();
            if !posts.is_empty() {
                effects.push(tell(*port, &AgentPush::Views { posts }));
            }
            if doc.composers.values().any(|one| one.key.as_ref().is_some_and(|key| changed.contains(key))) {
                effects.push(tell(*port, &AgentPush::Recheck {}));
            }
        }
        effects
    }
}
