//! From tags and texts to blocks: what belongs together is one text, inline elements are spaced or masked, what encloses
//! it gives the scope. It follows Vale's way through a document closely, for what rules count depends on it.

use std::rc::Rc;

use super::html::{Tag, Token};
use super::{Block, Controls, Document, Piece};
use crate::voice::vale::config::Config;

const INLINE: [&str; 19] = [
    "b", "big", "i", "small", "abbr", "acronym", "cite", "dfn", "em", "kbd", "strong", "a", "br", "img", "span", "sub",
    "sup", "code", "tt",
];
const VOID: [&str; 11] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"];
const SKIPPED: [&str; 6] = ["script", "style", "pre", "figure", "noscript", "iframe"];
const SKIPPED_CLASSES: [&str; 3] = ["problematic", "pre", "code"];
const MASKED: [&str; 3] = ["tt", "code", "kbd"];

/// The blocks of a document of these tokens.
pub(super) fn walk(tokens: Vec<Token>, extension: &str, config: &Config) -> Document {
    let or = |own: &[String], usual: &[&str]| -> Vec<String> {
        if own.is_empty() { usual.iter().map(|s| (*s).to_owned()).collect() } else { own.to_vec() }
    };
    let mut walker = Walker {
        extension,
        skipped: or(&config.skipped_scopes, &SKIPPED),
        masked: or(&config.ignored_scopes, &MASKED),
        classes: SKIPPED_CLASSES
            .iter()
            .map(|s| (*s).to_owned())
            .chain(config.ignored_classes.iter().cloned())
            .collect(),
        ..Walker::default()
    };
    for token in tokens {
        walker.take(token);
    }
    walker.finish()
}

#[derive(Default)]
struct Walker<'e> {
    extension: &'e str,
    skipped: Vec<String>,
    masked: Vec<String>,
    classes: Vec<String>,
    document: Document,
    controls: Rc<Controls>,
    /// The block so far.
    text: Piece,
    /// Tags since the last block ended.
    history: Vec<String>,
    /// Inline elements that are open, and those that ended in this block.
    open: Vec<(String, Piece)>,
    inline: Vec<(String, Piece)>,
    /// The prose of the document.
    summary: Piece,
    /// The element in which nothing is read, and how deep in others of its name.
    skipping: Option<(String, usize)>,
    is_inline: bool,
    is_masked: bool,
    closed_inline: bool,
    /// What the tag before said.
    href: String,
    is_hidden: bool,
}

