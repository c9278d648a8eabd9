//! What the checks' own tests share, and what holds for all of them.

use super::*;
use crate::log::EventId;
use crate::log::body::{Decision, Drafted};
use crate::log::look::{Look, Said, Stage};
use crate::message::{Catalogue, Lang};

/// A public reply as the brand, to a post that speaks to it.
pub fn reply(text: &str) -> Outgoing<'_> {
    Outgoing {
        text,
        kind: ComposerKind::Reply,
        private: false,
        account: Some(AccountKind::Brand),
        acting: Some("@acme"),
        target: None,
        is_ours: true,
        answered_as: None,
        last: LastActed { here: Some(("acme", 1_000)), personal: None },
        limit: None,
        findings: &[],
        order_numbers: &[],
        contacts: &[],
        colleague: None,
        look: None,
        own: text,
        repeats: 0,
        today: 0,
        crisis: None,
        is_statement: false,
        is_cool: false,
        otherwise: &|| None,
        is_somebody_else: &|_| false,
        lang: Lang::En,
        now: 2_000,
    }
}

/// A look at "Hello Lu, tomorrow.", and what colleagues said of it.
pub fn look(said: &[(&str, Decision, &str)]) -> Look {
    let said = said.iter().map(|(by, decision, text)| Said {
        id: EventId((*by).to_owned()),
        by: (*by).to_owned(),
        at: 1,
        decision: *decision,
        text: (*text).to_owned(),
        stands: true,
    });
    Look {
        id: EventId("draft".into()),
        by: "Ana".into(),
        at: 0,
        draft: Drafted { text: "Hello Lu, tomorrow.".into(), ..Drafted::default() },
        stage: Stage::Decided,
        said: said.collect(),
    }
}

/// The words that a check holds, if it does.
pub fn held<'a>(check: &dyn Check, reply: &Outgoing<'a>) -> Option<&'a str> {
    let hold = check.look(reply)?;
    assert_eq!(hold.check, check.id());
    let map = OffsetMap::new(reply.text);
    Some(hold.span.map_or("", |span| &reply.text[map.to_byte(span.start)..map.to_byte(span.end)]))
}

/// Texts that a check holds, with the words it holds, and texts that it lets pass.
#[track_caller]
pub fn check_texts(check: &dyn Check, holds: &[(&str, &str)], passes: &[&str]) {
    for (text, words) in holds {
        assert_eq!(held(check, &reply(text)), Some(*words), "{text}");
    }
    for text in passes {
        assert_eq!(held(check, &reply(text)), None, "{text}");
    }
}

#[test]
fn a_clean_reply_passes_every_check() {
    assert_eq!(verdict(&reply("Hello Marta, thank you for writing. We are looking into it."), &[]), []);
    assert_eq!(verdict(&reply(" \n"), &[]), []);
}

#[test]
fn the_worst_comes_first_and_a_switch_silences_its_check() {
    let text = "[internal] Hello {{ name }}, write to marta.ruiz@example.com";
    let checks = |off: &[&str]| -> Vec<&str> {
        let off: Vec<String> = off.iter().map(|id| (*id).to_owned()).collect();
        verdict(&reply(text), &off).iter().map(|hold| hold.check).collect()
    };
    assert_eq!(checks(&[]), ["personal_data", "internal_note", "placeholder"]);
    assert_eq!(checks(&["internal_note", "personal_data"]), ["placeholder"]);
}

#[test]
fn a_personal_account_is_left_alone_unless_it_is_the_brands_affair() {
    let text = "Hello {{ name }}";
    let as_person = Outgoing { account: Some(AccountKind::Personal), is_ours: false, ..reply(text) };
    assert_eq!(verdict(&as_person, &[]), []);
    let to_the_brand = Outgoing { is_ours: true, ..as_person };
    let checks: Vec<&str> = verdict(&to_the_brand, &[]).iter().map(|hold| hold.check).collect();
    assert_eq!(checks, ["account", "placeholder"]);
    let unknown = Outgoing { account: None, acting: None, ..to_the_brand };
    let checks: Vec<&str> = verdict(&unknown, &[]).iter().map(|hold| hold.check).collect();
    assert_eq!(checks, ["placeholder"]);
}

#[test]
fn every_check_has_a_name_and_a_reason_in_both_languages() {
    for lang in [Lang::En, Lang::Es] {
        for id in ids() {
            for key in [format!("guard_check_{id}"), format!("guard_check_{id}_help")] {
                assert_ne!(Catalogue::of(lang).word(&key), key);
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_verdict(text in "(\\PC|[0-9@.{}\\[\\] +-]){0,80}") {
        for hold in verdict(&reply(&text), &[]) {
            let end = OffsetMap::new(&text).len();
            if let Some(span) = hold.span {
                assert!(span.start <= span.end && span.end <= end);
            }
        }
    }
}
