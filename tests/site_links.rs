//! One post is one mention, whatever way it is reached: other hosts and languages of a network, what tracks people, a
//! post's views, its former address, both of a network's interfaces.

use std::collections::BTreeSet;

use rejoinder::log::MentionKey;
use rejoinder::log::key::IdScope;
use rejoinder::site::{html, registry};

/// The keys of what is read on a page of these words.
fn keys(url: &str, body: &str) -> Vec<MentionKey> {
    let page = html::parse(&format!("<!doctype html><html><head></head><body>{body}</body></html>"));
    let definition = html::choose(registry::bundled(), &page, url).unwrap_or_else(|| panic!("{url}: no definition"));
    let scope = IdScope::of(&definition.canonical);
    let posts = html::read_page(definition, &page, url, 1_795_296_600_000).posts;
    posts.iter().filter_map(|post| MentionKey::of(post, scope)).collect()
}

/// Every page is of one post, and `other` is of another.
#[track_caller]
fn same(pages: &[(&str, String)], other: (&str, String)) {
    let all: BTreeSet<Vec<MentionKey>> = pages
        .iter()
        .map(|(url, body)| {
            let keys = keys(url, body);
            assert_eq!(keys.len(), 1, "{url} {body}");
            keys
        })
        .collect();
    assert_eq!(all.len(), 1, "{pages:?}");
    assert_ne!(all.first(), Some(&keys(other.0, &other.1)), "{other:?}");
}

/// The same markup under other links.
#[track_caller]
fn check(markup: &str, ways: &[(&str, &str)], other: &str) {
    let fill = |href: &str| markup.replace("HREF", href);
    let pages: Vec<(&str, String)> = ways.iter().map(|(url, href)| (*url, fill(href))).collect();
    same(&pages, (ways[0].0, fill(other)));
}

#[test]
fn x() {
    check(
        r#"<article data-testid="tweet"><a href="HREF"><time datetime="2026-11-20T10:00:00.000Z">1d</time></a></article>"#,
        &[
            ("https://x.com/home", "/ana/status/1990000000000000001"),
            ("https://twitter.com/home", "/ana/status/1990000000000000001"),
            ("https://mobile.x.com/search?q=a", "https://mobile.twitter.com/ana/status/1990000000000000001?s=20&t=x"),
            ("https://x.com/ana", "https://x.com/renamed/status/1990000000000000001/photo/1"),
        ],
        "/ana/status/1990000000000000002",
    );
}

