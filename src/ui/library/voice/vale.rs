//! Styles that were written for Vale: a zip archive or a folder is read here, shown rule by rule with what each would have
//! found in the replies, and becomes packs whose rules all rest. The list of all rules has their switches.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use serde_json::{Value, json};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, HtmlInputElement};

use super::{Firings, Voice, firing, settings_of};
use crate::message::Msg;
use crate::protocol::{FiringRow, PackRow, PageMessage, PageRequest};
use crate::ui::icons::icon;
use crate::ui::library::import::dropped_file;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};
use crate::voice::compiled::write;
use crate::voice::pack::Pack;
use crate::voice::vale::{Carried, Files, PackReport, is_read, to_packs};

/// What the ids of these packs begin with.
const PREFIX: &str = "vale.";

/// What was found in an archive or a folder.
#[derive(Debug, Default, PartialEq)]
struct Found {
    /// Packs as they are stored, by their ids.
    packs: BTreeMap<String, Value>,
    report: Vec<PackReport>,
    /// Rules that a pack has.
    kept: usize,
}

#[derive(Clone, PartialEq)]
enum Stage {
    Empty,
    Reading,
    Refused(String),
    Seen(Rc<Found>),
    /// What was done, and what brings back what was there before: a value, or nothing.
    Done(String, Vec<(String, Option<Value>)>),
}

#[derive(Clone, Copy)]
struct Vale {
    voice: Voice,
    stage: RwSignal<Stage, LocalStorage>,
    firings: Firings,
}

/// The section.
pub fn view(voice: Voice) -> AnyView {
    let vale = Vale { voice, stage: RwSignal::new_local(Stage::Empty), firings: RwSignal::new(BTreeMap::new()) };
    let taken = Memo::new(move |_| {
        let is_taken = |pack: &&PackRow| pack.id.starts_with(PREFIX);
        voice.page.state.with(|state| state.packs.iter().filter(is_taken).cloned().collect::<Vec<_>>())
    });
    view! {
        <section class="card stack" aria-labelledby="vale-title">
            <h2 id="vale-title">{t("vale_title")}</h2>
            <p class="muted">{t("vale_help")}</p>
            {move || match vale.stage.get() {
                Stage::Seen(found) => seen(vale, &found),
                stage => source(vale, &stage),
            }}
            {move || taken.with(|taken| (!taken.is_empty()).then(|| list(vale, taken)))}
        </section>
    }
    .into_any()
}

impl Vale {
    fn take_archive(self, file: File) {
        self.stage.set(Stage::Reading);
        self.voice.page.announce(t("library_reading"));
        spawn_local(async move {
            let Ok(bytes) = JsFuture::from(Blob::array_buffer(&file)).await else {
                return self.refuse(t("vale_unreadable"));
            };
            match Files::from_zip(&file.name(), &Uint8Array::new(&bytes).to_vec()) {
                Ok(files) => self.show(&files),
                Err(error) => self.refuse(error.to_string()),
            }
        });
    }

    fn take_folder(self, chosen: Vec<File>) {
        self.stage.set(Stage::Reading);
        self.voice.page.announce(t("library_reading"));
        spawn_local(async move {
            let mut files = Files::default();
            for file in chosen {
                let path = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
                let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
                if !is_read(&path) {
                    continue;
                }
                let Ok(bytes) = JsFuture::from(Blob::array_buffer(&file)).await else {
                    return self.refuse(t("vale_unreadable"));
                };
                let bytes = Uint8Array::new(&bytes).to_vec();
                files.insert(&path, String::from_utf8_lossy(&bytes).into_owned());
            }
            self.show(&files.settled(""));
        });
    }

    fn show(self, files: &Files) {
        let found = match read(files) {
            Ok(found) if found.report.is_empty() => return self.refuse(t("vale_empty")),
            Ok(found) => Rc::new(found),
            Err(what) => return self.refuse(what),
        };
        self.voice.page.announce(counts(&found));
        self.stage.set(Stage::Seen(found));
        request_animation_frame(|| focus("vale-counts"));
    }

    /// Counts what the rules would have found, also when the replies are read later.
    fn count(self, found: Rc<Found>) {
        let Some(replies) = self.voice.replies.get() else { return };
        spawn_local(async move {
            let compiled = |value: &Value| value.get("compiled").and_then(Value::as_str).map(str::to_owned);
            let mut all: BTreeMap<String, FiringRow> = BTreeMap::new();
            for pack in found.packs.values().filter_map(compiled) {
                let request = PageRequest::Firing { pack: Some(pack), replies: replies.clone() };
                if let Some(PageMessage::Firing { rules }) = self.voice.page.ask(request).await {
                    all.extend(rules.into_iter().map(|row| (row.rule.clone(), row)));
                }
            }
            self.firings.set(all);
        });
    }

