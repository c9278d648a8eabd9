//! A device's log in memory, and its line to the server. Both fail, and both may die at every step, before or after the
//! step has taken effect.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Value, json};
use sync_model::sync::{
    Answer, Broken, Call, Commit, Document, Holding, Method, Refusal, State, Store, Transport, Unreachable, Waiting,
};

use super::random::Random;
use super::server::Server;

/// A document of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    pub id: String,
    pub hash: String,
}

impl Document for Doc {
    fn read(value: Value) -> Option<Self> {
        Some(Self { id: value["_id"].as_str()?.to_owned(), hash: value["h"].as_str()?.to_owned() })
    }
    fn id(&self) -> &str {
        &self.id
    }
    fn hash(&self) -> &str {
        &self.hash
    }
    fn text(&self) -> String {
        json!({ "_id": self.id, "h": self.hash }).to_string()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Queued,
    Acked,
    Refused(Refusal),
}

/// What lasts on a device.
#[derive(Default)]
pub struct Disk {
    pub docs: BTreeMap<String, Doc>,
    pub own: BTreeSet<String>,
    pub outbox: BTreeMap<String, Status>,
    pub state: State,
    /// Everything that a person was told is saved.
    pub saved: BTreeSet<String>,
    /// How often each document arrived where it was not.
    pub arrivals: BTreeMap<String, u32>,
    count: u32,
}

/// Steps until everything in memory dies; `None` = it lives.
pub type Fuse = Rc<Cell<Option<u32>>>;

/// What fails, and how often: one in so many.
#[derive(Clone, Copy)]
pub struct Faults {
    pub network: u64,
    pub storage: u64,
}

/// The world that all devices share.
pub struct World {
    pub server: RefCell<Server>,
    pub random: RefCell<Random>,
    pub disks: Vec<RefCell<Disk>>,
    pub faults: Cell<Option<Faults>>,
}

impl World {
    fn unlucky(&self, of: fn(&Faults) -> u64) -> bool {
        self.faults.get().is_some_and(|faults| self.random.borrow_mut().chance(1, of(&faults)))
    }

    /// A person saves something on a device.
    pub fn save(&self, device: usize) {
        let mut random = self.random.borrow_mut();
        let mut disk = self.disks[device].borrow_mut();
        disk.count += 1;
        let month = ["2026-09", "2026-10", "2026-11"][random.below(3)];
        // Clocks are skewed: ids of a device do not come in their order.
        let id = format!("{month}!{:04}-D{device}-{}", random.below(10_000), disk.count);
        let doc = Doc { id: id.clone(), hash: format!("h{:x}", random.next()) };
        disk.docs.insert(id.clone(), doc);
        disk.own.insert(id.clone());
        disk.outbox.insert(id.clone(), Status::Queued);
        disk.saved.insert(id);
    }

    /// Another device's push arrives at this very moment.
    fn somebody_pushes(&self) {
        let at = self.random.borrow_mut().below(self.disks.len());
        let Ok(disk) = self.disks[at].try_borrow() else { return };
        let queued = disk.outbox.iter().find(|(_, status)| **status == Status::Queued);
        let mut server = self.server.borrow_mut();
        if let Some((id, _)) = queued.filter(|(id, _)| !server.data.docs.contains_key(*id)) {
            let doc: Value = serde_json::from_str(&disk.docs[id].text()).unwrap();
            server.write(&doc);
        }
    }
}

/// One background's life on a device.
pub struct Device<'w> {
    pub world: &'w World,
    pub at: usize,
    pub fuse: Fuse,
    pub signed_in: Cell<bool>,
}

enum Step {
    Goes,
    DiesBefore,
    DiesAfter,
}

impl Device<'_> {
    fn step(&self) -> Step {
        match self.fuse.get() {
            None => Step::Goes,
            Some(0) if self.world.random.borrow_mut().chance(1, 2) => Step::DiesBefore,
            Some(0) => Step::DiesAfter,
            Some(left) => {
                self.fuse.set(Some(left - 1));
                Step::Goes
            }
        }
    }

    fn reads<T>(&self, read: impl FnOnce(&Disk) -> T) -> Result<T, Broken> {
        match self.step() {
            Step::Goes if !self.world.unlucky(|faults| faults.storage) => Ok(read(&self.world.disks[self.at].borrow())),
            _ => Err(Broken("no reading".into())),
        }
    }
}

