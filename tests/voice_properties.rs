//! What holds for the voice checker on any text, after any edits, and for any pack.

use proptest::prelude::*;
use rejoinder::text::OffsetMap;
use rejoinder::voice::fold::Folded;
use rejoinder::voice::{Checker, Input, Pack, Switches, bundled, compiled, language};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// Every bundled rule.
fn every() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::new(bundled(), &Switches::every()))
}

/// Texts that rules have something to say about, with everything that makes offsets hard in between.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => prop::sample::select(vec![" ", "  ", "\n", "\r\n", "\u{a0}", "\u{200b}", "\u{ad}", ""]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "We guarantee",
    " it will never happen again",
    "!!",
    "!!!!",
    " PLEASE READ THIS NOW ",
    "Obviously, ",
    "utilize ",
    "Te garantizamos que ",
    "lamentamos que te sientas así ",
    "cálma",
    "te ",
    "informacion",
    "İstanbul ",
    "Straße ",
    "the the ",
    "de de ",
    "😀",
    "👩‍👩‍👧",
    "🇪🇸",
    "1️⃣",
    "e\u{301}",
    "n\u{303}",
    "@ana ",
    "#tag ",
    "https://a.com/x ",
    "a@b.com ",
    "4111 1111 1111 1111 ",
    "ES91 2100 0418 4502 0005 1332",
    "12345678Z",
    "{{ x }}",
    "^AB",
    "you’re parcel ",
    "Send us your ",
    "order number ",
    "we'll get back to you",
    " today",
    "sooooo ",
    "שלום ",
    "日本語",
    "¿¿",
    ". ",
    ", ",
    "Hi ",
    "Hola, Ana, ",
    "kindly",
    "usted ",
    "contigo ",
    "order #12345678",
    "“",
    "\u{301}",
    "\u{fe0f}",
    "\u{200d}",
];

fn lang() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![None, Some("en"), Some("es-MX"), Some("fr"), Some("")])
}

/// A place in a text (of 1,000), how many characters go there, and what comes instead.
type Edit = (usize, usize, String);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let piece = prop_oneof![prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), "\\PC{0,3}"];
    prop::collection::vec((0..1000usize, 0..6usize, piece), 1..12)
}

/// `text` after an edit at whole characters.
fn edited(text: &str, (place, gone, piece): &Edit) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = place * (chars.len() + 1) / 1000;
    let rest = chars.iter().skip(at + gone);
    chars[..at].iter().copied().chain(piece.chars()).chain(rest.copied()).collect()
}

/// Kinds of rules with the keys that each needs and may have.
const KINDS: &[(&str, &[&str], &[&str])] = &[
    ("literal", &["tokens"], &["fixes"]),
    ("swap", &["swap"], &[]),
    ("guard", &["pattern", "needs"], &["window", "fixes"]),
    ("count", &["measure", "max"], &["min"]),
    ("limit", &["tokens", "max"], &[]),
    ("order", &["first", "second"], &["both"]),
    ("either", &["either"], &["aligned"]),
    ("tone", &["weights", "max"], &["min"]),
    ("repeat", &[], &["words"]),
    ("reply", &["missing"], &["min_words", "at", "fixes"]),
    ("near", &["first", "second", "within", "present"], &[]),
    ("data", &["what"], &[]),
    ("other", &["tokens"], &[]),
];

