//! The tab in which somebody points, and the port to the tool there. These calls need the click or the page they are made
//! from, so the page makes them itself.

use js_sys::{Array, Promise, Reflect};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::protocol::{PointAsk, PointSaid};
pub use crate::ui::client::Port;
use crate::ui::client::{from_js, to_js};
pub use crate::ui::tabs::ask_for;
use crate::ui::tabs::{Tab, object, open, tabs};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = get)]
    fn get_tab(tab: i32) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = getCurrent)]
    fn current_tab() -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = update)]
    fn update_tab(tab: i32, changes: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = connect, catch)]
    fn connect_tab(tab: i32, info: &JsValue) -> Result<Port, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = executeScript)]
    fn execute_script(what: &JsValue) -> Promise;
}

/// The tool. From the root: one browser takes other paths from the page that asks.
const TOOL: [&str; 3] = ["/point/shapes.js", "/point/bar.js", "/point/point.js"];
/// What a page has already wherever the agent runs.
const GROUND: [&str; 3] = ["/agent/constants.js", "/agent/life.js", "/agent/reader.js"];

/// A tab of the site, in front: the one that shows `url`, else any of the site when only its front page was asked for,
/// else a new one.
pub async fn find(url: &str, origin: &str) -> Option<i32> {
    let tabs = of_pattern(origin).await;
    let bare = |url: &str| url.split('#').next().unwrap_or_default().to_owned();
    let wanted = bare(url);
    let front =
        wanted.split_once("://").is_some_and(|(_, rest)| rest.split_once('/').is_none_or(|(_, path)| path.is_empty()));
    let same = tabs.iter().find(|tab| tab.url().is_some_and(|url| bare(&url) == wanted));
    match same.or_else(|| tabs.last().filter(|_| front)).and_then(Tab::id) {
        Some(tab) => {
            show(tab).await;
            Some(tab)
        }
        None => open(url).await?.id(),
    }
}

/// Brings a tab to the front.
pub async fn show(tab: i32) {
    // A tab that is gone stays where it is.
    let _ = JsFuture::from(update_tab(tab, &object(&[("active", JsValue::TRUE)]))).await;
}

/// Brings our own tab to the front again.
pub async fn come_back() {
    let own = JsFuture::from(current_tab()).await.ok().filter(JsValue::is_object);
    if let Some(tab) = own.and_then(|tab| tab.unchecked_into::<Tab>().id()) {
        show(tab).await;
    }
}

/// Whether a tab has loaded, and its address; `None` when it is gone.
pub async fn state(tab: i32) -> Option<(bool, String)> {
    let tab = JsFuture::from(get_tab(tab)).await.ok().filter(JsValue::is_object)?.unchecked_into::<Tab>();
    Some((tab.status().as_deref() == Some("complete"), tab.url().unwrap_or_default()))
}

/// Puts the tool into a tab; with `ground` also what it stands on. False when the browser does not let us.
pub async fn inject(tab: i32, ground: bool) -> bool {
    let files = GROUND.iter().filter(|_| ground).chain(&TOOL).map(|file| JsValue::from_str(file)).collect::<Array>();
    let target = object(&[("tabId", tab.into())]);
    JsFuture::from(execute_script(&object(&[("target", target), ("files", files.into())]))).await.is_ok()
}

async fn of_pattern(pattern: &str) -> Vec<Tab> {
    tabs(&[("url", pattern.into())]).await
}

/// Address of an open page of a host.
pub async fn address(host: &str) -> Option<String> {
    of_pattern(&format!("*://{host}/*")).await.iter().rev().find_map(Tab::url)
}

/// Tags and attribute names of one post in a tab of a host; empty when no tab has one.
pub async fn skeleton(host: &str) -> String {
    for tab in of_pattern(&format!("*://{host}/*")).await.iter().filter_map(Tab::id) {
        let files = Array::of1(&JsValue::from_str("/point/skeleton.js"));
        let what = object(&[("target", object(&[("tabId", tab.into())])), ("files", files.into())]);
        let ran = JsFuture::from(execute_script(&what)).await.ok();
        let first = ran.map(|results| results.unchecked_into::<Array>().get(0)).filter(JsValue::is_object);
        let result = first.and_then(|first| Reflect::get(&first, &"result".into()).ok());
        if let Some(found) = result.and_then(|result| result.as_string()).filter(|found| !found.is_empty()) {
            return found;
        }
    }
    String::new()
}

/// Opens a port to the tool. `heard` gets what it says, `gone` runs when it is not there (any more).
pub fn connect(tab: i32, heard: impl Fn(PointSaid) + 'static, gone: impl FnOnce() + 'static) -> Option<Port> {
    let info = object(&[("name", "point".into()), ("frameId", 0.into())]);
    let port = connect_tab(tab, &info).ok()?;
    let listen = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        if let Some(said) = from_js::<PointSaid>(&message) {
            heard(said);
        }
    });
    port.on_message().add_listener(listen.as_ref().unchecked_ref());
    let closed = Closure::once(gone);
    port.on_disconnect().add_listener(closed.as_ref().unchecked_ref());
    // The browser owns both until the port is gone; a page points seldom.
    listen.forget();
    closed.forget();
    Some(port)
}

/// Says something to the tool; a tool that is gone hears nothing.
pub fn tell(port: &Port, ask: &PointAsk) {
    let _ = to_js(ask).and_then(|message| port.post_message(&message));
}

/// Closes a port; the tool behind it goes.
pub fn hang_up(port: &Port) {
    port.disconnect();
}
