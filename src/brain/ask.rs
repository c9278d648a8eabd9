//! A request's return address: which port, which number, which key of change, in whose language.

use serde::Serialize;

use super::io::Effect;
use super::ports::Port;
use crate::message::{Catalogue, Lang};
use crate::protocol::{Failure, Reply};

/// Where an answer goes.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Port it came by.
    pub port: Port,
    /// Its number there.
    pub id: u32,
    /// Key of the change, made by the asker.
    pub once: Option<String>,
    lang: Lang,
}

impl Ask {
    /// The address of request `id` on `port`.
    pub fn new(port: Port, id: u32, once: Option<String>, lang: Lang) -> Self {
        Self { port, id, once, lang }
    }

    /// The answer.
    pub fn answer<A: Serialize>(&self, body: &A) -> Effect {
        self.post(&Reply::<&A, ()>::Answer { id: self.id, body })
    }

    /// The refusal, in words.
    pub fn fail(&self, code: &str) -> Effect {
        let text = Catalogue::of(self.lang).word(&format!("error_{code}"));
        self.post(&Reply::<(), ()>::Failed { id: self.id, error: Failure { code: code.to_owned(), text } })
    }

    fn post<T: Serialize>(&self, reply: &T) -> Effect {
        // Our own types always serialise.
        Effect::Post { port: self.port, text: serde_json::to_string(reply).unwrap_or_default() }
    }
}
