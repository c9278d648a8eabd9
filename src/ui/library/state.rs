//! The editor's state: what is open, what was typed and not saved, and what can be taken back.
//!
//! Unsaved words are kept for each template while this page is open, also when another one is opened or the library is
//! read again; nothing is written before somebody saves.

use std::collections::BTreeMap;

use leptos::html::Textarea;
use leptos::prelude::*;
use serde_json::Value;

use super::Library;
use super::stored::Stored;
use super::trial::Trial;
use crate::protocol::{PageMessage, PageRequest};
use crate::template::Template;
use crate::text::Utf16Span;
use crate::ui::shell::{Page, focus, random_id};
use crate::ui::words::{lang, t};

/// What was typed, and what was stored when that began (`None` = a new template).
type Typed = (Template, Option<Template>);

/// A step that can be taken back.
#[derive(Debug, Clone)]
pub struct Undo {
    /// What was done, in words.
    pub words: String,
    /// Templates as they were; `null` = they were not there.
    items: Vec<(String, Value)>,
    /// Words that were thrown away.
    typed: Option<Typed>,
}

/// The editor; a small copyable handle.
#[derive(Clone, Copy)]
pub struct Editor {
    pub page: Page,
    pub library: Library,
    pub stored: Stored,
    /// A template is open.
    pub open: RwSignal<bool>,
    /// The open template as typed.
    pub draft: RwSignal<Template>,
    /// The open template as it was stored when typing began; `None` = it is new.
    pub base: RwSignal<Option<Template>>,
    /// Unsaved words of other templates.
    pub kept: RwSignal<BTreeMap<String, Typed>>,
    pub undo: RwSignal<Option<Undo>>,
    /// The open template's id.
    pub id: Memo<String>,
    /// It has unsaved words.
    pub dirty: Memo<bool>,
    pub trial: Trial,
    pub area: NodeRef<Textarea>,
}

impl Editor {
    pub fn new(library: Library) -> Self {
        let open = RwSignal::new(false);
        let draft = RwSignal::new(Template::default());
        let base = RwSignal::new(None);
        let id = Memo::new(move |_| if open.get() { draft.with(|draft| draft.id.clone()) } else { String::new() });
        let dirty = Memo::new(move |_| {
            open.get() && base.with(|base: &Option<Template>| draft.with(|draft| base.as_ref() != Some(draft)))
        });
        let editor = Self {
            page: library.page,
            library,
            stored: Stored::new(library.page),
            open,
            draft,
            base,
            kept: RwSignal::default(),
            undo: RwSignal::new(None),
            id,
            dirty,
            trial: Trial::default(),
            area: NodeRef::new(),
        };
        editor.follow();
        editor
    }

    /// What is stored now follows into the form, unless somebody is typing there.
    fn follow(self) {
        Effect::new(move |_| {
            self.library.templates.track();
            if !self.library.complete.get() || !self.open.get_untracked() || self.dirty.get_untracked() {
                return;
            }
            match self.stored_now(&self.id.get_untracked()) {
                Some(stored) if self.base.with_untracked(|base| base.as_ref() == Some(&stored)) => {}
                Some(stored) => self.show(stored.clone(), Some(stored)),
                None => self.open.set(false),
            }
        });
    }

    /// The template as the library has it.
    pub fn stored_now(self, id: &str) -> Option<Template> {
        self.library.templates.with_untracked(|all| all.iter().find(|one| one.id == id).cloned())
    }

    /// Somebody else changed the open template since typing began.
    pub fn changed_meanwhile(self) -> bool {
        let id = self.id.get();
        self.dirty.get()
            && self.library.templates.with(|all| {
                let stored = all.iter().find(|one| one.id == id);
                self.base.with(|base| base.as_ref() != stored)
            })
    }

    fn show(self, draft: Template, base: Option<Template>) {
        self.draft.set(draft);
        self.base.set(base);
        self.open.set(true);
    }

    /// Unsaved words are put aside before something else is shown.
    fn put_aside(self) {
        if self.dirty.get_untracked() {
            let typed = (self.draft.get_untracked(), self.base.get_untracked());
            self.kept.update(|kept| drop(kept.insert(typed.0.id.clone(), typed)));
        }
    }

    /// Opens a template, with its unsaved words.
    pub fn edit(self, id: &str) {
        if self.id.get_untracked() == id {
            return;
        }
        self.put_aside();
        let typed = self.kept.try_update(|kept| kept.remove(id)).flatten();
        let stored = || self.stored_now(id).map(|stored| (stored.clone(), Some(stored)));
        if let Some((draft, base)) = typed.or_else(stored) {
            self.show(draft, base);
        }
    }

    /// Opens a new template.
    pub fn begin(self, template: Template) {
        self.put_aside();
        self.show(Template { id: random_id(), ..template }, None);
        request_animation_frame(|| focus("template-title"));
    }

    /// An empty template in the language of the interface.
    pub fn begin_empty(self) {
        self.begin(Template { language: lang().tag().to_owned(), ..Template::default() });
    }

