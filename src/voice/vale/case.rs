//! Titles and headings in the case a style asks for: AP and Chicago titles, sentence case. Parts of speech are not told
//! apart; "to" before a common verb is taken for an infinitive's.

use super::pattern::Pattern;

const SMALL: [&str; 23] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per", "the", "to",
    "v", "v.", "via", "vs", "vs.",
];
/// Chicago's, which are small however long they are.
const PREPOSITIONS: [&str; 31] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "around",
    "before",
    "between",
    "beyond",
    "concerning",
    "despite",
    "down",
    "during",
    "following",
    "from",
    "including",
    "into",
    "near",
    "over",
    "since",
    "through",
    "throughout",
    "towards",
    "under",
    "until",
    "upon",
    "with",
    "within",
    "without",
];
/// Words after "to" that make it an infinitive's, or that are no noun.
const NO_NOUN: [&str; 96] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "my",
    "your",
    "our",
    "his",
    "her",
    "its",
    "their",
    "be",
    "do",
    "have",
    "go",
    "get",
    "make",
    "take",
    "use",
    "add",
    "run",
    "build",
    "write",
    "read",
    "create",
    "install",
    "set",
    "start",
    "stop",
    "find",
    "fix",
    "keep",
    "know",
    "learn",
    "see",
    "send",
    "show",
    "tell",
    "try",
    "update",
    "upgrade",
    "work",
    "change",
    "choose",
    "configure",
    "connect",
    "convert",
    "define",
    "delete",
    "deploy",
    "develop",
    "disable",
    "enable",
    "edit",
    "ensure",
    "expect",
    "export",
    "give",
    "handle",
    "help",
    "implement",
    "import",
    "improve",
    "include",
    "join",
    "keep",
    "leave",
    "let",
    "manage",
    "move",
    "open",
    "optimize",
    "provide",
    "publish",
    "put",
    "remove",
    "replace",
    "report",
    "save",
    "say",
    "share",
    "speak",
    "succeed",
    "support",
    "think",
    "turn",
    "understand",
    "verify",
    "view",
    "wait",
    "become",
    "avoid",
    "ask",
];

/// Accepted spellings: words as they are, or patterns for them.
#[derive(Debug, Default)]
pub(super) struct Spellings(Vec<(String, Option<Pattern>)>);

impl Spellings {
    /// Longest first.
    pub fn new(terms: &[String]) -> Self {
        let mut terms: Vec<&String> = terms.iter().collect();
        terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
        Self(terms.into_iter().map(|term| (term.clone(), Pattern::new(term).ok())).collect())
    }

    /// How a word is to be spelled, when it is one of them.
    fn of(&self, word: &str) -> Option<String> {
        self.0.iter().find_map(|(term, pattern)| {
            if term.to_lowercase() == word.to_lowercase() {
                return Some(term.clone());
            }
            pattern.as_ref().is_some_and(|pattern| pattern.is_in(word)).then(|| word.to_owned())
        })
    }

    /// A pattern of all of them, for the words of a sentence.
    fn words(&self) -> Option<Pattern> {
        let terms: Vec<&str> = self.0.iter().map(|(term, _)| term.as_str()).collect();
        let any = if terms.is_empty() { String::new() } else { format!(r"\b(?:{})\b|", terms.join("|")) };
        Pattern::new(&format!(r"(?i){any}[\p{{N}}\p{{L}}*]+[^\s]*")).ok()
    }
}

/// A title's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleStyle {
    Ap,
    Chicago,
}

/// `text` as a title.
pub(super) fn title(text: &str, style: TitleStyle, spellings: &Spellings) -> String {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let original: Vec<char> = text.chars().collect();
    let words = title_words(&original);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (nth, &(start, end)) in words.iter().enumerate() {
        out.extend(&original[from..start]);
        from = end;
        let word: String = original[start..end].iter().collect();
        let lower = word.to_lowercase();
        if let Some(spelled) = spellings.of(&word) {
            out.push_str(&spelled);
            continue;
        }
        let edge = start == 0 || end == chars.len();
        let small = match (lower.as_str(), words.get(nth + 1)) {
            ("to", Some(&(next, end))) if style == TitleStyle::Ap => {
                let next: String = original[next..end].iter().collect::<String>().to_lowercase();
                !NO_NOUN.contains(&next.as_str()) && !next.ends_with("ly")
            }
            (word, _) => {
                !edge && (SMALL.contains(&word) || (style == TitleStyle::Chicago && PREPOSITIONS.contains(&word)))
            }
        };
        let at = |back: usize| start.checked_sub(back).map_or(chars[0], |at| chars[at]);
        let after = chars.get(end).copied().unwrap_or(chars[0]);
        let inside = matches!(at(1), ' ' | '-' | '/') && !matches!(at(2), ':' | '-') && (after != '-' || at(1) == '-');
        out.push_str(&if small && inside { lower } else { capital(&word, false) });
    }
    out.extend(&original[from..]);
    out
}

