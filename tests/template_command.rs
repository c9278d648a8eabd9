//! `rejoinder render` from outside.

use crate::command::{Run, rejoinder, temp_file};

#[track_caller]
fn render(template: &str, more: &[&str]) -> Run {
    let mut args = vec!["render", "--template", template];
    args.extend(more);
    rejoinder(&args, "")
}

#[test]
fn fills_a_template_and_says_where_the_caret_goes() {
    let file =
        temp_file("reply.txt", "Hi {{ author.first_name | default(\"there\") }}, {{ cursor() }}{{ brand.name }}\n");
    let run =
        render(&file, &["--data", r#"{"author":{"name":"Dr. Ana Ruiz","unknown":1},"brand":{"name":"Acme"},"x":2}"#]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, "{\"cursor\":8,\"text\":\"Hi Ana, Acme\",\"unresolved\":[]}\n"),
        "{}",
        run.err
    );
}

#[test]
fn unresolved_variables_are_findings() {
    let file = temp_file("unresolved.txt", "Hi {{ author.first_name }}");
    let run = render(&file, &["--data", "{}"]);
    assert_eq!(run.status, 1, "{}", run.err);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["text"], "Hi {{ author.first_name }}");
    assert_eq!(
        answer["unresolved"],
        serde_json::json!([{ "name": "author.first_name", "span": { "start": 3, "end": 26 } }])
    );
}

#[test]
fn mistakes_name_file_line_and_column() {
    let file = temp_file("broken.txt", "Hi\n{{ brand.name ");
    let run = render(&file, &["--data", "{}"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("broken.txt:2:1: "), "{}", run.err);

    let file = temp_file("broken.toml", "id = \"a\"\nbody = \"\"\"\nHi\n{{ shout( }}\n\"\"\"\n");
    let run = render(&file, &["--data", "{}"]);
    assert!(run.status == 2 && run.err.contains("broken.toml:4:"), "{}", run.err);

    let file = temp_file("unread.toml", "id = \"a\"\nbody = 3\n");
    let run = render(&file, &["--data", "{}"]);
    assert!(run.status == 2 && run.err.contains("unread.toml:"), "{}", run.err);

    let file = temp_file("fine.txt", "Hi");
    for data in ["{\"author\":", "[]", "/no/such/file.json"] {
        assert_eq!(render(&file, &["--data", data]).status, 2, "{data}");
    }
    assert_eq!(render("/no/such/template", &["--data", "{}"]).status, 2);
}

#[test]
fn a_library_gives_the_record_asked_for() {
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/templates/es/starter.toml");
    let run = render(library, &["--id", "md-tu", "--data", r#"{"author":{"name":"Ana Ruiz"}}"#, "--lang", "es"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("Hola, Ana:") && run.out.contains("tu caso"), "{}", run.out);
    assert_eq!(render(library, &["--id", "nobody", "--data", "{}"]).status, 2);
}

#[test]
fn fields_dates_choices_and_parts_are_filled_in() {
    let file = temp_file(
        "library.toml",
        r#"
[[template]]
id = "where"
body = "Order {{ form.order }} leaves on {{ date(format='%A %-d %B', days=2) }}. {{ random(['Thanks', 'Cheers']) }}.\n{% include 'sig' %}"
fields = [{ name = "order", default = "none" }]

[[template]]
id = "signature"
trigger = "sig"
body = "{{ me.name | default('The team') }}"
"#,
    );
    let data = r#"{"now":1795296600000,"seed":3,"form":{"order":4711}}"#;
    let text = |more: &[&str]| {
        let run = render(&file, &[&["--id", "where", "--data", data], more].concat());
        assert_eq!(run.status, 0, "{}{}", run.out, run.err);
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text(&[]), "Order 4711 leaves on Monday 23 November. Thanks.\nThe team");
    assert_eq!(text(&["--lang", "es"]), "Order 4711 leaves on lunes 23 noviembre. Thanks.\nThe team");
    let missing = render(&temp_file("part.txt", "Hi\n{% include 'sig' %}"), &["--data", "{}"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("part.txt:2:4: ") && missing.err.contains("sig"), "{}", missing.err);
}
