//! The line to a team's server: the browser's `fetch`, with its session in the browser's cookies.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::sync::{Answer, Call, Method, Transport, Unreachable};

/// Longer than the longest poll; a background that waits is ended after 30 s anyway.
const PATIENCE_MS: f64 = 28_000.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_url(url: &str, options: &Object) -> Promise;
    #[cfg(feature = "members")]
    #[wasm_bindgen(js_name = btoa)]
    fn to_base64(bytes: &str) -> String;
    type AbortSignal;
    #[wasm_bindgen(static_method_of = AbortSignal)]
    fn timeout(ms: f64) -> JsValue;
    type Response;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Response) -> u16;
    #[wasm_bindgen(method)]
    fn text(this: &Response) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Response) -> Headers;
    type Headers;
    #[wasm_bindgen(method)]
    fn get(this: &Headers, name: &str) -> Option<String>;
}

/// A server, as whoever is signed in there.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address without a slash at its end.
    url: String,
    /// Who asks, when it is not whoever is signed in: an administrator, whose session shall not stay in this browser.
    basic: Option<String>,
}

impl Server {
    /// The server at `url`, which has no slash at its end.
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), basic: None }
    }

    /// The same, asked by somebody else than whoever is signed in.
    #[cfg(feature = "members")]
    pub fn by(self, name: &str, password: &str) -> Self {
        let bytes: String = format!("{name}:{password}").bytes().map(char::from).collect();
        Self { basic: Some(format!("Basic {}", to_base64(&bytes))), ..self }
    }
}

impl Transport for Server {
    async fn call(&self, call: Call) -> Result<Answer, Unreachable> {
        let options = Object::new();
        let set = |object: &Object, name: &str, value: JsValue| {
            // Cannot fail on a plain object.
            let _ = Reflect::set(object, &name.into(), &value);
        };
        let headers = Object::new();
        set(&headers, "accept", "application/json".into());
        set(&headers, "content-type", "application/json".into());
        set(&options, "method", call.method.name().into());
        let is_in_session = !call.anonymous && self.basic.is_none();
        if let Some(basic) = self.basic.as_ref().filter(|_| !call.anonymous) {
            set(&headers, "authorization", basic.into());
        }
        set(&options, "credentials", if is_in_session { "include" } else { "omit" }.into());
        set(&options, "headers", headers.into());
        set(&options, "cache", "no-store".into());
        set(&options, "redirect", "error".into());
        set(&options, "signal", AbortSignal::timeout(PATIENCE_MS));
        if let Some(body) = call.body.filter(|_| call.method != Method::Get) {
            set(&options, "body", body.into());
        }
        let response = JsFuture::from(fetch_url(&format!("{}{}", self.url, call.path), &options)).await;
        let response: Response = response.map_err(|_| Unreachable)?.unchecked_into();
        let body = JsFuture::from(response.text()).await.map_err(|_| Unreachable)?;
        let header = |name: &str| response.headers().get(name);
        Ok(Answer {
            status: response.status(),
            body: body.as_string().unwrap_or_default(),
            retry_after: header("retry-after").and_then(|text| text.parse().ok()),
            date: header("date").map(|text| js_sys::Date::parse(&text)).filter(|ms| !ms.is_nan()).map(|ms| ms as i64),
        })
    }
}
