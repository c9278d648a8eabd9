//! Logistic regression over several classes, trained the same way each time: a fixed number of rounds over all examples,
//! steps that shrink for each weight with what it has moved (AdaGrad), weights drawn to where they began. They begin where
//! the cues stand: a point of a class speaks for that class, words for none.

use std::collections::BTreeMap;

use super::features::points_for;

/// Rounds over all examples.
const ROUNDS: usize = 100;
/// Length of a first step.
const STEP: f64 = 0.25;
/// How strongly weights are drawn to where they began, against all examples together.
const DRAW: f64 = 1.0;
/// What a point of a class is worth to it in the beginning (natural logarithm of odds).
const POINT: f64 = 1.2;
/// A feature must be seen in this many examples.
const SEEN: usize = 2;

/// An example: its features, and its class by place.
pub type Example<'a> = (&'a BTreeMap<String, f64>, usize);

/// Weights of every feature for every class.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    /// For each class.
    bias: Vec<f64>,
    /// By feature, for each class.
    by_feature: BTreeMap<String, Vec<f64>>,
}

impl Weights {
    /// Learns `classes` from examples.
    pub fn train(examples: &[Example<'_>], classes: &[String]) -> Self {
        let count = classes.len();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for name in examples.iter().flat_map(|(features, _)| features.keys()) {
            *seen.entry(name).or_default() += 1;
        }
        let known: BTreeMap<&str, usize> =
            seen.iter().filter(|(_, times)| **times >= SEEN).map(|(name, _)| *name).zip(0..).collect();
        // By example: places of its features, with their values.
        let rows: Vec<(Vec<(usize, f64)>, usize)> = examples
            .iter()
            .map(|(features, class)| {
                let length = scale(features);
                let places = features.iter().filter_map(|(name, value)| {
                    Some((*known.get(name.as_str())?, if is_cue(name) { *value } else { value * length }))
                });
                (places.collect(), *class)
            })
            .collect();
        let mut begin = vec![vec![0.0; count]; known.len()];
        for (place, class) in classes.iter().enumerate() {
            if let Some(at) = known.get(points_for(class).as_str()) {
                begin[*at][place] = POINT;
            }
        }
        let mut weights = begin.clone();
        let mut moved = vec![vec![1e-8; count]; known.len()];
        let (mut bias, mut bias_moved) = (vec![0.0; count], vec![1e-8; count]);
        for _ in 0..ROUNDS {
            let mut slopes = vec![vec![0.0; count]; known.len()];
            let mut bias_slopes = vec![0.0; count];
            for (places, class) in &rows {
                let sums =
                    (0..count).map(|c| bias[c] + places.iter().map(|(at, value)| weights[*at][c] * value).sum::<f64>());
                let chances = softmax(sums.collect());
                for (c, chance) in chances.into_iter().enumerate() {
                    let error = chance - f64::from(u8::from(c == *class));
                    bias_slopes[c] += error;
                    places.iter().for_each(|(at, value)| slopes[*at][c] += error * value);
                }
            }
            for c in 0..count {
                step(&mut bias[c], &mut bias_moved[c], bias_slopes[c]);
                for at in 0..known.len() {
                    let slope = slopes[at][c] + DRAW * (weights[at][c] - begin[at][c]);
                    step(&mut weights[at][c], &mut moved[at][c], slope);
                }
            }
        }
        let by_feature = known.into_iter().map(|(name, at)| (name.to_owned(), weights[at].clone())).collect();
        Self { bias, by_feature }
    }

    /// How likely each class is.
    pub fn chances(&self, features: &BTreeMap<String, f64>) -> Vec<f64> {
        let mut sums = self.bias.clone();
        let length = scale(features);
        for (name, value) in features {
            let value = if is_cue(name) { *value } else { value * length };
            for (sum, weight) in sums.iter_mut().zip(self.by_feature.get(name).into_iter().flatten()) {
                *sum += weight * value;
            }
        }
        softmax(sums)
    }

    /// The features that speak most for a class, with their weights.
    pub fn strongest(&self, class: usize, most: usize) -> Vec<(&str, f64)> {
        let mut all: Vec<(&str, f64)> =
            self.by_feature.iter().filter_map(|(name, weights)| Some((name.as_str(), *weights.get(class)?))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        all.retain(|(_, weight)| *weight > 0.0);
        all.truncate(most);
        all
    }
}

/// Features of cues have names in brackets.
fn is_cue(name: &str) -> bool {
    name.starts_with('[')
}

/// What the words of a post are multiplied with, so that long posts count as much as short ones.
fn scale(features: &BTreeMap<String, f64>) -> f64 {
    let squares: f64 = features.iter().filter(|(name, _)| !is_cue(name)).map(|(_, value)| value * value).sum();
    1.0 / squares.sqrt().max(1.0)
}

fn step(weight: &mut f64, moved: &mut f64, slope: f64) {
    *moved += slope * slope;
    *weight -= STEP * slope / moved.sqrt();
}

fn softmax(sums: Vec<f64>) -> Vec<f64> {
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = sums.into_iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_what_tells_classes_apart_the_same_way_each_time() {
        let post = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), 1.0)).collect::<BTreeMap<_, _>>();
        let posts = [post(&["good", "day"]), post(&["bad", "day"]), post(&["good", "tea"]), post(&["bad", "tea"])];
        let examples: Vec<Example<'_>> = posts.iter().zip([0, 1, 0, 1]).collect();
        let classes = ["praise", "complaint"].map(str::to_owned);
        let weights = Weights::train(&examples, &classes);
        assert_eq!(weights, Weights::train(&examples, &classes));
        assert!(weights.chances(&post(&["good"]))[0] > 0.6);
        assert!(weights.chances(&post(&["bad", "new"]))[1] > 0.6);
        assert_eq!(weights.strongest(0, 1)[0].0, "good");
        let chances: f64 = weights.chances(&post(&[])).iter().sum();
        assert!((chances - 1.0).abs() < 1e-9);
        assert_eq!(Weights::default().chances(&post(&["x"])), Vec::<f64>::new());
    }
}
