//! A log in a file, and beside it how far it and a server have come together.
//!
//! Both files are only ever written at their end: first the events, then a line that tells of them. A line that a power
//! cut left half written is nobody's; what it told of is asked for again. There are two exceptions, in which the log is
//! written anew and put in the old one's place whole: an erasure, and a cut that somebody else wrote on behind.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rejoinder::log::erase::{erased_keys, stays};
use rejoinder::log::export::import;
use rejoinder::log::{Event, fold};
use rejoinder::message::{Catalogue, Lang};
use rejoinder::sync::{Broken, Commit, Holding, Refusal, State, Store, Waiting};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Problem;

/// A line of the file beside the log.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Told {
    /// Which server and workspace; in the first line alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    /// This copy of the log.
    #[serde(skip_serializing_if = "String::is_empty")]
    device: String,
    /// Came from the server.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    received: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    acked: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    queued: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<(String, Value)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    done: Vec<String>,
    /// Erased: they were in the log, and what they said is not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    erased: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Value>,
}

/// How a document in the outbox stands.
enum Status {
    Queued,
    Acked,
    Refused(Refusal),
}

struct Inner {
    events: BTreeMap<String, Event>,
    outbox: BTreeMap<String, Status>,
    /// Confirmed by the server, or from there.
    known: BTreeSet<String>,
    /// Ids of events whose mention is erased.
    erased: BTreeSet<String>,
    state: State,
    device: String,
    path: PathBuf,
    log: File,
    beside: File,
    /// The server and workspace, until they stand in the file.
    to: Option<String>,
}

/// A log in a file.
pub struct Log {
    user: String,
    inner: RefCell<Inner>,
}

impl Log {
    /// Opens the log at `path`, to be shared with `to` by `user`.
    pub fn open(path: &Path, to: &str, user: &str) -> Result<Self, Problem> {
        let beside_path = beside(path, "sync");
        let mut beside = appended(&beside_path)?;
        // Before anything is read: what another run is about to end looks like a cut. Let go of by the system when this
        // ends, however it ends.
        if beside.try_lock().is_err() {
            return Err(format!("{}: another run shares this log; wait until it has ended", path.display()));
        }
        let told = whole_lines(&beside_path, &mut beside)?;
        let (log, events) = read(path).inspect_err(|_| {
            // Nothing is shared yet, so nothing stands beside the log.
            if told.is_empty() {
                let _ = std::fs::remove_file(&beside_path);
            }
        })?;
        let all: Vec<String> = events.iter().map(|event| event.id.0.clone()).collect();
        let mut inner = Inner {
            events: events.into_iter().map(|event| (event.id.0.clone(), event)).collect(),
            outbox: BTreeMap::new(),
            known: BTreeSet::new(),
            erased: BTreeSet::new(),
            state: State::default(),
            device: String::new(),
            path: path.to_owned(),
            log,
            beside,
            to: None,
        };
        for (at, line) in told.lines().enumerate() {
            let told: Told =
                serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", beside_path.display(), at + 1))?;
            if !told.to.is_empty() && told.to != to {
                return Err(format!(
                    "{}: this log is shared with {}; to share it with {to}, copy the log without that file",
                    beside_path.display(),
                    told.to
                ));
            }
            inner.take(told);
        }
        if told.is_empty() {
            inner.device = device(path);
            // Written once the server has answered: what was mistyped binds nothing.
            inner.to = Some(to.to_owned());
        }
        let is_left = all.iter().any(|id| inner.erased.contains(id));
        let forgotten = if is_left { inner.rewrite() } else { Ok(()) };
        forgotten.and_then(|()| inner.forget()).map_err(|error| format!("{}: {error}", path.display()))?;
        // What was refused is tried again: a role may have changed since.
        for status in inner.outbox.values_mut().filter(|status| matches!(status, Status::Refused(_))) {
            *status = Status::Queued;
        }
        let new =
            inner.events.values().filter(|event| event.may_be_sent_by(user) && !inner.known.contains(&event.id.0));
        let new: Vec<String> = new.map(|event| event.id.0.clone()).collect();
        for id in new {
            inner.outbox.entry(id).or_insert(Status::Queued);
        }
        Ok(Self { user: user.to_owned(), inner: RefCell::new(inner) })
    }

