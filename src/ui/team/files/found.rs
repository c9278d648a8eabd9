//! What files hold, as a person reads it before and after.

use leptos::prelude::*;

use super::reading::Found;
use super::zone;
use crate::log::incoming::Incoming;
use crate::log::travel::is_nameless;
use crate::message::Msg;
use crate::ui::dates::full;
use crate::ui::shell::Page;
use crate::ui::words::{say, t};

/// As many bad lines and people are listed.
const LISTED: usize = 20;

/// How many events, of whom, from when to when; how many are new; what cannot be read.
///
/// The first line can take focus, by the `id`.
pub fn view(page: Page, found: &Found, id: &'static str) -> AnyView {
    let summary = &found.summary;
    let counts = say(&Msg::new("team_files_found").with("count", summary.events).with("new", summary.new));
    let span = summary.span.map(|(from, to)| {
        let zone = zone(page);
        say(&Msg::new("team_files_span").with("from", full(from, &zone)).with("to", full(to, &zone)))
    });
    let person = |(name, count): &(String, usize)| {
        let key = if is_nameless(name) { "team_files_of_nameless" } else { "team_files_of_person" };
        say(&Msg::new(key).with("name", name).with("count", count))
    };
    let mut people: Vec<String> = summary.people.iter().take(LISTED).map(person).collect();
    let more = summary.people.len().saturating_sub(LISTED);
    if more > 0 {
        people.push(say(&Msg::new("team_files_more").with("count", more)));
    }
    let people = (!people.is_empty()).then(|| say(&Msg::new("team_files_of").with("people", people.join(", "))));
    view! {
        <div class="stack tight">
            <p class="strong" id=id tabindex="-1">{counts}</p>
            {span.map(|words| view! { <p>{words}</p> })}
            {people.map(|words| view! { <p>{words}</p> })}
        </div>
        {skipped(&found.incoming)}
    }
    .into_any()
}

/// The lines that could not be read, each with its file.
pub fn skipped(incoming: &Incoming) -> Option<AnyView> {
    let count = incoming.skips();
    if count == 0 {
        return None;
    }
    let listed = incoming.skipped().iter().take(LISTED);
    let mut lines: Vec<_> =
        listed.map(|one| view! { <li>{format!("{}: {}", one.file, say(&one.why))}</li> }.into_any()).collect();
    if count > lines.len() {
        let more = say(&Msg::new("team_files_more").with("count", count - lines.len()));
        lines.push(view! { <li>{more}</li> }.into_any());
    }
    let key = if incoming.events().next().is_some() { "team_files_skipped" } else { "team_files_no_events" };
    let notice = view! {
        <div class="notice warn">
            <div class="stack tight"><p>{say(&Msg::new(key).with("count", count))}</p><ul class="small notes skipped">{lines}</ul></div>
        </div>
    };
    Some(notice.into_any())
}

/// How far taking in has come.
pub fn progress(done: RwSignal<Option<(usize, usize)>>) -> AnyView {
    let words = move || {
        let (done, total) = done.get().unwrap_or_default();
        say(&Msg::new("team_files_taking").with("done", done).with("total", total))
    };
    view! {
        <div class="stack tight">
            <progress aria-label=t("team_files_take")
                max=move || done.get().map_or(1, |(_, total)| total).to_string()
                value=move || done.get().map_or(0, |(done, _)| done).to_string()></progress>
            <span class="small" role="status">{words}</span>
        </div>
    }
    .into_any()
}
