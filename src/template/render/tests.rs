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
    check("{{ brand.name | default(me.name) }}", "", "Acme");
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
fn a_name_is_listed_once_for_all_its_tests() {
    check_unresolved("{% if me.name %}{% endif %}{% if me.name %}{% endif %}.", ".", &["me.name"]);
    check_unresolved("{{ me.name }}{% if me.name %}{% endif %}", "{{ me.name }}", &["me.name"]);
    check_unresolved("{% if me.name %}{% endif %}{% if form.x %}{% endif %}", "", &["me.name", "form.x"]);
    check_unresolved("{{ form.a.b.c }}", "{{ form.a.b.c }}", &["form.a.b.c"]);
    check_unresolved("{{ form.a.b | default('x') }}", "{{ form.a.b }}", &["form.a.b"]);
    check_unresolved("{{ author | default('x') }}", "{{ author }}", &["author"]);
    check_unresolved("{{ me.name == me.name }}", "False", &["me.name"]);
    check_unresolved("{{ (me.name ~ 'x') | first }}", "", &["me.name"]);
    check_unresolved("{{ (me.name ~ 'x') | length }}", "3", &["me.name"]);
}

#[test]
fn namespaces_are_there_and_are_nothing_to_call() {
    check("{% if author %}yes{% endif %}{% if form is defined %}, yes{% endif %}", "", "yes, yes");
    check("{{ '' | default('x') }}|{{ '' | default('x', true) }}|{{ me.name | default }}", "", "|x|");
    check("{% if me.name is undefined %}a{% endif %}{% if author.name is undefined %}b{% endif %}", "Ana Ruiz", "a");
    for (body, name) in
        [("{{ author.shout() }}", "author.shout"), ("{{ me.name() }}", "me.name"), ("{{ foo() }}", "foo")]
    {
        let msg = render(body, &context("")).unwrap_err().msg;
        assert_eq!((msg.key.as_str(), msg.args["name"].as_str()), ("picker_template_unknown_function", name));
    }
}

#[test]
fn a_day_goes_by_the_moment_and_the_language_of_the_post() {
    let say = |body: &str, language: &str, offset: i32| {
        let mut context = context("Ana Ruiz");
        context.post.language = Some(language.to_owned());
        let rendered = render(body, &Context { now: Some(1_767_223_800_000), offset, ..context }).unwrap();
        assert!(rendered.unresolved.is_empty());
        rendered.text
    };
    assert_eq!(say("{{ date() }}", "en", 0), "31 December 2025");
    assert_eq!(say("{{ date() }}", "en", 60), "1 January 2026");
    assert_eq!(say("{{ date(days=2) }}", "es-MX", 60), "3 de enero de 2026");
    assert_eq!(say("{{ date(format='%A %d/%m %H:%M', hours=-1) }}", "es", 0), "miércoles 31/12 22:30");
    check_unresolved("{{ date() }}", "{{ now }}", &["now"]);
    check("{{ date() | default('soon') }}", "", "soon");
    check_problem("{{ date(weeks=1) }}", "picker_template_bad_value", 1, 4);
}

#[test]
fn chance_is_the_same_for_the_same_reply_and_differs_by_list() {
    let say = |body: &str, seed: u64| render(body, &Context { seed, ..context("") }).unwrap().text;
    let seeds = (1..40_u64).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let both = |body: &str| seeds.clone().map(|seed| say(body, seed)).collect::<Vec<_>>();
    let first = both("{{ random(['a', 'b']) }}");
    assert_eq!(first, both("{{ random(['a', 'b']) }}"));
    assert!(first.contains(&"a".to_owned()) && first.contains(&"b".to_owned()), "{first:?}");
    let pairs = both("{{ random(['Hello', 'Hi']) }} {{ random(['friend', 'there']) }}");
    for pair in ["Hello friend", "Hello there", "Hi friend", "Hi there"] {
        assert!(pairs.contains(&pair.to_owned()), "{pairs:?}");
    }
    assert_eq!(say("{{ random(['x']) }}", 7), "x");
    check_problem("{{ random([]) }}", "picker_template_bad_value", 1, 4);
}

#[test]
fn a_preview_says_how_long_it_is_or_what_is_wrong() {
    use crate::site::limits::Units;
    let limit = Some(Limit { most: 3, units: Units::CodePoints });
    let part = |name: &str| (name == "sig").then(|| "Acme".to_owned());
    let shown = preview("{% include 'sig' %}{{ me.name }}", &context(""), &part, limit, Lang::En);
    assert_eq!((shown.text.as_str(), shown.over, shown.error), ("Acme{{ me.name }}", Some(14), None));
    assert_eq!(shown.unresolved[0].name, "me.name");
    let wrong = preview("{% foo %}", &context(""), &part, limit, Lang::Es);
    assert!(wrong.error.is_some_and(|said| said.contains("foo") && said.contains("línea") || said.contains("Línea")));
    assert_eq!((wrong.text.as_str(), wrong.over), ("", None));
}

