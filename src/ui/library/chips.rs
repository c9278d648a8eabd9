//! The chips under the text: what a page knows, put in by a click. What may be missing is asked for in plain words.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::state::Editor;
use crate::message::{Lang, Msg};
use crate::text::{OffsetMap, Utf16Offset, Utf16Span};
use crate::ui::shell::focus;
use crate::ui::templates::chip::{self, Chip, GROUPS};
use crate::ui::words::{say, t};

/// Shortcuts suggested for a part.
const SUGGESTED: usize = 200;

/// What a chip asks before it is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Question {
    /// What to write when the value is missing: name, and what people call it.
    Instead(String, String),
    /// In how many days.
    Days,
    /// Which template.
    Part,
    /// Which wordings.
    Wordings,
}

/// The chips.
pub fn view(editor: Editor) -> AnyView {
    let asked: RwSignal<Option<Question>> = RwSignal::new(None);
    let groups: Vec<_> = GROUPS
        .iter()
        .map(|(label, chips)| {
            group(label, chips.iter().map(|chip| value_chip(editor, asked, *chip)).collect::<Vec<_>>())
        })
        .collect();
    let fields = Memo::new(move |_| {
        let of = |one: &crate::template::Field| (one.name.clone(), said(one), one.optional);
        editor.draft.with(|draft| draft.fields.iter().map(of).collect::<Vec<_>>())
    });
    let own = move || {
        let chips = fields.get().into_iter().map(|(name, label, optional)| {
            let name = format!("form.{name}");
            button(label.clone(), move || {
                if optional {
                    ask(asked, Question::Instead(name.clone(), label.clone()))
                } else {
                    insert(editor, &chip::value(&name, None))
                }
            })
        });
        let chips: Vec<_> = chips.collect();
        (!chips.is_empty()).then(|| group("library_chips_fields", chips))
    };
    let when = move || {
        let known = [
            ("author.first_name", "library_chip_first_name"),
            ("author.name", "library_chip_name"),
            ("brand.name", "library_chip_brand"),
        ]
        .map(|(name, label)| (name.to_owned(), t(label)));
        let own = fields.get().into_iter().map(|(name, label, _)| (format!("form.{name}"), label));
        let chips = known.into_iter().chain(own).map(|(name, label)| {
            let words = say(&Msg::new("library_chip_when").with("what", label));
            button(words, move || wrap(editor, &name))
        });
        group("library_chips_when", chips.collect::<Vec<_>>())
    };
    let dates = vec![
        button(t("library_chip_today"), move || insert(editor, &chip::day(0))),
        button(t("library_chip_days"), move || ask(asked, Question::Days)),
    ];
    let further = vec![
        button(t("library_chip_part"), move || ask(asked, Question::Part)),
        button(t("library_chip_one_of"), move || ask(asked, Question::Wordings)),
        button(t("library_chip_caret"), move || insert(editor, chip::CARET)),
    ];
    view! {
        <div class="chips row wrap" role="group" aria-label=t("library_chips")>
            <span class="muted small">{t("library_chips")}</span>
            {groups}
            {own}
            {group("library_chips_dates", dates)}
            {when}
            {group("library_chips_further", further)}
        </div>
        {move || asked.get().map(|question| form(editor, asked, question))}
    }
    .into_any()
}

fn said(field: &crate::template::Field) -> String {
    if field.label.is_empty() { field.name.clone() } else { field.label.clone() }
}

fn group(label: &str, chips: Vec<AnyView>) -> AnyView {
    view! {
        <details class="chip-group" name="library-chips">
            <summary class="button small">{t(label)}</summary>
            <div class="chip-menu">{chips}</div>
        </details>
    }
    .into_any()
}

fn button(words: String, press: impl Fn() + 'static) -> AnyView {
    view! { <button class="button small" type="button" on:click=move |_| press()>{words}</button> }.into_any()
}

fn value_chip(editor: Editor, asked: RwSignal<Option<Question>>, one: Chip) -> AnyView {
    button(t(one.label), move || {
        if one.may_be_missing {
            ask(asked, Question::Instead(one.name.to_owned(), t(one.label)));
        } else {
            insert(editor, &chip::value(one.name, None));
        }
    })
}

fn ask(asked: RwSignal<Option<Question>>, question: Question) {
    asked.set(Some(question));
    request_animation_frame(|| focus("chip-answer"));
}

