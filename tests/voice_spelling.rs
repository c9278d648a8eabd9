//! Spelling with the dictionaries that ship: what they know, what they suggest, and what decent replies get to hear.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proptest::prelude::*;
use rejoinder::message::Lang;
use rejoinder::template::starter;
use rejoinder::text::OffsetMap;
use rejoinder::voice::bundled;
use rejoinder::voice::spelling::hunspell::Dictionaries;
use rejoinder::voice::spelling::{Asked, RULE, Speech};

use crate::voice_replies::FINE;

/// A dictionary's file as npm delivers it.
pub fn file(dictionary: &str, name: &str) -> String {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules");
    let path: PathBuf = modules.join(format!("dictionary-{dictionary}")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}; ./build.sh installs it", path.display()))
}

pub fn dictionaries() -> &'static Dictionaries {
    static ALL: OnceLock<Dictionaries> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Dictionaries::default();
        let (us, gb, es) = (file("en", "index.dic"), file("en-gb", "index.dic"), file("es", "index.dic"));
        let affixes = file("en", "index.aff");
        all.load(Speech::English, &affixes, &[us.clone(), gb.clone()]);
        all.load(Speech::American, &affixes, &[us]);
        all.load(Speech::British, &affixes, &[gb]);
        all.load(Speech::Spanish, &file("es", "index.aff"), &[es]);
        all
    })
}

fn unknown(asked: &Asked) -> Vec<String> {
    dictionaries().unknown(asked).unwrap().into_iter().map(|one| one.word).collect()
}

fn asked(text: &str, hint: Option<&str>) -> Asked {
    Asked { text: text.to_owned(), hint: hint.map(str::to_owned), ..Asked::default() }
}

#[test]
fn american_and_british_have_the_same_affixes() {
    assert_eq!(file("en", "index.aff"), file("en-gb", "index.aff"), "the package stores them once");
}

#[test]
fn the_rules_examples_hold() {
    let rule = bundled().iter().flat_map(|pack| &pack.rules).find(|rule| rule.about.id == RULE).unwrap();
    assert!(rule.on);
    let written = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("extension/packs/any/spelling.toml"));
    let pack = rejoinder::voice::Pack::parse("spelling.toml", &written.unwrap()).unwrap();
    let examples = &pack.rules[0].examples;
    for example in &examples.bad {
        assert_eq!(unknown(&asked(&example.text, None)).len(), 1, "{}", example.text);
    }
    for example in &examples.good {
        assert_eq!(unknown(&asked(&example.text, None)), [""; 0], "{}", example.text);
    }
}

#[test]
fn decent_replies_are_left_alone() {
    let mut found = Vec::new();
    for reply in FINE {
        found.extend(unknown(&asked(reply, None)).into_iter().map(|word| format!("{word:?} in {reply:?}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn our_own_templates_are_spelt_right() {
    let mut found = Vec::new();
    for template in [Lang::En, Lang::Es].into_iter().flat_map(starter) {
        // What is said, without the conditions.
        let said = template.body.split("{%").map(|part| part.split_once("%}").map_or(part, |(_, said)| said));
        let said: String = said.collect();
        let asked = Asked { lang: Some(template.language.clone()), ..asked(&said, None) };
        found.extend(unknown(&asked).into_iter().map(|word| format!("{word:?} in {said:?}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn regions_decide_between_spellings() {
    let text = "Thanks, the color and the colour of your order";
    assert_eq!(unknown(&asked(text, Some("en"))), [""; 0]);
    assert_eq!(unknown(&asked(text, Some("en-GB"))), ["color"]);
    assert_eq!(unknown(&asked(text, Some("en-US"))), ["colour"]);
}

#[test]
fn slips_are_found_and_what_was_meant_is_suggested() {
    #[track_caller]
    fn check(text: &str, word: &str, meant: &str) {
        let asked = asked(text, None);
        assert_eq!(unknown(&asked), [word], "{text}");
        let suggested = dictionaries().suggest(&asked, word);
        assert!(suggested.len() <= 5 && suggested.iter().any(|one| one == meant), "{word}: {suggested:?}");
    }
    check("Thanks, we recieved your order today.", "recieved", "received");
    check("We definately have it in stock for you.", "definately", "definitely");
    check("Teh order is on its way to you.", "Teh", "The");
    check("We have sent it to your adress.", "adress", "address");
    check("We’re sorry, it was shiped to the wrong place.", "shiped", "shipped");
    check("Hola, te enbiamos un mensaje por privado.", "enbiamos", "enviamos");
    check("Sentimos las molestías que te hemos causado.", "molestías", "molestias");
    check("Lo revisamos ahora y te contestamos pornto.", "pornto", "pronto");
    check("Hola, ¿nos envias el número de pedido por privado?", "envias", "envías");
    check("Gracias por la informacion, lo miramos.", "informacion", "información");
}

#[test]
fn what_needs_a_dictionary_says_which() {
    let none = Dictionaries::default();
    assert_eq!(none.unknown(&asked("Gracias por tu mensaje", None)), Err(Speech::Spanish));
    assert_eq!(none.unknown(&asked("日本語", None)), Ok(Vec::new()));
    let mut broken = Dictionaries::default();
    broken.load(Speech::Spanish, "SET \u{0}\nFLAG nonsense", &["x".to_owned()]);
    assert_eq!(broken.unknown(&asked("Gracias por tu mensage", None)), Ok(Vec::new()));
}

proptest! {
    #[test]
    fn any_text_is_looked_up_and_spans_are_words(text in "(\\PC|teh |mensage |Gracias |the |'|-|\u{301}|\n|😀){0,60}", lang in prop::sample::select(vec![None, Some("en"), Some("es-MX"), Some("pt")])) {
        let asked = Asked { lang: lang.map(str::to_owned), ..asked(&text, Some("en")) };
        let map = OffsetMap::new(&text);
        let mut end = 0;
        for one in dictionaries().unknown(&asked).unwrap() {
            let (from, to) = (map.to_byte(one.span.start), map.to_byte(one.span.end));
            prop_assert!(from >= end && from < to);
            prop_assert_eq!(&text[from..to], one.word.as_str());
            end = to;
        }
    }
}
