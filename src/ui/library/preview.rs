//! What the open template reads like: for a real author or an invented one, filled in, with what has no value, the
//! mistake and its place, the room it leaves, and what the voice check says.

use std::time::Duration;

use leptos::prelude::*;

use super::state::Editor;
use crate::message::Msg;
use crate::protocol::{FindingView, FormField, PageMessage, PageRequest};
use crate::template::{FieldKind, Rendered, Template, TemplateProblem};
use crate::ui::icons::icon;
use crate::ui::marked::parts;
use crate::ui::templates::place;
use crate::ui::templates::room::{Room, room};
use crate::ui::words::{say, t};

/// How long typing has to rest before the voice check looks.
const REST: Duration = Duration::from_millis(400);
/// Networks whose room is shown while all have plenty.
const SHOWN: usize = 4;
/// As much of a post as a list of posts shows.
const SAID: usize = 60;

type Shown = Result<Rendered, TemplateProblem>;

/// The preview.
pub fn view(editor: Editor) -> AnyView {
    let shown: Memo<Shown> = Memo::new(move |_| editor.draft.with(|draft| editor.trial.render(editor, draft)));
    view! {
        <div class="preview" id="template-preview">
            <div class="row wrap spread">
                <h2>{t("library_preview")}</h2>
                {who(editor)}
                <label class="switch small">
                    <input type="checkbox" role="switch" id="preview-nameless" prop:checked=editor.trial.nameless
                        on:change=move |event| editor.trial.nameless.set(event_target_checked(&event)) />
                    <span>{t("library_preview_nameless")}</span>
                </label>
            </div>
            {answers(editor)}
            <div aria-live="polite">{move || content(editor, shown.get())}</div>
            {rooms(editor, shown)}
            {voice(editor, shown)}
        </div>
    }
    .into_any()
}

/// The last saved mentions, to try it with.
fn who(editor: Editor) -> AnyView {
    let options = move || {
        let chosen = editor.trial.mention.get();
        let all = editor.stored.mentions.get();
        let real = all.iter().filter_map(|mention| {
            let post = mention.post()?;
            let name = post.author.name.clone().or_else(|| post.author.handle.clone()).unwrap_or_default();
            let said: String = post.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SAID).collect();
            let words = format!("{name} · {} · {said}", editor.page.network_name(&mention.network));
            Some(view! { <option value=mention.key.0.clone() selected=mention.key.0 == chosen>{words}</option> })
        });
        real.collect::<Vec<_>>()
    };
    view! {
        <select class="input fit" id="preview-who" aria-label=t("library_preview_who")
            on:change=move |event| editor.trial.mention.set(event_target_value(&event))>
            <option value="">{t("library_preview_invented")}</option>
            {options}
        </select>
    }
    .into_any()
}

/// The form, to be tried. Only other fields build its inputs anew, not what is filled in.
fn answers(editor: Editor) -> AnyView {
    let fields = Memo::new(move |_| editor.draft.with(|draft| (draft.id.clone(), draft.fields.clone())));
    (move || {
        let (id, fields) = fields.get();
        let template = Template { id, fields, ..Template::default() };
        let shown = untrack(|| editor.trial.form(&template)).view(&template.fields);
        let input = |(at, field)| answer(editor, template.id.clone(), at, field);
        let inputs: Vec<_> = shown.into_iter().enumerate().map(input).collect();
        (!inputs.is_empty()).then(|| view! { <div class="pair answers">{inputs}</div> })
    })
    .into_any()
}

fn answer(editor: Editor, template: String, at: usize, field: FormField) -> AnyView {
    let key = (template, field.name.clone());
    let fill = move |value: String| editor.trial.answers.update(|answers| drop(answers.insert(key.clone(), value)));
    let id = format!("answer-{at}");
    let input = match field.kind {
        FieldKind::Choice => {
            let options: Vec<_> = field
                .choices
                .iter()
                .map(|one| view! { <option value=one.clone() selected=*one == field.value>{one.clone()}</option> })
                .collect();
            view! { <select class="input" id=id on:change=move |event| fill(event_target_value(&event))>{options}</select> }.into_any()
        }
        FieldKind::Toggle => view! {
            <input type="checkbox" id=id prop:checked=field.value == "yes"
                on:change=move |event| fill(if event_target_checked(&event) { "yes" } else { "" }.to_owned()) />
        }
        .into_any(),
        kind => {
            let kind = if kind == FieldKind::Date { "date" } else { "text" };
            view! {
                <input class="input" type=kind id=id autocomplete="off" prop:value=field.value.clone()
                    on:input=move |event| fill(event_target_value(&event)) />
            }
            .into_any()
        }
    };
    view! { <label class="field small"><span class="label">{field.label}</span>{input}</label> }.into_any()
}

