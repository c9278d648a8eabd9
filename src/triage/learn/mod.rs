//! What a team's corrections teach: a small linear model of its own, beside the cues and never instead of them unseen.
//!
//! It rests until it beats the cues on corrections that it had not seen, and says so with both figures. Its features are
//! words, pairs and finds of cues, each with a weight that can be listed; without corrections it is gone. Training takes no
//! time and no chance into account: the same corrections give the same model. The background's own code calls nothing here.

mod features;
mod logistic;

use std::collections::BTreeMap;

use features::features;
use logistic::{Example, Weights};

use super::{Class, Classes, Judged};
use crate::message::Msg;

/// Fewer corrections tell nothing.
pub const LEAST: usize = 40;
/// Parts of a cross-validation.
const PARTS: usize = 5;
/// Examples that a class needs to be learnt.
const OF_A_CLASS: usize = 5;
/// A missed complaint costs more than a look at praise: what a grave class may lack in chance and still be chosen (odds).
const GRAVE: f64 = 1.3;

/// What somebody of the team said a post is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The post.
    pub text: String,
    /// Its class.
    pub class: String,
}

/// How cues and model did on corrections that the model had not seen: averages over classes of the harmonic mean of
/// precision and recall.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Trial {
    /// The cues alone.
    pub cues: f64,
    /// Cues and model.
    pub learnt: f64,
    /// Of complaints alone, crises counted with them: cues.
    pub complaints_cues: f64,
    /// The same: cues and model.
    pub complaints_learnt: f64,
}

/// A model of one team.
#[derive(Debug, Default)]
pub struct Model {
    known: Vec<String>,
    weights: Weights,
    trial: Option<Trial>,
    corrections: usize,
}

impl Model {
    /// Learns from corrections; of two about one post the later counts.
    pub fn train(corrections: &[Correction], classes: &Classes) -> Self {
        let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, one) in corrections.iter().enumerate() {
            latest.insert(&one.text, place);
        }
        let kept: Vec<&Correction> = corrections
            .iter()
            .enumerate()
            .filter(|(at, one)| latest[one.text.as_str()] == *at)
            .map(|(_, one)| one)
            .collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &kept {
            *counts.entry(&one.class).or_default() += 1;
        }
        let known: Vec<String> =
            counts.iter().filter(|(_, count)| **count >= OF_A_CLASS).map(|(class, _)| (*class).to_owned()).collect();
        let taught: Vec<Taught> = kept
            .iter()
            .filter_map(|one| {
                let class = known.iter().position(|class| *class == one.class)?;
                let judged = classes.judge(&one.text);
                Some(Taught { features: features(&one.text, classes), cues: judged.class, class })
            })
            .collect();
        let corrections = kept.len();
        if taught.len() < LEAST || known.len() < 2 {
            return Self { corrections, ..Self::default() };
        }
        let trial = Some(trial(&taught, &known));
        let weights = Weights::train(&examples(&taught, |_| true), &known);
        Self { known, weights, trial, corrections }
    }

    /// True when it beats the cues.
    pub fn is_on(&self) -> bool {
        self.trial.is_some_and(|trial| trial.learnt > trial.cues)
    }

    /// How it did; `None` for too few corrections.
    pub fn trial(&self) -> Option<Trial> {
        self.trial
    }

    /// Whether it is at work, and why, in a sentence.
    pub fn state(&self) -> Msg {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        match self.trial {
            None => Msg::new("triage_model_few").with("least", LEAST),
            Some(Trial { cues, learnt, .. }) => {
                let key = if self.is_on() { "triage_model_on" } else { "triage_model_off" };
                Msg::new(key).with("cues", percent(cues)).with("learnt", percent(learnt))
            }
        }
        .with("count", self.corrections)
    }

    /// Of every class that it knows: the features that speak most for it, with their weights.
    pub fn strongest(&self, most: usize) -> Vec<(&str, Vec<(&str, f64)>)> {
        let named = self.known.iter().enumerate();
        named.map(|(place, class)| (class.as_str(), self.weights.strongest(place, most))).collect()
    }

    /// The class of a post that the cues have judged, with how likely each class is that it knows. While it rests, the cues'
    /// class and nothing else.
    pub fn judge(&self, post: &str, judged: &Judged, classes: &Classes) -> (String, Vec<(&str, f64)>) {
        if !self.is_on() {
            return (judged.class.clone(), Vec::new());
        }
        let chances = self.weights.chances(&features(post, classes));
        let class = decide(&self.known, &chances, &judged.class);
        (class.to_owned(), self.known.iter().map(String::as_str).zip(chances).collect())
    }
}

/// A correction made ready.
struct Taught {
    features: BTreeMap<String, f64>,
    cues: String,
    class: usize,
}

fn examples(taught: &[Taught], keep: impl Fn(usize) -> bool) -> Vec<Example<'_>> {
    taught.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, one)| (&one.features, one.class)).collect()
}

