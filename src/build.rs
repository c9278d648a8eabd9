//! Turns the files that people edit into what the extension reads: packs and site definitions are TOML, which is good to
//! write and costs a parser. Each becomes compact JSON of the same name below `OUT_DIR`. Nothing is checked here beyond
//! the syntax: tests read the sources and compare.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for folder in ["packs", "sites"] {
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
        let value = without_examples(toml::from_str(&source).map_err(|error| fault(&error))?);
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
