//! The template library: every template with its editor, import and export, and the voice rules. It is a page and a module of its own,
//! since no other page needs importers or an editor. It keeps no truth: templates come from the background in slices, and
//! every change goes there.

mod actions;
mod bulk;
mod chips;
mod convert;
mod editor;
mod export;
mod fields;
mod figures;
mod form;
mod history;
mod import;
mod list;
mod pieces;
mod preview;
mod put;
mod report;
mod state;
mod stored;
mod trial;
mod variants;
mod voice;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::shell::Page;
use super::words::t;
use crate::protocol::{PageMessage, PageRequest};
use crate::template::Template;
use crate::template::exchange::Format;

pub use convert::{is_worker, serve};

/// The templates, as far as they have arrived.
#[derive(Clone, Copy)]
pub struct Library {
    pub page: Page,
    /// In the order of the background: the brand's own first.
    pub templates: RwSignal<Vec<Template>>,
    /// All have arrived.
    pub complete: RwSignal<bool>,
    /// They are what is stored now, not what was stored before the last change.
    pub current: RwSignal<bool>,
    /// Many changes are on their way: they are read again after the last.
    pub paused: RwSignal<bool>,
    /// Counts readings: only the last one's outcome is shown.
    reading: StoredValue<u32>,
}

impl Library {
    /// Reads them all again, slice by slice.
    pub fn read(self) {
        let number = self.reading.get_value().wrapping_add(1);
        self.reading.set_value(number);
        leptos::task::spawn_local(async move {
            let mut read: Vec<Template> = Vec::new();
            loop {
                let from = u32::try_from(read.len()).unwrap_or(u32::MAX);
                let Some(answer) = self.page.ask(PageRequest::Templates { from }).await else { return };
                let PageMessage::Templates { templates, total } = answer else { return };
                if self.reading.get_value() != number {
                    return;
                }
                let ended = templates.is_empty();
                read.extend(templates);
                if ended || read.len() >= total as usize {
                    break;
                }
            }
            self.templates.set(read);
            self.complete.set(true);
            self.current.set(true);
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

/// The parts of the page, by the end of their address, and their names.
const PARTS: [(&str, &str); 3] =
    [("templates", "library_templates"), ("exchange", "library_exchange"), ("voice", "library_voice")];

/// The part that the address names.
fn part() -> usize {
    let hash = window().location().hash().unwrap_or_default();
    PARTS.iter().position(|(id, _)| hash.trim_start_matches('#') == *id).unwrap_or_default()
}

/// The page.
pub fn view(page: Page) -> AnyView {
    let library = Library {
        page,
        templates: RwSignal::default(),
        complete: RwSignal::new(false),
        current: RwSignal::new(false),
        paused: RwSignal::new(false),
        reading: StoredValue::new(0),
    };
    // A change anywhere, also a colleague's, and another workspace are other templates.
    Effect::new(move |_| {
        page.state_changes.track();
        library.current.set(false);
        if !library.paused.get() {
            library.read();
        }
    });
    let shown = RwSignal::new(part());
    let moved = window_event_listener(leptos::ev::hashchange, move |_| shown.set(part()));
    on_cleanup(move || moved.remove());
    let links: Vec<_> = PARTS
        .into_iter()
        .enumerate()
        .map(|(at, (id, name))| {
            let current = move || (shown.get() == at).then_some("page");
            view! { <a href=format!("#{id}") aria-current=current>{t(name)}</a> }
        })
        .collect();
    // What was built stays, hidden: a half-written template and an import at work are not lost.
    let built = |part: usize| Memo::new(move |built: Option<&bool>| built == Some(&true) || shown.get() == part);
    let (templates, exchange, voice) = (built(0), built(1), built(2));
    view! {
        <div class="library-page">
            <header class="library-head row">
                <h1>{t("library_title")}</h1>
                <nav class="row grow" aria-label=t("library_title")>{links}</nav>
                <span class="muted small clip">{move || page.workspace_label()}</span>
                <a class="small" href="options.html">{t("library_to_options")}</a>
                <a class="small" href="log.html">{t("options_to_log")}</a>
            </header>
            <main>
                <div hidden=move || shown.get() != 0>{move || templates.get().then(|| editor::view(library))}</div>
                <div class="stack" hidden=move || shown.get() != 1>
                    {move || exchange.get().then(|| view! { {import::view(library)}{export::view(library)} })}
                </div>
                <div hidden=move || shown.get() != 2>{move || voice.get().then(|| voice::view(library))}</div>
            </main>
        </div>
    }
    .into_any()
}

/// The name of a format, the same in every language.
fn format_name(format: Format) -> &'static str {
    match format {
        Format::Rejoinder => "Rejoinder (JSON)",
        Format::Espanso => "espanso (YAML)",
        Format::Briskine => "Briskine (CSV)",
        Format::TextBlaze => "Text Blaze (JSON)",
        Format::Chatwoot => "Chatwoot (JSON)",
        Format::Zendesk => "Zendesk (JSON)",
        Format::Zammad => "Zammad (CSV)",
        Format::FreeScout => "FreeScout",
        Format::Csv => "CSV",
    }
}
