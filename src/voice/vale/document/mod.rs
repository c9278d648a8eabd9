//! A file as rules see it: blocks of text with their scopes, each character with its place in the file. Markdown and
//! HTML are taken apart, other markup lightly, of source code only remarks are read; whatever else is one text.

mod code;
mod controls;
mod front;
mod html;
mod lightly;
mod markdown;
mod piece;
mod walk;

pub(super) use controls::{Controls, Region};
pub(super) use piece::Piece;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::config::Config;
use super::pattern::Pattern;

/// A stretch of a document.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its text, with the places of it.
    pub piece: Piece,
    /// Such as `text.heading.h1.md`.
    pub scope: String,
    /// Where it begins, for findings that have no place of their own.
    pub at: usize,
    /// It is made of sentences.
    pub is_prose: bool,
    /// It is made of paragraphs.
    pub is_paragraphs: bool,
    /// What remarks in the text switched off.
    pub controls: Rc<Controls>,
}

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Its blocks, in the order in which rules see them.
    pub blocks: Vec<Block>,
    /// What remarks in the text switched off from where to where.
    pub regions: Vec<Region>,
    /// How many there are of each element.
    pub elements: BTreeMap<String, f64>,
    /// A remark switched everything off and none switched it on again.
    is_off: bool,
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Html,
    Lightly(lightly::Markup),
    Code(code::Marks),
    /// Sentences and paragraphs.
    Text,
    /// Lines of anything.
    Other,
}

impl Format {
    fn of(extension: &str) -> Self {
        match extension {
            ".md" | ".mdown" | ".markdown" | ".markdn" | ".mdx" => Self::Markdown,
            ".html" | ".htm" | ".shtml" | ".xhtml" => Self::Html,
            ".rst" | ".rest" => Self::Lightly(lightly::Markup::Rst),
            ".adoc" | ".asciidoc" | ".asc" => Self::Lightly(lightly::Markup::AsciiDoc),
            ".txt" => Self::Text,
            other => code::Marks::of(other).map_or(Self::Other, Self::Code),
        }
    }
}

/// What of a document is left out.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    /// Inline text that is masked.
    pub tokens: Vec<Pattern>,
    /// Blocks that are left out.
    pub blocks: Vec<Pattern>,
}

/// Reads `text`, the file at `path`, which is read as one with the extension `format`.
pub(super) fn read(text: &str, extension: &str, format: &str, config: &Config, ignored: &Ignored) -> Document {
    let mut document = match Format::of(format) {
        Format::Markdown => {
            let hidden = front::hide(&markdown::hide(text, ignored));
            let mut document = walk::walk(markdown::tokens(&hidden), extension, config);
            document.blocks.splice(0..0, front::blocks(text, extension));
            document
        }
        Format::Html => walk::walk(html::tokens(text, 0), extension, config),
        Format::Lightly(markup) => walk::walk(lightly::tokens(text, markup), extension, config),
        Format::Code(marks) => code::read(text, extension, marks),
        kind => {
            let block = Block {
                piece: Piece::of(text, 0),
                scope: format!("text{extension}"),
                at: 0,
                is_prose: kind == Format::Text,
                is_paragraphs: kind == Format::Text,
                controls: Rc::default(),
            };
            Document { blocks: vec![block], ..Document::default() }
        }
    };
    document.blocks.push(Block {
        piece: Piece::of(text, 0),
        scope: format!("raw{extension}"),
        at: 0,
        is_prose: false,
        is_paragraphs: false,
        controls: Rc::new(Controls::all(document.is_off)),
    });
    document
}
