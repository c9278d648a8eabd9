use super::*;

/// A library in short: id, family, language, form, networks.
fn library(rows: &[(&str, &str, &str, Address, &[&str])]) -> Vec<Template> {
    let template = |(id, family, language, address, networks): &(&str, &str, &str, Address, &[&str])| Template {
        id: (*id).to_owned(),
        family: (*family).to_owned(),
        language: (*language).to_owned(),
        address: *address,
        networks: networks.iter().map(|one| (*one).to_owned()).collect(),
        ..Template::default()
    };
    rows.iter().map(template).collect()
}

fn choice(language: &str, address: Address) -> Choice {
    Choice { language: language.to_owned(), address }
}

use Address::{Any, Formal, Informal};

/// What is wanted (network, language, form), the variant that is taken, and what of the wish it fulfils.
#[track_caller]
fn check(all: &[Template], wishes: &[(&str, &str, Address, &str, Match)]) {
    let families = Families::new(all);
    for (network, language, address, id, expect) in wishes {
        let choice = choice(language, *address);
        let wanted = Wanted { network, choice: &choice };
        // Wherever the family is entered.
        for index in 0..all.len() {
            let best = &all[families.best(all, index, wanted)];
            assert_eq!((best.id.as_str(), fit(best, wanted)), (*id, *expect), "{network} {language} {address:?}");
        }
    }
}

#[test]
fn the_form_of_address_is_kept_or_its_absence_said() {
    let all =
        library(&[("en", "f", "en", Any, &[]), ("usted", "f", "es", Formal, &[]), ("tu", "f", "es", Informal, &[])]);
    check(
        &all,
        &[
            ("x", "es", Formal, "usted", Match::Whole),
            ("x", "es", Informal, "tu", Match::Whole),
            ("x", "es", Any, "usted", Match::Whole),
            ("x", "en", Formal, "en", Match::Whole),
            ("x", "en-GB", Any, "en", Match::OtherRegion),
            ("x", "fr", Formal, "usted", Match::OtherLanguage),
        ],
    );
    check(&all[..2], &[("x", "es", Informal, "usted", Match::OtherAddress)]);
    let plain = library(&[("plain", "f", "es", Any, &[]), ("tu", "f", "es", Informal, &[])]);
    check(&plain, &[("x", "es", Formal, "plain", Match::Whole), ("x", "es", Informal, "tu", Match::Whole)]);
}

#[test]
fn spain_and_the_americas_are_kept_apart() {
    let all = library(&[
        ("any", "f", "es", Formal, &[]),
        ("spain", "f", "es-ES", Formal, &[]),
        ("americas", "f", "es-419", Formal, &[]),
    ]);
    check(
        &all,
        &[
            ("x", "es", Formal, "any", Match::Whole),
            ("x", "es-ES", Formal, "spain", Match::Whole),
            ("x", "es-419", Formal, "americas", Match::Whole),
            ("x", "es-MX", Formal, "americas", Match::Whole),
            ("x", "es_es", Formal, "spain", Match::Whole),
        ],
    );
    check(&all[1..], &[("x", "es", Formal, "spain", Match::Whole)]);
    check(&all[..2], &[("x", "es-419", Formal, "any", Match::OtherRegion)]);
    check(&all[2..], &[("x", "es-ES", Formal, "americas", Match::OtherRegion)]);
    // A foreign region reads better than the wrong form.
    let mixed = library(&[("tu", "f", "es-ES", Informal, &[]), ("usted", "f", "es-419", Formal, &[])]);
    check(&mixed, &[("x", "es-ES", Formal, "usted", Match::OtherRegion)]);
}

#[test]
fn a_variant_for_the_network_is_taken_there_and_nowhere_else() {
    let all = library(&[
        ("long", "f", "en", Any, &[]),
        ("short", "f", "en", Any, &["x", "bluesky"]),
        ("corto", "f", "es", Any, &["x"]),
    ]);
    check(
        &all,
        &[
            ("x", "en", Any, "short", Match::Network),
            ("X", "en", Any, "short", Match::Network),
            ("reddit", "en", Any, "long", Match::Whole),
            ("reddit", "es", Any, "corto", Match::OtherNetwork),
        ],
    );
}

