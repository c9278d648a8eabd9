//! Reading a file of templates beside the page: a worker with the same module works out what the file holds and what
//! that would change, while the page goes on answering. Both ends stand here; everything between them goes in portions.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;

use crate::browser::normal;
use crate::json;
use crate::message::Msg;
use crate::template::Template;
use crate::template::exchange::{self, Format, ImportError, Row};

/// Templates or rows in one message: a slice of work short enough not to be felt.
const SLICE: usize = 250;

#[wasm_bindgen]
extern "C" {
    type Worker;
    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, options: &JsValue) -> Result<Worker, JsValue>;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Worker, message: &JsValue);
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn on_message(this: &Worker, handler: &Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn on_error(this: &Worker, handler: &Function);
    #[wasm_bindgen(method)]
    fn terminate(this: &Worker);

    /// The worker's own end.
    #[derive(Clone)]
    type Scope;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn answer(this: &Scope, message: &str);
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn on_asked(this: &Scope, handler: &Function);

    type MessageEvent;
    #[wasm_bindgen(method, getter)]
    fn data(this: &MessageEvent) -> JsValue;
}

/// What the worker says.
#[derive(Serialize, Deserialize)]
enum Said {
    Ready,
    Rows(Vec<Row>),
    Read(String),
    Failed { msg: Option<Msg>, line: u32, column: u32 },
}

/// A file as it was chosen, dropped or pasted.
#[derive(Clone)]
pub struct File {
    /// Its name; empty for what was pasted.
    pub name: String,
    /// Its bytes.
    pub bytes: ArrayBuffer,
}

/// What a file holds.
pub struct Read {
    /// The format it was read as.
    pub format: Format,
    /// What would become of its templates.
    pub rows: Vec<Row>,
}

/// Why nothing came of it; without a reason the worker itself broke.
pub type Refusal = Option<ImportError>;

/// What `file` holds, read as `format` or as what it looks like, beside `library`.
pub async fn read(file: &File, format: Option<Format>, library: &[Template]) -> Result<Read, Refusal> {
    let options = Object::new();
    // Setting a field of a fresh plain object cannot fail.
    let _ = Reflect::set(&options, &"type".into(), &"module".into());
    let worker = Worker::new("library-worker.js", &options).map_err(|_| None)?;
    let read = ask(&worker, file, format, library).await;
    worker.terminate();
    read
}

async fn ask(worker: &Worker, file: &File, format: Option<Format>, library: &[Template]) -> Result<Read, Refusal> {
    let Said::Ready = next(worker).await? else { return Err(None) };
    for slice in library.chunks(SLICE) {
        worker.post(&serde_json::to_string(slice).unwrap_or_default().into());
        TimeoutFuture::new(0).await;
    }
    let format = format.map(Format::id).unwrap_or_default();
    worker.post(&Array::of3(&file.name.as_str().into(), &format.into(), &file.bytes).into());
    let mut rows = Vec::new();
    loop {
        match next(worker).await? {
            Said::Rows(some) => rows.extend(some),
            Said::Read(format) => return Format::named(&format).map(|format| Read { format, rows }).ok_or(None),
            Said::Failed { msg, line, column } => return Err(msg.map(|msg| ImportError { msg, line, column })),
            Said::Ready => return Err(None),
        }
    }
}

/// The worker's next message. Whoever waits goes on before the one after it can arrive.
async fn next(worker: &Worker) -> Result<Said, Refusal> {
    let heard = Promise::new(&mut |resolve, reject| {
        worker.on_message(&resolve);
        worker.on_error(&reject);
    });
    let event = JsFuture::from(heard).await.map_err(|_| None)?;
    let text = event.unchecked_into::<MessageEvent>().data().as_string();
    text.and_then(|text| json::read(&text)).ok_or(None)
}

/// Whether this module runs in the worker.
pub fn is_worker() -> bool {
    !Reflect::has(&js_sys::global(), &"document".into()).unwrap_or(true)
}

/// Answers for as long as the worker lives.
pub fn serve() {
    normal::hand_in();
    let scope: Scope = js_sys::global().unchecked_into();
    let library = Rc::new(RefCell::new(Vec::new()));
    let answering = scope.clone();
    let asked = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        match data.as_string() {
            Some(slice) => library.borrow_mut().extend(json::read::<Vec<Template>>(&slice).unwrap_or_default()),
            None => answer(&answering, &data.unchecked_into(), &library.borrow()),
        }
    });
    scope.on_asked(asked.as_ref().unchecked_ref());
    asked.forget();
    say(&scope, &Said::Ready);
}

fn say(scope: &Scope, said: &Said) {
    scope.answer(&serde_json::to_string(said).unwrap_or_default());
}

fn answer(scope: &Scope, asked: &Array, library: &[Template]) {
    let text = |at: u32| asked.get(at).as_string().unwrap_or_default();
    let source = exchange::decode(&Uint8Array::new(&asked.get(2)).to_vec());
    match convert(&text(0), &text(1), &source, library) {
        Ok((format, rows)) => {
            let mut rows = rows.into_iter().peekable();
            while rows.peek().is_some() {
                say(scope, &Said::Rows(rows.by_ref().take(SLICE).collect()));
            }
            say(scope, &Said::Read(format.id().to_owned()));
        }
        Err(ImportError { msg, line, column }) => say(scope, &Said::Failed { msg: Some(msg), line, column }),
    }
}

fn convert(name: &str, format: &str, source: &str, library: &[Template]) -> Result<(Format, Vec<Row>), ImportError> {
    let nowhere = |key: &str| ImportError { msg: Msg::new(key), line: 0, column: 0 };
    if source.trim().is_empty() {
        return Err(nowhere("exchange_empty_file"));
    }
    // A slip in JSON hides which JSON it is, and its commas look like columns; but it is known where the slip stands.
    let is_json = source.trim_start().starts_with(['{', '[']) && !name.ends_with(".csv");
    let guess = || exchange::detect(name, source).filter(|guess| *guess != Format::Csv || !is_json);
    let Some(format) = Format::named(format).or_else(guess) else {
        let torn = is_json.then(|| exchange::import(Format::Rejoinder, source)).and_then(Result::err);
        return Err(torn.filter(|error| error.line > 0).unwrap_or_else(|| nowhere("exchange_unknown_format")));
    };
    let import = exchange::import(format, source)?;
    Ok((format, exchange::report(library, import)))
}
