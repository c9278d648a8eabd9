//! Where a text holds links, as twitter-text finds them: with or without a scheme, on any top-level domain it knows.
//!
//! Written after its expressions, part by part, because they look ahead and back, which `regex` does not.

#[cfg(target_arch = "wasm32")]
use crate::package::PackageFile;

/// The package's file: top-level domains, one a line, of twitter-text 3.1.
#[cfg(target_arch = "wasm32")]
pub static FILE: PackageFile = PackageFile::new();

#[cfg(target_arch = "wasm32")]
fn known_domains() -> std::str::Lines<'static> {
    FILE.text().lines()
}

#[cfg(not(target_arch = "wasm32"))]
fn known_domains() -> std::str::Lines<'static> {
    include_str!("../../../extension/top-level-domains.txt").lines()
}

/// Longest address that becomes a link.
const LONGEST: usize = 4096;

/// The links in `text`, in order and apart: where each begins and ends.
pub fn find(text: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !text.contains(&'.') {
        return found;
    }
    let mut at = 0;
    while at < text.len() {
        // The character before a link belongs to what is searched; at the beginning there need not be one.
        let here = |start: usize, before: Option<char>| address(text, start).map(|address| (before, start, address));
        let before = Some(text[at]).filter(|c| may_precede(*c));
        // An emoji is two units there: the first stands before what begins with the second.
        let halved = before.filter(|c| c.len_utf16() == 2).and_then(|c| here(at, Some(c)));
        let next = halved
            .or_else(|| before.and_then(|c| here(at + 1, Some(c))))
            .or_else(|| if at == 0 { here(0, None) } else { None });
        let Some((before, start, address)) = next else {
            at += 1;
            continue;
        };
        links(text, before, start, &address, &mut found);
        at = address.end;
    }
    found
}

/// An address as it stands in the text. Without a scheme `domain` is where it begins.
struct Address {
    domain: usize,
    domain_end: usize,
    path_end: usize,
    end: usize,
    has_scheme: bool,
}

/// Adds the links of an address that was found.
fn links(text: &[char], before: Option<char>, start: usize, address: &Address, found: &mut Vec<(usize, usize)>) {
    let domain = &text[address.domain..address.domain_end];
    let length: usize = text[start..address.end].iter().map(|c| c.len_utf16()).sum();
    let scheme = if address.has_scheme { address.domain - start } else { "https://".len() };
    let labels = domain.split(|c| *c == '.').all(|label| (1..=63).contains(&label.len()));
    if !labels || scheme + length > LONGEST {
        return;
    }
    if address.has_scheme {
        // A link that is short already takes nothing behind its name.
        match short_link(text, start, address) {
            Some(Ok(end)) => found.push((start, end)),
            Some(Err(TooLong)) => {}
            None => found.push((start, address.end)),
        }
        return;
    }
    if matches!(before, Some('-' | '_' | '.' | '/')) {
        return;
    }
    // Without a scheme only the plain parts of the domain are links: "見て:example.com".
    let mut last = None;
    let mut at = 0;
    while at < domain.len() {
        match plain_domain(domain, at) {
            Some(end) => {
                found.extend(last.replace((address.domain + at, address.domain + end)));
                at = end;
            }
            None => at += domain[at..].iter().take_while(|c| is_plain(**c)).count().max(1),
        }
    }
    if let Some((from, to)) = last {
        // What follows the domain belongs to its last part; a query does only behind a path.
        let has_path =
            address.path_end > address.domain_end && text[address.domain_end..address.path_end].contains(&'/');
        found.push((from, if has_path { to + (address.end - address.domain_end) } else { to }));
    }
}

struct TooLong;

/// Where a `t.co` link ends: behind its name and query. `None` when it is no such link.
fn short_link(text: &[char], start: usize, address: &Address) -> Option<Result<usize, TooLong>> {
    let domain: String = text[address.domain..address.domain_end].iter().collect();
    let slash = address.domain_end;
    if !domain.eq_ignore_ascii_case("t.co") || text.get(slash) != Some(&'/') || start == address.domain {
        return None;
    }
    let name = text[slash + 1..address.end].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    match name {
        0 => None,
        1..=40 => Some(Ok(query(&text[..address.end], slash + 1 + name))),
        _ => Some(Err(TooLong)),
    }
}

