//! Spelling at a composer, with a speller that comes when it comes.

use std::cell::Cell;
use std::rc::Rc;

use rejoinder::brain::spelling::Speller;
use rejoinder::brain::{Device, Happening, Input};
use rejoinder::voice::spelling::{Asked, Dictionary, suggestions, unknown};
use serde_json::{Value, json};

use crate::brain_world::{AGENT, FRAME, PAGE, World, post};

/// Knows what the tests write right.
#[derive(Debug, Clone, Default)]
struct Few {
    there: Rc<Cell<bool>>,
    asked: Rc<Cell<u32>>,
}

impl Dictionary for Few {
    fn check(&self, word: &str) -> bool {
        "thanks we will look into your order today the is on its way".split(' ').any(|one| one == word.to_lowercase())
    }

    fn suggest(&self, word: &str) -> Vec<String> {
        if word.starts_with("or") { vec!["order".to_owned(), "orders".to_owned()] } else { Vec::new() }
    }
}

impl Speller for Few {
    fn check(&self, asked: &str) -> Option<String> {
        let asked: Asked = serde_json::from_str(asked).unwrap();
        self.there.get().then(|| serde_json::to_string(&unknown(&asked, self)).unwrap())
    }

    fn suggest(&self, _: &str, word: &str) -> Vec<String> {
        self.asked.set(self.asked.get() + 1);
        suggestions(word, self, 5)
    }
}

struct Writing {
    world: World,
    speller: Few,
    rev: u32,
}

impl Writing {
    fn new() -> Self {
        let mut writing = Self { world: World::new(), speller: Few::default(), rev: 0 };
        writing.speller.there.set(true);
        writing.switch(json!(["form", "spelling"]));
        writing.begin();
        writing
    }

    fn switch(&mut self, packs: Value) {
        let value = json!({ "packs": packs });
        self.world.page(json!({ "type": "put", "item": "workspace", "id": "", "value": value }));
    }

    fn begin(&mut self) {
        self.world.brain.set_speller(Box::new(self.speller.clone()));
        self.world.agent_on_x();
        let strip =
            self.world.compose(post(1, 7, "xiomara_p", "Xiomara Paz", "My flurbo is so nice, the order came today"));
        self.world.pair(&strip["overlay"]);
    }

    fn check(&mut self, text: &str) -> Value {
        self.rev += 1;
        self.world.agent(json!({ "type": "check", "composer": 1, "rev": self.rev, "text": text }))
    }

    #[track_caller]
    fn finds(&mut self, text: &str, words: &[&str]) {
        let checked = self.check(text);
        let found = checked["findings"].as_array().unwrap();
        let found =
            found.iter().filter(|one| one["rule"] == "spelling.word").map(|one| one["matched"].as_str().unwrap());
        assert_eq!(found.collect::<Vec<_>>(), words, "{checked}");
    }

    fn open(&mut self, id: u32) -> Value {
        self.world.agent(json!({ "type": "open", "composer": 1, "what": { "type": "finding", "id": id } }))
    }

    /// What our frame shows now.
    fn shown(&mut self) -> Value {
        self.world.pushes(FRAME).last().unwrap()["view"].clone()
    }

    fn key(&mut self, key: &str) -> Value {
        self.world.agent(json!({ "type": "key", "key": key }))["step"].clone()
    }

    fn in_frame(&mut self, body: Value) -> Value {
        self.world.ask(FRAME, None, body)
    }

    fn is_rechecked(&mut self) -> bool {
        self.world.pushes(AGENT).iter().any(|push| push["type"] == "recheck")
    }
}

const LATE: &str = "Thanks, we will look into your ordr today.";

#[test]
fn an_unknown_word_is_a_warning_that_holds_nothing() {
    let mut writing = Writing::new();
    let checked = writing.check(LATE);
    let finding = &checked["findings"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&json!("spelling.word"), &json!("warning")));
    assert_eq!((&finding["matched"], &finding["span"]), (&json!("ordr"), &json!({ "start": 31, "end": 35 })));
    assert_eq!((&finding["fixes"], &checked["held"]), (&json!([]), &json!("")));
    assert_eq!(finding["text"], "The dictionary does not know \"ordr\".");
}

