//! Language and form of address of a reply: what the strip says, what the key does, what is remembered, and what templates
//! know of a case.

use serde_json::{Value, json};

use super::brain_world::{AGENT, FRAME, NOW, World, passed, post, save};

const SPANISH: &str = "Hola, ¿cuándo llega mi pedido? Estoy esperando desde el lunes";
const ENGLISH: &str = "Hello, where is my order? I have been waiting since Monday";

fn lucia(text: &str) -> Value {
    post(1, 11, "lucia", "Lucía Gómez", text)
}

fn strip(composed: &Value) -> [&str; 2] {
    [&composed["strip"]["language"], &composed["strip"]["language_why"]].map(|part| part.as_str().unwrap())
}

fn agent() -> World {
    let mut world = World::new();
    world.agent_on_x();
    world
}

fn workspace(world: &mut World, value: Value) {
    world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": value }));
}

fn template(world: &mut World, id: &str, mut value: Value) {
    value["trigger"] = json!(id);
    world.page(json!({ "type": "put", "item": "template", "id": id, "value": value }));
}

fn open(world: &mut World, typed: &str) -> Value {
    let span = json!({ "start": 0, "end": typed.len() + 1 });
    let what = json!({ "type": "picker", "words": { "text": typed, "span": span } });
    world.agent(json!({ "type": "open", "composer": 1, "what": what }));
    view(world)
}

fn view(world: &mut World) -> Value {
    world.pushes(FRAME).pop().expect("the frame was told")["view"].clone()
}

#[test]
fn the_post_decides_the_language_and_the_workspace_its_region_and_form() {
    let mut world = agent();
    let because = "The post you answer is written in this language.";
    assert_eq!(strip(&world.compose(lucia(SPANISH))), ["ES · usted ▾", because]);
    assert_eq!(strip(&world.compose(lucia(ENGLISH))), ["EN ▾", because], "English has no forms to choose from");
    assert_eq!(strip(&world.compose(lucia("👍"))), ["EN ▾", "The page is in this language."]);
    workspace(&mut world, json!({ "address": "informal", "languages": ["es-419", "en-GB"] }));
    assert_eq!(strip(&world.compose(lucia(SPANISH))), ["ES-419 · tú ▾", because]);
    assert_eq!(strip(&world.compose(lucia(ENGLISH))), ["EN-GB ▾", because]);
}

#[test]
fn the_key_goes_round_and_is_remembered_for_the_author_alone() {
    let mut world = agent();
    assert_eq!(strip(&world.compose(lucia(SPANISH)))[0], "ES · usted ▾");
    assert_eq!(strip(&world.compose_in(lucia(SPANISH), true)), ["ES · tú ▾", "As you chose."]);
    assert_eq!(strip(&world.compose_in(lucia(SPANISH), true))[0], "EN ▾");
    assert_eq!(strip(&world.compose_in(lucia(SPANISH), true))[0], "ES · usted ▾");
    assert_eq!(strip(&world.compose_in(lucia(SPANISH), true))[0], "ES · tú ▾");
    world.restart();
    world.agent_on_x();
    let other = post(2, 12, "@Lucia", "Lucía Gómez", ENGLISH);
    assert_eq!(strip(&world.compose(other)), ["ES · tú ▾", "As chosen for @Lucia before."]);
    assert_eq!(strip(&world.compose(post(3, 13, "ben", "Ben", SPANISH)))[0], "ES · usted ▾");
    let device = world.disk.device.clone().unwrap();
    assert_eq!(device.chosen, [("x lucia".to_owned(), "es informal".to_owned())]);
    assert!(world.disk.mentions.is_empty(), "nothing else of the author is kept");
}

#[test]
fn a_choice_that_was_not_stored_is_refused() {
    let mut world = agent();
    world.compose(lucia(SPANISH));
    world.disk.full = true;
    assert_eq!(world.compose_in(lucia(SPANISH), true)["code"], "storage");
}

#[test]
fn without_a_handle_the_choice_is_this_boxs_alone() {
    let mut world = agent();
    let mut nobody = lucia(SPANISH);
    nobody["fields"]["handle"] = json!("");
    nobody["fields"]["permalink"] = json!("/i/status/11");
    world.compose(nobody.clone());
    assert_eq!(strip(&world.compose_in(nobody.clone(), true))[0], "ES · tú ▾");
    assert_eq!(strip(&world.compose(nobody))[0], "ES · tú ▾", "the same box");
    assert_eq!(world.disk.device.clone().unwrap().chosen, []);
}

