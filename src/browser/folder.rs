//! A folder of the machine that a person opened to a page, where the browser can do that.

use js_sys::{AsyncIterator, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::idb::{Fault, ObjectStore};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = showDirectoryPicker)]
    fn show_picker(options: &JsValue) -> Result<Promise, JsValue>;

    #[derive(Debug, Clone)]
    #[wasm_bindgen(extends = Object)]
    type Handle;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Handle) -> String;
    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    fn request_permission(this: &Handle, how: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn values(this: &Handle) -> Result<AsyncIterator, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    fn file_handle(this: &Handle, name: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn file(this: &Handle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &Handle) -> Result<Promise, JsValue>;

    type Writable;
    #[wasm_bindgen(method, catch, js_name = write)]
    fn write_text(this: &Writable, text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
}

/// What the browser calls a choice that a person broke off.
const BROKEN_OFF: &str = "AbortError";
/// What it calls a file that is not there.
const ABSENT: &str = "NotFoundError";

/// A folder that may be read and written.
#[derive(Debug, Clone)]
pub struct Folder(Handle);

/// This browser lets a person open a folder to a page.
pub fn is_offered() -> bool {
    Reflect::has(&js_sys::global(), &"showDirectoryPicker".into()).unwrap_or(false)
}

fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    // Setting a field of a fresh plain object cannot fail.
    let _ = Reflect::set(&object, &name.into(), value);
    object.into()
}

async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, Fault> {
    Ok(JsFuture::from(promise?).await?)
}

impl Folder {
    /// Lets a person choose one, straight from a click; `None` when they broke off.
    pub fn pick() -> impl Future<Output = Result<Option<Self>, Fault>> {
        // Asked for now, not when somebody first waits for it.
        let picked = show_picker(&object("mode", &"readwrite".into()));
        async {
            match wait(picked).await {
                Ok(handle) => Ok(Some(Self(handle.unchecked_into()))),
                Err(Fault(why)) if why == BROKEN_OFF => Ok(None),
                Err(fault) => Err(fault),
            }
        }
    }

    /// The one that was put under `key`.
    pub async fn kept(store: &ObjectStore, key: &str) -> Result<Option<Self>, Fault> {
        Ok(store.get(key)?.object().await?.map(|handle| Self(handle.unchecked_into())))
    }

    /// Puts it under `key`, to be used again.
    pub fn keep(&self, store: &ObjectStore, key: &str) -> Result<(), Fault> {
        store.put_object(key, &self.0).map(drop)
    }

    /// Its name, without the way to it.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// It may be read and written; the browser asks, soon after a click.
    pub async fn is_allowed(&self) -> Result<bool, Fault> {
        Ok(wait(self.0.request_permission(&object("mode", &"readwrite".into()))).await? == "granted")
    }

    /// The names of the files in it, in no order.
    pub async fn files(&self) -> Result<Vec<String>, Fault> {
        let (values, mut names) = (self.0.values()?, Vec::new());
        loop {
            let next = wait(values.next()).await?;
            if Reflect::get(&next, &"done".into())?.is_truthy() {
                return Ok(names);
            }
            let entry: Handle = Reflect::get(&next, &"value".into())?.unchecked_into();
            if entry.kind() == "file" {
                names.push(entry.name());
            }
        }
    }

    /// The text of a file; `None` when there is none of that name.
    pub async fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        let file = async {
            let handle: Handle = wait(self.0.file_handle(name, &JsValue::UNDEFINED)).await?.unchecked_into();
            let file: web_sys::File = wait(handle.file()).await?.unchecked_into();
            wait(Ok(file.text())).await
        };
        match file.await {
            Ok(text) => Ok(text.as_string()),
            Err(Fault(why)) if why == ABSENT => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Writes a file whole; what was there stays until all of it has been written.
    pub async fn write(&self, name: &str, text: &str) -> Result<(), Fault> {
        let made = self.0.file_handle(name, &object("create", &JsValue::TRUE));
        let handle: Handle = wait(made).await?.unchecked_into();
        let file: Writable = wait(handle.create_writable()).await?.unchecked_into();
        wait(file.write_text(text)).await?;
        wait(file.close()).await.map(drop)
    }
}
