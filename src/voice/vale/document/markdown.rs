//! Markdown as the tokens of its HTML. The reading is `pulldown-cmark`'s; bare addresses become links here.

use pulldown_cmark::{Event, Options, Parser, Tag as MdTag, TagEnd};

use super::Ignored;
use super::html::{Tag, Token, tokens as html_tokens};
use super::piece::Piece;

/// Stands for a character of masked text: a control character, which nobody writes.
const MASK: char = '\u{7f}';

/// The text with what is to be ignored masked or blank, every byte in its place.
pub(super) fn hide(text: &str, ignored: &Ignored) -> String {
    let mut out = text.as_bytes().to_vec();
    for (patterns, with) in [(&ignored.tokens, MASK as u8), (&ignored.blocks, b' ')] {
        for pattern in patterns {
            for (start, end) in pattern.find_all(text).unwrap_or_default() {
                out[start..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = with);
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader =
        Reader { source: text, tokens: Vec::new(), text: Piece::default(), head: false, links: 0, alt: None };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range.start, range.end);
    }
    reader.flush();
    reader.tokens
}

struct Reader<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    /// Text that goes on.
    text: Piece,
    /// Cells are those of a head.
    head: bool,
    /// Links that are open: in one nothing becomes a link.
    links: usize,
    /// An image's text, while it lasts.
    alt: Option<Piece>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Text(text) => self.add(&text, start, end),
            Event::SoftBreak => self.add("\n", start, end),
            Event::HardBreak => self.open("br"),
            Event::Code(code) => {
                self.open("code");
                let ticks = self.source[start..end].len() - self.source[start..end].trim_start_matches('`').len();
                let inside = &self.source[start + ticks..end.saturating_sub(ticks).max(start + ticks)];
                let at = start + ticks + inside.find(code.as_ref()).unwrap_or(0);
                self.add(&code, at, at + code.len());
                self.close("code");
            }
            Event::InlineHtml(_) => self.html(start, end),
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag),
            Event::Rule => self.open("hr"),
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: MdTag<'_>, start: usize, end: usize) {
        match tag {
            MdTag::Paragraph => self.open("p"),
            MdTag::Heading { level, .. } => self.open(&level.to_string()),
            MdTag::BlockQuote(_) => self.open("blockquote"),
            MdTag::CodeBlock(_) => {
                self.open("pre");
                self.open("code");
            }
            MdTag::HtmlBlock => self.html(start, end),
            MdTag::List(Some(_)) => self.open("ol"),
            MdTag::List(None) => self.open("ul"),
            MdTag::Item | MdTag::FootnoteDefinition(_) => self.open("li"),
            MdTag::Table(_) => self.open("table"),
            MdTag::TableHead => {
                self.head = true;
                self.open("tr");
            }
            MdTag::TableRow => self.open("tr"),
            MdTag::TableCell => self.open(if self.head { "th" } else { "td" }),
            MdTag::Emphasis => self.open("em"),
            MdTag::Strong => self.open("strong"),
            MdTag::Strikethrough => self.open("del"),
            MdTag::Link { dest_url, .. } => {
                self.links += 1;
                self.flush();
                self.tokens.push(Token::Start(Tag { href: dest_url.to_string(), ..Tag::named("a") }));
            }
            MdTag::Image { .. } => {
                self.flush();
                self.alt = Some(Piece::default());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close("p"),
            TagEnd::Heading(level) => self.close(&level.to_string()),
            TagEnd::BlockQuote(_) => self.close("blockquote"),
            TagEnd::CodeBlock => {
                self.close("code");
                self.close("pre");
            }
            TagEnd::List(ordered) => self.close(if ordered { "ol" } else { "ul" }),
            TagEnd::Item | TagEnd::FootnoteDefinition => self.close("li"),
            TagEnd::Table => self.close("table"),
            TagEnd::TableHead => {
                self.head = false;
                self.close("tr");
            }
            TagEnd::TableRow => self.close("tr"),
            TagEnd::TableCell => self.close(if self.head { "th" } else { "td" }),
            TagEnd::Emphasis => self.close("em"),
            TagEnd::Strong => self.close("strong"),
            TagEnd::Strikethrough => self.close("del"),
            TagEnd::Link => {
                self.close("a");
                self.links = self.links.saturating_sub(1);
            }
            TagEnd::Image => {
                let alt = self.alt.take();
                self.tokens.push(Token::Start(Tag { alt, ..Tag::named("img") }));
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str, start: usize, end: usize) {
        let piece = self.alt.as_mut().unwrap_or(&mut self.text);
        if self.source.get(start..end) == Some(text) {
            piece.push(text, start);
        } else {
            piece.push_instead(text, start);
        }
    }

    fn open(&mut self, name: &str) {
        if self.alt.is_none() {
            self.flush();
            self.tokens.push(Token::Start(Tag::named(name)));
        }
    }

    fn close(&mut self, name: &str) {
        if self.alt.is_none() {
            self.flush();
            self.tokens.push(Token::End(name.to_owned()));
        }
    }

    fn html(&mut self, start: usize, end: usize) {
        self.flush();
        self.tokens.extend(html_tokens(&self.source[start..end], start));
    }

    /// The text so far becomes tokens: plain text, links, masked text.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.text.is_empty() {
            return;
        }
        let mut from = 0;
        for (start, end, name, href) in inlines(&text.text, self.links == 0) {
            if from < start {
                self.tokens.push(Token::Text(text.slice(from, start)));
            }
            self.tokens.push(Token::Start(Tag { href, ..Tag::named(name) }));
            self.tokens.push(Token::Text(text.slice(start, end)));
            self.tokens.push(Token::End(name.to_owned()));
            from = end;
        }
        if from < text.text.len() {
            self.tokens.push(Token::Text(text.slice(from, text.text.len())));
        }
    }
}

/// Stretches of a text that are elements of their own: start, end, name, address.
fn inlines(text: &str, with_links: bool) -> Vec<(usize, usize, &'static str, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('));
        if rest.starts_with(MASK) {
            let len = rest.len() - rest.trim_start_matches(MASK).len();
            found.push((at, at + len, "code", String::new()));
            at += len;
        } else if let Some(len) = Some(address(rest)).filter(|len| *len > 0 && free && with_links) {
            let url = &rest[..len];
            let href = if url.starts_with("www.") { format!("http://{url}") } else { url.to_owned() };
            found.push((at, at + len, "a", href));
            at += len;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Length of a bare address at the start of a text; 0 when there is none.
fn address(text: &str) -> usize {
    let Some(scheme) = ["http://", "https://", "ftp://", "www."].into_iter().find(|head| text.starts_with(head)) else {
        return 0;
    };
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | MASK)).unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let shorter = url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '"', '\'']);
        let open = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if open { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    let host = url.get(scheme.len()..).unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('.') || (scheme == "www." && !host.is_empty()) { url.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses() {
        assert_eq!(address("https://acme.com/a(b)."), 21);
        assert_eq!(address("https://acme.com) and"), 16);
        assert_eq!(address("http://localhost"), 0);
        assert_eq!(address("acme.com"), 0);
    }

    #[test]
    fn ignored_text_keeps_its_place() {
        use crate::voice::vale::pattern::Pattern;
        let ignored = Ignored {
            tokens: vec![Pattern::new(r"\$\w+").unwrap()],
            blocks: vec![Pattern::new(r"(?s)\{%.*?%\}").unwrap()],
        };
        assert_eq!(hide("a $ñb c {%\nx %}", &ignored), "a \u{7f}\u{7f}\u{7f}\u{7f} c   \n    ");
    }
}
