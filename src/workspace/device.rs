//! What this browser knows by itself and shares with nobody: language, pauses, densities, the workspace in use.
//!
//! Stored as text with a version of its own; what an older build wrote is brought up to date when it is read, and what a
//! newer one added is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::AccountKind;
use super::fields::overlay;
use super::team::Team;
use crate::message::Lang;
use crate::ordered::ordered;
use crate::protocol::Features;
use crate::template::{Choice, Used};

/// Version of the stored form.
pub const SCHEMA: u64 = 1;
/// Id of the workspace with the sample brand.
pub const SAMPLE: &str = "sample";
/// Id of a person's own first workspace.
pub const FIRST: &str = "first";
/// How long "hide all marks" lasts.
const PRESENTING_MS: i64 = 2 * 3_600_000;
/// So many dismissals are no accident.
const OFTEN: u32 = 5;
/// As many templates as are remembered as used.
const MAX_USED: usize = 300;
/// As many authors are remembered with the language that was chosen for them.
const MAX_CHOSEN: usize = 300;
/// No word of a dictionary is longer, in bytes.
pub const MAX_WORD: usize = 80;
/// Sending again as the same account is news only after so long.
const ACTED_MS: i64 = 60_000;

/// Settings of this device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// Version of the stored form, at least [`SCHEMA`].
    pub schema: u64,
    /// Stands for the person in the log until a team is joined, made once.
    pub user: String,
    /// Stands for this device in the log, made once.
    pub device: String,
    /// Language of the interface; absent = the browser's.
    pub language: Option<Lang>,
    /// `auto`, `light`, `dark`.
    pub theme: String,
    /// Densities chosen by hand, by network.
    pub density: BTreeMap<String, String>,
    /// Networks whose private messages this person lets Rejoinder into.
    pub private: BTreeSet<String>,
    /// All marks are hidden until then.
    pub presenting_until: i64,
    /// First run was finished.
    pub welcomed: bool,
    /// Features switched off, by host.
    pub paused: BTreeMap<String, BTreeSet<String>>,
    /// What is looked for on a host (`mentions`, `influencers`, `unanswered`, all of them at once): other posts step back.
    pub only: BTreeMap<String, BTreeSet<String>>,
    /// Workspace in use.
    pub workspace: String,
    /// Every workspace: id and name.
    pub workspaces: Vec<(String, String)>,
    /// Where workspaces are shared with a team, by their id.
    pub teams: BTreeMap<String, Team>,
    /// How often a rule's findings were dismissed.
    pub dismissed: BTreeMap<String, u32>,
    /// Rules this person has switched off, with the words they were about (empty = all).
    pub silenced: BTreeMap<String, BTreeSet<String>>,
    /// The account that sent last, by network.
    pub acted: BTreeMap<String, Acted>,
    /// The personal account that sent last, on whichever network.
    pub acted_as_person: Option<Acted>,
    /// How this person used templates, by id.
    pub used: BTreeMap<String, Used>,
    /// Language and form of address chosen for an author (network and handle), the latest last; of the author nothing
    /// else is kept.
    pub chosen: Vec<(String, String)>,
    /// Templates that this person has starred, by id.
    pub starred: BTreeSet<String>,
    /// Words that are right for this person, whatever a dictionary says.
    pub words: BTreeSet<String>,
    /// What another version keeps here.
    #[serde(skip)]
    pub more: Map<String, Value>,
}

/// An account that something was sent as.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Acted {
    /// Without `@`.
    pub handle: String,
    /// UTC milliseconds.
    pub at: i64,
}

impl Acted {
    /// Handle and time.
    pub fn pair(&self) -> (&str, i64) {
        (&self.handle, self.at)
    }
}

impl Default for Device {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            user: String::new(),
            device: String::new(),
            language: None,
            theme: "auto".to_owned(),
            density: BTreeMap::new(),
            private: BTreeSet::new(),
            presenting_until: 0,
            welcomed: false,
            paused: BTreeMap::new(),
            only: BTreeMap::new(),
            // A person meets the sample brand first; their own workspace waits.
            workspace: SAMPLE.to_owned(),
            workspaces: vec![(FIRST.to_owned(), String::new()), (SAMPLE.to_owned(), String::new())],
            teams: BTreeMap::new(),
            dismissed: BTreeMap::new(),
            silenced: BTreeMap::new(),
            acted: BTreeMap::new(),
            acted_as_person: None,
            used: BTreeMap::new(),
            chosen: Vec::new(),
            starred: BTreeSet::new(),
            words: BTreeSet::new(),
            more: Map::new(),
        }
    }
}

