//! A workspace on a server: made, opened to its members, joined. All but the last by an administrator of the server.

use serde_json::{Value, json};

use super::answer::read;
use super::transport::{Call, Fault, Method, Transport, escaped};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Also erases, and gives roles.
    Lead,
    /// Reads and writes.
    Agent,
    /// Reads.
    Reader,
}

impl Role {
    /// Every role, the widest first.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Agent, Self::Reader];

    /// As in the server's role names and in invitations.
    pub fn id(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Agent => "agent",
            Self::Reader => "reader",
        }
    }

    /// Its name on the server: roles there belong to no database.
    pub fn on_server(self, workspace: &str) -> String {
        format!("ws:{workspace}:{}", self.id())
    }
}

/// What a workspace's design document is made of: files of the package.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The function that looks over every write.
    pub rules: String,
    /// The views, as JSON.
    pub views: String,
}

/// Makes the workspace's database, or brings one that is there up to date.
pub async fn create<T: Transport>(transport: &T, workspace: &str, files: &Files) -> Result<(), Fault> {
    let db = format!("/{}", escaped(workspace));
    let made = transport.call(Call::put(&db, "{}")).await?;
    // 412: it is there.
    if made.status != 412 {
        made.ok()?;
    }
    let members: Vec<String> = Role::ALL.iter().map(|role| role.on_server(workspace)).collect();
    let nobody: [&str; 0] = [];
    let security = json!({
        "admins": { "names": nobody, "roles": nobody },
        "members": { "names": nobody, "roles": members },
    });
    transport.call(Call::put(format!("{db}/_security"), security.to_string())).await?.ok()?;
    let views = read(&files.views, "views")?;
    let rules = files.rules.trim();
    let design =
        json!({ "language": "javascript", "workspace": workspace, "validate_doc_update": rules, "views": views });
    overwrite(transport, &format!("{db}/_design/rejoinder"), design).await
}

/// Makes somebody a member, with a password for the first time. A person who is there gets the role as well.
pub async fn invite<T: Transport>(
    transport: &T,
    workspace: &str,
    name: &str,
    role: Role,
    code: &str,
) -> Result<(), Fault> {
    let path = person(name);
    let known = found(transport, &path).await?;
    let own = Role::ALL.map(|role| role.on_server(workspace));
    let mut roles: Vec<Value> = known.as_ref().and_then(|user| user["roles"].as_array().cloned()).unwrap_or_default();
    roles.retain(|one| !own.iter().any(|own| one == own) && *one != no_longer(workspace));
    roles.push(role.on_server(workspace).into());
    let user = json!({ "name": name, "type": "user", "roles": roles, "password": code });
    overwrite(transport, &path, user).await
}

/// What the server calls whoever was a member: it lets them sign in, so that their browser hears of it, and nowhere else.
fn no_longer(workspace: &str) -> String {
    format!("ws:{workspace}:removed")
}

/// Takes somebody's roles in the workspace away. False when they had none.
pub async fn remove<T: Transport>(transport: &T, workspace: &str, name: &str) -> Result<bool, Fault> {
    let path = person(name);
    let Some(mut user) = found(transport, &path).await? else { return Ok(false) };
    let mut roles = user["roles"].as_array().cloned().unwrap_or_default();
    let before = roles.len();
    let own = Role::ALL.map(|role| role.on_server(workspace));
    roles.retain(|one| !own.iter().any(|own| one == own));
    if roles.len() == before {
        return Ok(false);
    }
    roles.push(no_longer(workspace).into());
    user["roles"] = roles.into();
    transport.call(Call::put(path, user.to_string())).await?.ok().map(|_| true)
}

/// Roles of whoever is signed in; `None` = nobody is.
async fn session_roles<T: Transport>(transport: &T) -> Result<Option<Vec<Value>>, Fault> {
    let session = read(&transport.call(Call::get("/_session")).await?.ok()?, "session")?;
    let context = &session["userCtx"];
    let roles = || context["roles"].as_array().cloned().unwrap_or_default();
    Ok(context["name"].is_string().then(roles))
}

/// The server says that whoever is signed in was a member of the workspace and is no more. A server that says nothing of
/// the kind has said nothing.
pub async fn is_removed<T: Transport>(transport: &T, workspace: &str) -> bool {
    let roles = session_roles(transport).await.ok().flatten().unwrap_or_default();
    roles.iter().any(|role| *role == no_longer(workspace))
}