/// The words that most people write when a value is missing.
fn usual(editor: Editor, name: &str) -> String {
    let lang = editor.draft.with_untracked(|draft| Lang::from_tag(&draft.language));
    let words = match (name, lang) {
        ("author.first_name" | "author.name", Lang::En) => "there",
        ("me.first_name" | "me.name", Lang::En) => "The team",
        ("me.first_name" | "me.name", Lang::Es) => "El equipo",
        _ => "",
    };
    words.to_owned()
}

fn form(editor: Editor, asked: RwSignal<Option<Question>>, question: Question) -> AnyView {
    let (words, first, kind) = match &question {
        Question::Instead(name, label) => {
            (say(&Msg::new("library_ask_instead").with("what", label)), usual(editor, name), "text")
        }
        Question::Days => (t("library_ask_days"), "2".to_owned(), "number"),
        Question::Part => (t("library_ask_part"), String::new(), "text"),
        Question::Wordings => (t("library_ask_wordings"), String::new(), "text"),
    };
    let answer = RwSignal::new(first);
    let bare = match &question {
        Question::Instead(name, _) => Some(chip::value(name, None)),
        _ => None,
    };
    let is_part = question == Question::Part;
    let put = move |event: SubmitEvent| {
        event.prevent_default();
        let answer = answer.get_untracked();
        let text = match &question {
            Question::Instead(name, _) => chip::value(name, Some(answer.trim())),
            Question::Days => chip::day(answer.trim().parse().unwrap_or_default()),
            Question::Part if answer.trim().is_empty() => return,
            Question::Part => chip::part(answer.trim()),
            Question::Wordings if answer.trim().is_empty() => return,
            Question::Wordings => chip::one_of(&answer),
        };
        asked.set(None);
        insert(editor, &text);
    };
    let without = bare.map(|text| {
        let press = move |_| {
            asked.set(None);
            insert(editor, &text);
        };
        view! { <button class="button small" type="button" on:click=press>{t("library_ask_without")}</button> }
    });
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            asked.set(None);
            focus("template-body");
        }
    };
    view! {
        <form class="row wrap chip-ask" on:submit=put on:keydown=escape>
            <label class="small" for="chip-answer">{words}</label>
            <input class="input" id="chip-answer" type=kind autocomplete="off" list=is_part.then_some("library-parts")
                prop:value=answer on:input=move |event| answer.set(event_target_value(&event)) />
            <button class="button small primary" type="submit">{t("library_ask_put")}</button>
            {without}
            {is_part.then(|| parts(editor))}
        </form>
    }
    .into_any()
}

/// Templates that another one can include, by their shortcut.
fn parts(editor: Editor) -> AnyView {
    let options = editor.library.templates.with_untracked(|all| {
        let named = all.iter().filter_map(|one| Some((one.trigger.clone()?, one.title.clone())));
        let options = named.take(SUGGESTED).map(|(trigger, title)| view! { <option value=trigger>{title}</option> });
        options.collect::<Vec<_>>()
    });
    view! { <datalist id="library-parts">{options}</datalist> }.into_any()
}

/// What is selected in the text, in bytes.
fn selected(editor: Editor) -> Option<(String, std::ops::Range<usize>)> {
    let area = editor.area.get_untracked()?;
    let text = area.value();
    let map = OffsetMap::new(&text);
    let place = |unit: Option<u32>| map.to_byte(Utf16Offset(unit.unwrap_or_default()));
    let start = place(area.selection_start().ok().flatten());
    let end = place(area.selection_end().ok().flatten());
    Some((text, start..end.max(start)))
}

fn replace(editor: Editor, text: &str, at: std::ops::Range<usize>, with: &str, select: std::ops::Range<usize>) {
    let Some(area) = editor.area.get_untracked() else { return };
    let after = [&text[..at.start], with, &text[at.end..]].concat();
    let map = OffsetMap::new(&after);
    let span: Utf16Span = map.span(at.start + select.start..at.start + select.end);
    area.set_value(&after);
    editor.draft.update(|draft| draft.body = after);
    editor.select(span);
}

/// Puts a piece in at the caret, in the place of what is selected.
pub fn insert(editor: Editor, piece: &str) {
    if let Some((text, at)) = selected(editor) {
        replace(editor, &text, at, piece, piece.len()..piece.len());
    }
}

/// Makes what is selected stand only when a value is known.
fn wrap(editor: Editor, name: &str) {
    let Some((text, at)) = selected(editor) else { return };
    let words = if at.is_empty() { t("library_chip_when_words") } else { text[at.clone()].to_owned() };
    let piece = chip::only_when(name, &words);
    let start = piece.find("%}").map_or(0, |end| end + 2);
    replace(editor, &text, at, &piece, start..start + words.len());
}
