//! Remarks in a text that switch rules off and on: `<!-- vale off -->`, `<!-- vale Style.Rule = NO -->`.

use std::collections::BTreeMap;

/// What is switched off at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::voice::vale) struct Controls {
    /// Everything.
    pub off: bool,
    /// Rules, styles, and matches of a rule: `Style.Rule[match]`.
    keys: BTreeMap<String, bool>,
}

/// A stretch of the file in which something is switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::voice::vale) struct Region {
    key: String,
    start: usize,
    end: Option<usize>,
}

impl Controls {
    /// Everything on, or everything off.
    pub fn all(off: bool) -> Self {
        Self { off, keys: BTreeMap::new() }
    }

    /// True when `rule` does not speak here.
    pub fn silence(&self, rule: &str) -> bool {
        let style = rule.split('.').next().unwrap_or(rule);
        self.off || self.is_off(rule) || self.is_off(style)
    }

    /// True when `rule` does not speak of `matched` here.
    pub fn silence_match(&self, rule: &str, matched: &str) -> bool {
        !self.keys.is_empty() && self.is_off(&format!("{rule}[{matched}]"))
    }

    fn is_off(&self, key: &str) -> bool {
        self.keys.get(key).copied().unwrap_or(false)
    }

    /// Takes a remark that stands at `at`.
    pub fn read(&mut self, remark: &str, at: usize, regions: &mut Vec<Region>) {
        let Some(rest) = remark.trim().strip_prefix("vale ") else { return };
        match rest {
            "off" => self.off = true,
            "on" => self.off = false,
            _ => {
                let Some((key, value)) = rest.split_once(" = ") else { return };
                if key == "style" || key == "styles" {
                    return self.restrict(value);
                }
                let off = match value {
                    "NO" | "off" => true,
                    "YES" | "on" => false,
                    _ => return,
                };
                for key in keys(key) {
                    if off {
                        if !regions.iter().any(|region| region.key == key && region.end.is_none()) {
                            regions.push(Region { key: key.clone(), start: at, end: None });
                        }
                    } else if let Some(open) = regions.iter_mut().find(|r| r.key == key && r.end.is_none()) {
                        open.end = Some(at);
                    }
                    self.keys.insert(key, off);
                }
            }
        }
    }

    /// Only these styles speak from here on. The others are told by a key that no style has.
    fn restrict(&mut self, styles: &str) {
        self.keys.insert(OTHERS.to_owned(), true);
        for style in styles.split(',') {
            self.keys.insert(style.trim().to_owned(), false);
        }
    }

    /// True when a style is left out by a remark that names others.
    pub fn leaves_out(&self, rule: &str) -> bool {
        let style = rule.split('.').next().unwrap_or(rule);
        self.is_off(OTHERS) && self.keys.get(style) != Some(&false)
    }
}

const OTHERS: &str = "=";

/// `Style.Rule["a","b"]` as one key for each word.
fn keys(key: &str) -> Vec<String> {
    let list = key.split_once('[').filter(|_| key.ends_with(']'));
    let words = list.and_then(|(_, words)| serde_json::from_str::<Vec<String>>(&format!("[{words}")).ok());
    match (list, words) {
        (Some((rule, _)), Some(words)) => words.into_iter().map(|word| format!("{rule}[{word}]")).collect(),
        _ => vec![key.to_owned()],
    }
}

impl Region {
    /// True when it keeps `rule` from telling of `matched` at `at`.
    pub fn silences(&self, rule: &str, matched: &str, at: usize) -> bool {
        let style = rule.split('.').next().unwrap_or(rule);
        let named = self.key == rule || self.key == style || self.key == format!("{rule}[{matched}]");
        named && self.start <= at && self.end.is_none_or(|end| at < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks() {
        let (mut controls, mut regions) = (Controls::default(), Vec::new());
        controls.read("vale A.One = NO", 10, &mut regions);
        assert!(controls.silence("A.One") && !controls.silence("A.Two"));
        controls.read("vale A.One = YES", 30, &mut regions);
        assert!(!controls.silence("A.One"));
        assert!(regions[0].silences("A.One", "", 20) && !regions[0].silences("A.One", "", 30));
        controls.read("vale A.One[\"x\",\"y\"] = NO", 40, &mut regions);
        assert!(controls.silence_match("A.One", "y") && !controls.silence_match("A.One", "z"));
        controls.read("vale B = NO", 50, &mut regions);
        assert!(controls.silence("B.Any"));
        controls.read("vale off", 60, &mut regions);
        assert!(controls.silence("A.Two"));
        controls.read("vale on", 70, &mut regions);
        controls.read("vale styles = C, D", 80, &mut regions);
        assert!(!controls.leaves_out("C.Any") && controls.leaves_out("E.Any"));
        controls.read("a plain remark", 90, &mut regions);
    }
}
