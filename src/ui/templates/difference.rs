//! What differs between two versions of a template, in the words of its form.

use serde_json::Value;

use crate::template::Template;
use crate::ui::difference::{Part, difference};

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Catalogue key of the field's label.
    pub label: &'static str,
    /// Its words in reading order.
    pub parts: Vec<Part>,
}

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
        (old != new).then(|| Difference { label, parts: difference(&said(old), &said(new)) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[Part]) -> String {
        let draw = |part: &Part| match part {
            Part::Same(text) => text.clone(),
            Part::Gone(text) => format!("[-{text}]"),
            Part::New(text) => format!("[+{text}]"),
        };
        parts.iter().map(draw).collect()
    }

    #[test]
    fn fields_are_named_as_the_form_names_them() {
        let before = Template { title: "A".into(), tags: vec!["x".into()], ..Template::default() };
        let after = Template { title: "B".into(), off: true, ..Template::default() };
        let found: Vec<_> = differences(&before, &after).iter().map(|one| (one.label, drawn(&one.parts))).collect();
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
}
