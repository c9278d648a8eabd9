//! Site definitions: where a network keeps its posts, fields, composers and acting account.
//!
//! One TOML file per network in `extension/sites`. The page agent receives [`Definition`] as JSON and executes it without
//! knowing which site it is for. A definition never holds code; its patterns use the syntax that Rust's `regex` and
//! JavaScript's `RegExp` (flag `u`) share ([`super::pattern`]), and are applied to page text, never built from it.
//!
//! # How a reader is executed, in the agent and natively alike
//! 1. *Start.* `location`: the page's address is the text, go to 5. `document`: the document. Else the node itself (the
//!    post, the editable; for [`Definition::page`] the document).
//! 2. `closest`: the nearest ancestor or self of the node that matches; `above`: the nearest ancestor, the node itself left
//!    out. In the agent both leave open shadow roots upwards, by their hosts. None = no answer.
//! 3. *Candidates.* With `css` every element inside that matches, in document order (`querySelectorAll`); without, the
//!    element itself. `not_in` drops a candidate `c` when `c.closest(not_in)` lies inside the start and is not the start.
//! 4. *Value.* `present`: "1". `attr`: that attribute. `prop`: that property as a string (natively the attribute of
//!    that name). Else the text ([`super::text`], with `skip`, `pre`, `inline`, `block`).
//! 5. `re` is searched in the value; its first group (the whole match without a group) is the value; no match = none.
//! 6. The value is trimmed of space, tab and line breaks. The first candidate with a value that is not empty answers;
//!    when none has one, the next reader is tried.
//!
//! Everything else (what a number, a time or a link means) is Rust's and not written here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The definition format this build reads.
pub const SCHEMA: u16 = 1;

/// How much a definition rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Works end to end against a live server in the tests.
    Live,
    /// Reads a captured page of the real network.
    Capture,
    /// Rests on selectors that nobody has checked.
    #[default]
    Guess,
}

/// One network or forum engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Format version, [`SCHEMA`].
    pub schema: u16,
    /// Version of this definition; a higher one replaces a lower one.
    pub version: u32,
    /// Oldest Rejoinder that can run it.
    pub min_app: String,
    /// Stable id, `[a-z0-9-]+`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Network id in mention keys ("x", "nodebb").
    pub network: String,
    /// What the definition rests on.
    #[serde(default)]
    pub evidence: Evidence,
    /// Host patterns: `x.com`, `*.x.com`, or `*` for an engine found by [`Definition::detect`].
    pub hosts: Vec<String>,
    /// CSS selectors of which one must match in the document; empty = the host is enough.
    #[serde(default)]
    pub detect: Vec<String>,
    /// Selectors of elements whose open shadow roots are searched too; empty = light DOM only.
    #[serde(default)]
    pub roots: Vec<String>,
    /// Work in subframes from the start, not only once an editable gets focus.
    #[serde(default)]
    pub frames: bool,
    /// Fields of the page as a whole; known names: `acting_handle`, `acting_name`, `logged_out`, on a person's own page
    /// `profile_handle`, `profile_followers`, and `linked_data` (the text of a JSON-LD script).
    #[serde(default)]
    pub page: BTreeMap<String, Vec<Reader>>,
    /// Post containers, most specific first. An element belongs to the first rule that selects it.
    #[serde(default)]
    pub posts: Vec<PostRule>,
    /// Reply boxes. Every `closest` of theirs leaves open shadow roots upwards.
    #[serde(default)]
    pub composers: Vec<ComposerRule>,
    /// How ids and links of this network are made canonical.
    #[serde(default)]
    pub canonical: Canonical,
}

/// A kind of post container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PostRule {
    /// CSS selector of the container.
    pub select: String,
    /// `post` or `comment`.
    pub kind: super::post::PostKind,
    /// A container whose parent has a `closest` for this selector is a quote or a part of another, and is skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside_not: Option<String>,
    /// The network gives these neither id nor link: one that shows none is known by a derived id, see
    /// [`super::read::derived_id`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub derived: bool,
    /// Readers per field, tried in order; the first non-empty answer wins. Known names: `native_id thread permalink handle
    /// name verified followers text published likes reposts replies views parent promoted truncated`. A `post` that has a
    /// `parent` other than itself is a comment. Where `thread` is read, ids count within it: the post's id is
    /// `<thread>/<native_id>`, and a `parent` that is such an id is of the same thread.
    pub fields: BTreeMap<String, Vec<Reader>>,
    /// Stands for [`Canonical::permalink`] in posts of this kind; empty = the post's own link, without one the page's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// Where the row is drawn.
    pub row: Place,
    /// The network's own control that opens its reply box for this post; Reply points there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
}

