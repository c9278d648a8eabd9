//! The catalogue in the language in use. A view asks while it is built; a new language builds the view again.

use std::cell::Cell;

use crate::message::{Catalogue, Lang, Msg};

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::En) };
}

/// The language in use.
pub fn lang() -> Lang {
    LANG.get()
}

/// Speak `lang` from now on.
pub fn speak(lang: Lang) {
    LANG.set(lang);
}

/// The sentence of `key`.
pub fn t(key: &str) -> String {
    Catalogue::of(lang()).word(key)
}

/// The sentence of a message.
pub fn say(msg: &Msg) -> String {
    Catalogue::of(lang()).say(msg)
}
