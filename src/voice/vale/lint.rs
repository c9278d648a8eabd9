//! A file against a setup: which rules look at which blocks, and where in the file their findings stand.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::config::{Active, extension};
use super::document::{self, Block, Document, Ignored, Piece};
use super::pattern::Pattern;
use super::rule::{Hit, Memory, Rule};
use super::sentences::sentences;
use super::{Alert, Checked, Setup};

/// Literals of all rules in one automaton: most rules have nothing to look for in a block.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// The rule of each literal.
    owners: Vec<usize>,
    /// Rules that need one of theirs.
    guarded: Vec<bool>,
}

impl Prefilter {
    pub fn new(rules: &[Rule]) -> Self {
        let mut filter = Self { guarded: vec![false; rules.len()], ..Self::default() };
        let mut literals = Vec::new();
        for (nth, rule) in rules.iter().enumerate() {
            let Some(required) = rule.kind.required() else { continue };
            filter.guarded[nth] = true;
            filter.owners.extend(required.iter().map(|_| nth));
            literals.extend(required);
        }
        let built = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(literals);
        match built {
            Ok(automaton) => filter.automaton = Some(automaton),
            Err(_) => filter.guarded.fill(false),
        }
        filter
    }

    /// For each rule, whether it may find anything in `text`.
    fn candidates(&self, text: &str) -> Vec<bool> {
        let mut may: Vec<bool> = self.guarded.iter().map(|guarded| !guarded).collect();
        if let Some(automaton) = &self.automaton {
            for found in automaton.find_overlapping_iter(text) {
                if let Some(rule) = self.owners.get(found.pattern().as_usize()) {
                    may[*rule] = true;
                }
            }
        }
        may
    }
}

/// Checks a file.
pub(super) fn check(setup: &Setup, path: &str, text: &str) -> Checked {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let active = setup.config.active(path);
    let mut run = Run {
        rules: &setup.rules,
        levels: setup.rules.iter().map(|rule| active.level(&rule.about.name, rule.about.level)).collect(),
        lines: Lines::new(&text),
        text: &text,
        checked: Checked::default(),
        memory: Memory::default(),
        told: BTreeSet::new(),
        counts: BTreeMap::new(),
        gone: BTreeSet::new(),
    };
    if active.is_idle() {
        return run.checked;
    }
    let ignored = run.ignored(&active);
    let format = setup.config.format(path);
    let document = document::read(&text, extension(path), &format, &setup.config, &ignored);
    run.memory.elements.clone_from(&document.elements);
    let asks = |name: &str| {
        let on = run.levels.iter().map(Option::is_some);
        setup.rules.iter().zip(on).any(|(rule, on)| on && rule.about.scopes.name(name))
    };
    let (by_paragraph, by_sentence) = (asks("paragraph"), asks("sentence"));
    for block in &document.blocks {
        if by_paragraph && block.is_paragraphs {
            for (start, end) in paragraphs(&block.piece.text) {
                run.block(setup, &document, &part(block, "paragraph", start, end));
            }
        }
        if by_sentence && block.is_prose {
            for (start, end) in sentences(&block.piece.text) {
                run.block(setup, &document, &part(block, "sentence", start, end));
            }
        }
        run.block(setup, &document, block);
    }
    run.checked.alerts.sort_by_key(|alert| (alert.line, alert.column));
    run.checked
}

/// A part of a block as one of its own.
fn part(block: &Block, name: &str, start: usize, end: usize) -> Block {
    let piece: Piece = block.piece.slice(start, end);
    let at = piece.place(0).unwrap_or(block.at);
    Block { piece, at, scope: format!("{name}.{}", block.scope), ..block.clone() }
}

/// What empty lines keep apart.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, gap) in text.match_indices("\n\n") {
        if at >= from {
            parts.push((from, at + gap.len()));
            from = at + gap.len();
        }
    }
    parts.push((from, text.len()));
    parts.retain(|(from, to)| !text[*from..*to].trim().is_empty());
    parts
}

struct Run<'a> {
    rules: &'a [Rule],
    /// The level of each rule in this file; `None` = not at work.
    levels: Vec<Option<crate::voice::rule::Severity>>,
    lines: Lines,
    text: &'a str,
    checked: Checked,
    memory: Memory,
    /// Line, column and rule of what was told.
    told: BTreeSet<(usize, usize, usize)>,
    counts: BTreeMap<usize, usize>,
    /// Rules that were too slow.
    gone: BTreeSet<usize>,
}

impl Run<'_> {
    fn ignored(&mut self, active: &Active<'_>) -> Ignored {
        let mut read = |sources: &[&str], key: &str| -> Vec<Pattern> {
            let mut patterns = Vec::new();
            for source in sources {
                match Pattern::new(source) {
                    Ok(pattern) => patterns.push(pattern),
                    Err(what) => self.checked.problems.push(format!("{key} {source}: {what}")),
                }
            }
            patterns
        };
        Ignored { tokens: read(&active.tokens, "TokenIgnores"), blocks: read(&active.blocks, "BlockIgnores") }
    }

    fn block(&mut self, setup: &Setup, document: &Document, block: &Block) {
        let text = &block.piece.text;
        let may = setup.prefilter.get_or_init(|| Prefilter::new(&setup.rules)).candidates(text);
        for (nth, rule) in self.rules.iter().enumerate() {
            let name = &rule.about.name;
            let Some(level) = self.levels[nth].filter(|level| *level >= setup.config.min_level) else { continue };
            if !may[nth] || self.gone.contains(&nth) || !rule.about.scopes.take(&block.scope) {
                continue;
            }
            if block.controls.silence(name) || block.controls.leaves_out(name) {
                continue;
            }
            match rule.kind.run(&rule.about, text, &mut self.memory) {
                Ok(hits) => {
                    for hit in hits {
                        self.tell(document, block, nth, level, hit);
                    }
                }
                Err(_) => {
                    self.gone.insert(nth);
                    self.checked
                        .problems
                        .push(format!("{name}: its pattern takes too long here; the rule was left out"));
                }
            }
        }
    }

    fn tell(&mut self, document: &Document, block: &Block, nth: usize, level: crate::voice::rule::Severity, hit: Hit) {
        let about = &self.rules[nth].about;
        let (start, end) = match hit.span {
            Some((start, end)) => {
                let from = block.piece.place(start).unwrap_or(block.at).min(self.text.len());
                (from, block.piece.place_end(end).unwrap_or(from).clamp(from, self.text.len()))
            }
            None => (0, 0),
        };
        // What stands for something else ends where that does.
        let start = (0..=start).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let end = (end..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(start);
        let silent = block.controls.silence_match(&about.name, &hit.matched)
            || document.regions.iter().any(|region| region.silences(&about.name, &hit.matched, start));
        if silent {
            return;
        }
        let (line, column) = self.lines.place(self.text, start);
        let count = self.counts.entry(nth).or_default();
        if (about.limit > 0 && *count >= about.limit) || !self.told.insert((line, column, nth)) {
            return;
        }
        *count += 1;
        self.checked.alerts.push(Alert {
            rule: about.name.clone(),
            severity: level,
            message: hit.message,
            description: about.description.clone(),
            link: about.link.clone(),
            line,
            column,
            start,
            end,
            matched: hit.matched,
            suggestions: hit.suggestions,
        });
    }
}

/// Where lines begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self([0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// Line and column of a byte, from 1; columns count characters.
    fn place(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= at);
        let start = self.0.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line, text.get(start..at).map_or(0, |before| before.chars().count()) + 1)
    }
}
