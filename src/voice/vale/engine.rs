//! What runs Vale's patterns. Pages make packs of rules and run none of them, so the engine is left out there, and a
//! pattern is taken as it stands: what becomes of it in a pack has an engine of its own to please.

#[cfg(not(feature = "cli"))]
pub(super) use absent::Engine;
#[cfg(feature = "cli")]
pub(super) use fancy::Engine;

#[cfg(feature = "cli")]
mod fancy {
    use fancy_regex::{Captures, Regex, RegexBuilder};

    use crate::voice::vale::dialect::translate;
    use crate::voice::vale::pattern::{Found, Groups, TooHard};

    /// Steps back that a single search may take: some hundredths of a second.
    const BACKTRACK: usize = 400_000;
    /// Memory for a compiled pattern; word lists of thousands of entries are usual.
    const SIZE: usize = 64 << 20;

    /// A compiled pattern.
    #[derive(Debug, Clone)]
    pub struct Engine(Regex);

    impl Engine {
        /// Compiles a pattern in Vale's dialect; else what is wrong with it.
        pub fn new(source: &str) -> Result<Option<Self>, String> {
            let mut builder = RegexBuilder::new(&translate(source));
            let built =
                builder.backtrack_limit(BACKTRACK).delegate_size_limit(SIZE).delegate_dfa_size_limit(SIZE).build();
            built.map(|regex| Some(Self(regex))).map_err(|error| short(&error.to_string()))
        }

        pub fn is_in(&self, text: &str) -> bool {
            self.0.is_match(text).unwrap_or(false)
        }

        pub fn find_all(&self, text: &str) -> Found<Vec<(usize, usize)>> {
            self.0.find_iter(text).map(|found| found.map(|m| (m.start(), m.end())).map_err(|_| TooHard)).collect()
        }

        pub fn captures_all(&self, text: &str) -> Found<Vec<Groups>> {
            let spans = |found: Captures<'_, str>| {
                (0..found.len()).map(|group| found.get(group).map(|m| (m.start(), m.end()))).collect::<Vec<_>>()
            };
            self.0.captures_iter(text).map(|found| found.map(spans).map_err(|_| TooHard)).collect()
        }

        pub fn replace_all(&self, text: &str, with: &str) -> String {
            self.0.try_replacen(text, 0, with).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
        }
    }

    fn short(text: &str) -> String {
        let line = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(200) {
            Some((cut, _)) => format!("{}…", &line[..cut]),
            None => line,
        }
    }
}

#[cfg(not(feature = "cli"))]
mod absent {
    use crate::voice::vale::pattern::{Found, Groups};

    /// There is none.
    #[derive(Debug, Clone)]
    pub enum Engine {}

    impl Engine {
        /// Takes any pattern.
        #[allow(clippy::unnecessary_wraps)]
        pub fn new(_source: &str) -> Result<Option<Self>, String> {
            Ok(None)
        }

        pub fn is_in(&self, _text: &str) -> bool {
            match *self {}
        }

        pub fn find_all(&self, _text: &str) -> Found<Vec<(usize, usize)>> {
            match *self {}
        }

        pub fn captures_all(&self, _text: &str) -> Found<Vec<Groups>> {
            match *self {}
        }

        pub fn replace_all(&self, _text: &str, _with: &str) -> String {
            match *self {}
        }
    }
}
