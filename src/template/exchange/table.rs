//! CSV as rows of named cells, each with the line it begins on, and back.

use super::ImportError;
use crate::message::Msg;
use crate::text::fold;

/// A file of rows.
#[derive(Debug)]
pub(crate) struct Table {
    /// Names of the columns, in lower case without accents.
    pub(crate) columns: Vec<String>,
    /// The names as the file writes them.
    pub(crate) written: Vec<String>,
    /// The rows that are not blank.
    pub(crate) rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its first line, from 1.
    pub(crate) line: u32,
    /// Its cells.
    pub(crate) cells: Vec<String>,
}

impl Table {
    /// Where the column of that name stands.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

impl Row {
    /// A cell; what is not there is blank.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// A cell without its outer blanks, when it says something.
    pub(crate) fn word(&self, column: Option<usize>) -> Option<&str> {
        Some(self.cell(column).trim()).filter(|word| !word.is_empty())
    }
}

/// The file as a table; commas, semicolons and tabs part cells, as the header has it.
pub(crate) fn read(text: &str) -> Result<Table, ImportError> {
    let mut rows = rows(text, separator(text));
    if rows.is_empty() {
        return Err(ImportError { msg: Msg::new("exchange_empty_file"), line: 0, column: 0 });
    }
    let written = rows.remove(0).cells;
    let columns = written.iter().map(|name| name_of(name)).collect();
    Ok(Table { columns, written, rows })
}

/// The rows of a file that need not have names.
pub(crate) fn rows(text: &str, separator: u8) -> Vec<Row> {
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let row = |record: ::csv::ByteRecord| Row {
        line: lines.of(record.position().map_or(0, ::csv::Position::byte)),
        cells: record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect(),
    };
    let rows = reader.byte_records().filter_map(Result::ok).map(row);
    rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect()
}

/// Counts lines up to where a row begins. The reader's own count stops between the two characters of a line's end.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, byte: u64) -> u32 {
        let mut byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        while matches!(self.text.get(byte), Some(b'\r' | b'\n')) {
            byte += 1;
        }
        let passed = self.text.get(self.at..byte).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at = self.at.max(byte);
        self.line
    }
}

/// A column's name for comparing: "Título " is "titulo".
pub(crate) fn name_of(written: &str) -> String {
    fold::words(written)
}

/// What parts the cells of the first line.
pub(crate) fn separator(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let mut quoted = false;
    let plain: String = header
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted
        })
        .collect();
    let count = |separator: u8| plain.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Rows as CSV (RFC 4180), UTF-8 with a byte order mark, for spreadsheets.
pub(crate) fn write(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail, and every row has the same length.
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe before it, and so does one that begins like a
/// guarded one: taking one away always gives back what was written.
fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell without its guard.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

fn is_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn separators_are_found_in_the_header() {
        assert_eq!(separator("a;b,c;d\n1,2"), b';');
        assert_eq!(separator("\"a;;;b\",c\n"), b',');
        assert_eq!(separator("a\tb"), b'\t');
        assert_eq!(separator("a"), b',');
    }

    #[test]
    fn rows_know_their_lines() {
        let table = read("Título,Text\n\"a\nb\",c\n\n,\nd,\"e\"\"f\"").unwrap();
        assert_eq!(table.columns, ["titulo", "text"]);
        let found: Vec<_> = table.rows.iter().map(|row| (row.line, row.cell(Some(0)), row.cell(Some(1)))).collect();
        assert_eq!(found, [(2, "a\nb", "c"), (6, "d", "e\"f")]);
        assert!(read(" \n").is_err());
        let crlf: Vec<u32> = rows("a\r\n\"b\r\nc\"\r\nd\r\n\r\ne", b',').iter().map(|row| row.line).collect();
        assert_eq!(crlf, [1, 2, 4, 6]);
    }

    proptest! {
        #[test]
        fn cells_come_back(cells in proptest::collection::vec("['=+@a\"\n\r,;]{0,6}|\\PC{0,6}", 2..5)) {
            let header = vec!["h".to_owned(); cells.len()];
            prop_assume!(cells.iter().any(|cell| !cell.trim().is_empty()));
            let text = write([header, cells.clone()]);
            let table = read(text.trim_start_matches('\u{feff}')).unwrap();
            let back: Vec<&str> = table.rows[0].cells.iter().map(|cell| unguarded(cell)).collect();
            prop_assert_eq!(back, cells);
        }
    }
}
