//! Terms as people write them: what they hold for, what is wrong with them, and how they are explained.

use super::*;
use crate::message::{Catalogue, Lang};
use crate::text::OffsetMap;

fn post(text: &str) -> Looked<'_> {
    Looked { text, handle: Some("@Ana_R"), lang: Some("es-MX"), network: "x" }
}

/// What of `text` is marked; `None` = the term does not hold.
fn marked(term: &str, text: &str) -> Option<Vec<String>> {
    let query = parse(term).unwrap_or_else(|e| panic!("{term}: {e:?}"));
    let map = OffsetMap::new(text);
    let found = Terms::new([&query]).find(&post(text)).pop()?;
    Some(found.spans.iter().map(|s| text[map.to_byte(s.start)..map.to_byte(s.end)].to_owned()).collect())
}

#[track_caller]
fn check(term: &str, text: &str, expect: &[&str]) {
    assert_eq!(
        marked(term, text).as_deref(),
        Some(&expect.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..]),
        "{term} | {text}"
    );
}

#[track_caller]
fn silent(term: &str, text: &str) {
    assert_eq!(marked(term, text), None, "{term} | {text}");
}

#[test]
fn words_are_whole_without_case_and_accents() {
    check("café", "Cafe, CAFÉ and cafe\u{301}!", &["Cafe", "CAFÉ", "cafe\u{301}"]);
    silent("café", "cafes, cafeteria, my_cafe, cafe2");
    check("alba", "#Alba @ALBA alba-coffee (alba)", &["Alba", "ALBA", "alba", "alba"]);
    check("#alba", "at #Alba", &["#Alba"]);
    silent("#alba", "at Alba");
    check("@alba", "hey @ALBA.", &["@ALBA"]);
    silent("@alba", "hey @alba2");
    check("C++", "C++ and c++11", &["C++", "c++"]);
    check("\"l'alba\"", "¡L’Alba!", &["L’Alba"]);
    check("🔥", "so 🔥🔥", &["🔥", "🔥"]);
    silent("alba", "");
}

#[test]
fn phrases_stand_together_or_joined_behind_a_sign() {
    check("\"alba coffee\"", "Alba\n  Coffee", &["Alba\n  Coffee"]);
    check("“Alba Coffee”", "#AlbaCoffee, @albacoffee", &["#AlbaCoffee", "@albacoffee"]);
    silent("\"alba coffee\"", "coffee alba, albacoffee, alba, coffee");
    check("«café con leche»", "un Cafe con Leche", &["Cafe con Leche"]);
}

#[test]
fn words_may_go_on() {
    check("rejoin*", "Rejoined, rejoinders; rejoin", &["Rejoined", "rejoinders", "rejoin"]);
    silent("rejoin*", "prerejoin rejoi");
    check("\"cold bre*\"", "cold  brewing now", &["cold  brewing"]);
    check("#alb*", "#AlbaCoffee", &["#AlbaCoffee"]);
    check("devoluci*", "¿Devolución?", &["Devolución"]);
}

#[test]
fn scripts_without_blanks_have_no_whole_words() {
    check("咖啡", "好咖啡店", &["咖啡"]);
    check("Nimbus", "咖啡Nimbus很好", &["Nimbus"]);
    check("ร้าน", "ไปร้านกาแฟ", &["ร้าน"]);
    silent("か", "が");
}

#[test]
fn operators() {
    check("alba coffee", "coffee at Alba", &["coffee", "Alba"]);
    silent("alba coffee", "only Alba");
    check("alba AND coffee", "coffee at Alba", &["coffee", "Alba"]);
    check("alba OR coffee", "coffee here", &["coffee"]);
    check("alba | coffee", "coffee here", &["coffee"]);
    check("alba -job", "Alba is nice", &["Alba"]);
    silent("alba -job", "a job at Alba");
    silent("alba NOT (job OR \"we hire\")", "Alba: we hire");
    check("alba (coffee | tea) -job", "tea at Alba", &["tea", "Alba"]);
    // OR binds last: both or tea.
    check("alba coffee OR tea", "tea", &["tea"]);
    silent("alba (coffee OR tea)", "tea");
    // In lower case they are words.
    silent("alba or tea", "alba tea");
    check("alba --coffee", "alba coffee", &["alba", "coffee"]);
    check("co-op", "the CO-OP", &["CO-OP"]);
    // A part that did not decide is not marked.
    check("(alba -job) OR job", "job at alba", &["job"]);
}

