//! The few browser calls a popup makes itself: they need the click or the window it stands in.

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
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn extension_url(path: &str) -> String;
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// Id and host of the tab the popup stands over; `-1` and nothing when the browser does not tell.
pub async fn active_tab() -> (i32, String) {
    let filter = object(&[("active", JsValue::TRUE), ("currentWindow", JsValue::TRUE)]);
    let tab = JsFuture::from(query_tabs(&filter)).await.ok().map(|tabs| tabs.unchecked_into::<Array>().get(0));
    let field = |name: &str| tab.as_ref().and_then(|tab| Reflect::get(tab, &JsValue::from_str(name)).ok());
    let id = field("id").and_then(|id| id.as_f64()).map_or(-1, |id| id as i32);
    let host = field("url").and_then(|url| url.as_string()).and_then(|url| web_sys::Url::new(&url).ok());
    (id, host.filter(|url| url.protocol().starts_with("http")).map(|url| url.hostname()).unwrap_or_default())
}

/// Asks for the permission to run on `host`; must be called straight from a click.
pub fn ask_for_host(host: &str, then: impl FnOnce(bool) + 'static) {
    let origins = Array::of1(&JsValue::from_str(&format!("*://{host}/*")));
    let asked = request_permissions(&object(&[("origins", origins.into())]));
    spawn_local(async move {
        let granted = JsFuture::from(asked).await.is_ok_and(|granted| granted.is_truthy());
        then(granted);
    });
}

/// Opens one of our pages in a tab and closes the popup.
pub fn open_page(page: &str) {
    let url = extension_url(&format!("pages/{page}.html"));
    let opened = create_tab(&object(&[("url", url.into())]));
    spawn_local(async move {
        // Closing only when the tab is there: in Firefox a closed popup forgets what it had begun.
        if JsFuture::from(opened).await.is_ok() {
            let _ = leptos::prelude::window().close();
        }
    });
}