    /// Id of this copy of the log.
    pub fn device(&self) -> String {
        self.inner.borrow().device.clone()
    }

    /// Events that the server has not confirmed.
    pub fn waiting(&self) -> usize {
        self.inner.borrow().outbox.values().filter(|status| !matches!(status, Status::Refused(_))).count()
    }

    /// Events that the server does not take.
    pub fn refused(&self) -> Vec<(String, Refusal)> {
        let refused = |(id, status): (&String, &Status)| match status {
            Status::Refused(why) => Some((id.clone(), why.clone())),
            _ => None,
        };
        self.inner.borrow().outbox.iter().filter_map(refused).collect()
    }

    /// Others' events that the server does not have.
    pub fn only_here(&self) -> u32 {
        self.inner.borrow().state.only_here
    }
}

impl Inner {
    fn take(&mut self, told: Told) {
        if !told.device.is_empty() {
            self.device = told.device;
        }
        for id in told.acked {
            self.outbox.insert(id, Status::Acked);
        }
        for id in told.queued {
            self.known.remove(&id);
            self.outbox.insert(id, Status::Queued);
        }
        for (id, why) in told.refused {
            let why = Refusal::from_value(&why).unwrap_or(Refusal::Different {});
            self.outbox.insert(id, Status::Refused(why));
        }
        for id in told.done {
            self.outbox.remove(&id);
            self.known.insert(id);
        }
        for id in told.erased {
            self.outbox.remove(&id);
            self.events.remove(&id);
            self.erased.insert(id);
        }
        for id in told.received.into_iter().filter(|id| !self.outbox.contains_key(id)) {
            self.known.insert(id);
        }
        if let Some(state) = told.state {
            self.state = State::from_value(&state);
        }
    }

    fn commit(&mut self, changes: Commit<Event>) -> std::io::Result<()> {
        let Commit { received, acked, queued, refused, done, state } = changes;
        if let Some(to) = &self.to {
            let told = Told { to: to.clone(), device: self.device.clone(), ..Told::default() };
            write_line(&mut self.beside, &told)?;
            self.to = None;
        }
        let ids: Vec<String> = received.iter().map(|event| event.id.0.clone()).collect();
        let fresh: BTreeMap<String, Event> = received
            .into_iter()
            .filter(|event| !self.events.contains_key(&event.id.0) && !self.erased.contains(&event.id.0))
            .map(|event| (event.id.0.clone(), event))
            .collect();
        if !fresh.is_empty() {
            let lines: String = fresh.values().map(|event| event.text() + "\n").collect();
            self.log.write_all(lines.as_bytes())?;
            self.log.sync_data()?;
        }
        let refused = refused.into_iter().map(|(id, why)| (id, why.to_value())).collect();
        let state = Some(state.to_value());
        let told = Told { received: ids, acked, queued, refused, done, state, ..Told::default() };
        write_line(&mut self.beside, &told)?;
        self.events.extend(fresh);
        self.take(told);
        self.forget()
    }

    /// Lets go of what the events of erased mentions say.
    fn forget(&mut self) -> std::io::Result<()> {
        if !self.events.values().any(|event| event.t == "erased") {
            return Ok(());
        }
        let changes = fold(self.events.values()).take_changes();
        let keys = erased_keys(&changes);
        let is_gone = |event: &&Event| !stays(&event.t) && event.m.as_ref().is_some_and(|m| keys.contains(&m));
        let gone: Vec<String> = self.events.values().filter(is_gone).map(|event| event.id.0.clone()).collect();
        if gone.is_empty() {
            return Ok(());
        }
        // Told first: cut off between the two, the next run writes the log anew.
        let told = Told { erased: gone, ..Told::default() };
        write_line(&mut self.beside, &told)?;
        self.take(told);
        self.rewrite()
    }

