//! Unicode's normal forms, which every browser has built in: [`crate::text::normal`] is handed these.

use js_sys::{JsString, RegExp};

use crate::text::normal::{self, Form};

thread_local! {
    static MARKS: RegExp = RegExp::new(r"\p{M}+", "gu");
}

/// From now on the browser normalises; called once, when a module starts.
pub fn hand_in() {
    normal::hand_in(normalise);
}

fn normalise(form: Form, text: &str) -> String {
    let text = JsString::from(text);
    let changed = match form {
        Form::Composed => text.normalize("NFC"),
        Form::Compatible => text.normalize("NFKC"),
        Form::Bare => MARKS.with(|marks| text.normalize("NFKD").replace_by_pattern(marks, "")),
    };
    changed.into()
}
