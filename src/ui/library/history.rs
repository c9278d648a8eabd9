//! Every version of a template that was stored: who, when, what changed, and the way back. Versions that people made
//! without knowing of each other stand side by side until somebody settles on one.

use leptos::prelude::*;
use serde_json::Value;

use super::state::{Editor, value};
use crate::json;
use crate::message::{Lang, Msg};
use crate::template::{Template, starter};
use crate::ui::dates;
use crate::ui::look;
use crate::ui::templates::difference::{Difference, differences};
use crate::ui::words::{say, t};

/// A version as it is shown.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// Who made it and when; `None` = a starter as it was delivered.
    made: Option<(String, i64)>,
    stands: bool,
    /// `None` = it was removed.
    template: Option<Template>,
}

fn rows(editor: Editor, id: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = editor.stored.settings.with(|settings| {
        let versions = settings.versions("template", id).into_iter();
        let row = |set: &crate::log::register::Set<Option<Value>>, stands| Row {
            made: Some((set.by.clone(), set.at)),
            stands,
            template: set.value.as_ref().and_then(|value| read(id, value)),
        };
        versions.map(|version| row(version.set, version.stands)).collect()
    });
    let starter = Lang::ALL.into_iter().flat_map(starter).find(|one| one.id == id).filter(|_| !rows.is_empty());
    rows.extend(starter.map(|one| Row { made: None, stands: false, template: Some(one.clone()) }));
    rows
}

fn read(id: &str, value: &Value) -> Option<Template> {
    json::of::<Template>(value).map(|template| Template { id: id.to_owned(), ..template })
}

impl Row {
    /// Whoever made it, as people know them.
    fn who(&self, editor: Editor) -> String {
        match &self.made {
            Some((by, _)) if editor.page.state.with_untracked(|state| state.user == *by) => t("library_you"),
            Some((by, _)) => editor.name_of(by),
            None => t("library_delivered"),
        }
    }
}

/// The versions, newest first.
pub fn view(editor: Editor) -> AnyView {
    let rows = Memo::new(move |_| rows(editor, &editor.id.get()));
    let list = move || {
        let all = rows.get();
        if all.is_empty() {
            return view! { <p class="muted small">{t("library_history_none")}</p> }.into_any();
        }
        let befores = all.iter().skip(1).map(|row| row.template.clone()).chain(std::iter::once(None));
        let shown =
            all.iter().cloned().zip(befores).map(|(row, before)| version(editor, row, before)).collect::<Vec<_>>();
        view! { <ol class="history">{shown}</ol> }.into_any()
    };
    view! {
        <details class="part" id="template-history">
            <summary>{t("library_history")}" "<span class="chip">{move || rows.with(Vec::len)}</span></summary>
            {list}
        </details>
    }
    .into_any()
}

fn version(editor: Editor, row: Row, before: Option<Template>) -> AnyView {
    let zone = editor.page.state.with_untracked(|state| state.workspace.time_zone.clone());
    let who = row.who(editor);
    let when = row.made.as_ref().map(|(_, at)| dates::full(*at, &zone)).unwrap_or_default();
    let Some(template) = row.template else {
        return view! {
            <li class="version"><div class="row wrap"><span class="strong">{who}</span><span class="muted small">{when}</span>
                <span class="chip warn">{t("library_version_removed")}</span></div></li>
        }
        .into_any();
    };
    let changed = match &before {
        Some(before) => differences(before, &template),
        None => differences(&Template { id: template.id.clone(), ..Template::default() }, &template),
    };
    let what = changed.iter().map(|one| t(one.label)).collect::<Vec<_>>().join(", ");
    let label = match &row.made {
        Some(_) => say(&Msg::new("library_restore_of").with("when", when.clone())),
        None => format!("{}: {who}", t("library_restore")),
    };
    let restore = (!row.stands).then(|| {
        let press = move |_| {
            let items = vec![(template.id.clone(), value(template.clone()))];
            // What was typed gives way; it can be had back from the step before.
            let restored = template.clone();
            editor.put(items, t("library_restored"), move || {
                if editor.id.get_untracked() == restored.id {
                    editor.draft.set(restored.clone());
                    editor.base.set(Some(restored));
                }
            });
        };
        view! { <button class="button small" type="button" aria-label=label on:click=press>{t("library_restore")}</button> }
    });
    let stands = row.stands.then(|| view! { <span class="chip accent">{t("library_version_now")}</span> });
    view! {
        <li class="version">
            <div class="row wrap">
                <span class="strong">{who}</span>
                <span class="muted small">{when}</span>
                {stands}
                <span class="grow"></span>
                {restore}
            </div>
            <details>
                <summary class="small">{what}</summary>
                {drawn(changed)}
            </details>
        </li>
    }
    .into_any()
}

