//! What triage promises for any text and any figures.

use std::sync::OnceLock;

use proptest::prelude::*;
use rejoinder::triage::learn::{Correction, Model};
use rejoinder::triage::priority::{Level, Situation, priority};
use rejoinder::triage::{Class, Classes, Points};
use rejoinder::voice::{Pack, bundled};

fn classes() -> &'static Classes {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let cues: Vec<_> = bundled().iter().flat_map(Pack::all_cues).collect();
        Classes::new(cues.iter().map(|cue| cue.as_ref()))
    })
}

/// Posts, with everything that makes places in a text hard to find.
fn post() -> impl Strategy<Value = String> {
    let pieces = [
        "Still no refund",
        "not ",
        "happy",
        "no problem",
        "2 hours",
        "2hrs ",
        "…",
        "?!",
        "@acme ",
        "http://a.com/x ",
        "🙄",
        "cafe\u{301}",
        "AÚN NO llegó ",
        "nooooo ",
        "can’t ",
        "İ",
        "ß",
        "\u{200b}",
        "\n",
        "my lawyer",
        "👩‍👩‍👧",
        "\"premium\"",
        "check out my channel",
        "£5",
        "ñ",
    ];
    let piece = prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn situation() -> impl Strategy<Value = Situation> {
    let figures = (
        prop::option::of(any::<u64>()),
        prop::option::of(0.0..1e7f64),
        prop::option::of(0i64..1_000_000_000),
        prop::option::of(-5i64..100_000_000),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (prop::sample::select(Class::ALL.to_vec()), figures, flags).prop_map(
        |(class, (followers, reactions, waited, first_response), (severe, author_is_open, promised, answered))| {
            Situation {
                class,
                severe,
                followers,
                reactions,
                waited,
                first_response,
                author_is_open,
                promised,
                answered,
            }
        },
    )
}

fn points(situation: &Situation) -> Points {
    priority(situation).points
}

proptest! {
    #![proptest_config(crate::cases(256))]

    #[test]
    fn reasons_add_up_to_scores_and_the_same_post_is_always_the_same(post in post()) {
        let judged = classes().judge(&post);
        prop_assert_eq!(&judged, &classes().judge(&post));
        for (class, score) in &judged.scores {
            let begins = if class == Class::Other.id() { Points::ENOUGH } else { Points::default() };
            let all = judged.reasons.iter().flat_map(|reason| &reason.points);
            let sum = all.filter(|(of, _)| of == class).fold(begins, |sum, (_, points)| sum + *points);
            prop_assert_eq!(sum, *score, "{}", class);
        }
        for word in judged.reasons.iter().flat_map(|reason| &reason.words) {
            prop_assert!(post.contains(word.as_str()), "{:?} is not in {:?}", word, post);
        }
        prop_assert_eq!(classes().of(&post).unwrap_or("other"), judged.class);
    }

    #[test]
    fn what_has_enough_of_a_crisis_is_never_a_mere_complaint(post in post()) {
        let judged = classes().judge(&post);
        let mild = ["complaint", "problem", "suggestion", "other"].contains(&judged.class.as_str());
        prop_assert!(!(judged.is_severe() && mild));
    }

    #[test]
    fn the_terms_of_a_priority_add_up(situation in situation()) {
        let found = priority(&situation);
        let sum = found.terms.iter().fold(Points::default(), |sum, term| sum + term.points);
        prop_assert_eq!(sum, found.points);
        prop_assert!(found.points <= found.at_most);
        prop_assert_eq!(found.level, Level::of(found.points));
        prop_assert_eq!(&found, &priority(&situation));
    }

    #[test]
    fn severity_reach_reactions_and_waiting_never_lower_it(situation in situation(), more in 0u64..1_000_000) {
        let now = points(&situation);
        prop_assert!(points(&Situation { severe: true, ..situation }) >= now, "lower");
        let followers = situation.followers.map(|followers| followers.saturating_add(more));
        prop_assert!(points(&Situation { followers, ..situation }) >= now, "lower");
        let reactions = situation.reactions.map(|reactions| reactions + more as f64);
        prop_assert!(points(&Situation { reactions, ..situation }) >= now, "lower");
        let waited = situation.waited.map(|waited| waited.saturating_add(more as i64));
        prop_assert!(points(&Situation { waited, ..situation }) >= now, "lower");
    }

    #[test]
    fn reach_adds_a_fifth_of_a_hundred_at_most(situation in situation()) {
        let without = points(&Situation { followers: Some(0), ..situation });
        prop_assert!(points(&situation).hundredths() - without.hundredths() <= 2_000);
    }

    #[test]
    fn what_is_not_known_is_told_from_nothing(situation in situation()) {
        let nobody = priority(&Situation { followers: Some(0), ..situation });
        let unknown = priority(&Situation { followers: None, ..situation });
        prop_assert_eq!(nobody.points, unknown.points);
        prop_assert!(unknown.at_most > nobody.at_most);
    }

    #[test]
    fn learning_bears_any_corrections(all in prop::collection::vec((post(), prop::sample::select(vec!["complaint", "other", "own"])), 0..60)) {
        let corrections: Vec<Correction> =
            all.into_iter().map(|(text, class)| Correction { text, class: class.to_owned() }).collect();
        let model = Model::train(&corrections, classes());
        prop_assert_eq!(model.trial(), Model::train(&corrections, classes()).trial());
        for one in corrections.iter().take(3) {
            let judged = classes().judge(&one.text);
            let (class, chances) = model.judge(&one.text, &judged, classes());
            prop_assert!(model.is_on() || (class == judged.class && chances.is_empty()));
            let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
            prop_assert!(chances.is_empty() || (sum - 1.0).abs() < 1e-6);
        }
    }
}