impl Store for Device<'_> {
    type Doc = Doc;

    async fn state(&self) -> Result<State, Broken> {
        self.reads(|disk| disk.state.clone())
    }

    async fn outbox(&self, after: &str, most: usize) -> Result<Vec<Waiting<Doc>>, Broken> {
        self.reads(|disk| {
            let open =
                disk.outbox.iter().filter(|(id, status)| id.as_str() > after && !matches!(status, Status::Refused(_)));
            open.take(most)
                .map(|(id, status)| Waiting { doc: disk.docs[id].clone(), acked: *status == Status::Acked })
                .collect()
        })
    }

    async fn own(&self, after: &str, most: usize) -> Result<Vec<String>, Broken> {
        self.reads(|disk| disk.own.iter().filter(|id| id.as_str() > after).take(most).cloned().collect())
    }

    async fn months(&self) -> Result<BTreeMap<String, u64>, Broken> {
        self.reads(|disk| {
            let mut months = BTreeMap::new();
            for id in disk.docs.keys() {
                *months.entry(id[..7].to_owned()).or_default() += 1;
            }
            months
        })
    }

    async fn held(&self, month: &str) -> Result<BTreeMap<String, Holding>, Broken> {
        self.reads(|disk| {
            let holding = |id: &String| match (disk.outbox.contains_key(id), disk.own.contains(id)) {
                (true, _) => Holding::Waiting,
                (_, true) => Holding::Ours,
                _ => Holding::Others,
            };
            disk.docs.keys().filter(|id| id.starts_with(month)).map(|id| (id.clone(), holding(id))).collect()
        })
    }

    async fn commit(&self, changes: Commit<Doc>) -> Result<(), Broken> {
        let step = self.step();
        if matches!(step, Step::DiesBefore) || self.world.unlucky(|faults| faults.storage) {
            return Err(Broken("QuotaExceededError".into()));
        }
        if self.world.faults.get().is_some() && self.world.random.borrow_mut().chance(1, 20) {
            // Between two steps of ours the person goes on working.
            self.world.save(self.at);
        }
        let mut disk = self.world.disks[self.at].borrow_mut();
        trace(|| format!("d{} {changes:?}", self.at));
        let Commit { received, acked, queued, refused, done, state } = changes;
        for doc in received {
            if !disk.docs.contains_key(&doc.id) {
                *disk.arrivals.entry(doc.id.clone()).or_default() += 1;
                disk.docs.insert(doc.id.clone(), doc);
            }
        }
        let mut put = |id: String, status: Status| {
            disk.outbox.insert(id, status);
        };
        acked.into_iter().for_each(|id| put(id, Status::Acked));
        queued.into_iter().for_each(|id| put(id, Status::Queued));
        refused.into_iter().for_each(|(id, why)| put(id, Status::Refused(why)));
        for id in done {
            disk.outbox.remove(&id);
        }
        disk.state = state;
        match step {
            Step::DiesAfter => Err(Broken("dead".into())),
            _ => Ok(()),
        }
    }
}

impl Transport for Device<'_> {
    async fn call(&self, call: Call) -> Result<Answer, Unreachable> {
        let step = self.step();
        if matches!(step, Step::DiesBefore) {
            return Err(Unreachable);
        }
        let answered = self.answered(&call);
        trace(|| format!("d{} {call:?}\n   -> {answered:?}", self.at));
        match step {
            Step::DiesAfter => Err(Unreachable),
            _ => answered,
        }
    }
}

impl Device<'_> {
    fn answered(&self, call: &Call) -> Result<Answer, Unreachable> {
        let world = self.world;
        let ask = |lies: bool| world.server.borrow_mut().answer(call, &mut world.random.borrow_mut(), lies);
        let status = |status: u16| {
            Ok(Answer { status, body: r#"{"error":"x"}"#.into(), retry_after: Some(0), ..Answer::default() })
        };
        if world.faults.get().is_some() && world.random.borrow_mut().chance(1, 10) {
            world.somebody_pushes();
        }
        if call.path == "/_session" {
            // Asking who is signed in signs nobody in.
            self.signed_in.set(self.signed_in.get() || call.method == Method::Post);
            return Ok(ask(false));
        }
        if !self.signed_in.get() {
            return status(if world.random.borrow_mut().chance(1, 2) { 401 } else { 403 });
        }
        if !world.unlucky(|faults| faults.network) {
            return Ok(ask(false));
        }
        let kind = world.random.borrow_mut().below(11);
        match kind {
            // The request is lost.
            0 => Err(Unreachable),
            // The answer is lost.
            1 => {
                ask(false);
                Err(Unreachable)
            }
            // The request arrives twice.
            2 => {
                ask(false);
                Ok(ask(false))
            }
            // The answer is cut off.
            3 => {
                let mut answer = ask(false);
                let half = (0..=answer.body.len() / 2).rev().find(|at| answer.body.is_char_boundary(*at)).unwrap();
                answer.body.truncate(half);
                Ok(answer)
            }
            // Below quorum: a half of it is forgotten.
            4 => Ok(ask(true)),
            5 => {
                self.signed_in.set(false);
                status(401)
            }
            6 => status(429),
            7 => status(500),
            8 => {
                ask(false);
                status(500)
            }
            // In the middle of a batch the session ends, for good or until the server has looked again: rows after it say so.
            9 if call.path.ends_with("/_bulk_docs") => {
                self.signed_in.set(world.random.borrow_mut().chance(1, 2));
                Ok(self.half_of_a_batch(call))
            }
            9 => status(503),
            // Too large for a proxy in between; one document alone never is.
            _ if call.body.as_ref().is_some_and(|body| body.matches("\"_id\"").count() > 1) => status(413),
            _ => status(502),
        }
    }

    fn half_of_a_batch(&self, call: &Call) -> Answer {
        let body: Value = serde_json::from_str(call.body.as_deref().unwrap()).unwrap();
        let docs = body["docs"].as_array().unwrap();
        let (first, rest) = docs.split_at(docs.len() / 2);
        let half = Call { body: Some(json!({ "docs": first }).to_string()), ..call.clone() };
        let answer = self.world.server.borrow_mut().answer(&half, &mut self.world.random.borrow_mut(), false);
        let mut rows: Vec<Value> = serde_json::from_str(&answer.body).unwrap_or_default();
        rows.extend(rest.iter().map(|doc| json!({ "id": doc["_id"], "error": "unauthorized", "reason": "who?" })));
        Answer { status: 201, body: json!(rows).to_string(), ..Answer::default() }
    }
}

/// Tells what happens, for a seed that is run alone.
pub fn trace(what: impl FnOnce() -> String) {
    if std::env::var_os("SEED").is_some() {
        eprintln!("{}", what());
    }
}
