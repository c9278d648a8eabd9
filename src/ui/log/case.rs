//! The case of a mention: its number, its other mentions, and putting mentions together or apart.

use leptos::prelude::*;

use super::data::Log;
use crate::log::query::Entry;
use crate::log::{CaseId, MentionKey};
use crate::message::Msg;
use crate::protocol::Change;
use crate::ui::clipboard;
use crate::ui::mention::author;
use crate::ui::words::{say, t};

/// So many other mentions are named; a case may have hundreds.
const SHOWN: usize = 20;

/// The section of the mention the cursor is on.
pub fn view(log: Log, key: Memo<Option<MentionKey>>) -> AnyView {
    let own = Memo::new(move |_| key.get().and_then(|key| log.row(&key)).map(|row| row.case.clone()));
    let others = Memo::new(move |_| {
        let (key, case) = (key.get()?, own.get()?);
        Some(log.entries.with(|entries| found(entries, |one| one.case == case && one.key != key)))
    });
    let echoes = Memo::new(move |_| {
        let (key, case) = (key.get()?, own.get()?);
        log.entries.with(|entries| {
            let this = entries.iter().find(|one| one.key == key)?;
            Some(found(entries, |one| one.case != case && one.is_echo_of(this)))
        })
    });
    let need = move |keys: Memo<Option<Vec<MentionKey>>>| {
        Effect::new(move |_| log.need(keys.get().into_iter().flatten().take(SHOWN).collect()));
    };
    need(others);
    need(echoes);
    (move || {
        let (key, case) = (key.get()?, own.get()?);
        let others = others.get().unwrap_or_default();
        let echoes = echoes.get().unwrap_or_default();
        Some(
            view! {
                <section class="stack tight case" aria-labelledby="case-title">
                    {head(log, &case, &key, others.is_empty())}
                    {list(log, &others)}
                    {(!echoes.is_empty()).then(|| echo(log, &case, echoes))}
                </section>
            }
            .into_any(),
        )
    })
    .into_any()
}

fn found(entries: &[Entry], is: impl Fn(&Entry) -> bool) -> Vec<MentionKey> {
    entries.iter().filter(|one| is(one)).map(|one| one.key.clone()).collect()
}

fn head(log: Log, case: &CaseId, key: &MentionKey, alone: bool) -> AnyView {
    let number = case.number();
    let copied = number.clone();
    let copy = move |_| {
        clipboard::copy(copied.clone(), move |copied| {
            log.page.announce(t(if copied { "log_case_copied" } else { "log_case_not_copied" }));
        });
    };
    let apart = key.clone();
    let apart = move |_| log.change(vec![apart.clone()], Change::Case { case: None });
    view! {
        <div class="row wrap">
            <h3 id="case-title">{say(&Msg::new("log_case").with("number", number))}</h3>
            <button class="button quiet small" on:click=copy>{t("log_case_copy")}</button>
            {(!alone).then(|| view! { <button class="button quiet small" on:click=apart>{t("log_case_apart")}</button> })}
        </div>
    }
    .into_any()
}

/// Mentions to go to.
fn list(log: Log, keys: &[MentionKey]) -> Option<AnyView> {
    let rows: Vec<_> = keys.iter().take(SHOWN).filter_map(|key| log.row(key)).collect();
    let more = keys.len().saturating_sub(SHOWN);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let key = row.key.clone();
            let network = log.page.network_name(&row.network);
            let words: String =
                row.text.split_whitespace().flat_map(|word| [word, " "]).flat_map(str::chars).take(90).collect();
            view! {
                <li>
                    <button class="button quiet small mention-link" on:click=move |_| log.active.set(Some(key.clone()))>
                        <span class="clip">{network}" · "{author(&row)}" · "{words}</span>
                    </button>
                </li>
            }
        })
        .collect();
    let more = (more > 0)
        .then(|| view! { <li class="muted small">{say(&Msg::new("log_case_more").with("count", more))}</li> });
    (!keys.is_empty()).then(|| view! { <ul class="case-mentions">{rows}{more}</ul> }.into_any())
}

/// The same person seems to have said the same elsewhere: one case, if a person says so.
fn echo(log: Log, case: &CaseId, keys: Vec<MentionKey>) -> AnyView {
    let list = list(log, &keys);
    let case = case.clone();
    let together = move |_| log.change(keys.clone(), Change::Case { case: Some(case.clone()) });
    view! {
        <div class="notice">
            <p class="small">{t("log_case_echo")}</p>
            {list}
            <div class="row"><button class="button small" on:click=together>{t("log_case_together")}</button></div>
        </div>
    }
    .into_any()
}