/// Differences field by field: gone words struck out, new ones underlined, each also said.
fn drawn(changed: Vec<Difference>) -> AnyView {
    let row = |one: Difference| {
        view! { <div><dt class="small muted">{t(one.label)}</dt><dd class="quote">{look::drawn(one.parts)}</dd></div> }
    };
    view! { <dl class="differences">{changed.into_iter().map(row).collect::<Vec<_>>()}</dl> }.into_any()
}

/// Versions on which people have not settled, with a button for each.
pub fn disputed(editor: Editor) -> AnyView {
    let heads = Memo::new(move |_| {
        let all = rows(editor, &editor.id.get());
        let heads: Vec<Row> = all.into_iter().filter(|row| row.stands).collect();
        if heads.len() > 1 { heads } else { Vec::new() }
    });
    (move || {
        let heads = heads.get();
        let newest = heads.first()?.clone();
        let names: Vec<String> = heads.iter().map(|row| row.who(editor)).collect();
        let words = Msg::new("library_disputed").with("names", names.join(", ")).with("who", names[0].clone());
        let choices: Vec<_> = heads.into_iter().map(|head| choice(editor, &newest, head)).collect();
        let shown = view! {
            <section class="notice warn stack disputed" id="template-disputed" aria-label=t("library_disputed_title")>
                <p>{say(&words)}</p>
                <ul class="stack">{choices}</ul>
            </section>
        };
        Some(shown)
    })
    .into_any()
}

fn choice(editor: Editor, newest: &Row, head: Row) -> AnyView {
    let who = head.who(editor);
    let what = match (&newest.template, &head.template) {
        _ if *newest == head => None,
        (Some(newest), Some(template)) => Some(drawn(differences(newest, template))),
        (_, None) => Some(view! { <p>{t("library_version_removed")}</p> }.into_any()),
        (None, Some(_)) => None,
    };
    let id = editor.id.get_untracked();
    let keep = move |_| {
        let chosen = head.template.clone();
        let items = vec![(id.clone(), chosen.clone().map_or(Value::Null, value))];
        editor.put(items, t("library_settled"), move || {
            if let Some(chosen) = chosen.filter(|one| one.id == editor.id.get_untracked()) {
                editor.draft.set(chosen.clone());
                editor.base.set(Some(chosen));
            }
        });
    };
    view! {
        <li class="stack tight">
            <div class="row wrap">
                <button class="button small" type="button" on:click=keep>{say(&Msg::new("library_keep_of").with("who", who))}</button>
            </div>
            {what}
        </li>
    }
    .into_any()
}

/// Templates that were removed, with the way back.
pub fn removed(editor: Editor) -> AnyView {
    let gone = Memo::new(move |_| {
        editor.stored.settings.with(|settings| {
            let last = |id: &str| {
                let versions = settings.versions("template", id);
                versions.iter().find_map(|version| read(id, version.set.value.as_ref()?))
            };
            settings.removed("template").filter_map(last).collect::<Vec<_>>()
        })
    });
    (move || {
        let all = gone.get();
        let count = all.len();
        let rows: Vec<_> = all
            .into_iter()
            .map(|one| {
                let title = one.title.clone();
                let label = format!("{}: {title}", t("library_restore"));
                let press = move |_| {
                    editor.put(vec![(one.id.clone(), value(one.clone()))], t("library_restored"), || {});
                };
                view! {
                    <li class="row"><span class="grow clip">{title}</span>
                        <button class="button quiet small" type="button" aria-label=label on:click=press>{t("library_restore")}</button></li>
                }
            })
            .collect();
        (count > 0).then(|| {
            view! {
                <details class="removed"><summary class="small">{say(&Msg::new("library_removed_count").with("count", count))}</summary>
                    <ul>{rows}</ul></details>
            }
        })
    })
    .into_any()
}
