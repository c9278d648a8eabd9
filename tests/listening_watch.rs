//! Watch terms against a reader that takes its time, and any text against the parser.

use proptest::prelude::*;
use rejoinder::text::fold;
use rejoinder::triage::watch::{Field, Looked, Query, Terms, Word, explain, parse};

use crate::cases;
use crate::command::{rejoinder, temp_file};

/// Does a post match, asked of every place in its text one after another?
fn matches(query: &Query, post: &Looked<'_>) -> bool {
    let text: Vec<char> = fold::line(post.text).chars().collect();
    match query {
        Query::Word(word) => !places(word, &text).is_empty(),
        Query::Not(part) => !matches(part, post),
        Query::All(parts) => parts.iter().all(|part| matches(part, post)),
        Query::Any(parts) => parts.iter().any(|part| matches(part, post)),
        Query::Of(Field::Handle, value) => post.handle.is_some_and(|handle| handle.to_lowercase() == *value),
        Query::Of(Field::Network, value) => post.network == value,
        Query::Of(Field::Lang, value) => {
            post.lang.is_some_and(|lang| lang == value || lang.starts_with(&format!("{value}-")))
        }
        Query::Near(distance, first, second) => {
            let of = |words: &[Word]| words.iter().flat_map(|word| places(word, &text)).collect::<Vec<_>>();
            let (first, second) = (of(first), of(second));
            first.iter().any(|a| {
                second.iter().any(|b| {
                    let (before, after) = if a.0 <= b.0 { (a, b) } else { (b, a) };
                    before.1 <= after.0 && words(&text[before.1..after.0]) <= *distance as usize
                })
            })
        }
    }
}

fn in_word(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(*c) || *c == '_')
}

fn is_unspaced(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Where a word or phrase stands.
fn places(word: &Word, text: &[char]) -> Vec<(usize, usize)> {
    let plain = fold::line(&word.text);
    let joined = plain.replace(' ', "");
    let mut spellings = vec![plain.clone()];
    if joined != plain && !plain.starts_with(['#', '@']) {
        spellings.extend([format!("#{joined}"), format!("@{joined}")]);
    }
    let mut found = Vec::new();
    for spelling in spellings {
        let wanted: Vec<char> = spelling.chars().collect();
        for start in 0..text.len() {
            let mut end = start + wanted.len();
            if text.get(start..end) != Some(&wanted[..]) {
                continue;
            }
            let cut = |at: usize| at > 0 && in_word(text.get(at - 1)) && in_word(text.get(at));
            if cut(start) {
                continue;
            }
            if cut(end) {
                if !word.begins {
                    continue;
                }
                while in_word(text.get(end)) {
                    end += 1;
                }
            }
            found.push((start, end));
        }
    }
    found
}

fn words(between: &[char]) -> usize {
    let mut count = 0;
    for (at, c) in between.iter().enumerate() {
        let is_first = at == 0 || !in_word(between.get(at - 1));
        count += usize::from(is_unspaced(*c) || (in_word(Some(c)) && is_first));
    }
    count
}

/// Few letters, so that much matches.
const TEXT: &str = "([abé]{1,3}|[ab]_|#ab|@aba|咖啡|茶|ＡＢ|ﬁ|ß|😀|-|,|’|\u{301}|[ \n]{1,2}| ){0,14}";

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abé]{1,3}",
        1 => "[ab]{2}\\*",
        1 => "\"[ab]{1,2} [ab]{1,2}\\*?\"",
        1 => "#ab|@aba|咖|咖啡|ss|fi|'a",
    ]
}

