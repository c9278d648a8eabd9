//! The log as files: CSV for spreadsheets, JSONL of events for keeping and for another Rejoinder.
//!
//! A CSV row is a mention, its columns are [`COLUMNS`]. JSONL is the log itself: taking it in again adds what is new and
//! changes nothing else.

use std::borrow::Cow;
use std::collections::HashSet;

use super::body::{Ground, Moderation};
use super::{Event, Mention, Priority};
use crate::message::Msg;
use crate::site::calendar;

/// The columns of a CSV export. Times are ISO 8601 in UTC; a count that no page showed is empty, which is not zero;
/// notes are `name: text`, one a line.
pub const COLUMNS: [&str; 30] = [
    "key",
    "network",
    "kind",
    "permalink",
    "handle",
    "name",
    "text",
    "published",
    "saved_at",
    "saved_by",
    "status",
    "assignee",
    "department",
    "due",
    "flag",
    "replied",
    "likes",
    "reposts",
    "replies",
    "views",
    "followers",
    "notes",
    "case",
    "tags",
    "case_number",
    "priority",
    "snoozed_until",
    "moderation",
    "moderation_reason",
    "gone",
];

/// The mentions as CSV: UTF-8 with a byte order mark, CRLF, quoted as in RFC 4180. `name` turns a user into the name
/// people know. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
pub fn csv<'a>(mentions: impl IntoIterator<Item = &'a Mention>, name: impl Fn(&str) -> String) -> String {
    let mut out = String::from("\u{feff}");
    push_row(&mut out, COLUMNS.iter().map(|column| Cow::Borrowed(*column)));
    for mention in mentions {
        if let (Some(row), Some(post)) = (mention.row(&name, 0), mention.post()) {
            let (counts, followers) = mention.counts();
            let count =
                |count: Option<crate::site::post::Count>| count.map(|c| c.value.to_string()).unwrap_or_default();
            let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
            let notes: Vec<String> = row.notes.iter().map(|note| format!("{}: {}", note.by, note.text)).collect();
            let kind = match post.kind {
                crate::site::post::PostKind::Post => "post",
                crate::site::post::PostKind::Comment => "comment",
            };
            let cells: [String; COLUMNS.len()] = [
                row.key.0,
                row.network,
                kind.to_owned(),
                row.permalink,
                row.handle.unwrap_or_default(),
                row.name.unwrap_or_default(),
                row.text,
                row.published.map(iso).unwrap_or_default(),
                iso(row.saved_at),
                row.saved_by,
                row.status.name().to_owned(),
                row.assignee.unwrap_or_default(),
                row.department.unwrap_or_default(),
                mention.due.map(iso).unwrap_or_default(),
                yes(row.flag),
                yes(row.replied),
                count(counts.likes),
                count(counts.reposts),
                count(counts.replies),
                count(counts.views),
                count(followers),
                notes.join("\n"),
                mention.case.0.clone(),
                row.tags.join(", "),
                mention.case.number(),
                row.priority.map(Priority::name).unwrap_or_default().to_owned(),
                row.snoozed.map(iso).unwrap_or_default(),
                name_in(&Moderation::ALL, row.moderated.action),
                name_in(&Ground::ALL, row.moderated.reason),
                yes(row.gone),
            ];
            push_row(&mut out, cells.into_iter().map(Cow::Owned));
        }
    }
    out
}

/// The name of what was chosen; empty = nothing was.
fn name_in<T: PartialEq + Copy>(all: &[(T, &str)], chosen: Option<T>) -> String {
    all.iter().find(|(one, _)| Some(*one) == chosen).map(|(_, name)| (*name).to_owned()).unwrap_or_default()
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        push_cell(out, &cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
    // The wide forms too: spreadsheets in East Asian settings read them as the narrow ones.
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        out.push('"');
        out.push_str(guard);
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
}

/// `2026-11-21T09:30:00Z`.
fn iso(ms: i64) -> String {
    calendar::iso(ms - ms.rem_euclid(1000))
}

/// The events as JSONL: canonical JSON, one a line.
pub fn jsonl<'a>(events: impl IntoIterator<Item = &'a Event>) -> String {
    let mut out = String::new();
    for event in events {
        out.push_str(&event.text());
        out.push('\n');
    }
    out
}

