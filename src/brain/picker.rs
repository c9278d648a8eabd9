//! The template picker: what was typed, what it found, which one is chosen, what is stacked, and what all of that says
//! to this author. A template with fields shows its form before it is inserted.
//!
//! The picker inserts nothing that has a variable without a value: it says which, and stays open.

use super::io::Moment;
use super::library::Library;
use super::reason::Reason;
use crate::log::Outcomes;
use crate::message::{Catalogue, Lang, Msg};
use crate::protocol::{Kept, OverlayStep, OverlayView, PickerItem, Preview, TypedWords};
use crate::site::limits::Limit;
use crate::template::variant::{Match, fit};
use crate::template::{
    Address, Choice, Context, Form, Local, Query, Rendered, Suggestion, Template, TemplateProblem, Wanted, join,
    render_with,
};
use crate::text::{OffsetMap, Utf16Offset, Utf16Span};
use crate::workspace::device::Device;

/// As many templates as are listed.
const MAX_ITEMS: usize = 50;

/// As many templates as are suggested.
const SUGGESTED: usize = 3;
/// As many variants of each are looked through for them.
const VARIANTS: usize = 4;

/// As many templates as go in at once.
const MAX_STACK: usize = 8;

/// An open picker.
#[derive(Debug)]
pub struct Picker {
    /// The composer it inserts into.
    pub composer: u32,
    query: String,
    /// The words are those of an earlier search: what is typed replaces them.
    remembered: bool,
    /// What the insertion takes the place of: words in the composer with the sign before them.
    replace: Option<(Utf16Span, InComposer)>,
    found: Vec<usize>,
    /// The first of those found, with the reason why.
    suggested: Vec<Suggestion>,
    chosen: usize,
    /// Something was stacked and nothing chosen since: Enter inserts the stack alone.
    resting: bool,
    stack: Vec<Piece>,
    /// The piece whose form is filled in now.
    filling: Option<usize>,
    note: Option<Msg>,
    /// When it was opened, and what `random()` goes by: what is inserted is what was shown.
    moment: Moment,
}

/// A template on its way into the composer, with what was filled in for it.
#[derive(Debug)]
struct Piece {
    template: Template,
    form: Option<Form>,
}

/// What becomes of the words in the composer while the picker is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InComposer {
    /// They are the query: a person goes on writing them there.
    Grows,
    /// They stay as they are; what is typed searches.
    Stays,
}

/// Whom and what a reply is for.
#[derive(Debug, Clone, Default)]
pub struct Answering {
    /// Values for templates.
    pub context: Context,
    /// Network id.
    pub network: String,
    /// Language and form of address of the reply.
    pub choice: Choice,
    /// What the post answered is, by the name of its class.
    pub class: Option<String>,
    /// Department of the case, where the log knows it.
    pub department: Option<String>,
    /// Longest text.
    pub limit: Option<Limit>,
}

