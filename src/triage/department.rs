//! Whose post it is: a department by the words of the post, else by its class. A proposal with its reason, never a move.

use super::{Class, Classes, Cue};

/// What tells a department.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Deserialize))]
#[cfg_attr(feature = "cli", serde(deny_unknown_fields))]
pub struct Department {
    /// Its name.
    pub id: String,
    /// Words of posts that are its; entries may have choices, as in packs.
    #[cfg_attr(feature = "cli", serde(default))]
    pub words: Vec<String>,
    /// Classes of posts that are its where no word tells.
    #[cfg_attr(feature = "cli", serde(default))]
    pub classes: Vec<String>,
}

/// Departments, made ready for looking at posts.
#[derive(Debug, Default)]
pub struct Departments {
    all: Vec<Department>,
    words: Classes,
}

/// A department proposed for a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Its name.
    pub department: String,
    /// Words of the post that speak for it, as written; without any its class does.
    pub words: Vec<String>,
}

impl Departments {
    /// Departments whose words are spelled out; the first wins a tie.
    pub fn new(all: Vec<Department>) -> Self {
        let cues: Vec<Cue> = all.iter().map(|one| Cue::plain(&one.id, &one.words)).collect();
        Self { words: Classes::new(&cues), all }
    }

    /// The department that more words of a post speak for than for any other, or that gets posts of its class.
    pub fn of(&self, post: &str, class: &str) -> Option<Proposed> {
        let judged = self.words.judge(post);
        let words = |id: &str| -> Vec<String> {
            let mut words: Vec<String> = Vec::new();
            for word in judged.reasons.iter().filter(|reason| reason.cue == id).flat_map(|reason| &reason.words) {
                if !words.contains(word) {
                    words.push(word.clone());
                }
            }
            words
        };
        let mut best: Option<Proposed> = None;
        for department in self.all.iter().filter(|_| class != Class::Spam.id()) {
            let words = words(&department.id);
            if words.len() > best.as_ref().map_or(0, |best| best.words.len()) {
                best = Some(Proposed { department: department.id.clone(), words });
            }
        }
        best.or_else(|| {
            let fits = |one: &&Department| one.classes.iter().any(|of| of == class);
            let one = self.all.iter().find(fits)?;
            Some(Proposed { department: one.id.clone(), words: Vec::new() })
        })
    }
}

#[cfg(feature = "cli")]
impl Departments {
    /// The departments that are known by themselves.
    pub fn usual() -> Self {
        Self::parse(include_str!("departments.toml")).unwrap_or_default()
    }

    /// Departments from a file, or the line and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            department: Vec<Department>,
        }
        let source = crate::source::Source::parse(text).map_err(|wrong| (wrong.line, wrong.what))?;
        let mut file: File = source.read().map_err(|wrong| (wrong.line, wrong.what))?;
        for (nth, one) in file.department.iter_mut().enumerate() {
            let line = || source.line(&format!("department[{nth}].words")).unwrap_or(1);
            one.words = crate::voice::spelled_out(&one.words).map_err(|what| (line(), what))?;
        }
        Ok(Self::new(file.department))
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(post: &str, class: Class, expect: Option<&str>) {
        let found = Departments::usual().of(post, class.id());
        assert_eq!(found.as_ref().map(|found| found.department.as_str()), expect, "{post}: {found:?}");
    }

    #[test]
    fn words_tell_whose_it_is() {
        check("Where is my parcel, the courier never came", Class::Complaint, Some("logistics"));
        check("Charged twice, I want a refund on my card", Class::Complaint, Some("billing"));
        check("The app crashes at login", Class::Complaint, Some("technical"));
        check("I am a reporter, press office please", Class::Crisis, Some("press"));
        check("Mi abogado les escribe el lunes", Class::Crisis, Some("legal"));
        check("El repartidor dejó el paquete en la calle", Class::Complaint, Some("logistics"));
        check("Me cobraron dos veces la factura", Class::Complaint, Some("billing"));
    }

    #[test]
    fn the_class_tells_where_no_word_does() {
        check("Great!", Class::Praise, Some("service"));
        check("Could be lighter", Class::Suggestion, Some("product"));
        check("How much?", Class::Lead, Some("sales"));
        check("Hm", Class::Other, None);
        check("Where is my parcel", Class::Spam, None);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_with_its_line() {
        let wrong = |text: &str| Departments::parse(text).map(|_| ()).unwrap_err().0;
        assert_eq!(wrong("[[department]]\nid = \"a\"\nwords = [\"b(\"]\n"), 3);
        assert_eq!(wrong("[[department]]\nid = \"a\"\nword = []\n"), 3);
    }
}
