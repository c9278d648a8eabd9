//! Thin adapters: WebExtension bindings, IndexedDB, clock, randomness. No decisions.
