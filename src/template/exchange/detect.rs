//! Which format a file is of, by its name's ending and by what stands in it.

use serde_json::Value;

use super::{Format, table};

/// The format of a file; `None` when nothing tells.
pub fn detect(file_name: &str, text: &str) -> Option<Format> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let ending = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(ending.as_str(), "yml" | "yaml") {
        return Some(Format::Espanso);
    }
    if text.starts_with(['{', '['])
        && !text.starts_with("{%")
        && let Ok(file) = serde_json::from_str(text)
    {
        return json(&file);
    }
    if text.lines().any(|line| line.trim_end() == "matches:") {
        return Some(Format::Espanso);
    }
    if text.contains("{%") && ending != "csv" {
        return Some(Format::FreeScout);
    }
    let table = table::read(text).ok()?;
    let has = |names: &[&str]| names.iter().all(|name| table.column(name).is_some());
    match table.columns.len() {
        6 | 9 if has(&["id", "title", "shortcut", "subject", "tags", "body"]) => Some(Format::Briskine),
        _ if has(&["name", "keywords", "content"]) => Some(Format::Zammad),
        _ if text.contains("#{") && has(&["name", "content"]) => Some(Format::Zammad),
        2..=4 if text.contains("{%customer.") || text.contains("{%user.") => Some(Format::FreeScout),
        2.. => Some(Format::Csv),
        _ => (ending == "csv").then_some(Format::Csv),
    }
}

fn json(file: &Value) -> Option<Format> {
    if file.get("rejoinder").is_some() || file.get("templates").is_some_and(Value::is_array) {
        return Some(Format::Rejoinder);
    }
    if file.get("folders").is_some_and(Value::is_array) {
        return Some(Format::TextBlaze);
    }
    let list = ["macros", "payload", "canned_responses", "data"]
        .iter()
        .find_map(|name| file.get(name).and_then(Value::as_array))
        .or_else(|| file.as_array());
    let first = list.map_or(Some(file), |list| list.first())?;
    let record = first.get("macro").unwrap_or(first);
    if record.get("short_code").is_some() {
        return Some(Format::Chatwoot);
    }
    if let Some(actions) = record.get("actions").and_then(Value::as_array) {
        let named = |name: &str| actions.iter().any(|action| action.get(name).is_some());
        return Some(if named("action_name") || !named("field") && record.get("visibility").is_some() {
            Format::Chatwoot
        } else {
            Format::Zendesk
        });
    }
    (record.get("body").is_some() && record.get("title").is_some()).then_some(Format::Rejoinder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file_name: &str, text: &str, expect: Option<Format>) {
        assert_eq!(detect(file_name, text), expect, "{text}");
    }

    #[test]
    fn formats_are_told_apart() {
        check("base.yml", "", Some(Format::Espanso));
        check("-", "# mine\nmatches:\n  - trigger: a\n", Some(Format::Espanso));
        check("x.json", "\u{feff}{\"rejoinder\":\"templates\",\"templates\":[]}", Some(Format::Rejoinder));
        check("x.json", "[{\"title\":\"a\",\"body\":\"b\"}]", Some(Format::Rejoinder));
        check("x.json", "{\"folders\":[]}", Some(Format::TextBlaze));
        check("x.json", "[{\"short_code\":\"a\",\"content\":\"b\"}]", Some(Format::Chatwoot));
        check(
            "x.json",
            "{\"payload\":[{\"name\":\"a\",\"actions\":[{\"action_name\":\"b\"}]}]}",
            Some(Format::Chatwoot),
        );
        check("x.json", "{\"macro\":{\"title\":\"a\",\"actions\":[{\"field\":\"status\"}]}}", Some(Format::Zendesk));
        check("x.json", "{\"macros\":[{\"title\":\"a\",\"actions\":[]}]}", Some(Format::Zendesk));
        check("x.json", "{\"x\":1}", None);
        check("x.csv", "id,title,shortcut,subject,tags,body\r\n", Some(Format::Briskine));
        check("x.csv", "id,title,shortcut,subject,tags,cc,bcc,to,body\r\n", Some(Format::Briskine));
        check("x.csv", "id,name,keywords,content,note,active,groups\n", Some(Format::Zammad));
        check("x.csv", "name,content\na,#{user.firstname}\n", Some(Format::Zammad));
        check("x.csv", "name,text\na,{%customer.firstName%}\n", Some(Format::FreeScout));
        check("x.txt", "Hi {%customer.firstName%}", Some(Format::FreeScout));
        check("x.csv", "título;texto\na;b\n", Some(Format::Csv));
        check("x.txt", "Hello", None);
        check("x.txt", "", None);
    }
}
