//! Spanish verbs with pronouns at their end: "responderle", "bórralo", "enviándotela". The dictionary has them for some
//! verbs only, and support replies are full of them.

/// Pronouns that stand at a verb's end.
const PRONOUNS: [&str; 11] = ["nos", "los", "las", "les", "me", "te", "se", "lo", "la", "le", "os"];

/// The verbs that a word in small letters may be, without one pronoun or two; whether there is such a verb is the
/// dictionary's to say. A missing accent makes it none: "borralo" is a slip.
pub(super) fn verbs(word: &str) -> Vec<String> {
    let strip = |word: &str| PRONOUNS.iter().find_map(|end| word.strip_suffix(end).map(str::to_owned));
    let one = strip(word);
    let two = one.as_deref().and_then(strip);
    let verb = |stem: String| {
        let plain = without_accent(&stem);
        match plain == stem {
            // "responder|le"; a second pronoun would bring an accent.
            true => Some(stem).filter(|stem| stem.ends_with('r') && stem.len() > 3 && one.as_ref() == Some(stem)),
            // "bórra|lo", "enviándo|te|la", "dár|te|lo".
            false => Some(plain).filter(|plain| plain.len() > 2),
        }
    };
    one.iter().chain(&two).cloned().filter_map(verb).collect()
}

fn without_accent(text: &str) -> String {
    let plain = |c| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        c => c,
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_without_its_pronouns() {
        #[track_caller]
        fn check(word: &str, expect: &[&str]) {
            assert_eq!(verbs(word), expect, "{word}");
        }
        check("responderle", &["responder"]);
        check("bórralo", &["borra"]);
        check("enviándotela", &["enviandote", "enviando"]);
        check("dártelo", &["darte", "dar"]);
        check("díganos", &["diga"]);
        check("borralo", &[]);
        check("mensaje", &[]);
        check("lo", &[]);
        check("", &[]);
    }
}
