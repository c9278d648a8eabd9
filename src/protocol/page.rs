//! What our own pages ask of the background and hear from it: popup, panel, log, options, practice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Failure, FindingView, Health};
use crate::json::tagged::tagged;
use crate::log::body::{Decision, Moderated};
use crate::log::{CaseId, EventId, Look, MentionKey, Priority, Status};
use crate::message::{Lang, Msg};
use crate::site::definition::Evidence;
use crate::template::Template;
use crate::triage::promise::Promise;
use crate::voice::preview::Reply;

tagged! { "type", "Change",
/// A change to a mention's case.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Change {
    Status { status: Status },
    Assignee { user: Option<String> },
    Department { department: Option<String> },
    Note { text: String },
    Flag { on: bool },
    Tag { tag: String, on: bool },
    /// UTC milliseconds; `None` = no longer due.
    Due { at: Option<i64> },
    Priority { priority: Option<Priority> },
    /// UTC milliseconds; `None` = awake.
    Snooze { until: Option<i64> },
    /// What was done about the post on its network.
    Moderation { done: Moderated },
    /// The network does not show the post any more, or does again.
    Gone { on: bool },
    /// Answered somewhere else.
    Elsewhere {},
    /// Into another case; `None` = into one of its own.
    Case { case: Option<CaseId> },
    /// A decision about a draft; `text`: the changed text or the comment.
    Look { draft: EventId, decision: Decision, #[serde(default)] text: String },
}
}

/// A mention as pages list it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MentionRow {
    pub key: MentionKey,
    #[serde(default)]
    pub case: CaseId,
    pub network: String,
    pub permalink: String,
    pub handle: Option<String>,
    pub name: Option<String>,
    pub text: String,
    /// UTC milliseconds.
    pub published: Option<i64>,
    pub saved_at: i64,
    pub saved_by: String,
    pub status: Status,
    pub assignee: Option<String>,
    pub department: Option<String>,
    pub notes: Vec<Note>,
    pub replied: bool,
    pub flag: bool,
    #[serde(default)]
    pub tags: Vec<String>,
    /// When the case is due, UTC milliseconds.
    #[serde(default)]
    pub due: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Until when the case rests, UTC milliseconds; it may be over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<i64>,
    /// What the last reply promised, while the case is not due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// What was done about the post on its network.
    #[serde(default, skip_serializing_if = "Moderated::is_nothing")]
    pub moderated: Moderated,
    /// The network does not show it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// Values on which the team does not agree yet, the standing one of each field first.
    #[serde(default)]
    pub disputed: Vec<crate::log::case::Disputed>,
    /// Replies that somebody was asked to look at, oldest first.
    #[serde(default)]
    pub looks: Vec<Look>,
}

/// A note on a mention.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Note {
    pub by: String,
    pub at: i64,
    pub text: String,
}

tagged! { "type", "PageRequest",
/// What our own pages may ask.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum PageRequest {
    /// First message; answered by `State`.
    Open {
        page: String,
    },
    /// What the popup shows of the active tab.
    Site {
        tab: i32,
    },
    Pause {
        host: String,
        feature: String,
        on: bool,
    },
    Change {
        key: MentionKey,
        change: Change,
    },
    Undo {
        event: EventId,
    },
    /// Settings of the workspace, as events. `item`: `workspace`, `template`, `pack`, `definition`, `word`.
    Put {
        item: String,
        id: String,
        value: serde_json::Value,
    },
    Remove {
        item: String,
        id: String,
    },
    /// The templates from this place on, as many as one answer holds.
    Templates {
        from: u32,
    },
    /// Many templates at once, all or none: a value each, `null` removes one.
    PutTemplates {
        items: Vec<(String, serde_json::Value)>,
    },
    /// Every rule of every voice pack.
    Rules {},
    /// How often voice rules speak over replies that were sent: those of a pack that is being written, else all.
    Firing {
        /// Compiled.
        pack: Option<String>,
        replies: Vec<Reply>,
    },
    CheckText {
        text: String,
        language: Option<String>,
    },
    /// Switch the workspace in use; `sample` is the sample brand.
    Workspace {
        id: String,
    },
    RemoveSample {},
    /// Shares the workspace in use with a team, or no longer.
    Team {
        team: Option<crate::workspace::team::Team>,
    },
    /// Share the log now.
    Sync {},
    Import {
        jsonl: String,
    },
    /// Forgets everything about these mentions, all or none. Nothing brings them back.
    Erase {
        keys: Vec<MentionKey>,
    },
    Diagnostics {},
    /// How the pages that are open are read, by host.
    Health {},
    /// What a definition makes of a page that was read with it; nothing is stored.
    Try {
        definition: serde_json::Value,
        url: String,
        /// Posts as the agent sends them.
        posts: serde_json::Value,
    },
    /// What helps whoever mends the definition of a host: selectors and counts.
    Report {
        host: String,
    },
    /// Device settings: `language`, `theme`, `density:<network>`, `private:<network>`, `presenting_until`, `welcomed`,
    /// `only:<what>:<host>`, `word:add`, `word:remove`.
    Device {
        name: String,
        value: String,
    },
}
}

