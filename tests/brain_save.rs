//! What a person is told is saved is on the disk, once; what is not, they are told too.

use serde_json::{Value, json};

use super::brain_world::{AGENT, PAGE, World, passed, post, posts, save};
use rejoinder::brain::Effect;
use rejoinder::log::{Priority, Status};
use rejoinder::site::registry;

fn kinds(view: &Value) -> Vec<&str> {
    view["marks"].as_array().unwrap().iter().map(|mark| mark["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_row_says_mentions_us_then_saved_then_whose() {
    let mut world = World::new();
    world.agent_on_x();
    let (about_us, other) = (post(1, 11, "lu", "Lu", "why is ACME down"), post(2, 12, "kim", "Kim", "lovely day"));
    let views = world.agent(posts(&[about_us.clone(), other]))["posts"].clone();
    assert_eq!(views[0]["marks"], json!([{ "kind": "mention", "text": "Mentions us" }]));
    assert_eq!((&views[0]["saved"], kinds(&views[1])), (&json!(false), Vec::new()));
    let saved = world.agent(save(&about_us));
    assert_eq!(saved["post"]["marks"], json!([{ "kind": "state", "text": "Saved" }]));
    assert_eq!(world.disk.mentions.len(), 1);
    let key = saved["post"]["key"].clone();
    world.said.clear();
    let change = json!({ "type": "change", "key": key, "change": { "type": "department", "department": "Logistics" } });
    assert_eq!(world.page(change)["type"], "changed");
    let pushes = world.pushes(AGENT);
    assert_eq!(pushes[0]["posts"][0]["marks"][0]["text"], "Waiting on Logistics", "{pushes:?}");
}

#[test]
fn a_retry_after_a_lost_answer_changes_nothing() {
    let mut world = World::new();
    world.agent_on_x();
    let request = save(&post(1, 11, "lu", "Lu", "hello"));
    let before = world.disk.events.len();
    let first = world.ask(AGENT, Some("change-1"), request.clone());
    world.restart();
    world.agent_on_x();
    let second = world.ask(AGENT, Some("change-1"), request);
    assert_eq!(first["event"], second["event"]);
    assert_eq!(second["post"]["saved"], true);
    assert_eq!(world.disk.events.len(), before + 1);
}

#[test]
fn when_the_disk_is_full_nobody_is_told_saved() {
    let mut world = World::new();
    world.agent_on_x();
    let about = post(1, 11, "lu", "Lu", "hello");
    world.disk.full = true;
    let refused = world.agent(save(&about));
    assert_eq!(refused["code"], "storage");
    assert!(refused["text"].as_str().unwrap().starts_with("Not stored"), "{refused}");
    assert!(world.pushes(PAGE).iter().all(|push| push["type"] != "log_changed"));
    let put = json!({ "type": "put", "item": "workspace", "id": "", "value": { "brand": "Other" } });
    assert_eq!(world.page(put)["code"], "storage");
    assert_eq!(world.page(json!({ "type": "open", "page": "log" }))["state"]["workspace"]["brand"], "Acme");
    world.disk.full = false;
    assert_eq!(world.agent(posts(std::slice::from_ref(&about)))["posts"][0]["saved"], false);
    assert_eq!(world.agent(save(&about))["post"]["saved"], true);
}

#[test]
fn undo_takes_a_save_back() {
    let mut world = World::new();
    world.agent_on_x();
    let about = post(1, 11, "lu", "Lu", "Acme?");
    let saved = world.agent(save(&about));
    world.pushes(AGENT);
    assert_eq!(world.agent(json!({ "type": "undo", "event": saved["event"] }))["type"], "done");
    assert_eq!(world.pushes(AGENT)[0]["posts"][0]["marks"][0]["kind"], "mention", "the row is as it was");
    assert_eq!(world.agent(posts(&[about]))["posts"][0]["saved"], false);
    assert_eq!(world.agent(json!({ "type": "undo", "event": "2026-11!none" }))["code"], "not_found");
}

#[test]
fn a_hostile_author_stays_text() {
    let mut world = World::new();
    world.agent_on_x();
    let name = "<img src=x onerror=alert(1)> {{ brand.name }} \u{202e}gpj";
    let about = post(1, 11, "lu", name, "{% for x in y %} Acme <script>");
    let saved = world.agent(save(&about));
    let label = saved["post"]["label"].as_str().unwrap();
    assert!(label.contains("<img src=x onerror=alert(1)> {{ brand.name }}"), "{label}");
    assert!(!label.contains('\u{202e}'), "{label}");
    let mention = world.disk.mentions.values().next().unwrap();
    assert_eq!(mention.post().unwrap().text, "{% for x in y %} Acme <script>");
}

#[test]
fn a_post_without_identity_is_shown_and_not_saved() {
    let mut world = World::new();
    world.agent_on_x();
    let nameless = json!({ "local": 4, "rule": 0, "fields": { "text": "Acme" } });
    let view = world.agent(posts(std::slice::from_ref(&nameless)))["posts"][0].clone();
    assert_eq!((&view["key"], &view["saved"]), (&Value::Null, &json!(false)));
    assert_eq!(world.agent(save(&nameless))["code"], "no_identity");
}

#[test]
fn a_reply_of_the_brand_enters_the_log_and_a_private_one_does_not() {
    let mut world = World::new();
    world.agent_on_x();
    let sent = json!({ "type": "sent", "composer": 1, "text": "On it!", "confirmed": true, "passed": passed() });
    world.compose(post(1, 11, "lu", "Lu", "Acme is slow"));
    assert_eq!(world.agent(sent.clone())["type"], "done");
    let mention = world.disk.mentions.values().next().unwrap();
    assert!(mention.is_saved() && mention.is_replied());
    assert!(world.pushes(AGENT).iter().all(|push| push["type"] != "views"), "it was not in the feed");

    let mut world = World::new();
    world.agent_on_x();
    let page = json!({ "acting_handle": "ana_private" });
    world.agent(json!({ "type": "running", "definition": "x", "url": "https://x.com/home", "page": page }));
    let strip = world.compose(post(1, 11, "lu", "Lu", "happy birthday to me"))["strip"].clone();
    assert_eq!(strip["account_kind"], "personal");
    world.agent(sent.clone());
    assert!(world.disk.mentions.is_empty(), "what a person says as themselves is theirs");
    world.agent(save(&post(1, 11, "lu", "Lu", "happy birthday to me")));
    world.agent(json!({ "type": "sent", "composer": 1, "text": "x", "confirmed": false, "passed": passed() }));
    let mention = world.disk.mentions.values().next().unwrap();
    assert_eq!((mention.replies().count(), mention.is_replied()), (1, false), "unconfirmed");
}

#[test]
fn a_private_message_is_helped_with_on_request_and_never_kept() {
    let mut world = World::new();
    world.agent_on_x();
    let site = registry::bundled().iter().find(|site| site.id == "x").unwrap();
    let rule = site.composers.iter().position(|rule| rule.private).unwrap();
    // Even an agent that tells more than a definition may ask for leads to nothing.
    let compose = json!({ "type": "compose", "url": "https://x.com/messages/1-2", "turn": false, "composer": {
        "local": 1, "rule": rule, "text": "",
        "fields": { "target_name": "Lu Vidal", "target_handle": "lu", "target_text": "my address is", "target_id": "11" },
        "target": post(1, 11, "lu", "Lu", "Acme is slow"),
    } });
    assert_eq!(world.agent(compose.clone())["code"], "not_allowed");
    let check = json!({ "type": "check", "composer": 1, "rev": 1, "text": "It will definitely arrive." });
    assert_eq!(world.agent(check.clone())["code"], "restarted", "there is no such composer");

    world.page(json!({ "type": "device", "name": "private:x", "value": "on" }));
    assert!(world.pushes(AGENT).iter().any(|push| push["features"]["private"] == true));
    let before = world.disk.events.len();
    let strip = world.agent(compose)["strip"].clone();
    assert_eq!(strip["account_kind"], "brand");
    let checked = world.agent(check);
    assert_eq!(checked["case"], "");
    assert_ne!(checked["findings"], json!([]));
    for confirmed in [true, false] {
        let sent =
            json!({ "type": "sent", "composer": 1, "text": "Hello Lu", "confirmed": confirmed, "passed": passed() });
        assert_eq!(world.agent(sent)["type"], "done");
    }
    assert_eq!((world.disk.events.len(), world.disk.mentions.len()), (before, 0));
}

#[test]
fn an_account_that_a_box_only_names_is_known_by_the_name_it_was_given() {
    let mut world = World::new();
    world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": {
        "accounts": [{ "network": "x", "handle": "acme", "name": "Acme", "kind": "brand" }],
    } }));
    world.agent_on_x();
    let mut kind = |name: &str| {
        let fields = json!({ "acting_name": name });
        let composer = json!({ "local": 1, "rule": 0, "fields": fields, "target": null, "text": "" });
        let asked = json!({ "type": "compose", "url": "https://x.com/home", "composer": composer, "turn": false });
        world.agent(asked)["strip"]["account_kind"].clone()
    };
    assert_eq!([kind("ACME"), kind("Acme fans")], ["brand", "unknown"]);
}

