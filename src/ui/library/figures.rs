//! How often a template was used and what became of the cases, for the team as a whole.

use leptos::prelude::*;

use super::state::Editor;
use crate::message::Msg;
use crate::ui::dates;
use crate::ui::words::{say, t};

/// One line.
pub fn view(editor: Editor) -> AnyView {
    let line = move || {
        let id = editor.id.get();
        editor.stored.outcomes.with(|all| match all.as_ref().map(|all| all.get(&id)) {
            None => t("library_figures_counting"),
            Some(None) => t("library_figures_none"),
            Some(Some(outcome)) => {
                let zone = editor.page.state.with_untracked(|state| state.workspace.time_zone.clone());
                say(&Msg::new("library_figures")
                    .with("count", outcome.used)
                    .with("last", dates::short(outcome.last, &zone))
                    .with("resolved", outcome.resolved)
                    .with("cases", outcome.cases))
            }
        })
    };
    view! { <p class="small muted" id="template-figures">{line}</p> }.into_any()
}
