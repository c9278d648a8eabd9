//! Three people with clocks that go wrong work on a few posts, each seeing the others' work late and in pieces. Whatever
//! order their events arrive in, however often, in whatever portions: every device ends with the same log.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rejoinder::log::body::{Aliased, CountsSeen, Decision, Drafted, Due, Erased, Moderated, Moderation, Replied};
use rejoinder::log::erase::{erased_keys, stays};
use rejoinder::log::key::IdScope;
use rejoinder::log::{
    Actor, Body, Case, CaseId, Clock, Draft, Event, Fold, Mention, MentionKey, Outcomes, Priority, Settings, Status,
    fold,
};
use rejoinder::protocol::Change;
use rejoinder::site::post::{Author, Count, Counts, Post};

const NOW: i64 = 1_795_000_000_000;
const DAY: i64 = 86_400_000;

#[derive(Debug, Clone)]
enum Act {
    Save {
        post: u8,
        likes: u64,
        truncated: bool,
    },
    Status(u8, u8),
    Assign(u8, u8),
    Route(u8, u8),
    Due(u8, i64),
    Priority(u8, u8),
    Snooze(u8, i64),
    Note(u8),
    Flag(u8, bool),
    Moderate(u8, u8),
    Gone(u8, bool),
    Reply(u8),
    Counts(u8, i64, u64),
    Join(u8, u8),
    Case(u8, u8),
    Draft(u8),
    Review(u8, u8),
    Erase(u8),
    Undo(prop::sample::Index),
    Setting(u8, Option<u8>),
    Unknown(u8),
    /// Takes in what another knows.
    Sync(u8),
}

fn act() -> impl Strategy<Value = Act> {
    let post = 0..4u8;
    prop_oneof![
        6 => (post.clone(), 0..5u64, any::<bool>()).prop_map(|(post, likes, truncated)| Act::Save { post, likes, truncated }),
        4 => (post.clone(), 0..7u8).prop_map(|(p, s)| Act::Status(p, s)),
        3 => (post.clone(), 0..3u8).prop_map(|(p, u)| Act::Assign(p, u)),
        2 => (post.clone(), 0..3u8).prop_map(|(p, d)| Act::Route(p, d)),
        1 => (post.clone(), 0..9i64).prop_map(|(p, d)| Act::Due(p, d)),
        2 => (post.clone(), 0..5u8).prop_map(|(p, priority)| Act::Priority(p, priority)),
        1 => (post.clone(), 0..9i64).prop_map(|(p, until)| Act::Snooze(p, until)),
        2 => post.clone().prop_map(Act::Note),
        2 => (post.clone(), any::<bool>()).prop_map(|(p, on)| Act::Flag(p, on)),
        2 => (post.clone(), 0..6u8).prop_map(|(p, what)| Act::Moderate(p, what)),
        1 => (post.clone(), any::<bool>()).prop_map(|(p, on)| Act::Gone(p, on)),
        1 => post.clone().prop_map(Act::Reply),
        1 => (post.clone(), 0..5i64, 0..5u64).prop_map(|(p, at, n)| Act::Counts(p, at, n)),
        1 => (post.clone(), post.clone()).prop_map(|(a, b)| Act::Join(a, b)),
        1 => (post.clone(), 0..3u8).prop_map(|(p, c)| Act::Case(p, c)),
        2 => post.clone().prop_map(Act::Draft),
        3 => (post.clone(), 0..4u8).prop_map(|(p, d)| Act::Review(p, d)),
        1 => (3..4u8).prop_map(Act::Erase),
        3 => any::<prop::sample::Index>().prop_map(Act::Undo),
        2 => (0..3u8, prop::option::of(0..3u8)).prop_map(|(id, value)| Act::Setting(id, value)),
        1 => post.prop_map(Act::Unknown),
        4 => (0..3u8).prop_map(Act::Sync),
    ]
}

