//! Templates from other tools and to them. Every file in `tests/fixtures/templates/<format>` reads as reviewed in the
//! `.expected.json` beside it, and `library.toml` is written as reviewed in `written.*`; `UPDATE=1 cargo test
//! template_exchange` writes what comes out now: review the change.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rejoinder::log::Status;
use rejoinder::message::{Catalogue, Lang};
use rejoinder::source::Source as File;
use rejoinder::template::exchange::{Format, Import, Level, decode, detect, export, import, merge};
use rejoinder::template::{
    Actions, Address, Context, Field, FieldKind, Kind, Source, Template, render, render_with, starter,
};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/templates")
}

/// Compares with a reviewed file, or writes it.
#[track_caller]
fn reviewed(path: &Path, found: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, found).unwrap();
    } else {
        let expected = fs::read_to_string(path).unwrap_or_default();
        assert_eq!(found, expected, "{}\n{found}", path.display());
    }
}

fn report(read: &Import) -> Value {
    let notes: Vec<Value> = read
        .notes
        .iter()
        .map(|note| {
            let said = Catalogue::of(Lang::En).say(&note.msg);
            json!({ "template": note.template, "line": note.line, "level": note.level, "said": said })
        })
        .collect();
    json!({ "templates": read.templates, "notes": notes })
}

/// Every file of a format, without what is expected of it.
fn files() -> Vec<(Format, PathBuf)> {
    let mut files = Vec::new();
    for format in Format::ALL {
        let folder = root().join(format.id());
        let mut of_this: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        of_this.retain(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            !name.ends_with(".expected.json") && !name.starts_with("written.")
        });
        of_this.sort();
        assert!(!of_this.is_empty(), "{}", folder.display());
        files.extend(of_this.into_iter().map(|path| (format, path)));
    }
    files
}

#[test]
fn every_file_reads_as_reviewed() {
    for (format, path) in files() {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(detect(&path.to_string_lossy(), &text), Some(format), "{}", path.display());
        let read = import(format, &text).unwrap();
        reviewed(&path.with_extension("expected.json"), &format!("{:#}\n", report(&read)));
    }
}

#[test]
fn every_note_has_words() {
    let known: Vec<&str> = Catalogue::of(Lang::Es).keys().collect();
    for (format, path) in files() {
        for note in import(format, &fs::read_to_string(&path).unwrap()).unwrap().notes {
            assert!(known.contains(&note.msg.key.as_str()), "{}", note.msg.key);
            let said = Catalogue::of(Lang::En).say(&note.msg);
            let holes = said.split('$').skip(1).step_by(2).any(|hole| hole.chars().all(|c| c.is_ascii_uppercase()));
            assert!(!holes || note.msg.args.values().any(|value| value.contains('$')), "{said}");
        }
    }
}

/// The engine reads all that is imported; a page that says nothing gives text, or what is missing is named.
#[test]
fn what_is_imported_renders_or_says_what_is_missing() {
    for (format, path) in files() {
        if format == Format::Rejoinder {
            continue;
        }
        let read = import(format, &fs::read_to_string(&path).unwrap()).unwrap();
        let find = |name: &str| {
            let known = |one: &&Template| one.trigger.as_deref() == Some(name) || one.id == name;
            read.templates.iter().find(known).map(|one| one.body.clone())
        };
        for template in &read.templates {
            let context = Context { now: Some(1_795_296_600_000), ..Context::default() };
            match render_with(&template.body, &context, &find) {
                Ok(rendered) => {
                    for missing in &rendered.unresolved {
                        let field = missing.name.strip_prefix("form.");
                        let known = field.map_or_else(
                            || read.notes.iter().any(|n| n.msg.args.get("name") == Some(&missing.name)),
                            |name| template.fields.iter().any(|field| field.name == name),
                        );
                        assert!(known, "{}: {missing:?} is told nowhere", template.title);
                    }
                }
                // A part that the file does not hold is the other program's.
                Err(problem) => {
                    assert_eq!(problem.msg.key, "picker_template_no_part", "{}: {}", template.title, template.body);
                }
            }
        }
    }
}

