//! Our frame: who may drive it, and what it does at a composer.

use serde_json::{Value, json};

use super::brain_world::{AGENT, FRAME, PAGE, World, post};

pub fn template(world: &mut World, id: &str, title: &str, language: &str, body: &str) {
    let value = json!({ "title": title, "language": language, "body": body, "trigger": id });
    let put = json!({ "type": "put", "item": "template", "id": id, "value": value });
    assert_eq!(world.page(put)["type"], "changed");
    world.pushes(AGENT);
}

pub fn open(typed: Option<&str>) -> Value {
    let words = typed.map(|typed| json!({ "text": typed, "span": { "start": 3, "end": 4 + typed.len() } }));
    json!({ "type": "open", "composer": 1, "what": { "type": "picker", "words": words } })
}

pub fn key(key: &str) -> Value {
    json!({ "type": "key", "key": key })
}

/// An agent with a paired frame at a composer under `post`.
pub fn at_a_composer(post: Value) -> World {
    let mut world = World::new();
    world.agent_on_x();
    let ticket = world.compose(post)["overlay"].clone();
    assert_eq!(world.pair(&ticket)["type"], "paired");
    world.pushes(FRAME);
    world
}

pub fn view(world: &mut World) -> Value {
    world.pushes(FRAME).pop().expect("the frame was told")["view"].clone()
}

#[test]
fn a_frame_without_the_ticket_is_nobody() {
    let mut world = World::new();
    world.agent_on_x();
    let ticket = world.compose(post(1, 11, "lu", "Lu", "hi"))["overlay"].clone();
    world.connect(FRAME, "overlay", "chrome-extension://id/pages/overlay.html");
    world.said.clear();
    for body in
        [json!({ "type": "choose", "index": 0 }), json!({ "type": "save" }), json!({ "type": "open", "page": "log" })]
    {
        let text = json!({ "protocol": 1, "build": "dev", "id": 900, "body": body }).to_string();
        world.take(rejoinder::brain::Input::Message { port: FRAME, text });
    }
    let refused = |(_, said): &(u32, Value)| said["kind"] == "failed";
    assert!(world.said.iter().all(refused), "nothing but that it is nobody: {:?}", world.said);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "pair", "nonce": "00" }))["code"], "not_allowed");
    assert_eq!(world.ask(FRAME, None, json!({ "type": "pair", "nonce": ticket }))["type"], "paired");
    world.connect(9, "overlay", "chrome-extension://id/pages/overlay.html");
    let again = world.ask(9, None, json!({ "type": "pair", "nonce": ticket }));
    assert_eq!(again["code"], "not_allowed", "one use");
}

#[test]
fn a_role_asks_only_what_is_its_own() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    for body in [
        json!({ "type": "diagnostics" }),
        json!({ "type": "put", "item": "workspace", "id": "", "value": {} }),
        json!({ "type": "import", "jsonl": "" }),
    ] {
        assert_eq!(world.agent(body.clone())["code"], "not_allowed", "{body}");
        assert_eq!(world.ask(FRAME, None, body.clone())["code"], "not_allowed", "{body}");
    }
    assert_eq!(world.agent(json!({ "type": "fly" }))["code"], "unknown_request");
    assert_eq!(world.ask(PAGE, None, json!({ "type": "pair", "nonce": "x" }))["code"], "not_allowed");
    world.connect(7, "page", "https://x.com/");
    assert!(world.done.contains(&rejoinder::brain::Effect::Close(7)), "a web page is no page of ours");
}

#[test]
fn slash_words_open_the_picker_only_when_they_mean_something() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    template(&mut world, "thanks", "Thank you", "en", "Thanks, {{ author.first_name }}!");
    assert_eq!(world.agent(open(Some("s")))["step"]["type"], "stay");
    assert_eq!(world.agent(open(Some("zzzz")))["step"]["type"], "stay");
    assert_eq!(world.agent(open(Some("tha")))["step"]["type"], "show");
    assert_eq!(view(&mut world)["items"][0]["id"], "thanks");
}

