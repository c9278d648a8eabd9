//! A brand's settings: accounts, departments, watch terms, switches. No secrets, no device settings.

use serde::{Deserialize, Serialize};

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
    /// IANA time zone.
    pub time_zone: String,
    /// Ids of voice packs that are on.
    pub packs: Vec<String>,
    /// Rule ids switched off.
    pub rules_off: Vec<String>,
    /// Authors listed by hand: network, handle, role (`vip`, `press`, `advocate`, …).
    pub listed: Vec<Listed>,
    /// A workspace that only exists to try things.
    pub sample: bool,
}

/// An account on a network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Network id.
    pub network: String,
    /// Handle without `@`.
    pub handle: String,
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
}
