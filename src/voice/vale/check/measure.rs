//! `metric` and `readability`: a number about the document's prose.

use crate::voice::vale::formula::evaluate;
use crate::voice::vale::keys::Keys;
use crate::voice::vale::message::{Arg, fill};
use crate::voice::vale::rule::{About, Hit, Memory};
use crate::voice::vale::statistics::Statistics;

#[derive(Debug)]
pub(in crate::voice::vale) struct Metric {
    formula: String,
    condition: String,
}

impl Metric {
    pub fn read(keys: &mut Keys<'_>) -> Result<Self, String> {
        let formula = keys.text("formula")?.unwrap_or_default();
        let condition = keys.text("condition")?.unwrap_or_default();
        let metric = Self { formula, condition };
        // A mistake shows with any numbers.
        let mut names = Statistics::of("A word.").named();
        complete(&mut names);
        metric.value(&names)?;
        Ok(metric)
    }

    /// The value, and whether it is one to tell.
    fn value(&self, names: &std::collections::BTreeMap<String, f64>) -> Result<(f64, bool), String> {
        let value = evaluate(&self.formula, names).map_err(|what| format!("\"formula\": {what}"))?;
        let compared = format!("{:.6} {}", if value.is_finite() { value } else { 0.0 }, self.condition);
        let told = evaluate(&compared, names).map_err(|what| format!("\"condition\": {what}"))?;
        Ok((value, told != 0.0))
    }

    pub fn run(&self, about: &About, text: &str, memory: &Memory) -> Vec<Hit> {
        let counts = Statistics::of(text);
        if counts.words == 0.0 {
            return Vec::new();
        }
        let mut names = memory.elements.clone();
        names.extend(counts.named());
        complete(&mut names);
        match self.value(&names) {
            Ok((value, true)) => vec![whole(about, value)],
            _ => Vec::new(),
        }
    }
}

/// Elements that a document does not have count nothing.
fn complete(names: &mut std::collections::BTreeMap<String, f64>) {
    let headings = (1..=6).map(|level| format!("heading_h{level}"));
    for name in ["pre", "list", "blockquote"].map(str::to_owned).into_iter().chain(headings) {
        names.entry(name).or_insert(0.0);
    }
}

#[derive(Debug)]
pub(in crate::voice::vale) struct Readability {
    metrics: Vec<String>,
    grade: f64,
}

impl Readability {
    pub fn read(keys: &mut Keys<'_>) -> Result<Self, String> {
        Ok(Self { metrics: keys.texts("metrics")?, grade: keys.number("grade")? })
    }

    /// Every formula is a known one.
    pub fn is_known(&self) -> bool {
        let counts = Statistics::default();
        self.metrics.iter().all(|name| counts.grade(name).is_some())
    }

    pub fn run(&self, about: &About, text: &str) -> Vec<Hit> {
        let counts = Statistics::of(text);
        let sum: f64 = self.metrics.iter().filter_map(|name| counts.grade(name)).sum();
        let grade = sum / self.metrics.len() as f64;
        if grade > self.grade { vec![whole(about, grade)] } else { Vec::new() }
    }
}

/// A finding about the document.
fn whole(about: &About, value: f64) -> Hit {
    let value = format!("{value:.2}");
    let message = fill(&about.message, &[Arg::Text(&value)]);
    Hit { span: None, matched: String::new(), message, suggestions: Vec::new() }
}