#[test]
fn who_is_answered_and_what_they_wrote_is_right() {
    let mut writing = Writing::new();
    writing.finds("Xiomara, your flurbo is on its way. Acme will look into the flurb.", &["flurb"]);
}

#[test]
fn spelling_rests_beside_another_checker() {
    let mut writing = Writing::new();
    writing.finds(LATE, &["ordr"]);
    let beside = |fields: Value| {
        let composer = json!({ "local": 1, "rule": 0, "fields": fields, "target": null, "text": "" });
        json!({ "type": "compose", "url": "https://x.com/home", "composer": composer, "turn": false })
    };
    writing.world.agent(beside(json!({ "checker": "1" })));
    writing.finds(LATE, &[]);
    writing.world.agent(beside(json!({})));
    writing.finds(LATE, &["ordr"]);
}

#[test]
fn nothing_waits_for_the_speller() {
    let mut writing = Writing::new();
    writing.speller.there.set(false);
    writing.finds(LATE, &[]);
    writing.world.pushes(AGENT);
    writing.speller.there.set(true);
    writing.world.take(Input::Happened(Happening::Spelling {}));
    assert!(writing.is_rechecked());
    writing.finds(LATE, &["ordr"]);
    let mut without = Writing::new();
    without.world.restart();
    without.world.connect(PAGE, "page", "chrome-extension://id/pages/options.html");
    without.world.agent_on_x();
    without.world.compose(post(1, 7, "ana", "Ana", "Hi"));
    without.finds(LATE, &[]);
}

#[test]
fn a_card_opened_at_a_new_background_waits_for_the_speller() {
    let mut writing = Writing::new();
    writing.check(LATE);
    writing.world.restart();
    writing.world.brain.set_speller(Box::new(writing.speller.clone()));
    writing.speller.there.set(false);
    writing.world.agent_on_x();
    let composer = json!({ "local": 1, "rule": 0, "fields": {}, "target": null, "text": LATE });
    writing.world.agent(json!({ "type": "compose", "url": "https://x.com/home", "composer": composer, "turn": false }));
    let open = json!({ "type": "open", "composer": 1, "what": { "type": "worst" } });
    let text = json!({ "protocol": 1, "build": "dev", "id": 900, "body": open }).to_string();
    writing.world.take(Input::Message { port: AGENT, text });
    assert!(writing.world.said.iter().all(|(_, message)| message["id"] != 900));
    writing.speller.there.set(true);
    writing.world.take(Input::Happened(Happening::Spelling {}));
    let answer = writing.world.said.iter().find(|(_, message)| message["id"] == 900).unwrap().1.clone();
    assert_eq!(answer["body"]["step"]["at"], "finding", "{answer}");
    assert_eq!(writing.speller.asked.get(), 1);
}

#[test]
fn suggestions_come_once_the_card_is_open() {
    let mut writing = Writing::new();
    writing.check(LATE);
    assert_eq!(writing.speller.asked.get(), 0);
    writing.open(0);
    assert_eq!(writing.speller.asked.get(), 1);
    let view = writing.shown();
    assert_eq!((&view["type"], &view["finding"]["fixes"]), (&json!("finding"), &json!(["order", "orders"])));
    writing.check(&format!("{LATE} The order is on its way."));
    writing.key("ArrowDown");
    let step = writing.key("Enter");
    assert_eq!((&step["text"], &step["replace"]), (&json!("orders"), &json!({ "start": 31, "end": 35 })));
    assert_eq!(writing.speller.asked.get(), 1);
}

#[test]
fn suggestions_that_come_late_do_not_move_the_choice_off_a_dictionary() {
    let mut writing = Writing::new();
    writing.world.is_slow = true;
    writing.check(LATE);
    writing.open(0);
    writing.key("ArrowDown");
    assert_eq!(writing.shown()["chosen"], 1);
    writing.world.suggest();
    let view = writing.shown();
    assert_eq!((&view["finding"]["fixes"], &view["chosen"]), (&json!(["order", "orders"]), &json!(2)));
    assert_eq!(writing.key("Enter")["type"], "stay");
    assert_eq!(writing.shown(), json!({ "type": "learned", "word": "ordr", "shared": false }));
}

