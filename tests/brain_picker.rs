//! Finding the right template: favourites, the last search, several at once, `;trigger`, and what came of answers.

use rejoinder::brain::Effect;
use serde_json::{Value, json};

use super::brain_overlay::{at_a_composer, key, open, template, view};
use super::brain_world::{AGENT, FRAME, PAGE, World, post};

fn with_fields(world: &mut World, id: &str, title: &str, fields: &[&str]) {
    let holes: Vec<String> = fields.iter().map(|name| format!("{name}: {{{{ form.{name} }}}}.")).collect();
    let fields: Vec<Value> = fields.iter().map(|name| json!({ "name": name })).collect();
    let body = format!("Hello {{{{ author.first_name | default('there') }}}}, {}", holes.join(" "));
    let value = json!({ "title": title, "language": "en", "body": body, "trigger": id, "fields": fields });
    let put = json!({ "type": "put", "item": "template", "id": id, "value": value });
    assert_eq!(world.page(put)["type"], "changed");
    world.pushes(AGENT);
}

fn ids(view: &Value) -> Vec<&str> {
    view["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn starred(view: &Value) -> Vec<&str> {
    let items = view["items"].as_array().unwrap().iter().filter(|item| item["starred"] == true);
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

fn spell(world: &mut World, words: &str) {
    for letter in words.chars() {
        assert_eq!(world.agent(key(&letter.to_string()))["step"]["type"], "stay");
    }
}

fn expand(trigger: &str) -> Value {
    let span = json!({ "start": 3, "end": 4 + trigger.len() });
    let words = json!({ "text": trigger, "span": span });
    json!({ "type": "open", "composer": 1, "what": { "type": "expand", "words": words } })
}

fn triggers(world: &mut World, text: &str) -> Value {
    world.agent(json!({ "type": "check", "composer": 1, "rev": 1, "text": text }))["triggers"].clone()
}

#[test]
fn a_star_puts_a_template_after_the_suggestions_and_stays_on_the_device() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "the lamp is broken"));
    template(&mut world, "broken", "Broken on arrival", "en", "That lamp should not be broken.");
    template(&mut world, "zz-last", "Zz last of all", "en", "Last.");
    world.agent(open(None));
    let shown = view(&mut world);
    let last = ids(&shown).iter().position(|id| *id == "zz-last").unwrap();
    assert_eq!(starred(&shown), [""; 0]);
    let before = world.disk.events.len();
    world.ask(FRAME, None, json!({ "type": "star", "index": last }));
    let shown = view(&mut world);
    assert_eq!(starred(&shown), ["zz-last"]);
    assert_eq!(ids(&shown)[last], "zz-last", "nothing moves under the pointer");
    assert_eq!(world.disk.events.len(), before, "the team hears nothing of it");
    world.restart();
    world.agent_on_x();
    let ticket = world.compose(post(1, 11, "lu", "Lu", "the lamp is broken"))["overlay"].clone();
    world.pair(&ticket);
    world.agent(open(None));
    let shown = view(&mut world);
    let suggested = shown["items"].as_array().unwrap().iter().filter(|item| !item["why"].is_null()).count();
    assert!(suggested > 0);
    assert_eq!(ids(&shown)[suggested], "zz-last");
    for _ in 0..suggested {
        world.agent(key("ArrowDown"));
    }
    world.agent(key("Alt+ArrowUp"));
    assert_eq!(starred(&view(&mut world)), [""; 0], "the key takes it away again");
}

#[test]
fn the_last_search_is_there_again_and_typing_replaces_it() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    template(&mut world, "qqq-one", "Qqq one", "en", "one");
    world.agent(open(None));
    spell(&mut world, "qqx");
    world.agent(key("Backspace"));
    world.agent(key("Escape"));
    world.agent(open(None));
    let shown = view(&mut world);
    assert_eq!((&shown["query"], &shown["remembered"]), (&json!("qq"), &json!(true)));
    assert_eq!(ids(&shown), ["qqq-one"], "Enter and arrows go on with it");
    spell(&mut world, "qqq");
    let shown = view(&mut world);
    assert_eq!((&shown["query"], &shown["remembered"]), (&json!("qqq"), &json!(false)));
    assert_eq!(world.agent(key("Enter"))["step"]["text"], "one");
    world.agent(open(Some("qqq")));
    assert_eq!(view(&mut world)["remembered"], false);
    world.agent(json!({ "type": "query", "text": "qqq o" }));
    world.agent(key("Escape"));
    world.agent(open(None));
    assert_eq!(view(&mut world)["query"], "qqq", "what was typed behind a slash is no search");
    world.agent(key("Backspace"));
    assert_eq!(view(&mut world)["query"], "", "selected words go at once");
    spell(&mut world, "one");
    world.agent(key("Escape"));
    world.moment.now += 10 * 60_000;
    world.agent(open(None));
    assert_eq!(view(&mut world)["query"], "", "after ten minutes it is another matter");
    let device = serde_json::to_string(world.disk.device.as_ref().unwrap()).unwrap();
    assert!(!device.contains("qqq"), "and never stored");
}

