//! A list of templates to search, and an editor with a preview that follows what is typed.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::Library;
use crate::protocol::{PageMessage, PageRequest, Preview};
use crate::ui::edit::{set_text, text};
use crate::ui::icons::icon;
use crate::ui::marked::parts;
use crate::ui::shell::{Page, focus, random_id};
use crate::ui::words::{lang, t};

/// Variables that people use most; each is put in at the caret.
const VARIABLES: [(&str, &str); 4] = [
    ("author.first_name", "options_variable_first_name"),
    ("author.handle", "options_variable_handle"),
    ("brand.name", "options_variable_brand"),
    ("me.first_name", "options_variable_me"),
];

/// The editor's state.
#[derive(Clone, Copy)]
struct Editor {
    page: Page,
    /// What is edited; `Null` = nothing.
    draft: RwSignal<Value>,
    /// It differs from what is stored.
    dirty: RwSignal<bool>,
    missing_name: RwSignal<bool>,
    preview: RwSignal<Preview>,
    /// Counts questions for a preview: only the last one's answer is shown.
    asked: StoredValue<u32>,
}

/// The section.
pub fn view(library: Library) -> AnyView {
    let page = library.page;
    let words = RwSignal::new(String::new());
    let editor = Editor {
        page,
        draft: RwSignal::new(Value::Null),
        dirty: RwSignal::new(false),
        missing_name: RwSignal::new(false),
        preview: RwSignal::default(),
        asked: StoredValue::new(0),
    };
    let chosen = Memo::new(move |_| editor.draft.with(|draft| text(draft, "id").to_owned()));
    let all = Memo::new(move |_| {
        library.templates.with(|all| all.iter().filter_map(|one| serde_json::to_value(one).ok()).collect::<Vec<_>>())
    });
    let rows = move || {
        let words = words.get().to_lowercase();
        let fits = |template: &Value| {
            let hay =
                ["title", "trigger", "folder", "body"].map(|field| text(template, field)).join(" ").to_lowercase();
            words.split_whitespace().all(|word| hay.contains(word))
        };
        let fitting: Vec<_> = all.get().into_iter().filter(|template| fits(template)).collect();
        if fitting.is_empty() {
            return view! { <li class="muted empty">{t("options_templates_none")}</li> }.into_any();
        }
        fitting.into_iter().map(|template| row(editor, template, chosen)).collect::<Vec<_>>().into_any()
    };
    let new = move |_| {
        let draft = json!({
            "id": random_id(), "title": "", "folder": "", "tags": [], "language": lang().tag(), "kind": "evergreen", "body": ""
        });
        editor.edit(draft);
        request_animation_frame(|| focus("template-title"));
    };
    view! {
        <div class="library">
            <section class="card stack" aria-label=t("options_templates")>
                <div class="row">
                    <input class="input" type="search" aria-label=t("options_templates_search") placeholder=t("options_templates_search")
                        prop:value=words on:input=move |event| words.set(event_target_value(&event)) />
                    <button class="button" on:click=new>{icon("plus")}{t("options_template_new")}</button>
                </div>
                <ul class="library-list">{rows}</ul>
            </section>
            <section class="card stack" aria-label=t("options_template_edit")>
                {move || if chosen.read().is_empty() { nothing() } else { fields(editor) }}
            </section>
        </div>
    }
    .into_any()
}

impl Editor {
    fn edit(self, template: Value) {
        self.draft.set(template);
        self.dirty.set(false);
        self.ask();
    }

    fn set(self, field: &'static str, value: &str, optional: bool) {
        self.draft.update(|draft| set_text(draft, field, value, optional));
        self.dirty.set(true);
        if matches!(field, "body" | "language") {
            self.ask();
        }
    }

    /// Asks for a preview of what is typed now.
    fn ask(self) {
        let number = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(number);
        let (body, language) =
            self.draft.with_untracked(|draft| (text(draft, "body").to_owned(), text(draft, "language").to_owned()));
        let request = PageRequest::Preview { body, language, missing_name: self.missing_name.get_untracked() };
        self.page.send(request, move |answer| {
            if let PageMessage::Previewed { preview } = answer
                && self.asked.get_value() == number
            {
                self.preview.set(preview);
            }
        });
    }

    fn save(self) {
        let value = self.draft.get_untracked();
        let id = text(&value, "id").to_owned();
        self.dirty.set(false);
        self.page.send(PageRequest::Put { item: "template".to_owned(), id, value }, |_| {});
    }

    fn remove(self) {
        let id = self.draft.with_untracked(|draft| text(draft, "id").to_owned());
        self.draft.set(Value::Null);
        self.dirty.set(false);
        self.page.send(PageRequest::Remove { item: "template".to_owned(), id }, |_| {});
    }
}