/// The most likely class. What a team never corrected to stays with the cues: a crisis always, other classes where the model
/// sees none of its own.
fn decide<'a>(known: &'a [String], chances: &[f64], cues: &'a str) -> &'a str {
    let is_known = known.iter().any(|class| class == cues);
    if cues == Class::Crisis.id() && !is_known {
        return cues;
    }
    let grave = |class: &str| class == Class::Crisis.id() || class == Class::Complaint.id();
    let weighed =
        |(class, chance): (&'a String, &f64)| (class.as_str(), chance * if grave(class) { GRAVE } else { 1.0 });
    let best = known.iter().zip(chances).map(weighed).max_by(|a, b| a.1.total_cmp(&b.1));
    let best = best.map_or(cues, |(class, _)| class);
    if best == Class::Other.id() && !is_known && !grave(cues) { cues } else { best }
}

/// Every part is judged by a model of the others. Corrections come in the order given, one to each part in turn.
fn trial(taught: &[Taught], known: &[String]) -> Trial {
    let mut learnt: Vec<&str> = vec![""; taught.len()];
    for part in 0..PARTS {
        let weights = Weights::train(&examples(taught, |at| at % PARTS != part), known);
        for (at, one) in taught.iter().enumerate().filter(|(at, _)| at % PARTS == part) {
            learnt[at] = decide(known, &weights.chances(&one.features), &one.cues);
        }
    }
    let cues: Vec<&str> = taught.iter().map(|one| one.cues.as_str()).collect();
    let truth: Vec<&str> = taught.iter().map(|one| known[one.class].as_str()).collect();
    // A class that the team never uses is none of its own: it counts as "other".
    let own = |said: &[&'_ str]| -> Vec<String> {
        let fold = |class: &&str| {
            if known.iter().any(|one| one == class) { (*class).to_owned() } else { Class::Other.id().to_owned() }
        };
        said.iter().map(fold).collect()
    };
    let average = |said: &[&str]| {
        let said = own(said);
        known.iter().map(|class| f1(&truth, &said, |one| one == class)).sum::<f64>() / known.len() as f64
    };
    let complaints = |said: &[&str]| {
        let said: Vec<String> = said.iter().map(|class| (*class).to_owned()).collect();
        f1(&truth, &said, |class| class == Class::Complaint.id() || class == Class::Crisis.id())
    };
    Trial {
        cues: average(&cues),
        learnt: average(&learnt),
        complaints_cues: complaints(&cues),
        complaints_learnt: complaints(&learnt),
    }
}

/// Harmonic mean of precision and recall.
fn f1(truth: &[&str], said: &[String], is: impl Fn(&str) -> bool) -> f64 {
    let (mut both, mut one) = (0.0, 0.0);
    for (truth, said) in truth.iter().zip(said) {
        match (is(truth), is(said)) {
            (true, true) => both += 1.0,
            (false, false) => {}
            _ => one += 1.0,
        }
    }
    if both == 0.0 { 0.0 } else { 2.0 * both / (2.0 * both + one) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::Cue;

    fn corrections(posts: &[(&str, &str)], times: usize) -> Vec<Correction> {
        let numbered = |(nth, (text, class)): (usize, &(&str, &str))| Correction {
            text: format!(
                "{text} {}",
                ["one", "two", "six", "ten", "red", "sea", "tea", "sun", "map", "hat"][nth / posts.len() % 10]
            ),
            class: (*class).to_owned(),
        };
        posts.iter().cycle().take(times * posts.len()).enumerate().map(numbered).collect()
    }

    #[test]
    fn it_rests_with_few_corrections() {
        let classes = Classes::default();
        let model = Model::train(&corrections(&[("broken lamp", "complaint"), ("lamp", "other")], 10), &classes);
        assert!(!model.is_on() && model.trial().is_none());
        assert_eq!(model.state().key, "triage_model_few");
        let judged = classes.judge("broken lamp");
        assert_eq!(model.judge("broken lamp", &judged, &classes), ("other".to_owned(), Vec::new()));
    }

    #[test]
    fn it_works_once_it_beats_the_cues() {
        let classes = Classes::default();
        let posts = [
            ("broken lamp at home", "complaint"),
            ("the lamp at home", "other"),
            ("dim bulb", "complaint"),
            ("a bulb", "other"),
        ];
        let model = Model::train(&corrections(&posts, 10), &classes);
        assert!(model.is_on(), "{:?}", model.trial());
        assert_eq!(model.state().key, "triage_model_on");
        let judged = classes.judge("my broken bulb");
        let (class, chances) = model.judge("my broken bulb", &judged, &classes);
        assert_eq!((class.as_str(), chances.len()), ("complaint", 2));
        let strongest = model.strongest(3);
        assert_eq!(strongest[0].0, "complaint");
        assert!(strongest[0].1.iter().any(|(name, _)| *name == "broken"), "{strongest:?}");
    }

    #[test]
    fn it_rests_while_the_cues_are_as_good() {
        let cue = |class: &str, word: &str| Cue::plain(class, &[word.to_owned()]);
        let classes = Classes::new(&[cue("complaint", "broken"), cue("praise", "nice")]);
        let model = Model::train(
            &corrections(
                &[
                    ("broken lamp", "complaint"),
                    ("nice lamp", "praise"),
                    ("broken cup", "complaint"),
                    ("nice cup", "praise"),
                ],
                10,
            ),
            &classes,
        );
        assert!(!model.is_on() && model.trial().is_some_and(|trial| trial.cues == 1.0));
    }

    #[test]
    fn a_crisis_stays_one_for_a_team_that_never_corrected_to_it() {
        let known = ["complaint", "other"].map(str::to_owned);
        assert_eq!(decide(&known, &[0.1, 0.9], "crisis"), "crisis");
        assert_eq!(decide(&known, &[0.1, 0.9], "praise"), "praise");
        assert_eq!(decide(&known, &[0.9, 0.1], "praise"), "complaint");
        assert_eq!(decide(&known, &[0.1, 0.9], "complaint"), "other");
        assert_eq!(decide(&known, &[0.45, 0.55], "other"), "complaint");
    }
}
