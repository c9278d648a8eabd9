//! Search and filters above the list. A filter that narrows the list looks so.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::data::{Log, me};
use crate::log::query::{Entry, Pick, Query};
use crate::log::{Priority, Status, query};
use crate::message::Msg;
use crate::ordered::ordered;
use crate::ui::dates;
use crate::ui::icons::icon;
use crate::ui::mention::{priority_key, priority_of, status_key, status_of};
use crate::ui::select::Select;
use crate::ui::shell::Page;
use crate::ui::words::{say, t};

/// Value of "no value" in a list, which no name can be.
const NONE: &str = "\u{0}";

/// The bar.
pub fn view(log: Log) -> AnyView {
    let query = log.query;
    let typed = move |event| query.update(|query| query.words = event_target_value(&event));
    let networks = distinct(log, |entry| Some(entry.network.clone()));
    let people = with_known(log, |state| &state.people, |entry| entry.assignee.clone());
    let departments = with_known(log, |state| &state.departments, |entry| entry.department.clone());
    let clear = move || {
        (query.get() != Query::default()).then(|| {
            view! {
                <button class="button quiet small" on:click=move |_| query.set(Query::default())>{t("log_clear")}</button>
            }
        })
    };
    // Where there is little room, filters are shown on demand.
    let all = RwSignal::new(false);
    view! {
        <search class="filters" class:all=move || all.get()>
            <div class="search">
                {icon("search")}
                <input class="input" type="search" id="log-search" autocomplete="off" aria-label=t("log_search")
                    placeholder=t("log_search") prop:value=move || query.with(|query| query.words.clone()) on:input=typed />
            </div>
            <button class="button more-filters" aria-expanded=move || all.get().to_string() on:click=move |_| all.update(|all| *all = !*all)>
                {icon("settings")}{t("log_filters")}
            </button>
            {to_look_at(log)}
            {statuses(query)}
            {whose(query, people)}
            {of_department(query, departments)}
            {network(log.page, query, networks)}
            {replied(query)}
            {flagged(query)}
            {priorities(query)}
            {resting(query)}
            {clear}
        </search>
    }
    .into_any()
}

/// What colleagues ask this person to look at; there while there is something.
fn to_look_at(log: Log) -> AnyView {
    let me = Memo::new(move |_| me(log.page));
    let count = Memo::new(move |_| {
        me.with(|me| log.entries.with(|entries| entries.iter().filter(|entry| entry.waits_for(me)).count()))
    });
    let is_on = move || log.query.with(|query| !query.look.is_empty());
    let press = move |_| {
        let me = me.get_untracked();
        log.query.update(|query| query.look = if query.look.is_empty() { me } else { Vec::new() });
    };
    (move || {
        let words = match count.get() {
            0 if is_on() => t("log_to_look_at"),
            0 => return None,
            count => say(&Msg::new("log_to_look_at_count").with("count", count)),
        };
        Some(view! {
            <button class="button to-look-at" class:set=is_on aria-pressed=move || is_on().to_string() on:click=press>
                {icon("person")}{words}
            </button>
        })
    })
    .into_any()
}

/// Values that occur, in order.
fn distinct(log: Log, value: fn(&Entry) -> Option<String>) -> Memo<Vec<String>> {
    Memo::new(move |_| {
        let found: BTreeSet<String> = log.entries.with(|entries| ordered(entries.iter().filter_map(value)));
        found.into_iter().collect()
    })
}

/// Values from the settings, then others that occur.
fn with_known(
    log: Log,
    known: fn(&crate::workspace::Workspace) -> &Vec<String>,
    value: fn(&query::Entry) -> Option<String>,
) -> Memo<Vec<String>> {
    let occurring = distinct(log, value);
    Memo::new(move |_| {
        let mut all = log.page.state.with(|state| known(&state.workspace).clone());
        all.extend(
            occurring.get().into_iter().filter(|value| !log.page.state.with(|s| known(&s.workspace).contains(value))),
        );
        all
    })
}

/// A list that narrows: `now` reads its value of the query, `set` puts one in.
fn narrowing(
    query: RwSignal<Query>,
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    now: fn(&Query) -> String,
    set: fn(&mut Query, String),
) -> AnyView {
    let now = Signal::derive(move || query.with(now));
    let set = Callback::new(move |value| query.update(|query| set(query, value)));
    Select { label: t(label), id: "", options, now, marks: true }.view(set)
}