/// Gives the person who is signed in another password; the one of the invitation is worth nothing then. False where the
/// server does not let people do that.
pub async fn change_password<T: Transport>(transport: &T, name: &str, password: &str) -> Result<bool, Fault> {
    let path = person(name);
    let mut user = match found(transport, &path).await {
        Ok(Some(user)) => user,
        Ok(None) | Err(Fault::SignIn) => return Ok(false),
        Err(fault) => return Err(fault),
    };
    user["password"] = password.into();
    let changed = transport.call(Call::put(path, user.to_string())).await?;
    match changed.status {
        401 | 403 | 404 => Ok(false),
        _ => changed.ok().map(|_| true),
    }
}

/// The role in a workspace of whoever is signed in; `None` = no role.
pub async fn role<T: Transport>(transport: &T, workspace: &str) -> Result<Option<Role>, Fault> {
    let roles = session_roles(transport).await?.ok_or(Fault::SignIn)?;
    Ok(Role::ALL.into_iter().find(|role| roles.iter().any(|one| *one == role.on_server(workspace))))
}

fn person(name: &str) -> String {
    format!("/_users/{}", escaped(&format!("org.couchdb.user:{name}")))
}

async fn found<T: Transport>(transport: &T, path: &str) -> Result<Option<Value>, Fault> {
    let answer = transport.call(Call::get(path)).await?;
    match answer.status {
        404 => Ok(None),
        _ => read(&answer.ok()?, "document").map(Some),
    }
}

async fn overwrite<T: Transport>(transport: &T, path: &str, mut doc: Value) -> Result<(), Fault> {
    if let Some(known) = found(transport, path).await? {
        doc["_rev"] = known["_rev"].clone();
    }
    transport.call(Call::put(path, doc.to_string())).await?.ok().map(drop)
}

/// A thing that must be so before a log is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// The server answers, over an encrypted line.
    Reach,
    /// The password is right.
    SignIn,
    /// The workspace is there, and its members may read it.
    Read,
    /// What is written can be read back.
    Write,
    /// The rules are there, and refuse what they must refuse.
    Rules,
    /// Strangers cannot read it.
    Closed,
    /// The server's clock and ours agree.
    Clock,
}

impl Test {
    /// In the order in which they are made.
    pub const ALL: [Self; 7] =
        [Self::Reach, Self::SignIn, Self::Read, Self::Write, Self::Rules, Self::Closed, Self::Clock];

    /// Id: also the end of its sentences' keys in the catalogue.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::SignIn => "sign_in",
            Self::Read => "read",
            Self::Write => "write",
            Self::Rules => "rules",
            Self::Closed => "closed",
            Self::Clock => "clock",
        }
    }
}

/// Clocks may differ by so much, milliseconds: enough for a slow answer, too little to mix up a day's order.
const CLOCK_MS: i64 = 5 * 60_000;

/// Makes one test, as the person who is signed in, on `device`; `now` in UTC milliseconds. `Ok(false)`: it is not so.
pub async fn test<T: Transport>(
    transport: &T,
    which: Test,
    workspace: &str,
    device: &str,
    now: i64,
) -> Result<bool, Fault> {
    let db = format!("/{}", escaped(workspace));
    match which {
        Test::Reach => transport.call(Call::get("/")).await?.ok().map(|body| body.trim_start().starts_with('{')),
        Test::SignIn => Ok(session_roles(transport).await?.is_some()),
        Test::Read => transport.call(Call::get(format!("{db}/_all_docs?limit=1"))).await?.ok().map(|_| true),
        Test::Write => {
            let path = format!("{db}/_local/{}", escaped(&format!("{device}-test")));
            overwrite(transport, &path, json!({ "written": now })).await?;
            Ok(found(transport, &path).await?.is_some_and(|doc| doc["written"] == now))
        }
        Test::Rules => {
            // No event, and written by nobody.
            let probe = json!({ "docs": [{ "_id": format!("rejoinder-test-{now}"), "by": "nobody" }] });
            let answer = transport.call(Call::post(format!("{db}/_bulk_docs"), probe.to_string())).await?.ok()?;
            let rows = read(&answer, "written")?;
            let is_refused = rows[0]["error"].is_string();
            if let (false, Some(rev)) = (is_refused, rows[0]["rev"].as_str()) {
                let path = format!("{db}/rejoinder-test-{now}?rev={}", escaped(rev));
                let gone = Call { method: Method::Delete, ..Call::get(path) };
                transport.call(gone).await?;
            }
            Ok(is_refused)
        }
        Test::Closed => {
            let stranger = Call { anonymous: true, ..Call::get(format!("{db}/_all_docs?limit=1")) };
            Ok(matches!(transport.call(stranger).await?.status, 401 | 403))
        }
        Test::Clock => {
            let date = transport.call(Call::get("/")).await?.date;
            // A server that does not tell the time is taken at its word.
            Ok(date.is_none_or(|date| (date - now).abs() < CLOCK_MS))
        }
    }
}
