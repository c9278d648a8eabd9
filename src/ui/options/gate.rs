//! Before sending: which checks look at a reply, and what the brand says in public anyway.

use leptos::prelude::*;

use super::pieces::{advanced, names, part};
use crate::ui::settings::edit;
use crate::ui::shell::Page;
use crate::ui::words::t;

/// The section.
pub fn view(page: Page) -> AnyView {
    let checks = Memo::new(move |_| page.state.with(|state| state.checks.clone()));
    let off = part(page, |workspace| workspace.checks_off.clone());
    let rows = move || checks.get().into_iter().map(|id| switch(page, id, off)).collect::<Vec<_>>();
    view! {
        <section class="card stack">
            <p class="muted">{t("options_gate_help")}</p>
            <ul class="stack plain">{rows}</ul>
        </section>
        {advanced(view! {
            {names(page, "order-numbers", "options_order_numbers", "options_order_numbers_help", |workspace| &mut workspace.order_numbers)}
            {names(page, "contacts", "options_contacts", "options_contacts_help", |workspace| &mut workspace.contacts)}
        })}
    }
    .into_any()
}

fn switch(page: Page, id: String, off: Memo<Vec<String>>) -> AnyView {
    let name = t(&format!("guard_check_{id}"));
    let help = t(&format!("guard_check_{id}_help"));
    let help_id = format!("check-{id}-help");
    let (known, changed) = (id.clone(), id);
    let on = move || !off.read().contains(&known);
    let set = move |event| {
        let on = event_target_checked(&event);
        edit(page, |workspace| {
            workspace.checks_off.retain(|one| *one != changed);
            if !on {
                workspace.checks_off.push(changed.clone());
            }
        });
    };
    view! {
        <li>
            <label class="switch">
                <input type="checkbox" role="switch" prop:checked=on on:change=set aria-describedby=help_id.clone() />
                <span>{name}</span>
            </label>
            <p class="help" id=help_id>{help}</p>
        </li>
    }
    .into_any()
}
