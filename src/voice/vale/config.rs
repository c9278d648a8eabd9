//! What a configuration switches on, for which files and at which level. Reading rules is [`super::load`]'s work.

use std::collections::{BTreeMap, BTreeSet};

use super::ini::{self, Entry};
use super::{SetupError, glob};
use crate::voice::rule::Severity;

/// A configuration.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// Folder of the styles, as written.
    pub styles_path: Option<String>,
    /// Findings below it are not told.
    pub min_level: Severity,
    /// Names of vocabularies.
    pub vocab: Vec<String>,
    /// What stands around a rule's tokens instead of word boundaries.
    pub word_template: Option<String>,
    /// Inline elements that are masked, and blocks that are left out, by their HTML names.
    pub ignored_scopes: Vec<String>,
    pub skipped_scopes: Vec<String>,
    pub ignored_classes: Vec<String>,
    /// Known extension by unknown one.
    formats: BTreeMap<String, String>,
    /// `[*]`.
    global: Part,
    /// The other sections with their globs, in order.
    parts: Vec<(String, Part)>,
    /// Settings that nothing here reads: line and what they are.
    pub unread: Vec<(usize, String)>,
}

/// What one section says.
#[derive(Debug, Default)]
struct Part {
    styles: Option<Vec<String>>,
    checks: BTreeMap<String, bool>,
    levels: BTreeMap<String, Severity>,
    tokens: Vec<String>,
    blocks: Vec<String>,
}

/// What holds for one file.
#[derive(Debug, Default)]
pub(super) struct Active<'c> {
    styles: &'c [String],
    checks: BTreeMap<&'c str, bool>,
    levels: BTreeMap<&'c str, Severity>,
    global: Option<&'c Part>,
    /// Patterns of inline and of block text that is left out.
    pub tokens: Vec<&'c str>,
    pub blocks: Vec<&'c str>,
}

impl Config {
    /// Every style at work, everything told: a folder without a configuration.
    pub fn everything(styles: Vec<String>) -> Self {
        Self { global: Part { styles: Some(styles), ..Part::default() }, ..Self::default() }
    }

    /// Reads a file; `path` is its name in errors.
    pub fn parse(path: &str, text: &str) -> Result<Self, SetupError> {
        let fault = |line, what| SetupError { path: path.to_owned(), line: Some(line), what };
        let sections = ini::parse(text).map_err(|(line, what)| fault(line, what))?;
        let mut config = Self { min_level: Severity::Warning, ..Self::default() };
        for section in sections {
            match section.name.as_str() {
                "" => {
                    for entry in section.entries {
                        config.core(entry).map_err(|(line, what)| fault(line, what))?;
                    }
                }
                "formats" => {
                    config.formats.extend(section.entries.into_iter().map(|e| (e.key, e.value)));
                }
                "asciidoctor" => {}
                "*" => {
                    section.entries.into_iter().for_each(|entry| config.global.read(entry, &mut config.unread));
                }
                name => {
                    let mut part = Part::default();
                    section.entries.into_iter().for_each(|entry| part.read(entry, &mut config.unread));
                    config.parts.push((name.to_owned(), part));
                }
            }
        }
        Ok(config)
    }

    /// A key above all sections.
    fn core(&mut self, entry: Entry) -> Result<(), (usize, String)> {
        let Entry { key, value, line } = entry;
        match key.as_str() {
            "StylesPath" => self.styles_path = Some(value),
            "MinAlertLevel" => {
                let what = || format!("MinAlertLevel is suggestion, warning or error, not \"{value}\"");
                self.min_level = level(&value).ok_or_else(|| (line, what()))?;
            }
            "Vocab" => self.vocab.extend(ini::list(&value)),
            "WordTemplate" => self.word_template = Some(value),
            "IgnoredScopes" => self.ignored_scopes = ini::list(&value),
            "SkippedScopes" => self.skipped_scopes = ini::list(&value),
            "IgnoredClasses" => self.ignored_classes = ini::list(&value),
            // Styles are taken as they lie there; nothing is downloaded.
            "Packages" => {}
            _ => self.unread.push((line, key)),
        }
        Ok(())
    }

    /// Names of the styles that any section is based on.
    pub fn styles(&self) -> BTreeSet<&str> {
        self.all().flat_map(|part| part.styles.iter().flatten()).map(String::as_str).collect()
    }

