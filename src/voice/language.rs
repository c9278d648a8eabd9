//! Which language a reply is in. Replies are short, so this counts what betrays a language at once: its commonest
//! words, letters that only it has, and endings. English and Spanish are told apart; Portuguese, French, Italian and
//! Catalan are known only so that they are not taken for Spanish. Long texts gain nothing: the first 600 bytes decide.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::fold::{Folded, is_word};
use crate::message::Lang;

/// What a text seems to be written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// The language; `None` when it is another one or nothing tells.
    pub lang: Option<Lang>,
    /// 0 = nothing to go by, 1 = sure.
    pub confidence: f32,
}

const EN: &[&str] = &[
    "the", "and", "you", "your", "we", "our", "us", "is", "are", "to", "of", "for", "it", "this", "that", "with",
    "have", "has", "will", "can", "not", "be", "please", "thanks", "thank", "sorry", "hi", "hello", "hey", "at", "on",
    "in", "or", "if", "from", "would", "could", "what", "when", "how", "any", "was", "were", "they", "i", "i'm",
    "we're", "you're", "we'll", "it's", "don't", "let", "about", "been", "send", "here", "there", "yes", "an", "by",
    "as", "do", "so", "but", "get", "my", "i'll", "we've", "just", "know", "order", "team",
];
const ES: &[&str] = &[
    "el",
    "la",
    "los",
    "las",
    "de",
    "del",
    "que",
    "qué",
    "y",
    "en",
    "un",
    "una",
    "por",
    "para",
    "con",
    "tu",
    "tus",
    "te",
    "ti",
    "su",
    "sus",
    "le",
    "nos",
    "es",
    "está",
    "hola",
    "gracias",
    "sentimos",
    "lo",
    "al",
    "se",
    "si",
    "sí",
    "más",
    "pero",
    "como",
    "cómo",
    "este",
    "esta",
    "esto",
    "hemos",
    "estamos",
    "puedes",
    "puede",
    "favor",
    "muy",
    "ya",
    "hay",
    "cuando",
    "cuándo",
    "usted",
    "equipo",
    "nuestro",
    "nuestra",
    "también",
    "tienes",
    "tiene",
    "buenos",
    "buenas",
    "días",
    "mensaje",
    "pedido",
    "ha",
    "has",
    "han",
    "mi",
    "yo",
    "eso",
    "aquí",
    "ahora",
    "hoy",
    "mañana",
    "privado",
    "somos",
    "escríbenos",
    "lamentamos",
    "disculpa",
    "ayudarte",
];
const OTHER: &[&str] = &[
    // Portuguese
    "não", "você", "obrigado", "obrigada", "uma", "olá", "seu", "sua", "com", "muito", "pelo", "isso", "estamos", "em",
    "do", "da", "um", // French
    "le", "les", "des", "nous", "vous", "votre", "merci", "est", "pour", "avec", "bonjour", "une", "et", "dans", "pas",
    "désolé", "ce", // Italian
    "il", "di", "che", "grazie", "ciao", "per", "sono", "non", "della", "siamo", "abbiamo", "tuo", "gli",
    // Catalan
    "amb", "els", "gràcies", "hem", "som", "bon", "dia", "aquest", "teu", "nostre", "això", "perquè",
    // German
    "der", "die", "das", "und", "wir", "ist", "nicht", "danke", "ihr", "ein", "eine", "sie", "für", "mit",
];

/// Guesses the language of `text`. `hint` (the composer's or the page's language) decides when the text does not, and
/// tips the scales when it is unsure.
pub fn guess(text: &str, hint: Option<&str>) -> Guess {
    guess_folded(Folded::new(text.get(..cut(text)).unwrap_or(text)).text(), hint)
}

