//! What our frame in a page asks of the background and shows: picker, forms, findings, the send gate, a post's card.

use serde::{Deserialize, Serialize};

use super::{Change, FindingView, MentionRow};
use crate::json::tagged::tagged;
use crate::log::{EventId, MentionKey};
use crate::message::{Lang, Msg};
use crate::template::FieldKind;
use crate::text::Utf16Span;

tagged! { "type", "OverlayRequest",
/// What our frame may ask.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum OverlayRequest {
    /// The one-use nonce from the frame's address; nothing else is answered before.
    Pair {
        nonce: String,
    },
    Size {
        width: u32,
        height: u32,
    },
    /// The picker's words, typed into the frame.
    Query {
        text: String,
    },
    /// A list entry or a fix was clicked.
    Choose {
        index: u32,
    },
    /// The star of a list entry was clicked.
    Star {
        index: u32,
    },
    /// The `+` of a list entry was clicked.
    Stack {
        index: u32,
    },
    /// A stacked template was clicked.
    Unstack {
        index: u32,
    },
    /// Something was typed into the form.
    Fill {
        name: String,
        value: String,
    },
    /// Send what the gate holds.
    Override {},
    /// A key, when the frame has focus.
    Key {
        key: String,
    },
    /// Dismiss the finding shown.
    Dismiss {
        how: String,
    },
    Save {},
    Change {
        key: MentionKey,
        change: Change,
    },
    /// Somebody (`None` = anybody) is to look at the composer's text, or nobody: it is `kept`.
    Ask {
        reviewer: Option<String>,
        note: String,
        kept: bool,
    },
    /// The text of this draft, or of this change to one, takes the place of the composer's.
    Use {
        event: EventId,
    },
    Close {},
}
}

tagged! { "type", "OverlayMessage",
/// Answers and pushes to our frame.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum OverlayMessage {
    Paired { lang: Lang, theme: String },
    View { view: Box<OverlayView> },
    Done {},
}
}

tagged! { "type", "OverlayView",
/// What our frame shows.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum OverlayView {
    Empty {},
    /// `chosen` may stand behind the last item: nothing is chosen. `remembered`: typing replaces the query. `stack`: titles.
    Picker {
        query: String,
        remembered: bool,
        items: Vec<PickerItem>,
        chosen: u32,
        stack: Vec<String>,
        preview: Option<Preview>,
        note: Option<Msg>,
    },
    /// `at`: which of the templates on their way it belongs to.
    Form {
        template: String,
        at: u32,
        title: String,
        hints: Vec<String>,
        fields: Vec<FormField>,
        preview: Preview,
        note: Option<Msg>,
    },
    Finding { finding: FindingView, why: Msg, rule_name: String, chosen: u32 },
    Gate { holds: Vec<HoldView> },
    Post { card: Box<PostCard> },
    Details { mention: Box<MentionRow>, departments: Vec<String>, people: Vec<String> },
}
}

/// Why the send gate holds something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HoldView {
    /// Id of the check.
    pub check: String,
    /// One sentence.
    pub why: Msg,
    /// What the fix's button says.
    pub fix: Msg,
}

/// A template in the picker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PickerItem {
    pub id: String,
    pub title: String,
    pub trigger: Option<String>,
    pub folder: String,
    pub language: String,
    /// Why it is suggested for this post.
    pub why: Option<Msg>,
    /// A favourite of this person.
    pub starred: bool,
}

/// A field of a template's form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FormField {
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    pub choices: Vec<String>,
    pub value: String,
    pub optional: bool,
}

/// A template filled for this author.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Filled text; unresolved variables stand as `{{ name }}`.
    pub text: String,
    /// Where the unresolved variables stand in it; not empty = it is not inserted.
    pub unresolved: Vec<Unresolved>,
    /// Length against the network's limit.
    pub over: Option<u32>,
    /// Why there is no text: a syntax error in plain words.
    pub error: Option<String>,
}

/// A variable that has no value here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unresolved {
    /// "author.first_name".
    pub name: String,
    /// Where it stands in the preview's text.
    pub span: Utf16Span,
}

/// A post's card: who, our history, why, actions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PostCard {
    /// Author line.
    pub who: String,
    /// Influence in one sentence with its arithmetic.
    pub influence: Option<Msg>,
    /// Why the post is marked.
    pub why: Vec<Msg>,
    /// The mention, when saved.
    pub mention: Option<MentionRow>,
    /// Departments it can go to.
    #[serde(default)]
    pub departments: Vec<String>,
    /// People it can be assigned to.
    #[serde(default)]
    pub people: Vec<String>,
    /// The reply that stands in the composer it was opened from.
    #[serde(default)]
    pub reply: Option<String>,
    /// This person's name in the log.
    #[serde(default)]
    pub me: String,
}
