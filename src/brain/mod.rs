//! The background's state machine: a request and what it needs to know in, a response and effects out.