/// Posts 0 and 1 are one author's, in one thread.
fn post(n: u8, likes: u64, truncated: bool) -> Post {
    let handle = if n < 2 { "ana".to_owned() } else { format!("author{n}") };
    Post {
        network: "x".into(),
        id: Some(format!("post{n}")),
        parent: (n == 1).then(|| "post0".into()),
        author: Author { handle: Some(handle), ..Author::default() },
        text: format!("text {n} {likes}"),
        counts: Counts { likes: Some(Count { value: likes, approximate: likes > 2 }), ..Counts::default() },
        truncated,
        ..Post::default()
    }
}

fn key(n: u8) -> MentionKey {
    MentionKey::of(&post(n, 0, false), IdScope::Network).unwrap()
}

struct Person {
    actor: Actor,
    clock: Clock,
    skew: i64,
    events: Vec<Event>,
    known: BTreeSet<String>,
}

impl Person {
    fn new(name: &str, skew: i64) -> Self {
        let actor = Actor { by: name.into(), dev: format!("{name}-laptop") };
        Self { actor, clock: Clock::default(), skew, events: Vec::new(), known: BTreeSet::new() }
    }

    fn learn(&mut self, event: &Event, now: i64) {
        if self.known.insert(event.id.0.clone()) {
            self.clock.see(event.hlc, now + self.skew);
            self.events.push(event.clone());
        }
    }

    fn act(&mut self, act: &Act, now: i64) {
        let view = fold(&self.events);
        let change = |n: u8, change: Change| view.draft(&key(n), change);
        let pick = |n: u8| (n > 0).then(|| format!("p{n}"));
        let about = |n: u8, body: Body| Some(Draft::about(&key(n), body));
        let case = |n: u8| view.mention(&key(n)).map(|mention| mention.case.clone());
        let draft = match *act {
            Act::Save { post: n, likes, truncated } => {
                Draft::save(&post(n, likes, truncated), IdScope::Network, "row", None)
            }
            Act::Status(n, s) => change(n, Change::Status { status: Status::ALL[usize::from(s)] }),
            Act::Assign(n, u) => change(n, Change::Assignee { user: pick(u) }),
            Act::Route(n, d) => change(n, Change::Department { department: pick(d) }),
            Act::Due(n, at) => about(n, Due { case: case(n), at: Some(at) }.into()),
            Act::Priority(n, p) => change(n, Change::Priority { priority: Priority::ALL.get(usize::from(p)).copied() }),
            Act::Snooze(n, until) => change(n, Change::Snooze { until: (until > 0).then_some(until) }),
            Act::Note(n) => change(n, Change::Note { text: "note".into() }),
            Act::Flag(n, on) => change(n, Change::Flag { on }),
            Act::Moderate(n, what) => {
                let action = Moderation::ALL.get(usize::from(what)).map(|(action, _)| *action);
                change(n, Change::Moderation { done: Moderated { action, reason: None } })
            }
            Act::Gone(n, on) => change(n, Change::Gone { on }),
            Act::Reply(n) => about(n, Replied { template: Some(format!("t{}", n % 2)), ..Replied::default() }.into()),
            Act::Counts(n, at, likes) => {
                let counts = post(n, likes, false).counts;
                about(n, CountsSeen { at: NOW + at, counts, followers: None }.into())
            }
            Act::Join(a, b) => about(a, Aliased { to: key(b) }.into()),
            Act::Case(n, 0) => change(n, Change::Case { case: None }),
            Act::Case(n, c) => change(n, Change::Case { case: Some(CaseId(format!("case{c}"))) }),
            Act::Draft(n) => about(n, Drafted { text: format!("text {n}"), ..Drafted::default() }.into()),
            Act::Review(n, decision) => {
                let looks = view.mention(&key(n)).map(Mention::looks).unwrap_or_default();
                let all = [Decision::Approved, Decision::Changed, Decision::Commented, Decision::Withdrawn];
                let (decision, text) = (all[usize::from(decision)], format!("text {n}, better"));
                looks.last().and_then(|look| change(n, Change::Look { draft: look.id.clone(), decision, text }))
            }
            Act::Erase(n) => about(n, Erased {}.into()),
            Act::Undo(which) if !self.events.is_empty() => Draft::undo(&self.events[which.index(self.events.len())]),
            Act::Setting(id, value) => {
                let value = value.map(|value| serde_json::json!({ "v": value }));
                Settings::fold(&self.events).draft("template", &id.to_string(), value)
            }
            Act::Unknown(n) => about(n, Erased {}.into()),
            Act::Undo(_) | Act::Sync(_) => None,
        };
        let Some(draft) = draft else { return };
        let mut event = Event::new(draft, &self.actor, self.clock.tick(now + self.skew), None);
        if matches!(act, Act::Unknown(_)) {
            event.t = "hologram".into();
            event.h = event.hash();
        }
        for seen in &event.seen {
            let seen = self.events.iter().find(|e| e.id == *seen).expect("only what was seen is named");
            let drifted = seen.hlc.ms() > now + self.skew + DAY;
            assert!(drifted || seen.hlc < event.hlc, "order follows causes");
        }
        self.learn(&event.clone(), now);
    }
}

