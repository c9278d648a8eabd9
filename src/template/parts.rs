//! Parts: templates that another one includes, `{% include "signature" %}`.
//!
//! What a body includes is found before it is rendered, so that a missing part or a circle is said by name and nothing is
//! rendered half. Only names that stand in the body as text are found; a computed one never is.

use std::collections::BTreeMap;

use super::problem::TemplateProblem;
use super::render::without_marks;
use crate::message::Msg;

/// Parts deeper than this are a mistake.
const DEEPEST: usize = 8;

/// Gives the body of the part of that trigger or id.
pub type FindPart<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Every part that `body` needs, by the name it is included by.
pub(super) fn collect(body: &str, find: FindPart<'_>) -> Result<BTreeMap<String, String>, TemplateProblem> {
    let mut all = BTreeMap::new();
    for (at, name) in included(body) {
        gather(name, find, &mut vec![name.to_owned()], &mut all).map_err(|msg| TemplateProblem::at(msg, body, at))?;
    }
    Ok(all)
}

/// `path`: the parts on the way here, this one last.
fn gather(
    name: &str,
    find: FindPart<'_>,
    path: &mut Vec<String>,
    all: &mut BTreeMap<String, String>,
) -> Result<(), Msg> {
    if all.contains_key(name) {
        return Ok(());
    }
    let part = find(name).ok_or_else(|| Msg::new("picker_template_no_part").with("name", name))?;
    for (_, inner) in included(&part) {
        if path.len() >= DEEPEST || path.iter().any(|outer| outer == inner) {
            return Err(Msg::new("picker_template_circle").with("name", inner));
        }
        path.push(inner.to_owned());
        gather(inner, find, path, all)?;
        path.pop();
    }
    all.insert(name.to_owned(), without_marks(&part).into_owned());
    Ok(())
}

/// The names that a body includes, each with the place of its `include`.
fn included(body: &str) -> impl Iterator<Item = (usize, &str)> {
    body.match_indices("{%").filter_map(|(at, _)| {
        let tag = body[at + 2..].trim_start_matches(['-', '+']).trim_start();
        let at = body.len() - tag.len();
        let rest = tag.strip_prefix("include")?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, _) = rest[1..].split_once(quote)?;
        Some((at, name))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Context, render_with};

    fn render(body: &str, parts: &[(&str, &str)]) -> Result<String, String> {
        let find = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, body)| (*body).to_owned());
        let rendered = render_with(body, &Context::default(), &find);
        rendered.map(|rendered| rendered.text).map_err(|problem| {
            let name = problem.msg.args.get("name").cloned().unwrap_or_default();
            format!("{} {name} {}:{}", problem.msg.key, problem.line, problem.column)
        })
    }

    #[track_caller]
    fn check(body: &str, parts: &[(&str, &str)], expect: Result<&str, &str>) {
        let rendered = render(body, parts);
        assert_eq!(rendered.as_deref().map_err(String::as_str), expect, "{body}");
    }

    #[test]
    fn a_part_stands_where_it_is_included() {
        let parts = [("sig", "Kind regards, {% include 'team' %}"), ("team", "{{ me.name | default(\"the team\") }}")];
        check("Hello.\n{% include \"sig\" %}", &parts, Ok("Hello.\nKind regards, the team"));
        check("{%- include 'team' -%} and {% include 'team' %}", &parts, Ok("the teamand the team"));
    }

    #[test]
    fn a_missing_part_and_a_circle_are_named() {
        check("Hi\n {% include 'sig' %}", &[], Err("picker_template_no_part sig 2:5"));
        check(
            "{% include 'a' %}",
            &[("a", "{% include 'b' %}"), ("b", "{% include 'a' %}")],
            Err("picker_template_circle a 1:4"),
        );
        check("{% include 'a' %}", &[("a", "{% include 'a' %}")], Err("picker_template_circle a 1:4"));
        check("{% set name = 'a' %}{% include name %}", &[("a", "secret")], Err("picker_template_no_part a 1:24"));
    }

    #[test]
    fn what_stands_in_a_value_includes_nothing() {
        let context = Context {
            author: super::super::Person { name: Some("{% include 'a' %}".to_owned()), ..Default::default() },
            ..Context::default()
        };
        let rendered = render_with("{{ author.name }}", &context, &|_| Some("secret".to_owned())).unwrap();
        assert_eq!(rendered.text, "{% include 'a' %}");
    }
}
