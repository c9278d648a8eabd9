//! The template picker: words typed, what they found, what is stacked, and all that will go in filled for this author.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Frame;
use crate::message::Msg;
use crate::protocol::{OverlayRequest, OverlayView, PickerItem, Preview};
use crate::ui::icons::icon;
use crate::ui::marked::parts;
use crate::ui::words::{say, t};

/// The picker's part of what is shown.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    query: String,
    remembered: bool,
    items: Vec<PickerItem>,
    chosen: u32,
    stack: Vec<String>,
    preview: Option<Preview>,
    note: Option<Msg>,
}

/// The picker; follows `frame.shown`.
pub fn view(frame: Frame) -> AnyView {
    let shown = Memo::new(move |last: Option<&Shown>| {
        frame.shown.with(|view| match view.clone() {
            OverlayView::Picker { query, remembered, items, chosen, stack, preview, note } => {
                Shown { query, remembered, items, chosen, stack, preview, note }
            }
            _ => last.cloned().unwrap_or_default(),
        })
    });
    let chosen = Memo::new(move |_| shown.with(|shown| shown.chosen));
    Effect::new(move |_| {
        let id = option_id(chosen.get());
        request_animation_frame(move || reveal(&id));
    });
    Effect::new(move |last: Option<usize>| {
        let count = shown.with(|shown| shown.items.len());
        if last != Some(count) {
            frame.announce(say(&Msg::new("picker_count").with("count", count)));
        }
        count
    });
    view! {
        <div class="picker">
            <h1 class="hidden-visually">{t("picker_list")}</h1>
            {search(frame, shown)}
            <div class="picker-main">
                <ul class="picker-list" id="picker-list" role="listbox" aria-label=t("picker_list") tabindex="-1">
                    {move || items(frame, &shown.read().items, chosen)}
                </ul>
                <section class="picker-preview" aria-label=t("picker_preview") tabindex="0">
                    {move || chips(frame, &shown.read().stack)}
                    {move || preview(&shown.read())}
                </section>
            </div>
            <div class="hints" aria-hidden="true">
                <span><kbd>"↑"</kbd>" "<kbd>"↓"</kbd>" "{t("picker_hint_move")}</span>
                <span><kbd>"Enter"</kbd>" "{t("picker_hint_insert")}</span>
                <span><kbd>"Shift+Enter"</kbd>" "{t("picker_hint_stack")}</span>
                <span><kbd>"Alt+↑"</kbd>" "{t("picker_hint_star")}</span>
                <span><kbd>"Alt+Enter"</kbd>" "{t("picker_hint_copy")}</span>
                <span><kbd>"Esc"</kbd>" "{t("picker_hint_close")}</span>
            </div>
        </div>
    }
    .into_any()
}

fn search(frame: Frame, shown: Memo<Shown>) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    // While the person types here, an older answer must not overwrite newer words.
    Effect::new(move |_| {
        let query = shown.with(|shown| shown.query.clone());
        let Some(field) = field.get() else { return };
        let typing = document().active_element().is_some_and(|element| element.is_same_node(Some(&field)));
        if !typing || query.is_empty() {
            field.set_value(&query);
        }
    });
    let typed = move |event| frame.tell(OverlayRequest::Query { text: event_target_value(&event) });
    // With nothing left to take back here, it takes the last one off the stack.
    let back = move |event: leptos::ev::KeyboardEvent| {
        let is_empty = field.get_untracked().is_some_and(|field| field.value().is_empty());
        if event.is_trusted() && event.key() == "Backspace" && is_empty && !event.repeat() && !event.is_composing() {
            frame.tell(OverlayRequest::Key { key: "Backspace".to_owned() });
        }
    };
    // Whoever comes to remembered words with the mouse replaces them by typing, too.
    let select = move |_| {
        if let Some(field) = field.get_untracked().filter(|_| shown.with_untracked(|shown| shown.remembered)) {
            request_animation_frame(move || field.select());
        }
    };
    let option = move |shown: &Shown| ((shown.chosen as usize) < shown.items.len()).then(|| option_id(shown.chosen));
    view! {
        <div class="picker-top">
            {icon("search")}
            <input class="input" type="text" role="combobox" aria-expanded="true" aria-autocomplete="list"
                aria-controls="picker-list" aria-label=t("picker_search") placeholder=t("picker_search")
                aria-activedescendant=move || shown.with(option) class:remembered=move || shown.with(|shown| shown.remembered)
                autocomplete="off" spellcheck="false" node_ref=field on:input=typed on:keydown=back on:mouseup=select />
            <span class="small">
                {move || say(&Msg::new("picker_count").with("count", shown.with(|shown| shown.items.len())))}
            </span>
        </div>
    }
}

fn items(frame: Frame, items: &[PickerItem], chosen: Memo<u32>) -> AnyView {
    if items.is_empty() {
        return view! {
            <li class="empty" role="option" aria-disabled="true" aria-selected="false">{t("picker_empty")}</li>
        }
        .into_any();
    }
    let rows: Vec<_> = items.iter().cloned().zip(0u32..).map(|(item, index)| row(frame, item, index, chosen)).collect();
    rows.into_any()
}

