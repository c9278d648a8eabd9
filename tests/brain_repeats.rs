//! The same words again: what the gate knows of today, also after the background has died, and what it offers instead.

use serde_json::{Value, json};

use super::brain_world::{AGENT, FRAME, World, passed, post};

const DAY_MS: i64 = 86_400_000;

fn agent() -> World {
    let mut world = World::new();
    world.agent_on_x();
    world
}

fn asked(id: u64) -> Value {
    post(id as u32, id, &format!("writer{id}"), "Lu Vidal", "Acme is slow")
}

/// Why a text is held under the post `id`; empty when it is not.
fn held(world: &mut World, id: u64, text: &str) -> String {
    world.compose(asked(id));
    let checked = world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }));
    checked["held"].as_str().unwrap().to_owned()
}

fn send(world: &mut World, id: u64, text: &str) {
    world.compose(asked(id));
    sent(world, text, true);
}

fn sent(world: &mut World, text: &str, confirmed: bool) {
    world.agent(json!({ "type": "sent", "composer": 1, "text": text, "confirmed": confirmed, "passed": passed() }));
}

fn template(world: &mut World, id: &str, mut value: Value) {
    value["trigger"] = json!(id);
    value["language"] = json!("en");
    value["title"] = json!(id);
    world.page(json!({ "type": "put", "item": "template", "id": id, "value": value }));
}

/// Inserts a template by its trigger under the post `id`, and returns its text.
fn insert(world: &mut World, id: u64, trigger: &str) -> String {
    world.compose(asked(id));
    let what =
        json!({ "type": "picker", "words": { "text": trigger, "span": { "start": 0, "end": trigger.len() + 1 } } });
    world.agent(json!({ "type": "open", "composer": 1, "what": what }));
    let step = world.agent(json!({ "type": "key", "key": "Enter" }))["step"].clone();
    world.agent(json!({ "type": "inserted", "composer": 1, "template": step["template"], "outcome": "ok" }));
    step["text"].as_str().unwrap().to_owned()
}

/// The step that the card's fix is.
fn mend(world: &mut World, text: &str) -> Value {
    let what = json!({ "type": "gate", "text": text });
    let ticket = world.agent(json!({ "type": "open", "composer": 1, "what": what }))["overlay"].clone();
    if !ticket.is_null() {
        world.pair(&ticket);
    }
    world.pushes(AGENT);
    world.ask(FRAME, None, json!({ "type": "choose", "index": 0 }));
    world.pushes(AGENT).into_iter().find(|push| push["type"] == "overlay").expect("a step")["step"].clone()
}

#[test]
fn once_in_a_thread_is_enough_and_the_log_remembers() {
    let mut world = agent();
    assert_eq!(held(&mut world, 11, "We are on it."), "");
    send(&mut world, 11, "We are on it.");
    assert!(held(&mut world, 11, "we are ON it").contains("This thread"), "the words count, not how they are written");
    assert_eq!(held(&mut world, 12, "We are on it."), "");
    world.restart();
    world.agent_on_x();
    assert!(held(&mut world, 11, "We are on it.").contains("This thread"));
    world.moment.now += 9 * DAY_MS;
    assert!(held(&mut world, 11, "We are on it.").contains("This thread"), "a thread has no last day");
}

#[test]
fn a_smile_may_be_given_twice() {
    let mut world = agent();
    send(&mut world, 11, "👍");
    assert_eq!(held(&mut world, 11, "👍"), "");
}

#[test]
fn three_times_a_day_are_enough_and_a_new_day_forgets() {
    let mut world = agent();
    for id in 11..14 {
        assert_eq!(held(&mut world, id, "We are on it."), "");
        send(&mut world, id, "We are on it.");
    }
    assert!(held(&mut world, 20, "We are on it.").contains("3 times today"));
    assert_eq!(held(&mut world, 20, "We are on it now."), "");
    world.restart();
    world.agent_on_x();
    assert!(held(&mut world, 20, "We are on it.").contains("3 times today"));
    world.moment.now += DAY_MS;
    assert_eq!(held(&mut world, 20, "We are on it."), "");
}

