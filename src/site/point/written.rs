//! Whether a class or id looks written by people, and so stays when the site is built anew.
//!
//! People write words, joined by `-`, `_`, camel case, seldom with a number behind. Build tools write hashes, and numbers
//! that differ from element to element. Nothing here knows a site.

/// What a name looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Words that say what a thing is.
    Written,
    /// Words that say how a thing looks: `mt-4`, `flex`, `md:hidden`.
    Layout,
    /// Words that say what a thing is right now: `active`, `odd`.
    State,
    /// Words with a hash behind or before: the words, as a part of the name that stays.
    Built(String),
    /// Words with a number behind them, and perhaps words again: both ends.
    Numbered(String, String),
    /// A hash, or nothing to hold on to.
    Machine,
}

/// What `name` looks like.
pub fn judge(name: &str) -> Name {
    if name.is_empty() || name.len() > 80 || !name.is_ascii() {
        return Name::Machine;
    }
    let lower = name.to_ascii_lowercase();
    if FRAMEWORKS.iter().any(|own| lower.starts_with(own)) {
        return Name::Machine;
    }
    if is_layout(&lower) {
        return Name::Layout;
    }
    if is_state(&lower) {
        return Name::State;
    }
    if let Some(part) = built(name) {
        return Name::Built(part);
    }
    if let Some((head, tail)) = numbered(name) {
        return Name::Numbered(head, tail);
    }
    if is_written(name) { Name::Written } else { Name::Machine }
}

/// Beginnings that frameworks give to names of their own.
const FRAMEWORKS: &[&str] = &[
    "ember",
    "react-",
    "radix-",
    "headlessui-",
    "ext-gen",
    "yui_",
    "gwt-",
    "ng-",
    "svelte-",
    "data-v-",
    "jss",
    "mat-",
    "cdk-",
    "ui-id-",
    "reach-",
    "tippy-",
    "select2-",
    "uid-",
    "astro-",
];

const STATES: &[&str] = &[
    "active",
    "inactive",
    "selected",
    "current",
    "open",
    "opened",
    "close",
    "closed",
    "expanded",
    "collapsed",
    "hover",
    "focus",
    "focused",
    "visible",
    "shown",
    "loading",
    "loaded",
    "lazy",
    "lazyloaded",
    "unread",
    "read",
    "new",
    "online",
    "offline",
    "highlight",
    "highlighted",
    "odd",
    "even",
    "alt",
    "alternate",
    "first",
    "last",
    "bg1",
    "bg2",
    "bg3",
    "row1",
    "row2",
    "own",
    "mine",
    "disabled",
    "enabled",
    "regular",
    "pinned",
    "sticky",
    "ready",
    "initialized",
    "touched",
];

fn is_state(lower: &str) -> bool {
    let bare = lower.rsplit("--").next().unwrap_or(lower);
    STATES.contains(&lower)
        || (bare != lower && STATES.contains(&bare))
        || ["is-", "has-", "no-", "not-", "group-", "user-group", "level-"].iter().any(|start| lower.starts_with(start))
}

/// Utility classes that stand alone.
const LAYOUTS: &[&str] = &[
    "flex",
    "grid",
    "block",
    "inline",
    "inline-block",
    "inline-flex",
    "hidden",
    "relative",
    "absolute",
    "fixed",
    "static",
    "container",
    "container-fluid",
    "row",
    "col",
    "columns",
    "column",
    "clearfix",
    "clear",
    "truncate",
    "rounded",
    "border",
    "shadow",
    "underline",
    "italic",
    "uppercase",
    "lowercase",
    "capitalize",
    "transition",
    "visible",
    "invisible",
    "w-full",
    "h-full",
    "small",
    "large",
    "left",
    "right",
    "center",
    "muted",
    "bold",
    "wrapper",
    "inner",
    "outer",
    "pull-left",
    "pull-right",
    "antialiased",
    "group",
    "peer",
    "prose",
    "card",
    "box",
    "panel",
    "btn",
    "button",
    "link",
];

