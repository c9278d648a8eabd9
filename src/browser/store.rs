//! The log and the device's settings in IndexedDB.
//!
//! One database per workspace, `rejoinder-<id>`, and one for the device, `rejoinder`. Only the background writes; pages
//! read the same databases. A decision and all it reads and writes share one transaction, and "saved" is said only after
//! that transaction has completed with strict durability.
//!
//! | store | key | holds |
//! |---|---|---|
//! | `events` | `id` | `{id, m, t, once, text}`: the event's text as it was written, beside what is looked up; without a text when its mention was erased |
//! | `outbox` | `id` | `{id, s}`: events that no server has confirmed; `s`: absent = to be sent, `acked`, or why it is refused, as JSON |
//! | `mentions` | `key` | [`Mention`] as folded |
//! | `cases` | `id` | [`Case`] as folded |
//! | `meta` | name | `settings` (folded, without templates), `template:<id>` (folded), `clock`, `outcomes` (of templates), `sync` (what is remembered of the team's server), `fold` (version of the folded records), each as text |

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::clock::{complain, random};
use super::idb::{Database, Fault, ObjectStore, Request, Transaction};
use super::outbox;
use super::shape::{TEMPLATES, database_name, open_device, open_log};
use crate::brain::{Batch, Device, Facts, Loaded, Reads};
use crate::json;
use crate::log::erase::{erased_keys, stays};
use crate::log::fold::{self, Changes, Fold, Needs};
use crate::log::{Case, Event, EventId, Mention, MentionKey, Outcomes, Settings};
use crate::ordered::ordered;

/// As many events as are read of those after a moment.
const MOST_SINCE: u32 = 20_000;

const ALL: &[&str] = &["events", "outbox", "mentions", "cases", "meta"];

/// An event as stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    id: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    m: Option<String>,
    t: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    once: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
}

impl Stored {
    fn of(event: &Event) -> Self {
        Self {
            id: event.id.clone(),
            m: event.m.as_ref().map(|m| m.0.clone()),
            t: event.t.clone(),
            once: event.once.clone(),
            text: event.text(),
        }
    }

    fn event(&self) -> Option<Event> {
        Event::from_text(&self.text).ok()
    }

    /// What is left of it once its mention is erased.
    fn emptied(self) -> Self {
        Self { once: None, text: String::new(), ..self }
    }
}

/// What the background keeps.
#[derive(Debug, Default)]
pub struct Storage {
    device: RefCell<Option<Database>>,
    log: RefCell<Option<(String, Database)>>,
}

impl Storage {
    /// Opens the device's settings and the log of the workspace in use. What cannot be read now is tried again when it
    /// is needed; until then a person sees an empty log and every save says why it failed.
    pub async fn open() -> (Self, Device, Loaded) {
        let storage = Self::default();
        let device = storage.device().await.unwrap_or_else(|fault| {
            complain(&format!("device settings: {}", fault.0));
            None
        });
        let device = match device {
            Some(device) => device,
            None => {
                let device = Device { user: name("u-"), device: name("d-"), ..Device::default() };
                if let Err(fault) = storage.put_device(&device).await {
                    complain(&format!("device settings: {}", fault.0));
                }
                device
            }
        };
        let workspace = storage.load(&device.workspace).await.unwrap_or_else(|fault| {
            complain(&format!("log: {}", fault.0));
            Loaded { id: device.workspace.clone(), ..Loaded::default() }
        });
        (storage, device, workspace)
    }

    async fn device(&self) -> Result<Option<Device>, Fault> {
        let db = self.device_db().await?;
        let text = db.read(&["meta"])?.store("meta")?.get("device")?.text().await?;
        Ok(text.map(|text| Device::from_stored(&text)))
    }

    async fn device_db(&self) -> Result<Database, Fault> {
        let open = self.device.borrow().clone();
        if let Some(db) = open {
            return Ok(db);
        }
        let db = open_device().await?;
        *self.device.borrow_mut() = Some(db.clone());
        Ok(db)
    }

