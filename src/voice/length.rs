//! How long a text is for people and for X.

use unicode_segmentation::UnicodeSegmentation;

use super::mask::MaskKind;
use super::reading::Reading;

/// What an address counts on X, whatever its length.
const URL_ON_X: usize = 23;

/// Characters as people count them.
pub fn characters(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text;
    // Between letters of Latin stands always a border, so that only what is round other characters has to be looked at.
    while let Some(at) = rest.find(|c| !stands_alone(c)) {
        let plain = rest[..at].chars().count().saturating_sub(1);
        let from = rest.char_indices().nth(plain).map_or(0, |(from, _)| from);
        let joined = rest[from..].char_indices().zip(rest[from..].chars().skip(1));
        let to = joined.skip(1).find(|((_, c), next)| stands_alone(*c) && stands_alone(*next));
        let to = to.map_or(rest.len(), |((at, c), _)| from + at + c.len_utf8());
        count += plain + rest[from..to].graphemes(true).count();
        rest = &rest[to..];
    }
    count + rest.chars().count()
}

/// True for characters that never join another one like them.
fn stands_alone(c: char) -> bool {
    c < '\u{300}' && c != '\r'
}

/// Weighted length on X: Latin and punctuation one, the rest two, an emoji two, an address 23.
pub(super) fn on_x(reading: &Reading<'_>) -> usize {
    let mut total = 0;
    let mut at = 0;
    for mask in reading.masks.iter().filter(|mask| matches!(mask.kind, MaskKind::Url | MaskKind::Emoji)) {
        let place = reading.original(mask.start..mask.end);
        total += weight(reading.raw.get(at..place.start).unwrap_or_default());
        total += if mask.kind == MaskKind::Url { URL_ON_X } else { 2 };
        at = place.end;
    }
    total + weight(reading.raw.get(at..).unwrap_or_default())
}

fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\0'..='\u{10FF}' | '\u{2000}'..='\u{200D}' | '\u{2010}'..='\u{201F}' | '\u{2032}'..='\u{2037}' => 1,
            _ => 2,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: usize) {
        assert_eq!(on_x(&Reading::new(text)), expect, "{text}");
    }

    #[test]
    fn x_counts_by_weight() {
        check("hola ñandú", 10);
        check("日本", 4);
        check("👩‍👩‍👧 ok", 5);
        check("see https://example.com/a/very/long/path/that/goes/on/and/on", 27);
        check("“Sí…”", 6);
    }

    proptest! {
        #[test]
        fn characters_are_the_clusters_of_the_standard(text in "[a é\r\n\u{301}\u{200D}👩🏽🇪🇸\u{600}ก\u{E33}中©\u{FE0F}]{0,30}") {
            prop_assert_eq!(characters(&text), text.graphemes(true).count());
        }
    }
}