fn row(editor: Editor, template: Value, chosen: Memo<String>) -> AnyView {
    let id = text(&template, "id").to_owned();
    let (title, folder) = (text(&template, "title").to_owned(), text(&template, "folder").to_owned());
    let trigger = Some(text(&template, "trigger").to_owned()).filter(|trigger| !trigger.is_empty());
    let language = text(&template, "language").to_uppercase();
    let current = move || (*chosen.read() == id).then_some("true");
    view! {
        <li>
            <button class="library-row" aria-current=current on:click=move |_| editor.edit(template.clone())>
                <span class="strong clip">{title}</span>
                <span class="muted small row">
                    {trigger.map(|trigger| view! { <span class="trigger">{format!(";{trigger}")}</span> })}
                    <span class="grow clip">{folder}</span>
                    <span>{language}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! { <div class="empty">{icon("reply")}<p>{t("options_template_choose")}</p></div> }.into_any()
}

fn fields(editor: Editor) -> AnyView {
    let field = move |name: &'static str, label: &'static str, optional: bool| {
        let id = format!("template-{name}");
        view! {
            <label class="field">
                <span class="label">{t(label)}</span>
                <input class="input" type="text" id=id autocomplete="off"
                    prop:value=move || editor.draft.with(|draft| text(draft, name).to_owned())
                    on:input=move |event| editor.set(name, &event_target_value(&event), optional) />
            </label>
        }
    };
    let body = NodeRef::<leptos::html::Textarea>::new();
    let blank = move || {
        editor.draft.with(|draft| text(draft, "title").trim().is_empty() || text(draft, "body").trim().is_empty())
    };
    let language = move || editor.draft.with(|draft| text(draft, "language").to_owned());
    view! {
        <div class="pair">
            {field("title", "options_template_title", false)}
            {field("trigger", "options_template_trigger", true)}
            {field("folder", "options_template_folder", false)}
            <label class="field">
                <span class="label">{t("options_template_language")}</span>
                <select class="input" prop:value=language on:change=move |event| editor.set("language", &event_target_value(&event), false)>
                    <option value="en" selected=language() == "en">"English"</option>
                    <option value="es" selected=language() == "es">"Español"</option>
                </select>
            </label>
        </div>
        <div class="field">
            <label class="label" for="template-body">{t("options_template_body")}</label>
            <textarea class="input" id="template-body" rows="7" node_ref=body
                prop:value=move || editor.draft.with(|draft| text(draft, "body").to_owned())
                on:input=move |event| editor.set("body", &event_target_value(&event), false)></textarea>
            {variables(editor, body)}
        </div>
        {preview(editor)}
        <div class="row">
            <button class="button primary" disabled=move || blank() || !editor.dirty.get() on:click=move |_| editor.save()>
                {t("options_template_save")}
            </button>
            <button class="button danger" on:click=move |_| editor.remove()>{icon("trash")}{t("options_template_remove")}</button>
        </div>
    }
    .into_any()
}

fn variables(editor: Editor, body: NodeRef<leptos::html::Textarea>) -> AnyView {
    let buttons: Vec<_> = VARIABLES
        .iter()
        .map(|&(name, label)| {
            let put = move |_| {
                let Some(area) = body.get_untracked() else { return };
                // The browser's own positions; a textarea always has both.
                let (start, end) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
                let (Some(start), Some(end)) = (start, end) else { return };
                if area.set_range_text_with_start_and_end(&format!("{{{{ {name} }}}}"), start, end).is_ok() {
                    editor.set("body", &area.value(), false);
                    let _ = area.focus();
                }
            };
            view! { <button class="button small" type="button" on:click=put>{t(label)}</button> }
        })
        .collect();
    view! {
        <div class="row wrap" role="group" aria-label=t("options_variables")>
            <span class="muted small">{t("options_variables")}</span>
            {buttons}
        </div>
    }
    .into_any()
}

fn preview(editor: Editor) -> AnyView {
    let missing = move |event| {
        editor.missing_name.set(event_target_checked(&event));
        editor.ask();
    };
    let shown = move || {
        let preview = editor.preview.get();
        if let Some(error) = preview.error {
            return view! { <p class="notice bad">{error}</p> }.into_any();
        }
        let text: Vec<_> = parts(&preview.text, preview.unresolved.iter().map(|hole| hole.span))
            .into_iter()
            .map(|part| if part.marked { view! { <mark>{part.text}</mark> }.into_any() } else { part.text.into_any() })
            .collect();
        // What a form asks for is filled in later.
        let warning = (preview.unresolved.iter().any(|hole| !hole.name.starts_with("form.")))
            .then(|| view! { <p class="small warning">{icon("alert")}" "{t("options_preview_missing")}</p> });
        view! { <p class="quote">{text}</p> {warning} }.into_any()
    };
    view! {
        <div class="preview">
            <div class="row spread">
                <h2>{t("options_preview")}</h2>
                <label class="switch small">
                    <input type="checkbox" role="switch" prop:checked=editor.missing_name on:change=missing />
                    <span>{t("options_preview_name")}</span>
                </label>
            </div>
            <div aria-live="polite">{shown}</div>
        </div>
    }
    .into_any()
}
