//! Captured real pages, kept beside the project: `REJOINDER_CAPTURES=<folder> cargo test captures`.
//!
//! Without the variable each test says "not given" and passes: the captures are nobody's to ship.

use std::path::PathBuf;

use rejoinder::site::html;
use rejoinder::site::registry;
use rejoinder::site::report::report;
use serde_json::{Value, json};

fn read(path: &str, url: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("REJOINDER_CAPTURES") else {
        eprintln!("captures: not given");
        return None;
    };
    let path = PathBuf::from(folder).join(path);
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let html = html::parse(&source);
    let definition = html::choose(registry::bundled(), &html, url).expect("a definition that fits");
    Some(report(definition, &html::read_page(definition, &html, url, 1_795_296_600_000)))
}

#[track_caller]
fn check(report: &Value, pointer: &str, expect: &Value) {
    assert_eq!(report.pointer(pointer), Some(expect), "{pointer}");
}

fn column(report: &Value, pointer: &str) -> Vec<Value> {
    report["posts"].as_array().unwrap().iter().map(|post| post.pointer(pointer).cloned().unwrap_or_default()).collect()
}

#[test]
fn x_home_has_five_posts_and_an_acting_account() {
    let Some(page) = read("x/home-logged-in-2025-04.html", "https://x.com/home") else { return };
    assert_eq!(column(&page, "/author/handle"), ["user71129", "user05318", "user15740", "user80466", "user01981"]);
    assert_eq!(
        column(&page, "/id"),
        [
            "1909645231751452344",
            "1909395801283204664",
            "1909617015733804868",
            "1909350411259035920",
            "1909428901170897703"
        ]
    );
    assert_eq!(
        column(&page, "/published"),
        [
            "2025-04-08T16:31:17Z",
            "2025-04-08T00:00:08Z",
            "2025-04-08T14:39:10Z",
            "2025-04-07T20:59:46Z",
            "2025-04-08T02:11:40Z"
        ]
    );
    assert_eq!(column(&page, "/counts/likes"), [28, 139, 1247, 159, 1314]);
    assert_eq!(column(&page, "/counts/reposts"), [2, 4, 157, 16, 100]);
    assert_eq!(column(&page, "/counts/replies"), [6, 15, 141, 7, 21]);
    assert_eq!(column(&page, "/counts/views"), [255, 5470, 161_820, 21_952, 130_516]);
    assert!(column(&page, "/approximate").iter().all(|list| *list == json!([])));
    // Three posts hold a video, wrapped in placementTracking: none of them is an advertisement.
    assert!(column(&page, "/promoted").iter().all(|promoted| *promoted == json!(false)));
    check(&page, "/posts/0/permalink", &json!("https://x.com/user71129/status/1909645231751452344"));
    check(&page, "/posts/1/author/name", &json!("Kazibebi Viga \u{ea00}🔆"));
    check(&page, "/acting_account/handle", &json!("user03490"));
    check(&page, "/acting_account/name", &json!("vig g🥦"));
    check(&page, "/composers/0/kind", &json!("post"));
    check(&page, "/health/composers", &json!(1));
}

