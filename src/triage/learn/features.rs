//! What a model learns from: words, pairs of words, and what the cues found. Every feature has a name that people can read.

use std::collections::BTreeMap;

use super::super::Classes;
use super::super::plain::Plain;
use crate::voice::fold::is_word;
use crate::voice::mask::MaskKind;

/// What a find of a cue weighs against a word: cues are few and known to matter.
const CUE: f64 = 1.0;
/// How far the points of a class count, either way.
const MOST_POINTS: f64 = 3.0;

/// The features of a post, by name.
pub fn features(post: &str, classes: &Classes) -> BTreeMap<String, f64> {
    let plain = Plain::new(post);
    let words = words(&plain);
    let mut features: BTreeMap<String, f64> = BTreeMap::new();
    for pair in words.windows(2) {
        features.insert(format!("{} {}", pair[0], pair[1]), 0.5);
    }
    for word in words {
        features.insert(word, 1.0);
    }
    let judged = classes.judge(post);
    for reason in &judged.reasons {
        let turned = if reason.negated { "not " } else { "" };
        let finds = reason.words.len().max(1) as f64;
        *features.entry(format!("[{turned}{}]", reason.cue)).or_default() += CUE * finds.sqrt();
    }
    for (class, points) in &judged.scores {
        let points = points.value().clamp(-MOST_POINTS, MOST_POINTS);
        if points != 0.0 {
            features.insert(points_for(class), points);
        }
    }
    features
}

/// The feature that the points of a class are.
pub fn points_for(class: &str) -> String {
    format!("[points for {class}]")
}

/// Words in order; handles, addresses and figures are one word each, whatever they are.
fn words(plain: &Plain) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut end = 0;
    for (at, c) in plain.text.char_indices() {
        if at < end {
            continue;
        }
        if let Some(mask) = plain.mask(at) {
            let kind = match mask.kind {
                MaskKind::Handle => Some("{handle}"),
                MaskKind::Url | MaskKind::Email => Some("{address}"),
                MaskKind::Emoji => Some(&plain.text[mask.start..mask.end]),
                MaskKind::Tag | MaskKind::Variable | MaskKind::Signature => None,
            };
            if let Some(kind) = kind {
                words.push(kind.to_owned());
                end = mask.end;
                continue;
            }
        }
        if !is_word(c) {
            if matches!(c, '?' | '!') {
                words.push(c.to_string());
            }
            continue;
        }
        let rest = &plain.text[at..];
        let word = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        words.push(if word.starts_with(|c: char| c.is_ascii_digit()) {
            "{number}".to_owned()
        } else {
            word.to_owned()
        });
        end = at + word.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_for_themselves_and_names_for_their_kind() {
        let words = words(&Plain::new("@acme Can’t log in 2x, see http://a.com 😀!"));
        assert_eq!(words, ["{handle}", "cant", "log", "in", "{number}", "see", "{address}", "😀", "!"]);
    }

    #[test]
    fn pairs_and_points_are_features_too() {
        let features = features("so late", &Classes::default());
        assert_eq!(features.keys().collect::<Vec<_>>(), ["[points for other]", "late", "so", "so late"]);
    }
}