#[test]
fn near_counts_the_words_between() {
    check("alba NEAR/2 refund", "refund from Alba", &["refund", "Alba"]);
    check("alba NEAR/2 refund", "Alba, give a REFUND", &["Alba", "REFUND"]);
    silent("alba NEAR/2 refund", "Alba would not give a refund");
    check("alba NEAR/0 refund", "alba: refund", &["alba", "refund"]);
    silent("alba NEAR/3 alba", "alba");
    check("alba NEAR/3 alba", "alba or alba", &["alba", "alba"]);
    check(
        "(alba OR nimbus) NEAR (\"money back\" | refund*)",
        "Nimbus: I want my money back",
        &["Nimbus", "money back"],
    );
    // Only the pairs that are near are marked.
    check("alba NEAR/1 tea", "alba tea a b c d e alba", &["alba", "tea"]);
    check("x alba NEAR/1 tea", "alba tea x", &["alba", "tea", "x"]);
}

#[test]
fn fields_ask_who_where_and_in_which_language() {
    for (term, expect) in [
        ("handle:ana_r", true),
        ("handle:@ANA_R", true),
        ("usuario:\"ana_r\"", true),
        ("handle:ana", false),
        ("alba lang:es", true),
        ("alba lang:es-mx", true),
        ("alba lang:e", false),
        ("alba -lang:es", false),
        ("alba network:X", true),
        ("alba red:linkedin", false),
        ("alba (lang:es OR network:linkedin)", true),
    ] {
        assert_eq!(marked(term, "at Alba").is_some(), expect, "{term}");
    }
    let query = parse("handle:acme alba lang:es").unwrap();
    let terms = Terms::new([&query]);
    let post = |handle, lang| Looked { text: "alba", handle, lang, network: "" };
    assert_eq!(terms.find(&post(Some("company/Acme"), Some("es"))).len(), 1);
    assert_eq!(terms.find(&post(None, Some("es"))), []);
    assert_eq!(terms.find(&post(Some("acme"), None)), []);
}

#[test]
fn many_terms_at_once_and_overlapping_marks() {
    let queries = ["alba", "\"alba coffee\" OR coffee", "tea", "alba* -tea", "handle:ana_r"].map(|t| parse(t).unwrap());
    let found = Terms::new(&queries).find(&post("😀 Alba Coffee"));
    let spans = |found: &Found| found.spans.iter().map(|s| (s.start.0, s.end.0)).collect::<Vec<_>>();
    let found: Vec<_> = found.iter().map(|found| (found.term, spans(found))).collect();
    assert_eq!(found, [(0, vec![(3, 7)]), (1, vec![(3, 14)]), (3, vec![(3, 7)]), (4, vec![])]);
    assert!(Terms::new(&[]).find(&post("alba")).is_empty());
}

#[test]
fn a_term_is_written_as_it_was_meant() {
    for (term, written) in [
        ("Alba", "Alba"),
        ("  alba   AND  coffee ", "alba coffee"),
        ("a|b OR (c OR d)", "a OR b OR c OR d"),
        ("a (b c)", "a b c"),
        ("a b OR c", "a b OR c"),
        ("a (b OR c)", "a (b OR c)"),
        ("a -(b c)", "a -(b c)"),
        ("a NOT NOT b", "a b"),
        ("a NEAR b", "a NEAR/5 b"),
        ("(a|b) NEAR/3 \"c  d\"", "(a OR b) NEAR/3 \"c d\""),
        ("\"OR\" C++ x-y ab*", "\"OR\" \"C++\" \"x-y\" ab*"),
        ("https://acme.com", "\"https://acme.com\""),
        ("handle:@Ana", "handle:\"ana\""),
        ("“curly”", "curly"),
    ] {
        let query = parse(term).unwrap();
        assert_eq!(query.to_string(), written);
        assert_eq!(parse(written).unwrap(), query);
    }
}

