//! The send gate as the page agent meets it, and what pages show of our work without having been told.

use serde_json::{Value, json};

use super::brain_world::{AGENT, FRAME, NOW, World, post, posts, save};

const HOLE: &str = "Hello {{ name }}, thank you.";

/// An agent with a paired frame at a composer under a post to the brand.
fn at_a_composer() -> World {
    let mut world = World::new();
    world.agent_on_x();
    let ticket = world.compose(post(1, 11, "lu", "Lu Vidal", "Hello Acme"))["overlay"].clone();
    assert_eq!(world.pair(&ticket)["type"], "paired");
    world.pushes(FRAME);
    world
}

/// Why a text is held; empty when it is not.
fn check(world: &mut World, text: &str) -> String {
    let checked = world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }));
    checked["held"].as_str().unwrap().to_owned()
}

fn press_send(world: &mut World, text: &str) -> Value {
    let what = json!({ "type": "gate", "text": text });
    world.agent(json!({ "type": "open", "composer": 1, "what": what }))["step"].clone()
}

/// What the frame asks for, and the step that the agent hears of it.
fn in_frame(world: &mut World, body: Value) -> Value {
    world.pushes(AGENT);
    assert_eq!(world.ask(FRAME, None, body)["type"], "done");
    world.pushes(AGENT).into_iter().find(|push| push["type"] == "overlay").expect("a step")["step"].clone()
}

fn sent(text: &str, overridden: &[&str]) -> Value {
    let passed = json!({ "unchecked": false, "overridden": overridden });
    json!({ "type": "sent", "composer": 1, "text": text, "confirmed": true, "passed": passed })
}

fn events<'w>(world: &'w World, t: &str) -> Vec<&'w Value> {
    world.disk.events.iter().filter(|event| event.t == t).map(|event| &event.v).collect()
}

#[test]
fn the_verdict_comes_with_every_check() {
    let mut world = at_a_composer();
    assert_eq!(check(&mut world, "Hello Lu, thank you."), "");
    let held = check(&mut world, HOLE);
    assert!(held.contains("{{ name }}"), "{held}");
    assert_eq!(press_send(&mut world, "Hello Lu, thank you.")["type"], "release", "what is clean by now goes");
    let shown = press_send(&mut world, HOLE);
    assert_eq!((&shown["type"], &shown["at"], &shown["takes_focus"]), (&json!("show"), &json!("send"), &json!(true)));
    let view = world.pushes(FRAME).pop().unwrap()["view"].clone();
    assert_eq!((&view["type"], &view["holds"][0]["check"]), (&json!("gate"), &json!("placeholder")));
}

#[test]
fn sending_anyway_is_a_token_for_that_text_and_is_logged_without_it() {
    let mut world = at_a_composer();
    press_send(&mut world, HOLE);
    let step = in_frame(&mut world, json!({ "type": "override" }));
    assert_eq!(step, json!({ "type": "release", "composer": 1, "text": HOLE, "overridden": ["placeholder"] }));
    assert_eq!(world.ask(FRAME, None, json!({ "type": "override" }))["code"], "not_found", "one use");
    world.agent(sent(HOLE, &["placeholder"]));
    let [overrode] = events(&world, "overrode")[..] else { panic!("one event") };
    assert_eq!(overrode, &json!({ "checks": ["placeholder"], "network": "x", "account": "acme" }));
    assert_eq!(events(&world, "replied").len(), 1);
}

#[test]
fn the_gate_can_be_paused_for_a_site_and_a_check_switched_off() {
    let mut world = at_a_composer();
    world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": { "checks_off": ["placeholder"] } }));
    assert_eq!(check(&mut world, HOLE), "");
    world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": { "checks_off": [] } }));
    assert_ne!(check(&mut world, HOLE), "");
    world.page(json!({ "type": "pause", "host": "x.com", "feature": "gate", "on": true }));
    assert_eq!(check(&mut world, HOLE), "");
}