#[test]
fn a_reply_that_left_with_its_page_is_confirmed_when_the_next_shows_it() {
    let mut world = World::new();
    world.agent_on_x();
    world.compose(post(1, 11, "lu", "Lu", "Acme is slow"));
    let sent = json!({ "type": "sent", "composer": 1, "text": "On it, Lu!\nMore soon.", "confirmed": false, "passed": passed() });
    world.agent(sent);
    let answered = |world: &World| {
        let mention = world.disk.mentions.values().next().unwrap();
        (mention.replies().count(), mention.is_replied())
    };
    assert_eq!(answered(&world), (1, false));
    world.agent(posts(&[post(2, 12, "kim", "Kim", "On it, Lu! More soon.")]));
    assert_eq!(answered(&world), (1, false), "somebody else's words");
    world.agent(posts(&[post(3, 13, "acme", "Acme", "On it, Kim!")]));
    assert_eq!(answered(&world), (1, false), "other words");
    world.agent(posts(&[post(4, 14, "acme", "Acme", "On it, Lu! More soon.")]));
    assert_eq!(answered(&world), (1, false), "the same words of another day");
    let since_x_began = u64::try_from(world.moment.now - 1_288_834_974_657).unwrap();
    let mut reply = post(5, since_x_began << 22, "acme", "Acme", "On it, Lu! More soon.");
    reply["fields"].as_object_mut().unwrap().remove("published");
    let shown = posts(&[post(1, 11, "lu", "Lu", "Acme is slow"), reply]);
    assert_eq!(world.agent(shown.clone())["posts"].as_array().unwrap().len(), 2);
    assert_eq!(answered(&world), (1, true));
    let events = world.disk.events.len();
    world.agent(shown);
    assert_eq!(world.disk.events.len(), events, "told once");
}

