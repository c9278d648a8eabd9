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
    /// A frame that an earlier background accepted is back, in the document that it was told then.
    Rejoin {
        frame: i64,
        document: String,
    },
    /// What was on its way before the background was restarted, as the view said it; answered once it is shown again.
    Restore {
        kept: Kept,
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
    /// Every fix that leaves no doubt, in one go.
    ChooseSafe {},
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
    /// Dismiss the finding shown: `once`, `reply`, `always`. `reason`: why it is wrong for good, for the team; may be empty.
    Dismiss {
        how: String,
        #[serde(default)]
        reason: String,
    },
    /// The word of the finding shown goes into the person's dictionary, or into the brand's.
    Learn {
        shared: bool,
    },
    /// It does not.
    Unlearn {},
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
    /// `frame` and `document`: whose frame it is, for when it comes back.
    Paired { lang: Lang, theme: String, frame: i64, document: String },
    /// `kept`: what a new background must be told to go on with it.
    View { view: Box<OverlayView>, kept: Option<Kept> },
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
    /// `safe`: so many findings of the reply have one fix and no doubt. `tires`: the person dismissed the rule so often.
    Finding { finding: FindingView, why: Msg, rule_name: String, chosen: u32, safe: u32, tires: Option<u32> },
    /// A word has gone into the person's dictionary, or into the brand's.
    Learned { word: String, shared: bool },
    Gate { holds: Vec<HoldView> },
    Post { card: Box<PostCard> },
    Details { mention: Box<MentionRow>, departments: Vec<String>, people: Vec<String> },
}
}

/// A picker on its way, so that it outlives the background.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The composer it inserts into.
    pub composer: u32,
    /// What was searched for.
    pub query: String,
    /// Templates on their way, by id.
    pub stack: Vec<String>,
    /// What was filled in for each of them, by the names of its fields.
    pub answers: Vec<Vec<(String, String)>>,
    /// Whose form is open; those behind it were not open yet.
    pub filling: Option<u32>,
    /// What the insertion takes the place of.
    pub replace: Option<Utf16Span>,
    /// A person goes on writing there.
    pub grows: bool,
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
