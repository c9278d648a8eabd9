//! Numbers that belong to somebody: cards (Luhn), bank accounts (IBAN, ISO 13616: mod 97), Spanish identity documents (the
//! letter is the number modulo 23) and telephones.

use std::ops::Range;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Card,
    Iban,
    SpanishId,
    Phone,
}

/// The numbers in `text`, in order. A number within an address of the web is none.
pub fn find(text: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
    runs(text).filter(|run| !in_address(text, run.start)).filter_map(|run| {
        let words = &text[run.clone()];
        let compact: String =
            words.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let kind = if is_iban(&compact) {
            Number::Iban
        } else if is_spanish_id(&compact) {
            Number::SpanishId
        } else if is_card(&compact, words) {
            Number::Card
        } else if is_phone(text, words, run.start) {
            Number::Phone
        } else {
            return None;
        };
        Some((kind, run))
    })
}

/// Stretches that may be one number: digits with single separators, with letters where documents have them.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let begins = |c: char| c.is_ascii_digit() || c == '+' || c == '(';
            let Some(first) = text[at..].find(begins).map(|first| at + first) else { break };
            let start = letters_before(text, first);
            let end = end(text, start);
            at = end.max(first + 1);
            let digits = text[start..end].bytes().filter(u8::is_ascii_digit).count();
            let is_inside =
                text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '_'));
            if digits >= 7 && !is_inside {
                return Some(start..end);
            }
        }
        None
    })
}

/// `ES91…` and `X-1234567-L` begin with letters.
fn letters_before(text: &str, digit: usize) -> usize {
    let before = text[..digit].strip_suffix('-').unwrap_or(&text[..digit]);
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let dash = digit - before.len();
    match (letters, dash) {
        (1, _) | (2, 0) => before.len() - letters,
        _ => digit,
    }
}

fn end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    // A number that begins with two letters is an account, which holds letters.
    let is_account = bytes[start..].iter().take(2).all(u8::is_ascii_alphabetic);
    let body = |b: u8| b.is_ascii_digit() || (is_account && b.is_ascii_uppercase());
    let separator = |b: u8| matches!(b, b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'+');
    let mut end = start;
    let mut at = start;
    while let Some(&b) = bytes.get(at) {
        let letter = b.is_ascii_alphabetic() && (at < start + 2);
        if body(b) || letter {
            at += 1;
            end = at;
        } else if separator(b) && at - end < 2 {
            at += 1;
        } else {
            break;
        }
    }
    // A document's letter stands behind its digits.
    let tail = bytes[end..].strip_prefix(b"-").unwrap_or(&bytes[end..]);
    let dash = bytes.len() - end - tail.len();
    let letter = tail.first().is_some_and(u8::is_ascii_alphabetic);
    let alone = tail.get(1).is_none_or(|b| !b.is_ascii_alphanumeric());
    if letter && alone && !is_account { end + dash + 1 } else { end }
}

/// The stretch is part of an address of the web: something like "/" or "=" joins it to what stands before.
fn in_address(text: &str, start: usize) -> bool {
    let word = text[..start].rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.") || word.ends_with(['/', '=', '#', '.', ',', ':', '-'])
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect::<Vec<_>>().into_iter()
}

/// Luhn's check over 13 to 19 digits that begin as cards do.
fn is_card(compact: &str, written: &str) -> bool {
    let whole = compact.bytes().all(|b| b.is_ascii_digit()) && (13..=19).contains(&compact.len());
    let card = compact.starts_with(['2', '3', '4', '5', '6']) && !written.contains(['+', '(', '/', '.']);
    let sum: u32 = digits(compact)
        .rev()
        .enumerate()
        .map(|(place, digit)| match digit * 2 {
            _ if place % 2 == 0 => digit,
            double if double > 9 => double - 9,
            double => double,
        })
        .sum();
    whole && card && sum.is_multiple_of(10)
}

/// ISO 13616: the first four characters behind the rest, letters as 10 to 35, is 1 modulo 97.
fn is_iban(compact: &str) -> bool {
    let bytes = compact.as_bytes();
    let shape = (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit);
    if !shape {
        return false;
    }
    let turned = bytes[4..].iter().chain(&bytes[..4]);
    let rest = turned.fold(0u32, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    rest == 1
}

/// DNI: eight digits and their letter. NIE: X, Y or Z stands for the first of them.
fn is_spanish_id(compact: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let bytes = compact.as_bytes();
    let [first, middle @ .., letter] = bytes else { return false };
    if bytes.len() != 9 || !middle.iter().all(u8::is_ascii_digit) || !letter.is_ascii_alphabetic() {
        return false;
    }
    let lead = match first {
        b'0'..=b'9' => u32::from(first - b'0'),
        b'X'..=b'Z' => u32::from(first - b'X'),
        _ => return false,
    };
    let number = middle.iter().fold(lead, |number, b| number * 10 + u32::from(b - b'0'));
    LETTERS[(number % 23) as usize] == *letter
}

/// Seven to fifteen digits written as telephones are; freephone numbers are companies'.
fn is_phone(text: &str, written: &str, start: usize) -> bool {
    const FREE: [&str; 12] =
        ["800", "900", "901", "902", "0800", "0808", "1800", "1888", "1877", "1866", "34900", "34901"];
    if written.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let number: String = digits(written).map(|digit| char::from(b'0' + digit as u8)).collect();
    let groups: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let before = text[..start].trim_end();
    let counted = before.ends_with(['€', '$', '£', '#', 'º']);
    let international = written.starts_with('+') || written.starts_with("00");
    // Points and spaces between groups of three are how large numbers are written too.
    let amount = !international
        && groups.len() > 1
        && groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.len() == 3)
        && (groups[0].len() < 3 || number.ends_with("000") || written.contains('.'));
    let date = groups.len() == 3 && groups.iter().any(|group| group.len() == 4 && group.starts_with("20"));
    let free = FREE.iter().any(|prefix| number.trim_start_matches("00").starts_with(prefix));
    let plausible = if international {
        (8..=15).contains(&number.len())
    } else if groups.len() == 1 {
        number.len() == 9 && number.starts_with(['6', '7', '8', '9'])
    } else {
        (9..=11).contains(&number.len()) && groups.iter().all(|group| (2..=5).contains(&group.len()))
    };
    plausible && !counted && !amount && !date && !free
}
