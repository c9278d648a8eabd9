use super::super::page::{Page, attrs};
use super::*;
use crate::protocol::{PointAsk, PointSaid};

/// The selector that a person gets for the `nth` match of `aimed`, pointed at as `part` of the containers `within`.
#[track_caller]
fn check(html: &str, part: Part, within: Option<&str>, aimed: &str, expect: &str, why: Why) {
    let mut page = Page::new(html);
    let step = PointAsk::Step {
        title: String::new(),
        help: String::new(),
        number: String::new(),
        optional: false,
        within: within.map(str::to_owned),
        aim: None,
    };
    page.answer(&step);
    let PointSaid { chain, inside, .. } = page.aim(aimed, 0);
    let chain = &chain[..inside.map_or(chain.len(), |at| at as usize)];
    let proposals = propose(part, chain);
    let ask = PointAsk::Try {
        turn: 1,
        node: chain[0].node,
        within: within.map(str::to_owned),
        selectors: proposals.iter().map(|one| one.css.clone()).collect(),
    };
    let Some(PointSaid { tries, .. }) = page.answer(&ask) else { panic!() };
    let order = ranked(part, &proposals, &tries);
    let best = order.first().map(|at| &proposals[*at]);
    let all: Vec<&str> = order.iter().map(|at| proposals[*at].css.as_str()).collect();
    assert_eq!(best.map(|one| (one.css.as_str(), one.why)), Some((expect, why)), "{all:?}");
}

/// Three times the same, with numbers 11, 12, 13 for `N`.
fn thrice(post: &str) -> String {
    (11..14).map(|n| post.replace('N', &n.to_string())).collect()
}

#[test]
fn a_post_of_a_forum_is_found_by_what_lasts() {
    let phpbb = thrice(
        r#"<div id="pN" class="post has-profile bg2"><div class="inner"><div class="postbody">x</div></div></div>"#,
    );
    check(&phpbb, Part::Post, None, ".post", "[id^=\"p\"]", Why::Id);
    let xenforo = thrice(
        r#"<article class="message message--post js-post" data-author="Ana" data-content="post-N" id="js-post-N">x</article>"#,
    );
    check(&xenforo, Part::Post, None, "article", "[data-author]", Why::Said);
    let discourse = thrice(
        r#"<div class="topic-post clearfix regular" data-post-number="N"><article id="post_N" class="boxed onscreen-post" data-post-id="9N">x</article></div>"#,
    );
    check(&discourse, Part::Post, None, "article", "[data-post-id]", Why::Said);
    let plain = format!(
        "<ol class=commentlist>{}</ol><ul><li class=depth>menu</ul>",
        thrice("<li class='comment depth'>x</li>")
    );
    check(&plain, Part::Post, None, ".comment", ".comment", Why::Class);
}

#[test]
fn hashes_are_left_out() {
    let emotion = thrice(r#"<div class="css-1x2y3z e1abc23" data-testid="comment"><p class="css-9f8e7d">x</p></div>"#);
    check(&emotion, Part::Post, None, "div", "[data-testid=\"comment\"]", Why::Said);
    let styled = thrice(r#"<div class="sc-bdVaJa fzKqXw CommentCard"><p>x</p></div>"#);
    check(&styled, Part::Post, None, "div", ".CommentCard", Why::Class);
    let modules = thrice(r#"<div class="Post_root__3xY9z"><p class="Post_body__aB3dE">x</p></div>"#);
    check(&modules, Part::Post, None, "div", "[class*=\"Post_root__\"]", Why::Built);
    let atomic = thrice(r#"<div role="article" class="x1abc x78zum5 xdj266r xeuugli x1n2onr6"><p>x</p></div>"#);
    check(&atomic, Part::Post, None, "div", "[role=\"article\"]", Why::Said);
}

#[test]
fn looks_give_way_to_names_and_to_structure() {
    let tailwind = format!(
        "<main id=thread>{}</main><div class='flex gap-4'>x</div>",
        thrice("<article class='flex gap-4 p-2 rounded-lg'><p class='text-sm'>x</p></article>")
    );
    check(&tailwind, Part::Post, None, "article", "article", Why::Tag);
    let nothing = format!("<div id=posts>{}</div><div>x</div>", thrice("<div><span>a</span><span>b</span></div>"));
    check(&nothing, Part::Post, None, "#posts > div", "#posts > div", Why::Tag);
}

#[test]
fn parts_are_looked_for_in_their_post() {
    let post = thrice(
        r#"<div class="post"><a class="username" href="/u/ana">Ana</a> <a class="username" href="/u/ben">@ben</a>
        <div class="head"><time datetime="2026-11-20T10:00Z">now</time></div><div class="content">text</div></div>"#,
    );
    let of = |part, aimed, expect, why| check(&post, part, Some(".post"), aimed, expect, why);
    of(Part::Author, ".username", "a[href*=\"/u/\"]", Why::Href);
    of(Part::Time, "time", "time[datetime]", Why::Said);
    of(Part::Text, ".content", ".content", Why::Class);
}

#[test]
fn a_second_of_a_kind_is_told_from_the_first() {
    let post = thrice(r#"<div class="post"><div class="meta"><span>Ana</span><span>2 h</span></div><p>text</p></div>"#);
    check(&post, Part::Time, Some(".post"), ".meta span:nth-of-type(2)", ".meta span:nth-of-type(2)", Why::Position);
}

#[test]
fn a_reply_box_and_its_button_are_found_by_name() {
    let html = r#"<form id="qr_postform" action="/x"><div class="inputbox"><textarea name="message" class="mt-2"></textarea></div>
        <button type="button">Preview</button><button type="submit" name="post" class="btn btn-primary">Send</button></form>"#;
    check(html, Part::Box, None, "textarea", "textarea[name=\"message\"]", Why::Said);
    check(html, Part::Send, Some("form"), "[type=submit]", "button[name=\"post\"]", Why::Said);
}

#[test]
fn whatever_a_page_names_its_things_the_selectors_can_be_used() {
    let hostile = Shape {
        node: 1,
        tag: "x-\"]{}".into(),
        id: "a\"] , * { }".into(),
        classes: vec!["\\".into(), "</style>".into(), "good-name\u{0}".into(), "日本".into()],
        attrs: attrs(&[("data-\"]", "x"), ("data-user-name", "\"] *"), ("href", "javascript:#\"]-1"), ("name", "\\")]),
        nth: 4,
        editable: false,
    };
    for part in [Part::Post, Part::Author, Part::Link, Part::Box] {
        for one in propose(part, &[hostile.clone(), hostile.clone()]) {
            assert!(scraper::Selector::parse(&one.css).is_ok(), "{}", one.css);
        }
    }
}
