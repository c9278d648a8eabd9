//! Asking a colleague for a look: what the composer says while it waits, when something comes back, and when the text is
//! changed after that; on this page, on another one, and after the background died.

use rejoinder::log::body::{Decision, Drafted, Reviewed};
use rejoinder::log::{Actor, Draft, Event, EventId, Hlc, MentionKey};
use serde_json::{Value, json};

use super::brain_world::{AGENT, FRAME, PAGE, World, post};

const DRAFT: &str = "Hello Lu, tomorrow.";

fn asked() -> Value {
    post(1, 11, "lu", "Lu Vidal", "Acme, where is it?")
}

/// A composer under a post to the brand, in a workspace with these people; the frame is there.
fn at_a_composer(people: &[&str]) -> World {
    let mut world = World::new();
    world.page(json!({ "type": "put", "item": "person", "id": "me", "value": { "name": "Ana" } }));
    world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": { "people": people } }));
    come_back(&mut world);
    world
}

/// The page is opened anew, and its composer gets the caret.
fn come_back(world: &mut World) {
    world.agent_on_x();
    let ticket = world.compose(asked())["overlay"].clone();
    if !ticket.is_null() {
        assert_eq!(world.pair(&ticket)["type"], "paired");
    }
    world.pushes(FRAME);
}

fn check(world: &mut World, text: &str) -> Value {
    world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }))
}

/// What the strip says of the case while the box holds `text`.
fn case(world: &mut World, text: &str) -> String {
    check(world, text)["case"].as_str().unwrap().to_owned()
}

fn open_card(world: &mut World, from: Option<u32>) -> Value {
    let what = json!({ "type": "post", "post": asked(), "url": "https://x.com/home" });
    let answer = world.agent(json!({ "type": "open", "composer": from, "what": what }));
    assert_eq!((&answer["step"]["type"], &answer["step"]["takes_focus"]), (&json!("show"), &json!(from.is_some())));
    world.pushes(FRAME).pop().expect("a card")["view"]["card"].clone()
}

fn ask(world: &mut World, reviewer: Option<&str>) -> Event {
    check(world, DRAFT);
    open_card(world, Some(1));
    let body = json!({ "type": "ask", "reviewer": reviewer, "note": " Is the day right? ", "kept": false });
    assert_eq!(world.ask(FRAME, None, body)["type"], "done");
    drafts(world).pop().expect("a draft")
}

fn drafts(world: &World) -> Vec<Event> {
    world.disk.events.iter().filter(|event| event.t == "draft").cloned().collect()
}

/// A colleague's event comes in from a file.
fn arrives(world: &mut World, by: &str, minute: i64, m: &MentionKey, body: impl Into<rejoinder::log::Body>) -> EventId {
    let actor = Actor { by: by.into(), dev: format!("{by}1") };
    let event = Event::new(Draft::about(m, body), &actor, Hlc::new(world.moment.now + minute * 60_000, 0), None);
    assert_eq!(world.page(json!({ "type": "import", "jsonl": event.text() }))["added"], 1);
    event.id
}

fn decides(world: &mut World, by: &str, draft: &Event, decision: Decision, text: &str) -> EventId {
    let said = Reviewed { draft: draft.id.clone(), decision, text: text.into() };
    arrives(world, by, 1, &draft.m.clone().unwrap(), said)
}

#[test]
fn the_text_becomes_a_draft_at_the_post_which_enters_the_log_with_it() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    assert_eq!(open_card(&mut world, Some(1))["reply"], "", "there is nothing to look at yet");
    let body = json!({ "type": "ask", "reviewer": null, "note": "", "kept": false });
    assert_eq!(world.ask(FRAME, None, body)["code"], "invalid");
    let draft = ask(&mut world, Some("Ben"));
    let written =
        json!({ "text": DRAFT, "kind": "reply", "network": "x", "reviewer": "Ben", "note": "Is the day right?" });
    assert_eq!(draft.v, written);
    let mention = world.disk.mentions.values().next().unwrap();
    assert!(mention.is_saved());
    assert_eq!(case(&mut world, DRAFT), "With Ben to look at");
    assert_eq!(check(&mut world, DRAFT)["held"], "");
    let card = open_card(&mut world, None);
    assert_eq!((&card["reply"], &card["mention"]["looks"][0]["draft"]["reviewer"]), (&Value::Null, &json!("Ben")));
}

