//! What holds for the voice checker on any text.

use proptest::prelude::*;
use rejoinder::text::OffsetMap;
use rejoinder::voice::fold::Folded;
use rejoinder::voice::{Checker, Input, Switches, bundled, language};
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

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
                prop_assert!(!fix.contains("$1") && !fix.contains("$MATCH$"), "{fix}");
                let mut fixed = text.clone();
                fixed.replace_range(map.to_byte(finding.span.start)..map.to_byte(finding.span.end), fix);
                prop_assert_eq!(fixed.len(), text.len() - finding.matched.len() + fix.len());
            }
        }
        prop_assert_eq!(findings, every().check(&input), "twice");
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