impl Device {
    /// A template was used. Those not used for longest are forgotten.
    pub fn use_template(&mut self, id: &str, now: i64) {
        let used = self.used.entry(id.to_owned()).or_default();
        *used = Used { at: now, times: used.times.saturating_add(1) };
        while self.used.len() > MAX_USED {
            let oldest = self.used.iter().min_by_key(|(_, used)| used.at).map(|(id, _)| id.clone());
            self.used.remove(&oldest.unwrap_or_default());
        }
    }

    /// A language was chosen for an author. Those chosen for longest ago are forgotten.
    pub fn choose(&mut self, author: &str, choice: &Choice) {
        self.chosen.retain(|(known, _)| known != author);
        self.chosen.push((author.to_owned(), choice.to_text()));
        let over = self.chosen.len().saturating_sub(MAX_CHOSEN);
        self.chosen.drain(..over);
    }

    /// Nothing is kept of an author any more.
    pub fn forget_author(&mut self, author: &str) {
        self.chosen.retain(|(known, _)| known != author);
    }

    /// What was chosen for an author.
    pub fn choice(&self, author: &str) -> Option<Choice> {
        Choice::from_text(&self.chosen.iter().find(|(known, _)| known == author)?.1)
    }

    /// Stars a template, or takes its star away.
    pub fn star(&mut self, id: &str) {
        if !self.starred.remove(id) {
            self.starred.insert(id.to_owned());
        }
    }

    /// Puts a word into this person's dictionary, or takes it out. False for one that is none.
    pub fn know(&mut self, word: &str, on: bool) -> bool {
        let word = word.trim();
        if word.is_empty() || word.len() > MAX_WORD {
            return false;
        }
        if on {
            self.words.insert(word.to_owned());
        } else {
            self.words.remove(word);
        }
        true
    }

    /// The settings that `text` holds, whichever version wrote it. What cannot be read is as it was at first.
    pub fn from_stored(text: &str) -> Self {
        let stored: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
        let device = overlay(Self::default(), stored.iter().map(|(name, value)| (name.as_str(), value)));
        let known = serde_json::to_value(&device).unwrap_or_default();
        let more = ordered(stored.into_iter().filter(|(name, _)| known.get(name).is_none()));
        // A newer build's version stays, so that it knows its own form again.
        Self { more, schema: device.schema.max(SCHEMA), ..device }
    }

    /// The settings as they are stored.
    pub fn to_stored(&self) -> String {
        let mut whole = self.more.clone();
        if let Ok(Value::Object(fields)) = serde_json::to_value(self) {
            whole.extend(fields);
        }
        Value::Object(whole).to_string()
    }

    /// What runs on a host of a network now.
    pub fn features(&self, host: &str, network: &str, now: i64) -> Features {
        let on = |feature: &str| !self.paused.get(host).is_some_and(|off| off.contains(feature) || off.contains("all"));
        let density = self.density.get(network).map_or(first_density(network), String::as_str);
        let presenting = self.presenting_until > now;
        let only = self.sought_on(host).join(" ");
        // Who looks for something wants to see it, also where marks are off by themselves.
        let density = if density == "off" && !only.is_empty() { "quiet" } else { density };
        Features {
            marks: on("marks") && density != "off" && !presenting,
            voice: on("voice"),
            picker: on("picker"),
            gate: on("gate"),
            private: on("private") && self.private.contains(network),
            density: if presenting { "off" } else { density }.to_owned(),
            only,
        }
    }

    /// Switches a feature off or on for a host; `all` is everything.
    pub fn pause(&mut self, host: &str, feature: &str, on: bool) {
        put(&mut self.paused, host, feature, on);
    }

    /// The features that are switched off on a host.
    pub fn paused_on(&self, host: &str) -> Vec<String> {
        list(&self.paused, host)
    }

    /// What is looked for on a host.
    pub fn sought_on(&self, host: &str) -> Vec<String> {
        list(&self.only, host)
    }

    /// Sets what a page may set by name. False for a name or value that does not exist.
    pub fn set(&mut self, name: &str, value: &str, now: i64) -> bool {
        if let Some((what, host)) = name.strip_prefix("only:").and_then(|rest| rest.split_once(':')) {
            let exists = matches!(what, "mentions" | "influencers" | "unanswered") && !host.is_empty();
            if exists && matches!(value, "on" | "off") {
                put(&mut self.only, host, what, value == "on");
                return true;
            }
            return false;
        }
        if let Some(network) = name.strip_prefix("private:").filter(|network| !network.is_empty()) {
            match value {
                "on" => drop(self.private.insert(network.to_owned())),
                "off" => drop(self.private.remove(network)),
                _ => return false,
            }
            return true;
        }
        match (name, value) {
            ("word:add", word) => return self.know(word, true),
            ("word:remove", word) => return self.know(word, false),
            // Who brings a rule back begins to count anew.
            ("rule:hear", rule) => {
                self.silenced.remove(rule);
                self.dismissed.remove(rule);
            }
            ("language", "auto") => self.language = None,
            ("language", "en" | "es") => self.language = Some(Lang::from_tag(value)),
            ("theme", "auto" | "light" | "dark") => self.theme = value.to_owned(),
            ("presenting", "on") => self.presenting_until = now + PRESENTING_MS,
            ("presenting", "off") => self.presenting_until = 0,
            ("presenting_until", until) => match until.parse() {
                Ok(until) => self.presenting_until = until,
                Err(_) => return false,
            },
            ("welcomed", _) => self.welcomed = matches!(value, "true" | "1" | "on"),
            (name, "off" | "quiet" | "full") => match name.strip_prefix("density:") {
                Some(network) => drop(self.density.insert(network.to_owned(), value.to_owned())),
                None => return false,
            },
            _ => return false,
        }
        true
    }

