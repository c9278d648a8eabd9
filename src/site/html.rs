//! The same definitions over saved HTML, for the command line and for the test that agent and native reader agree.
//!
//! What differs from a browser: there are no shadow roots, properties are attributes, and `noscript` is parsed as markup, as
//! in a browser without scripting (a text reader still leaves it out).

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{ElementRef, Html, HtmlTreeSink, Node, Selector};
use serde::Serialize;

use super::definition::{Definition, Reach, Reader};
use super::link::Link;
use super::pattern;
use super::post::{Post, RawPost};
use super::read::{self, About, Acting, Composer};
use super::registry;
use super::text::{BLOCK, DROPPED, Writer};
use crate::protocol::{Health, RawComposer};
use crate::text::regex::Regex;

/// A page as the agent would have sent it: raw strings.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RawPage {
    /// Fields of the page as a whole.
    pub page: BTreeMap<String, String>,
    /// Post containers in document order.
    pub posts: Vec<RawPost>,
    /// Composers in document order.
    pub composers: Vec<RawComposer>,
}

/// A page with meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Posts that can be identified, in document order.
    pub posts: Vec<Post>,
    /// The acting account.
    pub acting: Acting,
    /// Composers.
    pub composers: Vec<Composer>,
    /// Containers seen, fields empty, composers found.
    pub health: Health,
}

/// A saved page as a browser without scripting holds it: what stands in a `template` is not in the document, what stands
/// in `noscript` is.
pub fn parse(source: &str) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut html = driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(source);
    let inside: Vec<_> = html
        .tree
        .nodes()
        .filter(|node| node.value().as_element().is_some_and(|element| element.name() == "template"))
        .flat_map(|template| template.children().map(|child| child.id()))
        .collect();
    for id in inside {
        if let Some(mut node) = html.tree.get_mut(id) {
            node.detach();
        }
    }
    html
}

/// The first of `definitions` that fits the address and the page.
pub fn choose<'d>(definitions: &'d [Definition], html: &Html, url: &str) -> Option<&'d Definition> {
    let link = Link::parse(url)?;
    let all: Vec<&Definition> = definitions.iter().collect();
    registry::for_host(&all, link.host_name()).into_iter().find(|definition| detects(definition, html))
}

/// Whether the page is one of this definition's.
pub fn detects(definition: &Definition, html: &Html) -> bool {
    // From the root down: the tree still keeps what was taken out of templates.
    let root = html.root_element();
    let found = |css: &Selector| css.matches(&root) || root.select(css).next().is_some();
    definition.detect.is_empty()
        || definition.detect.iter().any(|css| Selector::parse(css).is_ok_and(|css| found(&css)))
}

/// The page's posts, acting account, composers and health.
pub fn read_page(definition: &Definition, html: &Html, url: &str, now_ms: i64) -> Page {
    let raw = read_raw(definition, html, url);
    let mut health =
        Health { seen: raw.posts.len() as u32, composers: raw.composers.len() as u32, ..Health::default() };
    let about = About::of(definition, &raw.page, url);
    let mut posts = Vec::new();
    for post in &raw.posts {
        for field in
            definition.posts.get(usize::from(post.rule)).into_iter().flat_map(|rule| read::empty_fields(rule, post))
        {
            *health.empty.entry(field.to_owned()).or_insert(0) += 1;
        }
        posts.extend(about.post(definition, post, url, now_ms));
    }
    let composers =
        raw.composers.iter().filter_map(|one| read::composer(definition, one, &raw.page, url, now_ms)).collect();
    Page { posts, acting: read::acting(&raw.page), composers, health }
}

/// The raw strings of a page, as the agent reads them.
pub fn read_raw(definition: &Definition, html: &Html, url: &str) -> RawPage {
    Reading { url, root: html.root_element(), selectors: HashMap::new(), patterns: HashMap::new() }.page(definition)
}

struct Reading<'a> {
    url: &'a str,
    root: ElementRef<'a>,
    selectors: HashMap<String, Option<Rc<Selector>>>,
    patterns: HashMap<String, Option<Regex>>,
}