#[test]
fn several_go_in_as_one_with_their_forms_in_order() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "hi"));
    with_fields(&mut world, "where", "Where it is", &["order"]);
    with_fields(&mut world, "when", "When it comes", &["day"]);
    template(&mut world, "bye", "Good bye", "en", "See you.");
    let keys = world.agent(open(None))["step"]["keys"].clone();
    for wanted in ["*", "Backspace", "Shift+Enter", "Alt+ArrowUp"] {
        assert!(keys.as_array().unwrap().contains(&json!(wanted)), "{wanted}");
    }
    spell(&mut world, "where it");
    assert_eq!(world.agent(key("Shift+Enter"))["step"]["type"], "stay");
    let shown = view(&mut world);
    assert_eq!((&shown["stack"], &shown["query"]), (&json!(["Where it is"]), &json!("")));
    assert_eq!(shown["chosen"].as_u64().unwrap() as usize, ids(&shown).len(), "nothing is chosen");
    assert!(shown["preview"]["text"].as_str().unwrap().starts_with("Hello Lucía, order: {{ form.order }}."));
    spell(&mut world, "good");
    world.agent(key("Shift+Enter"));
    spell(&mut world, "when");
    let text = view(&mut world)["preview"]["text"].as_str().unwrap().to_owned();
    assert!(text.ends_with("\n\nSee you.\n\nDay: {{ form.day }}."), "{text}: the greeting is said once");
    assert_eq!(world.agent(key("Enter"))["step"]["at"], "form");
    assert_eq!(view(&mut world)["title"], "Where it is");
    let enter = json!({ "type": "key", "key": "Enter" });
    world.ask(FRAME, None, json!({ "type": "fill", "name": "order", "value": "4711" }));
    world.ask(FRAME, None, enter.clone());
    assert!(world.pushes(AGENT).is_empty());
    let shown = view(&mut world);
    assert_eq!((&shown["title"], &shown["at"]), (&json!("When it comes"), &json!(2)));
    world.ask(FRAME, None, json!({ "type": "fill", "name": "day", "value": "Monday" }));
    world.ask(FRAME, None, enter);
    let step = world.pushes(AGENT)[0]["step"].clone();
    assert_eq!(step["text"], "Hello Lucía, order: 4711.\n\nSee you.\n\nDay: Monday.");
    world.agent(json!({ "type": "inserted", "composer": 1, "template": step["template"], "outcome": "ok" }));
    let used: Vec<&String> = world.disk.device.as_ref().unwrap().used.keys().collect();
    assert_eq!(used, ["bye", "when", "where"], "all of them were used");
}

#[test]
fn what_is_stacked_is_taken_off_again_and_nothing_with_a_hole_goes_in() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    template(&mut world, "qa", "Qqq one", "en", "One.");
    template(&mut world, "qb", "Qqq two", "en", "Case {{ case.number }}.");
    let stack = |world: &mut World| view(world)["stack"].clone();
    world.agent(open(None));
    for words in ["qqq one", "qqq two", "qqq one"] {
        spell(&mut world, words);
        world.agent(key("Shift+Enter"));
    }
    assert_eq!(stack(&mut world), json!(["Qqq one", "Qqq two", "Qqq one"]));
    assert_eq!(world.agent(key("Enter"))["step"]["type"], "stay");
    let shown = view(&mut world);
    assert_eq!(shown["note"]["args"]["names"], "case.number");
    assert_eq!(shown["stack"].as_array().unwrap().len(), 3, "as it was");
    spell(&mut world, "x");
    world.agent(key("Backspace"));
    assert_eq!(stack(&mut world).as_array().unwrap().len(), 3, "first the words");
    world.agent(key("Backspace"));
    assert_eq!(stack(&mut world), json!(["Qqq one", "Qqq two"]));
    world.ask(FRAME, None, json!({ "type": "unstack", "index": 1 }));
    assert_eq!(stack(&mut world), json!(["Qqq one"]));
    assert_eq!(world.agent(key("Enter"))["step"]["text"], "One.", "what is stacked alone, and no suggestion with it");
    assert_eq!(view(&mut world)["type"], "empty");
    world.agent(open(Some("qqq")));
    world.agent(key("Shift+Enter"));
    let shown = view(&mut world);
    assert_eq!(
        (&shown["query"], &shown["stack"]),
        (&json!("qqq"), &json!(["Qqq one"])),
        "the words are the composer's"
    );
    world.ask(FRAME, None, json!({ "type": "stack", "index": 0 }));
    let step = world.agent(key("Enter"))["step"].clone();
    assert_eq!((&step["text"], &step["replace"]), (&json!("One.\n\nOne."), &json!({ "start": 3, "end": 7 })));
}

