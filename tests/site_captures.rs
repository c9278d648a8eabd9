//! Captured real pages, kept beside the project: `REJOINDER_CAPTURES=<folder> cargo test captures`.
//!
//! Without the variable each test says "not given" and passes: the captures are nobody's to ship. With a second one,
//! `REJOINDER_CAPTURED`, what is read goes into that folder, where the browsers' test compares the page agent with it.

use std::path::PathBuf;

use rejoinder::site::html;
use rejoinder::site::registry;
use rejoinder::site::report::report;
use serde_json::{Value, json};

fn read(name: &str, url: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("REJOINDER_CAPTURES") else {
        eprintln!("captures: not given");
        return None;
    };
    let path = PathBuf::from(folder).join(name);
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let html = html::parse(&source);
    let definition = html::choose(registry::bundled(), &html, url).expect("a definition that fits");
    if let Some(captured) = std::env::var_os("REJOINDER_CAPTURED") {
        let file = PathBuf::from(captured).join(format!("{}.json", name.replace('/', "-")));
        let raw = html::read_raw(definition, &html, url);
        let case = json!({ "definition": definition.id, "source": path, "url": url, "raw": raw });
        std::fs::write(file, case.to_string()).unwrap();
    }
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
fn linkedin_feed_has_its_updates_comments_and_an_open_box() {
    let path = "linkedin/feed-open-comment-boxes-2025-04.html";
    let Some(page) = read(path, "https://www.linkedin.com/feed/") else { return };
    // Ten activities and seven comments; the two aggregates and the course are no posts.
    assert_eq!(
        column(&page, "/author/handle"),
        [
            "user72518",
            "company/user22427",
            "user43990",
            "user24625",
            "company/user95478",
            "user69682",
            "user90998",
            "company/user73894",
            "user65715",
            "user50462",
            "user65715",
            "user50462",
            "user37960",
            "user72693",
            "user89782",
            "user02763",
            "user43990"
        ]
    );
    let posts: Vec<&Value> = page["posts"].as_array().unwrap().iter().filter(|post| post["kind"] == "post").collect();
    assert_eq!(posts.len(), 10);
    let likes: Vec<Value> = posts.iter().map(|post| post["counts"]["likes"].clone()).collect();
    assert_eq!(likes, [5, 126, 7, 135, 1229, 91, 74, 72, 43, 6]);
    let promoted: Vec<bool> = posts.iter().map(|post| post["promoted"] == true).collect();
    assert_eq!(promoted, [false, true, false, false, true, false, true, false, false, false]);
    check(&page, "/posts/1/author/followers", &json!(51_906));
    check(&page, "/posts/1/counts", &json!({ "likes": 126, "reposts": 4, "replies": 3, "views": null }));
    // Under a person's name stands what they do, not how many follow them.
    check(&page, "/posts/0/author/followers", &Value::Null);
    check(&page, "/posts/0/author/name", &json!("Fizabes Siba"));
    check(&page, "/posts/0/published", &json!("2025-04-09T18:59:42.405Z"));
    check(
        &page,
        "/posts/0/permalink",
        &json!("https://www.linkedin.com/feed/update/urn:li:activity:7315810659462764275/"),
    );
    // The first update reshares another with a longer text of its own.
    let text = page.pointer("/posts/0/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("We're godivi Minin Dine!") && !text.contains("demap.te"), "{text}");
    // "NAME and 71 others" is 72; its comments name another thread than the update's.
    check(&page, "/posts/8/counts", &json!({ "likes": 72, "reposts": 1, "replies": 6, "views": null }));
    let update = "urn:li:activity:7311236025152424185";
    let first = "activity:7311234512154863572,7311247888032980648";
    let parents: Vec<Value> = column(&page, "/parent").drain(9..15).collect();
    assert_eq!(parents, [update, first, first, update, update, update]);
    check(&page, "/posts/9/id", &json!(first));
    check(&page, "/posts/9/counts/replies", &json!(2));
    check(&page, "/posts/10/counts/likes", &json!(1));
    check(&page, "/posts/10/published", &json!("2025-03-28T04:51:55.580Z"));
    check(&page, "/posts/13/text", &json!("Gifaki fobagilevot to boki it Vivafa 😹"));
    check(&page, "/posts/5/kind", &json!("comment"));
    check(&page, "/acting_account", &json!({ "handle": "user97438", "name": "Vig Din" }));
    assert_eq!(page["composers"].as_array().unwrap().len(), 1);
    check(&page, "/composers/0/kind", &json!("reply"));
    check(&page, "/composers/0/target/id", &json!(update));
    check(&page, "/composers/0/acting_account/handle", &json!("user97438"));
}

#[test]
fn bluesky_thread_tells_its_post_its_answers_and_answers_to_those() {
    let url = "https://bsky.app/profile/user81272.bsky.social/post/3bagota3ron2t";
    let Some(page) = read("bluesky/thread-2026-01.html", url) else { return };
    assert_eq!(page["posts"].as_array().unwrap().len(), 52);
    // The thread's own post has no link to itself; its rounded counts stand beside exact labels.
    check(&page, "/posts/0/kind", &json!("post"));
    check(&page, "/posts/0/permalink", &json!(url));
    check(&page, "/posts/0/author/name", &json!("Loli Gepata"));
    check(&page, "/posts/0/author/handle", &json!("user81272.bsky.social"));
    check(&page, "/posts/0/counts", &json!({ "likes": 3121, "reposts": 239, "replies": 95, "views": null }));
    // The keys in this capture were replaced and claim other years than the page shows.
    assert!(column(&page, "/published").iter().all(|at| at.as_str().is_some_and(|at| at.starts_with("2026-01-2"))));
    assert!(column(&page, "/precision").iter().all(|precision| *precision == json!("day")));
    assert_eq!(column(&page, "/kind")[1..], ["comment"; 51]);
    check(&page, "/posts/1/permalink", &json!("https://bsky.app/profile/user71325.bsky.social/post/3melenolofe24"));
    check(&page, "/posts/1/author/name", &json!("Rorop Manefo 🫘 🇺🇸"));
    check(&page, "/posts/1/text", &json!("He's sapaled a tegigo kozol-y."));
    check(&page, "/posts/1/counts", &json!({ "likes": 16, "reposts": 1, "replies": 0, "views": null }));
    // Three after the third answer form a conversation of their own, joined by lines: no answers to the post.
    let root = json!("3bagota3ron2t");
    let parents: Vec<Value> = column(&page, "/parent").drain(1..8).collect();
    assert_eq!(parents, [root.clone(), root.clone(), root.clone(), Value::Null, Value::Null, Value::Null, root]);
    assert_eq!(column(&page, "/parent").iter().filter(|parent| parent.is_null()).count(), 14);
    check(&page, "/acting_account", &Value::Null);
}

#[test]
fn threads_home_has_nineteen_posts_and_keeps_a_quote_out() {
    let Some(page) = read("threads/home-logged-in-2025-04.html", "https://www.threads.com/") else { return };
    assert_eq!(page["posts"].as_array().unwrap().len(), 19);
    assert_eq!(
        column(&page, "/counts/likes"),
        [1, 48, 1000, 9, 0, 42, 11, 5, 24, 17, 189, 11, 2, 1, 200, 52, 60, 9, 15]
    );
    assert_eq!(column(&page, "/counts/replies"), [1, 2, 10, 4, 0, 1, 0, 0, 0, 3, 4, 2, 0, 0, 3, 0, 3, 0, 0]);
    assert_eq!(column(&page, "/counts/reposts"), [0, 0, 19, 0, 0, 1, 0, 0, 1, 2, 16, 0, 0, 0, 21, 3, 6, 1, 0]);
    check(&page, "/posts/2/approximate", &json!(["likes"]));
    check(&page, "/posts/0/id", &json!("LIPI0_MI9up"));
    check(&page, "/posts/0/permalink", &json!("https://www.threads.com/@user01474/post/LIPI0_MI9up"));
    check(&page, "/posts/0/published", &json!("2025-04-09T17:59:10Z"));
    check(&page, "/posts/0/author/verified", &json!(true));
    check(&page, "/posts/8/author/verified", &json!(false));
    check(&page, "/posts/4/text", &json!("👀"));
    let text = page.pointer("/posts/5/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("Tuesday's Niramid Ronifo: 4/10\nTodegeba"), "{text}");
    // This one quotes a verified author's post of four minutes before.
    check(&page, "/posts/14/author/handle", &json!("user33313"));
    check(&page, "/posts/14/author/verified", &json!(false));
    check(&page, "/posts/14/published", &json!("2025-04-09T00:59:10Z"));
    check(&page, "/posts/14/text", &json!("So dinonoki is about to tiz nase more sedilalod"));
    check(&page, "/acting_account/handle", &json!("user51277"));
}

#[test]
fn instagram_home_has_three_posts_with_a_box_each() {
    let Some(page) = read("instagram/home-logged-in-2025-04.html", "https://www.instagram.com/") else { return };
    assert_eq!(column(&page, "/author/handle"), ["user84637", "user40300", "user61889"]);
    assert_eq!(column(&page, "/published"), ["2025-04-03T19:15:22Z", "2025-04-03T21:22:59Z", "2025-03-30T02:31:26Z"]);
    assert_eq!(column(&page, "/counts/likes"), [48, 130, 13]);
    // The last one has no comments, and no link to them.
    assert_eq!(column(&page, "/counts/replies"), [json!(2), json!(8), Value::Null]);
    check(&page, "/posts/0/permalink", &json!("https://www.instagram.com/p/KA_ke4teko0/"));
    assert_eq!(column(&page, "/truncated"), [true, false, false]);
    let text = page.pointer("/posts/0/text").and_then(Value::as_str).unwrap();
    assert!(text.starts_with("I’ga laf some kegaribadize") && !text.ends_with("more"), "{text}");
    check(&page, "/posts/1/text", &json!("mivalef from bazagebato this year radi nik"));
    check(&page, "/posts/2/text", &json!("🐈\u{200D}⬛"));
    check(&page, "/acting_account/handle", &json!("user51277"));
    let composers = page["composers"].as_array().unwrap();
    let targets: Vec<&Value> = composers.iter().map(|composer| &composer["target"]["handle"]).collect();
    assert_eq!(targets, ["user84637", "user40300", "user61889"]);
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
