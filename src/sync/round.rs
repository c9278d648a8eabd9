//! One round: meet, push, pull, make sure, keep the checkpoint.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use serde_json::{Value, json};

use super::answer::{documents, list, read, since, text};
use super::months;
use super::store::{Broken, Commit, Document, Refusal, State, Store};
use super::transport::{Call, Fault, Transport, escaped};

/// As many bytes go in one call, unless one document alone is larger.
const BATCH_BYTES: usize = 2_000_000;
/// How often both sides' months are compared, milliseconds.
const COMPARE_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// Where to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Name of the workspace's database.
    pub workspace: String,
    /// This device.
    pub device: String,
    /// As many documents go in one call.
    pub batch: usize,
    /// As many documents come in one answer.
    pub page: usize,
}

impl Target {
    /// In portions that every server takes.
    pub fn new(workspace: &str, device: &str) -> Self {
        Self { workspace: workspace.to_owned(), device: device.to_owned(), batch: 500, page: 1_000 }
    }

    /// A path below the workspace.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", escaped(&self.workspace))
    }
}

/// What a round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that the server took.
    pub pushed: u32,
    /// Documents that came, our own too.
    pub received: u32,
    /// Documents of ours that left the outbox: they are on the server.
    pub verified: u32,
    /// Documents that the server does not take.
    pub refused: u32,
    /// The server was restored from an older copy, or is another one.
    pub went_back: bool,
    /// Something came to light that another round mends at once.
    pub again: bool,
}

impl From<Broken> for Fault {
    fn from(Broken(name): Broken) -> Self {
        Self::Storage(name)
    }
}

/// What the server has kept of how far we are.
#[derive(Debug, Default)]
struct Checkpoint {
    /// Its name.
    anchor: String,
    /// The name of the one before it, as far as we knew: an answer of the server may not have reached us.
    before: String,
    /// To overwrite it.
    rev: Option<String>,
}

/// Whether what was read back may leave the outbox with a checkpoint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The server may have been restored since: the next checkpoint tells.
    Stays,
    /// A checkpoint stood between sending and reading back.
    Leaves,
}

/// A round on its way.
pub(super) struct Round<'a, S: Store, T> {
    pub(super) store: &'a S,
    pub(super) transport: &'a T,
    pub(super) target: &'a Target,
    pub(super) state: State,
    pub(super) report: Report,
    /// What waits in the outbox: id and hash.
    waiting: BTreeMap<String, String>,
    /// What of it was read back.
    seen: Vec<String>,
    /// How far this round has come: see [`State::since`] and [`State::joining`].
    since: Option<Value>,
    joining: Option<String>,
    /// Something of this round needs a newer checkpoint.
    moved: bool,
    /// What the server has of ours.
    checkpoint: Checkpoint,
    /// UTC milliseconds, for the names of checkpoints, and how many of them this round has made.
    now: i64,
    kept: u32,
}

/// Makes one round at `now` (UTC milliseconds), telling `progress` after each commit. Whatever it returns, whenever it is
/// cut off: the next round goes on from what was committed.
pub async fn round<S: Store, T: Transport>(
    store: &S,
    transport: &T,
    target: &Target,
    now: i64,
    progress: &mut dyn FnMut(&Report),
) -> Result<Report, Fault> {
    let mut round = Round {
        store,
        transport,
        target,
        state: store.state().await?,
        report: Report::default(),
        waiting: BTreeMap::new(),
        seen: Vec::new(),
        since: None,
        joining: None,
        moved: false,
        checkpoint: Checkpoint::default(),
        now,
        kept: 0,
    };
    round.meet().await?;
    round.push(progress).await?;
    if !round.waiting.is_empty() || !round.seen.is_empty() {
        // A server that is restored between this and reading back refuses the checkpoint after that.
        round.moved = true;
        round.keep_checkpoint(Seen::Stays).await?;
    }
    round.join(progress).await?;
    round.pull(progress).await?;
    round.read_back().await?;
    round.recheck().await?;
    if round.state.compared.is_none_or(|at| !(0..COMPARE_EVERY_MS).contains(&(now - at))) {
        months::compare(&mut round, now).await?;
    }
    round.keep_checkpoint(Seen::Leaves).await?;
    Ok(round.report)
}