#[test]
fn nothing_that_runs_a_program_is_kept_ready() {
    let read = import(Format::Espanso, &fs::read_to_string(root().join("espanso/base.yml")).unwrap()).unwrap();
    let refused: Vec<&str> =
        read.notes.iter().filter(|note| note.level == Level::Refused).map(|note| note.template.as_str()).collect();
    assert_eq!(refused, ["ip", "unused"]);
    let find = |trigger: &str| read.templates.iter().find(|t| t.trigger.as_deref() == Some(trigger)).unwrap();
    assert!(find("ip").off && !find("unused").off);
    let all = serde_json::to_string(&read.templates).unwrap();
    assert!(!all.contains("curl") && !all.contains("run.py"));
    let shown = render(&find("ip").body, &Context::default()).unwrap();
    assert_eq!(shown.text, "My address is {{output}}");
}

#[test]
fn what_is_not_a_file_of_the_format_says_where() {
    #[track_caller]
    fn check(format: Format, text: &str, key: &str, line: u32) {
        let error = import(format, text).unwrap_err();
        assert_eq!((error.msg.key.as_str(), error.line), (key, line), "{text}");
        assert_ne!(Catalogue::of(Lang::En).say(&error.msg), key);
    }
    check(Format::Rejoinder, "{\n\"templates\": [}", "exchange_not_json", 2);
    check(Format::Rejoinder, "{}", "exchange_not_this", 0);
    check(Format::TextBlaze, "[]", "exchange_not_this", 0);
    check(Format::Chatwoot, "{\"x\": 1}", "exchange_not_this", 0);
    check(Format::Zendesk, "3", "exchange_not_this", 0);
    check(Format::Espanso, "matches:\n  - trigger: [a\n", "exchange_not_yaml", 2);
    check(Format::Espanso, "matches:\n  - replace: {}\n", "exchange_not_yaml", 2);
    check(Format::Espanso, "\n", "exchange_empty_file", 0);
    check(Format::Briskine, "a,b\n1,2\n", "exchange_not_this", 1);
    check(
        Format::Briskine,
        "id,title,shortcut,subject,tags,body\r\n\"a\",\"\\\"\",b\r\n\"a,,\r\n",
        "exchange_bad_row",
        3,
    );
    check(Format::Zammad, "name,text\na,b\n", "exchange_not_this", 1);
    check(Format::Csv, "a,b\n1,2\n", "exchange_no_text_column", 1);
    check(Format::Csv, "", "exchange_empty_file", 0);
    check(Format::FreeScout, " ", "exchange_empty_file", 0);
}

#[test]
fn the_same_file_again_changes_nothing() {
    for (format, path) in files() {
        let text = fs::read_to_string(&path).unwrap();
        let first = import(format, &text).unwrap().templates;
        let library = merge(&[], first.clone()).library(&[]);
        let ids: std::collections::HashSet<&str> = library.iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids.len(), library.len(), "{}", path.display());
        let again = merge(&library, import(format, &text).unwrap().templates);
        assert_eq!((again.added.len(), again.updated.len(), again.same.len()), (0, 0, first.len()), "{format:?}");
        assert_eq!(again.library(&library), library);
    }
}

#[test]
fn a_changed_file_updates_what_it_named_before() {
    let before = "matches:\n  - {trigger: ':a', replace: one}\n  - {trigger: ':b', replace: two}\n";
    let after = "matches:\n  - {trigger: ':b', replace: three}\n  - {trigger: ':c', replace: four}\n";
    let library = merge(&[], import(Format::Espanso, before).unwrap().templates).library(&[]);
    let merged = merge(&library, import(Format::Espanso, after).unwrap().templates);
    assert_eq!((merged.added.len(), merged.updated.len(), merged.same.len()), (1, 1, 0));
    let bodies: Vec<String> = merged.library(&library).into_iter().map(|t| t.body).collect();
    assert_eq!(bodies, ["one", "three", "four"]);
}

/// The library that exports are reviewed with.
fn library() -> Vec<Template> {
    #[derive(serde::Deserialize)]
    struct Library {
        template: Vec<Template>,
    }
    let text = fs::read_to_string(root().join("library.toml")).unwrap();
    let library: Library = File::parse(&text).unwrap().read().unwrap();
    library.template
}