    /// Remembers who sent on a network. False when that is known already, to the minute.
    pub fn act(&mut self, network: &str, handle: &str, kind: Option<AccountKind>, now: i64) -> bool {
        let acted = Acted { handle: handle.to_owned(), at: now };
        let known = |old: Option<&Acted>| old.is_some_and(|old| old.handle == handle && now - old.at < ACTED_MS);
        let is_person = kind == Some(AccountKind::Personal);
        if known(self.acted.get(network)) && (!is_person || known(self.acted_as_person.as_ref())) {
            return false;
        }
        if is_person {
            self.acted_as_person = Some(acted.clone());
        }
        self.acted.insert(network.to_owned(), acted);
        true
    }

    /// Whether these settings differ in something that documents and pages show, but for an open picker's stars.
    pub fn looks_other(&self, than: &Self) -> bool {
        let same = Self {
            acted: than.acted.clone(),
            acted_as_person: than.acted_as_person.clone(),
            chosen: than.chosen.clone(),
            starred: than.starred.clone(),
            ..self.clone()
        };
        same != *than
    }

    /// A finding of this rule about these words is not shown to this person.
    pub fn is_silenced(&self, rule: &str, matched: &str) -> bool {
        self.silenced.get(rule).is_some_and(|words| words.contains("") || words.contains(&matched.to_lowercase()))
    }

    /// How often this rule's findings were dismissed, once that is often enough to ask whether it shall speak at all.
    pub fn tires(&self, rule: &str) -> Option<u32> {
        self.dismissed.get(rule).copied().filter(|count| *count >= OFTEN)
    }
}

/// A professional feed is nobody's inbox: there the panel and the composer are enough to start with.
fn first_density(network: &str) -> &'static str {
    if network == "linkedin" { "off" } else { "quiet" }
}

fn list(of: &BTreeMap<String, BTreeSet<String>>, name: &str) -> Vec<String> {
    of.get(name).into_iter().flatten().cloned().collect()
}

