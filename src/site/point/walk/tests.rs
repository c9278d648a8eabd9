use super::super::page::Page;
use super::*;
use crate::site::definition::Definition;
use crate::site::{html, load};

fn say(msg: &Msg) -> String {
    crate::message::Catalogue::of(crate::message::Lang::En).say(msg)
}

fn said(kind: &str, turn: u32) -> PointSaid {
    PointSaid { kind: kind.to_owned(), turn, ..PointSaid::default() }
}

/// Walks over a page: what the person points at for each part, `""` = what the step starts at, `-` = skip.
fn walk(page: &mut Page, aims: &[(Part, &str)]) -> Walk {
    let mut walk = Walk::new(draft::start("forum.example", "forum"), &STEPS);
    let mut asked = walk.said(said("ready", 0), say);
    for (part, aimed) in aims {
        assert_eq!(walk.part(), Some(*part), "{aimed}");
        let Some(PointAsk::Step { aim, .. }) = asked.last() else { panic!("{asked:?}") };
        page.answer(&asked[asked.len() - 1]);
        if *aimed == "-" {
            asked = walk.said(said("skip", 0), say);
            continue;
        }
        let aim = if aimed.is_empty() { page.aim_at(aim.unwrap()) } else { page.aim(aimed, 0) };
        let tries = walk.said(aim, say);
        let shown = match page.answer(&tries[0]) {
            Some(tried) => walk.said(tried, say),
            None => tries,
        };
        let [PointAsk::Show { selector: Some(_), line, why, .. }] = &shown[..] else { panic!("{part:?} {shown:?}") };
        assert!(!line.starts_with("point_") && !why.starts_with("point_"), "{line} {why}");
        asked = walk.said(page.pick(), say);
    }
    walk
}

fn definition(walk: &Walk) -> Definition {
    let definition: Definition = serde_json::from_value(walk.draft.clone()).unwrap();
    assert_eq!(load::faults(&definition), [], "{}", walk.draft);
    definition
}

const FORUM: &str = include_str!("forum.html");

#[test]
fn a_forum_that_nobody_knew_is_read_after_pointing() {
    let mut page = Page::new(FORUM);
    let walk = walk(
        &mut page,
        &[
            (Part::Post, ".entry"),
            (Part::Author, ".who b"),
            (Part::Text, ".words"),
            (Part::Time, "time"),
            (Part::Link, ""),
            (Part::Box, ".answer-form textarea"),
            (Part::Send, ".answer-form .go span"),
            (Part::Reply, ".entry .answer-this"),
            (Part::Me, ".bar .me"),
        ],
    );
    assert_eq!(walk.stage, Stage::Done);
    let definition = definition(&walk);
    let url = "https://forum.example/talk?room=4&sid=9";
    let read = html::read_page(&definition, &page.html, url, 1_795_000_000_000);
    let posts: Vec<_> = read
        .posts
        .iter()
        .map(|post| {
            (
                post.id.as_deref().unwrap(),
                post.author.handle.as_deref().unwrap(),
                post.text.as_str(),
                post.permalink.as_str(),
            )
        })
        .collect();
    assert_eq!(
        posts,
        [
            ("71", "marta", "My kettle leaks, @albacoffee.", "https://forum.example/talk?room=4#e71"),
            ("72", "ben.k", "Mine too.", "https://forum.example/talk?room=4#e72"),
            ("73", "lucia", "¿Y la garantía?", "https://forum.example/talk?room=4#e73"),
        ]
    );
    assert!(read.posts.iter().all(|post| post.published.is_some()));
    assert_eq!((read.acting.handle.as_deref(), read.composers.len()), (Some("albacoffee"), 1));
    let composer = &definition.composers[0];
    assert_eq!((composer.region.as_str(), composer.send.len()), (".answer-form", 1));
    assert!(composer.target.as_ref().is_some_and(|target| target.clicked));
    assert_eq!(definition.posts[0].row.css, definition.posts[0].fields["name"][0].css.clone().unwrap());
}

#[test]
fn what_is_skipped_is_left_out_and_the_rest_still_works() {
    let mut page = Page::new(FORUM);
    let skipping = [
        (Part::Post, ".entry"),
        (Part::Author, ".who b"),
        (Part::Text, ".words"),
        (Part::Time, "-"),
        (Part::Link, "-"),
        (Part::Box, "-"),
        (Part::Me, "-"),
    ];
    let walk = walk(&mut page, &skipping);
    assert_eq!(walk.stage, Stage::Done);
    let definition = definition(&walk);
    assert!(definition.composers.is_empty());
    let read = html::read_page(&definition, &page.html, "https://forum.example/talk?room=4", 0);
    assert_eq!(read.posts[1].permalink, "https://forum.example/talk?room=4");
    assert_eq!(read.posts[1].id.as_deref(), Some("72"));
}

#[test]
fn a_part_outside_of_every_post_and_a_box_that_is_none_cannot_be_picked() {
    let mut page = Page::new(FORUM);
    let mut walk = Walk::new(draft::start("forum.example", "forum"), &STEPS);
    let refused = |asked: &[PointAsk], key: &str| match asked {
        [PointAsk::Show { selector: None, line, .. }] => assert_eq!(*line, say(&Msg::new(key))),
        other => panic!("{other:?}"),
    };
    walk.said(said("ready", 0), say);
    let tries = walk.said(page.aim(".entry", 0), say);
    let tried = page.answer(&tries[0]).unwrap();
    walk.said(tried, say);
    let asked = walk.said(page.pick(), say);
    page.answer(&asked[0]);
    refused(&walk.said(page.aim(".bar .me", 0), say), "point_outside");
    assert_eq!(walk.said(page.pick(), say), [], "nothing to take");
    assert_eq!(walk.said(said("skip", 0), say), [], "not without an author");
    walk.stage = Stage::Pointing(5);
    refused(&walk.said(page.aim("h1", 0), say), "point_no_box");
}

#[test]
fn late_answers_and_nonsense_change_nothing() {
    let mut page = Page::new(FORUM);
    let mut walk = Walk::new(draft::start("forum.example", "forum"), &STEPS);
    walk.said(said("ready", 0), say);
    let before = walk.draft.clone();
    let first = walk.said(page.aim(".entry", 0), say);
    let late = page.answer(&first[0]).unwrap();
    walk.said(page.aim("h1", 0), say);
    assert_eq!(walk.said(late, say), []);
    assert_eq!(walk.said(said("pick", 1), say), []);
    assert_eq!(walk.said(said("tried", 2), say).len(), 1);
    assert_eq!(walk.said(said("pick", 2), say), []);
    let empty = PointSaid { inside: Some(7), ..said("aim", 9) };
    walk.said(empty, say);
    assert_eq!(walk.draft, before);
    walk.said(said("back", 0), say);
    assert_eq!(walk.stage, Stage::Cancelled);
}

#[test]
fn another_selector_can_be_had_for_the_same_element() {
    let mut page = Page::new(FORUM);
    let mut walk = Walk::new(draft::start("forum.example", "forum"), &STEPS);
    walk.said(said("ready", 0), say);
    let tries = walk.said(page.aim(".entry", 0), say);
    let tried = page.answer(&tries[0]).unwrap();
    let shown = walk.said(tried, say);
    let turn = 1;
    let other = walk.said(said("another", turn), say);
    let selector = |asked: &[PointAsk]| match asked {
        [PointAsk::Show { selector: Some(selector), .. }] => selector.clone(),
        other => panic!("{other:?}"),
    };
    assert_ne!(selector(&shown), selector(&other));
}
