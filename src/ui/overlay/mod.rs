//! The frame in a social page. It draws what the background sends and reports keys, clicks and its size back.
//!
//! The frame stands in a hostile document: it does nothing before the background has accepted its one-use nonce, and it
//! never speaks to its parent. After the background was restarted it says whose frame it is and what was on its way; a new
//! nonce in the address pairs it again as well.

mod ask;
mod details;
mod finding;
mod form;
mod gate;
mod picker;
mod post;
mod size;

use std::collections::BTreeMap;

use leptos::ev;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::client::Client;
use super::shell::apply_look;
use super::words::{self, t};
use crate::message::Lang;
use crate::protocol::{Kept, OverlayMessage, OverlayRequest, OverlayView};
use crate::ui::keys::{Modifiers, overlay_key};

/// A card that takes focus takes no key for so long.
const CALM_MS: f64 = 400.0;

/// The frame at work.
#[derive(Clone, Copy)]
pub struct Frame {
    client: StoredValue<Client<OverlayRequest, OverlayMessage>, LocalStorage>,
    /// What is shown.
    pub shown: RwSignal<OverlayView>,
    lang: RwSignal<Option<Lang>>,
    live: RwSignal<String>,
    /// When what is shown took the place of something else, in ms.
    since: StoredValue<f64>,
    failure: RwSignal<Option<String>>,
    /// What a new background must be told to go on.
    kept: StoredValue<Option<Kept>>,
    /// The agent's frame and document.
    place: StoredValue<Option<(i64, String)>>,
    /// What waits until the frame is paired with a new background.
    lost: StoredValue<Lost, LocalStorage>,
    bond: StoredValue<Bond>,
    /// How many things have been asked.
    asked: StoredValue<u32>,
    /// How many of them have no answer yet.
    open: StoredValue<u32>,
}

/// What is between the frame and its background.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Bond {
    /// They know each other, or never met.
    #[default]
    Paired,
    /// A new one is told whose frame this is.
    Rejoining,
    /// What stands here is newer than what the new one says.
    Restoring,
    /// It knows what was known; what was asked of the one before is still to come back.
    Catching,
    /// What was lost is asked again as soon as the new one has shown something.
    Waiting,
}

/// A request that a background which has died did not answer, by its number, and what follows it.
type Lost = BTreeMap<u32, (OverlayRequest, Box<dyn FnOnce()>)>;

impl Frame {
    /// Tells the background something; what it answers is shown, a failure is said in words.
    pub fn tell(self, request: OverlayRequest) {
        self.tell_then(request, || {});
    }

    /// The same, with something to do when it went well.
    pub fn tell_then(self, request: OverlayRequest, then: impl FnOnce() + 'static) {
        if self.lang.get_untracked().is_none() && !matches!(request, OverlayRequest::Pair { .. }) {
            return;
        }
        let is_plain = !matches!(
            request,
            OverlayRequest::Pair { .. } | OverlayRequest::Rejoin { .. } | OverlayRequest::Size { .. }
        );
        let number = self.asked.get_value();
        self.asked.set_value(number + 1);
        // Whoever types on while a new background learns what the old one knew is heard after that.
        if is_plain && matches!(self.bond.get_value(), Bond::Rejoining | Bond::Restoring | Bond::Catching) {
            self.lost.update_value(|lost| drop(lost.insert(number, (request, Box::new(then)))));
            return;
        }
        self.ask(number, is_plain, request, then);
    }

    fn ask(self, number: u32, is_plain: bool, request: OverlayRequest, then: impl FnOnce() + 'static) {
        let client = self.client.get_value();
        self.open.update_value(|open| *open += u32::from(is_plain));
        spawn_local(async move {
            let answer = client.ask(request.clone()).await;
            self.open.update_value(|open| *open -= u32::from(is_plain));
            match answer {
                Ok(message) => {
                    self.failure.set(None);
                    self.hear(message);
                    then();
                }
                // Before pairing there is nobody to tell, and a size is reported again when it changes.
                Err(_) if self.lang.get_untracked().is_none() || matches!(request, OverlayRequest::Size { .. }) => {}
                Err(failure) => {
                    let is_known = self.place.with_value(Option::is_some);
                    match request {
                        OverlayRequest::Rejoin { .. } => self.give_up(failure.text),
                        request if is_known && failure.code == "restarted" => {
                            self.lose(number, request, Box::new(then))
                        }
                        _ => self.failure.set(Some(failure.text)),
                    }
                }
            }
            self.catch_up();
        });
    }

