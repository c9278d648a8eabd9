//! Native integration tests: one binary, a module per promise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agent_types;
mod manifest;
mod site_captures;
mod tidy;