impl<'a> Reading<'a> {
    fn page(mut self, definition: &Definition) -> RawPage {
        let root = self.root;
        let page = self.fields(&definition.page, root);
        let containers = self.claim(definition.posts.iter().map(|rule| (rule.select.as_str(), None)));
        let mut posts = Vec::new();
        for (node, rule) in containers {
            let part = definition.posts[rule].inside_not.as_deref();
            let inside = part.is_some_and(|css| {
                node.parent().and_then(ElementRef::wrap).is_some_and(|above| self.closest(above, css).is_some())
            });
            if !inside {
                posts.push(self.post(definition, node, rule, posts.len()));
            }
        }
        let mut composers = Vec::new();
        let rules = definition.composers.iter().map(|rule| (rule.select.as_str(), rule.inside.as_deref()));
        for (node, rule) in self.claim(rules) {
            let kind = &definition.composers[rule];
            let target = kind.target.as_ref().and_then(|reach| self.reach(reach, node)).and_then(|container| {
                let rule = definition.posts.iter().position(|rule| self.matches(container, &rule.select))?;
                Some(self.post(definition, container, rule, 0))
            });
            composers.push(RawComposer {
                local: composers.len() as u32,
                rule: rule as u16,
                fields: self.fields(&kind.fields, node),
                target,
                // A text area holds its text as it was typed.
                text: match node.value().name() {
                    "textarea" => node.text().collect(),
                    _ => self.text(node, &Reader { pre: true, ..Reader::default() }),
                },
                template: None,
            });
        }
        RawPage { page, posts, composers }
    }

    fn post(&mut self, definition: &Definition, node: ElementRef<'a>, rule: usize, local: usize) -> RawPost {
        let fields = self.fields(&definition.posts[rule].fields, node);
        RawPost { local: local as u32, rule: rule as u16, fields }
    }

