//! The template picker: what was typed, what it found, which one is chosen, and what that one says to this author. A
//! template with fields shows its form before it is inserted.
//!
//! The picker inserts nothing that has a variable without a value: it says which, and stays open.

use super::io::Moment;
use super::library::Library;
use crate::message::{Lang, Msg};
use crate::protocol::{OverlayStep, OverlayView, PickerItem, Preview};
use crate::site::limits::Limit;
use crate::template::{Context, Form, Local, Query, Suggestion, Template, preview, render_with};
use crate::text::{OffsetMap, Utf16Offset, Utf16Span};
use crate::workspace::device::Device;

/// As many templates as are listed.
const MAX_ITEMS: usize = 50;

/// As many templates as are suggested.
const SUGGESTED: usize = 3;

/// An open picker.
#[derive(Debug)]
pub struct Picker {
    /// The composer it inserts into.
    pub composer: u32,
    query: String,
    /// Where the `/` and the words after it stand in the composer.
    typed_at: Option<Utf16Offset>,
    typed_len: u32,
    found: Vec<usize>,
    /// The first of those found, with the reason why.
    suggested: Vec<Suggestion>,
    chosen: usize,
    /// The form of the chosen template, while it is filled in.
    form: Option<Form>,
    note: Option<Msg>,
    /// When it was opened, and what `random()` goes by: what is inserted is what was shown.
    moment: Moment,
}

/// Whom and what a reply is for.
#[derive(Debug, Clone, Default)]
pub struct Answering {
    /// Values for templates.
    pub context: Context,
    /// Network id.
    pub network: String,
    /// Language chosen for the reply.
    pub language: Lang,
    /// Longest text.
    pub limit: Option<Limit>,
}

/// What a key did.
#[derive(Debug, Clone, PartialEq)]
pub enum Pressed {
    /// The list looks different now, or the same.
    Stay,
    /// The chosen template has a form, which wants the focus.
    Form,
    /// The picker is done; the agent does this.
    Done(OverlayStep),
}

impl Picker {
    /// Opens the picker at a composer. `typed`: words after `/` in the composer, at `span` with it.
    pub fn open(composer: u32, typed: Option<&str>, span: Option<Utf16Span>, moment: &Moment) -> Self {
        Self {
            composer,
            query: typed.unwrap_or_default().to_owned(),
            typed_at: span.map(|span| span.start),
            typed_len: span.map_or(0, |span| span.end.0.saturating_sub(span.start.0)),
            found: Vec::new(),
            suggested: Vec::new(),
            chosen: 0,
            form: None,
            note: None,
            moment: *moment,
        }
    }

    /// The words changed. `in_composer`: they stand in the composer, behind the `/`, and the insertion replaces them.
    pub fn query(&mut self, text: &str, in_composer: bool) {
        if in_composer && self.typed_at.is_some() {
            self.typed_len = OffsetMap::new(text).len().0.saturating_add(1);
        }
        self.query = text.to_owned();
        self.chosen = 0;
        self.form = None;
        self.note = None;
    }

    /// Finds what the words mean in this library; before anything is typed, what fits the post comes first.
    pub fn search(&mut self, library: &Library, device: &Device, to: &Answering, now: i64) {
        let query = Query {
            words: &self.query,
            network: Some(&to.network),
            language: Some(to.language.tag()),
            used: Some(&device.used),
            now,
        };
        let index = library.index();
        let post = to.context.post.text.as_deref().filter(|_| self.query.trim().is_empty());
        self.suggested = post.map(|post| index.suggest(post, &query, SUGGESTED)).unwrap_or_default();
        let first: Vec<usize> = self.suggested.iter().map(|one| one.index).collect();
        let found = index.find(&query, MAX_ITEMS).into_iter().map(|hit| hit.index);
        self.found =
            first.iter().copied().chain(found.filter(|index| !first.contains(index))).take(MAX_ITEMS).collect();
        self.chosen = self.chosen.min(self.found.len().saturating_sub(1));
    }

