//! Vale's regular expressions, which are those of .NET with RE2's habits, in the words of `fancy-regex`. What means the
//! same in both passes through. Not carried: right-to-left matching, balancing groups.

/// `source`, so that `fancy-regex` reads what Vale's engine would.
pub(super) fn translate(source: &str) -> String {
    Translator {
        chars: source.chars().collect(),
        at: 0,
        out: String::with_capacity(source.len() + 8),
        open: Vec::new(),
    }
    .run()
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
    /// Open groups: where each begins in `out`, and whether it only looks.
    open: Vec<(usize, bool)>,
}

impl Translator {
    fn run(mut self) -> String {
        while let Some(c) = self.peek(0) {
            match c {
                '\\' => self.escape(),
                '[' => self.class(),
                '(' => self.group(),
                ')' => {
                    self.at += 1;
                    self.out.push(')');
                    if let Some((start, true)) = self.open.pop() {
                        self.repeated_assertion(start);
                    }
                }
                '^' | '$' => {
                    let start = self.out.len();
                    self.take();
                    self.repeated_assertion(start);
                }
                '{' if self.quantifier(self.at).is_none() => self.literal("\\{"),
                '{' => {
                    let end = self.quantifier(self.at).map_or(self.at + 1, |(end, _)| end);
                    while self.at < end {
                        self.take();
                    }
                }
                '}' => self.literal("\\}"),
                _ => self.take(),
            }
        }
        self.out
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn starts(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c))
    }

    fn take(&mut self) {
        if let Some(c) = self.peek(0) {
            self.out.push(c);
            self.at += 1;
        }
    }

    /// A group's name up to `end`, as `<name>` behind `head`.
    fn name(&mut self, head: &str, end: char) {
        self.out.push_str(head);
        while let Some(c) = self.peek(0).filter(|&c| c != end) {
            self.out.push(c);
            self.at += 1;
        }
        self.literal(">");
    }

    /// One character of the source becomes `text`.
    fn literal(&mut self, text: &str) {
        self.at += 1;
        self.out.push_str(text);
    }

    /// A quantifier at `at`: where it ends, and whether it allows none.
    fn quantifier(&self, at: usize) -> Option<(usize, bool)> {
        let (mut end, none) = match self.chars.get(at)? {
            '*' | '?' => (at + 1, true),
            '+' => (at + 1, false),
            '{' => {
                let close = at + self.chars[at..].iter().take(12).position(|&c| c == '}')?;
                let inside: String = self.chars[at + 1..close].iter().collect();
                let (least, most) = inside.split_once(',').unwrap_or((&inside, "0"));
                let number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
                if least.is_empty() || !number(least) || !number(most) {
                    return None;
                }
                (close + 1, least.chars().all(|c| c == '0'))
            }
            _ => return None,
        };
        if self.chars.get(end) == Some(&'?') {
            end += 1;
        }
        Some((end, none))
    }

    /// A quantifier behind what only looks: .NET takes it, other engines do not. Once is as good as often, and an
    /// optional one becomes a choice with nothing.
    fn repeated_assertion(&mut self, start: usize) {
        let Some((end, none)) = self.quantifier(self.at) else { return };
        self.at = end;
        if none {
            self.out.insert_str(start, "(?:");
            self.out.push_str("|)");
        }
    }

    fn group(&mut self) {
        if self.starts("(?#") {
            while self.peek(0).is_some_and(|c| c != ')') {
                self.at += 1;
            }
            self.at += 1;
            return;
        }
        let start = self.out.len();
        let looks = ["(?=", "(?!", "(?<=", "(?<!"].into_iter().find(|head| self.starts(head));
        if let Some(head) = looks {
            self.out.push_str(head);
            self.at += head.len();
            self.open.push((start, true));
            return;
        }
        if self.starts("(?P=") {
            self.at += 4;
            self.name("\\k<", ')');
            return;
        }
        for (head, end) in [("(?P<", '>'), ("(?<", '>'), ("(?'", '\'')] {
            if self.starts(head) {
                self.at += head.len();
                self.name("(?<", end);
                self.open.push((start, false));
                return;
            }
        }
        self.take();
        let Some('?') = self.peek(0) else {
            self.open.push((start, false));
            return;
        };
        self.take();
        while let Some(c) = self.peek(0).filter(|&c| c.is_ascii_alphabetic() || c == '-') {
            // "Explicit capture" changes only which groups are kept.
            if c == 'n' {
                self.at += 1;
            } else {
                self.take();
            }
        }
        // `(?i)` is a switch, not a group.
        if self.peek(0) == Some(')') && !self.out.ends_with('?') {
            self.take();
        } else {
            if matches!(self.peek(0), Some(':' | '>' | '|')) {
                self.take();
            }
            self.open.push((start, false));
        }
    }

    fn escape(&mut self) {
        let Some(c) = self.peek(1) else {
            self.literal("\\\\");
            return;
        };
        let start = self.out.len();
        match c {
            'b' | 'B' | 'A' | 'z' | 'Z' | 'G' => {
                self.take();
                self.take();
                self.repeated_assertion(start);
            }
            'k' if self.peek(2) == Some('\'') => {
                self.at += 3;
                self.name("\\k<", '\'');
            }
            'k' | '1'..='9' => {
                self.take();
                self.take();
            }
            _ => self.character(c),
        }
    }

    /// `\c`, inside a class or outside.
    fn character(&mut self, c: char) {
        match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P' | 'n' | 'r' | 't' | 'f' | 'v' | 'x' | 'u' => {
                self.take();
                self.take();
                // What follows in braces belongs to it: \p{Lu}, \x{2014}.
                if matches!(c, 'p' | 'P' | 'x' | 'u') && self.peek(0) == Some('{') {
                    while self.peek(0).is_some_and(|c| c != '}') {
                        self.take();
                    }
                    self.take();
                }
            }
            'a' => self.two("\\x07"),
            'e' => self.two("\\x1B"),
            '0' => self.two("\\x00"),
            _ if is_meta(c) => self.two(&format!("\\{c}")),
            // Anything else escaped is itself.
            _ => self.two(&c.to_string()),
        }
    }

    fn two(&mut self, text: &str) {
        self.at += 2;
        self.out.push_str(text);
    }

    fn class(&mut self) {
        self.take();
        if self.peek(0) == Some('^') {
            self.take();
        }
        let mut first = true;
        // What the next hyphen would make a range of.
        let mut low = false;
        while let Some(c) = self.peek(0) {
            match c {
                ']' if !first => {
                    self.take();
                    return;
                }
                ']' => self.literal("\\]"),
                '[' if self.peek(1) == Some(':') && self.named_class() => {}
                '[' => self.literal("\\["),
                '-' if !first && self.peek(1) == Some('[') && self.peek(2) != Some(':') => {
                    self.literal("--");
                    self.class();
                }
                '-' => {
                    let shorthand = self.peek(1) == Some('\\')
                        && self.peek(2).is_some_and(|c| matches!(c, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P'));
                    if low && self.peek(1).is_some_and(|c| c != ']') && !shorthand {
                        self.take();
                        self.class_character();
                    } else {
                        self.literal("\\-");
                    }
                    low = false;
                    first = false;
                    continue;
                }
                _ => {
                    low = self.class_character();
                    first = false;
                    continue;
                }
            }
            low = c == '[';
            first = false;
        }
    }

    /// `[:alpha:]`, when it is one.
    fn named_class(&mut self) -> bool {
        let rest = &self.chars[self.at + 2..];
        let Some(len) = rest.iter().take(10).position(|&c| c == ':') else { return false };
        if rest.get(len + 1) != Some(&']') {
            return false;
        }
        for _ in 0..len + 4 {
            self.take();
        }
        true
    }

    /// One character of a class; true when it may begin a range.
    fn class_character(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some('\\'), Some('b')) => self.two("\\x08"),
            (Some('\\'), Some(c)) => {
                self.character(c);
                return !matches!(c, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P');
            }
            (Some(c), _) if is_meta(c) => self.literal(&format!("\\{c}")),
            _ => self.take(),
        }
        true
    }
}

