//! How easy a reply reads: Flesch (1948) for English, Fernández Huerta (1959) and Szigriszt-Pazos (1993, read on the
//! INFLESZ scale of Barrio-Cantalejo, 2008) for Spanish. Syllables are counted by rules, not by a dictionary: the figure is
//! for long texts, and is never shown as exact.

use super::reading::Reading;

/// Words, sentences with a word in them, and syllables.
struct Sizes {
    words: f64,
    sentences: f64,
    syllables: f64,
}

/// 0 (hard) to 100 (easy); `None` for a language without a formula, or a text without a word.
pub(super) fn ease(reading: &Reading<'_>, lang: Option<&str>) -> Option<usize> {
    match lang? {
        "en" => {
            let Sizes { words, sentences, syllables } = sizes(reading, english)?;
            Some(rounded(206.835 - 1.015 * words / sentences - 84.6 * syllables / words))
        }
        "es" => {
            let Sizes { words, sentences, syllables } = sizes(reading, spanish)?;
            Some(rounded(206.84 - 60.0 * syllables / words - 1.02 * words / sentences))
        }
        _ => None,
    }
}

/// The same for Spanish on the INFLESZ scale: below 40 very hard, 40 to 55 rather hard, 55 to 65 normal, above easy.
pub(super) fn inflesz(reading: &Reading<'_>, lang: Option<&str>) -> Option<usize> {
    let Sizes { words, sentences, syllables } = lang.filter(|is| *is == "es").and_then(|_| sizes(reading, spanish))?;
    Some(rounded(206.835 - 62.3 * syllables / words - words / sentences))
}

fn rounded(value: f64) -> usize {
    value.clamp(0.0, 100.0).round() as usize
}

fn sizes(reading: &Reading<'_>, syllables: fn(&str) -> usize) -> Option<Sizes> {
    let words = reading.words();
    let sentences = reading.all_sentences().filter(|sentence| {
        let first = words.partition_point(|word| word.start < sentence.start);
        words.get(first).is_some_and(|word| word.start < sentence.end)
    });
    let sentences = sentences.count();
    let counted: usize = words.iter().map(|word| syllables(&reading.text()[word.clone()])).sum();
    let sizes = Sizes { words: words.len() as f64, sentences: sentences as f64, syllables: counted as f64 };
    (sentences > 0).then_some(sizes)
}

/// Groups of vowels; a silent final "e" and "-ed" count for nothing. At least one.
fn english(word: &str) -> usize {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = |part: &str| {
        let mut inside = false;
        part.chars()
            .filter(|&c| {
                let starts = vowel(c) && !inside;
                inside = vowel(c);
                starts
            })
            .count()
    };
    let silent = (word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"))
        || (word.ends_with("es") && !word.ends_with("ses") && !word.ends_with("ces") && !word.ends_with("xes"));
    groups(word).saturating_sub(usize::from(silent)).max(1)
}

/// Vowels, less one for every diphthong: a weak vowel without an accent beside another vowel. "h" between vowels parts
/// nothing, and the "u" of que, gui is silent. At least one.
fn spanish(word: &str) -> usize {
    let strong = |c: char| matches!(c, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú');
    let weak = |c: char| matches!(c, 'i' | 'u' | 'ü');
    let chars = sounded(word);
    let vowel = |at: usize| match chars[at] {
        'y' => at + 1 == chars.len(),
        c => strong(c) || weak(c),
    };
    let (mut count, mut at) = (0, 0);
    while at < chars.len() {
        if !vowel(at) {
            at += 1;
            continue;
        }
        count += 1;
        // One syllable takes up to three vowels, of which at most one is strong.
        let (mut strongs, mut taken) = (0, 0);
        while at < chars.len() && vowel(at) && taken < 3 {
            let accented = matches!(chars[at], 'í' | 'ú');
            let is_strong = strong(chars[at]);
            if is_strong && (strongs > 0 || (accented && taken > 0)) {
                break;
            }
            strongs += usize::from(is_strong);
            taken += 1;
            at += 1;
        }
    }
    count.max(1)
}

/// The letters of a Spanish word without those that are silent.
fn sounded(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    let mut rest = word.chars();
    while let Some(c) = rest.next() {
        let is_silent = match (letters.last(), c) {
            (_, 'h') | (Some('q'), 'u') => true,
            (Some('g'), 'u') => rest.as_str().starts_with(['e', 'i']),
            _ => false,
        };
        if !is_silent {
            letters.push(c);
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_words() {
        for (word, expect) in [
            ("the", 1),
            ("made", 1),
            ("table", 2),
            ("order", 2),
            ("delivery", 4),
            ("looked", 1),
            ("wanted", 2),
            ("customer", 3),
            ("apologise", 4),
            ("we", 1),
            ("don't", 1),
        ] {
            assert_eq!(english(word), expect, "{word}");
        }
        for (word, expect) in [
            ("pedido", 3),
            ("ciudad", 2),
            ("día", 2),
            ("aéreo", 4),
            ("cuenta", 2),
            ("que", 1),
            ("guerra", 2),
            ("rey", 1),
            ("país", 2),
            ("teatro", 3),
            ("limpiáis", 2),
            ("prohibir", 2),
            ("y", 1),
            ("averiguar", 4),
            ("leer", 2),
        ] {
            assert_eq!(spanish(word), expect, "{word}");
        }
    }

    #[test]
    fn short_sentences_of_short_words_read_easier() {
        let easy = Reading::new("We sent it today. You will get it soon. Thanks for your trust.");
        let hard = Reading::new(
            "Notwithstanding considerable administrative complications, documentation authorising compensation remains unavailable.",
        );
        assert!(ease(&easy, Some("en")) > Some(90), "{:?}", ease(&easy, Some("en")));
        assert_eq!(ease(&hard, Some("en")), Some(0));
        let easy = Reading::new("Lo enviamos hoy. Te llega pronto. Gracias por tu confianza.");
        let hard = Reading::new(
            "La documentación administrativa correspondiente imposibilita la tramitación inmediata de compensaciones extraordinarias.",
        );
        assert!(ease(&easy, Some("es")) > Some(80), "{:?}", ease(&easy, Some("es")));
        assert!(inflesz(&hard, Some("es")) < Some(20), "{:?}", inflesz(&hard, Some("es")));
        assert_eq!((ease(&easy, Some("fr")), ease(&Reading::new("👍"), Some("en"))), (None, None));
    }
}
