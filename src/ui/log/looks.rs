//! Replies at a mention that wait for a look, and what a person decides about them.

use leptos::prelude::*;

use super::data::Log;
use crate::log::{Look, MentionKey};
use crate::protocol::Change;
use crate::ui::look::{self, Acts, Writing};
use crate::ui::shell::focus;
use crate::ui::words::t;

/// The open drafts of the mention the cursor is on.
pub fn view(log: Log, key: Memo<Option<MentionKey>>) -> AnyView {
    let open = Memo::new(move |_| {
        let row = key.get().and_then(|key| log.row(&key))?;
        let open: Vec<Look> = row.looks.iter().filter(|look| look.is_open()).cloned().collect();
        (!open.is_empty()).then_some(open)
    });
    // Out here, so that what is half written outlives a change by somebody else.
    let writing: Writing = RwSignal::new(None);
    let decide = Callback::new(move |(draft, decision, text)| {
        if let Some(key) = key.get_untracked() {
            writing.set(None);
            log.change(vec![key], Change::Look { draft, decision, text });
            focus("details-title");
        }
    });
    (move || {
        let me = log.page.state.with_untracked(|state| state.me.clone());
        let all: Vec<_> =
            open.get()?.iter().map(|one| look::view(one, &me, writing, Acts { decide, insert: None })).collect();
        Some(view! { <section class="stack tight"><h3>{t("card_look")}</h3>{all}</section> })
    })
    .into_any()
}
