//! A team without a server: whatever files its members give each other, in whatever order and however often, everybody
//! ends with the same log.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use rejoinder::log::export::jsonl;
use rejoinder::log::incoming::{Incoming, pieces};
use rejoinder::log::pack::{Mark, Person, Since, team_pack};
use rejoinder::log::{Event, Settings};

use super::log_fold::{scene, whole};

const TEAM: [&str; 3] = ["ana", "ben", "carla"];

fn person(name: &str) -> Person {
    Person { user: name.into(), before: String::new(), device: format!("{name}-laptop") }
}

/// What somebody did, in files that each begin where the one before ended; `cut` of it in the first.
fn files_of(name: &str, events: &[Event], cut: usize) -> Vec<String> {
    let mine: Vec<&Event> = events.iter().filter(|event| person(name).did(event)).collect();
    let (mut mark, mut files) = (None, Vec::new());
    for known in [&mine[..cut.min(mine.len())], &mine[..]] {
        let since = mark.clone().map_or(Since::Start, Since::Last);
        let file: Vec<&Event> = known.iter().copied().filter(|event| since.takes(event)).collect();
        if let Some(last) = file.last() {
            mark = Some(Mark::moved(mark, &since, &last.id, 0));
            files.push(jsonl(file));
        }
    }
    files
}

/// The log of a device that takes in files one after the other.
fn log_of<'a>(files: impl IntoIterator<Item = &'a String>) -> Vec<Event> {
    let mut log: Vec<Event> = Vec::new();
    for text in files {
        let mut incoming = Incoming::default();
        pieces(text, 3).for_each(|(first, piece)| incoming.read("file", first, piece));
        let known: HashSet<_> = log.iter().map(|event| event.id.clone()).collect();
        assert_eq!(incoming.skips(), 0);
        log.extend(incoming.new_events(&known).cloned());
    }
    log
}

/// What people see of each template: its value, whether they have settled on it, and the events that stand.
fn seen(settings: &Settings) -> BTreeMap<String, (Option<serde_json::Value>, bool, BTreeSet<String>)> {
    let mut seen = BTreeMap::new();
    for id in settings.template_ids() {
        let versions = settings.versions("template", id);
        let standing: BTreeSet<String> =
            versions.iter().filter(|version| version.stands).map(|version| version.event.0.clone()).collect();
        // What was taken back and replaced by nobody is seen by nobody.
        if !standing.is_empty() {
            let is_disputed = settings.disputed("template").any(|disputed| disputed == id);
            seen.insert(id.to_owned(), (settings.item("template", id).cloned(), is_disputed, standing));
        }
    }
    seen
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn files_merge_in_any_order_as_often_as_anybody_likes(
        ((events, _), cut, again) in (scene(), 0..20usize, prop::collection::vec(any::<prop::sample::Index>(), 0..8)),
        seed in any::<u64>(),
    ) {
        let mut files: Vec<String> = TEAM.iter().flat_map(|name| files_of(name, &events, cut)).collect();
        files.push(jsonl(team_pack(&events)));
        // Some of them more than once, in an order that the seed gives.
        let repeated: Vec<String> = again.iter().map(|which| which.get(&files).clone()).collect();
        files.extend(repeated);
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let log = log_of(order.iter().map(|at| &files[*at]));
        prop_assert_eq!(log.len(), events.len());
        prop_assert_eq!(whole(&log), whole(&events));
        prop_assert_eq!(Settings::fold(&log), Settings::fold(&events));
        prop_assert_eq!(log_of(order.iter().chain(&order).map(|at| &files[*at])).len(), events.len());
    }

    #[test]
    fn a_pack_brings_whoever_knows_a_part_to_the_same_settings((events, shuffled) in scene(), part in 0..40usize) {
        let pack = jsonl(team_pack(&events));
        let known = jsonl(&shuffled[..part.min(shuffled.len())]);
        let log = log_of([&known, &pack]);
        prop_assert_eq!(seen(&Settings::fold(&log)), seen(&Settings::fold(&events)));
        prop_assert_eq!(log_of([&known, &pack, &pack]), log);
    }
}
