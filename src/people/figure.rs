//! Counts as people read them: "12.4k", "12,4 mil".

use crate::message::{Catalogue, Lang, Msg};
use crate::ordered::sort;

/// A count in at most three digits and a word.
pub fn short_count(count: u64, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    let (divisor, key) = match count {
        0..1_000 => return count.to_string(),
        // From here on the thousands would round to a million.
        1_000..999_500 => (1_000.0, "people_thousands"),
        _ => (1_000_000.0, "people_millions"),
    };
    words.say(&Msg::new(key).with("n", decimal(count as f64 / divisor, lang)))
}

/// One decimal below ten and where it says something; none above a hundred.
pub(super) fn decimal(value: f64, lang: Lang) -> String {
    let text = if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let text = text.strip_suffix(".0").unwrap_or(&text);
    text.replace('.', &Catalogue::of(lang).word("people_decimal_mark"))
}

/// Amounts in steps of 1/`steps` whose sum is the rounded sum of the exact ones: what is left over goes to the parts that
/// lost most. Negative and endless amounts count as nothing.
pub(super) fn shown_parts(parts: &[f64], steps: f64) -> Vec<f64> {
    let exact: Vec<f64> = parts.iter().map(|part| if part.is_finite() { part.max(0.0) * steps } else { 0.0 }).collect();
    let mut shown: Vec<f64> = exact.iter().map(|part| part.floor()).collect();
    let mut left = exact.iter().sum::<f64>().round() - shown.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    sort(&mut order, |a, b| (exact[*b] - shown[*b]).total_cmp(&(exact[*a] - shown[*a])));
    for at in order {
        if left >= 1.0 {
            shown[at] += 1.0;
            left -= 1.0;
        }
    }
    shown.into_iter().map(|part| part / steps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: u64, en: &str, es: &str) {
        assert_eq!(short_count(count, Lang::En), en);
        assert_eq!(short_count(count, Lang::Es), es);
    }

    #[test]
    fn counts_are_short() {
        check(0, "0", "0");
        check(999, "999", "999");
        check(1_000, "1k", "1 mil");
        check(12_400, "12.4k", "12,4 mil");
        check(248_900, "249k", "249 mil");
        check(999_499, "999k", "999 mil");
        check(999_500, "1M", "1 M");
        check(3_250_000, "3.2M", "3,2 M");
    }

    #[test]
    fn parts_shown_make_the_total_shown() {
        assert_eq!(shown_parts(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], 10.0), [0.4, 0.3, 0.3]);
        assert_eq!(shown_parts(&[2.5, 0.04, 1.26], 10.0), [2.5, 0.0, 1.3]);
        assert_eq!(shown_parts(&[], 10.0), [0.0; 0]);
        assert_eq!(shown_parts(&[f64::NAN, -1.0, 2.0], 1.0), [0.0, 0.0, 2.0]);
    }
}