#[test]
fn a_quoted_post_on_x_stays_out_of_the_quoting_one() {
    let Some(page) = read("x/profile-logged-out.html", "https://x.com/user03089") else { return };
    assert_eq!(column(&page, "/author/handle"), ["user03089"; 3]);
    assert_eq!(column(&page, "/author/followers"), [3893; 3]);
    assert_eq!(column(&page, "/counts/likes"), [27, 6027, 767]);
    let text = page.pointer("/posts/2/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("It's online") && text.len() < 60, "{text}");
    check(&page, "/acting_account", &Value::Null);
}

#[test]
fn x_article_is_read_with_its_reply_box() {
    let url = "https://x.com/user54283/status/2013045749580891916";
    let Some(page) = read("x/article-logged-in-2026-02.html", url) else { return };
    assert_eq!(column(&page, "/id"), ["2013045749580891916"]);
    check(&page, "/posts/0/permalink", &json!(url));
    check(&page, "/posts/0/published", &json!("2026-01-19T00:28:01Z"));
    check(&page, "/posts/0/counts", &json!({ "likes": 2378, "reposts": 234, "replies": 76, "views": 1_122_900 }));
    let text = page.pointer("/posts/0/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("lisenezo + kodoza teba 101\nsot tedos the last year"), "{text}");
    assert!(text.ends_with("\npegetefa"), "{text}");
    check(&page, "/acting_account/handle", &json!("user92435"));
    check(&page, "/composers/0/kind", &json!("reply"));
    check(&page, "/composers/0/target/id", &json!("2013045749580891916"));
}

#[test]
fn x_posts_seen_logged_out() {
    let Some(page) = read("x/post-logged-out.html", "https://x.com/user80127/status/1222907250383153057") else {
        return;
    };
    check(&page, "/posts/0/author/verified", &json!(true));
    check(&page, "/posts/0/counts", &json!({ "likes": 76_091, "reposts": 15_635, "replies": 18_151, "views": null }));
    let url = "https://x.com/user83176/status/957383241714153642";
    let video = read("x/post-video-logged-out.html", url).unwrap();
    check(&video, "/posts/0/promoted", &json!(false));
    check(&video, "/posts/0/text", &json!("Is it bap to nefi into kepo nanabakota?"));
    check(&video, "/posts/0/published", &json!("2018-01-27T22:42:06Z"));
    check(&video, "/acting_account", &Value::Null);
}

#[test]
fn nodebb_1_is_read_with_its_acting_account() {
    let Some(page) = read("nodebb/topic-1.4.0-logged-in.html", "http://127.0.0.1:4567/topic/2/x") else { return };
    assert_eq!(column(&page, "/id"), ["2", "3", "4"]);
    assert_eq!(column(&page, "/kind"), ["post", "comment", "comment"]);
    assert_eq!(column(&page, "/author/handle"), ["user94404", "user44627", "admin"]);
    assert_eq!(column(&page, "/counts/replies"), [0, 1, 0]);
    check(&page, "/posts/1/author/name", &json!("user86509"));
    check(&page, "/posts/0/permalink", &json!("http://127.0.0.1:4567/post/2"));
    check(&page, "/posts/0/published", &json!("2026-11-21T21:07:00.125Z"));
    check(&page, "/acting_account/handle", &json!("admin"));
}

#[test]
fn nodebb_4_keeps_federated_ids_and_leaves_previews_aside() {
    let Some(page) = read("nodebb/topic-v4-2026-03.html", "https://community.example/topic/18427") else { return };
    assert_eq!(page["posts"].as_array().unwrap().len(), 12);
    check(&page, "/posts/2/id", &json!("https://fedi.example.org/users/user51798/statuses/113556636882532940"));
    check(&page, "/posts/2/author/name", &json!("Ninemegeg"));
    check(&page, "/posts/2/parent", &json!("101893"));
    // The post that it answers is shown above it, with a link and a time of its own.
    check(&page, "/posts/1/permalink", &json!("https://community.example/post/101893"));
    check(&page, "/posts/1/published", &json!("2024-11-27T19:36:29.906Z"));
    check(&page, "/posts/0/counts/likes", &json!(13));
    check(&page, "/acting_account", &Value::Null);
    let links: std::collections::BTreeSet<_> = column(&page, "/permalink").iter().map(Value::to_string).collect();
    assert_eq!(links.len(), 12);
}

#[test]
fn phpbb_posts_have_exact_times_and_one_link_each() {
    let url = "https://board.example/forum/viewtopic.php?t=5550&sid=x";
    let Some(page) = read("phpbb/topic-2026-03.html", url) else { return };
    assert_eq!(
        column(&page, "/id"),
        ["63779", "63823", "63880", "63889", "63902", "64004", "64014", "64015", "64019", "64022"]
    );
    assert_eq!(
        column(&page, "/author/handle"),
        [
            "user73124",
            "user78600",
            "user87273",
            "user78600",
            "user32998",
            "user25466",
            "user78728",
            "user78728",
            "user60643",
            "user72346"
        ]
    );
    check(&page, "/posts/0/kind", &json!("post"));
    check(&page, "/posts/0/permalink", &json!("https://board.example/forum/viewtopic.php?p=63779#p63779"));
    check(&page, "/posts/0/published", &json!("2010-04-07T19:39:46Z"));
    check(&page, "/posts/9/published", &json!("2010-04-10T16:26:29Z"));
    assert!(column(&page, "/parent").iter().skip(1).all(|parent| *parent == json!("63779")));
    // The quotation that opens it is another's.
    let text = page.pointer("/posts/3/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("Nekak you, Deno!"), "{text}");
    check(&page, "/acting_account", &Value::Null);
}

#[test]
fn phpbb_without_time_elements_reads_the_line_and_whom_a_post_quotes() {
    let url = "https://forums.example/viewtopic.php?t=361697";
    let Some(page) = read("phpbb/topic-no-datetime-2026-03.html", url) else { return };
    assert_eq!(page["posts"].as_array().unwrap().len(), 16);
    check(&page, "/posts/0/published", &json!("2023-12-17T11:23:00Z"));
    check(&page, "/posts/0/precision", &json!("day"));
    check(&page, "/posts/2/parent", &json!("2173335"));
    check(&page, "/posts/3/parent", &json!("2169826"));
    check(&page, "/posts/6/parent", &json!("2183907"));
    check(&page, "/posts/6/text", &json!("That's so kate, nekak you!!!!"));
    check(&page, "/posts/2/permalink", &json!("https://forums.example/viewtopic.php?p=2173347#p2173347"));
    // The last author is gone: a name without a link.
    check(&page, "/posts/15/author/handle", &Value::Null);
    check(&page, "/posts/15/author/name", &json!("user06460"));
}

#[test]
fn phpbb_knows_who_is_logged_in_and_its_two_reply_boxes() {
    let url = "https://board.example/viewtopic.php?t=1";
    let Some(page) = read("phpbb/topic-3.3.10-logged-in.html", url) else { return };
    assert_eq!(column(&page, "/id"), ["1", "2", "3"]);
    check(&page, "/posts/2/published", &json!("2026-11-21T21:20:05Z"));
    check(&page, "/acting_account/handle", &json!("admin"));
    check(&page, "/composers/0/kind", &json!("reply"));
    check(&page, "/composers/0/target/id", &json!("1"));
    let url = "https://board.example/posting.php?mode=reply&t=1";
    let form = read("phpbb/posting-reply-3.3.10-logged-in.html", url).unwrap();
    // The topic's posts below the form, newest first.
    assert_eq!(column(&form, "/id"), ["3", "2", "1"]);
    check(&form, "/posts/0/permalink", &json!("https://board.example/viewtopic.php?p=3#p3"));
    check(&form, "/health/composers", &json!(1));
    check(&form, "/composers/0/target/permalink", &json!("https://board.example/viewtopic.php?t=1"));
}

#[test]
fn reddit_reads_a_link_post_by_its_attributes() {
    let url = "https://www.reddit.com/r/technology/comments/1rl4mew/any_title/?share_id=x";
    let Some(page) = read("reddit/post-2026-03.html", url) else { return };
    assert_eq!(column(&page, "/id"), ["t3_1rl4mew"]);
    check(&page, "/posts/0/author/handle", &json!("user58823"));
    check(&page, "/posts/0/permalink", &json!("https://www.reddit.com/r/technology/comments/1rl4mew"));
    check(&page, "/posts/0/published", &json!("2026-03-05T01:53:41.845Z"));
    check(&page, "/posts/0/counts", &json!({ "likes": 510, "reposts": null, "replies": 73, "views": null }));
    let text = page.pointer("/posts/0/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("DEF Kekon to Nivole:") && text.ends_with("zilata poledezasok.\""), "{text}");
    check(&page, "/acting_account", &Value::Null);
    check(&page, "/health/composers", &json!(0));
}

#[test]
fn old_reddit_reads_a_post_and_its_tree_of_comments() {
    let url = "https://old.reddit.com/r/science/comments/1rku5x9/any_title/";
    let Some(page) = read("reddit/old-reddit-comments-2026-03.html", url) else { return };
    assert_eq!(page["posts"].as_array().unwrap().len(), 39);
    check(&page, "/posts/0/id", &json!("t3_1rku5x9"));
    check(&page, "/posts/0/permalink", &json!("https://www.reddit.com/r/science/comments/1rku5x9"));
    check(&page, "/posts/0/published", &json!("2026-03-04T18:58:32Z"));
    check(&page, "/posts/0/counts", &json!({ "likes": 1100, "reposts": null, "replies": 47, "views": null }));
    assert_eq!(column(&page, "/id")[1..6], ["t1_o8n5jvy", "t1_o8nd42m", "t1_o8ntqgi", "t1_o8nyk6s", "t1_o8ojh7m"]);
    assert_eq!(column(&page, "/parent")[1..6], ["t3_1rku5x9", "t3_1rku5x9", "t1_o8nd42m", "t1_o8ntqgi", "t1_o8nyk6s"]);
    // A hidden score is unknown, and one below zero is no number of likes.
    assert_eq!(column(&page, "/counts/likes")[1..5], [Value::Null, json!(189), json!(140), json!(42)]);
    let below = page["posts"].as_array().unwrap().iter().find(|post| post["id"] == "t1_o8njuxb").unwrap();
    assert_eq!(below["counts"]["likes"], Value::Null);
    assert_eq!(column(&page, "/counts/replies")[1..4], [0, 11, 6]);
    check(&page, "/acting_account", &Value::Null);
    // The box that asks to log in is no reply box.
    check(&page, "/health/composers", &json!(0));
}

#[test]
fn tiktok_reads_the_two_videos_that_are_filled() {
    let url = "https://www.tiktok.com/@user82287/video/7571863205253885009?is_from_webapp=1";
    let Some(page) = read("tiktok/video-logged-out-2025-12.html", url) else { return };
    assert_eq!(column(&page, "/id"), ["7571863205253885009", "7586458564600392367"]);
    assert_eq!(column(&page, "/author/handle"), ["user82287", "user20376"]);
    assert_eq!(column(&page, "/published"), ["2025-11-12T15:36:23Z", "2025-12-21T23:33:50Z"]);
    assert_eq!(column(&page, "/counts/likes"), [25_500, 35_300]);
    assert_eq!(column(&page, "/counts/replies"), [146, 223]);
    assert_eq!(column(&page, "/counts/reposts"), [2156, 24_800]);
    assert_eq!(column(&page, "/promoted"), [true, false]);
    check(&page, "/posts/1/text", &json!("😅😂 #dida #podarimeva #konifatenimika"));
    check(&page, "/posts/1/permalink", &json!("https://www.tiktok.com/@user20376/video/7586458564600392367"));
    check(&page, "/acting_account", &Value::Null);
}

#[test]
fn discourse_without_scripting_reads_the_post_that_has_an_address() {
    let url = "https://community.example/t/4o-mikedi-2024-09-05-fomabe/931828";
    let Some(page) = read("discourse/topic-server-html-2026-03.html", url) else { return };
    check(&page, "/health/seen", &json!(2));
    check(&page, "/posts/0/permalink", &json!(url));
    check(&page, "/posts/0/author/handle", &json!("user71753"));
    check(&page, "/posts/0/author/name", &json!("Kesekamo"));
    check(&page, "/posts/0/published", &json!("2024-09-05T23:15:57Z"));
    check(&page, "/posts/0/counts/likes", &json!(0));
}
