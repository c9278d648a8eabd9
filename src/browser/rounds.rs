//! Rounds with a team's server, a module of its own: when they run, and how they reach the log.
//!
//! A round runs after each change, when the server has news for a tab that somebody looks at, once a minute, and later
//! after a failure; one at a time. A background that dies in the middle begins again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::clock::{now, random};
use super::http::Server;
use super::shelf::Shelf;
use crate::sync::{Call, Fault, Secret, Store, Target, Transport, answer, backoff, escaped, presence, run};
use crate::workspace::team::permission;

/// How long the server may hold a question for news, milliseconds. A background is ended after 30 s.
const HELD_MS: u32 = 20_000;
/// As many changes are looked at to tell news of the log from those of colleagues.
const NEWS: u32 = 50;
/// How long this person counts as being at work without saying so again, milliseconds.
const PRESENT_MS: i64 = 30_000;
/// A question that fails sooner was not held: the server is asked again with the next round.
const FAILED_MS: i64 = 5_000;

#[wasm_bindgen]
extern "C" {
    /// What the shim lets us do.
    #[derive(Clone)]
    pub type Background;
    /// Puts what came from the server into the log; fulfilled when it has lasted.
    #[wasm_bindgen(method)]
    pub(super) fn travel(this: &Background, what: &str) -> js_sys::Promise;
    /// Tells the core how it goes.
    #[wasm_bindgen(method)]
    fn told(this: &Background, what: &str);
    /// The password kept for a workspace.
    #[wasm_bindgen(method)]
    fn secret(this: &Background, workspace: &str) -> js_sys::Promise;
    /// The browser lets us ask the hosts of this pattern.
    #[wasm_bindgen(method)]
    fn permitted(this: &Background, pattern: &str) -> js_sys::Promise;
    /// Somebody looks at a tab that we may work in.
    #[wasm_bindgen(method)]
    fn watched(this: &Background) -> js_sys::Promise;
}

/// Which log is shared, where, and as whom.
#[derive(Clone, Default, PartialEq)]
struct Line {
    workspace: String,
    url: String,
    user: String,
    target: Target,
}

impl Line {
    fn from_text(text: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            workspace: text("workspace")?,
            url: text("url")?,
            user: text("user")?,
            target: Target::new(&text("database")?, &text("device")?),
        })
    }
}

/// How far the rounds are.
struct Rounds {
    background: Background,
    line: RefCell<Line>,
    running: Cell<bool>,
    /// Something changed while a round ran.
    again: Cell<bool>,
    watching: Cell<bool>,
    failures: Cell<u32>,
    /// Not before that moment, unless a person asks.
    not_before: Cell<i64>,
    /// What is to be told of this person next: the mention they answer, or none.
    mine: RefCell<Option<String>>,
    /// That is being told.
    telling: Cell<bool>,
    /// The server's mark of what was told last.
    rev: RefCell<Option<String>>,
    /// Counts what was heard of colleagues: what was heard before is old.
    heard: Cell<u32>,
}

thread_local! {
    static ROUNDS: RefCell<Option<Rc<Rounds>>> = const { RefCell::new(None) };
}

/// Shares the log that `line` (JSON) names; `asked`: by a person, who does not wait for a better moment. `watch`: only
/// looks whether there is news. Without a line nothing is shared any more.
pub fn share(background: Background, line: &str, asked: bool, watch: bool) {
    let Some(line) = Line::from_text(line) else { return ROUNDS.set(None) };
    let known = ROUNDS.with_borrow(|rounds| rounds.clone().filter(|rounds| *rounds.line.borrow() == line));
    let rounds = known.unwrap_or_else(|| {
        Rc::new(Rounds {
            background,
            line: RefCell::new(line),
            running: Cell::default(),
            again: Cell::default(),
            watching: Cell::default(),
            failures: Cell::default(),
            not_before: Cell::default(),
            mine: RefCell::default(),
            telling: Cell::default(),
            rev: RefCell::default(),
            heard: Cell::default(),
        })
    });
    ROUNDS.set(Some(rounds.clone()));
    if watch { rounds.watch() } else { rounds.start(asked) }
}

/// Tells the team which mention this person answers now; empty = none.
pub fn present(m: &str) {
    if let Some(rounds) = ROUNDS.with_borrow(Clone::clone) {
        rounds.tell_team(m);
    }
}

impl Rounds {
    /// This line is still the one to share.
    fn is_current(self: &Rc<Self>) -> bool {
        ROUNDS.with_borrow(|rounds| rounds.as_ref().is_some_and(|rounds| Rc::ptr_eq(rounds, self)))
    }

    fn start(self: &Rc<Self>, asked: bool) {
        if !self.is_current() || !asked && now() < self.not_before.get() {
            return;
        }
        if self.running.replace(true) {
            return self.again.set(true);
        }
        let rounds = self.clone();
        spawn_local(async move {
            if asked {
                // What fails here fails in the round, which tells of it.
                let _ = rounds.shelf().retry_refused().await;
            }
            let is_fine = rounds.go().await;
            rounds.running.set(false);
            if rounds.again.take() {
                rounds.start(false);
            } else if is_fine {
                rounds.watch();
            }
        });
    }

    fn tell(&self, what: &Value) {
        self.background.told(&what.to_string());
    }

    fn shelf(&self) -> Shelf {
        let line = self.line.borrow();
        Shelf::new(self.background.clone(), &line.workspace, &line.user)
    }

