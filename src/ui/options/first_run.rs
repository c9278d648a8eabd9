//! The first run: what it is and a place to try it, the person's own brand, the keys. Each step can be skipped.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::device::{SAMPLE, language, leave_sample};
use super::{accounts, brand};
use crate::message::Msg;
use crate::protocol::PageRequest;
use crate::ui::icons::icon;
use crate::ui::popup::COMMANDS;
use crate::ui::settings::tell;
use crate::ui::shell::{Page, focus};
use crate::ui::words::{say, t};

/// How many steps there are.
const STEPS: usize = 3;

/// The first run.
pub fn view(page: Page) -> AnyView {
    let step = RwSignal::new(0);
    let go = move |to: usize| {
        // What is entered in step two is the person's own, never the sample's.
        if to == 1 && page.state.with_untracked(|state| state.workspace_id == SAMPLE) {
            leave_sample(page);
        }
        step.set(to);
        request_animation_frame(|| focus("first-run-title"));
    };
    let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
    let content = move || {
        let sample = workspace.with(|id| id == SAMPLE);
        match step.get() {
            0 => welcome(page),
            // On its way to the person's own.
            1 if sample => view! { {title("first_run_brand")}<p class="muted">{t("library_reading")}</p> }.into_any(),
            1 => own_brand(page),
            _ => keys(page),
        }
    };
    let dots: Vec<_> = (0..STEPS)
        .map(|index| view! { <span class="step-dot" class:now=move || step.get() == index></span> })
        .collect();
    let next = move || {
        if step.get() + 1 < STEPS {
            let forward = move |_| go(step.get_untracked() + 1);
            view! { <button class="button primary" id="first-run-next" on:click=forward>{t("first_run_next")}</button> }
                .into_any()
        } else {
            let finish = move |_| finish(page);
            view! { <button class="button primary" id="first-run-next" on:click=finish>{t("first_run_finish")}</button> }.into_any()
        }
    };
    let back = move || {
        (step.get() > 0).then(|| {
            view! { <button class="button" on:click=move |_| go(step.get_untracked() - 1)>{t("first_run_back")}</button> }
        })
    };
    view! {
        <main class="first-run">
            <header class="row spread">
                <p class="brand"><img src="../icons/mark.svg" alt="" />"Rejoinder"</p>
                <button class="button quiet" on:click=move |_| finish(page)>{t("first_run_skip")}</button>
            </header>
            <div class="card stack first-run-card">
                <p class="muted small">
                    {move || say(&Msg::new("first_run_step").with("step", step.get() + 1).with("all", STEPS))}
                </p>
                {content}
                <footer class="row spread">
                    <span class="row" aria-hidden="true">{dots}</span>
                    <span class="row">{back}{next}</span>
                </footer>
            </div>
        </main>
    }
    .into_any()
}

fn finish(page: Page) {
    tell(page, PageRequest::Device { name: "welcomed".to_owned(), value: "true".to_owned() });
    page.state.update(|state| state.welcomed = true);
}

fn title(key: &str) -> AnyView {
    view! { <h1 id="first-run-title" tabindex="-1">{t(key)}</h1> }.into_any()
}

fn welcome(page: Page) -> AnyView {
    let points: Vec<_> = [
        ("save", "first_run_point_save"),
        ("reply", "first_run_point_reply"),
        ("bulb", "first_run_point_voice"),
        ("check", "first_run_point_private"),
    ]
    .into_iter()
    .map(|(drawing, key)| view! { <li>{icon(drawing)}<span>{t(key)}</span></li> })
    .collect();
    let practise = move |_| {
        // The sample brand has a workspace of its own: nothing tried there reaches real data.
        page.send(PageRequest::Workspace { id: SAMPLE.to_owned() }, |_| {
            // A browser that blocks the tab leaves the step as it is.
            let _ = window().open_with_url_and_target("practice.html", "_blank");
        });
    };
    view! {
        {title("first_run_welcome")}
        <p>{t("first_run_welcome_text")}</p>
        <ul class="points">{points}</ul>
        <div class="row wrap">
            <button class="button" on:click=practise>{icon("play")}{t("first_run_practise")}</button>
            <span class="muted small grow">{t("first_run_practise_help")}</span>
        </div>
        {language(page)}
    }
    .into_any()
}

fn own_brand(page: Page) -> AnyView {
    view! {
        {title("first_run_brand")}
        <p class="muted">{t("first_run_brand_text")}</p>
        {brand::brand_name(page)}
        <h2>{t("options_accounts")}</h2>
        {accounts::editor(page)}
    }
    .into_any()
}

fn keys(page: Page) -> AnyView {
    let arrived = RwSignal::new(BTreeSet::<String>::new());
    let missed = RwSignal::new(BTreeSet::<String>::new());
    Effect::new(move |_| {
        if let Some(command) = page.pressed.get() {
            page.announce(t("first_run_key_arrived"));
            missed.update(|missed| missed.retain(|one| *one != command));
            arrived.update(|arrived| arrived.extend([command]));
        }
    });
    let rows = move || {
        COMMANDS
            .iter()
            .map(|&(command, name)| {
                let bound = page.state.with(|state| state.keys.get(command).cloned().unwrap_or_default());
                key_row(command, name, bound, arrived, missed)
            })
            .collect::<Vec<_>>()
    };
    view! {
        {title("first_run_keys")}
        <p class="muted">{t("first_run_keys_text")}</p>
        <ul class="lined">{rows}</ul>
        <p class="muted small">{t("first_run_keys_change")}</p>
    }
    .into_any()
}

fn key_row(
    command: &'static str,
    name: &'static str,
    bound: String,
    arrived: RwSignal<BTreeSet<String>>,
    missed: RwSignal<BTreeSet<String>>,
) -> AnyView {
    let state = {
        let bound = bound.clone();
        move || {
            if bound.is_empty() {
                view! { <span class="chip warn">{t("popup_key_none")}</span> }.into_any()
            } else if arrived.with(|all| all.contains(command)) {
                view! { <span class="chip ok">{icon("check")}{t("first_run_key_works")}</span> }.into_any()
            } else if missed.with(|all| all.contains(command)) {
                view! { <span class="chip warn">{icon("alert")}{t("first_run_key_missed")}</span> }.into_any()
            } else {
                let miss = move |_| missed.update(|all| all.extend([command.to_owned()]));
                view! {
                    <span class="muted small">{t("first_run_key_waiting")}</span>
                    <button class="button quiet small" aria-label=format!("{}: {}", t("first_run_key_nothing"), t(name)) on:click=miss>
                        {t("first_run_key_nothing")}
                    </button>
                }
                .into_any()
            }
        }
    };
    let key = (!bound.is_empty()).then(|| view! { <kbd>{bound}</kbd> });
    view! { <li class="row wrap"><span class="grow strong">{t(name)}</span>{key}{state}</li> }.into_any()
}
