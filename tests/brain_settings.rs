//! Settings: of the workspace as events, of the device as one record.

use rejoinder::brain::Effect;
use rejoinder::voice::Pack;
use rejoinder::voice::compiled::write;
use serde_json::{Value, json};

use super::brain_world::{AGENT, PAGE, World, post, posts, save};

fn put(item: &str, id: &str, value: Value) -> Value {
    json!({ "type": "put", "item": item, "id": id, "value": value })
}

fn state(world: &mut World) -> Value {
    world.page(json!({ "type": "open", "page": "options" }))["state"].clone()
}

#[test]
fn a_changed_setting_is_an_event_and_changes_what_pages_show() {
    let mut world = World::new();
    world.agent_on_x();
    let about = post(1, 11, "lu", "Lu", "Zenith is great");
    assert_eq!(world.agent(posts(std::slice::from_ref(&about)))["posts"][0]["marks"], json!([]));
    let events = world.disk.events.len();
    let watch = put("workspace", "", json!({ "watch": [{ "term": "zenith", "list": "brand" }] }));
    assert_eq!(world.ask(PAGE, Some("w"), watch.clone())["type"], "changed");
    assert_eq!(world.ask(PAGE, Some("w"), watch)["type"], "changed");
    assert_eq!(world.disk.events.len(), events + 1, "a retry writes nothing");
    assert!(world.pushes(PAGE).contains(&json!({ "type": "state_changed" })));
    assert!(world.pushes(AGENT).contains(&json!({ "type": "recheck" })));
    assert_eq!(world.agent(posts(&[about]))["posts"][0]["marks"][0]["text"], "Mentions us");
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/options.html");
    assert_eq!(state(&mut world)["workspace"]["brand"], "Acme", "other fields stay");
}

#[test]
fn a_workspace_sent_whole_changes_only_what_differs() {
    let mut world = World::new();
    let mut whole = state(&mut world)["workspace"].clone();
    let packs = whole["packs"].as_array().unwrap();
    assert!(
        packs.contains(&json!("form")) && !packs.contains(&json!("form-strict")),
        "until somebody chooses: {packs:?}"
    );
    let events = world.disk.events.len();
    assert_eq!(world.page(put("workspace", "", whole.clone()))["type"], "done");
    assert_eq!(world.disk.events.len(), events);
    whole["brand"] = json!("Zenith");
    world.page(put("workspace", "", whole));
    assert_eq!(world.disk.events[events].v["value"], json!({ "brand": "Zenith" }));
}

#[test]
fn a_setting_can_be_undone() {
    let mut world = World::new();
    let changed = world.page(put("workspace", "", json!({ "brand": "Other" })));
    world.page(json!({ "type": "undo", "event": changed["event"] }));
    assert_eq!(state(&mut world)["workspace"]["brand"], "Acme");
}

#[test]
fn packs_and_definitions_come_as_data() {
    let mut world = World::new();
    let rule = json!({
        "id": "acme.name", "kind": "swap", "swap": { "acme phone": "AcmePhone" }, "severity": "warning",
        "name": "Name", "message": "Write it so.", "why": "One name.",
    });
    let pack = json!({ "id": "acme", "name": "Acme", "language": "en", "version": 1, "rule": [rule] });
    let compiled = write(&Pack::from_value("acme", &pack).unwrap());
    assert_eq!(world.page(put("pack", "acme", json!({ "compiled": compiled })))["type"], "changed");
    assert_eq!(world.page(put("pack", "other", json!({ "compiled": "7;" })))["code"], "invalid");
    let definition = json!({
        "schema": 1, "version": 1, "min_app": "0.1.0", "id": "board", "name": "Board", "network": "board",
        "hosts": ["board.example"],
    });
    assert_eq!(world.page(put("definition", "board", definition))["type"], "changed");
    let state = state(&mut world);
    let has = |list: &str, id: &str| state[list].as_array().unwrap().iter().any(|one| one["id"] == id);
    assert!(has("packs", "acme") && has("sites", "board"), "{state}");
}

fn board() -> Value {
    json!({
        "schema": 1, "version": 4, "min_app": "0.1.0", "id": "board", "name": "Board", "network": "board",
        "hosts": ["board.example"],
        "posts": [{ "select": ".p", "kind": "comment", "row": { "css": ".p", "put": "append" },
            "fields": { "native_id": [{ "attr": "id" }], "text": [{ "css": ".t" }], "handle": [{ "css": ".a" }] } }],
    })
}

