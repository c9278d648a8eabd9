//! The list of templates by folder: search, a tree of which only what is seen is drawn, and the keys that move over it.
//! One tab stop; the cursor is announced, not focused.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;

use super::state::Editor;
use super::{bulk, history};
use crate::template::Template;
use crate::ui::icons::icon;
use crate::ui::scroll::Scroll;
use crate::ui::shell::focus;
use crate::ui::templates::tree::{Line, found, hay, lines};
use crate::ui::words::t;

/// Height of a line in CSS pixels, as the style sheet has it.
const ROW: f64 = 44.0;

/// The list's state.
#[derive(Clone, Copy)]
struct List {
    editor: Editor,
    words: RwSignal<String>,
    closed: RwSignal<BTreeSet<String>>,
    lines: Memo<Vec<Line>>,
    /// The line the cursor is on.
    active: RwSignal<usize>,
    picked: RwSignal<BTreeSet<String>>,
}

/// The section.
pub fn view(editor: Editor) -> AnyView {
    let words = RwSignal::new(String::new());
    let closed: RwSignal<BTreeSet<String>> = RwSignal::default();
    let templates = editor.library.templates;
    let hays = Memo::new(move |_| templates.with(|all| all.iter().map(hay).collect::<Vec<_>>()));
    let lines = Memo::new(move |_| {
        let found = words.with(|words| hays.with(|hays| found(hays, words)));
        // What is searched for is shown wherever it lies.
        let none = BTreeSet::new();
        templates.with(|all| {
            closed.with(|closed| lines(all, &found, if words.with(|w| w.trim().is_empty()) { closed } else { &none }))
        })
    });
    let list = List { editor, words, closed, lines, active: RwSignal::new(0), picked: RwSignal::default() };
    let to_list = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            focus("library-list");
        }
        "Enter" => {
            let first =
                lines.with_untracked(|lines| lines.iter().position(|line| matches!(line, Line::Template { .. })));
            if let Some(first) = first {
                list.active.set(first);
                list.act_on_active();
            }
        }
        _ => {}
    };
    let search = move |event| {
        words.set(event_target_value(&event));
        list.active.set(0);
    };
    view! {
        <section class="card stack" aria-label=t("library_templates")>
            <div class="row">
                <input class="input" id="library-search" type="search" aria-label=t("library_search") placeholder=t("library_search")
                    prop:value=words on:input=search on:keydown=to_list />
                <button class="button" id="library-new" type="button" on:click=move |_| editor.begin_empty()>
                    {icon("plus")}{t("library_new")}
                </button>
            </div>
            {bulk::view(editor, list.picked)}
            {begun(list)}
            {content(list)}
            {history::removed(editor)}
        </section>
    }
    .into_any()
}

/// New templates that were begun and not saved: no folder has them yet.
fn begun(list: List) -> AnyView {
    let editor = list.editor;
    (move || {
        let new = editor.kept.with(|kept| {
            let new = kept.values().filter(|(_, base)| base.is_none());
            new.map(|(draft, _)| (draft.id.clone(), draft.title.clone())).collect::<Vec<_>>()
        });
        let row = |(id, title): (String, String)| {
            let title = if title.trim().is_empty() { t("library_new") } else { title };
            view! {
                <li><button class="button small" type="button" on:click=move |_| editor.edit(&id)>
                    {title}<span class="chip accent">{t("library_unsaved_mark")}</span>
                </button></li>
            }
        };
        (!new.is_empty()).then(|| view! { <ul class="row wrap">{new.into_iter().map(row).collect::<Vec<_>>()}</ul> })
    })
    .into_any()
}

fn content(list: List) -> AnyView {
    let complete = list.editor.library.complete;
    let state = Memo::new(move |_| (complete.get(), list.lines.with(Vec::is_empty), list.words.with(String::is_empty)));
    (move || match state.get() {
        (false, true, _) => view! { <div class="waiting" aria-busy="true"></div> }.into_any(),
        (true, true, searching_nothing) => {
            let words = if searching_nothing { "library_empty" } else { "library_none" };
            view! { <p class="muted empty" role="status">{t(words)}</p> }.into_any()
        }
        _ => tree(list),
    })
    .into_any()
}