/// Utility classes with a value behind: `p-4`, `text-sm`, `col-md-6`.
const VALUED: &[&str] = &[
    "p",
    "px",
    "py",
    "pt",
    "pb",
    "pl",
    "pr",
    "ps",
    "pe",
    "m",
    "mx",
    "my",
    "mt",
    "mb",
    "ml",
    "mr",
    "ms",
    "me",
    "w",
    "h",
    "z",
    "top",
    "left",
    "right",
    "bottom",
    "inset",
    "gap",
    "space",
    "min",
    "max",
    "bg",
    "border",
    "rounded",
    "shadow",
    "font",
    "leading",
    "tracking",
    "items",
    "justify",
    "content",
    "self",
    "place",
    "order",
    "col",
    "row",
    "grid",
    "flex",
    "float",
    "overflow",
    "opacity",
    "cursor",
    "transition",
    "duration",
    "ease",
    "delay",
    "translate",
    "scale",
    "rotate",
    "d",
    "align",
    "fs",
    "fw",
    "lh",
    "basis",
    "grow",
    "shrink",
    "object",
    "whitespace",
    "break",
    "ring",
    "divide",
    "select",
    "outline",
    "size",
    "line",
    "hover",
    "focus",
    "dark",
    "sm",
    "md",
    "lg",
    "xl",
];

/// What stands behind `text-` where it says how text looks.
const LOOKS: &[&str] = &[
    "xs",
    "sm",
    "md",
    "base",
    "lg",
    "xl",
    "2xl",
    "3xl",
    "4xl",
    "left",
    "right",
    "center",
    "start",
    "end",
    "white",
    "black",
    "muted",
    "gray",
    "grey",
    "slate",
    "zinc",
    "neutral",
    "stone",
    "red",
    "blue",
    "green",
    "yellow",
    "primary",
    "secondary",
    "success",
    "danger",
    "warning",
    "info",
    "light",
    "dark",
    "bold",
    "truncate",
    "wrap",
    "nowrap",
    "break",
    "decoration",
];

/// What stands behind the others where they say how a thing looks, besides numbers and the words of [`LOOKS`].
const VALUES: &[&str] = &[
    "auto", "full", "screen", "none", "hidden", "visible", "scroll", "between", "around", "evenly", "stretch",
    "baseline", "cover", "contain", "row", "col", "column", "cols", "rows", "span", "reverse", "first", "last", "fit",
    "min", "max", "x", "y", "t", "b", "l", "r", "all", "pointer", "default", "semibold", "medium", "normal", "tight",
    "snug", "relaxed", "loose", "sans", "serif", "mono", "top", "bottom", "middle", "flex", "block", "inline", "grid",
    "table", "item", "clip", "px",
];

fn is_layout(lower: &str) -> bool {
    if lower.contains([':', '[', '/', '.', '!', '%', '(', '@']) || LAYOUTS.contains(&lower) {
        return true;
    }
    let Some((head, tail)) = lower.trim_start_matches('-').split_once('-') else { return false };
    let next = tail.split(['-', '_']).next().unwrap_or_default();
    let value = next.starts_with(|c: char| c.is_ascii_digit()) || LOOKS.contains(&next) || VALUES.contains(&next);
    match head {
        "text" => LOOKS.contains(&next),
        head => VALUED.contains(&head) && value,
    }
}

/// The lasting part of a name that a build made of words and a hash: CSS modules (`Post_body__3xY9z`), styled components
/// with names (`Post__Body-sc-1a2b3c-0`), emotion with labels (`css-1x2y3z-PostBody`), JSS (`PostList-root-12`).
fn built(name: &str) -> Option<String> {
    if let Some((head, tail)) = name.split_once("-sc-")
        && is_written(head)
        && tail.chars().any(|c| c.is_ascii_digit())
    {
        return Some(format!("{head}-sc-"));
    }
    if let Some(rest) = name.strip_prefix("css-")
        && let Some((hash, label)) = rest.split_once('-')
        && !is_written(hash)
        && is_written(label)
    {
        return Some(format!("-{label}"));
    }
    let joint = ["__", "--", "_"]
        .iter()
        .filter_map(|joint| Some((name.rfind(joint)?, *joint)))
        .max_by_key(|(at, j)| at + j.len());
    if let Some((at, joint)) = joint.filter(|(at, _)| *at > 0) {
        let (head, tail) = (&name[..at], &name[at + joint.len()..]);
        if is_hash(tail) && is_written(head.trim_start_matches('_')) {
            return Some(format!("{head}{joint}"));
        }
    }
    // `_body_1x2y3_12`: words, hash, line.
    let mut parts = name.strip_prefix('_')?.split('_');
    let (word, hash, line) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && is_written(word) && is_hash(hash) && line.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| format!("_{word}_"))
}