#[test]
fn an_agent_that_the_brain_forgot_is_told_so_and_goes_on() {
    let mut world = World::new();
    world.agent_on_x();
    world.restart();
    world.connect(AGENT, "agent", "https://x.com/home");
    let about = post(1, 11, "lu", "Lu", "Acme");
    for request in [
        posts(std::slice::from_ref(&about)),
        save(&about),
        json!({ "type": "check", "composer": 1, "rev": 1, "text": "x" }),
        json!({ "type": "key", "key": "Enter" }),
        json!({ "type": "query", "text": "x" }),
    ] {
        assert_eq!(world.agent(request.clone())["code"], "restarted", "{request}");
    }
    world.agent_on_x();
    assert_eq!(world.agent(save(&about))["post"]["saved"], true);
}

#[test]
fn commands_reach_the_agent_or_knock() {
    use rejoinder::brain::{Happening, Input};
    let mut world = World::new();
    let command = || Input::Happened(Happening::Command { name: "save".into(), tab: Some(1) });
    world.take(command());
    let knock = world.done.pop();
    assert!(
        matches!(&knock, Some(Effect::Knock { tab: 1, text }) if text.contains(r#""type":"command""#)),
        "{knock:?}"
    );
    world.agent_on_x();
    world.take(command());
    assert_eq!(world.pushes(AGENT), [json!({ "type": "command", "name": "save" })]);
    assert!(!world.done.iter().any(|effect| matches!(effect, Effect::Knock { .. })));
}

/// Saves a post of somebody else, and answers its mention's key.
fn saved(world: &mut World, local: u32, id: u64, handle: &str) -> Value {
    world.agent(save(&post(local, id, handle, handle, "where is my order 4711, nobody answers")))["post"]["key"].clone()
}

#[test]
fn mentions_put_into_one_case_share_what_is_decided_and_part_again() {
    let mut world = World::new();
    world.agent_on_x();
    let (lu, kim) = (saved(&mut world, 1, 11, "lu"), saved(&mut world, 2, 12, "kim"));
    let change = |world: &mut World, key: &Value, change: Value| {
        world.page(json!({ "type": "change", "key": key, "change": change }))
    };
    let of = |world: &World, key: &Value| world.disk.mentions[&serde_json::from_value(key.clone()).unwrap()].clone();
    change(&mut world, &lu, json!({ "type": "priority", "priority": "urgent" }));
    let (first, own) = (of(&world, &lu).case, of(&world, &kim).case);
    let together = change(&mut world, &kim, json!({ "type": "case", "case": first }));
    assert_eq!(of(&world, &kim).priority, Some(Priority::Urgent));
    // What is decided for one now is for both; a background that begins anew still knows it.
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/log.html");
    change(&mut world, &kim, json!({ "type": "snooze", "until": 5 }));
    change(&mut world, &kim, json!({ "type": "status", "status": "open" }));
    assert_eq!((of(&world, &lu).snoozed, of(&world, &lu).status), (Some(5), Status::Open));
    world.page(json!({ "type": "undo", "event": together["event"] }));
    assert_eq!((of(&world, &kim).case, of(&world, &kim).priority), (own, None));
    change(&mut world, &lu, json!({ "type": "case", "case": null }));
    assert_ne!(of(&world, &lu).case, first);
    assert_eq!((of(&world, &lu).priority, of(&world, &lu).snoozed), (None, None));
}
