//! UTF-16 offsets and spans: the units in which browsers count text.
//!
//! The DOM, textareas and highlights count UTF-16 code units; Rust counts bytes. Every position that leaves the core is
//! a [`Utf16Offset`], made from bytes by one [`OffsetMap`] per text. Nothing here segments or judges text; [`fold`] makes
//! it plain for comparing, [`normal`] brings it into Unicode's normal forms, [`regex`] looks for patterns in
//! it, `letters` knows their classes.

pub mod fold;
mod letters;
pub mod normal;
pub mod regex;

use serde::{Deserialize, Serialize};

/// A position in a text, in UTF-16 code units from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Utf16Offset(pub u32);

/// A half-open stretch of a text, in UTF-16 code units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Utf16Span {
    /// First code unit of the stretch.
    pub start: Utf16Offset,
    /// One past the last code unit.
    pub end: Utf16Offset,
}

/// A character that is not ASCII: where it starts and how long it is, in both units.
#[derive(Debug, Clone, Copy)]
struct Wide {
    byte: u32,
    unit: u32,
    bytes: u32,
    units: u32,
}

/// Byte positions of one text as UTF-16 positions, built once per revision in one pass.
///
/// ```
/// use rejoinder::text::{OffsetMap, Utf16Offset};
/// let map = OffsetMap::new("a😀é");
/// assert_eq!(map.to_utf16(5), Utf16Offset(3));
/// assert_eq!(map.to_byte(Utf16Offset(3)), 5);
/// ```
#[derive(Debug, Clone)]
pub struct OffsetMap {
    wide: Vec<Wide>,
    bytes: u32,
    units: u32,
}

impl OffsetMap {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let mut wide = Vec::new();
        let (mut byte, mut unit) = (0u32, 0u32);
        for c in text.chars() {
            let (bytes, units) = (c.len_utf8() as u32, c.len_utf16() as u32);
            if !c.is_ascii() {
                wide.push(Wide { byte, unit, bytes, units });
            }
            byte += bytes;
            unit += units;
        }
        Self { wide, bytes: byte, units: unit }
    }

    /// Length of the text in UTF-16 code units.
    pub fn len(&self) -> Utf16Offset {
        Utf16Offset(self.units)
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.units == 0
    }

    /// The UTF-16 position of a byte position; inside a character it is the character's start, past the end the end.
    pub fn to_utf16(&self, byte: usize) -> Utf16Offset {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX).min(self.bytes);
        match self.wide[..self.wide.partition_point(|w| w.byte <= byte)].last() {
            None => Utf16Offset(byte),
            Some(w) if byte < w.byte + w.bytes => Utf16Offset(w.unit),
            Some(w) => Utf16Offset(w.unit + w.units + (byte - w.byte - w.bytes)),
        }
    }

    /// The byte position of a UTF-16 position; inside a surrogate pair it is the character's start.
    pub fn to_byte(&self, unit: Utf16Offset) -> usize {
        let unit = unit.0.min(self.units);
        let byte = match self.wide[..self.wide.partition_point(|w| w.unit <= unit)].last() {
            None => unit,
            Some(w) if unit < w.unit + w.units => w.byte,
            Some(w) => w.byte + w.bytes + (unit - w.unit - w.units),
        };
        byte as usize
    }

    /// The UTF-16 span of a byte range.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Utf16Span {
        Utf16Span { start: self.to_utf16(bytes.start), end: self.to_utf16(bytes.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_walk_over_every_character() {
        for text in ["", "plain", "ñandú", "a😀b", "👩‍👩‍👧 x", "e\u{301}", "שלום", "日本 語😀"]
        {
            let map = OffsetMap::new(text);
            let mut units = 0u32;
            for (byte, c) in text.char_indices() {
                assert_eq!(map.to_utf16(byte), Utf16Offset(units), "{text:?} byte {byte}");
                assert_eq!(map.to_byte(Utf16Offset(units)), byte, "{text:?} unit {units}");
                if c.len_utf16() == 2 {
                    assert_eq!(map.to_byte(Utf16Offset(units + 1)), byte, "{text:?} inside a pair");
                }
                units += c.len_utf16() as u32;
            }
            assert_eq!(map.len(), Utf16Offset(units));
            assert_eq!(map.to_byte(map.len()), text.len());
        }
    }
}
