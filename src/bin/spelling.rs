//! The speller: words against dictionaries, a module of its own that the background loads when a reply is first checked.
//! It holds nothing but the dictionaries it has read; what it loses with the background it reads again.

#[cfg(target_arch = "wasm32")]
mod speller {
    use std::cell::RefCell;

    use rejoinder::browser::{normal, package};
    use rejoinder::json;
    use rejoinder::voice::spelling::hunspell::Dictionaries;
    use rejoinder::voice::spelling::{Asked, Speech};
    use wasm_bindgen::prelude::*;

    thread_local! {
        static DICTIONARIES: RefCell<Dictionaries> = RefCell::default();
    }

    /// What `asked` needs to be read first.
    fn missing(asked: &str) -> Option<Speech> {
        let asked: Asked = json::read(asked)?;
        DICTIONARIES.with_borrow(|dictionaries| dictionaries.unknown(&asked).err())
    }

    /// Reads what `asked` needs from the package.
    #[wasm_bindgen]
    pub async fn prepare(asked: String) {
        normal::hand_in();
        let Some(speech) = missing(&asked) else { return };
        let files = speech.files();
        let coming = |name: &&str| package::file(&format!("dictionaries/{name}"));
        let affixes = coming(&files.affixes);
        let parts: Vec<_> = files.words.iter().map(coming).collect();
        let mut words = Vec::new();
        for part in parts {
            words.push(part.text().await);
        }
        let affixes = affixes.text().await;
        DICTIONARIES.with_borrow_mut(|dictionaries| dictionaries.load(speech, &affixes, &words));
    }

    /// The unknown words of `asked`, as JSON; nothing when it needs a dictionary that has not been read.
    #[wasm_bindgen]
    pub fn check(asked: &str) -> Option<String> {
        // Something that nobody understands needs no dictionary.
        let Some(asked) = json::read::<Asked>(asked) else { return Some("[]".to_owned()) };
        let unknown = DICTIONARIES.with_borrow(|dictionaries| dictionaries.unknown(&asked)).ok()?;
        serde_json::to_string(&unknown).ok()
    }

    /// What may stand for a word of `asked`.
    #[wasm_bindgen]
    pub fn suggest(asked: &str, word: &str) -> Vec<String> {
        let asked: Asked = json::read(asked).unwrap_or_default();
        DICTIONARIES.with_borrow(|dictionaries| dictionaries.suggest(&asked, word))
    }
}

fn main() {}
