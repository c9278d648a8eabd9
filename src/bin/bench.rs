//! The engines and the storage of the background, without the rest around them: what `tests/bench` measures beside peers in one
//! page. Never shipped.
#![allow(missing_docs)]

#[cfg(target_arch = "wasm32")]
mod engines {
    use std::collections::BTreeSet;

    use rejoinder::brain::{Batch, Facts, Reads};
    use rejoinder::browser::idb::Fault;
    use rejoinder::browser::normal;
    use rejoinder::browser::store::Storage;
    use rejoinder::json;
    use rejoinder::log::Event;
    use rejoinder::people::{Caps, Seen, influence};
    use rejoinder::template::{self, Context, Index, Template, render};
    use rejoinder::triage::Classes;
    use rejoinder::triage::watch::{Looked, Query, Terms, parse};
    use rejoinder::voice::spelling::hunspell::Dictionaries;
    use rejoinder::voice::spelling::{self, Asked};
    use rejoinder::voice::{Checker, Input, Switches, bundled};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    /// The voice checker.
    #[wasm_bindgen]
    pub struct Voice {
        checker: Checker,
        dictionaries: Dictionaries,
    }

    #[wasm_bindgen]
    impl Voice {
        /// `packs`: the package's file of them. `rules`: `some` = those that are on by themselves, `spelling` = spelling too,
        /// `words` = spelling alone, `every`.
        #[wasm_bindgen(constructor)]
        pub fn new(packs: String, rules: &str) -> Self {
            normal::hand_in();
            bundled::FILE.hand_in(packs);
            let on = BTreeSet::from([spelling::RULE.to_owned()]);
            let switches = match rules {
                "every" => Switches::every(),
                "spelling" => Switches { on, ..Switches::default() },
                "words" => Switches { on, packs: Some(BTreeSet::new()), ..Switches::default() },
                _ => Switches::default(),
            };
            Self { checker: Checker::new(bundled::bundled(), &switches), dictionaries: Dictionaries::default() }
        }

        pub fn rules(&self) -> usize {
            self.checker.rules()
        }

        /// Number of findings.
        pub fn check(&self, text: &str) -> usize {
            self.checker.check(&Input { text, network: NETWORK, ..Input::default() }).len()
        }

        /// Files of the dictionaries that `text` needs and nobody has read, with spaces between them: affixes first.
        pub fn missing(&self, text: &str) -> String {
            let Err(speech) = self.dictionaries.unknown(&asked(text)) else { return String::new() };
            let files = speech.files();
            [&[files.affixes], files.words].concat().join(" ")
        }

        /// Reads them.
        pub fn learn(&mut self, text: &str, affixes: &str, words: Vec<String>) {
            if let Some(speech) = asked(text).speech() {
                self.dictionaries.load(speech, affixes, &words);
            }
        }

        /// Number of findings, spelling among them.
        pub fn spelled(&self, text: &str) -> usize {
            let mut findings = self.checker.check(&Input { text, network: NETWORK, ..Input::default() });
            if let Some(rule) = self.checker.spelling(NETWORK, false) {
                let unknown = self.dictionaries.unknown(&asked(text)).unwrap_or_default();
                spelling::add(&mut findings, rule, NETWORK, unknown);
            }
            findings.len()
        }
    }

    const NETWORK: Option<&str> = Some("x");

    fn asked(text: &str) -> Asked {
        Asked { text: text.to_owned(), ..Asked::default() }
    }

    /// A library to search.
    #[wasm_bindgen]
    pub struct Library(Index);

    #[wasm_bindgen]
    impl Library {
        /// `templates`: records as JSON.
        #[wasm_bindgen(constructor)]
        pub fn new(templates: &str) -> Self {
            Self(Index::new(&json::read::<Vec<Template>>(templates).unwrap_or_default()))
        }

        /// The places of the best matches in the library.
        pub fn find(&self, words: &str) -> Vec<u32> {
            let query = template::Query { words, ..template::Query::default() };
            self.0.find(&query, 50).into_iter().map(|hit| hit.index as u32).collect()
        }
    }

    /// Watch terms, and what else is asked of a post that is seen.
    #[wasm_bindgen]
    pub struct Listening {
        terms: Terms,
        classes: Classes,
    }

    #[wasm_bindgen]
    impl Listening {
        /// `packs`: the package's file of them. `terms`: one a line.
        #[wasm_bindgen(constructor)]
        pub fn new(packs: String, terms: &str) -> Self {
            normal::hand_in();
            bundled::FILE.hand_in(packs);
            let queries: Vec<Query> = terms.lines().filter_map(|term| parse(term).ok()).collect();
            let classes = Classes::new(bundled().iter().flat_map(|pack| &pack.incoming));
            Self { terms: Terms::new(&queries), classes }
        }

        pub fn terms(&self) -> usize {
            self.terms.len()
        }

        /// Number of terms that hold for a post.
        pub fn find(&self, post: &str) -> usize {
            self.terms.find(&Looked { text: post, ..Looked::default() }).len()
        }

        /// The same, with the post's class and its author's influence.
        pub fn whole(&self, post: &str, followers: f64, reactions: f64) -> usize {
            let seen = Seen { followers: Some(followers as u64), engagements: vec![reactions; 6], ..Seen::default() };
            let score = influence(&seen, Caps::default()).score.map_or(0, |score| usize::from(score.rounded()));
            let class = self.classes.of(post).map_or(0, str::len);
            self.find(post) + usize::from(class + score == usize::MAX)
        }
    }

    /// Stores events (JSON, one a line) in a workspace's log, as the background stores a file of them. Milliseconds of
    /// each part: reading the text, looking up what is stored, folding, writing until it lasts.
    #[wasm_bindgen]
    pub async fn store(workspace: String, lines: String) -> Result<Vec<f64>, JsValue> {
        let told = |Fault(name)| JsValue::from_str(&name);
        let storage = Storage::default();
        storage.load(&workspace).await.map_err(told)?;
        let mut marks = vec![now()];
        let events: Vec<Event> = lines.lines().filter_map(|line| Event::from_text(line).ok()).collect();
        let reads = Reads { incoming: events.clone(), writes: true, ..Reads::default() };
        marks.push(now());
        let mut batch = None;
        let decide = |mut facts: Facts| {
            marks.push(now());
            events.iter().for_each(|event| facts.fold.apply(event));
            let last = events.last().map(|event| event.hlc).unwrap_or_default();
            let changes = facts.fold.take_changes();
            marks.push(now());
            Some(&*batch.insert(Batch { events, changes, last, ..Batch::default() }))
        };
        storage.work(&workspace, &reads, Facts::default(), decide).await.map_err(told)?;
        marks.push(now());
        Ok(marks.windows(2).map(|pair| pair[1] - pair[0]).collect())
    }

    /// Fills a template for an author of this name.
    #[wasm_bindgen]
    pub fn fill(body: &str, name: &str) -> String {
        let mut context = Context::default();
        context.author.name = Some(name.to_owned());
        context.brand.name = Some("Nimbus Coffee".to_owned());
        render(body, &context).map(|rendered| rendered.text).unwrap_or_default()
    }
}

fn main() {}
