//! The log leaves as files and comes back whole.

use proptest::prelude::*;
use rejoinder::log::export::{COLUMNS, csv, import, jsonl};
use rejoinder::log::key::IdScope;
use rejoinder::log::{Actor, Draft, Event, Hlc, MentionKey, fold};
use rejoinder::protocol::Change;
use rejoinder::site::post::{Author, Post};
use serde_json::{Value, json};

fn actor() -> Actor {
    Actor { by: "ana".into(), dev: "laptop".into() }
}

fn save(n: usize, text: &str) -> Event {
    let post = Post {
        network: "x".into(),
        id: Some(n.to_string()),
        permalink: format!("https://x.com/eve/status/{n}"),
        author: Author { handle: Some("eve".into()), name: Some(text.into()), ..Author::default() },
        text: text.into(),
        ..Post::default()
    };
    let draft = Draft::save(&post, IdScope::Network, "row", None).unwrap();
    Event::new(draft, &actor(), Hlc::new(1_795_000_000_000 + n as i64, 0), None)
}

/// Reads CSV as RFC 4180 has it; a reader of its own, so that the writer is not judged by itself.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last row ends");
    rows
}

#[test]
fn a_spreadsheet_shows_one_row_a_mention() {
    let first = save(1, "said \"hi\",\nthen left");
    let mut log = fold([&first]);
    let note = log.draft(first.m.as_ref().unwrap(), Change::Note { text: "=cmd".into() }).unwrap();
    log.apply(&Event::new(note, &actor(), Hlc::new(1_795_000_100_000, 0), None));
    log.apply(&save(2, "@nimbus_coffee ñandú"));
    log.take_changes();
    let text = csv(log.listed(), |user| if user == "ana" { "=Ana".into() } else { user.into() });
    let rows = read_csv(text.strip_prefix('\u{feff}').unwrap());
    assert_eq!(rows[0], COLUMNS);
    assert_eq!(rows.len(), 3);
    let cell = |row: usize, column: &str| rows[row][COLUMNS.iter().position(|c| *c == column).unwrap()].as_str();
    assert_eq!(cell(1, "text"), "'@nimbus_coffee ñandú");
    assert_eq!(cell(2, "text"), "said \"hi\",\nthen left");
    assert_eq!(cell(2, "notes"), "'=Ana: =cmd");
    assert_eq!(cell(2, "saved_by"), "'=Ana");
    assert_eq!(cell(2, "saved_at"), "2026-11-18T11:06:40Z");
    assert_eq!(cell(2, "status"), "new");
    assert_eq!((cell(2, "likes"), cell(2, "flag"), cell(2, "replied")), ("", "no", "no"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Browsers and servers do not tell 1.0 from 1, so we write 1.
        any::<f64>().prop_filter("whole", |n| n.fract() != 0.0).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_cell_reads_back_as_it_was_but_never_as_a_formula(text in "(?s).{0,40}") {
        let events = [save(1, &text)];
        let log = fold(&events);
        let csv = csv(log.listed(), str::to_owned);
        let rows = read_csv(csv.strip_prefix('\u{feff}').unwrap());
        let cell = &rows[1][COLUMNS.iter().position(|c| *c == "text").unwrap()];
        prop_assert!(*cell == text || cell.strip_prefix('\'') == Some(&text));
        for cell in rows.iter().flatten() {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
        }
    }

    #[test]
    fn an_event_of_any_version_leaves_and_returns_letter_for_letter(
        t in "[a-z_]{1,12}", v in any_json(), more in prop::collection::btree_map("[a-z]{5,9}", any_json(), 0..3), at in 0..i64::MAX / 2,
    ) {
        let hlc = Hlc::new(at, 1);
        let mut line = json!({ "_id": format!("2026-11!{hlc}-ABCDEFGH"), "by": "", "dev": "", "t": t, "hlc": hlc, "v": v, "seen": [], "sv": 9 });
        line.as_object_mut().unwrap().extend(more);
        let first = import(&line.to_string());
        prop_assert_eq!(&first.problems, &[]);
        let file = jsonl(&first.events);
        let mut out: Value = serde_json::from_str(&file).unwrap();
        out.as_object_mut().unwrap().remove("h");
        prop_assert_eq!(out, line);
        let second = import(&file);
        prop_assert_eq!(&second.problems, &[]);
        prop_assert_eq!(&second.events, &first.events);
        prop_assert_eq!(jsonl(&second.events), file);
    }

    #[test]
    fn a_file_taken_in_twice_or_in_disorder_is_the_same_log(n in 1..20usize, order in any::<prop::sample::Index>()) {
        let events: Vec<Event> = (0..n).map(|i| save(i, "text")).collect();
        let file = jsonl(&events);
        let mut lines: Vec<&str> = file.lines().collect();
        lines.rotate_left(order.index(n));
        let doubled = format!("{}\n{file}", lines.join("\n"));
        let import = import(&doubled);
        prop_assert_eq!(&import.problems, &[]);
        prop_assert_eq!(import.events.len(), n);
        let keys = |events: &[Event]| fold(events).listed().into_iter().map(|m| m.key.clone()).collect::<Vec<MentionKey>>();
        prop_assert_eq!(keys(&import.events), keys(&events));
    }
}

#[test]
fn a_changed_line_is_not_taken_in() {
    let file = jsonl(&[save(1, "what she said"), save(2, "and he")]);
    let import = import(&file.replace("what she said", "what she never said"));
    assert_eq!(import.events.len(), 1);
    assert_eq!(import.problems[0].line, 1);
    assert_eq!(import.problems[0].why.key, "log_import_changed");
}
