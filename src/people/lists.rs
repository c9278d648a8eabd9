//! Two lists of people: leaders worth meeting, and advocates whom nobody has thanked yet; each row says why.

use std::cmp::Reverse;

use super::attention::{Attention, order, topic_fit};
use super::closeness::{Dated, closeness};
use super::identity::Identity;
use super::influence::{Caps, Seen, influence};
use super::label::Label;
use super::rules::{Facts, labels};
use crate::message::{Lang, Msg};
use crate::ordered::sort;

/// A person with what pages showed and the log knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Their accounts.
    pub accounts: Vec<Identity>,
    /// What pages showed of the account with the largest reach.
    pub seen: Seen,
    /// Contacts in the log; `None` = not in the log.
    pub contacts: Option<Vec<Dated>>,
    /// Posts seen that hold a brand's or market's word.
    pub on_topic: u32,
    /// Posts seen.
    pub posts: u32,
    /// Positive mentions in the log.
    pub positive: u32,
    /// Roles on the team's lists.
    pub roles: Vec<String>,
    /// Labels that the team took away.
    pub removed: Vec<Label>,
    /// When they were last thanked, UTC milliseconds.
    pub thanked: Option<i64>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The person's place among those handed in.
    pub person: usize,
    /// Their place in the order, where influence is known.
    pub attention: Option<Attention>,
    /// Why they are here, a sentence each.
    pub why: Vec<Msg>,
}

impl Person {
    fn has_role(&self, roles: &[&str]) -> bool {
        self.roles.iter().any(|role| roles.iter().any(|known| known.eq_ignore_ascii_case(role)))
    }

    fn closeness(&self, now: i64) -> Option<super::Closeness> {
        self.contacts.as_ref().map(|contacts| closeness(contacts, now))
    }

    fn attention(&self, caps: Caps, now: i64) -> Option<Attention> {
        let score = influence(&self.seen, caps).score?;
        let close = self.closeness(now).map(|closeness| closeness.value);
        Some(order(score, topic_fit(self.on_topic, self.posts), close))
    }
}

/// People who lead where we want to be heard, first those to look after most: colleagues and competitors' people are left
/// out, and so is whoever has no known influence. At most `most` rows.
pub fn leaders(people: &[Person], caps: Caps, now: i64, most: usize, lang: Lang) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        if person.has_role(&["staff", "internal_leader", "competitor"]) {
            continue;
        }
        let Some(attention) = person.attention(caps, now) else { continue };
        let topic = Msg::new("people_why_topic").with("matching", person.on_topic.min(person.posts));
        let close = person.closeness(now).map_or(Msg::new("people_closeness_unknown"), |close| close.explanation(lang));
        let why = vec![
            attention.explanation(lang),
            influence(&person.seen, caps).explanation(lang),
            topic.with("posts", person.posts),
            close,
        ];
        rows.push(Row { person: at, attention: Some(attention), why });
    }
    let value = |row: &Row| row.attention.map_or(0.0, |attention| attention.value);
    sort(&mut rows, |a, b| value(b).total_cmp(&value(a)).then(a.person.cmp(&b.person)));
    rows.truncate(most);
    rows
}

/// Advocates who did us a favour after they were last thanked, the closest first.
pub fn unthanked(people: &[Person], caps: Caps, now: i64, lang: Lang) -> Vec<Row> {
    let mut found: Vec<(f64, i64, Row)> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let close = person.closeness(now);
        let roles: Vec<&str> = person.roles.iter().map(String::as_str).collect();
        let value = close.as_ref().map(|closeness| closeness.value);
        let facts = Facts { roles: &roles, closeness: value, positive: person.positive, ..Facts::default() };
        let given = labels(&facts, &person.removed, lang);
        let Some(advocate) = given.into_iter().find(|given| given.label == Label::Advocate) else { continue };
        let is_open =
            |dated: &&Dated| dated.contact.is_favour() && person.thanked.is_none_or(|thanked| dated.at > thanked);
        let favours: Vec<i64> = person.contacts.iter().flatten().filter(is_open).map(|dated| dated.at).collect();
        let Some(oldest) = favours.iter().copied().min() else { continue };
        let key = if person.thanked.is_some() { "people_why_thanked" } else { "people_why_unthanked" };
        let mut why = vec![advocate.why, Msg::new(key).with("favours", favours.len())];
        why.extend(close.map(|close| close.explanation(lang)));
        let row = Row { person: at, attention: person.attention(caps, now), why };
        found.push((value.unwrap_or(0.0), oldest, row));
    }
    sort(&mut found, |a, b| {
        let place = |one: &(f64, i64, Row)| (Reverse(one.1), Reverse(one.2.person));
        b.0.total_cmp(&a.0).then(place(b).cmp(&place(a)))
    });
    found.into_iter().map(|(_, _, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Catalogue;
    use crate::people::Contact;

    const NOW: i64 = 1_790_000_000_000;

    fn person(followers: u64, reactions: f64, on_topic: u32, contacts: &[Contact]) -> Person {
        let contacts = contacts.iter().map(|contact| Dated { contact: *contact, at: NOW - 5 }).collect();
        Person {
            seen: Seen { followers: Some(followers), engagements: vec![reactions; 6], ..Seen::default() },
            contacts: Some(contacts),
            on_topic,
            posts: 6,
            ..Person::default()
        }
    }

    #[track_caller]
    fn check(rows: &[Row], expect: &[usize]) {
        assert_eq!(rows.iter().map(|row| row.person).collect::<Vec<_>>(), expect);
        for lang in Lang::ALL {
            for msg in rows.iter().flat_map(|row| &row.why) {
                assert_ne!(Catalogue::of(lang).say(msg), msg.key);
            }
        }
    }

    #[test]
    fn leaders_are_those_who_reach_people_on_our_topic() {
        let people = [
            person(1_000_000, 10.0, 0, &[]),
            person(200_000, 200.0, 6, &[Contact::Praised]),
            person(200_000, 200.0, 0, &[]),
            Person { roles: vec!["Staff".into()], ..person(9_000_000, 9_000.0, 6, &[]) },
            Person { contacts: None, ..person(200_000, 200.0, 0, &[]) },
            Person::default(),
        ];
        check(&leaders(&people, Caps::default(), NOW, 9, Lang::En), &[1, 2, 4, 0]);
        check(&leaders(&people, Caps::default(), NOW, 1, Lang::Es), &[1]);
        check(&leaders(&[], Caps::default(), NOW, 9, Lang::En), &[]);
    }

    #[test]
    fn advocates_wait_until_they_are_thanked() {
        use Contact::*;
        let fan = Person { positive: 3, ..person(100, 1.0, 0, &[Praised, Praised]) };
        let closer = Person { positive: 3, ..person(100, 1.0, 0, &[Praised, Answered, Made]) };
        let people = [
            fan.clone(),
            closer,
            Person { thanked: Some(NOW - 5), ..fan.clone() },
            Person { thanked: Some(NOW - 6), ..fan.clone() },
            Person { positive: 2, ..fan.clone() },
            Person { removed: vec![Label::Advocate], ..fan.clone() },
            // On the list, but without a favour to be thanked for.
            Person { roles: vec!["advocate".into()], ..person(100, 1.0, 0, &[Liked]) },
            Person { roles: vec!["advocate".into()], ..person(100, 1.0, 0, &[Praised]) },
        ];
        check(&unthanked(&people, Caps::default(), NOW, Lang::En), &[1, 0, 3, 7]);
    }
}
