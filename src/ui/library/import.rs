//! Taking in a file of templates: chosen, dropped or pasted, looked at first, then stored as far as it stays ticked.

use std::collections::{HashMap, HashSet};

use js_sys::{ArrayBuffer, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, HtmlInputElement};

use super::convert::{self, Read, Refusal};
use super::put::{Putting, Stored};
use super::{Library, format_name, report};
use crate::message::Msg;
use crate::template::Template;
use crate::template::exchange::{Format, ImportError, Row, What};
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};

/// A file of so many bytes takes long enough to say so.
const LARGE: f64 = 3_000_000.0;

/// Where the section is.
#[derive(Clone, PartialEq)]
pub enum Stage {
    /// Waiting for a file.
    Empty,
    /// A file is being read; with its size when it is large.
    Reading(String, Option<f64>),
    /// A file could not be read.
    Refused(String),
    /// What a file would change is shown.
    Checked,
    /// It is being stored, or taken back.
    Storing,
    /// It is stored: so many were added, so many updated.
    Done(usize, usize),
    /// Nothing was stored, or it was taken back; in words.
    Back(String),
    /// Some are stored that should not be, and how many.
    Stuck(usize),
}

/// The section's state.
#[derive(Clone, Copy)]
pub struct Import {
    library: Library,
    pub stage: RwSignal<Stage>,
    file: StoredValue<Option<convert::File>, LocalStorage>,
    /// Chosen by a person; else what the file looks like.
    format: RwSignal<Option<Format>>,
    pub rows: RwSignal<Vec<Row>>,
    /// Ids of those that are not wanted.
    pub left_out: RwSignal<HashSet<String>>,
    pasted: RwSignal<String>,
    putting: Putting,
}

