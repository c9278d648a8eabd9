//! Why a template is suggested for a post, in words.

use crate::message::{Catalogue, Msg};
use crate::template::Suggestion;
use crate::triage::Class;

/// What the reasons for one post share.
#[derive(Debug, Clone, Copy)]
pub struct Reason<'a> {
    /// The post's class, by name.
    pub class: Option<&'a str>,
    /// The language of the interface.
    pub words: &'a Catalogue,
}

impl Reason<'_> {
    /// "complaint + parcel, late · used 12 times, 9 resolved".
    pub fn of(self, suggestion: &Suggestion) -> Msg {
        let class = self.class.filter(|_| suggestion.of_class).map(|class| match Class::named(class) {
            Some(_) => self.words.word(&format!("class_{class}")),
            None => class.to_owned(),
        });
        let words = Some(suggestion.words.join(", ")).filter(|words| !words.is_empty());
        let fits: Vec<String> = class.into_iter().chain(words).collect();
        let Suggestion { used, settled, .. } = *suggestion;
        let key = match (used, settled) {
            (0, _) => "picker_why_words",
            (_, 0) => "picker_why_used",
            _ => "picker_why_settled",
        };
        let msg = Msg::new(key).with("words", fits.join(" + "));
        match used {
            0 => msg,
            _ => msg.with("count", used).with("settled", settled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[track_caller]
    fn check(class: Option<&str>, lang: Lang, suggestion: (bool, &[&str], u32, u32), expect: &str) {
        let (of_class, words, used, settled) = suggestion;
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let suggestion = Suggestion { index: 0, of_class, words, used, settled };
        let catalogue = Catalogue::of(lang);
        assert_eq!(catalogue.say(&Reason { class, words: catalogue }.of(&suggestion)), expect);
    }

    #[test]
    fn reasons_name_the_class_the_words_and_what_came_of_it() {
        let both = (true, &["late", "parcel"][..], 12, 9);
        check(Some("complaint"), Lang::En, both, "Fits: complaint + late, parcel · used 12 times, 9 resolved");
        check(Some("complaint"), Lang::Es, both, "Encaja: queja + late, parcel · usada 12 veces, 9 resueltas");
        check(Some("complaint"), Lang::En, (false, &["late"], 0, 0), "Fits: late");
        check(Some("wedding"), Lang::En, (true, &[], 2, 0), "Fits: wedding · used 2 times");
        check(None, Lang::En, (false, &["late"], 0, 0), "Fits: late");
    }

    #[test]
    fn every_class_has_a_word_in_every_language() {
        for class in Class::ALL {
            for lang in Lang::ALL {
                let key = format!("class_{}", class.id());
                assert_ne!(Catalogue::of(lang).word(&key), key);
            }
        }
    }
}
