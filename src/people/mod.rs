//! Influence and notable authors, from what pages showed and the log knows.
