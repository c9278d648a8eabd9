//! What an event says, by type: the typed form of its `t` and `v`.
//!
//! Types and fields that this build does not know stay untouched in the [`Event`](super::Event); a body is only a view.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CaseId, EventId, MentionKey, Priority, Status};
use crate::json;
use crate::site::definition::ComposerKind;
use crate::site::post::{Count, Counts, Post};

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $t:literal,)*) => {
        /// An event's type and value.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "most events of a log are saves, the largest kind")]
        pub enum Body { $($(#[$doc])* $name($name),)* }

        impl Body {
            /// Every type this build writes.
            pub const TYPES: &[&str] = &[$($t,)*];

            /// The type's name in `t`.
            pub fn t(&self) -> &'static str {
                match self { $(Self::$name(_) => $t,)* }
            }

            /// The value for `v`.
            pub(crate) fn to_value(&self) -> Value {
                match self { $(Self::$name(body) => serde_json::to_value(body).unwrap_or_default(),)* }
            }

            /// Reads type and value; `None` for a type, or a form of it, that this build does not know.
            pub(crate) fn read(t: &str, v: &Value) -> Option<Self> {
                match t { $($t => json::of(v).map(Self::$name),)* _ => None }
            }
        }

        $(impl From<$name> for Body { fn from(body: $name) -> Self { Self::$name(body) } })*
    };
}

bodies! {
    /// A post entered the log, or was saved again.
    Saved = "saved",
    /// A case's status.
    StatusSet = "status",
    /// A case's assignee.
    Assigned = "assigned",
    /// A case's department.
    Routed = "routed",
    /// When a case is due.
    Due = "due",
    /// How soon a case wants somebody.
    Prioritised = "priority",
    /// A case rests until a time.
    Snoozed = "snoozed",
    /// A note on a mention.
    Noted = "note",
    /// A mention's flag.
    Flagged = "flagged",
    /// One of a mention's tags.
    Tagged = "tagged",
    /// A reply went out.
    Replied = "replied",
    /// A reply was sent, but the page did not show that it arrived.
    ReplyUnconfirmed = "reply_unconfirmed",
    /// Something was sent although the send gate held it.
    Overrode = "overrode",
    /// What was done about a post on its network.
    Moderated = "moderated",
    /// A post is not there any more.
    Gone = "gone",
    /// Counts seen later.
    CountsSeen = "counts",
    /// Two keys are one mention.
    Aliased = "aliased",
    /// A mention was put into a case by hand.
    CaseSet = "case",
    /// A reply waits at a mention for somebody to look at it.
    Drafted = "draft",
    /// Somebody has looked at a draft.
    Reviewed = "reviewed",
    /// Everything about a mention is to be forgotten.
    Erased = "erased",
    /// A setting of the workspace, a template, a pack, a definition, a person's name.
    Setting = "setting",
    /// An earlier event is taken back.
    Undone = "undone",
}

/// `saved`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The post as it was read.
    pub post: Post,
    /// The case it belongs to by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// How it was saved: `row`, `key`, `menu`, `card`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub via: String,
    /// Words the person had selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
}

/// `status`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StatusSet {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    pub status: Status,
}

/// `assigned`; without a user it is nobody's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Assigned {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub user: Option<String>,
}

/// `routed`; without a department it is taken back from one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Routed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub department: Option<String>,
}

/// `due`, in UTC milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Due {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub at: Option<i64>,
}

/// `priority`; without one it has none any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Prioritised {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub priority: Option<Priority>,
}

/// `snoozed`: until then nobody need look, UTC milliseconds; without a time it is awake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Snoozed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    #[serde(default)]
    pub until: Option<i64>,
}

/// `note`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Noted {
    pub text: String,
}

/// `flagged`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Flagged {
    pub on: bool,
}

/// `tagged`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Tagged {
    pub tag: String,
    pub on: bool,
}

/// `replied`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Replied {
    /// What was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Handle of the account that spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Template it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Seen under the post, written outside Rejoinder.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// It left before the send gate could look at it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unchecked: bool,
    /// The reply itself, where it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<MentionKey>,
    /// When it was published, as far as that was seen, UTC milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<i64>,
}

/// `reply_unconfirmed`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ReplyUnconfirmed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unchecked: bool,
}

/// `overrode`: of a reply the event's mention is the post it answers; of anything else it has none. Holds no text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrode {
    /// Ids of the checks that held it.
    pub checks: Vec<String>,
    /// Network id.
    pub network: String,
    /// Handle of the account that spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// `moderated`; without an action nothing was done after all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Moderated {
    #[serde(default)]
    pub action: Option<Moderation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Ground>,
}

/// What a team can do about a post, on its network and by its network's own means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Moderation {
    Hidden,
    Removed,
    Warned,
    Blocked,
    Reported,
}

/// Why a post was moderated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Ground {
    Spam,
    Abuse,
    PersonalData,
    OffTopic,
    Unlawful,
    Other,
}

impl Moderated {
    /// Nothing was done.
    pub fn is_nothing(&self) -> bool {
        self.action.is_none()
    }
}

impl Moderation {
    /// Every action, the mildest first, with its name in events, exports and catalogue keys (`log_moderation_<name>`).
    pub const ALL: [(Self, &str); 5] = [
        (Self::Warned, "warned"),
        (Self::Hidden, "hidden"),
        (Self::Removed, "removed"),
        (Self::Reported, "reported"),
        (Self::Blocked, "blocked"),
    ];
}

