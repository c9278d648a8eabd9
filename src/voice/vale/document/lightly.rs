//! reStructuredText and AsciiDoc as far as words go: headings, items, paragraphs; code, directives and attributes are
//! left out. Their finer markup is not read.

use super::html::{Tag, Token};
use super::piece::Piece;

/// The two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Rst,
    AsciiDoc,
}

/// The tokens of a text.
pub(super) fn tokens(text: &str, markup: Markup) -> Vec<Token> {
    let mut reader = Reader { markup, tokens: Vec::new(), block: Piece::default(), element: "p", levels: Vec::new() };
    let lines = lines(text);
    let mut nth = 0;
    while nth < lines.len() {
        nth += reader.line(&lines, nth);
    }
    reader.flush();
    reader.tokens
}

/// A line without its break, and where it begins.
type Line<'t> = (usize, &'t str);

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let from = at;
            at += line.len() + 1;
            (from, line)
        })
        .collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

struct Reader {
    markup: Markup,
    tokens: Vec<Token>,
    block: Piece,
    element: &'static str,
    /// Marks of headings, the highest first.
    levels: Vec<char>,
}

impl Reader {
    /// Reads a line, and how many lines that took.
    fn line(&mut self, lines: &[Line<'_>], nth: usize) -> usize {
        let (at, line) = lines[nth];
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.flush();
            return 1;
        }
        let taken = match self.markup {
            Markup::Rst => self.rst(lines, nth),
            Markup::AsciiDoc => self.asciidoc(lines, nth),
        };
        if let Some(taken) = taken {
            return taken;
        }
        let start = at + indent(line);
        let item = item(trimmed, self.markup);
        if item > 0 {
            self.flush();
            self.element = "li";
        }
        if !self.block.text.is_empty() {
            self.block.push("\n", at.saturating_sub(1));
        }
        self.block.push(&trimmed[item..], start + item);
        1
    }

