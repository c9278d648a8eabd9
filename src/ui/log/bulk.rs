//! The line above the list: how much is found, how far reading has come, or what to do with the chosen mentions.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::data::{Log, Reading};
use crate::log::{CaseId, MentionKey, Priority, Status};
use crate::message::Msg;
use crate::protocol::Change;
use crate::ui::dates;
use crate::ui::mention::{priority_key, priority_of, status_key, status_of};
use crate::ui::select::Select;
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
    let all = |change: fn(String) -> Option<Change>| {
        Callback::new(move |value: String| {
            if let Some(change) = change(value) {
                log.change(keys(), change);
            }
        })
    };
    let same = |values: Vec<String>| values.into_iter().map(|value| (value.clone(), value)).collect::<Vec<_>>();
    let statuses = Status::ALL.map(|status| (status.name().to_owned(), t(status_key(status)))).to_vec();
    let priorities = Priority::ALL.map(|one| (one.name().to_owned(), t(priority_key(one)))).to_vec();
    let zone = log.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let until = |at: i64| (at.to_string(), say(&Msg::new("log_snooze_until").with("when", dates::full(at, &zone))));
    let mornings = dates::mornings().into_iter().map(until).collect();
    let lists = [
        choice("log_set_status", statuses, all(|value| Some(Change::Status { status: status_of(&value)? }))),
        choice("log_set_assignee", same(people), all(|value| Some(Change::Assignee { user: Some(value) }))),
        choice(
            "log_set_department",
            same(departments),
            all(|value| Some(Change::Department { department: Some(value) })),
        ),
        choice("log_set_snooze", mornings, all(|value| Some(Change::Snooze { until: Some(value.parse().ok()?) }))),
        choice("log_set_priority", priorities, all(|value| Some(Change::Priority { priority: priority_of(&value) }))),
    ];
    view! {
        <div class="log-bar bulk" role="group" aria-label=t("log_bulk")>
            <span class="strong" role="status">
                {move || say(&Msg::new("log_picked").with("count", log.picked.with(BTreeSet::len)))}
            </span>
            {lists}
            {super::handover::button(log, keys)}
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

/// A list whose first line says what it does; nothing where there is nothing to choose.
fn choice(label: &'static str, values: Vec<(String, String)>, set: Callback<String>) -> Option<AnyView> {
    let is_empty = values.is_empty();
    let options = [(String::new(), t(label))].into_iter().chain(values).collect::<Vec<_>>();
    let set = Callback::new(move |value: String| {
        if !value.is_empty() {
            set.run(value);
        }
    });
    let (options, now) = (Signal::stored(options), Signal::stored(String::new()));
    (!is_empty).then(|| Select { label: t(label), id: "", options, now, marks: false }.view(set))
}