fn content(editor: Editor, shown: Shown) -> AnyView {
    let rendered = match shown {
        Ok(rendered) => rendered,
        Err(problem) => {
            let (line, column) = (problem.line, problem.column);
            let go = move |_| {
                let span = editor.draft.with_untracked(|draft| place::mistake(&draft.body, line, column));
                editor.select(span);
            };
            return view! {
                <div class="notice bad" id="template-problem">
                    <span class="grow">{say(&problem.msg)}</span>
                    <button class="button small" type="button" on:click=go>{t("library_show_place")}</button>
                </div>
            }
            .into_any();
        }
    };
    let text: Vec<_> = parts(&rendered.text, rendered.unresolved.iter().map(|hole| hole.span))
        .into_iter()
        .map(|part| if part.marked { view! { <mark>{part.text}</mark> }.into_any() } else { part.text.into_any() })
        .collect();
    // What a form asks for is filled in later.
    let warning = (rendered.unresolved.iter().any(|hole| !hole.name.starts_with("form.")))
        .then(|| view! { <p class="small warning">{icon("alert")}" "{t("library_preview_missing")}</p> });
    view! { <p class="quote">{text}</p> {warning} }.into_any()
}

/// What `text` leaves on each network of the open template.
pub fn rooms_of(editor: Editor, networks: &[String], text: &str) -> Vec<Room> {
    let known: Vec<String> = editor.page.networks().into_iter().map(|(network, _)| network).collect();
    editor.page.state.with(|state| {
        let mut all = room(&state.sites, networks, text);
        all.retain(|one| known.contains(&one.network) || networks.contains(&one.network));
        all
    })
}

/// "X: 12 left", or by how much it is too long.
pub fn room_chip(room: Room) -> AnyView {
    let key = if room.left < 0 { "library_room_over" } else { "library_room_left" };
    let words = say(&Msg::new(key).with("network", room.name).with("count", room.left.abs()));
    view! { <span class="chip" class:bad=room.left < 0>{words}</span> }.into_any()
}

fn rooms(editor: Editor, shown: Memo<Shown>) -> AnyView {
    let all = Memo::new(move |_| {
        let networks = editor.draft.with(|draft| draft.networks.clone());
        shown.with(|shown| shown.as_ref().map(|one| rooms_of(editor, &networks, &one.text)).unwrap_or_default())
    });
    (move || {
        let all = all.get();
        let over = all.iter().filter(|one| one.left < 0).count();
        let chips: Vec<_> = all.into_iter().take(SHOWN.max(over)).map(room_chip).collect();
        (!chips.is_empty())
            .then(|| view! { <div class="row wrap rooms" role="group" aria-label=t("library_room")>{chips}</div> })
    })
    .into_any()
}

/// The voice check over the text as it reads now.
fn voice(editor: Editor, shown: Memo<Shown>) -> AnyView {
    let findings: RwSignal<Vec<FindingView>> = RwSignal::default();
    let asked = StoredValue::new(0u32);
    let text = Memo::new(move |_| {
        let text = shown.with(|shown| shown.as_ref().map(|one| one.text.clone()).unwrap_or_default());
        (text, editor.draft.with(|draft| draft.language.clone()))
    });
    Effect::new(move |_| {
        let (text, language) = text.get();
        let number = asked.get_value().wrapping_add(1);
        asked.set_value(number);
        let current = move || asked.try_get_value() == Some(number);
        set_timeout(
            move || {
                if !current() {
                    return;
                }
                if text.trim().is_empty() {
                    findings.set(Vec::new());
                    return;
                }
                let request = PageRequest::CheckText { text, language: Some(language) };
                editor.page.send(request, move |answer| {
                    if let PageMessage::Findings { findings: found } = answer
                        && current()
                    {
                        findings.set(found);
                    }
                });
            },
            REST,
        );
    });
    (move || {
        let found = findings.get();
        let rows: Vec<_> = found.into_iter().map(|one| finding(editor, one)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <div class="stack tight voice">
                    <h3>{t("library_voice")}</h3>
                    <ul class="stack tight">{rows}</ul>
                </div>
            }
        })
    })
    .into_any()
}

fn finding(editor: Editor, one: FindingView) -> AnyView {
    let tone = match one.severity.as_str() {
        "error" => "chip bad",
        "warning" => "chip warn",
        _ => "chip",
    };
    let severity = t(&format!("card_severity_{}", one.severity));
    let words = one.matched.clone();
    let stands = move || editor.draft.with(|draft| place::words(&draft.body, &words));
    let show = move || {
        stands().map(|span| {
            let go = move |_| editor.select(span);
            view! { <button class="button quiet small" type="button" on:click=go>{t("library_show_words")}</button> }
        })
    };
    view! {
        <li class="row wrap">
            <span class=tone>{severity}</span>
            <span class="strong">{one.matched}</span>
            <span class="grow">{one.text}</span>
            {show}
        </li>
    }
    .into_any()
}
