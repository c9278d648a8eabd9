//! What the chips put into a body, so that nobody must know Jinja.

use crate::template::LINKS;

/// A value that a body can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chip {
    /// Its name in a body.
    pub name: &'static str,
    /// Catalogue key of what people call it.
    pub label: &'static str,
    /// It may be missing on a page, so that a body says what to write then.
    pub may_be_missing: bool,
}

const fn chip(name: &'static str, label: &'static str, may_be_missing: bool) -> Chip {
    Chip { name, label, may_be_missing }
}

/// The chips by group: catalogue key of the group, and its chips.
pub const GROUPS: [(&str, &[Chip]); 5] = [
    (
        "library_chips_author",
        &[
            chip("author.first_name", "library_chip_first_name", true),
            chip("author.name", "library_chip_name", true),
            chip("author.handle", "library_chip_handle", true),
        ],
    ),
    (
        "library_chips_post",
        &[
            chip("post.url", "library_chip_post_url", true),
            chip("post.time", "library_chip_post_time", true),
            chip("post.network", "library_chip_network", false),
        ],
    ),
    (
        "library_chips_us",
        &[
            chip("brand.name", "library_chip_brand", false),
            chip("brand.handle", "library_chip_brand_handle", true),
            chip("me.first_name", "library_chip_me", true),
            chip("me.name", "library_chip_me_name", true),
        ],
    ),
    (
        "library_chips_case",
        &[
            chip("case.number", "library_chip_case_number", true),
            chip("case.last_reply", "library_chip_case_reply", true),
            chip("case.assignee", "library_chip_case_assignee", true),
            chip("case.department", "library_chip_case_department", true),
            chip("case.due", "library_chip_case_due", true),
        ],
    ),
    ("library_chips_page", &[chip("page.url", "library_chip_page_url", true)]),
];

/// A value; with words to write instead where it is missing.
pub fn value(name: &str, fallback: Option<&str>) -> String {
    match fallback {
        Some(fallback) => format!("{{{{ {name} | default({}) }}}}", quoted(fallback)),
        None => format!("{{{{ {name} }}}}"),
    }
}

/// One of the brand's links; a name that a body cannot write after a point is quoted.
pub fn link(name: &str) -> String {
    let plain =
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain { format!("{LINKS}.{name}") } else { format!("{LINKS}[{}]", quoted(name)) }
}

/// Words that stand only where a value is known.
pub fn only_when(name: &str, words: &str) -> String {
    format!("{{% if {name} is defined %}}{words}{{% endif %}}")
}

/// Another template in this place.
pub fn part(name: &str) -> String {
    format!("{{% include {} %}}", quoted(name))
}

/// A day so many days from the reply.
pub fn day(days: i32) -> String {
    if days == 0 { "{{ date() }}".to_owned() } else { format!("{{{{ date(days={days}) }}}}") }
}

/// One of several wordings, chosen anew for each reply.
pub fn one_of(wordings: &str) -> String {
    let all: Vec<String> = wordings.split('/').map(str::trim).filter(|one| !one.is_empty()).map(quoted).collect();
    format!("{{{{ random([{}]) }}}}", all.join(", "))
}

/// Where the caret stands after the reply was inserted.
pub const CARET: &str = "{{ cursor() }}";

/// A name for a field, from what people call it: letters, digits and `_`, unlike every name in `taken`.
pub fn field_name<'a>(label: &str, taken: impl Fn(&str) -> bool + 'a) -> String {
    let mut name = String::new();
    for c in label.trim().to_lowercase().chars() {
        match plain(c) {
            Some(c) => name.push(c),
            None if !name.is_empty() && !name.ends_with('_') => name.push('_'),
            None => {}
        }
    }
    let name = name.trim_matches('_').to_owned();
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if starts_well { name } else { format!("field{}{name}", if name.is_empty() { "" } else { "_" }) };
    (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}_{n}") }).find(|name| !taken(name)).unwrap_or(name)
}

/// The body uses the answer of a field.
pub fn uses_field(body: &str, name: &str) -> bool {
    let wanted = format!("form.{name}");
    let ends = |at: usize| !body[at + wanted.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    body.match_indices(&wanted).any(|(at, _)| ends(at))
}

/// A letter that a name can have: Spanish ones without their accents.
fn plain(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' => Some(c),
        'á' => Some('a'),
        'é' => Some('e'),
        'í' => Some('i'),
        'ó' => Some('o'),
        'ú' | 'ü' => Some('u'),
        'ñ' => Some('n'),
        'ç' => Some('c'),
        _ => None,
    }
}

fn quoted(words: &str) -> String {
    let escaped = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_write_what_they_say() {
        assert_eq!(value("author.handle", None), "{{ author.handle }}");
        assert_eq!(value("author.first_name", Some("there")), r#"{{ author.first_name | default("there") }}"#);
        assert_eq!(
            only_when("form.order", " Order {{ form.order }}."),
            "{% if form.order is defined %} Order {{ form.order }}.{% endif %}"
        );
        assert_eq!(value(&link("shop"), None), "{{ links.shop }}");
        assert_eq!(value(&link("size guide"), None), r#"{{ links["size guide"] }}"#);
        assert_eq!(day(0), "{{ date() }}");
        assert_eq!(day(3), "{{ date(days=3) }}");
        assert_eq!(one_of("Hello / Hi / "), r#"{{ random(["Hello", "Hi"]) }}"#);
    }

    #[test]
    fn fields_get_names_that_a_body_can_hold() {
        let name = |label: &str| field_name(label, |name| name == "order");
        assert_eq!(
            ["Order number", "Código", "¿Cuándo?", "2nd day", "  ", "Order", "订单"].map(name),
            ["order_number", "codigo", "cuando", "field_2nd_day", "field", "order_2", "field"]
        );
    }

    #[test]
    fn a_field_is_used_by_its_whole_name() {
        let used = |name: &str| uses_field("{{ form.order_number }} {{ form.day}}", name);
        assert_eq!(["order_number", "day", "order", "d"].map(used), [true, true, false, false]);
    }

    #[cfg(feature = "engine")]
    #[test]
    fn what_chips_write_can_be_read() {
        use crate::template::{Context, render, render_with};
        let odd = "say \"hi\" \\ {{ x }}\nbye";
        let read = |body: &str| render(body, &Context::default()).unwrap().text;
        assert_eq!(read(&value("author.first_name", Some(odd))), odd);
        assert_eq!(read(&only_when("author.name", "secret")), "");
        for (_, chips) in GROUPS {
            for chip in chips {
                let found = render(&value(chip.name, None), &Context::default()).unwrap();
                assert_eq!(found.unresolved[0].name, chip.name);
            }
        }
        let part = render_with(&part("sig"), &Context::default(), &|name| Some(format!("<{name}>"))).unwrap();
        assert_eq!(part.text, "<sig>");
        assert!(["A", "B"].contains(&read(&one_of("A/B")).as_str()));
        let context = Context { now: Some(0), ..Context::default() };
        assert_eq!(render(&day(2), &context).unwrap().text, "3 January 1970");
        assert_eq!(read(CARET), "");
    }
}
