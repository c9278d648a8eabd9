//! What the options page and the pointing tool in a tab say to each other while a person shows where a forum keeps its
//! posts. They talk over a port of their own, which the page opens into the one tab it injected the tool into; the
//! background takes no part, and nobody but our page can open such a port.
//!
//! The tool sends structure and executes selectors; it chooses nothing. What it sends is a hostile page's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An element without its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(default)]
pub struct Shape {
    /// The tool's number for it, the same for as long as the tool lives.
    pub node: u32,
    /// Tag in lower case.
    pub tag: String,
    /// Its `id`; empty = none.
    pub id: String,
    /// Its classes.
    pub classes: Vec<String>,
    /// The other attributes, values cut; no styles and no handlers.
    pub attrs: BTreeMap<String, String>,
    /// Its place among the siblings of its tag, from 1.
    pub nth: u32,
    /// A person can write into it.
    pub editable: bool,
}

/// What the page asks of the tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PointAsk {
    /// The words of the bar, once.
    Words { words: BTreeMap<String, String>, lang: String },
    /// A step begins: its words, where to look, and the element to start at (the tool's number).
    Step { title: String, help: String, number: String, optional: bool, within: Option<String>, aim: Option<u32> },
    /// How do these selectors do for `node`, the element aimed at?
    Try { turn: u32, node: u32, within: Option<String>, selectors: Vec<String> },
    /// What the bar says of the aim. With a selector it can be picked, and what it finds is shown.
    Show { turn: u32, node: u32, within: Option<String>, selector: Option<String>, line: String, why: String },
    /// Read the page with a draft.
    Read {
        #[cfg_attr(feature = "cli", ts(type = "Definition"))]
        definition: Value,
    },
    /// Everything is picked, or given up: leave no trace.
    End {},
}

/// What the tool tells the page. One flat record: a tagged one would cost the page more to read than all that it says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(default)]
pub struct PointSaid {
    /// `ready`: the tool is there. `aim`: the person aims at an element. `tried`: the answer to [`PointAsk::Try`]. `pick`: the
    /// person takes what is shown. `another`: the same element by another selector. `skip`, `back`, `cancel`. `page`: the
    /// answer to [`PointAsk::Read`].
    #[cfg_attr(
        feature = "cli",
        ts(type = "'ready' | 'aim' | 'tried' | 'pick' | 'another' | 'skip' | 'back' | 'cancel' | 'page'")
    )]
    pub kind: String,
    /// Which aim it is about.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub turn: u32,
    /// Aim: the element and its ancestors, innermost first.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub chain: Vec<Shape>,
    /// Aim: ways down to the first link, time and box in it, innermost first, without the element itself.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub link: Vec<Shape>,
    #[allow(missing_docs)]
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub time: Vec<Shape>,
    #[allow(missing_docs)]
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub edit: Vec<Shape>,
    /// Aim: the first links in the element.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub links: Vec<Shape>,
    /// Aim: the ancestor's place in the chain that `within` selects.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub inside: Option<u32>,
    /// Tried: one for each selector.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub tries: Vec<Found>,
    /// Page: its address.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub url: String,
    /// Page: its posts as the agent sends them; the page hands them on unread.
    #[cfg_attr(feature = "cli", ts(optional, type = "Array<RawPost>"))]
    pub posts: Value,
    /// Page: reply boxes.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub boxes: u32,
    /// Page: those of them with a control that sends.
    #[cfg_attr(feature = "cli", ts(optional, as = "Option<_>"))]
    pub sends: u32,
}

/// How a selector does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(default)]
pub struct Found {
    /// It selects the element.
    pub hit: bool,
    /// … and nothing before it, in the document or in the element's own container.
    pub first: bool,
    /// Elements selected in all.
    pub total: u32,
    /// Of those, how many look like the element: same tag, a class in common where it has any.
    pub alike: u32,
    /// Of those, how many lie in another one.
    pub nested: u32,
    /// Containers (`within`) in the document; 0 without one.
    pub of: u32,
    /// Containers in which it selects something.
    pub posts: u32,
    /// Most in one container.
    pub most: u32,
    /// The first few selected.
    pub sample: Vec<Shape>,
}
