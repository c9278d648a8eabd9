//! The rules that look over replies: the brand's own words, written by people who know no patterns, and every rule of
//! every pack with its switch, and styles of Vale that become packs. Each rule says on how many of the replies sent so far it
//! would have spoken.

mod own;
mod replies;
mod rules;
mod vale;

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Library;
use crate::browser::shape::open_log;
use crate::log::Settings;
use crate::message::Msg;
use crate::protocol::{FiringRow, PageMessage, PageRequest, RuleRow};
use crate::ui::shell::Page;
use crate::ui::words::{say, t};
use crate::voice::preview::Reply;

/// What both sections know.
#[derive(Clone, Copy)]
pub struct Voice {
    pub page: Page,
    /// Every rule; `None` while they are read.
    pub rules: RwSignal<Option<Vec<RuleRow>>>,
    /// The replies sent last; `None` while they are read.
    pub replies: RwSignal<Option<Vec<Reply>>>,
}

/// How often rules speak, by their ids.
type Firings = RwSignal<BTreeMap<String, FiringRow>>;

impl Voice {
    /// Counts the rules of a compiled pack, or of every pack, over the replies.
    fn count(self, pack: Option<String>, into: Firings) {
        let Some(replies) = self.replies.get() else { return };
        spawn_local(async move {
            let answer = self.page.ask(PageRequest::Firing { pack, replies }).await;
            if let Some(PageMessage::Firing { rules }) = answer {
                into.set(rules.into_iter().map(|row| (row.rule.clone(), row)).collect());
            }
        });
    }
}

/// "Speaks on 3 of 120 replies", with what it found; nothing while that is counted, or where it cannot be.
fn firing(row: Option<FiringRow>) -> AnyView {
    let Some(row) = row else { return ().into_any() };
    if row.of == 0 {
        return view! { <span class="muted small">{t("voice_fires_unknown")}</span> }.into_any();
    }
    let words = say(&Msg::new("voice_fires").with("count", row.count).with("of", row.of));
    if row.excerpts.is_empty() {
        return view! { <span class="muted small">{words}</span> }.into_any();
    }
    let excerpts: Vec<_> = row.excerpts.into_iter().map(|one| view! { <li class="quote">{one}</li> }).collect();
    view! { <details class="small"><summary>{words}</summary><ul class="excerpts">{excerpts}</ul></details> }.into_any()
}

/// The settings as they are stored. `None`: they cannot be read, or are not understood.
async fn settings_of(workspace: &str) -> Option<Settings> {
    let meta = open_log(workspace).await.ok()?.read(&["meta"]).ok()?.store("meta").ok()?;
    match meta.get("settings").ok()?.text().await.ok()? {
        Some(text) => crate::json::read(&text),
        None => Some(Settings::default()),
    }
}

/// The part of the page.
pub fn view(library: Library) -> AnyView {
    let page = library.page;
    let voice = Voice { page, rules: RwSignal::new(None), replies: RwSignal::new(None) };
    Effect::new(move |_| {
        page.state_changes.track();
        spawn_local(async move {
            if let Some(PageMessage::Rules { rules }) = page.ask(PageRequest::Rules {}).await {
                voice.rules.set(Some(rules));
            }
        });
    });
    replies::follow(voice);
    view! {
        <div class="stack voice-page">
            {own::view(voice)}
            {rules::view(voice)}
            {vale::view(voice)}
        </div>
    }
    .into_any()
}
