//! Which key does what, as data. Letters match what is typed; nothing acts with AltGraph, which types characters.

/// Modifier keys held down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Modifiers {
    pub alt: bool,
    pub ctrl: bool,
    pub meta: bool,
    pub shift: bool,
    pub alt_graph: bool,
}

impl Modifiers {
    fn none(self) -> bool {
        !(self.alt || self.ctrl || self.meta || self.alt_graph)
    }
}

/// The name under which the frame reports a key, or `None` when the browser should have it. Outside a `list` only Escape
/// is ours: Tab and Enter belong to the buttons and fields of a card.
pub fn overlay_key(key: &str, held: Modifiers, list: bool) -> Option<&'static str> {
    match key {
        "Escape" if held.none() => Some("escape"),
        "Enter" if list && held.alt && !held.ctrl && !held.meta && !held.alt_graph => Some("alt_enter"),
        _ if !list || !held.none() || held.shift => None,
        "ArrowUp" => Some("up"),
        "ArrowDown" => Some("down"),
        "Enter" => Some("enter"),
        "Tab" => Some("tab"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, held: Modifiers, list: bool, expect: Option<&str>) {
        assert_eq!(overlay_key(key, held, list), expect, "{key} {held:?} list: {list}");
    }

    #[test]
    fn a_card_takes_escape_only() {
        let none = Modifiers::default();
        check("Escape", none, false, Some("escape"));
        check("Enter", none, false, None);
        check("Tab", none, false, None);
        check("ArrowDown", none, true, Some("down"));
        check("Enter", none, true, Some("enter"));
        check("Enter", Modifiers { alt: true, ..none }, true, Some("alt_enter"));
        check("Enter", Modifiers { alt: true, alt_graph: true, ..none }, true, None);
        check("Tab", Modifiers { shift: true, ..none }, true, None);
        check("a", none, true, None);
    }
}
