//! Data of a person in a text that everyone can read: card, bank account, identity card, mobile number, private e-mail
//! address. Each is checked by its own check digits or its shape, so that an order number is not taken for one.

use std::ops::Range;

use super::mask::MaskKind;
use super::reading::Reading;
use super::rule::DataKind;
use crate::ordered::sort;

/// Parts of addresses that belong to a department, not to a person.
const DEPARTMENTS: &[&str] = &[
    "info",
    "help",
    "support",
    "contact",
    "contacto",
    "hola",
    "hello",
    "hi",
    "hey",
    "care",
    "service",
    "services",
    "servicio",
    "servicios",
    "atencion",
    "ayuda",
    "soporte",
    "cliente",
    "clientes",
    "customer",
    "customers",
    "customercare",
    "customerservice",
    "press",
    "prensa",
    "media",
    "team",
    "equipo",
    "feedback",
    "sales",
    "ventas",
    "legal",
    "privacy",
    "privacidad",
    "dpo",
    "jobs",
    "careers",
    "empleo",
    "rrhh",
    "social",
    "community",
    "marketing",
    "returns",
    "devoluciones",
    "pedidos",
    "orders",
    "noreply",
    "admin",
    "office",
    "oficina",
    "store",
    "shop",
    "tienda",
    "booking",
    "bookings",
    "reservas",
    "reservations",
    "billing",
    "facturacion",
    "pagos",
    "payments",
    "quejas",
    "complaints",
    "reclamaciones",
    "incidencias",
    "consultas",
    "enquiries",
    "inquiries",
    "questions",
    "mail",
    "correo",
    "web",
    "post",
    "delivery",
    "envios",
    "shipping",
    "warranty",
    "garantia",
    "security",
    "abuse",
    "partners",
];

/// Every such stretch, in order.
pub(super) fn find(reading: &Reading<'_>, what: &[DataKind]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if what.contains(&DataKind::Email) {
        let department = |part: &str| DEPARTMENTS.contains(&part);
        for mask in reading.masked(MaskKind::Email) {
            let address = &reading.text()[mask.start..mask.end];
            let Some((local, host)) = address.split_once('@') else { continue };
            // The brand's own name is a department too: acme@acme.com.
            let own = host.split('.').any(|label| label.len() > 3 && local.contains(label));
            if !own && !local.split(['.', '-', '_', '+']).any(department) {
                found.push(mask.start..mask.end);
            }
        }
    }
    if what.contains(&DataKind::Iban) {
        found.extend(ibans(reading));
    }
    for run in runs(reading) {
        let digits: String = reading.text()[run.clone()].chars().filter(char::is_ascii_alphanumeric).collect();
        let is = |kind| match kind {
            // A number abroad may pass as a card's.
            DataKind::Card => card(&digits) && !reading.text()[..run.start].ends_with('+'),
            DataKind::Dni => dni(&digits),
            DataKind::Mobile => mobile(&digits, reading.text(), &run),
            DataKind::Iban | DataKind::Email => false,
        };
        if what.iter().any(|&kind| is(kind)) {
            found.push(run);
        }
    }
    sort(&mut found, |a, b| a.start.cmp(&b.start));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// Runs of letters and digits that hold at least seven digits: groups joined by one space or hyphen, each group with a
/// digit in it.
fn runs(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let text = reading.text();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let digit = at + offset;
        let start = digit - bytes[at..digit].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
        let end = digit + bytes[digit..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let joined = open.as_ref().is_some_and(|run| run.end + 1 == start && matches!(bytes[run.end], b' ' | b'-'));
        match open.as_mut().filter(|_| joined) {
            Some(run) => run.end = end,
            None => found.extend(open.replace(start..end)),
        }
        at = end;
    }
    found.extend(open);
    found.retain(|run| {
        let digits = bytes[run.clone()].iter().filter(|b| b.is_ascii_digit()).count();
        (7..=34).contains(&digits) && reading.mask(run.start, run.end).is_none()
    });
    found
}

/// Bank account numbers, written in one piece or in groups, which may be letters alone.
fn ibans(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let words = reading.words();
    let text = reading.text();
    let head = |word: &str| {
        let bytes = word.as_bytes();
        bytes.len() >= 4 && bytes[..2].iter().all(u8::is_ascii_alphabetic) && bytes[2..4].iter().all(u8::is_ascii_digit)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, first) in words.iter().enumerate().filter(|(_, word)| head(&text[(*word).clone()])) {
        if found.last().is_some_and(|last| first.start < last.end) {
            continue;
        }
        let mut digits = String::new();
        let mut whole = None;
        let mut end = first.start;
        for word in &words[at..] {
            let joined = digits.is_empty() || matches!(&text[end..word.start], " " | "-");
            let group = &text[word.clone()];
            if !joined || digits.len() + group.len() > 34 || !group.bytes().all(|b| b.is_ascii_alphanumeric()) {
                break;
            }
            digits.push_str(group);
            end = word.end;
            if iban(&digits) {
                whole = Some(first.start..end);
            }
        }
        found.extend(whole);
    }
    found
}