/// Puts `item` into the set of that name, or takes it out; no set is left empty.
fn put(of: &mut BTreeMap<String, BTreeSet<String>>, name: &str, item: &str, on: bool) {
    let set = of.entry(name.to_owned()).or_default();
    if on {
        set.insert(item.to_owned());
    } else {
        set.remove(item);
    }
    of.retain(|_, set| !set.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_per_host_and_per_feature() {
        let mut device = Device::default();
        device.pause("x.com", "voice", true);
        let here = device.features("x.com", "x", 0);
        assert_eq!((here.voice, here.marks, here.picker, here.gate), (false, true, true, true));
        assert!(device.features("forum.example", "x", 0).voice);
        device.pause("x.com", "all", true);
        let here = device.features("x.com", "x", 0);
        assert_eq!((here.voice, here.marks, here.picker, here.gate), (false, false, false, false));
        device.pause("x.com", "all", false);
        device.pause("x.com", "voice", false);
        assert_eq!(device, Device::default());
    }

    #[test]
    fn private_messages_are_served_where_somebody_asked_for_it() {
        let mut device = Device::default();
        assert!(!device.features("x.com", "x", 0).private);
        assert!(device.set("private:x", "on", 0));
        assert!(device.features("x.com", "x", 0).private);
        assert!(!device.features("x.com", "", 0).private && !device.features("x.com", "linkedin", 0).private);
        assert_eq!(Device::from_stored(&device.to_stored()), device);
        device.pause("x.com", "all", true);
        assert!(!device.features("x.com", "x", 0).private);
        device.pause("x.com", "all", false);
        assert!(device.set("private:x", "off", 0));
        assert_eq!(device, Device::default());
    }

    #[test]
    fn what_is_looked_for_on_a_host_is_shown_even_where_marks_are_off() {
        let mut device = Device::default();
        let (network, host) = ("linkedin", "www.linkedin.com");
        assert!(!device.features(host, network, 0).marks);
        for what in ["unanswered", "influencers"] {
            assert!(device.set(&format!("only:{what}:{host}"), "on", 0));
        }
        let here = device.features(host, network, 0);
        assert_eq!((here.marks, here.density.as_str(), here.only.as_str()), (true, "quiet", "influencers unanswered"));
        assert_eq!(device.features("other.example", network, 0).only, "");
        device.pause(host, "marks", true);
        assert!(!device.features(host, network, 0).marks, "a pause goes before");
        device.pause(host, "marks", false);
        for what in ["unanswered", "influencers"] {
            assert!(device.set(&format!("only:{what}:{host}"), "off", 0));
        }
        assert_eq!(device, Device::default());
    }

    #[test]
    fn presenting_hides_marks_for_a_while() {
        let mut device = Device::default();
        assert!(device.set("presenting", "on", 1_000));
        assert!(!device.features("x.com", "x", 1_001).marks);
        assert!(device.features("x.com", "x", 1_000 + PRESENTING_MS).marks);
    }

    #[test]
    fn who_sent_is_remembered_to_the_minute() {
        let mut device = Device::default();
        let before = device.clone();
        assert!(device.act("x", "acme", Some(AccountKind::Brand), 1_000));
        assert!(!device.act("x", "acme", Some(AccountKind::Brand), 2_000));
        assert!(device.act("x", "acme", Some(AccountKind::Brand), 1_000 + ACTED_MS));
        assert!(device.act("x", "sam", Some(AccountKind::Personal), 70_000));
        assert_eq!(device.acted_as_person, Some(Acted { handle: "sam".into(), at: 70_000 }));
        assert_eq!(device.acted["x"].handle, "sam");
        assert!(!device.looks_other(&before));
        device.set("theme", "dark", 0);
        assert!(device.looks_other(&before));
    }

    #[test]
    fn the_language_chosen_for_an_author_is_kept_and_the_oldest_choice_forgotten() {
        let choice = |language: &str| Choice { language: language.into(), ..Choice::default() };
        let mut device = Device::default();
        for author in 0..MAX_CHOSEN {
            device.choose(&format!("x {author}"), &choice("es"));
        }
        device.choose("x 0", &choice("es-419"));
        device.choose("x new", &choice("en"));
        assert_eq!(device.chosen.len(), MAX_CHOSEN);
        let device = Device::from_stored(&device.to_stored());
        let chosen = |author: &str| device.choice(author).map(|choice| choice.language);
        assert_eq!(chosen("x 0").as_deref(), Some("es-419"), "chosen again, it is the latest but one");
        assert_eq!((chosen("x 1"), chosen("x new").as_deref()), (None, Some("en")));
        assert!(!device.looks_other(&Device::default()));
    }

    #[test]
    fn names_and_values_that_do_not_exist_change_nothing() {
        for (name, value) in [
            ("theme", "pink"),
            ("language", "fr"),
            ("density:x", "loud"),
            ("private:x", "quiet"),
            ("private:", "on"),
            ("user", "off"),
            ("presenting_until", "soon"),
            ("only:mentions:x.com", "maybe"),
            ("only:gossip:x.com", "on"),
            ("only:mentions:", "on"),
        ] {
            let mut device = Device::default();
            assert!(!device.set(name, value, 0), "{name}={value}");
            assert_eq!(device, Device::default());
        }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let mut device = Device { user: "u".into(), ..Device::default() };
        device.pause("x.com", "voice", true);
        device.set("density:x", "full", 0);
        device.set("language", "es", 0);
        device.star("late");
        device.star("late");
        device.star("dm");
        assert_eq!(device.starred, BTreeSet::from(["dm".to_owned()]), "pressed twice, it is as it was");
        assert_eq!(Device::from_stored(&device.to_stored()), device);
    }

    #[test]
    fn a_field_that_does_not_fit_costs_only_itself() {
        let device = Device::from_stored(r#"{"schema":1,"user":"u","theme":7,"welcomed":true}"#);
        assert_eq!((device.user.as_str(), device.theme.as_str(), device.welcomed), ("u", "auto", true));
        assert_eq!(Device::from_stored("not json"), Device::default());
        assert_eq!(Device::from_stored(""), Device::default());
    }

    #[test]
    fn what_a_newer_build_added_is_kept_for_it() {
        let newer = r#"{"schema":9,"user":"u","hologram":{"on":true}}"#;
        let mut device = Device::from_stored(newer);
        device.set("theme", "dark", 0);
        let stored: Value = serde_json::from_str(&device.to_stored()).unwrap();
        assert_eq!(stored["schema"], 9);
        assert_eq!(stored["hologram"]["on"], true);
        assert_eq!(stored["theme"], "dark");
    }
}
