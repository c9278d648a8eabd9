//! The list of templates by folder: one line for each folder and each template, so that only what is seen is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::template::Template;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A folder.
    Folder {
        /// Its path, `/` between its parts; empty = templates without a folder.
        path: String,
        /// How deep it lies.
        depth: usize,
        /// Templates in it and below.
        count: usize,
        /// What it holds is shown.
        open: bool,
    },
    /// A template, by its place among those that were given.
    Template {
        /// The place.
        index: usize,
        /// How deep it lies.
        depth: usize,
    },
}

/// What a template is searched by.
pub fn hay(template: &Template) -> String {
    let trigger = template.trigger.as_deref().unwrap_or_default();
    let parts =
        [&template.title, trigger, &template.folder, &template.tags.join(" "), &template.language, &template.body];
    parts.join("\n").to_lowercase()
}

/// The templates, by place, that hold every word of `words`.
pub fn found(hays: &[String], words: &str) -> Vec<usize> {
    let words = words.to_lowercase();
    let fits = |hay: &String| words.split_whitespace().all(|word| hay.contains(word));
    (0..hays.len()).filter(|&at| fits(&hays[at])).collect()
}

/// The lines for the templates at `found`: folders by name, templates by title. Folders in `closed` show nothing of what
/// they hold.
pub fn lines(all: &[Template], found: &[usize], closed: &BTreeSet<String>) -> Vec<Line> {
    let mut folders: BTreeMap<Vec<String>, (String, Vec<usize>)> = BTreeMap::new();
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    // "Sales" and "sales" are one folder, called as the first template calls it.
    let key = |parts: &[String]| -> Vec<String> { parts.iter().map(|part| part.to_lowercase()).collect() };
    for &index in found {
        let parts = path(&all[index].folder);
        for deep in 1..=parts.len() {
            *counts.entry(key(&parts[..deep])).or_default() += 1;
            folders.entry(key(&parts[..deep])).or_insert_with(|| (parts[..deep].join("/"), Vec::new()));
        }
        folders.entry(key(&parts)).or_insert_with(|| (String::new(), Vec::new())).1.push(index);
    }
    let mut lines = Vec::with_capacity(found.len() + folders.len());
    for (key, (name, mut here)) in folders {
        let depth = key.len().saturating_sub(1);
        let parts = path(&name);
        let hidden = (1..parts.len()).any(|deep| closed.contains(&parts[..deep].join("/")));
        if hidden {
            continue;
        }
        let open = !closed.contains(&name);
        let count = counts.get(&key).copied().unwrap_or(here.len());
        lines.push(Line::Folder { path: name, depth, count, open });
        if open {
            here.sort_by_cached_key(|&index| all[index].title.to_lowercase());
            lines.extend(here.into_iter().map(|index| Line::Template { index, depth: depth + 1 }));
        }
    }
    lines
}

/// The folders there are, each once, by name.
pub fn folders(all: &[Template]) -> Vec<String> {
    let known: BTreeSet<String> = all.iter().map(|one| path(&one.folder).join("/")).collect();
    known.into_iter().filter(|folder| !folder.is_empty()).collect()
}

/// The tags there are, each once, by name.
pub fn tags(all: &[Template]) -> Vec<String> {
    let known: BTreeSet<&String> = all.iter().flat_map(|one| &one.tags).collect();
    known.into_iter().cloned().collect()
}

fn path(folder: &str) -> Vec<String> {
    folder.split('/').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(title: &str, folder: &str) -> Template {
        Template { title: title.to_owned(), folder: folder.to_owned(), ..Template::default() }
    }

    fn drawn(all: &[Template], words: &str, closed: &[&str]) -> Vec<String> {
        let hays: Vec<String> = all.iter().map(hay).collect();
        let closed = closed.iter().map(|&path| path.to_owned()).collect();
        let draw = |line: Line| match line {
            Line::Folder { path, depth, count, open } => {
                format!("{}{path} {count}{}", " ".repeat(depth), if open { "" } else { " +" })
            }
            Line::Template { index, depth } => format!("{}-{}", " ".repeat(depth), all[index].title),
        };
        lines(all, &found(&hays, words), &closed).into_iter().map(draw).collect()
    }

    #[test]
    fn folders_hold_what_lies_below() {
        let all = [
            template("b", "Sales"),
            template("a", "Sales/Fairs"),
            template("C", "sales"),
            template("d", ""),
            template("e", " /Apps/ "),
        ];
        assert_eq!(
            drawn(&all, "", &[]),
            [" 1", " -d", "Apps 1", " -e", "Sales 3", " -b", " -C", " Sales/Fairs 1", "  -a"]
        );
        assert_eq!(drawn(&all, "", &["Sales"]), [" 1", " -d", "Apps 1", " -e", "Sales 3 +"]);
        assert_eq!(drawn(&all, "FAIRS a", &[]), ["Sales 1", " Sales/Fairs 1", "  -a"]);
        assert_eq!(drawn(&all, "zzz", &[]), [""; 0]);
        assert_eq!(folders(&all), ["Apps", "Sales", "Sales/Fairs", "sales"]);
    }
}