    /// A new background does not know the frame: it introduces itself once, and what was asked waits.
    fn lose(self, number: u32, request: OverlayRequest, then: Box<dyn FnOnce()>) {
        let is_first = self.lost.with_value(BTreeMap::is_empty) && self.bond.get_value() == Bond::Paired;
        self.lost.update_value(|lost| drop(lost.insert(number, (request, then))));
        if is_first {
            self.rejoin();
        }
    }

    fn rejoin(self) {
        if let Some((frame, document)) = self.place.get_value() {
            self.bond.set_value(Bond::Rejoining);
            self.tell(OverlayRequest::Rejoin { frame, document });
        }
    }

    /// What was asked cannot be asked again.
    fn give_up(self, why: String) {
        self.bond.set_value(Bond::Paired);
        self.lost.update_value(BTreeMap::clear);
        self.failure.set(Some(why));
    }

    /// A background accepted the frame: a new one hears what the old one knew, then what nobody answered.
    fn recover(self) {
        if self.lost.with_value(BTreeMap::is_empty) {
            self.bond.set_value(Bond::Paired);
            return;
        }
        let Some(kept) = self.kept.get_value() else {
            self.bond.set_value(Bond::Waiting);
            return;
        };
        self.bond.set_value(Bond::Restoring);
        let client = self.client.get_value();
        spawn_local(async move {
            let restored = client.ask(OverlayRequest::Restore { kept }).await;
            match restored {
                Ok(_) => {
                    self.bond.set_value(Bond::Catching);
                    self.catch_up();
                }
                Err(failure) => {
                    // That one died too.
                    if failure.code == "restarted" { self.rejoin() } else { self.give_up(failure.text) }
                }
            }
        });
    }

    /// Once all that was asked of the background before has come back, it is asked again: in its order, the last value of a
    /// field last.
    fn catch_up(self) {
        if self.bond.get_value() == Bond::Catching && self.open.get_value() == 0 {
            self.bond.set_value(Bond::Paired);
            self.repeat();
        }
    }

    /// Asks again what nobody answered.
    fn repeat(self) {
        for (number, (request, then)) in self.lost.try_update_value(std::mem::take).unwrap_or_default() {
            self.ask(number, true, request, then);
        }
    }

    /// Says something to screen readers, politely.
    pub fn announce(self, text: String) {
        self.live.set(text);
    }

    fn hear(self, message: OverlayMessage) {
        match message {
            OverlayMessage::Paired { lang, theme, frame, document } => {
                apply_look(lang, &theme);
                // Setting what is set already would build the view anew, under the person's hands.
                if self.lang.get_untracked() != Some(lang) {
                    self.lang.set(Some(lang));
                }
                self.place.set_value(Some((frame, document)));
                self.recover();
            }
            OverlayMessage::View { view, kept } => self.draw(*view, kept),
            OverlayMessage::Done {} => {}
        }
    }

    fn draw(self, view: OverlayView, kept: Option<Kept>) {
        let bond = self.bond.get_value();
        if bond == Bond::Restoring {
            return;
        }
        self.kept.set_value(kept);
        self.shown.set(view);
        if bond == Bond::Waiting {
            self.bond.set_value(Bond::Paired);
            self.repeat();
        }
    }

    fn pair(self) {
        let nonce = window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
        if !nonce.is_empty() {
            self.tell(OverlayRequest::Pair { nonce });
        }
    }
}

/// Which view is at work; a change of kind builds the view anew, a change inside it does not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Empty,
    Picker,
    /// Of several forms in a row each is a view of its own.
    Form(u32),
    Finding,
    Learned,
    Gate,
    Post,
    Details,
}

impl Kind {
    fn of(view: &OverlayView) -> Self {
        match view {
            OverlayView::Empty {} => Self::Empty,
            OverlayView::Picker { .. } => Self::Picker,
            OverlayView::Form { at, .. } => Self::Form(*at),
            OverlayView::Finding { .. } => Self::Finding,
            OverlayView::Learned { .. } => Self::Learned,
            OverlayView::Gate { .. } => Self::Gate,
            OverlayView::Post { .. } => Self::Post,
            OverlayView::Details { .. } => Self::Details,
        }
    }

    /// Width in CSS pixels that the view asks the page agent for.
    fn width(self) -> u32 {
        match self {
            Self::Empty => 0,
            Self::Picker => 600,
            Self::Form(_) => 440,
            Self::Finding | Self::Learned => 360,
            Self::Gate | Self::Post | Self::Details => 400,
        }
    }
}

