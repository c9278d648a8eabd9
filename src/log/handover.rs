//! Passing a case on inside the house: what another department reads, in plain words and with links.
//!
//! A letter says who wrote what, where and when, how things stand, and under which number to answer. Names, addresses
//! and numbers of people stay out unless they are asked for; numbers of orders stay, somebody has to look them up. Left
//! out: sending it. It is copied, or becomes a draft of the person's own mail program.

use crate::guard::without_personal_data;
use crate::message::{Catalogue, Msg};
use crate::protocol::MentionRow;

/// Longer texts are cut; the link leads to the rest.
const MOST_CHARS: usize = 600;

/// What a letter is made of.
#[derive(Clone, Copy)]
pub struct Handover<'a> {
    /// What is passed on, in the order in which it is told.
    pub rows: &'a [&'a MentionRow],
    /// Whose turn it is.
    pub department: &'a str,
    /// Who keeps the case on our side; empty: nobody by name.
    pub owner: &'a str,
    /// What else is to be said.
    pub note: &'a str,
    /// People's names, addresses and numbers are told too.
    pub personal: bool,
    /// Addresses and numbers that the brand itself makes public.
    pub contacts: &'a [String],
    /// A network as people name it.
    pub network: &'a dyn Fn(&str) -> String,
    /// A moment as people write it.
    pub when: &'a dyn Fn(i64) -> String,
}

/// What another department reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The text, without markup.
    pub text: String,
    /// The same as Markdown.
    pub markdown: String,
}

impl Handover<'_> {
    /// The letter, in the language of `words`.
    pub fn letter(&self, words: &Catalogue) -> Letter {
        let mut numbers: Vec<String> = self.rows.iter().map(|row| row.case.number()).collect();
        numbers.dedup();
        let numbers = numbers.join(", ");
        let subject = Msg::new("handover_subject").with("number", &numbers).with("department", self.department);
        let about = |row: &&MentionRow| {
            let waits = if row.replied { "handover_answered" } else { "handover_waits" };
            [self.said(row, words), words.word(waits)].join(" ")
        };
        let ask = if self.owner.is_empty() { "handover_ask_us" } else { "handover_ask" };
        let ask = Msg::new(ask).with("number", &numbers).with("owner", self.owner);
        let ask = words.say(&ask);
        let note = self.note.trim();
        let told = |link: &dyn Fn(&str) -> String, escaped: &dyn Fn(&str) -> String| {
            let each = self.rows.iter().map(|row| {
                let link = if row.permalink.is_empty() { String::new() } else { format!(" {}", link(&row.permalink)) };
                format!("{}{link}", escaped(&about(row)))
            });
            let note = (!note.is_empty()).then(|| escaped(note));
            each.chain(note).chain([escaped(&ask)]).collect::<Vec<_>>().join("\n\n")
        };
        let the_post = words.word("handover_link");
        Letter {
            subject: words.say(&subject),
            text: told(&|link| format!("{the_post}: {link}"), &str::to_owned),
            markdown: told(&|link| format!("[{}]({})", escape(&the_post), address(link)), &escape),
        }
    }

    fn said(&self, row: &MentionRow, words: &Catalogue) -> String {
        let who = match (&row.name, &row.handle) {
            _ if !self.personal => words.word("handover_somebody"),
            (Some(name), Some(handle)) => format!("{name} (@{handle})"),
            (Some(name), None) => name.clone(),
            (None, Some(handle)) => format!("@{handle}"),
            (None, None) => words.word("handover_somebody"),
        };
        let text: Vec<&str> = row.text.split_whitespace().collect();
        let text = text.join(" ");
        let text = if self.personal { text } else { without_handles(&without_personal_data(&text, self.contacts)) };
        let cut: String = text.chars().take(MOST_CHARS).collect();
        let text = if cut.len() < text.len() { format!("{}…", cut.trim_end()) } else { cut };
        let said = Msg::new("handover_said").with("who", who).with("network", (self.network)(&row.network));
        words.say(&said.with("when", (self.when)(row.published.unwrap_or(row.saved_at))).with("text", text))
    }
}

/// The text with dots where handles stood.
fn without_handles(text: &str) -> String {
    let is_handle = |word: &str| {
        let name = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        name.strip_prefix('@').is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let words = text.split(' ').map(|word| if is_handle(word) { "@…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// What somebody wrote is text in Markdown too.
fn escape(text: &str) -> String {
    let special = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// An address that does not end where Markdown thinks it does.
fn address(link: &str) -> String {
    link.replace('(', "%28").replace(')', "%29").replace([' ', '\n', '<', '>'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::CaseId;
    use crate::message::Lang;

    fn row(text: &str) -> MentionRow {
        MentionRow {
            case: CaseId("00000000000000000000000000000000".into()),
            network: "x".into(),
            permalink: "https://x.com/marta/status/1".into(),
            handle: Some("marta".into()),
            name: Some("Marta Ruiz".into()),
            text: text.into(),
            ..MentionRow::default()
        }
    }

    fn letter(rows: &[&MentionRow], personal: bool, note: &str, lang: Lang) -> Letter {
        let handover = Handover {
            rows,
            department: "Logistics",
            owner: "Ana",
            note,
            personal,
            contacts: &["help@alba.example".to_owned()],
            network: &|id| id.to_uppercase(),
            when: &|_| "23 Nov, 10:20".to_owned(),
        };
        handover.letter(Catalogue::of(lang))
    }

    #[test]
    fn a_letter_says_what_happened_and_names_nobody() {
        let row = row("Order 4711 is late. Call me: +34 612 345 678, marta@example.org or help@alba.example, @alba!");
        let Letter { subject, text, .. } = letter(&[&row], false, "", Lang::En);
        assert_eq!(subject, "RJ-00000 for Logistics");
        assert!(text.contains("Order 4711 is late."), "{text}");
        assert!(text.contains("https://x.com/marta/status/1"), "{text}");
        assert!(text.contains("help@alba.example"), "the brand's own is no secret: {text}");
        for secret in ["Marta", "612", "marta@example.org", "@alba!"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let text = letter(&[&row], true, "Box 9?", Lang::En).text;
        for told in ["Marta Ruiz (@marta)", "612 345 678", "marta@example.org", "Box 9?", "RJ-00000", "Ana"] {
            assert!(text.contains(told), "{told}: {text}");
        }
    }

    #[test]
    fn what_a_customer_wrote_is_no_markup() {
        let row = row("# [hi](javascript:x) <b>*now*</b>");
        let markdown = letter(&[&row], false, "", Lang::En).markdown;
        assert!(markdown.contains(r"\# \[hi\](javascript:x) \<b\>\*now\*\</b\>"), "{markdown}");
        assert!(markdown.contains("](https://x.com/marta/status/1)"), "{markdown}");
    }

    #[test]
    fn several_are_told_one_after_the_other_and_long_ones_are_cut() {
        let (one, two) = (row(&"long ".repeat(1000)), MentionRow { replied: true, ..row("short") });
        let letter = letter(&[&one, &two], false, "", Lang::Es);
        assert_eq!(letter.text.matches("https://x.com").count(), 2);
        assert!(letter.text.contains('…') && letter.text.len() < 2_000, "{}", letter.text);
        assert_eq!(letter.subject.matches("RJ-").count(), 1, "one case: {}", letter.subject);
    }
}
