//! The engines of the background, without the browser around them: what `tests/bench` measures beside its peers in one
//! page. Never shipped.
#![allow(missing_docs)]

#[cfg(target_arch = "wasm32")]
mod engines {
    use rejoinder::browser::normal;
    use rejoinder::json;
    use rejoinder::template::{Context, Index, Query, Template, render};
    use rejoinder::voice::{Checker, Input, Switches, bundled};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The voice checker with the rules that are on by themselves, or with every rule.
    #[wasm_bindgen]
    pub struct Voice(Checker);

    #[wasm_bindgen]
    impl Voice {
        /// `packs`: the package's file of them.
        #[wasm_bindgen(constructor)]
        pub fn new(packs: String, every: bool) -> Self {
            normal::hand_in();
            bundled::FILE.hand_in(packs);
            let switches = if every { Switches::every() } else { Switches::default() };
            Self(Checker::new(bundled::bundled(), &switches))
        }

        pub fn rules(&self) -> usize {
            self.0.rules()
        }

        /// Number of findings.
        pub fn check(&self, text: &str) -> usize {
            self.0.check(&Input { text, network: Some("x"), ..Input::default() }).len()
        }
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
            let query = Query { words, ..Query::default() };
            self.0.find(&query, 50).into_iter().map(|hit| hit.index as u32).collect()
        }
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