/// Builds the frame.
pub fn start() {
    mount_to_body(|| {
        let shown = RwSignal::new(OverlayView::Empty {});
        let lang = RwSignal::new(None);
        let live = RwSignal::new(String::new());
        let failure = RwSignal::new(None);
        let client = StoredValue::new_local(Client::new("overlay"));
        let frame = Frame {
            client,
            shown,
            lang,
            live,
            since: StoredValue::new(0.0),
            failure,
            kept: StoredValue::new(None),
            place: StoredValue::new(None),
            lost: StoredValue::new_local(BTreeMap::new()),
            bond: StoredValue::default(),
            asked: StoredValue::default(),
            open: StoredValue::default(),
        };
        client.with_value(|client| client.listen(move |message| frame.hear(message)));
        frame.pair();
        // The frame lives as long as its document: these listeners go with it.
        window_event_listener(ev::hashchange, move |_| frame.pair());
        window_event_listener(ev::keydown, move |event| on_key(frame, &event));
        let kind = Memo::new(move |_| frame.shown.with(Kind::of));
        let content = move || {
            words::speak(lang.get()?);
            frame.since.set_value(js_sys::Date::now());
            Some(match kind.get() {
                Kind::Empty => ().into_any(),
                Kind::Picker => picker::view(frame),
                Kind::Form(_) => form::view(frame),
                Kind::Finding => finding::view(frame),
                Kind::Learned => finding::learned(frame),
                Kind::Gate => gate::view(frame),
                Kind::Post => post::view(frame),
                Kind::Details => details::view(frame),
            })
        };
        let root = NodeRef::<leptos::html::Main>::new();
        size::report(root, kind.into(), frame);
        view! {
            <main class="overlay" node_ref=root>
                {move || failure.get().map(|text| view! { <p class="notice bad" role="alert">{text}</p> })}
                {content}
                <div class="hidden-visually" role="status" aria-live="polite">{move || live.get()}</div>
            </main>
        }
    });
}

/// Keys while the frame itself has focus. Scripted events do nothing.
fn on_key(frame: Frame, event: &ev::KeyboardEvent) {
    if !event.is_trusted() || event.is_composing() {
        return;
    }
    let kind = frame.shown.with_untracked(Kind::of);
    let plain = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
    if matches!(kind, Kind::Form(_)) && event.key() == "Enter" {
        // In a text of several lines it begins a line; on a button it is the button's; with Ctrl it always inserts.
        let own = has_focus("textarea, button");
        if (plain && !own) || event.ctrl_key() {
            event.prevent_default();
            // The key that chose the template may still be held.
            if !event.repeat() && js_sys::Date::now() - frame.since.get_value() >= CALM_MS {
                frame.tell(OverlayRequest::Key { key: "Enter".to_owned() });
            }
            return;
        }
    }
    if kind == Kind::Gate {
        // The key that sent may still be held, and whoever goes on typing has not read the card yet; back is always safe.
        if event.key() != "Escape" && (event.repeat() || js_sys::Date::now() - frame.since.get_value() < CALM_MS) {
            event.prevent_default();
            return;
        }
        if event.key() == "Enter" && event.alt_key() && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            frame.tell(OverlayRequest::Override {});
            return;
        }
    }
    let list = kind == Kind::Picker;
    let modifiers = Modifiers {
        alt: event.alt_key(),
        ctrl: event.ctrl_key(),
        meta: event.meta_key(),
        shift: event.shift_key(),
        alt_graph: event.get_modifier_state("AltGraph"),
    };
    let Some(key) = overlay_key(&event.key(), modifiers, list) else { return };
    event.prevent_default();
    // What is held must not choose, stack or star again and again.
    if !event.repeat() || key.starts_with("Arrow") {
        frame.tell(OverlayRequest::Key { key: key.to_owned() });
    }
}

/// Something of that kind has the focus.
fn has_focus(css: &str) -> bool {
    document().active_element().is_some_and(|element| element.matches(css).unwrap_or_default())
}

/// A button that closes what is shown.
fn close_button(frame: Frame) -> impl IntoView {
    let close = move |_| frame.tell(OverlayRequest::Close {});
    view! {
        <button class="button quiet icon-only" aria-label=t("card_close") on:click=close>{super::icons::icon("close")}</button>
    }
}
