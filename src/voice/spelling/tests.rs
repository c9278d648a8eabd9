use super::*;
use crate::text::Utf16Offset;

/// Knows a few words, with a capital too where they are in small letters.
struct Few(&'static [&'static str]);

impl Dictionary for Few {
    fn check(&self, word: &str) -> bool {
        self.0.contains(&word) || self.0.contains(&word.to_lowercase().as_str())
    }

    fn suggest(&self, _: &str) -> Vec<String> {
        ["a", "b", "c"].map(str::to_owned).to_vec()
    }
}

const WORDS: Few = Few(&[
    "the", "order", "is", "on", "its", "way", "thanks", "we", "check", "it", "today", "don't", "self", "made",
    "e-mail", "etc.", "café", "and", "team", "señor", "so", "ask", "for",
]);

#[track_caller]
fn check_asked(asked: Asked, expect: &[&str]) {
    let found: Vec<String> = unknown(&asked, &WORDS).into_iter().map(|one| one.word).collect();
    assert_eq!(found, expect, "{asked:?}");
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    check_asked(Asked { text: text.to_owned(), ..Asked::default() }, expect);
}

#[test]
fn words_that_nobody_knows_are_found() {
    check("The ordr is on its way.", &["ordr"]);
    check("Thnaks! We chekc it today and check the order.", &["Thnaks", "chekc"]);
    check("the ordr, the ORDRED and the ordr", &["ordr", "ordr"]);
    check("we check the ORDERRED team today", &["ORDERRED"]);
    check("the cafe\u{301} is on the caffé", &["caffé"]);
}

#[test]
fn what_no_dictionary_can_know_is_left_alone() {
    for text in [
        "ask @ordr on #ordr, https://ordr.com and ordr@ordr.com",
        "the order is on its way 😀 ^ordr",
        "the iOrdr, the McOrdr and the DMs",
        "the FAQ and the DPD, etc. is on its way",
        "the ordr24 and the x is so",
        "the order is sooo on its wayyy",
        "we check it jajaja hahaha jejej",
        "{{ ordr.nmae }} is on its way",
        "the 注文 is on its way",
        "",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_capital_inside_a_sentence_is_a_name() {
    check("we ask Nuria and Jean-Marc for it", &[]);
    check("Nuria is on the way", &["Nuria"]);
    check("Thanks for it\nNuria", &[]);
    check("Thanks for it\nNuria is so.", &["Nuria"]);
    for near in ["@nuria_lopez: hi", "Nuria López"] {
        check_asked(Asked { text: "Nuria is on the way".into(), near: vec![near.into()], ..Asked::default() }, &[]);
    }
}

#[test]
fn apostrophes_and_hyphens() {
    check("we don’t check it", &[]);
    check("the team’s order is on its way", &[]);
    check("the taem’s order is on its way", &["taem’s"]);
    check("the self-made e-mail is on its way", &[]);
    check("the self-maed order is on its way", &["maed"]);
}

#[test]
fn dictionaries_of_people_count() {
    let with = |text: &str, known: &[&str]| Asked {
        text: text.to_owned(),
        known: known.iter().map(|word| (*word).to_owned()).collect(),
        ..Asked::default()
    };
    check_asked(with("the refurb and the refurb’s team", &["refurb"]), &[]);
    check_asked(with("Refurb is on its way", &["refurb"]), &[]);
    check_asked(with("the acmefon is on the way", &["Acmefon"]), &["acmefon"]);
    check_asked(with("Acmefon is on the way", &["Acmefon"]), &[]);
    check_asked(with("ACMEFON is on the way", &["Acmefon"]), &[]);
    let incoming = Asked { text: "the flurb is so".into(), near: vec!["my Flurb broke".into()], ..Asked::default() };
    check_asked(incoming, &[]);
}

#[test]
fn a_reply_in_another_language_is_not_one_of_mistakes() {
    check("the order is on acmee.coffee/ordrs today and on ordrs.txt", &[]);
    check("the order is on its wey.The team", &["wey"]);
    check("il nostro servizio clienti it", &[]);
}

#[test]
fn spans_count_as_browsers_do() {
    let asked = Asked { text: "😀 the señor’s ordr".into(), lang: Some("en".into()), ..Asked::default() };
    let span = Utf16Span { start: Utf16Offset(15), end: Utf16Offset(19) };
    assert_eq!(unknown(&asked, &WORDS), [Unknown { span, word: "ordr".into() }]);
}

#[test]
fn the_language_is_the_replys() {
    #[track_caller]
    fn check(text: &str, lang: Option<&str>, hint: Option<&str>, expect: Option<Speech>) {
        let asked =
            Asked { text: text.into(), lang: lang.map(Into::into), hint: hint.map(Into::into), ..Asked::default() };
        assert_eq!(asked.speech(), expect, "{asked:?}");
    }
    check("Thanks, we will check your order", None, Some("en"), Some(Speech::English));
    check("Thanks, we will check your order", None, Some("en-GB"), Some(Speech::British));
    check("Thanks, we will check your order", None, Some("es-MX"), Some(Speech::English));
    check("Gracias, lo miramos hoy", None, Some("en-US"), Some(Speech::Spanish));
    check("Gracias, lo miramos hoy", Some("en-US"), None, Some(Speech::American));
    check("Thanks", Some("pt"), None, None);
    check("Bonjour, merci pour votre message, nous sommes désolés.", None, Some("en"), None);
    check("Ordr", None, Some("en"), None);
    check("", None, None, None);
}

#[test]
fn other_findings_go_first() {
    let about = Arc::new(About { id: RULE.to_owned(), ..About::default() });
    let at = |start, end| Utf16Span { start: Utf16Offset(start), end: Utf16Offset(end) };
    let one = |span| Unknown { span, word: "x".into() };
    let mut findings = Vec::new();
    add(&mut findings, &about, None, vec![one(at(4, 8))]);
    add(&mut findings, &about, None, vec![one(at(0, 2)), one(at(6, 9)), one(at(8, 9))]);
    assert_eq!(findings.iter().map(|one| one.span).collect::<Vec<_>>(), [at(0, 2), at(4, 8), at(8, 9)]);
}

#[test]
fn as_many_suggestions_as_are_wanted() {
    assert_eq!(suggestions("b", &WORDS, 1), ["a"]);
    assert_eq!(suggestions("b", &WORDS, 5), ["a", "c"]);
}
