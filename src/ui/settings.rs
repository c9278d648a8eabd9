//! Writing a setting from one of our pages: shown at once, and brought back when it cannot be stored.

use leptos::prelude::*;

use super::edit::changed_fields;
use super::shell::Page;
use super::words::t;
use crate::protocol::PageRequest;
use crate::workspace::Workspace;

/// Changes the workspace: shown at once, written at once; a failure brings back what is stored.
pub fn edit(page: Page, change: impl FnOnce(&mut Workspace)) {
    edit_or(page, change, || {});
}

/// The same; `back` brings back what else shows it when it cannot be stored.
pub fn edit_or(page: Page, change: impl FnOnce(&mut Workspace), back: impl FnOnce() + 'static) {
    let before = page.state.with_untracked(|state| state.workspace.clone());
    let mut after = before.clone();
    change(&mut after);
    let Some(value) = changed_fields(&before, &after) else { return };
    page.state.update(|state| state.workspace = after);
    tell_or(page, PageRequest::Put { item: "workspace".to_owned(), id: String::new(), value }, back);
}

/// Writes an item of the settings.
pub fn put(page: Page, item: &str, id: String, value: serde_json::Value) {
    tell(page, PageRequest::Put { item: item.to_owned(), id, value });
}

/// Asks for a change, says when it is kept, and shows what is stored after a failure.
pub fn tell(page: Page, request: PageRequest) {
    tell_or(page, request, || {});
}

fn tell_or(page: Page, request: PageRequest, back: impl FnOnce() + 'static) {
    leptos::task::spawn_local(async move {
        match page.ask(request).await {
            Some(_) => page.announce(t("options_saved")),
            None => {
                back();
                page.reread();
            }
        }
    });
}
