//! Turns the files that people edit into what the extension reads. Packs and site definitions are TOML, which is good to
//! write and costs a parser; catalogues carry notes for translators. Each becomes compact JSON of the same
//! name below `OUT_DIR`. Nothing is checked here beyond the syntax: tests read the sources and compare.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for folder in ["packs", "sites", "_locales"] {
        println!("cargo:rerun-if-changed=extension/{folder}");
        convert(&Path::new("extension").join(folder), &out.join(folder))?;
    }
    Ok(())
}

/// Every file of a folder and the folders in it.
fn convert(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            convert(&path, &to.join(name))?;
            continue;
        }
        let source = fs::read_to_string(&path)?;
        let fault = |error: &dyn Error| format!("{}: {error}", path.display());
        let value = match path.extension().and_then(|ending| ending.to_str()) {
            Some("toml") => without_examples(toml::from_str(&source).map_err(|error| fault(&error))?),
            Some("json") => sentences(serde_json::from_str(&source).map_err(|error| fault(&error))?),
            _ => continue,
        };
        fs::write(to.join(name).with_extension("json"), serde_json::to_vec(&value)?)?;
    }
    Ok(())
}

/// A pack's rules carry examples, which run as tests and have no work in a browser.
fn without_examples(mut file: Value) -> Value {
    let rules = file.get_mut("rule").and_then(Value::as_array_mut).into_iter().flatten();
    for rule in rules.filter_map(Value::as_object_mut) {
        rule.remove("examples");
    }
    file
}

/// What only pages say, by how its keys begin. A test looks that the background names none of them.
const PAGES_ONLY: [&str; 16] = [
    "card_",
    "command_",
    "description_",
    "exchange_",
    "first_run_",
    "guard_check_",
    "guard_fix_",
    "guard_hint_",
    "health_",
    "library_",
    "log_",
    "options_",
    "point_",
    "popup_",
    "practice_",
    "sites_",
];
/// What the background says too, of those.
const SAID_BY_BOTH: [&str; 6] =
    ["card_who", "card_why_", "first_run_department_", "first_run_sample_", "log_import_", "log_status_"];

/// A catalogue's sentences by key, without the notes; for the background alone without what only pages say.
fn sentences(catalogue: Map<String, Value>) -> Value {
    let pages = ["CARGO_FEATURE_UI", "CARGO_FEATURE_CLI", "CARGO_FEATURE_EXCHANGE"]
        .iter()
        .any(|feature| env::var_os(feature).is_some());
    let begins = |key: &str, with: &[&str]| with.iter().any(|begin| key.starts_with(begin));
    let wanted = |key: &String| pages || !begins(key, &PAGES_ONLY) || begins(key, &SAID_BY_BOTH);
    let sentences = catalogue.into_iter().filter(|(key, _)| wanted(key));
    sentences.map(|(key, mut entry)| (key, entry["message"].take())).collect::<Map<_, _>>().into()
}
