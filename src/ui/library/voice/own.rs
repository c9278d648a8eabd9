//! The brand's own words: a form for one, a box to paste a style guide into, the list with what each would have found, and
//! the versions stored so far.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::pieces::networks as boxes;
use super::{Firings, Voice, firing, settings_of};
use crate::log::Settings;
use crate::message::Msg;
use crate::protocol::PageRequest;
use crate::ui::dates;
use crate::ui::icons::icon;
use crate::ui::shell::focus;
use crate::ui::words::{say, t};
use crate::voice::compiled::write;
use crate::voice::own::{OwnWord, PACK, item, pack, pasted, words};
use crate::voice::rule::Severity;

/// The section's state.
#[derive(Clone, Copy)]
struct Own {
    voice: Voice,
    settings: RwSignal<Rc<Settings>, LocalStorage>,
    words: RwSignal<Stored>,
    firings: Firings,
    /// What is being written.
    draft: RwSignal<OwnWord>,
    /// `instead` as it is typed.
    instead: RwSignal<String>,
    /// The word that is being changed; `None` = a new one.
    editing: RwSignal<Option<String>>,
    pasted: RwSignal<String>,
}

/// The words as they are stored. What was not read is never written over.
#[derive(Clone, Default)]
enum Stored {
    #[default]
    Reading,
    Unreadable,
    Read(Vec<OwnWord>),
}

/// The section.
pub fn view(voice: Voice) -> AnyView {
    let own = Own {
        voice,
        settings: RwSignal::new_local(Rc::default()),
        words: RwSignal::default(),
        firings: RwSignal::new(BTreeMap::new()),
        draft: RwSignal::new(blank()),
        instead: RwSignal::default(),
        editing: RwSignal::new(None),
        pasted: RwSignal::default(),
    };
    own.follow();
    view! {
        <section class="card stack" aria-labelledby="own-title">
            <h2 id="own-title">{t("voice_own")}</h2>
            <p class="muted">{t("voice_own_help")}</p>
            {form(own)}
            {list(own)}
            {paste(own)}
            {history(own)}
        </section>
    }
    .into_any()
}

fn blank() -> OwnWord {
    OwnWord { severity: Severity::Warning, ..OwnWord::default() }
}

impl Own {
    fn follow(self) {
        let page = self.voice.page;
        let workspace = Memo::new(move |_| page.state.with(|state| state.workspace_id.clone()));
        Effect::new(move |_| {
            page.state_changes.track();
            let id = workspace.get();
            spawn_local(async move {
                let Some(settings) = settings_of(&id).await else {
                    self.words.set(Stored::Unreadable);
                    return;
                };
                self.words.set(Stored::Read(settings.item("pack", PACK).map(words).unwrap_or_default()));
                self.settings.set(Rc::new(settings));
            });
        });
        // Counted before it is at work too: switching on comes after seeing.
        Effect::new(move |_| {
            let all: Vec<OwnWord> = self.all().unwrap_or_default().into_iter().chain(Some(self.typed())).collect();
            if let Ok(pack) = pack(&unique(all)) {
                self.voice.count(Some(write(&pack)), self.firings);
            }
        });
    }

    /// The words, once they are read.
    fn all(self) -> Option<Vec<OwnWord>> {
        self.words.with(|words| if let Stored::Read(words) = words { Some(words.clone()) } else { None })
    }

    /// The word as it stands in the form.
    fn typed(self) -> OwnWord {
        let instead = self.instead.with(|typed| typed.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>());
        let instead = instead.into_iter().filter(|one| !one.is_empty()).collect();
        OwnWord { instead, ..self.draft.get() }
    }

    /// Stores a list: shown at once, and brought back when it cannot be stored. `then` is for what is not needed any more
    /// once it is.
    fn store(self, all: Vec<OwnWord>, done: String, then: impl FnOnce() + 'static) {
        let before = self.words.get_untracked();
        let all = unique(all);
        let page = self.voice.page;
        let Ok(value) = item(&all) else {
            page.fail(t("voice_own_refused"));
            return;
        };
        self.words.set(Stored::Read(all));
        spawn_local(async move {
            let request = PageRequest::Put { item: "pack".to_owned(), id: PACK.to_owned(), value };
            match page.ask(request).await {
                Some(_) => {
                    then();
                    page.announce(done);
                }
                None => self.words.set(before),
            }
        });
    }

    fn change(self, term: &str, change: impl Fn(&mut OwnWord), done: String) {
        let Some(mut all) = untrack(|| self.all()) else { return };
        all.iter_mut().filter(|word| word.term == term).for_each(change);
        self.store(all, done, || {});
    }

    fn clear(self) {
        self.draft.set(blank());
        self.instead.set(String::new());
        self.editing.set(None);
    }
}

