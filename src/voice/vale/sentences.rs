//! Where sentences end, by the marks and the words around them. English abbreviations are known; a learnt model, as
//! Vale has one, is not carried.

/// Words whose full stop ends nothing.
const ABBREVIATIONS: [&str; 64] = [
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "gen", "col", "sgt", "lt", "capt", "gov", "sen", "rep", "rev",
    "hon", "inc", "ltd", "co", "corp", "bros", "vs", "v", "etc", "e.g", "i.e", "al", "cf", "viz", "approx", "dept",
    "est", "fig", "figs", "no", "nos", "vol", "vols", "ed", "eds", "pp", "mt", "ft", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k", "a.m", "p.m", "ph.d", "messrs", "adm",
];

/// The sentences of a text, without the space around them.
pub(super) fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let words = words(text);
    for (nth, &(from, to)) in words.iter().enumerate() {
        let begin = *start.get_or_insert(from);
        let next = words.get(nth + 1).map(|&(from, to)| &text[from..to]);
        if next.is_none_or(|next| ends(&text[from..to], next)) {
            found.push((begin, to));
            start = None;
        }
    }
    found
}

/// What stands between white space.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// True when a sentence ends between a word and the next.
fn ends(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches([')', ']', '"', '\'', '’', '”', '*', '_']);
    let closed = bare.len() < word.len();
    let Some(mark) = bare.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?')) else { return false };
    let lower = next.trim_start_matches(['(', '[', '"', '\'', '‘', '“']).starts_with(char::is_lowercase);
    // Marks inside quotes or brackets may belong to a part of the sentence.
    if closed && lower {
        return false;
    }
    if mark != '.' {
        return true;
    }
    if bare.ends_with("..") {
        return !lower;
    }
    if next.chars().all(|c| c == '.') {
        return false;
    }
    let stem = bare.trim_end_matches('.').trim_start_matches(['(', '[', '"', '\'', '‘', '“']);
    let known = ABBREVIATIONS.contains(&stem.to_lowercase().as_str());
    let initial = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    let dotted = stem.contains('.') && stem.split('.').all(|part| part.chars().count() <= 2);
    if initial {
        return false;
    }
    if dotted || known {
        return !lower && is_starter(next);
    }
    true
}

/// True for a word that likely begins a sentence.
fn is_starter(word: &str) -> bool {
    const STARTERS: [&str; 26] = [
        "the", "this", "that", "these", "those", "he", "she", "it", "we", "they", "you", "i", "in", "but", "and", "if",
        "when", "there", "a", "an", "however", "for", "our", "its", "no", "some",
    ];
    word.starts_with(char::is_uppercase) && STARTERS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|(from, to)| &text[from..to]).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn sentences_end_where_readers_stop() {
        check("One. Two! Three? four", &["One.", "Two!", "Three?", "four"]);
        check("Dr. Ana came, e.g. today. Mr. X. left", &["Dr. Ana came, e.g. today.", "Mr. X. left"]);
        check("Wait... what? \"Go!\" he said. (Yes.) No", &["Wait... what?", "\"Go!\" he said.", "(Yes.)", "No"]);
        check("Version 1.2 is out.\nSee acme.com for more", &["Version 1.2 is out.", "See acme.com for more"]);
        check("", &[]);
        check("  ñ.  ", &["ñ."]);
    }
}
