//! Voice packs: which ones check replies, and how many rules each has.

use leptos::prelude::*;

use super::pieces::edit;
use crate::message::Msg;
use crate::protocol::PackRow;
use crate::ui::shell::Page;
use crate::ui::words::{say, t};

/// The section.
pub fn view(page: Page) -> AnyView {
    let packs = Memo::new(move |_| page.state.with(|state| state.packs.clone()));
    let rows = move || packs.get().into_iter().map(|pack| row(page, pack)).collect::<Vec<_>>();
    view! {
        <section class="card stack">
            <p class="muted">{t("options_voice_help")}</p>
            <ul class="lined">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(page: Page, pack: PackRow) -> AnyView {
    let id = pack.id.clone();
    let set = move |event| {
        let on = event_target_checked(&event);
        // What is on now, also where the workspace never said so.
        let mut all: Vec<String> = page.state.with_untracked(|state| {
            state.packs.iter().filter(|pack| pack.on && pack.id != id).map(|pack| pack.id.clone()).collect()
        });
        if on {
            all.push(id.clone());
        }
        page.state.update(|state| state.packs.iter_mut().filter(|pack| pack.id == id).for_each(|pack| pack.on = on));
        edit(page, |workspace| workspace.packs = all);
    };
    let about = say(&Msg::new("options_pack_rules").with("count", pack.rules));
    view! {
        <li>
            <label class="switch" for=format!("pack-{}", pack.id)>
                <input type="checkbox" role="switch" id=format!("pack-{}", pack.id) prop:checked=pack.on on:change=set />
                <span class="grow">
                    <span class="strong">{pack.name}</span>" "
                    <span class="muted small">{pack.language.to_uppercase()}" · "{about}</span>
                </span>
            </label>
        </li>
    }
    .into_any()
}
