//! The line that says, on our pages, that a crisis hold is on, why, and where it is lifted.

use leptos::prelude::*;

use super::icons::icon;
use super::shell::Page;
use super::words::{say, t};
use crate::message::Msg;

/// The line; nothing while no hold is on.
pub fn banner(page: Page) -> AnyView {
    let reason = Memo::new(move |_| {
        page.state.with(|state| state.workspace.hold.then(|| state.workspace.hold_reason.trim().to_owned()))
    });
    let line = move || {
        let words = match reason.get()? {
            reason if reason.is_empty() => t("hold_on_bare"),
            reason => say(&Msg::new("hold_on").with("reason", reason)),
        };
        Some(view! {
            <p class="notice warn row wrap" id="hold" role="status">
                {icon("alert")}<span class="grow">{words}</span><a href="library.html#voice">{t("hold_change")}</a>
            </p>
        })
    };
    line.into_any()
}
