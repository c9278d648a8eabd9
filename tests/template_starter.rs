//! The starter library can be sent as it is: complete, short, honest, and the same in both languages.

use std::collections::BTreeSet;

use rejoinder::message::Lang;
use rejoinder::site::limits::{Limit, Units};
use rejoinder::template::{Address, Brand, Context, Kind, Me, Person, Template, render, starter};

fn full() -> Context {
    Context {
        author: Person { name: Some("Guadalupe Ruiz".to_owned()), ..Person::default() },
        me: Me { name: Some("Alejandro Gómez".to_owned()), ..Me::default() },
        brand: Brand { name: Some("Café Mirador".to_owned()), ..Brand::default() },
        ..Context::default()
    }
}

fn all() -> impl Iterator<Item = &'static Template> {
    starter(Lang::En).iter().chain(starter(Lang::Es))
}

fn families(lang: Lang, address: Address) -> BTreeSet<&'static str> {
    let fits = |t: &&Template| t.address == Address::Any || t.address == address;
    starter(lang).iter().filter(fits).map(|t| t.family.as_str()).collect()
}

#[test]
fn the_hand_off_comes_first() {
    for lang in [Lang::En, Lang::Es] {
        assert_eq!(starter(lang)[0].family, "dm-handoff");
        assert!(starter(lang).len() >= 12);
    }
    let text = |lang: Lang, context: &Context| render(&starter(lang)[0].body, context).unwrap().text;
    assert_eq!(
        text(Lang::En, &full()),
        "Hello Guadalupe,\nWe are sorry for the trouble. There is no set deadline and we prefer not to promise one, but \
         we do want to look into it.\nPlease send us the details by direct message, not here.\nKind regards,\n\
         Alejandro, Café Mirador"
    );
    assert_eq!(
        text(Lang::Es, &Context::default()),
        "Hola:\nSentimos las molestias. No hay un plazo fijo y preferimos no prometerlo, pero sí queremos revisar su \
         caso.\nEnvíenos los datos por mensaje directo, por favor, no por aquí.\nUn saludo,\nEl equipo"
    );
}

#[test]
fn both_languages_and_both_forms_say_the_same_things() {
    let english = families(Lang::En, Address::Any);
    assert_eq!(english, families(Lang::Es, Address::Formal));
    assert_eq!(english, families(Lang::Es, Address::Informal));
}

#[test]
fn ids_and_triggers_are_unique_and_every_record_is_whole() {
    for lang in [Lang::En, Lang::Es] {
        let triggers: BTreeSet<_> = starter(lang).iter().map(|t| &t.trigger).collect();
        assert_eq!(triggers.len(), starter(lang).len());
        for t in starter(lang) {
            assert_eq!(t.language, lang.tag(), "{}", t.id);
            assert!(
                t.trigger.is_some() && !t.title.is_empty() && !t.folder.is_empty() && t.tags.len() >= 3,
                "{}",
                t.id
            );
        }
    }
    assert_eq!(all().map(|t| &t.id).collect::<BTreeSet<_>>().len(), all().count());
    assert!(all().any(|t| t.kind == Kind::Holding) && all().any(|t| t.kind == Kind::Promo));
}

#[test]
fn each_is_complete_with_nothing_known_and_short_with_everything() {
    for t in all() {
        for context in [Context::default(), full()] {
            let rendered = render(&t.body, &context).unwrap();
            assert!(rendered.unresolved.is_empty(), "{}: {:?}", t.id, rendered.unresolved);
            assert_eq!(rendered.over(Some(Limit { most: 280, units: Units::X })), None, "{}: {}", t.id, rendered.text);
            let text = rendered.text;
            assert!(!text.contains("  ") && !text.contains("\n\n") && !text.contains(" ,"), "{}: {text}", t.id);
            assert!(!text.starts_with(char::is_whitespace), "{}: {text}", t.id);
        }
    }
}

#[test]
fn usted_and_tu_are_not_mixed() {
    let words = |t: &Template| -> BTreeSet<String> {
        t.body.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect()
    };
    for t in starter(Lang::Es) {
        let found = words(t);
        let has = |list: &[&str]| list.iter().any(|w| found.contains(*w));
        let tu =
            has(&["te", "tu", "ti", "contigo", "tienes", "quieres", "envíanos", "escríbenos", "mira", "deja", "dinos"]);
        let usted = has(&["le", "su", "usted", "tiene", "quiere", "envíenos", "escríbanos", "mire", "deje", "díganos"]);
        match t.address {
            Address::Formal => assert!(usted && !tu, "{}", t.id),
            Address::Informal => assert!(tu && !usted, "{}", t.id),
            Address::Any => assert!(!tu && !usted, "{}", t.id),
        }
    }
}