/// The later of two with one rule counts, at the earlier one's place.
fn unique(words: Vec<OwnWord>) -> Vec<OwnWord> {
    let mut all: Vec<OwnWord> = Vec::with_capacity(words.len());
    for word in words {
        if word.term.trim().is_empty() {
            continue;
        }
        match all.iter_mut().find(|other| other.rule_id() == word.rule_id()) {
            Some(other) => *other = word,
            None => all.push(word),
        }
    }
    all
}

fn form(own: Own) -> AnyView {
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let word = own.typed();
        if word.term.trim().is_empty() {
            focus("own-term");
            return;
        }
        let former = own.editing.get_untracked();
        let Some(mut all) = untrack(|| own.all()) else { return };
        match former.and_then(|former| all.iter().position(|one| one.term == former)) {
            Some(at) => all[at] = word,
            None => all.push(word),
        }
        // What was typed meanwhile stays.
        let typed = untrack(|| own.typed());
        own.store(all, t("options_saved"), move || {
            if untrack(|| own.typed()) == typed {
                own.clear();
            }
        });
        focus("own-term");
    };
    let field = |id: &'static str, label: &'static str, value: AnyView| {
        view! { <label class="field" for=id><span class="label">{t(label)}</span>{value}</label> }.into_any()
    };
    let text = move |id: &'static str, read: fn(&OwnWord) -> String, write: fn(&mut OwnWord, String)| {
        view! {
            <input class="input" type="text" id=id autocomplete="off" prop:value=move || own.draft.with(read)
                on:input=move |event| own.draft.update(|draft| write(draft, event_target_value(&event))) />
        }
        .into_any()
    };
    let instead = view! {
        <input class="input" type="text" id="own-instead" autocomplete="off" prop:value=own.instead
            on:input=move |event| own.instead.set(event_target_value(&event)) />
    }
    .into_any();
    let severities = [Severity::Suggestion, Severity::Warning, Severity::Error];
    let options: Vec<_> = severities
        .into_iter()
        .map(|one| {
            let chosen = move || own.draft.with(|draft| draft.severity == one);
            view! { <option value=one.name() selected=chosen>{t(&format!("card_severity_{}", one.name()))}</option> }
        })
        .collect();
    let severity = view! {
        <select class="input" id="own-severity" on:change=move |event| {
            let name = event_target_value(&event);
            let chosen = severities.into_iter().find(|one| one.name() == name).unwrap_or_default();
            own.draft.update(|draft| draft.severity = chosen);
        }>{options}</select>
    }
    .into_any();
    let seen = move || {
        let word = own.typed();
        let row = own.firings.with(|all| all.get(&word.rule_id()).cloned());
        (!word.term.trim().is_empty()).then(|| firing(row))
    };
    let editing = move || own.editing.with(Option::is_some);
    view! {
        <form class="stack own-form" id="own-form" on:submit=save>
            <div class="own-fields">
                {field("own-term", "voice_own_term", text("own-term", |word| word.term.clone(), |word, to| word.term = to))}
                {field("own-instead", "voice_own_instead", instead)}
                {field("own-why", "voice_own_why", text("own-why", |word| word.why.clone(), |word, to| word.why = to))}
                {field("own-severity", "voice_own_severity", severity)}
            </div>
            {networks(own)}
            <div class="row wrap">
                <button class="button primary" type="submit" disabled=move || own.all().is_none()>{icon("plus")}
                    {move || t(if editing() { "voice_own_change" } else { "options_add" })}</button>
                {move || editing().then(|| view! {
                    <button class="button quiet" type="button" on:click=move |_| own.clear()>{t("library_cancel")}</button>
                })}
                <span class="grow" aria-live="polite">{seen}</span>
            </div>
        </form>
    }
    .into_any()
}

fn networks(own: Own) -> AnyView {
    let read = move || own.draft.with(|draft| draft.networks.clone());
    let boxes = boxes(own.voice.page, read, move |on| own.draft.update(|draft| draft.networks = on));
    view! {
        <details class="part">
            <summary>{t("voice_own_where")}</summary>
            <div class="row wrap">{boxes}</div>
        </details>
    }
    .into_any()
}

fn list(own: Own) -> AnyView {
    (move || {
        let all = match own.words.get() {
            Stored::Reading => return view! { <p class="muted">{t("library_reading")}</p> }.into_any(),
            Stored::Unreadable => {
                return view! { <p class="notice bad" role="alert" id="own-unreadable">{t("voice_own_unreadable")}</p> }.into_any();
            }
            Stored::Read(all) if all.is_empty() => {
                return view! { <p class="muted" id="own-empty">{t("voice_own_empty")}</p> }.into_any();
            }
            Stored::Read(all) => all,
        };
        let rows: Vec<_> = all.into_iter().map(|word| row(own, word)).collect();
        view! { <ul class="lined" id="own-words">{rows}</ul> }.into_any()
    })
    .into_any()
}

