//! The draft: a definition as JSON, changed pick by pick. What a person did not point at stays as it is, so that any
//! definition can be mended this way, not only those made here.

use serde_json::{Value, json};

use super::propose::Part;
use super::reading::{self, Identity};
use crate::protocol::Shape;
use crate::site::definition::SCHEMA;
use crate::site::hosts;

/// A new definition for one host.
pub fn start(host: &str, id: &str) -> Value {
    json!({
        "schema": SCHEMA, "version": 1, "min_app": OLDEST, "id": id, "name": host, "network": id, "evidence": "guess",
        "hosts": [host], "posts": [], "composers": [], "page": {}, "canonical": { "id_per_host": true },
    })
}

/// Oldest version that runs what is made here.
const OLDEST: &str = "0.1.0";

/// An id for a host that no other definition has: `forum.example.com` becomes `forum-example-com`.
pub fn id_for(host: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain: String =
        host.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() { "site" } else { plain };
    let numbered = (2..).map(|n: u32| format!("{plain}-{n}"));
    std::iter::once(plain.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// A site's address as people type or paste it: with a scheme, so that the browser can read it.
pub fn address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let scheme = typed.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => Some(typed.to_owned()),
        Some(_) => None,
        None if typed.is_empty() || typed.contains(char::is_whitespace) => None,
        None => Some(format!("https://{typed}")),
    }
}

/// The pattern of the permission for a host, and whether a definition can name that host.
pub fn origin_pattern(protocol: &str, host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    (host != "*" && !host.starts_with("*.") && hosts::is_pattern(&host)).then(|| format!("{protocol}//{host}/*"))
}

/// The readable parts of a draft: what was pointed at, and the selector that stands for it.
pub fn fields(draft: &Value) -> Vec<(Part, String)> {
    let text = |pointer: &str| draft.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let all = [
        (Part::Post, text("/posts/0/select")),
        (Part::Author, text("/posts/0/fields/name/0/css").or_else(|| text("/posts/0/fields/handle/0/css"))),
        (Part::Text, text("/posts/0/fields/text/0/css")),
        (Part::Time, text("/posts/0/fields/published/0/css")),
        (Part::Link, text("/posts/0/fields/permalink/0/css")),
        (Part::Reply, text("/posts/0/reply")),
        (Part::Box, text("/composers/0/select")),
        (Part::Send, text("/composers/0/send/0")),
        (Part::Me, text("/page/acting_name/0/css").or_else(|| text("/page/acting_handle/0/css"))),
    ];
    all.into_iter().filter_map(|(part, css)| Some((part, css?))).collect()
}

/// The first rule of a list, made when there is none.
fn rule<'d>(draft: &'d mut Value, list: &str) -> &'d mut Value {
    if draft[list].as_array().is_none_or(Vec::is_empty) {
        draft[list] = json!([{}]);
    }
    &mut draft[list][0]
}

/// Sets the container of posts, and what numbers them.
pub fn set_post(draft: &mut Value, css: &str, identity: Option<&Identity>) {
    let old = draft.pointer("/posts/0/select").and_then(Value::as_str).map(str::to_owned);
    let post = rule(draft, "posts");
    post["select"] = css.into();
    if post["kind"].is_null() {
        post["kind"] = "comment".into();
    }
    // The row stands in the post itself until its author is known.
    if post["row"].is_null() || old.is_some_and(|old| post["row"]["css"] == *old) {
        post["row"] = json!({ "css": css, "put": "prepend" });
    }
    if !post["fields"].is_object() {
        post["fields"] = json!({});
    }
    match (identity, post["fields"].as_object_mut()) {
        (Some(identity), Some(fields)) => {
            fields.insert("native_id".to_owned(), json!([identity.reader()]));
        }
        (None, Some(fields)) => {
            fields.remove("native_id");
        }
        _ => {}
    }
}

/// Sets a field of posts, or the page's own account.
pub fn set_part(draft: &mut Value, part: Part, css: &str, element: &Shape) {
    for (name, readers) in reading::readers(part, css, element) {
        if part == Part::Me {
            draft["page"][name] = readers;
        } else {
            rule(draft, "posts")["fields"][name] = readers;
        }
    }
    match part {
        Part::Author => rule(draft, "posts")["row"] = json!({ "css": css, "put": "after" }),
        Part::Link => draft["canonical"] = Value::Object(reading::canonical(Some(element))),
        Part::Reply => rule(draft, "posts")["reply"] = css.into(),
        _ => {}
    }
}

