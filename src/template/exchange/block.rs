//! Where a block of another tool's syntax ends, for those that open and close with tags: Handlebars and Liquid.

/// What a block holds, and what follows its end. `text` begins behind the tag that opens the block, `signs` stand around
/// a tag, and `step` says of what stands in one whether it opens such a block (1), closes one (-1) or neither.
pub(super) fn block_end<'t>(text: &'t str, signs: [&str; 2], step: impl Fn(&str) -> i32) -> Option<(&'t str, &'t str)> {
    let [open, close] = signs;
    let mut depth = 0;
    let mut from = 0;
    while let Some(at) = text[from..].find(open) {
        let at = from + at;
        let end = at + open.len() + text[at + open.len()..].find(close)?;
        // The tag is the innermost: what stands raw may open one that never ends.
        let at = at + text[at..end].rfind(open)?;
        depth += step(text[at + open.len()..end].trim_matches(['~', '-', ' ', '\n', '\t']));
        from = end + close.len();
        if depth < 0 {
            return Some((&text[..at], &text[from..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, &str)>) {
        let step = |tag: &str| i32::from(tag == "if") - i32::from(tag == "end");
        assert_eq!(block_end(text, ["<%", "%>"], step), expect, "{text}");
    }

    #[test]
    fn blocks_end_where_their_own_tag_closes() {
        check("a<% end %>b", Some(("a", "b")));
        check("<%end%>", Some(("", "")));
        check("a<%- if -%>b<% end %>c<%~end~%>d", Some(("a<%- if -%>b<% end %>c", "d")));
        check("a<% else %>b<%\tend\n%>c<% end %>", Some(("a<% else %>b", "c<% end %>")));
        check("a <% b <% end %>c", Some(("a <% b ", "c")));
        check("a<% if %>b<% end %>", None);
        check("a<% end", None);
        check("", None);
    }
}
