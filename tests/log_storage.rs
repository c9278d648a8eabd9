//! What version 1 of Rejoinder stored, this version understands: a dump of its databases, record by record.

use rejoinder::log::fold::{VERSION, fold};
use rejoinder::log::{Case, CaseId, Event, Mention, Settings};
use rejoinder::message::Lang;
use rejoinder::protocol::MentionRow;
use rejoinder::workspace::Workspace;
use rejoinder::workspace::device::Device;
use serde_json::Value;

fn dump() -> Value {
    serde_json::from_str(include_str!("fixtures/log/storage-v1.json")).unwrap()
}

fn list<T: serde::de::DeserializeOwned>(value: &Value) -> Vec<T> {
    value.as_array().unwrap().iter().map(|one| serde_json::from_value(one.clone()).unwrap()).collect()
}

fn events(log: &Value) -> Vec<Event> {
    log["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| Event::from_text(one["text"].as_str().unwrap()).unwrap())
        .collect()
}

fn rows<'a>(mentions: impl IntoIterator<Item = &'a Mention>, settings: &Settings) -> Vec<MentionRow> {
    // Rows of that version did not name their case.
    let row =
        |mention: &Mention| Some(MentionRow { case: CaseId::default(), ..mention.row(|user| settings.name(user), 0)? });
    let mut rows: Vec<_> = mentions.into_iter().filter_map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.saved_at));
    rows
}

#[test]
fn the_device_is_as_it_was_left() {
    let device = Device::from_stored(dump()["rejoinder"]["meta"]["device"].as_str().unwrap());
    assert_eq!((device.user.as_str(), device.device.as_str()), ("u7k2m9qa", "d-laptop"));
    assert_eq!((device.language, device.theme.as_str(), device.welcomed), (Some(Lang::Es), "dark", true));
    assert_eq!(device.density["x"], "full");
    assert!(!device.features("x.com", "x", 0).voice);
    assert!(device.is_silenced("en.wordy", "In Order To"));
    assert_eq!(device.workspace, "first");
    assert_eq!(Device::from_stored(&device.to_stored()), device);
}

#[test]
fn every_event_is_whole_and_is_exported_as_it_was_written() {
    let dump = dump();
    let log = &dump["rejoinder-first"];
    for (stored, event) in log["events"].as_array().unwrap().iter().zip(events(log)) {
        assert!(event.is_intact());
        assert_eq!(stored["text"], event.text());
        assert_eq!(stored["id"], event.id.0);
    }
}

#[test]
fn the_log_shows_the_same_mentions() {
    let dump = dump();
    let log = &dump["rejoinder-first"];
    let settings: Settings = serde_json::from_str(log["meta"]["settings"].as_str().unwrap()).unwrap();
    let expect: Vec<MentionRow> = list(&dump["rows"]);
    assert!(expect.len() > 2);
    // Folded anew from the events: what a version does that folds differently.
    let events = events(log);
    let folded = fold(&events);
    assert_eq!(rows(folded.records(), &settings), expect);
    assert_eq!(Settings::fold(&events).workspace(Workspace::default()), settings.workspace(Workspace::default()));
    // The stored records as they are: what a version of the same fold goes on with.
    if log["meta"]["fold"].as_str().and_then(|fold| fold.parse().ok()) == Some(VERSION) {
        assert_eq!(rows(&list::<Mention>(&log["mentions"]), &settings), expect);
        for case in list::<Case>(&log["cases"]) {
            assert_eq!(folded.case(&case.id), Some(&case));
        }
    }
}