fn term() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        8 => word(),
        1 => (word(), 0u32..4, word()).prop_map(|(a, n, b)| format!("({a} NEAR/{n} {b})")),
        1 => (word(), word(), 0u32..4, word()).prop_map(|(a, b, n, c)| format!("(({a} | {b}) NEAR/{n} {c})")),
        1 => Just("handle:ana".to_owned()),
        1 => prop_oneof![Just("lang:es"), Just("lang:en"), Just("network:x")].prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            inner.prop_map(|part| format!("-{part}")),
        ]
    })
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn terms_hold_where_a_slow_reader_says(
        terms in prop::collection::vec(term(), 1..6),
        text in TEXT,
        handle in prop::option::of(prop_oneof![Just("Ana"), Just("ben")]),
        lang in prop::option::of(prop_oneof![Just("es"), Just("es-mx"), Just("en")]),
        network in prop_oneof![Just("x"), Just("reddit")],
    ) {
        let queries: Vec<Query> = terms.iter().filter_map(|term| parse(term).ok()).collect();
        let post = Looked { text: &text, handle, lang, network };
        let found = Terms::new(&queries).find(&post);
        let all: Vec<usize> = found.iter().map(|found| found.term).collect();
        let slow: Vec<usize> = (0..queries.len()).filter(|at| matches(&queries[*at], &post)).collect();
        prop_assert_eq!(all, slow, "{:?} in {:?}", terms, text);
        let units = text.encode_utf16().count() as u32;
        for spans in found.iter().map(|found| &found.spans) {
            for span in spans {
                prop_assert!(span.start < span.end && span.end.0 <= units, "{:?} in {:?}", span, text);
            }
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    #[test]
    fn a_term_that_is_written_and_read_stays_the_same(term in term()) {
        if let Ok(query) = parse(&term) {
            let written = query.to_string();
            let again = parse(&written);
            prop_assert_eq!(again.as_ref(), Ok(&query), "{}", written);
            prop_assert_eq!(again.map(|query| query.to_string()), Ok(written));
        }
    }

    #[test]
    fn any_text_has_an_answer(
        term in "(\\PC{0,12}|[ab\"()|*:\\- «”\n]{0,14}|NEAR/[0-9x]{0,3}|(OR|AND|NOT|NEAR|lang:|handle:|http://)|[-(]{0,40}| ){0,8}",
        text in "\\PC{0,40}",
    ) {
        let units = term.encode_utf16().count() as u32;
        match parse(&term) {
            Ok(query) => {
                prop_assert_eq!(parse(&query.to_string()), Ok(query.clone()), "{}", query);
                prop_assert!(!explain(&query, rejoinder::message::Lang::Es).is_empty());
                Terms::new([&query]).find(&Looked { text: &text, ..Looked::default() });
            }
            Err(error) => prop_assert!(error.place.start <= error.place.end && error.place.end.0 <= units),
        }
    }
}

#[test]
fn the_command_matches_posts_with_terms_from_a_file() {
    let terms = temp_file(
        "watch-terms.txt",
        "# what we look out for\nbrand: \"alba coffee\" OR #alba\n\nrival: nimbus -job\n#espresso lang:es\n",
    );
    let posts = "{\"text\":\"I like #AlbaCoffee and #alba\",\"network\":\"x\",\"likes\":3}\n\n\
                 {\"text\":\"nimbus has a job, #Espresso\",\"lang\":\"es\",\"id\":7}\n";
    let run = rejoinder(&["watch", "--terms", &terms], posts);
    assert_eq!(run.status, 0, "{}", run.err);
    let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines,
        [
            serde_json::json!({ "matches": [{ "term": "brand", "spans": [{"start": 7, "end": 18}, {"start": 23, "end": 28}] }] }),
            serde_json::json!({ "matches": [{ "term": "#espresso lang:es", "spans": [{"start": 18, "end": 27}] }] }),
        ]
    );
    let run = rejoinder(&["watch", "--terms", &terms, "--explain"], "");
    assert!(run.out.contains("rival\n  Needed: the word “nimbus”\n  Excluded: the word “job”\n"), "{}", run.out);

    let bad = temp_file("watch-bad.txt", "fine\nbroken: a (b\n");
    let run = rejoinder(&["watch", "--terms", &bad], "");
    assert_eq!(
        (run.status, run.err.contains("watch-bad.txt:2:11: This parenthesis is never closed.")),
        (2, true),
        "{}",
        run.err
    );
    let run = rejoinder(&["watch", "--terms", &terms], "{\"text\":5}\n");
    assert_eq!((run.status, run.err.contains("standard input:1: ")), (2, true), "{}", run.err);
}
