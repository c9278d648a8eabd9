//! How long ago something was, in one short word; what is older than a week is a date, which the page writes.

use crate::message::Msg;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The word, or `None` when the date says more. A clock that runs ahead makes "now", not the future.
pub fn ago(now: i64, at: i64) -> Option<Msg> {
    let passed = now.saturating_sub(at);
    let count = |key: &str, unit: i64| Msg::new(key).with("count", passed / unit);
    match passed {
        i64::MIN..MINUTE => Some(Msg::new("page_now")),
        MINUTE..HOUR => Some(count("page_minutes", MINUTE)),
        HOUR..DAY => Some(count("page_hours", HOUR)),
        _ if passed < 7 * DAY => Some(count("page_days", DAY)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Catalogue, Lang};

    #[track_caller]
    fn check(passed: i64, expect: Option<&str>) {
        let now = 1_795_000_000_000;
        let said = ago(now, now - passed).map(|msg| Catalogue::of(Lang::En).say(&msg));
        assert_eq!(said.as_deref(), expect);
    }

    #[test]
    fn recent_times_are_a_word() {
        check(-5 * DAY, Some("now"));
        check(59_999, Some("now"));
        check(MINUTE, Some("1 min"));
        check(HOUR - 1, Some("59 min"));
        check(DAY - 1, Some("23 h"));
        check(DAY, Some("1 d"));
        check(7 * DAY - 1, Some("6 d"));
        check(7 * DAY, None);
    }
}
