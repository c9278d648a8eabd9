//! The browser calls that our pages make themselves: they need the click or the window they are made from.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query)]
    fn query_tabs(filter: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create)]
    fn create_tab(options: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request)]
    fn request_permissions(wanted: &JsValue) -> Promise;
    #[cfg(feature = "members")]
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn has_permissions(wanted: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn extension_url(path: &str) -> String;

    /// A tab as the browser describes it; its address only where we may know it.
    pub type Tab;
    /// Its number.
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Tab) -> Option<i32>;
    /// Where it is.
    #[wasm_bindgen(method, getter)]
    pub fn url(this: &Tab) -> Option<String>;
    /// `loading` or `complete`.
    #[wasm_bindgen(method, getter)]
    pub fn status(this: &Tab) -> Option<String>;
}

/// A plain object for a browser's call.
pub fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// The tabs that fit; none when the browser does not tell.
pub async fn tabs(filter: &[(&str, JsValue)]) -> Vec<Tab> {
    let found = JsFuture::from(query_tabs(&object(filter))).await.ok();
    found.map(|tabs| tabs.unchecked_into::<Array>().iter().map(JsCast::unchecked_into).collect()).unwrap_or_default()
}

/// Opens an address in a tab, in front.
pub async fn open(url: &str) -> Option<Tab> {
    JsFuture::from(create_tab(&object(&[("url", url.into())]))).await.ok().map(JsCast::unchecked_into)
}

/// Id and host of the tab the popup stands over; `-1` and nothing when the browser does not tell.
pub async fn active_tab() -> (i32, String) {
    let tabs = tabs(&[("active", JsValue::TRUE), ("currentWindow", JsValue::TRUE)]).await;
    let tab = tabs.first();
    let host = tab.and_then(Tab::url).and_then(|url| web_sys::Url::new(&url).ok());
    let host = host.filter(|url| url.protocol().starts_with("http")).map(|url| url.hostname());
    (tab.and_then(Tab::id).unwrap_or(-1), host.unwrap_or_default())
}

/// Asks for the permission to run on what an origin pattern covers; must be called straight from a click.
pub fn ask_for(origin: &str) -> impl Future<Output = bool> + use<> {
    let origins = Array::of1(&JsValue::from_str(origin));
    let asked = request_permissions(&object(&[("origins", origins.into())]));
    async move { JsFuture::from(asked).await.is_ok_and(|granted| granted.is_truthy()) }
}

/// The browser lets us ask the hosts of this pattern.
#[cfg(feature = "members")]
pub async fn may_ask(origin: &str) -> bool {
    let origins = Array::of1(&JsValue::from_str(origin));
    let answer = JsFuture::from(has_permissions(&object(&[("origins", origins.into())]))).await;
    answer.is_ok_and(|permitted| permitted.is_truthy())
}

/// Opens one of our pages in a tab and closes the popup.
pub fn open_page(page: &str) {
    let url = extension_url(&format!("pages/{page}.html"));
    spawn_local(async move {
        // Closing only when the tab is there: in Firefox a closed popup forgets what it had begun.
        if open(&url).await.is_some() {
            let _ = leptos::prelude::window().close();
        }
    });
}