    /// Writes the log anew without what is erased. It is read again before: somebody else may have written there since.
    fn rewrite(&mut self) -> std::io::Result<()> {
        let is_erased = |line: &str| Event::from_text(line).is_ok_and(|event| self.erased.contains(&event.id.0));
        let text = std::fs::read_to_string(&self.path)?;
        let rest: String = text.split_inclusive('\n').filter(|line| !is_erased(line)).collect();
        self.log = written_anew(&self.path, &rest)?;
        Ok(())
    }
}

/// The file beside `path` whose name has `more` behind it.
fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(more);
    PathBuf::from(name)
}

/// Puts a file that holds `text` in the place of the one at `path`; it is there whole or not at all.
fn written_anew(path: &Path, text: &str) -> std::io::Result<File> {
    let new = beside(path, "new");
    let mut file = File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    OpenOptions::new().append(true).open(path)
}

/// The file at `path`, made if there is none. It is written at its end, wherever that is by then: somebody else may
/// write there too.
fn appended(path: &Path) -> Result<File, Problem> {
    let file = OpenOptions::new().read(true).append(true).create(true).open(path);
    file.map_err(|error| format!("{}: {error}", path.display()))
}

/// The log at `path`, and its events.
fn read(path: &Path) -> Result<(File, Vec<Event>), Problem> {
    let mut log = appended(path)?;
    let text = whole_lines(path, &mut log)?;
    let mut found = import(&text);
    if !found.problems.is_empty()
        && let Some(mended) = without_cuts(path, &text)?
    {
        log = mended.0;
        found = import(&mended.1);
    }
    if let Some(problem) = found.problems.first() {
        return Err(format!("{}:{}: {}", path.display(), problem.line, Catalogue::of(Lang::En).say(&problem.why)));
    }
    Ok((log, found.events))
}

/// The whole lines of `file`, which is at `path`. Half a line at its end is put into a file beside it.
fn whole_lines(path: &Path, file: &mut File) -> Result<String, Problem> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fail)?;
    let tail = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if tail < bytes.len() {
        if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes[tail..]).is_ok() {
            // Whole, and merely without its line's end.
            file.write_all(b"\n").map_err(fail)?;
            bytes.push(b'\n');
        } else {
            let torn = put_aside(path, &bytes[tail..]).map_err(fail)?;
            eprintln!("{}: its last line was half written; it is in {} now", path.display(), torn.display());
            file.set_len(tail as u64).map_err(fail)?;
            bytes.truncate(tail);
        }
    }
    String::from_utf8(bytes).map_err(|_| format!("{}: this is no text", path.display()))
}

/// Writes half a line into a file of its own, behind what is there; says which file.
fn put_aside(path: &Path, half: &[u8]) -> std::io::Result<PathBuf> {
    let torn = beside(path, "torn");
    let mut kept = OpenOptions::new().append(true).create(true).open(&torn)?;
    kept.write_all(&[half, b"\n"].concat())?;
    kept.sync_data()?;
    Ok(torn)
}

/// The log at `path` without the half lines that somebody wrote on behind: each such line keeps its whole events.
/// Nothing if `text` holds no such line.
fn without_cuts(path: &Path, text: &str) -> Result<Option<(File, String)>, Problem> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut mended = String::with_capacity(text.len());
    let mut cuts = 0;
    for (number, line) in text.lines().enumerate() {
        let is_whole = line.trim().is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        let found = if is_whole { None } else { behind_a_cut(line) };
        let Some((half, events)) = found else {
            mended.push_str(line);
            mended.push('\n');
            continue;
        };
        cuts += 1;
        if !half.is_empty() {
            let torn = put_aside(path, half.as_bytes()).map_err(fail)?;
            let at = number + 1;
            eprintln!("{}:{at}: this line began half written; that half is in {} now", path.display(), torn.display());
        }
        for event in events {
            mended.push_str(event);
            mended.push('\n');
        }
    }
    if cuts == 0 {
        return Ok(None);
    }
    Ok(Some((written_anew(path, &mended).map_err(fail)?, mended)))
}