/// Sets the reply box and what belongs to it. `own`: it stands in the post that it answers.
pub fn set_box(draft: &mut Value, css: &str, region: &str, own: bool) {
    let post = draft.pointer("/posts/0/select").cloned().unwrap_or_default();
    let clicked = draft.pointer("/posts/0/reply").is_some();
    let composer = rule(draft, "composers");
    composer["select"] = css.into();
    composer["kind"] = "reply".into();
    composer["region"] = region.into();
    composer["strip"] = json!({ "css": css, "put": "after" });
    if !composer["send"].is_array() {
        composer["send"] = json!([]);
    }
    // A box apart from the posts answers the one whose reply control was used, else the one that opened the thread.
    composer["target"] = match (own, clicked) {
        (true, _) => json!({ "closest": post }),
        (false, true) => json!({ "clicked": true, "css": post }),
        (false, false) => json!({ "css": post }),
    };
}

/// Sets the control that sends, and the region that holds it and the box.
pub fn set_send(draft: &mut Value, css: &str, region: &str) {
    let composer = rule(draft, "composers");
    composer["send"] = json!([css]);
    composer["region"] = region.into();
}

/// Replaces the selector of a part by one that a person typed.
pub fn retype(draft: &mut Value, part: Part, css: &str) {
    let swap = |readers: Option<&mut Value>| {
        for reader in readers.and_then(Value::as_array_mut).into_iter().flatten() {
            reader["css"] = css.into();
        }
    };
    let old = fields(draft).into_iter().find(|(known, _)| *known == part).map(|(_, css)| css);
    match part {
        Part::Post => {
            // Whatever else named the container names the new one.
            for pointer in
                ["/posts/0/select", "/posts/0/row/css", "/composers/0/target/closest", "/composers/0/target/css"]
            {
                if let Some(place) = draft.pointer_mut(pointer)
                    && place.as_str() == old.as_deref()
                {
                    *place = css.into();
                }
            }
        }
        Part::Author => {
            swap(draft.pointer_mut("/posts/0/fields/handle"));
            swap(draft.pointer_mut("/posts/0/fields/name"));
            if let Some(place) = draft.pointer_mut("/posts/0/row/css")
                && place.as_str() == old.as_deref()
            {
                *place = css.into();
            }
        }
        Part::Text => swap(draft.pointer_mut("/posts/0/fields/text")),
        Part::Time => swap(draft.pointer_mut("/posts/0/fields/published")),
        Part::Link => swap(draft.pointer_mut("/posts/0/fields/permalink")),
        Part::Reply => rule(draft, "posts")["reply"] = css.into(),
        Part::Box => {
            for pointer in ["/composers/0/select", "/composers/0/strip/css"] {
                if let Some(place) = draft.pointer_mut(pointer) {
                    *place = css.into();
                }
            }
        }
        Part::Send => rule(draft, "composers")["send"] = json!([css]),
        Part::Me => {
            swap(draft.pointer_mut("/page/acting_handle"));
            swap(draft.pointer_mut("/page/acting_name"));
        }
    }
}

/// The draft as it is stored: one version on when it stands in the place of an older one, nothing half there.
pub fn finished(draft: &Value, name: &str, replaces: Option<u64>) -> Value {
    let mut whole = draft.clone();
    whole["name"] = name.trim().into();
    if let Some(version) = replaces {
        whole["version"] = (version + 1).into();
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_becomes_an_id_of_its_own() {
        assert_eq!(id_for("forum.example.com", |_| false), "forum-example-com");
        assert_eq!(id_for("127.0.0.1", |id| id == "127-0-0-1"), "127-0-0-1-2");
        assert_eq!(id_for("*", |_| false), "site");
    }

    #[test]
    fn an_address_is_read_as_people_type_it() {
        assert_eq!(address(" forum.example.com/t/1 ").as_deref(), Some("https://forum.example.com/t/1"));
        assert_eq!(address("HTTP://localhost:8080").as_deref(), Some("HTTP://localhost:8080"));
        assert_eq!(address("javascript:alert(1)").as_deref(), Some("https://javascript:alert(1)"));
        assert_eq!(address("ftp://x.example"), None);
        assert_eq!(address("two words"), None);
        assert_eq!(origin_pattern("https:", "Forum.example").as_deref(), Some("https://forum.example/*"));
        assert_eq!(origin_pattern("https:", "[::1]"), None);
        assert_eq!(origin_pattern("https:", "*"), None);
    }

    #[test]
    fn a_typed_selector_goes_everywhere_the_old_one_stood() {
        let mut draft = start("forum.example", "forum");
        set_post(&mut draft, ".p", None);
        set_box(&mut draft, "textarea", "form", true);
        retype(&mut draft, Part::Post, ".post");
        assert_eq!(draft["posts"][0]["row"]["css"], ".post");
        assert_eq!(draft["composers"][0]["target"]["closest"], ".post");
        retype(&mut draft, Part::Box, "#box");
        assert_eq!(draft["composers"][0]["strip"]["css"], "#box");
    }
}
