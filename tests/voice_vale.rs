//! Vale's styles: a setup of our own from the command line, and what must hold for any input.

use std::path::Path;

use proptest::prelude::*;
use rejoinder::voice::Pack;
use rejoinder::voice::vale::{Carried, Files, Outcome, Setup, read_folder, to_packs};
use serde_json::Value;

use crate::command::rejoinder;

const SETUP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/vale/setup");

/// What a check of `rule` finds in `text`, as `line:column:message`.
#[track_caller]
fn found(rule: &str, file: &str, text: &str) -> Vec<String> {
    let setup = Setup::read(&Files::from_iter([("S/R.yml", rule)])).unwrap();
    assert_eq!(setup.report[0].outcome, Outcome::Imported, "{rule}");
    let checked = setup.check(file, text);
    checked.alerts.iter().map(|alert| alert.to_string().replacen(":S.R", "", 1)).collect()
}

#[test]
fn a_setup_is_run_as_vale_runs_it() {
    for name in ["sample.md", "sample.txt"] {
        let file = format!("{SETUP}/{name}");
        let run = rejoinder(&["check", "--vale", SETUP, "--format", "line", &file], "");
        let expect = std::fs::read_to_string(format!("{file}.expected")).unwrap();
        let lines: Vec<&str> = run.out.lines().map(|line| line.strip_prefix(&format!("{file}:")).unwrap()).collect();
        assert_eq!(lines, expect.lines().collect::<Vec<_>>(), "{name}");
        assert_eq!(run.status, 1);
        let told =
            ["House.Script skipped", "Torn.yml:5: House.Torn refused: the key \"tokenz\"", "Vale.Spelling skipped"];
        assert!(told.iter().all(|told| run.err.contains(told)), "{}", run.err);
        assert_eq!(run.err.lines().count(), told.len(), "{}", run.err);
    }
}

#[test]
fn a_configuration_may_be_named_itself() {
    let (ini, file) = (format!("{SETUP}/.vale.ini"), format!("{SETUP}/sample.txt"));
    let by_folder = rejoinder(&["check", "--vale", SETUP, &file, "-"], "It is very late.");
    let by_file = rejoinder(&["check", "--vale", &ini, &file, "-"], "It is very late.");
    assert_eq!(by_folder.out, by_file.out);
    let rows: Value = serde_json::from_str(&by_file.out).unwrap();
    let last = rows.as_array().unwrap().last().unwrap();
    assert_eq!((&last["file"], &last["rule"]), (&Value::from("-"), &Value::from("House.Weak")));
    assert_eq!((&last["start"], &last["end"], &last["severity"]), (&6.into(), &10.into(), &"suggestion".into()));
}

#[test]
fn an_archive_is_a_folder_too() {
    let file = format!("{SETUP}/sample.txt");
    let of = |setup: &str| rejoinder(&["check", "--vale", setup, "--format", "line", &file], "");
    let (folder, archive) = (of(SETUP), of(&format!("{SETUP}.zip")));
    assert_eq!(archive.out, folder.out);
    assert!(archive.err.contains("setup.zip/styles/House/Torn.yml:5:"), "{}", archive.err);
}

#[test]
fn mistakes_in_the_setup_are_named() {
    let missing = rejoinder(&["check", "--vale", "/nowhere/at/all", "-"], "x");
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    assert!(missing.err.contains("/nowhere/at/all"), "{}", missing.err);
    let ini = crate::command::temp_file("bad.vale.ini", "MinAlertLevel = loud\n");
    let bad = rejoinder(&["check", "--vale", &ini, "-"], "x");
    assert!(bad.status == 2 && bad.err.contains("bad.vale.ini:1: MinAlertLevel"), "{}", bad.err);
    let fine = rejoinder(&["check", "--vale", &format!("{SETUP}/styles/House"), "--format", "line", "-"], "Fine.");
    assert_eq!((fine.status, fine.out.as_str()), (0, ""), "{}", fine.err);
}

