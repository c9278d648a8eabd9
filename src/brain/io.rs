//! What goes into a decision and what comes out of one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::notice::Notice;
use super::ports::{Port, Sender};
use crate::json::tagged::tagged;
use crate::log::body::{Noted, StatusSet};
use crate::log::fold::{Changes, Needs};
use crate::log::{Actor, Body, CaseId, Draft, Event, EventId, Fold, Hlc, MentionKey, Outcomes, Settings, Status};
use crate::workspace::device::Device;

/// What the brain cannot know by itself: the time and something nobody can guess.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moment {
    /// UTC milliseconds.
    pub now: i64,
    /// Minutes that local time is ahead of UTC.
    pub offset: i32,
    /// Fresh for every decision.
    pub random: [u8; 16],
}

/// Something that reached the background.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A port was opened.
    Connected {
        /// Its number.
        port: Port,
        /// Who opened it.
        from: Sender,
    },
    /// A message on a port, as JSON.
    Message {
        /// The port's number.
        port: Port,
        /// The message.
        text: String,
    },
    /// A port was closed.
    Gone {
        /// The port's number.
        port: Port,
    },
    /// The browser says something.
    Happened(Happening),
    /// A page showed something that changes the log.
    Noticed(Vec<Notice>),
    /// The card of an unknown word is open in the document of this port.
    Suggest(Port),
    /// Nothing has been asked for a while.
    Idle,
    /// What a team's server sent: events in `received`; the rest is what becomes of the outbox, the store's affair.
    Travelled(Value),
}

impl Input {
    /// The port it came by; what comes by one port is handled in order.
    pub fn port(&self) -> Option<Port> {
        match self {
            Self::Connected { port, .. } | Self::Message { port, .. } | Self::Gone { port } => Some(*port),
            _ => None,
        }
    }
}

tagged! { "type", "Happening",
/// What the shim reports from the browser.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Happening {
    /// `install`, `update`, …
    Installed {
        reason: String,
    },
    Startup {},
    /// A keyboard command.
    Command {
        name: String,
        tab: Option<i32>,
    },
    /// The context menu on a selection.
    Menu {
        tab: Option<i32>,
        frame: i64,
        text: String,
    },
    Alarm {
        name: String,
    },
    /// How the sharing of the log goes.
    Synced {
        running: bool,
        at: i64,
        #[serde(default)]
        fault: Option<Value>,
    },
    /// Who of the team is at work on a reply: `[user, mention, until]` of each.
    Present {
        people: Value,
    },
    TabClosed {
        tab: i32,
    },
    /// Host permissions changed.
    Permissions {
        #[serde(default)]
        removed: Vec<String>,
    },
    /// The speller has come, or has read another dictionary.
    Spelling {},
    /// The core was started again after a fault.
    Crashed {
        count: u32,
    },
}
}

/// What a decision needs to know from storage and browser.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reads {
    /// Mentions, with their cases.
    pub mentions: Vec<MentionKey>,
    /// Cases that a new event will be about.
    pub cases: Vec<CaseId>,
    /// Single events, with the mentions they are about.
    pub events: Vec<EventId>,
    /// Key of a change: has it been made before?
    pub once: Option<String>,
    /// Cases whose mentions are asked for, to look at.
    pub of_cases: Vec<CaseId>,
    /// Every reply after this event.
    pub since: Option<EventId>,
    /// Events from a file: what of them is known, and all that they touch.
    pub incoming: Vec<Event>,
    /// The decision may change the log, so nothing may change under it.
    pub writes: bool,
    /// The decision may change the device's settings.
    pub device: bool,
    /// Address of a tab.
    pub tab: Option<i32>,
    /// Key bindings and granted hosts, fresh from the browser.
    pub browser: bool,
    /// Number of events in the log.
    pub count: bool,
    /// The workspace's templates, for settings that are not whole.
    pub templates: bool,
}

impl Reads {
    /// Nothing to wait for: the decision can be made at once.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The log's database is needed.
    pub fn log(&self) -> bool {
        self.writes
            || self.count
            || self.templates
            || self.once.is_some()
            || self.since.is_some()
            || !(self.mentions.is_empty()
                && self.events.is_empty()
                && self.incoming.is_empty()
                && self.of_cases.is_empty())
    }