    fn template<'l>(&self, library: &'l Library) -> Option<&'l Template> {
        library.templates().get(*self.found.get(self.chosen)?)
    }

    /// A key from the composer or the frame.
    pub fn key(&mut self, key: &str, library: &Library, to: &Answering) -> Pressed {
        let last = self.found.len().saturating_sub(1);
        self.note = None;
        match key {
            "Enter" if self.form.is_some() => return self.insert(library, to),
            "Escape" => return Pressed::Done(OverlayStep::Hide {}),
            _ if self.form.is_some() => {}
            "ArrowUp" => self.chosen = if self.chosen == 0 { last } else { self.chosen - 1 },
            "ArrowDown" => self.chosen = if self.chosen >= last { 0 } else { self.chosen + 1 },
            "Home" => self.chosen = 0,
            "End" => self.chosen = last,
            "Enter" | "Tab" => return self.take(library, to),
            "Alt+Enter" => return self.copy(library, to),
            _ => {}
        }
        Pressed::Stay
    }

    /// An entry was clicked.
    pub fn choose(&mut self, index: usize, library: &Library, to: &Answering) -> Pressed {
        if index >= self.found.len() {
            return Pressed::Stay;
        }
        self.chosen = index;
        self.take(library, to)
    }

    /// Something was typed into the form.
    pub fn fill(&mut self, name: &str, value: &str) {
        self.note = None;
        if let Some(form) = &mut self.form {
            form.fill(name, value);
        }
    }

    /// The chosen template goes into the composer, by way of its form if it has one.
    fn take(&mut self, library: &Library, to: &Answering) -> Pressed {
        let Some(template) = self.template(library) else { return Pressed::Stay };
        if template.fields.is_empty() {
            return self.insert(library, to);
        }
        let today = Local::at(self.moment.now, self.moment.offset);
        self.form = Some(Form::new(&template.fields, today));
        Pressed::Form
    }

    /// Values for the chosen template, with what the form says.
    fn context(&self, template: &Template, to: &Answering) -> Context {
        let Moment { now, offset, random } = self.moment;
        let seed = random.iter().fold(0, |seed: u64, byte| seed.rotate_left(8) ^ u64::from(*byte));
        let mut context = Context { now: Some(now), offset, seed, ..to.context.clone() };
        if let Some(form) = &self.form {
            form.answer(&template.fields, &mut context, to.language);
        }
        context
    }

    fn insert(&mut self, library: &Library, to: &Answering) -> Pressed {
        let Some(template) = self.template(library) else { return Pressed::Stay };
        if let Some(field) = self.form.as_ref().and_then(|form| form.missing(&template.fields)) {
            let label = if field.label.is_empty() { &field.name } else { &field.label };
            self.note = Some(Msg::new("picker_form_missing").with("label", label));
            return Pressed::Stay;
        }
        let find = |name: &str| library.part(name);
        match render_with(&template.body, &self.context(template, to), &find) {
            Ok(rendered) if rendered.unresolved.is_empty() => Pressed::Done(OverlayStep::Insert {
                composer: self.composer,
                text: rendered.text,
                cursor: rendered.cursor,
                replace: self.replaces(),
                template: Some(template.id.clone()),
            }),
            Ok(rendered) => {
                let mut names: Vec<String> = rendered.unresolved.into_iter().map(|one| one.name).collect();
                names.dedup();
                self.note = Some(Msg::new("picker_note_unresolved").with("names", names.join(", ")));
                Pressed::Stay
            }
            Err(problem) => {
                self.note = Some(problem.msg);
                Pressed::Stay
            }
        }
    }

    /// Copying is the way out when inserting is refused: what has no value stands in the text as `{{ name }}`.
    fn copy(&mut self, library: &Library, to: &Answering) -> Pressed {
        let Some(template) = self.template(library) else { return Pressed::Stay };
        match render_with(&template.body, &self.context(template, to), &|name| library.part(name)) {
            Ok(rendered) => Pressed::Done(OverlayStep::Copy { text: rendered.text }),
            Err(problem) => {
                self.note = Some(problem.msg);
                Pressed::Stay
            }
        }
    }

    fn item(&self, library: &Library, at: usize, index: usize) -> Option<PickerItem> {
        let template = library.templates().get(index)?;
        Some(PickerItem {
            id: template.id.clone(),
            title: template.title.clone(),
            trigger: template.trigger.clone(),
            folder: template.folder.clone(),
            language: template.language.clone(),
            why: self.suggested.get(at).map(why),
        })
    }

    fn replaces(&self) -> Option<Utf16Span> {
        let start = self.typed_at?;
        Some(Utf16Span { start, end: Utf16Offset(start.0.saturating_add(self.typed_len)) })
    }

    /// What the frame shows.
    pub fn view(&self, library: &Library, to: &Answering, lang: Lang) -> OverlayView {
        let template = self.template(library);
        let preview: Option<Preview> = template.map(|one| {
            let find = |name: &str| library.part(name);
            preview(&one.body, &self.context(one, to), &find, to.limit, lang)
        });
        if let (Some(template), Some(form)) = (template, &self.form) {
            return OverlayView::Form {
                template: template.id.clone(),
                title: template.title.clone(),
                hints: [&template.note, &template.attachment]
                    .into_iter()
                    .filter(|hint| !hint.is_empty())
                    .cloned()
                    .collect(),
                fields: form.view(&template.fields),
                preview: preview.unwrap_or_default(),
                note: self.note.clone(),
            };
        }
        OverlayView::Picker {
            query: self.query.clone(),
            items: self.found.iter().enumerate().filter_map(|(at, index)| self.item(library, at, *index)).collect(),
            chosen: u32::try_from(self.chosen).unwrap_or_default(),
            preview,
            note: self.note.clone(),
        }
    }
}

/// "parcel, late · used 12 times": why it is suggested.
fn why(suggestion: &Suggestion) -> Msg {
    let words = suggestion.words.join(", ");
    match suggestion.used {
        0 => Msg::new("picker_why_words").with("words", words),
        times => Msg::new("picker_why_used").with("words", words).with("count", times),
    }
}