#[test]
fn a_library_is_written_as_reviewed() {
    for (format, name) in [
        (Format::Rejoinder, "rejoinder/written.json"),
        (Format::Espanso, "espanso/written.yml"),
        (Format::Chatwoot, "chatwoot/written.json"),
        (Format::Csv, "csv/written.csv"),
    ] {
        let written = export(format, &library()).unwrap();
        reviewed(&root().join(name), &written.text);
        let said: String = written
            .notes
            .iter()
            .map(|note| format!("{:?}: {}: {}\n", note.level, note.template, Catalogue::of(Lang::En).say(&note.msg)))
            .collect();
        reviewed(&root().join(name).with_extension("notes.txt"), &said);
        assert_eq!(detect(name, &written.text), Some(format));
        assert!(import(format, &written.text).is_ok());
    }
    for format in Format::ALL {
        assert_eq!(export(format, &[]).is_some(), Format::WRITTEN.contains(&format), "{format:?}");
    }
}

/// What people would read with these answers and no page.
fn said(template: &Template) -> String {
    let mut context = Context::default();
    let answers = template.fields.iter().map(|field| (field.name.clone(), format!("<{}>", field.name))).collect();
    context.more.insert("form".to_owned(), answers);
    match render(&template.body, &context) {
        Ok(rendered) => rendered.text.trim_end().to_owned(),
        Err(problem) => panic!("{}: {problem:?}\n{}", template.title, template.body),
    }
}

