//! Settings that travel as events: the workspace, templates, packs, site definitions, people's names.
//!
//! The last writer wins, field by field in the workspace and item by item elsewhere; someone who had seen a value always
//! comes after it, whatever the clocks say. What an item means is its own module's affair.
//!
//! Templates may be many. They are stored as records of their own, read when somebody needs them, so that neither a start
//! nor a change of something else pays for them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::body::{Setting, Undone};
use super::register::{Register, Set};
use super::{Draft, Event, EventId};
use crate::json;
use crate::ordered::ordered;
use crate::workspace::Workspace;
use crate::workspace::fields::overlay;

/// The kind of item that is a record of its own.
const TEMPLATE: &str = "template";

type Items = BTreeMap<String, BTreeMap<String, Item>>;

/// Settings as folded from their events. One record of the store holds them without the templates.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    #[serde(serialize_with = "without_templates")]
    items: Items,
    undone: BTreeSet<EventId>,
    /// The templates are among them.
    #[serde(skip)]
    whole: bool,
}

/// Everything that an item was set to; shared, since every change is made to a copy of all settings first.
#[derive(Debug, Clone, Default, PartialEq)]
struct Item(Rc<Register<Option<Value>>>);

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Rc::new(Register::deserialize(deserializer)?)))
    }
}

fn without_templates<S: Serializer>(items: &Items, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(items.iter().filter(|(item, _)| *item != TEMPLATE))
}