impl Walker<'_> {
    fn take(&mut self, token: Token) {
        match token {
            Token::Start(tag) => self.start(tag),
            Token::End(name) => self.end(&name),
            Token::Text(text) => self.text(&text),
            Token::Remark(remark, at) => {
                if !self.is_inline {
                    self.closed_inline = true;
                }
                Rc::make_mut(&mut self.controls).read(&remark, at, &mut self.document.regions);
            }
        }
    }

    fn start(&mut self, tag: Tag) {
        let Tag { name, class, href, alt } = tag;
        if let Some((skipping, depth)) = &mut self.skipping {
            *depth += usize::from(*skipping == name);
            return;
        }
        let is_inline = INLINE.contains(&name.as_str()) || name == "del";
        let is_void = VOID.contains(&name.as_str());
        let by_class = class.split(' ').any(|class| self.classes.iter().any(|skipped| skipped == class));
        if !is_inline && !is_void && (self.skipped.contains(&name) || by_class) {
            if !self.text.text.trim().is_empty() {
                self.emit();
            }
            *self.document.elements.entry(name.clone()).or_default() += 1.0;
            self.skipping = Some((name, 1));
            return;
        }
        // A list inside an item begins a block of its own.
        if !is_inline && !is_void && !self.text.text.trim().is_empty() {
            self.emit();
        }
        self.is_inline = is_inline;
        self.is_masked = self.masked.contains(&name) || self.skipped.contains(&name);
        self.closed_inline = false;
        if is_inline && !is_void {
            self.open.push((name.clone(), Piece::default()));
        }
        self.history.push(name);
        self.href = href;
        self.is_hidden = by_class;
        if let Some(alt) = alt.filter(|_| !self.skipped.iter().any(|name| name == "alt")) {
            self.push("text.attr.alt".to_owned(), alt, false, false);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipping, depth)) = &mut self.skipping {
            if skipping == name {
                *depth -= 1;
            }
            if *depth == 0 {
                self.skipping = None;
                self.history.clear();
            }
            return;
        }
        if INLINE.contains(&name) || name == "del" {
            self.closed_inline = true;
            if self.open.last().is_some_and(|(open, _)| open == name)
                && let Some((name, text)) = self.open.pop()
                && !text.text.trim().is_empty()
            {
                self.inline.push((name, text.trimmed()));
            }
        } else {
            self.emit();
            self.open.clear();
        }
        self.href.clear();
        self.is_hidden = false;
    }

    fn text(&mut self, raw: &Piece) {
        let text = raw.trimmed();
        if self.skipping.is_some() || self.controls.off || text.text.is_empty() {
            return;
        }
        let first = text.text.chars().next().unwrap_or(' ');
        let masked = self.is_masked || self.is_hidden || self.href == text.text;
        let starter = matches!(first, '.' | '?' | '!' | ',' | ':' | ';' | ')' | ']' | '}' | '—' | '–') && !masked;
        let space = match raw.text.chars().next() {
            Some('\n' | '\r') => "\n",
            Some(' ' | '\t') => " ",
            _ => "",
        };
        // Behind an element stands what stood there; inside one, a space keeps words apart.
        let space = match self.closed_inline {
            true => space,
            false if self.is_inline && !starter => " ",
            false => "",
        };
        let tight = self.text.text.ends_with(['(', '[', '{', '—', '–']);
        self.text.push_new(if tight && space == " " { "" } else { space });
        let shown = if masked { text.masked() } else { text.clone() };
        self.text.append(&shown);
        for (_, inside) in &mut self.open {
            inside.push_new(space);
            inside.append(&text);
        }
        self.closed_inline = false;
        self.is_masked = false;
        self.href.clear();
    }

    /// The block is complete.
    fn emit(&mut self) {
        let text = std::mem::take(&mut self.text);
        let inline = std::mem::take(&mut self.inline);
        let history = std::mem::take(&mut self.history);
        if text.text.trim().is_empty() {
            return;
        }
        let scope = history.iter().find_map(|tag| {
            Some(match tag.as_str() {
                "th" => "table.header".to_owned(),
                "td" => "table.cell".to_owned(),
                "caption" => "table.caption".to_owned(),
                "li" => "list".to_owned(),
                "blockquote" => "blockquote".to_owned(),
                "figcaption" => "figure.caption".to_owned(),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => format!("heading.{tag}"),
                _ => return None,
            })
        });
        if scope.as_deref().is_none_or(|scope| matches!(scope, "list" | "blockquote")) {
            self.summary.append(&text);
            self.summary.push_new("\n\n");
        }
        if let Some(scope) = &scope {
            *self.document.elements.entry(scope.replace('.', "_")).or_default() += 1.0;
        }
        let text = match &scope {
            Some(_) => {
                let spaces = text.text.len() - text.text.trim_start_matches(' ').len();
                text.slice(spaces, text.text.len())
            }
            None => text,
        };
        let name = scope.as_ref().map_or_else(|| "text".to_owned(), |scope| format!("text.{scope}"));
        self.push(format!("{name}{}", self.extension), text, true, scope.is_none());
        for (tag, text) in inline {
            let scope = match tag.as_str() {
                "a" => "link",
                "strong" | "b" => "strong",
                "em" | "i" => "emphasis",
                "code" | "tt" => "code",
                _ => continue,
            };
            self.push(format!("{scope}{}", self.extension), text, false, false);
        }
    }

    fn push(&mut self, scope: String, piece: Piece, is_prose: bool, is_paragraphs: bool) {
        let at = piece.place(0).unwrap_or(0);
        let controls = self.controls.clone();
        self.document.blocks.push(Block { piece, scope, at, is_prose, is_paragraphs, controls });
    }

    fn finish(mut self) -> Document {
        self.emit();
        // Rules that were switched off are on again for the document as a whole.
        self.document.is_off = self.controls.off;
        self.controls = Rc::new(Controls::all(self.controls.off));
        let summary = std::mem::take(&mut self.summary);
        self.push(format!("summary{}", self.extension), summary, false, false);
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ignored, read};
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expect: &[(&str, &str)]) {
        let document = read(markdown, ".md", ".md", &Config::default(), &Ignored::default());
        let blocks: Vec<(&str, &str)> = document
            .blocks
            .iter()
            .map(|block| (block.scope.as_str(), block.piece.text.as_str()))
            .filter(|(scope, _)| !scope.starts_with("raw") && !scope.starts_with("summary"))
            .collect();
        assert_eq!(blocks, expect, "{markdown}");
    }

    #[test]
    fn blocks_of_markdown() {
        check(
            "# A *big* plan\n\nOne\ntwo `x y` three, **four**.\n\n- item\n  - inner\n- last\n",
            &[
                ("text.heading.h1.md", "A big plan"),
                ("emphasis.md", "big"),
                ("text.md", "One\ntwo *** three, four."),
                ("code.md", "x y"),
                ("strong.md", "four"),
                ("text.list.md", "item"),
                ("text.list.md", "inner"),
                ("text.list.md", "last"),
            ],
        );
        check(
            "> Quote\n\n| A | B |\n|---|---|\n| c | d |\n\n```js\nlet x;\n```\n\n![alt text](a.png)\n",
            &[
                ("text.blockquote.md", "Quote"),
                ("text.table.header.md", "A"),
                ("text.table.header.md", "B"),
                ("text.table.cell.md", "c"),
                ("text.table.cell.md", "d"),
                ("text.attr.alt", "alt text"),
            ],
        );
        check(
            "See [the docs](https://a.com/x) (or <b>this</b>): https://acme.com/y now\n",
            &[
                ("text.md", "See the docs (or this): ****************** now"),
                ("link.md", "the docs"),
                ("strong.md", "this"),
                ("link.md", "https://acme.com/y"),
            ],
        );
    }

    #[test]
    fn remarks_take_text_out() {
        let text = "One.\n\n<!-- vale off -->\n\nTwo.\n\n<!-- vale on -->\n\nThree <!-- vale off --> four <!-- vale on --> five.\n";
        check(text, &[("text.md", "One."), ("text.md", "Three five.")]);
    }

    #[test]
    fn the_summary_is_the_prose() {
        let document = read("# H\n\nOne.\n\n- two\n", ".md", ".md", &Config::default(), &Ignored::default());
        let summary = &document.blocks[document.blocks.len() - 2];
        assert_eq!((summary.scope.as_str(), summary.piece.text.as_str()), ("summary.md", "One.\n\ntwo\n\n"));
        assert_eq!((document.elements["heading_h1"], document.elements["list"]), (1.0, 1.0));
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "# A plan\n\nWe **really** do `it` well.\n";
        let document = read(text, ".md", ".md", &Config::default(), &Ignored::default());
        let block = &document.blocks[1];
        for word in ["really", "well"] {
            let at = block.piece.text.find(word).unwrap();
            assert_eq!(block.piece.place(at), text.find(word), "{word}");
        }
    }
}
