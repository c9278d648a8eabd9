//! The pointing tool over saved HTML, for tests: it describes and tries as `extension/point/shape.js` does.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

use crate::protocol::{Found, PointAsk, PointSaid, Shape};

/// A page with a tool in it.
pub struct Page {
    pub html: Html,
    turn: u32,
    within: Option<String>,
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}

impl Page {
    pub fn new(source: &str) -> Self {
        Self { html: crate::site::html::parse(source), turn: 0, within: None }
    }

    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.root_element().select(&css(selector)).collect()
    }

    fn number(&self, element: ElementRef<'_>) -> u32 {
        self.html.tree.nodes().position(|node| node.id() == element.id()).unwrap() as u32 + 1
    }

    fn of(&self, number: u32) -> ElementRef<'_> {
        ElementRef::wrap(self.html.tree.nodes().nth(number as usize - 1).unwrap()).unwrap()
    }

    pub fn shape(&self, element: ElementRef<'_>) -> Shape {
        let value = element.value();
        let same = |one: &ElementRef<'_>| one.value().name() == value.name();
        let before = element.prev_siblings().filter_map(ElementRef::wrap).filter(same).count();
        let edits = |one: ElementRef<'_>| {
            one.value().attr("contenteditable").is_some_and(|edits| edits != "false")
                || one.value().name() == "textarea"
        };
        Shape {
            node: self.number(element),
            tag: value.name().to_owned(),
            id: value.id().unwrap_or_default().to_owned(),
            classes: value.attr("class").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            attrs: value
                .attrs()
                .filter(|(name, _)| !matches!(*name, "id" | "class" | "style") && !name.starts_with("on"))
                .map(|(name, value)| (name.to_owned(), value.chars().take(200).collect()))
                .collect(),
            nth: before as u32 + 1,
            editable: edits(element) || element.ancestors().filter_map(ElementRef::wrap).any(edits),
        }
    }

    fn chain(&self, element: ElementRef<'_>) -> Vec<Shape> {
        let above = element.ancestors().filter_map(ElementRef::wrap);
        std::iter::once(element).chain(above).map(|one| self.shape(one)).collect()
    }

    /// The person aims at the `nth` match of `selector`.
    pub fn aim(&mut self, selector: &str, nth: usize) -> PointSaid {
        self.turn += 1;
        let element = self.all(selector)[nth];
        let chain = self.chain(element);
        let way = |selector: &str| {
            let found = element.select(&css(selector)).next()?;
            let way = self.chain(found);
            let end = way.iter().position(|shape| shape.node == chain[0].node)?;
            Some(way[..end].to_vec())
        };
        let inside = self.within.as_ref().and_then(|within| {
            let containers: Vec<u32> = self.all(within).into_iter().map(|one| self.number(one)).collect();
            chain.iter().position(|shape| containers.contains(&shape.node))
        });
        PointSaid {
            kind: "aim".to_owned(),
            turn: self.turn,
            link: way("a[href]").unwrap_or_default(),
            time: way("time, [datetime]").unwrap_or_default(),
            edit: way("textarea, [contenteditable]").unwrap_or_default(),
            inside: inside.map(|at| at as u32),
            links: element.select(&css("a[href]")).take(30).map(|link| self.shape(link)).collect(),
            chain,
            ..PointSaid::default()
        }
    }

    /// The number of the element at which a step asked the person to start.
    pub fn aim_at(&mut self, node: u32) -> PointSaid {
        let element = self.of(node);
        let all: Vec<u32> = self.all("*").into_iter().map(|one| self.number(one)).collect();
        let at = all.iter().position(|one| *one == self.number(element)).unwrap();
        self.aim("*", at)
    }

    /// What the tool answers.
    pub fn answer(&mut self, ask: &PointAsk) -> Option<PointSaid> {
        match ask {
            PointAsk::Step { within, .. } => {
                self.within.clone_from(within);
                None
            }
            PointAsk::Try { turn, node, within, selectors } => {
                let tries = selectors.iter().map(|one| self.found(*node, within.as_deref(), one)).collect();
                Some(PointSaid { kind: "tried".to_owned(), turn: *turn, tries, ..PointSaid::default() })
            }
            _ => None,
        }
    }

    pub fn pick(&self) -> PointSaid {
        PointSaid { kind: "pick".to_owned(), turn: self.turn, ..PointSaid::default() }
    }

    fn found(&self, node: u32, within: Option<&str>, selector: &str) -> Found {
        let element = self.of(node);
        let home = within.map(css).and_then(|within| {
            let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
            up.find(|one| within.matches(one)).map(|one| self.number(one))
        });
        let lists: Vec<Vec<ElementRef<'_>>> = match within {
            Some(within) => self.all(within).into_iter().map(|one| one.select(&css(selector)).collect()).collect(),
            None => vec![self.all(selector)],
        };
        let matches: Vec<ElementRef<'_>> = lists.iter().flatten().copied().collect();
        let classes = |one: ElementRef<'_>| one.value().classes().map(str::to_owned).collect::<Vec<_>>();
        let own = classes(element);
        let alike = |one: &&ElementRef<'_>| {
            one.value().name() == element.value().name()
                && (own.is_empty() || classes(**one).iter().any(|class| own.contains(class)))
        };
        let list = match within {
            Some(within) => {
                self.all(within).iter().position(|one| Some(self.number(*one)) == home).map(|at| &lists[at])
            }
            None => lists.first(),
        };
        let is = |one: &ElementRef<'_>| one.id() == element.id();
        Found {
            hit: list.is_some_and(|list| list.iter().any(is)),
            first: list.is_some_and(|list| list.first().is_some_and(is)),
            total: matches.len() as u32,
            alike: matches.iter().filter(alike).count() as u32,
            nested: matches
                .iter()
                .filter(|one| one.ancestors().any(|up| matches.iter().any(|o| o.id() == up.id())))
                .count() as u32,
            of: within.map_or(0, |_| lists.len() as u32),
            posts: lists.iter().filter(|list| !list.is_empty()).count() as u32,
            most: lists.iter().map(Vec::len).max().unwrap_or_default() as u32,
            sample: matches.iter().take(6).map(|one| self.shape(*one)).collect(),
        }
    }
}

/// Attributes of a shape in a test.
pub fn attrs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
