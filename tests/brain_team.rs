//! A log that is shared: who somebody is in it, what comes from the server, and how it goes.

use rejoinder::brain::{Effect, Happening, Input};
use rejoinder::log::{Actor, Draft, Event, Hlc, MentionKey, body};
use serde_json::{Value, json};

use super::brain_world::{AGENT, NOW, PAGE, World, post, posts, save};

fn join(world: &mut World, user: &str) -> Value {
    let team = json!({ "url": "https://couch.example", "database": "acme", "user": user });
    world.page(json!({ "type": "team", "team": team }))
}

fn state(world: &mut World) -> Value {
    world.page(json!({ "type": "open", "page": "team" }))["state"].clone()
}

/// What a round brings.
fn travel(world: &mut World, events: &[&Event]) {
    let received: Vec<Value> = events.iter().map(|event| serde_json::from_str(&event.text()).unwrap()).collect();
    world.take(Input::Travelled(json!({ "received": received, "state": {} })));
}

fn by(user: &str, at: i64, m: Option<&MentionKey>, body: impl Into<body::Body>) -> Event {
    let draft = Draft { m: m.cloned(), body: body.into(), seen: Vec::new() };
    Event::new(draft, &Actor { by: user.into(), dev: "d-other".into() }, Hlc::new(at, 0), None)
}

#[test]
fn who_joins_acts_under_that_name_and_takes_theirs_along() {
    let mut world = World::new();
    world.agent_on_x();
    world.page(json!({ "type": "device", "name": "me", "value": "Ana" }));
    world.agent(posts(&[post(1, 11, "lu", "Lu", "Acme lost my parcel")]));
    world.agent(save(&post(1, 11, "lu", "Lu", "Acme lost my parcel")));
    assert!(world.brain.line().is_empty());
    assert_eq!(join(&mut world, "ana")["type"], "done");
    assert!(world.done.contains(&Effect::Share(true)));
    let line: Value = serde_json::from_str(&world.brain.line()).unwrap();
    assert_eq!((&line["workspace"], &line["device"], &line["user"]), (&json!("first"), &json!("d-1"), &json!("ana")));
    let shown = state(&mut world);
    assert_eq!((&shown["user"], &shown["me"]), (&json!("ana"), &json!("Ana")));
    // What was written before stays as it was, and its author has a name.
    let saved = world.disk.events.iter().find(|event| event.t == "saved").unwrap().clone();
    assert_eq!((saved.by.as_str(), world.disk.loaded.settings.name("u-ana").as_str()), ("u-ana", "Ana"));
    let change = json!({ "type": "change", "key": saved.m, "change": { "type": "flag", "on": true } });
    assert_eq!(world.page(change)["type"], "changed");
    assert_eq!(world.disk.events.last().unwrap().by, "ana");
    // A background that starts anew knows it.
    world.restart();
    assert!(!world.brain.line().is_empty());
}

#[test]
fn leaving_keeps_the_log_and_gives_the_old_name_back() {
    let mut world = World::new();
    join(&mut world, "ana");
    let events = world.disk.events.len();
    assert_eq!(world.page(json!({ "type": "team", "team": null }))["type"], "done");
    assert!(world.brain.line().is_empty());
    assert_eq!((world.disk.events.len(), state(&mut world)["user"].as_str()), (events, Some("u-ana")));
}

#[test]
fn the_sample_brand_is_not_shared() {
    let mut world = World::new();
    world.page(json!({ "type": "workspace", "id": "sample" }));
    assert_eq!(join(&mut world, "ana")["code"], "invalid");
    assert!(world.brain.line().is_empty());
}

#[test]
fn what_a_colleague_does_shows_beside_the_post() {
    let mut world = World::new();
    world.agent_on_x();
    join(&mut world, "ana");
    world.agent(posts(&[post(1, 11, "lu", "Lu", "Acme lost my parcel")]));
    world.agent(save(&post(1, 11, "lu", "Lu", "Acme lost my parcel")));
    let saved = world.disk.events.iter().find(|event| event.t == "saved").unwrap().clone();
    let name = by(
        "ben",
        NOW,
        None,
        body::Setting { item: "person".into(), id: "ben".into(), value: Some(json!({ "name": "Ben" })) },
    );
    let replied = by(
        "ben",
        NOW + 60_000,
        saved.m.as_ref(),
        body::Replied { text: Some("We are looking.".into()), ..body::Replied::default() },
    );
    world.pushes(AGENT);
    travel(&mut world, &[&name, &replied]);
    let marks = world.pushes(AGENT);
    let marks: Vec<&Value> = marks.iter().filter(|push| push["type"] == "views").collect();
    assert!(marks[0]["posts"][0]["marks"].to_string().contains("Ben"), "{marks:?}");
    assert!(world.pushes(PAGE).contains(&json!({ "type": "log_changed" })));
    // It is there once, however often it comes.
    let events = world.disk.events.len();
    travel(&mut world, &[&replied, &name]);
    assert_eq!(world.disk.events.len(), events);
}

#[test]
fn what_was_changed_on_its_way_is_not_taken_in() {
    let mut world = World::new();
    join(&mut world, "ana");
    let note = by("ben", NOW, Some(&MentionKey("k".into())), body::Noted { text: "hi".into() });
    let mut sent: Value = serde_json::from_str(&note.text()).unwrap();
    sent["v"]["text"] = json!("something else");
    let events = world.disk.events.len();
    world.take(Input::Travelled(json!({ "received": [sent, { "_id": "?" }], "state": {} })));
    assert_eq!(world.disk.events.len(), events);
}

