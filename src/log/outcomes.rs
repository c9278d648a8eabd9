//! What came of templates: how many mentions were answered with each, and how many of those are settled by now.
//!
//! Counted from folded mentions, never from events, so that a reply taken back or a case opened again counts as it
//! stands. The whole log's figures are kept beside it; a [`Fold`](super::Fold) says by how much its changes move them.

use super::{Mention, Status};

/// As many figures as are kept; those of the templates used least go first.
const MOST: usize = 1_000;

/// Figures of many templates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes(Vec<Outcome>);

/// What came of one template in one department.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its id.
    pub template: String,
    /// Department of the cases; empty = none.
    pub department: String,
    /// Mentions answered with it.
    pub used: i32,
    /// Those of them whose case is resolved or needs no action.
    pub settled: i32,
}

impl Outcomes {
    /// Every figure, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Outcome> {
        self.0.iter()
    }

    /// How often a template was used, and how many of those mentions are settled, whatever the department.
    pub fn of(&self, template: &str) -> (i32, i32) {
        let its = self.0.iter().filter(|one| one.template == template);
        its.fold((0, 0), |(used, settled), one| (used + one.used, settled + one.settled))
    }

    /// No figures.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts a mention in.
    pub(super) fn count(&mut self, mention: &Mention) {
        if !mention.is_saved() {
            return;
        }
        let settled = i32::from(matches!(mention.status, Status::Resolved | Status::NoAction));
        let department = mention.department.as_deref().unwrap_or_default();
        let mut met: Vec<&str> = Vec::new();
        for template in mention.replies().filter(|one| one.confirmed).filter_map(|one| one.template.as_deref()) {
            if !met.contains(&template) {
                met.push(template);
                self.add(template, department, (1, settled));
            }
        }
    }

    /// Adds figures, or takes them off.
    pub(super) fn add_all(&mut self, other: &Self, sign: i32) {
        for one in &other.0 {
            self.add(&one.template, &one.department, (sign * one.used, sign * one.settled));
        }
        self.0.retain(|one| one.used != 0 || one.settled != 0);
    }

    fn add(&mut self, template: &str, department: &str, (used, settled): (i32, i32)) {
        let known = self.0.iter_mut().find(|one| one.template == template && one.department == department);
        let one = match known {
            Some(one) => one,
            None => {
                self.0.push(Outcome { template: template.into(), department: department.into(), ..Outcome::default() });
                let last = self.0.len() - 1;
                &mut self.0[last]
            }
        };
        one.used = one.used.saturating_add(used);
        one.settled = one.settled.saturating_add(settled);
    }

    /// The figures with what a fold has moved them by; `None` when it did not.
    pub fn moved(&self, by: &Self) -> Option<Self> {
        if by.is_empty() {
            return None;
        }
        let mut moved = self.clone();
        moved.add_all(by, 1);
        while moved.0.len() > MOST {
            let least = (0..moved.0.len()).min_by_key(|at| moved.0[*at].used).unwrap_or_default();
            moved.0.swap_remove(least);
        }
        Some(moved)
    }

    /// As they are stored: a line for each.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for Outcome { template, department, used, settled } in &self.0 {
            if !template.contains(['\t', '\n']) && !department.contains(['\t', '\n']) {
                text.push_str(&format!("{template}\t{department}\t{used}\t{settled}\n"));
            }
        }
        text
    }

    /// As they were stored; a line that cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let read = |line: &str| {
            let mut parts = line.split('\t');
            let (template, department) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            let (used, settled) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some(Outcome { template, department, used, settled })
        };
        Self(text.lines().filter_map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_templates_figures_add_up_over_departments_and_outlive_storing() {
        let all = Outcomes::from_text("late\tLogistics\t3\t2\nlate\t\t2\t0\nrefund\tBilling\t1\t1\ntorn\n");
        let of = |all: &Outcomes| [all.of("late"), all.of("refund"), all.of("torn"), all.of("new")];
        assert_eq!(of(&all), [(5, 2), (1, 1), (0, 0), (0, 0)]);
        assert_eq!(of(&Outcomes::from_text(&all.to_text())), of(&all));
    }
}