    /// Keeps the device's settings.
    pub async fn put_device(&self, device: &Device) -> Result<(), Fault> {
        let written = async {
            let work = self.device_db().await?.write(&["meta"])?;
            work.store("meta")?.put_text("device", &device.to_stored())?;
            work.done().await
        };
        written.await.inspect_err(|_| drop(self.device.take()))
    }

    async fn log_db(&self, workspace: &str) -> Result<Database, Fault> {
        let open = self.log.borrow().as_ref().filter(|(id, _)| id == workspace).map(|(_, db)| db.clone());
        if let Some(db) = open {
            return Ok(db);
        }
        let db = open_log(workspace).await?;
        if let Some((_, old)) = self.log.borrow_mut().replace((workspace.to_owned(), db.clone())) {
            old.close();
        }
        Ok(db)
    }

    /// Settings and clock of a workspace. Folded records of another version are folded anew first.
    pub async fn load(&self, workspace: &str) -> Result<Loaded, Fault> {
        let db = self.log_db(workspace).await?;
        let work = db.read(&["meta"])?;
        let meta = work.store("meta")?;
        let (settings, clock, version) = (meta.get("settings")?, meta.get("clock")?, meta.get("fold")?);
        let outcomes = meta.get("outcomes")?;
        let (settings, clock, version) = (settings.text().await?, clock.text().await?, version.text().await?);
        let mut outcomes = Outcomes::from_text(&outcomes.text().await?.unwrap_or_default());
        let last = clock.and_then(|text| text.parse().ok()).unwrap_or_default();
        let settings = match (settings, version) {
            (None, None) => Default::default(),
            (Some(text), Some(version)) if version == fold::VERSION.to_string() => {
                json::read(&text).unwrap_or_default()
            }
            _ => {
                let (settings, all) = refold(&db).await?;
                outcomes = all;
                settings
            }
        };
        // Versions before kept the templates in that record too.
        if settings.template_ids().next().is_some() {
            let work = db.write(&["meta"])?;
            write_settings(&work.store("meta")?, &settings, settings.template_ids())?;
            work.done().await?;
        }
        Ok(Loaded { id: workspace.to_owned(), settings, outcomes, last })
    }

    /// One decision: reads, lets `decide` say what to change, changes it. All in one transaction.
    pub async fn work<'b>(
        &self,
        workspace: &str,
        reads: &Reads,
        facts: Facts,
        decide: impl FnOnce(Facts) -> Option<&'b Batch>,
    ) -> Result<(), Fault> {
        let done = self.attempt(workspace, reads, facts, decide).await;
        if done.is_err() {
            // The next try opens it again: it may have been closed under us.
            if let Some((_, db)) = self.log.take() {
                db.close();
            }
        }
        done
    }

    async fn attempt<'b>(
        &self,
        workspace: &str,
        reads: &Reads,
        mut facts: Facts,
        decide: impl FnOnce(Facts) -> Option<&'b Batch>,
    ) -> Result<(), Fault> {
        let db = self.log_db(workspace).await?;
        let work = if reads.writes { db.write(ALL)? } else { db.read(ALL)? };
        read(&work, reads, &mut facts).await?;
        let Some(batch) = decide(facts) else { return Ok(()) };
        let erased = erased_keys(&batch.changes);
        if let Err(fault) = forget(&work, &erased).await.and_then(|()| write(&work, batch, &erased)) {
            work.abort();
            return Err(fault);
        }
        work.done().await
    }

    /// Empties a workspace's log but for what waits in the outbox. A second time changes nothing. What is left is folded
    /// when it is loaded next.
    pub async fn wipe(&self, workspace: &str) -> Result<(), Fault> {
        let work = self.log_db(workspace).await?.write(ALL)?;
        let (events, outbox, meta) = (work.store("events")?, work.store("outbox")?, work.store("meta")?);
        let mut kept = Vec::new();
        for id in outbox.keys("", "~")?.keys().await? {
            if let Some(event) = events.get(&id)?.json().await? {
                kept.push((id, event));
            }
        }
        for name in ALL {
            work.store(name)?.clear()?;
        }
        for (id, event) in &kept {
            events.put(event)?;
            outbox.put(&json!({ "id": id }).to_string())?;
        }
        meta.put_text("fold", "0")?;
        work.done().await
    }

    /// Removes a workspace's log.
    pub async fn remove(&self, workspace: &str) -> Result<(), Fault> {
        let open = self.log.borrow_mut().take_if(|(id, _)| id == workspace);
        if let Some((_, db)) = open {
            db.close();
        }
        Database::remove(&database_name(workspace)).await
    }
}

