//! Where a workspace is shared, and as whom. The password is not here: it lies encrypted beside the settings.

use serde::{Deserialize, Serialize};

use crate::message::Msg;
use crate::sync::Fault;

/// A workspace's place on a team's server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Team {
    /// Address of the server, without a slash at its end.
    pub url: String,
    /// Name of the workspace's database there.
    pub database: String,
    /// Name this person signs in with, and acts as in the log.
    pub user: String,
    /// They are no longer a member: nothing is shared any more, and what the team wrote is not kept here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// What is wrong with an address or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// No invitation, or only a part of one.
    Invite,
    /// Not an address.
    Address,
    /// Not encrypted, and not this machine.
    Insecure,
    /// No name of a database: small letters, digits and `_ - +` after a letter.
    Database,
    /// No name of a person: it is empty, or one that Rejoinder makes itself.
    User,
}

impl Wrong {
    /// Key of its sentence in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invite => "team_wrong_invite",
            Self::Address => "team_wrong_address",
            Self::Insecure => "team_wrong_insecure",
            Self::Database => "team_wrong_database",
            Self::User => "team_wrong_user",
        }
    }
}

impl Team {
    /// A team as a person typed it.
    pub fn typed(url: &str, database: &str, user: &str) -> Result<Self, Wrong> {
        let team = Self {
            url: url.trim().trim_end_matches('/').to_owned(),
            database: database.trim().to_owned(),
            user: user.trim().to_owned(),
            removed: false,
        };
        let (scheme, rest) = team.url.split_once("://").ok_or(Wrong::Address)?;
        let host = rest.split('/').next().unwrap_or_default();
        let name = name_of(host);
        // A name or a password in an address would stand in the settings.
        if name.is_empty() || rest.contains(|c: char| c.is_whitespace() || "@?#".contains(c)) {
            return Err(Wrong::Address);
        }
        match scheme {
            "https" => {}
            "http" if matches!(name, "localhost" | "127.0.0.1") => {}
            "http" => return Err(Wrong::Insecure),
            _ => return Err(Wrong::Address),
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-+".contains(c);
        if !team.database.starts_with(|c: char| c.is_ascii_lowercase()) || !team.database.chars().all(fits) {
            return Err(Wrong::Database);
        }
        if team.user.is_empty() || team.user.starts_with("u-") {
            return Err(Wrong::User);
        }
        Ok(team)
    }

    /// The permission that the browser must have given.
    pub fn permission(&self) -> String {
        permission(&self.url)
    }
}

/// The pattern of the one host of an address.
pub fn permission(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    // Patterns hold no port.
    let name = name_of(rest.split('/').next().unwrap_or_default());
    format!("{scheme}://{name}/*")
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.find(']') {
        Some(end) => &host[..=end],
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Code of a failure that a person mends by allowing the browser to reach the server.
pub const NOT_PERMITTED: &str = "not_permitted";

/// What went wrong and what to do: a short code, and the sentence for `user`.
pub fn told(fault: &Fault, user: &str) -> (&'static str, Msg) {
    match fault {
        Fault::Unreachable => ("unreachable", Msg::new("sync_unreachable")),
        Fault::NotPermitted => (NOT_PERMITTED, Msg::new("sync_not_permitted")),
        Fault::Busy { status, .. } => ("busy", Msg::new("sync_busy").with("status", status)),
        Fault::SignIn => ("sign_in", Msg::new("sync_sign_in").with("user", user)),
        Fault::Removed => ("removed", Msg::new("sync_removed").with("user", user)),
        Fault::NoWorkspace => ("no_workspace", Msg::new("sync_no_workspace")),
        Fault::Garbled(_) | Fault::Unexpected(_) => ("garbled", Msg::new("sync_garbled")),
        Fault::Storage(name) => ("storage", Msg::new("sync_storage").with("name", name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_checked() {
        let of = |url: &str, database: &str, user: &str| Team::typed(url, database, user);
        let team = of(" https://couch.example.com:6984/ ", "acme", " ana ").unwrap();
        assert_eq!((team.url.as_str(), team.user.as_str()), ("https://couch.example.com:6984", "ana"));
        assert_eq!(team.permission(), "https://couch.example.com/*");
        assert_eq!(of("http://127.0.0.1:5984", "acme", "ana").unwrap().permission(), "http://127.0.0.1/*");
        for (url, database, user, wrong) in [
            ("couch.example.com", "acme", "ana", Wrong::Address),
            ("ftp://couch.example.com", "acme", "ana", Wrong::Address),
            ("https://", "acme", "ana", Wrong::Address),
            ("https://ana:pw@couch.example.com", "acme", "ana", Wrong::Address),
            ("https://couch.example.com/?x", "acme", "ana", Wrong::Address),
            ("http://couch.example.com", "acme", "ana", Wrong::Insecure),
            ("http://localhost.evil.example", "acme", "ana", Wrong::Insecure),
            // No policy of an extension can name an address of that form.
            ("http://[::1]:5984", "acme", "ana", Wrong::Insecure),
            ("http://[::ffff:192.0.2.1]:5984", "acme", "ana", Wrong::Insecure),
            ("https://couch.example.com", "Acme", "ana", Wrong::Database),
            ("https://couch.example.com", "_users", "ana", Wrong::Database),
            ("https://couch.example.com", "", "ana", Wrong::Database),
            ("https://couch.example.com", "acme", " ", Wrong::User),
            ("https://couch.example.com", "acme", "u-abcd2345", Wrong::User),
        ] {
            assert_eq!(of(url, database, user), Err(wrong), "{url} {database} {user}");
        }
    }
}
