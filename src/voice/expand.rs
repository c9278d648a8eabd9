//! Entries with choices: `sorry (for|about) (any |)inconvenience`, read into their parts and spelled out. Groups nest; `\`
//! takes the next character as it is. Not a pattern language.

/// Most literals one entry may stand for.
#[cfg(any(feature = "cli", feature = "exchange"))]
const MOST: usize = 256;

/// A piece of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Words as they stand.
    Text(String),
    /// One of these.
    Choice(Vec<Vec<Part>>),
}

/// Every literal `entry` stands for, in the order written, or what is wrong with it.
#[cfg(any(feature = "cli", feature = "exchange"))]
pub(super) fn expand(entry: &str) -> Result<Vec<String>, String> {
    let all = spell(&parse(entry)?, MOST).ok_or_else(|| format!("\"{entry}\" stands for more than {MOST} literals"))?;
    if let Some(blank) = all.iter().find(|literal| literal.trim().is_empty()) {
        return Err(format!("\"{entry}\" stands for {blank:?}, which matches nothing"));
    }
    Ok(all)
}

/// Every text that `parts` stand for, if they are not more than `most`.
pub(super) fn spell(parts: &[Part], most: usize) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    for part in parts {
        match part {
            Part::Text(text) => all.iter_mut().for_each(|one| one.push_str(text)),
            Part::Choice(choices) => {
                let mut tails = Vec::new();
                for choice in choices {
                    tails.extend(spell(choice, most)?);
                }
                if all.len() * tails.len() > most {
                    return None;
                }
                all = all.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
        }
    }
    Some(all)
}

/// Reads an entry.
pub(super) fn parse(entry: &str) -> Result<Vec<Part>, String> {
    let mut chars = entry.chars().peekable();
    let parts = sequence(&mut chars, entry)?;
    if chars.peek().is_some() {
        return Err(format!("\"{entry}\": a `)` without its `(`"));
    }
    Ok(parts)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to `|`, `)` or the end.
fn sequence(chars: &mut Chars<'_>, entry: &str) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    while let Some(&c) = chars.peek() {
        match c {
            ')' | '|' => break,
            '(' => {
                chars.next();
                parts.push(Part::Choice(group(chars, entry)?));
            }
            _ => {
                chars.next();
                let c = if c == '\\' { chars.next().unwrap_or('\\') } else { c };
                match parts.last_mut() {
                    Some(Part::Text(text)) => text.push(c),
                    _ => parts.push(Part::Text(c.to_string())),
                }
            }
        }
    }
    if chars.peek() == Some(&'|') && !entry.contains('(') {
        return Err(format!("\"{entry}\": put the choice in parentheses"));
    }
    Ok(parts)
}

fn group(chars: &mut Chars<'_>, entry: &str) -> Result<Vec<Vec<Part>>, String> {
    let mut choices = Vec::new();
    loop {
        choices.push(sequence(chars, entry)?);
        match chars.next() {
            Some('|') => {}
            Some(_) => return Ok(choices),
            None => return Err(format!("\"{entry}\": a `(` without its `)`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(entry: &str, expect: &[&str]) {
        assert_eq!(expand(entry).unwrap(), expect);
    }

    #[test]
    fn choices_become_literals() {
        check("plain words", &["plain words"]);
        check("utili(s|z)e(d|)", &["utilised", "utilise", "utilized", "utilize"]);
        check("a(b(c|d)|e)", &["abc", "abd", "ae"]);
        check(r"\(sic\)", &["(sic)"]);
    }

    #[track_caller]
    fn refused(entry: &str) {
        assert!(expand(entry).is_err(), "{entry}");
    }

    #[test]
    fn what_cannot_be_a_literal_is_refused() {
        for entry in ["a(b", "a)b", "a|b", "", " ", "(a|)", "(1|2|3|4)(1|2|3|4)(1|2|3|4)(1|2|3|4)(1|2)"] {
            refused(entry);
        }
    }
}
