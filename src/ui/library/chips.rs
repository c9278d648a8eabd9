//! The chips under the text: what a page knows, put in by a click. What may be missing is asked for in plain words.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::state::Editor;
use crate::message::{Lang, Msg};
use crate::template::Field;
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

/// What a chip does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Put(String),
    Ask(Question),
    /// What is selected stands only when this is known.
    Wrap(String),
}

/// The menus, and what is being asked.
#[derive(Clone, Copy)]
struct Chips {
    editor: Editor,
    /// Label of the open menu; empty = none.
    menu: RwSignal<&'static str>,
    asked: RwSignal<Option<Question>>,
    /// The template's own fields: name in the body, what people call it, whether it may stay empty.
    fields: Memo<Vec<(String, String, bool)>>,
    /// Names of the brand's links.
    links: Memo<Vec<String>>,
}

/// The chips.
pub fn view(editor: Editor) -> AnyView {
    let fields = Memo::new(move |_| {
        let of = |one: &Field| {
            let label = if one.label.is_empty() { one.name.clone() } else { one.label.clone() };
            (format!("form.{}", one.name), label, one.optional)
        };
        editor.draft.with(|draft| draft.fields.iter().map(of).collect::<Vec<_>>())
    });
    let named =
        move || editor.page.state.with(|state| state.workspace.links.iter().map(|(name, _)| name.clone()).collect());
    let links: Memo<Vec<String>> = Memo::new(move |_| named());
    let chips = Chips { editor, menu: RwSignal::new(""), asked: RwSignal::new(None), fields, links };
    let values: Vec<_> = GROUPS.iter().map(|(label, _)| chips.group(label)).collect();
    let further: Vec<_> = [DATES, WHEN, FURTHER].into_iter().map(|label| chips.group(label)).collect();
    let own = move || fields.with(|fields| !fields.is_empty()).then(|| chips.group(OWN));
    let with_links = move || links.with(|links| !links.is_empty()).then(|| chips.group(LINKS));
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !chips.menu.get_untracked().is_empty() {
            event.prevent_default();
            focus(chips.menu.get_untracked());
            chips.menu.set("");
        }
    };
    let asked = chips.asked;
    view! {
        <div class="chips row wrap" role="group" aria-label=t("library_chips") on:keydown=escape>
            <span class="muted small">{t("library_chips")}</span>
            {values}
            {with_links}
            {own}
            {further}
        </div>
        {move || asked.get().map(|question| form(editor, asked, question))}
    }
    .into_any()
}

const OWN: &str = "library_chips_fields";
const LINKS: &str = "library_chips_links";
const DATES: &str = "library_chips_dates";
const WHEN: &str = "library_chips_when";
const FURTHER: &str = "library_chips_further";

impl Chips {
    /// What a menu holds.
    fn of(self, menu: &str) -> Vec<(String, Deed)> {
        match menu {
            OWN => self
                .fields
                .get()
                .into_iter()
                .map(|(name, label, optional)| (label.clone(), deed(&name, &label, optional)))
                .collect(),
            LINKS => {
                let chip = |name: &String| (name.clone(), Deed::Put(chip::value(&chip::link(name), None)));
                self.links.with(|links| links.iter().map(chip).collect())
            }
            DATES => vec![
                (t("library_chip_today"), Deed::Put(chip::day(0))),
                (t("library_chip_days"), Deed::Ask(Question::Days)),
            ],
            WHEN => {
                let known = [
                    ("author.first_name", "library_chip_first_name"),
                    ("author.name", "library_chip_name"),
                    ("brand.name", "library_chip_brand"),
                    ("case.number", "library_chip_case_number"),
                    ("case.due", "library_chip_case_due"),
                ];
                let known = known.map(|(name, label)| (name.to_owned(), t(label)));
                let own = self.fields.get().into_iter().map(|(name, label, _)| (name, label));
                let chip = |(name, label)| (say(&Msg::new("library_chip_when").with("what", label)), Deed::Wrap(name));
                known.into_iter().chain(own).map(chip).collect()
            }
            FURTHER => vec![
                (t("library_chip_part"), Deed::Ask(Question::Part)),
                (t("library_chip_one_of"), Deed::Ask(Question::Wordings)),
                (t("library_chip_caret"), Deed::Put(chip::CARET.to_owned())),
            ],
            _ => {
                let chips = GROUPS.iter().find(|(label, _)| *label == menu).map_or(&[][..], |(_, chips)| chips);
                let chip = |one: &Chip| (t(one.label), deed(one.name, &t(one.label), one.may_be_missing));
                chips.iter().map(chip).collect()
            }
        }
    }

    fn group(self, label: &'static str) -> AnyView {
        let open = move || self.menu.get() == label;
        let toggle = move |_| self.menu.update(|menu| *menu = if *menu == label { "" } else { label });
        let menu = move || {
            open().then(|| {
                let chips = self.of(label).into_iter().map(|(words, deed)| {
                    let press = move |_| self.act(deed.clone());
                    view! { <button class="button small" type="button" on:click=press>{words}</button> }
                });
                view! { <div class="chip-menu" role="group" aria-label=t(label)>{chips.collect::<Vec<_>>()}</div> }
            })
        };
        view! {
            <div class="chip-group">
                <button class="button small" type="button" id=label aria-expanded=move || open().to_string() on:click=toggle>{t(label)}</button>
                {menu}
            </div>
        }
        .into_any()
    }

    fn act(self, deed: Deed) {
        self.menu.set("");
        match deed {
            Deed::Put(piece) => insert(self.editor, &piece),
            Deed::Wrap(name) => wrap(self.editor, &name),
            Deed::Ask(question) => {
                self.asked.set(Some(question));
                request_animation_frame(|| focus("chip-answer"));
            }
        }
    }
}

/// A value is put in as it is, or asks what to write when it is missing.
fn deed(name: &str, label: &str, may_be_missing: bool) -> Deed {
    if may_be_missing {
        Deed::Ask(Question::Instead(name.to_owned(), label.to_owned()))
    } else {
        Deed::Put(chip::value(name, None))
    }
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
    let escape = move |event: KeyboardEvent| {
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
