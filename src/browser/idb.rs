//! IndexedDB, as much of it as the log needs.
//!
//! An own binding, since `durability` hides behind an unstable switch in web-sys. Promises take the browser's own
//! resolve functions as handlers, so that no closure of ours stands between an event and the next step, and a
//! transaction stays active across an `.await` on one of its own requests. Anything else awaited inside lets it commit.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Factory;
    #[wasm_bindgen(thread_local_v2, js_name = indexedDB)]
    static FACTORY: Factory;
    #[wasm_bindgen(method, catch, js_name = open)]
    fn open_database(this: &Factory, name: &str, version: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deleteDatabase)]
    fn delete_database(this: &Factory, name: &str) -> Result<Request, JsValue>;

    /// A pending operation.
    pub type Request;
    #[wasm_bindgen(method, getter, catch)]
    fn result(this: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn error(this: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &Request) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn transaction(this: &Request) -> Option<Transaction>;
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Request, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Request, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Request, handler: &Function);

    type VersionEvent;
    #[wasm_bindgen(method, getter, js_name = oldVersion)]
    fn old_version(this: &VersionEvent) -> u32;

    #[derive(Debug)]
    #[wasm_bindgen(extends = js_sys::Object)]
    type RawDatabase;
    #[wasm_bindgen(method, js_name = close)]
    fn close_database(this: &RawDatabase);
    #[wasm_bindgen(method, setter)]
    fn set_onversionchange(this: &RawDatabase, handler: &Function);
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create_object_store(this: &RawDatabase, name: &str, options: &JsValue) -> Result<ObjectStore, JsValue>;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn begin(this: &RawDatabase, stores: &JsValue, mode: &str, options: &JsValue) -> Result<Transaction, JsValue>;

    /// One unit of work: all of it lasts, or none.
    #[derive(Debug)]
    pub type Transaction;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn object_store(this: &Transaction, name: &str) -> Result<ObjectStore, JsValue>;
    #[wasm_bindgen(method, catch, js_name = abort)]
    fn abort_work(this: &Transaction) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = error)]
    fn failure(this: &Transaction) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_oncomplete(this: &Transaction, handler: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onabort(this: &Transaction, handler: &Function);

    /// Records by key.
    #[derive(Debug)]
    pub type ObjectStore;
    #[wasm_bindgen(method, catch, js_name = createIndex)]
    fn create_index(this: &ObjectStore, name: &str, path: &JsValue) -> Result<JsValue, JsValue>;
    /// Removes every record.
    #[wasm_bindgen(method, catch, js_name = clear)]
    pub fn clear(this: &ObjectStore) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = index)]
    fn index_named(this: &ObjectStore, name: &str) -> Result<ObjectStore, JsValue>;
    #[wasm_bindgen(method, catch, js_name = get)]
    fn get_value(this: &ObjectStore, key: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_values(this: &ObjectStore, range: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn get_keys(this: &ObjectStore, range: &KeyRange) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn get_key_page(this: &ObjectStore, range: &JsValue, limit: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = count)]
    fn count_values(this: &ObjectStore) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = count)]
    fn count_between(this: &ObjectStore, range: &KeyRange) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = put)]
    fn put_value(this: &ObjectStore, value: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = put)]
    fn put_keyed(this: &ObjectStore, value: &JsValue, key: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delete)]
    fn delete_value(this: &ObjectStore, key: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = openCursor)]
    fn open_cursor(this: &ObjectStore, range: &JsValue, direction: &str) -> Result<Request, JsValue>;

    type KeyRange;
    #[wasm_bindgen(catch, static_method_of = KeyRange, js_class = "IDBKeyRange")]
    fn bound(from: &str, to: &str) -> Result<KeyRange, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn get_page(this: &ObjectStore, range: &JsValue, limit: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(js_namespace = IDBKeyRange, js_name = lowerBound, catch)]
    fn key_after(key: &JsValue, open: bool) -> Result<JsValue, JsValue>;

    type Cursor;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Cursor) -> JsValue;
    #[wasm_bindgen(method, catch)]
    fn advance(this: &Cursor, by: u32) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = continue)]
    fn next(this: &Cursor) -> Result<(), JsValue>;
}

/// Why storage refused, as the browser names it ("QuotaExceededError").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub String);

impl From<JsValue> for Fault {
    fn from(error: JsValue) -> Self {
        let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        Self(name.unwrap_or_else(|| format!("{error:?}")))
    }
}

/// An open database.
#[derive(Debug)]
pub struct Database(RawDatabase);

/// A store to be made in an upgrade: name, key path (absent = keys are given), indexes as (name, path).
pub type Shape<'a> = (&'a str, Option<&'a str>, &'a [(&'a str, &'a str)]);

