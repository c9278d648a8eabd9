//! `rejoinder read` as people run it.

use serde_json::Value;

use crate::command::{rejoinder, temp_file};

const PAGE: &str = r#"<ul><li class="entry" id="e7"><b>Ana</b><p>Hello <img alt="☕"></p></li></ul>"#;

const DEFINITION: &str = r#"schema = 1
version = 1
min_app = "0.1.0"
id = "board"
name = "Board"
network = "board"
hosts = ["board.example"]
[[posts]]
select = ".entry"
kind = "post"
row = { css = "b", put = "after" }
[posts.fields]
native_id = [{ attr = "id", re = "^e([0-9]+)$" }]
name = [{ css = "b" }]
text = [{ css = "p" }]
"#;

#[test]
fn a_page_is_read_by_a_definition_from_a_file() {
    let definition = temp_file("board.toml", DEFINITION);
    let run = rejoinder(
        &["read", "--url", "https://board.example/list?utm_source=x", "--definition", &definition, "-"],
        PAGE,
    );
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let page: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(page["posts"][0]["id"], "7");
    assert_eq!(page["posts"][0]["text"], "Hello ☕");
    assert_eq!(page["posts"][0]["permalink"], "https://board.example/list");
    assert_eq!(page["acting_account"], Value::Null);
    assert_eq!(page["health"]["seen"], 1);
}

#[test]
fn what_cannot_be_read_is_said_plainly() {
    let fault = |args: &[&str]| {
        let run = rejoinder(args, PAGE);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
        run.err
    };
    assert!(fault(&["read", "--url", "https://board.example/", "-"]).contains("no site definition fits board.example"));
    assert!(fault(&["read", "--url", "board", "-"]).contains("not a web address"));
    assert!(
        fault(&["read", "--url", "https://x.com/", "--site", "y", "-"]).contains("there are practice, x, linkedin")
    );
    assert!(fault(&["read", "--url", "https://x.com/", "/none.html"]).contains("/none.html"));
    let broken = temp_file("broken.toml", &DEFINITION.replace("\".entry\"", "\"..\""));
    let said = fault(&["read", "--url", "https://x.com/", "--definition", &broken, "-"]);
    assert!(said.contains("broken.toml:9: posts[0].select: "), "{said}");
}
