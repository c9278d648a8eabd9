//! The template library: every template with its editor, and import and export. It is a page and a module of its own,
//! since no other page needs importers or an editor. It keeps no truth: templates come from the background in slices, and
//! every change goes there.

mod actions;
mod bulk;
mod chips;
mod editor;
mod fields;
mod figures;
mod form;
mod history;
mod list;
mod pieces;
mod preview;
mod state;
mod stored;
mod trial;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::shell::Page;
use super::words::t;
use crate::protocol::{PageMessage, PageRequest};
use crate::template::Template;

/// The templates, as far as they have arrived.
#[derive(Clone, Copy)]
pub struct Library {
    pub page: Page,
    /// In the order of the background: the brand's own first.
    pub templates: RwSignal<Vec<Template>>,
    /// All have arrived.
    pub complete: RwSignal<bool>,
}

impl Library {
    /// Reads them all again, slice by slice.
    pub fn read(self) {
        leptos::task::spawn_local(async move {
            let mut read: Vec<Template> = Vec::new();
            loop {
                let from = u32::try_from(read.len()).unwrap_or(u32::MAX);
                let Some(answer) = self.page.ask(PageRequest::Templates { from }).await else { return };
                let PageMessage::Templates { templates, total } = answer else { return };
                let ended = templates.is_empty();
                read.extend(templates);
                if ended || read.len() >= total as usize {
                    break;
                }
            }
            self.templates.set(read);
            self.complete.set(true);
        });
    }
}

impl Library {
    /// Shows at once what was just written; the background's own answer follows.
    fn take(self, items: Vec<(String, serde_json::Value)>) {
        self.templates.update(|all| {
            let places: BTreeMap<String, usize> =
                all.iter().zip(0..).map(|(one, place)| (one.id.clone(), place)).collect();
            let (mut gone, mut new) = (BTreeSet::new(), Vec::new());
            for (id, value) in items {
                let template =
                    crate::json::of::<Template>(&value).map(|template| Template { id: id.clone(), ..template });
                match (places.get(&id), template) {
                    (Some(&place), Some(template)) => all[place] = template,
                    (Some(_), None) => drop(gone.insert(id)),
                    (None, Some(template)) => new.push(template),
                    (None, None) => {}
                }
            }
            all.retain(|one| !gone.contains(&one.id));
            all.splice(0..0, new);
        });
    }
}

/// The page.
pub fn view(page: Page) -> AnyView {
    let library = Library { page, templates: RwSignal::default(), complete: RwSignal::new(false) };
    // A change anywhere, also a colleague's, and another workspace are other templates.
    Effect::new(move |_| {
        page.state_changes.track();
        library.read();
    });
    view! {
        <div class="library-page">
            <header class="library-head row">
                <h1>{t("library_title")}</h1>
                <span class="muted small grow clip">{move || page.workspace_label()}</span>
                <a class="small" href="options.html">{t("library_to_options")}</a>
                <a class="small" href="log.html">{t("options_to_log")}</a>
            </header>
            <main>{editor::view(library)}</main>
        </div>
    }
    .into_any()
}
