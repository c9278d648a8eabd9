//! `rejoinder check --vale`: files against Vale's rules, told as Vale tells it.

use std::path::{Path, PathBuf};

use rejoinder::text::OffsetMap;
use rejoinder::voice::spelling::Speech;
use rejoinder::voice::spelling::hunspell::Files;
use rejoinder::voice::vale::{Alert, Outcome as Became, Setup, read_folder};
use serde_json::{Value, json};

use crate::check::Format;
use crate::{Outcome, Problem, input};

/// Checks `files` with the setup in `folder`. What is not imported, and what is left out, goes to standard error.
pub fn run(folder: &Path, dictionaries: Option<&Path>, files: &[PathBuf], format: Format) -> Result<Outcome, Problem> {
    let wrong = |error: rejoinder::voice::vale::SetupError| format!("--vale {error}");
    let mut all = read_folder(folder).map_err(wrong)?;
    if let Some(dictionaries) = dictionaries {
        let Files { affixes, words } = Speech::American.files();
        let parts = words.iter().map(|name| input(&dictionaries.join(name))).collect::<Result<Vec<_>, _>>()?;
        all.bring(input(&dictionaries.join(affixes))?, parts.concat());
    }
    let setup = Setup::read(&all).map_err(wrong)?;
    let is_configuration = folder.is_file() && folder.extension().is_none_or(|ext| !ext.eq_ignore_ascii_case("zip"));
    let home = if is_configuration { folder.parent().unwrap_or(folder) } else { folder };
    for entry in setup.report.iter().filter(|entry| entry.outcome != Became::Imported) {
        eprintln!("{}{entry}", home.join("").display());
    }
    let texts = files.iter().map(|file| input(file)).collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::new();
    let mut fine = true;
    for (file, text) in files.iter().zip(&texts) {
        // What comes without a name is plain text.
        let name = if file.as_os_str() == "-" { "stdin.txt".to_owned() } else { file.display().to_string() };
        let checked = setup.check(&name, text);
        for problem in &checked.problems {
            eprintln!("{name}: {problem}");
        }
        fine &= checked.alerts.is_empty();
        match format {
            Format::Line => checked.alerts.iter().for_each(|alert| println!("{}:{alert}", file.display())),
            Format::Json => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let map = OffsetMap::new(&text);
                rows.extend(checked.alerts.iter().map(|alert| row(file, alert, &map)));
            }
        }
    }
    if format == Format::Json {
        println!("{}", Value::from(rows));
    }
    Ok(if fine { Outcome::Fine } else { Outcome::Findings })
}

fn row(file: &Path, alert: &Alert, map: &OffsetMap) -> Value {
    json!({
        "file": file.display().to_string(),
        "rule": alert.rule,
        "severity": alert.severity,
        "message": alert.message,
        "description": alert.description,
        "link": alert.link,
        "line": alert.line,
        "column": alert.column,
        "start": map.to_utf16(alert.start),
        "end": map.to_utf16(alert.end),
        "matched": alert.matched,
        "suggestions": alert.suggestions,
    })
}
