//! What a file would change, template by template: what needs a look first, each with its notes and a tick.

use leptos::prelude::*;

use super::import::Import;
use crate::message::Msg;
use crate::template::exchange::{Level, Row, What};
use crate::ui::words::{say, t};

/// Rows that are drawn at first, and with every press of "more".
const SHOWN: usize = 100;

/// Which rows are listed.
const FILTERS: [(&str, &str); 6] = [
    ("", "library_show_all"),
    ("look", "library_show_look"),
    ("added", "library_show_added"),
    ("updated", "library_show_updated"),
    ("same", "library_show_same"),
    ("refused", "library_show_refused"),
];

fn fits(filter: &str, row: &Row) -> bool {
    match filter {
        "look" => row.worst() >= Some(Level::Missing),
        "added" => row.what == What::Added,
        "updated" => row.what == What::Updated,
        "same" => row.what == What::Same,
        "refused" => row.what == What::Refused,
        _ => true,
    }
}

/// The list.
pub fn view(import: Import) -> AnyView {
    let filter = RwSignal::new(String::new());
    let shown = RwSignal::new(SHOWN);
    let options: Vec<_> = FILTERS.into_iter().map(|(id, key)| view! { <option value=id>{t(key)}</option> }).collect();
    let choose = move |event| {
        filter.set(event_target_value(&event));
        shown.set(SHOWN);
    };
    let rows = move || {
        let (filter, shown) = (filter.get(), shown.get());
        import.rows.with(|rows| {
            let fitting = rows.iter().filter(|row| fits(&filter, row)).take(shown);
            fitting.map(|row| entry(import, row)).collect::<Vec<_>>()
        })
    };
    let count = move || import.rows.with(|rows| rows.iter().filter(|row| fits(&filter.read(), row)).count());
    let rest = move || {
        let left = count().saturating_sub(shown.get());
        let more = move |_| shown.update(|shown| *shown += SHOWN);
        (left > 0).then(|| {
            view! { <button class="button small" on:click=more>{say(&Msg::new("library_more_count").with("count", left))}</button> }
        })
    };
    let none = move || (count() == 0).then(|| view! { <p class="muted">{t("library_show_none")}</p> });
    view! {
        <label class="row"><span>{t("library_show")}</span>
            <select class="input" id="import-filter" on:change=choose>{options}</select>
        </label>
        <ul class="report" tabindex="0" aria-label=t("library_import")>{rows}</ul>
        {none}
        {rest}
    }
    .into_any()
}

fn entry(import: Import, row: &Row) -> AnyView {
    let id = row.template.id.clone();
    let title = match row.template.title.trim() {
        "" => t("library_no_title"),
        title => title.to_owned(),
    };
    let (chip, key) = match row.what {
        What::Added => ("chip ok", "library_added"),
        What::Updated => ("chip accent", "library_updated"),
        What::Same => ("chip", "library_same"),
        What::Refused => ("chip bad", "library_refused"),
        What::File => ("chip", "library_file"),
    };
    let ticked = {
        let id = id.clone();
        move || !import.left_out.with(|out| out.contains(&id))
    };
    let tick = move |event| {
        let on = event_target_checked(&event);
        import.left_out.update(|out| {
            if on {
                out.remove(&id);
            } else {
                out.insert(id.clone());
            }
        });
    };
    let name = match row.is_taken() {
        true => view! {
            <label class="row grow"><input type="checkbox" prop:checked=ticked on:change=tick /><span class="strong clip">{title}</span></label>
        }
        .into_any(),
        false => view! { <span class="strong grow clip">{title}</span> }.into_any(),
    };
    let off = (row.is_taken() && row.template.off).then(|| view! { <p class="small warning">{t("library_off")}</p> });
    let notes: Vec<_> = row
        .notes
        .iter()
        .map(|note| {
            let line = note.line.map(|line| say(&Msg::new("library_line").with("line", line)));
            let told = if note.level == Level::Changed { "muted small" } else { "small" };
            view! { <li class=told><span class="strong">{t(level(note.level))}</span>": "{say(&note.msg)}" "{line}</li> }
        })
        .collect();
    view! {
        <li>
            <div class="row">{name}<span class=chip>{t(key)}</span></div>
            {off}
            {(!notes.is_empty()).then(|| view! { <ul class="notes">{notes}</ul> })}
        </li>
    }
    .into_any()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Changed => "exchange_level_changed",
        Level::NoFallback => "exchange_level_no_fallback",
        Level::Missing => "exchange_level_missing",
        Level::Refused => "exchange_level_refused",
    }
}
