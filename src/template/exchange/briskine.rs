//! Briskine's CSV. Its two exporters differ: in 2018 every cell was a JSON string, from 2019 on cells are quoted as
//! in any CSV. Bodies are HTML with Handlebars.

use super::draft::{Draft, tags, trigger};
use super::table::{self, Row};
use super::{Drafts, Format, ImportError, Level, handlebars, html};
use crate::message::Msg;

/// Reads either dialect.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let text = text.trim_start_matches(['\r', '\n']);
    let (header, rest) = text.split_once('\n').unwrap_or((text, ""));
    let columns: Vec<String> = header.split(',').map(|name| table::name_of(name.trim_matches(['"', '\r']))).collect();
    let column = |name: &str| columns.iter().position(|column| column == name);
    let Some(body) = column("body") else {
        return Err(ImportError { line: 1, ..ImportError::not_this(Format::Briskine) });
    };
    let rows = if is_of_2018(&columns, rest) { json_rows(rest)? } else { table::rows(text, b',').split_off(1) };
    let mut read = Drafts::default();
    for row in rows {
        let cell = row.cell(Some(body));
        let mut draft = Draft::new(Format::Briskine, Some(row.line), cell);
        let title = row.word(column("title")).unwrap_or_default();
        let shortcut = row.word(column("shortcut")).unwrap_or_default();
        draft.template.title = title.to_owned();
        draft.template.trigger = trigger(shortcut);
        draft.known_as(row.word(column("id")).unwrap_or(if shortcut.is_empty() { title } else { shortcut }));
        draft.template.tags = tags(row.cell(column("tags")).split(','));
        // What only a mail has.
        for field in ["subject", "to", "cc", "bcc"] {
            if let Some(value) = row.word(column(field)) {
                draft.advise_of(field, value);
            }
        }
        let plain = html::plain(cell);
        if plain.lost_form {
            draft.note(Level::Changed, Msg::new("exchange_form_lost"));
        }
        handlebars::convert(&plain.text, &mut draft);
        read.drafts.push(draft);
    }
    Ok(read)
}

/// The header decides where it can: six columns are of 2018, nine later. Else a backslash before a quote does.
fn is_of_2018(columns: &[String], rows: &str) -> bool {
    let first = rows.lines().next().unwrap_or_default();
    let json = json_row(first).is_some_and(|cells| cells.len() == columns.len());
    match columns.len() {
        6 => json || rows.contains("\\\""),
        9 => false,
        _ => rows.contains("\\\"") && json,
    }
}

/// Rows whose cells are JSON strings; a line is a row.
fn json_rows(text: &str) -> Result<Vec<Row>, ImportError> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = at as u32 + 2;
        let Some(cells) = json_row(line) else {
            return Err(ImportError { msg: Msg::new("exchange_bad_row"), line: line_number, column: 0 });
        };
        rows.push(Row { line: line_number, cells });
    }
    Ok(rows)
}

/// One such row; a bare cell is empty or `null`, a bare word or a number.
fn json_row(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = line.trim_end_matches('\r');
    loop {
        let (cell, after) = if rest.starts_with('"') {
            let end = closing_quote(rest)?;
            (serde_json::from_str(&rest[..=end]).ok()?, &rest[end + 1..])
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let bare = rest[..end].trim();
            (if bare == "null" { String::new() } else { bare.to_owned() }, &rest[end..])
        };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None if after.trim().is_empty() => return Some(cells),
            None => return None,
        }
    }
}

/// Where the string that begins the text ends.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at),
            _ => {}
        }
    }
    None
}
