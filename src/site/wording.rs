//! Words for times in English, Spanish, French, German and Portuguese: units, months, today and yesterday.
//!
//! Pages write them in the viewer's language, which the page does not always name, so all languages are read at once;
//! where two clash ("m" is a minute, "mo" a month) the networks' own short forms decide.

/// A step back in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The unit a word names.
pub fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "s" | "sec" | "secs" | "second" | "seconds" | "seg" | "segundo" | "segundos" | "seconde" | "secondes"
        | "sek" | "sekunde" | "sekunden" => Unit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" | "minuten" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" | "heure" | "heures" | "std" | "stunde"
        | "stunden" => Unit::Hour,
        "d" | "day" | "days" | "día" | "días" | "dia" | "dias" | "j" | "jour" | "jours" | "tag" | "tage" | "tagen"
        | "tg" | "t" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" | "sem" | "semana" | "semanas" | "semaine" | "semaines" | "woche"
        | "wochen" | "wo" => Unit::Week,
        "mo" | "mos" | "month" | "months" | "mes" | "meses" | "mês" | "mois" | "monat" | "monate" | "monaten"
        | "mon" => Unit::Month,
        "y" | "yr" | "yrs" | "year" | "years" | "año" | "años" | "a" | "ano" | "anos" | "an" | "ans" | "année"
        | "années" | "jahr" | "jahre" | "jahren" => Unit::Year,
        _ => return None,
    })
}

/// Words that stand for one: "an hour ago", "vor einer Stunde".
pub fn is_one(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "one" | "un" | "una" | "une" | "ein" | "eine" | "einem" | "einen" | "einer" | "um" | "uma"
    )
}

/// Words around a relative time that say nothing more.
pub fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "ago"
            | "about"
            | "hace"
            | "aprox"
            | "il"
            | "y"
            | "a"
            | "env"
            | "environ"
            | "vor"
            | "etwa"
            | "ca"
            | "há"
            | "ha"
            | "atrás"
            | "the"
            | "edited"
            | "posted"
            | "published"
            | "publicado"
            | "publié"
            | "veröffentlicht"
            | "editado"
            | "editada"
            | "modificado"
            | "modificada"
            | "modifié"
            | "modifiée"
            | "bearbeitet"
            | "asked"
            | "answered"
    )
}

/// Words between a day and its clock: "ayer a las 17:12", "gestern um 08:30".
pub fn is_at(word: &str) -> bool {
    matches!(word, "at" | "a" | "la" | "las" | "um" | "à" | "às" | "as" | "o")
}

/// Days back for "now", "today" and "yesterday"; the first is to the minute.
pub fn day_word(words: &[&str]) -> Option<(i64, bool)> {
    Some(match words {
        ["now"]
        | ["just", "now"]
        | ["ahora"]
        | ["ahora", "mismo"]
        | ["maintenant"]
        | ["à", "l", "instant"]
        | ["jetzt"]
        | ["gerade", "eben"]
        | ["agora"]
        | ["agora", "mesmo"] => (0, true),
        ["today"] | ["hoy"] | ["aujourd", "hui"] | ["heute"] | ["hoje"] => (0, false),
        ["yesterday"] | ["ayer"] | ["hier"] | ["gestern"] | ["ontem"] => (1, false),
        ["anteayer"] | ["avant", "hier"] | ["vorgestern"] | ["anteontem"] => (2, false),
        _ => return None,
    })
}

/// The month a word names, in full or in its usual short form.
pub fn month(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" | "ene" | "enero" | "janv" | "janvier" | "januar" | "jänner" | "janeiro" => 1,
        "feb" | "february" | "febrero" | "févr" | "fév" | "février" | "februar" | "fev" | "fevereiro" => 2,
        "mar" | "march" | "marzo" | "mars" | "mär" | "märz" | "mrz" | "março" => 3,
        "apr" | "april" | "abr" | "abril" | "avr" | "avril" => 4,
        "may" | "mayo" | "mai" | "maio" => 5,
        "jun" | "june" | "junio" | "juin" | "juni" | "junho" => 6,
        "jul" | "july" | "julio" | "juil" | "juillet" | "juli" | "julho" => 7,
        "aug" | "august" | "ago" | "agosto" | "août" => 8,
        "sep" | "sept" | "september" | "septiembre" | "septembre" | "set" | "setembro" => 9,
        "oct" | "october" | "octubre" | "octobre" | "okt" | "oktober" | "out" | "outubro" => 10,
        "nov" | "november" | "noviembre" | "novembre" | "novembro" => 11,
        "dec" | "december" | "dic" | "diciembre" | "déc" | "décembre" | "dez" | "dezember" | "dezembro" => 12,
        _ => return None,
    })
}
