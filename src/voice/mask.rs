//! What is not prose: handles, tags, addresses, emoji, template variables and the closing signature. Prose rules keep
//! out of them; some rules read them. Works on folded text, in one pass.

use super::emoji;
use super::fold::is_word;

/// What a masked stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MaskKind {
    Handle,
    Tag,
    Url,
    Email,
    Emoji,
    Variable,
    Signature,
}

/// A masked stretch of folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Mask {
    pub start: usize,
    pub end: usize,
    pub kind: MaskKind,
}

/// Endings that make `word.ending` an address; the ones that are words too are left out.
const ENDINGS: [&str; 24] = [
    "com", "org", "net", "edu", "gov", "es", "eu", "uk", "mx", "ar", "cl", "pe", "fr", "de", "pt", "io", "co", "ly",
    "app", "dev", "info", "shop", "help", "support",
];

/// Masks of `text`, in order, none overlapping.
pub fn masks(text: &str) -> Vec<Mask> {
    let mut scan = Scan { text, bytes: text.as_bytes(), found: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        at = scan.step(at);
    }
    scan.signature();
    scan.found
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    found: Vec<Mask>,
}

impl Scan<'_> {
    /// Looks at the character at `at`; where to go on.
    fn step(&mut self, at: usize) -> usize {
        let end = match self.bytes[at] {
            b'@' => self.at_sign(at),
            b'#' => self.tag(at),
            b':' if self.bytes[at..].starts_with(b"://") => self.url(self.word_start(at), at + 3),
            b'w' if self.bytes[at..].starts_with(b"www.") && !self.word_before(at) => self.url(at, at + 4),
            b'.' => self.domain(at),
            b'/' => self.community(at),
            b'{' if self.bytes[at..].starts_with(b"{{") => self.variable(at),
            b'0'..=b'9' | b'*' if self.bytes.get(at + 1).is_some_and(|&b| b >= 0xE2) => self.emoji(at),
            b if b >= 0xC2 => self.emoji(at),
            _ => None,
        };
        end.unwrap_or_else(|| at + self.width(at)).max(at + 1)
    }

    fn width(&self, at: usize) -> usize {
        self.text[at..].chars().next().map_or(1, char::len_utf8)
    }

    fn push(&mut self, start: usize, end: usize, kind: MaskKind) -> Option<usize> {
        let start = start.max(self.found.last().map_or(0, |mask| mask.end));
        (start < end).then(|| {
            self.found.push(Mask { start, end, kind });
            end
        })
    }

    fn word_before(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(is_word)
    }

    fn word_start(&self, at: usize) -> usize {
        let from = self.found.last().map_or(0, |mask| mask.end);
        from + self.text[from..at].trim_end_matches(is_word).len()
    }

    /// End of the run from `at` of word characters, with `.` and `-` between them.
    fn run(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let run = rest.find(|c: char| !is_word(c) && c != '.' && c != '-').unwrap_or(rest.len());
        at + rest[..run].trim_end_matches(['.', '-']).len()
    }

    fn at_sign(&mut self, at: usize) -> Option<usize> {
        let end = self.run(at + 1);
        if end == at + 1 {
            return None;
        }
        if !self.word_before(at) {
            // The fediverse writes `@name@host`.
            let host = if self.bytes.get(end) == Some(&b'@') { self.run(end + 1) } else { end };
            return self.push(at, host.max(end), MaskKind::Handle);
        }
        let from = self.found.last().map_or(0, |mask| mask.end);
        let local = |c: char| is_word(c) || matches!(c, '.' | '-' | '+');
        let start = from + self.text[from..at].trim_end_matches(local).len();
        if self.text[at + 1..end].contains('.') { self.push(start, end, MaskKind::Email) } else { Some(end) }
    }

    fn tag(&mut self, at: usize) -> Option<usize> {
        if self.word_before(at) {
            return None;
        }
        let rest = &self.text[at + 1..];
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let named = rest[..end].chars().any(|c| !c.is_ascii_digit());
        (end > 0 && named).then(|| self.push(at, at + 1 + end, MaskKind::Tag)).flatten()
    }

    /// An address from `start`, known to reach `at`: up to white space, without closing punctuation.
    fn url(&mut self, start: usize, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).unwrap_or(rest.len());
        let end = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…']).len();
        self.push(start, at + end, MaskKind::Url)
    }

    fn domain(&mut self, at: usize) -> Option<usize> {
        let mut end = at;
        while let Some(rest) = self.text[end..].strip_prefix('.') {
            let label = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            if !ENDINGS.contains(&&rest[..label]) {
                break;
            }
            end += 1 + label;
        }
        if end == at || !self.word_before(at) {
            return None;
        }
        if self.bytes.get(end) == Some(&b'@') {
            return None;
        }
        let from = self.found.last().map_or(0, |mask| mask.end);
        let start = from + self.text[from..at].trim_end_matches(|c: char| is_word(c) || c == '.' || c == '-').len();
        match self.bytes.get(end) {
            Some(b'/' | b'?') => self.url(start, end),
            _ => self.push(start, end, MaskKind::Url),
        }
    }

    /// `r/name` and `u/name`.
    fn community(&mut self, at: usize) -> Option<usize> {
        let lead = at.checked_sub(1)?;
        let named = matches!(self.bytes[lead], b'r' | b'u') && !self.word_before(lead);
        let end = self.run(at + 1);
        (named && end > at + 1).then(|| self.push(lead, end, MaskKind::Handle)).flatten()
    }

    /// `{{ name }}`; longer than any name is no variable, and looking further would cost more than the text is long.
    fn variable(&mut self, at: usize) -> Option<usize> {
        let near = self.bytes[at..].iter().take(80);
        let close = near.zip(self.bytes.get(at + 1..)?).position(|pair| pair == (&b'}', &b'}'))?;
        self.push(at, at + close + 2, MaskKind::Variable)
    }

    fn emoji(&mut self, at: usize) -> Option<usize> {
        let len = emoji::leading(&self.text[at..])?;
        self.push(at, at + len, MaskKind::Emoji)
    }

    /// `^AB`, `-Ana`, `/AB` at the very end, apart from the words before.
    fn signature(&mut self) {
        let body = self.text.trim_end();
        let start = body.rfind(char::is_whitespace).map_or(0, |at| at + self.width(at));
        let mut sign = body[start..].chars();
        let mark = sign.next().is_some_and(|c| matches!(c, '^' | '~' | '-' | '–' | '—' | '*' | '/'));
        let name = sign.as_str().trim_matches(['*', '.']);
        let letters = name.chars().count();
        let free = self.found.last().is_none_or(|mask| mask.end <= start);
        if mark && free && start > 0 && (1..=15).contains(&letters) && name.chars().all(char::is_alphabetic) {
            self.push(start, body.len(), MaskKind::Signature);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = masks(text).iter().map(|mask| &text[mask.start..mask.end]).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn what_is_not_prose_is_masked() {
        check("hi @marta_lopez, thanks", &["@marta_lopez"]);
        check("@ana@social.example hola", &["@ana@social.example"]);
        check("write to help.me+x@acme.com.", &["help.me+x@acme.com"]);
        check("see (https://acme.com/a?b=1). ok", &["https://acme.com/a?b=1"]);
        check("www.acme.es/x, acme.com and shop.acme.co.uk/y!", &["www.acme.es/x", "acme.com", "shop.acme.co.uk/y"]);
        check("#customercare and #1 or #ñu", &["#customercare", "#ñu"]);
        check("ok 👍🏽 and 1️⃣", &["👍🏽", "1️⃣"]);
        check("hi {{ author.name }}!", &["{{ author.name }}"]);
        check("ask in r/acme or u/ana-b", &["r/acme", "u/ana-b"]);
        check("we will check. ^ab", &["^ab"]);
        check("gracias - ana", &[]);
        check("gracias -ana", &["-ana"]);
        check("done.thanks and 3.5 and/or", &[]);
        check("a@b@c@d.com", &["c@d.com"]);
    }
}
