//! What happens to the case once a reply from the template has been sent.

use leptos::prelude::*;

use super::pieces::{choice, words};
use super::state::Editor;
use crate::log::Status;
use crate::template::Actions;
use crate::ui::words::t;

/// The editor of the actions.
pub fn view(editor: Editor) -> AnyView {
    let read = move |read: fn(&Actions) -> Option<String>| {
        move || editor.draft.with(|draft| read(&draft.actions)).unwrap_or_default()
    };
    let some = |value: String| Some(value).filter(|value| !value.trim().is_empty());
    let unchanged = (String::new(), t("library_action_unchanged"));
    let statuses = Status::ALL.map(|status| (status.name().to_owned(), t(&format!("log_status_{}", status.name()))));
    let statuses = [vec![unchanged.clone()], statuses.to_vec()].concat();
    let (departments, people) =
        editor.page.state.with_untracked(|state| (state.workspace.departments.clone(), state.workspace.people.clone()));
    // A value that the workspace does not name any more is kept.
    let offered = move |mut all: Vec<String>, now: Option<String>| {
        if let Some(now) = now.filter(|now| !all.contains(now)) {
            all.push(now);
        }
        let named = all.into_iter().map(|one| (one.clone(), one));
        std::iter::once(unchanged.clone()).chain(named).collect::<Vec<_>>()
    };
    let now = editor.draft.with_untracked(|draft| draft.actions.clone());
    let (departments, people) = (offered(departments, now.department), offered(people, now.assignee));
    let due =
        move || editor.draft.with(|draft| draft.actions.due_hours.map(|hours| hours.to_string()).unwrap_or_default());
    view! {
        <fieldset class="stack actions">
            <legend class="label">{t("library_actions")}</legend>
            <p class="help small muted">{t("library_actions_help")}</p>
            <div class="pair">
                {words(
                    t("library_action_tags"), "action-tags".to_owned(), Some("library-tags"),
                    move || editor.draft.with(|draft| draft.actions.tags.clone()),
                    move |tags| editor.draft.update(|draft| draft.actions.tags = tags),
                )}
                {choice(
                    "action-status".to_owned(), t("card_status"), statuses,
                    read(|actions| actions.status.map(|status| status.name().to_owned())),
                    move |name| editor.draft.update(|draft| {
                        draft.actions.status = Status::ALL.into_iter().find(|status| status.name() == name);
                    }),
                )}
                {choice(
                    "action-assignee".to_owned(), t("card_assignee"), people, read(|actions| actions.assignee.clone()),
                    move |who| editor.draft.update(|draft| draft.actions.assignee = some(who)),
                )}
                {choice(
                    "action-department".to_owned(), t("card_department"), departments,
                    read(|actions| actions.department.clone()),
                    move |which| editor.draft.update(|draft| draft.actions.department = some(which)),
                )}
                <label class="field">
                    <span class="label">{t("library_action_due")}</span>
                    <input class="input" type="number" min="1" max="8760" id="action-due" prop:value=due
                        on:input=move |event| editor.draft.update(|draft| {
                            draft.actions.due_hours = event_target_value(&event).parse().ok().filter(|hours| *hours > 0);
                        }) />
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}
