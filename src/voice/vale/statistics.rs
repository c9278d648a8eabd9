//! Counts of a text for formulas and grades: words, sentences, syllables. Syllables are estimated by rules for English.

use std::collections::BTreeMap;

use super::sentences::sentences;

/// The counts of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Statistics {
    pub words: f64,
    pub sentences: f64,
    pub paragraphs: f64,
    pub characters: f64,
    pub syllables: f64,
    pub polysyllabic: f64,
    pub complex: f64,
    pub long: f64,
}

impl Statistics {
    /// Counts.
    pub fn of(text: &str) -> Self {
        let mut counts = Self::default();
        for paragraph in text.split("\n\n") {
            counts.paragraphs += 1.0;
            for (from, to) in sentences(paragraph) {
                counts.sentences += 1.0;
                words(&paragraph[from..to]).into_iter().for_each(|word| counts.add(word));
            }
        }
        counts
    }

    fn add(&mut self, word: &str) {
        let syllables = syllables(word);
        self.words += 1.0;
        self.characters += word.chars().filter(|c| c.is_alphanumeric()).count() as f64;
        self.syllables += syllables as f64;
        self.long += f64::from(u8::from(word.len() > 6));
        self.polysyllabic += f64::from(u8::from(syllables > 2));
        let common = ["es", "ed", "ing"].iter().any(|end| word.ends_with(end));
        self.complex += f64::from(u8::from(syllables - usize::from(common && syllables > 0) > 2));
    }

    /// The counts by the names that formulas use.
    pub fn named(&self) -> BTreeMap<String, f64> {
        [
            ("words", self.words),
            ("sentences", self.sentences),
            // The text ends with an empty one.
            ("paragraphs", self.paragraphs - 1.0),
            ("characters", self.characters),
            ("syllables", self.syllables),
            ("polysyllabic_words", self.polysyllabic),
            ("complex_words", self.complex),
            ("long_words", self.long),
        ]
        .map(|(name, count)| (name.to_owned(), count))
        .into()
    }

    /// The grade by one of the known formulas.
    pub fn grade(&self, formula: &str) -> Option<f64> {
        let length = self.words / self.sentences;
        Some(match formula {
            "SMOG" => 1.0430 * (self.polysyllabic * 30.0 / self.sentences).sqrt() + 3.1291,
            "Gunning Fog" => 0.4 * (length + 100.0 * self.complex / self.words),
            "Coleman-Liau" => 5.88 * (self.characters / self.words) - 29.6 * (self.sentences / self.words) - 15.8,
            "Flesch-Kincaid" => 0.39 * length + 11.8 * (self.syllables / self.words) - 15.59,
            "Automated Readability" => 4.71 * (self.characters / self.words) + 0.5 * length - 21.43,
            _ => return None,
        })
    }
}

/// Letters, digits and apostrophes in a row; capitals with their stops are one word.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let initials = initials(rest);
        let len = if initials > 0 {
            initials
        } else {
            rest.find(|c: char| !c.is_alphanumeric() && c != '\'').unwrap_or(rest.len())
        };
        if len > 0 {
            found.push(&rest[..len]);
        }
        at += if len > 0 { len } else { rest.chars().next().map_or(1, char::len_utf8) };
    }
    found
}

/// Length of `U.S.` at the start of a text; 0 when it begins otherwise.
fn initials(text: &str) -> usize {
    let pairs =
        text.as_bytes().chunks_exact(2).take_while(|pair| pair[0].is_ascii_uppercase() && pair[1] == b'.').count();
    if pairs > 1 { pairs * 2 } else { 0 }
}

/// An estimate of a word's syllables: groups of vowels, without those that are not spoken.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 3 {
        return usize::from(!letters.is_empty());
    }
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || (!c.is_ascii() && c.is_alphabetic());
    let groups =
        letters.iter().enumerate().filter(|(at, c)| vowel(c) && (*at == 0 || !vowel(&letters[at - 1]))).count();
    let ends = |end: &str| word.ends_with(end);
    let before = |back: usize| letters.len().checked_sub(back + 1).map(|at| letters[at]);
    let vowel_at = |back: usize| before(back).is_some_and(|c| vowel(&c));
    // The e of "make", "makes" and "baked" is not spoken; that of "table", "boxes" and "wanted" is.
    let silent = (ends("e") && !vowel_at(1) && (!ends("le") || vowel_at(2)))
        || (ends("es") && !vowel_at(2) && !before(2).is_some_and(|c| matches!(c, 's' | 'x' | 'z' | 'c' | 'g' | 'h')))
        || (ends("ed") && !vowel_at(2) && !before(2).is_some_and(|c| matches!(c, 't' | 'd')));
    let mut count = groups - usize::from(silent && groups > 0);
    // Vowels side by side that are spoken apart.
    count += ["ia", "eo", "iu", "io", "ua", "uou", "ying", "eing"]
        .iter()
        .map(|pair| word.matches(pair).count())
        .sum::<usize>();
    count += usize::from(letters.len() > 3 && ends("ea"));
    count -= ["tion", "sion", "cian", "tial", "cial", "gion", "cious", "tious", "gua", "qua", "people", "george"]
        .iter()
        .map(|pair| word.matches(pair).count())
        .sum::<usize>()
        .min(count);
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let counts = Statistics::of("The cat sat. It was a remarkable idea!\n\n");
        assert_eq!((counts.words, counts.sentences, counts.paragraphs), (8.0, 2.0, 2.0));
        assert_eq!((counts.long, counts.polysyllabic), (1.0, 2.0));
        assert_eq!(counts.named()["paragraphs"], 1.0);
        assert!(counts.grade("Flesch-Kincaid").unwrap() < 8.0);
        assert_eq!(words("U.S. law, don't"), ["U.S.", "law", "don't"]);
    }

    #[test]
    fn syllables_of_words() {
        let cases = [
            ("cat", 1),
            ("make", 1),
            ("table", 2),
            ("idea", 3),
            ("nation", 2),
            ("wanted", 2),
            ("asked", 1),
            ("utilize", 3),
        ];
        for (word, expect) in cases {
            assert_eq!(syllables(word), expect, "{word}");
        }
    }
}