/// One way to read one field. Steps: start at the node (or the document), go `closest` or `above`, then the first `css` match
/// inside that gives a non-empty answer, take text (default), `attr`, `prop` or `present`, then the first group of `re`
/// (the whole match without a group).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// Start from the document instead of the node.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub document: bool,
    /// Start from the page's address (its text is the URL); `css`, `attr` and the like are then ignored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub location: bool,
    /// Nearest ancestor-or-self to go to first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closest: Option<String>,
    /// Nearest ancestor to go to first, the node itself left out: a container of the same kind around this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
    /// Selector inside; absent = the element itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    /// Drop candidates that lie in an element matching this (below the start), such as a quoted post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_in: Option<String>,
    /// Attribute to take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attr: Option<String>,
    /// DOM property to take (agent); natively the attribute of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prop: Option<String>,
    /// Answer "1" when an element matches.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub present: bool,
    /// Text only: parts to leave out (hidden twins, buttons).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<String>,
    /// Text only: keep line breaks that stand in text nodes (white-space: pre-wrap).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pre: bool,
    /// Text only: block elements break no line (the network lays them out in the line).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
    /// Text only: elements matching this break lines as blocks do, whatever their tag, even with `inline`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// Pattern applied to the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub re: Option<String>,
}

/// Where something of ours is placed beside an element of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Selector inside the post (or `closest` of a composer).
    pub css: String,
    /// `after`, `before`, `append` or `prepend`.
    pub put: Put,
}

/// A side of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Put {
    After,
    Before,
    Append,
    Prepend,
}

/// A kind of reply box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ComposerRule {
    /// CSS selector of the editable element itself.
    pub select: String,
    /// What it writes.
    pub kind: ComposerKind,
    /// `closest` selector of what must be around it, for editables whose own shadow root says too little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
    /// `closest` selector of the region that holds editor and send control.
    pub region: String,
    /// Readers from the editable: `target_id`, `target_permalink`, `target_handle`, `target_name`, `target_text`,
    /// `acting_handle`, `acting_name`, `prefix` (text the network puts in by itself).
    #[serde(default)]
    pub fields: BTreeMap<String, Vec<Reader>>,
    /// The post it answers, where the page holds one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Reach>,
    /// Send controls inside the region.
    pub send: Vec<String>,
    /// Keys that send, as the network binds them: `enter`, `ctrl_enter`.
    #[serde(default)]
    pub send_keys: Vec<String>,
    /// Longest text the network takes, in its own units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The units of [`Self::limit`]: `x` (weighted), `utf16`, `graphemes`; absent = Unicode code points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// The network shows the length left itself.
    #[serde(default)]
    pub shows_limit: bool,
    /// A private message box: served only after opt-in.
    #[serde(default)]
    pub private: bool,
    /// Where the strip goes: `css` is a `closest` selector from the editable.
    pub strip: Place,
}

/// The way from an editable to the post it answers. The container found must match one of the definition's `posts` rules
/// (the first that does reads it, `inside_not` apart); otherwise there is no target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// First choice: the post whose own `reply` control the person used last on this page, if it is still there. For
    /// boxes that open far from their post. Natively there is no such control, so the rest decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clicked: bool,
    /// Nearest ancestor of the editable to go to; absent = the document when there is `css`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closest: Option<String>,
    /// First match inside that; absent = the ancestor is the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
}

/// What a composer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ComposerKind {
    Reply,
    Post,
    Message,
}

/// How a network's ids, links and counts get their meaning; applied in Rust only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Canonical {
    /// Host that stands for every host of the definition (mobile, language and former ones).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Canonical permalink with `{origin} {path} {handle} {thread} {id}` and, of an id that is a list, `{id.1} {id.2}`;
    /// absent = the link without fragment and query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// Pattern on the link's path whose first group is the part that counts (drops titles and language prefixes).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Pairs of a pattern and what stands for its first match in the path, after [`Self::path`]; `$1` is the first group.
    /// For posts that are reached by several paths. What comes out must not change when it is replaced again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replace: Vec<[String; 2]>,
    /// Query parameters that belong to a link; `*` = all but those that are known to track people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep_query: Vec<String>,
    /// Pattern of fragments that belong to a link; every other one goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_fragment: Option<String>,
    /// Native ids are unique per host: the mention key takes the permalink's host + id.
    #[serde(default)]
    pub id_per_host: bool,
    /// How the native id carries a time: `x_snowflake`, `linkedin`, `bluesky_tid`, `seconds_32`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_time: Option<String>,
    /// A count whose words hold no digit ("Like") is zero, not unknown.
    #[serde(default)]
    pub bare_is_zero: bool,
}