fn tree(list: List) -> AnyView {
    let scroll = Scroll::new(ROW, 600.0);
    let count = Memo::new(move |_| list.lines.with(Vec::len));
    let range = Memo::new(move |_| scroll.screen.get().rows(count.get()));
    let visible = Memo::new(move |_| {
        let range = range.get();
        list.lines.with(|lines| {
            lines[range.clone()].iter().cloned().zip(range).map(|(line, place)| (place, line)).collect::<Vec<_>>()
        })
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if !event.is_composing() && key(list, &event, scroll.screen.get_untracked().page()) {
            event.prevent_default();
            scroll.reveal(list.active.get_untracked());
        }
    };
    let active_row = move || {
        let active = list.active.get();
        range.get().contains(&active).then(|| format!("library-line-{active}"))
    };
    let rows = move || visible.get().into_iter().map(|(place, line)| row(list, place, line)).collect::<Vec<_>>();
    view! {
        <div class="library-list" id="library-list" role="tree" tabindex="0" aria-multiselectable="true" aria-label=t("library_templates")
            aria-activedescendant=active_row node_ref=scroll.area on:scroll=move |_| scroll.measure() on:keydown=on_key>
            <div class="library-space" role="presentation" style:height=move || format!("{}px", count.get() as f64 * ROW)>{rows}</div>
        </div>
    }
    .into_any()
}

impl List {
    fn id_at(self, place: usize) -> Option<String> {
        let index = self.lines.with_untracked(|lines| match lines.get(place) {
            Some(Line::Template { index, .. }) => Some(*index),
            _ => None,
        })?;
        self.editor.library.templates.with_untracked(|all| all.get(index).map(|one| one.id.clone()))
    }

    /// Opens the template that the cursor is on, or opens and closes its folder.
    fn act_on_active(self) {
        let place = self.active.get_untracked();
        if let Some(id) = self.id_at(place) {
            self.editor.edit(&id);
            request_animation_frame(|| focus("template-title"));
        } else {
            self.fold(place, None);
        }
    }

    /// Closes or opens the folder at a place; true when it changed.
    fn fold(self, place: usize, open: Option<bool>) -> bool {
        let folder = self.lines.with_untracked(|lines| match lines.get(place) {
            Some(Line::Folder { path, open, .. }) => Some((path.clone(), *open)),
            _ => None,
        });
        let Some((path, now)) = folder.filter(|(_, now)| open != Some(*now)) else { return false };
        self.closed.update(|closed| {
            if now {
                closed.insert(path);
            } else {
                closed.remove(&path);
            }
        });
        true
    }

    fn toggle(self, place: usize) {
        let ids = self.under(place);
        self.picked.update(|picked| {
            let all = ids.iter().all(|id| picked.contains(id));
            for id in ids {
                if all {
                    picked.remove(&id);
                } else {
                    picked.insert(id);
                }
            }
        });
    }

    /// The template at a place, or all that a folder shows.
    fn under(self, place: usize) -> Vec<String> {
        if let Some(id) = self.id_at(place) {
            return vec![id];
        }
        let depth = |line: &Line| match line {
            Line::Folder { depth, .. } | Line::Template { depth, .. } => *depth,
        };
        let end = self.lines.with_untracked(|lines| {
            let here = lines.get(place).map(depth).unwrap_or_default();
            (place + 1..lines.len()).find(|&at| depth(&lines[at]) <= here).unwrap_or(lines.len())
        });
        (place..end).filter_map(|at| self.id_at(at)).collect()
    }

    fn pick_between(self, from: usize, to: usize) {
        let ids: Vec<String> = (from.min(to)..=from.max(to)).filter_map(|place| self.id_at(place)).collect();
        self.picked.update(|picked| picked.extend(ids));
    }
}

/// What a key does in the list; false = the browser's.
fn key(list: List, event: &ev::KeyboardEvent, page: usize) -> bool {
    let last = list.lines.with_untracked(Vec::len).saturating_sub(1);
    let place = list.active.get_untracked().min(last);
    let held = event.ctrl_key() || event.meta_key();
    let go = |to: usize| {
        if event.shift_key() {
            list.pick_between(place, to.min(last));
        }
        list.active.set(to.min(last));
    };
    match event.key().as_str() {
        _ if event.alt_key() => return false,
        "a" | "A" if held => list.pick_between(0, last),
        _ if held => return false,
        "ArrowDown" => go(place + 1),
        "ArrowUp" if place == 0 && !event.shift_key() => focus("library-search"),
        "ArrowUp" => go(place.saturating_sub(1)),
        "PageDown" => go(place + page),
        "PageUp" => go(place.saturating_sub(page)),
        "Home" => go(0),
        "End" => go(last),
        "ArrowLeft" if !list.fold(place, Some(false)) => {
            let above = list
                .lines
                .with_untracked(|lines| lines[..place].iter().rposition(|line| matches!(line, Line::Folder { .. })));
            list.active.set(above.unwrap_or(place));
        }
        "ArrowRight" => drop(list.fold(place, Some(true))),
        "ArrowLeft" => {}
        "Enter" => list.act_on_active(),
        " " => list.toggle(place),
        "Escape" if list.picked.with_untracked(BTreeSet::is_empty) => return false,
        "Escape" => list.picked.update(BTreeSet::clear),
        // Letters are a search.
        letter if letter.chars().count() == 1 => {
            focus("library-search");
            return false;
        }
        _ => return false,
    }
    true
}

fn row(list: List, place: usize, line: Line) -> AnyView {
    let count = move || list.lines.with(Vec::len);
    let active = move || list.active.get() == place;
    match line {
        Line::Folder { path, depth, count: holds, open } => {
            let name = path
                .rsplit('/')
                .next()
                .filter(|name| !name.is_empty())
                .map_or_else(|| t("library_no_folder"), str::to_owned);
            let press = move |_| {
                list.active.set(place);
                list.fold(place, None);
            };
            view! {
                <div class="library-line folder" role="treeitem" id=format!("library-line-{place}") attr:aria-level=depth + 1
                    aria-expanded=open.to_string() aria-setsize=count aria-posinset=place + 1 aria-selected="false"
                    class:active=active style:top=format!("{}px", place as f64 * ROW)
                    style:padding-inline-start=format!("{}px", 8 + depth * 14) on:click=press>
                    <span class="fold" class:open=open aria-hidden="true">{icon("down")}</span>
                    <span class="grow clip strong">{name}</span>
                    <span class="muted small">{holds}</span>
                </div>
            }
            .into_any()
        }
        Line::Template { index, depth } => {
            let template = list.editor.library.templates.with_untracked(|all| all.get(index).cloned());
            template.map_or_else(|| ().into_any(), |template| template_row(list, place, depth, template))
        }
    }
}

fn template_row(list: List, place: usize, depth: usize, template: Template) -> AnyView {
    let editor = list.editor;
    let count = move || list.lines.with(Vec::len);
    let (id, picked, unsaved, disputed, click) =
        (template.id.clone(), template.id.clone(), template.id.clone(), template.id.clone(), template.id.clone());
    let current = move || (*editor.id.read() == id).then_some("true");
    let selected = move || list.picked.with(|all| all.contains(&picked)).to_string();
    let choose = move |event: ev::MouseEvent| {
        let before = list.active.get_untracked();
        list.active.set(place);
        if event.shift_key() {
            list.pick_between(before, place);
        } else if event.ctrl_key() || event.meta_key() {
            list.toggle(place);
        } else {
            editor.edit(&click);
        }
    };
    let pick = move |event: ev::MouseEvent| {
        event.stop_propagation();
        if event.shift_key() {
            list.pick_between(list.active.get_untracked(), place);
        } else {
            list.toggle(place);
        }
        list.active.set(place);
    };
    let marks = move || {
        let typed = editor.kept.with(|kept| kept.contains_key(&unsaved))
            || (*editor.id.read() == unsaved && editor.dirty.get());
        let open = editor.stored.settings.with(|settings| settings.disputed("template").any(|one| one == disputed));
        let typed = typed.then(|| view! { <span class="chip accent">{t("library_unsaved_mark")}</span> });
        let open = open.then(|| view! { <span class="chip warn">{t("library_disputed_mark")}</span> });
        (typed, open)
    };
    let trigger =
        template.trigger.clone().map(|trigger| view! { <span class="trigger small">{format!(";{trigger}")}</span> });
    let off = template.off.then(|| view! { <span class="chip">{t("library_off_mark")}</span> });
    view! {
        <div class="library-line" role="treeitem" id=format!("library-line-{place}") attr:aria-level=depth + 1
            aria-selected=selected aria-current=current aria-setsize=count aria-posinset=place + 1
            class:active=move || list.active.get() == place style:top=format!("{}px", place as f64 * ROW)
            style:padding-inline-start=format!("{}px", 8 + depth.saturating_sub(1) * 14) on:click=choose>
            <span class="tick" aria-hidden="true" on:click=pick>{icon("check")}</span>
            <span class="grow clip">{template.title}</span>
            {marks}
            {off}
            {trigger}
            <span class="muted small">{template.language.to_uppercase()}</span>
        </div>
    }
    .into_any()
}