    fn refuse(self, what: String) {
        self.stage.set(Stage::Refused(what));
        request_animation_frame(|| focus("vale-ended"));
    }

    /// Writes packs, or takes them out; all of them or none. `done` is said then, and offers the way back.
    fn put(self, all: Vec<(String, Option<Value>)>, done: String, has_way_back: bool) {
        let page = self.voice.page;
        let workspace = page.state.with_untracked(|state| state.workspace_id.clone());
        spawn_local(async move {
            let Some(settings) = settings_of(&workspace).await else { return self.refuse(t("voice_own_unreadable")) };
            let mut before: Vec<(String, Option<Value>)> = Vec::new();
            for (id, value) in all {
                let former = settings.item("pack", &id).cloned();
                if page.ask(request(id.clone(), value)).await.is_none() {
                    for (id, value) in before {
                        page.ask(request(id, value)).await;
                    }
                    return;
                }
                before.push((id, former));
            }
            self.stage.set(Stage::Done(done.clone(), if has_way_back { before } else { Vec::new() }));
            page.announce(done);
            request_animation_frame(|| focus("vale-ended"));
        });
    }
}

fn request(id: String, value: Option<Value>) -> PageRequest {
    let item = "pack".to_owned();
    match value {
        Some(value) => PageRequest::Put { item, id, value },
        None => PageRequest::Remove { item, id },
    }
}

/// The packs that the files become; else what is wrong with them.
fn read(files: &Files) -> Result<Found, String> {
    let (values, report) = to_packs(files).map_err(|error| error.to_string())?;
    let mut packs = BTreeMap::new();
    for value in values {
        let id = value["id"].as_str().unwrap_or_default().to_owned();
        let pack = Pack::from_value(&id, &value).map_err(|error| error.to_string())?;
        packs.insert(id, json!({ "compiled": write(&pack), "pack": value }));
    }
    let kept = report.iter().filter(|entry| !matches!(entry.carried, Carried::No(_))).count();
    Ok(Found { packs, report, kept })
}

fn counts(found: &Found) -> String {
    say(&Msg::new("vale_counts").with("all", found.report.len()).with("kept", found.kept))
}

/// Where styles come from, and what became of the last ones.
fn source(vale: Vale, stage: &Stage) -> AnyView {
    let (archive, folder) = (NodeRef::<leptos::html::Input>::new(), NodeRef::<leptos::html::Input>::new());
    let over = RwSignal::new(false);
    let busy = *stage == Stage::Reading;
    let press = |chooser: NodeRef<leptos::html::Input>| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = dropped_file(event.as_ref()).filter(|_| !busy) {
            vale.take_archive(file);
        }
    };
    view! {
        {ended(vale, stage)}
        <div class="drop" class:over=over
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped>
            <button class="button" type="button" id="vale-zip" disabled=busy on:click=move |_| press(archive)>{icon("upload")}{t("vale_choose_zip")}</button>
            <button class="button" type="button" id="vale-folder" disabled=busy on:click=move |_| press(folder)>{icon("upload")}{t("vale_choose_folder")}</button>
            <span class="muted">{t("vale_drop")}</span>
            <input type="file" hidden id="vale-archive" accept=".zip,application/zip" aria-label=t("vale_choose_zip") node_ref=archive
                on:change=move |event| if let Some(file) = chosen(&event).into_iter().next() { vale.take_archive(file) } />
            <input type="file" hidden prop:webkitdirectory=true id="vale-files" aria-label=t("vale_choose_folder") node_ref=folder
                on:change=move |event| vale.take_folder(chosen(&event)) />
        </div>
    }
    .into_any()
}

/// The files of a chooser, which is emptied: the same can be chosen again.
fn chosen(event: &leptos::ev::Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let each = |files: FileList| (0..files.length()).filter_map(|at| files.get(at)).collect();
    let all = input.files().map(each).unwrap_or_default();
    input.set_value("");
    all
}

fn ended(vale: Vale, stage: &Stage) -> Option<AnyView> {
    let (class, role, words, back) = match stage {
        Stage::Reading => ("notice", "status", t("library_reading"), Vec::new()),
        Stage::Refused(words) => ("notice bad", "alert", words.clone(), Vec::new()),
        Stage::Done(words, back) => ("notice", "status", words.clone(), back.clone()),
        Stage::Empty | Stage::Seen(_) => return None,
    };
    let undo = (!back.is_empty()).then(|| {
        let back = move |_| vale.put(back.clone(), t("library_taken_back"), false);
        view! { <button class="button small" type="button" id="vale-undo" on:click=back>{t("library_undo")}</button> }
    });
    Some(view! { <div class=class role=role id="vale-ended" tabindex="-1"><span class="grow">{words}</span>{undo}</div> }.into_any())
}

