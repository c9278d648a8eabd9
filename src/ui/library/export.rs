//! Handing the library out as a file: what of it, in which format, and what that format cannot carry, told beforehand.

use js_sys::Date;
use leptos::prelude::*;

use super::{Library, format_name};
use crate::message::Msg;
use crate::template::Template;
use crate::template::exchange::{self, Exported, Format};
use crate::ui::file::download;
use crate::ui::icons::icon;
use crate::ui::words::{say, t};

/// Notes that are listed; the rest is counted.
const LISTED: usize = 50;

/// Ending and media type of a format's files.
fn kind(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Espanso => ("yml", "application/yaml"),
        Format::Csv => ("csv", "text/csv;charset=utf-8"),
        _ => ("json", "application/json"),
    }
}

/// The part that is chosen: everything, `folder:…` or `language:…`.
fn fits(part: &str, template: &Template) -> bool {
    match part.split_once(':') {
        Some(("folder", folder)) => template.folder == folder,
        Some(("language", language)) => template.fits_language(language),
        _ => true,
    }
}

/// The section.
pub fn view(library: Library) -> AnyView {
    let format = RwSignal::new(Format::Rejoinder);
    let part = RwSignal::new(String::new());
    // What the format could not carry, once it was asked for.
    let told = RwSignal::new(None::<(String, Vec<String>, usize)>);
    let chosen = move || -> Vec<Template> {
        library.templates.with_untracked(|all| {
            part.with_untracked(|part| all.iter().filter(|one| fits(part, one)).cloned().collect())
        })
    };
    let save = move |text: &str, count: usize| {
        let (ending, media) = kind(format.get_untracked());
        let now: String = Date::new_0().to_iso_string().into();
        let day = now.split('T').next().unwrap_or_default();
        let name = format!("rejoinder-templates-{day}.{ending}");
        match download(&name, media, text) {
            Ok(()) => {
                let words = say(&Msg::new("library_exported").with("count", count).with("file", name));
                library.page.announce(words.clone());
                told.set(Some((words, Vec::new(), 0)));
            }
            Err(_) => library.page.fail(t("library_not_exported")),
        }
    };
    let written = move || exchange::export(format.get_untracked(), &chosen());
    // Without anything lost it is saved at once; else a person reads what would be, and saves then.
    let ask = move |_| {
        let Some(Exported { text, notes }) = written() else { return };
        if notes.is_empty() {
            return save(&text, chosen().len());
        }
        let words = say(&Msg::new("library_loses").with("count", notes.len()));
        let line = |note: &exchange::Note| match note.template.as_str() {
            "" => say(&note.msg),
            title => format!("{title}: {}", say(&note.msg)),
        };
        told.set(Some((words, notes.iter().take(LISTED).map(line).collect(), notes.len())));
    };
    let go = move |_| {
        if let Some(Exported { text, .. }) = written() {
            save(&text, chosen().len());
        }
    };
    let result = move || {
        let (words, lines, count) = told.get()?;
        let rest = count.saturating_sub(lines.len());
        let rest = (rest > 0).then(|| view! { <li>{say(&Msg::new("library_more_count").with("count", rest))}</li> });
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
        let button = (count > 0).then(|| {
            view! { <button class="button primary" id="export-go" on:click=go>{icon("download")}{t("library_export_anyway")}</button> }
        });
        let tone = if count > 0 { "notice warn" } else { "notice" };
        let view = view! {
            <div class=tone id="export-told" role="status">
                <div class="stack tight grow"><p>{words}</p><ul class="small notes">{lines}{rest}</ul>{button}</div>
            </div>
        };
        Some(view)
    };
    let formats: Vec<_> = Format::WRITTEN
        .into_iter()
        .map(|format| view! { <option value=format.id()>{format_name(format)}</option> })
        .collect();
    let parts = move || {
        let (mut folders, mut languages) = (Vec::new(), Vec::new());
        library.templates.with(|all| {
            for one in all {
                folders.push(one.folder.clone());
                languages.push(one.language.split(['-', '_']).next().unwrap_or_default().to_owned());
            }
        });
        let options = |mut all: Vec<String>, kind: &'static str| {
            all.retain(|one| !one.is_empty());
            all.sort_unstable();
            all.dedup();
            all.into_iter()
                .map(|one| view! { <option value=format!("{kind}:{one}")>{one.clone()}</option> })
                .collect::<Vec<_>>()
        };
        view! {
            <option value="">{t("library_export_all")}</option>
            <optgroup label=t("library_folder")>{options(folders, "folder")}</optgroup>
            <optgroup label=t("library_language")>{options(languages, "language")}</optgroup>
        }
    };
    let set_format = move |event| {
        format.set(Format::named(&event_target_value(&event)).unwrap_or(Format::Rejoinder));
        told.set(None);
    };
    let set_part = move |event| {
        part.set(event_target_value(&event));
        told.set(None);
    };
    view! {
        <section class="card stack exchange" aria-labelledby="export-title">
            <h2 id="export-title">{t("library_export")}</h2>
            <div class="row wrap">
                <label class="row"><span>{t("library_format")}</span>
                    <select class="input" id="export-format" on:change=set_format>{formats}</select>
                </label>
                <label class="row"><span>{t("library_export_what")}</span>
                    <select class="input" id="export-part" on:change=set_part>{parts}</select>
                </label>
                <button class="button" id="export-save" disabled=move || !library.complete.get() on:click=ask>{icon("download")}{t("library_export")}</button>
            </div>
            {result}
        </section>
    }
    .into_any()
}