impl<S: Store, T: Transport> Round<'_, S, T> {
    pub(super) async fn get(&self, rest: &str) -> Result<String, Fault> {
        self.transport.call(Call::get(self.target.path(rest))).await?.ok()
    }

    pub(super) async fn post(&self, rest: &str, body: String) -> Result<String, Fault> {
        self.transport.call(Call::post(self.target.path(rest), body)).await?.ok()
    }

    fn checkpoint_path(&self) -> String {
        self.target.path(&format!("/_local/{}", escaped(&self.target.device)))
    }

    /// Is the server as we left it? One that was restored from a copy has another of our checkpoints, or none.
    async fn meet(&mut self) -> Result<(), Fault> {
        let is_new = self.state == State::default();
        let mut noted = None;
        if is_new {
            let mut about = read(&self.get("").await?, "workspace")?;
            noted = about.get_mut("update_seq").map(Value::take).filter(|seq| !seq.is_null());
        }
        let answer = self.transport.call(Call::get(self.checkpoint_path())).await?;
        self.checkpoint = match answer.status {
            404 => Checkpoint::default(),
            _ => {
                let kept = read(&answer.ok()?, "checkpoint")?;
                let field = |name: &str| text(&kept, name).map(str::to_owned);
                let anchor = field("anchor").ok_or(Fault::Garbled("checkpoint"))?;
                Checkpoint { anchor, before: field("before").unwrap_or_default(), rev: field("_rev") }
            }
        };
        if is_new {
            // What is newest is shown first; what is written from now on comes as changes.
            self.joining = Some(String::new());
            self.since = noted;
            self.moved = true;
            return self.keep_checkpoint(Seen::Stays).await;
        }
        let is_ours = self.checkpoint.anchor == self.state.anchor || self.checkpoint.before == self.state.anchor;
        if !is_ours || self.checkpoint.rev.is_none() {
            self.state = State {
                anchor: self.checkpoint.anchor.clone(),
                // Every document of ours is looked for.
                recheck: Some(String::new()),
                ..State::default()
            };
            self.report.went_back = true;
            self.moved = true;
            // Before the server hears of it: it would look as we left it.
            self.store.commit(Commit::of(&self.state)).await?;
            return self.keep_checkpoint(Seen::Stays).await;
        }
        self.since.clone_from(&self.state.since);
        self.joining.clone_from(&self.state.joining);
        Ok(())
    }

    /// Sends what waits, oldest first.
    async fn push(&mut self, progress: &mut dyn FnMut(&Report)) -> Result<(), Fault> {
        let mut most = self.target.batch;
        let mut after = String::new();
        loop {
            let page = self.store.outbox(&after, self.target.batch).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.doc.id().to_owned();
            self.waiting.extend(page.iter().map(|one| (one.doc.id().to_owned(), one.doc.hash().to_owned())));
            let queued: Vec<&S::Doc> = page.iter().filter(|one| !one.acked).map(|one| &one.doc).collect();
            let mut rest = queued.as_slice();
            while !rest.is_empty() {
                let (body, taken) = portion(rest, most);
                let (batch, others) = rest.split_at(taken);
                let answer = self.transport.call(Call::post(self.target.path("/_bulk_docs"), body)).await?;
                match answer.status {
                    // Too large, or one of them is nothing that the server can read: smaller portions find out which.
                    400 | 413 if taken > 1 => {
                        most = taken / 2;
                        continue;
                    }
                    413 => self.settle(Vec::new(), vec![(batch[0].id().to_owned(), Refusal::TooLarge {})]).await?,
                    400 => {
                        let trouble = read(&answer.body, "written").unwrap_or_default();
                        let why = Refusal::Rule { reason: text(&trouble, "reason").unwrap_or_default().to_owned() };
                        self.settle(Vec::new(), vec![(batch[0].id().to_owned(), why)]).await?;
                    }
                    _ => {
                        let Value::Array(rows) = read(&answer.ok()?, "written")? else {
                            return Err(Fault::Garbled("written"));
                        };
                        self.take_rows(batch, &rows).await?;
                    }
                }
                rest = others;
                progress(&self.report);
            }
        }
    }

    /// Goes through the answer row by row. What the server would not write it may have: that is looked at.
    async fn take_rows(&mut self, batch: &[&S::Doc], rows: &[Value]) -> Result<(), Fault> {
        let mut doubts: BTreeMap<String, Doubt> = BTreeMap::new();
        for row in rows {
            let Some(error) = row.get("error").filter(|error| !error.is_null()) else { continue };
            let doubt = match error.as_str() {
                Some("conflict" | "forbidden") => Doubt::Refused(text(row, "reason").unwrap_or_default().to_owned()),
                Some("unauthorized") => Doubt::Nobody,
                _ => Doubt::Later,
            };
            doubts.insert(text(row, "id").unwrap_or_default().to_owned(), doubt);
        }
        let mut acked = Vec::new();
        let mut doubtful = Vec::new();
        let mut is_nobody = false;
        let mut is_later = false;
        for doc in batch {
            match doubts.get(doc.id()) {
                None => acked.push(doc.id().to_owned()),
                Some(Doubt::Later) => is_later = true,
                Some(_) => doubtful.push(doc.id().to_owned()),
            }
        }
        let mut refused = Vec::new();
        if !doubtful.is_empty() {
            let there = self.look(&doubtful).await?;
            for id in doubtful {
                match (there.get(&id), doubts.remove(&id)) {
                    (Some(hash), _) if self.waiting.get(&id) == Some(hash) => {
                        self.waiting.remove(&id);
                        self.seen.push(id);
                    }
                    (Some(_), _) => refused.push((id, Refusal::Different {})),
                    (None, Some(Doubt::Refused(reason))) => refused.push((id, Refusal::Rule { reason })),
                    (None, _) => is_nobody = true,
                }
            }
        }
        self.settle(acked, refused).await?;
        match (is_nobody, is_later) {
            (true, _) => Err(Fault::SignIn),
            (_, true) => Err(Fault::Busy { status: 500, retry_after: None }),
            _ => Ok(()),
        }
    }

    async fn settle(&mut self, acked: Vec<String>, refused: Vec<(String, Refusal)>) -> Result<(), Fault> {
        self.report.pushed += number(acked.len());
        self.report.refused += number(refused.len());
        for (id, _) in &refused {
            self.waiting.remove(id);
        }
        let commit = Commit { acked, refused, ..Commit::of(&self.state) };
        Ok(self.store.commit(commit).await?)
    }

    /// Hashes of those of `ids` that the server has.
    pub(super) async fn look(&self, ids: &[String]) -> Result<BTreeMap<String, String>, Fault> {
        let found = self.fetch(ids).await?;
        Ok(found.iter().map(|doc| (doc.id().to_owned(), doc.hash().to_owned())).collect())
    }

    /// Those of `ids` that the server has.
    pub(super) async fn fetch(&self, ids: &[String]) -> Result<Vec<S::Doc>, Fault> {
        let body = self.post("/_all_docs?include_docs=true", json!({ "keys": ids }).to_string()).await?;
        let rows = list(&mut read(&body, "documents")?, "rows", "documents")?;
        // An answer that is short says nothing about what it lacks.
        if rows.len() != ids.len() {
            return Err(Fault::Garbled("documents"));
        }
        Ok(documents(rows))
    }

    /// Newest first, until all is here that was there when joining began. The server makes the next page ready while this
    /// one goes into the log.
    async fn join(&mut self, progress: &mut dyn FnMut(&Report)) -> Result<(), Fault> {
        let (transport, target) = (self.transport, self.target);
        let Some(before) = self.joining.clone() else { return Ok(()) };
        let mut page = older(transport, target, &before).await?;
        loop {
            let rest = page.rest.clone();
            let next = async {
                match &rest {
                    Some(before) => Some(older(transport, target, before).await),
                    None => None,
                }
            };
            let (next, taken) = both(next, self.take_older(page, progress)).await;
            taken?;
            match next {
                Some(next) => page = next?,
                None => return Ok(()),
            }
        }
    }

    /// A page of what was there before joining into the log, and how far we are after it.
    async fn take_older(&mut self, page: Older<S::Doc>, progress: &mut dyn FnMut(&Report)) -> Result<(), Fault> {
        self.joining = page.rest;
        self.receive(page.docs).await?;
        progress(&self.report);
        self.keep_checkpoint(Seen::Leaves).await
    }

    /// What changed since the last time. The server makes the next page ready while this one goes into the log.
    async fn pull(&mut self, progress: &mut dyn FnMut(&Report)) -> Result<(), Fault> {
        let (transport, target) = (self.transport, self.target);
        let mut page = changes(transport, target, self.since.as_ref()).await?;
        loop {
            let (is_last, last_seq) = (page.is_last, page.last_seq.clone());
            let next = async { if is_last { None } else { Some(changes(transport, target, Some(&last_seq)).await) } };
            let (next, taken) = both(next, self.take_page(page, progress)).await;
            taken?;
            match next {
                Some(next) => page = next?,
                None => return Ok(()),
            }
        }
    }

    /// A page of changes into the log, and how far we are after it.
    async fn take_page(&mut self, page: Page<S::Doc>, progress: &mut dyn FnMut(&Report)) -> Result<(), Fault> {
        self.since = Some(page.last_seq);
        // Changes that are no events are not asked for again either.
        self.moved |= page.is_any;
        if !page.docs.is_empty() {
            self.receive(page.docs).await?;
            progress(&self.report);
        }
        // Cut off later, the next round begins here; after the last page more is done first.
        if page.is_last { Ok(()) } else { self.keep_checkpoint(Seen::Leaves).await }
    }

    /// Into the log; what of it waits in the outbox was read back with it.
    pub(super) async fn receive(&mut self, docs: Vec<S::Doc>) -> Result<(), Fault> {
        self.report.received += number(docs.len());
        self.moved = true;
        if self.state.only_here > 0 {
            // Others may have sent what only we had.
            self.state.compared = None;
        }
        for doc in &docs {
            if self.waiting.get(doc.id()).is_some_and(|hash| hash == doc.hash()) {
                self.waiting.remove(doc.id());
                self.seen.push(doc.id().to_owned());
            }
        }
        Ok(self.store.commit(Commit { received: docs, ..Commit::of(&self.state) }).await?)
    }

    /// What the server said that it has and what did not come with the changes is looked for; what is not there waits again.
    async fn read_back(&mut self) -> Result<(), Fault> {
        let unseen: Vec<String> = self.waiting.keys().cloned().collect();
        for ids in unseen.chunks(self.target.batch) {
            let there = self.look(ids).await?;
            let mut commit = Commit::of(&self.state);
            for id in ids {
                match there.get(id) {
                    Some(hash) if self.waiting.get(id) == Some(hash) => self.seen.push(id.clone()),
                    Some(_) => commit.refused.push((id.clone(), Refusal::Different {})),
                    None => commit.queued.push(id.clone()),
                }
            }
            if !(commit.queued.is_empty() && commit.refused.is_empty()) {
                self.report.again |= !commit.queued.is_empty();
                self.report.refused += number(commit.refused.len());
                self.store.commit(commit).await?;
            }
        }
        Ok(())
    }

    /// The server went back in time: what is ours and not there waits again.
    async fn recheck(&mut self) -> Result<(), Fault> {
        while let Some(after) = self.state.recheck.take() {
            let ids = self.store.own(&after, self.target.batch).await?;
            let there = if ids.is_empty() { BTreeMap::new() } else { self.look(&ids).await? };
            self.state.recheck = ids.last().cloned();
            let queued: Vec<String> = ids.into_iter().filter(|id| !there.contains_key(id)).collect();
            self.report.again |= !queued.is_empty();
            self.store.commit(Commit { queued, ..Commit::of(&self.state) }).await?;
        }
        Ok(())
    }

    /// Tells the server how far we are.
    async fn keep_checkpoint(&mut self, seen: Seen) -> Result<(), Fault> {
        if !self.moved && self.seen.is_empty() {
            return Ok(());
        }
        self.kept += 1;
        let anchor = format!("{}.{}", self.now, self.kept);
        let mut body = json!({ "anchor": anchor, "before": self.state.anchor });
        if let Some(rev) = &self.checkpoint.rev {
            body["_rev"] = rev.as_str().into();
        }
        let answer = self.transport.call(Call::put(self.checkpoint_path(), body.to_string())).await?;
        if answer.status == 409 {
            // It is not the one that we met: what was read back may be gone. The next round meets it.
            return Err(Fault::Busy { status: 409, retry_after: None });
        }
        let kept = read(&answer.ok()?, "checkpoint")?;
        self.checkpoint =
            Checkpoint { anchor: anchor.clone(), before: String::new(), rev: text(&kept, "rev").map(str::to_owned) };
        self.state.anchor = anchor;
        self.state.since.clone_from(&self.since);
        self.state.joining.clone_from(&self.joining);
        self.moved = false;
        let mut commit = Commit::of(&self.state);
        if seen == Seen::Leaves {
            self.report.verified += number(self.seen.len());
            commit.done = std::mem::take(&mut self.seen);
        }
        Ok(self.store.commit(commit).await?)
    }
}

