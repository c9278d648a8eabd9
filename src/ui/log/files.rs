//! Export and import of the log.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::data::Log;
use crate::browser::idb::Fault;
use crate::log::query::Entry;
use crate::log::{Mention, export};
use crate::message::Msg;
use crate::ordered::sort;
use crate::protocol::{PageMessage, PageRequest};
use crate::ui::file::{self, download};
use crate::ui::icons::icon;
use crate::ui::store::Store;
use crate::ui::words::{say, t};

/// The buttons, and what came of an import.
pub fn view(log: Log) -> AnyView {
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<(String, Vec<String>)>);
    let chooser = NodeRef::<leptos::html::Input>::new();
    let export = move |what: What| {
        move |_| {
            let Some(store) = log.store() else { return };
            busy.set(true);
            spawn_local(async move {
                if let Err(Fault(why)) = write_file(log, store, what).await {
                    log.page.fail(say(&Msg::new("log_export_failed").with("why", why)));
                }
                busy.set(false);
            });
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        busy.set(true);
        spawn_local(async move {
            if let Some((_, jsonl)) = file::chosen(event).await {
                let answer = log.page.ask(PageRequest::Import { jsonl }).await;
                if let Some(PageMessage::Imported { added, known, problems }) = answer {
                    let words = say(&Msg::new("log_imported").with("added", added).with("known", known));
                    outcome.set(Some((words, problems)));
                }
            }
            busy.set(false);
        });
    };
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    view! {
        <div class="row wrap files" role="group" aria-label=t("log_files")>
            <button class="button small" disabled=move || busy.get() on:click=export(What::Csv)>
                {icon("download")}<span class="hidden-visually">{t("log_export")}" "</span>"CSV"
            </button>
            <button class="button small" disabled=move || busy.get() on:click=export(What::Jsonl)>
                {icon("download")}<span class="hidden-visually">{t("log_export")}" "</span>"JSONL"
            </button>
            <button class="button small" disabled=move || busy.get() on:click=choose>{icon("upload")}{t("log_import")}</button>
            <input type="file" hidden accept=".jsonl,.ndjson,.json,text/plain" aria-label=t("log_import") node_ref=chooser on:change=chosen />
        </div>
        {move || outcome.get().map(|(words, problems)| imported(words, problems, outcome))}
    }
    .into_any()
}

fn imported(words: String, problems: Vec<String>, outcome: RwSignal<Option<(String, Vec<String>)>>) -> AnyView {
    let tone = if problems.is_empty() { "notice" } else { "notice warn" };
    let lines: Vec<_> = problems.into_iter().take(8).map(|problem| view! { <li>{problem}</li> }).collect();
    view! {
        <div class=tone role="status">
            <div><p>{words}</p><ul class="small">{lines}</ul></div>
            <button class="button quiet small" on:click=move |_| outcome.set(None)>{t("page_dismiss")}</button>
        </div>
    }
    .into_any()
}

/// What is exported.
#[derive(Clone, Copy)]
enum What {
    /// The mentions that the list shows.
    Csv,
    /// The whole log, to keep or to take in elsewhere.
    Jsonl,
}

async fn write_file(log: Log, store: Store, what: What) -> Result<(), Fault> {
    match what {
        What::Csv => {
            let mentions = shown(log, &store).await?;
            let text = export::csv(&mentions, |user| store.name(user));
            download("rejoinder-mentions.csv", "text/csv;charset=utf-8", &text)?;
            log.page.announce(say(&Msg::new("log_exported").with("count", mentions.len())));
        }
        What::Jsonl => {
            let text = store.events().await?;
            download("rejoinder-log.jsonl", "application/x-ndjson", &text)?;
            log.page.announce(say(&Msg::new("log_exported").with("count", text.lines().count())));
        }
    }
    Ok(())
}

/// Every mention that the query finds, newest first.
async fn shown(log: Log, store: &Store) -> Result<Vec<Mention>, Fault> {
    let query = log.query.get_untracked();
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (slice, next) = store.mentions(after.as_ref()).await?;
        let matcher = query.matcher();
        all.extend(slice.into_iter().filter(|mention| Entry::of(mention).is_some_and(|entry| matcher.takes(&entry))));
        match next {
            Some(key) => after = Some(key),
            None => break,
        }
    }
    sort(&mut all, |a: &Mention, b| (b.saved_at, &a.key).cmp(&(a.saved_at, &b.key)));
    Ok(all)
}
