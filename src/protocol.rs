//! Every message that crosses a context, and nothing else. The page agent's TypeScript declarations are generated from
//! here (`extension/agent/protocol.d.ts`); a stale file fails the build.
//!
//! Contexts talk to the background over one port each, opened on need: `agent` (a page's content script), `overlay` (our
//! frame in a page), `page` (popup, panel, log, options, practice). A request carries a number and is answered once; a
//! push carries none. The role decides what may be asked: an agent cannot read the log, settings or secrets.
//! Text for the agent is already in the person's language; pages get [`Msg`](crate::message::Msg) and speak for themselves.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::json::tagged::{self, tagged};
use crate::log::{EventId, MentionKey};
use crate::site::definition::Definition;
use crate::site::post::RawPost;
use crate::text::{Utf16Offset, Utf16Span};

mod overlay;
mod page;
mod point;

pub use overlay::*;
pub use page::*;
pub use point::*;

/// Version of this protocol. A mismatch makes the agent stand down.
pub const PROTOCOL: u16 = 1;

/// A request on a port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Request<T> {
    /// [`PROTOCOL`] of the sender.
    pub protocol: u16,
    /// Build id of the sender.
    pub build: String,
    /// Number on this port, answered once.
    pub id: u32,
    /// Key of the change, made by the asker, so that a retry after a lost answer changes nothing twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<String>,
    /// What is asked.
    pub body: T,
}

/// What comes back on a port: an answer, a failure, or a push.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Reply<A, P> {
    Answer { id: u32, body: A },
    Failed { id: u32, error: Failure },
    Push { body: P },
}

impl<'de, A: DeserializeOwned, P: DeserializeOwned> Deserialize<'de> for Reply<A, P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Shape<A, P> {
            Answer { id: u32, body: A },
            Failed { id: u32, error: Failure },
            Push { body: P },
        }
        tagged::read(deserializer, "kind", |from| {
            Ok(match Shape::deserialize(from)? {
                Shape::Answer { id, body } => Self::Answer { id, body },
                Shape::Failed { id, error } => Self::Failed { id, error },
                Shape::Push { body } => Self::Push { body },
            })
        })
    }
}

/// Why a request failed, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Failure {
    /// Stable code: `build_mismatch`, `unknown_request`, `not_allowed`, `storage`, `not_found`, `invalid`, `restarted`.
    pub code: String,
    /// What happened and what to do, in the person's language.
    pub text: String,
}

// ---------------------------------------------------------------------------------------------------------- page agent

tagged! { "type", "AgentRequest",
/// What a page agent may ask.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub enum AgentRequest {
    /// First message of a document.
    Hello { url: String, document: String, top: bool, language: Option<String> },
    /// The agent runs `definition`; sent after `Hello` and on every same-document navigation.
    Running { definition: String, url: String, page: BTreeMap<String, String> },
    /// Posts near the viewport, read once each.
    Posts { url: String, posts: Vec<RawPost> },
    /// Save a post. `via`: `row`, `key`, `menu`, `card`.
    Save { url: String, post: RawPost, via: String, selection: Option<String> },
    /// The person says that a post was answered somewhere else.
    Elsewhere { url: String, post: RawPost },
    /// Take a save back.
    Undo { event: EventId },
    /// A composer has focus. `turn`: the person wants to write in the next language or form of address.
    Compose { url: String, composer: RawComposer, turn: bool },
    /// Check a composer's text. `rev` rises with every edit; answers to old ones are dropped.
    Check { composer: u32, rev: u32, text: String },
    /// Open something in the overlay.
    Open { composer: Option<u32>, what: OverlayAsk },
    /// One of the keys that what is shown takes from the composer, by its name in the DOM; `Alt+Enter` with the modifier.
    /// Where it takes `*`, any character.
    Key { key: String },
    /// The picker's words changed in the composer, behind their `/`.
    Query { text: String },
    /// The overlay was hidden by the agent (click outside, navigation, blur).
    Hidden {},
    /// An insertion ended. `outcome`: `ok`, `absent`, `doubled`, `changed`, `refused`.
    Inserted { composer: u32, template: Option<String>, outcome: String },
    /// The person sent a reply; `confirmed` when the composer cleared or the post appeared.
    Sent { composer: u32, text: String, confirmed: bool, passed: Option<Passed> },
    /// Counts for the health display and faults; no page text.
    Health { report: Health },
}
}

