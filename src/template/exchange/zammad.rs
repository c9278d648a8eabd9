//! Zammad's text modules: CSV with HTML cells, several values joined by `~~~`, variables as
//! `#{ticket.customer.firstname}`.

use super::draft::{Draft, tags};
use super::html;
use super::{Drafts, Format, ImportError, Level, table};
use crate::message::Msg;

/// What joins several values in a cell.
const JOINED: &str = "~~~";

/// Reads a file of text modules.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let table = table::read(text)?;
    let column = |name: &str| table.column(name);
    let (Some(name), Some(content)) = (column("name"), column("content")) else {
        return Err(ImportError { line: 1, ..ImportError::not_this(Format::Zammad) });
    };
    let columns = ["id", "name", "keywords", "content", "note", "active", "groups"];
    let mut read = Drafts::default();
    for row in &table.rows {
        let cell = row.cell(Some(content));
        let mut draft = Draft::new(Format::Zammad, Some(row.line), cell);
        let title = row.word(Some(name)).unwrap_or_default();
        draft.known_as(row.word(column("id")).unwrap_or(title));
        draft.template.title = title.to_owned();
        draft.template.tags = tags(row.cell(column("keywords")).split(JOINED).flat_map(|words| words.split(',')));
        draft.template.note = row.word(column("note")).unwrap_or_default().to_owned();
        draft.template.off = matches!(row.word(column("active")), Some("false" | "0" | "no"));
        let groups = tags(row.cell(column("groups")).split(JOINED));
        if !groups.is_empty() {
            draft.template.folder = groups[0].clone();
            draft.note(Level::Changed, Msg::new("exchange_groups").with("groups", groups.join(", ")));
        }
        for ((folded, written), cell) in table.columns.iter().zip(&table.written).zip(&row.cells) {
            if !columns.contains(&folded.as_str()) && !cell.trim().is_empty() {
                draft.advise_of(written.trim(), cell);
            }
        }
        let plain = html::plain(cell);
        if plain.lost_form {
            draft.note(Level::Changed, Msg::new("exchange_form_lost"));
        }
        convert(&plain.text, &mut draft);
        read.drafts.push(draft);
    }
    Ok(read)
}

/// `#{…}` in a text.
fn convert(text: &str, draft: &mut Draft) {
    let mut rest = text;
    while let Some(at) = rest.find("#{") {
        let Some(end) = rest[at..].find('}') else { break };
        draft.body.text(&rest[..at]);
        let name = rest[at + 2..at + end].trim();
        let inner = name.strip_prefix("t(").and_then(|name| name.strip_suffix(')'));
        if inner.is_some() {
            draft.note(Level::Changed, Msg::new("exchange_translated").with("name", name));
        }
        let name = inner.unwrap_or(name).trim();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        if name.is_empty() || !name.chars().all(is_name) {
            draft.keep(&rest[at..=at + end]);
        } else {
            draft.print(name, known(name), None);
        }
        rest = &rest[at + end + 1..];
    }
    draft.body.text(rest);
}

fn known(name: &str) -> Option<&'static str> {
    match name {
        "ticket.customer.firstname" => Some("author.first_name"),
        "ticket.customer.fullname" | "ticket.customer.name" => Some("author.name"),
        "user.firstname" | "current_user.firstname" => Some("agent.first_name"),
        "user.fullname" | "user.name" | "current_user.fullname" => Some("agent.name"),
        "ticket.number" | "ticket.id" => Some("case.number"),
        "config.organization" => Some("brand.name"),
        "article.body" | "ticket.article.body" => Some("post.text"),
        _ => None,
    }
}