    async fn go(self: &Rc<Self>) -> bool {
        let line = self.line.borrow().clone();
        self.tell(&json!({ "type": "synced", "running": true, "at": now() }));
        let fault = self.round(&line).await.err();
        match &fault {
            None => {
                self.failures.set(0);
                self.not_before.set(0);
            }
            Some(fault) => self.wait(fault),
        }
        let is_fine = fault.is_none();
        let fault = fault.map(|fault| {
            let mut told = fault.to_value();
            told["workspace"] = line.workspace.as_str().into();
            told
        });
        self.tell(&json!({ "type": "synced", "running": false, "at": now(), "fault": fault }));
        is_fine
    }

    async fn round(&self, line: &Line) -> Result<(), Fault> {
        let permission = self.background.permitted(&permission(&line.url));
        if !JsFuture::from(permission).await.is_ok_and(|permitted| permitted.is_truthy()) {
            return Err(Fault::NotPermitted);
        }
        let secret = JsFuture::from(self.background.secret(&line.workspace)).await;
        let password = secret.ok().and_then(|text| text.as_string());
        let secret = password.map(|password| Secret { name: line.user.clone(), password });
        let server = Server::new(&line.url);
        run(&self.shelf(), &server, &line.target, secret.as_ref(), now(), &mut |_| {}).await.map(drop)
    }

    /// Comes back later, while this background lives; after that the alarm asks.
    fn wait(self: &Rc<Self>, fault: &Fault) {
        self.failures.set(self.failures.get().saturating_add(1));
        let [a, b, c, d, ..] = random();
        let wait = backoff::delay(self.failures.get(), fault, u32::from_le_bytes([a, b, c, d]));
        self.not_before.set(now() + wait.cast_signed());
        let rounds = self.clone();
        spawn_local(async move {
            TimeoutFuture::new(u32::try_from(wait).unwrap_or(u32::MAX)).await;
            rounds.start(false);
        });
    }

    /// One thing at a time, the newest: what was to be told before it is over.
    fn tell_team(self: &Rc<Self>, m: &str) {
        *self.mine.borrow_mut() = Some(m.to_owned());
        if self.telling.replace(true) {
            return;
        }
        let rounds = self.clone();
        spawn_local(async move {
            while let Some(m) = rounds.mine.take() {
                let Line { url, user, target, .. } = rounds.line.borrow().clone();
                let until = if m.is_empty() { 0 } else { now() + PRESENT_MS };
                let mut rev = rounds.rev.borrow().clone();
                // Who is not heard of is not there: nothing is lost, and the next round tells what is wrong.
                let _ = presence::tell(&Server::new(&url), &target.workspace, &user, (&m, until), &mut rev).await;
                *rounds.rev.borrow_mut() = rev;
            }
            rounds.telling.set(false);
        });
    }

    /// Asks who is at work, and tells the core.
    async fn hear_team(self: &Rc<Self>, server: &Server) {
        let workspace = self.line.borrow().target.workspace.clone();
        if let Ok(people) = presence::everybody(server, &workspace, now()).await {
            self.heard.set(self.heard.get().wrapping_add(1));
            self.tell_core(people);
        }
    }

    /// Says who is at work, and again when somebody's time is over.
    fn tell_core(self: &Rc<Self>, people: Vec<Value>) {
        if !self.is_current() {
            return;
        }
        self.tell(&json!({ "type": "present", "people": people }));
        let end = |one: &Value| one[2].as_i64().unwrap_or_default();
        let Some(first) = people.iter().map(end).min() else { return };
        let (rounds, heard) = (self.clone(), self.heard.get());
        let wait = u32::try_from((first - now()).clamp(0, 2 * PRESENT_MS) + 50).unwrap_or_default();
        spawn_local(async move {
            TimeoutFuture::new(wait).await;
            if rounds.heard.get() == heard {
                rounds.tell_core(people.into_iter().filter(|one| end(one) > now()).collect());
            }
        });
    }

    /// Waits for news while somebody looks at a tab of ours.
    fn watch(self: &Rc<Self>) {
        if self.watching.replace(true) {
            return;
        }
        let rounds = self.clone();
        spawn_local(async move {
            let has_news = rounds.wait_for_news().await;
            rounds.watching.set(false);
            if has_news {
                rounds.start(false);
            }
        });
    }

    async fn wait_for_news(self: &Rc<Self>) -> bool {
        let (server, database) = {
            let line = self.line.borrow();
            (Server::new(&line.url), escaped(&line.target.workspace))
        };
        // Where the log is up to, until the server has told of colleagues alone.
        let mut after = None;
        self.hear_team(&server).await;
        loop {
            // Asking the browser also tells it that we are still at work.
            let is_watched = JsFuture::from(self.background.watched()).await.is_ok_and(|watched| watched.is_truthy());
            if !is_watched || !self.is_current() {
                return false;
            }
            let since = match after.clone() {
                Some(seq) => Some(seq),
                None => match self.shelf().state().await {
                    Ok(state) => state.since,
                    Err(_) => return false,
                },
            };
            let since = since.as_ref().map(|seq| escaped(&answer::since(seq))).unwrap_or_default();
            let path = format!("/{database}/_changes?feed=longpoll&limit={NEWS}&timeout={HELD_MS}&since={since}");
            let asked = now();
            match server.call(Call::get(path)).await {
                Ok(answer) if answer.status == 200 => {
                    let Ok(news) = answer::news(&answer.body) else { return false };
                    if news.presence {
                        self.hear_team(&server).await;
                    }
                    if news.log {
                        return true;
                    }
                    after = news.since.or(after);
                }
                // Held for as long as we wait at all.
                Err(_) if now() - asked > FAILED_MS => {}
                // The next round tells what is wrong.
                _ => return false,
            }
        }
    }
}
