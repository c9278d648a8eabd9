//! Every rule of every pack, with its switch and what it would have found. Switching one on or off is the workspace's, and
//! so everybody's.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::{Firings, Voice, firing};
use crate::message::Msg;
use crate::protocol::{PackRow, PageRequest, RuleRow, Silence};
use crate::ui::settings::{edit, edit_or, tell};
use crate::ui::words::{say, t};
use crate::voice::own::PACK;
use crate::workspace::Workspace;

/// What the list is drawn from. Rows stay where they are when a rule is switched: so do the focus and open packs.
#[derive(Clone, Copy)]
struct List {
    voice: Voice,
    firings: Firings,
    /// What is searched for, lower case.
    wanted: Memo<String>,
    /// Ids of the rules that are on.
    on: Memo<BTreeSet<String>>,
    /// Ids of those that this person dismissed for good.
    silenced: Memo<BTreeSet<String>>,
}

impl List {
    /// The rules of a pack that are searched for.
    fn rules(self, pack: &str) -> Vec<RuleRow> {
        let wanted = self.wanted.get();
        let fits = |rule: &&RuleRow| {
            rule.pack == pack
                && (wanted.is_empty()
                    || format!("{} {} {}", rule.name, rule.why, rule.id).to_lowercase().contains(&wanted))
        };
        self.voice.rules.with(|all| all.iter().flatten().filter(fits).cloned().collect())
    }

    /// How many of these rules are on, and how many there are.
    fn count(self, rules: &[RuleRow]) -> (usize, usize) {
        (self.on.with(|on| rules.iter().filter(|rule| on.contains(&rule.id)).count()), rules.len())
    }
}

fn counted((on, of): (usize, usize)) -> String {
    say(&Msg::new("voice_rules_on").with("count", on).with("of", of))
}

/// The section.
pub fn view(voice: Voice) -> AnyView {
    let firings: Firings = RwSignal::new(BTreeMap::new());
    // What a rule would find does not depend on its switch.
    let ids = Memo::new(move |_| {
        voice.rules.with(|all| all.iter().flatten().map(|rule| rule.id.clone()).collect::<BTreeSet<_>>())
    });
    Effect::new(move |_| {
        ids.track();
        voice.count(None, firings);
    });
    let search = RwSignal::new(String::new());
    let hold = Memo::new(move |_| voice.page.state.with(|state| state.workspace.hold));
    let reason = Memo::new(move |_| voice.page.state.with(|state| state.workspace.hold_reason.clone()));
    let list = List {
        voice,
        firings,
        wanted: Memo::new(move |_| search.with(|typed| typed.trim().to_lowercase())),
        on: Memo::new(move |_| {
            let is_on = |rule: &&RuleRow| rule.on;
            voice.rules.with(|all| all.iter().flatten().filter(is_on).map(|rule| rule.id.clone()).collect())
        }),
        silenced: Memo::new(move |_| voice.page.state.with(|state| state.silenced.iter().cloned().collect())),
    };
    let counts = move || counted(voice.rules.with(|all| list.count(all.as_deref().unwrap_or_default())));
    let packs = move || {
        let packs = voice.page.state.with(|state| state.packs.clone());
        let is_shown = |pack: &PackRow| pack.id != PACK && !list.rules(&pack.id).is_empty();
        packs.into_iter().filter(is_shown).collect::<Vec<_>>()
    };
    let empty = move || {
        let words = match voice.rules.with(Option::is_none) {
            true => "library_reading",
            false if packs().is_empty() => "voice_rules_none",
            false => return None,
        };
        Some(view! { <p class="muted">{t(words)}</p> })
    };
    view! {
        <section class="card stack" aria-labelledby="rules-title">
            <div class="row wrap spread"><h2 id="rules-title">{t("voice_rules")}</h2><span class="muted small" id="rules-on">{counts}</span></div>
            <p class="muted">{t("voice_rules_help")}</p>
            <label class="switch"><input type="checkbox" role="switch" id="voice-hold" prop:checked=hold
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    edit(voice.page, |workspace| {
                        workspace.hold = on;
                        // The next hold has another reason.
                        if !on {
                            workspace.hold_reason.clear();
                        }
                    });
                } /><span class="grow">
                <span class="strong">{t("voice_hold")}</span>" "<span class="muted small">{t("voice_hold_help")}</span></span></label>
            <div class="field">
                <label class="label" for="voice-hold-reason">{t("voice_hold_reason")}</label>
                <input class="input" id="voice-hold-reason" type="text" autocomplete="off" maxlength="200" prop:value=reason
                    on:change=move |event| {
                        let reason = event_target_value(&event).trim().to_owned();
                        edit(voice.page, |workspace| workspace.hold_reason = reason);
                    } />
            </div>
            <input class="input" type="search" id="rules-search" autocomplete="off" aria-label=t("voice_rules_search") placeholder=t("voice_rules_search")
                prop:value=search on:input=move |event| search.set(event_target_value(&event)) />
            {empty}
            <div class="stack" id="rules">
                <For each=packs key=|pack| (pack.id.clone(), pack.name.clone()) children=move |one| pack(list, one) />
            </div>
        </section>
    }
    .into_any()
}