/// How something passed the send gate that was not simply looked at and found clean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Passed {
    /// The gate could not look at it in time, and let it go.
    pub unchecked: bool,
    /// Ids of the checks that held it and were overridden.
    pub overridden: Vec<String>,
}

/// A composer as the agent read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct RawComposer {
    /// The agent's number for the editable, unique in the document.
    pub local: u32,
    /// Index into the definition's `composers`.
    pub rule: u16,
    /// Raw strings by field name.
    pub fields: BTreeMap<String, String>,
    /// The post it answers, when the agent found its container.
    pub target: Option<RawPost>,
    /// Its text now.
    pub text: String,
    /// The template that was put in since the last send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

tagged! { "type", "OverlayAsk",
/// What the overlay is asked to show.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub enum OverlayAsk {
    /// The template picker. `words`: those behind a `/` in the composer, which the insertion replaces with it.
    Picker { words: Option<TypedWords> },
    /// Put in the template of the trigger behind a `;`; where that fails, the picker says why.
    Expand { words: TypedWords },
    /// A finding's card.
    Finding { id: u32 },
    /// The card of the worst finding.
    Worst {},
    /// The card of the finding after this place, or before it; round and round.
    Step { from: Utf16Offset, back: bool },
    /// The send gate's card: this text was about to be sent.
    Gate { text: String },
    /// A post's card.
    Post { post: RawPost, url: String },
    /// The form to edit a saved mention (status, assignee, department, note). Takes focus.
    Details { key: MentionKey },
}
}

/// Words in a composer, and where they stand with the sign before them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct TypedWords {
    pub text: String,
    pub span: Utf16Span,
}

/// Health of the agent on one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Health {
    /// Post containers seen.
    pub seen: u32,
    /// Of those, how often each field was empty.
    pub empty: BTreeMap<String, u32>,
    /// Composers found.
    pub composers: u32,
    /// Faults by `feature:code:place`, with their count.
    pub faults: BTreeMap<String, u32>,
    /// Features that switched themselves off on this page.
    pub off: Vec<String>,
}

impl Health {
    /// Adds another page's.
    pub fn add(&mut self, other: &Self) {
        self.seen += other.seen;
        self.composers += other.composers;
        for (sum, counts) in [(&mut self.empty, &other.empty), (&mut self.faults, &other.faults)] {
            for (name, count) in counts {
                *sum.entry(name.clone()).or_default() += count;
            }
        }
        self.off.extend(other.off.iter().filter(|name| !self.off.contains(name)).cloned().collect::<Vec<_>>());
    }
}

tagged! { "type", "AgentAnswer",
/// Answers to a page agent.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub enum AgentAnswer {
    /// `definitions` that may fit the host; the agent runs the first whose `detect` matches. Empty = stay dormant.
    Welcome {
        definitions: Vec<Definition>,
        words: BTreeMap<String, String>,
        session: String,
        features: Features,
        keys: BTreeMap<String, String>,
    },
    Views {
        posts: Vec<PostView>,
    },
    /// Saved for good. `event` undoes it.
    Saved {
        post: PostView,
        event: EventId,
    },
    Strip {
        strip: StripView,
        overlay: Option<String>,
    },
    Checked {
        composer: u32,
        rev: u32,
        /// In the order of the text.
        findings: Vec<FindingView>,
        /// What the strip says of them; empty = nothing.
        to_check: String,
        /// What the strip says of the length; empty = nothing.
        left: String,
        /// It is too long.
        over: bool,
        /// Why the send gate holds this text, for when its card cannot be shown; empty = it may go.
        held: String,
        /// Triggers that begin as a word behind a `;` in the text does: Tab after a whole one puts its template in.
        triggers: Vec<String>,
        /// Case line ("Ana · open", "With Ben to look at"), empty without a case.
        case: String,
    },
    /// What the agent does now. `overlay`: the frame's one-use ticket, when it has to be made (anew) for this.
    Overlay {
        step: OverlayStep,
        overlay: Option<String>,
    },
    Done {},
}
}

