//! The tree keeps its own rules: what may be named where, how long a file may be, what must not be left behind.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files below `folder` (relative to the package) with one of these endings, as (relative path, text).
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "node_modules" {
                walk(&path, into);
            } else if path.is_file() {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&Path::new(ROOT).join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .map(|path| {
            let relative = path.strip_prefix(ROOT).unwrap().to_string_lossy().into_owned();
            (relative, fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        })
        .collect()
}

/// Fails with every line of `files` that holds one of `words`, unless `allowed(path, line)`.
#[track_caller]
fn absent(files: &[(String, String)], words: &[&str], allowed: impl Fn(&str, &str) -> bool) {
    let found: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(at, line)| (path, at + 1, line)))
        .filter(|(path, _, line)| words.iter().any(|word| line.contains(word)) && !allowed(path, line))
        .map(|(path, at, line)| format!("{path}:{at}: {}", line.trim()))
        .collect();
    assert!(found.is_empty(), "found where it must not be:\n{}", found.join("\n"));
}

#[test]
fn only_the_edges_name_a_browser_type() {
    let edge = |path: &str| ["src/browser/", "src/ui/", "src/bin/"].iter().any(|folder| path.starts_with(folder));
    absent(&files("src", &[".rs"]), &["web_sys", "js_sys", "wasm_bindgen"], |path, _| edge(path));
}

#[test]
fn only_the_browser_folder_sends_requests() {
    let words = ["fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon"];
    // The practice page reads its own words and people from the package.
    absent(&files("extension", &[".js"]), &words, |path, _| path == "extension/pages/practice.js");
    absent(&files("src", &[".rs"]), &["fetch_with", "XmlHttpRequest", "WebSocket"], |path, _| {
        path.starts_with("src/browser/")
    });
}

#[test]
fn page_content_never_becomes_markup_or_code() {
    let words = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"];
    absent(&files("extension", &[".js"]), &words, |_, _| false);
    absent(&files("src", &[".rs"]), &["inner_html", "set_inner_html", "insert_adjacent_html"], |_, _| false);
}

/// The scripts that run in other people's pages: the agent and the pointing tool.
fn in_pages() -> Vec<(String, String)> {
    [files("extension/agent", &[".js"]), files("extension/point", &[".js"])].concat()
}

#[test]
fn the_page_agent_names_no_network() {
    let networks = [
        "twitter",
        "linkedin",
        "facebook",
        "instagram",
        "threads",
        "pinterest",
        "reddit",
        "youtube",
        "tiktok",
        "mastodon",
        "bluesky",
        "nodebb",
        "askbot",
        "flaskbb",
        "discourse",
        "phpbb",
    ];
    let agent: Vec<_> = in_pages().into_iter().map(|(path, text)| (path, text.to_lowercase())).collect();
    absent(&agent, &networks, |_, _| false);
}

#[test]
fn the_page_agents_files_stay_short() {
    let long: Vec<_> = in_pages()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 300)
        .collect();
    assert!(long.is_empty(), "over 300 lines: {long:?}");
}

#[test]
fn a_file_of_the_core_holds_one_idea() {
    let long: Vec<_> = files("src", &[".rs"])
        .into_iter()
        .map(|(path, text)| (path, text.split("#[cfg(test)]").next().unwrap_or_default().lines().count()))
        .filter(|(path, lines)| *lines > 600 && path != "src/protocol.rs")
        .collect();
    assert!(long.is_empty(), "over 600 lines before its tests: {long:?}");
}

#[test]
fn our_frame_never_speaks_to_its_parent() {
    let words = ["parent.postMessage", "window.parent", "window.top", "opener"];
    absent(&files("extension/pages", &[".js"]), &words, |_, _| false);
    absent(&files("src/ui", &[".rs"]), &["parent()", "post_message_with", "opener()"], |_, _| false);
}

#[test]
fn nothing_is_left_half_done() {
    // Put together here, so that this file does not find itself.
    let words = ["#[ig", "nore", "todo", "!(", "unimplemented", "it.sk", "test.sk", "ip(", ".on", "ly("];
    let [ig, nore, todo, bang, unimplemented, it, test, ip, on, ly] = words;
    let words = [
        format!("{ig}{nore}"),
        format!("{todo}{bang}"),
        format!("{unimplemented}{bang}"),
        format!("{it}{ip}"),
        format!("{test}{ip}"),
        format!("{on}{ly}"),
    ];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    for folder in ["src", "extension", "tests"] {
        absent(&files(folder, &[".rs", ".js", ".mjs"]), &words, |_, _| false);
    }
}

#[test]
fn the_top_level_holds_what_a_newcomer_expects() {
    let expected = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "build.sh",
        "dist",
        "extension",
        "src",
        "target",
        "tests",
    ];
    let extra: Vec<_> = fs::read_dir(ROOT)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !expected.contains(&name.as_str()))
        .collect();
    assert!(extra.is_empty(), "{extra:?}");
}

#[test]
fn wasm_bindgen_has_one_exact_version() {
    let version = |text: &str, start: &str| -> String {
        let rest = &text[text.find(start).unwrap() + start.len()..];
        rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect()
    };
    let cargo = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let lock = fs::read_to_string(Path::new(ROOT).join("Cargo.lock")).unwrap();
    assert_eq!(
        version(&cargo, "wasm-bindgen = \"="),
        version(&lock, "name = \"wasm-bindgen\"\nversion = \""),
        "the crate and its command-line tool must be the same"
    );
}

/// A misspelt key would be shown as it is, in every language.
#[test]
fn every_word_that_a_page_says_is_in_the_catalogue() {
    let catalogue = fs::read_to_string(Path::new(ROOT).join("extension/_locales/en/messages.json")).unwrap();
    let catalogue: serde_json::Value = serde_json::from_str(&catalogue).unwrap();
    let begins = "card|first_run|health|library|log|options|page|picker|point|popup|sites";
    let key = regex::Regex::new(&format!("\"((?:{begins})_[a-z0-9_]*[a-z0-9])\"")).unwrap();
    let mut found = 0;
    for (name, text) in files("src/ui", &["rs"]) {
        for word in key.captures_iter(&text).map(|found| found[1].to_owned()) {
            found += 1;
            assert!(catalogue.get(&word).is_some(), "{name}: no {word}");
        }
    }
    assert!(found > 200);
}
