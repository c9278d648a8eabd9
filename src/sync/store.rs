//! What a round needs of the log on this device.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A document that travels. It is written once and never changes, so its hash says whether two are the same.
pub trait Document: Sized {
    /// The document that this is; `None` for what is none of ours: design documents, presence.
    fn read(json: Value) -> Option<Self>;
    /// `_id`.
    fn id(&self) -> &str;
    /// Hash of what it says.
    fn hash(&self) -> &str;
    /// As it is sent.
    fn text(&self) -> String;
}

/// The log could not be read or written; the browser's name for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub String);

/// What is remembered of the server.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// How far its changes are here, in the server's own terms; `None` = from the beginning. Moves on with a checkpoint
    /// alone, as `joining` does: what came after it may be of a server that was restored meanwhile.
    pub since: Option<Value>,
    /// Name of the last checkpoint that the server confirmed, which no other checkpoint has; empty = none yet.
    pub anchor: String,
    /// Joining goes on: everything from the newest down to this id is here.
    pub joining: Option<String>,
    /// The server went back in time: own documents up to this id have been looked for.
    pub recheck: Option<String>,
    /// When both sides' months were last compared, UTC milliseconds.
    pub compared: Option<i64>,
    /// Documents that are here and not there, and not ours to send, when that was last compared.
    pub only_here: u32,
}

impl State {
    /// As it is stored.
    pub fn to_value(&self) -> Value {
        json!({
            "since": self.since,
            "anchor": self.anchor,
            "joining": self.joining,
            "recheck": self.recheck,
            "compared": self.compared,
            "only_here": self.only_here,
        })
    }

    /// As it was stored; what is missing is as before the first contact.
    pub fn from_value(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        Self {
            since: Some(value["since"].clone()).filter(|seq| !seq.is_null()),
            anchor: text("anchor").unwrap_or_default(),
            joining: text("joining"),
            recheck: text("recheck"),
            compared: value["compared"].as_i64(),
            only_here: value["only_here"].as_u64().and_then(|count| u32::try_from(count).ok()).unwrap_or_default(),
        }
    }
}

/// Why the server does not take a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Its rules do not allow it; in its words.
    Rule {
        /// What it said.
        reason: String,
    },
    /// It holds another document of the same id.
    Different {},
    /// It is larger than the server takes.
    TooLarge {},
}

/// How a document that is in the log got there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Written here: this device may send it.
    Ours,
    /// It is in the outbox.
    Waiting,
    /// Somebody else's.
    Others,
    /// What it said is erased: it is neither sent nor fetched, wherever else it may be.
    Erased,
}

impl Refusal {
    /// As it is stored.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Rule { reason } => json!({ "why": "rule", "reason": reason }),
            Self::Different {} => json!({ "why": "different" }),
            Self::TooLarge {} => json!({ "why": "too_large" }),
        }
    }

    /// As it was stored.
    pub fn from_value(value: &Value) -> Option<Self> {
        match value["why"].as_str()? {
            "rule" => Some(Self::Rule { reason: value["reason"].as_str().unwrap_or_default().to_owned() }),
            "different" => Some(Self::Different {}),
            "too_large" => Some(Self::TooLarge {}),
            _ => None,
        }
    }
}

/// A document in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting<D> {
    /// The document.
    pub doc: D,
    /// The server said that it has it; that was not seen yet.
    pub acked: bool,
}

/// Changes to the log and the outbox: all of them last, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit<D> {
    /// Into the log; what it holds already stays as it is.
    pub received: Vec<D>,
    /// In the outbox: the server said that it has them.
    pub acked: Vec<String>,
    /// Into the outbox again, or for the first time: the server does not have them.
    pub queued: Vec<String>,
    /// In the outbox: the server does not take them.
    pub refused: Vec<(String, Refusal)>,
    /// Out of the outbox: they were read back, and a newer checkpoint is on the server.
    pub done: Vec<String>,
    /// What is remembered from now on.
    pub state: State,
}

impl<D> Commit<D> {
    /// Remembers `state`, and nothing else yet.
    pub fn of(state: &State) -> Self {
        Self {
            received: Vec::new(),
            acked: Vec::new(),
            queued: Vec::new(),
            refused: Vec::new(),
            done: Vec::new(),
            state: state.clone(),
        }
    }
}

/// The log of this device.
#[allow(async_fn_in_trait, reason = "used with one thread everywhere")]
pub trait Store {
    /// What it holds.
    type Doc: Document;

    /// What is remembered of the server.
    async fn state(&self) -> Result<State, Broken>;

    /// What waits in the outbox with ids after `after`, in their order, at most so many. Refused ones are left out.
    async fn outbox(&self, after: &str, most: usize) -> Result<Vec<Waiting<Self::Doc>>, Broken>;

    /// Ids in the log after `after` that this device may send, in their order, at most so many.
    async fn own(&self, after: &str, most: usize) -> Result<Vec<String>, Broken>;

    /// How many documents the log holds of each month (`2026-11`).
    async fn months(&self) -> Result<BTreeMap<String, u64>, Broken>;

    /// Ids in the log of this month.
    async fn held(&self, month: &str) -> Result<BTreeMap<String, Holding>, Broken>;

    /// Makes the changes last.
    async fn commit(&self, changes: Commit<Self::Doc>) -> Result<(), Broken>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back() {
        let state = State {
            since: Some("5-g1A".into()),
            anchor: "a.7".into(),
            joining: Some("2026-11!x".into()),
            recheck: Some(String::new()),
            compared: Some(1_795_000_000_000),
            only_here: 3,
        };
        assert_eq!(State::from_value(&state.to_value()), state);
        assert_eq!(State::from_value(&State::default().to_value()), State::default());
        assert_eq!(State::from_value(&json!("?")), State::default());
        for refusal in [Refusal::Rule { reason: "reader".into() }, Refusal::Different {}, Refusal::TooLarge {}] {
            assert_eq!(Refusal::from_value(&refusal.to_value()), Some(refusal));
        }
        assert_eq!(Refusal::from_value(&json!({ "why": "mood" })), None);
    }
}
