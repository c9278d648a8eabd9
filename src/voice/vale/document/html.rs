//! HTML cut into tags, texts and remarks. It is read for its text, so mistakes in it are no matter.

use super::Piece;

/// A part of a document in the order of its source.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// An element opens, or stands alone.
    Start(Tag),
    /// An element of that name ends.
    End(String),
    Text(Piece),
    /// A remark, and where it stands.
    Remark(String, usize),
}

/// An element.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tag {
    pub name: String,
    pub class: String,
    pub href: String,
    /// An image's text.
    pub alt: Option<Piece>,
}

impl Tag {
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// The tokens of `html`, which begins at `base` of its file.
pub(super) fn tokens(html: &str, base: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if let Some(remark) = rest.strip_prefix("<!--") {
            let end = remark.find("-->").unwrap_or(remark.len());
            tokens.push(Token::Remark(remark[..end].to_owned(), base + at));
            at += (4 + end + 3).min(rest.len());
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
        } else if let Some((tag, len)) = tag(rest, base + at) {
            at += len;
            // What these hold is no text, whatever it looks like.
            if let Token::Start(Tag { name, .. }) = &tag
                && matches!(name.as_str(), "script" | "style")
            {
                let end = format!("</{name}");
                at += html[at..].to_ascii_lowercase().find(&end).unwrap_or(html.len() - at);
            }
            tokens.push(tag);
        } else {
            let skip = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[skip..].find('<').map_or(rest.len(), |end| skip + end);
            tokens.push(Token::Text(decoded(&rest[..end], base + at)));
            at += end;
        }
    }
    tokens
}

/// The tag at the start of `text` and its length.
fn tag(text: &str, base: usize) -> Option<(Token, usize)> {
    let closing = text.starts_with("</");
    let start = if closing { 2 } else { 1 };
    let body = text.strip_prefix('<').filter(|_| text[start..].starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let mut quote = None;
    let end = body.char_indices().find_map(|(at, c)| {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('>', None) => return Some(at + 1),
            _ => {}
        }
        None
    })?;
    let inside = &text[start..end];
    let len = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let name = inside[..len].to_ascii_lowercase();
    if closing {
        return Some((Token::End(name), end + 1));
    }
    let mut tag = Tag::named(&name);
    for (key, value, at) in attributes(&inside[len..]) {
        match key.as_str() {
            "class" => value.clone_into(&mut tag.class),
            "href" => value.clone_into(&mut tag.href),
            "alt" => tag.alt = Some(decoded(value, base + start + len + at)),
            _ => {}
        }
    }
    Some((Token::Start(tag), end + 1))
}

/// Names, values, and where the values stand.
fn attributes(text: &str) -> Vec<(String, &str, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = text[at..].find('=') {
        let name = text[at..at + equals].trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = at + equals + 1;
        let start = after + (text[after..].len() - text[after..].trim_start().len());
        let (from, to) = match text[start..].chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let from = start + 1;
                (from, text[from..].find(quote).map_or(text.len(), |end| from + end))
            }
            _ => (start, text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end)),
        };
        found.push((name.to_ascii_lowercase(), &text[from..to], from));
        at = (to + 1).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// Text with the commonest entities read.
pub(super) fn decoded(text: &str, base: usize) -> Piece {
    let mut piece = Piece::default();
    let mut from = 0;
    for (at, _) in text.match_indices('&') {
        let entity = text[at..].find(';').filter(|end| *end < 10).map(|end| &text[at + 1..at + end]);
        let Some((c, entity)) = entity.and_then(|name| Some((character(name)?, name))) else { continue };
        if from < at {
            piece.push(&text[from..at], base + from);
        }
        piece.push_instead(&c.to_string(), base + at);
        from = at + entity.len() + 2;
    }
    if from < text.len() {
        piece.push(&text[from..], base + from);
    }
    piece
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_remarks() {
        let found = tokens(
            "<p class=\"x y\">a &amp; b<br/></P><!-- vale off --><img alt='An ape'>1 < 2<script><b></script>",
            0,
        );
        assert_eq!(found[0], Token::Start(Tag { class: "x y".into(), ..Tag::named("p") }));
        let Token::Text(text) = &found[1] else { panic!("{found:?}") };
        assert_eq!((text.text.as_str(), text.place(4)), ("a & b", Some(23)));
        assert_eq!(found[2..4], [Token::Start(Tag::named("br")), Token::End("p".into())]);
        assert_eq!(found[4], Token::Remark(" vale off ".into(), 33));
        let Token::Start(Tag { alt: Some(alt), .. }) = &found[5] else { panic!("{found:?}") };
        assert_eq!((alt.text.as_str(), alt.place(0)), ("An ape", Some(60)));
        assert_eq!(found.last(), Some(&Token::End("script".into())));
        for odd in ["<", "<a", "<a href=", "<!--", "</", "<a b='", "&#xffffffff;", "é<é>"] {
            let _ = tokens(odd, 0);
        }
    }
}