fn is_meta(c: char) -> bool {
    matches!(
        c,
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~'
    )
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn what_differs_is_put_in_other_words() {
        let cases = [
            (r"\b(?:a|b)\b", r"\b(?:a|b)\b"),
            (r"(?P<x>a)(?P=x)", r"(?<x>a)\k<x>"),
            (r"(?'x'a)\k'x'", r"(?<x>a)\k<x>"),
            (r"a(?#why)b", "ab"),
            (r"\<b\>", "<b>"),
            (r"\'\’\_\/\ ", "'’_/ "),
            (r"a{2,}b{,3}{x}", r"a{2,}b\{,3\}\{x\}"),
            (r"(?!x)?y", r"(?:(?!x)|)y"),
            (r"(?=x)+y\b*", r"(?=x)y(?:\b|)"),
            (r"[a-z[&&]", r"[a-z\[\&\&]"),
            (r"[]a]", r"[\]a]"),
            (r"[^]a]", r"[^\]a]"),
            (r"[[:alpha:]_-]", r"[[:alpha:]_\-]"),
            (r"[\w-.]", r"[\w\-\.]"),
            (r"[a-z-[aeiou]]", r"[a-z--[aeiou]]"),
            (r"[\b]", r"[\x08]"),
            (r"(?i)a(?-i:b)(?n)c", r"(?i)a(?-i:b)(?)c"),
            (r"\p{Lu}\x{2014}[\p{L}]", r"\p{Lu}\x{2014}[\p{L}]"),
            (r"[+--]", r"[\+-\-]"),
        ];
        for (source, expect) in cases {
            assert_eq!(translate(source), expect, "{source}");
        }
    }
}
