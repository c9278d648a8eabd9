//! Which hosts a definition is for: `x.com` is itself, `*.x.com` every host below it, `*` any.

/// Whether `pattern` covers `host` (lower case, without port).
pub fn covers(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|head| head.len() > 1 && head.ends_with('.')),
        None => pattern == "*" || pattern == host,
    }
}

/// Whether `pattern` is written as this module reads it.
pub fn is_pattern(pattern: &str) -> bool {
    let name = pattern.strip_prefix("*.").unwrap_or(pattern);
    pattern == "*"
        || (!name.is_empty()
            && name.split('.').all(|label| {
                !label.is_empty()
                    && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, host: &str, expect: bool) {
        assert_eq!(covers(pattern, host), expect, "{pattern} {host}");
    }

    #[test]
    fn patterns_cover_what_they_name_and_nothing_beside() {
        check("x.com", "x.com", true);
        check("x.com", "www.x.com", false);
        check("x.com", "evilx.com", false);
        check("*.x.com", "mobile.x.com", true);
        check("*.x.com", "a.b.x.com", true);
        check("*.x.com", "x.com", false);
        check("*.x.com", "evilx.com", false);
        check("*.x.com", ".x.com", false);
        check("*", "127.0.0.1", true);
        assert!(is_pattern("*.x.com") && is_pattern("127.0.0.1") && is_pattern("*"));
        assert!(!is_pattern("https://x.com") && !is_pattern("X.com") && !is_pattern("*.*") && !is_pattern(""));
    }
}
