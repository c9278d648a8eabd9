//! A brain with a memory store around it: the runtime's loop without a browser.

use std::collections::BTreeMap;

use rejoinder::brain::ports::Sender;
use rejoinder::brain::{Brain, Device, Effect, Facts, Input, Loaded, Moment, Start};
use rejoinder::log::fold::{Fold, Needs};
use rejoinder::log::{Case, CaseId, Event, Mention, MentionKey, Outcomes, Settings};
use rejoinder::protocol::PROTOCOL;
use serde_json::{Value, json};

pub const AGENT: u32 = 1;
pub const FRAME: u32 = 2;
pub const PAGE: u32 = 3;
pub const NOW: i64 = 1_795_000_000_000;

/// What IndexedDB would hold.
#[derive(Default)]
pub struct Disk {
    pub events: Vec<Event>,
    pub mentions: BTreeMap<MentionKey, Mention>,
    pub cases: BTreeMap<CaseId, Case>,
    pub loaded: Loaded,
    /// Templates by id, as records of their own.
    pub templates: BTreeMap<String, String>,
    pub device: Option<Device>,
    /// The next writes fail.
    pub full: bool,
}

impl Disk {
    /// What a start reads: the settings as their record holds them.
    fn loaded(&self) -> Loaded {
        let record = serde_json::to_string(&self.loaded.settings).unwrap();
        Loaded { settings: serde_json::from_str(&record).unwrap(), ..self.loaded.clone() }
    }

    fn look_up(&self, needs: &Needs) -> (Vec<Mention>, Vec<Case>) {
        let mentions = needs.mentions.iter().filter_map(|key| self.mentions.get(key));
        let of = self.mentions.values().filter(|mention| needs.mentions_of.contains(&mention.case));
        let cases = needs.cases.iter().filter_map(|id| self.cases.get(id));
        (mentions.chain(of).cloned().collect(), cases.cloned().collect())
    }
}

/// The background without a browser.
pub struct World {
    pub brain: Brain,
    pub disk: Disk,
    pub moment: Moment,
    next: u32,
    /// Everything said on a port, oldest first.
    pub said: Vec<(u32, Value)>,
    /// What else was done outside.
    pub done: Vec<Effect>,
    /// Suggestions take their time, as they do: [`World::suggest`] brings them.
    pub is_slow: bool,
}