#[test]
fn kinds_of_rules() {
    let cases: [(&str, &str, &str, &[&str]); 16] = [
        (
            "extends: existence\nmessage: No '%s'.\ntokens: [fo+]",
            "a.txt",
            "foo\nbar foo",
            &["1:1:No 'foo'.", "2:5:No 'foo'."],
        ),
        ("extends: existence\nmessage: No.\nraw: ['\\d', '%']", "a.txt", "9% 8", &["1:1:No."]),
        ("extends: existence\nmessage: No '%s'.\ntokens: [a]\nlimit: 1", "a.txt", "a a a", &["1:1:No 'a'."]),
        (
            "extends: existence\nmessage: \"'%s' or '%s'\"\ntokens: [\"e.g.\"]\nnonword: true\naction: {name: edit, params: [regex, '\\.', '']}",
            "a.txt",
            "so e.g. that",
            &["1:4:'e.g.' or 'eg'"],
        ),
        (
            "extends: substitution\nmessage: Use %s, not %s.\nswap: {'(\\w)oo': '$1u', xx: xx}",
            "a.txt",
            "foo xx",
            &["1:1:Use fu, not foo."],
        ),
        (
            "extends: substitution\nmessage: Use %s, not %s.\nignorecase: true\nswap: {github: GitHub}",
            "a.txt",
            "GitHub github",
            &["1:8:Use GitHub, not github."],
        ),
        ("extends: occurrence\nmessage: At least %d.\nmin: 1\ntoken: please", "a.txt", "Do it.", &["1:1:At least 0."]),
        (
            "extends: occurrence\nmessage: Many.\nscope: sentence\nmax: 2\ntoken: '\\w+'",
            "a.txt",
            "One two. One two three.",
            &["1:10:Many."],
        ),
        (
            "extends: repetition\nmessage: \"'%s'\"\ntokens: ['\\b\\w+\\b']\nignorecase: true",
            "a.txt",
            "The the end. End it",
            &["1:1:'the'"],
        ),
        (
            "extends: consistency\nmessage: Not '%s'.\neither: {advisor: adviser}",
            "a.md",
            "An advisor.\n\nAn adviser.\n",
            &["3:4:Not 'adviser'."],
        ),
        (
            "extends: conditional\nmessage: What is %s?\nfirst: '\\b([A-Z]{3})\\b'\nsecond: '\\(([A-Z]{3})\\)'",
            "a.md",
            "ABC.\n\nSome (ABC), ABC, DEF.\n",
            &["1:1:What is ABC?", "3:18:What is DEF?"],
        ),
        (
            "extends: conditional\nmessage: No sign.\nfirst: Hello\nsecond: Bye",
            "a.md",
            "Hello. Bye\n\nHello.\n",
            &["3:1:No sign."],
        ),
        (
            "extends: capitalization\nmessage: Small.\nmatch: $lower\nscope: heading",
            "a.md",
            "# a b\n\n# A b\n",
            &["3:3:Small."],
        ),
        (
            "extends: capitalization\nmessage: Case.\nmatch: $sentence\nscope: heading\nthreshold: 1.0\nexceptions: [Ana]",
            "a.md",
            "# Ask Ana now\n\n# Ask Now\n",
            &["3:3:Case."],
        ),
        (
            "extends: metric\nmessage: \"%s\"\nformula: words / sentences + heading.h1\ncondition: '> 3'",
            "a.md",
            "# H\n\nOne two three. Four five six.\n",
            &["1:1:4.00"],
        ),
        (
            "extends: readability\nmessage: \"Grade %s.\"\nmetrics: [Flesch-Kincaid]\ngrade: 8",
            "a.md",
            "Incomprehensible argumentation notwithstanding.\n",
            &["1:1:Grade 39.84."],
        ),
    ];
    for (rule, file, text, expect) in cases {
        if rule.contains("readability") {
            let told = found(rule, file, text);
            assert!(told.len() == 1 && told[0].starts_with("1:1:Grade "), "{told:?}");
        } else {
            assert_eq!(found(rule, file, text), expect, "{rule}");
        }
    }
}

/// What `rules` with small dictionaries find in `text`.
#[track_caller]
fn misspelt(rule: &str, text: &str) -> Vec<String> {
    const AFFIXES: &str = "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n";
    let mut files = Files::from_iter([
        (".vale.ini", "StylesPath = styles\nVocab = Us\n[*]\nBasedOnStyles = S\n"),
        ("styles/S/R.yml", rule),
        ("styles/config/vocabularies/Us/accept.txt", "[Ff]lumbo\n"),
        ("styles/config/ignore/trade.txt", "chatbot\nwifi\n"),
        ("styles/config/dictionaries/tiny.aff", AFFIXES),
        ("styles/config/dictionaries/tiny.dic", "3\nparcel/S\nlate\nit\n"),
        ("dics/more.aff", AFFIXES),
        ("dics/more.dic", "2\nvan/S\nit's\n"),
    ]);
    files.bring(AFFIXES.to_owned(), "3\nour\nis\nthe\n".to_owned());
    let setup = Setup::read(&files).unwrap();
    assert_eq!(setup.report[0].outcome, Outcome::Imported, "{rule}");
    setup.check("reply.txt", text).alerts.iter().map(|alert| alert.to_string().replacen(":S.R", "", 1)).collect()
}

