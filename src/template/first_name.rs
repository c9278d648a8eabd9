//! The first name in a display name, or none.
//!
//! A wrong name in a public reply is worse than a missing one, so whatever is not plainly "First Last" has none: handles,
//! single words, brands, slogans, couples, family-first scripts. Rules go by form and by small word lists; nothing is
//! guessed about the person.

use super::clean::clean_line;
use crate::text::{fold, normal};
#[cfg(target_arch = "wasm32")]
pub use words::FILE as NAME_WORDS;
use words::lists;

mod words;

/// Longest first name believed.
const LONGEST: usize = 20;

/// Reads the first name in a display name.
///
/// ```
/// # #[cfg(feature = "cli")] {
/// use rejoinder::template::first_name;
/// assert_eq!(first_name("Dra. Ana Ruiz 🌿").as_deref(), Some("Ana"));
/// assert_eq!(first_name("Ruiz, Ana").as_deref(), Some("Ana"));
/// assert_eq!(first_name("xX_dark_Xx"), None);
/// # }
/// ```
pub fn first_name(display: &str) -> Option<String> {
    // Ornamental letters ("𝓐𝓷𝓪") are read as the letters they stand for.
    let clean = clean_line(display);
    let plain = normal::compatible(&clean);
    let name = before_tagline(&plain);
    if name.contains(['@', '_', '#', '&', '+', '\\', '{', '<', '=', '$', '%']) || name.contains("://") {
        return None;
    }
    let parts: Vec<Vec<Word<'_>>> = name.split(',').map(name_words).filter(|words| !words.is_empty()).collect();
    let (first, rest) = parts.split_first()?;
    if parts.iter().flatten().any(|word| listed(&lists().organisation, word)) {
        return None;
    }
    let swapped = rest.iter().find(|words| !listed(&lists().suffixes, &words[0]));
    match swapped {
        None => leading(first, Alone::No),
        // "Last, First", unless it is "First Last, Town".
        Some(after) if listed(&lists().given, &after[0]) => leading(after, Alone::Yes),
        Some(_) if listed(&lists().given, &first[0]) && first.len() > 1 => leading(first, Alone::No),
        Some(after) if first.len() == 1 && after.len() <= 2 => leading(after, Alone::Yes),
        Some(_) => None,
    }
}

/// Whether a first name may stand without a last name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

/// A word of a name.
struct Word<'a> {
    text: &'a str,
    /// As the lists have it: case, full stops and accents apart.
    plain: String,
}

/// The first of `words`, when they look like a person's name.
fn leading(words: &[Word<'_>], alone: Alone) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let known = listed(&lists().given, first);
    let rest: Vec<&Word<'_>> = rest.iter().filter(|word| !listed(&lists().suffixes, word)).collect();
    let enough = alone == Alone::Yes || !rest.is_empty();
    let plausible = enough
        && is_name_shaped(first.text)
        && !listed(&lists().not_a_name, first)
        && !listed(&lists().particles, first);
    if !plausible || (!known && rest.len() > 4) {
        return None;
    }
    let is_upper = |word: &Word<'_>| word.text.chars().next().is_some_and(char::is_uppercase);
    let letters = || first.text.chars();
    let caseless = letters().all(|c| !c.is_uppercase() && !c.is_lowercase());
    let shouted = letters().all(|c| !c.is_lowercase()) && !caseless;
    if known && (shouted || !is_upper(first)) {
        return Some(capitalised(first.text));
    }
    // A sentence has small words in the middle; a name has only particles.
    let is_sentence = rest.iter().any(|word| !is_upper(word) && !listed(&lists().particles, word)) && !caseless;
    let is_couple = matches!(rest.first().map(|word| word.text), Some("and" | "y" | "e" | "und" | "et"));
    if shouted || is_couple || (is_sentence && !known) || !(is_upper(first) || caseless) {
        return None;
    }
    Some(first.text.to_owned())
}

/// What stands before a job, a town or a pronoun: "Ana Ruiz | CM", "Ana Ruiz (she/her)".
fn before_tagline(name: &str) -> &str {
    let cut = name.find(['|', '•', '·', '(', '[', '/', '~', ':', '»', '–', '—', '►']).into_iter();
    let dash = name.find(" - ").into_iter();
    let at = name.find(" @").into_iter();
    cut.chain(dash).chain(at).min().map_or(name, |end| &name[..end])
}

/// Words of letters, without emoji, quotes, nicknames' signs and leading titles.
fn name_words(part: &str) -> Vec<Word<'_>> {
    let words = part
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | 'ª' | 'º')))
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(|word| {
            let mut plain = fold::line(word);
            plain.retain(|c| c != '.');
            Word { text: word, plain }
        });
    words.skip_while(|word| listed(&lists().titles, word)).collect()
}

/// Letters, with an inner apostrophe or hyphen; no digit, no initial, no family-first script.
fn is_name_shaped(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let inner = |c: char| matches!(c, '\'' | '’' | '-' | '\u{301}'..='\u{308}');
    (2..=LONGEST).contains(&letters)
        && word.chars().all(|c| c.is_alphabetic() || inner(c))
        && !word.chars().any(is_family_first)
        && !has_inner_capital(word)
}