/// A page of what was there before this device joined.
struct Older<D> {
    docs: Vec<D>,
    /// Where the next one begins, if there is one: see [`State::joining`].
    rest: Option<String>,
}

/// Asks for the page of documents older than `before`; empty: the newest.
async fn older<D: Document, T: Transport>(transport: &T, target: &Target, before: &str) -> Result<Older<D>, Fault> {
    let most = target.page;
    let start = escaped(&json!(if before.is_empty() { "9\u{fff0}" } else { before }).to_string());
    let skip = if before.is_empty() { "" } else { "&skip=1" };
    let path = target.path(&format!(
        "/_all_docs?include_docs=true&descending=true&limit={most}&startkey={start}&endkey=%220%22{skip}"
    ));
    let body = transport.call(Call::get(path)).await?.ok()?;
    let rows = list(&mut read(&body, "documents")?, "rows", "documents")?;
    let rest = rows.last().filter(|_| rows.len() >= most).and_then(|row| text(row, "id")).map(str::to_owned);
    Ok(Older { docs: documents(rows), rest })
}

/// A page of what changed.
struct Page<D> {
    docs: Vec<D>,
    /// There were changes, whatever they are about.
    is_any: bool,
    /// Nothing comes after it for now.
    is_last: bool,
    /// Where the next one begins.
    last_seq: Value,
}

