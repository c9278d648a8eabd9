//! Edits of settings as pure steps: what changed, what a typed handle means, lists without doubles.

use serde_json::{Map, Value};

use crate::ordered::ordered;
use crate::workspace::Workspace;

/// The fields of `after` that differ from `before`, as the value of a change; `None` when nothing does. Only these are
/// written, so that two people who change different fields both get theirs.
pub fn changed_fields(before: &Workspace, after: &Workspace) -> Option<Value> {
    let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return None;
    };
    let fields: Map<String, Value> = ordered(after.into_iter().filter(|(name, value)| before.get(name) != Some(value)));
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// A handle as it is stored, from what a person types or pastes: `@acme`, ` acme `, `https://x.com/acme?s=20`.
pub fn handle(typed: &str) -> String {
    let typed = typed.trim();
    let path = typed.split_once("://").map_or(typed, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    path.rsplit('/').next().unwrap_or_default().trim_start_matches('@').trim().to_owned()
}

/// Adds `typed` to a list of names, unless it is empty or there already; case does not matter. True when it was added.
pub fn add_name(names: &mut Vec<String>, typed: &str) -> bool {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = names.iter().any(|one| one.to_lowercase() == name.to_lowercase());
    if name.is_empty() || known {
        return false;
    }
    names.push(name);
    true
}

/// A text field of a stored item.
pub fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Sets a text field; an empty text in an optional field takes it away.
pub fn set_text(item: &mut Value, field: &str, value: &str, optional: bool) {
    if let Value::Object(fields) = item {
        if optional && value.trim().is_empty() {
            fields.remove(field);
        } else {
            fields.insert(field.to_owned(), Value::String(value.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changed_fields_are_written() {
        let before = Workspace { brand: "Nimbus".into(), people: vec!["Ana".into()], ..Workspace::default() };
        assert_eq!(changed_fields(&before, &before), None);
        let after = Workspace { people: vec!["Ana".into(), "Ben".into()], ..before.clone() };
        assert_eq!(changed_fields(&before, &after), Some(serde_json::json!({"people": ["Ana", "Ben"]})));
        let gone = Workspace { people: Vec::new(), ..before.clone() };
        assert_eq!(changed_fields(&before, &gone), Some(serde_json::json!({"people": []})));
    }

    #[track_caller]
    fn check_handle(typed: &str, expect: &str) {
        assert_eq!(handle(typed), expect);
    }

    #[test]
    fn a_handle_is_what_is_left_of_what_people_paste() {
        check_handle("acme", "acme");
        check_handle(" @acme ", "acme");
        check_handle("https://x.com/acme?s=20", "acme");
        check_handle("https://www.linkedin.com/company/acme-inc/", "acme-inc");
        check_handle("https://bsky.app/profile/acme.example", "acme.example");
        check_handle("https://x.com", "");
        check_handle("", "");
    }

    #[track_caller]
    fn check_add(names: &[&str], typed: &str, expect: &[&str]) {
        let mut all: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(add_name(&mut all, typed), names.len() != expect.len());
        assert_eq!(all, expect);
    }

    #[test]
    fn a_list_holds_each_name_once() {
        check_add(&["Ana"], " Ben  Ross ", &["Ana", "Ben Ross"]);
        check_add(&["Ana"], "ANA", &["Ana"]);
        check_add(&["Ana"], "  ", &["Ana"]);
    }

    #[test]
    fn optional_texts_go_when_they_are_emptied() {
        let mut item = serde_json::json!({"title": "Thanks", "trigger": "thx", "tags": ["a"]});
        set_text(&mut item, "trigger", " ", true);
        set_text(&mut item, "title", "", false);
        assert_eq!(item, serde_json::json!({"title": "", "tags": ["a"]}));
        assert_eq!(text(&item, "trigger"), "");
    }
}
