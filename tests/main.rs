//! Native integration tests: one binary, a module per promise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agent_types;
mod brain_erase;
mod brain_gate;
mod brain_language;
mod brain_look;
mod brain_overlay;
mod brain_picker;
mod brain_repeats;
mod brain_save;
mod brain_settings;
mod brain_spelling;
mod brain_team;
mod brain_world;
mod command;
mod listening_spikes;
mod listening_watch;
mod log_command;
mod log_export;
mod log_files;
mod log_fold;
mod log_report;
mod log_storage;
mod log_stories;
mod manifest;
mod people_command;
mod people_influence;
mod people_order;
mod site_captures;
mod site_command;
mod site_fixtures;
mod site_links;
mod template_command;
mod template_exchange;
mod template_render;
mod template_search;
mod template_starter;
mod templates_exchange_command;
mod tidy;
mod triage_classes;
mod triage_command;
mod triage_properties;
mod voice_command;
mod voice_properties;
mod voice_replies;
mod voice_spelling;
mod voice_vale;

/// As many cases as a property is tried on: so many each time, or what `./build.sh test fuzz` asks for.
fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config::with_cases(asked.unwrap_or(usual))
}