/// Asks for the page of changes after `after`.
async fn changes<D: Document, T: Transport>(
    transport: &T,
    target: &Target,
    after: Option<&Value>,
) -> Result<Page<D>, Fault> {
    let most = target.page;
    let after = after.map(|seq| format!("&since={}", escaped(&since(seq)))).unwrap_or_default();
    let path = target.path(&format!("/_changes?include_docs=true&limit={most}{after}"));
    let body = transport.call(Call::get(path)).await?.ok()?;
    let mut answer = read(&body, "changes")?;
    let results = list(&mut answer, "results", "changes")?;
    let last_seq = answer.get_mut("last_seq").map(Value::take).filter(|seq| !seq.is_null());
    let last_seq = last_seq.ok_or(Fault::Garbled("changes"))?;
    let pending = answer.get("pending").and_then(Value::as_u64);
    let is_last = pending.map_or(results.len() < most, |pending| pending == 0);
    Ok(Page { is_any: !results.is_empty(), docs: documents(results), is_last, last_seq })
}

/// Goes on with both until both are done.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut of_a, mut of_b) = (None, None);
    poll_fn(|context| {
        if of_a.is_none()
            && let Poll::Ready(done) = a.as_mut().poll(context)
        {
            of_a = Some(done);
        }
        if of_b.is_none()
            && let Poll::Ready(done) = b.as_mut().poll(context)
        {
            of_b = Some(done);
        }
        match (of_a.take(), of_b.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                (of_a, of_b) = (a, b);
                Poll::Pending
            }
        }
    })
    .await
}

/// What a row that was not written may mean.
enum Doubt {
    /// The server's rules, or it is there.
    Refused(String),
    /// Nobody is signed in any more.
    Nobody,
    /// An error of the server's own.
    Later,
}

/// The body of a call with the first of `docs`, and how many of them it holds.
fn portion<D: Document>(docs: &[&D], most: usize) -> (String, usize) {
    let mut body = String::from(r#"{"docs":["#);
    let mut taken = 0;
    for doc in docs.iter().take(most) {
        let text = doc.text();
        if taken > 0 && body.len() + text.len() > BATCH_BYTES {
            break;
        }
        if taken > 0 {
            body.push(',');
        }
        body.push_str(&text);
        taken += 1;
    }
    body.push_str("]}");
    (body, taken)
}

pub(super) fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
