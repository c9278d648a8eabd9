//! Readings from a table: `time,count` and, where it is told, `seen`.
//!
//! Named columns in any order, in English or Spanish, or these three without names; commas, semicolons or tabs. A line
//! that cannot be read is named, never passed over.

use super::hour::Reading;
use crate::message::Msg;
use crate::site::times::stamp;
use crate::text::fold;

/// Larger than any count, and small enough to be summed.
const MOST: f64 = 1e15;
const TIME: &[&str] = &["time", "timestamp", "date", "datetime", "hour", "hora", "fecha", "tiempo", "ts"];
const COUNT: &[&str] = &["count", "value", "mentions", "n", "total", "cuenta", "menciones", "valor", "recuento"];
const SEEN: &[&str] = &["seen", "posts seen", "vistos", "vistas", "publicaciones vistas"];

/// A line that is no reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: u32,
    /// What is wrong.
    pub msg: Msg,
}

/// Where the cells stand.
struct Columns {
    time: usize,
    count: usize,
    seen: Option<usize>,
}

/// Reads a table; blank lines are passed over.
pub fn read(text: &str) -> Result<Vec<Reading>, BadLine> {
    let text = text.trim_start_matches('\u{feff}');
    let mut columns = Columns { time: 0, count: 1, seen: Some(2) };
    let mut readings = Vec::new();
    let mut separator = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let is_first = separator.is_none();
        let separator =
            *separator.get_or_insert_with(|| [';', '\t'].into_iter().find(|c| line.contains(*c)).unwrap_or(','));
        let cells: Vec<&str> = line.split(separator).map(|cell| cell.trim().trim_matches('"').trim()).collect();
        let bad = |msg: Msg| BadLine { line: at as u32 + 1, msg };
        if is_first && stamp(cells[0]).is_none() {
            columns = named(&cells).map_err(bad)?;
        } else {
            readings.push(reading(&cells, &columns).map_err(bad)?);
        }
    }
    Ok(readings)
}

/// The columns of a header.
fn named(cells: &[&str]) -> Result<Columns, Msg> {
    let names: Vec<String> = cells.iter().map(|cell| fold::words(cell)).collect();
    let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    match (find(TIME), find(COUNT)) {
        (Some(time), Some(count)) => Ok(Columns { time, count, seen: find(SEEN) }),
        (None, _) => Err(Msg::new("spike_table_no_time").with("written", cells[0])),
        (_, None) => Err(Msg::new("spike_table_no_count")),
    }
}

fn reading(cells: &[&str], columns: &Columns) -> Result<Reading, Msg> {
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let at =
        stamp(cell(columns.time)).ok_or_else(|| Msg::new("spike_table_no_time").with("written", cell(columns.time)))?;
    let number = |written: &str| {
        let value = written.parse::<f64>().ok().filter(|value| (0.0..MOST).contains(value));
        value.ok_or_else(|| Msg::new("spike_table_no_number").with("written", written))
    };
    let count = number(cell(columns.count))?;
    let seen = columns.seen.map(cell).filter(|cell| !cell.is_empty()).map(number).transpose()?;
    if seen.is_some_and(|seen| seen < count) {
        return Err(Msg::new("spike_table_more_than_seen").with("count", count).with("seen", seen.unwrap_or_default()));
    }
    Ok(Reading { at, count, seen })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(i64, f64, Option<f64>)]) {
        let read: Vec<_> = read(text).unwrap().iter().map(|r| (r.at / 1000, r.count, r.seen)).collect();
        assert_eq!(read, expect, "{text:?}");
    }

    #[test]
    fn tables_as_programs_write_them() {
        let hour = 1_427_846_400;
        check(
            "time,count\n2015-04-01T00:00:00Z,3\n2015-04-01 01:00:00,4\n",
            &[(hour, 3.0, None), (hour + 3600, 4.0, None)],
        );
        check("2015-04-01T02:00+02:00,3,90\n\n1427850000,4,\n", &[(hour, 3.0, Some(90.0)), (hour + 3600, 4.0, None)]);
        check("1427846400000;3\r\n", &[(hour, 3.0, None)]);
        check("\u{feff}\"value\"\t\"Timestamp\"\n\"7\"\t\"2015-04-01 00:00\"\n", &[(hour, 7.0, None)]);
        check("Fecha;Menciones;Vistos\n2015-04-01;3;8\n", &[(hour, 3.0, Some(8.0))]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "(\\PC{0,6}|time|count|2026-03-01|[,;\"\t\n]|[0-9.e-]{1,5}){0,12}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn a_bad_line_is_named() {
        for (text, line, key) in [
            ("when,count\n", 1, "spike_table_no_time"),
            ("time,sum\n", 1, "spike_table_no_count"),
            ("time,count\n2015-04-01,3\n\nyesterday,4\n", 4, "spike_table_no_time"),
            ("2015-04-01,many\n", 1, "spike_table_no_number"),
            ("2015-04-01\n", 1, "spike_table_no_number"),
            ("2015-04-01,-1\n", 1, "spike_table_no_number"),
            ("2015-04-01,NaN\n", 1, "spike_table_no_number"),
            ("2015-04-01,4,3\n", 1, "spike_table_more_than_seen"),
        ] {
            let bad = read(text).unwrap_err();
            assert_eq!((bad.line, bad.msg.key.as_str()), (line, key), "{text:?}");
        }
    }
}
