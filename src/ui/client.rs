//! A client for the background's port: numbered requests, answers once, pushes to one listener.
//!
//! The background may be killed at any time; then the port closes. What was asked is asked again over a new port, under
//! the same key, so that a change is never made twice. A request that fails twice comes back as a [`Failure`] in words.
//! The port is opened on need: an idle page never wakes the background.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::shell::random_id;
use super::words::t;
use crate::json;
use crate::protocol::{Failure, PROTOCOL, Reply, Request};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], catch)]
    fn connect(info: &JsValue) -> Result<Port, JsValue>;

    /// One end of a port.
    #[derive(Clone)]
    pub type Port;
    /// Says something to the other end.
    #[wasm_bindgen(method, js_name = postMessage, catch)]
    pub fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;
    /// Closes it.
    #[wasm_bindgen(method)]
    pub fn disconnect(this: &Port);
    /// What the other end says.
    #[wasm_bindgen(method, getter, js_name = onMessage)]
    pub fn on_message(this: &Port) -> Listeners;
    /// The other end is gone.
    #[wasm_bindgen(method, getter, js_name = onDisconnect)]
    pub fn on_disconnect(this: &Port) -> Listeners;

    /// Who listens to an event of the browser.
    pub type Listeners;
    /// Adds one.
    #[wasm_bindgen(method, js_name = addListener)]
    pub fn add_listener(this: &Listeners, listener: &JsValue);
}

/// A port to the background that asks `Q` and hears `A`, both as answers and as pushes.
pub struct Client<Q, A> {
    inner: Rc<Inner<Q, A>>,
}

impl<Q, A> Clone for Client<Q, A> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

struct Inner<Q, A> {
    role: &'static str,
    port: RefCell<Option<Port>>,
    /// Counts ports, so that a late event of an old one is not taken for the new one's.
    generation: Cell<u32>,
    next: Cell<u32>,
    waiting: RefCell<BTreeMap<u32, Rc<Slot<Q, A>>>>,
    on_push: RefCell<Rc<dyn Fn(A)>>,
}

/// One request on its way.
struct Slot<Q, A> {
    request: Request<Q>,
    retried: Cell<bool>,
    outcome: RefCell<Option<Result<A, Failure>>>,
    waker: RefCell<Option<Waker>>,
}

impl<Q, A> Slot<Q, A> {
    fn settle(&self, outcome: Result<A, Failure>) {
        *self.outcome.borrow_mut() = Some(outcome);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl<Q: Serialize + Clone + 'static, A: DeserializeOwned + 'static> Client<Q, A> {
    /// A client of `role` ("page", "overlay"); no port yet. What the background says unasked is for [`Self::listen`].
    pub fn new(role: &'static str) -> Self {
        Self {
            inner: Rc::new(Inner {
                role,
                port: RefCell::default(),
                generation: Cell::new(0),
                next: Cell::new(1),
                waiting: RefCell::default(),
                on_push: RefCell::new(Rc::new(|_| {})),
            }),
        }
    }

    /// Hears what the background says unasked, from now on.
    pub fn listen(&self, on_push: impl Fn(A) + 'static) {
        *self.inner.on_push.borrow_mut() = Rc::new(on_push);
    }

    /// Asks, and waits for the answer.
    pub async fn ask(&self, body: Q) -> Result<A, Failure> {
        let id = self.inner.next.replace(self.inner.next.get().wrapping_add(1));
        let request =
            Request { protocol: PROTOCOL, build: crate::VERSION.to_owned(), id, once: Some(random_id()), body };
        let slot = Rc::new(Slot {
            request,
            retried: Cell::new(false),
            outcome: RefCell::default(),
            waker: RefCell::default(),
        });
        self.inner.waiting.borrow_mut().insert(id, slot.clone());
        self.inner.send(&slot);
        poll_fn(|context| match slot.outcome.take() {
            Some(outcome) => Poll::Ready(outcome),
            None => {
                *slot.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

impl<Q: Serialize + Clone + 'static, A: DeserializeOwned + 'static> Inner<Q, A> {
    /// Sends over the open port, or over a new one; a request that cannot be sent at all fails at once.
    fn send(self: &Rc<Self>, slot: &Rc<Slot<Q, A>>) {
        let sent = to_js(&slot.request).and_then(|message| {
            self.open()?;
            self.port.borrow().as_ref().map_or(Err(JsValue::NULL), |port| port.post_message(&message))
        });
        if sent.is_err() {
            self.waiting.borrow_mut().remove(&slot.request.id);
            slot.settle(Err(restarted()));
        }
    }

    fn open(self: &Rc<Self>) -> Result<(), JsValue> {
        if self.port.borrow().is_some() {
            return Ok(());
        }
        let info = js_sys::Object::new();
        js_sys::Reflect::set(&info, &"name".into(), &self.role.into())?;
        let port = connect(&info)?;
        let generation = self.generation.get().wrapping_add(1);
        self.generation.set(generation);
        let inner = self.clone();
        let heard = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| inner.hear(&message));
        port.on_message().add_listener(heard.as_ref().unchecked_ref());
        let inner = self.clone();
        let closed = Closure::<dyn Fn()>::new(move || inner.closed(generation));
        port.on_disconnect().add_listener(closed.as_ref().unchecked_ref());
        // The browser owns both until the port is gone; a page opens few ports in its life.
        heard.forget();
        closed.forget();
        *self.port.borrow_mut() = Some(port);
        Ok(())
    }

    fn hear(&self, message: &JsValue) {
        match from_js::<Reply<A, A>>(message) {
            Some(Reply::Answer { id, body }) => self.settle(id, Ok(body)),
            Some(Reply::Failed { id, error }) => self.settle(id, Err(error)),
            Some(Reply::Push { body }) => {
                let listener = self.on_push.borrow().clone();
                listener(body);
            }
            None => web_sys::console::warn_2(&"Rejoinder: message not understood".into(), message),
        }
    }

    fn settle(&self, id: u32, outcome: Result<A, Failure>) {
        let slot = self.waiting.borrow_mut().remove(&id);
        if let Some(slot) = slot {
            slot.settle(outcome);
        }
    }

    /// The port closed: ask once more what was not answered.
    fn closed(self: &Rc<Self>, generation: u32) {
        if self.generation.get() != generation {
            return;
        }
        *self.port.borrow_mut() = None;
        let waiting: Vec<_> = self.waiting.borrow().values().cloned().collect();
        for slot in waiting {
            if slot.retried.replace(true) {
                self.settle(slot.request.id, Err(restarted()));
            } else {
                self.send(&slot);
            }
        }
    }
}

fn restarted() -> Failure {
    Failure { code: "restarted".to_owned(), text: t("error_no_background") }
}

/// A value as the plain object that both browsers pass on unchanged.
pub(super) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsValue::from_str(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// What the plain object says.
pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let text = js_sys::JSON::stringify(value).ok()?.as_string()?;
    json::read(&text)
}
