//! The wrong name: a greeting for somebody else than the person who is answered, as a copied reply brings along.
//!
//! Only a name that belongs to somebody else here is held. "Pepe" for a José, or a name nobody knows, is the writer's
//! affair.

use std::ops::Range;

use super::{Check, Fix, Hold, Outgoing};
use crate::message::Msg;
use crate::template::first_name;
use crate::text::fold::words;

pub(super) struct FirstName;

impl Check for FirstName {
    fn id(&self) -> &'static str {
        "first_name"
    }

    fn look(&self, reply: &Outgoing<'_>) -> Option<Hold> {
        let greeted = greeted(reply.text)?;
        let author = &reply.target?.author;
        let name = &reply.text[greeted.clone()];
        let own = [author.name.as_deref(), author.handle.as_deref()];
        if own.into_iter().flatten().any(|known| holds(known, name)) || !(reply.is_somebody_else)(name) {
            return None;
        }
        let right = author.name.as_deref().and_then(first_name);
        let who = author.name.clone().or_else(|| author.handle.as_ref().map(|handle| format!("@{handle}")))?;
        let why = Msg::new("guard_first_name").with("name", name).with("who", who);
        let fix = right.map_or(Fix::Rewrite, Fix::Replace);
        Some(Hold { check: self.id(), why, span: Some(reply.span(greeted)), fix })
    }
}

/// How replies begin before a name.
const GREETINGS: &[&str] = &[
    "hello",
    "hi",
    "hey",
    "dear",
    "good morning",
    "good afternoon",
    "good evening",
    "thanks",
    "thank you",
    "sorry",
    "hi there",
    "hola",
    "buenas",
    "buenos días",
    "buenos dias",
    "buenas tardes",
    "buenas noches",
    "estimado",
    "estimada",
    "querido",
    "querida",
    "gracias",
    "lo sentimos",
    "perdona",
    "disculpa",
];

/// Where the name stands that the first line greets.
fn greeted(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '¡').len();
    // A network that puts the handle in front greets nobody with it.
    let handle = text[start..].starts_with('@').then(|| text[start..].find(' ')).flatten().unwrap_or_default();
    let start = start + handle;
    let rest = text[start..].trim_start_matches([' ', '¡']);
    let start = text.len() - rest.len();
    let lower = rest.chars().take(24).collect::<String>().to_lowercase();
    let greeting = GREETINGS
        .iter()
        .filter(|greeting| lower.strip_prefix(**greeting).is_some_and(|after| after.starts_with([' ', ','])));
    let length = greeting.map(|greeting| greeting.len()).max()?;
    // Lower case of these letters is as long as they are.
    let after = rest.get(length..)?;
    let name = after.trim_start_matches([' ', ',']);
    let from = start + length + (after.len() - name.len());
    let end = name.find(|c: char| !c.is_alphabetic() && !matches!(c, '-' | '’' | '\'')).unwrap_or(name.len());
    let looks = name[..end].chars().next().is_some_and(char::is_uppercase) && name[..end].chars().count() > 1;
    looks.then_some(from..from + end)
}

/// What the author goes by holds this name, accents and case apart.
fn holds(known: &str, name: &str) -> bool {
    // Handles join their words: "anagil82".
    words(known).replace(' ', "").contains(&words(name).replace(' ', ""))
}

#[cfg(test)]
mod tests {
    use super::super::tests::reply;
    use super::*;
    use crate::site::post::{Author, Post};

    fn held(text: &str, name: &str, handle: &str) -> Option<(String, Fix)> {
        let author = Author { name: Some(name.into()), handle: Some(handle.into()), ..Author::default() };
        let post = Post { author, ..Post::default() };
        let others = |name: &str| matches!(name, "Ana" | "Íñigo" | "Marta");
        let reply = Outgoing { target: Some(&post), is_somebody_else: &others, ..reply(text) };
        let hold = FirstName.look(&reply)?;
        let map = crate::text::OffsetMap::new(text);
        let span = hold.span?;
        Some((text[map.to_byte(span.start)..map.to_byte(span.end)].to_owned(), hold.fix))
    }

    #[test]
    fn somebody_elses_name_is_held() {
        let ana = |fix| Some(("Ana".to_owned(), fix));
        assert_eq!(held("Hello Ana, sorry", "Marta Ruiz", "marta"), ana(Fix::Replace("Marta".into())));
        assert_eq!(held("¡Hola, Ana! Lo sentimos", "Marta Ruiz", "marta"), ana(Fix::Replace("Marta".into())));
        assert_eq!(held("@marta Hi Ana", "xx", "marta"), ana(Fix::Rewrite));
        assert_eq!(
            held("Buenos días, Íñigo:", "Marta Ruiz", "marta"),
            Some(("Íñigo".to_owned(), Fix::Replace("Marta".into())))
        );
    }

    #[test]
    fn a_persons_own_names_and_nobodys_names_pass() {
        for (text, name, handle) in [
            ("Hello Ana, sorry", "Ana Ruiz", "x"),
            ("Hello Ana, sorry", "Luz", "ana_luz"),
            ("Hello Iñigo, sorry", "Íñigo Gil", "x"),
            ("Hello Pepe, sorry", "José Gil", "x"),
            ("Hello ana, sorry", "Marta", "x"),
            ("Ana, hello", "Marta", "x"),
            ("Thanks for Ana", "Marta", "x"),
            ("Hello", "Marta", "x"),
            ("", "Marta", "x"),
        ] {
            assert_eq!(held(text, name, handle), None, "{text} to {name}");
        }
    }
}
