//! A definition as the TOML file that people read, keep and share: the same shape as `extension/sites/*.toml`.
//!
//! It writes what a definition is made of (texts, numbers, switches, lists, tables) and is no TOML writer for other
//! things; `null` and what stands at its default are left out. Reading is the `toml` crate's.

use serde_json::{Map, Value};

/// Keys in the order in which people look for them; others follow by name.
const ORDER: &[&str] = &[
    "schema",
    "version",
    "min_app",
    "id",
    "name",
    "network",
    "evidence",
    "hosts",
    "detect",
    "roots",
    "frames",
    "canonical",
    "page",
    "posts",
    "composers",
    "select",
    "kind",
    "inside_not",
    "region",
    "target",
    "send",
    "send_keys",
    "limit",
    "count",
    "shows_limit",
    "private",
    "strip",
    "row",
    "reply",
    "permalink",
    "document",
    "location",
    "closest",
    "css",
    "not_in",
    "attr",
    "prop",
    "present",
    "skip",
    "pre",
    "inline",
    "re",
    "put",
    "fields",
];

/// The file of a definition.
pub fn write(definition: &Value) -> String {
    let mut out = String::new();
    if let Value::Object(top) = definition {
        table(top, "", &mut out);
    }
    out
}

/// A table's own values, then the tables in it, under headings.
fn table(fields: &Map<String, Value>, path: &str, out: &mut String) {
    let mut rest: Vec<(&String, &Value)> = Vec::new();
    for (name, value) in sorted(fields) {
        match value {
            value if says_nothing(value) => {}
            Value::Object(_) if is_section(path, name) => rest.push((name, value)),
            Value::Array(items) if is_section(path, name) && items.iter().all(Value::is_object) => {
                rest.push((name, value))
            }
            value => {
                out.push_str(&key(name));
                out.push_str(" = ");
                list_or_value(value, out);
                out.push('\n');
            }
        }
    }
    for (name, value) in rest {
        let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        match value {
            Value::Object(inner) => {
                out.push_str(&format!("\n[{path}]\n"));
                table(inner, &path, out);
            }
            Value::Array(items) => {
                for inner in items.iter().filter_map(Value::as_object) {
                    out.push_str(&format!("\n[[{path}]]\n"));
                    table(inner, &path, out);
                }
            }
            _ => {}
        }
    }
}

/// What gets a heading of its own; everything else stands in one line.
fn is_section(path: &str, name: &str) -> bool {
    match path {
        "" => matches!(name, "canonical" | "page" | "posts" | "composers"),
        "posts" | "composers" => name == "fields",
        _ => false,
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn sorted(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let known = ORDER.iter().filter_map(|name| fields.get_key_value(*name));
    let others = fields.iter().filter(|(name, _)| !ORDER.contains(&name.as_str()));
    known.chain(others).collect()
}

/// A list of more than one table stands on lines of its own.
fn list_or_value(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) if items.len() > 1 && items.iter().all(Value::is_object) => {
            out.push_str("[\n");
            for item in items {
                out.push_str("  ");
                one(item, out);
                out.push_str(",\n");
            }
            out.push(']');
        }
        value => one(value, out),
    }
}

fn one(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(&string(text)),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                one(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            let mut first = true;
            for (name, value) in sorted(fields).into_iter().filter(|(_, value)| !says_nothing(value)) {
                out.push_str(if first { " " } else { ", " });
                first = false;
                out.push_str(&key(name));
                out.push_str(" = ");
                one(value, out);
            }
            out.push_str(" }");
        }
        value => out.push_str(&value.to_string()),
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { name.to_owned() } else { basic(name) }
}

/// Selectors and patterns are full of quotes and backslashes: then the form without escapes is the readable one.
fn string(text: &str) -> String {
    let literal = text.contains(['"', '\\']) && !text.contains('\'') && !text.contains(|c: char| c.is_control());
    if literal { format!("'{text}'") } else { basic(text) }
}

fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::definition::Definition;
    use crate::site::{load, registry};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_bundled_definition_comes_back_as_it_was() {
        for one in registry::bundled() {
            let text = write(&serde_json::to_value(one).unwrap());
            assert_eq!(load::parse(&text).as_ref(), Ok(one), "{text}");
        }
    }

    #[test]
    fn it_reads_like_the_files_that_people_write() {
        let text = write(&json!({
            "hosts": ["forum.example"], "id": "forum", "schema": 1, "detect": [], "frames": false, "roots": null,
            "posts": [{ "select": "[data-id=\"x\"]", "row": { "put": "after", "css": ".a" },
                "fields": { "text": [{ "css": ".t", "re": "^\\d" }, { "css": ".u" }], "native_id": [{ "attr": "id" }] } }],
        }));
        let expect = "schema = 1\nid = \"forum\"\nhosts = [\"forum.example\"]\ndetect = []\n\n[[posts]]\n\
            select = '[data-id=\"x\"]'\nrow = { css = \".a\", put = \"after\" }\n\n[posts.fields]\n\
            native_id = [{ attr = \"id\" }]\ntext = [\n  { css = \".t\", re = '^\\d' },\n  { css = \".u\" },\n]\n";
        assert_eq!(text, expect);
    }

    proptest! {
        #[test]
        fn any_text_survives(name in "\\PC{0,20}", css in any::<String>(), key in "[a-z\"' .é]{1,8}") {
            let mut one: Definition = registry::bundled()[0].clone();
            one.name = name;
            one.hosts = vec![css.clone(), String::new()];
            one.page.insert(key, vec![crate::site::definition::Reader { css: Some(css), ..Default::default() }; 2]);
            let text = write(&serde_json::to_value(&one).unwrap());
            let back: Definition = toml::from_str(&text).unwrap();
            prop_assert_eq!(back, one);
        }
    }
}