/// The words for "whatever", then these.
fn after(any: &'static str, options: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    [(String::new(), t(any))].into_iter().chain(options).collect()
}

fn named(options: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    options.into_iter().map(|(value, key)| (value.to_owned(), t(key))).collect()
}

fn statuses(query: RwSignal<Query>) -> AnyView {
    const OPEN: [Status; 5] = [Status::New, Status::Open, Status::Pending, Status::Waiting, Status::MovedToDm];
    let all = named(Status::ALL.map(|status| (status.name(), status_key(status))));
    let options = after("log_any_status", [("to_do".to_owned(), t("log_to_do"))].into_iter().chain(all));
    let now = |query: &Query| match query.status.as_slice() {
        [] => String::new(),
        [one] => one.name().to_owned(),
        _ => "to_do".to_owned(),
    };
    narrowing(query, "card_status", Signal::stored(options), now, |query, value| {
        query.status = match value.as_str() {
            "" => Vec::new(),
            "to_do" => OPEN.to_vec(),
            one => status_of(one).into_iter().collect(),
        };
    })
}

fn priorities(query: RwSignal<Query>) -> AnyView {
    let all = named(Priority::ALL.map(|one| (one.name(), priority_key(one))));
    let now = |query: &Query| query.priority.map(Priority::name).unwrap_or_default().to_owned();
    narrowing(query, "log_any_priority", Signal::stored(after("log_any_priority", all)), now, |query, value| {
        query.priority = priority_of(&value);
    })
}

/// What rests until later, or what does not.
fn resting(query: RwSignal<Query>) -> AnyView {
    let options = after("log_any_snooze", named([("no", "log_awake"), ("yes", "log_snoozed")]));
    let now = |query: &Query| yes_no(query.rests.map(|(rests, _)| rests)).to_owned();
    narrowing(query, "log_any_snooze", Signal::stored(options), now, |query, value| {
        query.rests = is_yes(&value).map(|rests| (rests, dates::now()));
    })
}

fn replied(query: RwSignal<Query>) -> AnyView {
    let options = after("log_any_reply", named([("yes", "log_replied"), ("no", "log_not_replied")]));
    let now = |query: &Query| yes_no(query.replied).to_owned();
    narrowing(query, "log_any_reply", Signal::stored(options), now, |query, value| query.replied = is_yes(&value))
}

fn flagged(query: RwSignal<Query>) -> AnyView {
    let options = after("log_any_flag", named([("yes", "log_flagged"), ("no", "log_not_flagged")]));
    let now = |query: &Query| yes_no(query.flag).to_owned();
    narrowing(query, "log_any_flag", Signal::stored(options), now, |query, value| query.flag = is_yes(&value))
}

fn yes_no(is: Option<bool>) -> &'static str {
    match is {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

fn is_yes(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn whose(query: RwSignal<Query>, values: Memo<Vec<String>>) -> AnyView {
    let options = picks("log_any_assignee", "log_nobody", values);
    let now = |query: &Query| shown(&query.assignee);
    narrowing(query, "log_any_assignee", options, now, |query, value| query.assignee = picked(value))
}

fn of_department(query: RwSignal<Query>, values: Memo<Vec<String>>) -> AnyView {
    let options = picks("log_any_department", "log_no_department", values);
    let now = |query: &Query| shown(&query.department);
    narrowing(query, "log_any_department", options, now, |query, value| query.department = picked(value))
}

fn picks(any: &'static str, none: &'static str, values: Memo<Vec<String>>) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let values = values.get().into_iter().map(|value| (value.clone(), value));
        after(any, [(NONE.to_owned(), t(none))].into_iter().chain(values))
    })
}

fn shown(pick: &Pick) -> String {
    match pick {
        Pick::Any => String::new(),
        Pick::None => NONE.to_owned(),
        Pick::One(value) => value.clone(),
    }
}

fn picked(value: String) -> Pick {
    match value.as_str() {
        "" => Pick::Any,
        NONE => Pick::None,
        _ => Pick::One(value),
    }
}

fn network(page: Page, query: RwSignal<Query>, values: Memo<Vec<String>>) -> AnyView {
    let options = Signal::derive(move || {
        let values = values.get().into_iter();
        after("log_any_network", values.map(|value| (value.clone(), page.network_name(&value))))
    });
    let now = |query: &Query| query.network.clone().unwrap_or_default();
    narrowing(query, "log_any_network", options, now, |query, value| {
        query.network = Some(value).filter(|value| !value.is_empty());
    })
}
