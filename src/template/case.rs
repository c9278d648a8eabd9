//! `case`: what the log knows of the case that a reply belongs to, as templates name it.

use std::collections::BTreeMap;

use super::dates::Local;
use crate::log::Mention;
use crate::message::{Catalogue, Lang};
use crate::ordered::ordered;

/// Name of the namespace.
pub const CASE: &str = "case";
/// Name of the namespace of the brand's own links.
pub const LINKS: &str = "links";

/// The values by name, in the language of the reply. `assignee`: the name of whoever has the case; `offset`: minutes that
/// local time is ahead of UTC.
pub fn case_values(mention: &Mention, assignee: Option<String>, lang: Lang, offset: i32) -> BTreeMap<String, String> {
    let last = mention.replies().filter(|reply| reply.confirmed).filter_map(|reply| reply.text.as_deref()).next_back();
    let values = [
        ("number", Some(mention.case.number())),
        ("status", Some(Catalogue::of(lang).word(&format!("log_status_{}", mention.status.name())))),
        ("department", mention.department.clone()),
        ("assignee", assignee),
        ("due", mention.due.map(|due| Local::at(due, offset).long(lang))),
        ("last_reply", last.map(str::to_owned)),
    ];
    ordered(values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))))
}
