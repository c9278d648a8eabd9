//! The draft before it is kept: what was picked, what it reads on the page, and what is missing, said plainly.

use leptos::prelude::*;
use serde_json::Value;

use super::share;
use super::wizard::{Trial, Wizard};
use crate::message::Msg;
use crate::protocol::{Health, MentionRow, PageRequest};
use crate::site::point::walk::STEPS;
use crate::site::point::{Part, draft};
use crate::ui::dates;
use crate::ui::edit::text;
use crate::ui::health;
use crate::ui::icons::icon;
use crate::ui::options::pieces::Button;
use crate::ui::words::{say, t};

/// Most posts shown.
const SHOWN: usize = 12;

/// The review.
pub fn view(wizard: Wizard) -> AnyView {
    let name = RwSignal::new(wizard.walk.with_untracked(|walk| text(&walk.draft, "name").to_owned()));
    let trial = move || wizard.trial.get().map(|trial| result(wizard, &trial));
    let faulty =
        Memo::new(move |_| wizard.trial.with(|trial| trial.as_ref().is_some_and(|trial| !trial.faults.is_empty())));
    let save = move |_| {
        let value = finished(wizard, &name.get_untracked());
        let id = text(&value, "id").to_owned();
        let asked = PageRequest::Put { item: "definition".to_owned(), id, value };
        wizard.page.send(asked, move |_| {
            wizard.page.announce(t("options_saved"));
            wizard.leave();
        });
    };
    let export = move || share::export(wizard.page, &finished(wizard, &name.get_untracked()), share::Format::Toml);
    view! {
        <section class="card stack" id="site-review" tabindex="-1">
            <h2>{t("sites_review")}</h2>
            {move || wizard.trouble()}
            <div class="field">
                <label class="label" for="site-name">{t("sites_name")}</label>
                <input class="input" id="site-name" type="text" autocomplete="off" prop:value=name
                    on:input=move |event| name.set(event_target_value(&event)) />
            </div>
            {move || parts(wizard)}
            {trial}
            <div class="row wrap">
                <button class="button primary" id="site-save" disabled=move || faulty.get() || name.with(|name| name.trim().is_empty())
                    on:click=save>{icon("check")}{t("sites_save")}</button>
                {Button { id: "site-again", ..Button::new("", "", "sites_read_again") }.on(move || wizard.again(Vec::new()))}
                {Button::new("", "download", "sites_export").on(export)}
                {Button::new("quiet", "", "sites_discard").on(move || wizard.leave())}
            </div>
        </section>
    }
    .into_any()
}

fn finished(wizard: Wizard, name: &str) -> Value {
    wizard.walk.with_untracked(|walk| draft::finished(&walk.draft, name, wizard.replaces.get_value()))
}

/// The parts, each with its selector, which can be typed or pointed at anew.
fn parts(wizard: Wizard) -> AnyView {
    let (known, picked) = wizard.walk.with(|walk| (draft::fields(&walk.draft), walk.picked.clone()));
    let has_box = known.iter().any(|(part, _)| *part == Part::Box);
    let row = |part: Part| {
        let css = known.iter().find(|(one, _)| *one == part).map(|(_, css)| css.clone());
        let why = picked.iter().find(|(one, _)| *one == part).map(|(_, why)| t(why.key()));
        let name = t(&format!("sites_part_{}", part.name()));
        let id = format!("site-part-{}", part.name());
        let retype = move |event| {
            let css = event_target_value(&event).trim().to_owned();
            if !css.is_empty() {
                wizard.walk.update(|walk| draft::retype(&mut walk.draft, part, &css));
                wizard.trial.set(None);
            }
        };
        // A control that sends is looked for around its box.
        let steps = if part == Part::Send { vec![Part::Box, Part::Send] } else { vec![part] };
        let again = move || wizard.again(steps.clone());
        let label = format!("{}: {name}", t("sites_point_again"));
        let button = Button { label: Some(label), ..Button::new("small", "", "sites_point_again") }.on(again);
        let Some(css) = css else {
            return view! {
                <div class="field site-part">
                    <span class="label">{name}</span>
                    <div class="row"><span class="grow muted">{t("sites_not_set")}</span>{button}</div>
                </div>
            }
            .into_any();
        };
        view! {
            <div class="field site-part">
                <label class="label" for=id.clone()>{name}</label>
                <div class="row">
                    <input class="input code" id=id type="text" spellcheck="false" autocomplete="off" prop:value=css on:change=retype />
                    {button}
                </div>
                {why.map(|why| view! { <p class="help">{why}</p> })}
            </div>
        }
        .into_any()
    };
    let shown = STEPS.into_iter().filter(|part| has_box || !matches!(part, Part::Send | Part::Reply));
    let rows: Vec<_> = shown.map(row).collect();
    view! { <details class="stack" open><summary>{t("sites_parts")}</summary><div class="site-parts">{rows}</div></details> }.into_any()
}