tagged! { "type", "OverlayStep",
/// What the agent does after an overlay key or choice.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub enum OverlayStep {
    /// Show the frame: at the composer's caret (`caret`), at the post's row (`row`), at a finding (`finding`) or at the
    /// network's send control (`send`).
    Show {
        at: String,
        local: u32,
        takes_focus: bool,
        /// Width and height in CSS pixels, until the frame has measured its content.
        size: [u32; 2],
        /// Keys that it takes from the composer: names of the DOM, `Alt+` in front with that modifier; `*` = every character.
        keys: Vec<String>,
    },
    Hide {},
    /// Ask for what is shown again: a new background knows nothing of it.
    Again {},
    /// Put text into the composer. `replace`: what it takes the place of (typed `/` words, a finding). `cursor`: where
    /// the caret goes, counted from the start of `text`.
    Insert {
        composer: u32,
        text: String,
        cursor: Option<Utf16Offset>,
        replace: Option<Utf16Span>,
        template: Option<String>,
    },
    /// Put the caret around these words.
    Select {
        composer: u32,
        span: Utf16Span,
    },
    /// Let this text go, once, if it is still what the composer holds.
    Release {
        composer: u32,
        text: String,
        overridden: Vec<String>,
    },
    /// Put text on the clipboard.
    Copy {
        text: String,
    },
    Stay {},
}
}

/// What runs on this page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct Features {
    pub marks: bool,
    pub voice: bool,
    pub picker: bool,
    pub gate: bool,
    /// Boxes for private messages are served too: off until this person asks for it, network by network.
    pub private: bool,
    /// `off`, `quiet`, `full`.
    pub density: String,
    /// What is looked for on the page, with spaces between; empty = everything.
    pub only: String,
}

/// A post's row, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct PostView {
    /// The agent's number for the container.
    pub local: u32,
    /// Identity; `None` when the post has neither id nor permalink and cannot be saved.
    pub key: Option<MentionKey>,
    /// In the log.
    pub saved: bool,
    /// At most two marks, in order.
    pub marks: Vec<MarkView>,
    /// Something else is looked for: it steps back.
    pub dim: bool,
    /// Going on from post to post stops here.
    pub stop: bool,
    /// The row's name for a screen reader, a full sentence.
    pub label: String,
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct MarkView {
    /// `mention`, `state`, `person`, `severity`: decides icon and colour.
    pub kind: String,
    /// The word or words.
    pub text: String,
}

/// The strip at a composer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct StripView {
    /// `brand`, `personal`, `unknown`.
    pub account_kind: String,
    /// "@acme · brand".
    pub account: String,
    /// "ES · usted ▾": language and form of address of the reply.
    pub language: String,
    /// Why those.
    pub language_why: String,
}

/// A finding to underline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct FindingView {
    /// Number within this revision's findings.
    pub id: u32,
    /// Rule id.
    pub rule: String,
    /// Where.
    pub span: Utf16Span,
    /// `suggestion`, `warning`, `error`.
    pub severity: String,
    /// One sentence.
    pub text: String,
    /// The words it is about.
    pub matched: String,
    /// Replacements, best first; an empty string removes the words.
    pub fixes: Vec<String>,
}

tagged! { "type", "AgentPush",
/// What the background tells a page agent unasked.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub enum AgentPush {
    /// A keyboard command: `picker`, `save`, `next`.
    Command { name: String },
    /// The context menu's "save" on a selection.
    SaveSelection { text: String },
    /// Views that changed (saved elsewhere, undone).
    Views { posts: Vec<PostView> },
    /// Settings that touch the page changed.
    Features { features: Features },
    /// Rules changed: check the focused composer again.
    Recheck {},
    /// Something was chosen in the frame with the mouse.
    Overlay { step: OverlayStep },
    /// The frame's content has this size, in CSS pixels.
    OverlaySize { width: u32, height: u32 },
    /// A new build or a removed permission: stand down.
    StandDown { reason: String },
}
}
