//! The background at work: takes what the shim delivers, reads what the brain needs, lets it decide, makes the change
//! last, and only then answers.
//!
//! One thing at a time: whatever has to read or write waits in one queue, so that no change can slip between another's
//! reading and writing. What needs nothing from storage (a key in the picker, a voice check) is decided at once, unless
//! something from the same port still waits.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::clock::{complain, now, offset, random};
use super::extension;
use super::idb::Fault;
use super::package;
use super::store::Storage;
use crate::brain::spelling::Speller;
use crate::brain::{Brain, Effect, Facts, Input, Moment, Outcome, Plan, Start};
use crate::site::limits::addresses;
use crate::site::registry;
use crate::template::{NAME_WORDS, starter};
use crate::voice::bundled;

#[wasm_bindgen]
extern "C" {
    /// What the shim lets us do.
    #[derive(Clone, Debug)]
    pub type Shim;
    #[wasm_bindgen(method, getter)]
    fn build(this: &Shim) -> String;
    /// Fulfilled once this background is the only writer.
    #[wasm_bindgen(method, getter)]
    fn writer(this: &Shim) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    fn post(this: &Shim, port: u32, text: &str);
    #[wasm_bindgen(method)]
    fn close(this: &Shim, port: u32);
    /// The unknown words of what is asked; nothing while the speller is not there, and then it is called.
    #[wasm_bindgen(method)]
    fn spell(this: &Shim, asked: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn suggest(this: &Shim, asked: &str, word: &str) -> Vec<String>;
    /// Starts the agent in open tabs that match.
    #[wasm_bindgen(method)]
    fn serve(this: &Shim, patterns: Vec<String>);
    /// Shares the log that is named, now or when that makes sense; `watch`: only looks for news.
    #[wasm_bindgen(method)]
    fn share(this: &Shim, line: &str, asked: bool, watch: bool);
    /// Tells the team which mention this person answers now; empty = none.
    #[wasm_bindgen(method)]
    fn present(this: &Shim, m: &str);
}

/// The speller is a module of its own, beside us behind the shim.
impl Speller for Shim {
    fn check(&self, asked: &str) -> Option<String> {
        self.spell(asked)
    }

    fn suggest(&self, asked: &str, word: &str) -> Vec<String> {
        Self::suggest(self, asked, word)
    }
}

/// How long the background must have had nothing to do before it prepares what may be asked next.
const IDLE_MS: u32 = 300;

/// Something waiting for its turn.
enum Job {
    Raw(Input),
    Planned(Box<Plan>),
    /// Somebody waits for what becomes of it, in the cell.
    Waited(Input, Rc<Waited>),
}

/// What becomes of an input that somebody waits for.
#[derive(Default)]
struct Waited {
    done: RefCell<Option<Result<(), Fault>>>,
    waker: RefCell<Option<Waker>>,
}

impl Waited {
    fn settle(&self, done: Result<(), Fault>) {
        *self.done.borrow_mut() = Some(done);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl Job {
    fn port(&self) -> Option<u32> {
        match self {
            Self::Raw(input) => input.port(),
            Self::Planned(plan) => plan.port,
            Self::Waited(..) => None,
        }
    }
}

/// The background.
pub struct Host {
    brain: RefCell<Brain>,
    storage: Storage,
    shim: Shim,
    queue: RefCell<VecDeque<Job>>,
    busy: Cell<bool>,
    /// Port of the job in hand.
    serving: Cell<Option<u32>>,
    only_writer: Cell<bool>,
    /// Counts inputs, so that idle work notices when it is no longer idle.
    tick: Cell<u32>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Host")
    }
}

fn moment() -> Moment {
    Moment { now: now(), offset: offset(), random: random() }
}

impl Host {
    /// Opens storage and wakes the brain with what it must know to say hello.
    pub async fn start(shim: Shim) -> Rc<Self> {
        let files = ["sites.json", "templates.json", "packs.txt", "top-level-domains.txt", "name-words.txt"];
        let [sites, templates, packs, domains, names] = files.map(package::file);
        let catalogues = package::catalogues();
        let (storage, device, workspace) = Storage::open().await;
        catalogues.await;
        registry::FILE.hand_in(sites.text().await);
        starter::FILE.hand_in(templates.text().await);
        bundled::FILE.hand_in(packs.text().await);
        addresses::FILE.hand_in(domains.text().await);
        NAME_WORDS.hand_in(names.text().await);
        let start = Start { build: shim.build(), language: extension::language(), device, workspace };
        let mut brain = Brain::new(start);
        brain.set_speller(Box::new(shim.clone()));
        let host = Rc::new(Self {
            brain: RefCell::new(brain),
            storage,
            shim,
            queue: RefCell::default(),
            busy: Cell::new(false),
            serving: Cell::new(None),
            only_writer: Cell::new(false),
            tick: Cell::new(0),
        });
        host.share(false);
        // The background may have died before this was done.
        let expelled = host.brain.borrow().expelled_before(now());
        if let Some(again) = expelled {
            host.take(again);
        }
        let asking = host.clone();
        spawn_local(async move {
            let keys = extension::keys().await;
            asking.brain.borrow_mut().learn_keys(keys);
        });
        host
    }

    /// Takes something in.
    pub fn take(self: &Rc<Self>, input: Input) {
        self.tick.set(self.tick.get().wrapping_add(1));
        if matches!(input, Input::Message { .. }) {
            // Somebody is at work in a page.
            let line = self.brain.borrow().line();
            if !line.is_empty() {
                self.shim.share(&line, false, true);
            }
        }
        if input.port().is_some_and(|port| self.waits(port)) {
            self.queue.borrow_mut().push_back(Job::Raw(input));
        } else {
            let plan = self.plan(input);
            if plan.reads.is_empty() {
                let outcome = self.decide(plan, Facts::default());
                outcome.then.into_iter().for_each(|effect| self.act(effect));
                return;
            }
            self.queue.borrow_mut().push_back(Job::Planned(Box::new(plan)));
        }
        self.work();
    }

    /// Takes something in, and waits until it has lasted.
    async fn take_and_wait(self: &Rc<Self>, input: Input) -> Result<(), Fault> {
        let waited = Rc::new(Waited::default());
        self.queue.borrow_mut().push_back(Job::Waited(input, waited.clone()));
        self.work();
        poll_fn(|context| match waited.done.take() {
            Some(done) => Poll::Ready(done),
            None => {
                *waited.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }

    /// Puts what came from a team's server (JSON: events in `received`, and what becomes of the outbox) into the log of the
    /// workspace that it names.
    pub async fn travel(self: &Rc<Self>, what: &str) -> Result<(), Fault> {
        let what: Value = serde_json::from_str(what).map_err(|_| Fault("DataError".to_owned()))?;
        if what["workspace"] != self.brain.borrow().workspace_id() {
            return Err(Fault("another workspace".to_owned()));
        }
        self.take_and_wait(Input::Travelled(what)).await
    }

    /// Shares the log with its team, where it has one.
    fn share(&self, asked: bool) {
        let line = self.brain.borrow().line();
        self.shim.share(&line, asked, false);
    }

    /// Works off what waits, one after the other.
    fn work(self: &Rc<Self>) {
        if !self.busy.replace(true) {
            let host = self.clone();
            spawn_local(async move {
                while let Some(job) = host.next() {
                    let waited = match &job {
                        Job::Waited(_, waited) => Some(waited.clone()),
                        _ => None,
                    };
                    let done = host.serve(job).await;
                    if let Some(waited) = waited {
                        waited.settle(done);
                    }
                }
                host.busy.set(false);
                host.serving.set(None);
            });
        }
    }

    /// Something from this port has not been answered yet.
    fn waits(&self, port: u32) -> bool {
        self.serving.get() == Some(port) || self.queue.borrow().iter().any(|job| job.port() == Some(port))
    }

    fn next(&self) -> Option<Job> {
        let job = self.queue.borrow_mut().pop_front()?;
        self.serving.set(job.port());
        Some(job)
    }

    fn plan(&self, input: Input) -> Plan {
        self.brain.borrow_mut().plan(input, &moment())
    }

    fn decide(&self, plan: Plan, facts: Facts) -> Outcome {
        self.brain.borrow_mut().decide(plan, facts, &moment())
    }

    async fn serve(self: &Rc<Self>, job: Job) -> Result<(), Fault> {
        let plan = match job {
            Job::Raw(input) | Job::Waited(input, _) => self.plan(input),
            Job::Planned(plan) => *plan,
        };
        let (reads, refused) = (plan.reads.clone(), plan.refused.clone());
        if (reads.writes || reads.device) && !self.only_writer.get() {
            // Held for as long as this background lives; the one before us may still be ending.
            self.only_writer.set(JsFuture::from(self.shim.writer()).await.is_ok());
        }
        let mut facts = Facts::default();
        if let Some(tab) = reads.tab {
            facts.address = extension::tab_address(tab).await;
        }
        if reads.browser {
            facts.keys = Some(extension::keys().await);
            facts.origins = Some(extension::origins().await);
        }
        let mut outcome = None;
        let lasted = if reads.log() {
            let workspace = self.brain.borrow().workspace_id().to_owned();
            self.storage
                .work(&workspace, &reads, facts, |facts| outcome.insert(self.decide(plan, facts)).batch.as_ref())
                .await
        } else {
            outcome = Some(self.decide(plan, facts));
            Ok(())
        };
        let Some(mut outcome) = outcome else {
            // Not even reading went well: the asker must hear so.
            self.fail(&lasted, refused);
            return lasted;
        };
        let lasted = match (lasted, &outcome.device) {
            (Ok(()), Some(device)) => self.storage.put_device(device).await,
            (lasted, _) => lasted,
        };
        if lasted.is_err() {
            self.fail(&lasted, outcome.failed);
            return lasted;
        }
        let has_news = outcome.batch.as_ref().is_some_and(|batch| batch.travel.is_none() && !batch.events.is_empty());
        let told = self.brain.borrow_mut().adopt(&mut outcome, &moment());
        self.run(outcome.then).await;
        self.run(told).await;
        if has_news {
            self.share(false);
        }
        Ok(())
    }

    fn fail(self: &Rc<Self>, lasted: &Result<(), Fault>, effects: Vec<Effect>) {
        if let Err(Fault(name)) = lasted {
            complain(&format!("storage: {name}"));
        }
        effects.into_iter().for_each(|effect| self.act(effect));
    }

    async fn run(self: &Rc<Self>, effects: Vec<Effect>) {
        let mut rest = effects;
        rest.reverse();
        while let Some(effect) = rest.pop() {
            match effect {
                Effect::Switch(workspace, then) => {
                    match self.storage.load(&workspace).await {
                        Ok(loaded) => {
                            let told = self.brain.borrow_mut().load(loaded, &moment());
                            told.into_iter().for_each(|effect| self.act(effect));
                            self.share(false);
                        }
                        Err(Fault(name)) => complain(&format!("log: {name}")),
                    }
                    rest.extend(then.into_iter().rev());
                }
                Effect::Drop(workspace) => {
                    if let Err(Fault(name)) = self.storage.remove(&workspace).await {
                        complain(&format!("log: {name}"));
                    }
                }
                Effect::Wipe(workspace) => {
                    if let Err(Fault(name)) = self.storage.wipe(&workspace).await {
                        complain(&format!("log: {name}"));
                    }
                    rest.push(Effect::Switch(workspace, Vec::new()));
                }
                effect => self.act(effect),
            }
        }
    }

    /// What needs no waiting.
    fn act(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Post { port, text } => self.shim.post(port, &text),
            Effect::Close(port) => self.shim.close(port),
            Effect::Knock { tab, text } => extension::knock(tab, &text),
            Effect::Open(path) => extension::open_page(&path),
            Effect::Badge { tab, text } => extension::badge(tab, &text),
            Effect::Menu(title) => extension::menu(&title),
            Effect::Serve(hosts) => {
                self.shim.serve(hosts.iter().map(|host| format!("*://{host}/*")).collect());
            }
            Effect::Warm => self.warm(),
            Effect::Suggest(port) => self.take(Input::Suggest(port)),
            Effect::Notice(what) => self.take(Input::Noticed(what)),
            Effect::Again(input) => self.queue.borrow_mut().push_front(Job::Raw(input)),
            Effect::Share(asked) => self.share(asked),
            Effect::Present(m) => self.shim.present(&m.unwrap_or_default().0),
            Effect::Switch(..) | Effect::Drop(_) | Effect::Wipe(_) => {}
        }
    }

    /// Prepares what may be asked next, once nothing has been asked for a while.
    fn warm(self: &Rc<Self>) {
        let (host, tick) = (self.clone(), self.tick.get());
        spawn_local(async move {
            TimeoutFuture::new(IDLE_MS).await;
            if host.tick.get() == tick && !host.busy.get() {
                host.take(Input::Idle);
            } else {
                host.warm();
            }
        });
    }
}