#[test]
fn enter_inserts_for_this_author_over_the_typed_words() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "where is my order?"));
    template(
        &mut world,
        "thanks",
        "Thank you",
        "en",
        "Thanks, {{ author.first_name }}! {{ cursor() }}–{{ brand.name }}",
    );
    world.agent(open(Some("th")));
    world.agent(json!({ "type": "query", "text": "thanks" }));
    let shown = view(&mut world);
    assert_eq!((&shown["query"], &shown["preview"]["text"]), (&json!("thanks"), &json!("Thanks, Lucía! –Acme")));
    let step = world.agent(key("Enter"))["step"].clone();
    assert_eq!(
        step,
        json!({ "type": "insert", "composer": 1, "text": "Thanks, Lucía! –Acme", "cursor": 15,
            "replace": { "start": 3, "end": 10 }, "template": "thanks" })
    );
    assert_eq!(view(&mut world)["type"], "empty");
    assert_eq!(world.agent(key("Enter"))["code"], "restarted", "a second Enter inserts nothing");
}

#[test]
fn what_has_no_value_is_never_inserted() {
    let mut world = at_a_composer(post(1, 11, "lu", "★彡", "hi"));
    template(&mut world, "case", "Case number", "en", "Your case is {{ case.number }}.");
    world.agent(open(Some("case")));
    assert_eq!(world.agent(key("Enter"))["step"]["type"], "stay");
    let shown = view(&mut world);
    assert_eq!(shown["note"]["args"]["names"], "case.number");
    assert_eq!(shown["preview"]["unresolved"][0]["name"], "case.number");
    world.ask(FRAME, None, json!({ "type": "choose", "index": 0 }));
    assert!(world.pushes(AGENT).is_empty(), "nor by mouse");
    let step = world.agent(key("Alt+Enter"))["step"].clone();
    assert_eq!((&step["type"], &step["text"]), (&json!("copy"), &json!("Your case is {{ case.number }}.")));
}

#[test]
fn a_post_in_spanish_gets_spanish_templates_first() {
    let mut world =
        at_a_composer(post(1, 11, "lu", "Lucía", "Hola, ¿cuándo llega mi pedido? Estoy esperando desde el lunes"));
    let strip = world.compose(post(
        1,
        11,
        "lu",
        "Lucía",
        "Hola, ¿cuándo llega mi pedido? Estoy esperando desde el lunes",
    ))["strip"]
        .clone();
    assert_eq!(strip["language"], "ES · usted ▾");
    world.agent(open(None));
    let items = view(&mut world)["items"].clone();
    let languages: Vec<&str> =
        items.as_array().unwrap().iter().map(|item| item["language"].as_str().unwrap()).collect();
    let first_english = languages.iter().position(|lang| *lang == "en").unwrap_or(languages.len());
    assert!(first_english > 0 && !languages[first_english..].contains(&"es"), "{languages:?}");
}

#[test]
fn arrows_move_and_the_mouse_chooses() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hello there my friend"));
    template(&mut world, "qqq-one", "Qqq one", "en", "one");
    template(&mut world, "qqq-two", "Qqq two", "en", "two");
    world.agent(open(Some("qqq")));
    world.agent(key("ArrowDown"));
    assert_eq!(view(&mut world)["chosen"], 1);
    world.agent(key("ArrowDown"));
    assert_eq!(view(&mut world)["chosen"], 0, "round");
    world.agent(key("ArrowUp"));
    assert_eq!(view(&mut world)["chosen"], 1);
    assert_eq!(world.ask(FRAME, None, json!({ "type": "choose", "index": 0 }))["type"], "done");
    let pushes = world.pushes(AGENT);
    assert_eq!((&pushes[0]["type"], &pushes[0]["step"]["type"]), (&json!("overlay"), &json!("insert")), "{pushes:?}");
    world.agent(open(None));
    assert_eq!(world.agent(key("Escape"))["step"]["type"], "hide");
}

