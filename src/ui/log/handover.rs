//! Passing mentions on to another department: what leaves is seen first, and the case then waits on them, with somebody of
//! ours and a reminder.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::data::Log;
use crate::log::MentionKey;
use crate::log::handover::{Handover, Letter};
use crate::message::{Catalogue, Msg};
use crate::protocol::{Change, MentionRow};
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::words::{lang, say, t};
use crate::ui::{clipboard, dates};

/// What is being passed on, and how.
#[derive(Clone, Copy)]
struct Form {
    log: Log,
    department: RwSignal<String>,
    note: RwSignal<String>,
    personal: RwSignal<bool>,
    /// UTC milliseconds, or empty.
    remind: RwSignal<String>,
    /// The browser did not let us copy.
    refused: RwSignal<bool>,
}

/// The button, where mentions are chosen.
pub fn button(log: Log, keys: impl Fn() -> Vec<MentionKey> + 'static) -> AnyView {
    view! {
        <button class="button small" type="button" on:click=move |_| log.passing.set(keys())>{icon("reply")}{t("handover_open")}</button>
    }
    .into_any()
}

/// The dialog, there while something is passed on.
pub fn view(log: Log) -> AnyView {
    (move || (!log.passing.with(Vec::is_empty)).then(|| dialog(log))).into_any()
}