/// What a file of events holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// Its events, each once. Apply them in one transaction; an event whose id is there already is known.
    pub events: Vec<Event>,
    /// Lines that were skipped, and why.
    pub problems: Vec<Problem>,
}

/// A line that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line number, from 1.
    pub line: usize,
    /// Why, with the line number as argument `line`.
    pub why: Msg,
}

/// Reads a file of events. A line that is no event, or whose content is not what its hash says, is skipped and listed;
/// empty lines are nothing.
pub fn import(text: &str) -> Import {
    let mut import = Import::default();
    let mut known = HashSet::new();
    for read in (1..).zip(text.lines()).filter_map(|(number, line)| read_line(number, line)) {
        match read {
            Ok(event) if known.insert(event.id.clone()) => import.events.push(event),
            Ok(_) => {}
            Err(problem) => import.problems.push(problem),
        }
    }
    import
}

/// Reads line `number` of a file of events; `None` for an empty one.
pub fn read_line(number: usize, line: &str) -> Option<Result<Event, Problem>> {
    let line = line.trim_start_matches('\u{feff}');
    if line.trim().is_empty() {
        return None;
    }
    let problem = |key: &str| Problem { line: number, why: Msg::new(key).with("line", number) };
    let read = match Event::from_text(line) {
        Ok(mut event) => {
            if event.h.is_empty() {
                event.h = event.hash();
            }
            if event.is_intact() { Ok(event) } else { Err(problem("log_import_changed")) }
        }
        Err(error) if error.is_data() => {
            let Problem { line, why } = problem("log_import_not_event");
            Err(Problem { line, why: why.with("detail", detail(&error)) })
        }
        Err(error) => {
            let Problem { line, why } = problem("log_import_not_json");
            Err(Problem { line, why: why.with("column", error.column()) })
        }
    };
    Some(read)
}

/// The error without its place, which the line number gives better.
fn detail(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(cell: &str, expect: &str) {
        let mut out = String::new();
        push_cell(&mut out, cell);
        assert_eq!(out, expect);
    }

    #[test]
    fn cells_are_quoted_and_formulas_neutralised() {
        check("plain", "plain");
        check("", "");
        check("a,b", "\"a,b\"");
        check("say \"hi\"", "\"say \"\"hi\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@ana", "'@ana");
        check("\tx", "'\tx");
        check("\rx", "\"'\rx\"");
        check("＝1", "'＝1");
        check("a=1", "a=1");
        check("'quoted'", "'quoted'");
    }

    #[test]
    fn times_are_iso_in_utc() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(1_795_000_000_000), "2026-11-18T11:06:40Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn a_bad_line_is_named_and_skipped() {
        let hlc = super::super::Hlc::new(5, 0);
        let good = format!(r#"{{"_id":"i","t":"x","hlc":"{hlc}"}}"#);
        let forged = format!(r#"{{"_id":"j","t":"x","hlc":"{hlc}","h":"{}"}}"#, "0".repeat(32));
        let text = format!("\u{feff}{good}\r\n\n{{\"_id\":\n{good}\n{forged}\n{{\"t\":\"x\"}}\n");
        let import = import(&text);
        assert_eq!(import.events.len(), 1);
        let problems: Vec<_> = import.problems.iter().map(|p| (p.line, p.why.key.as_str())).collect();
        assert_eq!(problems, [(3, "log_import_not_json"), (5, "log_import_changed"), (6, "log_import_not_event")]);
    }

    proptest! {
        #[test]
        fn no_cell_starts_a_formula_and_every_cell_reads_back(cell in "(?s).*") {
            let mut out = String::new();
            push_cell(&mut out, &cell);
            let read = match out.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(inner) => inner.replace("\"\"", "\""),
                None => { prop_assert!(!out.contains([',', '\n', '\r'])); out }
            };
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert!(read == cell || read.strip_prefix('\'') == Some(&cell));
        }

        #[test]
        fn no_file_stops_the_import(text in "(?s).*") {
            let import = import(&text);
            prop_assert!(import.problems.iter().all(|p| p.line >= 1));
        }
    }
}
