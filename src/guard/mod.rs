//! The send gate: everything that is looked at between "Send" and the network.
//!
//! A check is one file with one [`Check`]; it sees a reply on its way out ([`Outgoing`]) and answers with a [`Hold`]: one
//! sentence, one fix. [`verdict`] asks them all, worst first. A verdict is computed while a person types, so that the page
//! agent decides at Send without asking; it stops nobody: a person reads why and sends anyway with one key.
//!
//! Who acts in private is none of our business: as a personal account nothing is held, unless the reply goes to the brand's
//! own affairs. Where the page does not say who acts, the account is not judged, but the text still is.
//!
//! Left out: holding and releasing the send itself (the page agent's).

mod account;
mod approval;
mod colleague;
mod cool_down;
mod crisis_hold;
mod first_name;
mod internal_note;
mod length;
mod personal_data;
mod placeholder;
mod repeated;
mod top_post;
mod voice;

use std::ops::Range;

use crate::log::Look;
use crate::message::Msg;
use crate::site::definition::ComposerKind;
use crate::site::limits::Limit;
use crate::site::post::Post;
use crate::text::{OffsetMap, Utf16Span};
use crate::voice::Finding;
use crate::workspace::AccountKind;

pub use cool_down::COOL_DOWN;
pub use personal_data::mask;
#[cfg(any(feature = "mentions", feature = "cli"))]
pub use personal_data::without_personal_data;

/// A reply, a post or a message about to be sent.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// What is said.
    pub text: &'a str,
    /// What the box writes.
    pub kind: ComposerKind,
    /// Only its receiver sees it.
    pub private: bool,
    /// Whose account speaks; `None` = the workspace does not know it, or the page does not say.
    pub account: Option<AccountKind>,
    /// That account as people write it: `@acme`.
    pub acting: Option<&'a str>,
    /// The post it answers.
    pub target: Option<&'a Post>,
    /// That post is the brand's business: it speaks to the brand, or its case is open.
    pub is_ours: bool,
    /// The brand's account that this thread was answered from last, without `@`.
    pub answered_as: Option<&'a str>,
    /// Who acted here last.
    pub last: LastActed<'a>,
    /// The longest text the network takes.
    pub limit: Option<Limit>,
    /// What the voice check found in the text.
    pub findings: &'a [Finding],
    /// Shapes of the brand's order numbers ([`mask`]).
    pub order_numbers: &'a [String],
    /// Addresses and numbers that the brand itself makes public.
    pub contacts: &'a [String],
    /// A colleague who writes an answer to this post right now.
    pub colleague: Option<&'a str>,
    /// A reply to this post that somebody was asked to look at.
    pub look: Option<&'a Look>,
    /// The end of the text, without what the network puts in front by itself.
    pub own: &'a str,
    /// How often this thread already holds the same words from the brand.
    pub repeats: u32,
    /// How often the brand sent the same words today, wherever.
    pub today: u32,
    /// A crisis hold is on: why, as a person put it; may be empty.
    pub crisis: Option<&'a str>,
    /// A statement for a crisis, word for word as its template says it.
    pub is_statement: bool,
    /// Nobody is to be asked to cool down: that was done in this conversation, or a crisis leaves no time for it.
    pub is_cool: bool,
    /// The same message in other words, if the text came from a template that has them.
    pub otherwise: &'a dyn Fn() -> Option<Otherwise>,
    /// Is this the first name of somebody else here, or of somebody answered a moment ago?
    pub is_somebody_else: &'a dyn Fn(&str) -> bool,
    /// The language of the findings' words.
    pub lang: crate::message::Lang,
    /// UTC milliseconds.
    pub now: i64,
}

impl std::fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("kind", &self.kind).field("account", &self.account).finish_non_exhaustive()
    }
}

impl Outgoing<'_> {
    /// These very words were approved by a colleague.
    pub fn is_approved(&self) -> bool {
        self.look.is_some_and(|look| look.approves(self.own))
    }

    fn span(&self, bytes: Range<usize>) -> Utf16Span {
        OffsetMap::new(self.text).span(bytes)
    }
}

/// Who acted on this device last.
#[derive(Debug, Clone, Copy, Default)]
pub struct LastActed<'a> {
    /// On this network: the handle without `@`, and when (UTC milliseconds).
    pub here: Option<(&'a str, i64)>,
    /// As a personal account, on whichever network: the handle, and when.
    pub personal: Option<(&'a str, i64)>,
}

/// Why a reply is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The check's id.
    pub check: &'static str,
    /// One sentence.
    pub why: Msg,
    /// The words it is about.
    pub span: Option<Utf16Span>,
    /// What mends it.
    pub fix: Fix,
}

/// A message in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Otherwise {
    /// The words.
    pub text: String,
    /// The template they are from.
    pub template: String,
}

/// What mends a held reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Nothing we could do: the person goes back to the text.
    Back,
    /// Nothing we could do: the person goes back and changes the account.
    Switch,
    /// The person writes something else there.
    Rewrite,
    /// These words stand there instead of the whole text.
    Otherwise(Otherwise),
    /// This stands there instead; an empty text takes the words out.
    Replace(String),
    /// The text that a colleague approved takes its place.
    Approved(String),
    /// The case moves to direct messages, and the hand-off takes the text's place.
    MoveToDm,
}

impl Fix {
    /// What its button says.
    pub fn label(&self) -> Msg {
        match self {
            Self::Back => Msg::new("guard_fix_back"),
            Self::Switch => Msg::new("guard_fix_switch"),
            Self::Rewrite => Msg::new("guard_fix_rewrite"),
            Self::Otherwise(_) => Msg::new("guard_fix_otherwise"),
            Self::Replace(text) if text.is_empty() => Msg::new("guard_fix_remove"),
            Self::Replace(text) => Msg::new("guard_fix_replace").with("text", text),
            Self::Approved(_) => Msg::new("guard_fix_approved"),
            Self::MoveToDm => Msg::new("guard_fix_dm"),
        }
    }
}

/// One thing that is looked at before a reply leaves.
pub trait Check: Sync {
    /// Stable id, in settings and in the log.
    fn id(&self) -> &'static str;

    /// `None` when there is nothing to say.
    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold>;
}

/// Every check, what does the most harm first.
pub const CHECKS: &[&dyn Check] = &[
    &personal_data::PersonalData,
    &account::ActingAccount,
    &crisis_hold::CrisisHold,
    &internal_note::InternalNote,
    &placeholder::Placeholder,
    &first_name::FirstName,
    &colleague::Colleague,
    &approval::Approval,
    &voice::Voice,
    &cool_down::CoolDown,
    &length::Length,
    &repeated::Repeated,
    &top_post::TopPost,
];

/// Ids of the checks that can be switched off; a crisis hold is lifted instead.
pub fn ids() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|check| check.id()).filter(|id| *id != crisis_hold::ID)
}

/// Everything that holds this reply, worst first; empty = it may go. `off`: checks that are switched off.
pub fn verdict(reply: &Outgoing<'_>, off: &[String]) -> Vec<Hold> {
    let is_private_life = reply.account == Some(AccountKind::Personal) && !reply.is_ours;
    if reply.text.trim().is_empty() || is_private_life {
        return Vec::new();
    }
    CHECKS.iter().filter(|check| off.iter().all(|id| id != check.id())).filter_map(|check| check.look(reply)).collect()
}

#[cfg(test)]
mod tests;