#[test]
fn the_longest_text_is_written_and_a_longer_one_is_not() {
    let body = |more: usize| format!("{}{{{{ brand.name }}}}", "x".repeat(LONGEST - 4 + more));
    assert_eq!(render(&body(0), &context("")).unwrap().text.len(), LONGEST);
    assert_eq!(render(&body(1), &context("")).unwrap_err().msg.key, "picker_template_too_long");
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
    let each = format!("{{% for a in '{}' | list %}}", "x".repeat(60));
    let nested = |inside: &str| format!("{}{inside}{}", each.repeat(3), "{% endfor %}".repeat(3));
    check_problem(&nested(""), "picker_template_runs_on", 1, 246);
    check_problem(&nested("{{ post.text * 100 }}"), "picker_template_too_long", 1, 1);
}

/// A body that would fill the memory ends with the problem, and so does the same body as a part.
#[track_caller]
fn check_bomb(body: &str, key: &str) {
    let mut context = context("Ana Ruiz");
    context.post.text = Some("a".repeat(10_000));
    let part = |_: &str| Some(body.to_owned());
    for outer in [body, "{% include 'part' %}"] {
        let problem = render_with(outer, &context, &part).unwrap_err();
        assert_eq!(problem.msg.key, key, "{outer:?}");
        assert_eq!(problem.line, 1);
    }
}

#[test]
fn what_a_body_names_cannot_grow_without_end() {
    let start = "{% set s = post.text %}";
    for double in [
        "{% set s = s ~ s %}",
        "{% set s = s + s %}",
        "{% set s = s ~ 'and' ~ s %}",
        "{% set s = [s, s] | join(s ~ s) %}",
        "{% set s = s * 2 %}",
        "{%- set s = 2 * s -%}",
        "{% with s = s ~ s %}",
        "{% for s in [s ~ s] %}",
        "{# {% raw %} #}{% set s = \"%}\" ~ s ~ s %}",
        "{% set s = '\\'' ~ s ~ s %}{# #}",
    ] {
        check_bomb(&format!("{start}{}", double.repeat(40)), "picker_template_too_long");
    }
    check_bomb("{{ 'x' * 100000000 }}", "picker_template_too_long");
    check_bomb("{% if 100000000 * 'x' %}{% endif %}", "picker_template_too_long");
    check_bomb("{{ 'x' * (100000 * 1000) }}", "picker_template_too_long");
    check_bomb("{{ [{'a': {}}, 'x' * 100000000] }}", "picker_template_too_long");
    check_bomb("{{ post.text * (post.text | length) }}", "picker_template_too_long");
    check_bomb("{{ post.text | replace('a', post.text) }}", "picker_template_too_long");
    check_bomb("{{ post.text | list | join(post.text) }}", "picker_template_too_long");
    check_bomb(&format!("{start}{{% set s %}}{{{{ s }}}}{{{{ s }}}}{{% endset %}}"), "picker_template_unknown_tag");
    check_bomb("{% filter upper %}x{% endfilter %}", "picker_template_unknown_tag");
    check_bomb("{% for c in post.text recursive %}{{ loop(c) }}{% endfor %}", "picker_template_unknown_tag");
}

#[test]
fn a_part_that_is_included_again_and_again_cannot_grow_either() {
    let body = |times: usize| format!("{{% set s = 'ab' %}}{}{{{{ s }}}}", "{% include 'double' %}".repeat(times));
    let rendered = |times| render_with(&body(times), &Context::default(), &|_| Some("{% set s = s ~ s %}".to_owned()));
    assert_eq!(rendered(3).unwrap().text, "ab".repeat(8));
    assert_eq!(rendered(40).unwrap_err().msg.key, "picker_template_too_long");
}

#[test]
fn sums_and_joined_names_are_no_danger() {
    check("{{ 7*7 }}, {{ 2 + 3 * 4 }}, {{ ('3' | int) * 12 }}", "", "49, 14, 36");
    check(
        "{% set n = author.first_name ~ ' of ' ~ brand.name %}{{ n }} {{ n }}",
        "Ana Ruiz",
        "Ana of Acme Ana of Acme",
    );
    check("{{ '-' * 20 }}", "", &"-".repeat(20));
    check("{{ 'a,b' | split(',') | join(' and ') }} {{ ['x', 1] | join }}", "", "a and b x1");
    check("{{ brand.name | replace('c', 'cc') }}", "", "Accme");
    let joined = "{{ brand.name ~ 'x' ~ brand.name }}".repeat(100);
    check(&joined, "", &"AcmexAcme".repeat(100));
}

#[test]
fn what_is_raw_or_in_quotes_is_no_tag() {
    check(
        "{% raw %}{% foo %} {{ x * y }}{% include 'x' %}{% endraw %}.",
        "",
        "{% foo %} {{ x * y }}{% include 'x' %}.",
    );
    check("{%- raw -%} {% foo %} {%- endraw -%} .", "", "{% foo %}.");
    check("{# {% foo %} {{ #}{{ '{% foo %}' }}{{ \"}}\" }}", "", "{% foo %}}}");
    check("{{ {'a': {'b': 1}}.a.b }} { {} %} }}", "", "1 { {} %} }}");
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
