//! The background's state machine: a request and what it needs to know in, a response and effects out.
//!
//! Two steps. [`Brain::plan`] takes an input and says what must be read for it; [`Brain::decide`] gets what was read and
//! says what to store, then what to answer. The runtime stores first and answers only when it lasted; if it did not, the
//! asker hears so and the brain still thinks what it thought before ([`Brain::adopt`] is never called). Everything else
//! here is a session that can be lost at any instant: an agent that the brain does not know is told `restarted`, says
//! hello again and repeats its request, whose key makes a change happen once.
//!
//! | module | answers |
//! |---|---|
//! | [`ports`] | who may ask |
//! | `agent` | hello, posts, composers, checks |
//! | `save` | changes to the log, by whoever asks |
//! | `gate` | what holds a reply at Send, and how it is mended or sent anyway |
//! | `look` | a colleague's look at a reply: asked for, decided, used |
//! | `notice` | answers and further posts that pages show unasked |
//! | `overlay`, [`picker`], `expand` | the frame: picker, findings, cards, forms |
//! | [`spelling`] | unknown words, suggestions, dictionaries |
//! | [`team`] | a log that is shared: what comes from the server, who somebody is there |
//! | `pages` | popup, panel, log, options |

mod agent;
mod ask;
mod authors;
mod card;
mod compose;
mod doc;
mod erase;
mod expand;
mod gate;
mod io;
mod language;
mod library;
mod look;
mod marks;
mod matching;
mod mending;
mod notice;
mod overlay;
mod pages;
pub mod picker;
pub mod ports;
mod presence;
mod reason;
mod said;
mod save;
mod settings;
pub mod spelling;
pub mod team;
mod unconfirmed;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json;
use crate::log::{Actor, Clock, Hlc, Outcomes, Settings};
use crate::message::{Catalogue, Lang};

use crate::protocol::{
    AgentPush, AgentRequest, OverlayRequest, PROTOCOL, PageMessage, PageRequest, Reply, Request, SyncState,
};
pub use crate::workspace::device::{Device, FIRST, SAMPLE};
pub use ask::Ask;
use authors::Authors;
use doc::Doc;
pub use io::{Batch, Effect, Facts, Happening, Input, Moment, Outcome, Reads};
use library::Library;
pub use notice::Notice;
use notice::Outside;
use overlay::Rejoining;
use ports::{Port, Role, Sender, Tickets};
use presence::Presence;
use said::Said;
use spelling::Speller;
use unconfirmed::Unconfirmed;

/// A workspace as it was read from storage.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Its id.
    pub id: String,
    /// Its settings, folded.
    pub settings: Settings,
    /// What came of its templates.
    pub outcomes: Outcomes,
    /// The newest time stamped in it.
    pub last: Hlc,
}

/// What the brain must know before it can say hello.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Build id of the background.
    pub build: String,
    /// The browser's language.
    pub language: String,
    /// Settings of this device.
    pub device: Device,
    /// The workspace in use.
    pub workspace: Loaded,
}

type Decide = dyn FnOnce(&mut Brain, Facts, &Moment) -> Outcome;

/// An input on its way: what must be read for it, and how it goes on.
pub struct Plan {
    /// Port it came by.
    pub port: Option<Port>,
    /// What to read.
    pub reads: Reads,
    /// What to do when not even reading works.
    pub refused: Vec<Effect>,
    decide: Box<Decide>,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("port", &self.port).field("reads", &self.reads).finish_non_exhaustive()
    }
}

impl Plan {
    /// One more effect of whatever is decided.
    fn and(self, more: Option<Effect>) -> Self {
        let Some(more) = more else { return self };
        let decide = self.decide;
        let decide = Box::new(move |brain: &mut Brain, facts: Facts, moment: &Moment| {
            let mut outcome = decide(brain, facts, moment);
            outcome.then.push(more);
            outcome
        });
        Self { decide, ..self }
    }

