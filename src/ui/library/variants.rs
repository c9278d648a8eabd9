//! The same message in other languages, forms of address and networks, side by side.

use leptos::prelude::*;

use super::form::address_name;
use super::preview::{room_chip, rooms_of};
use super::state::{Editor, value};
use crate::message::{Lang, Msg};
use crate::template::{Address, Template};
use crate::ui::icons::icon;
use crate::ui::words::{say, t};

/// The members of the open template's family.
pub fn view(editor: Editor) -> AnyView {
    let family = Memo::new(move |_| {
        let draft = editor.draft.get();
        let mut all = editor.library.templates.with(|all| {
            let member = |one: &&Template| !draft.family.is_empty() && one.family == draft.family && one.id != draft.id;
            all.iter().filter(member).cloned().collect::<Vec<_>>()
        });
        all.insert(0, draft);
        all
    });
    let count = move || family.with(Vec::len);
    let members = move || {
        let all = family.get();
        let id = editor.id.get();
        all.into_iter().map(|one| member(editor, one.id == id, one)).collect::<Vec<_>>()
    };
    let alone = move || {
        (count() > 1).then(|| {
            let part = move |_| editor.draft.update(|draft| draft.family.clear());
            view! { <button class="button small" type="button" on:click=part>{t("library_variant_alone")}</button> }
        })
    };
    view! {
        <details class="part" id="template-variants">
            <summary>{t("library_variants")}" "<span class="chip">{count}</span></summary>
            <div class="stack">
                <p class="help small muted">{t("library_variants_help")}</p>
                <ul class="variants">{members}</ul>
                <div class="row wrap">
                    <button class="button small" id="variant-add" type="button" on:click=move |_| add(editor)>
                        {icon("plus")}{t("library_variant_add")}
                    </button>
                    {alone}
                </div>
            </div>
        </details>
    }
    .into_any()
}

fn member(editor: Editor, current: bool, one: Template) -> AnyView {
    let id = one.id.clone();
    let networks = if one.networks.is_empty() {
        t("library_networks_all")
    } else {
        one.networks.iter().map(|network| editor.page.network_name(network)).collect::<Vec<_>>().join(", ")
    };
    let address = (one.address != Address::Any).then(|| t(&format!("library_address_{}", address_name(one.address))));
    let head = [Some(one.language.to_uppercase()), address, Some(networks)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let (text, rooms) = match editor.trial.render(editor, &one) {
        Ok(rendered) => {
            let rooms = rooms_of(editor, &one.networks, &rendered.text);
            (rendered.text, rooms.into_iter().take(3).map(room_chip).collect::<Vec<_>>())
        }
        Err(problem) => (say(&problem.msg), Vec::new()),
    };
    let open = (!current).then(|| {
        let label = say(&Msg::new("library_variant_open").with("title", format!("{}, {head}", one.title)));
        view! {
            <button class="button small" type="button" aria-label=label on:click=move |_| editor.edit(&id)>
                {t("library_variant_edit")}
            </button>
        }
    });
    view! {
        <li class="variant" class:current=current>
            <div class="row spread"><span class="strong small">{head}</span>{open}</div>
            <p class="quote">{text}</p>
            <div class="row wrap">{rooms}</div>
        </li>
    }
    .into_any()
}

/// A copy in the other language, of the same family; the open template joins that family.
fn add(editor: Editor) {
    let mut draft = editor.draft.get_untracked();
    if draft.family.is_empty() {
        draft.family.clone_from(&draft.id);
        editor.draft.update(|open| open.family.clone_from(&draft.family));
        // What is stored joins the family at once, without the words that were not saved.
        if let Some(stored) = editor.base.get_untracked() {
            let joined = Template { family: draft.family.clone(), ..stored };
            editor.base.set(Some(joined.clone()));
            editor.put(vec![(joined.id.clone(), value(joined))], t("library_saved"), || {});
        }
    }
    let language = match Lang::from_tag(&draft.language) {
        Lang::En => "es",
        Lang::Es => "en",
    };
    editor.begin(Template { language: language.to_owned(), trigger: None, source: None, ..draft });
}