#[test]
fn linkedin_and_its_newer_pages() {
    const POST: &str = "urn:li:activity:7529819650654208011";
    let old = |urn: &str| format!(r#"<div role="article" class="feed-shared-update-v2" data-urn="{urn}"></div>"#);
    let new = |urn: &str| {
        format!(
            r#"<div data-testid="mainFeed"><div data-view-name="feed-full-update" data-view-tracking-scope='{{"updateUrn":"{urn}"}}'></div></div>"#
        )
    };
    same(
        &[
            ("https://www.linkedin.com/feed/", old(POST)),
            ("https://de.linkedin.com/in/ana/recent-activity/", old(POST)),
            ("https://www.linkedin.com/feed/?trk=x", new(POST)),
        ],
        ("https://www.linkedin.com/feed/", old("urn:li:activity:7529819650654208012")),
    );
    let comment =
        |id: &str| format!(r#"<article class="comments-comment-entity" data-id="urn:li:comment:{id}"></article>"#);
    let next = |id: &str| format!(r#"<div componentkey="replaceableComment_urn:li:comment:{id}"></div>"#);
    same(
        &[
            ("https://www.linkedin.com/feed/", comment("(activity:7529819650654208011,7529831218544640003)")),
            ("https://es.linkedin.com/feed/", comment("(urn:li:activity:7529819650654208011,7529831218544640003)")),
            ("https://www.linkedin.com/feed/", next("(urn:li:activity:7529819650654208011,7529831218544640003)")),
        ],
        ("https://www.linkedin.com/feed/", comment("(activity:7529819650654208011,7529831218544640004)")),
    );
}

#[test]
fn facebook() {
    check(
        r#"<div role="article"><h3><a role="link" href="/ana">Ana</a></h3><a href="HREF">1 d</a></div>"#,
        &[
            ("https://www.facebook.com/", "/ana/posts/pfbid02Abc?__cft__[0]=x&__tn__=y"),
            ("https://m.facebook.com/", "https://m.facebook.com/ana/posts/any-title/pfbid02Abc?mibextid=x"),
            ("https://es-la.facebook.com/", "/permalink.php?story_fbid=pfbid02Abc&id=100&ref=embed"),
            ("https://www.facebook.com/", "https://www.facebook.com/story.php?story_fbid=pfbid02Abc&id=100"),
        ],
        "/ana/posts/pfbid03Abc",
    );
    check(
        r#"<div role="article" aria-label="Comment by Ana"><a role="link" href="HREF"><span dir="auto">Ana</span></a></div>"#,
        &[
            ("https://www.facebook.com/", "/acme/posts/77?comment_id=123&__tn__=R"),
            ("https://m.facebook.com/", "https://m.facebook.com/story.php?story_fbid=77&id=1&comment_id=123"),
        ],
        "/acme/posts/77?comment_id=124",
    );
}

#[test]
fn instagram() {
    check(
        r#"<article><a href="/ana/">ana</a><a href="HREF"><time datetime="2026-11-20T10:00:00.000Z">1d</time></a></article>"#,
        &[
            ("https://www.instagram.com/", "/p/DRa1_x-9Kup/"),
            ("https://www.instagram.com/ana/", "/ana/p/DRa1_x-9Kup/"),
            ("https://instagram.com/", "https://www.instagram.com/p/DRa1_x-9Kup/?igsh=x&utm_source=y"),
            ("https://www.instagram.com/reels/", "/reel/DRa1_x-9Kup/"),
        ],
        "/p/DRa1_x-9Kuq/",
    );
}

#[test]
fn threads() {
    check(
        r#"<div data-pressable-container="true"><a href="HREF"><time datetime="2026-11-20T10:00:00.000Z">1d</time></a></div>"#,
        &[
            ("https://www.threads.com/", "/@ana/post/DRa1_x-9Kup"),
            ("https://www.threads.net/", "/@ana/post/DRa1_x-9Kup?xmt=x"),
            ("https://threads.net/@ana", "https://www.threads.net/@ana/post/DRa1_x-9Kup/media"),
        ],
        "/@ana/post/DRa1_x-9Kuq",
    );
}

#[test]
fn pinterest() {
    check(
        r#"<div data-test-id="pin"><a href="HREF">A cup</a></div>"#,
        &[
            ("https://www.pinterest.com/", "/pin/1234567890/"),
            ("https://www.pinterest.es/", "/pin/una-taza--1234567890/"),
            ("https://br.pinterest.com/", "https://br.pinterest.com/pin/1234567890/?utm_source=x"),
        ],
        "/pin/1234567891/",
    );
}

#[test]
fn reddit_and_its_old_pages() {
    let new = |path: &str| {
        format!(r#"<shreddit-app><shreddit-post id="t3_1abcd01" permalink="{path}"></shreddit-post></shreddit-app>"#)
    };
    let old = |path: &str| {
        format!(
            r#"<div id="siteTable"><div class="thing link" data-fullname="t3_1abcd01" data-permalink="{path}"></div></div>"#
        )
    };
    same(
        &[
            ("https://www.reddit.com/r/coffee/", new("/r/coffee/comments/1abcd01/any_title/")),
            ("https://www.reddit.com/", new("/r/coffee/comments/1abcd01/any_title/?share_id=x")),
            ("https://old.reddit.com/r/coffee/", old("/r/coffee/comments/1abcd01/any_title/")),
            ("https://es.reddit.com/r/coffee/", old("/r/coffee/comments/1abcd01/otro/")),
        ],
        ("https://www.reddit.com/", new("").replace("1abcd01", "1abcd02")),
    );
    let comment = |path: &str| {
        format!(
            r#"<shreddit-app><shreddit-comment thingid="t1_k1" permalink="{path}"></shreddit-comment></shreddit-app>"#
        )
    };
    let thing = |path: &str| {
        format!(
            r#"<div id="siteTable"></div><div class="thing comment" data-fullname="t1_k1" data-permalink="{path}"></div>"#
        )
    };
    same(
        &[
            ("https://www.reddit.com/r/coffee/", comment("/r/coffee/comments/1abcd01/comment/k1/")),
            ("https://old.reddit.com/r/coffee/", thing("/r/coffee/comments/1abcd01/any_title/k1/")),
        ],
        ("https://www.reddit.com/", comment("/r/coffee/comments/1abcd01/comment/k1/").replace("t1_k1", "t1_k2")),
    );
}

#[test]
fn youtube() {
    check(
        r#"<ytd-comment-view-model><a id="author-text" href="/@ana">@ana</a><span id="published-time-text"><a href="HREF">1 day ago</a></span></ytd-comment-view-model>"#,
        &[
            ("https://www.youtube.com/watch?v=abc123", "/watch?v=abc123&lc=UgxAbc"),
            ("https://m.youtube.com/watch?v=abc123", "https://m.youtube.com/watch?v=abc123&lc=UgxAbc&pp=x"),
            ("https://www.youtube.com/watch?v=abc123&list=PL1&t=3s", "/watch?list=PL1&lc=UgxAbc&v=abc123&si=y"),
        ],
        "/watch?v=abc123&lc=UgxAbd",
    );
}

#[test]
fn tiktok() {
    check(
        r#"<div data-e2e="recommend-list-item-container"><a data-e2e="video-author-avatar" href="/@ana">ana</a><a href="HREF">1 d</a></div>"#,
        &[
            ("https://www.tiktok.com/foryou", "/@ana/video/7571863205253885009"),
            ("https://m.tiktok.com/foryou", "https://m.tiktok.com/@ana/video/7571863205253885009?_r=1"),
            (
                "https://www.tiktok.com/es/",
                "https://www.tiktok.com/@ana/video/7571863205253885009?is_from_webapp=1&lang=es",
            ),
        ],
        "/@ana/video/7571863205253885010",
    );
}

#[test]
fn bluesky() {
    check(
        r#"<div data-testid="feedItem-by-ana.example"><a href="HREF" data-tooltip="x">1d</a></div>"#,
        &[
            ("https://bsky.app/", "/profile/ana.example/post/3n2totjlus24h"),
            ("https://bsky.app/", "/profile/did:plc:abc/post/3n2totjlus24h"),
            ("https://main.bsky.app/search?q=a", "https://bsky.app/profile/ana.example/post/3n2totjlus24h?ref=x"),
        ],
        "/profile/ana.example/post/3n2totjlus25h",
    );
}

#[test]
fn mastodon() {
    let status = |id: &str, href: &str| {
        format!(
            r#"<div id="mastodon" data-props="x"><div class="status" data-id="{id}"><a class="status__relative-time" href="{href}"></a></div></div>"#
        )
    };
    same(
        &[
            ("https://mastodon.social/home", status("1176", "/@ana@kaffee.example/1176")),
            ("https://mastodon.social/deck/home", status("1176", "/deck/@ana@kaffee.example/1176")),
            (
                "https://mastodon.social/@ana@kaffee.example/1176?x=1",
                status("1176", "https://mastodon.social/@ana@kaffee.example/1176"),
            ),
        ],
        // The number is the instance's own.
        ("https://kaffee.example/home", status("1176", "/@ana/1176")),
    );
}

#[test]
fn forums() {
    check(
        r#"<meta name="generator" content="Discourse 2026"><div class="topic-post"><article id="post_2" class="onscreen-post" data-post-id="902"><a class="post-date" href="HREF"></a><div class="cooked">x</div></article></div>"#,
        &[
            ("https://forum.example/t/any-title/27", "/t/any-title/27/2?u=ana"),
            ("https://forum.example/t/any-title/27/9", "https://forum.example/t/new-title/27/2"),
        ],
        "https://elsewhere.example/t/any-title/27/2",
    );
    let board = |host: &str, href: &str, id: &str| {
        let url = format!("https://{host}/viewtopic.php?t=5");
        let body = format!(
            r#"<div id="phpbb" class="section-viewtopic"></div><div class="post" id="p{id}"><div class="postbody"><h3><a href="{href}">Re</a></h3><p class="author"></p><div class="content">x</div></div></div>"#
        );
        keys(&url, &body)
    };
    let one = board("board.example", "./viewtopic.php?p=63779&sid=0f343b09#p63779", "63779");
    assert_eq!(one.len(), 1);
    assert_eq!(one, board("board.example", "viewtopic.php?f=2&t=5&p=63779#p63779", "63779"));
    assert_ne!(one, board("board.example", "viewtopic.php?p=63780#p63780", "63780"));
    assert_ne!(one, board("other.example", "viewtopic.php?p=63779#p63779", "63779"));
    check(
        r#"<article class="message" data-content="post-5" data-author="ana"><div class="message-attribution"><a href="HREF">#5</a></div></article>"#,
        &[
            ("https://kettle.example/threads/any.1/", "/threads/any.1/post-5"),
            ("https://kettle.example/threads/any.1/page-2", "/threads/any.1/page-2#post-5"),
            ("https://kettle.example/threads/any.1/?utm_source=x", "https://kettle.example/posts/5/"),
        ],
        "https://elsewhere.example/threads/any.1/post-5",
    );
}