fn pack(list: List, pack: PackRow) -> AnyView {
    let id = pack.id;
    let rules = Memo::new(move |_| list.rules(&id));
    let count = move || rules.with(|rules| list.count(rules));
    let turn = move |to: bool| {
        let on = list.on.get_untracked();
        let others: Vec<RuleRow> =
            rules.get_untracked().into_iter().filter(|rule| on.contains(&rule.id) != to).collect();
        switch(list.voice, &others, to);
    };
    let open = Memo::new(move |_| list.wanted.with(|wanted| !wanted.is_empty()));
    let language = if pack.language == "*" { String::new() } else { pack.language.to_uppercase() };
    view! {
        <details class="part" open=open>
            <summary>{pack.name}" "<span class="muted small">{language}</span>" "
                <span class="chip">{move || counted(count())}</span></summary>
            <div class="stack">
                <div class="row">
                    <button class="button small" type="button" disabled=move || count().0 == count().1 on:click=move |_| turn(true)>{t("voice_pack_all")}</button>
                    <button class="button small quiet" type="button" disabled=move || count().0 == 0 on:click=move |_| turn(false)>{t("voice_pack_none")}</button>
                </div>
                <ul class="lined">
                    <For each=move || rules.get() key=|rule| (rule.id.clone(), rule.name.clone()) children=move |rule| row(list, rule) />
                </ul>
            </div>
        </details>
    }
    .into_any()
}

fn row(list: List, rule: RuleRow) -> AnyView {
    let id = StoredValue::new(rule.id.clone());
    let has = move |ids: Memo<BTreeSet<String>>| ids.with(|ids| id.with_value(|id| ids.contains(id)));
    let on = move || has(list.on);
    let fires = move || firing(list.firings.with(|all| id.with_value(|id| all.get(id).cloned())));
    let turned = rule.clone();
    let change = move |event| switch(list.voice, std::slice::from_ref(&turned), event_target_checked(&event));
    // Dismissed for good by this person; the others still hear it.
    let silent = move || {
        let hear = move |_| {
            let page = list.voice.page;
            tell(page, PageRequest::Device { name: "rule:hear".to_owned(), value: id.get_value() });
            let user = page.state.with_untracked(|state| state.user.clone());
            let own = format!("{} {user}", id.get_value());
            tell(page, PageRequest::Remove { item: "silence".to_owned(), id: own });
        };
        has(list.silenced).then(|| {
            view! {
                <p class="row wrap small"><span>{t("voice_rule_silent")}</span>
                    <button class="button small" type="button" id=format!("hear-{}", id.get_value()) on:click=hear>{t("voice_rule_hear")}</button></p>
            }
        })
    };
    let reasons = move || {
        let all = list.voice.page.state.with(|state| state.silences.clone());
        let of_this = all.into_iter().filter(|one| id.with_value(|id| one.rule == *id));
        let line =
            |Silence { who, reason, .. }| say(&Msg::new("voice_rule_reason").with("who", who).with("reason", reason));
        of_this.map(|one| view! { <p class="muted small">{line(one)}</p> }).collect::<Vec<_>>()
    };
    view! {
        <li class="own-word">
            <label class="switch"><input type="checkbox" role="switch" id=format!("rule-{}", rule.id) aria-label=rule.name.clone()
                prop:checked=on on:change=change /></label>
            <div class="grow stack tight">
                <div class="row wrap"><span class="strong">{rule.name}</span>
                    <span class="chip">{t(&format!("card_severity_{}", rule.severity))}</span></div>
                <p class="muted small">{rule.why}</p>
                {fires}
                {silent}
                {reasons}
            </div>
        </li>
    }
    .into_any()
}

/// Switches rules: what is kept are the differences from what is on by itself.
fn switch(voice: Voice, rules: &[RuleRow], on: bool) {
    let before = voice.rules.get_untracked();
    let change = |workspace: &mut Workspace| {
        for rule in rules {
            workspace.rules_on.retain(|id| *id != rule.id);
            workspace.rules_off.retain(|id| *id != rule.id);
            let list = if on { &mut workspace.rules_on } else { &mut workspace.rules_off };
            list.push(rule.id.clone());
        }
    };
    edit_or(voice.page, change, move || voice.rules.set(before));
    voice.rules.update(|all| {
        let all = all.iter_mut().flatten();
        all.filter(|one| rules.iter().any(|rule| rule.id == one.id)).for_each(|one| one.on = on);
    });
}