#[test]
fn the_starter_library_survives_every_format() {
    for lang in [Lang::En, Lang::Es] {
        let library = starter(lang);
        for format in Format::WRITTEN {
            let written = export(format, library).unwrap();
            let read = import(format, &written.text).unwrap();
            assert!(read.notes.iter().all(|note| note.level < Level::Missing), "{format:?}: {:?}", read.notes);
            assert_eq!(read.templates.len(), library.len());
            for (before, after) in library.iter().zip(&read.templates) {
                assert_eq!(after.trigger, before.trigger);
                if format != Format::Chatwoot {
                    assert_eq!(after.title, before.title);
                }
                assert_eq!(said(after), said(before), "{format:?}\n{}\n{}", before.body, after.body);
            }
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[a-zé \n\"',;:{}%#$|\\\\\\[\\]=+~-]{0,30}",
        Just("{{ x }} {% if %} \\{\\{ $|$ [[a]] {%a%} #{b}".to_owned()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Zñé0-9][a-zA-Zñé0-9 ,;:'\"!-]{0,14}[a-z]"
}

fn trigger() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[a-z][a-z0-9-]{0,8}[a-z0-9]")
}

fn field() -> impl Strategy<Value = Field> {
    let kind = prop_oneof![
        Just(FieldKind::Text),
        Just(FieldKind::Paragraph),
        Just(FieldKind::Choice),
        Just(FieldKind::Toggle),
        Just(FieldKind::Date)
    ];
    ("[a-z][a-z0-9_]{0,6}", "[a-z ]{0,8}", kind, text(), proptest::collection::vec("[a-z]{1,5}", 0..3), any::<bool>())
        .prop_map(|(name, label, kind, default, choices, optional)| Field {
            name,
            label,
            kind,
            default,
            choices,
            optional,
        })
}

fn any_template() -> impl Strategy<Value = Template> {
    let words = || proptest::collection::vec("[a-z]{1,6}", 0..3);
    let look = (
        prop_oneof![Just(Address::Any), Just(Address::Formal), Just(Address::Informal)],
        prop_oneof![Just(Kind::Evergreen), Just(Kind::Promo), Just(Kind::Holding)],
        proptest::collection::vec(field(), 0..3),
        any::<bool>(),
        any::<bool>(),
    );
    let acts = (words(), proptest::option::of(Just(Status::MovedToDm)), proptest::option::of(0..1000_u32))
        .prop_map(|(tags, status, due_hours)| Actions { tags, status, due_hours, ..Actions::default() });
    let source = proptest::option::of(("[a-z]{1,6}", text()).prop_map(|(tool, id)| Source { tool, id }));
    (name(), trigger(), text(), words(), text(), look, acts, source).prop_map(
        |(title, trigger, body, tags, note, (address, kind, fields, locked, off), actions, source)| Template {
            title,
            trigger,
            body,
            tags,
            note,
            address,
            kind,
            fields,
            locked,
            off,
            actions,
            source,
            ..Template::default()
        },
    )
}

/// Bodies of words, variables, fields and the caret, as replies have them.
fn body() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé .,!?¡\n\"']{1,12}".prop_map(|words| words),
        Just("{{ author.first_name | default(\"there\") }}".to_owned()),
        Just("{{ agent.name | default(\"The \\\"team\\\"\") }}".to_owned()),
        Just("{% if brand.name is defined %}, {{ brand.name }}{% else %}, us{% endif +%}".to_owned()),
        Just("{{ form.order }}".to_owned()),
        Just("{% raw %}{{ literal }}{% endraw %}".to_owned()),
        Just("{% raw %}{% if %}{% endraw %}".to_owned()),
        Just("{{ cursor() }}".to_owned()),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| format!("Hi {}.", pieces.concat()))
}

proptest! {
    #![proptest_config(crate::cases(96))]

    #[test]
    fn our_own_format_keeps_everything(mut library in proptest::collection::vec(any_template(), 0..6)) {
        for (at, template) in library.iter_mut().enumerate() {
            template.id = format!("t{at}");
        }
        let written = export(Format::Rejoinder, &library).unwrap();
        prop_assert_eq!(import(Format::Rejoinder, &written.text).unwrap().templates, library.clone());
        let merged = merge(&library, import(Format::Rejoinder, &written.text).unwrap().templates);
        prop_assert_eq!(merged.same.len() + merged.added.len(), library.len());
        prop_assert!(merged.updated.is_empty());
    }

    #[test]
    fn tables_keep_what_they_have_columns_for(body in body(), mut template in any_template()) {
        template.body = body;
        let written = export(Format::Csv, std::slice::from_ref(&template)).unwrap();
        let read = import(Format::Csv, &written.text).unwrap();
        let after = &read.templates[0];
        prop_assert_eq!(&after.body, template.body.trim_end());
        prop_assert_eq!(after.title.trim(), template.title.trim());
        prop_assert_eq!(&after.trigger, &template.trigger);
        prop_assert_eq!(&after.fields, &template.fields);
        prop_assert_eq!(&after.actions, &template.actions);
        prop_assert_eq!(
            (after.address, after.kind, after.off),
            (template.address, template.kind, template.off)
        );
    }

    #[test]
    fn other_tools_keep_title_trigger_and_text(body in body(), title in name(), trigger in trigger()) {
        let fields = vec![Field { name: "order".to_owned(), ..Field::default() }];
        let template = Template { title, trigger, body, fields, ..Template::default() };
        for format in [Format::Espanso, Format::Chatwoot] {
            let written = export(format, std::slice::from_ref(&template)).unwrap();
            let read = import(format, &written.text).unwrap();
            let after = &read.templates[0];
            if format == Format::Espanso {
                prop_assert_eq!(&after.title, &template.title);
                prop_assert_eq!(&after.trigger, &template.trigger);
            } else if template.trigger.is_some() {
                prop_assert_eq!(&after.trigger, &template.trigger);
            }
            // Chatwoot has no words for a brand, and a quote of each kind in a fallback cannot be written there.
            if format == Format::Espanso || !template.body.contains("brand.name") {
                prop_assert_eq!(said(after), said(&template), "{:?}\n{}\n{}", format, written.text, after.body);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in text(),
        more in "\\PC{0,60}",
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = decode(&bytes);
        for text in [&text, &more, &bytes] {
            detect("file", text);
            for format in Format::ALL {
                let _ = import(format, text);
            }
        }
    }

    #[test]
    fn an_importer_never_loses_words(
        pieces in proptest::collection::vec(
            prop_oneof![
                "[{}%#|\\[\\]:;=\"'\\\\$~/>! ]{1,5}",
                "if |else|endif|/if|#if |raw|endraw|for |formtext: |note|cursor|\\$\\|\\$|or ",
                " ",
            ],
            0..8,
        ),
    ) {
        // Words between any syntax are in the template afterwards: its text, its note, a field, or what is told.
        let words: Vec<String> = (0..=pieces.len()).map(|at| format!("word{at}x")).collect();
        let mut text = words[0].clone();
        for (piece, word) in pieces.iter().zip(&words[1..]) {
            text.push_str(piece);
            text.push_str(word);
        }
        let quoted = text.replace('"', "\"\"");
        let folders = json!({ "folders": [{ "snippets": [{ "shortcut": "t", "text": text }] }] }).to_string();
        let yaml = json!({ "matches": [{ "trigger": ":t", "replace": text }] }).to_string();
        let files = [
            (Format::Espanso, yaml),
            (Format::Briskine, format!("id,title,shortcut,subject,tags,cc,bcc,to,body\n1,t,,,,,,,\"{quoted}\"\n")),
            (Format::TextBlaze, folders),
            (Format::Chatwoot, json!([{ "short_code": "t", "content": text }]).to_string()),
            (Format::Zendesk, json!({ "actions": [{ "field": "comment_value", "value": text }] }).to_string()),
            (Format::Zammad, format!("name,content\nt,\"{quoted}\"\n")),
            (Format::FreeScout, text.clone()),
            (Format::Csv, format!("title,text\nt,\"{quoted}\"\n")),
        ];
        for (format, file) in files {
            let read = import(format, &file).unwrap();
            let whole = format!("{:?}{:?}", read.templates, read.notes);
            for word in &words {
                prop_assert!(whole.contains(word.as_str()), "{:?} lost {}\n{}\n{}", format, word, text, whole);
            }
        }
    }
}

#[test]
fn large_files_are_read_in_one_go() {
    let rows: String = (0..1_000).map(|n| format!("n{n},\"Hi {{{{first_name}}}},\nrow {n}\"\n")).collect();
    let read = import(Format::Csv, &format!("title,text\n{rows}")).unwrap();
    assert_eq!(read.templates.len(), 1_000);
    assert_eq!(read.notes[999].line, Some(2_000));

    let each = |one: &dyn Fn(usize) -> Value| Value::from((0..10_000).map(one).collect::<Vec<_>>());
    let content = "Hi {{ contact.first_name | default: \"you\" }}, {{ contact.email }}";
    let canned = each(&|n| json!({ "id": n, "short_code": format!("code{n}"), "content": content }));
    let vars = json!([{ "name": "day", "type": "date", "params": { "format": "%d/%m/%Y" } }]);
    let matches = each(&|n| json!({ "trigger": format!(":t{n}"), "replace": "On {{day}}", "vars": vars }));
    let files = [(Format::Chatwoot, canned.to_string()), (Format::Espanso, json!({ "matches": matches }).to_string())];
    for (format, text) in files {
        let started = std::time::Instant::now();
        let library = merge(&[], import(format, &text).unwrap().templates).library(&[]);
        let again = merge(&library, import(format, &text).unwrap().templates);
        assert_eq!((library.len(), again.same.len()), (10_000, 10_000));
        println!("{format:?}: 10,000 templates twice in {:?}", started.elapsed());
        // Twice, unoptimised, beside other tests: well under a second each on a quiet machine.
        assert!(started.elapsed().as_secs() < 20, "{format:?}: {:?}", started.elapsed());
    }
}

#[test]
fn blank_parts_of_a_file_are_no_mistake() {
    #[track_caller]
    fn check(format: Format, text: &str, bodies: &[&str]) {
        let read = import(format, text).unwrap();
        assert_eq!(read.templates.iter().map(|t| t.body.as_str()).collect::<Vec<_>>(), bodies, "{text}");
    }
    check(Format::Espanso, "matches:\n", &[]);
    check(Format::Espanso, "global_vars:\nmatches:\n  - trigger: a\n    replace: 1.10\n    vars:\n", &["1.10"]);
    check(Format::Espanso, "matches:\n  - trigger: yes\n    replace: no\n    search_terms:\n", &["no"]);
    check(Format::TextBlaze, "{\"folders\": [{\"name\": \"a\"}, {}]}", &[]);
    check(Format::Chatwoot, "[]", &[]);
    check(Format::Zendesk, "{\"macros\": []}", &[]);
    check(Format::Csv, "title,text\n", &[]);
    check(Format::Zammad, "name,content\n\n", &[]);
    check(Format::Rejoinder, "[]", &[]);
    check(Format::FreeScout, ",\n", &[","]);
}