#[test]
fn moving_to_direct_messages_saves_the_post_sets_the_status_and_brings_the_hand_off() {
    let mut world = at_a_composer();
    let text = "Is it +34 612 345 678?";
    press_send(&mut world, text);
    let step = in_frame(&mut world, json!({ "type": "choose", "index": 0 }));
    assert_eq!((&step["type"], &step["template"]), (&json!("insert"), &json!("dm-handoff-en")));
    assert_eq!(step["replace"], json!({ "start": 0, "end": text.len() }));
    let mention = world.disk.mentions.values().next().unwrap();
    assert!(mention.is_saved() && mention.status.name() == "moved_to_dm");
}

#[test]
fn a_personal_account_is_held_only_in_the_brands_affairs() {
    let mut world = World::new();
    world.agent_on_x();
    let page = json!({ "acting_handle": "ana_private" });
    world.agent(json!({ "type": "running", "definition": "x", "url": "https://x.com/home", "page": page }));
    world.compose(post(1, 11, "lu", "Lu Vidal", "happy birthday to me"));
    assert_eq!(check(&mut world, HOLE), "");
    world.compose(post(2, 12, "lu", "Lu Vidal", "Acme is slow"));
    assert!(check(&mut world, "On it!").contains("@ana_private"));
    world.agent(save(&post(1, 11, "lu", "Lu Vidal", "happy birthday to me")));
    world.compose(post(1, 11, "lu", "Lu Vidal", "happy birthday to me"));
    assert_ne!(check(&mut world, "On it!"), "", "its case is open");
}

#[test]
fn what_the_strip_says_comes_ready_with_the_check() {
    let mut world = at_a_composer();
    let mut said = |text: &str| {
        let checked = world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }));
        [checked["to_check"].as_str().unwrap().to_owned(), checked["over"].to_string()]
    };
    assert_eq!(said("Hello Lu, thank you."), ["", "false"]);
    assert_eq!(said("It will definitely arrive, I guarantee it."), ["2 to check", "false"]);
}

#[test]
fn findings_are_stepped_through_in_the_order_of_the_text_and_the_worst_comes_first() {
    let mut world = at_a_composer();
    check(&mut world, "It will definitely arrive. Please send us your order number.");
    let mut open = |what: Value| {
        let shown = world.agent(json!({ "type": "open", "composer": 1, "what": what }))["step"].clone();
        assert_eq!(shown["at"], "finding", "{shown}");
        shown["local"].as_u64().unwrap()
    };
    let mut step = |from: u32, back: bool| open(json!({ "type": "step", "from": from, "back": back }));
    assert_eq!([step(0, false), step(8, false), step(60, false)], [0, 1, 0], "round and round");
    assert_eq!([step(60, true), step(0, true)], [1, 1]);
    assert_eq!(open(json!({ "type": "worst" })), 1, "an error before a warning");
}

/// A comment under the post 11.
fn answer(local: u32, id: u64, handle: &str, text: &str, at: i64) -> Value {
    let mut answer = post(local, id, handle, handle, text);
    answer["fields"]["parent"] = json!("11");
    answer["fields"]["published"] = json!(rejoinder::site::calendar::iso(at));
    answer
}

#[test]
fn a_reply_of_the_brand_that_was_written_elsewhere_marks_the_post_once() {
    let mut world = World::new();
    world.agent_on_x();
    let asked = post(1, 11, "lu", "Lu", "Acme is slow");
    world.agent(posts(std::slice::from_ref(&asked)));
    world.pushes(AGENT);
    let reply = answer(2, 12, "acme", "We are on it.", NOW);
    world.agent(posts(std::slice::from_ref(&reply)));
    let views = world.pushes(AGENT).pop().expect("the row is drawn anew");
    assert_eq!(views["posts"][0]["marks"][1]["text"], "Answered by @acme (outside Rejoinder)");
    assert!(world.disk.events.iter().all(|event| event.t != "replied"), "what is not saved stays so");

    world.agent(save(&asked));
    for _ in 0..3 {
        world.agent(posts(std::slice::from_ref(&reply)));
    }
    let [replied] = events(&world, "replied")[..] else { panic!("one event") };
    assert_eq!((&replied["outside"], &replied["account"]), (&json!(true), &json!("acme")));
    assert!(world.disk.mentions.values().any(rejoinder::log::Mention::is_replied));
}

