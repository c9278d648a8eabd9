//! Vale's rules as packs of ours, one for each style, every rule off until someone wants it. What our engine cannot
//! carry is told rule by rule, never dropped in silence.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::check::existence::Existence;
use super::check::substitution::{Substitution, options};
use super::config::style_of;
use super::message::{Arg, fill};
use super::phrases::{Phrase, phrase};
use super::rule::{About, Kind, Rule};
use super::{Entry, Files, Outcome, Setup, SetupError, Skipped};
use crate::message::Msg;
use crate::voice::pack::Pack;
use crate::voice::rule::Severity;

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReport {
    /// `Style.File`.
    pub rule: String,
    /// What it says, `%s` for what it finds.
    pub message: String,
    /// Ids of the rules that it is in its pack.
    pub parts: Vec<String>,
    /// Whether a pack has it.
    pub carried: Carried,
}

/// Whether a pack has a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// It finds what it finds in Vale.
    Yes,
    /// It is there, with these differences.
    Changed(Vec<Msg>),
    /// It is not, and why.
    No(Msg),
}

/// The packs of a setup, in the shape that [`Pack::from_value`] reads, and what became of each of its rules.
pub fn to_packs(files: &Files) -> Result<(Vec<Value>, Vec<PackReport>), SetupError> {
    let setup = Setup::read(files)?;
    let mut report: Vec<PackReport> = setup.report.iter().filter_map(left_out).collect();
    // A level of the configuration counts more than the rule's own; what it switches off rests like all others.
    let active = setup.config.active("reply.txt");
    let mut styles: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for rule in &setup.rules {
        let about = &rule.about;
        let mut draft =
            Draft { level: active.level(&about.name, about.level).unwrap_or(about.level), ..Draft::default() };
        let made = draft.read(rule);
        let parts = draft.rules.iter().filter_map(|rule| rule["id"].as_str().map(str::to_owned)).collect();
        let carried = match made {
            Err(why) => Carried::No(why),
            Ok(()) => {
                styles.entry(style_of(&about.name)).or_default().append(&mut draft.rules);
                if draft.changes.is_empty() { Carried::Yes } else { Carried::Changed(draft.changes) }
            }
        };
        report.push(PackReport { rule: about.name.clone(), message: about.message.clone(), parts, carried });
    }
    report.sort_by(|a, b| a.rule.cmp(&b.rule));
    Ok((styles.into_iter().map(|(style, rules)| pack(style, rules)).collect(), report))
}

/// A rule that was not even read.
fn left_out(entry: &Entry) -> Option<PackReport> {
    let why = match &entry.outcome {
        Outcome::Skipped(Skipped::Setting) | Outcome::Imported | Outcome::Changed(_) => return None,
        Outcome::Skipped(Skipped::Script) => Msg::new("vale_skip_script"),
        Outcome::Skipped(Skipped::Sequence) => Msg::new("vale_skip_sequence"),
        Outcome::Skipped(Skipped::Spelling) => Msg::new("vale_skip_spelling"),
        Outcome::Refused(what) => match entry.line {
            Some(line) => Msg::new("vale_refused_at").with("what", what).with("line", line),
            None => Msg::new("vale_refused").with("what", what),
        },
    };
    let (rule, carried) = (entry.rule.clone(), Carried::No(why));
    Some(PackReport { rule, message: String::new(), parts: Vec::new(), carried })
}

fn pack(style: &str, rules: Vec<Value>) -> Value {
    json!({
        "id": format!("vale.{}", style.to_lowercase()),
        "name": style,
        "language": "*",
        "version": 1,
        "rule": rules,
    })
}

/// The rules that one rule becomes, and what is different about them.
#[derive(Default)]
struct Draft {
    rules: Vec<Value>,
    changes: Vec<Msg>,
    level: Severity,
}

