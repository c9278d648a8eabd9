//! Zendesk's macros: a reply in Liquid, HTML or plain, and what the macro does with the ticket.

use serde_json::{Map, Value};

use super::draft::{Draft, tags};
use super::{Drafts, Format, ImportError, Level, html, liquid, text_of};
use crate::log::Status;
use crate::message::Msg;

/// What parts the path in a title.
const NESTED: &str = "::";

/// Reads `{"macro": …}`, `{"macros": […]}`, or a list of either.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let file = super::json(text)?;
    let mut read = Drafts::default();
    let list = file.get("macros").and_then(Value::as_array).or_else(|| file.as_array());
    let records = list.map_or(std::slice::from_ref(&file), Vec::as_slice);
    for (at, record) in records.iter().enumerate() {
        let record = record.get("macro").unwrap_or(record);
        match record.as_object().filter(|record| record.get("actions").is_some_and(Value::is_array)) {
            Some(record) => read.drafts.push(macro_of(record)),
            None if list.is_none() => return Err(ImportError::not_this(Format::Zendesk)),
            None => read.note(Level::Refused, Msg::new("exchange_no_record").with("number", at + 1)),
        }
    }
    Ok(read)
}

fn macro_of(record: &Map<String, Value>) -> Draft {
    let text = |field: &str| record.get(field).and_then(text_of).unwrap_or_default();
    let actions: Vec<(String, &Value)> = record
        .get("actions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|action| Some((text_of(action.get("field")?)?, action.get("value").unwrap_or(&Value::Null))))
        .collect();
    let action = |field: &str| actions.iter().find(|(name, _)| name == field).map(|(_, value)| *value);
    let rich = action("comment_value_html").map(words_of).filter(|text| !text.trim().is_empty());
    let comment = rich.clone().or_else(|| action("comment_value").map(words_of)).unwrap_or_default();

    let mut draft = Draft::new(Format::Zendesk, None, &comment);
    draft.known_as(text("id"));
    let title = text("title");
    let mut path: Vec<&str> = title.split(NESTED).map(str::trim).filter(|part| !part.is_empty()).collect();
    draft.template.title = path.pop().unwrap_or_default().to_owned();
    draft.template.folder = path.join("/");
    draft.template.note = text("description");
    draft.template.off = record.get("active") == Some(&Value::Bool(false));
    if record.get("restriction").is_some_and(|restriction| !restriction.is_null()) {
        draft.note(Level::Changed, Msg::new("exchange_restriction"));
    }

    let plain = match rich {
        Some(_) => html::plain(&comment),
        None => html::Plain { text: comment.clone(), lost_form: false },
    };
    if plain.lost_form {
        draft.note(Level::Changed, Msg::new("exchange_form_lost"));
    }
    liquid::convert(&plain.text, known, &mut draft);
    for (field, value) in &actions {
        act(&mut draft, field, value);
    }
    draft
}

/// The value of an action as text: a list is its last part (`["channel:all", "text"]`).
fn words_of(value: &Value) -> String {
    match value {
        Value::Array(parts) => parts.last().and_then(text_of).unwrap_or_default(),
        value => text_of(value).unwrap_or_default(),
    }
}

fn act(draft: &mut Draft, field: &str, value: &Value) {
    let text = words_of(value);
    let actions = &mut draft.template.actions;
    match field {
        "comment_value" | "comment_value_html" => {}
        // Written for colleagues: it must not go out as a reply by accident.
        "comment_mode_is_public" => {
            if text == "false" {
                draft.template.off = true;
                draft.note(Level::Missing, Msg::new("exchange_internal"));
            }
        }
        "status" if status(&text).is_some() => actions.status = status(&text),
        "current_tags" | "set_tags" => {
            actions.tags = tags(actions.tags.iter().map(String::as_str).chain(text.split([' ', ','])));
        }
        "assignee_id" | "assignee" if is_name(&text) && text != "current_user" => actions.assignee = Some(text),
        "group_id" | "group" if is_name(&text) && text != "current_groups" => actions.department = Some(text),
        _ => undone(draft, field, value),
    }
}

/// An action without a counterpart: told, and left as advice.
pub(super) fn undone(draft: &mut Draft, action: &str, value: &Value) {
    let text = match value {
        Value::Null => String::new(),
        Value::Array(parts) => parts.iter().filter_map(text_of).collect::<Vec<_>>().join(", "),
        value => text_of(value).unwrap_or_else(|| value.to_string()),
    };
    let said = if text.is_empty() { action.to_owned() } else { format!("{action}: {text}") };
    draft.advise(&said);
    draft.note(Level::Missing, Msg::new("exchange_action").with("action", said));
}

/// A name, and not the number of a person or group that only the other tool knows.
pub(super) fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.parse::<f64>().is_err()
}

fn status(name: &str) -> Option<Status> {
    match name {
        "new" => Some(Status::New),
        "open" => Some(Status::Open),
        // Zendesk's pending waits for the customer, its hold for somebody else.
        "pending" => Some(Status::Waiting),
        "hold" => Some(Status::Pending),
        "solved" | "closed" => Some(Status::Resolved),
        _ => None,
    }
}

fn known(name: &str) -> Option<&'static str> {
    match name {
        "ticket.requester.first_name" => Some("author.first_name"),
        "ticket.requester.name" | "ticket.requester.full_name" => Some("author.name"),
        "current_user.first_name" | "ticket.assignee.first_name" => Some("agent.first_name"),
        "current_user.name" | "current_user.full_name" | "ticket.assignee.name" => Some("agent.name"),
        "ticket.id" => Some("case.number"),
        "ticket.account" | "ticket.brand.name" => Some("brand.name"),
        "ticket.description" | "ticket.latest_public_comment" | "ticket.latest_comment" => Some("post.text"),
        _ => None,
    }
}