#[test]
fn what_was_sent_from_here_is_not_noticed_as_written_elsewhere() {
    let mut world = at_a_composer();
    check(&mut world, "We are on it.");
    let shown = answer(2, 12, "acme", "@lu We are on it.", NOW);
    world.agent(posts(std::slice::from_ref(&shown)));
    world.agent(sent("We are on it.", &[]));
    world.agent(posts(std::slice::from_ref(&shown)));
    assert_eq!(events(&world, "replied").len(), 1);
}

#[test]
fn a_customer_who_writes_again_opens_the_case_again() {
    let mut world = World::new();
    world.agent_on_x();
    let first = answer(1, 12, "lu", "Acme is slow", NOW - 9_000_000);
    let key = world.agent(save(&first))["post"]["key"].clone();
    let close = json!({ "type": "change", "key": key, "change": { "type": "status", "status": "resolved" } });
    assert_eq!(world.page(close)["type"], "changed");
    world.agent(posts(&[answer(2, 13, "lu", "earlier words", NOW - 8_000_000)]));
    world.agent(posts(&[answer(3, 14, "kim", "me too", NOW + 9_000_000)]));
    assert_eq!(world.disk.mentions.values().filter(|mention| mention.is_saved()).count(), 1);
    world.agent(posts(&[answer(4, 15, "lu", "still broken", NOW + 9_000_000)]));
    let open = |mention: &&rejoinder::log::Mention| mention.is_saved() && mention.status.name() == "open";
    assert_eq!(world.disk.mentions.values().filter(open).count(), 2, "both are of one case");
}

#[test]
fn answered_elsewhere_is_one_key() {
    let mut world = World::new();
    world.agent_on_x();
    let asked = post(1, 11, "lu", "Lu", "Acme is slow");
    let done = world.agent(json!({ "type": "elsewhere", "url": "https://x.com/home", "post": asked }));
    assert_eq!(done["type"], "done");
    let view = world.agent(posts(&[asked]))["posts"][0].clone();
    assert_eq!(view["marks"][0]["text"], "Answered elsewhere");
}

#[test]
fn during_a_crisis_hold_only_a_statement_as_it_stands_goes_unasked() {
    let mut world = at_a_composer();
    let clean = "Hello Lu, thank you.";
    let hold = |world: &mut World, on: bool| {
        let value = json!({ "hold": on, "hold_reason": "Recall of the kettle" });
        world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": value }));
        let pushes = world.pushes(AGENT);
        assert!(
            pushes.iter().any(|push| push["type"] == "recheck"),
            "what is typed already is looked at anew: {pushes:?}"
        );
    };
    hold(&mut world, true);
    let held = check(&mut world, clean);
    assert!(held.contains("Recall of the kettle"), "{held}");
    press_send(&mut world, clean);
    let step = in_frame(&mut world, json!({ "type": "override" }));
    assert_eq!((&step["type"], &step["overridden"]), (&json!("release"), &json!(["crisis_hold"])));

    let picked = json!({ "type": "picker", "words": { "text": "holding", "span": { "start": 0, "end": 8 } } });
    world.agent(json!({ "type": "open", "composer": 1, "what": picked }));
    let inserted = world.agent(json!({ "type": "key", "key": "Enter" }))["step"].clone();
    let statement = inserted["text"].as_str().expect("a text").to_owned();
    world.agent(json!({ "type": "inserted", "composer": 1, "template": inserted["template"], "outcome": "ok" }));
    assert_eq!(check(&mut world, &statement), "");
    assert_ne!(check(&mut world, &format!("{statement} And 10 % off!")), "");

    hold(&mut world, false);
    assert_eq!(check(&mut world, clean), "");
}