#[test]
fn how_it_goes_is_told_with_what_to_do() {
    let mut world = World::new();
    join(&mut world, "ana");
    let synced =
        |running: bool, at: i64, fault: Option<Value>| Input::Happened(Happening::Synced { running, at, fault });
    world.take(synced(true, NOW, None));
    assert_eq!(state(&mut world)["sync"]["running"], true);
    world.take(synced(false, NOW + 5, None));
    assert_eq!(state(&mut world)["sync"], json!({ "running": false, "contact": NOW + 5, "fault": null }));
    world.take(synced(false, NOW + 9, Some(json!({ "code": "sign_in" }))));
    let sync = state(&mut world)["sync"].clone();
    assert_eq!((&sync["contact"], &sync["fault"]["code"]), (&json!(NOW + 5), &json!("sign_in")));
    assert!(sync["fault"]["text"].as_str().unwrap().contains("does not let ana in"), "{sync}");
}

#[test]
fn a_template_that_comes_before_the_library_was_read_keeps_what_it_was_here() {
    let mut world = World::new();
    join(&mut world, "ana");
    let title = |text: &str| json!({ "title": text, "language": "en", "body": "Hello." });
    world.page(json!({ "type": "put", "item": "template", "id": "thanks", "value": title("Ours") }));
    // A new background has the settings without their templates.
    world.restart();
    let theirs = body::Setting { item: "template".into(), id: "thanks".into(), value: Some(title("Theirs")) };
    travel(&mut world, &[&by("ben", NOW + 60_000, None, theirs)]);
    let record = &world.disk.templates["thanks"];
    assert!(record.contains("Ours") && record.contains("Theirs"), "{record}");
}

#[test]
fn who_answers_what_is_told_and_shown_while_it_lasts() {
    let mut world = World::new();
    world.agent_on_x();
    join(&mut world, "ana");
    let about = post(1, 11, "lu", "Lu", "Acme lost my parcel");
    world.agent(posts(std::slice::from_ref(&about)));
    let key = world.agent(save(&about))["post"]["key"].clone();
    world.compose(about);
    let check = |world: &mut World, text: &str| {
        world.done.clear();
        let checked = world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }));
        let told =
            world.done.iter().filter_map(|done| if let Effect::Present(m) = done { Some(m.clone()) } else { None });
        (checked, told.collect::<Vec<_>>())
    };
    let mine = Some(serde_json::from_value::<MentionKey>(key.clone()).unwrap());
    assert_eq!(check(&mut world, "").1, []);
    assert_eq!(check(&mut world, "We").1, std::slice::from_ref(&mine));
    // Told once in a while, not with every key.
    assert_eq!(check(&mut world, "We are").1, []);
    world.moment.now += 15_000;
    assert_eq!(check(&mut world, "We are at").1, std::slice::from_ref(&mine));
    assert_eq!(check(&mut world, "").1, [None]);
    let ben =
        |until: i64| Input::Happened(Happening::Present { people: json!([["ben", key, until], ["ana", key, until]]) });
    world.pushes(AGENT);
    let now = world.moment.now;
    world.take(ben(now + 30_000));
    let pushes = world.pushes(AGENT);
    assert!(pushes[0]["posts"][0]["marks"].to_string().contains("ben is replying"), "{pushes:?}");
    assert!(pushes.iter().any(|push| push["type"] == "recheck"), "{pushes:?}");
    assert_eq!(state(&mut world)["replying"], json!([[key, "ben"]]));
    let checked = check(&mut world, "We are at it.").0;
    assert_eq!(checked["case"], "ben is replying…");
    assert!(checked["held"].as_str().unwrap().contains("ben is writing an answer"), "{checked}");
    // Over by itself, and whatever a clock elsewhere says.
    world.take(ben(now + 9_000_000));
    world.moment.now += 60_001;
    assert_eq!(check(&mut world, "We are at it!").0["held"], "");
    world.take(Input::Happened(Happening::Present { people: json!([]) }));
    let marks = world.pushes(AGENT);
    assert!(marks[0]["posts"][0]["marks"].to_string().contains("Saved"), "{marks:?}");
    // What was sent is no longer being written.
    world.done.clear();
    world.agent(json!({ "type": "sent", "composer": 1, "text": "We are at it!", "confirmed": true, "passed": super::brain_world::passed() }));
    assert!(world.done.contains(&Effect::Present(None)));
    assert_eq!(check(&mut world, "We are at it!").1, [], "a look that was under way when it left");
    assert_eq!(check(&mut world, "And more").1, [mine]);
    // Whose affair it is not hears nothing; hostile rows are nobody.
    world.page(json!({ "type": "team", "team": null }));
    assert_eq!(check(&mut world, "Again").1, []);
    world.take(Input::Happened(Happening::Present { people: json!([1, ["x"], ["y", 3, "z"], null]) }));
}

#[test]
fn only_the_log_of_the_team_that_somebody_was_removed_from_is_emptied() {
    let mut world = World::new();
    join(&mut world, "ana");
    let mut removed = |workspace: &str| {
        let fault = json!({ "code": "removed", "workspace": workspace });
        world.done.clear();
        world.take(Input::Happened(Happening::Synced { running: false, at: NOW, fault: Some(fault) }));
        let is_emptied = world.done.contains(&Effect::Wipe("first".into()));
        (is_emptied, state(&mut world)["team"]["removed"].as_bool().unwrap_or_default(), world.brain.line().is_empty())
    };
    // Another workspace was shared when that round began.
    assert_eq!(removed("other"), (false, false, false));
    assert_eq!(removed("first"), (true, true, true));
    // The background died before the log was emptied.
    world.restart();
    assert!(world.brain.expelled_before(NOW).is_some());
    let again = world.brain.expelled_before(NOW).unwrap();
    world.done.clear();
    world.take(again);
    assert!(world.done.contains(&Effect::Wipe("first".into())));
}