impl World {
    /// A device whose workspace knows a brand on the practice-like network "x".
    pub fn new() -> Self {
        let device =
            Device { user: "u-ana".into(), device: "d-1".into(), workspace: "first".into(), ..Device::default() };
        let disk = Disk {
            loaded: Loaded { id: "first".into(), ..Loaded::default() },
            device: Some(device),
            ..Disk::default()
        };
        let mut world = Self {
            brain: Brain::new(Start::default()),
            disk,
            moment: Moment { now: NOW, ..Moment::default() },
            next: 1,
            said: Vec::new(),
            done: Vec::new(),
            is_slow: false,
        };
        world.restart();
        world.connect(PAGE, "page", "chrome-extension://id/pages/options.html");
        world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": {
            "brand": "Acme",
            "accounts": [
                { "network": "x", "handle": "acme", "kind": "brand" },
                { "network": "x", "handle": "ana_private", "kind": "personal" }
            ],
            "watch": [{ "term": "Acme", "list": "brand" }],
            "departments": ["Logistics"],
        } }));
        world
    }

    /// The suggestions that were waited for are there.
    pub fn suggest(&mut self) {
        self.take(Input::Suggest(AGENT));
    }

    /// The background died and wakes with what is on the disk.
    pub fn restart(&mut self) {
        self.brain = Brain::new(Start {
            build: "dev".into(),
            language: "en-GB".into(),
            device: self.disk.device.clone().unwrap_or_default(),
            workspace: self.disk.loaded(),
        });
        self.said.clear();
    }

    pub fn connect(&mut self, port: u32, name: &str, url: &str) {
        let ours = url.starts_with("chrome-extension:");
        // Firefox numbers frames beyond 32 bits.
        let frame = i64::from(name == "overlay") * 15_032_385_537;
        let from = Sender { name: name.into(), tab: Some(1), frame, document: None, url: url.into(), ours };
        self.take(Input::Connected { port, from });
    }

    /// An agent on X says hello and runs.
    pub fn agent_on_x(&mut self) {
        self.connect(AGENT, "agent", "https://x.com/home");
        let hello = self.agent(
            json!({ "type": "hello", "url": "https://x.com/home", "document": "d", "top": true, "language": "en" }),
        );
        assert_eq!(hello["type"], "welcome", "{hello}");
        let page = json!({ "acting_handle": "@acme" });
        self.agent(json!({ "type": "running", "definition": "x", "url": "https://x.com/home", "page": page }));
    }

    /// One thing in: plan, read, decide, store, act.
    pub fn take(&mut self, input: Input) {
        self.moment.now += 10;
        self.moment.random = rejoinder_random(self.moment.now);
        let moment = self.moment;
        let plan = self.brain.plan(input, &moment);
        let reads = plan.reads.clone();
        let mut facts = Facts { fold: Fold::partial(), ..Facts::default() };
        if reads.log() {
            for id in &reads.events {
                facts.events.extend(
                    self.disk.events.iter().find(|event| event.id == *id).map(|event| (id.clone(), event.clone())),
                );
            }
            facts.once = reads
                .once
                .as_ref()
                .and_then(|key| self.disk.events.iter().find(|e| e.once.as_ref() == Some(key)))
                .cloned();
            facts.known = self.disk.events.iter().map(|event| event.id.clone()).collect();
            facts.since = reads
                .since
                .as_ref()
                .map(|id| self.disk.events.iter().filter(|event| event.id > *id).cloned().collect());
            facts.count = self.disk.events.len() as u32;
            if reads.templates {
                facts.templates = self.disk.templates.values().cloned().collect::<Vec<_>>().join(",");
            }
            loop {
                let needs = reads.needs(&facts);
                if needs.is_empty() {
                    break;
                }
                let (mentions, cases) = self.disk.look_up(&needs);
                facts.fold.load(needs, mentions, cases);
            }
        }
        let mut outcome = self.brain.decide(plan, facts, &moment);
        let stores = outcome.batch.is_some() || outcome.device.is_some();
        assert!(outcome.batch.is_none() || reads.writes, "a change that was not announced");
        assert!(outcome.device.is_none() || reads.device, "a setting that was not announced");
        if stores && self.disk.full {
            self.act(outcome.failed);
            return;
        }
        if let Some(batch) = &outcome.batch {
            self.disk.events.extend(batch.events.iter().cloned());
            for mention in &batch.changes.mentions {
                // What is stored goes through JSON, as in the browser.
                let back: Mention = serde_json::from_str(&serde_json::to_string(mention).unwrap()).unwrap();
                self.disk.mentions.insert(mention.key.clone(), back);
            }
            for case in &batch.changes.cases {
                self.disk.cases.insert(case.id.clone(), case.clone());
            }
            if let Some(settings) = &batch.settings {
                for id in batch.events.iter().filter_map(Settings::template_of) {
                    self.disk.templates.insert(id.clone(), settings.record(&id).unwrap());
                }
                self.disk.loaded.settings = settings.clone();
            }
            if let Some(outcomes) = &batch.outcomes {
                self.disk.loaded.outcomes = Outcomes::from_text(&outcomes.to_text());
            }
            self.disk.loaded.last = batch.last;
        }
        if let Some(device) = &outcome.device {
            self.disk.device = Some(device.clone());
        }
        let told = self.brain.adopt(&mut outcome, &moment);
        self.act(outcome.then);
        self.act(told);
    }

    fn act(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Post { port, text } => self.said.push((port, serde_json::from_str(&text).unwrap())),
                Effect::Switch(id, then) => {
                    let moment = self.moment;
                    let told = self.brain.load(Loaded { id, ..Loaded::default() }, &moment);
                    self.act(told);
                    self.act(then);
                }
                Effect::Again(input) => self.take(input),
                Effect::Notice(what) => self.take(Input::Noticed(what)),
                Effect::Suggest(port) if !self.is_slow => self.take(Input::Suggest(port)),
                effect => self.done.push(effect),
            }
        }
    }

    /// Sends a request with a key of its own and returns the answer's body, or the failure's error.
    #[track_caller]
    pub fn ask(&mut self, port: u32, once: Option<&str>, body: Value) -> Value {
        let id = self.next;
        self.next += 1;
        let once = once.map_or_else(|| format!("k{id}"), str::to_owned);
        self.take(Input::Message {
            port,
            text: json!({ "protocol": PROTOCOL, "build": "dev", "id": id, "once": once, "body": body }).to_string(),
        });
        let answers: Vec<&Value> =
            self.said.iter().filter(|(p, m)| *p == port && m["id"] == id).map(|(_, m)| m).collect();
        assert_eq!(answers.len(), 1, "one answer to {body}: {answers:?}");
        match answers[0]["kind"].as_str() {
            Some("answer") => answers[0]["body"].clone(),
            _ => answers[0]["error"].clone(),
        }
    }

    #[track_caller]
    pub fn agent(&mut self, body: Value) -> Value {
        self.ask(AGENT, None, body)
    }

    #[track_caller]
    pub fn page(&mut self, body: Value) -> Value {
        self.ask(PAGE, None, body)
    }

    /// Pushes heard on a port since the last call.
    pub fn pushes(&mut self, port: u32) -> Vec<Value> {
        let (pushes, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.said).into_iter().partition(|(p, m)| *p == port && m["kind"] == "push");
        self.said = rest;
        pushes.into_iter().map(|(_, message)| message["body"].clone()).collect()
    }

    /// A composer under a post, with the caret in it.
    pub fn compose(&mut self, post: Value) -> Value {
        self.compose_in(post, false)
    }

    /// The same, and the person may press the key for the next language.
    pub fn compose_in(&mut self, post: Value, turn: bool) -> Value {
        let composer = json!({ "local": 1, "rule": 0, "fields": {}, "target": post, "text": "" });
        self.agent(json!({ "type": "compose", "url": "https://x.com/home", "composer": composer, "turn": turn }))
    }

    /// Our frame, made with this ticket.
    pub fn pair(&mut self, ticket: &Value) -> Value {
        self.connect(FRAME, "overlay", "chrome-extension://id/pages/overlay.html");
        self.ask(FRAME, None, json!({ "type": "pair", "nonce": ticket }))
    }
}

fn rejoinder_random(seed: i64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes
}

/// A post on X as its agent reads it.
pub fn post(local: u32, id: u64, handle: &str, name: &str, text: &str) -> Value {
    json!({ "local": local, "rule": 0, "fields": {
        "native_id": id.to_string(), "permalink": format!("/{handle}/status/{id}"), "handle": handle, "name": name,
        "text": text, "published": "2026-11-18T10:00:00.000Z",
    } })
}

pub fn save(post: &Value) -> Value {
    json!({ "type": "save", "url": "https://x.com/home", "post": post, "via": "row", "selection": null })
}

pub fn posts(posts: &[Value]) -> Value {
    json!({ "type": "posts", "url": "https://x.com/home", "posts": posts })
}

/// A send that the gate looked at and let go.
pub fn passed() -> Value {
    json!({ "unchecked": false, "overridden": [] })
}
