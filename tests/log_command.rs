//! `rejoinder log fold` over files as people have them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn fold(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(["log", "fold"])
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/log"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_log_is_printed_as_its_mentions() {
    let output = fold(&["team.jsonl"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!("log_fold_jsonl", text(&output.stdout));
    let lines = fold(&["team.jsonl", "--format", "line"], "");
    insta::assert_snapshot!("log_fold_line", text(&lines.stdout));
}

#[test]
fn every_format_holds_the_same_mentions() {
    let jsonl = fold(&["team.jsonl"], "");
    let json = fold(&["team.jsonl", "--format", "json"], "");
    let lines: Vec<serde_json::Value> =
        text(&jsonl.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(serde_json::from_slice::<Vec<serde_json::Value>>(&json.stdout).unwrap(), lines);
}

#[test]
fn standard_input_is_read_in_any_order() {
    let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/log/team.jsonl")).unwrap();
    let reversed: Vec<&str> = file.lines().rev().collect();
    assert_eq!(fold(&["-"], &reversed.join("\r\n")).stdout, fold(&["team.jsonl"], "").stdout);
    assert_eq!(text(&fold(&["-"], "").stdout), "");
}

#[test]
fn errors_name_file_and_line() {
    let output = fold(&["broken.jsonl"], "");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "", "nothing is half done");
    let errors = text(&output.stderr);
    for place in ["broken.jsonl:2: ", "broken.jsonl:3: ", "broken.jsonl:4: "] {
        assert!(errors.contains(place), "{errors}");
    }
    let missing = fold(&["missing.jsonl"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("missing.jsonl"));
}
