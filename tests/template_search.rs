//! Search over any library and any words: stable, folded, never failing.

use proptest::prelude::*;
use rejoinder::template::{Index, Query, Template};

fn template() -> impl Strategy<Value = Template> {
    ("[a-zñé]{0,8}", "[A-Za-zÑé ]{0,20}", "[a-z ]{0,10}", "[a-zñ ,.]{0,60}").prop_map(|(trigger, title, tag, body)| {
        Template { trigger: Some(trigger), title, tags: vec![tag], body, ..Template::default() }
    })
}

proptest! {
    #[test]
    fn answers_are_ranked_stable_and_deterministic(library in prop::collection::vec(template(), 0..20), words in "\\PC{0,12}") {
        let index = Index::new(&library);
        let query = Query { words: &words, ..Query::default() };
        let hits = index.find(&query, 100);
        prop_assert_eq!(&hits, &index.find(&query, 100));
        for pair in hits.windows(2) {
            prop_assert!(pair[0].score > pair[1].score || (pair[0].score == pair[1].score && pair[0].index < pair[1].index));
        }
    }

    #[test]
    fn a_templates_own_words_find_it(library in prop::collection::vec(template(), 1..20), pick in any::<prop::sample::Index>()) {
        let at = pick.index(library.len());
        let index = Index::new(&library);
        for words in [library[at].title.clone(), library[at].title.to_uppercase(), library[at].trigger.clone().unwrap()] {
            let hits = index.find(&Query { words: &words, ..Query::default() }, 100);
            prop_assert!(hits.iter().any(|h| h.index == at), "{:?}", words);
        }
    }
}
