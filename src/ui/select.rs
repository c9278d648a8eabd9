//! A list to choose one value from: one piece of code for all of them, since each list that is written out weighs a
//! kilobyte of the download.

use leptos::prelude::*;

/// A list: `label` is said to who does not see it (empty where a label stands around it), `options` are values with their
/// words, `now` is the value that is chosen. `marks`: a value that is not empty narrows what is shown, and looks so.
pub struct Select {
    /// Words for who does not see the list.
    pub label: String,
    /// Id of the element; empty = none.
    pub id: &'static str,
    /// Values with their words.
    pub options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    pub now: Signal<String>,
    /// A value that is not empty is marked.
    pub marks: bool,
}

impl Select {
    /// The element; `set` hears the value that a person chose.
    pub fn view(self, set: Callback<String>) -> AnyView {
        let Self { label, id, options, now, marks } = self;
        let label = Some(label).filter(|label| !label.is_empty());
        let id = Some(id).filter(|id| !id.is_empty());
        let list = move || {
            let chosen = now.get();
            let option = |(value, words): (String, String)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{words}</option> }
            };
            options.get().into_iter().map(option).collect::<Vec<_>>()
        };
        let is_set = move || marks && now.with(|now| !now.is_empty());
        let choose = move |event| set.run(event_target_value(&event));
        view! { <select class="input" class:set=is_set id=id aria-label=label prop:value=now on:change=choose>{list}</select> }
            .into_any()
    }

    /// The same under words that everybody sees.
    pub fn field(self, words: String, set: Callback<String>) -> AnyView {
        view! { <label class="field"><span class="label">{words}</span>{self.view(set)}</label> }.into_any()
    }
}
