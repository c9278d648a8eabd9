//! The WebExtension calls we use, and no other. `browser` where it exists, else `chrome`; both answer with promises.

use std::collections::BTreeMap;

use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type Api;
    #[wasm_bindgen(thread_local_v2, js_name = browser)]
    static BROWSER: Option<Api>;
    #[wasm_bindgen(thread_local_v2, js_name = chrome)]
    static CHROME: Option<Api>;
    #[wasm_bindgen(method, getter)]
    fn runtime(this: &Api) -> Runtime;
    #[wasm_bindgen(method, getter)]
    fn tabs(this: &Api) -> Tabs;
    #[wasm_bindgen(method, getter)]
    fn action(this: &Api) -> Action;
    #[wasm_bindgen(method, getter, js_name = contextMenus)]
    fn context_menus(this: &Api) -> Menus;
    #[wasm_bindgen(method, getter)]
    fn commands(this: &Api) -> Commands;
    #[wasm_bindgen(method, getter)]
    fn permissions(this: &Api) -> Permissions;
    #[wasm_bindgen(method, getter)]
    fn i18n(this: &Api) -> I18n;

    type Runtime;
    #[wasm_bindgen(method, js_name = getURL)]
    fn get_url(this: &Runtime, path: &str) -> String;

    type Tabs;
    #[wasm_bindgen(method, catch)]
    fn create(this: &Tabs, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Tabs, tab: i32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = sendMessage)]
    fn send_message(this: &Tabs, tab: i32, message: &JsValue) -> Result<Promise, JsValue>;

    type Tab;
    #[wasm_bindgen(method, getter)]
    fn url(this: &Tab) -> Option<String>;

    type Action;
    #[wasm_bindgen(method, catch, js_name = setBadgeText)]
    fn set_badge_text(this: &Action, options: &Object) -> Result<Promise, JsValue>;

    type Menus;
    #[wasm_bindgen(method, catch, js_name = removeAll)]
    fn remove_all(this: &Menus) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = create)]
    fn create_item(this: &Menus, options: &Object) -> Result<JsValue, JsValue>;

    type Commands;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_all(this: &Commands) -> Result<Promise, JsValue>;

    type Command;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Command) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn shortcut(this: &Command) -> Option<String>;

    type Permissions;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_all_permissions(this: &Permissions) -> Result<Promise, JsValue>;

    type Granted;
    #[wasm_bindgen(method, getter)]
    fn origins(this: &Granted) -> Option<Vec<String>>;

    type I18n;
    #[wasm_bindgen(method, js_name = getUILanguage)]
    fn get_ui_language(this: &I18n) -> String;
}

/// `None` outside an extension (a wasm unit test).
fn with<T>(work: impl FnOnce(&Api) -> T) -> Option<T> {
    BROWSER.with(|api| match api {
        Some(api) => Some(work(api)),
        None => CHROME.with(|api| api.as_ref().map(work)),
    })
}

/// An object of plain values.
fn options(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Cannot fail on a plain object.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// Lets a call run; a closed tab or a missing permission is no fault of ours.
fn let_run(call: Option<Result<Promise, JsValue>>) {
    if let Some(Ok(promise)) = call {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

async fn answer(call: Option<Result<Promise, JsValue>>) -> Option<JsValue> {
    JsFuture::from(call?.ok()?).await.ok()
}

/// Address of a file of the extension.
pub fn address(path: &str) -> String {
    with(|api| api.runtime().get_url(path)).unwrap_or_default()
}

/// Opens one of our pages in a new tab.
pub fn open_page(path: &str) {
    let url = address(path);
    let_run(with(|api| api.tabs().create(&options(&[("url", url.into())]))));
}

/// Address of a tab, where we may know it.
pub async fn tab_address(tab: i32) -> Option<String> {
    answer(with(|api| api.tabs().get(tab))).await?.unchecked_into::<Tab>().url()
}

/// Says something to every frame of a tab whose port is closed.
pub fn knock(tab: i32, json: &str) {
    if let Ok(message) = js_sys::JSON::parse(json) {
        let_run(with(|api| api.tabs().send_message(tab, &message)));
    }
}

/// Writes on the toolbar button, for one tab.
pub fn badge(tab: i32, text: &str) {
    let options = options(&[("tabId", tab.into()), ("text", text.into())]);
    let_run(with(|api| api.action().set_badge_text(&options)));
}

/// Makes the one entry of the context menu.
pub fn menu(title: &str) {
    let item = options(&[
        ("id", "save".into()),
        ("title", title.into()),
        ("contexts", Array::of(&[JsValue::from_str("selection")]).into()),
    ]);
    spawn_local(async move {
        answer(with(|api| api.context_menus().remove_all())).await;
        with(|api| api.context_menus().create_item(&item));
    });
}

/// Key bindings by command; an empty string = not bound.
pub async fn keys() -> BTreeMap<String, String> {
    let Some(list) = answer(with(|api| api.commands().get_all())).await else { return BTreeMap::new() };
    Array::from(&list)
        .iter()
        .map(|command| command.unchecked_into::<Command>())
        .filter_map(|command| Some((command.name()?, command.shortcut().unwrap_or_default())))
        .filter(|(name, _)| !name.starts_with('_'))
        .collect()
}

/// Host patterns we may run on.
pub async fn origins() -> Vec<String> {
    let granted = answer(with(|api| api.permissions().get_all_permissions())).await;
    granted.and_then(|granted| granted.unchecked_into::<Granted>().origins()).unwrap_or_default()
}

/// The browser's own language.
pub fn language() -> String {
    with(|api| api.i18n().get_ui_language()).unwrap_or_default()
}