#[test]
fn an_answer_that_was_lost_asks_once() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    check(&mut world, DRAFT);
    open_card(&mut world, Some(1));
    let body = json!({ "type": "ask", "reviewer": null, "note": "", "kept": false });
    assert_eq!(world.ask(FRAME, Some("once"), body.clone())["type"], "done");
    assert_eq!(world.ask(FRAME, Some("once"), body)["type"], "done");
    assert_eq!(drafts(&world).len(), 1);
    assert_eq!(case(&mut world, DRAFT), "With the team to look at");
}

#[test]
fn nothing_is_told_to_be_asked_when_the_disk_is_full() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    check(&mut world, DRAFT);
    open_card(&mut world, Some(1));
    world.disk.full = true;
    let body = json!({ "type": "ask", "reviewer": "Ben", "note": "", "kept": false });
    assert_eq!(world.ask(FRAME, None, body)["code"], "storage");
    assert_eq!(case(&mut world, DRAFT), "");
}

#[test]
fn what_comes_back_is_said_at_the_composer_and_a_change_after_it_is_held() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let draft = ask(&mut world, Some("Ben"));
    world.pushes(AGENT);
    decides(&mut world, "Ben", &draft, Decision::Approved, "");
    assert!(world.pushes(AGENT).contains(&json!({ "type": "recheck" })), "the strip is told");
    let checked = check(&mut world, DRAFT);
    assert_eq!((&checked["case"], &checked["held"]), (&json!("Ben approved it"), &json!("")));
    let checked = check(&mut world, "Hello Lu, tomorrow!");
    assert_eq!(checked["case"], "Changed since Ben approved it");
    assert!(checked["held"].as_str().unwrap().starts_with("Changed since Ben approved it."), "{checked}");
    assert_eq!(case(&mut world, " "), "Ben approved it", "an empty box is no other text");
    // Sent anyway, it is in the log which check was overridden, and the draft is done.
    let what = json!({ "type": "gate", "text": "Hello Lu, tomorrow!" });
    world.agent(json!({ "type": "open", "composer": 1, "what": what }));
    world.pushes(AGENT);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "override" }))["type"], "done");
    let step = world.pushes(AGENT).pop().unwrap()["step"].clone();
    assert_eq!(step["overridden"], json!(["approval"]));
    let passed = json!({ "unchecked": false, "overridden": ["approval"] });
    world.agent(
        json!({ "type": "sent", "composer": 1, "text": "Hello Lu, tomorrow!", "confirmed": true, "passed": passed }),
    );
    assert!(world.disk.events.iter().any(|event| event.t == "overrode"));
    assert_eq!(check(&mut world, "And one more thing.")["held"], "");
}

#[test]
fn the_gate_puts_the_approved_text_back() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let draft = ask(&mut world, Some("Ben"));
    decides(&mut world, "Ben", &draft, Decision::Changed, "Hello Lu, on Friday.");
    let checked = check(&mut world, DRAFT);
    assert_eq!(checked["case"], "Ben changed it", "nobody changed it here");
    assert!(checked["held"].as_str().unwrap().starts_with("Ben approved other words"), "{checked}");
    let what = json!({ "type": "gate", "text": DRAFT });
    world.agent(json!({ "type": "open", "composer": 1, "what": what }));
    world.pushes(AGENT);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "choose", "index": 0 }))["type"], "done");
    let step = world.pushes(AGENT).pop().unwrap()["step"].clone();
    assert_eq!((&step["type"], &step["text"]), (&json!("insert"), &json!("Hello Lu, on Friday.")));
    assert_eq!(step["replace"], json!({ "start": 0, "end": DRAFT.len() }));
    assert_eq!(check(&mut world, "Hello Lu, on Friday.")["held"], "");
}

#[test]
fn the_card_at_the_composer_puts_a_text_into_it_and_no_other_card_does() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let draft = ask(&mut world, Some("Ben"));
    let changed = decides(&mut world, "Ben", &draft, Decision::Changed, "Hello Lu, on Friday.");
    check(&mut world, "Hm. 😀");
    open_card(&mut world, Some(1));
    world.pushes(AGENT);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "use", "event": "nonsense" }))["code"], "not_found");
    assert_eq!(world.ask(FRAME, None, json!({ "type": "use", "event": changed }))["type"], "done");
    let step = world.pushes(AGENT).pop().unwrap()["step"].clone();
    assert_eq!((&step["text"], &step["replace"]["end"]), (&json!("Hello Lu, on Friday."), &json!(6)));
    open_card(&mut world, None);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "use", "event": draft.id }))["code"], "not_found");
}

