//! How often a template was used and what became of the cases, for the team as a whole: the figures that suggestions go by.

use leptos::prelude::*;

use super::state::Editor;
use crate::message::Msg;
use crate::ui::words::{say, t};

/// One line.
pub fn view(editor: Editor) -> AnyView {
    let line = move || {
        let id = editor.id.get();
        let used = editor.stored.outcomes.with(|all| all.as_ref().map(|all| all.of(&id)));
        match used {
            None => t("library_figures_counting"),
            Some((0, _)) => t("library_figures_none"),
            Some((used, settled)) => say(&Msg::new("library_figures").with("count", used).with("settled", settled)),
        }
    };
    view! { <p class="small muted" id="template-figures">{line}</p> }.into_any()
}