impl Database {
    /// Opens `name`, making it or bringing it up to date: `upgrade` gets the version it was (0 = new) and answers the
    /// stores to make.
    pub async fn open(
        name: &str,
        version: u32,
        upgrade: impl Fn(u32) -> &'static [Shape<'static>] + 'static,
    ) -> Result<Self, Fault> {
        let request = FACTORY.with(|factory| factory.open_database(name, version))?;
        let asked: Request = request.clone().unchecked_into();
        let make = Closure::<dyn FnMut(VersionEvent)>::new(move |event: VersionEvent| {
            let made = asked.result().and_then(|db| build(db.unchecked_ref(), upgrade(event.old_version())));
            if made.is_err()
                && let Some(work) = asked.transaction()
            {
                let _ = work.abort_work();
            }
        });
        request.set_onupgradeneeded(make.as_ref().unchecked_ref());
        let db: RawDatabase = settle(&request).await?.unchecked_into();
        // Another context wants to upgrade or delete: step aside instead of blocking it.
        let raw = db.clone();
        let aside = Closure::once_into_js(move || raw.unchecked_ref::<RawDatabase>().close_database());
        db.set_onversionchange(aside.unchecked_ref());
        Ok(Self(db))
    }

    /// Removes a database and all it holds.
    pub async fn remove(name: &str) -> Result<(), Fault> {
        let request = FACTORY.with(|factory| factory.delete_database(name))?;
        settle(&request).await.map(drop)
    }

    /// Begins reading.
    pub fn read(&self, stores: &[&str]) -> Result<Transaction, Fault> {
        Ok(self.0.begin(&names(stores), "readonly", &JsValue::UNDEFINED)?)
    }

    /// Begins a change that is on the disk when [`Transaction::done`] says so.
    pub fn write(&self, stores: &[&str]) -> Result<Transaction, Fault> {
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
        Ok(self.0.begin(&names(stores), "readwrite", &options)?)
    }

    /// Lets go of it.
    pub fn close(&self) {
        self.0.close_database();
    }
}

impl Clone for Database {
    fn clone(&self) -> Self {
        Self(self.0.clone().unchecked_into())
    }
}

