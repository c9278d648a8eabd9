//! FreeScout's saved replies: `{%customer.firstName,fallback=there%}` in pasted text, or in CSV of names and texts.
//!
//! FreeScout writes no file of its own, so the text of one reply is taken as it is, and CSV with or without names of
//! columns.

use super::draft::{Draft, tags};
use super::html;
use super::{Drafts, Format, ImportError, Level, table};
use crate::message::Msg;

/// Columns that hold the text.
const TEXT: [&str; 7] = ["text", "body", "content", "texto", "cuerpo", "contenido", "respuesta"];
/// Columns that hold the name.
const NAME: [&str; 5] = ["name", "title", "nombre", "titulo", "subject"];

/// Reads pasted text or CSV.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    if text.trim().is_empty() {
        return Err(ImportError { msg: Msg::new("exchange_empty_file"), line: 0, column: 0 });
    }
    let mut read = Drafts::default();
    let rows = table::rows(text, table::separator(text));
    // CSV is told by two cells in every row; a comma in a sentence is no column.
    let width = rows.first().map_or(0, |row| row.cells.len());
    let is_table = (2..=8).contains(&width) && rows.iter().all(|row| row.cells.len() == width);
    let names: Vec<String> = rows.iter().take(1).flat_map(|row| &row.cells).map(|cell| table::name_of(cell)).collect();
    let column = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let named = column(&NAME).zip(column(&TEXT));
    let quoted = text.trim_start().starts_with('"');
    if !is_table || (named.is_none() && !(quoted && width == 2)) {
        read.drafts.push(reply("", text.trim(), 1));
        return Ok(read);
    }
    let (name, body) = named.unwrap_or((0, 1));
    for row in rows.iter().skip(usize::from(named.is_some())) {
        let mut draft = reply(row.cell(Some(name)).trim(), row.cell(Some(body)), row.line);
        for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| *at != name && *at != body) {
            let column = names.get(at).map(String::as_str).unwrap_or_default();
            if matches!(column, "tags" | "etiquetas") {
                draft.template.tags = tags(cell.split([',', ';']));
            } else if !cell.trim().is_empty() && column != "id" {
                draft.advise_of(column, cell);
            }
        }
        read.drafts.push(draft);
    }
    Ok(read)
}

fn reply(title: &str, cell: &str, line: u32) -> Draft {
    let mut draft = Draft::new(Format::FreeScout, Some(line), cell);
    draft.template.title = title.to_owned();
    draft.known_as(title);
    let plain = html::plain(cell);
    if plain.lost_form {
        draft.note(Level::Changed, Msg::new("exchange_form_lost"));
    }
    convert(&plain.text, &mut draft);
    draft
}

/// `{%name%}` and `{%name,fallback=text%}` in a text.
fn convert(text: &str, draft: &mut Draft) {
    let mut rest = text;
    while let Some(at) = rest.find("{%") {
        let Some(inner) = rest[at + 2..].find("%}").map(|end| &rest[at + 2..at + 2 + end]) else { break };
        draft.body.text(&rest[..at]);
        let end = at + inner.len() + 4;
        let source = &rest[at..end];
        let (name, fallback) = match inner.split_once(",fallback=") {
            Some((name, fallback)) => (name.trim(), Some(fallback)),
            None => (inner.trim(), None),
        };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '.');
        if is_name && !fallback.is_some_and(|text| text.contains('}')) {
            draft.print(name, known(name), fallback);
        } else {
            draft.keep(source);
        }
        rest = &rest[end..];
    }
    draft.body.text(rest);
}

fn known(name: &str) -> Option<&'static str> {
    match name {
        "customer.firstName" => Some("author.first_name"),
        "customer.fullName" => Some("author.name"),
        "user.firstName" => Some("agent.first_name"),
        "user.fullName" => Some("agent.name"),
        "conversation.number" => Some("case.number"),
        "mailbox.name" | "mailbox.fromName" => Some("brand.name"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::template::exchange::{Format, import};

    #[test]
    fn signs_that_are_no_placeholder_stay_as_they_are() {
        for text in ["{%}", "a {%} b", "{%", "{%%}", "%} {% %", "{%}%} x", "é{%}é%}"] {
            assert!(import(Format::FreeScout, text).is_ok(), "{text}");
        }
    }
}
