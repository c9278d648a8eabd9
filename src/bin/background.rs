//! The background: hands what the shim delivers to the host, and nothing else.

#[cfg(target_arch = "wasm32")]
mod core {
    use std::cell::RefCell;
    use std::rc::Rc;

    use rejoinder::brain::Input;
    use rejoinder::browser::clock::complain;
    use rejoinder::browser::host::{Host, Shim};
    use rejoinder::browser::idb::Fault;
    use rejoinder::browser::normal;
    use rejoinder::json;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static HOST: RefCell<Option<Rc<Host>>> = const { RefCell::new(None) };
    }

    fn take(input: Input) {
        let host = HOST.with_borrow(Clone::clone);
        if let Some(host) = host {
            host.take(input);
        }
    }

    /// Wakes the core; everything else waits for it.
    #[wasm_bindgen]
    pub async fn start(shim: Shim) {
        std::panic::set_hook(Box::new(|info| complain(&info.to_string())));
        normal::hand_in();
        let host = Host::start(shim).await;
        HOST.set(Some(host));
    }

    #[wasm_bindgen]
    pub fn connected(port: u32, from: &str) {
        take(Input::Connected { port, from: json::read(from).unwrap_or_default() });
    }

    #[wasm_bindgen]
    pub fn message(port: u32, text: String) {
        take(Input::Message { port, text });
    }

    #[wasm_bindgen]
    pub fn gone(port: u32) {
        take(Input::Gone { port });
    }

    #[wasm_bindgen]
    pub fn happened(what: &str) {
        if let Some(what) = json::read(what) {
            take(Input::Happened(what));
        }
    }

    /// Puts what came from a team's server into the log; ends when it has lasted.
    #[wasm_bindgen]
    pub async fn travel(what: String) -> Result<(), JsValue> {
        let Some(host) = HOST.with_borrow(Clone::clone) else { return Err(JsValue::from_str("asleep")) };
        host.travel(&what).await.map_err(|Fault(name)| JsValue::from_str(&name))
    }

    /// After a trap: the next call meets a new instance.
    #[wasm_bindgen]
    pub fn renew() {
        wasm_bindgen::handler::schedule_reinit();
    }
}

fn main() {}
