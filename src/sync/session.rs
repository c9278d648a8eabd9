//! Signed in for a while: rounds until nothing is left to do, signing in again when the server asks for it.

use serde_json::json;

use super::round::{Report, Target, round};
use super::setup::is_removed;
use super::store::Store;
use super::transport::{Call, Fault, Transport};

/// As often is signed in for one run: a server that forgets a session at once would have us do it for ever.
const MAX_SIGN_INS: u32 = 3;

/// As many rounds follow each other at once: enough to mend what a round brought to light, and no more.
const MAX_ROUNDS: u32 = 4;

/// What a person signs in with. The server keeps the session in a cookie, which the transport carries.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// User.
    pub name: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Signs in.
pub async fn sign_in<T: Transport>(transport: &T, secret: &Secret) -> Result<(), Fault> {
    let body = json!({ "name": secret.name, "password": secret.password }).to_string();
    transport.call(Call::post("/_session", body)).await?.ok().map(drop)
}

/// Rounds until there is nothing left; `secret` signs in again when the session has ended.
pub async fn run<S: Store, T: Transport>(
    store: &S,
    transport: &T,
    target: &Target,
    secret: Option<&Secret>,
    now: i64,
    progress: &mut dyn FnMut(&Report),
) -> Result<Report, Fault> {
    let mut all = Report::default();
    let mut sign_ins = 0;
    let mut rounds = 0;
    while rounds < MAX_ROUNDS {
        match (round(store, transport, target, now, progress).await, secret) {
            (Err(Fault::SignIn), _) if is_removed(transport, &target.workspace).await => return Err(Fault::Removed),
            (Err(Fault::SignIn), Some(known)) if sign_ins < MAX_SIGN_INS => {
                sign_in(transport, known).await?;
                sign_ins += 1;
            }
            (Err(fault), _) => return Err(fault),
            (Ok(report), _) => {
                rounds += 1;
                all = Report {
                    pushed: all.pushed + report.pushed,
                    received: all.received + report.received,
                    verified: all.verified + report.verified,
                    refused: all.refused + report.refused,
                    went_back: all.went_back || report.went_back,
                    again: report.again,
                };
                if !report.again {
                    break;
                }
            }
        }
    }
    Ok(all)
}
