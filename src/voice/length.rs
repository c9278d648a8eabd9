//! How long a text is for people and for X.

use unicode_segmentation::UnicodeSegmentation;

use super::mask::MaskKind;
use super::reading::Reading;

/// What an address counts on X, whatever its length.
const URL_ON_X: usize = 23;

/// Characters as people count them.
pub fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).count() }
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
}
