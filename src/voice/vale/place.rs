//! Where in a folder a setup begins: archives and chosen folders wrap it in folders of their own.

use super::Files;
use super::load::CONFIGURATIONS;

/// Whether a setup reads a file of this path at all.
pub fn is_read(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    CONFIGURATIONS.contains(&name) || name.ends_with(".yml") || name.ends_with(".txt")
}

impl Files {
    /// The same files by their paths below the folder that holds the configuration; without one, below that of the
    /// styles. What lies elsewhere is left out. Rules in no folder are the style `name`.
    #[must_use]
    pub fn settled(self, name: &str) -> Self {
        let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        let depth =
            |folder: &String| (if folder.is_empty() { 0 } else { 1 + folder.matches('/').count() }, folder.clone());
        let configured =
            self.0.keys().filter(|path| CONFIGURATIONS.iter().any(|name| path.rsplit('/').next() == Some(name)));
        let root = configured.map(|path| folder(path)).min_by_key(depth).or_else(|| {
            let rules = self.0.iter().filter(|(path, text)| path.ends_with(".yml") && is_rule(text));
            let style = rules.map(|(path, _)| folder(path)).min_by_key(depth)?;
            Some(folder(&style))
        });
        let bare = |path: &str| !path.contains('/') && path.ends_with(".yml");
        let Some(root) = root.filter(|root| !root.is_empty()) else {
            let under = |path: String| if bare(&path) && !name.is_empty() { format!("{name}/{path}") } else { path };
            return Self(self.0.into_iter().map(|(path, text)| (under(path), text)).collect());
        };
        let below = |path: String| path.strip_prefix(&root)?.strip_prefix('/').map(str::to_owned);
        Self(self.0.into_iter().filter_map(|(path, text)| Some((below(path)?, text))).collect())
    }
}

/// Workflows of a repository are YAML too.
fn is_rule(text: &str) -> bool {
    text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with("extends:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setup_is_found_wherever_it_is_wrapped() {
        let rule = "extends: existence\nmessage: m\ntokens: [a]\n";
        let cases: [(&[&str], &[&str]); 6] = [
            (&["repo-main/.vale.ini", "repo-main/styles/House/A.yml"], &[".vale.ini", "styles/House/A.yml"]),
            (
                &["styles/House/A.yml", "styles/config/vocabularies/Us/accept.txt"],
                &["House/A.yml", "config/vocabularies/Us/accept.txt"],
            ),
            (&["Google/A.yml", "Google/sub/B.yml"], &["Google/A.yml", "Google/sub/B.yml"]),
            (&["x/y/Google/A.yml", "x/y/Other/deep/B.yml"], &["Google/A.yml", "Other/deep/B.yml"]),
            (&["A.yml"], &["House/A.yml"]),
            (&[], &[]),
        ];
        for (given, expect) in cases {
            let files: Files = given.iter().map(|path| (*path, rule)).collect();
            let settled = files.settled("House");
            assert_eq!(settled.0.keys().collect::<Vec<_>>(), expect, "{given:?}");
        }
        let files: Files = [("r/.github/workflows/ci.yml", "on: push\n"), ("r/S/A.yml", rule)].into_iter().collect();
        assert_eq!(files.settled("").0.keys().collect::<Vec<_>>(), [".github/workflows/ci.yml", "S/A.yml"]);
    }
}
