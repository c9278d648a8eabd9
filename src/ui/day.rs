//! Days where this machine is, as fields and names of files write them.

use js_sys::Date;

use crate::browser::clock::offset;
use crate::site::calendar::iso;

/// The day of a moment where this machine is: `2026-11-23`.
pub fn day(at: i64) -> String {
    iso(at + i64::from(offset()) * 60_000).chars().take(10).collect()
}

/// When a day written like that begins where this machine is.
pub fn midnight(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // The language's own constructor; months count from zero.
    let at = Date::new_with_year_month_day(year, month.checked_sub(1)? as i32, day as i32).get_time();
    at.is_finite().then_some(at as i64)
}
