//! A person is erased: from the log, and from what this device keeps of them.

use rejoinder::brain::Input;
use rejoinder::log::{Actor, Draft, Event, Hlc, Mention, body};
use serde_json::{Value, json};

use super::brain_world::{NOW, World, post, posts, save};

const AT: &str = "@lu · dónde está mi paquete, Acme";

fn lu() -> Value {
    post(1, 11, "lu", "Lu", AT)
}

/// A log with one mention, whose author was answered in a language that a person chose.
fn saved() -> (World, Mention) {
    let mut world = World::new();
    world.agent_on_x();
    world.agent(posts(&[lu()]));
    world.agent(save(&lu()));
    world.compose(lu());
    world.compose_in(lu(), true);
    let mention = world.disk.mentions.values().next().unwrap().clone();
    (world, mention)
}

fn device(world: &World) -> String {
    serde_json::to_string(&world.disk.device).unwrap()
}

#[test]
fn what_is_erased_is_gone_from_the_log_and_from_the_device() {
    let (mut world, mention) = saved();
    assert!(device(&world).contains("x lu"), "{}", device(&world));
    let other = json!("00000000000000000000000000000000");
    assert_eq!(world.page(json!({ "type": "erase", "keys": [mention.key, other] }))["type"], "done");
    let left = &world.disk.mentions[&mention.key];
    assert!(left.erased && left.post().is_none() && !left.is_saved());
    assert_eq!(
        world.disk.events.iter().filter(|event| event.t == "erased").count(),
        1,
        "the unknown one stays unknown"
    );
    assert!(!device(&world).contains("x lu"));
    // Nothing brings it back, and twice is once.
    let undo = json!({ "type": "undo", "event": world.disk.events.last().unwrap().id });
    assert_eq!(world.page(undo)["code"], "not_found");
    assert_eq!(world.page(json!({ "type": "erase", "keys": [mention.key] }))["type"], "done");
    assert_eq!(world.agent(save(&lu()))["code"], "erased", "saving it again is no way round");
    assert_eq!(world.disk.events.iter().filter(|event| event.t == "erased").count(), 1);
}

#[test]
fn what_a_lead_erases_is_forgotten_here_too() {
    for by_file in [false, true] {
        let (mut world, mention) = saved();
        let actor = Actor { by: "lead".into(), dev: "d-other".into() };
        let event = Event::new(Draft::about(&mention.key, body::Erased {}), &actor, Hlc::new(NOW + 5, 0), None);
        if by_file {
            world.page(json!({ "type": "import", "jsonl": event.text() }));
        } else {
            let event: Value = serde_json::from_str(&event.text()).unwrap();
            world.take(Input::Travelled(json!({ "received": [event], "state": {} })));
        }
        assert!(world.disk.mentions[&mention.key].erased);
        assert!(!device(&world).contains("x lu"));
    }
}