impl Settings {
    /// The settings that `events` make, in any order.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut settings = Self::default();
        for event in events {
            settings.apply(event);
        }
        settings
    }

    /// Takes in one event; one that is not about settings changes nothing. In any order, any number of times. True when
    /// it was about settings.
    pub fn apply(&mut self, event: &Event) -> bool {
        if let Some(setting) = setting_of(event) {
            self.put(event, setting);
        } else if let Some(taken_back) = taken_back_by(event) {
            self.undone.insert(taken_back);
        } else {
            return false;
        }
        true
    }

    fn put(&mut self, event: &Event, setting: Setting) {
        let value = setting.value.filter(|value| !value.is_null());
        let items = self.items.entry(setting.item).or_default();
        match value {
            // A whole workspace is its fields, so that two people who change different ones both get theirs.
            Some(Value::Object(fields)) if setting.id.is_empty() => {
                for (name, value) in fields {
                    Rc::make_mut(&mut items.entry(name).or_default().0).put(event, Some(value));
                }
            }
            value => Rc::make_mut(&mut items.entry(setting.id).or_default().0).put(event, value),
        }
    }

    /// The templates have been read.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Takes in the templates: every [`record`](Self::record), with commas between.
    pub fn complete(&mut self, records: &str) {
        let stored: Option<Self> = json::read(&format!(r#"{{"items":{{"{TEMPLATE}":{{{records}}}}}}}"#));
        let stored = stored.and_then(|mut stored| stored.items.remove(TEMPLATE)).unwrap_or_default();
        self.items.entry(TEMPLATE.to_owned()).or_default().extend(stored);
        self.whole = true;
    }

    /// Ids of the templates that are here, removed ones too.
    pub fn template_ids(&self) -> impl Iterator<Item = &str> {
        self.items.get(TEMPLATE).into_iter().flatten().map(|(id, _)| id.as_str())
    }

    /// The id of the template that an event is about.
    pub fn template_of(event: &Event) -> Option<String> {
        setting_of(event).filter(|setting| setting.item == TEMPLATE).map(|setting| setting.id)
    }

    /// What the store keeps of a template: its id and all that it was set to.
    pub fn record(&self, template: &str) -> Option<String> {
        let item = self.items.get(TEMPLATE)?.get(template)?;
        Some(format!("{}:{}", serde_json::to_string(template).ok()?, serde_json::to_string(item).ok()?))
    }

    /// No template differs from those of `other`.
    pub fn has_templates_of(&self, other: &Self) -> bool {
        let all = |settings: &Self| settings.items.get(TEMPLATE).map(BTreeMap::len).unwrap_or_default();
        let both =
            || self.items.get(TEMPLATE).into_iter().flatten().zip(other.items.get(TEMPLATE).into_iter().flatten());
        (self.whole, &self.undone, all(self)) == (other.whole, &other.undone, all(other))
            && both().all(|(one, same)| one.0 == same.0 && Rc::ptr_eq(&one.1.0, &same.1.0))
    }

    /// One item, if it is there and was not removed.
    pub fn item(&self, item: &str, id: &str) -> Option<&Value> {
        self.items.get(item)?.get(id)?.0.newest(&self.undone)?.value.as_ref()
    }

    /// All items of a kind that are there: id and value.
    pub fn items<'a>(&'a self, item: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let all = self.items.get(item).into_iter().flatten();
        all.filter_map(|(id, item)| Some((id.as_str(), item.0.newest(&self.undone)?.value.as_ref()?)))
    }

    /// The ids of a kind that someone removed: bundled items that are not wanted.
    pub fn removed<'a>(&'a self, item: &str) -> impl Iterator<Item = &'a str> {
        let all = self.items.get(item).into_iter().flatten();
        all.filter(|(_, item)| item.0.newest(&self.undone).is_some_and(|set| set.value.is_none()))
            .map(|(id, _)| id.as_str())
    }

    /// The workspace: `base` with every field that was set. A value that does not fit its field leaves the base's.
    pub fn workspace(&self, base: Workspace) -> Workspace {
        overlay(base, self.items("workspace"))
    }

    /// Every value that an item was set to and that was not taken back, newest first.
    pub fn versions(&self, item: &str, id: &str) -> Vec<Version<'_>> {
        let Some(register) = self.items.get(item).and_then(|items| items.get(id)) else { return Vec::new() };
        let heads = register.0.heads(&self.undone);
        let live = register.0.history().filter(|(event, _)| !self.undone.contains(*event));
        let version =
            |(event, set): (&EventId, _)| Version { stands: heads.contains(event), event: event.clone(), set };
        live.map(version).collect()
    }

    /// The ids of a kind on whose value people who did not know of each other have not settled.
    pub fn disputed<'a>(&'a self, item: &str) -> impl Iterator<Item = &'a str> {
        let all = self.items.get(item).into_iter().flatten();
        all.filter(|(_, register)| register.0.is_contended() && register.0.heads(&self.undone).len() > 1)
            .map(|(id, _)| id.as_str())
    }

    /// The name people know a user by.
    pub fn name(&self, user: &str) -> String {
        self.item("person", user)
            .and_then(|person| person.get("name"))
            .and_then(Value::as_str)
            .unwrap_or(user)
            .to_owned()
    }

    /// What to write to set an item, or to remove it. A whole workspace shrinks to the fields that changed; `None` when
    /// nothing would change.
    pub fn draft(&self, item: &str, id: &str, value: Option<Value>) -> Option<Draft> {
        let value = match value {
            Some(Value::Object(mut fields)) if id.is_empty() => {
                fields.retain(|name, value| self.item(item, name) != Some(value));
                if fields.is_empty() {
                    return None;
                }
                Some(Value::Object(fields))
            }
            value if value.as_ref() == self.item(item, id) && self.is_settled(item, id) => return None,
            value => value,
        };
        let names: Vec<&str> = match &value {
            Some(Value::Object(fields)) if id.is_empty() => fields.keys().map(String::as_str).collect(),
            _ => vec![id],
        };
        let items = names.into_iter().filter_map(|name| self.items.get(item)?.get(name));
        let seen: BTreeSet<EventId> = ordered(items.flat_map(|item| item.0.heads(&self.undone)));
        let body = Setting { item: item.to_owned(), id: id.to_owned(), value }.into();
        Some(Draft { m: None, body, seen: seen.into_iter().collect() })
    }

    /// The events whose values stand, of every item.
    pub(super) fn in_force(&self) -> impl Iterator<Item = EventId> {
        self.items.values().flat_map(BTreeMap::values).flat_map(|item| item.0.heads(&self.undone))
    }

    /// Somebody set it, and nobody else did at the same time: choosing the newest of several settles them.
    fn is_settled(&self, item: &str, id: &str) -> bool {
        let register = self.items.get(item).and_then(|items| items.get(id));
        register.is_some_and(|register| !register.0.is_contended() || register.0.heads(&self.undone).len() < 2)
    }
}