#[test]
fn a_check_tells_which_triggers_a_text_may_mean() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    template(&mut world, "qqq-one", "Qqq one", "en", "one");
    template(&mut world, "qqq-two", "Qqq two", "en", "two");
    assert_eq!(triggers(&mut world, "so ;qqq-one"), json!(["qqq-one"]));
    assert_eq!(triggers(&mut world, "so\n;qqq and"), json!(["qqq-one", "qqq-two"]), "before it is written whole");
    for text in ["so;qqq-one", "/qqq-one", ";", "; ", "qqq-one", ";qqq-one-two", ";QQQ-one"] {
        assert_eq!(triggers(&mut world, text), json!([]), "{text}");
    }
    let all = triggers(&mut world, ";a ;b ;c ;d ;e ;f ;g ;h ;i ;j ;k ;l ;m ;n ;o ;p ;q ;r ;s ;t ;u ;v ;w");
    assert!(all.as_array().unwrap().len() <= 50);
    world.page(json!({ "type": "pause", "host": "x.com", "feature": "picker", "on": true }));
    assert_eq!(triggers(&mut world, "so ;qqq-one"), json!([]), "paused");
}

#[test]
fn a_trigger_puts_its_template_in_asks_for_its_fields_or_says_why_not() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lucía Gómez", "hi"));
    template(&mut world, "qa", "Qqq thanks", "en", "Thanks, {{ author.first_name }}!");
    template(&mut world, "qb", "Case", "en", "Case {{ case.number }}.");
    with_fields(&mut world, "qc", "Where it is", &["order"]);
    assert_eq!(
        world.agent(expand("qa"))["step"],
        json!({ "type": "insert", "composer": 1, "text": "Thanks, Lucía!", "cursor": null,
            "replace": { "start": 3, "end": 6 }, "template": "qa" })
    );
    assert_eq!(world.agent(expand("zzz"))["step"]["type"], "stay", "gone since the check");
    assert_eq!(world.agent(key("Enter"))["code"], "restarted", "and nothing is open");
    let step = world.agent(expand("qb"))["step"].clone();
    assert_eq!((&step["type"], &step["at"]), (&json!("show"), &json!("caret")));
    let shown = view(&mut world);
    assert_eq!((&shown["note"]["args"]["names"], &shown["query"]), (&json!("case.number"), &json!("qb")));
    assert_eq!(ids(&shown)[shown["chosen"].as_u64().unwrap() as usize], "qb");
    spell(&mut world, "qqq");
    let step = world.agent(key("Enter"))["step"].clone();
    assert_eq!((&step["text"], &step["replace"]["end"]), (&json!("Thanks, Lucía!"), &json!(6)), "the trigger goes");
    assert_eq!(world.agent(expand("qc"))["step"]["at"], "form");
    world.ask(FRAME, None, json!({ "type": "fill", "name": "order", "value": "4711" }));
    world.ask(FRAME, None, json!({ "type": "key", "key": "Enter" }));
    assert_eq!(world.pushes(AGENT)[0]["step"]["text"], "Hello Lucía, order: 4711.");
    world.agent(open(None));
    assert_eq!(view(&mut world)["query"], "", "a trigger is no search");
}

