use super::*;
use crate::template::context::{Brand, Person, PostFacts};

fn context(name: &str) -> Context {
    Context {
        author: Person { name: Some(name.to_owned()), first_name: None, handle: Some("@ana".to_owned()) },
        post: PostFacts { text: Some("Where is my order?".to_owned()), ..PostFacts::default() },
        brand: Brand { name: Some("Acme".to_owned()), ..Brand::default() },
        ..Context::default()
    }
}

#[track_caller]
fn check(body: &str, name: &str, expect: &str) {
    let rendered = render(body, &context(name)).unwrap();
    assert_eq!(rendered.text, expect, "{body:?}");
    assert!(rendered.unresolved.is_empty(), "{body:?}: {:?}", rendered.unresolved);
}

/// The text with each unresolved span's words, and the names.
#[track_caller]
fn check_unresolved(body: &str, expect: &str, names: &[&str]) {
    let rendered = render(body, &context("")).unwrap();
    assert_eq!(rendered.text, expect, "{body:?}");
    let found: Vec<&str> = rendered.unresolved.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(found, names, "{body:?}");
    let map = OffsetMap::new(&rendered.text);
    for u in &rendered.unresolved {
        let words = &rendered.text[map.to_byte(u.span.start)..map.to_byte(u.span.end)];
        assert!(words.is_empty() || words == format!("{{{{ {} }}}}", u.name), "{words:?}");
    }
}

#[track_caller]
fn check_problem(body: &str, key: &str, line: u32, column: u32) {
    let problem = render(body, &context("Ana Ruiz")).unwrap_err();
    assert_eq!((problem.msg.key.as_str(), problem.line, problem.column), (key, line, column), "{body:?}");
    let said = Catalogue::of(Lang::En).say(&problem.msg);
    assert!(!said.contains('$') && said != key, "{said}");
}

#[test]
fn values_and_fallbacks() {
    let body = "Hi {{ author.first_name | default(\"there\") }}, {{ brand.name }} here.";
    check(body, "Ana Ruiz", "Hi Ana, Acme here.");
    check(body, "xX_Ana_Xx", "Hi there, Acme here.");
    check(body, "", "Hi there, Acme here.");
    check("{{ author.handle }} {{ author.name | d(author.handle) }}", "", "ana ana");
    check("{{ author.first_name | default('x') | upper }}", "", "X");
    check("{{ form.order | default('') | trim }}", "", "");
    check("{{ agent.name | default(me.name | default('us')) }}", "", "us");
}

#[test]
fn conditions_ask_whether_a_value_is_there() {
    let body = "{% if author.first_name is defined %}Hi {{ author.first_name }}{% else %}Hello{% endif %}!";
    check(body, "Ana Ruiz", "Hi Ana!");
    check(body, "", "Hello!");
    check("{% if author.first_name is not defined %}Hello{% endif %}", "", "Hello");
    check("{% if author.first_name is defined and author.first_name == 'Ana' %}Ana!{% endif %}", "", "");
    check("{% if author.first_name is undefined %}?{% endif %}", "", "?");
}

#[test]
fn block_tags_leave_no_empty_lines() {
    check("Hi\n  {% if true %}\nthere\n  {% endif %}\nbye\n", "", "Hi\nthere\nbye");
}

#[test]
fn missing_values_are_marked_where_they_stand() {
    check_unresolved("Hi {{ author.first_name }}!", "Hi {{ author.first_name }}!", &["author.first_name"]);
    check_unresolved("é😀 {{ me.name }} {{ form.x }}", "é😀 {{ me.name }} {{ form.x }}", &["me.name", "form.x"]);
    check_unresolved("{{ frist_name }}", "{{ frist_name }}", &["frist_name"]);
    check_unresolved("{{ author.first_name | upper }}", "{{ author.first_name }}", &["author.first_name"]);
    check_unresolved("{{ 'Hi ' ~ me.name ~ '!' }}", "Hi {{ me.name }}!", &["me.name"]);
    check_unresolved("{{ author }}", "{{ author }}", &["author"]);
    check_unresolved("{{ author.first_name | default(me.name) }}", "{{ me.name }}", &["me.name"]);
}

#[test]
fn a_fallback_in_one_place_does_not_excuse_another() {
    check_unresolved("{{ me.name | default('us') }}, {{ me.name }}", "us, {{ me.name }}", &["me.name"]);
    check_unresolved("{{ auther.first_name | default('you') }}", "{{ auther.first_name }}", &["auther.first_name"]);
}

