//! Finite expansion: `sorry (for|about) (any |)inconvenience` as the literals it stands for, so that the automaton
//! finds them without a regex. Groups nest; `\` takes the next character as it is. Not a pattern language.

/// Most literals one entry may stand for.
const MOST: usize = 256;

/// Every literal `entry` stands for, in the order written, or what is wrong with it.
pub fn expand(entry: &str) -> Result<Vec<String>, String> {
    let mut chars = entry.chars().peekable();
    let all = sequence(&mut chars, entry)?;
    if chars.peek().is_some() {
        return Err(format!("\"{entry}\": a `)` without its `(`"));
    }
    if let Some(blank) = all.iter().find(|literal| literal.trim().is_empty()) {
        return Err(format!("\"{entry}\" stands for {blank:?}, which matches nothing"));
    }
    Ok(all)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to `|`, `)` or the end.
fn sequence(chars: &mut Chars<'_>, entry: &str) -> Result<Vec<String>, String> {
    let mut all = vec![String::new()];
    while let Some(&c) = chars.peek() {
        match c {
            ')' | '|' => break,
            '(' => {
                chars.next();
                let choices = group(chars, entry)?;
                if all.len() * choices.len() > MOST {
                    return Err(format!("\"{entry}\" stands for more than {MOST} literals"));
                }
                all = all.iter().flat_map(|head| choices.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            _ => {
                chars.next();
                let c = if c == '\\' { chars.next().unwrap_or('\\') } else { c };
                all.iter_mut().for_each(|literal| literal.push(c));
            }
        }
    }
    if chars.peek() == Some(&'|') && !entry.contains('(') {
        return Err(format!("\"{entry}\": put the choice in parentheses"));
    }
    Ok(all)
}

fn group(chars: &mut Chars<'_>, entry: &str) -> Result<Vec<String>, String> {
    let mut choices = Vec::new();
    loop {
        choices.extend(sequence(chars, entry)?);
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
