//! From files to rules: where the configuration is, which styles and vocabularies it names, what becomes of each file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::action::Action;
use super::check::{existence, repetition, substitution};
use super::config::{Config, style_of};
use super::exceptions::{Shelf, Surroundings};
use super::pattern::Pattern;
use super::rule::{About, Kind, NoRule, Rule};
use super::{Entry, Files, Outcome, Setup, SetupError, Skipped, clean};

/// Names of configurations, the likeliest first.
pub(super) const CONFIGURATIONS: [&str; 5] = [".vale.ini", "_vale.ini", "vale.ini", ".vale", "_vale"];
/// Under which names the dictionary for rules that name none lies among the files; no file has such names.
pub(super) const STANDARD: [&str; 2] = [":standard.aff", ":standard.dic"];
/// Folders of vocabularies below the styles, and the older one.
const VOCABULARIES: [&str; 2] = ["config/vocabularies", "Vocab"];

/// Reads a setup.
pub(super) fn read(files: &Files) -> Result<Setup, SetupError> {
    let found = CONFIGURATIONS.iter().find_map(|name| Some((*name, files.get(name)?)));
    let Some((name, text)) = found else { return Ok(without_configuration(files)) };
    let config = Config::parse(name, text)?;
    let folder = clean(config.styles_path.as_deref().unwrap_or(""));
    let mut loader = Loader { config_path: name.to_owned(), ..Loader::default() };
    for (line, key) in &config.unread {
        let outcome = Outcome::Skipped(Skipped::Setting);
        loader.report.push(Entry { path: name.to_owned(), line: Some(*line), rule: key.clone(), outcome });
    }
    let (accepted, rejected) = loader.vocabularies(files, &folder, &config.vocab);
    let around = Surroundings::new(
        config.word_template.clone().filter(|template| !template.is_empty()),
        accepted,
        shelf(files, &folder),
    );
    let styles = config.styles();
    let named = config.named();
    let mut there: BTreeSet<&str> = BTreeSet::from(["Vale"]);
    for (path, text) in files.iter() {
        let Some(rule) = rule_name(path, &folder) else { continue };
        let style = style_of(&rule);
        if styles.contains(style) {
            there.extend(styles.get(style));
        } else if !named.contains(rule.as_str()) {
            continue;
        }
        loader.rule(path, &rule, text, &around);
    }
    if let Some(style) = styles.difference(&there).next() {
        let what = format!("there is no style \"{style}\" in {}", if folder.is_empty() { "." } else { &folder });
        return Err(SetupError { path: name.to_owned(), line: None, what });
    }
    if styles.contains("Vale") || named.iter().any(|rule| style_of(rule) == "Vale") {
        loader.own(&around, &rejected);
    }
    Ok(loader.finish(config))
}

/// Every style below the folder, or the one that the folder is.
fn without_configuration(files: &Files) -> Setup {
    let around = Surroundings::new(None, Vec::new(), shelf(files, ""));
    let mut loader = Loader::default();
    let mut styles = BTreeSet::new();
    for (path, text) in files.iter() {
        let name = rule_name(path, "").or_else(|| {
            let alone = !path.contains('/') && path.ends_with(".yml");
            alone.then(|| format!("Style.{}", path.split('.').next().unwrap_or_default()))
        });
        let Some(name) = name else { continue };
        styles.insert(style_of(&name).to_owned());
        loader.rule(path, &name, text, &around);
    }
    loader.finish(Config::everything(styles.into_iter().collect()))
}

/// What rules may name: lists of words and dictionaries.
fn shelf(files: &Files, styles: &str) -> Shelf {
    let kept = |path: &str| [".aff", ".dic", ".txt"].iter().any(|end| path.ends_with(end));
    let all = files.iter().filter(|(path, _)| kept(path)).map(|(path, text)| (path.to_owned(), text.to_owned()));
    let [affixes, words] = STANDARD.map(|name| files.get(name).map(str::to_owned));
    Shelf { styles: styles.to_owned(), files: all.collect(), standard: affixes.zip(words) }
}

/// `Style.File` for a rule's path below the folder of styles; `None` for other files.
fn rule_name(path: &str, folder: &str) -> Option<String> {
    let below = match folder {
        "" => path,
        folder => path.strip_prefix(folder)?.strip_prefix('/')?,
    };
    let (folders, file) = below.rsplit_once('/')?;
    let file = file.strip_suffix(".yml")?.split('.').next().filter(|name| !name.is_empty())?;
    let mut parts = folders.split('/');
    let style = parts.next()?;
    // Kept apart by their names: drafts, vocabularies, settings.
    let inert = |part: &str| part.starts_with(['.', '_']);
    if VOCABULARIES.iter().any(|other| other.split('/').next() == Some(style)) || inert(style) || parts.any(inert) {
        return None;
    }
    Some(format!("{}.{file}", folders.replace('/', ".")))
}

