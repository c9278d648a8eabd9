//! Definitions as files: exported for people to keep and share, imported with everything that is wrong said in words.

use leptos::prelude::*;
use serde_json::Value;

use super::wizard::Wizard;
use crate::message::Msg;
use crate::protocol::{Failure, PageMessage, PageRequest};
use crate::site::toml_text;
use crate::ui::edit::text;
use crate::ui::file;
use crate::ui::options::pieces::Button;
use crate::ui::shell::Page;
use crate::ui::words::{say, t};

/// How a definition is written.
#[derive(Clone, Copy)]
pub enum Format {
    /// For people, and for the command line's tree of definitions.
    Toml,
    /// For another Rejoinder to import.
    Json,
}

impl Format {
    /// Its name, which is the file's ending too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

/// Hands a definition to the browser as a file.
pub fn export(page: Page, definition: &Value, format: Format) {
    let name = format!("{}.{}", text(definition, "id"), format.name().to_ascii_lowercase());
    let source = match format {
        Format::Toml => toml_text::write(definition),
        Format::Json => definition.to_string(),
    };
    match file::download(&name, "text/plain", &source) {
        Ok(()) => page.announce(say(&Msg::new("sites_exported").with("file", name))),
        Err(_) => page.fail(t("sites_not_exported")),
    }
}

/// The button that takes a file in.
pub fn import(wizard: Wizard) -> AnyView {
    let chooser = NodeRef::<leptos::html::Input>::new();
    let choose = move || {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        leptos::task::spawn_local(async move {
            let Some((name, source)) = file::chosen(event).await else { return };
            match take(wizard.page, &source).await {
                Ok(()) => {
                    wizard.problems.set(None);
                    wizard.page.announce(t("options_saved"));
                }
                Err(problems) => wizard.problems.set(Some((name, problems))),
            }
        });
    };
    view! {
        {Button { id: "site-import", ..Button::new("", "upload", "sites_import") }.on(choose)}
        <input type="file" hidden accept=".json,application/json" aria-label=t("sites_import") node_ref=chooser on:change=chosen />
    }
    .into_any()
}

/// What is wrong with the file chosen last.
pub fn problems(wizard: Wizard) -> Option<AnyView> {
    let (name, problems) = wizard.problems.get()?;
    let lines: Vec<_> = problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect();
    let view = view! {
        <div class="notice bad" role="alert" id="site-problems">
            <div class="grow"><p>{say(&Msg::new("sites_not_imported").with("file", name))}</p><ul class="small">{lines}</ul></div>
            {Button::new("quiet small", "", "page_dismiss").on(move || wizard.problems.set(None))}
        </div>
    };
    Some(view.into_any())
}

/// Reads, checks and keeps a definition; else everything that is wrong with it.
async fn take(page: Page, source: &str) -> Result<(), Vec<String>> {
    let value: Value = serde_json::from_str(source)
        .map_err(|error| vec![say(&Msg::new("error_definition_syntax").with("detail", error))])?;
    let asked = PageRequest::Try { definition: value.clone(), url: String::new(), posts: Value::Null };
    match page.ask(asked).await {
        Some(PageMessage::Tried { faults, .. }) if faults.is_empty() => {}
        Some(PageMessage::Tried { faults, .. }) => return Err(faults.iter().map(fault).collect()),
        _ => return Err(Vec::new()),
    }
    let id = text(&value, "id").to_owned();
    match page.ask(PageRequest::Put { item: "definition".to_owned(), id, value }).await {
        Some(_) => Ok(()),
        None => Err(Vec::new()),
    }
}

/// A fault with the field it is about.
pub fn fault(fault: &Failure) -> String {
    if fault.code.is_empty() { fault.text.clone() } else { format!("{}: {}", fault.code, fault.text) }
}
