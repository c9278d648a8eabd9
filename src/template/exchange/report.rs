//! What an import would do, template by template, what needs a look first.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Import, Level, Merged, Note, merge};
use crate::message::Msg;
use crate::template::{Template, is_well_formed};

/// What becomes of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It takes the place of the one in the library.
    Updated,
    /// The library has it already.
    Same,
    /// It is not taken in.
    Refused,
    /// Something about the file as a whole.
    File,
}

/// One template of the file, or what has become of none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What becomes of it.
    pub what: What,
    /// As it would be stored; of what is refused only the title.
    pub template: Template,
    /// What there is to tell, worst first.
    pub notes: Vec<Note>,
}

impl Row {
    /// How much its worst note matters.
    pub fn worst(&self) -> Option<Level> {
        self.notes.first().map(|note| note.level)
    }

    /// It would be stored.
    pub fn is_taken(&self) -> bool {
        matches!(self.what, What::Added | What::Updated)
    }
}

/// The rows of an import into `library`.
pub fn report(library: &[Template], import: Import) -> Vec<Row> {
    let mut told = Told::of(import.notes);
    let Merged { added, updated, same } = merge(library, import.templates);
    let all = [(What::Added, added), (What::Updated, updated), (What::Same, same)];
    let all = all.into_iter().flat_map(|(what, templates)| templates.into_iter().map(move |one| (what, one)));
    let mut rows: Vec<Row> = all.map(|(what, template)| row(what, template, &mut told)).collect();
    rows.extend(told.rest());
    rows.sort_by_key(|row| std::cmp::Reverse(row.worst()));
    rows
}

fn row(what: What, template: Template, told: &mut Told) -> Row {
    let mut notes = told.about(&template.title);
    let title = (template.title.trim().is_empty()).then_some("exchange_no_title");
    let body = (!is_well_formed(&template.body)).then_some("exchange_body_mistake");
    let Some(key) = title.or(body).filter(|_| what != What::Same) else { return Row { what, template, notes } };
    // Nothing is stored that could not be used: the background refuses it.
    notes.retain(|note| note.msg.key != key);
    let msg = Msg::new(key);
    notes.insert(0, Note { template: template.title.clone(), line: None, level: Level::Refused, msg });
    Row { what: What::Refused, template, notes }
}

/// Notes by the template they are about. Those of several templates of one title are told apart by their line.
struct Told {
    by_title: HashMap<String, Vec<Vec<Note>>>,
    order: Vec<String>,
}

impl Told {
    fn of(notes: Vec<Note>) -> Self {
        let mut told = Self { by_title: HashMap::new(), order: Vec::new() };
        for note in notes {
            let groups = told.by_title.entry(note.template.clone()).or_default();
            if groups.is_empty() {
                told.order.push(note.template.clone());
            }
            match groups.iter_mut().find(|group| group.iter().any(|other| other.line == note.line)) {
                Some(group) => group.push(note),
                None => groups.push(vec![note]),
            }
        }
        told
    }

    fn about(&mut self, title: &str) -> Vec<Note> {
        match self.by_title.get_mut(title) {
            Some(groups) if !title.is_empty() && !groups.is_empty() => worst_first(groups.remove(0)),
            _ => Vec::new(),
        }
    }

    /// What is about no template that came in.
    fn rest(mut self) -> Vec<Row> {
        let groups = self.order.iter().flat_map(|title| self.by_title.remove(title).unwrap_or_default());
        let row = |notes: Vec<Note>| {
            let title = notes.first().map(|note| note.template.clone()).unwrap_or_default();
            let refused = notes.iter().any(|note| note.level == Level::Refused);
            let what = if refused { What::Refused } else { What::File };
            Row { what, template: Template { title, ..Template::default() }, notes: worst_first(notes) }
        };
        groups.map(row).collect()
    }
}

fn worst_first(mut notes: Vec<Note>) -> Vec<Note> {
    notes.sort_by_key(|note| std::cmp::Reverse(note.level));
    notes
}

#[cfg(test)]
mod tests {
    use super::super::{Format, import};
    use super::*;

    fn titles(rows: &[Row]) -> Vec<(&str, What, Option<Level>)> {
        rows.iter().map(|row| (row.template.title.as_str(), row.what, row.worst())).collect()
    }

    #[test]
    fn what_needs_a_look_comes_first() {
        let yaml = "matches:\n  - trigger: ;fine\n    replace: Fine\n  - trigger: ;run\n    replace: \"{{out}}\"\n    \
                    vars:\n      - name: out\n        type: shell\n        params: {cmd: date}\n";
        let read = import(Format::Espanso, yaml).unwrap();
        let rows = report(&[], read.clone());
        assert_eq!(titles(&rows).last().unwrap().1, What::Added);
        assert!(rows[0].worst() >= Some(Level::Missing), "{rows:?}");
        let notes: usize = rows.iter().map(|row| row.notes.len()).sum();
        assert_eq!(notes, read.notes.len(), "nothing is lost");
        let again = report(&read.templates, read.clone());
        assert!(again.iter().all(|row| !row.is_taken()), "{again:?}");
    }

    #[test]
    fn what_could_not_be_stored_is_refused() {
        let json =
            r#"[{"title": "Torn", "body": "{{ a"}, {"title": "", "body": "x"}, {"title": "Good", "body": "x"}, 7]"#;
        let rows = report(&[], import(Format::Rejoinder, json).unwrap());
        let expect = [
            ("Torn", What::Refused, Some(Level::Refused)),
            ("", What::Refused, Some(Level::Refused)),
            ("", What::Refused, Some(Level::Refused)),
            ("Good", What::Added, None),
        ];
        assert_eq!(titles(&rows), expect);
        assert_eq!(rows[0].notes.len(), 1, "one mistake is told once");
    }

    #[test]
    fn notes_of_one_title_are_told_apart_by_their_line() {
        let note = |line, level| Note { template: "A".into(), line: Some(line), level, msg: Msg::new("x") };
        let templates = ["a", "b"].map(|id| Template { id: id.into(), title: "A".into(), ..Template::default() });
        let notes = vec![note(2, Level::Changed), note(2, Level::Missing), note(9, Level::Changed)];
        let rows = report(&[], Import { templates: templates.to_vec(), notes });
        let lines: Vec<Vec<_>> = rows.iter().map(|row| row.notes.iter().map(|note| note.line).collect()).collect();
        assert_eq!(lines, [vec![Some(2), Some(2)], vec![Some(9)]]);
        assert_eq!(rows[0].worst(), Some(Level::Missing));
    }
}