tagged! { "type", "PageMessage",
/// Answers and pushes to our own pages.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum PageMessage {
    State {
        state: Box<PageState>,
    },
    Site {
        site: Box<SiteStatus>,
    },
    Changed {
        event: EventId,
    },
    /// Templates in the order of the library, the brand's own first; `total`: as many as there are.
    Templates {
        templates: Vec<Template>,
        total: u32,
    },
    Findings {
        findings: Vec<FindingView>,
    },
    Rules {
        rules: Vec<RuleRow>,
    },
    Firing {
        rules: Vec<FiringRow>,
    },
    Imported {
        added: u32,
        known: u32,
        problems: Vec<String>,
    },
    Diagnostics {
        text: String,
    },
    /// One for each host with an open page.
    Health {
        hosts: Vec<SiteStatus>,
    },
    /// `faults`: fields of the definition (as codes) and what is wrong with them. `posts`: in the order asked; one without a
    /// link could not be told from others.
    Tried {
        faults: Vec<Failure>,
        posts: Vec<MentionRow>,
    },
    /// A keyboard command arrived while one of our pages was in front.
    Pressed {
        command: String,
    },
    /// The log changed: read it again.
    LogChanged {},
    /// The settings changed: ask again.
    StateChanged {},
    Done {},
}
}

/// What pages need to know at start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// Language of the interface.
    pub lang: Lang,
    /// `auto`, `light`, `dark`.
    pub theme: String,
    /// Workspace in use, as stored.
    pub workspace: crate::workspace::Workspace,
    /// Id of the workspace in use; its log is the IndexedDB database `rejoinder-<id>`.
    pub workspace_id: String,
    /// Ids and names of all workspaces.
    pub workspaces: Vec<(String, String)>,
    /// Packs: id, name, language, rules, on.
    pub packs: Vec<PackRow>,
    /// Definitions in force.
    pub sites: Vec<SiteRow>,
    /// The workspace's own definitions, as stored.
    pub definitions: Vec<serde_json::Value>,
    /// Key bindings by command, as the browser reports them; an empty string = not bound.
    pub keys: BTreeMap<String, String>,
    /// Ids of the send gate's checks, what does the most harm first.
    #[serde(default)]
    pub checks: Vec<String>,
    /// First run was finished.
    pub welcomed: bool,
    /// Networks whose private messages this person lets Rejoinder into.
    #[serde(default)]
    pub private: Vec<String>,
    /// This person's dictionary.
    #[serde(default)]
    pub words: Vec<String>,
    /// The brand's.
    #[serde(default)]
    pub brand_words: Vec<String>,
    /// Ids of the voice rules that this person does not want to hear.
    #[serde(default)]
    pub silenced: Vec<String>,
    /// Why people do not want to hear a rule.
    #[serde(default)]
    pub silences: Vec<Silence>,
    /// This person's name in the log.
    pub me: String,
    /// This person's id in the log.
    #[serde(default)]
    pub user: String,
    /// Where the workspace in use is shared.
    #[serde(default)]
    pub team: Option<crate::workspace::team::Team>,
    /// How that goes.
    #[serde(default)]
    pub sync: SyncState,
    /// Mentions that a colleague answers right now, with the colleague's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replying: Vec<(MentionKey, String)>,
}

/// How the sharing of a log goes, as far as this background has seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncState {
    /// It is at work.
    pub running: bool,
    /// When the server answered last, UTC milliseconds.
    #[serde(default)]
    pub contact: Option<i64>,
    /// Why the last try ended early, and what to do.
    #[serde(default)]
    pub fault: Option<Failure>,
}

/// A voice pack in the options.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PackRow {
    pub id: String,
    pub name: String,
    pub language: String,
    pub rules: u32,
    pub on: bool,
}

/// A voice rule in the list of all rules.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RuleRow {
    pub id: String,
    /// Id of its pack.
    pub pack: String,
    pub name: String,
    pub why: String,
    pub severity: String,
    pub on: bool,
    /// On unless somebody switches it off.
    pub by_itself: bool,
}

/// How often a voice rule speaks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FiringRow {
    pub rule: String,
    /// Replies with a finding of it.
    pub count: u32,
    /// Replies in a language that it judges.
    pub of: u32,
    /// What was found, in brackets, with the words around it.
    pub excerpts: Vec<String>,
}

/// A site definition in the options.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SiteRow {
    pub id: String,
    /// Several definitions may read one network.
    pub network: String,
    pub name: String,
    pub evidence: Evidence,
    pub hosts: Vec<String>,
    /// It knows boxes for private messages.
    #[serde(default)]
    pub private: bool,
    /// Somebody of this workspace made or changed it.
    #[serde(default)]
    pub own: bool,
    /// The shortest that its boxes for replies and posts take, and in what they count.
    #[serde(default)]
    pub limit: Option<u32>,
    /// The units of the limit, as the definition names them.
    #[serde(default)]
    pub count: Option<String>,
}

/// What the popup shows of a tab.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SiteStatus {
    pub host: String,
    /// Definition at work; `None` = not supported or no permission.
    pub site: Option<SiteRow>,
    /// The extension may run on this host.
    pub permitted: bool,
    pub account: Option<String>,
    pub account_kind: String,
    pub health: Health,
    /// Paused features on this host.
    pub paused: Vec<String>,
    /// What is looked for on this host; empty = everything.
    pub only: Vec<String>,
    /// This person lets Rejoinder into the network's private messages.
    #[serde(default)]
    pub private: bool,
    /// Why Rejoinder leaves this page of a network that it knows alone.
    #[serde(default)]
    pub unsupported: Option<Msg>,
}

/// Why somebody does not want to hear a voice rule any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Id of the rule.
    pub rule: String,
    /// Name of the person.
    pub who: String,
    /// As they wrote it.
    pub reason: String,
}
