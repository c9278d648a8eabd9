//! `spelling`: words that no dictionary knows. The dictionaries are the rule's own, from the setup, or the one that whoever
//! checks brings for rules that name none; what a rule asks to be suggested is left to whoever shows its findings.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::voice::vale::clean;
use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::pattern::Pattern;
use crate::voice::vale::rule::{About, Hit};

/// Words in mixed case, words that end in capitals, and whatever holds more than ASCII letters: Vale leaves them alone.
const FILTERS: [&str; 3] = ["[A-Z][a-z]+[A-Z]+[a-zA-Z0-9_]+", "[A-Z]+$", "[^a-zA-Z_']"];

/// Where dictionaries are looked for below the styles, and lists of words.
const DICTIONARIES: &str = "config/dictionaries";
const LISTS: &str = "config/ignore";

pub(in crate::voice::vale) struct Spelling {
    dictionaries: Vec<spellbook::Dictionary>,
    /// Words that are right, as they are written and in small letters.
    known: HashSet<String>,
    filters: Vec<Pattern>,
    exceptions: Arc<Exceptions>,
}

impl fmt::Debug for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spelling").field("known", &self.known).field("filters", &self.filters).finish_non_exhaustive()
    }
}

impl Spelling {
    /// `Ok(None)`: it needs the dictionary that nobody brought.
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Option<Self>, String> {
        let own = keys.texts("exceptions")?;
        let vocab = keys.truth("vocab", true)?;
        let mut sources = keys.texts("filters")?;
        if !keys.truth("custom", false)? {
            sources.extend(FILTERS.map(str::to_owned));
        }
        let filters = sources.iter().map(|source| Pattern::new(source)).collect::<Result<_, _>>()?;
        let mut dictionaries = own_dictionaries(keys, around)?;
        if keys.truth("append", false)? || dictionaries.is_empty() {
            match &around.shelf.standard {
                Some((affixes, words)) => dictionaries.push(dictionary("the dictionary", affixes, words)?),
                None if dictionaries.is_empty() => return Ok(None),
                None => {}
            }
        }
        let mut known = HashSet::new();
        for list in keys.texts("ignore")? {
            let folders = ["", around.shelf.styles.as_str(), &format!("{}/{LISTS}", around.shelf.styles)];
            let found = folders.iter().find_map(|folder| around.shelf.files.get(&clean(&format!("{folder}/{list}"))));
            known.extend(found.iter().flat_map(|text| text.lines()).map(|word| word.trim().to_lowercase()));
        }
        known.remove("");
        Ok(Some(Self { dictionaries, known, filters, exceptions: around.exceptions(&own, vocab)? }))
    }

    pub fn run(&self, about: &About, text: &str) -> Vec<Hit> {
        let unknown = words(text).filter(|&(start, end)| !self.knows(&text[start..end].replace('’', "'")));
        unknown.map(|(start, end)| about.hit(text, start, end)).collect()
    }

    fn knows(&self, word: &str) -> bool {
        self.filters.iter().any(|filter| filter.is_in(word))
            || self.known.contains(&word.to_lowercase())
            || self.dictionaries.iter().any(|dictionary| dictionary.check(word))
            || self.exceptions.hold(word)
    }
}

/// The dictionaries that a rule names: by their names in its folder or that of the styles, or by the paths of their files.
fn own_dictionaries(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Vec<spellbook::Dictionary>, String> {
    let styles = &around.shelf.styles;
    let folder = keys.text("dicpath")?.unwrap_or_default();
    let folders = [folder.clone(), format!("{styles}/{folder}"), format!("{styles}/{DICTIONARIES}"), styles.clone()];
    let file = |path: &str| {
        let places = folders.iter().map(|folder| clean(&format!("{folder}/{path}"))).chain([clean(path)]);
        places.into_iter().find_map(|place| around.shelf.files.get(&place))
    };
    let both = |name: &str, affixes: &str, words: &str| {
        let files = file(affixes).zip(file(words));
        let (affixes, words) = files.ok_or_else(|| format!("there is no dictionary \"{name}\""))?;
        dictionary(name, affixes, words)
    };
    let mut found = Vec::new();
    for name in keys.texts("dictionaries")? {
        found.push(both(&name, &format!("{name}.aff"), &format!("{name}.dic"))?);
    }
    if let (Some(affixes), Some(words)) = (keys.text("aff")?, keys.text("dic")?) {
        found.push(both(&words, &affixes, &words)?);
    }
    Ok(found)
}

fn dictionary(name: &str, affixes: &str, words: &str) -> Result<spellbook::Dictionary, String> {
    spellbook::Dictionary::new(affixes, words).map_err(|error| format!("\"{name}\" is no Hunspell dictionary: {error}"))
}

/// What stands between white space, without the marks at its ends.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let before = |c: char| "$([{<\"'“‘«".contains(c);
    let after = |c: char| ",)]}>\"'!;.?:…”’»".contains(c);
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |token| {
        let start = at;
        at += token.len() + text[at + token.len()..].chars().next().map_or(0, char::len_utf8);
        let kept = token.trim_start_matches(before);
        let from = start + token.len() - kept.len();
        let word = kept.trim_end_matches(after);
        (!word.is_empty()).then_some((from, from + word.len()))
    })
}