fn names(stores: &[&str]) -> JsValue {
    stores.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

fn build(db: &RawDatabase, shapes: &[Shape<'static>]) -> Result<(), JsValue> {
    for (name, path, indexes) in shapes {
        let options = js_sys::Object::new();
        if let Some(path) = path {
            js_sys::Reflect::set(&options, &"keyPath".into(), &(*path).into())?;
        }
        let store = db.create_object_store(name, &options)?;
        for (index, path) in *indexes {
            store.create_index(index, &(*path).into())?;
        }
    }
    Ok(())
}

impl Transaction {
    /// A store of this transaction.
    pub fn store(&self, name: &str) -> Result<ObjectStore, Fault> {
        Ok(self.object_store(name)?)
    }

    /// Waits until everything has lasted.
    pub async fn done(&self) -> Result<(), Fault> {
        let ended = Promise::new(&mut |resolve, reject| {
            self.set_oncomplete(&resolve);
            self.set_onabort(&reject);
        });
        match JsFuture::from(ended).await {
            Ok(_) => Ok(()),
            Err(_) if self.failure().is_null() => Err(Fault("AbortError".into())),
            Err(_) => Err(self.failure().into()),
        }
    }

    /// Takes everything back.
    pub fn abort(&self) {
        // Already over: nothing to take back.
        let _ = self.abort_work();
    }
}

impl ObjectStore {
    /// Its index `name`, read like a store.
    pub fn index(&self, name: &str) -> Result<ObjectStore, Fault> {
        Ok(self.index_named(name)?)
    }

    /// One record.
    pub fn get(&self, key: &str) -> Result<Request, Fault> {
        Ok(self.get_value(&key.into())?)
    }

    /// Every record with this key (of an index: all that share it).
    pub fn all(&self, key: &str) -> Result<Request, Fault> {
        Ok(self.get_values(&key.into())?)
    }

    /// Every record.
    pub fn everything(&self) -> Result<Request, Fault> {
        Ok(self.get_values(&JsValue::UNDEFINED)?)
    }

    /// Number of records.
    pub fn count(&self) -> Result<Request, Fault> {
        Ok(self.count_values()?)
    }

    /// Number of records whose key stands between two.
    pub fn count_of(&self, from: &str, to: &str) -> Result<Request, Fault> {
        Ok(self.count_between(&KeyRange::bound(from, to)?)?)
    }

    /// The first key after `after`.
    pub fn key_after(&self, after: &str) -> Result<Request, Fault> {
        Ok(self.get_key_page(&key_after(&after.into(), true)?, 1)?)
    }

    /// At most `limit` records in the order of their keys, after the key `after`.
    pub fn page(&self, after: Option<&str>, limit: u32) -> Result<Request, Fault> {
        let range = match after {
            Some(key) => key_after(&key.into(), true)?,
            None => JsValue::UNDEFINED,
        };
        Ok(self.get_page(&range, limit)?)
    }

    /// Every record whose key stands between two.
    pub fn between(&self, from: &str, to: &str) -> Result<Request, Fault> {
        Ok(self.get_values(&KeyRange::bound(from, to)?.into())?)
    }

    /// Keys between two, both included.
    pub fn keys(&self, from: &str, to: &str) -> Result<Request, Fault> {
        Ok(self.get_keys(&KeyRange::bound(from, to)?)?)
    }

    /// Writes a text under a key.
    pub fn put_text(&self, key: &str, text: &str) -> Result<Request, Fault> {
        Ok(self.put_keyed(&text.into(), &key.into())?)
    }

    /// Writes an object of the browser's own under a key: a handle, which no text can stand for.
    pub fn put_object(&self, key: &str, object: &JsValue) -> Result<Request, Fault> {
        Ok(self.put_keyed(object, &key.into())?)
    }

    /// Writes a record that carries its key, given as JSON.
    pub fn put(&self, json: &str) -> Result<Request, Fault> {
        Ok(self.put_value(&js_sys::JSON::parse(json)?)?)
    }

    /// Removes a record.
    pub fn delete(&self, key: &str) -> Result<Request, Fault> {
        Ok(self.delete_value(&key.into())?)
    }

    /// A slice of at most `limit` records as JSON, after skipping `skip`; newest first when `backwards`.
    pub async fn slice(&self, skip: u32, limit: u32, backwards: bool) -> Result<Vec<String>, Fault> {
        let request = self.open_cursor(&JsValue::NULL, if backwards { "prev" } else { "next" })?;
        let mut taken = Vec::new();
        let mut skipped = skip == 0;
        while let Ok(cursor) = settle(&request).await?.dyn_into::<js_sys::Object>() {
            let cursor: Cursor = cursor.unchecked_into();
            if !skipped {
                skipped = true;
                cursor.advance(skip)?;
                continue;
            }
            taken.extend(json(&cursor.value()));
            if taken.len() >= limit as usize {
                break;
            }
            cursor.next()?;
        }
        Ok(taken)
    }
}

impl Request {
    /// Waits for the answer as JSON; `None` when there is no record.
    pub async fn json(&self) -> Result<Option<String>, Fault> {
        Ok(json(&settle(self).await?))
    }

    /// Waits for every record found, as JSON.
    pub async fn list<T: serde::de::DeserializeOwned>(&self) -> Result<Vec<T>, Fault> {
        let found = self.json().await?.unwrap_or_else(|| "[]".to_owned());
        crate::json::read(&found).ok_or_else(|| Fault("DataError".into()))
    }

    /// Waits for the answer as a text.
    pub async fn text(&self) -> Result<Option<String>, Fault> {
        Ok(settle(self).await?.as_string())
    }

    /// Waits for the answer as the browser keeps it; `None` when there is no record.
    pub async fn object(&self) -> Result<Option<JsValue>, Fault> {
        Ok(Some(settle(self).await?).filter(|found| !found.is_undefined()))
    }

    /// Waits for every text found, with commas between.
    pub async fn joined(&self) -> Result<String, Fault> {
        Ok(settle(self).await?.unchecked_into::<Array>().join(",").into())
    }

    /// Waits for every key found.
    pub async fn keys(&self) -> Result<Vec<String>, Fault> {
        let found = settle(self).await?.unchecked_into::<Array>();
        Ok(found.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Waits for the answer as a number.
    pub async fn number(&self) -> Result<u32, Fault> {
        Ok(settle(self).await?.as_f64().unwrap_or_default() as u32)
    }
}

fn json(value: &JsValue) -> Option<String> {
    if value.is_undefined() || value.is_null() {
        return None;
    }
    js_sys::JSON::stringify(value).ok().map(String::from)
}

/// Waits for a request. Its promise is resolved inside the browser's own event, so the transaction is still active after. A
/// request that ended while another was waited for tells nobody any more.
async fn settle(request: &Request) -> Result<JsValue, Fault> {
    if request.ready_state() != "done" {
        let ended = Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(&resolve);
            request.set_onerror(&reject);
        });
        // How it ended stands in the request.
        let _ = JsFuture::from(ended).await;
    }
    match request.error()? {
        fault if fault.is_null() => Ok(request.result()?),
        fault => Err(fault.into()),
    }
}
