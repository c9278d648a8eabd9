//! The log of mentions: search, filter, edit, export, in a tab; and, narrow, in the side panel, the work queue.

mod bulk;
mod case;
mod data;
mod details;
mod files;
mod filters;
mod handover;
mod list;
mod looks;
mod queue;

use leptos::prelude::*;

use self::data::{Log, Reading};
use super::hold;
use super::icons::icon;
use super::keys::LIST_HELP;
use super::shell::Page;
use super::words::t;
use crate::log::query::Query;

/// The page.
pub fn view(page: Page) -> AnyView {
    let log = Log::new(page);
    let help = NodeRef::<leptos::html::Dialog>::new();
    let show_help = move || {
        if let Some(dialog) = help.get_untracked() {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        }
    };
    let narrow = page.name == "panel";
    view! {
        <main class="log" class:panel=narrow>
            <header class="log-top">
                <h1 class="brand">
                    <img src="../icons/mark.svg" alt="" />
                    {t(if narrow { "queue_title" } else { "log_title" })}
                </h1>
                {narrow.then(queue::to_log)}
                {files::view(log)}
                <button class="button quiet icon-only" aria-label=t("log_keys") on:click=move |_| show_help()>"?"</button>
                {hold::banner(page)}
            </header>
            {queue::views(log)}
            {filters::view(log)}
            <div class="log-main" class:open=move || log.open.get()>
                <section class="log-list" aria-label=t("log_list")>
                    {bulk::view(log)}
                    {move || match state(log) {
                        Shown::List => list::view(log, show_help),
                        Shown::Nothing => nothing(log),
                        Shown::NoTask => queue::nothing(log),
                        Shown::NoMatch => no_match(log),
                        Shown::Opening => view! { <div class="waiting" aria-busy="true"></div> }.into_any(),
                        Shown::Failed => failed(log),
                    }}
                </section>
                {move || log.open.get().then(|| details::view(log))}
            </div>
            {handover::view(log)}
            <dialog node_ref=help aria-label=t("log_keys")>{key_help(help)}</dialog>
        </main>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Opening,
    List,
    Nothing,
    NoMatch,
    /// Nothing is to be done in this part of the work queue.
    NoTask,
    Failed,
}

fn state(log: Log) -> Shown {
    let shown = Memo::new(move |_| {
        let empty = log.entries.with(Vec::is_empty);
        match log.reading.get() {
            Reading::Failed => Shown::Failed,
            Reading::Opening if empty => Shown::Opening,
            Reading::Slices(..) if empty => Shown::Opening,
            Reading::Done if empty => Shown::Nothing,
            _ if !log.found.with(|found| found.is_empty()) => Shown::List,
            _ if log.queue.is_some() && log.query.with(|query| *query == Query::default()) => Shown::NoTask,
            _ => Shown::NoMatch,
        }
    });
    shown.get()
}

fn nothing(log: Log) -> AnyView {
    let key = log.page.state.with(|state| state.keys.get("save").cloned().unwrap_or_default());
    view! {
        <div class="empty">
            {icon("save")}
            <h2>{t("log_empty")}</h2>
            <p>{t("log_empty_help")}{(!key.is_empty()).then(|| view! { " "<kbd>{key}</kbd> })}</p>
            <a class="button" href="practice.html" target="_blank">{t("log_practice")}</a>
        </div>
    }
    .into_any()
}

fn no_match(log: Log) -> AnyView {
    view! {
        <div class="empty">
            {icon("search")}
            <h2>{t("log_no_match")}</h2>
            <button class="button" on:click=move |_| log.query.set(Query::default())>{t("log_clear")}</button>
        </div>
    }
    .into_any()
}

fn failed(log: Log) -> AnyView {
    let again = move |_| {
        log.reading.set(Reading::Opening);
        log.reload(log.page.state.with_untracked(|state| state.workspace_id.clone()));
    };
    view! {
        <div class="empty" role="alert">
            {icon("alert")}
            <h2>{t("log_failed")}</h2>
            <p>{t("log_failed_help")}</p>
            <button class="button primary" on:click=again>{t("page_try_again")}</button>
        </div>
    }
    .into_any()
}

fn key_help(dialog: NodeRef<leptos::html::Dialog>) -> AnyView {
    let lines: Vec<_> = LIST_HELP
        .iter()
        .map(|(keys, name)| {
            let keys: Vec<_> = keys.split(' ').map(|key| view! { <kbd>{key}</kbd>" " }).collect();
            view! { <dt>{keys}</dt><dd>{t(name)}</dd> }
        })
        .collect();
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <div class="stack">
            <h2>{t("log_keys")}</h2>
            <p class="muted small">{t("log_keys_help")}</p>
            <dl class="key-help">{lines}</dl>
            <button class="button" on:click=close>{t("page_close")}</button>
        </div>
    }
    .into_any()
}
