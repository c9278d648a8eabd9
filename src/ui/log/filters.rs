//! Search and filters above the list. A filter that narrows the list looks so.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::data::Log;
use crate::log::query::{Entry, Pick, Query};
use crate::log::{Priority, Status, query};
use crate::message::Msg;
use crate::ui::dates;
use crate::ui::icons::icon;
use crate::ui::mention::{priority_key, priority_of, status_key, status_of};
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
            {pick(query, "log_any_assignee", "log_nobody", people, |query| &mut query.assignee)}
            {pick(query, "log_any_department", "log_no_department", departments, |query| &mut query.department)}
            {network(log.page, query, networks)}
            {yes_no(query, ["log_any_reply", "log_replied", "log_not_replied"], |query| &mut query.replied)}
            {yes_no(query, ["log_any_flag", "log_flagged", "log_not_flagged"], |query| &mut query.flag)}
            {priorities(query)}
            {resting(query)}
            {clear}
        </search>
    }
    .into_any()
}

/// What colleagues ask this person to look at; there while there is something.
fn to_look_at(log: Log) -> AnyView {
    let me = Memo::new(move |_| log.page.state.with(|state| vec![state.user.clone(), state.me.clone()]));
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
        let found: BTreeSet<String> = log.entries.with(|entries| entries.iter().filter_map(value).collect());
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

fn statuses(query: RwSignal<Query>) -> AnyView {
    let open = [Status::New, Status::Open, Status::Pending, Status::Waiting, Status::MovedToDm];
    let set = move |event| {
        let value = event_target_value(&event);
        query.update(|query| {
            query.status = match value.as_str() {
                "" => Vec::new(),
                "to_do" => open.to_vec(),
                one => status_of(one).into_iter().collect(),
            }
        });
    };
    let now = move || {
        query.with(|query| match query.status.as_slice() {
            [] => String::new(),
            [one] => one.name().to_owned(),
            _ => "to_do".to_owned(),
        })
    };
    let options: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| view! { <option value=status.name()>{t(status_key(status))}</option> })
        .collect();
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t("card_status") prop:value=now on:change=set>
            <option value="">{t("log_any_status")}</option>
            <option value="to_do">{t("log_to_do")}</option>
            {options}
        </select>
    }
    .into_any()
}

fn priorities(query: RwSignal<Query>) -> AnyView {
    let set = move |event| query.update(|query| query.priority = priority_of(&event_target_value(&event)));
    let now = move || query.with(|query| query.priority.map(Priority::name).unwrap_or_default());
    let options: Vec<_> = Priority::ALL
        .into_iter()
        .map(|one| view! { <option value=one.name()>{t(priority_key(one))}</option> })
        .collect();
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t("log_any_priority") prop:value=now on:change=set>
            <option value="">{t("log_any_priority")}</option>
            {options}
        </select>
    }
    .into_any()
}

/// What rests until later, or what does not.
fn resting(query: RwSignal<Query>) -> AnyView {
    let set = move |event| {
        let rests = match event_target_value(&event).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        query.update(|query| query.rests = rests.map(|rests| (rests, dates::now())));
    };
    let now = move || match query.with(|query| query.rests) {
        None => "",
        Some((true, _)) => "yes",
        Some((false, _)) => "no",
    };
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t("log_any_snooze") prop:value=now on:change=set>
            <option value="">{t("log_any_snooze")}</option>
            <option value="no">{t("log_awake")}</option>
            <option value="yes">{t("log_snoozed")}</option>
        </select>
    }
    .into_any()
}

fn pick(
    query: RwSignal<Query>,
    any: &'static str,
    none: &'static str,
    values: Memo<Vec<String>>,
    field: fn(&mut Query) -> &mut Pick,
) -> AnyView {
    let set = move |event| {
        let value = event_target_value(&event);
        query.update(|query| {
            *field(query) = match value.as_str() {
                "" => Pick::Any,
                NONE => Pick::None,
                _ => Pick::One(value),
            }
        });
    };
    let now = move || match field(&mut query.get()).clone() {
        Pick::Any => String::new(),
        Pick::None => NONE.to_owned(),
        Pick::One(value) => value,
    };
    let options = move || {
        let chosen = now();
        let values = values.get().into_iter();
        values
            .map(|value| view! { <option value=value.clone() selected=value == chosen>{value.clone()}</option> })
            .collect::<Vec<_>>()
    };
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t(any) prop:value=now on:change=set>
            <option value="">{t(any)}</option>
            <option value=NONE>{t(none)}</option>
            {options}
        </select>
    }
    .into_any()
}

fn network(page: Page, query: RwSignal<Query>, values: Memo<Vec<String>>) -> AnyView {
    let set = move |event| {
        let value = event_target_value(&event);
        query.update(|query| query.network = Some(value).filter(|value| !value.is_empty()));
    };
    let now = move || query.with(|query| query.network.clone().unwrap_or_default());
    let options = move || {
        let chosen = now();
        let values = values.get().into_iter();
        values
            .map(|value| view! { <option value=value.clone() selected=value == chosen>{page.network_name(&value)}</option> })
            .collect::<Vec<_>>()
    };
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t("log_any_network") prop:value=now on:change=set>
            <option value="">{t("log_any_network")}</option>
            {options}
        </select>
    }
    .into_any()
}

fn yes_no(query: RwSignal<Query>, words: [&'static str; 3], field: fn(&mut Query) -> &mut Option<bool>) -> AnyView {
    let [any, yes, no] = words;
    let set = move |event| {
        let value = match event_target_value(&event).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        query.update(|query| *field(query) = value);
    };
    let now = move || match *field(&mut query.get()) {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    view! {
        <select class="input" class:set=move || !now().is_empty() aria-label=t(any) prop:value=now on:change=set>
            <option value="">{t(any)}</option>
            <option value="yes">{t(yes)}</option>
            <option value="no">{t(no)}</option>
        </select>
    }
    .into_any()
}
