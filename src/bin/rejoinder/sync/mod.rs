//! `rejoinder sync`: a log in a file and a team's server, brought together.

mod file;
mod http;

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{SystemTime, UNIX_EPOCH};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::sync::{Fault, Report, Secret, Target, session};
use rejoinder::workspace::team::{Team, Wrong};

use crate::{Outcome, Problem};
use file::Log;
use http::Server;

#[derive(clap::Args)]
pub struct Args {
    /// The log: events, one a line (JSONL). What comes from the server is added at its end; how far both sides are is kept
    /// beside it, in a file of the same name with `.sync` behind it.
    log: PathBuf,
    /// Address of the server, as `https://couch.example.com`; `http` on this machine alone.
    #[arg(long)]
    url: String,
    /// Name of the workspace's database.
    #[arg(long)]
    db: String,
    /// Who signs in. The password is read from `--password-file`, or from the variable `REJOINDER_PASSWORD`.
    #[arg(long)]
    user: String,
    /// A file whose first line is the password.
    #[arg(long)]
    password_file: Option<PathBuf>,
}

/// What is printed.
#[derive(serde::Serialize)]
struct Printed<'a> {
    pushed: u32,
    received: u32,
    verified: u32,
    went_back: bool,
    /// Events that the server has not confirmed yet.
    waiting: usize,
    refused: Vec<Refused<'a>>,
    /// Events of others that are here and not on the server.
    only_here: u32,
}

#[derive(serde::Serialize)]
struct Refused<'a> {
    id: &'a str,
    #[serde(flatten)]
    why: serde_json::Value,
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let secret = Secret { name: args.user.clone(), password: password(args)? };
    let team = Team::typed(&args.url, &args.db, &args.user).map_err(|wrong| {
        let option = match wrong {
            Wrong::Database => "--db",
            Wrong::User => "--user",
            Wrong::Invite | Wrong::Address | Wrong::Insecure => "--url",
        };
        // Not the address itself: there may be a password in it.
        format!("{option}: {}", Catalogue::of(Lang::En).word(wrong.key()))
    })?;
    let server = Server::new(&team.url);
    let log = Log::open(&args.log, &format!("{}/{}", team.url, team.database), &team.user)?;
    let target = Target::new(&team.database, &log.device());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    let mut progress = |report: &Report| {
        if report.pushed + report.received > 0 {
            eprintln!("sent {}, received {}", report.pushed, report.received);
        }
    };
    let done = finished(session::run(&log, &server, &target, Some(&secret), now, &mut progress));
    let report = done.map_err(|fault| problem(&fault, args))?;
    let refused = log.refused();
    let printed = Printed {
        pushed: report.pushed,
        received: report.received,
        verified: report.verified,
        went_back: report.went_back,
        waiting: log.waiting(),
        refused: refused.iter().map(|(id, why)| Refused { id, why: why.to_value() }).collect(),
        only_here: log.only_here(),
    };
    println!("{}", serde_json::to_string(&printed).map_err(|error| format!("standard output: {error}"))?);
    Ok(if refused.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn password(args: &Args) -> Result<String, Problem> {
    let Some(path) = &args.password_file else {
        return std::env::var("REJOINDER_PASSWORD")
            .map_err(|_| "no password: set REJOINDER_PASSWORD, or name a file with --password-file".to_owned());
    };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn problem(fault: &Fault, args: &Args) -> Problem {
    let Args { url, db, user, log, .. } = args;
    let what_to_do = match fault {
        Fault::Unreachable => "is the address right, and the server up? Nothing is lost; run it again later".to_owned(),
        Fault::Busy { .. } | Fault::NotPermitted => "nothing is lost; run it again later".to_owned(),
        Fault::SignIn => format!("check the password of {user}, and that {user} is a member of {db}"),
        Fault::Removed => "if that is a mistake, ask whoever runs the server; the file stays as it is".to_owned(),
        Fault::NoWorkspace => format!("is {db} spelt as on the server?"),
        Fault::Garbled(_) | Fault::Unexpected(_) => {
            "is it a CouchDB, and nothing in between that changes answers?".to_owned()
        }
        Fault::Storage(_) => format!("is there room for {} and the file beside it?", log.display()),
    };
    format!("{url}: {fault}; {what_to_do}")
}

/// Runs to the end what never waits: file and line are asked one after the other here.
fn finished<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
