//! "Vos" in Spanish, which half a continent writes and the dictionary does not know: "podés", "escribinos", "contá". A form is
//! right when the infinitive that it is made of is. Irregular ones ("sos", "andá") are few and in the dictionary or plain.

/// Countries where a form without its pronoun's accent ("mandanos") is more likely a slip: people say "tú" there.
const TUTEO: [&str; 7] = ["ES", "MX", "PE", "CU", "DO", "PR", "VE"];

/// Pronouns that stand behind an imperative, two of them at most.
const PRONOUNS: [&str; 9] = ["nos", "les", "los", "las", "me", "te", "le", "lo", "la"];

/// Whether `word`, in small letters, is a form of "vos" of a verb whose infinitive is known. `region`: of the reply's tag.
pub(super) fn is_form(word: &str, region: Option<&str>, known: impl Fn(&str) -> bool) -> bool {
    const ENDINGS: [(&str, &str); 6] =
        [("ás", "ar"), ("és", "er"), ("ís", "ir"), ("á", "ar"), ("é", "er"), ("í", "ir")];
    let infinitive = |stem: &str, ending: &str| stem.chars().count() > 1 && known(&format!("{stem}{ending}"));
    if ENDINGS.iter().any(|(ending, of)| word.strip_suffix(ending).is_some_and(|stem| infinitive(stem, of))) {
        return true;
    }
    if region.is_some_and(|region| TUTEO.iter().any(|one| one.eq_ignore_ascii_case(region))) {
        return false;
    }
    let without = |word: &str| PRONOUNS.iter().find_map(|pronoun| word.strip_suffix(pronoun).map(str::to_owned));
    let verb = |word: &str| word.ends_with(['a', 'e', 'i']) && infinitive(word, "r");
    without(word).is_some_and(|one| verb(&one) || without(&one).is_some_and(|two| verb(&two)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_known_verbs_are_right() {
        let known = |word: &str| ["poder", "mandar", "contar", "escribir", "vivir", "consultar"].contains(&word);
        for word in
            ["podés", "vivís", "consultá", "mandá", "mandanos", "contanos", "contales", "escribinos", "mandamelo"]
        {
            assert!(is_form(word, Some("AR"), known), "{word}");
            assert!(is_form(word, None, known), "{word}");
        }
        assert!(is_form("podés", Some("ES"), known) && !is_form("mandanos", Some("ES"), known));
        for word in ["pedido", "casás", "nos", "á", "", "podes", "mandonos", "recivinos"] {
            assert!(!is_form(word, None, known), "{word}");
        }
    }
}
