//! Controls of the page's editors, most of them for one field of the open template.

use leptos::prelude::*;

use super::state::Editor;
use crate::template::Template;
use crate::ui::shell::Page;
use crate::ui::words::t;

/// A line of text.
pub fn line(
    editor: Editor,
    id: &'static str,
    label: &'static str,
    read: fn(&Template) -> String,
    write: fn(&mut Template, String),
) -> AnyView {
    suggested(editor, id, label, None, read, write)
}

/// A line of text with suggestions: the id of a `datalist`.
pub fn suggested(
    editor: Editor,
    id: &'static str,
    label: &'static str,
    list: Option<&'static str>,
    read: fn(&Template) -> String,
    write: fn(&mut Template, String),
) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{t(label)}</span>
            <input class="input" type="text" id=id autocomplete="off" list=list prop:value=move || editor.draft.with(read)
                on:input=move |event| editor.draft.update(|draft| write(draft, event_target_value(&event))) />
        </label>
    }
    .into_any()
}

/// A list of words, with commas between them. What is typed stays as it is typed.
pub fn words(
    label: String,
    id: String,
    datalist: Option<&'static str>,
    read: impl Fn() -> Vec<String> + Send + Sync + 'static,
    write: impl Fn(Vec<String>) + 'static,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        let now = read();
        if split(&typed.get_untracked()) != now {
            typed.set(now.join(", "));
        }
    });
    let change = move |event| {
        typed.set(event_target_value(&event));
        write(split(&typed.get_untracked()));
    };
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" type="text" id=id autocomplete="off" list=datalist prop:value=typed on:input=change />
        </label>
    }
    .into_any()
}

fn split(typed: &str) -> Vec<String> {
    typed.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// One of several: value and words each.
pub fn choice(
    id: String,
    label: String,
    options: Vec<(String, String)>,
    read: impl Fn() -> String + Copy + Send + Sync + 'static,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words)| {
            let mine = value.clone();
            view! { <option value=value selected=move || read() == mine>{words}</option> }
        })
        .collect();
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select class="input" id=id prop:value=read on:change=move |event| write(event_target_value(&event))>{options}</select>
        </label>
    }
    .into_any()
}

/// A box for each network; `write` gets the ids of those that are ticked then.
pub fn networks(
    page: Page,
    read: impl Fn() -> Vec<String> + Copy + Send + Sync + 'static,
    write: impl Fn(Vec<String>) + Copy + 'static,
) -> Vec<AnyView> {
    let row = |(network, name): (String, String)| {
        let mine = network.clone();
        let chosen = move || read().contains(&mine);
        let change = move |event| {
            let mut on = read();
            on.retain(|one| *one != network);
            if event_target_checked(&event) {
                on.push(network.clone());
            }
            write(on);
        };
        view! { <label class="tickbox"><input type="checkbox" prop:checked=chosen on:change=change />{name}</label> }
            .into_any()
    };
    page.networks().into_iter().map(row).collect()
}

/// On or off.
pub fn switch(
    id: String,
    label: String,
    read: impl Fn() -> bool + Copy + Send + Sync + 'static,
    write: impl Fn(bool) + 'static,
) -> AnyView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" id=id prop:checked=read on:change=move |event| write(event_target_checked(&event)) />
            <span>{label}</span>
        </label>
    }
    .into_any()
}
