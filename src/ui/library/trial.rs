//! Trying a template: for whom, with which answers in its form, and what it reads like then.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::state::Editor;
use crate::browser::clock;
use crate::message::Lang;
use crate::template::{Context, Form, Local, Rendered, Template, TemplateProblem, render_with};
use crate::ui::templates::reader::{nameless, reader};

/// For whom and with what.
#[derive(Clone, Copy, Default)]
pub struct Trial {
    /// Key of the mention whose author is answered; empty = somebody invented.
    pub mention: RwSignal<String>,
    /// As if the page told no name.
    pub nameless: RwSignal<bool>,
    /// What was filled in, by template and field.
    pub answers: RwSignal<BTreeMap<(String, String), String>>,
}

impl Trial {
    /// What `template` reads like.
    pub fn render(self, editor: Editor, template: &Template) -> Result<Rendered, TemplateProblem> {
        let now = clock::now();
        let offset = clock::offset();
        let form = self.form(template);
        let mut context = Context { now: Some(now), ..self.context(editor, template, offset) };
        form.answer(&template.fields, &mut context, Lang::from_tag(&template.language));
        editor.library.templates.with(|all| {
            let part = |name: &str| {
                let found = all.iter().find(|one| one.trigger.as_deref() == Some(name));
                let found = found.or_else(|| all.iter().find(|one| one.id == name))?;
                Some(if found.id == template.id { template.body.clone() } else { found.body.clone() })
            };
            render_with(&template.body, &context, &part)
        })
    }

    /// The form as it is filled in.
    pub fn form(self, template: &Template) -> Form {
        let mut form = Form::new(&template.fields, Local::at(clock::now(), clock::offset()));
        self.answers.with(|answers| {
            for field in &template.fields {
                if let Some(value) = answers.get(&(template.id.clone(), field.name.clone())) {
                    form.fill(&field.name, value);
                }
            }
        });
        form
    }

    fn context(self, editor: Editor, template: &Template, offset: i32) -> Context {
        let key = self.mention.get();
        let mention = editor.stored.mentions.with(|all| all.iter().find(|one| one.key.0 == key).cloned());
        let context = editor.page.state.with(|state| {
            let me = Some(state.me.clone()).filter(|me| *me != state.user);
            reader(mention.as_deref(), &template.language, &state.workspace, me, offset)
        });
        if self.nameless.get() { nameless(context) } else { context }
    }
}
