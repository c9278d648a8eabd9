//! What the browsers are told: no more rights than needed, the keys that were promised, files that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn json(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn manifest(name: &str) -> Value {
    json(&format!("extension/manifest.{name}.json"))
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// The page agent's files in the order they are loaded: first the page's own world, then ours.
fn agent_files(base: &Value) -> Vec<String> {
    base["content_scripts"].as_array().unwrap().iter().flat_map(|it| strings(&it["js"])).map(str::to_owned).collect()
}

#[test]
fn rights_are_as_few_as_possible() {
    let (base, chrome, firefox) = (manifest("base"), manifest("chrome"), manifest("firefox"));
    let expected = ["activeTab", "alarms", "contextMenus", "scripting", "storage", "unlimitedStorage"];
    assert_eq!(strings(&base["permissions"]), expected);
    assert_eq!(strings(&chrome["permissions"]), ["sidePanel"]);
    assert!(firefox.get("permissions").is_none());
    for host in strings(&base["host_permissions"]) {
        let name = host.strip_prefix("https://").and_then(|it| it.strip_suffix("/*"));
        let named = name
            .is_some_and(|it| it.trim_start_matches("*.").contains('.') && !it.trim_start_matches("*.").contains('*'));
        assert!(named, "{host} names no host over HTTPS");
    }
    for key in ["externally_connectable", "optional_permissions"] {
        assert!(base.get(key).is_none(), "{key}");
    }
}

#[test]
fn the_policy_is_the_measured_one() {
    assert_eq!(
        manifest("base")["content_security_policy"]["extension_pages"],
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self' https: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'"
    );
}

#[test]
fn a_page_can_load_nothing_of_ours_but_the_frame() {
    let expected = serde_json::json!([{
        "resources": ["pages/overlay.html"], "matches": ["https://*/*", "http://*/*"], "use_dynamic_url": true
    }]);
    assert_eq!(manifest("base")["web_accessible_resources"], expected);
}

#[test]
fn four_commands_have_their_promised_keys() {
    let base = manifest("base");
    let mut keys: Vec<_> = base["commands"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, it)| {
            (
                name.as_str(),
                it["suggested_key"]["default"].as_str().unwrap(),
                it["suggested_key"]["mac"].as_str().unwrap(),
            )
        })
        .collect();
    keys.sort_unstable();
    let expected = [
        ("next", "Alt+N", "MacCtrl+Shift+N"),
        ("panel", "Alt+Shift+M", "MacCtrl+Shift+M"),
        ("picker", "Alt+J", "MacCtrl+Shift+J"),
        ("save", "Alt+G", "MacCtrl+Shift+G"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn words_of_the_manifests_are_in_the_catalogue() {
    let catalogue = json("extension/_locales/en/messages.json");
    for name in ["base", "chrome", "firefox"] {
        let text = manifest(name).to_string();
        for key in text.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()) {
            assert!(catalogue.get(key).is_some(), "manifest.{name}.json names the unknown message {key}");
        }
    }
    let description = catalogue["description"]["message"].as_str().unwrap();
    assert!(description.chars().count() <= 132, "the stores take 132 characters");
}

#[test]
fn every_file_that_a_manifest_names_exists() {
    fn named<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
        match value {
            Value::String(text) if [".js", ".html", ".png", ".json"].iter().any(|end| text.ends_with(end)) => {
                into.insert(text);
            }
            Value::Array(all) => all.iter().for_each(|it| named(it, into)),
            Value::Object(all) => all.values().for_each(|it| named(it, into)),
            _ => {}
        }
    }
    for name in ["base", "chrome", "firefox"] {
        let manifest = manifest(name);
        let mut files = BTreeSet::new();
        named(&manifest, &mut files);
        let missing: Vec<_> =
            files.into_iter().filter(|it| !Path::new(ROOT).join("extension").join(it).is_file()).collect();
        assert!(missing.is_empty(), "manifest.{name}.json: {missing:?}");
    }
}

#[test]
fn every_file_of_the_agent_is_loaded() {
    let loaded: BTreeSet<String> = agent_files(&manifest("base")).into_iter().collect();
    let there: BTreeSet<String> = fs::read_dir(Path::new(ROOT).join("extension/agent"))
        .unwrap()
        .map(|entry| format!("agent/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".js"))
        .collect();
    assert_eq!(loaded, there);
}

#[test]
fn the_pointing_tool_is_put_into_a_page_only_when_somebody_asks() {
    for name in ["base", "chrome", "firefox"] {
        assert!(!manifest(name).to_string().contains("point/"), "manifest.{name}.json");
    }
    let asked = fs::read_to_string(Path::new(ROOT).join("src/ui/options/sites/tab.rs")).unwrap();
    let named: BTreeSet<&str> = asked.split('"').filter(|it| it.starts_with('/') && it.ends_with(".js")).collect();
    assert!(named.len() >= 4, "{named:?}");
    for file in &named {
        assert!(Path::new(ROOT).join("extension").join(file.trim_start_matches('/')).is_file(), "{file}");
    }
    for entry in fs::read_dir(Path::new(ROOT).join("extension/point")).unwrap() {
        let file = format!("/point/{}", entry.unwrap().file_name().to_string_lossy());
        assert!(named.contains(file.as_str()), "nothing loads {file}");
    }
}

#[test]
fn firefox_is_told_that_nothing_is_collected() {
    let gecko = &manifest("firefox")["browser_specific_settings"]["gecko"];
    assert_eq!(gecko["data_collection_permissions"], serde_json::json!({"required": ["none"]}));
    assert!(gecko["id"].is_string() && gecko["strict_min_version"].is_string());
}

#[test]
fn administrators_can_set_what_is_promised() {
    let schema = json("extension/managed_schema.json");
    let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys.into_iter().collect::<BTreeSet<_>>(),
        ["server", "workspace", "hosts", "features"].map(str::to_owned).into()
    );
}
