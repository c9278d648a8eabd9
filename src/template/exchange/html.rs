//! Cells and bodies that hold HTML, as text: paragraphs apart by a blank line, links with their address, pictures by
//! their description. Scripts and styles are left out; nothing else is.

use scraper::{Html, Node};

/// Elements that begin and end a line.
const LINES: [&str; 17] = [
    "address", "article", "aside", "dd", "div", "dl", "dt", "figure", "footer", "header", "li", "ol", "pre", "section",
    "table", "tr", "ul",
];
/// Elements with a blank line around them.
const PARAGRAPHS: [&str; 8] = ["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p"];
/// Elements that mean nothing in a text.
const LEFT_OUT: [&str; 5] = ["head", "script", "style", "template", "title"];
/// Elements that make a text look like HTML; other words in angle brackets are just that.
const KNOWN: [&str; 25] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];
/// Elements that say nothing but what the text says too.
const SILENT: [&str; 10] = ["body", "br", "div", "head", "html", "p", "section", "span", "tbody", "wbr"];

/// A text made of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain {
    /// The text.
    pub(super) text: String,
    /// It had lists, links, bold words or the like, which a reply cannot have.
    pub(super) lost_form: bool,
}

/// `text` is HTML: it has an element that editors write.
pub(super) fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let ends = rest[name.len()..].starts_with(['>', ' ', '/', '\n', '\t']);
        ends && KNOWN.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// The text of a cell whose tool holds HTML; one without elements is text already, but for its entities.
pub(super) fn plain(source: &str) -> Plain {
    if !is_html(source) {
        let text = if source.contains('&') { entities(source) } else { source.to_owned() };
        return Plain { text, lost_form: false };
    }
    let html = Html::parse_fragment(source);
    let mut writer = Writer::default();
    // A stack of our own: HTML can nest deeper than the thread's.
    let mut stack = vec![Step::In(html.tree.root())];
    let mut lost_form = false;
    while let Some(step) = stack.pop() {
        let node = match step {
            Step::Out(closed) => {
                writer.close(&closed);
                continue;
            }
            Step::In(node) => node,
        };
        match node.value() {
            Node::Text(text) => writer.push(text),
            Node::Element(element) => {
                let name = element.name();
                if LEFT_OUT.contains(&name) {
                    continue;
                }
                lost_form |= !SILENT.contains(&name);
                let address = (name == "a").then(|| element.attr("href")).flatten().unwrap_or_default();
                match name {
                    "br" => writer.line(),
                    "hr" => writer.block(1),
                    "img" => writer.push(element.attr("alt").unwrap_or_default()),
                    "td" | "th" => writer.push(" "),
                    _ => {}
                }
                let block = if PARAGRAPHS.contains(&name) {
                    2
                } else if LINES.contains(&name) {
                    1
                } else {
                    0
                };
                writer.block(block);
                if name == "li" {
                    writer.push("- ");
                }
                if name == "pre" {
                    writer.pre += 1;
                }
                let closed = Closed { block, pre: name == "pre", link: address.to_owned(), from: writer.out.len() };
                stack.push(Step::Out(closed));
                stack.extend(node.children().rev().map(Step::In));
            }
            _ => stack.extend(node.children().rev().map(Step::In)),
        }
    }
    Plain { text: writer.finish(), lost_form }
}

/// What is to be done with a node: go in, or close it after its children.
enum Step<N> {
    In(N),
    Out(Closed),
}

struct Closed {
    block: usize,
    pre: bool,
    link: String,
    from: usize,
}

/// Text with white space as browsers show it.
#[derive(Default)]
struct Writer {
    out: String,
    /// A blank is due before the next word.
    blank: bool,
    /// Line breaks due before the next word.
    breaks: usize,
    pre: usize,
}

impl Writer {
    fn push(&mut self, text: &str) {
        if self.pre > 0 {
            self.due();
            self.out.push_str(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.blank = true;
            } else {
                self.due();
                self.out.push(if c == '\u{a0}' { ' ' } else { c });
            }
        }
    }