/// A mobile number, in groups or with its country: a bare run of digits may be an order's. Spain and the United Kingdom,
/// where mobile numbers are told from others by their first digits.
fn mobile(digits: &str, text: &str, run: &Range<usize>) -> bool {
    let grouped = text[run.clone()].contains([' ', '-']);
    let country = text[..run.start].ends_with('+') || digits.starts_with("00");
    let national = ["0034", "34", "0044", "44"].iter().find_map(|code| {
        let rest = digits.strip_prefix(code)?;
        (country && matches!(rest.len(), 9 | 10)).then_some(rest)
    });
    let is_spanish = |n: &str| {
        n.len() == 9 && (n.starts_with('6') || n.starts_with(['7']) && n[1..].starts_with(['1', '2', '3', '4']))
    };
    let is_british = |n: &str| n.len() == 10 && n.starts_with('7');
    let numeric = digits.bytes().all(|b| b.is_ascii_digit());
    let bare = digits.strip_prefix('0').filter(|rest| is_british(rest)).is_some() || is_spanish(digits);
    numeric && (national.is_some_and(|n| is_spanish(n) || is_british(n)) || (grouped && !country && bare))
}

fn card(digits: &str) -> bool {
    let known = digits.starts_with(['3', '4', '5', '6']) || digits.starts_with("22") || digits.starts_with("27");
    (13..=19).contains(&digits.len()) && known && digits.bytes().all(|b| b.is_ascii_digit()) && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, b)| {
            let digit = u32::from(b - b'0');
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn iban(text: &str) -> bool {
    let lettered = text.bytes().take(2).all(|b| b.is_ascii_alphabetic());
    let checked = text.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    if !(15..=34).contains(&text.len()) || !lettered || !checked {
        return false;
    }
    let rest = text.bytes().skip(4).chain(text.bytes().take(4)).fold(0u32, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b.to_ascii_lowercase().saturating_sub(b'a')) + 10) % 97,
    });
    rest == 1
}

/// Spanish identity card: eight digits, or X, Y, Z and seven, and the letter they give.
fn dni(text: &str) -> bool {
    let Some((body, letter)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    let number = match body.as_bytes().first() {
        Some(b'x') => format!("0{}", &body[1..]),
        Some(b'y') => format!("1{}", &body[1..]),
        Some(b'z') => format!("2{}", &body[1..]),
        _ => body.to_owned(),
    };
    let given = (number.len() == 8).then(|| number.parse::<usize>().ok()).flatten();
    given.and_then(|n| "trwagmyfpdxbnjzsqvhlcke".chars().nth(n % 23)).is_some_and(|c| letter.starts_with(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let reading = Reading::new(text);
        let all = [DataKind::Card, DataKind::Iban, DataKind::Dni, DataKind::Email, DataKind::Mobile];
        let found: Vec<&str> = find(&reading, &all).into_iter().map(|range| reading.written(range)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn data_is_known_by_its_check_digits() {
        check("card 4111 1111 1111 1111 please", &["4111 1111 1111 1111"]);
        check("card 4111-1111-1111-1112", &[]);
        // Both would pass as cards.
        check("call +49 1511 1234568 or +52 1 55 1234 5678", &[]);
        check("ES91 2100 0418 4502 0005 1332 es la cuenta", &["ES91 2100 0418 4502 0005 1332"]);
        check("IBAN GB82WEST12345698765432.", &["GB82WEST12345698765432"]);
        check("the account is GB29 NWBK 6016 1331 9268 19, thanks", &["GB29 NWBK 6016 1331 9268 19"]);
        check("her mobile, 07700 900417, or 612 345 678", &["07700 900417", "612 345 678"]);
        check("+34 612345678 and +44 7700 900417", &["34 612345678", "44 7700 900417"]);
        check("order 612345678, line 0113 496 0000, call 900 000 111", &[]);
        check("DNI 12345678Z y X1234567L", &["12345678Z", "X1234567L"]);
        check("order 12345678 of 2024", &[]);
        check("call +34 911 234 567 or 1-800-555-0199", &[]);
        check("write to ana.lopez@example.com", &["ana.lopez@example.com"]);
        check("write to customer.care@example.com or info@example.com", &[]);
        check("write to acme.madrid@acme.es", &[]);
        check("https://example.com/4111111111111111", &[]);
    }
}