/// The address that begins at `start`.
fn address(text: &[char], start: usize) -> Option<Address> {
    let scheme = ["https://", "http://"].iter().find(|scheme| {
        let here = text.get(start..start + scheme.len());
        here.is_some_and(|here| here.iter().zip(scheme.chars()).all(|(a, b)| a.to_ascii_lowercase() == b))
    });
    let with = scheme.and_then(|scheme| Some((start + scheme.len(), domain(text, start + scheme.len())?)));
    let (from, domain_end, has_scheme) = match with {
        Some((from, end)) => (from, end, true),
        None => (start, domain(text, start)?, false),
    };
    let mut at = domain_end;
    if text.get(at) == Some(&':') {
        let digits = text[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        at += if digits > 0 { digits + 1 } else { 0 };
    }
    let path_end = path(text, at);
    Some(Address { domain: from, domain_end, path_end, end: query(text, path_end), has_scheme })
}

/// Where the longest domain from `start` ends: labels, the last but one without underscores, and a top-level domain.
fn domain(text: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    let mut found = None;
    let mut leads = true;
    while leads {
        let label = text[at..].iter().take_while(|c| in_domain(**c) || matches!(c, '-' | '_')).count();
        let body = &text[at..at + label];
        let edges = body.first().zip(body.last()).is_some_and(|(a, b)| in_domain(*a) && in_domain(*b));
        if !edges || text.get(at + label) != Some(&'.') {
            break;
        }
        at += label + 1;
        if !body.contains(&'_') {
            found = top_level(text, at).or(found);
        }
        leads = at < text.len();
    }
    found
}

/// Where the plain domain from `start` ends, of letters, digits and hyphens alone.
fn plain_domain(domain: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    let mut found = None;
    loop {
        let label = domain[at..].iter().take_while(|c| is_plain(**c)).count();
        if label == 0 || domain.get(at + label) != Some(&'.') {
            return found;
        }
        at += label + 1;
        found = top_level(domain, at).or(found);
    }
}

/// Where the top-level domain that begins at `at` ends.
fn top_level(text: &[char], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let goes_on = |end: usize| rest.get(end).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '+' | '-'));
    let plain: String =
        rest.iter().take_while(|c| c.is_ascii_alphanumeric()).map(char::to_ascii_lowercase).take(64).collect();
    if plain.is_empty() {
        let known =
            |known: &&str| !known.is_ascii() && rest.iter().copied().take(known.chars().count()).eq(known.chars());
        let length = known_domains().filter(known).map(|known| known.chars().count()).find(|end| !goes_on(*end));
        return length.map(|length| at + length);
    }
    if !goes_on(plain.len()) && known_domains().any(|known| known == plain) {
        return Some(at + plain.len());
    }
    let encoded = plain == "xn" && rest.get(2..4) == Some(&['-', '-']);
    let tail = rest.iter().skip(4).take_while(|c| c.is_ascii_alphanumeric() || **c == '-').count();
    (encoded && tail > 0).then_some(at + 4 + tail)
}

/// Where the path from `at` ends; `at` itself when there is none. Brackets stay when they are closed; marks of the
/// sentence around the link do not belong to it.
fn path(text: &[char], at: usize) -> usize {
    if text.get(at) != Some(&'/') {
        return at;
    }
    let mut end = at + 1;
    let mut next = end;
    loop {
        match text.get(next) {
            Some(c) if in_path(*c) => {
                next += 1;
                if ends_path(*c) {
                    end = next;
                }
            }
            Some('(') => match brackets(text, next) {
                Some(after) => {
                    next = after;
                    end = after;
                }
                None => return end,
            },
            _ => return end,
        }
    }
}

/// Behind the brackets that open at `at`, with at most one pair inside; `None` when they are not closed or empty.
fn brackets(text: &[char], at: usize) -> Option<usize> {
    let run = |at: usize| text[at..].iter().take_while(|c| in_path(**c)).count();
    let first = run(at + 1);
    let mut next = at + 1 + first;
    if text.get(next) == Some(&'(') {
        let inner = run(next + 1);
        if inner == 0 || text.get(next + 1 + inner) != Some(&')') {
            return None;
        }
        next += inner + 2;
        next += run(next);
    } else if first == 0 {
        return None;
    }
    (text.get(next) == Some(&')')).then_some(next + 1)
}

/// Where the query from `at` ends; `at` itself when there is none.
fn query(text: &[char], at: usize) -> usize {
    if text.get(at) != Some(&'?') {
        return at;
    }
    let ends = |c: &char| c.is_ascii_alphanumeric() || "-_&=#/".contains(*c);
    let run = text[at + 1..].iter().take_while(|c| ends(c) || "!?*'@();:+$%[].,~|".contains(**c)).count();
    text[at + 1..at + 1 + run].iter().rposition(ends).map_or(at, |last| at + 2 + last)
}

fn may_precede(c: char) -> bool {
    !c.is_ascii_alphanumeric() && !matches!(c, '@' | '＠' | '$' | '#' | '＃' | '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}')
}

fn in_domain(c: char) -> bool {
    let punctuation = "!'#%&()*+,\\-./:;<=>?@[]^_{|}~$".contains(c);
    let space = matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200A}'
        | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}');
    let mark = matches!(c, '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{61C}' | '\u{200E}'
        | '\u{200F}' | '\u{2066}'..='\u{2069}');
    !(punctuation || space || mark)
}

/// Letters with marks as European languages write them.
fn is_accented(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{FF}' | '\u{100}'..='\u{24F}' | '\u{253}'
        | '\u{254}' | '\u{256}' | '\u{257}' | '\u{259}' | '\u{25B}' | '\u{263}' | '\u{268}' | '\u{26F}' | '\u{272}'
        | '\u{289}' | '\u{28B}' | '\u{2BB}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || is_accented(c)
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4FF}')
}

fn in_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_cyrillic(c) || is_accented(c) || "!*';:=+,.$/%#[]-\u{2013}_~@|&".contains(c)
}

fn ends_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_cyrillic(c) || is_accented(c) || "+-=_#/".contains(c)
}
