//! Text from a page, made safe to stand in a reply: what cannot be seen or turns the reading direction is removed.
//!
//! Nothing is escaped: a reply is plain text, so markup and template syntax stay what they are, letters.

/// Longest value a page can put into a line such as a name.
const LINE: usize = 120;
/// Longest value a page can put into a text.
const TEXT: usize = 10_000;

/// One line: names, handles, addresses. White space is folded to single spaces.
pub fn clean_line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for c in visible(raw) {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    shorten(line.trim_end(), LINE)
}

/// A text with its line breaks.
pub fn clean_text(raw: &str) -> String {
    let unix = raw.replace("\r\n", "\n");
    let seen: String = visible(&unix).collect();
    shorten(seen.trim(), TEXT)
}

/// The first `limit` characters, with an ellipsis where something was cut.
fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => {
            let mut short = text[..end].trim_end().to_owned();
            short.push('…');
            short
        }
    }
}

fn visible(raw: &str) -> impl Iterator<Item = char> + '_ {
    let mut in_flag = false;
    raw.chars().filter_map(move |c| {
        // Tag characters spell regional flags after a black flag; anywhere else they hide text.
        let tag = matches!(c, '\u{E0020}'..='\u{E007F}');
        in_flag = c == '\u{1F3F4}' || (in_flag && tag);
        match c {
            ' '..='~' => Some(c),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
            '\t' => Some(' '),
            _ if c.is_control() => None,
            _ if tag => in_flag.then_some(c),
            _ if is_hidden(c) => None,
            _ => Some(c),
        }
    })
}

/// Characters that show nothing, or change how their neighbours read. The joiners stay: emoji and Persian need them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E001F}' | '\u{100000}'..='\u{10FFFF}')
        || is_noncharacter(c)
}

/// Code points that Unicode promises never to assign; the renderer uses some as its own marks.
pub(super) fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32 & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_line(raw: &str, expect: &str) {
        assert_eq!(clean_line(raw), expect, "{raw:?}");
    }

    #[track_caller]
    fn check_text(raw: &str, expect: &str) {
        assert_eq!(clean_text(raw), expect, "{raw:?}");
    }

    #[test]
    fn hidden_and_turning_characters_go() {
        check_line("Ana\u{202E}gnp.exe", "Anagnp.exe");
        check_line("\u{2066}Ana\u{2069} \u{200F}Ruiz", "Ana Ruiz");
        check_line("A\u{200B}na\u{FEFF}\u{AD}", "Ana");
        check_line("Ana\u{0}\u{7}\u{1b}[31m", "Ana[31m");
        check_line("Ana\u{E0041}\u{E0042}", "Ana");
        check_line("\u{FDD0}\u{FFFF}Ana", "Ana");
    }

    #[test]
    fn what_people_write_stays() {
        check_line("  Ana \n María  ", "Ana María");
        check_line(
            "👩‍👩‍👧 Ñandú 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "👩‍👩‍👧 Ñandú 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        );
        check_line("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>");
        check_text("one\r\ntwo\u{2028}three\tfour\r", "one\ntwo\nthree four");
    }

    #[test]
    fn long_values_are_cut_with_an_ellipsis() {
        assert_eq!(clean_line(&"a".repeat(10_000)).chars().count(), LINE + 1);
        assert_eq!(clean_text(&"ñ".repeat(10_000)).chars().count(), TEXT);
        assert!(clean_text(&"ñ".repeat(10_001)).ends_with("ñ…"));
    }
}