#[test]
fn a_finding_explains_fixes_and_follows_its_words() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "where is my parcel?"));
    let check = |rev, text: &str| json!({ "type": "check", "composer": 1, "rev": rev, "text": text });
    let text = "Sorry for any inconvenience caused!! We will look into it.";
    let findings = world.agent(check(1, text))["findings"].clone();
    let id = findings.as_array().unwrap().iter().position(|one| one["matched"] == "!!").expect("a finding");
    let open = json!({ "type": "open", "composer": 1, "what": { "type": "finding", "id": id } });
    assert_eq!(world.agent(open.clone())["step"]["at"], "finding");
    let shown = view(&mut world);
    assert_eq!((&shown["type"], &shown["finding"]["matched"]), (&json!("finding"), &json!("!!")));
    world.agent(check(2, &format!("Oh. {text}")));
    let step = world.agent(key("Enter"))["step"].clone();
    let start = findings[id]["span"]["start"].as_u64().unwrap() + 4;
    assert_eq!((&step["type"], &step["replace"]["start"]), (&json!("insert"), &json!(start)), "{step}");
    world.agent(open);
    world.pushes(AGENT);
    world.agent(check(3, "All is well."));
    assert_eq!(world.pushes(AGENT)[0]["step"]["type"], "hide");
}

#[test]
fn a_dismissed_finding_is_gone_for_as_long_as_was_said() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "where is my parcel?"));
    let check = json!({ "type": "check", "composer": 1, "rev": 1, "text": "Thanks!! See you!!!" });
    let found = |world: &mut World| world.agent(check.clone())["findings"].clone();
    let first = found(&mut world)[0].clone();
    let dismiss = |world: &mut World, how: &str| {
        world.agent(json!({ "type": "open", "composer": 1, "what": { "type": "finding", "id": 0 } }));
        world.pushes(AGENT);
        world.ask(FRAME, None, json!({ "type": "dismiss", "how": how, "reason": " We shout when we are happy. " }))
    };
    let count = found(&mut world).as_array().unwrap().len();
    assert_eq!(dismiss(&mut world, "once")["type"], "done");
    assert!(world.pushes(AGENT).contains(&json!({ "type": "recheck" })));
    assert!(found(&mut world).as_array().unwrap().len() < count);
    let silences =
        |world: &mut World| world.page(json!({ "type": "open", "page": "log" }))["state"]["silences"].clone();
    assert_eq!(silences(&mut world), json!([]), "once needs no reason");
    assert_eq!(dismiss(&mut world, "always")["type"], "done");
    let said = &silences(&mut world)[0];
    assert_eq!((&said["reason"], &said["rule"]), (&json!("We shout when we are happy."), &first["rule"]));
    world.restart();
    world.agent_on_x();
    world.compose(post(1, 11, "lu", "Lu", "where is my parcel?"));
    assert!(found(&mut world).as_array().unwrap().iter().all(|one| one["rule"] != first["rule"]), "for this person");
}

#[test]
fn a_card_says_who_and_why_saves_and_changes_only_its_own_post() {
    let about = post(1, 11, "lu", "Lu", "hey @acme, where is my parcel?");
    let mut world = at_a_composer(about.clone());
    let open = json!({ "type": "open", "composer": null, "what": { "type": "post", "post": about, "url": "https://x.com/home" } });
    assert_eq!(world.agent(open)["step"]["at"], "row");
    let card = view(&mut world)["card"].clone();
    assert_eq!((&card["who"], &card["mention"]), (&json!("Lu (@lu)"), &Value::Null));
    assert_eq!(card["why"][0], json!({ "key": "card_why_tag", "args": { "account": "acme" } }));
    assert_eq!(world.ask(FRAME, None, json!({ "type": "save" }))["type"], "done");
    let saved = view(&mut world)["card"]["mention"].clone();
    let change =
        |key: &Value| json!({ "type": "change", "key": key, "change": { "type": "status", "status": "open" } });
    assert_eq!(world.ask(FRAME, None, change(&saved["key"]))["type"], "done");
    assert_eq!(view(&mut world)["card"]["mention"]["status"], "open");
    assert_eq!(world.ask(FRAME, None, change(&json!("00")))["code"], "not_allowed");
    assert_eq!(world.disk.mentions.len(), 1);
}