    /// Nothing to read: these are the effects.
    fn done(effects: Vec<Effect>) -> Self {
        Self {
            port: None,
            reads: Reads::default(),
            refused: Vec::new(),
            decide: Box::new(|_, _, _| Outcome::now(effects)),
        }
    }

    /// Goes on when `reads` were read; `ask` is told when they cannot be.
    fn read(ask: &Ask, reads: Reads, decide: impl FnOnce(&mut Brain, Facts, &Moment) -> Outcome + 'static) -> Self {
        Self { port: Some(ask.port), reads, refused: vec![ask.fail("storage")], decide: Box::new(decide) }
    }
}

/// The state machine.
#[derive(Debug)]
pub struct Brain {
    build: String,
    browser_language: Lang,
    device: Device,
    workspace_id: String,
    settings: Settings,
    outcomes: Outcomes,
    library: Library,
    clock: Clock,
    keys: BTreeMap<String, String>,
    origins: Vec<String>,
    ports: BTreeMap<Port, (Sender, Role)>,
    docs: BTreeMap<Port, Doc>,
    /// Paired frames: their port and their agent's.
    frames: BTreeMap<Port, Port>,
    /// Frames that an earlier background paired, waiting for their agent.
    rejoining: Vec<Rejoining>,
    tickets: Tickets,
    authors: Authors,
    unconfirmed: Unconfirmed,
    said: Said,
    /// Conversations in which the person was asked to cool down: network and thread. A new background may ask once more.
    cooled: BTreeSet<(String, String)>,
    outside: Outside,
    speller: Option<Box<dyn Speller>>,
    sync: SyncState,
    /// Who of the team answers what.
    presence: Presence,
    crashes: u32,
}

impl Brain {
    /// Wakes with what storage holds.
    pub fn new(start: Start) -> Self {
        let Start { build, language, device, workspace } = start;
        let browser_language = Lang::from_tag(&language);
        let lang = device.language.unwrap_or(browser_language);
        Self {
            build,
            browser_language,
            device,
            library: Library::new(&workspace.id, &workspace.settings, lang),
            workspace_id: workspace.id,
            settings: workspace.settings,
            outcomes: workspace.outcomes,
            clock: Clock::after(workspace.last),
            keys: BTreeMap::new(),
            origins: Vec::new(),
            ports: BTreeMap::new(),
            docs: BTreeMap::new(),
            frames: BTreeMap::new(),
            rejoining: Vec::new(),
            tickets: Tickets::default(),
            authors: Authors::default(),
            unconfirmed: Unconfirmed::default(),
            said: Said::default(),
            cooled: BTreeSet::new(),
            outside: Outside::default(),
            speller: None,
            sync: SyncState::default(),
            presence: Presence::default(),
            crashes: 0,
        }
    }

    /// Takes another workspace into use; whoever shows the old one hears of it.
    pub fn load(&mut self, workspace: Loaded, moment: &Moment) -> Vec<Effect> {
        let served = self.take_library(Library::new(&workspace.id, &workspace.settings, self.lang()));
        self.workspace_id = workspace.id;
        self.settings = workspace.settings;
        self.said = Said::default();
        self.sync = SyncState::default();
        self.presence = Presence::default();
        self.outcomes = workspace.outcomes;
        self.clock = Clock::after(workspace.last);
        let told = [self.tell_settings(moment), self.tell_pages(&PageMessage::LogChanged {})].concat();
        told.into_iter().chain(served).collect()
    }

    /// Other settings; where they bring other definitions, the agents begin anew.
    fn take_library(&mut self, library: Library) -> Option<Effect> {
        let hosts = library.changed_hosts(&self.library);
        self.library = library.after(std::mem::take(&mut self.library));
        (!hosts.is_empty()).then_some(Effect::Serve(hosts))
    }

    /// Id of the workspace in use.
    pub fn workspace_id(&self) -> &str {
        &self.workspace_id
    }