/// Every rule, before anything is stored.
fn seen(vale: Vale, found: &Rc<Found>) -> AnyView {
    let counted = found.clone();
    Effect::new(move |_| vale.count(counted.clone()));
    let mut styles: BTreeMap<String, Vec<PackReport>> = BTreeMap::new();
    for entry in &found.report {
        let style = entry.rule.split('.').next().unwrap_or_default().to_owned();
        styles.entry(style).or_default().push(entry.clone());
    }
    // What there is to choose from comes first.
    styles.values_mut().for_each(|rules| rules.sort_by_key(|entry| matches!(entry.carried, Carried::No(_))));
    let alone = styles.len() == 1;
    let styles: Vec<_> = styles.into_iter().map(|(style, rules)| part(vale, style, rules, alone)).collect();
    let kept = found.kept;
    let stored = found.clone();
    let store = move |_| {
        let packs = stored.packs.iter().map(|(id, value)| (id.clone(), Some(value.clone()))).collect();
        vale.put(packs, say(&Msg::new("vale_stored").with("count", kept)), true);
    };
    view! {
        <p id="vale-counts" tabindex="-1" class="strong">{counts(found)}</p>
        <div class="stack" id="vale-rules">{styles}</div>
        <div class="row wrap">
            <button class="button primary" type="button" id="vale-store" disabled=kept == 0 on:click=store>
                {say(&Msg::new("vale_store").with("count", kept))}</button>
            <button class="button" type="button" id="vale-away" on:click=move |_| {
                vale.stage.set(Stage::Empty);
                request_animation_frame(|| focus("vale-zip"));
            }>{t("vale_other")}</button>
        </div>
    }
    .into_any()
}

fn part(vale: Vale, style: String, rules: Vec<PackReport>, open: bool) -> AnyView {
    let kept = rules.iter().filter(|entry| !matches!(entry.carried, Carried::No(_))).count();
    let words = say(&Msg::new("vale_counts").with("all", rules.len()).with("kept", kept));
    let rows: Vec<_> = rules.into_iter().map(|entry| row(vale, entry)).collect();
    view! {
        <details class="part" open=open>
            <summary>{style}" "<span class="muted small">{words}</span></summary>
            <ul class="lined">{rows}</ul>
        </details>
    }
    .into_any()
}

fn row(vale: Vale, entry: PackReport) -> AnyView {
    let PackReport { rule, message, parts, carried } = entry;
    let (class, key, why) = match carried {
        Carried::Yes => ("chip", "vale_yes", Vec::new()),
        Carried::Changed(why) => ("chip", "vale_changed", why),
        Carried::No(why) => ("chip warn", "vale_no", vec![why]),
    };
    let name = rule.split_once('.').map_or(rule.as_str(), |(_, name)| name).to_owned();
    let why: Vec<_> = why.iter().map(|msg| view! { <li class="muted small">{say(msg)}</li> }).collect();
    let fires = move || {
        let rows = vale.firings.with(|all| parts.iter().filter_map(|id| all.get(id).cloned()).collect::<Vec<_>>());
        rows.into_iter().map(|row| firing(Some(row))).collect::<Vec<_>>()
    };
    view! {
        <li class="own-word"><div class="grow stack tight">
            <div class="row wrap"><span class="strong">{name}</span><span class=class>{t(key)}</span></div>
            {(!message.is_empty()).then(|| view! { <p class="small">{message.replace("%s", "…")}</p> })}
            {(!why.is_empty()).then(|| view! { <ul class="excerpts">{why}</ul> })}
            {fires}
        </div></li>
    }
    .into_any()
}

/// Styles that were taken in, each with its way out.
fn list(vale: Vale, taken: &[PackRow]) -> AnyView {
    let rows: Vec<_> = taken
        .iter()
        .cloned()
        .map(|pack| {
            let label = format!("{}: {}", t("vale_remove"), pack.name);
            let count = say(&Msg::new("options_pack_rules").with("count", pack.rules));
            let remove = move |_| vale.put(vec![(pack.id.clone(), None)], t("vale_removed"), true);
            view! {
                <li><div class="row wrap"><span class="strong">{pack.name}</span><span class="muted small">{count}</span><span class="grow"></span>
                    <button class="button small" type="button" aria-label=label on:click=remove>{t("vale_remove")}</button></div></li>
            }
        })
        .collect();
    view! { <h3 id="vale-taken-title">{t("vale_taken")}</h3><ul class="lined" id="vale-taken" aria-labelledby="vale-taken-title">{rows}</ul> }.into_any()
}
