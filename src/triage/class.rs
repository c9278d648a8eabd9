//! The classes of posts.

/// What a post is to those who answer it; a pack may name others. The first one wins a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Somebody's safety, money or rights; the press or a lawyer.
    Crisis,
    /// Something was not as it ought to be: also a plain report that it does not work.
    Complaint,
    /// A question, or a request for help.
    Problem,
    /// How it could be better.
    Suggestion,
    /// Somebody who may buy.
    Lead,
    /// Thanks and compliments.
    Praise,
    /// Advertising of somebody else's.
    Spam,
    /// None of these.
    Other,
}

impl Class {
    /// Every class, the gravest first.
    pub const ALL: [Self; 8] = [
        Self::Crisis,
        Self::Complaint,
        Self::Problem,
        Self::Suggestion,
        Self::Lead,
        Self::Praise,
        Self::Spam,
        Self::Other,
    ];

    /// Its name in packs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::Complaint => "complaint",
            Self::Problem => "problem",
            Self::Suggestion => "suggestion",
            Self::Lead => "lead",
            Self::Praise => "praise",
            Self::Spam => "spam",
            Self::Other => "other",
        }
    }

    /// The class of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.id() == id)
    }

    /// What people write for it, as a template's tag for example.
    pub fn tags(id: &str) -> &[&str] {
        match Self::named(id) {
            Some(Self::Crisis) => &["crisis"],
            Some(Self::Complaint) => &["complaint", "queja"],
            Some(Self::Problem) => &["problem", "question", "problema", "pregunta"],
            Some(Self::Suggestion) => &["suggestion", "sugerencia"],
            Some(Self::Lead) => &["lead", "sale", "venta"],
            Some(Self::Praise) => &["praise", "elogio"],
            Some(Self::Spam) => &["spam"],
            Some(Self::Other) | None => &[],
        }
    }

    /// What one word of an `[incoming.…]` list weighs: four of another class outweigh one of a crisis.
    pub(super) fn weight(id: &str) -> super::Points {
        super::Points::new(if id == Self::Crisis.id() { 400 } else { 100 })
    }
}