    /// Elements that the rules select, in document order, each for the first rule that selects it, inside of what the
    /// rule asks for.
    fn claim<'s>(&mut self, rules: impl Iterator<Item = (&'s str, Option<&'s str>)>) -> Vec<(ElementRef<'a>, usize)> {
        let rules: Vec<(&str, Option<&str>)> = rules.collect();
        let mut claimed = Vec::new();
        for node in self.root.descendent_elements() {
            let fits = |(css, inside): &(&str, Option<&str>)| {
                self.matches(node, css) && inside.is_none_or(|inside| self.closest(node, inside).is_some())
            };
            claimed.extend(rules.iter().position(fits).map(|rule| (node, rule)));
        }
        claimed
    }

    fn fields(&mut self, readers: &BTreeMap<String, Vec<Reader>>, node: ElementRef<'a>) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for (name, readers) in readers {
            if let Some(value) = readers.iter().find_map(|reader| self.read(reader, node)) {
                out.insert(name.clone(), value);
            }
        }
        out
    }

    fn read(&mut self, reader: &Reader, node: ElementRef<'a>) -> Option<String> {
        if reader.location {
            let url = self.url.to_owned();
            return self.finish(reader, url);
        }
        let mut start = if reader.document { self.root } else { node };
        if let Some(css) = &reader.closest {
            start = self.closest(start, css)?;
        } else if let Some(css) = &reader.above {
            start = self.closest(start.parent().and_then(ElementRef::wrap)?, css)?;
        }
        let Some(css) = &reader.css else {
            let value = self.value(reader, start)?;
            return self.finish(reader, value);
        };
        let css = self.selector(css)?;
        // The document's own element is inside the document, unlike a node inside itself.
        let whole = reader.document || start == self.root;
        let own = (whole && css.matches(&start)).then_some(start);
        for candidate in own.into_iter().chain(start.select(&css)) {
            if let Some(not_in) = &reader.not_in
                && let Some(around) = self.closest(candidate, not_in)
                && around != start
                && around.ancestors().any(|above| above == *start)
            {
                continue;
            }
            let value = self.value(reader, candidate);
            if let Some(value) = value.and_then(|value| self.finish(reader, value)) {
                return Some(value);
            }
        }
        None
    }

    fn value(&mut self, reader: &Reader, node: ElementRef<'a>) -> Option<String> {
        if reader.present {
            return Some("1".to_owned());
        }
        match reader.attr.as_ref().or(reader.prop.as_ref()) {
            Some(name) => node.attr(name).map(str::to_owned),
            None => Some(self.text(node, reader)),
        }
    }

    fn finish(&mut self, reader: &Reader, value: String) -> Option<String> {
        let value = match &reader.re {
            Some(re) => pattern::first(self.pattern(re)?, &value)?.to_owned(),
            None => value,
        };
        let value = value.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The text of a node, by the algorithm of [`super::text`].
    fn text(&mut self, node: ElementRef<'a>, reader: &Reader) -> String {
        let skip = reader.skip.as_deref().and_then(|css| self.selector(css));
        let broken = reader.block.as_deref().and_then(|css| self.selector(css));
        let matches = |css: &Option<Rc<Selector>>, child| {
            css.as_ref().is_some_and(|css| ElementRef::wrap(child).is_some_and(|element| css.matches(&element)))
        };
        let mut writer = Writer::default();
        // Open elements: what is left of their inside, whether an edge ends them, whether they keep line feeds. A stack
        // of our own, because a hostile page can nest deeper than the thread's.
        let mut open = vec![(node.children(), false, reader.pre)];
        while let Some((inside, block, pre)) = open.last_mut() {
            let (block, pre) = (*block, *pre);
            let Some(child) = inside.next() else {
                if block {
                    writer.block_edge();
                }
                open.pop();
                continue;
            };
            match child.value() {
                Node::Text(text) => writer.text(text, pre),
                Node::Element(element) => match element.name() {
                    tag if DROPPED.contains(&tag) => {}
                    _ if matches(&skip, child) => {}
                    "img" => writer.text(element.attr("alt").unwrap_or_default(), false),
                    "br" => writer.line_break(),
                    tag => {
                        let block = matches(&broken, child) || (!reader.inline && BLOCK.contains(&tag));
                        if block {
                            writer.block_edge();
                        }
                        open.push((child.children(), block, pre || tag == "pre"));
                    }
                },
                _ => {}
            }
        }
        writer.finish()
    }

    fn reach(&mut self, reach: &Reach, editable: ElementRef<'a>) -> Option<ElementRef<'a>> {
        let start = match &reach.closest {
            Some(css) => self.closest(editable, css)?,
            None => self.root,
        };
        match &reach.css {
            Some(css) => start.select(&*self.selector(css)?).next(),
            None => reach.closest.is_some().then_some(start),
        }
    }

    fn closest(&mut self, node: ElementRef<'a>, css: &str) -> Option<ElementRef<'a>> {
        let css = self.selector(css)?;
        std::iter::once(node).chain(node.ancestors().filter_map(ElementRef::wrap)).find(|above| css.matches(above))
    }

    fn matches(&mut self, node: ElementRef<'a>, css: &str) -> bool {
        self.selector(css).is_some_and(|css| css.matches(&node))
    }

    fn selector(&mut self, css: &str) -> Option<Rc<Selector>> {
        if !self.selectors.contains_key(css) {
            self.selectors.insert(css.to_owned(), Selector::parse(css).ok().map(Rc::new));
        }
        self.selectors.get(css).cloned().flatten()
    }

    fn pattern(&mut self, re: &str) -> Option<&Regex> {
        self.patterns.entry(re.to_owned()).or_insert_with(|| pattern::compile(re).ok()).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, css: &str, found: bool) {
        let mut definition = registry::bundled()[0].clone();
        definition.detect = vec![css.to_owned()];
        assert_eq!(detects(&definition, &parse(source)), found, "{css} in {source}");
    }

    #[test]
    fn a_page_is_parsed_as_without_scripting() {
        check("<body><noscript data-path='/t/1'><p id=post_1>Hi</p></noscript>", "noscript[data-path] > #post_1", true);
        check("<head><noscript><link rel=x></noscript></head>", "head noscript link", true);
        check("<html class=anon><body>", "html.anon", true);
        check("<body><template><p>Hi</p></template>", "p", false);
        check("<body><noscript><template><p>Hi</p></template></noscript>", "p", false);
    }
}
