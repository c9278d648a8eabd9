//! Files of events before they are taken in: what they hold, what of it is new here, and which lines cannot be read.

use std::collections::{BTreeMap, HashSet};

use super::export::read_line;
use super::{Event, EventId, Settings};
use crate::message::Msg;

/// As many bad lines are kept to be listed; the rest is counted.
const LISTED: usize = 100;

/// Files of events, put together: each event once, whatever file it came in.
#[derive(Debug, Default)]
pub struct Incoming {
    events: BTreeMap<EventId, Event>,
    skipped: Vec<Skipped>,
    skips: usize,
}

/// What could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Name of the file.
    pub file: String,
    /// Why, with the line where it is about one.
    pub why: Msg,
}

/// What files hold, for a person to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Events, each once.
    pub events: usize,
    /// Those that are not in the log.
    pub new: usize,
    /// Whose they are, and how many; who has most comes first.
    pub people: Vec<(String, usize)>,
    /// When the oldest and the newest happened, UTC milliseconds.
    pub span: Option<(i64, i64)>,
}

/// A text in pieces of at most `lines` lines, each with the number of its first line, so that reading a long file can pause.
pub fn pieces(text: &str, lines: usize) -> impl Iterator<Item = (usize, &str)> {
    let (mut rest, mut number) = (text, 1);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.match_indices('\n').nth(lines.saturating_sub(1)).map_or(rest.len(), |(at, _)| at + 1);
        let (piece, first) = (&rest[..end], number);
        rest = &rest[end..];
        number += lines.max(1);
        Some((first, piece))
    })
}

impl Incoming {
    /// Reads a piece of a file that begins on line `first`. A line that is no event is noted and stops nothing.
    pub fn read(&mut self, file: &str, first: usize, text: &str) {
        for read in (first..).zip(text.lines()).filter_map(|(number, line)| read_line(number, line)) {
            match read {
                Ok(event) => drop(self.events.entry(event.id.clone()).or_insert(event)),
                Err(problem) => self.skip(file, problem.why),
            }
        }
    }

    /// Something of a file cannot be read.
    pub fn skip(&mut self, file: &str, why: Msg) {
        self.skips += 1;
        if self.skipped.len() < LISTED {
            self.skipped.push(Skipped { file: file.to_owned(), why });
        }
    }

    /// The events, oldest first.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }

    /// What could not be read, as far as it is listed.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// How much could not be read.
    pub fn skips(&self) -> usize {
        self.skips
    }

    /// The events that are not among `known`, oldest first.
    pub fn new_events(&self, known: &HashSet<EventId>) -> impl Iterator<Item = &Event> {
        self.events().filter(|event| !known.contains(&event.id))
    }

    /// What they hold, beside a log that has `known` of it. `name` gives the name that is known here of a user; who has
    /// none is called as the files say.
    pub fn summary(&self, known: &HashSet<EventId>, name: impl Fn(&str) -> String) -> Summary {
        let theirs = Settings::fold(self.events());
        let mut people: BTreeMap<&str, usize> = BTreeMap::new();
        for event in self.events() {
            *people.entry(&event.by).or_default() += 1;
        }
        // Two names of one person, before and after joining a team, count together.
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for (user, count) in people {
            let here = name(user);
            *named.entry(if here == user { theirs.name(user) } else { here }).or_default() += count;
        }
        let mut people: Vec<(String, usize)> = Vec::new();
        for (who, count) in named {
            let place = people.partition_point(|(_, other)| *other >= count);
            people.insert(place, (who, count));
        }
        let span = self.events().map(Event::at).fold(None, |span: Option<(i64, i64)>, at| {
            let (from, to) = span.unwrap_or((at, at));
            Some((from.min(at), to.max(at)))
        });
        Summary { events: self.events.len(), new: self.new_events(known).count(), people, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::export::jsonl;
    use crate::log::{Actor, Draft, Hlc, MentionKey, body};
    use serde_json::json;

    fn note(by: &str, at: i64) -> Event {
        let draft = Draft::about(&MentionKey("k".into()), body::Noted { text: format!("at {at}") });
        Event::new(draft, &Actor { by: by.into(), dev: by.into() }, Hlc::new(at, 0), None)
    }

    fn read(files: &[(&str, String)]) -> Incoming {
        let mut incoming = Incoming::default();
        for (name, text) in files {
            pieces(text, 2).for_each(|(first, piece)| incoming.read(name, first, piece));
        }
        incoming
    }

    #[test]
    fn a_text_is_cut_at_ends_of_lines() {
        for (text, lines, expect) in [
            ("", 2, vec![]),
            ("a", 2, vec![(1, "a")]),
            ("a\nb\nc\n", 2, vec![(1, "a\nb\n"), (3, "c\n")]),
            ("a\r\n\nc", 1, vec![(1, "a\r\n"), (2, "\n"), (3, "c")]),
            ("a\nb", 0, vec![(1, "a\n"), (2, "b")]),
        ] {
            assert_eq!(pieces(text, lines).collect::<Vec<_>>(), expect, "{text:?}");
        }
    }

    #[test]
    fn files_are_put_together_and_told_beside_what_is_known() {
        let [a, b, c] = [note("ana", 10), note("ana", 20), note("u-x", 30)];
        let person = Settings::default().draft("person", "u-x", Some(json!({ "name": "Carla" }))).unwrap();
        let named = Event::new(person, &Actor { by: "u-x".into(), dev: "u-x".into() }, Hlc::new(5, 0), None);
        let incoming = read(&[("one", jsonl([&a, &b, &named])), ("two", jsonl([&b, &c]))]);
        let name = |user: &str| if user == "ana" { "Ana".to_owned() } else { user.to_owned() };
        let known = HashSet::from([a.id.clone(), note("ben", 1).id]);
        let expect =
            Summary { events: 4, new: 3, people: vec![("Ana".into(), 2), ("Carla".into(), 2)], span: Some((5, 30)) };
        assert_eq!(incoming.summary(&known, name), expect);
        assert_eq!(incoming.new_events(&known).map(|event| &event.id).collect::<Vec<_>>(), [&named.id, &b.id, &c.id]);
        let all: HashSet<EventId> = incoming.events().map(|event| event.id.clone()).collect();
        assert_eq!(incoming.summary(&all, name).new, 0);
        assert_eq!(Incoming::default().summary(&all, name), Summary::default());
    }

    #[test]
    fn bad_lines_are_named_with_their_file_and_stop_nothing() {
        let good = [note("ana", 10), note("ana", 20)].map(|event| event.text());
        let torn = format!("\u{feff}{}\r\n\n{{\"_id\":\n{}\n{}\n", good[0], good[1], good[1].replace("at 20", "at 21"));
        let incoming = read(&[("a.jsonl", torn), ("b.txt", "hello".into())]);
        assert_eq!(incoming.events().count(), 2);
        let skipped: Vec<_> = incoming
            .skipped()
            .iter()
            .map(|one| (one.file.as_str(), one.why.key.as_str(), one.why.args["line"].as_str()))
            .collect();
        let expect = [
            ("a.jsonl", "log_import_not_json", "3"),
            ("a.jsonl", "log_import_changed", "5"),
            ("b.txt", "log_import_not_json", "1"),
        ];
        assert_eq!(skipped, expect);
        let many = read(&[("many", "x\n".repeat(LISTED * 2))]);
        assert_eq!((many.skips(), many.skipped().len()), (LISTED * 2, LISTED));
    }
}