impl Draft {
    fn read(&mut self, rule: &Rule) -> Result<(), Msg> {
        let about = &rule.about;
        let in_replies = |scope: &String| {
            let first = scope.split(['.', '&']).next().unwrap_or_default().trim().to_owned();
            matches!(first.as_str(), "text" | "sentence" | "paragraph" | "summary" | "raw") || first.starts_with('~')
        };
        if !about.scope_names.iter().any(in_replies) {
            return Err(Msg::new("vale_no_scope").with("what", about.scope_names.join(", ")));
        }
        match &rule.kind {
            Kind::Existence(rule) => self.existence(about, rule)?,
            Kind::Substitution(rule) => self.substitution(about, rule)?,
            Kind::Occurrence(rule) => {
                let measure = measure(about, &rule.token).ok_or_else(|| Msg::new("vale_no_count"))?;
                if rule.max == 0 || rule.min > 0 {
                    return Err(Msg::new("vale_no_least"));
                }
                let message = fill(&about.message, &[Arg::Text("$COUNT$")]);
                self.add(about, "count", message, json!({ "measure": measure, "max": rule.max }));
            }
            Kind::Repetition(rule) => {
                let any = rule.tokens.iter().all(|token| token.starts_with(r"[^\s") || token.contains(r"\w"));
                if !any || rule.max > 0 {
                    return Err(Msg::new("vale_no_repeat"));
                }
                self.add(about, "repeat", message(about, "$MATCH$", "$FIX$"), json!({}));
            }
            Kind::Consistency(_) => return Err(Msg::new("vale_no_consistency")),
            Kind::Conditional(_) => return Err(Msg::new("vale_no_condition")),
            Kind::Capitalization(_) => return Err(Msg::new("vale_no_case")),
            #[cfg(feature = "cli")]
            Kind::Spelling(_) => return Err(Msg::new("vale_skip_spelling")),
            Kind::Metric(_) | Kind::Readability(_) => return Err(Msg::new("vale_no_measure")),
        }
        if about.limit > 0 {
            self.changes.push(Msg::new("vale_change_all"));
        }
        self.rules.retain(|rule| {
            // What our own reader does not take, nobody could switch on.
            let alone = Pack::from_value("check", &pack("check", vec![rule.clone()]));
            alone.map_err(|error| self.changes.push(part(error.to_string()))).is_ok()
        });
        if self.rules.is_empty() {
            Err(self.changes.pop().unwrap_or_else(|| Msg::new("vale_no_nothing")))
        } else {
            Ok(())
        }
    }

    fn existence(&mut self, about: &About, rule: &Existence) -> Result<(), Msg> {
        if rule.nonword || !rule.raw.is_empty() || rule.tokens.is_empty() {
            return Err(Msg::new("vale_no_words"));
        }
        self.case(rule.ignorecase);
        let except = self.except(&rule.own_exceptions);
        let (mut tokens, mut patterns, mut needs) = (Vec::new(), Vec::new(), Vec::new());
        let mut left = Vec::new();
        for token in &rule.tokens {
            match phrase(token) {
                Ok(Phrase::Finite(finite)) => tokens.push(finite),
                Ok(Phrase::Guarded { pattern, needs: needed }) => {
                    patterns.push(pattern);
                    needs.extend(needed);
                }
                Err(why) => left.push((token, why)),
            }
        }
        let fixes = match about.action.name.as_str() {
            "replace" => about.action.params.clone(),
            "remove" => vec![String::new()],
            _ => Vec::new(),
        };
        let message = message(about, "$MATCH$", "$FIX$");
        if !tokens.is_empty() {
            let form = json!({ "tokens": tokens, "fixes": fixes, "except": except });
            self.add(about, "literal", message.clone(), form);
        }
        if !patterns.is_empty() {
            let form = json!({ "pattern": patterns.join("|"), "needs": needs, "fixes": fixes, "except": except });
            self.add(about, "guard", message, form);
        }
        self.left_out(&left)
    }

    fn substitution(&mut self, about: &About, rule: &Substitution) -> Result<(), Msg> {
        if rule.nonword {
            return Err(Msg::new("vale_no_words"));
        }
        self.case(rule.ignorecase);
        let except = self.except(&rule.own_exceptions);
        let mut swap = Map::new();
        let mut left = Vec::new();
        for one in &rule.swaps {
            let fixes = options(&one.preferred);
            if fixes.iter().any(|fix| fix.contains(['$', '\\', '[', '(', '*'])) {
                left.push((&one.term, "vale_no_parts"));
                continue;
            }
            match phrase(&one.term) {
                Ok(Phrase::Finite(finite)) => {
                    swap.insert(finite, json!(fixes));
                }
                Ok(Phrase::Guarded { pattern, needs }) => {
                    let form = json!({ "pattern": pattern, "needs": needs, "fixes": fixes, "except": except });
                    self.add(about, "guard", message(about, "$FIX$", "$MATCH$"), form);
                }
                Err(why) => left.push((&one.term, why)),
            }
        }
        if !swap.is_empty() {
            let form = json!({ "swap": swap, "except": except });
            self.add(about, "swap", message(about, "$FIX$", "$MATCH$"), form);
        }
        self.left_out(&left)
    }

    fn case(&mut self, ignorecase: bool) {
        if !ignorecase {
            self.changes.push(Msg::new("vale_change_case"));
        }
    }

    /// Exceptions that are phrases.
    fn except(&mut self, exceptions: &[String]) -> Vec<String> {
        let mut except = Vec::new();
        for exception in exceptions {
            match phrase(exception) {
                Ok(Phrase::Finite(finite)) => except.push(finite),
                _ => self.changes.push(Msg::new("vale_change_except").with("what", exception)),
            }
        }
        except
    }

    fn left_out(&mut self, left: &[(&String, &str)]) -> Result<(), Msg> {
        if self.rules.is_empty() {
            return Err(Msg::new(left.first().map_or("vale_no_nothing", |(_, why)| why)));
        }
        self.changes.extend(left.iter().map(|(token, _)| part((*token).clone())));
        Ok(())
    }

