//! What differs between two versions of a template, in the words of its form.

use serde_json::Value;

use crate::template::Template;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Catalogue key of the field's label.
    pub label: &'static str,
    /// Its pieces in reading order.
    pub pieces: Vec<Piece>,
}

/// Words that both versions have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Piece {
    Same(String),
    Gone(String),
    New(String),
}

/// Longer texts are shown whole, before and after.
const MOST_WORDS: usize = 800;

/// Fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 16] = [
    ("title", "library_field_title"),
    ("trigger", "library_field_trigger"),
    ("folder", "library_field_folder"),
    ("language", "library_field_language"),
    ("body", "library_field_body"),
    ("fields", "library_fields"),
    ("actions", "library_actions"),
    ("tags", "library_field_tags"),
    ("address", "library_field_address"),
    ("networks", "library_field_networks"),
    ("kind", "library_field_kind"),
    ("note", "library_field_note"),
    ("attachment", "library_field_attachment"),
    ("off", "library_field_off"),
    ("locked", "library_field_locked"),
    ("family", "library_variants"),
];

/// The fields that differ; none = the same.
pub fn differences(before: &Template, after: &Template) -> Vec<Difference> {
    let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) else {
        return Vec::new();
    };
    let differs = |&(name, label): &(&str, &'static str)| {
        let (old, new) = (before.get(name), after.get(name));
        (old != new).then(|| Difference { label, pieces: pieces(&said(old), &said(new)) })
    };
    FIELDS.iter().filter_map(differs).collect()
}

/// A value as people read it.
fn said(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(on)) => if *on { "✓" } else { "" }.to_owned(),
        Some(Value::Array(all)) => all.iter().map(|one| said(Some(one))).collect::<Vec<_>>().join(", "),
        Some(Value::Object(fields)) => {
            // Of a field to fill in the name says enough, beside what it asks for.
            let all = fields.iter().filter(|(name, _)| *name != "kind" || fields.len() < 3);
            all.map(|(_, value)| said(Some(value))).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        Some(other) => other.to_string(),
    }
}

/// `before` and `after` word by word.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (words(before), words(after));
    let mut out = Vec::new();
    if old.len() > MOST_WORDS || new.len() > MOST_WORDS {
        push(&mut out, Piece::Gone(before.to_owned()));
        push(&mut out, Piece::New(after.to_owned()));
        return out;
    }
    let width = new.len() + 1;
    // The longest common sequence from each pair of places on.
    let mut common = vec![0u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(&mut out, Piece::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j >= new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            push(&mut out, Piece::Gone(old[i].to_owned()));
            i += 1;
        } else {
            push(&mut out, Piece::New(new[j].to_owned()));
            j += 1;
        }
    }
    out
}

/// Adds a piece to those before it, to one of its kind without a seam.
fn push(out: &mut Vec<Piece>, piece: Piece) {
    match (out.last_mut(), piece) {
        (Some(Piece::Same(last)), Piece::Same(next))
        | (Some(Piece::Gone(last)), Piece::Gone(next))
        | (Some(Piece::New(last)), Piece::New(next)) => last.push_str(&next),
        (_, Piece::Gone(text) | Piece::New(text) | Piece::Same(text)) if text.is_empty() => {}
        (_, piece) => out.push(piece),
    }
}

/// Words, each with the white space after it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(pieces: &[Piece]) -> String {
        let draw = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Gone(text) => format!("[-{text}]"),
            Piece::New(text) => format!("[+{text}]"),
        };
        pieces.iter().map(draw).collect()
    }

    #[test]
    fn words_that_came_and_went() {
        assert_eq!(drawn(&pieces("Hello there, Ana", "Hello dear Ana")), "Hello [-there, ][+dear ]Ana");
        assert_eq!(drawn(&pieces("", "new")), "[+new]");
        assert_eq!(drawn(&pieces("same", "same")), "same");
        assert_eq!(drawn(&pieces("", "")), "");
    }

    #[test]
    fn fields_are_named_as_the_form_names_them() {
        let before = Template { title: "A".into(), tags: vec!["x".into()], ..Template::default() };
        let after = Template { title: "B".into(), off: true, ..Template::default() };
        let found: Vec<_> = differences(&before, &after).iter().map(|one| (one.label, drawn(&one.pieces))).collect();
        assert_eq!(
            found,
            [
                ("library_field_title", "[-A][+B]".to_owned()),
                ("library_field_tags", "[-x]".to_owned()),
                ("library_field_off", "[+✓]".to_owned())
            ]
        );
        assert_eq!(differences(&before, &before), []);
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_from_the_pieces(before in "[ab \\n]{0,30}", after in "[ab \\n]{0,30}") {
            let all = pieces(&before, &after);
            let read = |skip: fn(&Piece) -> bool| all.iter().filter(|piece| !skip(piece)).map(|piece| match piece {
                Piece::Same(text) | Piece::Gone(text) | Piece::New(text) => text.as_str(),
            }).collect::<String>();
            prop_assert_eq!(read(|piece| matches!(piece, Piece::New(_))), before);
            prop_assert_eq!(read(|piece| matches!(piece, Piece::Gone(_))), after);
        }
    }
}
