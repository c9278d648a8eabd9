//! The line above the list: how much is found, how far reading has come, or what to do with the chosen mentions.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::data::{Log, Reading};
use crate::log::{CaseId, MentionKey, Priority, Status};
use crate::message::Msg;
use crate::protocol::Change;
use crate::ui::mention::{priority_key, priority_of, status_key, status_of};
use crate::ui::words::{say, t};

/// The line.
pub fn view(log: Log) -> AnyView {
    (move || if log.picked.with(BTreeSet::is_empty) { found(log) } else { chosen(log) }).into_any()
}

fn found(log: Log) -> AnyView {
    let progress = move || match log.reading.get() {
        Reading::Slices(done, total) if done < total => {
            let words = say(&Msg::new("log_reading").with("count", done));
            Some(
                view! { <progress max=total value=done aria-label=words.clone()></progress><span class="small">{words}</span> },
            )
        }
        _ => None,
    };
    let count = move || {
        let (found, all) = (log.found.with(|found| found.len()), log.entries.with(Vec::len));
        match log.reading.get() {
            Reading::Opening | Reading::Failed => String::new(),
            _ if found == all => say(&Msg::new("log_count").with("count", found)),
            _ => say(&Msg::new("log_count_of").with("count", found).with("all", all)),
        }
    };
    view! {
        <div class="log-bar">
            <span class="small" role="status">{count}</span>
            {progress}
            {undo(log)}
        </div>
    }
    .into_any()
}

fn undo(log: Log) -> impl IntoView {
    move || {
        let count = log.undo.with(Vec::len);
        (count > 0).then(|| {
            view! {
                <span class="row">
                    <span class="small strong">{say(&Msg::new("log_changed").with("count", count))}</span>
                    <button class="button quiet small" on:click=move |_| log.take_back()>{t("log_undo")}</button>
                </span>
            }
        })
    }
}

fn chosen(log: Log) -> AnyView {
    let keys = move || log.picked.with_untracked(|picked| picked.iter().cloned().collect::<Vec<_>>());
    let (people, departments) =
        log.page.state.with_untracked(|state| (state.workspace.people.clone(), state.workspace.departments.clone()));
    let status = move |event| {
        if let Some(status) = status_of(&event_target_value(&event)) {
            log.change(keys(), Change::Status { status });
        }
    };
    let assign = move |event| log.change(keys(), Change::Assignee { user: Some(event_target_value(&event)) });
    let route = move |event| log.change(keys(), Change::Department { department: Some(event_target_value(&event)) });
    let statuses: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| view! { <option value=status.name()>{t(status_key(status))}</option> })
        .collect();
    let press = move |event| {
        let priority = priority_of(&event_target_value(&event));
        log.change(keys(), Change::Priority { priority });
    };
    let priorities: Vec<_> = Priority::ALL
        .into_iter()
        .map(|one| view! { <option value=one.name()>{t(priority_key(one))}</option> })
        .collect();
    view! {
        <div class="log-bar bulk" role="group" aria-label=t("log_bulk")>
            <span class="strong" role="status">
                {move || say(&Msg::new("log_picked").with("count", log.picked.with(BTreeSet::len)))}
            </span>
            <select class="input" aria-label=t("log_set_status") on:change=status>
                <option value="">{t("log_set_status")}</option>
                {statuses}
            </select>
            {choice("log_set_assignee", people, assign)}
            {choice("log_set_department", departments, route)}
            <select class="input" aria-label=t("log_set_priority") on:change=press>
                <option value="" disabled selected>{t("log_set_priority")}</option>
                {priorities}
            </select>
            {move || one_case(log)}
            <button class="button quiet small" on:click=move |_| log.picked.update(BTreeSet::clear)>{t("log_unpick")}</button>
            {undo(log)}
        </div>
    }
    .into_any()
}

/// Makes one case of the chosen mentions: that of the one that was saved first.
fn one_case(log: Log) -> Option<AnyView> {
    let chosen: Vec<(MentionKey, CaseId)> = log.picked.with(|picked| {
        log.entries.with(|entries| {
            let oldest_first = entries.iter().rev().filter(|one| picked.contains(&one.key));
            oldest_first.map(|one| (one.key.clone(), one.case.clone())).collect()
        })
    });
    let (_, case) = chosen.first()?.clone();
    let others: Vec<_> = chosen.into_iter().filter(|(_, own)| *own != case).map(|(key, _)| key).collect();
    if others.is_empty() {
        return None;
    }
    let together = move |_| log.change(others.clone(), Change::Case { case: Some(case.clone()) });
    Some(view! { <button class="button small" on:click=together>{t("log_case_one")}</button> }.into_any())
}

fn choice(label: &'static str, values: Vec<String>, choose: impl Fn(leptos::ev::Event) + 'static) -> Option<AnyView> {
    let options: Vec<_> =
        values.into_iter().map(|value| view! { <option value=value.clone()>{value.clone()}</option> }).collect();
    (!options.is_empty()).then(|| {
        view! {
            <select class="input" aria-label=t(label) on:change=choose>
                <option value="" disabled selected>{t(label)}</option>
                {options}
            </select>
        }
        .into_any()
    })
}