fn served(world: &mut World) -> Vec<Vec<String>> {
    let done = std::mem::take(&mut world.done);
    done.into_iter().filter_map(|effect| if let Effect::Serve(hosts) = effect { Some(hosts) } else { None }).collect()
}

#[test]
fn a_definition_of_ones_own_is_served_at_once_and_taken_back_at_once() {
    let mut world = World::new();
    let here = || vec![vec!["board.example".to_owned()]];
    world.page(put("definition", "board", board()));
    assert_eq!(served(&mut world), here());
    let shown = state(&mut world);
    assert_eq!(shown["definitions"], json!([board()]));
    let own: Vec<&Value> = shown["sites"].as_array().unwrap().iter().filter(|site| site["own"] == true).collect();
    assert_eq!(own.len(), 1);
    world.page(put("workspace", "", json!({ "brand": "Other" })));
    assert_eq!(served(&mut world), Vec::<Vec<String>>::new(), "nothing else starts agents anew");
    let removed = world.page(json!({ "type": "remove", "item": "definition", "id": "board" }));
    assert_eq!(served(&mut world), here());
    assert_eq!(state(&mut world)["definitions"], json!([]));
    world.page(json!({ "type": "undo", "event": removed["event"] }));
    assert_eq!(served(&mut world), here());
    assert_eq!(state(&mut world)["definitions"], json!([board()]));
}

#[test]
fn a_definition_is_tried_without_being_kept() {
    let mut world = World::new();
    let ask = |definition: Value| {
        json!({ "type": "try", "definition": definition, "url": "https://board.example/t/1", "posts": [
            { "local": 1, "rule": 0, "fields": { "native_id": "p7", "text": "Hello", "handle": "@ana" } },
            { "local": 2, "rule": 0, "fields": { "text": "Nobody knows which" } },
        ] })
    };
    let tried = world.page(ask(board()));
    assert_eq!(tried["faults"], json!([]));
    assert_eq!(tried["posts"][0]["handle"], "ana");
    assert_eq!(tried["posts"][1]["permalink"], "");
    let mut wrong = board();
    wrong["hosts"] = json!(["https://board.example"]);
    wrong["posts"][0]["fields"]["colour"] = json!([{ "css": ".c" }]);
    let faults = world.page(ask(wrong))["faults"].clone();
    let fields: Vec<&str> = faults.as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!(fields, ["hosts[0]", "posts[0].fields.colour"]);
    let unreadable = world.page(ask(json!({ "id": "x" })))["faults"].clone();
    assert!(unreadable[0]["text"].as_str().unwrap().starts_with("This is not readable"), "{unreadable}");
    assert_eq!(state(&mut world)["definitions"], json!([]));
}

#[test]
fn health_is_told_by_host_with_where_the_missing_was_looked_for() {
    let mut world = World::new();
    world.agent_on_x();
    let report = json!({ "seen": 12, "empty": { "published": 9 }, "composers": 1, "faults": {}, "off": [] });
    world.agent(json!({ "type": "health", "report": report }));
    let hosts = world.page(json!({ "type": "health" }))["hosts"].clone();
    assert_eq!(
        (&hosts[0]["host"], &hosts[0]["site"]["id"], &hosts[0]["health"]["seen"]),
        (&json!("x.com"), &json!("x"), &json!(12))
    );
    let report = world.page(json!({ "type": "report", "host": "x.com" }))["text"].as_str().unwrap().to_owned();
    assert!(report.contains("site x version") && report.contains("host x.com\nposts 12 boxes 1"), "{report}");
    assert!(report.contains("missing published 9: ") && report.contains("time"), "{report}");
}

#[test]
fn what_could_not_be_used_is_refused() {
    let mut world = World::new();
    for (item, id, value) in [
        ("workspace", "", json!({ "accounts": 5 })),
        ("template", "t", json!({ "title": "T", "body": "{{ author.name" })),
        ("template", "", json!({ "title": "T", "body": "x" })),
        ("pack", "p", json!("not a pack [")),
        ("definition", "d", json!({ "id": "d" })),
        ("person", "u", json!({ "name": " " })),
        ("castle", "c", json!(1)),
    ] {
        assert_eq!(world.page(put(item, id, value.clone()))["code"], "invalid", "{item} {value}");
    }
}