#[test]
fn a_word_goes_into_this_persons_dictionary_and_out_again() {
    let mut writing = Writing::new();
    writing.check("Thanks, your zrblk is on its way.");
    writing.open(0);
    assert_eq!(writing.shown()["finding"]["fixes"], json!([]));
    // Enter was meant for a fix that is not there.
    assert_eq!(writing.key("Enter")["type"], "stay");
    assert_eq!(writing.world.disk.device.as_ref().unwrap().words.len(), 0);
    writing.key("ArrowDown");
    assert_eq!(writing.key("Enter")["type"], "stay");
    assert_eq!(writing.shown(), json!({ "type": "learned", "word": "zrblk", "shared": false }));
    assert!(writing.is_rechecked());
    assert_eq!(writing.in_frame(json!({ "type": "unlearn" }))["type"], "done");
    writing.finds("Thanks, your zrblk is on its way.", &["zrblk"]);
    writing.open(0);
    assert_eq!(writing.in_frame(json!({ "type": "learn", "shared": false }))["type"], "done");
    writing.finds("Thanks, your zrblk is on its way.", &[]);
    assert_eq!(writing.key("Enter")["type"], "hide");
    let stored = Device::from_stored(&writing.world.disk.device.as_ref().unwrap().to_stored());
    assert!(stored.words.contains("zrblk"));
}

#[test]
fn the_brands_dictionary_is_shared_by_events() {
    let mut writing = Writing::new();
    writing.check("Thanks, the zrblk’s order is on its way.");
    writing.open(0);
    assert_eq!(writing.in_frame(json!({ "type": "learn", "shared": true }))["type"], "done");
    let event = serde_json::to_value(writing.world.disk.events.last().unwrap()).unwrap();
    assert!(event.to_string().contains(r#""item":"word""#) && event.to_string().contains(r#""id":"zrblk""#), "{event}");
    writing.finds("Thanks, your zrblk is on its way.", &[]);
    let page = json!({ "type": "open", "page": "options" });
    assert_eq!(writing.world.page(page.clone())["state"]["brand_words"], json!(["zrblk"]));
    writing.world.restart();
    writing.world.connect(PAGE, "page", "chrome-extension://id/pages/options.html");
    writing.begin();
    writing.finds("Thanks, your zrblk is on its way.", &[]);
    writing.world.page(json!({ "type": "remove", "item": "word", "id": "zrblk" }));
    writing.finds("Thanks, your zrblk is on its way.", &["zrblk"]);
    for (id, value) in [("two words'll", json!(true)), ("x", json!(false)), (" ", json!(true))] {
        let refused = writing.world.page(json!({ "type": "put", "item": "word", "id": id, "value": value }));
        assert_eq!(refused["code"], "invalid", "{id}");
    }
}

#[test]
fn the_options_write_this_persons_dictionary() {
    let mut writing = Writing::new();
    let device = |name: &str, value: &str| json!({ "type": "device", "name": name, "value": value });
    assert_eq!(writing.world.page(device("word:add", " ordr "))["type"], "done");
    writing.finds(LATE, &[]);
    assert_eq!(writing.world.page(json!({ "type": "open", "page": "options" }))["state"]["words"], json!(["ordr"]));
    assert_eq!(writing.world.page(device("word:remove", "ordr"))["type"], "done");
    writing.finds(LATE, &["ordr"]);
    assert_eq!(writing.world.page(device("word:add", " "))["code"], "invalid");
}

#[test]
fn it_is_a_pack_that_can_be_switched() {
    let mut writing = Writing::new();
    let packs = writing.world.page(json!({ "type": "open", "page": "options" }))["state"]["packs"].clone();
    let row = packs.as_array().unwrap().iter().find(|pack| pack["id"] == "spelling").unwrap();
    assert_eq!((&row["on"], &row["rules"]), (&json!(true), &json!(1)));
    writing.switch(json!(["form"]));
    writing.finds(LATE, &[]);
}
