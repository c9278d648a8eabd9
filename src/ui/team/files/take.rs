//! Taking files in: chosen, looked at, then stored as far as they are new here.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::reading::{Found, read_file};
use super::{Button, found, live};
use crate::browser::idb::Fault;
use crate::log::incoming::Incoming;
use crate::message::Msg;
use crate::ui::file::all_chosen;
use crate::ui::shell::{Page, focus};
use crate::ui::words::{say, t};

/// Where the part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Empty,
    Reading,
    Checked,
    Storing,
    /// So many came in.
    Done(usize),
    /// It stopped after so many.
    Stopped(usize),
}

#[derive(Clone, Copy)]
struct Take {
    page: Page,
    stage: RwSignal<Stage>,
    failed: RwSignal<Option<String>>,
    found: StoredValue<Option<Rc<Found>>, LocalStorage>,
    done: RwSignal<Option<(usize, usize)>>,
    workspace: StoredValue<String>,
}

/// The part of the section.
pub fn view(page: Page, workspace: String) -> AnyView {
    let take = Take {
        page,
        stage: RwSignal::new(Stage::Empty),
        failed: RwSignal::new(None),
        found: StoredValue::new_local(None),
        done: RwSignal::new(None),
        workspace: StoredValue::new(workspace),
    };
    let chooser = NodeRef::<leptos::html::Input>::new();
    let choose = move || {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let rests = Signal::derive(move || matches!(take.stage.get(), Stage::Reading | Stage::Storing));
    let button = Button { id: "take-choose", class: "", drawing: Some("upload"), words: t("team_files_choose"), rests };
    view! {
        <h3>{t("team_files_take")}</h3>
        <div class="row wrap">
            {button.view(choose)}
            <input type="file" id="take-files" hidden multiple accept=".jsonl,.ndjson,.json,text/plain" aria-label=t("team_files_choose")
                node_ref=chooser on:change=move |event| take.read(event) />
        </div>
        <p class="help">{t("team_files_take_help")}</p>
        {live(move || take.failed.get().map(|words| view! { <p class="notice bad" role="alert">{words}</p> }.into_any()))}
        {live(move || take.shown())}
    }
    .into_any()
}

impl Take {
    fn read(self, event: leptos::ev::Event) {
        self.failed.set(None);
        self.stage.set(Stage::Reading);
        spawn_local(async move {
            let mut incoming = Incoming::default();
            let files = all_chosen(event).await;
            if files.is_empty() {
                return self.stage.set(Stage::Empty);
            }
            for (name, text) in files {
                match text {
                    Some(text) => read_file(&mut incoming, &name, &text).await,
                    None => incoming.skip(&name, Msg::new("team_files_unreadable")),
                }
            }
            match Found::beside(incoming, &self.workspace.get_value()).await {
                Ok(found) => {
                    self.found.set_value(Some(Rc::new(found)));
                    self.stage.set(Stage::Checked);
                    request_animation_frame(|| focus("take-counts"));
                }
                Err(Fault(why)) => {
                    self.failed.set(Some(say(&Msg::new("team_files_log_unreadable").with("why", why))));
                    self.stage.set(Stage::Empty);
                }
            }
        });
    }

    fn store(self) {
        let Some(found) = self.found.get_value() else { return };
        self.stage.set(Stage::Storing);
        spawn_local(async move {
            self.stage.set(match found.take_in(self.page, self.done).await {
                Ok(added) => Stage::Done(added),
                Err(added) => Stage::Stopped(added),
            });
            request_animation_frame(|| focus("take-ended"));
        });
    }

    fn shown(self) -> Option<AnyView> {
        let found = self.found.get_value();
        match (self.stage.get(), found) {
            (Stage::Reading, _) => {
                Some(view! { <p class="muted" role="status">{t("team_files_reading")}</p> }.into_any())
            }
            (Stage::Storing, _) => Some(found::progress(self.done)),
            (Stage::Checked, Some(found)) => Some(self.checked(&found)),
            (Stage::Done(added), Some(found)) => {
                let msg = Msg::new("log_imported").with("added", added).with("known", found.summary.events - added);
                let words = if added == 0 { t("team_files_same") } else { say(&msg) };
                let view = view! {
                    <div class="notice" role="status" id="take-ended" tabindex="-1"><span class="grow">{words}</span></div>
                    {found::skipped(&found.incoming)}
                };
                Some(view.into_any())
            }
            (Stage::Stopped(added), Some(found)) => {
                let msg = Msg::new("team_files_stopped").with("done", added).with("total", found.summary.new);
                let again = button("take-again", "small", t("page_try_again"), false).view(move || self.store());
                let view = view! {
                    <div class="notice bad" role="alert" id="take-ended" tabindex="-1"><span class="grow">{say(&msg)}</span>{again}</div>
                };
                Some(view.into_any())
            }
            _ => None,
        }
    }

    /// What the files would bring, before anything is stored.
    fn checked(self, found: &Found) -> AnyView {
        let new = found.summary.new;
        let away = move || {
            self.stage.set(Stage::Empty);
            focus("take-choose");
        };
        let words = match new {
            0 => t("library_nothing_new"),
            new => say(&Msg::new("team_files_take_count").with("count", new)),
        };
        let warning = (new > 0).then(|| view! { <p class="help">{t("team_files_for_good")}</p> });
        let store = button("take-store", "primary", words, new == 0).view(move || self.store());
        let away = button("take-away", "", t("library_cancel"), false).view(away);
        view! {
            <div class="stack" id="take-found">
                {found::view(self.page, found, "take-counts")}
                {warning}
                <div class="row wrap">{store}{away}</div>
            </div>
        }
        .into_any()
    }
}

/// A button that stands in for nothing else.
fn button(id: &'static str, class: &'static str, words: String, is_off: bool) -> Button {
    Button { id, class, drawing: None, words, rests: Signal::stored(is_off) }
}