#[test]
fn templates_of_the_brand_come_beside_the_bundled_ones_and_can_replace_them() {
    let mut world = World::new();
    let first = library(&mut world)[0]["id"].as_str().unwrap().to_owned();
    let bundled = library(&mut world).len();
    world.page(put("template", &first, json!({ "title": "Mine", "body": "x", "language": "en" })));
    let mine = library(&mut world);
    assert_eq!((mine[0]["title"].as_str(), mine.len()), (Some("Mine"), bundled));
    world.page(json!({ "type": "remove", "item": "template", "id": first }));
    assert!(library(&mut world).iter().all(|one| one["id"] != first));
}

/// The whole library, as its page reads it.
fn library(world: &mut World) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let slice = world.page(json!({ "type": "templates", "from": all.len() }));
        all.extend(slice["templates"].as_array().unwrap().iter().cloned());
        if all.len() >= slice["total"].as_u64().unwrap() as usize {
            return all;
        }
    }
}

#[test]
fn many_templates_are_put_at_once_or_not_at_all() {
    let mut world = World::new();
    let before = library(&mut world).len();
    let template = |number: usize| json!([format!("t-{number}"), { "title": format!("{number}"), "body": "x" }]);
    let put = |items: Vec<Value>| json!({ "type": "put_templates", "items": items });
    let mut items: Vec<Value> = (0..700).map(template).collect();
    let torn = [&items[..], &[json!(["t-700", { "title": "", "body": "x" }])]].concat();
    assert_eq!(world.page(put(torn))["code"], "invalid");
    assert_eq!(library(&mut world).len(), before);
    assert_eq!(world.ask(PAGE, Some("once"), put(items.clone()))["type"], "done");
    assert_eq!(world.ask(PAGE, Some("once"), put(items.clone()))["type"], "done");
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/library.html");
    let all = library(&mut world);
    assert_eq!((all.len(), all[699]["id"].as_str().is_some()), (before + 700, true));
    items.truncate(1);
    items[0][1] = Value::Null;
    world.page(put(items));
    assert_eq!(library(&mut world).len(), before + 699);
}

#[test]
fn a_template_that_somebody_else_keeps_and_locked_changes_for_nobody_else() {
    let mut world = World::new();
    let me = state(&mut world)["user"].as_str().unwrap().to_owned();
    let template = |owner: &str, body: &str| json!({ "title": "Ours", "body": body, "owner": owner, "locked": true });
    let all = |id: &str, value: Value| json!({ "type": "put_templates", "items": [[id, value]] });
    world.page(put("template", "bens", template("ben", "first")));
    world.page(put("template", "mine", template(&me, "first")));
    for request in [
        put("template", "bens", template(&me, "second")),
        all("bens", template(&me, "second")),
        all("bens", Value::Null),
        json!({ "type": "remove", "item": "template", "id": "bens" }),
    ] {
        assert_eq!(world.page(request)["code"], "locked");
    }
    world.page(put("template", "mine", template(&me, "second")));
    let bodies: Vec<Value> = library(&mut world).iter().take(2).map(|one| one["body"].clone()).collect();
    assert_eq!(bodies, ["first", "second"]);
}

#[test]
fn a_pause_is_per_host_and_feature_and_reaches_the_page() {
    let mut world = World::new();
    world.agent_on_x();
    let pause = |feature: &str, on: bool| json!({ "type": "pause", "host": "x.com", "feature": feature, "on": on });
    world.page(pause("voice", true));
    let features = world.pushes(AGENT).into_iter().find(|push| push["type"] == "features").unwrap()["features"].clone();
    assert_eq!((&features["voice"], &features["marks"]), (&json!(false), &json!(true)));
    world.compose(post(1, 11, "lu", "Lu", "hi"));
    let check = json!({ "type": "check", "composer": 1, "rev": 1, "text": "Sorry for any inconvenience caused!!" });
    assert_eq!(world.agent(check.clone())["findings"], json!([]));
    world.restart();
    world.connect(PAGE, "page", "chrome-extension://id/pages/popup.html");
    world.agent_on_x();
    let site = world.page(json!({ "type": "site", "tab": 1 }))["site"].clone();
    assert_eq!((&site["paused"], &site["account_kind"]), (&json!(["voice"]), &json!("brand")));
    world.page(pause("voice", false));
    world.compose(post(1, 11, "lu", "Lu", "hi"));
    assert_ne!(world.agent(check)["findings"], json!([]));
    assert_eq!(world.page(pause("everything", true))["code"], "invalid");
}

