//! `rejoinder templates` from outside.

use serde_json::Value;

use crate::command::{Run, rejoinder, temp_file};

const MATCHES: &str = "
matches:
  - trigger: ':hi'
    label: Greeting
    replace: 'Hi {{name}}'
    vars:
      - {name: name, type: echo, params: {echo: Ana}}
";

fn templates(args: &[&str], input: &str) -> Run {
    let args: Vec<&str> = std::iter::once("templates").chain(args.iter().copied()).collect();
    rejoinder(&args, input)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {}{}", run.out, run.err))
}

#[test]
fn a_file_becomes_our_library() {
    let run = templates(&["import", "--from", "espanso", "-"], MATCHES);
    assert_eq!((run.status, run.err.as_str()), (0, "1 added, 0 updated, 0 unchanged\n"));
    let library = json(&run);
    assert_eq!(library["rejoinder"], "templates");
    assert_eq!(library["templates"][0]["title"], "Greeting");
    assert_eq!(library["templates"][0]["body"], "Hi Ana");

    let auto = templates(&["import", "--from", "auto", "-"], MATCHES);
    assert_eq!((auto.status, auto.out), (0, run.out));
}

#[test]
fn what_was_imported_before_is_updated() {
    let run = templates(&["import", "--from", "espanso", "-"], MATCHES);
    let library = temp_file("exchange-library.json", &run.out);
    let again = templates(&["import", "--from", "espanso", "--into", &library, "-"], MATCHES);
    assert_eq!((again.status, again.out.as_str()), (0, run.out.as_str()), "{}", again.err);
    assert_eq!(again.err, "0 added, 0 updated, 1 unchanged\n");

    let changed = MATCHES.replace("Hi {{", "Hello {{");
    let args = ["import", "--from", "espanso", "--into", &library, "--format", "json"];
    let run = templates(&[&args[..], &["-"]].concat(), &changed);
    let said = json(&run);
    assert_eq!((said["updated"].as_array().unwrap().len(), said["added"].as_array().unwrap().len()), (1, 0));
    assert_eq!(said["templates"][0]["body"], "Hello Ana");
    let dry = templates(&[&args[..], &["--dry-run", "-"]].concat(), &changed);
    assert_eq!(json(&dry)["templates"], Value::Array(Vec::new()));
    assert_eq!(json(&dry)["updated"], said["updated"]);

    let dry = templates(&["import", "--from", "espanso", "--into", &library, "--dry-run", "-"], &changed);
    assert_eq!((dry.status, dry.out.as_str(), dry.err.as_str()), (0, "", "0 added, 1 updated, 0 unchanged\n"));
}

#[test]
fn what_was_refused_is_told_with_its_line() {
    let vars = "    vars:\n      - {name: out, type: shell, params: {cmd: 'ip a'}}\n";
    let text = &format!("matches:\n  - trigger: ':ip'\n    replace: 'At {{{{out}}}}'\n{vars}");
    let file = temp_file("exchange-shell.yml", text);
    let run = templates(&["import", "--from", "auto", &file], "");
    assert_eq!(run.status, 1);
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with(&format!("{file}:2: not converted: ip: ")), "{}", run.err);
    assert!(lines[1].starts_with(&format!("{file}:2: refused: ip: ")) && lines[1].contains("ip a"), "{}", run.err);
    assert_eq!(json(&run)["templates"][0]["off"], true);
    let run = templates(&["import", "--from", "espanso", "--format", "json", "--lang", "es", &file], "");
    let note = &json(&run)["notes"][1];
    assert_eq!((note["level"].as_str(), note["line"].as_u64()), (Some("refused"), Some(2)));
    assert!(note["message"].as_str().unwrap().contains("se rechazó"), "{note}");
}

#[test]
fn accents_of_a_spreadsheet_survive() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchange-western.csv");
    std::fs::write(&path, b"T\xedtulo;Texto\r\nAdi\xf3s;\xa1Hasta ma\xf1ana!\r\n").unwrap();
    let run = templates(&["import", "--from", "auto", path.to_str().unwrap()], "");
    assert_eq!(json(&run)["templates"][0]["title"], "Adiós", "{}", run.err);
    assert_eq!(json(&run)["templates"][0]["body"], "¡Hasta mañana!");
}

#[test]
fn mistakes_name_the_file_and_line() {
    let check = |args: &[&str], input: &str, said: &str| {
        let run = templates(args, input);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(said), "{}", run.err);
    };
    check(&["import", "--from", "zendesk", "-"], "{\n]", "-:2:1: ");
    check(&["import", "--from", "nothing", "-"], "", "--from nothing: there are rejoinder, espanso");
    check(&["import", "--from", "auto", "-"], "Hello", "-: ");
    check(&["import", "--from", "csv", "/no/such/file.csv"], "", "/no/such/file.csv: ");
    let broken = temp_file("exchange-broken.json", "{\n\"templates\": 3}");
    check(&["import", "--from", "espanso", "--into", &broken, "-"], MATCHES, "exchange-broken.json: ");
    let foreign = temp_file("exchange-foreign.json", "[{\"title\": 3}]");
    check(&["import", "--from", "espanso", "--into", &foreign, "-"], MATCHES, "exchange-foreign.json: Entry 1");
    check(&["export", "--to", "zendesk", "-"], "[]", "--to zendesk: there are rejoinder, espanso, chatwoot, csv");
    let toml = temp_file("exchange-broken.toml", "[[template]]\nbody = 3\n");
    check(&["export", "--to", "csv", &toml], "", "exchange-broken.toml:2: ");
    check(&["import", "-"], "", "--from");
}

#[test]
fn a_library_is_written_for_others() {
    let starter = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/templates/es/starter.toml");
    for (to, begins) in [("espanso", "matches:"), ("csv", "\u{feff}id,title"), ("chatwoot", "["), ("rejoinder", "{")] {
        let run = templates(&["export", "--to", to, starter], "");
        assert!(run.out.starts_with(begins), "{to}: {}", run.out);
        // What a template does with its case has no place in other formats.
        assert_eq!(run.status, i32::from(matches!(to, "espanso" | "chatwoot")), "{to}: {}", run.err);
        let back = templates(&["import", "--from", to, "-"], &run.out);
        assert_eq!(back.status, 0, "{to}: {}", back.err);
    }
    let run = templates(&["export", "--to", "csv", "-"], "[{\"title\":\"A\",\"body\":\"b\",\"off\":true}]");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let run = templates(&["export", "--to", "espanso", "-"], "[{\"title\":\"A\",\"body\":\"b\",\"off\":true}]");
    assert_eq!(run.status, 1);
    assert!(run.err.contains("-: refused: A: "), "{}", run.err);
}