fn result(wizard: Wizard, trial: &Trial) -> AnyView {
    let faults: Vec<_> = trial.faults.iter().map(|fault| view! { <li>{share::fault(fault)}</li> }).collect();
    let lines: Vec<_> = missing(wizard, trial).iter().map(|line| view! { <li>{say(line)}</li> }).collect();
    let zone = wizard.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let rows: Vec<_> = trial.posts.iter().take(SHOWN).map(|post| table_row(post, &zone)).collect();
    view! {
        <h3>{t("sites_trial")}</h3>
        {(!faults.is_empty()).then(|| view! { <ul class="notice bad stack tight" role="alert">{faults}</ul> })}
        <ul class="stack tight" id="site-missing">{lines}</ul>
        <div class="table-frame" tabindex="0" role="region" aria-label=t("sites_trial")>
            <table class="trial">
                <thead><tr>
                    <th scope="col">{t("sites_part_author")}</th><th scope="col">{t("sites_part_text")}</th>
                    <th scope="col">{t("sites_part_time")}</th><th scope="col">{t("sites_part_link")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What was read and what was not, field by field.
fn missing(wizard: Wizard, trial: &Trial) -> Vec<Msg> {
    let mut health = Health { composers: trial.boxes.0, ..Health::default() };
    wizard.walk.with_untracked(|walk| {
        for raw in trial.raw.as_array().into_iter().flatten() {
            health.seen += 1;
            let fields = walk.draft.pointer(&format!("/posts/{}/fields", raw["rule"])).and_then(Value::as_object);
            for name in fields.into_iter().flat_map(|fields| fields.keys()) {
                if raw["fields"].get(name).is_none() {
                    *health.empty.entry(name.clone()).or_default() += 1;
                }
            }
        }
    });
    let mut lines = health::report(&health);
    // Here a missing part was not found yet, or is not there.
    lines.retain(|line| line.key != "health_changed");
    let lost = trial.posts.iter().filter(|post| post.permalink.is_empty()).count();
    if lost > 0 {
        lines.push(Msg::new("sites_no_identity").with("count", lost));
    }
    if trial.boxes.0 > 0 && trial.boxes.1 < trial.boxes.0 {
        lines.push(Msg::new("sites_no_send"));
    }
    lines
}

fn table_row(post: &MentionRow, zone: &str) -> AnyView {
    let none = || view! { <span class="warning">{t("sites_missing")}</span> }.into_any();
    let some = |text: String| if text.is_empty() { none() } else { text.into_any() };
    let handle = post.handle.clone().map(|handle| format!("@{handle}")).unwrap_or_default();
    let name = post.name.clone().filter(|name| format!("@{name}") != handle);
    view! {
        <tr>
            <td>{some(handle)}{name.map(|name| view! { " "<span class="muted">{name}</span> })}</td>
            <td class="quote">{some(post.text.clone())}</td>
            <td>{some(post.published.map(|at| dates::full(at, zone)).unwrap_or_default())}</td>
            <td class="small">{some(post.permalink.clone())}</td>
        </tr>
    }
    .into_any()
}
