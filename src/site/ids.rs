//! Native ids: made clean, and the times that some of them carry.

use super::clean;

/// Longest id kept. Federated ids are addresses; anything longer is not an id.
const LONGEST: usize = 500;

/// A native id as the network writes it. An address in percent encoding (NodeBB's federated posts) is decoded, so that
/// link and attribute give the same id.
pub fn native(raw: &str) -> Option<String> {
    let id = clean::line(raw);
    let id = if id.starts_with("http%3A") || id.starts_with("https%3A") || id.starts_with("https%3a") {
        percent_decoded(&id).unwrap_or(id)
    } else {
        id
    };
    (!id.is_empty() && id.len() <= LONGEST && !id.contains(char::is_whitespace)).then_some(id)
}

/// Text with its percent encoding undone; `None` when it is none.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(|text| clean::line(&text))
}

/// How an id carries a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdTime {
    /// X: `(id >> 22) + 1288834974657` ms.
    XSnowflake,
    /// LinkedIn: the last number of the URN `>> 22`, ms.
    LinkedIn,
    /// Bluesky: 13 characters in sortable base 32, `>> 10`, µs. The client chose it: a claimed time.
    BlueskyTid,
    /// TikTok: `id >> 32`, s.
    Seconds32,
}

impl IdTime {
    /// Every scheme by its name in a definition.
    pub const NAMES: &[(&str, Self)] = &[
        ("x_snowflake", Self::XSnowflake),
        ("linkedin", Self::LinkedIn),
        ("bluesky_tid", Self::BlueskyTid),
        ("seconds_32", Self::Seconds32),
    ];

    /// The scheme a definition names.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, scheme)| *scheme)
    }

    /// Whether the author's client chose the time, so that it may be any.
    pub fn is_claimed(self) -> bool {
        self == Self::BlueskyTid
    }

    /// UTC milliseconds that `id` carries; `None` when the id is not of that kind.
    pub fn time(self, id: &str) -> Option<i64> {
        let ms = match self {
            // Ids before the scheme began (November 2010) were counted up.
            Self::XSnowflake => (number(id).filter(|id| *id >= 30_000_000_000)? >> 22) + 1_288_834_974_657,
            Self::LinkedIn => number(id.trim_end_matches(')').rsplit([':', ',']).next()?)? >> 22,
            Self::BlueskyTid => tid(id.rsplit('/').next()?)? / 1000,
            Self::Seconds32 => (number(id)? >> 32) * 1000,
        };
        // 2003 to 2100: anything else is not a time of a post.
        (1_041_379_200_000..4_102_444_800_000).contains(&ms).then_some(ms as i64)
    }
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn tid(key: &str) -> Option<u64> {
    const ALPHABET: &[u8] = b"234567abcdefghijklmnopqrstuvwxyz";
    if key.len() != 13 {
        return None;
    }
    let mut value = 0u64;
    for byte in key.bytes() {
        let digit = ALPHABET.iter().position(|b| *b == byte)? as u64;
        value = value.checked_mul(32)?.checked_add(digit)?;
    }
    Some(value >> 10)
}

#[cfg(test)]
mod tests {
    use super::super::calendar::iso;
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(scheme: &str, id: &str, expect: Option<&str>) {
        let time = IdTime::named(scheme).and_then(|scheme| scheme.time(id)).map(iso);
        assert_eq!(time.as_deref(), expect, "{scheme} {id}");
    }

    #[test]
    fn times_in_ids() {
        check("x_snowflake", "1909645231751452344", Some("2025-04-08T16:31:17.399Z"));
        check("x_snowflake", "20", None);
        check("linkedin", "urn:li:activity:7315434553437052928", Some("2025-04-08T18:05:11.740Z"));
        check(
            "linkedin",
            "urn:li:comment:(activity:7315434553437052928,7315434553437052928)",
            Some("2025-04-08T18:05:11.740Z"),
        );
        check("bluesky_tid", "3lmcq5z2jzc2b", Some("2025-04-08T14:54:35.065Z"));
        check("bluesky_tid", "at://did:plc:x/app.bsky.feed.post/3lmcq5z2jzc2b", Some("2025-04-08T14:54:35.065Z"));
        check("bluesky_tid", "3LMCQ5Z2JZC2B", None);
        check("seconds_32", "7491032456789012345", Some("2025-04-08T19:51:48Z"));
        check("seconds_32", "5", None);
        check("nothing", "5", None);
    }

    #[test]
    fn native_ids() {
        assert_eq!(native(" 101884 ").as_deref(), Some("101884"));
        assert_eq!(native("https%3A%2F%2Fm.example%2Fp%2F1").as_deref(), Some("https://m.example/p/1"));
        assert_eq!(native("100%").as_deref(), Some("100%"));
        assert_eq!(native("two words"), None);
        assert_eq!(native("\u{200B}"), None);
        assert_eq!(native(&"x".repeat(501)), None);
    }

    proptest! {
        #[test]
        fn never_panics(id in ".{0,40}|[0-9]{0,25}|[2-7a-z]{13}") {
            native(&id);
            for (_, scheme) in IdTime::NAMES {
                scheme.time(&id);
            }
        }

        #[test]
        fn native_is_idempotent(id in ".{0,40}") {
            if let Some(once) = native(&id) {
                prop_assert_eq!(native(&once), Some(once.clone()));
            }
        }
    }
}
