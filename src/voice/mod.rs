//! Brand-voice rules: packs, the engine, findings.
