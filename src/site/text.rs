//! The text of a node: the one algorithm that is written twice, here and in the page agent.
//!
//! `textContent` joins paragraphs and loses emoji images; `innerText` costs a layout. So:
//!
//! 1. Walk the node's children in document order, the node itself excepted (its own tag is never looked at).
//! 2. **Text**: `pre` is true when the reader says so or a `PRE` element was entered. Runs of space, tab, form feed,
//!    carriage return and line feed are one *gap*; with `pre` each line feed is a *line break* instead. Every other
//!    character, no-break spaces included, is written.
//! 3. **`IMG`**: its `alt` attribute is walked as text without `pre`. Nothing else of it.
//! 4. **`BR`**: a line break.
//! 5. An element of [`DROPPED`] or one that matches the reader's `skip`: nothing, its inside neither.
//! 6. An element that matches the reader's `block`, and unless the reader is `inline` one of [`BLOCK`]: a *block edge*
//!    before and after its inside.
//! 7. Any other element: its inside.
//!
//! Writing keeps two things pending, `gap` and `lines`: a gap sets `gap`, a line break adds 1 to `lines`, a block edge
//! raises `lines` to at least 1. When a character is written and the output is not empty, then first: `lines > 0` writes
//! `min(lines, 2)` line feeds, else `gap` writes one space. Both are then reset. So nothing leads or trails, spaces
//! around line breaks vanish, and blank lines never pile up.
//!
//! Shadow roots are not entered. Cleaning hostile characters is not done here: [`super::clean`] does it once, in Rust.

/// Tags (lower case) that stand on lines of their own.
pub const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Tags (lower case) whose inside is not text for people.
pub const DROPPED: &[&str] = &[
    "audio", "canvas", "iframe", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
];

/// The writing half of the algorithm.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    gap: bool,
    lines: u8,
}

impl Writer {
    /// Text of a text node, or of an image's `alt`.
    pub fn text(&mut self, text: &str, pre: bool) {
        for c in text.chars() {
            match c {
                '\n' if pre => self.line_break(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.gap = true,
                c => self.write(c),
            }
        }
    }

    /// `BR`, or a kept line feed.
    pub fn line_break(&mut self) {
        self.lines = self.lines.saturating_add(1);
    }

    /// An edge of a block element.
    pub fn block_edge(&mut self) {
        self.lines = self.lines.max(1);
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    fn write(&mut self, c: char) {
        if !self.out.is_empty() {
            if self.lines > 0 {
                (0..self.lines.min(2)).for_each(|_| self.out.push('\n'));
            } else if self.gap {
                self.out.push(' ');
            }
        }
        self.gap = false;
        self.lines = 0;
        self.out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_lines_are_written_only_between_characters() {
        let mut writer = Writer::default();
        writer.block_edge();
        writer.text("  one \n two", false);
        writer.block_edge();
        writer.block_edge();
        writer.text(" three\n\n\n\nfour ", true);
        writer.line_break();
        assert_eq!(writer.finish(), "one two\nthree\n\nfour");
    }
}
