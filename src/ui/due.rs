//! When a case is due: what is set, and what the last reply promised, which a press makes it due.

use leptos::prelude::*;

use super::dates;
use super::icons::icon;
use super::words::{say, t};
use crate::message::Msg;
use crate::protocol::MentionRow;

/// The line; nothing while nothing is due or promised. `set` is called with UTC milliseconds, or nothing for "no date".
pub fn view(mention: &MentionRow, zone: &str, set: Callback<Option<i64>>) -> Option<AnyView> {
    let when = |key: &str, at: i64| say(&Msg::new(key).with("when", dates::full(at, zone)));
    if let Some(at) = mention.due {
        return Some(
            view! {
                <div class="row wrap due"><span class="strong">{when("log_due", at)}</span>
                    <button class="button small quiet" type="button" on:click=move |_| set.run(None)>{t("due_none")}</button></div>
            }
            .into_any(),
        );
    }
    let promise = mention.promise.clone()?;
    let at = promise.at;
    Some(
        view! {
            <div class="row wrap due"><span>{say(&Msg::new("due_promised").with("words", promise.words))}</span>
                <button class="button small" type="button" on:click=move |_| set.run(Some(at))>{icon("clock")}{when("due_set", at)}</button></div>
        }
        .into_any(),
    )
}