    /// Key bindings, as the browser reports them.
    pub fn learn_keys(&mut self, keys: BTreeMap<String, String>) {
        self.keys = keys;
    }

    /// Prepares what is asked for next, while nobody waits.
    fn warm(&self) -> Plan {
        Plan {
            port: None,
            reads: Reads { templates: !self.settings.is_whole(), ..Reads::default() },
            refused: Vec::new(),
            decide: Box::new(|brain, facts, _| {
                brain.complete(&facts);
                brain.library.checker();
                brain.library.index();
                Outcome::default()
            }),
        }
    }

    /// Takes in the templates that were read.
    fn complete(&mut self, facts: &Facts) {
        if !self.settings.is_whole() {
            self.settings.complete(&facts.templates);
            self.library.complete(&self.settings);
        }
    }

    /// A message that needs the templates waits for them.
    fn wait(ask: &Ask, text: &str) -> Plan {
        let again = Input::Message { port: ask.port, text: text.to_owned() };
        Plan::read(ask, Reads { templates: true, ..Reads::default() }, |brain, facts, _| {
            brain.complete(&facts);
            Outcome::now(vec![Effect::Again(again)])
        })
    }

    /// Language of the interface.
    fn lang(&self) -> Lang {
        self.device.language.unwrap_or(self.browser_language)
    }