/// Letters and what hangs on them, up to a space, a hyphen or a slash.
fn title_words(chars: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_alphanumeric() {
            let len = chars[at..].iter().take_while(|c| !c.is_whitespace() && !matches!(c, '-' | '/')).count();
            words.push((at, at + len));
            at += len;
        } else {
            at += 1;
        }
    }
    words
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '–' | '—' => '-',
        other => other,
    }
}

/// `text` in sentence case; a word behind one that ends with an indicator begins anew.
pub(super) fn sentence(text: &str, spellings: &Spellings, indicators: &[String]) -> String {
    let Some(pattern) = spellings.words() else { return text.to_owned() };
    let mut made: Vec<String> = Vec::new();
    let words = pattern.words(text);
    for (nth, word) in words.iter().enumerate() {
        let before = nth.checked_sub(1).map_or("", |before| words[before]);
        made.push(if let Some(spelled) = spellings.of(word) {
            spelled
        } else if nth == 0 || indicates(before, nth - 1, indicators) {
            capital(word, true)
        } else {
            word.to_lowercase()
        });
    }
    made.join(" ")
}

fn indicates(word: &str, nth: usize, indicators: &[String]) -> bool {
    let listed = indicators.iter().any(|end| word.len() > end.len() && word.ends_with(end.as_str()));
    // "1. Getting started".
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    listed || (nth == 0 && digits > 0 && word[digits..].starts_with('.'))
}

/// The first letter in capital; with `rest_small` the others small.
fn capital(word: &str, rest_small: bool) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = if rest_small { chars.as_str().to_lowercase() } else { chars.as_str().to_owned() };
    first.to_uppercase().chain(rest.chars()).collect()
}

/// Every part of a word in capital: what a sentence's first word may look like too.
pub(super) fn all_capital(word: &str) -> String {
    let mut before = ' ';
    word.to_lowercase()
        .chars()
        .flat_map(|c| {
            let starts = !(before.is_alphanumeric() || before == '_');
            before = c;
            if starts { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let none = Spellings::default();
        let cases = [
            ("the end of a story", TitleStyle::Ap, "The End of a Story"),
            ("what a reply is for", TitleStyle::Ap, "What a Reply Is For"),
            ("how to write a reply", TitleStyle::Ap, "How To Write a Reply"),
            ("from here to paris", TitleStyle::Ap, "From Here to Paris"),
            ("walking with dogs", TitleStyle::Ap, "Walking With Dogs"),
            ("walking with dogs", TitleStyle::Chicago, "Walking with Dogs"),
            ("step one: the plan", TitleStyle::Ap, "Step One: The Plan"),
            ("", TitleStyle::Ap, ""),
        ];
        for (text, style, expect) in cases {
            assert_eq!(title(text, style, &none), expect, "{text}");
        }
        let known = Spellings::new(&["iOS".to_owned()]);
        assert_eq!(title("an ios app", TitleStyle::Ap, &known), "An iOS App");
    }

    #[test]
    fn sentences() {
        let none = Spellings::default();
        assert_eq!(sentence("A Reply To Ana", &none, &[]), "A reply to ana");
        assert_eq!(sentence("1. A Plan", &none, &[]), "1. A plan");
        assert_eq!(sentence("Step one: the Plan", &none, &[":".to_owned()]), "Step one: The plan");
        let known = Spellings::new(&["Acme Phone".to_owned()]);
        assert_eq!(sentence("Get an Acme phone Now", &known, &[]), "Get an Acme Phone now");
        assert_eq!(all_capital("top-level ideas"), "Top-Level Ideas");
    }
}
