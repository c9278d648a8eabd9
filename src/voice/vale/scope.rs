//! What part of a document a rule looks at: `heading.h1`, `list & ~blockquote`, `text`.

/// The scopes a rule names; one of them is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scopes(Vec<Vec<Term>>);

/// A scope's name, or that it must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    sections: Vec<String>,
    not: bool,
}

impl Scopes {
    /// Reads the scopes of a rule; else what is wrong with them.
    pub fn new(scopes: &[String]) -> Result<Self, String> {
        let mut all = Vec::with_capacity(scopes.len());
        for scope in scopes {
            let terms: Vec<Term> = scope.split('&').map(Term::new).collect();
            if let Some(term) = terms.iter().find(|term| term.sections.iter().any(|name| name.contains(' '))) {
                return Err(format!("the scope \"{}\" holds a space", term.sections.join(".")));
            }
            all.push(terms);
        }
        Ok(Self(all))
    }

    /// One scope.
    pub fn one(name: &str) -> Self {
        Self(vec![vec![Term::new(name)]])
    }

    /// True for a block of this scope, such as `text.heading.h1.md`.
    pub fn take(&self, block: &str) -> bool {
        let sections: Vec<&str> = block.split('.').collect();
        let has = |name: &str| sections.contains(&name);
        let sentence = block.starts_with("sentence.");
        self.0.iter().any(|terms| {
            // What is true of a block is told of the block, not of each of its sentences again.
            if sentence && !terms.iter().any(|term| !term.not && term.sections.iter().any(|name| name == "sentence")) {
                return false;
            }
            terms.iter().all(|term| {
                let all = term.sections.iter().all(|name| has(name));
                if term.not { !all && !has("raw") && !has("summary") } else { all }
            })
        })
    }

    /// True when `name` is asked for.
    pub fn name(&self, name: &str) -> bool {
        self.0.iter().flatten().any(|term| !term.not && term.sections.first().is_some_and(|first| first == name))
    }
}

impl Term {
    fn new(text: &str) -> Self {
        let text = text.trim();
        let (not, text) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
        Self { sections: text.split('.').map(|name| name.trim().to_owned()).collect(), not }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors() {
        let cases: [(&[&str], &str, bool); 14] = [
            (&["text"], "text.md", true),
            (&["text"], "text.heading.h1.md", true),
            (&["text"], "raw.md", false),
            (&["heading"], "text.heading.h2.md", true),
            (&["heading.h1"], "text.heading.h2.md", false),
            (&["text.md"], "text.txt", false),
            (&["raw", "list"], "text.list.md", true),
            (&["~heading"], "text.md", true),
            (&["~heading"], "text.heading.h1.md", false),
            (&["~heading"], "raw.md", false),
            (&["text & ~list & ~heading"], "text.list.md", false),
            (&["text"], "sentence.text.md", false),
            (&["sentence"], "sentence.text.md", true),
            (&["sentence & ~list"], "sentence.text.list.md", false),
        ];
        for (scopes, block, expect) in cases {
            let names: Vec<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(Scopes::new(&names).unwrap().take(block), expect, "{scopes:?} {block}");
        }
        assert!(Scopes::new(&["a b".to_owned()]).is_err());
    }
}
