//! Every rule of every pack, with its switch and what it would have found. Switching one on or off is the workspace's, and
//! so everybody's.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{Firings, Voice, firing};
use crate::message::Msg;
use crate::protocol::{PackRow, PageRequest, RuleRow};
use crate::ui::settings::{edit, tell};
use crate::ui::words::{say, t};
use crate::voice::own::PACK;

/// The section.
pub fn view(voice: Voice) -> AnyView {
    let firings: Firings = RwSignal::new(BTreeMap::new());
    Effect::new(move |_| {
        voice.rules.track();
        voice.count(None, firings);
    });
    let search = RwSignal::new(String::new());
    let hold = Memo::new(move |_| voice.page.state.with(|state| state.workspace.hold));
    let counts = move || {
        voice.rules.with(|rules| {
            let rules = rules.as_deref().unwrap_or_default();
            let on = rules.iter().filter(|rule| rule.on).count();
            say(&Msg::new("voice_rules_on").with("count", on).with("of", rules.len()))
        })
    };
    let packs = move || {
        let (packs, silenced) = voice.page.state.with(|state| (state.packs.clone(), state.silenced.clone()));
        let rules = voice.rules.get().unwrap_or_default();
        let wanted = search.with(|typed| typed.trim().to_lowercase());
        let shown = packs
            .into_iter()
            .filter(|one| one.id != PACK)
            .map(|one| pack(voice, firings, one, &rules, (&wanted, &silenced)));
        shown.collect::<Vec<_>>()
    };
    view! {
        <section class="card stack" aria-labelledby="rules-title">
            <div class="row wrap spread"><h2 id="rules-title">{t("voice_rules")}</h2><span class="muted small" id="rules-on">{counts}</span></div>
            <p class="muted">{t("voice_rules_help")}</p>
            <label class="switch"><input type="checkbox" role="switch" id="voice-hold" prop:checked=hold
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    edit(voice.page, |workspace| workspace.hold = on);
                } /><span class="grow">
                <span class="strong">{t("voice_hold")}</span>" "<span class="muted small">{t("voice_hold_help")}</span></span></label>
            <input class="input" type="search" id="rules-search" autocomplete="off" aria-label=t("voice_rules_search") placeholder=t("voice_rules_search")
                prop:value=search on:input=move |event| search.set(event_target_value(&event)) />
            <div class="stack" id="rules">{packs}</div>
        </section>
    }
    .into_any()
}

fn pack(
    voice: Voice,
    firings: Firings,
    pack: PackRow,
    rules: &[RuleRow],
    (wanted, silenced): (&str, &[String]),
) -> Option<AnyView> {
    let fits = |rule: &&RuleRow| {
        rule.pack == pack.id
            && (wanted.is_empty() || format!("{} {} {}", rule.name, rule.why, rule.id).to_lowercase().contains(wanted))
    };
    let rules: Vec<RuleRow> = rules.iter().filter(fits).cloned().collect();
    if rules.is_empty() {
        return None;
    }
    let on = rules.iter().filter(|rule| rule.on).count();
    let of = rules.len();
    let all = rules.clone();
    let turn = move |to: bool| {
        let ids: Vec<RuleRow> = all.iter().filter(|rule| rule.on != to).cloned().collect();
        switch(voice, &ids, to);
    };
    let (turn_on, turn_off) = (turn.clone(), turn);
    let rows: Vec<_> = rules
        .into_iter()
        .map(|rule| {
            let is_silent = silenced.contains(&rule.id);
            row(voice, firings, rule, is_silent)
        })
        .collect();
    let open = !wanted.is_empty();
    let language = if pack.language == "*" { String::new() } else { pack.language.to_uppercase() };
    Some(
        view! {
            <details class="part" open=open>
                <summary>{pack.name}" "<span class="muted small">{language}</span>" "
                    <span class="chip">{say(&Msg::new("voice_rules_on").with("count", on).with("of", of))}</span></summary>
                <div class="stack">
                    <div class="row">
                        <button class="button small" type="button" disabled={on == of} on:click=move |_| turn_on(true)>{t("voice_pack_all")}</button>
                        <button class="button small quiet" type="button" disabled={on == 0} on:click=move |_| turn_off(false)>{t("voice_pack_none")}</button>
                    </div>
                    <ul class="lined">{rows}</ul>
                </div>
            </details>
        }
        .into_any(),
    )
}

fn row(voice: Voice, firings: Firings, rule: RuleRow, is_silent: bool) -> AnyView {
    let id = rule.id.clone();
    let fires = move || firing(firings.with(|all| all.get(&id).cloned()));
    let turned = rule.clone();
    let change = move |event| switch(voice, std::slice::from_ref(&turned), event_target_checked(&event));
    // Dismissed for good by this person; the others still hear it.
    let silent = is_silent.then(|| {
        let id = rule.id.clone();
        let hear = move |_| tell(voice.page, PageRequest::Device { name: "rule:hear".to_owned(), value: id.clone() });
        view! {
            <p class="row wrap small"><span>{t("voice_rule_silent")}</span>
                <button class="button small" type="button" id=format!("hear-{}", rule.id) on:click=hear>{t("voice_rule_hear")}</button></p>
        }
    });
    view! {
        <li class="own-word">
            <label class="switch"><input type="checkbox" role="switch" id=format!("rule-{}", rule.id) aria-label=rule.name.clone()
                prop:checked=rule.on on:change=change /></label>
            <div class="grow stack tight">
                <div class="row wrap"><span class="strong">{rule.name}</span>
                    <span class="chip">{t(&format!("card_severity_{}", rule.severity))}</span></div>
                <p class="muted small">{rule.why}</p>
                {fires}
                {silent}
            </div>
        </li>
    }
    .into_any()
}

/// Switches rules: what is kept are the differences from what is on by itself.
fn switch(voice: Voice, rules: &[RuleRow], on: bool) {
    edit(voice.page, |workspace| {
        for rule in rules {
            workspace.rules_on.retain(|id| *id != rule.id);
            workspace.rules_off.retain(|id| *id != rule.id);
            let list = if on { &mut workspace.rules_on } else { &mut workspace.rules_off };
            list.push(rule.id.clone());
        }
    });
    voice.rules.update(|all| {
        let all = all.iter_mut().flatten();
        all.filter(|one| rules.iter().any(|rule| rule.id == one.id)).for_each(|one| one.on = on);
    });
}
