//! How soon the team answers, and when it works: what the clocks of the work queue go by.

use leptos::prelude::*;

use super::pieces::{advanced, chips, part};
use crate::triage::Class;
use crate::triage::hours::{day_number, time};
use crate::triage::priority::usual_response;
use crate::ui::edit::add_name;
use crate::ui::settings::edit;
use crate::ui::shell::Page;
use crate::ui::words::t;

/// Classes whose time most teams choose, with the catalogue keys of their fields.
const FIRST: [(Class, &str); 5] = [
    (Class::Crisis, "options_service_crisis"),
    (Class::Complaint, "options_service_complaint"),
    (Class::Problem, "options_service_problem"),
    (Class::Lead, "options_service_lead"),
    (Class::Praise, "options_service_praise"),
];

/// The others.
const REST: [(Class, &str); 2] =
    [(Class::Suggestion, "options_service_suggestion"), (Class::Other, "options_service_other")];

/// Working days, by the days off: value, catalogue key, days.
const WEEKS: [(&str, &str, &[u8]); 3] =
    [("all", "options_week_all", &[]), ("six", "options_week_six", &[7]), ("five", "options_week_five", &[6, 7])];

/// The section.
pub fn view(page: Page) -> AnyView {
    view! {
        <section class="card stack">
            <p class="help">{t("options_service_help")}</p>
            <div class="pair">{FIRST.into_iter().map(|one| minutes(page, one)).collect::<Vec<_>>()}</div>
        </section>
        <section class="card stack">
            <div class="pair">
                {clock(page, "service-from", "options_hours_from", |hours| &mut hours.from)}
                {clock(page, "service-until", "options_hours_until", |hours| &mut hours.until)}
            </div>
            {week(page)}
            {holidays(page)}
        </section>
        {advanced(view! { <div class="pair">{REST.into_iter().map(|one| minutes(page, one)).collect::<Vec<_>>()}</div> })}
    }
    .into_any()
}

/// Minutes until the first answer to a class; an empty field is the usual time.
fn minutes(page: Page, (class, label): (Class, &'static str)) -> AnyView {
    let id = format!("service-{}", class.id());
    let stored = Memo::new(move |_| {
        page.state.with(|state| {
            let all = &state.workspace.service.first_answer;
            all.iter().find(|(of, _)| of == class.id()).map(|(_, minutes)| minutes.to_string()).unwrap_or_default()
        })
    });
    let write = move |event| {
        let minutes = event_target_value(&event).trim().parse::<u32>().ok().filter(|minutes| *minutes > 0);
        edit(page, |workspace| {
            let all = &mut workspace.service.first_answer;
            all.retain(|(of, _)| of != class.id());
            all.extend(minutes.map(|minutes| (class.id().to_owned(), minutes)));
        });
    };
    view! {
        <div class="field">
            <label class="label" for=id.clone()>{t(label)}</label>
            <input class="input" id=id type="number" min="1" max="100000" inputmode="numeric" autocomplete="off"
                placeholder=(usual_response(class) / 60_000).to_string() prop:value=stored on:change=write />
        </div>
    }
    .into_any()
}

/// A time of day; what is no time is not kept.
fn clock(
    page: Page,
    id: &'static str,
    label: &'static str,
    field: fn(&mut crate::triage::hours::Hours) -> &mut String,
) -> AnyView {
    let stored = Memo::new(move |_| page.state.with(|state| field(&mut state.workspace.service.hours.clone()).clone()));
    let write = move |event| {
        let value = event_target_value(&event);
        let value = if time(&value).is_some() { value } else { String::new() };
        edit(page, |workspace| *field(&mut workspace.service.hours) = value);
    };
    view! {
        <div class="field">
            <label class="label" for=id>{t(label)}</label>
            <input class="input" id=id type="time" prop:value=stored on:change=write />
        </div>
    }
    .into_any()
}

fn week(page: Page) -> AnyView {
    let now = part(page, |workspace| workspace.service.hours.days_off.clone());
    let options: Vec<_> = WEEKS
        .into_iter()
        .map(|(value, label, days)| {
            view! { <option value=value selected=move || now.with(|now| now == days)>{t(label)}</option> }
        })
        .collect();
    let write = move |event| {
        let value = event_target_value(&event);
        let Some((.., days)) = WEEKS.into_iter().find(|(id, ..)| *id == value) else { return };
        edit(page, |workspace| workspace.service.hours.days_off = days.to_vec());
    };
    view! {
        <div class="field">
            <label class="label" for="service-week">{t("options_week")}</label>
            <select class="input fit" id="service-week" on:change=write>{options}</select>
        </div>
    }
    .into_any()
}

fn holidays(page: Page) -> AnyView {
    let all = part(page, |workspace| workspace.service.hours.holidays.clone());
    let change = Callback::new(move |(date, on): (String, bool)| {
        if on && day_number(&date).is_none() {
            return page.announce(t("options_holiday_odd"));
        }
        edit(page, |workspace| {
            let dates = &mut workspace.service.hours.holidays;
            if on {
                // One that is there already changes nothing.
                add_name(dates, &date);
                dates.sort();
            } else {
                dates.retain(|one| *one != date);
            }
        });
    });
    chips("holidays", "options_holidays", "options_holidays_help", all, change)
}
