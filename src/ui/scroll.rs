//! A long list in an area that scrolls: which of its rows are drawn follows scrolling and the area's size.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use super::window::Screen;

/// An area and what is seen of it; a small copyable handle.
#[derive(Clone, Copy)]
pub struct Scroll {
    /// The element that scrolls.
    pub area: NodeRef<Div>,
    /// What is seen.
    pub screen: RwSignal<Screen>,
}

impl Scroll {
    /// An area with rows of this height; `height`: its own until it has been measured, in CSS pixels.
    pub fn new(row: f64, height: f64) -> Self {
        let scroll = Self { area: NodeRef::new(), screen: RwSignal::new(Screen { top: 0.0, height, row }) };
        scroll.follow_size();
        scroll
    }

    /// Looks again; called when it was scrolled.
    pub fn measure(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let before = self.screen.get_untracked();
        let now = Screen { top: f64::from(area.scroll_top()), height: f64::from(area.client_height()), ..before };
        if before != now {
            self.screen.set(now);
        }
    }

    /// Scrolls so that a row is seen whole.
    pub fn reveal(self, place: usize) {
        if let (Some(area), Some(top)) = (self.area.get_untracked(), self.screen.get_untracked().reveal(place)) {
            area.set_scroll_top(top as i32);
            self.measure();
        }
    }

    fn follow_size(self) {
        Effect::new(move |_| {
            let Some(area) = self.area.get() else { return };
            self.measure();
            let changed = Closure::<dyn Fn()>::new(move || self.measure());
            let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
            observer.observe(&area);
            let owned = StoredValue::new_local(Some((observer, changed)));
            on_cleanup(move || {
                if let Some((observer, _)) = owned.try_update_value(Option::take).flatten() {
                    observer.disconnect();
                }
            });
        });
    }
}
