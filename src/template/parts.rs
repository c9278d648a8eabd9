//! Parts: templates that another one includes, `{% include "signature" %}`.
//!
//! What a body includes is found before it is rendered, so that a missing part or a circle is said by name and nothing is
//! rendered half. Only names that stand in the body as text are found; a computed one never is.

use super::problem::TemplateProblem;
use super::render::without_marks;
use super::tags::{bounded, tags};
use crate::message::Msg;

/// Parts deeper than this are a mistake.
const DEEPEST: usize = 8;

/// Gives the body of the part of that trigger or id.
pub type FindPart<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A part and what it includes, as one body.
pub(super) struct Part {
    /// The name it is included by.
    pub(super) name: String,
    pub(super) body: String,
    /// How many times as long it makes the texts it names, which stay named behind its `include`.
    growth: u32,
}

/// Every part that `body` needs.
pub(super) fn collect(body: &str, find: FindPart<'_>) -> Result<Vec<Part>, TemplateProblem> {
    let mut all = Vec::new();
    walk(body, find, &mut Vec::new(), &mut all).map_err(|(at, msg)| TemplateProblem::at(msg, body, at))?;
    Ok(all)
}

/// Finds what `body` includes, and how far all of it makes text grow; a mistake in a part stands at its `include`.
/// `path`: the parts on the way here, this one last.
fn walk(body: &str, find: FindPart<'_>, path: &mut Vec<String>, all: &mut Vec<Part>) -> Result<u32, (usize, Msg)> {
    let mut grown = 1;
    for tag in tags(body) {
        let here = |msg| (tag.at, msg);
        grown = tag.grow(grown).map_err(here)?;
        let Some(name) = tag.inside.strip_prefix("include ") else { continue };
        let name = name.trim();
        let in_quotes =
            |quote: char| name.strip_prefix(quote)?.strip_suffix(quote).filter(|name| !name.contains(quote));
        let part = match in_quotes('"').or_else(|| in_quotes('\'')) {
            Some(name) => gather(name, find, path, all),
            None => Err(Msg::new("picker_template_no_part").with("name", name)),
        };
        grown = part.and_then(|part| bounded(grown, part)).map_err(here)?;
    }
    Ok(grown)
}

fn gather(name: &str, find: FindPart<'_>, path: &mut Vec<String>, all: &mut Vec<Part>) -> Result<u32, Msg> {
    if let Some(known) = all.iter().find(|part| part.name == name) {
        return Ok(known.growth);
    }
    if path.len() >= DEEPEST || path.iter().any(|outer| outer == name) {
        return Err(Msg::new("picker_template_circle").with("name", name));
    }
    let body = find(name).ok_or_else(|| Msg::new("picker_template_no_part").with("name", name))?;
    let body = without_marks(&body).into_owned();
    path.push(name.to_owned());
    let growth = walk(&body, find, path, all).map_err(|(_, msg)| msg)?;
    path.pop();
    all.push(Part { name: name.to_owned(), body, growth });
    Ok(growth)
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
        check("{% set name = 'a' %}{% include name %}", &[("a", "secret")], Err("picker_template_no_part name 1:24"));
    }

    #[test]
    fn a_mistake_in_a_part_is_told_at_its_include() {
        for (part, problem) in [
            ("{{ 1 + 'a' }}", "picker_template_bad_value  1:4"),
            ("{{ me.name | shout }}", "picker_template_unknown_filter shout 1:4"),
            ("{{ today() }}", "picker_template_unknown_function today 1:4"),
            ("{% foo %}", "picker_template_unknown_tag foo 1:4"),
            ("{% include 'b' %}", "picker_template_no_part b 1:4"),
        ] {
            let render = |name: &str| (name == "a").then(|| part.to_owned());
            let error = render_with("{% include 'a' %}", &Context::default(), &render).unwrap_err();
            let name = error.msg.args.get("name").cloned().unwrap_or_default();
            assert_eq!(format!("{} {name} {}:{}", error.msg.key, error.line, error.column), problem, "{part}");
        }
    }

    #[test]
    fn parts_in_parts_end_at_a_depth() {
        let deep = |name: &str| match name.parse::<u32>() {
            Ok(0) | Err(_) => Some("end".to_owned()),
            Ok(more) => Some(format!("{{% include '{}' %}}", more - 1)),
        };
        let render = |first: u32| render_with(&format!("{{% include '{first}' %}}"), &Context::default(), &deep);
        assert_eq!(render(7).unwrap().text, "end");
        assert_eq!(render(8).unwrap_err().msg.key, "picker_template_circle");
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
