//! Source code: only its remarks are text. Languages are told by their extension; strings are respected, nothing else of
//! a language is known.

use std::rc::Rc;

use super::{Block, Controls, Document, Piece};

/// How a language marks remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    line: &'static [&'static str],
    block: &'static [(&'static str, &'static str)],
    strings: &'static [char],
}

const C_LIKE: Marks = Marks { line: &["//"], block: &[("/*", "*/")], strings: &['"', '\'', '`'] };

impl Marks {
    /// Those of a language, by the extension of its files.
    pub fn of(extension: &str) -> Option<Self> {
        Some(match extension {
            ".py" | ".py3" | ".pyw" | ".rpy" => {
                Self { line: &["#"], block: &[("\"\"\"", "\"\"\""), ("'''", "'''")], strings: &['"', '\''] }
            }
            ".rb" => Self { line: &["#"], block: &[("=begin", "=end")], strings: &['"', '\''] },
            ".r" | ".R" | ".jl" | ".sh" | ".pl" | ".ps1" | ".proto3" => {
                Self { line: &["#"], block: &[], strings: &['"', '\''] }
            }
            ".css" | ".less" | ".scss" | ".sass" => {
                Self { line: &["//"], block: &[("/*", "*/")], strings: &['"', '\''] }
            }
            // An apostrophe begins a lifetime as often as a character.
            ".rs" => Self { line: &["//"], block: &[("/*", "*/")], strings: &['"'] },
            ".c" | ".h" | ".cpp" | ".cc" | ".cxx" | ".hpp" | ".cs" | ".go" | ".java" | ".bsh" | ".js" | ".jsx"
            | ".ts" | ".tsx" | ".swift" | ".scala" | ".sbt" | ".kt" | ".php" | ".m" | ".proto" => C_LIKE,
            ".hs" => Self { line: &["--"], block: &[("{-", "-}")], strings: &['"'] },
            ".lua" => Self { line: &["--"], block: &[("--[[", "]]")], strings: &['"', '\''] },
            _ => return None,
        })
    }
}

/// The remarks of a file, each a block; lines of remarks that follow each other are one.
pub(super) fn read(text: &str, extension: &str, marks: Marks) -> Document {
    let mut document = Document::default();
    let mut controls = Rc::new(Controls::default());
    for (piece, kind) in remarks(text, marks) {
        let at = piece.place(0).unwrap_or(0);
        let words = piece.text.trim();
        if words.starts_with("vale ") {
            Rc::make_mut(&mut controls).read(words, at, &mut document.regions);
            continue;
        }
        document.blocks.push(Block {
            scope: format!("text.comment.{kind}{extension}"),
            piece,
            at,
            is_prose: true,
            is_paragraphs: true,
            controls: controls.clone(),
        });
    }
    document
}

fn remarks(text: &str, marks: Marks) -> Vec<(Piece, &'static str)> {
    let mut found: Vec<(Piece, &'static str)> = Vec::new();
    let mut at = 0;
    // Where a line of the last remark ended, while only space follows.
    let mut goes_on: Option<usize> = None;
    while at < text.len() {
        let rest = &text[at..];
        if let Some((open, close)) = marks.block.iter().find(|(open, _)| rest.starts_with(open)) {
            let from = at + open.len();
            let end = text[from..].find(close).map_or(text.len(), |end| from + end);
            found.push((Piece::of(&text[from..end], from), "block"));
            at = (end + close.len()).min(text.len());
            goes_on = None;
        } else if let Some(mark) = marks.line.iter().find(|mark| rest.starts_with(**mark)) {
            let from = at + rest.len() - rest.trim_start_matches(|c| mark.contains(c) || c == '!').len();
            let end = text[from..].find('\n').map_or(text.len(), |end| from + end);
            // A remark to the checker stands alone.
            let is_control = text[from..end].trim_start().starts_with("vale ");
            match (goes_on.filter(|_| !is_control), found.last_mut()) {
                (Some(before), Some((piece, _))) if text[before..at].matches('\n').count() == 1 => {
                    piece.push("\n", before);
                    piece.push(&text[from..end], from);
                }
                _ => found.push((Piece::of(&text[from..end], from), "line")),
            }
            at = end;
            goes_on = (!is_control).then_some(end);
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            at += if marks.strings.contains(&c) { string(rest, c) } else { c.len_utf8() };
            if !c.is_whitespace() {
                goes_on = None;
            }
        }
    }
    found
}

/// Length of the string at the start of `text`; a line break ends it too.
fn string(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\n' if quote != '`' => return at,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(extension: &str, text: &str, expect: &[(&str, &str)]) {
        let document = read(text, extension, Marks::of(extension).unwrap());
        let blocks: Vec<(&str, &str)> =
            document.blocks.iter().map(|block| (block.scope.as_str(), block.piece.text.as_str())).collect();
        assert_eq!(blocks, expect);
        for block in &document.blocks {
            assert!(text[block.at..].starts_with(block.piece.text.lines().next().unwrap_or_default()));
        }
    }

    #[test]
    fn remarks_are_text() {
        check(
            ".py",
            "x = '# no'  # one\n# two\n\n# three\n\"\"\"Doc\nmore\"\"\"\n",
            &[
                ("text.comment.line.py", " one\n two"),
                ("text.comment.line.py", " three"),
                ("text.comment.block.py", "Doc\nmore"),
            ],
        );
        check(
            ".js",
            "/* a */ let s = \"// no\"; // b\n",
            &[("text.comment.block.js", " a "), ("text.comment.line.js", " b")],
        );
        check(
            ".rs",
            "//! Top\nfn f<'a>() {} // x",
            &[("text.comment.line.rs", " Top"), ("text.comment.line.rs", " x")],
        );
        check(".py", "# vale off\n# loud\n", &[("text.comment.line.py", " loud")]);
    }
}
