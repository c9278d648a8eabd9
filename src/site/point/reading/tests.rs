use super::super::page::attrs;
use super::*;
use crate::site::pattern;

fn link(href: &str) -> Shape {
    Shape { node: 1, tag: "a".into(), attrs: attrs(&[("href", href)]), ..Shape::default() }
}

#[track_caller]
fn handle(href: &str, expect: Option<&str>) {
    let re = person(&link(href));
    let found =
        re.as_ref().map(|re| pattern::first(&pattern::compile(re).unwrap(), href).unwrap_or("no match").to_owned());
    assert_eq!(found.as_deref(), expect, "{href} {re:?}");
}

#[test]
fn a_profile_names_its_person() {
    handle("/u/ana_ruiz", Some("ana_ruiz"));
    handle("https://forum.example/members/ana.12/", Some("ana.12"));
    handle("/users/123/ana-ruiz", Some("ana-ruiz"));
    handle("user/ana?tab=posts", Some("ana"));
    handle("/@ana@other.example", Some("ana@other.example"));
    handle("/perfil/ana/", Some("ana"));
    handle("/users/123", None);
    handle("./memberlist.php?mode=viewprofile&u=2", None);
    handle("/t/some-topic/12", None);
}

fn numbered(id: &str, pairs: &[(&str, &str)]) -> Shape {
    Shape { node: 1, tag: "div".into(), id: id.into(), attrs: attrs(pairs), ..Shape::default() }
}

#[track_caller]
fn number(one: &Shape, other: &Shape, expect: Option<(&str, &str)>) {
    let found = identity(one, &[one.clone(), other.clone()]);
    assert_eq!(found.as_ref().map(|found| (found.attr.as_str(), found.value.as_str())), expect);
}

#[test]
fn a_post_is_numbered_by_what_differs_in_each() {
    number(&numbered("p77", &[]), &numbered("p78", &[]), Some(("id", "77")));
    number(
        &numbered("x", &[("data-post-id", "5")]),
        &numbered("x", &[("data-post-id", "6")]),
        Some(("data-post-id", "5")),
    );
    number(&numbered("", &[("data-topic-id", "5")]), &numbered("", &[("data-topic-id", "6")]), None);
    number(&numbered("", &[("data-user-id", "5")]), &numbered("", &[("data-user-id", "6")]), None);
    number(&numbered("", &[("data-id", "5")]), &numbered("", &[("data-id", "5")]), None);
    number(&numbered("ember12", &[]), &numbered("ember13", &[]), None);
    let (one, other) =
        (numbered("js-post-5", &[("data-content", "post-5")]), numbered("js-post-6", &[("data-content", "post-6")]));
    number(&one, &other, Some(("id", "5")));
    let reader = identity(&one, &[one.clone(), other]).unwrap().reader();
    assert_eq!(reader, json!({ "attr": "id", "re": "^js-post-([0-9]+)$" }));
}

#[test]
fn a_posts_own_link_is_told_from_its_others() {
    let links: Vec<Shape> = ["/u/ana", "/t/12/reply?to=77", "/t/12#post-77", "/t/12/like/77", "/t/12"]
        .iter()
        .zip(1..)
        .map(|(href, node)| Shape { node, ..link(href) })
        .collect();
    assert_eq!(own_link(&links, Some("77")), Some(3));
    assert_eq!(own_link(&links[..2], Some("77")), None);
    assert_eq!(own_link(&links[4..], None), None);
}

#[test]
fn the_address_keeps_what_names_the_post() {
    let kept = |href: &str| {
        let found = canonical(Some(&link(href)));
        let text = |name: &str| found.get(name).map(Value::to_string).unwrap_or_default();
        (text("keep_query"), text("keep_fragment"))
    };
    assert_eq!(kept("viewtopic.php?p=77&sid=abc#p77"), ("[\"p\"]".into(), "\"^p[0-9]+$\"".into()));
    assert_eq!(kept("/threads/x.12/post-77"), (String::new(), String::new()));
    assert_eq!(kept("#comment-5"), ("[\"*\"]".into(), "\"^comment-[0-9]+$\"".into()));
    assert_eq!(canonical(None).get("keep_query"), Some(&json!(["*"])));
}

#[test]
fn a_time_is_read_where_machines_read_it() {
    let at = |tag: &str, pairs: &[(&str, &str)]| {
        let shape = Shape { tag: tag.into(), attrs: attrs(pairs), ..Shape::default() };
        readers(Part::Time, ".t", &shape)[0].1[0].get("attr").and_then(Value::as_str).map(str::to_owned)
    };
    assert_eq!(at("time", &[("datetime", "2026-11-20"), ("title", "20 Nov 2026")]).as_deref(), Some("datetime"));
    assert_eq!(at("span", &[("data-time", "1795000000"), ("data-short", "1h")]).as_deref(), Some("data-time"));
    assert_eq!(at("span", &[("title", "20 Nov 2026 10:00")]).as_deref(), Some("title"));
    assert_eq!(at("span", &[("title", "Ana's post")]), None);
}
