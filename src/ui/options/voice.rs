//! Voice packs: which ones check replies, and how many rules each has; and the words that spelling leaves alone.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::pieces::{advanced, chips};
use crate::message::Msg;
use crate::protocol::{PackRow, PageMessage, PageRequest};
use crate::ui::settings::{edit, put, tell};
use crate::ui::shell::Page;
use crate::ui::words::{say, t};
use crate::voice::spelling::entry;

/// The section.
pub fn view(page: Page) -> AnyView {
    let packs = Memo::new(move |_| page.state.with(|state| state.packs.clone()));
    let rows = move || packs.get().into_iter().map(|pack| row(page, pack)).collect::<Vec<_>>();
    view! {
        <section class="card stack">
            <p class="muted">{t("options_voice_help")}</p>
            <ul class="lined">{rows}</ul>
            <p><a href="library.html#voice">{t("options_voice_all")}</a></p>
        </section>
        {advanced(words(page))}
    }
    .into_any()
}

/// The dictionaries of the person and the brand.
fn words(page: Page) -> AnyView {
    let mine = Memo::new(move |_| page.state.with(|state| state.words.clone()));
    let brand = Memo::new(move |_| page.state.with(|state| state.brand_words.clone()));
    let change_mine = Callback::new(move |(word, on): (String, bool)| {
        let name = if on { "word:add" } else { "word:remove" };
        if !word.trim().is_empty() {
            tell(page, PageRequest::Device { name: name.to_owned(), value: word });
        }
    });
    let change_brand = Callback::new(move |(word, on): (String, bool)| {
        let word = entry(&word);
        if word.is_empty() {
            return;
        }
        if on {
            put(page, "word", word, Value::Bool(true));
        } else {
            tell(page, PageRequest::Remove { item: "word".to_owned(), id: word });
        }
    });
    view! {
        <p><a href="library.html#voice" id="voice-vale">{t("options_vale")}</a></p>
        {chips("words-mine", "options_words_mine", "options_words_mine_help", mine, change_mine)}
        {chips("words-brand", "options_words_brand", "options_words_brand_help", brand, change_brand)}
    }
    .into_any()
}

fn row(page: Page, pack: PackRow) -> AnyView {
    let id = pack.id.clone();
    let set = move |event| {
        let on = event_target_checked(&event);
        // What is on now, also where the workspace never said so.
        let mut all: Vec<String> = page
            .state
            .with_untracked(|state| state.workspace.packs.iter().filter(|pack| **pack != id).cloned().collect());
        if on {
            all.push(id.clone());
        }
        page.state.update(|state| state.packs.iter_mut().filter(|pack| pack.id == id).for_each(|pack| pack.on = on));
        let id = id.clone();
        spawn_local(async move {
            // Rules that were switched on one by one rest with their pack.
            let rules = match page.ask(PageRequest::Rules {}).await {
                Some(PageMessage::Rules { rules }) => rules,
                _ => return page.reread(),
            };
            let of_pack = |rule: &String| rules.iter().any(|one| one.pack == id && one.id == *rule);
            edit(page, |workspace| {
                workspace.packs = all;
                if !on {
                    workspace.rules_on.retain(|rule| !of_pack(rule));
                }
            });
        });
    };
    let about = say(&Msg::new("options_pack_rules").with("count", pack.rules));
    let rests =
        (pack.id == "spelling").then(|| view! { <span class="muted small">{t("options_spelling_rests")}</span> });
    view! {
        <li>
            <label class="switch" for=format!("pack-{}", pack.id)>
                <input type="checkbox" role="switch" id=format!("pack-{}", pack.id) prop:checked=pack.on on:change=set />
                <span class="grow">
                    <span class="strong">{pack.name}</span>" "
                    <span class="muted small">{pack.language.to_uppercase()}" · "{about}</span>
                    {rests}
                </span>
            </label>
        </li>
    }
    .into_any()
}