impl Answering {
    /// What is wanted of a template.
    pub fn wanted(&self) -> Wanted<'_> {
        Wanted { network: &self.network, choice: &self.choice }
    }
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
    /// Opens the picker at a composer.
    pub fn open(composer: u32, moment: &Moment) -> Self {
        Self {
            composer,
            query: String::new(),
            remembered: false,
            replace: None,
            found: Vec::new(),
            suggested: Vec::new(),
            chosen: 0,
            resting: false,
            stack: Vec::new(),
            filling: None,
            note: None,
            moment: *moment,
        }
    }

    /// The same, with words of the composer.
    pub fn typed(self, words: TypedWords, how: InComposer) -> Self {
        let remembered = how == InComposer::Stays;
        Self { query: words.text, remembered, replace: Some((words.span, how)), ..self }
    }

    /// The same, with the words of an earlier search.
    pub fn remembering(self, words: String) -> Self {
        Self { remembered: !words.is_empty(), query: words, ..self }
    }

    /// What a new background must be told to go on.
    pub fn kept(&self) -> Kept {
        let answers = |piece: &Piece| piece.form.as_ref().map(Form::answers).unwrap_or_default();
        Kept {
            composer: self.composer,
            query: self.query.clone(),
            stack: self.stack.iter().map(|piece| piece.template.id.clone()).collect(),
            answers: self.stack.iter().map(answers).collect(),
            filling: self.filling.and_then(|at| u32::try_from(at).ok()),
            replace: self.replace.map(|(span, _)| span),
            grows: matches!(self.replace, Some((_, InComposer::Grows))),
        }
    }

    /// Goes on where another one was; true when a form is open then. A template that is gone by now takes the form along.
    pub fn restore(&mut self, kept: Kept, library: &Library) -> bool {
        let find = |id: &String| library.templates().iter().find(|one| one.id == *id).cloned();
        let found: Vec<Template> = kept.stack.iter().take(MAX_STACK + 1).filter_map(find).collect();
        self.filling =
            kept.filling.map(|at| at as usize).filter(|at| *at < found.len() && found.len() == kept.stack.len());
        self.stack = found.into_iter().map(|template| Piece { template, form: None }).collect();
        for (at, (piece, answers)) in self.stack.iter_mut().zip(kept.answers).enumerate() {
            if self.filling.is_some_and(|filling| at <= filling) && !piece.template.fields.is_empty() {
                piece.form = Some(Form::from_answers(answers));
            }
        }
        self.query = kept.query;
        let how = if kept.grows { InComposer::Grows } else { InComposer::Stays };
        self.replace = kept.replace.map(|span| (span, how));
        self.resting = !self.stack.is_empty();
        self.filling.is_some()
    }

    /// The words changed. `in_composer`: there, behind their sign.
    pub fn query(&mut self, text: &str, in_composer: bool) {
        if let Some((span, InComposer::Grows)) = self.replace.as_mut().filter(|_| in_composer) {
            span.end = Utf16Offset(span.start.0.saturating_add(OffsetMap::new(text).len().0).saturating_add(1));
        }
        self.query = text.to_owned();
        self.remembered = false;
        self.chosen = 0;
        self.resting = self.query.is_empty() && !self.stack.is_empty();
        self.filling = None;
        self.note = None;
    }

    /// The words after a key that spells them; typing replaces remembered ones. `None` for another key.
    pub fn spell(&self, key: &str) -> Option<String> {
        let mut words = if self.remembered { String::new() } else { self.query.clone() };
        let mut letters = key.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => words.push(letter),
            _ if key.ends_with("Backspace") && !self.query.is_empty() => drop(words.pop()),
            _ => return None,
        }
        Some(words)
    }

    /// The words that a later picker begins with; `None` for those that stand in the composer.
    pub fn words(&self) -> Option<&str> {
        (self.replace.is_none() && (self.stack.is_empty() || !self.query.is_empty())).then_some(&self.query)
    }

    /// Finds what the words mean in this library; before anything is typed, what fits the post comes first.
    pub fn search(&mut self, library: &Library, device: &Device, outcomes: &Outcomes, to: &Answering, now: i64) {
        let query = Query {
            words: &self.query,
            network: Some(&to.network),
            language: Some(&to.choice.language),
            class: to.class.as_deref(),
            department: to.department.as_deref(),
            used: Some(&device.used),
            starred: Some(&device.starred),
            outcomes: Some(outcomes),
            now,
        };
        let (index, families, all, wanted) = (library.index(), library.families(), library.templates(), to.wanted());
        let post = to.context.post.text.as_deref().filter(|_| self.query.trim().is_empty());
        let mut first: Vec<usize> = Vec::new();
        self.suggested = post.map(|post| index.suggest(post, &query, SUGGESTED * VARIANTS)).unwrap_or_default();
        // Of one family the one with the best reason to be there speaks for the variant that fits.
        self.suggested.retain_mut(|one| {
            one.index = families.best(all, one.index, wanted);
            let is_offered = all.get(one.index).is_some_and(|one| library.offers(one) && !library.puts_first(one));
            let is_new = is_offered && first.len() < SUGGESTED && !first.contains(&one.index);
            if is_new {
                first.push(one.index);
            }
            is_new
        });
        // What a crisis hold takes out or puts in front may stand anywhere.
        let most = if library.workspace.hold { usize::MAX } else { MAX_ITEMS };
        let hits = index.find(&query, usize::MAX);
        // Whose whole trigger was typed is meant.
        let is_named = hits.first().is_some_and(|hit| hit.is_named());
        let found = families.list(all, &hits, wanted, most).into_iter();
        let found = first.iter().copied().chain(found.filter(|index| !first.contains(index)));
        let found = found.filter(|index| all.get(*index).is_some_and(|one| library.offers(one)));
        let (front, rest): (Vec<_>, Vec<_>) =
            found.partition(|index| !is_named && all.get(*index).is_some_and(|one| library.puts_first(one)));
        self.found = front.into_iter().chain(rest).take(MAX_ITEMS).collect();
        self.chosen = self.chosen.min(self.found.len().saturating_sub(1));
    }

    /// Another language was chosen for the reply: the list follows, and what is chosen in it stays. A form that is being
    /// filled in stays as well.
    pub fn follow(&mut self, library: &Library, device: &Device, outcomes: &Outcomes, to: &Answering, now: i64) {
        if self.filling.is_some() {
            return;
        }
        let chosen = self.found.get(self.chosen).copied();
        self.note = None;
        self.search(library, device, outcomes, to, now);
        let is_kin = |at: &usize| chosen.is_some_and(|chosen| library.families().of(chosen).any(|one| one == *at));
        self.chosen = self.found.iter().position(is_kin).unwrap_or(self.chosen);
    }

    fn template<'l>(&self, library: &'l Library) -> Option<&'l Template> {
        library.templates().get(*self.found.get(self.chosen)?)
    }

    /// Id of an entry of the list, or of the chosen one.
    pub fn id<'l>(&self, index: Option<usize>, library: &'l Library) -> Option<&'l str> {
        let at = self.found.get(index.unwrap_or(self.chosen))?;
        library.templates().get(*at).map(|one| one.id.as_str())
    }

    /// Ids of the templates that were inserted.
    pub fn inserted(&self) -> Vec<String> {
        self.stack.iter().map(|piece| piece.template.id.clone()).collect()
    }

    /// A key from the composer or the frame.
    pub fn key(&mut self, key: &str, library: &Library, to: &Answering) -> Pressed {
        let last = self.found.len().saturating_sub(1);
        self.note = None;
        match (key, self.filling) {
            ("Escape", _) => return Pressed::Done(OverlayStep::Hide {}),
            ("Enter", Some(at)) => return self.filled(at, library, to),
            (_, Some(_)) => return Pressed::Stay,
            ("Enter" | "Tab", _) => return self.take(library, to),
            ("Shift+Enter", _) => self.put_on_stack(library),
            ("Alt+Enter", _) => return self.copy(library, to),
            ("Backspace" | "Shift+Backspace", _) => drop(self.stack.pop()),
            ("ArrowUp" | "End", _) if self.resting => self.chosen = last,
            ("ArrowDown", _) if self.resting => self.chosen = 0,
            ("ArrowUp", _) => self.chosen = if self.chosen == 0 { last } else { self.chosen - 1 },
            ("ArrowDown", _) => self.chosen = if self.chosen >= last { 0 } else { self.chosen + 1 },
            ("Home", _) => self.chosen = 0,
            ("End", _) => self.chosen = last,
            _ => return Pressed::Stay,
        }
        self.resting &= key == "Shift+Enter" || (key.ends_with("Backspace") && !self.stack.is_empty());
        Pressed::Stay
    }

    /// An entry was clicked.
    pub fn choose(&mut self, index: usize, library: &Library, to: &Answering) -> Pressed {
        if !self.point(index) {
            return Pressed::Stay;
        }
        self.take(library, to)
    }

    /// An entry's `+` was clicked.
    pub fn stack(&mut self, index: usize, library: &Library) {
        if self.point(index) {
            self.put_on_stack(library);
        }
    }

    /// One that is stacked was clicked.
    pub fn unstack(&mut self, index: usize) {
        if self.filling.is_none() && index < self.stack.len() {
            self.stack.remove(index);
            self.resting &= !self.stack.is_empty();
        }
    }

    fn point(&mut self, index: usize) -> bool {
        let is_there = self.filling.is_none() && index < self.found.len();
        if is_there {
            self.chosen = index;
            self.resting = false;
        }
        is_there
    }

    /// The template of exactly this trigger is taken, as if it had been chosen; `None` when there is none.
    pub fn expand(&mut self, trigger: &str, library: &Library, to: &Answering) -> Option<Pressed> {
        let all = library.templates();
        let has = |index: &usize| {
            all.get(*index).is_some_and(|one| library.offers(one) && one.trigger.as_deref() == Some(trigger))
        };
        self.chosen = match self.found.iter().position(has) {
            Some(at) => at,
            None => {
                self.found.insert(0, (0..all.len()).find(has)?);
                0
            }
        };
        Some(self.take(library, to))
    }

    /// Something was typed into the form.
    pub fn fill(&mut self, name: &str, value: &str) {
        self.note = None;
        let piece = self.filling.and_then(|at| self.stack.get_mut(at));
        if let Some(form) = piece.and_then(|piece| piece.form.as_mut()) {
            form.fill(name, value);
        }
    }

    /// The chosen one joins the stack. False when nothing is chosen.
    fn push(&mut self, library: &Library) -> bool {
        let chosen = self.template(library).filter(|_| !self.resting).cloned();
        let is_one = chosen.is_some();
        self.stack.extend(chosen.map(|template| Piece { template, form: None }));
        self.resting |= is_one;
        is_one
    }

    /// The chosen one waits for others; the search begins anew, unless its words stand in the composer.
    fn put_on_stack(&mut self, library: &Library) {
        let grows = matches!(self.replace, Some((_, InComposer::Grows)));
        if self.stack.len() < MAX_STACK && self.push(library) && !grows {
            self.query.clear();
            self.remembered = false;
            self.chosen = 0;
        }
    }

    /// What is stacked and the chosen one go into the composer, by way of their forms.
    fn take(&mut self, library: &Library, to: &Answering) -> Pressed {
        let is_pushed = self.push(library);
        let pressed = self.go_on(library, to);
        if is_pushed && pressed == Pressed::Stay {
            self.stack.pop();
            self.resting = false;
        }
        pressed
    }

    /// The next form that has not been filled in; after the last the insertion.
    fn go_on(&mut self, library: &Library, to: &Answering) -> Pressed {
        let open = |piece: &Piece| piece.form.is_none() && !piece.template.fields.is_empty();
        let Some(at) = self.stack.iter().position(open) else { return self.insert(library, to) };
        let today = Local::at(self.moment.now, self.moment.offset);
        self.stack[at].form = Some(Form::new(&self.stack[at].template.fields, today));
        // A second form takes the place of the first, which has the focus already.
        if self.filling.replace(at).is_some() { Pressed::Stay } else { Pressed::Form }
    }

    /// Enter in a form.
    fn filled(&mut self, at: usize, library: &Library, to: &Answering) -> Pressed {
        let Some(Piece { template, form: Some(form) }) = self.stack.get(at) else { return Pressed::Stay };
        if let Some(field) = form.missing(&template.fields) {
            let label = if field.label.is_empty() { &field.name } else { &field.label };
            self.note = Some(Msg::new("picker_form_missing").with("label", label));
            return Pressed::Stay;
        }
        self.go_on(library, to)
    }

    /// Values for a template, with what its form says.
    fn context(&self, template: &Template, form: Option<&Form>, to: &Answering) -> Context {
        let Moment { now, offset, random } = self.moment;
        let seed = random.iter().fold(0, |seed: u64, byte| seed.rotate_left(8) ^ u64::from(*byte));
        let mut context = Context { now: Some(now), offset, seed, ..to.context.clone() };
        if let Some(form) = form {
            form.answer(&template.fields, &mut context, Lang::from_tag(&to.choice.language));
        }
        context
    }

    /// What is stacked and the chosen one, as they will read; `None` when there is nothing.
    fn render(&self, library: &Library, to: &Answering) -> Option<Result<Rendered, TemplateProblem>> {
        let chosen = self.template(library).filter(|_| !self.resting).map(|one| (one, None));
        let pieces = self.stack.iter().map(|piece| (&piece.template, piece.form.as_ref())).chain(chosen);
        let mut rendered = Vec::new();
        for (template, form) in pieces {
            match render_with(&template.body, &self.context(template, form, to), &|name| library.part(name)) {
                Ok(one) => rendered.push(one),
                Err(problem) => return Some(Err(problem)),
            }
        }
        (!rendered.is_empty()).then(|| Ok(join(rendered)))
    }

    /// The rendered text, or a note why there is none.
    fn text(&mut self, library: &Library, to: &Answering) -> Option<Rendered> {
        match self.render(library, to)? {
            Ok(rendered) => Some(rendered),
            Err(problem) => {
                self.note = Some(problem.msg);
                None
            }
        }
    }

    fn insert(&mut self, library: &Library, to: &Answering) -> Pressed {
        let Some(rendered) = self.text(library, to) else { return Pressed::Stay };
        if !rendered.unresolved.is_empty() {
            let mut names: Vec<String> = rendered.unresolved.into_iter().map(|one| one.name).collect();
            names.dedup();
            self.note = Some(Msg::new("picker_note_unresolved").with("names", names.join(", ")));
            return Pressed::Stay;
        }
        // The log knows one template for a reply: the last that acts on the case, else the first.
        let acts = |piece: &&Piece| !piece.template.actions.is_none();
        let template = self.stack.iter().rev().find(acts).or(self.stack.first());
        Pressed::Done(OverlayStep::Insert {
            composer: self.composer,
            text: rendered.text,
            cursor: rendered.cursor,
            replace: self.replace.map(|(span, _)| span),
            template: template.map(|piece| piece.template.id.clone()),
        })
    }

    /// Copying is the way out when inserting is refused: what has no value stands in the text as `{{ name }}`.
    fn copy(&mut self, library: &Library, to: &Answering) -> Pressed {
        let text = self.text(library, to).map(|rendered| rendered.text);
        text.map_or(Pressed::Stay, |text| Pressed::Done(OverlayStep::Copy { text }))
    }

    fn item(&self, library: &Library, device: &Device, reason: Reason<'_>, index: usize) -> Option<PickerItem> {
        let template = library.templates().get(index)?;
        Some(PickerItem {
            id: template.id.clone(),
            title: template.title.clone(),
            trigger: template.trigger.clone(),
            folder: template.folder.clone(),
            language: template.language.clone(),
            why: self.suggested.iter().find(|one| one.index == index).map(|one| reason.of(one)),
            starred: device.starred.contains(&template.id),
        })
    }

    /// Which variant of its family the chosen template is, and what it lacks of the wish.
    fn variant(&self, library: &Library, to: &Answering, lang: Lang) -> Option<Msg> {
        let at = *self.found.get(self.chosen)?;
        let template = library.templates().get(at)?;
        let key = match fit(template, to.wanted()) {
            // Another would fit better, but this one's trigger was typed.
            _ if library.families().best(library.templates(), at, to.wanted()) != at => "picker_variant_named",
            Match::OtherLanguage | Match::OtherAddress | Match::OtherRegion => "picker_variant_none",
            Match::OtherNetwork => "picker_variant_network_other",
            Match::Network => "picker_variant_network",
            Match::Whole if library.families().of(at).nth(1).is_some() => "picker_variant_whole",
            Match::Whole => return None,
        };
        let words = Catalogue::of(lang);
        let own = Choice { language: template.language.clone(), address: template.address };
        Some(Msg::new(key).with("label", label(&own, words)).with("wanted", label(&to.choice, words)))
    }

    /// What the frame shows.
    pub fn view(&self, library: &Library, device: &Device, to: &Answering, lang: Lang) -> OverlayView {
        let preview = self.render(library, to).map(|rendered| match rendered {
            Ok(rendered) => Preview {
                over: rendered.over(to.limit),
                text: rendered.text,
                unresolved: rendered.unresolved,
                error: None,
            },
            Err(problem) => Preview { error: Some(Catalogue::of(lang).say(&problem.msg)), ..Preview::default() },
        });
        let count = |n: usize| u32::try_from(n).unwrap_or_default();
        let filling = self.filling.and_then(|at| Some((at, self.stack.get(at)?)));
        if let Some((at, Piece { template, form: Some(form) })) = filling {
            return OverlayView::Form {
                template: template.id.clone(),
                at: count(at),
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
        let reason = Reason { class: to.class.as_deref(), words: Catalogue::of(lang) };
        let items = self.found.iter();
        OverlayView::Picker {
            query: self.query.clone(),
            remembered: self.remembered,
            items: items.filter_map(|index| self.item(library, device, reason, *index)).collect(),
            chosen: count(if self.resting { self.found.len() } else { self.chosen }),
            stack: self.stack.iter().map(|piece| piece.template.title.clone()).collect(),
            preview,
            note: self.note.clone().or_else(|| self.variant(library, to, lang)),
        }
    }
}

/// "ES · usted": a language and a form of address.
pub fn label(choice: &Choice, words: &Catalogue) -> String {
    let form = match choice.address {
        Address::Any => "",
        Address::Formal => "formal",
        Address::Informal => "informal",
    };
    let tag = choice.language.to_uppercase();
    match (form, choice.speaks("es")) {
        ("", _) => tag,
        (form, true) => format!("{tag} · {}", words.word(&format!("address_{form}_es"))),
        (form, false) => format!("{tag} · {}", words.word(&format!("address_{form}"))),
    }
}
