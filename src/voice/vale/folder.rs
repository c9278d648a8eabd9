//! A setup from the disk, for the command line: the configuration, and of the folder of styles what a setup reads.

use std::path::{Path, PathBuf};

use super::config::Config;
use super::load::CONFIGURATIONS;
use super::{Files, SetupError, clean};

/// Folders deeper than this are no styles; links may run in circles.
const DEPTH: usize = 8;

/// Reads the setup in a folder, or that of a configuration's file.
pub fn read_folder(path: &Path) -> Result<Files, SetupError> {
    let fault = |path: &Path, what: String| SetupError { path: path.display().to_string(), line: None, what };
    let mut files = Files::default();
    let (folder, ini) = if path.is_dir() {
        let ini = CONFIGURATIONS.iter().map(|name| path.join(name)).find(|path| path.is_file());
        (path.to_owned(), ini)
    } else if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("zip")) {
        let bytes = std::fs::read(path).map_err(|error| fault(path, error.to_string()))?;
        return Files::from_zip(&path.display().to_string(), &bytes);
    } else if path.is_file() {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        (folder.map_or_else(|| PathBuf::from("."), Path::to_owned), Some(path.to_owned()))
    } else {
        return Err(fault(
            path,
            "there is no such folder or file; give a folder of styles, a zip archive of one, or a .vale.ini".to_owned(),
        ));
    };
    let Some(ini) = ini else {
        // A folder of rules is a style by its own name.
        let is_style = std::fs::read_dir(&folder)
            .map_err(|error| fault(&folder, error.to_string()))?
            .flatten()
            .any(|entry| entry.path().extension().is_some_and(|ext| ext == "yml"));
        let name = folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
        let key = name.filter(|_| is_style).unwrap_or_default();
        read(&folder, &key, DEPTH, &mut files);
        return Ok(files);
    };
    let text = std::fs::read(&ini).map_err(|error| fault(&ini, error.to_string()))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let config = Config::parse(&ini.display().to_string(), &text)?;
    if let Some(styles) = config.styles_path.filter(|styles| !styles.is_empty()) {
        let place = folder.join(&styles);
        if !place.is_dir() {
            return Err(fault(&ini, format!("StylesPath: there is no folder {}", place.display())));
        }
        read(&place, &clean(&styles), DEPTH, &mut files);
        elsewhere(&[&folder, &place], &mut files);
    }
    files.insert(CONFIGURATIONS[0], text);
    Ok(files)
}

/// The folders and files outside the styles in which rules say that their dictionaries lie.
fn elsewhere(from: &[&Path], files: &mut Files) {
    let rules = files.iter().filter(|(path, text)| path.ends_with(".yml") && text.contains("spelling"));
    let named = rules.flat_map(|(_, text)| text.lines()).filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (["dicpath", "aff", "dic"].contains(&key.trim()) && !value.is_empty()).then(|| value.to_owned())
    });
    for name in named.collect::<Vec<_>>() {
        let places = from.iter().map(|folder| folder.join(&name)).chain([PathBuf::from(&name)]);
        let Some(place) = places.into_iter().find(|place| place.exists()) else { continue };
        if place.is_dir() {
            read(&place, &clean(&name), 0, files);
        } else if let Ok(bytes) = std::fs::read(&place) {
            files.insert(&name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

fn read(folder: &Path, key: &str, depth: usize, files: &mut Files) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let path = entry.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let key = if key.is_empty() { name.to_owned() } else { format!("{key}/{name}") };
        if path.is_dir() {
            if depth > 0 && !matches!(name, ".git" | "node_modules" | "target") {
                read(&path, &key, depth - 1, files);
            }
        } else if path.extension().is_some_and(|ext| ["yml", "txt", "aff", "dic"].iter().any(|known| ext == *known))
            && let Ok(bytes) = std::fs::read(&path)
        {
            files.insert(&key, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}