#[derive(Default)]
struct Loader {
    config_path: String,
    rules: BTreeMap<String, Rule>,
    report: Vec<Entry>,
}

impl Loader {
    fn rule(&mut self, path: &str, name: &str, text: &str, around: &Surroundings) {
        let (line, outcome) = match Rule::parse(name, text, around) {
            Ok(rule) => {
                let outcome = match rule.about.action.name.as_str() {
                    "suggest" => Outcome::Changed("it suggests nothing: scripts and spellings are not run".to_owned()),
                    _ => Outcome::Imported,
                };
                self.rules.insert(name.to_owned(), rule);
                (None, outcome)
            }
            Err(NoRule::Skipped(why)) => (None, Outcome::Skipped(why)),
            Err(NoRule::Refused(line, why)) => (line, Outcome::Refused(why)),
        };
        self.report.push(Entry { path: path.to_owned(), line, rule: name.to_owned(), outcome });
    }

    /// Accepted and rejected words, those that are no patterns left out.
    fn vocabularies(&mut self, files: &Files, folder: &str, names: &[String]) -> (Vec<String>, Vec<String>) {
        let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
        for name in names {
            let mut found = false;
            for place in VOCABULARIES {
                for (file, words) in [("accept.txt", &mut accepted), ("reject.txt", &mut rejected)] {
                    let path = clean(&format!("{folder}/{place}/{name}/{file}"));
                    let path = if folder.is_empty() { path.trim_start_matches('/').to_owned() } else { path };
                    let Some(text) = files.get(&path) else { continue };
                    found = true;
                    self.words(&path, text, words);
                }
            }
            if !found {
                let outcome = Outcome::Refused("there is no such vocabulary".to_owned());
                let path = self.config_path.clone();
                self.report.push(Entry { path, line: None, rule: format!("Vocab {name}"), outcome });
            }
        }
        (accepted, rejected)
    }

    fn words(&mut self, path: &str, text: &str, words: &mut Vec<String>) {
        for (at, line) in text.lines().enumerate() {
            let word = line.trim().trim_start_matches('\u{feff}');
            if word.is_empty() || word == "#" || word.starts_with("# ") {
                continue;
            }
            match Pattern::new(word) {
                Ok(_) if words.iter().any(|known| known == word) => {}
                Ok(_) => words.push(word.to_owned()),
                Err(what) => self.report.push(Entry {
                    path: path.to_owned(),
                    line: Some(at + 1),
                    rule: word.to_owned(),
                    outcome: Outcome::Refused(what),
                }),
            }
        }
    }

    /// The rules that Vale brings itself.
    fn own(&mut self, around: &Surroundings, rejected: &[String]) {
        let truncate = Action { name: "edit".to_owned(), params: vec!["truncate".to_owned(), " ".to_owned()] };
        let mut made = vec![(
            About::own("Vale.Repetition", "'%s' is repeated!", truncate),
            repetition::Repetition::of_words(around).map(Kind::Repetition),
        )];
        if !around.accepted.is_empty() {
            made.push((
                About::own("Vale.Terms", "Use '%s' instead of '%s'.", Action::default()),
                substitution::Substitution::of_terms(&around.accepted, around).map(Kind::Substitution),
            ));
        }
        if !rejected.is_empty() {
            made.push((
                About::own("Vale.Avoid", "Avoid using '%s'.", Action::default()),
                existence::Existence::of(rejected, around).map(Kind::Existence),
            ));
        }
        for (about, kind) in made {
            let name = about.name.clone();
            let outcome = match kind {
                Ok(kind) => {
                    self.rules.insert(name.clone(), Rule { about, kind });
                    Outcome::Imported
                }
                Err(what) => Outcome::Refused(what),
            };
            self.report.push(Entry { path: self.config_path.clone(), line: None, rule: name, outcome });
        }
        // Rules that name no dictionary are all read alike, Vale's own too.
        let rule = "extends: spelling\nmessage: \"Did you really mean '%s'?\"\nlevel: error\n";
        let path = self.config_path.clone();
        self.rule(&path, "Vale.Spelling", rule, around);
    }

    fn finish(self, config: Config) -> Setup {
        Setup { config, prefilter: OnceLock::new(), rules: self.rules.into_values().collect(), report: self.report }
    }
}