#[test]
fn the_sample_brand_is_a_workspace_of_its_own() {
    let mut world = World::new();
    assert_eq!(world.page(json!({ "type": "workspace", "id": "sample" }))["type"], "done");
    let sample = state(&mut world);
    assert_eq!((&sample["workspace_id"], &sample["workspace"]["sample"]), (&json!("sample"), &json!(true)));
    assert_ne!(sample["workspace"]["brand"], "Acme");
    assert_eq!(sample["workspaces"], json!([["first", "Acme"], ["sample", "Sample brand"]]));
    world.agent_on_x();
    let real = world.agent(save(&post(1, 11, "lu", "Lu", "hello")));
    assert_eq!(real["code"], "sample", "real posts stay out of what is removed in one click");
    assert_eq!(world.page(json!({ "type": "remove_sample" }))["type"], "done");
    assert!(world.done.contains(&rejoinder::brain::Effect::Drop("sample".into())));
    assert_eq!(state(&mut world)["workspace_id"], "first");
    assert_eq!(world.page(json!({ "type": "workspace", "id": "../x" }))["code"], "invalid");
}

#[test]
fn an_import_merges_and_says_what_it_could_not_read() {
    let mut world = World::new();
    world.agent_on_x();
    world.agent(save(&post(1, 11, "lu", "Lu", "hello")));
    let file: String = world.disk.events.iter().map(|event| event.text() + "\n").collect();
    let mut other = World::new();
    let broken = format!("{file}not an event\n");
    let imported = other.page(json!({ "type": "import", "jsonl": broken }));
    assert_eq!((&imported["added"], imported["problems"].as_array().unwrap().len()), (&json!(1), 1), "{imported}");
    assert_eq!(other.disk.mentions.len(), 1);
    let again = other.page(json!({ "type": "import", "jsonl": file }));
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(world.disk.events.len())));
}

#[test]
fn people_have_names_and_the_interface_a_language() {
    let mut world = World::new();
    world.page(json!({ "type": "device", "name": "me", "value": "Ana" }));
    world.page(json!({ "type": "device", "name": "language", "value": "es" }));
    let now = state(&mut world);
    assert_eq!((&now["me"], &now["lang"]), (&json!("Ana"), &json!("es")));
    world.agent_on_x();
    let saved = world.agent(save(&post(1, 11, "lu", "Lu", "hello")));
    assert_eq!(saved["post"]["marks"][0]["text"], "Guardada");
    assert_eq!(world.page(json!({ "type": "device", "name": "theme", "value": "pink" }))["code"], "invalid");
}

#[test]
fn diagnostics_hold_no_page_text() {
    let mut world = World::new();
    world.agent_on_x();
    world.agent(save(&post(1, 11, "secretive_lu", "Lu Secret", "my secret order")));
    let report = json!({ "seen": 3, "empty": { "likes": 1 }, "composers": 1, "faults": { "marks:TypeError:draw": 2 }, "off": [] });
    world.agent(json!({ "type": "health", "report": report }));
    let text = world.page(json!({ "type": "diagnostics" }))["text"].as_str().unwrap().to_owned();
    assert!(text.contains("marks:TypeError:draw") && text.contains("seen 3"), "{text}");
    assert!(!text.to_lowercase().contains("secret") && !text.contains("x.com"), "{text}");
}

#[test]
fn another_build_makes_the_agent_stand_down() {
    let mut world = World::new();
    world.connect(AGENT, "agent", "https://x.com/home");
    let body = json!({ "type": "hidden" });
    let text = json!({ "protocol": 999, "build": "dev", "id": 5, "body": body }).to_string();
    world.take(rejoinder::brain::Input::Message { port: AGENT, text });
    assert_eq!(world.said.last().unwrap().1["error"]["code"], "build_mismatch");
}
