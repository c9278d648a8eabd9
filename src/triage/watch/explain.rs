//! A watch term in plain words, so that who wrote it sees what it means.

use super::query::{Field, Query, Word};
use crate::message::{Catalogue, Lang, Msg};

/// What a post must be like, a line for each condition.
pub fn explain(query: &Query, lang: Lang) -> Vec<Msg> {
    let parts = if let Query::All(parts) = query { parts.as_slice() } else { std::slice::from_ref(query) };
    let line = |part: &Query| match part {
        Query::Not(inner) => Msg::new("watch_explain_not").with("what", said(inner, lang)),
        part => Msg::new("watch_explain_must").with("what", said(part, lang)),
    };
    parts.iter().map(line).collect()
}

fn said(query: &Query, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    match query {
        Query::Word(word) => words.say(&of_word(word)),
        Query::Of(field, value) => words.say(
            &Msg::new(match field {
                Field::Handle => "watch_said_handle",
                Field::Lang => "watch_said_lang",
                Field::Network => "watch_said_network",
            })
            .with("what", value),
        ),
        Query::Not(part) => words.say(&Msg::new("watch_said_not").with("what", inner(part, lang))),
        Query::All(parts) => joined("watch_said_and", parts.iter().map(|part| inner(part, lang)), lang),
        Query::Any(parts) => joined("watch_said_or", parts.iter().map(|part| inner(part, lang)), lang),
        Query::Near(distance, first, second) => {
            let side = |side: &[Word]| joined("watch_said_or", side.iter().map(|word| words.say(&of_word(word))), lang);
            let msg = Msg::new("watch_said_near").with("a", side(first)).with("b", side(second));
            words.say(&msg.with("n", distance))
        }
    }
}

fn of_word(word: &Word) -> Msg {
    let key = match (word.begins, word.text.contains(' ')) {
        (true, _) => "watch_said_begins",
        (false, true) => "watch_said_phrase",
        (false, false) => "watch_said_word",
    };
    Msg::new(key).with("what", &word.text)
}

/// A condition within another.
fn inner(part: &Query, lang: Lang) -> String {
    let text = said(part, lang);
    if matches!(part, Query::All(_) | Query::Any(_) | Query::Near(..)) { format!("({text})") } else { text }
}

fn joined(key: &str, parts: impl Iterator<Item = String>, lang: Lang) -> String {
    let pair = |a: String, b: String| Catalogue::of(lang).say(&Msg::new(key).with("a", a).with("b", b));
    parts.reduce(pair).unwrap_or_default()
}