#[test]
fn the_day_is_the_persons_own() {
    let mut world = agent();
    // An hour before midnight here, whatever the hour in Greenwich.
    world.moment.offset = 330;
    let ahead = 330 * 60_000;
    world.moment.now = (world.moment.now + ahead).div_euclid(DAY_MS) * DAY_MS - ahead + 23 * 3_600_000;
    for id in 11..14 {
        send(&mut world, id, "We are on it.");
    }
    world.moment.now += 1_800_000;
    assert!(held(&mut world, 20, "We are on it.").contains("3 times today"));
    world.moment.now += 3_600_000;
    assert_eq!(held(&mut world, 20, "We are on it."), "");
    world.restart();
    world.agent_on_x();
    assert_eq!(held(&mut world, 20, "We are on it."), "");
}

#[test]
fn what_may_not_have_arrived_may_be_sent_again() {
    let mut world = agent();
    world.compose(asked(11));
    sent(&mut world, "We are on it.", false);
    assert_eq!(held(&mut world, 11, "We are on it."), "");
}

#[test]
fn the_fix_is_another_variant_or_another_throw_and_else_the_text() {
    let mut world = agent();
    template(&mut world, "qqone", json!({ "family": "qq", "body": "We are on it." }));
    template(&mut world, "qqtwo", json!({ "family": "qq", "body": "Somebody is looking into it." }));
    template(&mut world, "qqform", json!({ "family": "qq", "body": "{{ form.a }}", "fields": [{ "name": "a" }] }));
    assert_eq!(insert(&mut world, 11, "qqone"), "We are on it.");
    sent(&mut world, "We are on it.", true);
    assert_eq!(insert(&mut world, 11, "qqone"), "We are on it.");
    assert!(held(&mut world, 11, "We are on it.").contains("This thread"));
    let step = mend(&mut world, "We are on it.");
    assert_eq!((&step["text"], &step["template"]), (&json!("Somebody is looking into it."), &json!("qqtwo")));
    assert_eq!(step["replace"], json!({ "start": 0, "end": 13 }));
    sent(&mut world, "Somebody is looking into it.", true);
    // Both were said: back to the text.
    insert(&mut world, 11, "qqone");
    assert_eq!(mend(&mut world, "We are on it.")["type"], "hide");
    // What nobody inserted has no variants.
    send(&mut world, 12, "We are on it.");
    assert!(held(&mut world, 12, "We are on it.").contains("This thread"));
    assert_eq!(mend(&mut world, "We are on it.")["type"], "hide");

    template(&mut world, "qqrandom", json!({ "body": "{{ random(['Thanks', 'Cheers', 'Ta']) }}, Lu!" }));
    let said = insert(&mut world, 13, "qqrandom");
    sent(&mut world, &said, true);
    insert(&mut world, 13, "qqrandom");
    let other = mend(&mut world, &said)["text"].as_str().unwrap().to_owned();
    assert!(other.ends_with(", Lu!") && other != said, "{other}");
}

#[test]
fn a_holding_statement_is_repeated_as_it_stands_and_no_other_way() {
    let mut world = agent();
    template(&mut world, "qqhold", json!({ "kind": "holding", "body": "We know and are working on it." }));
    let said = insert(&mut world, 11, "qqhold");
    for _ in 0..5 {
        assert_eq!(held(&mut world, 11, &said), "");
        sent(&mut world, &said, true);
        insert(&mut world, 11, "qqhold");
    }
    assert!(held(&mut world, 12, &said).contains("5 times today"), "typed by hand it is no statement");
    insert(&mut world, 11, "qqhold");
    let changed = format!("{said}!");
    send(&mut world, 11, &changed);
    insert(&mut world, 11, "qqhold");
    assert_ne!(held(&mut world, 11, &changed), "", "changed, it is a text like any other");
}