#[test]
fn words_are_held_against_dictionaries() {
    let rule = |keys: &str| format!("extends: spelling\nmessage: \"Really '%s'?\"\n{keys}");
    let tiny = rule("dictionaries: [tiny]\n");
    assert_eq!(misspelt(&tiny, "(Parcels, late!) It paarcel."), ["1:21:Really 'paarcel'?"]);
    assert_eq!(
        misspelt(&tiny, "paarcel and paarcel"),
        ["1:1:Really 'paarcel'?", "1:9:Really 'and'?", "1:13:Really 'paarcel'?"]
    );
    assert_eq!(
        misspelt(&tiny, "parcel Flumbo MongoDB NASA n0tes self-made tschüs @ana"),
        [""; 0],
        "names and the vocabulary"
    );
    assert_eq!(misspelt(&rule("custom: true\ndictionaries: [tiny]\n"), "late tschüs"), ["1:6:Really 'tschüs'?"]);
    assert_eq!(misspelt(&rule("dictionaries: [tiny]\nfilters: ['^x']\n"), "late xyz zyx"), ["1:10:Really 'zyx'?"]);
    assert_eq!(
        misspelt(&rule("dictionaries: [tiny]\nignore: trade.txt\n"), "Chatbot wifi lte"),
        ["1:14:Really 'lte'?"]
    );
    assert_eq!(misspelt(&rule("dictionaries: [tiny]\nexceptions: [lte]\n"), "lte"), [""; 0]);
    assert_eq!(
        misspelt(&rule("dicpath: dics\ndictionaries: [more, tiny]\n"), "It’s parcel vans vns"),
        ["1:18:Really 'vns'?"]
    );
    assert_eq!(misspelt(&rule("aff: dics/more.aff\ndic: dics/more.dic\n"), "van late"), ["1:5:Really 'late'?"]);
    assert_eq!(misspelt(&rule("dictionaries: [tiny]\nappend: true\n"), "the parcel van"), ["1:12:Really 'van'?"]);
    assert_eq!(misspelt(&rule(""), "Our parcel"), ["1:5:Really 'parcel'?"], "the dictionary that was brought");
    let refused = Setup::read(&Files::from_iter([("S/R.yml", rule("dictionaries: [none]\n"))])).unwrap();
    assert_eq!(refused.report[0].outcome, Outcome::Refused("there is no dictionary \"none\"".to_owned()));
    let without = Setup::read(&Files::from_iter([("S/R.yml", rule(""))])).unwrap();
    assert_eq!(without.report[0].to_string(), "S/R.yml: S.R skipped: it needs a dictionary (--spelling)");
}

#[test]
fn the_command_line_brings_the_dictionary() {
    let folder = std::env::temp_dir().join(format!("rejoinder-vale-{}", std::process::id()));
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    put("set/.vale.ini", "StylesPath = styles\n[*]\nBasedOnStyles = Vale, S\n");
    put("set/styles/S/R.yml", "extends: spelling\nmessage: \"'%s'?\"\ndicpath: ../../dics\ndictionaries: [tiny]\n");
    put("dics/tiny.aff", "SET UTF-8\n");
    put("dics/tiny.dic", "1\nvan\n");
    for (name, text) in [("en.aff", "SET UTF-8\n"), ("en.dic", "1\nlate\n"), ("en-us.dic", "color\n")] {
        put(&format!("words/{name}"), text);
    }
    let (file, words) = (put("reply.txt", "late van color"), folder.join("words").display().to_string());
    let set = folder.join("set").display().to_string();
    let run = rejoinder(&["check", "--vale", &set, "--spelling", &words, "--format", "line", &file], "");
    let lines: Vec<&str> = run.out.lines().map(|line| line.strip_prefix(&format!("{file}:")).unwrap()).collect();
    let expect = ["1:1:S.R:'late'?", "1:6:Vale.Spelling:Did you really mean 'van'?", "1:10:S.R:'color'?"];
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(lines, expect, "{}", run.err);
    assert_eq!(run.err, "");
}