#[test]
fn mistakes_say_where() {
    for (term, key, start, end) in [
        ("", "expected", 0, 0),
        ("   ", "expected", 3, 3),
        ("😀a OR", "expected", 6, 6),
        ("a OR OR b", "expected", 5, 7),
        ("a ()", "expected", 3, 4),
        ("é (a b", "open", 2, 3),
        ("a) b", "closed", 1, 2),
        ("a \"b c", "quote", 2, 6),
        ("a*b", "star", 0, 3),
        ("*a", "star", 0, 2),
        ("\"a *\"", "star", 0, 5),
        ("x ++", "nothing", 2, 4),
        ("a*", "short", 0, 2),
        ("hanlde:ana x", "field", 0, 6),
        ("handle: x", "value", 0, 7),
        ("a NEAR/x b", "distance", 2, 8),
        ("a NEAR/101 b", "distance", 2, 10),
        ("a NEAR (b c)", "near", 7, 8),
        ("-a NEAR b", "near", 0, 1),
        ("a NEAR b NEAR c", "near_chain", 2, 13),
        ("-job", "everything", 0, 4),
        ("a OR -b", "everything", 0, 7),
        ("lang:es network:x", "everything", 0, 17),
    ] {
        let error = parse(term).unwrap_err();
        let place = (error.place.start.0, error.place.end.0);
        assert_eq!((error.msg.key.as_str(), place), (format!("watch_query_{key}").as_str(), (start, end)), "{term}");
        assert_ne!(Catalogue::of(Lang::Es).say(&error.msg), error.msg.key);
    }
    assert_eq!(parse(&"(".repeat(3_000)).unwrap_err().msg.key, "watch_query_deep");
    assert_eq!(parse(&"-".repeat(3_000)).unwrap_err().msg.key, "watch_query_nothing");
    assert_eq!(parse(&"a ".repeat(3_000)).unwrap_err().msg.key, "watch_query_long");
}

#[test]
fn explanations_are_plain_words() {
    let say = |term: &str, lang| {
        let lines = explain(&parse(term).unwrap(), lang);
        lines.iter().map(|msg| Catalogue::of(lang).say(msg)).collect::<Vec<_>>()
    };
    assert_eq!(
        say("alba (\"cold brew\" OR rejoin*) -job lang:es", Lang::En),
        [
            "Needed: the word “alba”",
            "Needed: the words “cold brew” together or a word that begins with “rejoin”",
            "Excluded: the word “job”",
            "Needed: language “es”"
        ]
    );
    assert_eq!(
        say("handle:ana (a NEAR/3 b | (c -d))", Lang::Es),
        [
            "Hace falta: autor @ana",
            "Hace falta: (la palabra «a» y la palabra «b» con un máximo de 3 palabras entre ambas) o (la palabra «c» y no la \
             palabra «d»)"
        ]
    );
}

#[test]
fn a_text_as_it_is() {
    let query = Query::literal("Alba \"Coffee\" * (OR) -tea").unwrap();
    assert_eq!(query.to_string(), "\"Alba Coffee (OR) -tea\"");
    assert_eq!(Query::literal(" *\" "), None);
    assert_eq!(Query::literal("Alba"), parse("Alba").ok());
}

#[test]
fn long_texts_take_no_longer_than_they_are_long() {
    let text = "alba tea ".repeat(40_000);
    let terms: Vec<Query> = (0..20).map(|n| parse(&format!("alba NEAR/{n} tea -job")).unwrap()).collect();
    assert_eq!(Terms::new(&terms).find(&post(&text)).len(), 20);
}