async fn read(work: &Transaction, reads: &Reads, facts: &mut Facts) -> Result<(), Fault> {
    let events = work.store("events")?;
    let asked: Vec<Request> = reads.events.iter().map(|id| events.get(&id.0)).collect::<Result<_, _>>()?;
    let once = reads.once.as_ref().map(|key| events.index("once")?.get(key)).transpose()?;
    let count = reads.count.then(|| events.count()).transpose()?;
    let since = reads.since.as_ref().map(|id| events.page(Some(&id.0), MOST_SINCE)).transpose()?;
    let templates = reads.templates.then(|| work.store("meta")?.between(TEMPLATES.0, TEMPLATES.1)).transpose()?;
    let ids = || reads.incoming.iter().map(|event| &event.id);
    let known = match (ids().min(), ids().max()) {
        (Some(first), Some(last)) => Some(events.keys(&first.0, &last.0)?),
        _ => None,
    };
    for request in asked {
        if let Some(event) = stored(&request).await? {
            facts.events.insert(event.id.clone(), event);
        }
    }
    if let Some(request) = once {
        facts.once = stored(&request).await?;
    }
    if let Some(request) = since {
        let events = request.list::<Stored>().await?;
        facts.since = Some(events.iter().filter(|one| one.t == "replied").filter_map(Stored::event).collect());
    }
    if let Some(request) = known {
        facts.known = ordered(request.list::<EventId>().await?);
    }
    if let Some(request) = count {
        facts.count = request.number().await?;
    }
    if let Some(request) = templates {
        facts.templates = request.joined().await?;
    }
    facts.fold = Fold::partial();
    loop {
        let needs = reads.needs(facts);
        if needs.is_empty() {
            return Ok(());
        }
        let (mentions, cases) = look_up(work, &needs).await?;
        facts.fold.load(needs, mentions, cases);
    }
}

async fn stored(request: &Request) -> Result<Option<Event>, Fault> {
    let found = request.json().await?;
    Ok(found.and_then(|text| json::read::<Stored>(&text)).and_then(|stored| stored.event()))
}

async fn look_up(work: &Transaction, needs: &Needs) -> Result<(Vec<Mention>, Vec<Case>), Fault> {
    let (mentions, cases) = (work.store("mentions")?, work.store("cases")?);
    let by_case = mentions.index("case")?;
    let single: Vec<Request> = needs.mentions.iter().map(|key| mentions.get(&key.0)).collect::<Result<_, _>>()?;
    let found: Vec<Request> = needs.cases.iter().map(|id| cases.get(&id.0)).collect::<Result<_, _>>()?;
    let of: Vec<Request> = needs.mentions_of.iter().map(|id| by_case.all(&id.0)).collect::<Result<_, _>>()?;
    let (mut all_mentions, mut all_cases) = (Vec::new(), Vec::new());
    for request in single {
        all_mentions.extend(request.json().await?.and_then(|text| json::read::<Mention>(&text)));
    }
    for request in found {
        all_cases.extend(request.json().await?.and_then(|text| json::read::<Case>(&text)));
    }
    for request in of {
        all_mentions.extend(request.list::<Mention>().await?);
    }
    Ok((all_mentions, all_cases))
}