/// A template with two fields that acts on the case.
fn with_a_form(world: &mut World) {
    let value = json!({
        "title": "Where your order is", "language": "en", "trigger": "where",
        "body": "Hello {{ author.first_name | default(\"there\") }}, order {{ form.order }} leaves {{ form.city }}.\
                 {% if form.more is defined %} {{ form.more }}{% endif %}",
        "fields": [
            { "name": "order", "label": "Order number" },
            { "name": "city", "kind": "choice", "choices": ["Madrid", "Vigo"] },
            { "name": "more", "kind": "paragraph", "optional": true },
        ],
        "actions": { "tags": ["delivery"], "status": "waiting", "department": "Logistics", "due_hours": 24 },
    });
    let put = json!({ "type": "put", "item": "template", "id": "where", "value": value });
    assert_eq!(world.page(put)["type"], "changed");
    world.pushes(AGENT);
}

fn fill(world: &mut World, name: &str, value: &str) -> Value {
    world.ask(FRAME, None, json!({ "type": "fill", "name": name, "value": value }));
    view(world)
}

#[test]
fn a_form_is_filled_in_before_anything_is_inserted() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "where is my order?"));
    with_a_form(&mut world);
    world.agent(open(Some("where")));
    let step = world.agent(key("Enter"))["step"].clone();
    assert_eq!((&step["type"], &step["takes_focus"], &step["keys"]), (&json!("show"), &json!(true), &json!([])));
    let shown = view(&mut world);
    assert_eq!((&shown["type"], &shown["fields"][1]["value"]), (&json!("form"), &json!("Madrid")));
    world.ask(FRAME, None, json!({ "type": "key", "key": "Enter" }));
    assert_eq!(view(&mut world)["note"]["args"]["label"], "Order number", "it asks for what is missing");
    assert!(world.pushes(AGENT).is_empty());
    let shown = fill(&mut world, "order", " {{ 7*7 }} ");
    assert_eq!(shown["preview"]["text"], "Hello Lucía, order {{ 7*7 }} leaves Madrid.", "an answer is text");
    fill(&mut world, "order", "4711");
    fill(&mut world, "city", "Vigo");
    world.ask(FRAME, None, json!({ "type": "key", "key": "Enter" }));
    let step = world.pushes(AGENT)[0]["step"].clone();
    assert_eq!(
        step,
        json!({ "type": "insert", "composer": 1, "text": "Hello Lucía, order 4711 leaves Vigo.", "cursor": null,
            "replace": { "start": 3, "end": 9 }, "template": "where" })
    );
    assert_eq!(view(&mut world)["type"], "empty");
}

#[test]
fn a_form_that_is_closed_inserts_nothing() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "where is my order?"));
    with_a_form(&mut world);
    world.agent(open(Some("where")));
    world.agent(key("Enter"));
    world.ask(FRAME, None, json!({ "type": "key", "key": "Escape" }));
    assert_eq!(world.pushes(AGENT)[0]["step"], json!({ "type": "hide" }));
    world.agent(open(Some("where")));
    assert_eq!(view(&mut world)["type"], "picker", "and forgets what was filled in");
}

