//! An import into a library: what was imported before is updated in place, the rest is added.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::draft::free;
use crate::template::{Kind, Template};

/// What an import does to a library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// New templates.
    pub added: Vec<Template>,
    /// Templates of the library that the file has in another form, as they are from now on.
    pub updated: Vec<Template>,
    /// Templates of the library that the file has too, unchanged.
    pub same: Vec<Template>,
}

impl Merged {
    /// The library afterwards: its templates where they stood, the new ones behind them.
    pub fn library(&self, existing: &[Template]) -> Vec<Template> {
        let updated: HashMap<&str, &Template> = self.updated.iter().map(|t| (t.id.as_str(), t)).collect();
        let kept = existing.iter().map(|t| updated.get(t.id.as_str()).copied().unwrap_or(t));
        kept.chain(&self.added).cloned().collect()
    }
}

/// Compares what was imported with the library. A template with the same source takes the id of the one in the library
/// and keeps what only we know of it: who owns it, whether only they may change it, and what the file does not say.
pub fn merge(existing: &[Template], imported: Vec<Template>) -> Merged {
    let mut by_source: HashMap<(&str, &str), &Template> = HashMap::new();
    for template in existing {
        if let Some(source) = &template.source {
            // Of an imported template and its copies the first is the one that follows the file.
            by_source.entry((&source.tool, &source.id)).or_insert(template);
        }
    }
    let by_id: HashMap<&str, &Template> = existing.iter().map(|t| (t.id.as_str(), t)).collect();
    let mut taken: HashSet<String> = by_id.keys().map(|id| (*id).to_owned()).collect();
    let mut met = HashSet::new();
    let mut merged = Merged::default();
    for template in imported {
        let of_source = template.source.as_ref().and_then(|source| by_source.get(&(&*source.tool, &*source.id)));
        // Our own file names each by its id; another tool's template may have been given another id here.
        let of_id = by_id.get(&*template.id).filter(|known| known.source == template.source);
        let known = of_id.or(of_source);
        match known.copied().filter(|known| met.insert(known.id.clone())) {
            Some(known) => {
                let template = kept(known, template);
                if template == *known { &mut merged.same } else { &mut merged.updated }.push(template);
            }
            None => {
                let id = free(&template.id, "-", |id| taken.contains(id));
                taken.insert(id.clone());
                merged.added.push(Template { id, ..template });
            }
        }
    }
    merged
}

/// The imported template in the place of `known`.
fn kept(known: &Template, imported: Template) -> Template {
    fn or<T: Clone>(imported: T, is_blank: bool, known: &T) -> T {
        if is_blank { known.clone() } else { imported }
    }
    Template {
        id: known.id.clone(),
        family: or(imported.family.clone(), imported.family.is_empty(), &known.family),
        folder: or(imported.folder.clone(), imported.folder.is_empty(), &known.folder),
        tags: or(imported.tags.clone(), imported.tags.is_empty(), &known.tags),
        language: or(imported.language.clone(), imported.language.is_empty(), &known.language),
        address: or(imported.address, imported.address == Default::default(), &known.address),
        networks: or(imported.networks.clone(), imported.networks.is_empty(), &known.networks),
        kind: or(imported.kind, imported.kind == Kind::default(), &known.kind),
        note: or(imported.note.clone(), imported.note.is_empty(), &known.note),
        attachment: or(imported.attachment.clone(), imported.attachment.is_empty(), &known.attachment),
        owner: imported.owner.clone().or_else(|| known.owner.clone()),
        locked: imported.locked || known.locked,
        ..imported
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Source;

    fn template(id: &str, tool: &str, body: &str) -> Template {
        let source = (!tool.is_empty()).then(|| Source { tool: tool.to_owned(), id: "7".to_owned() });
        Template { id: id.to_owned(), body: body.to_owned(), source, ..Template::default() }
    }

    #[test]
    fn the_same_source_is_updated_in_place() {
        let mut mine = template("mine", "zendesk", "Hi");
        mine.owner = Some("ana".to_owned());
        mine.networks = vec!["x".to_owned()];
        let library = [template("first", "", "One"), mine];
        let again = merge(&library, vec![template("hi-1", "zendesk", "Hi")]);
        assert_eq!((again.added.len(), again.updated.len(), again.same.len()), (0, 0, 1));
        let changed = merge(&library, vec![template("hi-1", "zendesk", "Hello")]);
        let updated = &changed.updated[0];
        assert_eq!((updated.id.as_str(), updated.body.as_str()), ("mine", "Hello"));
        assert_eq!((updated.owner.as_deref(), updated.networks.as_slice()), (Some("ana"), &["x".to_owned()][..]));
        let after = changed.library(&library);
        assert_eq!(after.iter().map(|t| t.body.as_str()).collect::<Vec<_>>(), ["One", "Hello"]);
    }

    #[test]
    fn what_the_file_does_not_say_stays() {
        let known = Template {
            id: "mine".to_owned(),
            family: "f".to_owned(),
            folder: "Mine".to_owned(),
            tags: vec!["mine".to_owned()],
            language: "es".to_owned(),
            kind: Kind::Holding,
            note: "Mine".to_owned(),
            attachment: "map".to_owned(),
            locked: true,
            ..template("mine", "csv", "Hi")
        };
        let library = [known.clone()];
        assert_eq!(merge(&library, vec![template("hi", "csv", "Hi")]).same, library);
        let said = Template { folder: "New".to_owned(), kind: Kind::Promo, ..template("hi", "csv", "Hi") };
        let updated = &merge(&library, vec![said]).updated[0];
        assert_eq!(*updated, Template { folder: "New".to_owned(), kind: Kind::Promo, ..known });
    }

    #[test]
    fn another_source_never_takes_a_place() {
        let library = [template("first", "", "One")];
        let merged = merge(&library, vec![template("first", "csv", "Two"), template("first", "", "Three")]);
        assert_eq!(merged.added.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["first-2"]);
        assert_eq!(merged.updated[0].body, "Three");
        // The same twice in one file: the second is another template.
        let twice = merge(&library, vec![template("first", "", "Three"), template("first", "", "Four")]);
        assert_eq!((twice.updated.len(), twice.added.len()), (1, 1));
        assert_eq!(twice.added[0].id, "first-2");
    }
}
