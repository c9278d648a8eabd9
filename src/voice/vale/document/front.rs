//! What stands before a Markdown text: its metadata. Single values are blocks of their own, the rest is no text.

use std::rc::Rc;

use super::{Block, Piece};
use crate::voice::vale::node::Node;

/// The bytes of the metadata with its lines of dashes; nothing for a text without.
fn range(text: &str) -> Option<(usize, usize)> {
    let mark = ["---\n", "+++\n"].into_iter().find(|mark| text.starts_with(mark))?;
    let close = text[3..].find(&format!("\n{}", mark.trim_end()))? + 3;
    let end = text[close + 1..].find('\n').map_or(text.len(), |end| close + 1 + end);
    (close > 3).then_some((0, end))
}

/// The text with blanks for its metadata.
pub(super) fn hide(text: &str) -> String {
    let Some((start, end)) = range(text) else { return text.to_owned() };
    let mut out: String = text[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
    out.push_str(&text[end..]);
    out
}

/// A block for each text of the metadata that can be found again.
pub(super) fn blocks(text: &str, extension: &str) -> Vec<Block> {
    let Some((_, end)) = range(text).filter(|_| text.starts_with("---")) else { return Vec::new() };
    let body = text[4..end].trim_end().trim_end_matches('-');
    let Ok(Node::Map(map)) = Node::parse(body) else { return Vec::new() };
    let block = |(key, value): (String, Node)| {
        let Node::Text(value) = value else { return None };
        let line = body.find(&format!("{key}:"))?;
        let at = 4 + line + key.len() + body[line + key.len()..].find(&value)?;
        Some(Block {
            piece: Piece::of(&value, at),
            scope: format!("text.frontmatter.{key}{extension}"),
            at,
            is_prose: false,
            is_paragraphs: false,
            controls: Rc::default(),
        })
    };
    map.into_iter().filter_map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_apart() {
        let text = "---\ntitle: A plan\ntags: [a]\n---\n\n# Head\n";
        assert_eq!(hide(text).find("# Head"), text.find("# Head"));
        assert!(!hide(text).contains("plan"));
        let blocks = blocks(text, ".md");
        assert_eq!((blocks.len(), blocks[0].at, blocks[0].piece.text.as_str()), (1, 11, "A plan"));
        assert_eq!(hide("---\nno end"), "---\nno end");
    }
}