/// What an event sets. Read by itself: who needs settings alone need not carry what reads every other type.
fn setting_of(event: &Event) -> Option<Setting> {
    (event.t == "setting").then(|| json::of(&event.v)).flatten()
}

/// The event about settings that an event takes back.
pub(super) fn taken_back_by(event: &Event) -> Option<EventId> {
    let undone: Option<Undone> = (event.t == "undone" && event.m.is_none()).then(|| json::of(&event.v)).flatten();
    undone.filter(|undone| undone.case.is_none()).map(|undone| undone.event)
}

/// A value that an item was set to, or its removal.
#[derive(Debug)]
pub struct Version<'a> {
    /// The event that set it.
    pub event: EventId,
    /// Value, author and time.
    pub set: &'a Set<Option<Value>>,
    /// It stands now; of several that do, people have not settled on one.
    pub stands: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Actor, Body, Hlc};
    use serde_json::json;

    fn write(settings: &Settings, by: &str, at: i64, item: &str, id: &str, value: Value) -> Event {
        let actor = Actor { by: by.into(), dev: by.into() };
        Event::new(settings.draft(item, id, Some(value)).unwrap(), &actor, Hlc::new(at, 0), None)
    }

    #[test]
    fn two_people_change_different_fields_and_both_stand() {
        let start = Settings::default();
        let ana = write(&start, "ana", 10, "workspace", "", json!({ "brand": "Acme", "time_zone": "Europe/Madrid" }));
        let ben = write(&start, "ben", 20, "workspace", "brand", json!("Acme Inc."));
        for events in [[&ana, &ben], [&ben, &ana]] {
            let mut settings = Settings::default();
            for event in events {
                assert!(settings.apply(event));
            }
            let workspace = settings.workspace(Workspace::default());
            assert_eq!((workspace.brand.as_str(), workspace.time_zone.as_str()), ("Acme Inc.", "Europe/Madrid"));
        }
    }

    #[test]
    fn whoever_saw_a_value_comes_after_it_whatever_the_clock_says() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "ana", 9_000_000, "workspace", "brand", json!("Future")));
        settings.apply(&write(&settings.clone(), "ben", 10, "workspace", "brand", json!("Now")));
        assert_eq!(settings.workspace(Workspace::default()).brand, "Now");
    }

    #[test]
    fn a_removed_item_is_gone_until_it_is_set_again() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "ana", 10, "template", "thanks", json!({ "title": "Thanks" })));
        assert_eq!(settings.items("template").count(), 1);
        let removal = settings.draft("template", "thanks", None).unwrap();
        let removal = Event::new(removal, &Actor::default(), Hlc::new(20, 0), None);
        settings.apply(&removal);
        assert_eq!(settings.items("template").count(), 0);
        assert_eq!(settings.removed("template").collect::<Vec<_>>(), ["thanks"]);
        assert_eq!(settings.draft("template", "thanks", None), None, "removed already");
        let undo = Event::new(Draft::undo(&removal).unwrap(), &Actor::default(), Hlc::new(30, 0), None);
        settings.apply(&undo);
        assert_eq!(settings.items("template").count(), 1);
    }

    #[test]
    fn versions_are_kept_and_a_choice_among_several_settles_them() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "ana", 10, "template", "t", json!({ "title": "A" })));
        let before = settings.clone();
        settings.apply(&write(&before, "ana", 20, "template", "t", json!({ "title": "B" })));
        settings.apply(&write(&before, "ben", 21, "template", "t", json!({ "title": "C" })));
        let shown = |settings: &Settings| -> Vec<(String, String, bool)> {
            let versions = settings.versions("template", "t");
            versions
                .iter()
                .map(|v| (v.set.by.clone(), v.set.value.as_ref().unwrap()["title"].to_string(), v.stands))
                .collect()
        };
        let of = |by: &str, title: &str, stands| (by.to_owned(), format!("\"{title}\""), stands);
        assert_eq!(shown(&settings), [of("ben", "C", true), of("ana", "B", true), of("ana", "A", false)]);
        assert_eq!(settings.disputed("template").collect::<Vec<_>>(), ["t"]);
        settings.apply(&write(&settings.clone(), "ana", 30, "template", "t", json!({ "title": "C" })));
        assert_eq!(settings.disputed("template").count(), 0);
        assert_eq!(settings.versions("template", "t").iter().filter(|v| v.stands).count(), 1);
        assert_eq!(settings.draft("template", "t", Some(json!({ "title": "C" }))), None);
    }

    #[test]
    fn only_what_changed_is_written() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "ana", 10, "workspace", "", json!({ "brand": "A", "name": "N" })));
        let draft = settings.draft("workspace", "", Some(json!({ "brand": "B", "name": "N" }))).unwrap();
        let Body::Setting(setting) = draft.body else { panic!() };
        assert_eq!(setting.value, Some(json!({ "brand": "B" })));
        assert_eq!(settings.draft("workspace", "", Some(json!({ "brand": "A", "name": "N" }))), None);
        assert!(settings.draft("pack", "unknown", None).is_some(), "a bundled pack can be removed");
    }

    #[test]
    fn a_value_that_does_not_fit_leaves_the_rest() {
        let mut settings = Settings::default();
        let odd = json!({ "brand": "A", "accounts": "many", "surprise": 1 });
        settings.apply(&write(&settings.clone(), "ana", 10, "workspace", "", odd));
        let workspace = settings.workspace(Workspace::default());
        assert_eq!((workspace.brand.as_str(), workspace.accounts.len()), ("A", 0));
    }

    #[test]
    fn templates_are_records_of_their_own() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "ana", 10, "workspace", "brand", json!("Acme")));
        let thanks = write(&settings, "ana", 20, "template", "thanks", json!({ "title": "Thanks" }));
        settings.apply(&thanks);
        settings.apply(&write(&settings.clone(), "ana", 30, "template", "a \"b\"", json!({ "title": "Quotes" })));
        assert_eq!(Settings::template_of(&thanks).as_deref(), Some("thanks"));
        let text = serde_json::to_string(&settings).unwrap();
        assert!(text.contains("Acme") && !text.contains("Thanks"), "{text}");
        let mut read: Settings = json::read(&text).unwrap();
        assert!(!read.is_whole() && read.items("template").count() == 0);
        let records: Vec<String> = settings.template_ids().filter_map(|id| settings.record(id)).collect();
        read.complete(&records.join(","));
        assert!(read.is_whole());
        assert_eq!(read.items, settings.items);
        assert_eq!(read.draft("template", "thanks", None).unwrap().seen, [thanks.id]);
        // Nothing stored is nothing to wait for.
        let mut empty = Settings::default();
        empty.complete("");
        assert!(empty.is_whole());
    }

    #[test]
    fn what_was_one_record_is_read() {
        let one = json!({ "items": { "template": { "thanks": { "e1": {
            "value": { "title": "Thanks" }, "by": "ana", "at": 1 } } } }, "undone": [] });
        let settings: Settings = json::of(&one).unwrap();
        assert_eq!(settings.template_ids().collect::<Vec<_>>(), ["thanks"]);
        assert_eq!(settings.items("template").count(), 1);
    }

    #[test]
    fn a_change_of_something_else_leaves_the_templates() {
        let mut before = Settings::default();
        before.apply(&write(&before.clone(), "ana", 10, "template", "thanks", json!({ "title": "Thanks" })));
        let mut after = before.clone();
        after.apply(&write(&after.clone(), "ana", 20, "workspace", "brand", json!("Acme")));
        assert!(after.has_templates_of(&before));
        after.apply(&write(&after.clone(), "ana", 30, "template", "thanks", json!({ "title": "Thank you" })));
        assert!(!after.has_templates_of(&before));
        after.clone_from(&before);
        after.apply(&write(&after.clone(), "ana", 30, "template", "more", json!({ "title": "More" })));
        assert!(!after.has_templates_of(&before) && !before.has_templates_of(&after));
    }

    #[test]
    fn people_have_names() {
        let mut settings = Settings::default();
        settings.apply(&write(&settings.clone(), "u1", 10, "person", "u1", json!({ "name": "Ana" })));
        assert_eq!(settings.name("u1"), "Ana");
        assert_eq!(settings.name("u2"), "u2");
    }
}
