//! Pieces that the sections share: a text field, a list of names, an "Advanced" part.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::ui::edit::add_name;
use crate::ui::icons::icon;
use crate::ui::settings::edit;
use crate::ui::shell::{Page, focus};
use crate::ui::words::t;
use crate::workspace::Workspace;

/// A part of the workspace that follows the state.
pub fn part<T: Clone + PartialEq + Send + Sync + 'static>(page: Page, read: fn(&Workspace) -> T) -> Memo<T> {
    Memo::new(move |_| page.state.with(|state| read(&state.workspace)))
}

/// A text field that is written when it is left.
pub fn text_field(
    id: &'static str,
    label: &'static str,
    help: Option<&'static str>,
    value: Memo<String>,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let help_id = format!("{id}-help");
    let described = help.map(|_| help_id.clone());
    view! {
        <div class="field">
            <label class="label" for=id>{t(label)}</label>
            <input class="input" id=id type="text" autocomplete="off" aria-describedby=described prop:value=value
                on:change=move |event| write(event_target_value(&event).trim().to_owned()) />
            {help.map(|help| view! { <p class="help" id=help_id>{t(help)}</p> })}
        </div>
    }
    .into_any()
}

/// A list of names in the workspace with a field to add one.
pub fn names(
    page: Page,
    id: &'static str,
    label: &'static str,
    help: &'static str,
    list: fn(&mut Workspace) -> &mut Vec<String>,
) -> AnyView {
    let all = Memo::new(move |_| page.state.with(|state| list(&mut state.workspace.clone()).clone()));
    let change = Callback::new(move |(name, on): (String, bool)| {
        edit(page, |workspace| {
            let names = list(workspace);
            if on {
                // A name that is there already changes nothing.
                add_name(names, &name);
            } else {
                names.retain(|one| *one != name);
            }
        });
    });
    chips(id, label, help, all, change)
}

/// A list of names with a field to add one; `change` adds the name it gets, or takes it away.
pub fn chips(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    all: Memo<Vec<String>>,
    change: Callback<(String, bool)>,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        change.run((typed.get_untracked(), true));
        typed.set(String::new());
    };
    let chips = move || {
        let chips = all.get().into_iter().map(|name| {
            let gone = name.clone();
            let remove = move |_| {
                change.run((gone.clone(), false));
                request_animation_frame(move || focus(id));
            };
            let label = format!("{}: {name}", t("options_remove"));
            view! {
                <li class="name-chip">
                    <span>{name}</span>
                    <button class="button quiet icon-only" type="button" aria-label=label on:click=remove>{icon("close")}</button>
                </li>
            }
        });
        chips.collect::<Vec<_>>()
    };
    view! {
        <form class="field" on:submit=add>
            <label class="label" for=id>{t(label)}</label>
            <p class="help" id=format!("{id}-help")>{t(help)}</p>
            <ul class="name-chips">{chips}</ul>
            <div class="row add">
                <input class="input" id=id type="text" autocomplete="off" aria-describedby=format!("{id}-help") prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
                <button class="button" type="submit">{icon("plus")}{t("options_add")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A button. One view for all of them: each of its own kind would weigh a kilobyte or two.
#[derive(Default)]
pub struct Button {
    /// Classes beside `button`.
    pub class: &'static str,
    /// Icon; empty = none.
    pub icon: &'static str,
    /// Its words.
    pub text: String,
    /// Its name for screen readers, where the words do not say enough.
    pub label: Option<String>,
    /// Id; empty = none.
    pub id: &'static str,
}

impl Button {
    /// A button with these words.
    pub fn new(class: &'static str, icon: &'static str, text: &str) -> Self {
        Self { class, icon, text: t(text), ..Self::default() }
    }

    /// The button, doing `press`.
    pub fn on(self, press: impl Fn() + 'static) -> AnyView {
        self.view(Box::new(press))
    }

    fn view(self, press: Box<dyn Fn()>) -> AnyView {
        let Self { class, icon: drawing, text, label, id } = self;
        let drawing = (!drawing.is_empty()).then(|| icon(drawing));
        view! {
            <button class=format!("button {class}") type="button" id=(!id.is_empty()).then_some(id) aria-label=label
                on:click=move |_| press()>{drawing}{text}</button>
        }
        .into_any()
    }
}

/// What few people need, folded away.
pub fn advanced(content: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="advanced">
            <summary>{t("options_advanced")}</summary>
            <div class="stack">{content}</div>
        </details>
    }
    .into_any()
}