/// Answers a post with a template; the case ends as `status`.
fn answer(world: &mut World, id: u64, with: &str, status: &str) {
    world.compose(post(1, id, "lu", "Lu", "the lamp is broken"));
    world.agent(open(Some(with)));
    world.agent(key("Enter"));
    world.agent(json!({ "type": "sent", "composer": 1, "text": "Sorry.", "confirmed": true,
        "passed": { "unchecked": false, "overridden": [] } }));
    let newest = world.disk.events.iter().rfind(|event| event.t == "replied").unwrap().m.clone();
    world.page(json!({ "type": "change", "key": newest, "change": { "type": "status", "status": status } }));
}

#[test]
fn what_settled_cases_is_suggested_before_what_was_used_more() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "the lamp is broken"));
    template(&mut world, "qqa", "Lamp and its shade, broken", "en", "Often used.");
    template(&mut world, "qqb", "Lamp and its bulb, broken", "en", "Settles.");
    template(&mut world, "qqes", "Lamp broken", "es", "Otro idioma.");
    for id in 20..26 {
        answer(&mut world, id, "qqa", "waiting");
    }
    for id in 30..34 {
        answer(&mut world, id, "qqb", if id < 33 { "resolved" } else { "open" });
    }
    for _ in 0..9 {
        world.agent(json!({ "type": "inserted", "composer": 1, "template": "qqa", "outcome": "ok" }));
    }
    for restart in [false, true] {
        if restart {
            world.restart();
            world.agent_on_x();
        }
        let ticket = world.compose(post(1, 11, "lu", "Lu", "the lamp is broken"))["overlay"].clone();
        if restart {
            world.pair(&ticket);
        }
        world.agent(open(None));
        let items = view(&mut world)["items"].clone();
        assert_eq!((&items[0]["id"], &items[1]["id"]), (&json!("qqb"), &json!("qqa")), "{items}");
        let why = &items[0]["why"];
        assert_eq!(
            (&why["key"], &why["args"]["count"], &why["args"]["settled"]),
            (&json!("picker_why_settled"), &json!("4"), &json!("3"))
        );
        assert!(items.as_array().unwrap().iter().all(|item| item["id"] != "qqes" || item["why"].is_null()));
    }
    // A case that is opened again no longer counts as settled.
    world.connect(PAGE, "page", "chrome-extension://id/pages/log.html");
    let key = world.disk.mentions.values().find(|one| one.status.name() == "resolved").unwrap().key.clone();
    world.page(json!({ "type": "change", "key": key, "change": { "type": "status", "status": "open" } }));
    world.agent(open(None));
    assert_eq!(view(&mut world)["items"][0]["why"]["args"]["settled"], "2");
}

