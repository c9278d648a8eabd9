//! What influence promises: it grows with what it counts, and with nothing else.

use proptest::prelude::*;
use rejoinder::message::Lang;
use rejoinder::people::{Caps, Influence, Seen, influence};

fn seen() -> impl Strategy<Value = Seen> {
    let followers = prop::option::of(prop_oneof![0u64..100, 100u64..100_000, any::<u64>()]);
    let engagements = prop::collection::vec(prop_oneof![0u32..20, 0u32..1_000_000].prop_map(f64::from), 0..20);
    (followers, engagements, prop::option::of(0u32..100)).prop_map(|(followers, engagements, age_days)| Seen {
        followers,
        engagements,
        posts_seen: None,
        age_days,
    })
}

fn score(seen: &Seen) -> Influence {
    influence(seen, Caps::default())
}

proptest! {
    #[test]
    fn more_followers_never_lower_it(seen in seen(), more in 0u64..1_000_000) {
        let mut bigger = seen.clone();
        bigger.followers = seen.followers.map(|f| f.saturating_add(more));
        prop_assert!(score(&bigger).score >= score(&seen).score);
    }

    #[test]
    fn more_reactions_to_any_post_never_lower_it(seen in seen(), pick in any::<prop::sample::Index>(), more in 0u32..100_000) {
        let mut livelier = seen.clone();
        if !livelier.engagements.is_empty() {
            let at = pick.index(livelier.engagements.len());
            livelier.engagements[at] += f64::from(more);
        }
        prop_assert!(score(&livelier).score >= score(&seen).score);
    }

    #[test]
    fn the_order_of_posts_does_not_matter((seen, order) in seen().prop_flat_map(|s| (Just(s.clone()), Just(s.engagements).prop_shuffle()))) {
        let mut shuffled = seen.clone();
        shuffled.engagements = order;
        prop_assert_eq!(score(&seen), score(&shuffled));
    }

    #[test]
    fn it_lies_in_its_range_and_the_range_in_0_to_100(seen in seen()) {
        let i = score(&seen);
        if let Some(score) = i.score {
            prop_assert!(i.low <= score && score <= i.high);
        }
        prop_assert!(i.low.value() >= 0.0 && i.high.value() <= 100.0);
        let is_known = seen.followers.is_some() && !seen.engagements.is_empty();
        prop_assert_eq!(is_known, i.low == i.high && i.score.is_some());
    }

    #[test]
    fn what_is_learnt_later_stays_in_the_range(seen in seen()) {
        let known = score(&seen);
        for hidden in [Seen { followers: None, ..seen.clone() }, Seen { engagements: Vec::new(), ..seen.clone() }] {
            let before = score(&hidden);
            if let Some(learnt) = known.score {
                prop_assert!(before.low.value() <= learnt.value() + 1e-9 && learnt.value() <= before.high.value() + 1e-9);
            }
        }
    }

    #[test]
    fn the_halves_shown_make_the_total_shown(seen in seen()) {
        let i = score(&seen);
        if i.reach.is_some() && i.resonance.is_some() {
            let msg = i.explanation(Lang::En);
            let number = |name: &str| msg.args[name].parse::<u32>().unwrap();
            prop_assert_eq!((number("reach") + number("resonance")).div_ceil(2), number("score"));
            for (name, exact) in [("reach", i.reach), ("resonance", i.resonance)] {
                prop_assert!((f64::from(number(name)) - exact.unwrap().value()).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn one_viral_post_barely_moves_it(usual in 1u32..1_000, posts in 5usize..20) {
        let calm = Seen { followers: Some(5_000), engagements: vec![f64::from(usual); posts], ..Seen::default() };
        let mut viral = calm.clone();
        viral.engagements[0] = 5_000_000.0;
        prop_assert_eq!(score(&viral).score, score(&calm).score);
    }

    #[test]
    fn nothing_but_what_was_seen_decides(seen in seen()) {
        prop_assert_eq!(score(&seen), score(&seen.clone()));
        // Nobody's followers are not the same as none, and no reactions seen not the same as none given.
        let (unknown, none) = (Seen { followers: None, ..seen.clone() }, Seen { followers: Some(0), ..seen.clone() });
        prop_assert_eq!((score(&unknown).reach, score(&none).reach.map(|reach| reach.value())), (None, Some(0.0)));
        if !seen.engagements.is_empty() {
            prop_assert!(score(&unknown).high.value() >= 50.0);
        }
    }
}