fn play(acts: &[(u8, Act)], skews: [i64; 3]) -> Vec<Event> {
    let mut people: Vec<Person> = ["ana", "ben", "carla"].iter().zip(skews).map(|(n, s)| Person::new(n, s)).collect();
    for (i, (who, act)) in acts.iter().enumerate() {
        let now = NOW + i as i64 * 700;
        if let Act::Sync(from) = act {
            let theirs = people[usize::from(*from)].events.clone();
            theirs.iter().for_each(|event| people[usize::from(*who)].learn(event, now));
        } else {
            people[usize::from(*who)].act(act, now);
        }
    }
    let mut all: BTreeMap<String, Event> = BTreeMap::new();
    for person in people {
        all.extend(person.events.into_iter().map(|event| (event.id.0.clone(), event)));
    }
    all.into_values().collect()
}

pub(super) type Records = (BTreeMap<MentionKey, Mention>, BTreeMap<CaseId, Case>, BTreeSet<String>);

fn records(fold: &mut Fold) -> Records {
    let changes = fold.take_changes();
    let mentions = fold.records().map(|mention| (mention.key.clone(), mention.clone())).collect();
    let cases = changes.cases.into_iter().map(|case| (case.id.clone(), case)).collect();
    (mentions, cases, lines(&changes.outcomes))
}

/// What came of templates, whatever the order.
fn lines(outcomes: &Outcomes) -> BTreeSet<String> {
    assert_eq!(Outcomes::from_text(&outcomes.to_text()), *outcomes, "read back as it was");
    outcomes.to_text().lines().map(str::to_owned).collect()
}

pub(super) fn whole<'a>(events: impl IntoIterator<Item = &'a Event>) -> Records {
    let mut fold = Fold::default();
    events.into_iter().for_each(|event| fold.apply(event));
    records(&mut fold)
}

/// Applies portions of events to stored records as the background does: look up, apply, write, as JSON.
fn in_portions(events: &[Event], size: usize) -> Records {
    let mut mentions: BTreeMap<MentionKey, String> = BTreeMap::new();
    let mut cases: BTreeMap<CaseId, String> = BTreeMap::new();
    let mut outcomes = Outcomes::default();
    for portion in events.chunks(size) {
        let mut fold = Fold::partial();
        for round in 0.. {
            assert!(round < 5, "needs come to an end");
            let needs = fold.needs(portion);
            if needs.is_empty() {
                break;
            }
            let read = |text: &String| serde_json::from_str::<Mention>(text).unwrap();
            let single = needs.mentions.iter().filter_map(|key| mentions.get(key).map(read));
            let of = mentions.values().map(read).filter(|mention| needs.mentions_of.contains(&mention.case));
            let found: Vec<Mention> = single.chain(of).collect();
            let found_cases: Vec<Case> = needs
                .cases
                .iter()
                .filter_map(|id| cases.get(id))
                .map(|text| serde_json::from_str(text).unwrap())
                .collect();
            fold.load(needs, found, found_cases);
        }
        portion.iter().for_each(|event| fold.apply(event));
        let changes = fold.take_changes();
        mentions.extend(changes.mentions.iter().map(|m| (m.key.clone(), serde_json::to_string(m).unwrap())));
        cases.extend(changes.cases.iter().map(|c| (c.id.clone(), serde_json::to_string(c).unwrap())));
        outcomes = outcomes.moved(&changes.outcomes).unwrap_or(outcomes);
    }
    (
        mentions.iter().map(|(key, text)| (key.clone(), serde_json::from_str(text).unwrap())).collect(),
        cases.iter().map(|(id, text)| (id.clone(), serde_json::from_str(text).unwrap())).collect(),
        lines(&outcomes),
    )
}

