//! The way through the steps of pointing: what is asked of the tool, what is done with what it says, and the draft that
//! grows from it. A state machine without a browser.

use serde_json::Value;

use super::draft;
use super::propose::{Part, Proposal, Why, propose, ranked};
use super::reading::{self, identity, meant, own_link};
use crate::message::Msg;
use crate::protocol::{Found, PointAsk, PointSaid, Shape};

/// Every step, in order.
pub const STEPS: [Part; 9] =
    [Part::Post, Part::Author, Part::Text, Part::Time, Part::Link, Part::Box, Part::Send, Part::Reply, Part::Me];

impl Part {
    /// The stable name, as in the catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Author => "author",
            Self::Text => "text",
            Self::Time => "time",
            Self::Link => "link",
            Self::Box => "box",
            Self::Send => "send",
            Self::Reply => "reply",
            Self::Me => "me",
        }
    }

    /// A definition is of use without it.
    pub fn is_optional(self) -> bool {
        !matches!(self, Self::Post | Self::Author | Self::Text)
    }

    fn in_post(self) -> bool {
        matches!(self, Self::Author | Self::Text | Self::Time | Self::Link | Self::Reply)
    }
}

/// What the person aims at now.
#[derive(Debug, Clone, Default)]
struct Aim {
    turn: u32,
    /// From the element meant to the top.
    chain: Vec<Shape>,
    /// Place of the post's container in it.
    container: Option<usize>,
    /// Links in what was aimed at.
    links: Vec<Shape>,
    region: Option<String>,
    proposals: Vec<Proposal>,
    found: Vec<Found>,
    order: Vec<usize>,
    chosen: usize,
}

/// Where the walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A step is on.
    Pointing(usize),
    /// Every step is done.
    Done,
    /// Given up.
    Cancelled,
}

/// The walk.
#[derive(Debug, Clone)]
pub struct Walk {
    /// The definition so far.
    pub draft: Value,
    /// Where it stands.
    pub stage: Stage,
    /// Selectors picked on this walk and what they rest on.
    pub picked: Vec<(Part, Why)>,
    steps: Vec<Part>,
    aim: Aim,
    /// The link that is most likely a post's own.
    link: Option<u32>,
    /// From the reply box to the top.
    box_chain: Vec<Shape>,
}

/// How a message becomes words.
pub type Say = fn(&Msg) -> String;

impl Walk {
    /// A walk over `steps` for a draft.
    pub fn new(draft: Value, steps: &[Part]) -> Self {
        Self {
            draft,
            stage: Stage::Pointing(0),
            picked: Vec::new(),
            steps: steps.to_vec(),
            aim: Aim::default(),
            link: None,
            box_chain: Vec::new(),
        }
    }

    /// The step that is on.
    pub fn part(&self) -> Option<Part> {
        match self.stage {
            Stage::Pointing(at) => self.steps.get(at).copied(),
            _ => None,
        }
    }

    /// Where a part of a post is looked for.
    fn within(&self, part: Part) -> Option<String> {
        let post = || self.draft.pointer("/posts/0/select").and_then(Value::as_str).map(str::to_owned);
        match part {
            part if part.in_post() => post(),
            Part::Send => self.aim.region.clone(),
            _ => None,
        }
    }

    /// Takes in what the tool says; out comes what to ask it next.
    pub fn said(&mut self, said: PointSaid, say: Say) -> Vec<PointAsk> {
        let now = said.turn == self.aim.turn;
        let part = self.part();
        match (said.kind.as_str(), part) {
            ("ready", _) => self.step(say),
            ("aim", Some(part)) => {
                let (chain, moved) = meant(part, &said);
                let shift = |at: u32| isize::try_from(at).ok().and_then(|at| usize::try_from(at - moved).ok());
                let container = said.inside.and_then(shift);
                self.aim = Aim { turn: said.turn, chain, container, links: said.links, ..Aim::default() };
                vec![self.propose(part, say)]
            }
            ("tried", Some(part)) if now => {
                self.aim.order = ranked(part, &self.aim.proposals, &said.tries);
                self.aim.order.truncate(MOST_OTHERS);
                self.aim.found = said.tries;
                vec![self.show(part, say)]
            }
            ("another", Some(part)) if now && !self.aim.order.is_empty() => {
                self.aim.chosen = (self.aim.chosen + 1) % self.aim.order.len();
                vec![self.show(part, say)]
            }
            ("pick", Some(part)) if now => self.pick(part, say),
            ("skip", Some(part)) if part.is_optional() => self.go_on(say),
            ("back", _) => self.back(say),
            ("cancel", _) => {
                self.stage = Stage::Cancelled;
                vec![PointAsk::End {}]
            }
            _ => Vec::new(),
        }
    }