/// [`guess`] for a text already folded.
pub fn guess_folded(folded: &str, hint: Option<&str>) -> Guess {
    let folded = folded.get(..cut(folded)).unwrap_or(folded);
    let (mut en, mut es, mut other) = (0.0f32, 0.0f32, 0.0f32);
    for word in folded.split(|c: char| !is_word(c) && c != '\'').map(|word| word.trim_matches('\'')) {
        if word.is_empty() {
            continue;
        }
        let [in_en, in_es, in_other] = common(word);
        // A word of several languages tells less.
        let weight = 1.0 / f32::from(u8::from(in_en) + u8::from(in_es) + u8::from(in_other)).max(1.0);
        en += if in_en { weight } else { 0.0 };
        es += if in_es { weight } else { 0.0 };
        other += if in_other { weight } else { 0.0 };
        let ends = |endings: &[&str]| word.len() > 5 && endings.iter().any(|ending| word.ends_with(ending));
        en += if ends(&["ing", "tion", "ght", "ould", "ness"]) || word.starts_with("th") { 0.4 } else { 0.0 };
        es += if ends(&["ción", "ciones", "amos", "emos", "imos", "dad", "mente", "arte", "erte", "ando"]) {
            0.5
        } else {
            0.0
        };
        other += if ends(&["ção", "ções", "ões", "eux", "zione"]) { 1.0 } else { 0.0 };
    }
    for c in folded.chars().filter(|c| !c.is_ascii()) {
        match c {
            '¿' | '¡' => es += 1.5,
            'ñ' => es += 1.5,
            'á' | 'é' | 'í' | 'ó' | 'ú' => es += 0.2,
            'ã' | 'õ' | 'ç' | 'è' | 'ê' | 'à' | 'ù' | 'œ' | 'ß' | 'ä' | 'ö' => other += 0.8,
            _ => {}
        }
    }
    let hinted = hint.map(str::to_ascii_lowercase).and_then(|tag| match tag.split(['-', '_']).next() {
        Some("en") => Some(Lang::En),
        Some("es") => Some(Lang::Es),
        _ => None,
    });
    match hinted {
        Some(Lang::En) => en += 0.3,
        Some(Lang::Es) => es += 0.3,
        None => {}
    }
    let (lang, best, second) = if es > en { (Lang::Es, es, en.max(other)) } else { (Lang::En, en, es.max(other)) };
    if other > best {
        return Guess { lang: None, confidence: sure(other, best) };
    }
    if best <= 0.0 || best == second {
        return Guess { lang: hinted, confidence: 0.0 };
    }
    Guess { lang: Some(lang), confidence: sure(best, second) }
}

/// True for a word that stands in nearly every English or Spanish text.
pub(super) fn is_common(word: &str) -> bool {
    common(word)[..2].contains(&true)
}

/// Whether a word is common in English, in Spanish, in another language.
fn common(word: &str) -> [bool; 3] {
    static WORDS: OnceLock<HashMap<&str, [bool; 3]>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words: HashMap<&str, [bool; 3]> = HashMap::new();
        for (column, list) in [EN, ES, OTHER].into_iter().enumerate() {
            for word in list {
                words.entry(word).or_default()[column] = true;
            }
        }
        words
    });
    words.get(word).copied().unwrap_or_default()
}

/// How clear a lead is: its share of the evidence, less for little evidence.
fn sure(best: f32, second: f32) -> f32 {
    ((best - second) / (best + second)) * (best / (best + 1.0))
}

/// Where to stop reading: a character boundary near 600 bytes.
fn cut(text: &str) -> usize {
    if text.len() <= 600 {
        return text.len();
    }
    (0..=600).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hint: Option<&str>, expect: Option<Lang>) {
        let found = guess(text, hint);
        assert_eq!(found.lang, expect, "{text:?} {found:?}");
        assert!((0.0..=1.0).contains(&found.confidence), "{found:?}");
    }

    #[test]
    fn short_replies_in_their_language() {
        let (en, es) = (Some(Lang::En), Some(Lang::Es));
        check("Hi Ana, we're sorry about that.", None, en);
        check("Hola Ana, sentimos lo ocurrido.", None, es);
        check("Thanks!", None, en);
        check("¡Gracias!", None, es);
        check("Escríbenos por privado y te ayudamos", None, es);
        check("We will check your order and get back to you", None, en);
        check("Lo revisamos hoy mismo con el equipo de logística.", None, es);
        check("Please DM us your order number", None, en);
        check("Lamentamos la demora", None, es);
        check("Olá, você pode nos enviar uma mensagem? Obrigado!", None, None);
        check("Bonjour, merci pour votre message, nous sommes désolés.", None, None);
        check("Gràcies pel teu missatge, hem avisat els companys", None, None);
        check("Ciao, grazie per il messaggio, siamo qui per te", None, None);
    }

    #[test]
    fn the_hint_decides_when_the_text_does_not() {
        check("OK 👍", None, None);
        check("OK 👍", Some("es-MX"), Some(Lang::Es));
        check("", Some("en"), Some(Lang::En));
        check("Hola Ana, sentimos lo ocurrido.", Some("en"), Some(Lang::Es));
        check("日本語", None, None);
    }

    #[test]
    fn more_evidence_is_more_certain() {
        let little = guess("gracias", None).confidence;
        let much = guess("gracias por tu mensaje, lo revisamos y te escribimos mañana", None).confidence;
        assert!(little < much, "{little} {much}");
    }
}