#[test]
fn missing_values_that_are_tested_are_listed_too() {
    check_unresolved("{% if author.first_name %}a{% else %}b{% endif %}", "b", &["author.first_name"]);
    check_unresolved("{{ author.first_name or 'you' }}", "you", &["author.first_name"]);
    check_unresolved("{% if me.name == 'Ana' %}a{% endif %}.", ".", &["me.name"]);
    check_unresolved("{% for x in form.list %}a{% endfor %}.", ".", &["form.list"]);
    check_unresolved("{% set n = me.name %}{{ n | default('us') }} {{ n | default('us') }}", "us us", &[]);
}

#[test]
fn the_caret_is_an_offset_and_never_a_character() {
    let cursor = |body: &str| {
        let rendered = render(body, &context("Ana Ruiz")).unwrap();
        (rendered.text, rendered.cursor.map(|c| c.0))
    };
    assert_eq!(cursor("😀 {{ cursor() }}b"), ("😀 b".to_owned(), Some(3)));
    assert_eq!(cursor("a{{ cursor() }}b{{ cursor() }}"), ("ab".to_owned(), Some(1)));
    assert_eq!(cursor("ab"), ("ab".to_owned(), None));
    assert_eq!(cursor("a\u{FDD1}b\u{FDD2}\u{100000}"), ("ab\u{100000}".to_owned(), None));
}

#[test]
fn page_values_are_text_and_never_template() {
    let mut hostile = context("Ana Ruiz");
    for (value, expect) in [
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("{% raw %}{% include 'x' %}", "{% raw %}{% include 'x' %}"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("abc\u{202E}fed\u{2066}\u{0}\u{FDD1}\u{FDD2}\u{100000}", "abcfed"),
    ] {
        hostile.post.text = Some(value.to_owned());
        let rendered = render("{{ post.text }}", &hostile).unwrap();
        assert_eq!((rendered.text.as_str(), rendered.cursor, rendered.unresolved.len()), (expect, None, 0));
    }
    hostile.post.text = Some("ñ".repeat(10_000));
    assert_eq!(render("{{ post.text }}", &hostile).unwrap().text.chars().count(), 10_000);
}

#[test]
fn mistakes_are_said_with_their_place() {
    check_problem("Hi {{ author.first_name ", "picker_template_brace_open", 1, 4);
    check_problem("{{ brand.name }} {{ brand.name", "picker_template_brace_open", 1, 18);
    check_problem("{{ brand.name\n{{ brand.name }}", "picker_template_brace_open", 1, 1);
    check_problem("{% if true %}{{ brand.name }", "picker_template_brace_open", 1, 14);
    check_problem("{% if true %}a{% for x in [1] %}b{% endfor %}", "picker_template_block_open", 1, 1);
    check_problem("Hi\n{% if author.first_name is defined %}x", "picker_template_block_open", 2, 1);
    check_problem("Hi\n\n  {{ author..name }}", "picker_template_not_read", 3, 13);
    check_problem("{% foo %}", "picker_template_unknown_tag", 1, 4);
    check_problem("é {{ brand.name | shout }}", "picker_template_unknown_filter", 1, 19);
    check_problem("{{ today() }}", "picker_template_unknown_function", 1, 4);
    check_problem("{{ brand.name + 1 }}", "picker_template_bad_value", 1, 4);
    check_problem("{% include \"sig\" %}", "picker_template_no_part", 1, 4);
}

#[test]
fn work_and_output_are_bounded() {
    let endless = "{% for a in range %}{% endfor %}".replace("range", "('x' * 1000) | list");
    let nested = endless.replace("{% endfor %}", &format!("{endless}{{% endfor %}}"));
    check_problem(&nested, "picker_template_runs_on", 1, 1);
    check_problem("{% for a in ('x' * 1000) | list %}{{ 'y' * 1000 }}{% endfor %}", "picker_template_too_long", 1, 1);
}

#[test]
fn length_over_a_limit_counts_in_its_units() {
    use crate::site::limits::{Limit, Units};
    let over = |most: Option<u32>, units| {
        let limit = most.map(|most| Limit { most, units });
        Rendered { text: "ñandú😀".to_owned(), ..Rendered::default() }.over(limit)
    };
    assert_eq!(over(Some(4), Units::CodePoints), Some(2));
    assert_eq!(over(Some(6), Units::CodePoints), None);
    assert_eq!(over(Some(6), Units::X), Some(1));
    assert_eq!(over(None, Units::X), None);
}