    fn propose(&mut self, part: Part, say: Say) -> PointAsk {
        let refuse = |this: &Self, key: &str| this.bar(None, say(&Msg::new(key)), String::new());
        let chain = match (part.in_post(), self.aim.container) {
            (true, Some(at)) if at > 0 => self.aim.chain.get(..at).unwrap_or_default(),
            (true, _) => return refuse(self, "point_outside"),
            (false, _) => self.aim.chain.as_slice(),
        };
        let Some(element) = chain.first() else { return refuse(self, "point_nothing") };
        if part == Part::Box && !element.editable {
            return refuse(self, "point_no_box");
        }
        if part == Part::Link && !element.attrs.contains_key("href") {
            return refuse(self, "point_no_link");
        }
        let (proposals, node) = (propose(part, chain), element.node);
        if part == Part::Send {
            self.aim.region = Some(region(&self.box_chain, &self.aim.chain));
        }
        self.aim.proposals = proposals;
        PointAsk::Try {
            turn: self.aim.turn,
            node,
            within: self.within(part),
            selectors: self.aim.proposals.iter().map(|one| one.css.clone()).collect(),
        }
    }

    fn bar(&self, selector: Option<String>, line: String, why: String) -> PointAsk {
        let within = self.part().and_then(|part| self.within(part));
        let node = self.aim.chain.first().map_or(0, |shape| shape.node);
        PointAsk::Show { turn: self.aim.turn, node, within, selector, line, why }
    }

    fn chosen(&self) -> Option<(&Proposal, &Found)> {
        let at = *self.aim.order.get(self.aim.chosen)?;
        Some((self.aim.proposals.get(at)?, self.aim.found.get(at)?))
    }

    fn show(&self, part: Part, say: Say) -> PointAsk {
        let Some((proposal, found)) = self.chosen() else {
            return self.bar(None, say(&Msg::new("point_nothing")), String::new());
        };
        let line = match part {
            Part::Post => Msg::new("point_matches_posts").with("count", found.total),
            part if part.in_post() => Msg::new("point_matches_in").with("count", found.posts).with("posts", found.of),
            _ => Msg::new("point_matches").with("count", found.total),
        };
        self.bar(Some(proposal.css.clone()), say(&line), say(&Msg::new(proposal.why.key())))
    }

    fn pick(&mut self, part: Part, say: Say) -> Vec<PointAsk> {
        let Some((proposal, found)) = self.chosen() else { return Vec::new() };
        let (css, why, sample) = (proposal.css.clone(), proposal.why, found.sample.clone());
        let Some(element) = self.aim.chain.first().cloned() else { return Vec::new() };
        match part {
            Part::Post => {
                let identity = identity(&element, &sample);
                self.link = own_link(&self.aim.links, identity.as_ref().map(|one| one.value.as_str()));
                draft::set_post(&mut self.draft, &css, identity.as_ref());
                if self.draft.pointer("/posts/0/fields/permalink").is_none() {
                    self.draft["canonical"] = Value::Object(reading::canonical(None));
                }
            }
            Part::Box => {
                self.box_chain.clone_from(&self.aim.chain);
                let region = region(&self.box_chain, &[]);
                draft::set_box(&mut self.draft, &css, &region, self.aim.container.is_some());
            }
            Part::Send => {
                let region = self.aim.region.clone().unwrap_or_default();
                draft::set_send(&mut self.draft, &css, &region);
            }
            part => {
                if part == Part::Time {
                    // A time most often links to its post.
                    let around = self.aim.container.map_or(&[][..], |at| self.aim.chain.get(..at).unwrap_or_default());
                    let link = around.iter().find(|shape| shape.tag == "a" && shape.attrs.contains_key("href"));
                    self.link = link.map(|link| link.node).or(self.link);
                }
                draft::set_part(&mut self.draft, part, &css, &element);
                if part == Part::Reply {
                    self.draft = with_reply(self.draft.take());
                }
            }
        }
        self.picked.retain(|(known, _)| *known != part);
        self.picked.push((part, why));
        self.go_on(say)
    }