    fn due(&mut self) {
        if self.breaks > 0 && !self.out.is_empty() {
            let there = self.out.len() - self.out.trim_end_matches('\n').len();
            (there..self.breaks).for_each(|_| self.out.push('\n'));
        } else if self.blank && !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push(' ');
        }
        self.breaks = 0;
        self.blank = false;
    }

    /// The next word begins a line, after a blank one for 2.
    fn block(&mut self, breaks: usize) {
        if breaks > 0 {
            self.breaks = self.breaks.max(breaks);
            self.blank = false;
        }
    }

    /// A line break of its own.
    fn line(&mut self) {
        self.due();
        self.out.push('\n');
    }

    fn close(&mut self, closed: &Closed) {
        if !closed.link.is_empty() && !closed.link.starts_with('#') {
            let said = self.out.get(closed.from..).unwrap_or_default().trim();
            let bare = |address: &str| {
                let rest = address.trim_start_matches("https://").trim_start_matches("http://");
                rest.trim_start_matches("mailto:").trim_start_matches("tel:").trim_end_matches('/').to_owned()
            };
            if bare(said) != bare(&closed.link) {
                let address = format!(" ({})", closed.link);
                self.push(if said.is_empty() { &closed.link } else { &address });
            }
        }
        if closed.pre {
            self.pre -= 1;
        }
        self.block(closed.block);
    }

    fn finish(self) -> String {
        let lines: Vec<&str> = self.out.lines().map(str::trim_end).collect();
        lines.join("\n").trim_matches('\n').to_owned()
    }
}

/// A text without elements, its `&amp;` and the like read.
fn entities(text: &str) -> String {
    // Inside `pre` the parser leaves white space alone; a first line break would be dropped.
    let guarded = format!("<pre>\n{}</pre>", text.replace('<', "&lt;"));
    Html::parse_fragment(&guarded).root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(source: &str, expect: &str, lost_form: bool) {
        assert_eq!(plain(source), Plain { text: expect.to_owned(), lost_form }, "{source}");
    }

    #[test]
    fn html_as_text() {
        check("<p>Hi</p>\n<p>there,<br>you</p>", "Hi\n\nthere,\nyou", false);
        check("<div>a</div><div><br></div><div>b &amp; c&nbsp;d</div>", "a\n\nb & c d", false);
        check("a <b>b</b>  c\n d", "a b c d", true);
        check("<ul><li>one</li><li>two</li></ul>end", "- one\n- two\nend", true);
        check("<a href=\"https://a.example/x\">here</a>!", "here (https://a.example/x)!", true);
        check("<a href=\"https://a.example/\">a.example</a>", "a.example", true);
        check("<a href=\"mailto:x@a.example\">x@a.example</a>", "x@a.example", true);
        check("<img alt=\"Map\" src=x><script>bad()</script><p></p>", "Map", true);
        check("<pre>a\n  b</pre>", "a\n  b", true);
        check("<table><tr><td>a</td><td>b</td></tr></table>", "a b", true);
    }

    #[test]
    fn text_stays_text() {
        check("I <3 you\n  & yours", "I <3 you\n  & yours", false);
        check("\na < b &lt; c &amp;", "\na < b < c &", false);
        check("<firstname>, hello", "<firstname>, hello", false);
        check("", "", false);
    }

    proptest! {
        #[test]
        fn words_are_never_lost(words in proptest::collection::vec("[a-zé]{1,6}", 1..8)) {
            let html: String = words.iter().map(|word| format!("<p>{word}<b>{word}</b></p>")).collect();
            let text = plain(&html).text;
            for word in &words {
                let bold = word.repeat(2);
                prop_assert!(text.contains(&bold));
            }
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,80}", tags in "[<>/a-z\"'&;= \n]{0,60}") {
            plain(&text);
            plain(&format!("<p>{tags}"));
        }
    }
}
