//! Somebody's data in public: addresses, numbers of phones, cards, accounts and identity documents, and order numbers.
//!
//! What a brand itself makes public is no secret: its contacts, freephone numbers, and addresses such as `help@…`. Numbers
//! of cards, accounts and documents count only when their check digits are right.

mod mailbox;
pub mod mask;
mod numbers;

use std::ops::Range;

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;

pub(super) struct PersonalData;

impl Check for PersonalData {
    fn id(&self) -> &'static str {
        "personal_data"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        if reply.private {
            return None;
        }
        let (kind, found) = find(reply.text, reply.contacts, reply.order_numbers)?;
        let why = Msg::new(kind.key()).with("text", &reply.text[found.clone()]);
        // Without somebody to write to there are no direct messages.
        let fix = if reply.target.is_some() { Fix::MoveToDm } else { Fix::Rewrite };
        Some(Hold { check: self.id(), why, span: Some(reply.span(found)), fix })
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Card,
    Account,
    Document,
    Mailbox,
    Phone,
    Order,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Card => "guard_data_card",
            Self::Account => "guard_data_account",
            Self::Document => "guard_data_document",
            Self::Mailbox => "guard_data_mailbox",
            Self::Phone => "guard_data_phone",
            Self::Order => "guard_data_order",
        }
    }
}

/// The first datum of the worst kind.
fn find(text: &str, contacts: &[String], orders: &[String]) -> Option<(Kind, Range<usize>)> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_contact = |found: &Range<usize>| {
        let words = &text[found.clone()];
        let number = digits(words);
        contacts
            .iter()
            .any(|contact| contact.trim().eq_ignore_ascii_case(words) || same_number(&number, &digits(contact)))
    };
    let numbers = numbers::find(text).map(|(kind, found)| (kind.into(), found));
    let mailboxes = mailbox::find(text).map(|found| (Kind::Mailbox, found));
    let orders = orders.iter().filter_map(|shape| mask::find(shape, text)).map(|found| (Kind::Order, found));
    let found = numbers.chain(mailboxes).chain(orders).filter(|(_, found)| !is_contact(found));
    found.min_by_key(|(kind, found)| (*kind as u8, found.start))
}

/// The text with dots where somebody's addresses and numbers stood.
#[cfg(any(feature = "mentions", feature = "cli"))]
pub fn without_personal_data(text: &str, contacts: &[String]) -> String {
    let mut text = text.to_owned();
    // Each round leaves a datum less; dots are none.
    while let Some((_, found)) = find(&text, contacts, &[]) {
        text.replace_range(found, "…");
    }
    text
}

/// With or without the country's code.
fn same_number(a: &str, b: &str) -> bool {
    a.len().min(b.len()) > 5 && (a.ends_with(b) || b.ends_with(a))
}

impl From<numbers::Number> for Kind {
    fn from(number: numbers::Number) -> Self {
        match number {
            numbers::Number::Card => Self::Card,
            numbers::Number::Iban => Self::Account,
            numbers::Number::SpanishId => Self::Document,
            numbers::Number::Phone => Self::Phone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_texts, reply};
    use super::*;
    use crate::site::post::Post;

    #[test]
    fn data_are_held_and_numbers_are_not() {
        check_texts(
            &PersonalData,
            &[
                ("We wrote to marta.ruiz@example.com today", "marta.ruiz@example.com"),
                ("Is it +34 612 345 678?", "+34 612 345 678"),
                ("Te llamamos al 612345678.", "612345678"),
                ("Call (020) 7946-0958 later", "(020) 7946-0958"),
                ("Card 4111 1111 1111 1111 was charged", "4111 1111 1111 1111"),
                ("Paid to ES91 2100 0418 4502 0005 1332", "ES91 2100 0418 4502 0005 1332"),
                ("Your DNI 12345678Z is right", "12345678Z"),
                ("NIE X-1234567-L", "X-1234567-L"),
                ("a@b.io or 4111111111111111", "4111111111111111"),
            ],
            &[
                "Write to help@acme.com or hola@acme.es",
                "Call 900 123 456 or 1-800-555-0199, free of charge",
                "Your order 7731 left on 2026-11-22 at 10:30",
                "It costs 1.234,50 € or 12 345 678 points",
                "See https://acme.com/t/612345678/4111111111111111",
                "The card 4111 1111 1111 1112 has wrong digits",
                "Version 10.20.30.40, build 20261122",
                "12345678A is no document",
                "@marta2026 thank you",
                "@nadia@kaffee.example thank you",
                "From 2019 to 2026: 100 000 000 cups",
            ],
        );
    }

    #[test]
    fn what_the_brand_makes_public_is_no_secret() {
        let contacts = ["press@office.acme.com".to_owned(), "+34 612 345 678".to_owned()];
        let held = |text| PersonalData.look(&Outgoing { contacts: &contacts, ..reply(text) }).is_some();
        assert!(!held("Write to press@office.acme.com or call 612 345 678"));
        assert!(held("Call 612 345 679"));
    }

    #[test]
    fn order_numbers_have_the_brands_shape() {
        let shapes = ["AC-######".to_owned()];
        let held =
            |text| PersonalData.look(&Outgoing { order_numbers: &shapes, ..reply(text) }).map(|hold| hold.why.key);
        assert_eq!(held("Your order ac-778812 is late").as_deref(), Some("guard_data_order"));
        assert_eq!(held("Your order AC-7788123"), None);
    }

    #[test]
    fn in_private_data_may_be_said() {
        let text = "Is marta.ruiz@example.com right?";
        assert!(PersonalData.look(&Outgoing { private: true, ..reply(text) }).is_none());
        let target = Post::default();
        let fix = |target| PersonalData.look(&Outgoing { target, ..reply(text) }).map(|hold| hold.fix);
        assert_eq!((fix(Some(&target)), fix(None)), (Some(Fix::MoveToDm), Some(Fix::Rewrite)));
    }
}
