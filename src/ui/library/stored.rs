//! What the editor reads of the log itself, read-only: who changed which template when, the last mentions to try one
//! with, and what became of its replies. Every change goes through the background.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::idb::Fault;
use crate::browser::shape::{TEMPLATES, open_log};
use crate::json;
use crate::log::{Mention, Outcomes, Settings};
use crate::ui::shell::Page;

/// Mentions to try a template with.
const TRIED: u32 = 20;

/// What was read, as far as it has arrived.
#[derive(Clone, Copy)]
pub struct Stored {
    /// Templates' versions, and people's names.
    pub settings: RwSignal<Rc<Settings>, LocalStorage>,
    /// The newest mentions.
    pub mentions: RwSignal<Vec<Arc<Mention>>>,
    /// What came of templates; `None` while it is read.
    pub outcomes: RwSignal<Option<Outcomes>>,
}

impl Stored {
    /// Reads, and reads again whenever settings or mentions change.
    pub fn new(page: Page) -> Self {
        let stored = Self {
            settings: RwSignal::new_local(Rc::default()),
            mentions: RwSignal::default(),
            outcomes: RwSignal::new(None),
        };
        let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
        let (of_settings, of_mentions) = (Turns::new(), Turns::new());
        Effect::new(move |_| {
            page.state_changes.track();
            let id = workspace.get();
            let is_latest = of_settings.next();
            spawn_local(async move {
                if let Ok(settings) = read_settings(&id).await
                    && is_latest()
                {
                    stored.settings.set(Rc::new(settings));
                }
            });
        });
        Effect::new(move |_| {
            page.log_changes.track();
            let id = workspace.get();
            let is_latest = of_mentions.next();
            spawn_local(async move {
                // A log that cannot be read leaves the figures and the real mentions out; the editor works without them.
                let _ = stored.read_mentions(&id, is_latest).await;
            });
        });
        stored
    }

    async fn read_mentions(self, workspace: &str, current: impl Fn() -> bool) -> Result<(), Fault> {
        let db = open_log(workspace).await?;
        let newest = db.read(&["mentions"])?.store("mentions")?.index("saved_at")?;
        let texts = newest.slice(0, TRIED, true).await?;
        if !current() {
            return Ok(());
        }
        let mentions = texts.iter().filter_map(|text| json::read::<Mention>(text));
        self.mentions.set(mentions.filter(Mention::is_saved).map(Arc::new).collect());
        let outcomes = db.read(&["meta"])?.store("meta")?.get("outcomes")?.text().await?.unwrap_or_default();
        if current() {
            self.outcomes.set(Some(Outcomes::from_text(&outcomes)));
        }
        Ok(())
    }
}

/// Readings by turn: one that another has overtaken is of yesterday, whenever it ends.
#[derive(Clone, Copy)]
struct Turns(StoredValue<u32>);

impl Turns {
    fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Begins a turn; the answer says whether it is still the latest.
    fn next(self) -> impl Fn() -> bool {
        let number = self.0.get_value().wrapping_add(1);
        self.0.set_value(number);
        move || self.0.get_value() == number
    }
}

async fn read_settings(workspace: &str) -> Result<Settings, Fault> {
    let db = open_log(workspace).await?;
    let meta = db.read(&["meta"])?.store("meta")?;
    let (text, templates) = (meta.get("settings")?, meta.between(TEMPLATES.0, TEMPLATES.1)?);
    let mut settings: Settings = text.text().await?.and_then(|text| json::read(&text)).unwrap_or_default();
    settings.complete(&templates.joined().await?);
    Ok(settings)
}
