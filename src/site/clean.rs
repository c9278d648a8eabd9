//! Page text made safe to show and store: no control, bidi or invisible characters, emoji kept whole.
//!
//! A hostile name can reorder or hide what follows it. Nothing is escaped here: text stays text, and whoever shows it
//! shows it as text.

use unicode_segmentation::UnicodeSegmentation;

/// Longest text kept of one field, in characters. Networks allow less; a page that says more is not one.
pub const LONGEST: usize = 60_000;

/// A text of many lines.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len().min(LONGEST));
    for (count, cluster) in raw.graphemes(true).enumerate() {
        if count == LONGEST {
            break;
        }
        if cluster == "\r\n" {
            out.push('\n');
        } else if is_emoji(cluster) {
            out.extend(cluster.chars().filter(|c| *c == '\u{200D}' || !hidden(*c)));
        } else {
            out.extend(cluster.chars().filter(|c| !hidden(*c)).map(plain_space));
        }
    }
    let lines: Vec<&str> = out.split('\n').map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// A text of one line: names, handles.
pub fn line(raw: &str) -> String {
    text(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Joined emoji are one cluster that holds a pictograph; a joiner or tag elsewhere only hides something.
fn is_emoji(cluster: &str) -> bool {
    cluster.chars().any(|c| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'))
}

fn hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        c if c.is_control() => true,
        // Soft hyphen, Arabic letter mark, Hangul and Mongolian fillers.
        '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{180B}'..='\u{180F}' => true,
        // Zero-width, bidi marks, embeddings, isolates, invisible operators.
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        // Joiners: kept in emoji by the caller; the non-joiner shapes Persian words and stays.
        '\u{200D}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        // Tags outside a flag.
        '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

fn plain_space(c: char) -> char {
    match c {
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(raw: &str, expect: &str) {
        assert_eq!(text(raw), expect);
    }

    #[test]
    fn what_hides_or_reorders_goes_and_what_people_see_stays() {
        check("  plain \r\n text\t ", "plain\n text");
        check("a\u{202E}gnp.exe\u{202C}", "agnp.exe");
        check("\u{2066}@name\u{2069}", "@name");
        check("pass\u{200B}word\u{FEFF}", "password");
        check("👩‍👩‍👧 👍🏽 🏳️‍🌈", "👩‍👩‍👧 👍🏽 🏳️‍🌈");
        check("a\u{200D}b", "ab");
        check("12\u{202F}345\u{A0}€", "12 345 €");
        check("می\u{200C}خواهم", "می\u{200C}خواهم");
        check("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>");
        check("nul\u{0}l\u{7F}\u{9B}", "null");
        check("ñandú e\u{301}", "ñandú e\u{301}");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(line(" Ana\u{2028} \n  López "), "Ana López");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in "\\PC{0,40}|.{0,40}") {
            let once = text(&raw);
            prop_assert_eq!(text(&once), once.clone());
            let one_line = line(&raw);
            prop_assert_eq!(line(&one_line), one_line.clone());
        }
    }
}
