//! Which characters are pictures: enough of Unicode's table to mask and count emoji. Not a segmenter.

/// True for a character that starts an emoji on its own.
pub fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1F000}'..='\u{1FAFF}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{231A}' | '\u{231B}' | '\u{2328}' | '\u{23CF}' | '\u{23E9}'..='\u{23FA}'
        | '\u{25FB}'..='\u{25FE}' | '\u{2B05}'..='\u{2B07}' | '\u{2B1B}' | '\u{2B1C}' | '\u{2B50}' | '\u{2B55}'
        | '\u{203C}' | '\u{2049}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}')
}

fn joins(c: char) -> bool {
    matches!(c, '\u{FE0F}' | '\u{FE0E}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// Length in bytes of the emoji that `text` starts with: joined sequences, skin tones, flags and keycaps are one.
pub fn leading(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (_, first) = chars.next()?;
    let picture =
        is_emoji(first) || chars.peek().is_some_and(|&(_, next)| next == '\u{FE0F}' && !first.is_whitespace());
    if !picture {
        return None;
    }
    let flag = |c: char| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    if flag(first) && chars.peek().is_some_and(|&(_, next)| flag(next)) {
        chars.next();
    }
    loop {
        match chars.peek().copied() {
            Some((_, c)) if joins(c) => {
                chars.next();
            }
            Some((at, '\u{200D}')) => {
                chars.next();
                match chars.peek() {
                    Some(&(_, next)) if is_emoji(next) || next == '\u{2640}' || next == '\u{2642}' => {
                        chars.next();
                    }
                    _ => return Some(at),
                }
            }
            Some((at, _)) => return Some(at),
            None => return Some(text.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(leading(text).map(|len| &text[..len]), expect);
    }

    #[test]
    fn a_sequence_is_one_emoji() {
        check("😀x", Some("😀"));
        check("👩‍👩‍👧 x", Some("👩‍👩‍👧"));
        check("👍🏽!", Some("👍🏽"));
        check("🇪🇸🇲🇽", Some("🇪🇸"));
        check("1️⃣ uno", Some("1️⃣"));
        check("❤️", Some("❤️"));
        check("©️ x", Some("©️"));
        check("©", None);
        check("1", None);
        check("", None);
        check("é", None);
    }
}
