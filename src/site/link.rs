//! Addresses: read, resolved against a page, written in one form. Just what permalinks need; not a URL library.
//!
//! Only web and extension pages count; `javascript:`, `data:` and the like are no addresses here.

use std::fmt;

/// An address without user name and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `http`, `https`, or an extension's scheme.
    pub scheme: String,
    /// Lower-case host, with the port when it is not the scheme's own.
    pub host: String,
    /// Path, beginning with `/`, without dot segments.
    pub path: String,
    /// Query without `?`.
    pub query: Option<String>,
    /// Fragment without `#`.
    pub fragment: Option<String>,
}

impl Link {
    /// An absolute address.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let (scheme, rest) = text.split_once(':')?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https" | "chrome-extension" | "moz-extension") {
            return None;
        }
        let rest = rest.replace('\\', "/");
        let rest = rest.strip_prefix("//")?;
        let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = authority.rsplit('@').next()?.to_lowercase();
        let host = match scheme.as_str() {
            "http" => host.strip_suffix(":80").unwrap_or(&host),
            "https" => host.strip_suffix(":443").unwrap_or(&host),
            _ => &host,
        };
        let host = host.trim_end_matches('.');
        if host.is_empty() || host.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"%^|`{}".contains(c)) {
            return None;
        }
        let (path, query, fragment) = split(tail);
        Some(Self {
            host: host.to_owned(),
            scheme,
            path: without_dots(&path),
            query: query.map(|q| encoded(&q)),
            fragment: fragment.map(|f| encoded(&f)),
        })
    }

    /// `href` as this page's link means it.
    pub fn join(&self, href: &str) -> Option<Self> {
        let href: String = href.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        if let Some(colon) = href.find(':')
            && href[..colon].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
            && href.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return Self::parse(&href);
        }
        let href = href.replace('\\', "/");
        if let Some(rest) = href.strip_prefix("//") {
            return Self::parse(&format!("{}://{rest}", self.scheme));
        }
        let (path, query, fragment) = split(&href);
        let mut link = self.clone();
        link.fragment = fragment.map(|f| encoded(&f));
        if path.is_empty() {
            if query.is_some() {
                link.query = query.map(|q| encoded(&q));
            }
            return Some(link);
        }
        link.query = query.map(|q| encoded(&q));
        let folder = &self.path[..self.path.rfind('/').map_or(0, |at| at + 1)];
        link.path = without_dots(&if path.starts_with('/') { path } else { format!("{folder}{path}") });
        Some(link)
    }

    /// Scheme and host.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Host without port.
    pub fn host_name(&self) -> &str {
        match self.host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => &self.host,
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.host, self.path)?;
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        if let Some(fragment) = &self.fragment {
            write!(f, "#{fragment}")?;
        }
        Ok(())
    }
}

fn split(tail: &str) -> (String, Option<String>, Option<String>) {
    let (tail, fragment) = match tail.split_once('#') {
        Some((tail, fragment)) => (tail, Some(fragment.to_owned())),
        None => (tail, None),
    };
    match tail.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned()), fragment),
        None => (tail.to_owned(), None, fragment),
    }
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let last = at + 1 == segments.len();
        match *segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    // A path never begins with two slashes: it would read as a host when joined again.
    encoded(&format!("/{}", kept.join("/").trim_start_matches('/')))
}

/// Percent-encodes what may not stand in an address; what is encoded stays, with capital digits.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let pair = bytes.get(at + 1..at + 3).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        if byte == b'%'
            && let Some(pair) = pair
        {
            out.push('%');
            out.extend(pair.iter().map(|b| b.to_ascii_uppercase() as char));
            at += 3;
            continue;
        }
        if byte.is_ascii_graphic() && !b"\"<>\\^`{}|%#".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(href: &str, expect: Option<&str>) {
        let page = Link::parse("https://Forum.Example:443/board/topic/7?page=2#p9").unwrap();
        assert_eq!(page.join(href).map(|link| link.to_string()).as_deref(), expect, "{href}");
    }

    #[test]
    fn links_resolve_as_in_a_browser() {
        check("/post/1", Some("https://forum.example/post/1"));
        check("8", Some("https://forum.example/board/topic/8"));
        check("../x?y#z", Some("https://forum.example/board/x?y#z"));
        check("./", Some("https://forum.example/board/topic/"));
        check("/a/../../b", Some("https://forum.example/b"));
        check("?page=3", Some("https://forum.example/board/topic/7?page=3"));
        check("#p1", Some("https://forum.example/board/topic/7?page=2#p1"));
        check("", Some("https://forum.example/board/topic/7?page=2"));
        check("//x.com/a", Some("https://x.com/a"));
        check("http://user:pass@X.com:80/a b/é", Some("http://x.com/a%20b/%C3%A9"));
        check("https://x.com", Some("https://x.com/"));
        check("/p/a%2fb", Some("https://forum.example/p/a%2Fb"));
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check("data:,", None);
        check("mailto:a@example.org", None);
        check("https://", None);
        check("https://a b/", None);
    }

    proptest! {
        #[test]
        fn writing_and_reading_again_changes_nothing(href in ".{0,40}|(https?:)?//[a-z.]{1,9}(/[a-z.%]{0,5}){0,4}[?#]?.{0,9}") {
            let page = Link::parse("https://forum.example/board/").unwrap();
            if let Some(link) = page.join(&href) {
                let written = link.to_string();
                prop_assert_eq!(Link::parse(&written), Some(link));
            }
        }
    }
}
