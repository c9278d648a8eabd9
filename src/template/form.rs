//! The form of a template: what a person fills in between choosing it and inserting it.

use std::collections::BTreeMap;

use super::{Context, Field, FieldKind, Local};
use crate::message::Lang;
use crate::ordered::ordered;
use crate::protocol::FormField;

/// Longest answer, in bytes.
const LONGEST: usize = 8 * 1024;

/// A form being filled in.
#[derive(Debug, Default)]
pub struct Form {
    answers: BTreeMap<String, String>,
}

impl Form {
    /// A form with what stands in its fields at first.
    pub fn new(fields: &[Field], now: Local) -> Self {
        let answers = fields.iter().map(|field| (field.name.clone(), first(field, now)));
        Self { answers: ordered(answers.filter(|(_, value)| !value.is_empty())) }
    }

    /// A form that was filled in so far.
    pub fn from_answers(answers: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in answers {
            form.fill(&name, &value);
        }
        form
    }

    /// What was filled in, by the fields' names.
    pub fn answers(&self) -> Vec<(String, String)> {
        self.answers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// An answer changed; what is far too long is cut.
    pub fn fill(&mut self, name: &str, value: &str) {
        let end = (0..=value.len().min(LONGEST)).rev().find(|end| value.is_char_boundary(*end)).unwrap_or_default();
        self.answers.insert(name.to_owned(), value[..end].to_owned());
    }

    /// The first field that must be filled in and is not.
    pub fn missing<'f>(&self, fields: &'f [Field]) -> Option<&'f Field> {
        fields.iter().find(|field| !field.optional && field.kind != FieldKind::Toggle && self.value(field).is_empty())
    }

    /// Puts the answers where the body finds them: `form.name`.
    pub fn answer(&self, fields: &[Field], context: &mut Context, lang: Lang) {
        let form = context.more.entry("form".to_owned()).or_default();
        for field in fields {
            let value = self.value(field);
            let written = match field.kind {
                FieldKind::Date => Local::from_iso(value).map(|day| day.long(lang)).unwrap_or_default(),
                _ => value.to_owned(),
            };
            form.insert(field.name.clone(), written);
        }
    }

    /// The fields as the frame shows them.
    pub fn view(&self, fields: &[Field]) -> Vec<FormField> {
        let view = |field: &Field| FormField {
            name: field.name.clone(),
            label: if field.label.is_empty() { field.name.clone() } else { field.label.clone() },
            kind: field.kind,
            choices: field.choices.clone(),
            value: self.value(field).to_owned(),
            optional: field.optional,
        };
        fields.iter().map(view).collect()
    }

    fn value(&self, field: &Field) -> &str {
        self.answers.get(&field.name).map(|value| value.trim()).unwrap_or_default()
    }
}

/// What stands in a field before anybody typed.
fn first(field: &Field, now: Local) -> String {
    let given = field.default.trim();
    match field.kind {
        FieldKind::Toggle => if given.eq_ignore_ascii_case("yes") { "yes" } else { "" }.to_owned(),
        FieldKind::Choice if field.choices.iter().all(|choice| choice != given) => {
            field.choices.first().cloned().unwrap_or_default()
        }
        FieldKind::Date => match given.strip_prefix('+').map(str::parse::<u32>) {
            Some(Ok(days)) => now.plus(days.into(), 0).iso(),
            _ => Local::from_iso(given).map(Local::iso).unwrap_or_default(),
        },
        _ => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use super::*;

    fn field(name: &str, kind: FieldKind, default: &str) -> Field {
        Field { name: name.to_owned(), kind, default: default.to_owned(), ..Field::default() }
    }

    fn fields() -> Vec<Field> {
        vec![
            Field { choices: vec!["Madrid".to_owned(), "Vigo".to_owned()], ..field("city", FieldKind::Choice, "") },
            field("day", FieldKind::Date, "+2"),
            field("parcel", FieldKind::Toggle, "yes"),
            Field { optional: true, ..field("more", FieldKind::Paragraph, "") },
            field("what", FieldKind::Text, ""),
        ]
    }

    #[test]
    fn a_form_begins_with_its_defaults_and_asks_for_what_is_missing() {
        let fields = fields();
        let mut form = Form::new(&fields, Local::from_iso("2026-11-30").unwrap());
        let values: Vec<String> = form.view(&fields).into_iter().map(|field| field.value).collect();
        assert_eq!(values, ["Madrid", "2026-12-02", "yes", "", ""]);
        assert_eq!(form.missing(&fields).map(|field| field.name.as_str()), Some("what"));
        form.fill("what", "  ");
        assert!(form.missing(&fields).is_some(), "blank is missing");
        form.fill("what", "a lamp");
        assert_eq!(form.missing(&fields), None);
        form.fill("day", "soon");
        let body = "{{ form.what }} {{ form.city }} {{ form.day | default('one day') }}{% if form.parcel is defined %} parcel\
                    {% endif %}{{ form.more | default('.') }}";
        let say = |form: &Form, lang| {
            let mut context = Context::default();
            form.answer(&fields, &mut context, lang);
            render(body, &context).unwrap().text
        };
        assert_eq!(say(&form, Lang::En), "a lamp Madrid one day parcel.");
        form.fill("day", "2026-12-02");
        form.fill("parcel", "");
        form.fill("city", "Vigo");
        assert_eq!(say(&form, Lang::Es), "a lamp Vigo 2 de diciembre de 2026.");
    }

    #[test]
    fn a_long_answer_is_cut_between_letters() {
        let mut form = Form::default();
        form.fill("what", &"ñ".repeat(LONGEST));
        let what = field("what", FieldKind::Text, "");
        assert_eq!(form.value(&what).len(), LONGEST);
        form.fill("what", &format!("a{}", "ñ".repeat(LONGEST)));
        assert_eq!(form.value(&what).len(), LONGEST - 1);
    }
}