#[test]
fn a_draft_outlives_the_page_and_the_background() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let draft = ask(&mut world, None);
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/log.html");
    come_back(&mut world);
    assert_eq!(case(&mut world, ""), "With the team to look at");
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/log.html");
    decides(
        &mut world,
        "Ben",
        &draft,
        Decision::Commented,
        "Which day do you mean, and who told you so? Please ask Carla.",
    );
    come_back(&mut world);
    let line = case(&mut world, "");
    assert!(line.starts_with("Ben says: Which day") && line.ends_with('…'), "{line}");
    assert_eq!(check(&mut world, "Hello Lu, on Monday.")["held"], "", "a comment approves nothing");
}

#[test]
fn two_who_decide_at_once_are_both_on_the_strip() {
    let mut world = at_a_composer(&["Ana", "Ben", "Carla"]);
    let draft = ask(&mut world, None);
    decides(&mut world, "Ben", &draft, Decision::Approved, "");
    decides(&mut world, "Carla", &draft, Decision::Commented, "Not yet");
    assert_eq!(case(&mut world, DRAFT), "Ben approved it · Carla says: Not yet");
}

#[test]
fn a_colleagues_draft_asks_the_person_it_names_who_decides_and_does_not_withdraw() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let key = {
        let saved =
            json!({ "type": "save", "url": "https://x.com/home", "post": asked(), "via": "row", "selection": null });
        let key = world.agent(saved)["post"]["key"].clone();
        MentionKey(key.as_str().unwrap().to_owned())
    };
    let drafted = Drafted { text: "Hi Lu!".into(), reviewer: Some("Ana".into()), ..Drafted::default() };
    let draft = arrives(&mut world, "Ben", 0, &key, drafted);
    assert_eq!(case(&mut world, ""), "Ben asks you for a look");
    let change = |decision: &str, text: &str| {
        let look = json!({ "type": "look", "draft": draft, "decision": decision, "text": text });
        json!({ "type": "change", "key": key, "change": look })
    };
    assert_eq!(world.page(change("withdrawn", ""))["code"], "not_allowed", "that is Ben's");
    assert_eq!(world.page(change("commented", " "))["code"], "not_allowed", "nothing was said");
    let event = world.page(change("approved", ""));
    assert_eq!((&event["type"], case(&mut world, "").as_str()), (&json!("changed"), "Ana approved it"));
    assert_eq!(world.page(json!({ "type": "undo", "event": event["event"] }))["type"], "changed");
    assert_eq!(case(&mut world, ""), "Ben asks you for a look");
}

#[test]
fn its_author_withdraws_a_draft_and_approves_none_of_their_own() {
    let mut world = at_a_composer(&["Ana", "Ben"]);
    let draft = ask(&mut world, Some("Ben"));
    open_card(&mut world, Some(1));
    let change = |decision: &str| {
        let look = json!({ "type": "look", "draft": draft.id, "decision": decision });
        json!({ "type": "change", "key": draft.m, "change": look })
    };
    assert_eq!(world.ask(FRAME, None, change("approved"))["code"], "not_allowed");
    assert_eq!(world.ask(FRAME, None, change("withdrawn"))["type"], "done");
    assert_eq!(case(&mut world, DRAFT), "Saved");
}

#[test]
fn who_is_alone_keeps_a_draft_until_they_answer() {
    let mut world = at_a_composer(&[]);
    check(&mut world, DRAFT);
    open_card(&mut world, Some(1));
    let body = json!({ "type": "ask", "reviewer": null, "note": "", "kept": true });
    assert_eq!(world.ask(FRAME, None, body)["type"], "done");
    assert_eq!(case(&mut world, "Hello"), "Draft kept");
    let passed = json!({ "unchecked": false, "overridden": [] });
    world.agent(json!({ "type": "sent", "composer": 1, "text": "Hello", "confirmed": true, "passed": passed }));
    assert_eq!(case(&mut world, ""), "Saved");
}