    /// Names of rules that are switched on by themselves.
    pub fn named(&self) -> BTreeSet<&str> {
        self.all().flat_map(|part| &part.checks).filter(|(_, on)| **on).map(|(name, _)| name.as_str()).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Part> {
        [&self.global].into_iter().chain(self.parts.iter().map(|(_, part)| part))
    }

    /// The extension, with its dot, that a file is read as.
    pub fn format(&self, path: &str) -> String {
        let ext = extension(path);
        self.formats.get(ext.trim_start_matches('.')).map_or_else(|| ext.to_owned(), |known| format!(".{known}"))
    }

    /// What holds for the file at `path`.
    pub fn active(&self, path: &str) -> Active<'_> {
        let mut active = Active {
            styles: self.global.styles.as_deref().unwrap_or_default(),
            levels: self.global.levels.iter().map(|(name, level)| (name.as_str(), *level)).collect(),
            global: Some(&self.global),
            tokens: self.global.tokens.iter().map(String::as_str).collect(),
            blocks: self.global.blocks.iter().map(String::as_str).collect(),
            ..Active::default()
        };
        let as_read = format!("{}{}", path.strip_suffix(extension(path)).unwrap_or(path), self.format(path));
        for (_, part) in
            self.parts.iter().filter(|(glob, _)| glob::matches(glob, path) || glob::matches(glob, &as_read))
        {
            if let Some(styles) = &part.styles {
                active.styles = styles;
            }
            active.checks.extend(part.checks.iter().map(|(name, on)| (name.as_str(), *on)));
            active.levels.extend(part.levels.iter().map(|(name, level)| (name.as_str(), *level)));
            active.tokens.extend(part.tokens.iter().map(String::as_str));
            active.blocks.extend(part.blocks.iter().map(String::as_str));
        }
        active
    }
}

impl Part {
    fn read(&mut self, entry: Entry, unread: &mut Vec<(usize, String)>) {
        let Entry { key, value, line } = entry;
        match key.as_str() {
            "BasedOnStyles" => self.styles.get_or_insert_default().extend(ini::list(&value)),
            "TokenIgnores" => self.tokens.extend(ini::list(&value)),
            "BlockIgnores" | "IgnorePatterns" => self.blocks.extend(ini::list(&value)),
            "Transform" | "Lang" | "View" | "CommentDelimiters" => unread.push((line, key)),
            _ => {
                if let Some(level) = level(&value) {
                    self.levels.insert(key.clone(), level);
                    self.checks.insert(key, true);
                } else {
                    self.checks.insert(key, value == "YES");
                }
            }
        }
    }
}

impl Active<'_> {
    /// The level a rule has in this file, when it is at work at all.
    pub fn level(&self, rule: &str, own: Severity) -> Option<Severity> {
        let style = style_of(rule);
        let found = |checks: &dyn Fn(&str) -> Option<bool>| checks(rule).or_else(|| checks(style));
        let here = found(&|name| self.checks.get(name).copied());
        let everywhere = found(&|name| self.global.and_then(|part| part.checks.get(name).copied()));
        let on = here.or(everywhere).unwrap_or_else(|| self.styles.iter().any(|name| name == style));
        on.then(|| self.levels.get(rule).or_else(|| self.levels.get(style)).copied().unwrap_or(own))
    }

    /// Nothing is at work here.
    pub fn is_idle(&self) -> bool {
        let any = |on: &bool| *on;
        self.styles.is_empty()
            && !self.checks.values().any(any)
            && !self.global.is_some_and(|part| part.checks.values().any(any))
    }
}

/// `Style` of `Style.Rule`.
pub(super) fn style_of(rule: &str) -> &str {
    rule.split('.').next().unwrap_or(rule)
}

/// A level by its name.
pub(super) fn level(name: &str) -> Option<Severity> {
    [Severity::Suggestion, Severity::Warning, Severity::Error].into_iter().find(|level| level.name() == name)
}

/// The extension of a path, with its dot.
pub(super) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rfind('.').map_or("", |dot| &name[dot..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const INI: &str = "StylesPath = styles\nMinAlertLevel = suggestion\nVocab = Base, Team\n[formats]\nmdx = md\n[*]\n\
                       BasedOnStyles = House\nHouse.Loud = NO\n[*.md]\nBasedOnStyles = Docs\nHouse.Loud = error\n\
                       Docs.Odd = NO\n";

    #[track_caller]
    fn check(path: &str, rule: &str, expect: Option<Severity>) {
        let config = Config::parse(".vale.ini", INI).unwrap();
        assert_eq!(config.active(path).level(rule, Severity::Warning), expect, "{path} {rule}");
    }

    #[test]
    fn sections_decide_what_is_at_work() {
        check("a.txt", "House.Plain", Some(Severity::Warning));
        check("a.txt", "House.Loud", None);
        check("a.txt", "Docs.Any", None);
        check("a.md", "House.Plain", None);
        check("a.md", "House.Loud", Some(Severity::Error));
        check("a.md", "Docs.Any", Some(Severity::Warning));
        check("a.md", "Docs.Odd", None);
        check("a.mdx", "Docs.Any", Some(Severity::Warning));
    }

    #[test]
    fn mistakes_are_placed() {
        let error = Config::parse("x/.vale.ini", "\nMinAlertLevel = loud\n").unwrap_err();
        assert_eq!(error.to_string(), "x/.vale.ini:2: MinAlertLevel is suggestion, warning or error, not \"loud\"");
        let config = Config::parse("", "Oddity = 1\n").unwrap();
        assert_eq!(config.unread, [(1, "Oddity".to_owned())]);
    }
}
