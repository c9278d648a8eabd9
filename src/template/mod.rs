//! Reply templates: library, rendering, search.