/// Half a line, and the whole events that follow it up to the line's end.
fn behind_a_cut(line: &str) -> Option<(&str, Vec<&str>)> {
    line.match_indices('{').find_map(|(at, _)| Some((&line[..at], whole_events(&line[at..])?)))
}

/// The events of which `text` is made, if it is made of nothing else.
fn whole_events(text: &str) -> Option<Vec<&str>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let mut events = Vec::new();
    let mut start = 0;
    while let Some(value) = values.next() {
        value.ok()?;
        let event = text[start..values.byte_offset()].trim();
        Event::from_text(event).ok()?;
        events.push(event);
        start = values.byte_offset();
    }
    Some(events)
}

fn write_line(file: &mut File, told: &Told) -> std::io::Result<()> {
    let line = serde_json::to_string(told).map_err(std::io::Error::other)? + "\n";
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// A name for this copy of the log that no other has.
fn device(path: &Path) -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = format!("{}|{}|{}", path.display(), since.as_nanos(), std::process::id());
    let actor = rejoinder::log::Actor { by: seed, dev: String::new() };
    format!("d-{}", actor.tag().to_lowercase())
}

impl Store for Log {
    type Doc = Event;

    async fn state(&self) -> Result<State, Broken> {
        Ok(self.inner.borrow().state.clone())
    }

    async fn outbox(&self, after: &str, most: usize) -> Result<Vec<Waiting<Event>>, Broken> {
        let inner = self.inner.borrow();
        let open = inner.outbox.iter().filter(|(id, _)| id.as_str() > after);
        let waiting = open.filter_map(|(id, status)| match status {
            Status::Refused(_) => None,
            status => Some(Waiting { doc: inner.events.get(id)?.clone(), acked: matches!(status, Status::Acked) }),
        });
        Ok(waiting.take(most).collect())
    }

    async fn own(&self, after: &str, most: usize) -> Result<Vec<String>, Broken> {
        let inner = self.inner.borrow();
        let own = inner.events.values().filter(|event| event.id.0.as_str() > after && event.may_be_sent_by(&self.user));
        Ok(own.take(most).map(|event| event.id.0.clone()).collect())
    }

    async fn months(&self) -> Result<BTreeMap<String, u64>, Broken> {
        let mut months = BTreeMap::new();
        let inner = self.inner.borrow();
        for id in inner.events.keys().chain(&inner.erased) {
            *months.entry(id.split('!').next().unwrap_or_default().to_owned()).or_default() += 1;
        }
        Ok(months)
    }

    async fn held(&self, month: &str) -> Result<BTreeMap<String, Holding>, Broken> {
        let inner = self.inner.borrow();
        let holding = |event: &Event| match inner.outbox.contains_key(&event.id.0) {
            true => Holding::Waiting,
            false if event.may_be_sent_by(&self.user) => Holding::Ours,
            false => Holding::Others,
        };
        let of_month = inner.events.values().filter(|event| event.id.0.split('!').next() == Some(month));
        let erased = inner.erased.iter().filter(|id| id.split('!').next() == Some(month));
        let held = of_month.map(|event| (event.id.0.clone(), holding(event)));
        Ok(held.chain(erased.map(|id| (id.clone(), Holding::Erased))).collect())
    }

    async fn commit(&self, changes: Commit<Event>) -> Result<(), Broken> {
        self.inner.borrow_mut().commit(changes).map_err(|error| Broken(error.to_string()))
    }
}