/// The section.
pub fn view(library: Library) -> AnyView {
    let import = Import {
        library,
        stage: RwSignal::new(Stage::Empty),
        file: StoredValue::new_local(None),
        format: RwSignal::new(None),
        rows: RwSignal::default(),
        left_out: RwSignal::default(),
        pasted: RwSignal::default(),
        putting: Putting::new(),
    };
    // Leaving in the middle would leave a part of it stored.
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if import.stage.get_untracked() == Stage::Storing {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
    view! {
        <section class="card stack exchange" aria-labelledby="import-title">
            <h2 id="import-title">{t("library_import")}</h2>
            {move || match import.stage.get() {
                Stage::Storing => storing(import),
                Stage::Checked => checked(import),
                stage => source(import, stage),
            }}
        </section>
    }
    .into_any()
}

impl Import {
    /// Reads the file again, as the format that is chosen.
    fn read(self) {
        let Some(file) = self.file.get_value() else { return };
        let bytes = f64::from(file.bytes.byte_length());
        self.stage.set(Stage::Reading(file.name.clone(), Some(bytes).filter(|bytes| *bytes > LARGE)));
        self.library.page.announce(t("library_reading"));
        let library = self.library.templates.get_untracked();
        spawn_local(async move {
            match convert::read(&file, self.format.get_untracked(), &library).await {
                Ok(Read { format, rows }) => {
                    self.format.set(Some(format));
                    self.left_out.update(HashSet::clear);
                    self.rows.set(rows);
                    self.stage.set(Stage::Checked);
                    self.library.page.announce(self.counts());
                    request_animation_frame(|| focus("import-counts"));
                }
                Err(refusal) => self.refuse(refuse(&file.name, refusal)),
            }
        });
    }

    fn refuse(self, words: String) {
        self.stage.set(Stage::Refused(words));
        request_animation_frame(|| focus("import-ended"));
    }

    fn take(self, name: String, bytes: ArrayBuffer) {
        self.file.set_value(Some(convert::File { name, bytes }));
        self.format.set(None);
        self.read();
    }

    fn take_file(self, file: File) {
        spawn_local(async move {
            match JsFuture::from(Blob::array_buffer(&file)).await {
                Ok(bytes) => self.take(file.name(), bytes.unchecked_into()),
                Err(_) => self.refuse(say(&Msg::new("library_unreadable").with("file", file.name()))),
            }
        });
    }

    fn take_pasted(self) {
        let text = self.pasted.get_untracked();
        let bytes = js_sys::Uint8Array::from(text.as_bytes()).buffer();
        self.take(String::new(), bytes);
    }

    /// What the file would change, in a sentence.
    pub fn counts(self) -> String {
        let count = |what: What| self.rows.with_untracked(|rows| rows.iter().filter(|row| row.what == what).count());
        let msg = Msg::new("library_counts")
            .with("added", count(What::Added))
            .with("updated", count(What::Updated))
            .with("same", count(What::Same))
            .with("refused", count(What::Refused));
        say(&msg)
    }

    /// The templates that stay ticked, each beside the one that it replaces.
    fn wanted(self) -> Vec<(Template, Option<Template>)> {
        self.library.templates.with_untracked(|all| {
            let known: HashMap<&str, &Template> = all.iter().map(|one| (one.id.as_str(), one)).collect();
            let former = |template: &Template| known.get(template.id.as_str()).map(|one| (*one).clone());
            self.left_out.with_untracked(|out| {
                let wanted = |row: &&Row| row.is_taken() && !out.contains(&row.template.id);
                let pair = |row: &Row| (row.template.clone(), former(&row.template));
                self.rows.with_untracked(|rows| rows.iter().filter(wanted).map(pair).collect())
            })
        })
    }

    fn count_wanted(self) -> usize {
        let taken = self.rows.with(|rows| rows.iter().filter(|row| row.is_taken()).count());
        taken.saturating_sub(self.left_out.with(HashSet::len))
    }

    fn store(self) {
        let wanted = self.wanted();
        let added = wanted.iter().filter(|(_, former)| former.is_none()).count();
        let updated = wanted.len() - added;
        self.stage.set(Stage::Storing);
        request_animation_frame(|| focus("import-cancel"));
        spawn_local(async move {
            let stage = match self.putting.store(self.library, wanted).await {
                Stored::All => Stage::Done(added, updated),
                Stored::Cancelled => Stage::Back(t("library_cancelled")),
                Stored::Failed => Stage::Back(t("library_failed")),
                Stored::Stuck(left) => Stage::Stuck(left),
            };
            self.end(stage);
        });
    }

    /// Takes back what was stored last.
    fn take_back(self) {
        self.stage.set(Stage::Storing);
        spawn_local(async move {
            let stage = match self.putting.take_back(self.library).await {
                true => Stage::Back(t("library_taken_back")),
                false => Stage::Stuck(self.putting.back.with_value(Vec::len)),
            };
            self.end(stage);
        });
    }

    fn end(self, stage: Stage) {
        self.rows.set(Vec::new());
        self.file.set_value(None);
        self.pasted.set(String::new());
        self.stage.set(stage);
        let to =
            if self.stage.with_untracked(|stage| *stage == Stage::Empty) { "import-choose" } else { "import-ended" };
        request_animation_frame(move || focus(to));
    }
}

/// Why a file was not taken in, with its place.
fn refuse(name: &str, refusal: Refusal) -> String {
    let Some(ImportError { msg, line, column }) = refusal else { return t("library_worker_broke") };
    let what = say(&msg);
    let msg = match (line, column) {
        (0, _) => return [name, &what].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": "),
        (line, 0) => Msg::new("library_at_line").with("line", line),
        (line, column) => Msg::new("library_at").with("line", line).with("column", column),
    };
    say(&msg.with("what", what))
}

