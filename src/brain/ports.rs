//! Who is on a port, and what that lets them ask.
//!
//! A role is not what a port calls itself but what the browser says of its sender: a content script can name its port
//! "page" and is refused. A frame in a page is nobody until it shows the nonce that its page's agent was given, or says
//! whose frame it was before the background was restarted.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Number of a port, given by the shim.
pub type Port = u32;

/// The sender of a port, as the browser names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// What the port calls itself.
    pub name: String,
    /// Tab it is in; a popup and a side panel have none.
    pub tab: Option<i32>,
    /// Frame of that tab; Firefox's numbers need more than 32 bits.
    pub frame: i64,
    /// The browser's id of the document.
    pub document: Option<String>,
    /// Address of the sender's document.
    pub url: String,
    /// The document is one of ours.
    pub ours: bool,
}

/// What a port may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A content script, or the practice page in its place.
    Agent,
    /// Our frame in a page.
    Overlay,
    /// One of our own pages.
    Page,
}

impl Role {
    /// The role of a sender; `None` = it has none and its port is closed.
    pub fn of(sender: &Sender) -> Option<Self> {
        let path = path(&sender.url);
        match sender.name.as_str() {
            "agent" if !sender.ours || path == "/pages/practice.html" => Some(Self::Agent),
            "overlay" if sender.ours && path == "/pages/overlay.html" && sender.tab.is_some() => Some(Self::Overlay),
            // Our pages are never framed by a web page; one that is, is not trusted.
            "page" if sender.ours && path != "/pages/overlay.html" && sender.frame == 0 => Some(Self::Page),
            _ => None,
        }
    }
}

fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// One-use tickets that join a frame to the agent that made it.
#[derive(Debug, Default)]
pub struct Tickets(BTreeMap<String, (Port, i32)>);

impl Tickets {
    /// A new ticket for the frame of an agent; an earlier one of the same agent loses its worth.
    pub fn issue(&mut self, agent: Port, tab: i32, random: [u8; 16]) -> String {
        self.0.retain(|_, (owner, _)| *owner != agent);
        let ticket = hex(&random);
        self.0.insert(ticket.clone(), (agent, tab));
        ticket
    }

    /// The agent a ticket was given to, if the frame that shows it is in the same tab. A ticket is worth one try.
    pub fn redeem(&mut self, ticket: &str, tab: Option<i32>) -> Option<Port> {
        let (agent, issued_in) = self.0.remove(ticket)?;
        (Some(issued_in) == tab).then_some(agent)
    }

    /// Forgets an agent that is gone.
    pub fn forget(&mut self, agent: Port) {
        self.0.retain(|_, (owner, _)| *owner != agent);
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, url: &str, tab: Option<i32>, frame: i64, expect: Option<Role>) {
        let ours = url.starts_with("chrome-extension://") || url.starts_with("moz-extension://");
        let sender = Sender { name: name.into(), tab, frame, document: None, url: url.into(), ours };
        assert_eq!(Role::of(&sender), expect, "{name} {url} {tab:?} {frame}");
    }

    #[test]
    fn the_browser_decides_who_somebody_is() {
        check("agent", "https://x.com/home", Some(1), 0, Some(Role::Agent));
        check("page", "https://x.com/home", Some(1), 0, None);
        check("overlay", "https://x.com/home", Some(1), 2, None);
        check("page", "https://x.com/chrome-extension://id/pages/log.html", Some(1), 0, None);
        check("overlay", "chrome-extension://id/pages/overlay.html#abc", Some(1), 4, Some(Role::Overlay));
        check("overlay", "chrome-extension://id/pages/log.html", Some(1), 0, None);
        check("overlay", "chrome-extension://id/pages/overlay.html", None, 0, None);
        check("page", "moz-extension://id/pages/log.html?x#y", Some(1), 0, Some(Role::Page));
        check("page", "moz-extension://id/pages/popup.html", None, 0, Some(Role::Page));
        check("page", "moz-extension://id/pages/overlay.html", Some(1), 0, None);
        check("page", "moz-extension://id/pages/log.html", Some(1), 3, None);
        check("agent", "moz-extension://id/pages/practice.html", Some(1), 0, Some(Role::Agent));
        check("agent", "moz-extension://id/pages/log.html", Some(1), 0, None);
        check("", "https://x.com/", Some(1), 0, None);
    }

    #[test]
    fn a_sender_is_read_as_firefox_writes_it() {
        let text = r#"{"name":"overlay","tab":4,"frame":15032385537,"document":"695a904c","url":"moz-extension://f7/pages/overlay.html#c7","ours":true}"#;
        let sender: Sender = serde_json::from_str(text).unwrap();
        assert_eq!(Role::of(&sender), Some(Role::Overlay));
    }

    #[test]
    fn a_ticket_is_worth_one_try_in_its_own_tab() {
        let mut tickets = Tickets::default();
        let first = tickets.issue(7, 1, [1; 16]);
        assert_eq!(tickets.redeem(&first, Some(1)), Some(7));
        assert_eq!(tickets.redeem(&first, Some(1)), None, "used");
        let stolen = tickets.issue(7, 1, [2; 16]);
        assert_eq!(tickets.redeem(&stolen, Some(2)), None, "another tab");
        assert_eq!(tickets.redeem(&stolen, Some(1)), None, "a failed try uses it up");
        let old = tickets.issue(7, 1, [3; 16]);
        let new = tickets.issue(7, 1, [4; 16]);
        assert_eq!(tickets.redeem(&old, Some(1)), None, "replaced");
        tickets.forget(7);
        assert_eq!(tickets.redeem(&new, Some(1)), None, "its agent is gone");
    }
}
