//! A file's bytes as text: UTF-8, UTF-16 as spreadsheets save "Unicode text", or Windows-1252, which they write for
//! Western Europe when nobody says otherwise. Nothing is lost on the way, so accents survive.

/// Windows-1252 from 0x80 to 0x9F; its five gaps are control characters.
const MIDDLE: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| western(*byte)).collect(),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

fn western(byte: u8) -> char {
    match byte {
        0x80..=0x9F => MIDDLE[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_survive_every_way_of_saving() {
        let text = "título;“¿Qué?” 100 €";
        assert_eq!(decode(text.as_bytes()), text);
        assert_eq!(decode(b"t\xedtulo;\x93\xbfQu\xe9?\x94 100 \x80"), text);
        let units = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        assert_eq!(decode(&[&[0xFF, 0xFE], units(u16::to_le_bytes).as_slice()].concat()), text);
        assert_eq!(decode(&[&[0xFE, 0xFF], units(u16::to_be_bytes).as_slice()].concat()), text);
        assert_eq!(decode(&[]), "");
    }
}
