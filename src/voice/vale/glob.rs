//! Globs of a configuration's sections: `*.md`, `*.{md,txt}`, `docs/[a-c]?.txt`. A star also crosses folders, as it
//! does there. No negation and no `**` of its own: two stars are one.

/// More alternatives than this are no honest section.
const ALTERNATIVES: usize = 256;

/// True when `path`, or the name of its file, is one that `pattern` means.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut alternatives = Vec::new();
    expand(pattern, &mut alternatives);
    alternatives.iter().any(|one| {
        let pattern: Vec<char> = one.chars().collect();
        wild(&pattern, path) || wild(&pattern, name)
    })
}

/// `a{b,c}d` as `abd` and `acd`.
fn expand(pattern: &str, out: &mut Vec<String>) {
    if out.len() >= ALTERNATIVES {
        return;
    }
    let Some((open, close, commas)) = braces(pattern) else {
        out.push(pattern.to_owned());
        return;
    };
    let mut from = open + 1;
    for to in commas.into_iter().chain([close]) {
        expand(&format!("{}{}{}", &pattern[..open], &pattern[from..to], &pattern[close + 1..]), out);
        from = to + 1;
    }
}

/// The first pair of braces and the commas right inside it.
fn braces(pattern: &str) -> Option<(usize, usize, Vec<usize>)> {
    let open = pattern.find('{')?;
    let (mut depth, mut commas) = (0, Vec::new());
    for (at, c) in pattern[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some((open, open + at, commas)),
            '}' => depth -= 1,
            ',' if depth == 1 => commas.push(open + at),
            _ => {}
        }
    }
    None
}

fn wild(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where to go on when what follows the last star does not fit.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, t));
            p += 1;
            continue;
        }
        match one(pattern, p, text[t]) {
            Some(next) => (p, t) = (next, t + 1),
            None => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// Where the pattern goes on after it took `c`.
fn one(pattern: &[char], p: usize, c: char) -> Option<usize> {
    match pattern.get(p)? {
        '?' => Some(p + 1),
        '[' => {
            let Some(close) = pattern[p + 1..].iter().skip(1).position(|&c| c == ']').map(|at| p + 2 + at) else {
                return (c == '[').then_some(p + 1);
            };
            let set = &pattern[p + 1..close];
            let (not, set) = match set.first() {
                Some('!' | '^') => (true, &set[1..]),
                _ => (false, set),
            };
            let ranged = set.windows(3).any(|w| w[1] == '-' && w[0] <= c && c <= w[2]);
            ((ranged || set.contains(&c)) != not).then_some(close + 1)
        }
        '\\' => (pattern.get(p + 1) == Some(&c)).then_some(p + 2),
        plain => (*plain == c).then_some(p + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_name_files() {
        let cases = [
            ("*.md", "a.md", true),
            ("*.md", "docs/deep/a.md", true),
            ("*.md", "a.mdx", false),
            ("*.{md,txt}", "docs/a.txt", true),
            ("*.{md,txt}", "a.rst", false),
            ("docs/*.md", "docs/a.md", true),
            ("docs/*.md", "src/a.md", false),
            ("**/*.md", "docs/a.md", true),
            ("[a-c]?.txt", "b1.txt", true),
            ("[!a-c]?.txt", "b1.txt", false),
            ("{a,{b,c}}.md", "c.md", true),
            ("a[", "a[", true),
            ("{", "{", true),
            ("*", "", true),
        ];
        for (pattern, path, expect) in cases {
            assert_eq!(matches(pattern, path), expect, "{pattern} {path}");
        }
    }
}
