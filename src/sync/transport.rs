//! One HTTP call, and what can be wrong with its answer.

use std::fmt;

use serde_json::{Value, json};

/// How a call asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A call to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// How.
    pub method: Method,
    /// Path and query below the server's address, beginning with `/`.
    pub path: String,
    /// JSON.
    pub body: Option<String>,
    /// Without the person's sign-in: to see what strangers see.
    pub anonymous: bool,
}

impl Call {
    /// Reads.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::Get, path: path.into(), body: None, anonymous: false }
    }

    /// Asks with a body.
    pub fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Post, path: path.into(), body: Some(body.into()), anonymous: false }
    }

    /// Writes at a place.
    pub fn put(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Put, path: path.into(), body: Some(body.into()), anonymous: false }
    }
}

/// What the server said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Whole body.
    pub body: String,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// `Date`, as UTC milliseconds.
    pub date: Option<i64>,
}

/// No answer came: no network, no server, no permission, or the connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

/// Calls to one server, as one person.
#[allow(async_fn_in_trait, reason = "used with one thread everywhere")]
pub trait Transport {
    /// Makes a call; the answer is whole or [`Unreachable`].
    async fn call(&self, call: Call) -> Result<Answer, Unreachable>;
}

/// Why a round ended early. Nothing is lost by any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No answer.
    Unreachable,
    /// The browser does not let us ask the server: that was never allowed, or is not any more.
    NotPermitted,
    /// The server asks for time, or has an error of its own; the seconds it asked for.
    Busy {
        /// HTTP status.
        status: u16,
        /// `Retry-After`.
        retry_after: Option<u32>,
    },
    /// Nobody is signed in, or this person may not do it here.
    SignIn,
    /// This person was a member of the workspace, and is no more.
    Removed,
    /// There is no such workspace on the server.
    NoWorkspace,
    /// An answer that is not what was asked for: cut off, or of something that is no CouchDB.
    Garbled(&'static str),
    /// An answer with this status makes no sense here.
    Unexpected(u16),
    /// The log on this device could not be read or written; the browser's name for it.
    Storage(String),
}

impl From<Unreachable> for Fault {
    fn from(_: Unreachable) -> Self {
        Self::Unreachable
    }
}

impl Fault {
    /// As it is told to another context.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Unreachable => json!({ "code": "unreachable" }),
            Self::NotPermitted => json!({ "code": "not_permitted" }),
            Self::Busy { status, .. } => json!({ "code": "busy", "status": status }),
            Self::SignIn => json!({ "code": "sign_in" }),
            Self::Removed => json!({ "code": "removed" }),
            Self::NoWorkspace => json!({ "code": "no_workspace" }),
            Self::Garbled(_) | Self::Unexpected(_) => json!({ "code": "garbled" }),
            Self::Storage(name) => json!({ "code": "storage", "name": name }),
        }
    }

    /// As it was told; `None` for what tells of no fault.
    pub fn from_value(value: &Value) -> Option<Self> {
        Some(match value["code"].as_str()? {
            "unreachable" => Self::Unreachable,
            "not_permitted" => Self::NotPermitted,
            "busy" => Self::Busy {
                status: value["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(500),
                retry_after: None,
            },
            "sign_in" => Self::SignIn,
            "removed" => Self::Removed,
            "no_workspace" => Self::NoWorkspace,
            "storage" => Self::Storage(value["name"].as_str().unwrap_or_default().to_owned()),
            _ => Self::Garbled("answer"),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("no answer from the server"),
            Self::NotPermitted => f.write_str("the browser does not allow to ask the server"),
            Self::Busy { status, .. } => write!(f, "the server is busy or has an error ({status})"),
            Self::SignIn => f.write_str("the server asks to sign in, or does not let this person in"),
            Self::Removed => f.write_str("this person is no longer a member of the workspace"),
            Self::NoWorkspace => f.write_str("the server has no such workspace"),
            Self::Garbled(what) => write!(f, "the server's answer could not be read ({what})"),
            Self::Unexpected(status) => write!(f, "the server answered with status {status}"),
            Self::Storage(name) => write!(f, "the log on this device could not be read or written ({name})"),
        }
    }
}

impl Answer {
    /// The body, when the call went well.
    pub fn ok(self) -> Result<String, Fault> {
        match self.status {
            200..=299 => Ok(self.body),
            401 | 403 => Err(Fault::SignIn),
            404 => Err(Fault::NoWorkspace),
            408 | 425 | 429 | 500..=599 => Err(Fault::Busy { status: self.status, retry_after: self.retry_after }),
            status => Err(Fault::Unexpected(status)),
        }
    }
}

/// `text` as a part of a path or query.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
                out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_for_addresses() {
        assert_eq!(escaped("2026-11!é \"x\"/"), "2026-11%21%C3%A9%20%22x%22%2F");
    }

    #[test]
    fn a_fault_reads_back() {
        let busy = Fault::Busy { status: 503, retry_after: None };
        for fault in [
            Fault::Unreachable,
            Fault::NotPermitted,
            busy,
            Fault::SignIn,
            Fault::Removed,
            Fault::NoWorkspace,
            Fault::Storage("Quota".into()),
        ] {
            assert_eq!(Fault::from_value(&fault.to_value()), Some(fault));
        }
        assert_eq!(Fault::from_value(&Fault::Unexpected(302).to_value()), Some(Fault::Garbled("answer")));
        assert_eq!(Fault::from_value(&Value::Null), None);
    }

    #[test]
    fn a_status_says_what_to_do() {
        let of = |status| Answer { status, retry_after: Some(3), ..Answer::default() }.ok();
        assert_eq!(of(202), Ok(String::new()));
        assert_eq!(of(401), Err(Fault::SignIn));
        assert_eq!(of(403), Err(Fault::SignIn));
        assert_eq!(of(404), Err(Fault::NoWorkspace));
        assert_eq!(of(429), Err(Fault::Busy { status: 429, retry_after: Some(3) }));
        assert_eq!(of(500), Err(Fault::Busy { status: 500, retry_after: Some(3) }));
        assert_eq!(of(302), Err(Fault::Unexpected(302)));
    }
}
