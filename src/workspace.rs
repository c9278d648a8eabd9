//! A brand's settings: accounts, departments, watch terms, switches. What is this browser's alone is in [`device`]; no
//! secrets.

pub mod device;
pub(crate) mod fields;
pub mod invite;
pub mod team;

use serde::{Deserialize, Serialize};

use crate::log::queue::Service;
use crate::message::{Catalogue, Lang};
use crate::template::Address;

/// Settings of one brand, shared by its team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workspace {
    /// Name for people.
    pub name: String,
    /// The brand as it signs.
    pub brand: String,
    /// Accounts by network.
    pub accounts: Vec<Account>,
    /// Words that mean the brand.
    pub watch: Vec<WatchTerm>,
    /// Departments a mention can go to.
    pub departments: Vec<String>,
    /// People a mention can be assigned to.
    pub people: Vec<String>,
    /// Languages replies are written in, first is the default.
    pub languages: Vec<String>,
    /// How the brand addresses people, where a language tells; `any` = not said.
    pub address: Address,
    /// Links by name, for templates.
    pub links: Vec<(String, String)>,
    /// IANA time zone.
    pub time_zone: String,
    /// Ids of voice packs that are on.
    pub packs: Vec<String>,
    /// Rule ids switched off.
    pub rules_off: Vec<String>,
    /// Rule ids switched on that are off by themselves, or whose pack is.
    pub rules_on: Vec<String>,
    /// A crisis hold is on: nothing light is said.
    pub hold: bool,
    /// Why, as a person put it; empty = not said.
    pub hold_reason: String,
    /// Ids of the send gate's checks that are switched off.
    pub checks_off: Vec<String>,
    /// Shapes of order numbers: `#` is a digit, `@` a letter, `*` either.
    pub order_numbers: Vec<String>,
    /// Addresses and numbers that the brand itself makes public.
    pub contacts: Vec<String>,
    /// Authors listed by hand: network, handle, role (`vip`, `press`, `advocate`, …).
    pub listed: Vec<Listed>,
    /// How soon the team answers, and when it works.
    pub service: Service,
    /// A workspace that only exists to try things.
    pub sample: bool,
}

impl Workspace {
    /// The workspace a person starts with: nothing of a brand yet, not even a name, but
    /// departments to send a mention to.
    pub fn first_run(lang: Lang) -> Self {
        let other = if lang == Lang::En { Lang::Es } else { Lang::En };
        let departments = ["logistics", "product", "legal", "pr"];
        Self {
            departments: departments
                .map(|name| Catalogue::of(lang).word(&format!("first_run_department_{name}")))
                .to_vec(),
            languages: [lang, other].map(|lang| lang.tag().to_owned()).to_vec(),
            time_zone: "UTC".to_owned(),
            ..Self::default()
        }
    }

    /// The sample brand, to whom the people of the practice network write.
    pub fn sample(lang: Lang) -> Self {
        let account = |handle: &str, kind| Account {
            network: "practice".to_owned(),
            handle: handle.to_owned(),
            name: String::new(),
            kind,
        };
        let term = |term: &str| WatchTerm { term: term.to_owned(), list: "brand".to_owned() };
        Self {
            name: Catalogue::of(lang).word("first_run_sample_workspace"),
            brand: "Alba Coffee".to_owned(),
            accounts: vec![account("albacoffee", AccountKind::Brand), account("sam.rivera", AccountKind::Personal)],
            watch: vec![term("Alba Coffee"), term("Alba"), term("#albacoffee")],
            people: ["Ana", "Ben", "Carla"].map(str::to_owned).to_vec(),
            sample: true,
            ..Self::first_run(lang)
        }
    }
}

/// An account on a network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Network id.
    pub network: String,
    /// Handle without `@`.
    pub handle: String,
    /// Name as the network shows it, where a page names no handle ("Comment as Acme"); empty = not said.
    pub name: String,
    /// Whose it is.
    pub kind: AccountKind,
}

/// Whose an account is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AccountKind {
    #[default]
    Brand,
    Personal,
}

/// A word or phrase to watch for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchTerm {
    /// The words; case and accents do not matter.
    pub term: String,
    /// `brand`, `competitor`, `market`.
    pub list: String,
}

/// An author on a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Listed {
    pub network: String,
    pub handle: String,
    pub role: String,
    pub notes: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_speaks_its_persons_language() {
        for (lang, languages, logistics) in
            [(Lang::En, ["en", "es"], "Logistics"), (Lang::Es, ["es", "en"], "Logística")]
        {
            let first = Workspace::first_run(lang);
            assert_eq!(first.languages, languages);
            assert_eq!(first.departments[0], logistics);
            assert!(!first.sample && first.accounts.is_empty() && first.brand.is_empty());
            let sample = Workspace::sample(lang);
            assert!(sample.sample);
            assert_eq!(sample.departments, first.departments);
            assert_eq!(
                (sample.accounts[0].handle.as_str(), sample.accounts[0].kind),
                ("albacoffee", AccountKind::Brand)
            );
        }
    }

    #[test]
    fn a_workspace_of_another_version_is_read() {
        let odd = serde_json::json!({ "brand": "Acme", "hologram": true });
        assert_eq!(
            serde_json::from_value::<Workspace>(odd).unwrap(),
            Workspace { brand: "Acme".into(), ..Workspace::default() }
        );
    }
}