/// A rule as somebody might write it, mostly rightly.
fn rule() -> impl Strategy<Value = Value> {
    let phrase = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        4 => prop::sample::select(vec!["(a|b|)c", "sorry (for|about) (any |)trouble", "guarantee", "te", "d"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["((x|y)|z", "", " ", "\\("]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let phrases = prop::collection::vec(phrase, 1..5);
    let patterns = prop_oneof![
        3 => prop::sample::select(vec!["the \\w+", "(a+)+b", "\\p{L}{2,9}", "a|b", "(?:te|la) .*", "[^ ]+", "we .{0,9}"])
            .prop_map(str::to_owned),
        1 => "[a-z(|)*+?\\[\\]\\\\.^$ ]{0,12}",
    ];
    let number = prop_oneof![9 => 0..9i32, 1 => any::<i32>()];
    // Keys in the order of the list: left out with a low chance; one that is not its kind's with a lower one.
    let slips = (prop::bool::weighted(0.05), prop::bool::weighted(0.03), any::<bool>());
    (prop::sample::select(KINDS), phrases.clone(), phrases, patterns, number, slips).prop_map(
        |((kind, needed, more), some, others, pattern, number, (forgets, adds, truth))| {
            let pairs = || some.iter().zip(others.iter().cycle()).map(|(one, other)| (one.clone(), json!(other)));
            let mut rule = json!({
                "id": "any.rule", "kind": kind, "name": "any", "message": "$MATCH$ $FIX$ $COUNT$ $LIMIT$ $WORDS$ $KEPT$",
                "why": "any", "severity": "warning", "min_chars": if truth { 0 } else { number.max(0) },
            });
            let keys = needed.iter().skip(usize::from(forgets)).chain(more.iter().filter(|_| truth));
            for key in keys.copied().chain(adds.then_some("words")) {
                rule[key] = match key {
                    "pattern" => json!(pattern),
                    "swap" => Value::Object(pairs().collect()),
                    "either" => json!({ "a": some, "b": others }),
                    "weights" => Value::Object(some.iter().map(|one| (one.clone(), json!(number))).collect::<Map<_, _>>()),
                    "min" | "max" | "min_words" | "within" | "window" => json!(number),
                    "measure" => json!(["words", "exclamations", "tags", "sentence_words", "nonsense"][some.len()]),
                    "at" => json!(["start", "end"][some.len() % 2]),
                    "what" => json!(["card", "iban", "dni", "email", "mobile"][others.len()]),
                    "aligned" | "both" | "present" => json!(others.len() > 2),
                    "second" | "fixes" => json!(others),
                    _ => json!(some),
                };
            }
            rule
        },
    )
}

proptest! {
    #![proptest_config(crate::cases(1500))]

    #[test]
    fn spans_are_whole_characters_in_order_and_hold_what_was_matched(text in text(), lang in lang(), angry: bool) {
        let incoming = angry.then_some("worst service, still waiting");
        let input = Input { text: &text, lang, network: Some("x"), incoming, ..Input::default() };
        let findings = every().check(&input);
        let units: Vec<u16> = text.encode_utf16().collect();
        let map = OffsetMap::new(&text);
        let mut last = 0;
        for finding in &findings {
            let (start, end) = (finding.span.start.0 as usize, finding.span.end.0 as usize);
            prop_assert!(last <= start && start < end && end <= units.len(), "{finding:?}");
            last = end;
            prop_assert_eq!(&String::from_utf16(&units[start..end]).unwrap(), &finding.matched);
            prop_assert_eq!(&text[map.to_byte(finding.span.start)..map.to_byte(finding.span.end)], &finding.matched);
            for fix in &finding.fixes {
                prop_assert!(text.contains('$') || (!fix.contains("$1") && !fix.contains("$MATCH$")), "{fix}");
                let mut fixed = text.clone();
                fixed.replace_range(map.to_byte(finding.span.start)..map.to_byte(finding.span.end), fix);
                prop_assert_eq!(fixed.len(), text.len() - finding.matched.len() + fix.len());
            }
        }
        prop_assert_eq!(findings, every().check(&input), "twice");
    }

    #[test]
    fn any_pack_is_refused_or_checks_any_text_and_survives_being_compiled(rules in prop::collection::vec(rule(), 1..4), text in text()) {
        let rules: Vec<Value> = rules.into_iter().enumerate().map(|(nth, mut rule)| {
            rule["id"] = json!(format!("any.{nth}"));
            rule
        }).collect();
        let value = json!({ "id": "any", "name": "Any", "language": "*", "version": 1, "rule": rules });
        if let Ok(pack) = Pack::from_value("any", &value) {
            let input = Input { text: &text, network: Some("x"), ..Input::default() };
            let found = |pack: Pack| Checker::new(&[pack], &Switches::every()).check(&input);
            let read = compiled::read(&compiled::write(&pack)).unwrap();
            prop_assert_eq!(found(pack), found(read));
        }
    }

    #[test]
    fn any_text_at_all_is_checked(text in any::<String>(), incoming in any::<Option<String>>()) {
        every().check(&Input { text: &text, incoming: incoming.as_deref(), ..Input::default() });
        let guess = language::guess(&text, None);
        prop_assert!((0.0..=1.0).contains(&guess.confidence));
    }

    #[test]
    fn a_folded_stretch_is_whole_characters_of_the_text(text in text()) {
        let folded = Folded::new(&text);
        let mut at: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).collect();
        at.push(folded.text().len());
        for pair in at.windows(2) {
            let range = folded.original(pair[0]..pair[1]);
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
        let all = folded.original(0..folded.text().len());
        prop_assert!(all.start <= all.end && all.end <= text.len());
    }
}

proptest! {
    #![proptest_config(crate::cases(60))]

    #[test]
    fn after_any_edits_the_checker_finds_what_a_new_one_finds(text in text(), script in edits()) {
        let mut text = text;
        for edit in &script {
            text = edited(&text, edit);
            let findings = every().check(&Input { text: &text, ..Input::default() });
            let units: Vec<u16> = text.encode_utf16().collect();
            for finding in &findings {
                let span = finding.span.start.0 as usize..finding.span.end.0 as usize;
                prop_assert_eq!(&String::from_utf16(&units[span]).unwrap(), &finding.matched);
            }
        }
        let input = Input { text: &text, ..Input::default() };
        prop_assert_eq!(every().check(&input), Checker::new(bundled(), &Switches::every()).check(&input));
    }
}