#[test]
fn what_is_off_or_alone_stands_for_itself() {
    let mut all = library(&[
        ("a", "f", "en", Any, &[]),
        ("b", "f", "es", Any, &[]),
        ("c", "", "en", Any, &[]),
        ("d", "", "en", Any, &[]),
    ]);
    let families = Families::new(&all);
    let spanish = choice("es", Any);
    let wanted = Wanted { network: "x", choice: &spanish };
    assert_eq!([0, 1, 2, 3].map(|index| families.best(&all, index, wanted)), [1, 1, 2, 3]);
    assert_eq!(families.of(1).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(families.of(9).count(), 0);
    all[1].off = true;
    assert_eq!(families.best(&all, 0, wanted), 0);
}

#[test]
fn a_search_lists_a_family_once_and_other_languages_after() {
    let all = library(&[
        ("late-en", "late", "en", Any, &[]),
        ("refund-en", "", "en", Any, &[]),
        ("late-usted", "late", "es", Formal, &[]),
        ("late-tu", "late", "es", Informal, &[]),
        ("gracias", "", "es", Any, &[]),
    ]);
    let families = Families::new(&all);
    let list = |found: &[(usize, i32)], language: &str, limit: usize| -> Vec<&str> {
        let hits: Vec<Hit> = found.iter().map(|(index, score)| Hit { index: *index, score: *score }).collect();
        let choice = choice(language, Formal);
        let wanted = Wanted { network: "x", choice: &choice };
        families.list(&all, &hits, wanted, limit).iter().map(|index| all[*index].id.as_str()).collect()
    };
    let found = [(0, 900), (1, 800), (3, 700), (2, 600), (4, 100)];
    assert_eq!(list(&found, "es", 9), ["late-usted", "gracias", "refund-en"]);
    assert_eq!(list(&found, "en", 9), ["late-en", "refund-en", "gracias"]);
    assert_eq!(list(&found, "es", 2), ["late-usted", "gracias"]);
    // The whole trigger means this very one, and it comes first.
    assert_eq!(list(&[(3, 3000), (2, 900), (1, 800)], "es", 9), ["late-tu", "refund-en"]);
    assert_eq!(list(&[(0, 3000), (4, 900)], "es", 9), ["late-en", "gracias"]);
    assert_eq!(list(&[(77, 1)], "es", 9), [""; 0]);
}

#[test]
fn the_choices_are_what_the_library_has_and_the_key_goes_round() {
    let mut all = library(&[
        ("a", "f", "en", Any, &[]),
        ("b", "f", "es", Formal, &[]),
        ("c", "g", "es", Any, &[]),
        ("d", "f", "es", Informal, &[]),
        ("e", "", "es-419", Formal, &[]),
        ("f", "", "pt", Any, &["reddit"]),
        ("g", "", "", Any, &[]),
        ("h", "", "fr", Any, &[]),
    ]);
    all[7].off = true;
    let found = choices(&all, "x");
    let names: Vec<String> = found.iter().map(Choice::to_text).collect();
    assert_eq!(names, ["en any", "es formal", "es informal", "es-419 formal"]);
    assert_eq!(choices(&all, "reddit").len(), 5);
    let after = |language: &str, address| next(&found, &choice(language, address)).map(|one| one.to_text());
    assert_eq!(after("en", Any).as_deref(), Some("es formal"));
    assert_eq!(after("es", Formal).as_deref(), Some("es informal"));
    assert_eq!(after("es-MX", Formal).as_deref(), Some("en any"), "after the nearest, round and round");
    assert_eq!(after("ja", Any).as_deref(), Some("es formal"), "nothing is near: after the first");
    assert_eq!(next(&[], &choice("en", Any)), None);
}

#[test]
fn a_choice_is_kept_in_a_line() {
    for one in [choice("es-419", Formal), choice("es", Informal), choice("en", Any)] {
        assert_eq!(Choice::from_text(&one.to_text()), Some(one));
    }
    assert_eq!(Choice::from_text("es of another version"), Some(choice("es", Any)));
    assert_eq!([Choice::from_text(""), Choice::from_text(" formal"), Choice::from_text("es")], [None, None, None]);
}