fn dialog(log: Log) -> AnyView {
    log.need(log.passing.get_untracked());
    let departments = log.page.state.with_untracked(|state| state.workspace.departments.clone());
    let standing = log.passing.with_untracked(|keys| keys.first().and_then(|key| log.row(key)?.department.clone()));
    let first = standing.or_else(|| departments.first().cloned()).unwrap_or_default();
    let form = Form {
        log,
        department: RwSignal::new(first),
        note: RwSignal::default(),
        personal: RwSignal::new(false),
        remind: RwSignal::new(dates::mornings().get(1).map(i64::to_string).unwrap_or_default()),
        refused: RwSignal::new(false),
    };
    let letter = Memo::new(move |_| form.letter());
    let element = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = element.get() {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        }
    });
    let options: Vec<_> = departments
        .into_iter()
        .map(|name| {
            let value = name.clone();
            let is_chosen = move || form.department.with(|chosen| *chosen == value);
            view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
        })
        .collect();
    let copy = move |text: fn(Letter) -> String| {
        let Some(letter) = letter.get_untracked() else { return };
        clipboard::copy(text(letter), move |copied| if copied { form.done() } else { form.refused.set(true) });
    };
    let mail = move || {
        letter.with(|letter| {
            let part = |text: &str| String::from(js_sys::encode_uri_component(text));
            letter
                .as_ref()
                .map(|letter| format!("mailto:?subject={}&body={}", part(&letter.subject), part(&letter.text)))
        })
    };
    view! {
        <dialog class="handover" node_ref=element aria-labelledby="handover-title" on:close=move |_| close(log)>
            <div class="stack">
                <h2 id="handover-title">{t("handover_title")}</h2>
                <p class="help">{t("handover_help")}</p>
                <div class="pair">
                    <div class="field">
                        <label class="label" for="handover-department">{t("handover_department")}</label>
                        <select class="input" id="handover-department"
                            on:change=move |event| form.department.set(event_target_value(&event))>{options}</select>
                    </div>
                    {reminder(form)}
                </div>
                <div class="field">
                    <label class="label" for="handover-note">{t("handover_note")}</label>
                    <textarea class="input" id="handover-note" rows="2" prop:value=form.note
                        on:input=move |event| form.note.set(event_target_value(&event))></textarea>
                </div>
                <label class="row">
                    <input type="checkbox" id="handover-personal" prop:checked=form.personal
                        on:change=move |event| form.personal.set(event_target_checked(&event)) />
                    {t("handover_personal")}
                </label>
                <div class="field">
                    <label class="label" for="handover-text">{t("handover_preview")}</label>
                    <textarea class="input" id="handover-text" rows="8" readonly aria-describedby="handover-links"
                        prop:value=move || letter.get().map(|letter| letter.text).unwrap_or_default()></textarea>
                    <p class="help" id="handover-links">{t("handover_links_name")}</p>
                </div>
                {move || form.refused.get().then(|| view! { <p class="notice" role="alert">{t("handover_not_copied")}</p> })}
                <div class="row wrap">
                    <button class="button primary" type="button" id="handover-copy" on:click=move |_| copy(|letter| letter.text)>{t("handover_copy")}</button>
                    <button class="button" type="button" on:click=move |_| copy(|letter| letter.markdown)>{t("handover_copy_markdown")}</button>
                    <a class="button" href=mail target="_blank" rel="noopener" on:click=move |_| form.done()>{t("handover_mail")}</a>
                    <button class="button quiet" type="button" on:click=move |_| close(log)>{t("page_close")}</button>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

/// Ends it; whoever came from the list is there again.
fn close(log: Log) {
    log.passing.set(Vec::new());
    request_animation_frame(|| focus("log-rows"));
}

fn reminder(form: Form) -> AnyView {
    let zone = form.log.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let later = dates::mornings().into_iter().map(|at| (at.to_string(), dates::full(at, &zone)));
    let all: Vec<_> = [(String::new(), t("handover_remind_none"))]
        .into_iter()
        .chain(later)
        .map(|(value, words)| {
            let own = value.clone();
            view! { <option value=value selected=move || form.remind.with(|chosen| *chosen == own)>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label class="label" for="handover-remind">{t("handover_remind")}</label>
            <select class="input" id="handover-remind" on:change=move |event| form.remind.set(event_target_value(&event))>{all}</select>
        </div>
    }
    .into_any()
}

impl Form {
    fn letter(self) -> Option<Letter> {
        // All of them, or nothing that could be copied: they are read while the dialog opens.
        let keys = self.log.passing.get();
        let rows: Vec<Arc<MentionRow>> = keys.iter().map(|key| self.log.row(key)).collect::<Option<_>>()?;
        let (contacts, zone) =
            self.log.page.state.with(|state| (state.workspace.contacts.clone(), state.workspace.time_zone.clone()));
        // Who gave no name goes by an id, which tells another department nothing.
        let owner =
            self.log.page.state.with(|state| if state.me == state.user { String::new() } else { state.me.clone() });
        let (department, note) = (self.department.get(), self.note.get());
        let page = self.log.page;
        let handover = Handover {
            rows: &rows.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
            department: &department,
            owner: &owner,
            note: &note,
            personal: self.personal.get(),
            contacts: &contacts,
            network: &|id| page.network_name(id),
            when: &|at| dates::full(at, &zone),
        };
        (!rows.is_empty()).then(|| handover.letter(Catalogue::of(lang())))
    }

    /// It was taken out: every case waits on the department, has somebody of ours, and comes back at its time.
    fn done(self) {
        let log = self.log;
        let department = self.department.get_untracked();
        let passed = say(&Msg::new("handover_done").with("department", &department));
        let me = log.page.state.with_untracked(|state| state.me.clone());
        let due = self.remind.get_untracked().parse::<i64>().ok();
        let mut cases = BTreeSet::new();
        let mut changes = Vec::new();
        for key in log.passing.get_untracked() {
            let Some(row) = log.row(&key) else { continue };
            changes.push((key.clone(), Change::Note { text: passed.clone() }));
            if !cases.insert(row.case.clone()) {
                continue;
            }
            changes.push((key.clone(), Change::Department { department: Some(department.clone()) }));
            if row.assignee.is_none() && !me.is_empty() {
                changes.push((key.clone(), Change::Assignee { user: Some(me.clone()) }));
            }
            changes.extend(due.map(|at| (key, Change::Due { at: Some(at) })));
        }
        log.change_each(changes);
        close(log);
    }
}
