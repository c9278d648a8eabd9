//! Reports the size that the content needs, so that the page agent can fit the frame to it.
//!
//! The width is the one the view wants; the height is measured at the width the frame has now. Where the agent grants
//! less width, the height follows by itself.

use leptos::ev;
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
    // What was reported once is reported again when it may have been forgotten: for another view, and when the agent gave
    // the frame a size of its own, as it does whenever it shows it. A hidden frame draws nothing and reports later.
    let again = move || {
        last.set_value((0, 0));
        request_animation_frame(measure);
    };
    Effect::new(move |_| {
        kind.track();
        again();
    });
    window_event_listener(ev::resize, move |_| again());
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
