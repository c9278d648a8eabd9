//! Reports the size that the content needs, so that the page agent can fit the frame to it.
//!
//! The width is the one the view wants; the height is measured at the width the frame has now. Where the agent grants
//! less width, the height follows by itself.

use leptos::html::Main;
use leptos::prelude::*;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::ResizeObserver;

use super::{Frame, Kind};
use crate::protocol::OverlayRequest;

/// Watches `root` for as long as the frame lives.
pub fn report(root: NodeRef<Main>, kind: Signal<Kind>, frame: Frame) {
    let last = StoredValue::new((0, 0));
    let measure = move || {
        let Some(element) = root.get_untracked() else { return };
        let width = kind.get_untracked().width();
        let height = if width == 0 { 0 } else { element.get_bounding_client_rect().height().ceil() as u32 };
        if last.get_value() != (width, height) {
            last.set_value((width, height));
            frame.tell(OverlayRequest::Size { width, height });
        }
    };
    Effect::new(move |_| {
        kind.track();
        request_animation_frame(measure);
    });
    Effect::new(move |_| {
        let Some(element) = root.get() else { return };
        let changed = Closure::<dyn Fn(JsValue)>::new(move |_| measure());
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            // The observer lives as long as the document, which holds nothing but this view.
            changed.forget();
        }
    });
}
