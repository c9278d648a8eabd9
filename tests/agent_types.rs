//! The page agent's declarations are what `src/protocol.rs` says. `UPDATE=1 cargo test agent_types` writes them.

use rejoinder::{log, message, protocol as p, site, text};
use ts_rs::{Config, TS};

fn declarations() -> String {
    let config = Config::default();
    let mut out = String::from("// Generated from src/protocol.rs; do not edit. UPDATE=1 cargo test agent_types\n\n");
    macro_rules! declare {
        ($($t:ty),* $(,)?) => { $( out.push_str("export "); out.push_str(&<$t as TS>::decl(&config)); out.push('\n'); )* };
    }
    declare!(
        text::Utf16Offset,
        text::Utf16Span,
        message::Msg,
        message::Lang,
        log::MentionKey,
        log::EventId,
        log::Status,
        site::post::PostKind,
        site::post::RawPost,
        site::definition::Evidence,
        site::definition::Definition,
        site::definition::PostRule,
        site::definition::Reader,
        site::definition::Place,
        site::definition::Put,
        site::definition::ComposerRule,
        site::definition::Reach,
        site::definition::ComposerKind,
        site::definition::Canonical,
        p::AgentRequest,
        p::Passed,
        p::RawComposer,
        p::TypedWords,
        p::OverlayAsk,
        p::Health,
        p::AgentAnswer,
        p::OverlayStep,
        p::Features,
        p::PostView,
        p::MarkView,
        p::StripView,
        p::FindingView,
        p::AgentPush,
        p::Shape,
        p::Found,
        p::PointAsk,
        p::PointSaid,
        p::Failure,
        p::Request<p::AgentRequest>,
        p::Reply<p::AgentAnswer, p::AgentPush>,
    );
    out
}

#[test]
fn the_agents_declarations_are_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/agent/protocol.d.ts");
    let fresh = declarations();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), fresh, "run UPDATE=1 cargo test agent_types");
}
