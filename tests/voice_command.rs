//! `rejoinder check` from outside.

use serde_json::{Value, json};

use crate::command::{rejoinder, temp_file};

#[test]
fn findings_say_where_and_what_instead() {
    let run = rejoinder(&["check", "-"], "Hi 😊 Ana,\nWe guarantee it!!\n");
    assert_eq!(run.status, 1, "{}", run.err);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        found[0],
        json!({
            "rule": "en.promise.guarantee", "severity": "warning",
            "message": "\"We guarantee\" binds the brand. Can you keep it?",
            "line": 2, "column": 1, "start": 11, "end": 23,
            "matched": "We guarantee", "suggestions": ["We expect"],
        })
    );
    assert_eq!((&found[1]["rule"], &found[1]["column"]), (&json!("form.exclamation-run"), &json!(16)));
    assert_eq!(found.as_array().unwrap().len(), 2);
}

#[test]
fn lines_are_for_editors() {
    let file = temp_file("reply-es.txt", "Hola, Ana:\n¡Ñandú! Te garantizamos que llega.");
    let run = rejoinder(&["check", "--format", "line", "--lang", "es", &file], "");
    let expect =
        format!("{file}:2:9:es.promise.guarantee:«Te garantizamos que» compromete a la marca. ¿Puedes cumplirlo?\n");
    assert_eq!((run.status, run.out), (1, expect), "{}", run.err);
}

#[test]
fn a_fine_reply_is_fine() {
    let run = rejoinder(&["check", "-"], "Thanks, Ana. It left this morning.");
    assert_eq!((run.status, run.out.as_str()), (0, "[]\n"), "{}", run.err);
}

#[test]
fn a_pack_by_name_brings_all_its_rules() {
    let quiet = rejoinder(&["check", "-"], "Please utilize the link.");
    assert_eq!(quiet.status, 0, "{}", quiet.out);
    let named = rejoinder(&["check", "--pack", "en-plain", "-"], "Please utilize the link.");
    assert!(named.status == 1 && named.out.contains("en.plain.utilize"), "{}", named.out);
}

#[test]
fn the_post_answered_and_the_network_count() {
    let reply = "Please send us a message in private, Ana.";
    let plain = rejoinder(&["check", "-"], reply);
    assert_eq!(plain.status, 0, "{}", plain.out);
    let answer = rejoinder(&["check", "--incoming", "My order is late again!", "-"], reply);
    assert!(answer.out.contains("en.courtesy.no-apology"), "{}", answer.out);
    let tags = "Thanks! #one #two #three #four";
    assert_eq!(rejoinder(&["check", "--pack", "form", "--network", "instagram", "-"], tags).status, 0);
    assert_eq!(rejoinder(&["check", "--pack", "form", "--network", "linkedin", "-"], tags).status, 1);
}

const PACK: &str = r#"
id = "acme"
name = "Acme"
language = "*"
version = 1

[[rule]]
id = "acme.name"
kind = "swap"
swap = { "acme-phone" = "AcmePhone" }
name = "The phone"
message = "Write $FIX$."
why = "It is its name."
severity = "error"
examples.bad = ["my acme-phone", "an ACME-PHONE"]
examples.good = ["my AcmePhone", "my phone"]
"#;

#[test]
fn a_teams_own_pack_is_a_file() {
    let pack = temp_file("acme.toml", PACK);
    let run = rejoinder(&["check", "--pack", &pack, "--format", "line", "-"], "Your Acme-phone is here");
    assert_eq!((run.status, run.out.as_str()), (1, "-:1:6:acme.name:Write AcmePhone.\n"), "{}", run.err);
}

#[track_caller]
fn refused(name: &str, from: &str, to: &str, expect: &str) {
    let pack = temp_file(name, &PACK.replacen(from, to, 1));
    let run = rejoinder(&["check", "--pack", &pack, "-"], "x");
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains(&format!("{name}:{expect}")), "{}", run.err);
}

#[test]
fn mistakes_in_a_pack_name_file_line_and_rule() {
    refused("p1.toml", "swap =", "swop =", "10: rule acme.name: unknown field `swop`");
    refused("p2.toml", "\"swap\"", "\"shape\"", "8: rule acme.name: no kind \"shape\"");
    refused("p3.toml", ", \"an ACME-PHONE\"", "", "8: rule acme.name: examples need");
    refused("p4.toml", "\"acme-phone\" =", "\"acme(-phone\" =", "8: rule acme.name: \"acme(-phone\": a `(` without");
    refused("p5.toml", "version = 1", "version = ", "5: ");
    refused("p6.toml", "severity = \"error\"", "severity = \"bad\"", "14: rule acme.name: ");
    let run = rejoinder(&["check", "--pack", "nowhere.toml", "-"], "x");
    assert!(run.status == 2 && run.err.contains("nowhere.toml"), "{}", run.err);
}

#[test]
fn spelling_needs_a_folder_of_dictionaries() {
    use crate::voice_spelling::file;
    let slip = "Thanks, we got your mesage.";
    assert_eq!(rejoinder(&["check", "-"], slip).out, "[]\n");
    std::fs::create_dir_all(concat!(env!("CARGO_TARGET_TMPDIR"), "/spelling")).unwrap();
    let affixes = temp_file("spelling/en.aff", &file("en", "index.aff"));
    temp_file("spelling/en.dic", &file("en", "index.dic"));
    let folder = affixes.trim_end_matches("/en.aff");
    let run = rejoinder(&["check", "--spelling", folder, "-"], slip);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, &found[0]["rule"], &found[0]["matched"]), (1, &json!("spelling.word"), &json!("mesage")));
    assert_eq!(found[0]["suggestions"][0], "message");
    let missing = rejoinder(&["check", "--spelling", folder, "-"], "Gracias por tu mensage, lo miramos hoy.");
    assert!(missing.status == 2 && missing.err.contains("es."), "{}", missing.err);
    let asked = rejoinder(&["check", "--spelling", folder, "--incoming", "mesage?", "-"], slip);
    assert_eq!(asked.status, 0, "{}", asked.out);
}
