//! When the log is shared: after each change, when the team's server has news for a tab that somebody looks at, once a
//! minute, and later after a failure. One round at a time; a background that dies in the middle begins again.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::clock::{now, random};
use super::host::Host;
use super::http::Server;
use super::idb::Fault as Broken;
use super::travel::Shared;
use crate::brain::{Input, Synced};
use crate::log::Event;
use crate::sync::{Call, Commit, Fault, Secret, Store, Target, Transport, answer, backoff, escaped, run};
use crate::workspace::team::Team;

/// How long the server may hold a question for news, milliseconds. A background is ended after 30 s.
const HELD_MS: u32 = 20_000;
/// A question that fails sooner was not held: the server is asked again with the next round.
const FAILED_MS: i64 = 5_000;

/// How far the sharing is.
#[derive(Debug, Default)]
pub struct Rounds {
    running: Cell<bool>,
    /// Something changed while a round ran.
    again: Cell<bool>,
    watching: Cell<bool>,
    failures: Cell<u32>,
    /// Not before that moment, unless a person asks.
    not_before: Cell<i64>,
}

/// The workspace in use, its team, and how to reach both.
struct Line {
    team: Team,
    target: Target,
    shared: Shared,
    server: Server,
}

impl Host {
    fn line(self: &Rc<Self>) -> Option<Line> {
        let (team, device, workspace) = {
            let brain = self.brain();
            (brain.team()?.clone(), brain.device_id().to_owned(), brain.workspace_id().to_owned())
        };
        Some(Line {
            target: Target::new(&team.database, &device),
            shared: Shared { host: self.clone(), workspace, user: team.user.clone() },
            server: Server::new(&team.url),
            team,
        })
    }

    /// Shares the log with its team, where it has one; `asked`: by a person, who does not wait for a better moment.
    pub fn share(self: &Rc<Self>, asked: bool) {
        let line = self.line();
        self.shim().minutely(line.is_some());
        let rounds = self.rounds();
        let Some(line) = line.filter(|_| asked || now() >= rounds.not_before.get()) else { return };
        if rounds.running.replace(true) {
            rounds.again.set(true);
            return;
        }
        let host = self.clone();
        spawn_local(async move {
            let is_fine = host.rounds_on(line).await;
            host.rounds().running.set(false);
            if host.rounds().again.take() {
                host.share(false);
            } else if is_fine {
                host.watch();
            }
        });
    }

    async fn rounds_on(self: &Rc<Self>, line: Line) -> bool {
        self.take(Input::Synced(Synced::Begun));
        let secret = JsFuture::from(self.shim().secret(&line.shared.workspace)).await;
        let secret = secret.ok().and_then(|text| text.as_string());
        let secret = secret.map(|password| Secret { name: line.team.user.clone(), password });
        let done = run(&line.shared, &line.server, &line.target, secret.as_ref(), now(), &mut |_| {}).await;
        let rounds = self.rounds();
        match &done {
            Ok(_) => {
                rounds.failures.set(0);
                rounds.not_before.set(0);
            }
            Err(fault) => {
                rounds.failures.set(rounds.failures.get().saturating_add(1));
                let [a, b, c, d, ..] = random();
                let wait = backoff::delay(rounds.failures.get(), fault, u32::from_le_bytes([a, b, c, d]));
                rounds.not_before.set(now() + wait.cast_signed());
                let host = self.clone();
                spawn_local(async move {
                    // While this background lives; after that the alarm asks.
                    TimeoutFuture::new(u32::try_from(wait).unwrap_or(u32::MAX)).await;
                    host.share(false);
                });
            }
        }
        let is_fine = done.is_ok();
        self.take(Input::Synced(Synced::Ended { done, at: now() }));
        is_fine
    }

    /// Waits for news while somebody looks at a tab of ours.
    pub fn watch(self: &Rc<Self>) {
        if self.brain().team().is_none() || self.rounds().watching.replace(true) {
            return;
        }
        let host = self.clone();
        spawn_local(async move {
            let has_news = host.wait_for_news().await;
            host.rounds().watching.set(false);
            if has_news {
                host.share(false);
            }
        });
    }

    async fn wait_for_news(self: &Rc<Self>) -> bool {
        loop {
            // Asking the browser also tells it that we are still at work.
            let is_watched = JsFuture::from(self.shim().watched()).await.is_ok_and(|watched| watched.is_truthy());
            let Some(line) = self.line().filter(|_| is_watched) else { return false };
            let Ok(state) = line.shared.state().await else { return false };
            let since = state.since.as_ref().map(|seq| escaped(&answer::since(seq))).unwrap_or_default();
            let path = format!(
                "/{}/_changes?feed=longpoll&limit=1&timeout={HELD_MS}&since={since}",
                escaped(&line.target.workspace)
            );
            let asked = now();
            match line.server.call(Call::get(path)).await {
                Ok(answer) if answer.status == 200 && answer::has_news(&answer.body) => return true,
                Ok(answer) if answer.status == 200 => {}
                // Held for as long as we wait at all.
                Err(_) if now() - asked > FAILED_MS => {}
                // The next round tells what is wrong.
                _ => return false,
            }
        }
    }

    /// Puts what came from the server into the log.
    pub async fn travel(self: &Rc<Self>, workspace: &str, commit: Commit<Event>) -> Result<(), Broken> {
        if self.brain().workspace_id() != workspace {
            return Err(Broken("another workspace".to_owned()));
        }
        self.take_and_wait(Input::Travelled(Box::new(commit))).await
    }
}

impl From<Broken> for Fault {
    fn from(Broken(name): Broken) -> Self {
        Self::Storage(name)
    }
}