#[test]
fn what_a_person_chose_is_what_the_voice_check_reads() {
    let mut world = agent();
    let found = |world: &mut World| {
        let check =
            json!({ "type": "check", "composer": 1, "rev": 1, "text": "Sin falta. It will definitely arrive." });
        world.agent(check)["findings"].to_string()
    };
    world.compose(lucia(ENGLISH));
    assert!(found(&mut world).contains("definitely"));
    world.compose_in(lucia(ENGLISH), true);
    let spanish = found(&mut world);
    assert!(!spanish.contains("definitely") && spanish.contains("falta"), "{spanish}");
}

#[test]
fn an_open_picker_lists_a_family_once_and_follows_the_key() {
    let mut world = agent();
    for (id, title, language, address) in
        [("qqq", "Qqq", "en", "any"), ("qqqes", "Qqq usted", "es", "formal"), ("qqqtu", "Qqq tú", "es", "informal")]
    {
        let body = format!("{id} {{{{ post.language }}}}");
        let value = json!({ "family": "qqq", "title": title, "language": language, "address": address, "body": body });
        template(&mut world, id, value);
    }
    template(&mut world, "qqzz", json!({ "title": "Qqz", "language": "es", "body": "Z" }));
    let ticket = world.compose(lucia(SPANISH))["overlay"].clone();
    world.pair(&ticket);
    let ids = |view: &Value| -> Vec<String> {
        view["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let shown = open(&mut world, "qq");
    assert_eq!(ids(&shown), ["qqqes", "qqzz"]);
    assert_eq!(shown["note"]["key"], "picker_variant_whole");
    assert_eq!(shown["note"]["args"]["label"], "ES · usted");
    world.agent(json!({ "type": "key", "key": "ArrowDown" }));
    assert_eq!(view(&mut world)["note"], Value::Null, "it stands alone and is what was asked for");
    world.agent(json!({ "type": "key", "key": "ArrowUp" }));
    world.compose_in(lucia(SPANISH), true);
    let shown = view(&mut world);
    assert_eq!((ids(&shown), &shown["chosen"]), (vec!["qqqtu".to_owned(), "qqzz".to_owned()], &json!(0)));
    world.compose_in(lucia(SPANISH), true);
    let shown = view(&mut world);
    assert_eq!(ids(&shown), ["qqq", "qqzz"], "what is in another language comes after");
    world.agent(json!({ "type": "key", "key": "ArrowDown" }));
    assert_eq!(view(&mut world)["note"]["key"], "picker_variant_none");
    world.agent(json!({ "type": "key", "key": "ArrowUp" }));
    world.pushes(FRAME);
    let step = world.agent(json!({ "type": "key", "key": "Enter" }))["step"].clone();
    assert_eq!((&step["template"], &step["text"]), (&json!("qqq"), &json!("qqq en")));
    // The whole trigger means this very variant.
    let shown = open(&mut world, "qqqtu");
    assert_eq!((ids(&shown), &shown["note"]["key"]), (vec!["qqqtu".to_owned()], &json!("picker_variant_named")));
}

#[test]
fn templates_know_the_post_the_case_and_the_brands_links() {
    let mut world = agent();
    workspace(&mut world, json!({ "links": [["returns", "https://acme.example/returns"]] }));
    let body = "{{ post.time }} {{ post.permalink }} {{ links.returns }} {{ links.other | default('-') }} \
                {{ case.number | default('new') }} {{ case.status | default('-') }} {{ case.department | default('-') }} \
                {{ case.last_reply | default('-') }}";
    template(&mut world, "facts", json!({ "title": "Facts", "language": "en", "body": body }));
    let read = |world: &mut World| {
        let shown = open(world, "facts");
        assert_eq!(shown["preview"]["unresolved"], json!([]), "{shown}");
        world.agent(json!({ "type": "key", "key": "Escape" }));
        shown["preview"]["text"].as_str().unwrap().to_owned()
    };
    let ticket = world.compose(lucia(ENGLISH))["overlay"].clone();
    world.pair(&ticket);
    let before = "18 November 2026 https://x.com/lucia/status/11 https://acme.example/returns -";
    assert_eq!(read(&mut world), format!("{before} new - - -"));
    let key = world.agent(save(&lucia(ENGLISH)))["post"]["key"].clone();
    let change = json!({ "type": "department", "department": "Logistics" });
    world.page(json!({ "type": "change", "key": key, "change": change }));
    let sent = json!({ "type": "sent", "composer": 1, "text": "We are on it.", "confirmed": true, "passed": passed() });
    world.agent(sent);
    world.compose(lucia(ENGLISH));
    let number = world.disk.mentions.values().next().unwrap().case.number();
    assert!(number.starts_with("RJ-") && number.len() == 8, "{number}");
    assert_eq!(read(&mut world), format!("{before} {number} New Logistics We are on it."));
    world.pushes(AGENT);
    assert!(world.moment.now > NOW);
}
