//! The accounts a person writes from: which are the brand's, which are their own.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::pieces::{advanced, part};
use crate::ui::edit::handle;
use crate::ui::icons::icon;
use crate::ui::settings::edit;
use crate::ui::shell::{Page, focus};
use crate::ui::words::t;
use crate::workspace::{Account, AccountKind};

/// The section.
pub fn view(page: Page) -> AnyView {
    let any = part(page, |workspace| !workspace.accounts.is_empty());
    view! {
        <section class="card stack"><p class="muted">{t("options_accounts_help")}</p>{editor(page)}</section>
        {move || any.get().then(|| advanced(names(page)))}
    }
    .into_any()
}

/// The names under which a network shows accounts where it shows no handle.
fn names(page: Page) -> AnyView {
    let accounts = part(page, |workspace| workspace.accounts.clone());
    let rows = move || accounts.get().into_iter().map(|account| name(page, account)).collect::<Vec<_>>();
    view! {
        <h2>{t("options_account_names")}</h2>
        <p class="muted" id="account-names-help">{t("options_account_names_help")}</p>
        {rows}
    }
    .into_any()
}

fn name(page: Page, account: Account) -> AnyView {
    let label = format!("@{} · {}", account.handle, page.network_name(&account.network));
    let shown = account.name.clone();
    let set = move |event| {
        let name = event_target_value(&event).trim().to_owned();
        edit(page, |workspace| {
            for one in workspace.accounts.iter_mut().filter(|one| **one == account) {
                one.name.clone_from(&name);
            }
        });
    };
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" type="text" autocomplete="off" aria-describedby="account-names-help" prop:value=shown
                on:change=set />
        </label>
    }
    .into_any()
}

/// The list of accounts and the form that adds one.
pub fn editor(page: Page) -> AnyView {
    let accounts = part(page, |workspace| workspace.accounts.clone());
    let rows = move || {
        let all = accounts.get();
        if all.is_empty() {
            return view! { <p class="muted">{t("options_accounts_none")}</p> }.into_any();
        }
        let rows: Vec<_> = all.into_iter().map(|account| row(page, account)).collect();
        view! { <ul class="lined">{rows}</ul> }.into_any()
    };
    view! {
        {rows}
        {form(page)}
    }
    .into_any()
}

fn row(page: Page, account: Account) -> AnyView {
    let network = page.network_name(&account.network);
    let (changed, gone) = (account.clone(), account.clone());
    let set = move |event| {
        let kind = kind_of(&event_target_value(&event));
        edit(page, |workspace| {
            for one in workspace.accounts.iter_mut().filter(|one| **one == changed) {
                one.kind = kind;
            }
        });
    };
    let remove = move |_| {
        edit(page, |workspace| workspace.accounts.retain(|one| *one != gone));
        request_animation_frame(|| focus("account-handle"));
    };
    let (kind_label, remove_label) = (
        format!("{} @{}", t("options_account_kind"), account.handle),
        format!("{}: @{}", t("options_remove"), account.handle),
    );
    view! {
        <li class="row">
            <span class="grow clip"><span class="strong">"@"{account.handle}</span>" "<span class="muted">{network}</span></span>
            <select class="input fit" aria-label=kind_label on:change=set>{kinds(account.kind)}</select>
            <button class="button quiet icon-only" aria-label=remove_label on:click=remove>{icon("trash")}</button>
        </li>
    }
    .into_any()
}

fn form(page: Page) -> AnyView {
    let networks = page.networks();
    let network = RwSignal::new(networks.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let (typed, kind) = (RwSignal::new(String::new()), RwSignal::new(AccountKind::Brand));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let handle = handle(&typed.get_untracked());
        let network = network.get_untracked();
        edit(page, |workspace| {
            let same = |one: &Account| one.network == network && one.handle.eq_ignore_ascii_case(&handle);
            if !handle.is_empty() && !workspace.accounts.iter().any(same) {
                workspace.accounts.push(Account {
                    network: network.clone(),
                    handle,
                    kind: kind.get_untracked(),
                    ..Account::default()
                });
            }
        });
        typed.set(String::new());
    };
    let options: Vec<_> = networks.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect();
    view! {
        <form class="account-form" on:submit=add>
            <label class="field">
                <span class="label">{t("options_network")}</span>
                <select class="input" on:change=move |event| network.set(event_target_value(&event))>{options}</select>
            </label>
            <label class="field">
                <span class="label">{t("options_handle")}</span>
                <input class="input" id="account-handle" type="text" autocomplete="off" autocapitalize="none" spellcheck="false"
                    placeholder="@" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
            <label class="field">
                <span class="label">{t("options_account_kind")}</span>
                <select class="input" on:change=move |event| kind.set(kind_of(&event_target_value(&event)))>
                    {kinds(AccountKind::Brand)}
                </select>
            </label>
            <button class="button" type="submit">{icon("plus")}{t("options_add")}</button>
        </form>
    }
    .into_any()
}

fn kinds(now: AccountKind) -> AnyView {
    view! {
        <option value="brand" selected=now == AccountKind::Brand>{t("options_account_brand")}</option>
        <option value="personal" selected=now == AccountKind::Personal>{t("options_account_personal")}</option>
    }
    .into_any()
}

fn kind_of(value: &str) -> AccountKind {
    if value == "personal" { AccountKind::Personal } else { AccountKind::Brand }
}