    /// The next step that means something: without a box nothing is sent.
    fn go_on(&mut self, say: Say) -> Vec<PointAsk> {
        let Stage::Pointing(mut at) = self.stage else { return Vec::new() };
        at += 1;
        while matches!(self.steps.get(at), Some(Part::Send | Part::Reply))
            && self.draft.pointer("/composers/0").is_none()
        {
            at += 1;
        }
        if at < self.steps.len() {
            self.stage = Stage::Pointing(at);
            return self.step(say);
        }
        self.stage = Stage::Done;
        vec![PointAsk::Read { definition: self.draft.clone() }]
    }

    fn back(&mut self, say: Say) -> Vec<PointAsk> {
        match self.stage {
            Stage::Pointing(0) => {
                self.stage = Stage::Cancelled;
                vec![PointAsk::End {}]
            }
            Stage::Pointing(mut at) => {
                at -= 1;
                while at > 0
                    && matches!(self.steps.get(at), Some(Part::Send | Part::Reply))
                    && self.draft.pointer("/composers/0").is_none()
                {
                    at -= 1;
                }
                self.stage = Stage::Pointing(at);
                self.step(say)
            }
            _ => Vec::new(),
        }
    }

    fn step(&mut self, say: Say) -> Vec<PointAsk> {
        let Some(part) = self.part() else { return vec![PointAsk::Read { definition: self.draft.clone() }] };
        let Stage::Pointing(at) = self.stage else { return Vec::new() };
        self.aim = Aim::default();
        let number = Msg::new("point_step").with("number", at + 1).with("total", self.steps.len());
        vec![PointAsk::Step {
            title: say(&Msg::new(format!("point_{}", part.name()))),
            help: say(&Msg::new(format!("point_{}_help", part.name()))),
            number: say(&number),
            optional: part.is_optional(),
            within: Some(self.draft.pointer("/posts/0/select").and_then(Value::as_str).unwrap_or_default().to_owned())
                .filter(|css| !css.is_empty() && part != Part::Post),
            aim: self.link.filter(|_| part == Part::Link),
        }]
    }
}

/// Most selectors that a person may go through for one element.
const MOST_OTHERS: usize = 8;

/// A box apart from the posts follows the reply control from now on.
fn with_reply(mut draft: Value) -> Value {
    if let Some(target) = draft.pointer_mut("/composers/0/target")
        && target.get("closest").is_none()
    {
        target["clicked"] = true.into();
    }
    draft
}

/// A selector whose nearest match around the box holds the send control too: the form, else what both have in common.
fn region(around_box: &[Shape], around_send: &[Shape]) -> String {
    let common = around_send
        .iter()
        .find_map(|shape| around_box.iter().position(|one| one.node == shape.node))
        .unwrap_or(usize::from(!around_box.is_empty()));
    let form = around_box.iter().enumerate().skip(common).find(|(_, shape)| shape.tag == "form").map(|(at, _)| at);
    let at = form.unwrap_or(common);
    let Some(shape) = around_box.get(at) else { return "body".to_owned() };
    let near: Vec<Proposal> =
        around_box.iter().take(at).flat_map(|one| propose(Part::Box, std::slice::from_ref(one))).collect();
    let own = propose(Part::Box, std::slice::from_ref(shape));
    let fits = own.into_iter().find(|one| {
        // What a nearer ancestor matches too would stop there.
        !one.css.contains(":nth") && near.iter().all(|other| other.css != one.css)
    });
    fits.map_or_else(|| "body".to_owned(), |one| one.css)
}

#[cfg(test)]
mod tests;