#[test]
fn scopes_pick_parts_of_markdown() {
    let text =
        "# bad one\n\nbad two\n\n- bad three\n\n> bad four\n\n| bad |\n|---|\n| bad |\n\n![bad](x.png)\n\n`bad`\n";
    let cases: [(&str, &[usize]); 9] = [
        ("text", &[1, 3, 5, 7, 9, 11, 13]),
        ("heading", &[1]),
        ("~heading & ~table & ~alt", &[3, 5, 7, 15]),
        ("list", &[5]),
        ("blockquote", &[7]),
        ("table.header", &[9]),
        ("table.cell", &[11]),
        ("alt", &[13]),
        ("code", &[15]),
    ];
    for (scope, lines) in cases {
        let rule = format!("extends: existence\nmessage: m\nscope: \"{scope}\"\ntokens: [bad]");
        let told = found(&rule, "a.md", text);
        let at: Vec<usize> = told.iter().map(|told| told.split(':').next().unwrap().parse().unwrap()).collect();
        assert_eq!(at, lines, "{scope}");
    }
    let raw = found("extends: existence\nmessage: m\nscope: raw\ntokens: [bad]", "a.md", text);
    assert_eq!(raw.len(), 8);
}

#[test]
fn a_setup_becomes_packs() {
    let files = read_folder(Path::new(SETUP)).unwrap();
    let (packs, report) = to_packs(&files).unwrap();
    for pack in &packs {
        let pack = Pack::from_value("vale", pack).unwrap();
        assert!(pack.rules.iter().all(|rule| !rule.on), "{}", pack.id);
    }
    let ids: Vec<&str> = packs
        .iter()
        .flat_map(|pack| pack["rule"].as_array().unwrap())
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let mut parts: Vec<&str> = report.iter().flat_map(|entry| &entry.parts).map(String::as_str).collect();
    parts.sort_unstable_by_key(|id| ids.iter().position(|other| other == id));
    assert_eq!(parts, ids);
    let of = |rule: &str| &report.iter().find(|entry| entry.rule == rule).unwrap().carried;
    assert_eq!(of("House.Weak"), &Carried::Yes);
    assert!(matches!(of("House.Plain"), Carried::Yes | Carried::Changed(_)));
    assert_eq!(of("House.Shout"), &Carried::Yes);
    assert!(matches!(of("Docs.Title"), Carried::No(_)));
    assert!(matches!(of("House.Script"), Carried::No(_)));
}

#[test]
fn a_rule_that_takes_too_long_is_left_out() {
    let rule = "extends: existence\nmessage: m\nnonword: true\ntokens: ['^(?:(a+)+\\1?)+$']";
    let setup = Setup::read(&Files::from_iter([("S/R.yml", rule)])).unwrap();
    let checked = setup.check("a.txt", &format!("{}!", "a".repeat(200)));
    assert_eq!((checked.alerts.len(), checked.problems.len()), (0, 1), "{checked:?}");
}

proptest! {
    #[test]
    fn no_rule_is_too_odd(kind in "existence|substitution|occurrence|repetition|consistency|conditional|capitalization|metric|readability|x",
                          rest in "(tokens|swap|either|token|raw|match|formula|condition|first|second|scope|limit|max|message|action|exceptions): ?[ -~\n]{0,40}") {
        let yaml = format!("extends: {kind}\nmessage: m\n{rest}\n");
        let setup = Setup::read(&Files::from_iter([("S/R.yml", yaml)])).unwrap();
        let _ = setup.check("a.md", "# Any text\n\nwith `code`, 1 < 2.\n");
    }

    #[test]
    fn no_file_is_too_odd(yaml in "\\PC{0,80}", ini in "[\\[\\]=*.{},A-Za-z \n]{0,60}") {
        let _ = Setup::read(&Files::from_iter([(".vale.ini", ini.as_str()), ("S/R.yml", yaml.as_str())]));
        let _ = Setup::read(&Files::from_iter([("S/R.yml", yaml)]));
    }

    #[test]
    fn no_text_is_too_odd(text in "[ -~\n\t\r<>`*_\\[\\]()#|&;éñ😊\u{301}\u{7f}]{0,120}", name in "a\\.(md|txt|html|rst)") {
        let rule = "extends: existence\nmessage: m\nscope: [text, sentence, paragraph, raw, summary, link, code]\nnonword: true\ntokens: ['\\S+', '\\s']";
        let title = "extends: capitalization\nmessage: m\nmatch: $title\nexceptions: [iOS]";
        let sentence = "extends: capitalization\nmessage: m\nmatch: $sentence";
        let twice = "extends: repetition\nmessage: m\ntokens: ['\\S+']";
        let files = Files::from_iter([("S/A.yml", rule), ("S/B.yml", title), ("S/C.yml", sentence), ("S/D.yml", twice)]);
        let setup = Setup::read(&files).unwrap();
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        for alert in setup.check(&name, &text).alerts {
            prop_assert!(lines.get(alert.start..alert.end).is_some(), "{alert:?}");
        }
    }
}