    fn rst(&mut self, lines: &[Line<'_>], nth: usize) -> Option<usize> {
        let (at, line) = lines[nth];
        let trimmed = line.trim_end();
        let rule = |line: &str| {
            let first = line.chars().next().filter(|c| c.is_ascii_punctuation())?;
            (line.len() >= 3 && line.chars().all(|c| c == first)).then_some(first)
        };
        let next = lines.get(nth + 1).map(|(_, line)| line.trim_end());
        if self.block.text.is_empty() {
            if let Some(mark) = next.and_then(rule).filter(|_| rule(trimmed).is_none() && indent(line) == 0) {
                self.heading(mark, trimmed, at);
                return Some(2);
            }
            let last = lines.get(nth + 2).map(|(_, line)| line.trim_end());
            if let (Some(mark), Some(title)) = (rule(trimmed), lines.get(nth + 1))
                && last.and_then(rule) == Some(mark)
            {
                let text = title.1.trim();
                self.heading(mark, text, title.0 + indent(title.1));
                return Some(3);
            }
            if rule(trimmed).is_some() {
                return Some(1);
            }
            if let Some(directive) = trimmed.trim_start().strip_prefix("..") {
                if directive.trim().starts_with("vale ") {
                    self.tokens.push(Token::Remark(directive.trim().to_owned(), at));
                    return Some(1);
                }
                // Notes are text; what else a directive holds is not.
                let is_text = ["note::", "warning::", "tip::", "important::", "caution::", "danger::", "hint::"]
                    .iter()
                    .any(|name| directive.trim_start().starts_with(name));
                return Some(if is_text { 1 } else { 1 + body(&lines[nth + 1..], indent(line)) });
            }
        }
        if trimmed.ends_with("::") {
            let text = trimmed.trim_end_matches(':').trim_end();
            let start = indent(line);
            if text.len() > start {
                if !self.block.text.is_empty() {
                    self.block.push("\n", at.saturating_sub(1));
                }
                self.block.push(&text[start..], at + start);
                self.block.push(":", at + text.len());
            }
            self.flush();
            return Some(1 + body(&lines[nth + 1..], start));
        }
        None
    }

    fn asciidoc(&mut self, lines: &[Line<'_>], nth: usize) -> Option<usize> {
        let (at, line) = lines[nth];
        let trimmed = line.trim_end();
        for fence in ["----", "....", "++++", "////", "```"] {
            if trimmed.starts_with(fence) && (fence == "```" || trimmed == fence) {
                self.flush();
                let close = lines[nth + 1..].iter().position(|(_, line)| line.trim_end() == fence);
                return Some(close.map_or(lines.len() - nth, |close| close + 2));
            }
        }
        if let Some(remark) = trimmed.strip_prefix("//") {
            self.tokens.push(Token::Remark(remark.trim().to_owned(), at));
            return Some(1);
        }
        let depth = trimmed.len() - trimmed.trim_start_matches('=').len();
        if self.block.text.is_empty() {
            if (1..=6).contains(&depth) && trimmed[depth..].starts_with(' ') {
                let title = trimmed[depth..].trim_start();
                self.title(depth, title, at + trimmed.len() - title.len());
                return Some(1);
            }
            let is_attribute = trimmed.starts_with(':') && trimmed[1..].contains(':');
            let is_block = trimmed.starts_with('[') && trimmed.ends_with(']');
            let is_frame = ["====", "****", "____", "|===", "--", "'''", "<<<"].contains(&trimmed);
            let is_macro = ["image::", "include::", "ifdef::", "ifndef::", "endif::", "toc::", "video::"];
            if is_attribute || is_block || is_frame || is_macro.iter().any(|name| trimmed.starts_with(name)) {
                return Some(1);
            }
            if line.starts_with(' ') && item(trimmed.trim_start(), self.markup) == 0 {
                return Some(1 + body(&lines[nth + 1..], 0));
            }
        }
        None
    }

    fn heading(&mut self, mark: char, title: &str, at: usize) {
        let level = self.levels.iter().position(|known| *known == mark).unwrap_or_else(|| {
            self.levels.push(mark);
            self.levels.len() - 1
        });
        self.title(level + 1, title, at);
    }

    fn title(&mut self, level: usize, title: &str, at: usize) {
        self.flush();
        self.element = ["h1", "h2", "h3", "h4", "h5", "h6"][level.clamp(1, 6) - 1];
        self.block.push(title, at);
        self.flush();
    }

    /// The block so far becomes tokens; code in it is code.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        let element = std::mem::replace(&mut self.element, "p");
        if block.text.trim().is_empty() {
            return;
        }
        self.tokens.push(Token::Start(Tag::named(element)));
        let mut from = 0;
        for (start, end) in code(&block.text, self.markup) {
            self.tokens.push(Token::Text(block.slice(from, start)));
            self.tokens.push(Token::Start(Tag::named("code")));
            self.tokens.push(Token::Text(block.slice(start, end)));
            self.tokens.push(Token::End("code".to_owned()));
            from = end;
        }
        self.tokens.push(Token::Text(block.slice(from, block.text.len())));
        self.tokens.push(Token::End(element.to_owned()));
    }
}

/// How many of these lines are indented deeper than `than`, empty ones between them included.
fn body(lines: &[Line<'_>], than: usize) -> usize {
    let end = lines.iter().position(|(_, line)| !line.trim().is_empty() && indent(line) <= than).unwrap_or(lines.len());
    lines[..end].iter().rposition(|(_, line)| !line.trim().is_empty()).map_or(0, |last| last + 1)
}

/// Length of an item's mark at the start of a line; 0 for other lines.
fn item(line: &str, markup: Markup) -> usize {
    let marks: &[char] = if markup == Markup::Rst { &['*', '-', '+', '•'] } else { &['*', '-', '.'] };
    let mark = line.len() - line.trim_start_matches(marks).len();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits > 0 && line[digits..].starts_with('.') { digits + 1 } else { mark };
    let space = line[mark..].len() - line[mark..].trim_start_matches(' ').len();
    if mark > 0 && space > 0 { mark + space } else { 0 }
}

/// Code inside a text, with its marks.
fn code(text: &str, markup: Markup) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|start| at + start) {
        let mark = if text[start..].starts_with("``") { "``" } else { "`" };
        let from = start + mark.len();
        let Some(end) = text[from..].find(mark).map(|end| from + end + mark.len()) else { break };
        // A single mark in reStructuredText is a role or a link.
        let is_code = mark == "``" || markup == Markup::AsciiDoc || text[..start].ends_with(':');
        if is_code {
            found.push((start, end));
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Ignored, read};
    use crate::voice::vale::config::Config;

    #[track_caller]
    fn check(extension: &str, text: &str, expect: &[(&str, &str)]) {
        let document = read(text, extension, extension, &Config::default(), &Ignored::default());
        let blocks: Vec<(&str, &str)> = document
            .blocks
            .iter()
            .map(|block| (block.scope.as_str(), block.piece.text.as_str()))
            .filter(|(scope, _)| scope.starts_with("text"))
            .collect();
        assert_eq!(blocks, expect);
    }

    #[test]
    fn words_of_other_markup() {
        check(
            ".rst",
            "Title\n=====\n\nOne ``two`` three::\n\n    code\n\n* item\n\n.. code-block:: py\n\n   x = 1\n\nSub\n---\n\nEnd.\n",
            &[
                ("text.heading.h1.rst", "Title"),
                ("text.rst", "One ******* three:"),
                ("text.list.rst", "item"),
                ("text.heading.h2.rst", "Sub"),
                ("text.rst", "End."),
            ],
        );
        check(
            ".adoc",
            "= Title\n:toc:\n\n[source,py]\n----\nx = 1\n----\n\nSome `code` here.\n\n* item\n\n== Sub\n",
            &[
                ("text.heading.h1.adoc", "Title"),
                ("text.adoc", "Some ****** here."),
                ("text.list.adoc", "item"),
                ("text.heading.h2.adoc", "Sub"),
            ],
        );
    }
}