/// Five letters and digits or more that are no word: mixed with digits, or with capitals inside.
fn is_hash(part: &str) -> bool {
    let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/'));
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
    plain && part.len() >= 5 && letters > 0 && (digits > 0 || !is_written(part))
}

/// `post-123`, `msg_77_body`, `p77`: what stands around the one number.
fn numbered(name: &str) -> Option<(String, String)> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let digits = name[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = (&name[..start], &name[start + digits..]);
    let joined = head.ends_with(['-', '_', ':', '.']);
    // "col2", "h1", "header2" are names; "p77" and "post-7" are numbered.
    let counts = joined || digits >= 2 || head.len() == 1;
    let sides = |side: &str| side.is_empty() || side.split(['-', '_']).all(|part| part.is_empty() || is_word(part));
    let short = head.len() <= 3 && head.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_');
    let fits = counts
        && !head.is_empty()
        && head.starts_with(|c: char| c.is_ascii_alphabetic())
        && !tail.contains(|c: char| c.is_ascii_digit())
        && (tail.is_empty() || tail.starts_with(['-', '_']))
        && (is_written(head.trim_end_matches(['-', '_', ':', '.'])) || short)
        && sides(tail);
    fits.then(|| (head.to_owned(), tail.to_owned()))
}

/// Short forms that people write; without vowels they would not pass for words.
const SHORT: &[&str] = &[
    "btn", "txt", "msg", "pm", "qr", "hdr", "bb", "cb", "js", "ui", "id", "dt", "dl", "dd", "dm", "cmt", "usr", "pst",
    "wp", "fn", "fr", "ql", "ck", "lia", "th", "td", "tr", "ul", "li", "by", "to", "in", "on", "up", "re", "my", "me",
    "op", "db", "ipb", "vb", "smf", "xf", "nr", "ctrl", "cntr", "html", "css", "rss", "url", "www", "tmpl",
];

fn is_written(name: &str) -> bool {
    let mut chunks = chunks(name);
    // Single letters say nothing either way.
    chunks.retain(|chunk| chunk.len() > 1);
    let letters: usize = chunks.iter().map(String::len).sum();
    let good: usize = chunks.iter().filter(|chunk| is_word(chunk)).map(String::len).sum();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let digits_inside =
        name.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic());
    let odd: Vec<&String> = chunks.iter().filter(|chunk| !is_word(chunk)).collect();
    let bearable = odd.is_empty() || (odd.len() == 1 && odd[0].len() == 2);
    letters >= 2 && digits <= 2 && !digits_inside && bearable && good * 10 >= letters * 7
}

/// The words of a name: between joints, and at every change into capitals.
fn chunks(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut upper = false;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() {
            fresh = true;
            continue;
        }
        if fresh || (c.is_ascii_uppercase() && !upper) {
            out.push(String::new());
        }
        fresh = false;
        upper = c.is_ascii_uppercase();
        if let Some(last) = out.last_mut() {
            last.push(c.to_ascii_lowercase());
        }
    }
    out
}