fn row(own: Own, word: OwnWord) -> AnyView {
    let id = word.rule_id();
    let fires = move || firing(own.firings.with(|all| all.get(&id).cloned()));
    let (term, edited) = (word.term.clone(), word.clone());
    let switch = {
        let term = term.clone();
        move |event| {
            let off = !event_target_checked(&event);
            own.change(&term, |word| word.off = off, t("options_saved"));
        }
    };
    let edit = move |_| {
        own.instead.set(edited.instead.join(", "));
        own.editing.set(Some(edited.term.clone()));
        own.draft.set(edited.clone());
        focus("own-term");
    };
    let remove = {
        let term = term.clone();
        move |_| {
            let Some(all) = untrack(|| own.all()) else { return };
            own.store(all.into_iter().filter(|word| word.term != term).collect(), t("voice_own_removed"), || {});
            focus("own-term");
        }
    };
    let networks = word.networks.iter().map(|one| own.voice.page.network_name(one)).collect::<Vec<_>>().join(", ");
    let what = match word.instead.is_empty() {
        true => t("voice_own_avoid"),
        false => format!("→ {}", word.instead.join(", ")),
    };
    let label = |key: &str| format!("{}: {term}", t(key));
    view! {
        <li class="own-word">
            <label class="switch"><input type="checkbox" role="switch" aria-label=label("voice_own_on") prop:checked=!word.off on:change=switch /></label>
            <div class="grow stack tight">
                <div class="row wrap"><span class="strong">{word.term.clone()}</span><span>{what}</span>
                    <span class="chip">{t(&format!("card_severity_{}", word.severity.name()))}</span>
                    {(!networks.is_empty()).then(|| view! { <span class="muted small">{networks}</span> })}</div>
                {(!word.why.is_empty()).then(|| view! { <p class="muted small">{word.why.clone()}</p> })}
                {fires}
            </div>
            <button class="button quiet small" type="button" aria-label=label("voice_own_edit") on:click=edit>{t("voice_own_edit")}</button>
            <button class="button quiet small icon-only" type="button" aria-label=label("options_remove") on:click=remove>{icon("close")}</button>
        </li>
    }
    .into_any()
}

fn paste(own: Own) -> AnyView {
    let found = Memo::new(move |_| own.pasted.with(|text| pasted(text)));
    let add = move |_| {
        let new: Vec<OwnWord> = found.get_untracked().into_iter().map(|word| OwnWord { off: true, ..word }).collect();
        let words = say(&Msg::new("voice_paste_added").with("count", new.len()));
        let Some(all) = untrack(|| own.all()) else { return };
        own.store(all.into_iter().chain(new).collect(), words, move || own.pasted.set(String::new()));
    };
    let label = move || say(&Msg::new("voice_paste_add").with("count", found.with(Vec::len)));
    view! {
        <details class="part" id="own-paste">
            <summary>{t("voice_paste")}</summary>
            <div class="stack">
                <p class="help" id="own-paste-help">{t("voice_paste_help")}</p>
                <textarea class="input" rows="6" id="own-pasted" aria-label=t("voice_paste") aria-describedby="own-paste-help"
                    prop:value=own.pasted on:input=move |event| own.pasted.set(event_target_value(&event))></textarea>
                <div class="row"><button class="button" type="button" id="own-paste-add" disabled=move || found.with(Vec::is_empty) || own.all().is_none()
                    on:click=add>{label}</button></div>
            </div>
        </details>
    }
    .into_any()
}

fn history(own: Own) -> AnyView {
    let rows = move || {
        let page = own.voice.page;
        let (zone, me) = page.state.with(|state| (state.workspace.time_zone.clone(), state.user.clone()));
        own.settings.with(|settings| {
            let versions = settings.versions("pack", PACK);
            let rows = versions.into_iter().map(|version| {
                let held = version.set.value.as_ref().map(words).unwrap_or_default();
                let who = if version.set.by == me { t("library_you") } else { settings.name(&version.set.by) };
                let when = dates::full(version.set.at, &zone);
                let label = say(&Msg::new("library_restore_of").with("when", when.clone()));
                let count = say(&Msg::new("voice_own_count").with("count", held.len()));
                let restore = move |_| own.store(held.clone(), t("library_restored"), || {});
                let stands = version.stands;
                view! {
                    <li class="version"><div class="row wrap">
                        <span class="strong">{who}</span><span class="muted small">{when}</span><span class="small">{count}</span>
                        {stands.then(|| view! { <span class="chip accent">{t("library_version_now")}</span> })}
                        <span class="grow"></span>
                        {(!stands).then(|| view! {
                            <button class="button small" type="button" aria-label=label on:click=restore>{t("library_restore")}</button>
                        })}
                    </div></li>
                }
            });
            rows.collect::<Vec<_>>()
        })
    };
    view! {
        <details class="part" id="own-history">
            <summary>{t("library_history")}</summary>
            <ol class="history">{rows}</ol>
        </details>
    }
    .into_any()
}