impl Ground {
    /// Every ground, with its name in events, exports and catalogue keys (`log_ground_<name>`).
    pub const ALL: [(Self, &str); 6] = [
        (Self::Spam, "spam"),
        (Self::Abuse, "abuse"),
        (Self::PersonalData, "personal_data"),
        (Self::OffTopic, "off_topic"),
        (Self::Unlawful, "unlawful"),
        (Self::Other, "other"),
    ];
}

/// `gone`: the network does not show the post any more, or does again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Gone {
    pub on: bool,
}

/// `counts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountsSeen {
    /// When they were read, UTC milliseconds.
    pub at: i64,
    /// What was read.
    pub counts: Counts,
    /// The author's followers at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<Count>,
}

/// `aliased`: the event's mention and `to` are one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Aliased {
    pub to: MentionKey,
}

/// `case`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CaseSet {
    pub case: CaseId,
}

/// `draft`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafted {
    /// The reply, without what the network puts in by itself.
    pub text: String,
    /// What the box writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ComposerKind>,
    /// Network id.
    pub network: String,
    /// Who is asked; `None` = anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// What its author wants to know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Nobody is asked: its author keeps it for later.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

/// `reviewed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The draft's event.
    pub draft: EventId,
    /// What was decided.
    pub decision: Decision,
    /// The changed text, or the comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What somebody decided about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It may go as it is.
    Approved,
    /// It may go with these words.
    Changed,
    /// Something is to be thought of.
    Commented,
    /// Its author does not want it any more.
    Withdrawn,
}

/// `erased`; holds nothing personal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Erased {}

/// `setting`; without a value the item is removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// `workspace`, `template`, `pack`, `definition`, `person`.
    pub item: String,
    /// Which one. For `workspace` the name of a field, or empty when the value is an object of fields.
    #[serde(default)]
    pub id: String,
    /// The item itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// `undone`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undone {
    /// What is taken back.
    pub event: EventId,
    /// The case it was about, if it was about a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
}

impl Body {
    /// The case this is about: what it says changes the case, not the mention.
    pub fn case(&self) -> Option<&CaseId> {
        match self {
            Self::StatusSet(b) => b.case.as_ref(),
            Self::Assigned(b) => b.case.as_ref(),
            Self::Routed(b) => b.case.as_ref(),
            Self::Due(b) => b.case.as_ref(),
            Self::Prioritised(b) => b.case.as_ref(),
            Self::Snoozed(b) => b.case.as_ref(),
            Self::Undone(b) => b.case.as_ref(),
            _ => None,
        }
    }

    /// The case this is about, given the event's mention: where the author named none (a log from elsewhere), the mention's
    /// own. `None` = it is not about a case.
    pub fn case_of(&self, m: Option<&MentionKey>) -> Option<CaseId> {
        self.case().cloned().or_else(|| match self {
            Self::StatusSet(_)
            | Self::Assigned(_)
            | Self::Routed(_)
            | Self::Due(_)
            | Self::Prioritised(_)
            | Self::Snoozed(_) => m.filter(|m| !m.0.is_empty()).map(CaseId::alone),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_reads_back_what_it_wrote() {
        let case = Some(CaseId("c".into()));
        let bodies: Vec<Body> = vec![
            Saved { via: "row".into(), ..Saved::default() }.into(),
            StatusSet { case: case.clone(), status: Status::MovedToDm }.into(),
            Assigned { case: case.clone(), user: None }.into(),
            Routed { case: case.clone(), department: Some("PR".into()) }.into(),
            Due { case: None, at: Some(5) }.into(),
            Prioritised { case: None, priority: Some(Priority::Urgent) }.into(),
            Snoozed { case: None, until: Some(5) }.into(),
            Noted { text: "ñ".into() }.into(),
            Flagged { on: true }.into(),
            Tagged { tag: "delivery".into(), on: true }.into(),
            Replied { outside: true, ..Replied::default() }.into(),
            ReplyUnconfirmed::default().into(),
            Overrode { checks: vec!["account".into()], ..Overrode::default() }.into(),
            Moderated { action: Some(Moderation::Hidden), reason: Some(Ground::PersonalData) }.into(),
            Gone { on: true }.into(),
            CountsSeen { at: 1, counts: Counts::default(), followers: None }.into(),
            Aliased { to: MentionKey("k".into()) }.into(),
            CaseSet { case: CaseId("d".into()) }.into(),
            Drafted { text: "Hi".into(), reviewer: Some("Ben".into()), ..Drafted::default() }.into(),
            Reviewed { draft: EventId("e".into()), decision: Decision::Changed, text: "Hello".into() }.into(),
            Erased {}.into(),
            Setting { item: "pack".into(), id: "p".into(), value: None }.into(),
            Undone { event: EventId("e".into()), case }.into(),
        ];
        assert_eq!(bodies.iter().map(Body::t).collect::<Vec<_>>(), Body::TYPES);
        for body in bodies {
            assert_eq!(Body::read(body.t(), &body.to_value()), Some(body));
        }
    }

    #[test]
    fn what_is_chosen_from_is_named_as_it_is_written() {
        for (one, name) in Moderation::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), name);
        }
        for (one, name) in Ground::ALL {
            assert_eq!(serde_json::to_value(one).unwrap(), name);
        }
    }

    #[test]
    fn a_body_of_another_shape_is_left_alone() {
        assert_eq!(Body::read("status", &serde_json::json!({ "status": "dancing" })), None);
        assert_eq!(Body::read("hologram", &serde_json::json!({})), None);
        assert_eq!(Body::read("reviewed", &serde_json::json!({ "draft": "e", "decision": "escalated" })), None);
    }
}