    fn words(&self) -> &'static Catalogue {
        Catalogue::of(self.lang())
    }

    fn actor(&self) -> Actor {
        Actor { by: self.user().to_owned(), dev: self.device.device.clone() }
    }

    /// Takes an input and says what must be read for it.
    pub fn plan(&mut self, input: Input, moment: &Moment) -> Plan {
        match input {
            Input::Connected { port, from } => match Role::of(&from) {
                Some(role) => {
                    self.ports.insert(port, (from, role));
                    Plan::done(Vec::new())
                }
                None => Plan::done(vec![Effect::Close(port)]),
            },
            Input::Gone { port } => {
                self.forget(port);
                Plan::done(Vec::new())
            }
            Input::Message { port, text } => self.message(port, &text, moment),
            Input::Happened(Happening::Present { people }) => self.presence_came(&people, moment),
            Input::Happened(Happening::Synced { at, fault: Some(fault), .. }) if self.is_expelled(&fault) => {
                self.expelled(at, &fault)
            }
            Input::Happened(what) => Plan::done(self.happened(what, moment)),
            Input::Noticed(what) => self.noticed(what),
            Input::Suggest(port) => Plan::done(self.suggest(port)),
            Input::Idle => self.warm(),
            Input::Travelled(what) => self.travelled(what),
        }
    }

    /// Says what to store and what to answer, given what was read.
    pub fn decide(&mut self, plan: Plan, facts: Facts, moment: &Moment) -> Outcome {
        (plan.decide)(self, facts, moment)
    }

    /// What was decided has lasted: from now on it is so, and whoever shows it hears of it.
    pub fn adopt(&mut self, outcome: &mut Outcome, moment: &Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        let settings = outcome.batch.as_mut().and_then(|batch| batch.settings.take());
        let device = outcome.device.take();
        let changed = settings.is_some() || device.as_ref().is_some_and(|device| device.looks_other(&self.device));
        if let Some(settings) = settings {
            effects.extend(self.take_library(Library::new(&self.workspace_id, &settings, self.lang())));
            self.settings = settings;
        }
        if let Some(outcomes) = outcome.batch.as_mut().and_then(|batch| batch.outcomes.take()) {
            self.outcomes = outcomes;
        }
        if let Some(device) = device {
            let is_restarred = device.starred != self.device.starred;
            self.device = device;
            if is_restarred {
                effects.extend(self.show_pickers());
            }
        }
        if changed {
            effects.extend(self.tell_settings(moment));
        }
        if let Some(batch) = outcome.batch.as_ref().filter(|batch| !batch.changes.mentions.is_empty()) {
            effects.extend(self.tell_changed(&batch.changes.mentions, outcome.quiet, moment));
        }
        effects
    }

    /// Settings changed that documents and pages show.
    fn tell_settings(&mut self, moment: &Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (port, doc) in &mut self.docs {
            let features = self.device.features(&doc.host, doc.network(), moment.now);
            if doc.features != features {
                doc.features.clone_from(&features);
                effects.push(tell(*port, &AgentPush::Features { features }));
            }
            effects.push(tell(*port, &AgentPush::Recheck {}));
        }
        effects.extend(self.tell_pages(&PageMessage::StateChanged {}));
        effects
    }

    fn message(&mut self, port: Port, text: &str, moment: &Moment) -> Plan {
        let Some((_, role)) = self.ports.get(&port) else { return Plan::done(vec![Effect::Close(port)]) };
        let lacks = !self.settings.is_whole();
        match role {
            Role::Agent => match self.read::<AgentRequest>(port, text) {
                Ok((ask, body)) if lacks && of_agent(&body) => Self::wait(&ask, text),
                Ok((ask, body)) => self.agent(ask, body, moment),
                Err(refusal) => *refusal,
            },
            Role::Overlay => match self.read::<OverlayRequest>(port, text) {
                Ok((ask, body)) if lacks && !matches!(body, OverlayRequest::Pair { .. }) => Self::wait(&ask, text),
                Ok((ask, body)) => self.overlay(ask, body, moment),
                // A frame that is nobody yet hears nothing.
                Err(refusal) if self.frames.contains_key(&port) => *refusal,
                Err(_) => Plan::done(Vec::new()),
            },
            Role::Page => match self.read::<PageRequest>(port, text) {
                Ok((ask, body)) if lacks && of_page(&body) => Self::wait(&ask, text),
                Ok((ask, body)) => self.page(ask, body, moment),
                Err(refusal) => *refusal,
            },
        }
    }

    /// Reads a request; the refusal when it is none, is of another build, or is not this role's to make.
    fn read<T: DeserializeOwned>(&self, port: Port, text: &str) -> Result<(Ask, T), Box<Plan>> {
        let refuse = |id, code: &str| Box::new(Plan::done(vec![Ask::new(port, id, None, self.lang()).fail(code)]));
        let Ok(envelope) = serde_json::from_str::<Request<Value>>(text) else {
            return Err(Box::new(Plan::done(Vec::new())));
        };
        let stamped = |build: &str| !build.is_empty() && build != "dev" && build != crate::VERSION;
        let other = stamped(&envelope.build) && stamped(&self.build) && envelope.build != self.build;
        if envelope.protocol != PROTOCOL || other {
            return Err(refuse(envelope.id, "build_mismatch"));
        }
        match json::of::<T>(&envelope.body) {
            Some(body) => Ok((Ask::new(port, envelope.id, envelope.once, self.lang()), body)),
            None => {
                let of_others = json::of::<PageRequest>(&envelope.body).is_some()
                    || json::of::<OverlayRequest>(&envelope.body).is_some()
                    || json::of::<AgentRequest>(&envelope.body).is_some();
                Err(refuse(envelope.id, if of_others { "not_allowed" } else { "unknown_request" }))
            }
        }
    }

    fn forget(&mut self, port: Port) {
        self.rejoining.retain(|frame| frame.ask.port != port);
        self.ports.remove(&port);
        self.tickets.forget(port);
        if self.docs.remove(&port).is_some() {
            self.frames.retain(|_, agent| *agent != port);
        }
        if let Some(agent) = self.frames.remove(&port)
            && let Some(doc) = self.docs.get_mut(&agent)
        {
            doc.overlay = None;
        }
    }

    fn happened(&mut self, what: Happening, moment: &Moment) -> Vec<Effect> {
        match what {
            Happening::Installed { reason } => {
                let mut effects = vec![Effect::Menu(self.words().word("agent_menu_save"))];
                if reason == "install" {
                    effects.push(Effect::Open("pages/options.html#first-run".to_owned()));
                }
                effects
            }
            Happening::Command { name, tab } => {
                let pages = self.tell_pages(&PageMessage::Pressed { command: name.clone() });
                [self.tell_tab(tab, None, &AgentPush::Command { name }), pages].concat()
            }
            Happening::Menu { tab, frame, text } => self.tell_tab(tab, Some(frame), &AgentPush::SaveSelection { text }),
            Happening::TabClosed { tab } => {
                let gone: Vec<Port> =
                    self.docs.iter().filter(|(_, doc)| doc.tab == Some(tab)).map(|(port, _)| *port).collect();
                gone.into_iter().for_each(|port| self.forget(port));
                Vec::new()
            }
            // A team's server may be within reach now, or no longer.
            Happening::Permissions { removed } => [self.removed(&removed), vec![Effect::Share(true)]].concat(),
            Happening::Crashed { count } => {
                self.crashes = count;
                Vec::new()
            }
            Happening::Spelling {} => self.spelling_came(moment),
            Happening::Alarm { .. } => vec![Effect::Share(false)],
            Happening::Synced { running, at, fault } => self.synced(running, at, fault.as_ref()),
            // Present ones are planned for.
            Happening::Startup {} | Happening::Present { .. } => Vec::new(),
        }
    }

    /// Hosts that we may no longer run on: their agents stand down.
    fn removed(&mut self, origins: &[String]) -> Vec<Effect> {
        let covers = |host: &str| {
            origins.iter().any(|origin| {
                let pattern = doc::host(origin);
                pattern == "*" || crate::site::hosts::covers(&pattern, host)
            })
        };
        let gone = self.docs.iter().filter(|(_, doc)| covers(&doc.host)).map(|(port, _)| *port);
        let push = AgentPush::StandDown { reason: "permission".to_owned() };
        let effects = gone.map(|port| tell(port, &push)).collect();
        [effects, self.tell_pages(&PageMessage::StateChanged {})].concat()
    }

    /// Says something to the agents of a tab; an agent whose port is closed is knocked at.
    fn tell_tab(&self, tab: Option<i32>, frame: Option<i64>, push: &AgentPush) -> Vec<Effect> {
        let here = |doc: &Doc| doc.tab == tab && frame.is_none_or(|frame| frame == doc.frame);
        let told: Vec<Effect> =
            self.docs.iter().filter(|(_, doc)| here(doc)).map(|(port, _)| tell(*port, push)).collect();
        match tab {
            Some(tab) if told.is_empty() => vec![Effect::Knock { tab, text: pushed(push) }],
            _ => told,
        }
    }

    /// Says something to every page of ours.
    fn tell_pages(&self, message: &PageMessage) -> Vec<Effect> {
        let pages = self.ports.iter().filter(|(_, (_, role))| *role == Role::Page);
        pages.map(|(port, _)| tell(*port, message)).collect()
    }
}

/// A page agent's request that needs the templates.
fn of_agent(body: &AgentRequest) -> bool {
    use AgentRequest::{Check, Compose, Key, Open, Query, Sent};
    matches!(body, Compose { .. } | Check { .. } | Open { .. } | Key { .. } | Query { .. } | Sent { .. })
}

/// A page's request that needs the templates.
fn of_page(body: &PageRequest) -> bool {
    use PageRequest::{Import, Put, PutTemplates, Remove, Templates};
    match body {
        Put { item, .. } | Remove { item, .. } => item == "template",
        body => matches!(body, Templates { .. } | PutTemplates { .. } | Import { .. }),
    }
}

/// A push on a port.
fn tell<P: Serialize>(port: Port, body: &P) -> Effect {
    Effect::Post { port, text: pushed(body) }
}

fn pushed<P: Serialize>(body: &P) -> String {
    // Our own types always serialise.
    serde_json::to_string(&Reply::<(), &P>::Push { body }).unwrap_or_default()
}