/// Empties the events of erased mentions. What of them waited to be sent waits no more.
async fn forget(work: &Transaction, erased: &[&MentionKey]) -> Result<(), Fault> {
    for key in erased {
        let known: Vec<Stored> = work.store("events")?.index("m")?.all(&key.0)?.list().await?;
        for event in known.into_iter().filter(|event| !stays(&event.t) && !event.text.is_empty()) {
            work.store("outbox")?.delete(&event.id.0)?;
            work.store("events")?.put(&encode(&event.emptied())?)?;
        }
    }
    Ok(())
}

fn write(work: &Transaction, batch: &Batch, erased: &[&MentionKey]) -> Result<(), Fault> {
    let (events, posted, meta) = (work.store("events")?, work.store("outbox")?, work.store("meta")?);
    for event in &batch.events {
        let stored = Stored::of(event);
        let is_empty = !stays(&event.t) && event.m.as_ref().is_some_and(|m| erased.contains(&m));
        events.put(&encode(&if is_empty { stored.emptied() } else { stored })?)?;
        if batch.travel.is_none() && !is_empty {
            posted.put(&json!({ "id": event.id }).to_string())?;
        }
    }
    if let Some(travel) = &batch.travel {
        outbox::write(work, travel)?;
    }
    if batch.forget_server {
        meta.delete(outbox::STATE)?;
    }
    write_folded(work, &batch.changes)?;
    if let Some(settings) = &batch.settings {
        let templates: Vec<String> = batch.events.iter().filter_map(Settings::template_of).collect();
        write_settings(&meta, settings, templates.iter().map(String::as_str))?;
    }
    if let Some(outcomes) = &batch.outcomes {
        meta.put_text("outcomes", &outcomes.to_text())?;
    }
    meta.put_text("clock", &batch.last.to_string())?;
    Ok(())
}

fn write_folded(work: &Transaction, changes: &Changes) -> Result<(), Fault> {
    let (mentions, cases) = (work.store("mentions")?, work.store("cases")?);
    for mention in &changes.mentions {
        mentions.put(&encode(mention)?)?;
    }
    for case in &changes.cases {
        cases.put(&encode(case)?)?;
    }
    Ok(())
}

/// Writes the settings and the records of those templates.
fn write_settings<'t>(
    meta: &ObjectStore,
    settings: &Settings,
    templates: impl Iterator<Item = &'t str>,
) -> Result<(), Fault> {
    for id in templates {
        let Some(record) = settings.record(id) else { continue };
        meta.put_text(&format!("{}{id}", TEMPLATES.0), &record)?;
    }
    meta.put_text("settings", &encode(settings)?)?;
    meta.put_text("fold", &fold::VERSION.to_string())?;
    Ok(())
}

fn encode<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| Fault("DataError".into()))
}

/// Folds every event anew, for a store whose folded records are of another version.
async fn refold(db: &Database) -> Result<(Settings, Outcomes), Fault> {
    let events = db.read(&["events"])?.store("events")?.everything()?.list::<Stored>().await?;
    let events: Vec<Event> = events.iter().filter_map(Stored::event).collect();
    let mut settings = Settings::default();
    for event in &events {
        settings.apply(event);
    }
    let changes = fold::fold(&events).take_changes();
    let outcomes = Outcomes::default().moved(&changes.outcomes).unwrap_or_default();
    let work = db.write(&["mentions", "cases", "meta"])?;
    write_folded(&work, &changes)?;
    let meta = work.store("meta")?;
    write_settings(&meta, &settings, settings.template_ids())?;
    meta.put_text("outcomes", &outcomes.to_text())?;
    work.done().await?;
    Ok((settings, outcomes))
}

/// A name that nobody else has, for a person or a device that was never here before.
fn name(kind: &str) -> String {
    let letters = random().map(|byte| char::from(b"abcdefghijkmnpqrstuvwxyz23456789"[usize::from(byte % 32)]));
    letters.iter().take(8).fold(kind.to_owned(), |name, letter| name + letter.encode_utf8(&mut [0; 4]))
}