/// Where a file comes from, and what has become of the last one.
fn source(import: Import, stage: Stage) -> AnyView {
    let chooser = NodeRef::<leptos::html::Input>::new();
    let over = RwSignal::new(false);
    // Nothing is compared with a library that is not there yet.
    let reading = matches!(stage, Stage::Reading(..));
    let busy = move || reading || !import.library.current.get();
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            import.take_file(file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = dropped_file(event.as_ref()).filter(|_| !busy()) {
            import.take_file(file);
        }
    };
    view! {
        {ended(import, stage)}
        <div class="drop" class:over=over
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped>
            <button class="button primary" id="import-choose" disabled=busy on:click=choose>{icon("upload")}{t("library_choose_file")}</button>
            <span class="muted">{t("library_drop")}</span>
            <input type="file" hidden aria-label=t("library_choose_file") node_ref=chooser on:change=chosen
                accept=".json,.yml,.yaml,.csv,.txt,application/json,text/csv,text/plain" />
        </div>
        <div class="field">
            <label class="label" for="import-paste">{t("library_paste")}</label>
            <textarea class="input" id="import-paste" rows="4" spellcheck="false" disabled=busy prop:value=import.pasted
                on:input=move |event| import.pasted.set(event_target_value(&event))></textarea>
            <div class="row">
                <button class="button" id="import-read" disabled=move || busy() || import.pasted.with(|text| text.trim().is_empty())
                    on:click=move |_| import.take_pasted()>{t("library_read")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// The first file of a drop.
pub fn dropped_file(event: &JsValue) -> Option<File> {
    let transfer = Reflect::get(event, &"dataTransfer".into()).ok()?;
    let files = Reflect::get(&transfer, &"files".into()).ok()?;
    files.dyn_into::<FileList>().ok()?.get(0)
}

/// What has become of the file before.
fn ended(import: Import, stage: Stage) -> Option<AnyView> {
    let (class, role, words, undo) = match stage {
        Stage::Reading(name, large) => {
            let msg = match large {
                Some(bytes) => Msg::new("library_reading_large").with("size", format!("{:.0}", bytes / 1_000_000.0)),
                None => Msg::new("library_reading"),
            };
            let words = [name, say(&msg)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
            ("notice", "status", words, None)
        }
        Stage::Refused(words) => ("notice bad", "alert", words, None),
        Stage::Done(added, updated) => {
            let msg = Msg::new("library_imported").with("added", added).with("updated", updated);
            ("notice", "status", say(&msg), Some("library_undo"))
        }
        Stage::Back(words) => ("notice", "status", words, None),
        Stage::Stuck(left) => {
            ("notice bad", "alert", say(&Msg::new("library_stuck").with("count", left)), Some("library_take_back"))
        }
        Stage::Empty | Stage::Checked | Stage::Storing => return None,
    };
    let undo = undo.map(|key| {
        view! { <button class="button small" id="import-undo" on:click=move |_| import.take_back()>{t(key)}</button> }
    });
    Some(view! { <div class=class role=role id="import-ended" tabindex="-1"><span class="grow">{words}</span>{undo}</div> }.into_any())
}

/// What the file would change, before anything is stored.
fn checked(import: Import) -> AnyView {
    let name = import.file.with_value(|file| file.as_ref().map(|file| file.name.clone()).unwrap_or_default());
    let as_format = move |event| {
        import.format.set(Format::named(&event_target_value(&event)));
        import.read();
    };
    let options: Vec<_> = Format::ALL
        .into_iter()
        .map(|format| {
            let selected = import.format.get_untracked() == Some(format);
            view! { <option value=format.id() selected=selected>{format_name(format)}</option> }
        })
        .collect();
    let none = move || import.count_wanted() == 0;
    view! {
        <div class="row wrap">
            <label class="row"><span>{t("library_format")}</span>
                <select class="input" id="import-format" on:change=as_format>{options}</select>
            </label>
            <span class="strong grow clip">{name}</span>
        </div>
        <p id="import-counts" tabindex="-1" class="strong">{import.counts()}</p>
        {report::view(import)}
        <div class="row wrap">
            <button class="button primary" id="import-store" disabled=none on:click=move |_| import.store()>
                {move || match import.count_wanted() {
                    0 => t("library_nothing_new"),
                    count => say(&Msg::new("library_import_count").with("count", count)),
                }}
            </button>
            <button class="button" id="import-away" on:click=move |_| import.end(Stage::Empty)>{t("library_other_file")}</button>
        </div>
    }
    .into_any()
}

/// How far storing has come.
fn storing(import: Import) -> AnyView {
    let Putting { done, cancelled, .. } = import.putting;
    let words = move || {
        let (done, total) = done.get().unwrap_or_default();
        let key = if cancelled.get() { "library_taking_back" } else { "library_storing" };
        say(&Msg::new(key).with("done", done).with("total", total))
    };
    view! {
        <div class="stack tight">
            <progress id="import-progress" aria-label=t("library_import")
                max=move || done.get().map_or(1, |(_, total)| total).to_string()
                value=move || done.get().map_or(0, |(done, _)| done).to_string()></progress>
            <span class="small" role="status">{words}</span>
            <div class="row">
                <button class="button" id="import-cancel" disabled=cancelled on:click=move |_| cancelled.set(true)>{t("library_cancel")}</button>
            </div>
        </div>
    }
    .into_any()
}