#[test]
fn a_form_outlives_the_background_and_goes_on_where_it_was() {
    let customer = || post(1, 11, "lucy", "Lucy Hart", "where is it");
    let mut world = World::new();
    world.agent_on_x();
    let ticket = world.compose(customer())["overlay"].clone();
    let paired = world.pair(&ticket);
    with_fields(&mut world, "whereis", "Whereabouts", &["order", "day"]);
    world.agent(expand("whereis"));
    world.ask(FRAME, None, json!({ "type": "fill", "name": "order", "value": "4711" }));
    let kept = world.pushes(FRAME).pop().unwrap()["kept"].clone();
    assert_eq!(kept["filling"], 0);

    world.restart();
    world.connect(FRAME, "overlay", "chrome-extension://id/pages/overlay.html");
    let lost = json!({ "type": "fill", "name": "day", "value": "Monday" });
    assert_eq!(world.ask(FRAME, None, lost.clone())["code"], "restarted");
    let rejoin = json!({ "type": "rejoin", "frame": paired["frame"], "document": paired["document"] });
    world.done.clear();
    let text = json!({ "protocol": 1, "build": "dev", "id": 900, "body": rejoin }).to_string();
    world.take(rejoinder::brain::Input::Message { port: FRAME, text });
    let asks = |effect: &Effect| matches!(effect, Effect::Knock { tab: 1, text } if text.contains(r#""again""#));
    assert!(world.done.iter().any(asks), "the agent is to show it again");
    world.agent_on_x();
    let accepted = world.said.iter().any(|(port, said)| *port == FRAME && said["body"]["type"] == "paired");
    assert!(accepted, "{:?}", world.said);

    // The restored picker may be asked for before it is opened again.
    let text =
        json!({ "protocol": 1, "build": "dev", "id": 901, "body": { "type": "restore", "kept": kept } }).to_string();
    world.take(rejoinder::brain::Input::Message { port: FRAME, text });
    assert_eq!(world.compose(customer())["overlay"], Value::Null, "the frame needs no ticket");
    world.pushes(AGENT);
    world.agent(open(None));
    let shown = world.pushes(AGENT).pop().unwrap()["step"].clone();
    assert_eq!((&shown["type"], &shown["at"], &shown["takes_focus"]), (&json!("show"), &json!("form"), &json!(true)));
    world.ask(FRAME, None, lost);
    let form = view(&mut world);
    assert_eq!((&form["fields"][0]["value"], &form["fields"][1]["value"]), (&json!("4711"), &json!("Monday")));
    world.ask(FRAME, None, json!({ "type": "key", "key": "Enter" }));
    let step = world.pushes(AGENT).pop().unwrap()["step"].clone();
    assert_eq!(step["text"], "Hello Lucy, order: 4711. day: Monday.");
    assert_eq!(step["replace"], json!({ "start": 3, "end": 11 }), "in place of the words that opened it");
}

#[test]
fn a_form_whose_template_is_gone_is_a_list_again() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    world.agent(open(None));
    let kept = json!({ "composer": 1, "query": "late", "stack": ["gone"], "answers": [[["order", "1"]]], "filling": 0, "replace": null, "grows": false });
    world.ask(FRAME, None, json!({ "type": "restore", "kept": kept }));
    let shown = view(&mut world);
    assert_eq!((&shown["type"], &shown["query"], &shown["stack"]), (&json!("picker"), &json!("late"), &json!([])));
}

#[test]
fn what_was_kept_for_another_reply_or_a_closed_picker_is_refused() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "hi"));
    let kept = |composer: u32| {
        let kept = json!({ "composer": composer, "query": "late", "stack": [], "answers": [], "filling": null, "replace": null, "grows": false });
        let body = json!({ "type": "restore", "kept": kept });
        json!({ "protocol": 1, "build": "dev", "id": 900, "body": body }).to_string()
    };
    let refused = |world: &World| {
        world
            .said
            .iter()
            .any(|(port, said)| *port == FRAME && said["id"] == 900 && said["error"]["code"] == "restarted")
    };
    world.take(rejoinder::brain::Input::Message { port: FRAME, text: kept(2) });
    assert!(!refused(&world), "it waits for its picker");
    world.agent(open(None));
    assert!(refused(&world));
    assert_eq!(view(&mut world)["query"], "");
    world.agent(json!({ "type": "hidden" }));
    world.said.clear();
    world.take(rejoinder::brain::Input::Message { port: FRAME, text: kept(1) });
    world.agent(json!({ "type": "hidden" }));
    assert!(refused(&world), "nobody opens it any more");
    world.agent(open(None));
    assert_eq!(view(&mut world)["query"], "");
}

#[test]
fn during_a_crisis_hold_statements_come_first_and_promotions_are_not_offered() {
    let mut world = at_a_composer(post(1, 11, "lu", "Lu", "Is there any news about the lamp sale?"));
    let value = json!({ "title": "The lamp sale", "language": "en", "body": "The lamp sale is on!", "trigger": "lampsale",
        "kind": "promo" });
    world.page(json!({ "type": "put", "item": "template", "id": "lampsale", "value": value }));
    template(&mut world, "statement", "Our statement", "en", "Where it is.");
    let listed = |world: &mut World, typed: Option<&str>| {
        world.agent(open(typed));
        let shown = view(world);
        ids(&shown).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = listed(&mut world, None);
    assert_eq!(before[0], "lampsale", "it fits the post");
    let hold = |world: &mut World, on: bool| {
        world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": { "hold": on } }));
    };

    hold(&mut world, true);
    let during = listed(&mut world, None);
    assert!(during[0].starts_with("holding"), "{during:?}");
    assert!(!during.contains(&"lampsale".to_owned()), "{during:?}");
    assert!(!listed(&mut world, Some("lampsale")).contains(&"lampsale".to_owned()));
    assert_eq!(listed(&mut world, Some("statement"))[0], "statement", "whose whole trigger was typed is meant");
    assert_eq!(triggers(&mut world, "ok ;lampsale"), json!([]));
    assert_eq!(world.agent(expand("lampsale"))["step"]["type"], "stay", "nothing goes in");

    hold(&mut world, false);
    assert_eq!(listed(&mut world, None), before);
}
