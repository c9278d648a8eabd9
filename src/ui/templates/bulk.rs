//! One change to many templates.

use crate::template::{Kind, Template};

/// The change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bulk {
    /// Into a folder.
    Folder(String),
    /// A tag more.
    AddTag(String),
    /// A tag less.
    RemoveTag(String),
    /// For this network alone; empty = for all.
    Network(String),
    /// What it is for.
    Kind(Kind),
    /// Offered or not.
    Off(bool),
}

impl Bulk {
    /// The template after it; `None` when nothing changes.
    pub fn apply(&self, template: &Template) -> Option<Template> {
        let mut after = template.clone();
        match self {
            Self::Folder(folder) => folder.trim().clone_into(&mut after.folder),
            Self::AddTag(tag) => {
                let known = after.tags.iter().any(|one| one.eq_ignore_ascii_case(tag.trim()));
                if !known && !tag.trim().is_empty() {
                    after.tags.push(tag.trim().to_owned());
                }
            }
            Self::RemoveTag(tag) => after.tags.retain(|one| !one.eq_ignore_ascii_case(tag.trim())),
            Self::Network(network) => {
                after.networks = Some(network.clone()).filter(|network| !network.is_empty()).into_iter().collect();
            }
            Self::Kind(kind) => after.kind = *kind,
            Self::Off(off) => after.off = *off,
        }
        (after != *template).then_some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_is_written() {
        let one = Template {
            folder: "A".into(),
            tags: vec!["Fair".into()],
            networks: vec!["x".into()],
            ..Template::default()
        };
        let is = |bulk: Bulk, expect: Option<Template>| assert_eq!(bulk.apply(&one), expect, "{bulk:?}");
        is(Bulk::Folder(" B ".into()), Some(Template { folder: "B".into(), ..one.clone() }));
        is(Bulk::Folder("A".into()), None);
        is(Bulk::AddTag("fair".into()), None);
        is(Bulk::AddTag(" ".into()), None);
        is(Bulk::AddTag("new".into()), Some(Template { tags: vec!["Fair".into(), "new".into()], ..one.clone() }));
        is(Bulk::RemoveTag("FAIR".into()), Some(Template { tags: Vec::new(), ..one.clone() }));
        is(Bulk::Network(String::new()), Some(Template { networks: Vec::new(), ..one.clone() }));
        is(Bulk::Network("x".into()), None);
        is(Bulk::Kind(Kind::Promo), Some(Template { kind: Kind::Promo, ..one.clone() }));
        is(Bulk::Off(false), None);
    }
}