    /// Records still to be looked up, given those that `facts` holds; ask again after each round until it is empty.
    pub fn needs(&self, facts: &Facts) -> Needs {
        let probe =
            |key: &MentionKey, body: Body| Event::new(Draft::about(key, body), &Actor::default(), Hlc::default(), None);
        let status = |case: &CaseId| StatusSet { case: Some(case.clone()), status: Status::New }.into();
        let mut probes = Vec::new();
        for key in self.mentions.iter().chain(facts.events.values().filter_map(|event| event.m.as_ref())) {
            probes.push(probe(key, Noted { text: String::new() }.into()));
            if self.writes {
                probes.extend(self.cases.iter().map(|case| probe(key, status(case))));
                probes.extend(facts.fold.mention(key).map(|mention| probe(key, status(&mention.case))));
            }
        }
        probes.extend(self.of_cases.iter().map(|case| probe(&MentionKey(case.0.clone()), status(case))));
        facts.fold.needs(probes.iter().chain(&self.incoming))
    }
}

/// What was read.
#[derive(Debug, Default)]
pub struct Facts {
    /// The mentions and cases asked for, ready to fold into.
    pub fold: Fold,
    /// The events asked for, by id.
    pub events: BTreeMap<EventId, Event>,
    /// The event of a change that was made before.
    pub once: Option<Event>,
    /// The replies after the event asked for.
    pub since: Option<Vec<Event>>,
    /// Those of the incoming events that the log holds.
    pub known: BTreeSet<EventId>,
    /// Address of the tab asked for.
    pub address: Option<String>,
    /// Key bindings by command.
    pub keys: Option<BTreeMap<String, String>>,
    /// Granted host patterns.
    pub origins: Option<Vec<String>>,
    /// Number of events.
    pub count: u32,
    /// The stored templates, as [`Settings::complete`] takes them.
    pub templates: String,
}

/// A change to the log: all of it lasts, or none.
#[derive(Debug, Default)]
pub struct Batch {
    /// New events; each goes to the log and to the outbox.
    pub events: Vec<Event>,
    /// The records they changed.
    pub changes: Changes,
    /// The workspace's settings, when they changed.
    pub settings: Option<Settings>,
    /// What came of the log's templates, when that changed.
    pub outcomes: Option<Outcomes>,
    /// The newest time stamped.
    pub last: Hlc,
    /// The events come from the team's server: what becomes of the outbox. Else each goes there.
    pub travel: Option<Value>,
    /// What is remembered of the team's server is forgotten.
    pub forget_server: bool,
}

/// What to do about an input.
#[derive(Debug, Default)]
pub struct Outcome {
    /// First the log …
    pub batch: Option<Batch>,
    /// … then the device's settings (another database: not one transaction with the log) …
    pub device: Option<Device>,
    /// … then, if that lasted, this …
    pub then: Vec<Effect>,
    /// … and if it did not, that.
    pub failed: Vec<Effect>,
    /// The port that hears of the change in its answer and needs no push.
    pub quiet: Option<Port>,
}

impl Outcome {
    /// Nothing to store.
    pub fn now(then: Vec<Effect>) -> Self {
        Self { then, ..Self::default() }
    }
}

/// Something to do outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A message on a port, as JSON.
    Post {
        /// The port.
        port: Port,
        /// The message.
        text: String,
    },
    /// Close a port.
    Close(Port),
    /// Say something to a tab whose agent has no open port.
    Knock {
        /// The tab.
        tab: i32,
        /// The message, as JSON.
        text: String,
    },
    /// Open a page of ours.
    Open(String),
    /// Write on the toolbar button of a tab.
    Badge {
        /// The tab.
        tab: i32,
        /// The text; empty = none.
        text: String,
    },
    /// Title of the context menu's entry.
    Menu(String),
    /// Start the agent anew in the tabs of these hosts (`*` = everywhere it may run): other definitions are in force there.
    Serve(Vec<String>),
    /// Prepare the voice checker when idle.
    Warm,
    /// Look for suggestions, now that the card they are for has been shown.
    Suggest(Port),
    /// Take this in as an input, once there is time.
    Notice(Vec<Notice>),
    /// Take this in again, before anything else: what it needs is there now.
    Again(Input),
    /// Open another workspace's log, tell the brain, then go on with these.
    Switch(String, Vec<Effect>),
    /// Remove a workspace's log.
    Drop(String),
    /// Empty a workspace's log but for what its team's server does not have.
    Wipe(String),
    /// Share the log with its team, where it has one; `true`: at once, whatever failed before.
    Share(bool),
    /// Tell the team which mention this person answers now; `None` = no longer any.
    Present(Option<MentionKey>),
}
