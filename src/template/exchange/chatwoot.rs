//! Chatwoot's canned responses and macros: JSON, texts in Liquid. What stands between triple backticks is shown as it
//! is there, so nothing in it is a variable.

mod export;

use serde_json::{Map, Value};

use super::draft::{Draft, tags, trigger};
use super::zendesk::{is_name, undone};
use super::{Drafts, Format, ImportError, Level, liquid, text_of};
use crate::log::Status;
use crate::message::Msg;

pub(super) use export::export;

/// What Chatwoot calls our variables.
const NAMES: [(&str, &str); 6] = [
    ("contact.first_name", "author.first_name"),
    ("contact.name", "author.name"),
    ("agent.first_name", "agent.first_name"),
    ("agent.name", "agent.name"),
    ("conversation.id", "case.number"),
    ("account.name", "brand.name"),
];

/// Reads a list of canned responses and macros, bare or as the API wraps it.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let file = super::json(text)?;
    let list = ["payload", "canned_responses", "macros", "data"]
        .iter()
        .find_map(|name| file.get(name).and_then(Value::as_array))
        .or_else(|| file.as_array());
    let single = std::slice::from_ref(&file);
    let records = list.map_or(single, Vec::as_slice);
    let mut read = Drafts::default();
    for (at, record) in records.iter().enumerate() {
        let fields = record.as_object();
        let draft = match fields {
            Some(fields) if fields.contains_key("short_code") || fields.contains_key("content") => Some(canned(fields)),
            Some(fields) if fields.get("actions").is_some_and(Value::is_array) => Some(macro_of(fields)),
            _ => None,
        };
        match draft {
            Some(draft) => read.drafts.push(draft),
            None if list.is_none() => return Err(ImportError::not_this(Format::Chatwoot)),
            None => read.note(Level::Refused, Msg::new("exchange_no_record").with("number", at + 1)),
        }
    }
    Ok(read)
}

fn canned(record: &Map<String, Value>) -> Draft {
    let text = |field: &str| record.get(field).and_then(text_of).unwrap_or_default();
    let content = text("content");
    let mut draft = Draft::new(Format::Chatwoot, None, &content);
    let short_code = text("short_code");
    draft.template.title = short_code.trim().to_owned();
    draft.template.trigger = trigger(&short_code);
    let id = text("id");
    draft.known_as(if id.is_empty() { short_code } else { format!("canned/{id}") });
    write(&content, &mut draft);
    draft
}

fn macro_of(record: &Map<String, Value>) -> Draft {
    let text = |field: &str| record.get(field).and_then(text_of).unwrap_or_default();
    let actions: Vec<(String, Vec<String>)> = record
        .get("actions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|action| {
            let name = action.get("action_name").or_else(|| action.get("name")).and_then(text_of)?;
            let values = match action.get("action_params").or_else(|| action.get("params")) {
                Some(Value::Array(values)) => values.iter().filter_map(text_of).collect(),
                Some(value) => text_of(value).into_iter().collect(),
                None => Vec::new(),
            };
            Some((name, values))
        })
        .collect();
    let messages: Vec<&str> =
        actions.iter().filter(|(name, _)| name == "send_message").flat_map(|(_, v)| v).map(String::as_str).collect();
    let message = messages.join("\n\n");
    let mut draft = Draft::new(Format::Chatwoot, None, &message);
    draft.template.title = text("name").trim().to_owned();
    let id = text("id");
    draft.known_as(if id.is_empty() { text("name") } else { format!("macro/{id}") });
    if messages.len() > 1 {
        draft.note(Level::Changed, Msg::new("exchange_joined").with("count", messages.len()));
    }
    write(&message, &mut draft);
    for (name, values) in &actions {
        act(&mut draft, name, values);
    }
    draft
}

fn act(draft: &mut Draft, name: &str, values: &[String]) {
    let actions = &mut draft.template.actions;
    let value = values.first().map(String::as_str).unwrap_or_default();
    match name {
        "send_message" => {}
        "add_label" => {
            actions.tags = tags(actions.tags.iter().chain(values).map(String::as_str));
        }
        "assign_team" if is_name(value) => actions.department = Some(value.to_owned()),
        "assign_agent" | "assign_best_agent" if is_name(value) && value != "self" => {
            actions.assignee = Some(value.to_owned());
        }
        "resolve" | "resolve_conversation" => actions.status = Some(Status::Resolved),
        "change_status" if status(value).is_some() => actions.status = status(value),
        "send_attachment" => draft.template.attachment = values.join(", "),
        _ => undone(draft, name, &Value::from(values.to_vec())),
    }
}

fn status(name: &str) -> Option<Status> {
    match name {
        "open" => Some(Status::Open),
        "resolved" => Some(Status::Resolved),
        "pending" => Some(Status::Pending),
        _ => None,
    }
}

/// A text: Liquid, but for what stands in a fenced block.
fn write(text: &str, draft: &mut Draft) {
    let fences: Vec<usize> = text.match_indices("```").map(|(at, _)| at).collect();
    let mut from = 0;
    for pair in fences.chunks_exact(2) {
        let end = pair[1] + 3;
        liquid::convert(&text[from..pair[0]], known, draft);
        draft.body.text(&text[pair[0]..end]);
        from = end;
    }
    liquid::convert(&text[from..], known, draft);
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours)
}
