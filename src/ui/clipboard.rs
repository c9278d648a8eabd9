//! Puts text on the clipboard, from a click.

use js_sys::Promise;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Promise;
}

/// Copies `text`; `then` hears whether it worked.
pub fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        let copied = JsFuture::from(write_text(&text)).await.is_ok();
        then(copied);
    });
}
