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
    let alt = held.alt && !held.ctrl && !held.meta && !held.alt_graph;
    match key {
        "Escape" if held.none() => Some("Escape"),
        "Enter" if list && alt => Some("Alt+Enter"),
        "ArrowUp" if list && alt => Some("Alt+ArrowUp"),
        "Enter" if list && held.none() && held.shift => Some("Shift+Enter"),
        _ if !list || !held.none() || held.shift => None,
        "ArrowUp" => Some("ArrowUp"),
        "ArrowDown" => Some("ArrowDown"),
        "Enter" => Some("Enter"),
        "Tab" => Some("Tab"),
        _ => None,
    }
}

/// What a key does while the list of mentions has focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ListKey {
    Next,
    Previous,
    First,
    Last,
    PageDown,
    PageUp,
    Select,
    Details,
    OpenPost,
    Assign,
    Department,
    Priority,
    Snooze,
    Note,
    NoAction,
    Undo,
    Search,
    Help,
    Back,
}

/// The keys of the list with the catalogue keys of what they do, as the help shows them.
pub const LIST_HELP: [(&str, &str); 14] = [
    ("J K ↓ ↑", "log_key_move"),
    ("X", "log_key_select"),
    ("Enter", "log_key_details"),
    ("O", "log_key_open"),
    ("A", "log_key_assign"),
    ("D", "log_key_department"),
    ("P", "log_key_priority"),
    ("Z", "log_key_snooze"),
    ("N", "log_key_note"),
    ("E", "log_key_no_action"),
    ("U", "log_key_undo"),
    ("/", "log_key_search"),
    ("?", "log_key_help"),
    ("Esc", "log_key_back"),
];

/// The action of a key in the list, or `None` when the browser should have it.
pub fn list_key(key: &str, held: Modifiers) -> Option<ListKey> {
    use ListKey::*;
    if !held.none() {
        return None;
    }
    Some(match key {
        "j" | "J" | "ArrowDown" => Next,
        "k" | "K" | "ArrowUp" => Previous,
        "Home" => First,
        "End" => Last,
        "PageDown" => PageDown,
        "PageUp" => PageUp,
        "x" | "X" | " " => Select,
        "Enter" => Details,
        "o" | "O" => OpenPost,
        "a" | "A" => Assign,
        "d" | "D" => Department,
        "p" | "P" => Priority,
        "z" | "Z" => Snooze,
        "n" | "N" => Note,
        "e" | "E" => NoAction,
        "u" | "U" => Undo,
        "/" => Search,
        "?" => Help,
        "Escape" => Back,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Catalogue, Lang};

    #[test]
    fn the_help_tells_of_every_key_it_names() {
        for (keys, name) in LIST_HELP {
            for key in keys.split(' ') {
                let key = match key {
                    "↓" => "ArrowDown",
                    "↑" => "ArrowUp",
                    "Esc" => "Escape",
                    other => other,
                };
                assert!(list_key(key, Modifiers::default()).is_some(), "{key}");
                assert_eq!(list_key(key, Modifiers { alt_graph: true, ..Modifiers::default() }), None);
                assert_eq!(list_key(key, Modifiers { ctrl: true, ..Modifiers::default() }), None);
            }
            assert_ne!(Catalogue::of(Lang::En).word(name), name);
        }
        assert_eq!(list_key("q", Modifiers::default()), None);
    }

    #[track_caller]
    fn check(key: &str, held: Modifiers, list: bool, expect: Option<&str>) {
        assert_eq!(overlay_key(key, held, list), expect, "{key} {held:?} list: {list}");
    }

    #[test]
    fn a_card_takes_escape_only() {
        let none = Modifiers::default();
        check("Escape", none, false, Some("Escape"));
        check("Enter", none, false, None);
        check("Tab", none, false, None);
        check("ArrowDown", none, true, Some("ArrowDown"));
        check("Enter", none, true, Some("Enter"));
        check("Enter", Modifiers { alt: true, ..none }, true, Some("Alt+Enter"));
        check("Enter", Modifiers { alt: true, alt_graph: true, ..none }, true, None);
        check("Tab", Modifiers { shift: true, ..none }, true, None);
        check("Enter", Modifiers { shift: true, ..none }, true, Some("Shift+Enter"));
        check("Enter", Modifiers { shift: true, ctrl: true, ..none }, true, None);
        check("Enter", Modifiers { shift: true, ..none }, false, None);
        check("ArrowUp", Modifiers { alt: true, ..none }, true, Some("Alt+ArrowUp"));
        check("a", none, true, None);
    }
}