    /// Writes templates, all or none; `null` removes one. What was there can be brought back in one step.
    pub fn put(self, items: Vec<(String, Value)>, words: String, then: impl FnOnce() + 'static) {
        if items.is_empty() {
            return;
        }
        let before = self.library.templates.with_untracked(|all| {
            let known: BTreeMap<&str, &Template> = all.iter().map(|one| (one.id.as_str(), one)).collect();
            let was = |id: &str| known.get(id).map_or(Value::Null, |one| value((*one).clone()));
            items.iter().map(|(id, _)| (id.clone(), was(id))).collect()
        });
        let undo = Undo { words: words.clone(), items: before, typed: None };
        self.page.send(PageRequest::PutTemplates { items: items.clone() }, move |answer| {
            if matches!(answer, PageMessage::Done {}) {
                self.page.announce(words);
                self.undo.set(Some(undo));
                then();
                self.library.take(items);
            }
        });
    }

    /// Stores what was typed.
    pub fn save(self) {
        if !self.dirty.get_untracked() || !self.can_be_saved() {
            return;
        }
        let mut draft = self.draft.get_untracked();
        draft.trigger = draft.trigger.filter(|trigger| !trigger.trim().is_empty());
        if draft.locked && draft.owner.is_none() {
            draft.owner = Some(self.page.state.with_untracked(|state| state.user.clone()));
        }
        let items = vec![(draft.id.clone(), value(draft.clone()))];
        self.put(items, t("library_saved"), move || {
            // Whoever typed on while it was being written has unsaved words again.
            if self.id.get_untracked() == draft.id {
                self.base.set(Some(draft.clone()));
                self.draft.update(|now| {
                    now.owner.clone_from(&draft.owner);
                    now.trigger = now.trigger.take().filter(|trigger| !trigger.trim().is_empty());
                });
            }
        });
    }

    /// Somebody else keeps it and has locked it.
    pub fn is_locked(self) -> bool {
        let user = self.page.state.with(|state| state.user.clone());
        let locked = |base: &Template| base.locked && base.owner.as_ref().is_some_and(|owner| *owner != user);
        self.base.with(|base| base.as_ref().is_some_and(locked))
    }

    /// It has what a template needs.
    pub fn can_be_saved(self) -> bool {
        !self.is_locked() && self.draft.with(|draft| !draft.title.trim().is_empty() && !draft.body.trim().is_empty())
    }

    /// Throws away what was typed.
    pub fn discard(self) {
        if !self.dirty.get_untracked() {
            return;
        }
        let typed = (self.draft.get_untracked(), self.base.get_untracked());
        match self.stored_now(&typed.0.id) {
            Some(stored) => self.show(stored.clone(), Some(stored)),
            None => self.open.set(false),
        }
        self.page.announce(t("library_discarded"));
        self.undo.set(Some(Undo { words: t("library_discarded"), items: Vec::new(), typed: Some(typed) }));
    }

    /// Removes the open template.
    pub fn remove(self) {
        let id = self.id.get_untracked();
        if self.stored_now(&id).is_none() {
            self.discard();
            return;
        }
        self.put(vec![(id.clone(), Value::Null)], t("library_removed"), move || {
            if self.id.get_untracked() == id {
                self.open.set(false);
            }
        });
    }

    /// Takes the last step back.
    pub fn take_back(self) {
        let Some(undo) = self.undo.get_untracked() else { return };
        self.undo.set(None);
        if let Some((draft, base)) = undo.typed {
            self.put_aside();
            self.show(draft, base);
            return;
        }
        let first = undo.items.first().filter(|_| undo.items.len() == 1).map(|(id, _)| id.clone());
        self.page.send(PageRequest::PutTemplates { items: undo.items.clone() }, move |answer| {
            if matches!(answer, PageMessage::Done {}) {
                self.library.take(undo.items);
                self.page.announce(t("log_undone"));
                // What was removed is open again.
                if let Some(id) = first.filter(|_| !self.open.get_untracked()) {
                    self.edit(&id);
                }
            }
        });
    }

    /// Any template has unsaved words.
    pub fn has_unsaved(self) -> bool {
        self.dirty.get_untracked() || self.kept.with_untracked(|kept| !kept.is_empty())
    }

    /// Selects a stretch of the body, in sight.
    pub fn select(self, span: Utf16Span) {
        if let Some(area) = self.area.get_untracked() {
            let _ = area.focus();
            // A place outside the text selects its end.
            let _ = area.set_selection_range(span.start.0, span.end.0);
        }
    }

    /// The name people know a user by.
    pub fn name_of(self, user: &str) -> String {
        let known = self.stored.settings.with_untracked(|settings| settings.name(user));
        if known == user { t("library_somebody") } else { known }
    }
}

/// A template as it is stored.
pub fn value(template: Template) -> Value {
    serde_json::to_value(template).unwrap_or_default()
}
