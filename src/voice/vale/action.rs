//! What a rule offers instead of what it found. Scripts are not run, spellings are the caller's.

use super::node::Node;
use super::pattern::Pattern;

/// An `action`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Action {
    pub name: String,
    pub params: Vec<String>,
}

impl Action {
    /// Reads the value of `action`.
    pub fn read(node: &Node) -> Result<Self, String> {
        let Node::Map(map) = node else {
            return if *node == Node::Null { Ok(Self::default()) } else { Err("\"action\" needs a name".to_owned()) };
        };
        let mut action = Self::default();
        for (key, value) in map {
            match key.to_lowercase().as_str() {
                "name" => action.name = value.text().map_err(str::to_owned)?,
                "params" => action.params = value.texts().map_err(|what| format!("\"params\": {what}"))?,
                _ => return Err(format!("\"action\" has no key \"{key}\"")),
            }
        }
        Ok(action)
    }

    /// What may stand in the place of `matched`; an empty text takes it out.
    pub fn suggestions(&self, matched: &str) -> Vec<String> {
        match self.name.as_str() {
            "replace" => self.params.clone(),
            "remove" => vec![String::new()],
            "convert" if self.params.first().is_some_and(|what| what == "simple") => vec![simple(matched)],
            "convert" => vec![matched.to_owned()],
            "edit" => self.edit(matched).into_iter().map(|text| text.trim().to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    fn edit(&self, matched: &str) -> Option<String> {
        let params: Vec<&str> = self.params.iter().map(String::as_str).collect();
        Some(match params[..] {
            ["regex" | "replace", pattern, with] => Pattern::new(pattern).ok()?.replace_all(matched, with),
            ["remove", what] => matched.replace(what, ""),
            ["trim", set] => matched.trim_matches(|c| set.contains(c)).to_owned(),
            ["trim_left", set] => matched.trim_start_matches(|c| set.contains(c)).to_owned(),
            ["trim_right", set] => matched.trim_end_matches(|c| set.contains(c)).to_owned(),
            ["truncate", at] => matched.split(at).next()?.to_owned(),
            ["split", at, nth] => matched.split(at).nth(nth.parse().ok()?)?.to_owned(),
            _ => return None,
        })
    }
}

/// `fooBar-baz` as `foo bar baz`.
fn simple(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase()) {
            out.push(' ');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        before = c;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions() {
        let cases: [(&str, &[&str], &str, &[&str]); 11] = [
            ("replace", &["a", "b"], "x", &["a", "b"]),
            ("remove", &[], "x", &[""]),
            ("convert", &["simple"], "someName-here", &["some name here"]),
            ("edit", &["regex", "(\\w)\\.", "$1"], "e.g.", &["eg"]),
            ("edit", &["trim", "!."], "!hi.", &["hi"]),
            ("edit", &["trim_left", "!"], "!hi!", &["hi!"]),
            ("edit", &["trim_right", "!"], "!hi!", &["!hi"]),
            ("edit", &["truncate", " "], "the the", &["the"]),
            ("edit", &["split", " ", "1"], "a b", &["b"]),
            ("edit", &["split", " ", "7"], "a b", &[]),
            ("suggest", &["spellings"], "teh", &[]),
        ];
        for (name, params, matched, expect) in cases {
            let params = params.iter().map(|p| (*p).to_owned()).collect();
            assert_eq!(Action { name: name.into(), params }.suggestions(matched), expect, "{name}");
        }
    }
}
