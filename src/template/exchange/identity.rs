//! Ids of imported templates: the same template of the same tool gets the same id on every machine.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::Format;
use super::draft::free;
use crate::template::Template;
use crate::text::fold;

/// Longest part of an id that people read, in characters.
const READABLE: usize = 32;

/// Gives every template of another tool its id, and a source that no other of them has.
pub(super) fn assign(templates: &mut [Template]) {
    let mut taken = HashSet::new();
    let mut met: HashMap<String, usize> = HashMap::new();
    for template in templates {
        let name = readable(template);
        if let Some(source) = &mut template.source {
            if source.id.is_empty() {
                source.id = if name.is_empty() { template.body.clone() } else { name.clone() };
            }
            // The same again is another template; the order of the file tells them apart.
            let times = met.entry(source.id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                source.id = format!("{}#{times}", source.id);
            }
            template.id = free(&made(&name, &source.tool, &source.id), "-", |id| taken.contains(id));
        }
        taken.insert(template.id.clone());
    }
}

/// Gives our own records an id where they have none, or one that stands before them already.
pub(super) fn complete(templates: &mut [Template]) {
    let mut taken = HashSet::new();
    for template in templates {
        if template.id.is_empty() || taken.contains(&template.id) {
            let id = made(&readable(template), Format::Rejoinder.id(), &template.body);
            template.id = free(&id, "-", |id| taken.contains(id));
        }
        taken.insert(template.id.clone());
    }
}

/// What people know it by.
fn readable(template: &Template) -> String {
    template.trigger.clone().unwrap_or_else(|| template.title.clone())
}

/// A readable name and eight digits of what it is made of.
fn made(name: &str, tool: &str, id: &str) -> String {
    let digest = Sha256::new().chain_update(tool).chain_update([0]).chain_update(id).finalize();
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match slug(name).as_str() {
        "" => hash,
        slug => format!("{slug}-{hash}"),
    }
}

/// A name in small letters, digits and hyphens; empty when it has none of them.
pub(super) fn slug(name: &str) -> String {
    let words = fold::words(name);
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let short: String = parts.join("-").chars().take(READABLE).collect();
    short.trim_matches('-').to_owned()
}
