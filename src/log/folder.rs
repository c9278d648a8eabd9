//! A folder that several devices share, kept in step by whatever they use: each device writes one file of its own there,
//! and reads all the others.

use super::pack::{file_name, plain};

/// The file of a device. Nobody else writes it, so that no two devices write one file at once.
pub fn own_file(workspace: &str, device: &str) -> String {
    file_name(&[workspace, device])
}

/// A file of events, by its name; also copies that a service made of one, and files that were put there by hand.
pub fn is_read(name: &str) -> bool {
    name.starts_with("rejoinder") && name.ends_with(".jsonl")
}

/// This device's file of another workspace. Two workspaces in one folder would become one.
pub fn is_of_another_workspace(name: &str, workspace: &str, device: &str) -> bool {
    is_read(name) && name.ends_with(&format!("-{}.jsonl", plain(device))) && name != own_file(workspace, device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_names() {
        assert_eq!(own_file("first", "K3J2-AB"), "rejoinder-first-k3j2-ab.jsonl");
        // Name, is it read, is it this device's of another workspace.
        for (name, read, other) in [
            ("rejoinder-first-k3j2-ab.jsonl", true, false),
            ("rejoinder-first-zzzz.jsonl", true, false),
            ("rejoinder-second-k3j2-ab.jsonl", true, true),
            ("rejoinder-second-zzzz.jsonl", true, false),
            ("rejoinder-first-zzzz (conflicted copy).jsonl", true, false),
            ("rejoinder-team-acme-2026-11-23.jsonl", true, false),
            ("rejoinder-first-zzzz.jsonl.crswap", false, false),
            ("holiday.jpg", false, false),
            (".rejoinder-first-zzzz.jsonl", false, false),
        ] {
            let found = (is_read(name), is_of_another_workspace(name, "first", "K3J2-AB"));
            assert_eq!(found, (read, other), "{name}");
        }
    }
}
