//! The vault of the package, in which passwords lie encrypted.

use js_sys::Promise;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["globalThis", "vault"], js_name = keep)]
    fn keep_text(name: &str, text: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["globalThis", "vault"], js_name = forget)]
    fn forget_text(name: &str) -> Promise;
}

/// Keeps the password of a workspace. False when the browser does not store it.
pub async fn keep(workspace: &str, password: &str) -> bool {
    JsFuture::from(keep_text(workspace, password)).await.is_ok()
}

/// Forgets it.
pub async fn forget(workspace: &str) {
    // Nothing was kept: nothing to forget.
    let _ = JsFuture::from(forget_text(workspace)).await;
}
