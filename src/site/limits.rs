//! How long a text is for the network that takes it: each counts in its own units.
//!
//! A definition names them ([`super::definition::ComposerRule::count`]); without a name every Unicode code point is one.

pub mod addresses;

use unicode_segmentation::UnicodeSegmentation;

use super::definition::ComposerRule;
use crate::text::normal::composed;

/// What a network counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Units {
    /// Unicode code points.
    #[default]
    CodePoints,
    /// X's weights (twitter-text, configuration 3): a link is 23, a letter of most alphabets 1, an emoji or anything else 2.
    X,
    /// UTF-16 units, as JavaScript's `length` counts.
    Utf16,
    /// Grapheme clusters: what people see as one character. Links count in full; a client that shortens them takes more.
    Graphemes,
}

impl Units {
    /// Every kind of unit by its name in a definition.
    pub const NAMES: &[(&str, Self)] = &[("x", Self::X), ("utf16", Self::Utf16), ("graphemes", Self::Graphemes)];

    /// The units a definition names.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, units)| *units)
    }

    /// The length of `text`.
    pub fn length(self, text: &str) -> u32 {
        let length = match self {
            Self::CodePoints => text.chars().count(),
            Self::X => weighted(text),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Graphemes => text.graphemes(true).count(),
        };
        u32::try_from(length).unwrap_or(u32::MAX)
    }
}

/// The length of `text` as the network of a box counts it.
pub fn length(rule: &ComposerRule, text: &str) -> u32 {
    rule.count.as_deref().and_then(Units::named).unwrap_or_default().length(text)
}

/// The longest text a box takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So many.
    pub most: u32,
    /// Of these.
    pub units: Units,
}

impl Limit {
    /// The limit of a box, if it has one.
    pub fn of(rule: &ComposerRule) -> Option<Self> {
        let units = rule.count.as_deref().and_then(Units::named).unwrap_or_default();
        rule.limit.map(|most| Self { most, units })
    }

    /// How many units are left, where that is worth a word: less than a fifth of all, or less than none.
    pub fn left(self, text: &str) -> Option<i64> {
        let left = i64::from(self.most) - i64::from(self.units.length(text));
        (left * 5 <= i64::from(self.most)).then_some(left)
    }

    /// By how many units `text` is too long; `None` when it fits.
    pub fn over(self, text: &str) -> Option<u32> {
        self.units.length(text).checked_sub(self.most).filter(|over| *over > 0)
    }
}

/// X's weighted length, in characters of weight 1.
fn weighted(text: &str) -> usize {
    const LINK: usize = 23;
    let chars: Vec<char> = composed(text).chars().collect();
    let mut length = 0;
    let mut at = 0;
    for (start, end) in addresses::find(&chars) {
        length += plain(&chars[at..start]) + LINK;
        at = end;
    }
    length + plain(&chars[at..])
}

/// The weight of text without links.
fn plain(chars: &[char]) -> usize {
    let text: String = chars.iter().collect();
    text.graphemes(true).map(cluster).sum()
}

/// An emoji is 2 however many characters it is joined from. Anything else has the weight of its characters.
fn cluster(cluster: &str) -> usize {
    const EMOJI: usize = 2;
    /// "This one as text."
    const TEXT_STYLE: char = '\u{FE0E}';
    let weights = |text: &str| text.chars().map(weight).sum::<usize>();
    if cluster.contains(TEXT_STYLE) {
        return weights(cluster);
    }
    let (emoji, rest) = cluster.split_at(keycap(cluster).unwrap_or_else(|| joined(cluster)));
    // The two signs of old typewriters are emoji only when they are styled so.
    let is_letter = matches!(emoji, "" | "©" | "®");
    weights(rest) + if is_letter { weights(emoji) } else { EMOJI }
}

/// Where the keycap that a cluster begins with ends: "1" with a frame around it.
fn keycap(cluster: &str) -> Option<usize> {
    let key = cluster.strip_prefix(|c| matches!(c, '0'..='9' | '#' | '*'))?;
    let rest = key.strip_prefix('\u{FE0F}').unwrap_or(key).strip_prefix('\u{20E3}')?;
    Some(cluster.len() - rest.len())
}

/// Where the emoji that a cluster begins with ends. An accent on it, or a joiner that joins nothing, is none of it.
fn joined(cluster: &str) -> usize {
    let mut end = 0;
    let mut last = None;
    for (at, c) in cluster.char_indices() {
        let styles = |last: char| !matches!(last, '\u{FE0F}' | '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F3FB}'..='\u{1F3FF}');
        let behind = match c {
            // "This one as a picture": once, and not behind what is always one.
            '\u{FE0F}' => last.is_some_and(styles),
            '\u{E0020}'..='\u{E007F}' => last.is_some(),
            _ => false,
        };
        last = Some(c);
        if is_pictograph(c) || behind {
            end = at + c.len_utf8();
        } else if c != '\u{200D}' || end == 0 {
            break;
        }
    }
    end
}

