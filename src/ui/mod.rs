//! Leptos views for the pages and the overlay.