/// Letters as a word has them: a vowel, no long runs of one kind.
fn is_word(chunk: &str) -> bool {
    let chunk = chunk.to_ascii_lowercase();
    if SHORT.contains(&chunk.as_str()) {
        return true;
    }
    if !(3..=20).contains(&chunk.len()) || !chunk.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let (mut run, mut of, mut most, mut seen) = (0, false, [0, 0], false);
    for b in chunk.bytes() {
        let is = vowel(b);
        seen |= is;
        run = if run > 0 && is == of { run + 1 } else { 1 };
        of = is;
        let kind = usize::from(is);
        most[kind] = most[kind].max(run);
    }
    let rare = chunk.bytes().filter(|b| matches!(b, b'q' | b'x' | b'z' | b'j')).count();
    // A consonant run of four is English ("length", "thread-lst" is not): three at the start of a word at most.
    seen && most[0] <= 4 && most[1] <= 3 && rare * 3 <= chunk.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(names: &str, expect: &Name) {
        for name in names.split_whitespace() {
            assert_eq!(judge(name), *expect, "{name}");
        }
    }

    #[test]
    fn what_people_wrote_is_taken_for_it() {
        // phpBB, XenForo, Discourse, vBulletin, Invision, SMF, NodeBB, WordPress, Reddit, Hacker-style markup.
        all("postbody content post postprofile username username-coloured author postlink posthead", &Name::Written);
        all(
            "message message--post message-body js-post js-selectToQuote bbWrapper u-dt message-userArea",
            &Name::Written,
        );
        all("message-attribution-main fr-element fr-view message-name p-body", &Name::Written);
        all(
            "topic-post cooked names trigger-user-card main-avatar relative-date post-date d-editor-input",
            &Name::Written,
        );
        all("ipsComment_content cPost ipsType_richText cAuthorPane_author post_block", &Name::Written);
        all("comment-list comment-body comment-author vcard fn says comment-metadata", &Name::Written);
        all("bodyContent postText beitrag mensaje respuesta autor fecha", &Name::Written);
        all("forum-post__header forum-post__body Comment Comment_body threadTitle", &Name::Written);
    }

    #[test]
    fn what_machines_wrote_is_told_apart() {
        // styled-components, emotion, atomic styles, minified names, framework ids.
        all(
            "sc-bdVaJa css-1x2y3z x1abc _3kd9 x78zum5 xdj266r fzKqXw hQxTabb9 ember1234 react-select-2-input",
            &Name::Machine,
        );
        all(
            "jrXvAHcOyDqWBYhNoPwNyeJMRkDqTuIs svelte-1abc2d jss42 ng-star-inserted radix-:r1: r-1loqt21 a1b2c3",
            &Name::Machine,
        );
        all("ejhsdfk bcdfgh", &Name::Machine);
    }

    #[test]
    fn how_a_thing_looks_is_no_name() {
        all("flex mt-4 text-sm md:flex w-1/2 bg-white items-center rounded-lg p-2.5 hover:bg-gray-50", &Name::Layout);
        all("col-md-6 d-flex clearfix text-gray-500 -mx-2 w-[32px] font-semibold leading-5", &Name::Layout);
        all("text-content content-body", &Name::Written);
        all("border card", &Name::Layout);
    }

    #[test]
    fn what_a_thing_is_right_now_is_no_name() {
        all("active odd bg2 is-active has-profile comment--unread level-2 first", &Name::State);
    }

    #[track_caller]
    fn built(name: &str, part: &str) {
        assert_eq!(judge(name), Name::Built(part.to_owned()), "{name}");
    }

    #[test]
    fn words_with_a_hash_keep_their_words() {
        built("Post_body__3xY9z", "Post_body__");
        built("PostList__item--a1B2c", "PostList__item--");
        built("Post__Body-sc-1a2b3c-0", "Post__Body-sc-");
        built("css-1x2y3z-PostBody", "-PostBody");
        built("_body_1x2y3_12", "_body_");
        built("message_a8Fk2", "message_");
    }

    #[track_caller]
    fn numbers(name: &str, head: &str, tail: &str) {
        assert_eq!(judge(name), Name::Numbered(head.to_owned(), tail.to_owned()), "{name}");
    }

    #[test]
    fn a_number_is_left_out() {
        numbers("post-123", "post-", "");
        numbers("p77", "p", "");
        numbers("msg_77_body", "msg_", "_body");
        numbers("post_1234567890", "post_", "");
        numbers("elComment_55", "elComment_", "");
        numbers("pid12", "pid", "");
        assert_eq!(judge("header2"), Name::Written);
    }

    #[test]
    fn any_text_has_an_answer() {
        for name in ["", "-", "_", "é", "日本", "a", "1", "--x--", "a\\b", "\u{0}", &"x".repeat(500)] {
            judge(name);
        }
    }
}