    fn add(&mut self, about: &About, kind: &str, message: String, form: Value) {
        let name = about.name.split_once('.').map_or(about.name.as_str(), |(_, name)| name);
        let more = self.rules.len() + 1;
        let id = if more == 1 { about.name.clone() } else { format!("{}.{more}", about.name) };
        let why = if about.description.trim().is_empty() {
            format!("A rule of the style {}.", style_of(&about.name))
        } else {
            fill(&about.description, &[])
        };
        let mut rule = json!({
            "id": id,
            "kind": kind,
            "name": name,
            "message": if message.trim().is_empty() { name.to_owned() } else { message },
            "why": why,
            "severity": self.level.name(),
            "default": false,
        });
        if let Value::Object(rule) = &mut rule {
            rule.extend(about.link.iter().map(|link| ("link".to_owned(), json!(link))));
            if let Value::Object(form) = form {
                rule.extend(form);
            }
        }
        self.rules.push(rule);
    }
}

/// A part of a rule that its pack does not have.
fn part(what: String) -> Msg {
    Msg::new("vale_change_part").with("what", what)
}

/// A message of ours: what was found and what may stand instead fill themselves in.
fn message(about: &About, first: &str, second: &str) -> String {
    fill(&about.message, &[Arg::Text(first), Arg::Text(second)])
}

/// What of ours counts the same.
fn measure(about: &About, token: &str) -> Option<&'static str> {
    Some(match token {
        "!" | r"\!" => "exclamations",
        "#" | r"#\w+" => "tags",
        r"\b(\w+)\b" | r"\b\w+\b" | r"\w+" | r"[^\s]+" | r"\S+"
            if about.scope_names.iter().any(|scope| scope == "sentence") =>
        {
            "sentence_words"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{Checker, Input, Switches};

    #[track_caller]
    fn carried(yaml: &str) -> (Vec<Value>, Carried) {
        let (packs, report) = to_packs(&Files::from_iter([("House/Rule.yml", yaml)])).unwrap();
        (packs, report.last().unwrap().carried.clone())
    }

    #[test]
    fn words_become_rules_that_rest() {
        let yaml = "extends: existence\nmessage: \"'%s' says little.\"\nignorecase: true\nlevel: error\n\
                    tokens: [very, 'reall?y', 'more \\w+ than']\nexceptions: [very well]\nlink: https://acme.com\n";
        let (packs, kept) = carried(yaml);
        assert_eq!(kept, Carried::Yes);
        let pack = Pack::from_value("house", &packs[0]).unwrap();
        assert_eq!((pack.rules.len(), pack.rules[0].on, pack.id.as_str()), (2, false, "vale.house"));
        let every = Switches { every: true, packs: Some(["vale.house".to_owned()].into()), ..Switches::default() };
        let text = "It is very, realy more odd than that, very well.";
        let packs = [pack];
        let findings = Checker::new(&packs, &every).check(&Input { text, ..Input::default() });
        let found: Vec<&str> = findings.iter().map(|finding| finding.matched.as_str()).collect();
        assert_eq!(found, ["very", "realy", "more odd than"]);
        assert_eq!(findings[0].message(crate::message::Lang::En), "'very' says little.");
    }

    #[test]
    fn swaps_become_swaps() {
        let yaml =
            "extends: substitution\nmessage: \"Write '%s', not '%s'.\"\nswap:\n  utili[sz]e: use\n  '(\\w+)ly x': $1\n";
        let (packs, kept) = carried(yaml);
        assert!(
            matches!(&kept, Carried::Changed(what) if what.iter().map(|msg| msg.key.as_str()).eq(["vale_change_case", "vale_change_part"])),
            "{kept:?}"
        );
        assert_eq!(packs[0]["rule"][0]["swap"], json!({ "utili(s|z)e": ["use"] }));
        assert_eq!(packs[0]["rule"][0]["message"], "Write '$FIX$', not '$MATCH$'.");
    }

    #[test]
    fn what_does_not_fit_says_why() {
        let cases = [
            "extends: occurrence\nmessage: m\nmax: 1\ntoken: '!'\n",
            "extends: occurrence\nmessage: m\nmax: 1\ntoken: 'x'\n",
            "extends: capitalization\nmessage: m\nmatch: $title\n",
            "extends: existence\nmessage: m\nscope: heading\ntokens: [a]\n",
            "extends: script\nmessage: m\n",
            "extends: existence\nmessage: m\nnonword: true\ntokens: ['\\s!']\n",
        ];
        let kept: Vec<bool> = cases.iter().map(|yaml| !matches!(carried(yaml).1, Carried::No(_))).collect();
        assert_eq!(kept, [true, false, false, false, false, false]);
    }
}
