//! Whatever a page or a template says, rendering answers with clean text or a mistake in words.

use proptest::prelude::*;
use rejoinder::message::{Catalogue, Lang};
use rejoinder::template::{Context, Person, PostFacts, first_name, render};
use rejoinder::text::OffsetMap;

fn hostile() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        Just("{% if x %}".to_owned()),
        Just("{{ 7*7 }}".to_owned()),
        Just("</script><b>".to_owned()),
        Just("\u{202E}\u{2066}\u{200F}".to_owned()),
        Just("\u{FDD1}\u{FDD2}\u{100000}".to_owned()),
        Just("👩‍👩‍👧".to_owned()),
        Just("Ana ".to_owned()),
        Just("ñ".repeat(10_000)),
        Just("\u{0}\u{7}\u{1B}[31m\u{9F}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(bits, 0..30).prop_map(|bits| bits.concat())
}

/// A template in the making: tags, names and odd characters in any order.
fn body() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("{{ author.first_name }}".to_owned()),
        Just("{{ author.first_name | default('you') }}".to_owned()),
        Just("{{ nobody.there }}".to_owned()),
        Just("{{ cursor() }}".to_owned()),
        Just("{% if author.name is defined %}".to_owned()),
        Just("{% else %}".to_owned()),
        Just("{% endif %}".to_owned()),
        Just("{% for x in form.list %}".to_owned()),
        Just("{% endfor %}".to_owned()),
        Just("{% set x = post.text %}".to_owned()),
        Just("{{ x | upper | trim }}".to_owned()),
        Just("{{".to_owned()),
        Just("%}".to_owned()),
        Just("\n".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(bits, 0..12).prop_map(|bits| bits.concat())
}

/// Statements that make much of little, once and again.
fn growing() -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![
        "{% set x = x ~ x %}",
        "{% set x = x + 'é' + x %}",
        "{% set x = x * 9 %}",
        "{% set x = x * 99999999 %}",
        "{% set x = [x, x] | join(x) %}",
        "{% set x = x | list | join(x) %}",
        "{% set x = x | replace('a', x) %}",
        "{% set x %}{{ x }}{{ x }}{% endset %}",
        "{% for x in [x ~ x] %}",
        "{% for y in x | list %}",
        "{% for y in x recursive %}{{ loop(x) }}",
        "{% endfor %}",
        "{% with x = x ~ x %}",
        "{% endwith %}",
        "{% filter upper %}",
        "{% endfilter %}",
        "{% if x == x ~ x %}",
        "{% endif %}",
        "{{ x }}",
        "{{ x | upper | title }}",
        "{{ x ~ x ~ x }}",
    ]);
    let short = prop::collection::vec(bit.clone(), 0..6).prop_map(|bits| bits.concat());
    let again = (bit, 1..60_usize).prop_map(|(bit, times)| bit.repeat(times));
    prop_oneof![short, again]
}

fn is_unwanted(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}')
}

proptest! {
    #[test]
    fn page_values_never_fail_and_come_out_clean(name in hostile(), text in hostile()) {
        let context = Context {
            author: Person { name: Some(name), ..Person::default() },
            post: PostFacts { text: Some(text), ..PostFacts::default() },
            ..Context::default()
        };
        let body = "{{ author.first_name | default('you') }}|{{ author.name | default('') }}|{{ post.text | default('') }}";
        let rendered = render(body, &context).unwrap();
        prop_assert!(rendered.unresolved.is_empty());
        prop_assert_eq!(rendered.cursor, None);
        prop_assert!(!rendered.text.contains(is_unwanted), "{:?}", rendered.text);
        prop_assert!(rendered.text.chars().count() < 10_300);
    }

    #[test]
    fn markup_and_template_syntax_in_a_name_stay_what_they_are(name in "[a-z{}%<>/*7 &;'\"#-]{1,60}") {
        let context = Context { author: Person { name: Some(name.clone()), ..Person::default() }, ..Context::default() };
        let rendered = render("{% set n = author.name | default('') %}{{ n }}{{ author.name | default('') }}", &context).unwrap();
        let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(rendered.text, line.repeat(2));
    }

    #[test]
    fn what_grows_ends_within_its_bounds(body in growing()) {
        let context = Context {
            post: PostFacts { text: Some("aé".repeat(5_000)), ..PostFacts::default() },
            ..Context::default()
        };
        match render(&format!("{{% set x = post.text %}}{body}"), &context) {
            Ok(rendered) => prop_assert!(rendered.text.len() <= 70_000, "{}", rendered.text.len()),
            Err(problem) => {
                let said = Catalogue::of(Lang::En).say(&problem.msg);
                prop_assert!(said != problem.msg.key && !said.contains('$'), "{}", said);
            }
        }
    }

    #[test]
    fn any_template_gives_text_or_a_mistake_in_words(body in body(), name in hostile()) {
        let context = Context { author: Person { name: Some(name), ..Person::default() }, ..Context::default() };
        match render(&body, &context) {
            Ok(rendered) => {
                let map = OffsetMap::new(&rendered.text);
                let mut at = 0;
                for u in &rendered.unresolved {
                    prop_assert!(u.span.start.0 >= at && u.span.end <= map.len());
                    at = u.span.end.0;
                    let words = &rendered.text[map.to_byte(u.span.start)..map.to_byte(u.span.end)];
                    let marked = format!("{{{{ {} }}}}", u.name);
                    prop_assert!(words.is_empty() || words == marked, "{}", words);
                }
                prop_assert!(rendered.cursor.is_none_or(|c| c <= map.len()));
                let has_marks = rendered.text.contains(['\u{FDD1}', '\u{FDD2}']);
                prop_assert!(!has_marks, "{:?}", rendered.text);
            }
            Err(problem) => {
                for lang in [Lang::En, Lang::Es] {
                    let said = Catalogue::of(lang).say(&problem.msg);
                    prop_assert!(said != problem.msg.key, "{}", said);
                }
                prop_assert!(problem.line >= 1 && problem.line as usize <= body.matches('\n').count() + 1);
            }
        }
    }

    #[test]
    fn a_first_name_is_one_clean_word_of_the_name(name in hostile()) {
        if let Some(first) = first_name(&name) {
            prop_assert!((2..=30).contains(&first.chars().count()));
            prop_assert!(!first.contains(char::is_whitespace) && !first.contains(is_unwanted));
            let inner = |c: char| matches!(c, '\'' | '’' | '-' | '\u{301}'..='\u{308}');
            let is_word = first.chars().all(|c| c.is_alphabetic() || inner(c));
            prop_assert!(is_word, "{:?}", first);
        }
    }
}
