//! One change to every chosen template, with one way back.

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use serde_json::Value;

use super::form::{kind_of, kinds};
use super::state::{Editor, value};
use crate::message::Msg;
use crate::ui::templates::bulk::Bulk;
use crate::ui::words::{say, t};

const CHANGES: [&str; 8] = ["folder", "add_tag", "remove_tag", "network", "kind", "off", "on", "remove"];

/// The bar; nothing while nothing is chosen.
pub fn view(editor: Editor, picked: RwSignal<BTreeSet<String>>) -> AnyView {
    let any = Memo::new(move |_| picked.with(|picked| !picked.is_empty()));
    (move || any.get().then(|| bar(editor, picked))).into_any()
}

fn bar(editor: Editor, picked: RwSignal<BTreeSet<String>>) -> AnyView {
    let change = RwSignal::new(CHANGES[0].to_owned());
    let answer = RwSignal::new(String::new());
    let option = |one: &&'static str| view! { <option value=*one>{t(&format!("library_bulk_{one}"))}</option> };
    let options: Vec<_> = CHANGES.iter().map(option).collect();
    let count = move || say(&Msg::new("library_bulk_chosen").with("count", picked.with(BTreeSet::len)));
    let choose = move |event| {
        let chosen = event_target_value(&event);
        answer.set(if chosen == "kind" { "evergreen".to_owned() } else { String::new() });
        change.set(chosen);
    };
    let control = move || {
        let list = |options: Vec<(String, String)>| {
            let options: Vec<_> =
                options.into_iter().map(|(value, words)| view! { <option value=value>{words}</option> }).collect();
            view! {
                <select class="input" id="bulk-value" aria-label=t("library_bulk_value")
                    on:change=move |event| answer.set(event_target_value(&event))>{options}</select>
            }
            .into_any()
        };
        let text = |datalist: &'static str| {
            view! {
                <input class="input" id="bulk-value" type="text" autocomplete="off" list=datalist aria-label=t("library_bulk_value")
                    prop:value=answer on:input=move |event| answer.set(event_target_value(&event)) />
            }
            .into_any()
        };
        match change.get().as_str() {
            "folder" => text("library-folders"),
            "add_tag" | "remove_tag" => text("library-tags"),
            "network" => {
                let all = std::iter::once((String::new(), t("library_networks_all")));
                list(all.chain(editor.page.networks()).collect())
            }
            "kind" => list(kinds()),
            _ => ().into_any(),
        }
    };
    let apply = move |event: SubmitEvent| {
        event.prevent_default();
        let answer = answer.get_untracked();
        let bulk = match change.get_untracked().as_str() {
            "folder" => Some(Bulk::Folder(answer)),
            "add_tag" => Some(Bulk::AddTag(answer)),
            "remove_tag" => Some(Bulk::RemoveTag(answer)),
            "network" => Some(Bulk::Network(answer)),
            "kind" => Some(Bulk::Kind(kind_of(&answer))),
            "off" => Some(Bulk::Off(true)),
            "on" => Some(Bulk::Off(false)),
            _ => None,
        };
        let chosen = picked.get_untracked();
        let items: Vec<(String, Value)> = editor.library.templates.with_untracked(|all| {
            let chosen = all.iter().filter(|one| chosen.contains(&one.id));
            let item = |one: &crate::template::Template| {
                let after = match &bulk {
                    Some(bulk) => value(bulk.apply(one)?),
                    None => Value::Null,
                };
                Some((one.id.clone(), after))
            };
            chosen.filter_map(item).collect()
        });
        let words = say(&Msg::new("library_bulk_done").with("count", items.len()));
        editor.put(items, words, move || picked.update(BTreeSet::clear));
    };
    view! {
        <form class="bulk" on:submit=apply>
            <span class="small strong" role="status">{count}</span>
            <select class="input" id="bulk-change" aria-label=t("library_bulk_change") on:change=choose>{options}</select>
            {control}
            <div class="row">
                <button class="button small primary" type="submit" id="bulk-apply">{t("library_bulk_apply")}</button>
                <button class="button small" type="button" on:click=move |_| picked.update(BTreeSet::clear)>{t("library_bulk_clear")}</button>
            </div>
        </form>
    }
    .into_any()
}
