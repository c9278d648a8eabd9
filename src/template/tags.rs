//! The tags of a body, and how far they can make text grow.
//!
//! The engine counts its steps, but not what a step makes: a value that is joined with itself forty times would fill the
//! memory in forty steps, before anything is written. So the statements that templates have are named one by one, as
//! filters are, and what can grow is added up before anything runs. Whether a tag is well formed is for the engine to
//! say.

use crate::message::Msg;

/// Statements of a template. What catches text instead of writing it is not among them.
const STATEMENTS: [&str; 12] =
    ["if", "elif", "else", "endif", "for", "endfor", "set", "with", "endwith", "include", "raw", "endraw"];

/// How many times as long as the longest value a body may make a text.
const MOST_GROWTH: u32 = 128;

/// `{% … %}` or `{{ … }}`.
pub(super) struct Tag<'b> {
    /// Where its first word stands.
    pub(super) at: usize,
    /// What stands in it.
    pub(super) inside: &'b str,
    is_statement: bool,
}

/// The tags of a body, but for comments; what is raw or in quotes is no tag.
pub(super) fn tags(body: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let open = from + body[from..].find('{')?;
            let start = open + 2;
            let is_statement = match body.as_bytes().get(open + 1)? {
                b'#' => {
                    from = start + body[start..].find("#}")? + 2;
                    continue;
                }
                b'{' => false,
                b'%' => true,
                _ => {
                    from = open + 1;
                    continue;
                }
            };
            let end = start + length(&body[start..], if is_statement { "%}" } else { "}}" })?;
            from = end + 2;
            let inside = without_sign(&body[start..end]);
            let tag = Tag {
                at: end - inside.len(),
                inside: inside.strip_suffix(['-', '+']).unwrap_or(inside).trim_ascii_end(),
                is_statement,
            };
            if is_statement && tag.inside == "raw" {
                let is_end = |(at, _): &(usize, &str)| without_sign(&body[from + at + 2..]).starts_with("endraw");
                from += body[from..].match_indices("{%").find(is_end)?.0;
            }
            return Some(tag);
        }
    })
}

/// A tag from its first word on.
fn without_sign(tag: &str) -> &str {
    tag.strip_prefix(['-', '+']).unwrap_or(tag).trim_ascii_start()
}

/// How much of `text` stands before `close`, which means nothing in quotes and brackets.
fn length(text: &str, close: &str) -> Option<usize> {
    let mut depth = 0_i32;
    code(text).find_map(|(at, sign)| {
        if depth == 0 && text.as_bytes()[at..].starts_with(close.as_bytes()) {
            return Some(at);
        }
        depth += i32::from(matches!(sign, b'(' | b'[' | b'{')) - i32::from(matches!(sign, b')' | b']' | b'}'));
        None
    })
}

/// The bytes of an expression that are not in quotes; of what is in quotes only the first sign.
fn code(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut quote = None;
    let mut escaped = false;
    text.bytes().enumerate().filter(move |(_, sign)| match quote {
        Some(_) if escaped => {
            escaped = false;
            false
        }
        Some(open) => {
            escaped = *sign == b'\\';
            if *sign == open {
                quote = None;
            }
            false
        }
        None => {
            quote = Some(*sign).filter(|sign| matches!(sign, b'"' | b'\''));
            true
        }
    })
}

impl Tag<'_> {
    /// How many times as long the texts with names may be behind this tag, when they were `named` times as long before
    /// it. What templates do not have is a mistake.
    pub(super) fn grow(&self, named: u32) -> Result<u32, Msg> {
        let end = self.inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.inside.len());
        let word = &self.inside[..end];
        let unknown = match self.is_statement {
            true if !STATEMENTS.contains(&word) => Some(word),
            // It catches what it writes.
            true if word == "for" && self.inside.ends_with(" recursive") => Some("recursive"),
            _ => None,
        };
        if let Some(name) = unknown {
            return Err(Msg::new("picker_template_unknown_tag").with("name", name));
        }
        let grown = bounded(named, factor(self.inside))?;
        // What is printed or asked is gone; what gets a name may grow again.
        Ok(if self.is_statement && matches!(word, "set" | "for" | "with") { grown } else { named })
    }
}

/// So many times as long, unless it is too long.
pub(super) fn bounded(named: u32, times: u32) -> Result<u32, Msg> {
    Some(named.saturating_mul(times))
        .filter(|grown| *grown <= MOST_GROWTH)
        .ok_or_else(|| Msg::new("picker_template_too_long"))
}

/// How many times as long as its longest value the text of an expression can be.
fn factor(expression: &str) -> u32 {
    let mut joined = 1_u32;
    let mut times = 1_u32;
    for (at, sign) in code(expression) {
        let after = || expression[at + 1..].trim_ascii_start();
        match sign {
            b'~' | b'+' if !after().starts_with(['"', '\'']) => joined += 1,
            b'*' => {
                let after = after();
                let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
                let before = expression[..at].trim_ascii_end();
                let left = before[before.trim_end_matches(is_word).len()..].parse::<u32>();
                let right = after[..after.len() - after.trim_start_matches(is_word).len()].parse::<u32>();
                times = times.saturating_mul(match (left, right) {
                    (Ok(_), Ok(_)) => 1,
                    (Ok(many), Err(_)) | (Err(_), Ok(many)) => many.max(1),
                    (Err(_), Err(_)) => u32::MAX,
                });
            }
            _ => {}
        }
    }
    joined.saturating_mul(times)
}