fn weight(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

/// Characters that begin or join an emoji. What lies beyond the basic plane need not be told exactly: it weighs the same.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{2199}'
        | '\u{21A9}' | '\u{21AA}' | '\u{231A}' | '\u{231B}' | '\u{2328}' | '\u{23CF}' | '\u{23E9}'..='\u{23F3}'
        | '\u{23F8}'..='\u{23FA}' | '\u{24C2}' | '\u{25AA}' | '\u{25AB}' | '\u{25B6}' | '\u{25C0}'
        | '\u{25FB}'..='\u{25FE}' | '\u{2600}'..='\u{2604}' | '\u{260E}' | '\u{2611}' | '\u{2614}' | '\u{2615}'
        | '\u{2618}' | '\u{261D}' | '\u{2620}' | '\u{2622}' | '\u{2623}' | '\u{2626}' | '\u{262A}' | '\u{262E}'
        | '\u{262F}' | '\u{2638}'..='\u{263A}' | '\u{2640}' | '\u{2642}' | '\u{2648}'..='\u{2653}' | '\u{265F}'
        | '\u{2660}' | '\u{2663}' | '\u{2665}' | '\u{2666}' | '\u{2668}' | '\u{267B}' | '\u{267E}' | '\u{267F}'
        | '\u{2692}'..='\u{2697}' | '\u{2699}' | '\u{269B}' | '\u{269C}' | '\u{26A0}' | '\u{26A1}' | '\u{26A7}'
        | '\u{26AA}' | '\u{26AB}' | '\u{26B0}' | '\u{26B1}' | '\u{26BD}' | '\u{26BE}' | '\u{26C4}' | '\u{26C5}'
        | '\u{26C8}' | '\u{26CE}' | '\u{26CF}' | '\u{26D1}' | '\u{26D3}' | '\u{26D4}' | '\u{26E9}' | '\u{26EA}'
        | '\u{26F0}'..='\u{26F5}' | '\u{26F7}'..='\u{26FA}' | '\u{26FD}' | '\u{2702}' | '\u{2705}'
        | '\u{2708}'..='\u{270D}' | '\u{270F}' | '\u{2712}' | '\u{2714}' | '\u{2716}' | '\u{271D}' | '\u{2721}'
        | '\u{2728}' | '\u{2733}' | '\u{2734}' | '\u{2744}' | '\u{2747}' | '\u{274C}' | '\u{274E}'
        | '\u{2753}'..='\u{2755}' | '\u{2757}' | '\u{2763}' | '\u{2764}' | '\u{2795}'..='\u{2797}' | '\u{27A1}'
        | '\u{27B0}' | '\u{27BF}' | '\u{2934}' | '\u{2935}' | '\u{2B05}'..='\u{2B07}' | '\u{2B1B}' | '\u{2B1C}'
        | '\u{2B50}' | '\u{2B55}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, points: u32, utf16: u32, graphemes: u32) {
        let found = [Units::CodePoints, Units::Utf16, Units::Graphemes].map(|units| units.length(text));
        assert_eq!(found, [points, utf16, graphemes], "{text:?}");
    }

    #[test]
    fn what_is_left_is_told_when_it_gets_tight() {
        let left = |text: &str| Limit { most: 10, units: Units::X }.left(text);
        assert_eq!(
            [left("1234567"), left("12345678"), left("😀😀😀😀"), left("12345678901")],
            [None, Some(2), Some(2), Some(-1)]
        );
    }

    #[test]
    fn every_unit_counts_in_its_own_way() {
        check("", 0, 0, 0);
        check("ñandú", 5, 5, 5);
        check("e\u{301}", 2, 2, 1);
        check("😀", 1, 2, 1);
        check("👩‍👩‍👧", 5, 8, 1);
        check("🇪🇸", 2, 4, 1);
        check("नमस्ते", 6, 6, 3);
        check("a\r\nb", 4, 4, 3);
    }

    #[test]
    fn a_box_without_units_counts_code_points() {
        let x = super::super::registry::bundled().iter().find(|definition| definition.id == "practice").unwrap();
        let mut rule = x.composers[0].clone();
        assert_eq!((rule.limit, length(&rule, "e\u{301}😀")), (Some(500), 3));
        rule.limit = Some(2);
        assert_eq!(Limit::of(&rule).unwrap().over("e\u{301}😀"), Some(1));
        rule.count = Some("graphemes".to_owned());
        assert_eq!(length(&rule, "e\u{301}😀"), 2);
        assert_eq!(Limit::of(&rule).unwrap().over("e\u{301}😀"), None);
        rule.limit = None;
        assert_eq!(Limit::of(&rule), None);
    }

    /// The table was made with twitter-text itself; see `tests/fixtures/x/README.md`.
    #[test]
    fn weights_are_those_of_x() {
        let table = include_str!("../../tests/fixtures/x/length.json");
        let table: Vec<(String, u32)> = serde_json::from_str(table).unwrap();
        assert!(table.len() >= 40);
        let wrong: Vec<_> = table
            .iter()
            .map(|(text, expect)| (text, Units::X.length(text), *expect))
            .filter(|(_, found, expect)| found != expect)
            .collect();
        assert!(wrong.is_empty(), "text, found, expected: {wrong:#?}");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,60}|[a-z0-9.:/@?=()&#-]{0,60}") {
            for (_, units) in Units::NAMES {
                units.length(&text);
            }
        }

        #[test]
        fn plain_words_are_as_long_as_they_are(text in "[a-z ñáé]{0,60}") {
            prop_assert_eq!(Units::X.length(&text), Units::CodePoints.length(&text));
        }
    }
}
