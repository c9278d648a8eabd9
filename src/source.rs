//! Site definitions, packs and templates as people write them: TOML, where a mistake is told with its line. Only the
//! command line and tests read them; the extension carries the same files as JSON and has no TOML reader.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file that can be read as TOML.
#[derive(Debug)]
pub struct Source<'s> {
    text: &'s str,
    table: Spanned<DeTable<'s>>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Byte at which it stops making sense.
    pub at: usize,
    /// That byte's line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl<'s> Source<'s> {
    /// Reads a file's syntax.
    pub fn parse(text: &'s str) -> Result<Self, Unreadable> {
        Ok(Self { text, table: DeTable::parse(text).map_err(|error| unreadable(text, &error))? })
    }

    /// The file as data.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        toml::from_str(self.text).map_err(|error| unreadable(self.text, &error))
    }

    /// Line of a path such as `posts[0].fields.text[1].re`, from 1; of its deepest part that is in the file.
    pub fn line(&self, path: &str) -> Option<usize> {
        let mut steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']'));
        let (mut at, mut value) = entry(self.table.get_ref(), steps.next()?)?;
        for step in steps {
            let next = match value.get_ref() {
                DeValue::Table(table) => entry(table, step),
                DeValue::Array(items) => {
                    step.parse().ok().and_then(|n: usize| items.get(n)).map(|item| (item.span().start, item))
                }
                _ => None,
            };
            let Some(next) = next else { break };
            (at, value) = next;
        }
        Some(line_of(self.text, at))
    }
}

fn unreadable(text: &str, error: &toml::de::Error) -> Unreadable {
    let at = error.span().map_or(0, |span| span.start);
    Unreadable { at, line: line_of(text, at), what: error.message().to_owned() }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

fn entry<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<(usize, &'t Spanned<DeValue<'i>>)> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(key, value)| (key.span().start, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expect: Option<usize>) {
        let source = Source::parse("id = 1\n[[rule]]\nid = 2\n[[rule]]\nkind = 3\nid = [\n 4,\n 5]\n").unwrap();
        assert_eq!(source.line(path), expect, "{path}");
    }

    #[test]
    fn a_path_has_a_line() {
        check("id", Some(1));
        check("rule[0].id", Some(3));
        check("rule[1].id[1]", Some(8));
        check("rule[1].name", Some(4));
        check("none", None);
    }

    #[test]
    fn what_cannot_be_read_has_a_line() {
        let fault = Source::parse("a = 1\nb = ").map(|_| ()).unwrap_err();
        assert_eq!(fault.line, 2);
        let fault = Source::parse("a = 1\nb = 2").unwrap().read::<std::collections::BTreeMap<String, String>>();
        assert_eq!(fault.unwrap_err().line, 1);
    }
}