/// The events of three people, in order and out of it.
pub fn scene() -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    let skew = || -2 * DAY..2 * DAY;
    let acts = prop::collection::vec((0..3u8, act()), 1..40);
    (acts, skew(), skew(), skew())
        .prop_map(|(acts, a, b, c)| play(&acts, [a, b, c]))
        .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
}

proptest! {
    #![proptest_config(crate::cases(400))]

    #[test]
    fn order_and_repetition_change_nothing((events, shuffled) in scene(), again in 0..40usize) {
        let expect = whole(&events);
        prop_assert_eq!(&whole(&shuffled), &expect);
        prop_assert_eq!(&whole(shuffled.iter().chain(events.iter().take(again))), &expect);
        prop_assert_eq!(Settings::fold(&events), Settings::fold(shuffled.iter().chain(&events)));
    }

    #[test]
    fn stored_records_taken_in_portions_are_the_whole_log((events, shuffled) in scene(), size in 1..7usize) {
        let expect = whole(&events);
        prop_assert_eq!(&in_portions(&shuffled, size), &expect);
        let twice: Vec<Event> = shuffled.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
        prop_assert_eq!(&in_portions(&twice, size), &expect);
    }

    #[test]
    fn a_part_and_then_the_rest_is_the_whole((events, shuffled) in scene(), part in 0..40usize) {
        let part = part.min(shuffled.len());
        let mut fold = fold(&shuffled[..part]);
        shuffled[part..].iter().for_each(|event| fold.apply(event));
        fold.take_changes();
        let (mentions, ..) = whole(&events);
        prop_assert_eq!(fold.records().map(|m| (m.key.clone(), m.clone())).collect::<BTreeMap<_, _>>(), mentions);
    }

    #[test]
    fn of_a_persons_drafts_only_the_last_is_open((events, _) in scene()) {
        for mention in fold(&events).records() {
            let mut open = BTreeSet::new();
            for look in mention.looks().iter().filter(|look| look.is_open()) {
                prop_assert!(open.insert(look.by.clone()), "{:?}", look);
                prop_assert!(look.said.is_empty() || look.standing().next().is_some(), "{:?}", look);
            }
        }
    }

    #[test]
    fn a_log_without_what_was_erased_is_the_same_log((events, shuffled) in scene()) {
        let changes = fold(&events).take_changes();
        let gone = erased_keys(&changes);
        let is_gone = |event: &Event| !stays(&event.t) && event.m.as_ref().is_some_and(|m| gone.contains(&m));
        let expect = whole(&events);
        prop_assert_eq!(whole(shuffled.iter().filter(|event| !is_gone(event))), expect);
    }

    #[test]
    fn nothing_erased_is_left((events, _) in scene()) {
        let erased = events.iter().any(|e| e.t == "erased" && e.m == Some(key(3)));
        let (mentions, ..) = whole(&events);
        if erased {
            let text = serde_json::to_string(&mentions).unwrap();
            prop_assert!(!text.contains("author3") && !text.contains("text 3"), "{}", text);
        }
    }
}
