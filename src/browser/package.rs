//! Files of our own package, which need no network.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::clock::complain;
use super::extension;
use crate::message::{FILES, Lang};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(address: &str) -> Result<Promise, JsValue>;

    type Response;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Response) -> Result<Promise, JsValue>;
}

/// A file on its way.
#[derive(Debug)]
pub struct Coming(Result<Promise, JsValue>);

/// Asks for a file; it is read while other things happen.
pub fn file(name: &str) -> Coming {
    Coming(fetch(&extension::address(name)))
}

impl Coming {
    /// The file's text; empty, with a complaint, when the package does not hold it.
    pub async fn text(self) -> String {
        match self.read().await {
            Ok(text) => text,
            Err(fault) => {
                complain(&format!("a file of the package cannot be read: {fault:?}"));
                String::new()
            }
        }
    }

    async fn read(self) -> Result<String, JsValue> {
        let response: Response = JsFuture::from(self.0?).await?.unchecked_into();
        let text = JsFuture::from(response.text()?).await?;
        text.as_string().ok_or(JsValue::NULL)
    }
}

/// Asks for the sentences of every language; whoever waits has them.
pub fn catalogues() -> impl Future<Output = ()> {
    let coming = Lang::ALL.map(|lang| file(&format!("_locales/{}/messages.json", lang.tag())));
    async move {
        for (handed_in, coming) in FILES.iter().zip(coming) {
            handed_in.hand_in(coming.text().await);
        }
    }
}