#[test]
fn a_template_acts_on_the_case_once_its_reply_is_sent() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "where is my order?"));
    with_a_form(&mut world);
    let sent = |confirmed: bool| {
        json!({ "type": "sent", "composer": 1, "text": "Hello Lucía.", "confirmed": confirmed,
            "passed": { "unchecked": false, "overridden": [] } })
    };
    let insert = |world: &mut World| {
        world.agent(open(Some("where")));
        world.agent(key("Enter"));
        world.ask(FRAME, None, json!({ "type": "fill", "name": "order", "value": "4711" }));
        world.ask(FRAME, None, json!({ "type": "key", "key": "Enter" }));
    };
    insert(&mut world);
    world.agent(sent(false));
    let mention = world.disk.mentions.values().next().expect("it is saved").clone();
    assert_eq!(mention.tags().count(), 0, "what may not have arrived settles nothing");
    insert(&mut world);
    world.agent(sent(true));
    let mention = world.disk.mentions.values().next().unwrap();
    assert_eq!(mention.tags().collect::<Vec<_>>(), ["delivery"]);
    assert_eq!(mention.status.name(), "waiting");
    assert_eq!(mention.department.as_deref(), Some("Logistics"));
    let replied = mention.replies().last().unwrap();
    assert_eq!((mention.due, replied.template.as_deref()), (Some(replied.at + 24 * 3_600_000), Some("where")));
    world.agent(sent(true));
    let again = world.disk.events.iter().filter(|event| event.t == "tagged").count();
    assert_eq!(again, 1, "a reply written by hand after it does not");
}

#[test]
fn before_anything_is_typed_what_fits_the_post_and_what_was_used_come_first() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "the lamp is broken"));
    template(&mut world, "aa-first", "All about shoes", "en", "Shoes.");
    template(&mut world, "broken", "Broken on arrival", "en", "That lamp should not be broken.");
    world.agent(open(None));
    let items = view(&mut world)["items"].clone();
    let suggested = items.as_array().unwrap().iter().find(|item| item["id"] == "broken").unwrap();
    assert_eq!(
        (&suggested["why"]["key"], &suggested["why"]["args"]["words"]),
        (&json!("picker_why_words"), &json!("broken"))
    );
    assert!(items.as_array().unwrap().iter().take(3).any(|item| item["id"] == "broken"), "{items}");
    for _ in 0..2 {
        world.agent(json!({ "type": "inserted", "composer": 1, "template": "broken", "outcome": "ok" }));
    }
    world.agent(json!({ "type": "inserted", "composer": 1, "template": "aa-first", "outcome": "changed" }));
    world.restart();
    world.agent_on_x();
    let ticket = world.compose(post(1, 11, "lu", "Lu", "the lamp is broken"))["overlay"].clone();
    world.pair(&ticket);
    world.pushes(FRAME);
    world.agent(open(None));
    let items = view(&mut world)["items"].clone();
    let used = items.as_array().unwrap().iter().take(3).find(|item| item["id"] == "broken").unwrap();
    assert_eq!(used["why"]["args"]["count"], "2", "it is remembered");
    // Starters that answer complaints say so.
    let starter = items.as_array().unwrap().iter().find(|item| item["id"] == "damaged-en").unwrap();
    assert_eq!(starter["why"]["args"]["words"], "complaint + broken");
    assert!(items.as_array().unwrap().iter().all(|item| item["id"] != "aa-first" || item["why"].is_null()));
}

#[test]
fn a_reply_keeps_its_template_though_its_post_is_read_late() {
    let mut world = World::new();
    world.agent_on_x();
    let mut describe = |target: Value| {
        let composer =
            json!({ "local": 1, "rule": 0, "fields": {}, "target": target, "text": "Thanks!", "template": "thanks" });
        world.agent(json!({ "type": "compose", "url": "https://x.com/home", "composer": composer, "turn": false }));
    };
    describe(Value::Null);
    describe(post(1, 11, "lu", "Lu", "hey @acme"));
    let passed = json!({ "unchecked": false, "overridden": [] });
    world.agent(
        json!({ "type": "sent", "composer": 1, "text": "Thanks!", "confirmed": true, "passed": passed, "case": null }),
    );
    let replied = world.disk.events.iter().find(|event| event.t == "replied").unwrap();
    assert_eq!(replied.v["template"], "thanks", "{:?}", replied.v);
}