/// Han, kana and Hangul names begin with the family name.
fn is_family_first(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// "AnaRuiz", "iPhone"; but "McKenna", "Jean-Paul" and "D'Arcy" are names, and so is a shouted one.
fn has_inner_capital(word: &str) -> bool {
    if word.chars().all(|c| !c.is_lowercase()) {
        return false;
    }
    let mut previous = None;
    word.char_indices().any(|(i, c)| {
        let joined = previous.is_some_and(|p: char| p.is_alphabetic());
        previous = Some(c);
        joined && c.is_uppercase() && !matches!(&word[..i], "Mc" | "Mac" | "De" | "La" | "Le" | "Di" | "O")
    })
}

fn listed(list: &[&str], word: &Word<'_>) -> bool {
    list.binary_search(&word.plain.as_str()).is_ok()
}

fn capitalised(word: &str) -> String {
    let mut start = true;
    word.chars()
        .flat_map(|c| {
            let cased: Vec<char> = if start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
            start = !c.is_alphabetic();
            cased
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(display: &str, expect: &str) {
        assert_eq!(first_name(display).unwrap_or_default(), expect, "{display:?}");
    }

    #[test]
    fn first_and_last() {
        check("Ana Ruiz", "Ana");
        check("  Ana   María Ruiz ", "Ana");
        check("Jean-Paul Dupont", "Jean-Paul");
        check("María del Carmen de la Torre Pérez", "María");
        check("Siobhán O'Brien", "Siobhán");
        check("Анна Иванова", "Анна");
        check("محمد علي", "محمد");
        check("Oğuz Şahin", "Oğuz");
        check("McKenna Jones", "McKenna");
        check("Will Smith", "Will");
        check("María E. López", "María");
        check("Ana ruiz", "Ana");
        check("Chidi van Okafor", "Chidi");
        check("Chidi Ada Obi Eze Okafor", "Chidi");
    }

    #[test]
    fn titles_suffixes_and_taglines_fall_away() {
        check("Dr. Ana Ruiz", "Ana");
        check("Prof. Dr. Ana Ruiz, PhD", "Ana");
        check("Sra. Ana Ruiz", "Ana");
        check("Ana Ruiz, MBA, CPA", "Ana");
        check("John Smith Jr.", "John");
        check("Ana Ruiz | Community Manager", "Ana");
        check("Ana Ruiz - CEO", "Ana");
        check("Ana Ruiz (she/her)", "Ana");
        check("Ana Ruiz @ Acme", "Ana");
        check("Ana \"Nani\" Ruiz", "Ana");
    }

    #[test]
    fn last_name_first_is_turned_round() {
        check("Ruiz, Ana", "Ana");
        check("García Márquez, Gabriel", "Gabriel");
        check("Okonkwo, Chidi", "Chidi");
        check("Ana Ruiz, Madrid", "Ana");
        check("Okafor Nwosu, Chidi", "");
        check("James, Chidi", "Chidi");
    }

    #[test]
    fn emoji_and_ornaments_fall_away() {
        check("🌸 Ana Ruiz 🌸", "Ana");
        check("Ana🌸 Ruiz", "Ana");
        check("𝓐𝓷𝓪 𝓡𝓾𝓲𝔃", "Ana");
        check("Ana\u{202E} Ruiz", "Ana");
        check("🌸🌸", "");
    }

    #[test]
    fn shouting_and_small_letters_are_mended_for_known_names() {
        check("ANA RUIZ", "Ana");
        check("ana ruiz", "Ana");
        check("ACME CORP", "");
        check("RED BULL", "");
        check("dark knight", "");
    }

    #[test]
    fn handles_and_single_words_have_none() {
        for display in
            ["", "   ", "ana", "Ana", "Madonna", "@ana", "ana_ruiz", "AnaRuiz Gomez", "Ana123 Ruiz", "xX Dark Xx"]
        {
            check(display, "");
        }
    }

    #[test]
    fn brands_slogans_couples_and_initials_have_none() {
        for display in [
            "Acme Inc.",
            "Acme Support",
            "The Coffee House",
            "Atención al Cliente",
            "Hotel Ritz",
            "Zara España",
            "Real Madrid C.F.",
            "Banco de España",
            "El País",
            "Happy Panda",
            "Ana & Luis",
            "Ana y Luis Ruiz",
            "Smith & Sons",
            "J. R. Tolkien",
            "Dr. Ruiz",
            "Coca Cola Company",
            "Just here for the memes",
            "Chidi walked home",
            "chidi Okafor",
            "Chidi Ada Obi Eze Okafor Nwosu",
            "Ana y",
            "Free Palestine",
            "山田 太郎",
            "김 민준",
        ] {
            check(display, "");
        }
    }

    #[test]
    fn hostile_names_have_none() {
        for display in ["{{ 7*7 }} x", "<script>alert(1)</script> y", "{% raw %} z", "https://evil.example a"] {
            check(display, "");
        }
        assert_eq!(first_name(&"Ana ".repeat(10_000)), Some("Ana".to_owned()));
    }

    #[test]
    fn lists_are_sorted_for_the_search() {
        let all = lists();
        for list in [&all.titles, &all.suffixes, &all.particles, &all.organisation, &all.not_a_name, &all.given] {
            assert!(list.len() > 20 && list.is_sorted(), "{list:?}");
        }
    }
}
