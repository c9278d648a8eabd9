//! An invitation to a team: one line of text that carries where, what and as whom, and a password for the first time.

use super::team::{Team, Wrong};
use crate::sync::escaped;

/// What every invitation begins with.
const HEAD: &str = "rejoinder:";

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Where to, and as whom.
    pub team: Team,
    /// The password until they have joined.
    pub code: String,
}

impl Invite {
    /// The line to send.
    pub fn text(&self) -> String {
        let Team { url, database, user, .. } = &self.team;
        let [url, user, code] = [url, user, &self.code].map(|part| escaped(part));
        format!("{HEAD}?url={url}&workspace={database}&user={user}&code={code}")
    }

    /// The invitation in a line.
    pub fn from_text(text: &str) -> Result<Self, Wrong> {
        let query = text.trim().strip_prefix(HEAD).and_then(|rest| rest.strip_prefix('?')).ok_or(Wrong::Invite)?;
        let part = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(known, _)| *known == name).and_then(|(_, value)| unescaped(value))
        };
        let all = (part("url"), part("workspace"), part("user"), part("code"));
        let (Some(url), Some(database), Some(user), Some(code)) = all else { return Err(Wrong::Invite) };
        Ok(Self { team: Team::typed(&url, &database, &user)?, code })
    }
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                (digit(rest.next())? * 16 + digit(rest.next())?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_back() {
        let team = Team::typed("https://couch.example.com/sub", "acme", "José & María").unwrap();
        let invite = Invite { team, code: "a=b&c%".into() };
        let text = invite.text();
        assert!(text.is_ascii() && !text.contains(' '), "{text}");
        assert_eq!(Invite::from_text(&format!(" {text}\n")), Ok(invite));
    }

    #[test]
    fn what_is_no_invitation_is_told() {
        let line = |url: &str| format!("rejoinder:?url={url}&workspace=acme&user=ana&code=x");
        assert!(Invite::from_text(&line("https%3A%2F%2Fc.example")).is_ok());
        assert_eq!(Invite::from_text(&line("http%3A%2F%2Fc.example")), Err(Wrong::Insecure));
        for text in ["", "hello", "rejoinder:", "rejoinder:?url=%", "rejoinder:?url=%zz&workspace=a&user=b&code=c"] {
            assert_eq!(Invite::from_text(text), Err(Wrong::Invite), "{text}");
        }
    }
}