/// What a person's click asks for; it is not the row's as well.
fn press(frame: Frame, request: OverlayRequest) -> impl Fn(leptos::ev::MouseEvent) + 'static {
    move |event| {
        event.stop_propagation();
        if event.is_trusted() {
            frame.tell(request.clone());
        }
    }
}

/// The press must not move the focus out of the composer.
fn keep_focus(event: leptos::ev::MouseEvent) {
    event.prevent_default();
}

/// What is stacked, in its order; a click takes one off.
fn chips(frame: Frame, stack: &[String]) -> AnyView {
    if stack.is_empty() {
        return ().into_any();
    }
    let chip = |(title, index): (&String, u32)| {
        let label = say(&Msg::new("picker_unstack").with("title", title));
        view! {
            <li>
                <button class="chip" tabindex="-1" aria-label=label on:mousedown=keep_focus
                    on:click=press(frame, OverlayRequest::Unstack { index })>
                    <span class="clip">{title.clone()}</span>
                    {icon("close")}
                </button>
            </li>
        }
    };
    let chips: Vec<_> = stack.iter().zip(0u32..).map(chip).collect();
    view! { <ol class="stacked" aria-label=t("picker_stack")>{chips}</ol> }.into_any()
}

fn row(frame: Frame, item: PickerItem, index: u32, chosen: Memo<u32>) -> AnyView {
    let language = item.language.to_uppercase();
    let is_suggested = item.why.is_some();
    let is_starred = item.starred.then(|| view! { <span class="hidden-visually">{t("picker_starred")}</span> });
    // The star and the plus are for the mouse: an option holds nothing that takes focus, and both have a key.
    view! {
        <li id=option_id(index) role="option" aria-selected=move || (chosen.get() == index).to_string()
            on:mousedown=keep_focus on:click=press(frame, OverlayRequest::Choose { index })>
            <span class="title-line">
                <span class="title clip">{item.title}</span>
                {is_starred}
                <span class="act star" class:on=item.starred aria-hidden="true" title=t("picker_star")
                    on:click=press(frame, OverlayRequest::Star { index })>{icon("star")}</span>
                <span class="act plus" aria-hidden="true" title=t("picker_plus")
                    on:click=press(frame, OverlayRequest::Stack { index })>{icon("plus")}</span>
            </span>
            <span class="about">
                {item.trigger.map(|trigger| view! { <span class="trigger">{format!(";{trigger}")}</span> })}
                <span class="clip grow" class:why=is_suggested>{item.why.map_or(item.folder, |why| say(&why))}</span>
                <span class="language">{language}</span>
            </span>
        </li>
    }
    .into_any()
}

fn preview(shown: &Shown) -> AnyView {
    let note = shown.note.as_ref().map(|note| view! { <p class="muted small">{say(note)}</p> });
    let Some(preview) = &shown.preview else {
        let hint = shown.items.is_empty().then(|| view! { <p class="muted">{t("picker_empty_hint")}</p> });
        return view! { {hint} {note} }.into_any();
    };
    view! { {text_of(preview)} {note} }.into_any()
}

/// A template's text as it will read, with what is wrong with it.
pub fn text_of(preview: &Preview) -> AnyView {
    if let Some(error) = preview.error.clone() {
        return view! { <p class="notice bad">{error}</p> }.into_any();
    }
    // What the form asks for is not missing yet.
    let names = preview.unresolved.iter().map(|hole| hole.name.clone()).filter(|name| !name.starts_with("form."));
    let names: Vec<_> = names.collect();
    let missing = (!names.is_empty()).then(|| {
        let words = say(&Msg::new("picker_unresolved").with("names", names.join(", ")));
        view! { <p class="notice warn small">{words}</p> }
    });
    let over = preview.over.map(|over| {
        view! { <p class="notice warn small">{say(&Msg::new("picker_over").with("count", over))}</p> }
    });
    let text = parts(&preview.text, preview.unresolved.iter().map(|hole| hole.span))
        .into_iter()
        .map(|part| if part.marked { view! { <mark>{part.text}</mark> }.into_any() } else { part.text.into_any() })
        .collect::<Vec<_>>();
    view! {
        {missing}
        {over}
        <p class="quote">{text}</p>
    }
    .into_any()
}

fn option_id(index: u32) -> String {
    format!("picker-{index}")
}

/// Scrolls the list, and nothing else, so far that the option is seen.
fn reveal(id: &str) {
    let element = |id: &str| document().get_element_by_id(id)?.dyn_into::<HtmlElement>().ok();
    let (Some(option), Some(list)) = (element(id), element("picker-list")) else { return };
    let (top, height) = (option.offset_top() - list.offset_top(), option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + height > list.scroll_top() + list.client_height() {
        list.set_scroll_top(top + height - list.client_height());
    }
}
