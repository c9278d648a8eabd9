//! Files that a page makes or takes: handed to the browser's own download, chosen by a person. Nothing leaves the machine.

use js_sys::Array;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

/// Offers a text as a download.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has begun to read it by then; the memory is given back.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(30),
    );
    Ok(())
}

/// The text of the file that was just chosen, and its name.
pub async fn chosen(event: leptos::ev::Event) -> Option<(String, String)> {
    let (name, text) = all_chosen(event).await.into_iter().next()?;
    Some((name, text?))
}

/// The files that were just chosen, each with its name and its text, if it could be read.
pub async fn all_chosen(event: leptos::ev::Event) -> Vec<(String, Option<String>)> {
    let mut read = Vec::new();
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return read };
    let Some(files) = input.files() else { return read };
    let files: Vec<_> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    // The same file can be chosen again.
    input.set_value("");
    for file in files {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        read.push((file.name(), text));
    }
    read
}
