//! How far apart two folded words are.

/// The set of a word's letters, to rule most words out by one comparison.
pub(super) fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << (c as u32 % 64))
}

/// Whether `typed` is a slip away from `word` or from a beginning of it: one letter in words of four or more, two from
/// eight on. A swap of neighbours is one slip.
pub(super) fn slips(typed: &str, typed_letters: u64, word: &str, word_letters: u64) -> bool {
    let typed_len = typed.chars().count();
    let allowed = match typed_len {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    if (typed_letters & !word_letters).count_ones() > allowed {
        return false;
    }
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().take(typed_len + allowed as usize).collect();
    distance_to_beginning(&typed, &word) <= allowed
}

/// Fewest insertions, deletions, replacements and neighbour swaps that turn `typed` into some beginning of `word`.
fn distance_to_beginning(typed: &[char], word: &[char]) -> u32 {
    let width = word.len() + 1;
    let mut older = vec![0u32; width];
    let mut old: Vec<u32> = (0..width as u32).collect();
    let mut new = vec![0u32; width];
    for (i, &a) in typed.iter().enumerate() {
        new[0] = i as u32 + 1;
        for (j, &b) in word.iter().enumerate() {
            let mut best = (old[j] + u32::from(a != b)).min(old[j + 1] + 1).min(new[j] + 1);
            if i > 0 && j > 0 && a == word[j - 1] && typed[i - 1] == b {
                best = best.min(older[j - 1] + 1);
            }
            new[j + 1] = best;
        }
        std::mem::swap(&mut older, &mut old);
        std::mem::swap(&mut old, &mut new);
    }
    old.into_iter().min().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, word: &str, expect: bool) {
        assert_eq!(slips(typed, letters(typed), word, letters(word)), expect, "{typed} {word}");
    }

    #[test]
    fn slips_are_few_and_long_words_have_two() {
        check("refnud", "refund", true);
        check("refun", "refund", true);
        check("revund", "refund", true);
        check("devlocion", "devolucion", true);
        check("late", "date", true);
        check("lat", "dat", false);
        check("refund", "return", false);
    }
}
