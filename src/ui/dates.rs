//! Times as people write them, in the language in use and the workspace's time zone; the browser knows both.

use js_sys::{Date, Object, Reflect};
use leptos::wasm_bindgen::JsValue;

#[cfg(any(feature = "mentions", feature = "members"))]
use super::when::ago;
use super::words::lang;
#[cfg(any(feature = "mentions", feature = "members"))]
use super::words::say;

/// A word for what is recent, else the day.
#[cfg(any(feature = "mentions", feature = "members"))]
pub fn short(at: i64, zone: &str) -> String {
    match ago(Date::now() as i64, at) {
        Some(word) => say(&word),
        None => write(at, zone, &[("dateStyle", "medium")]),
    }
}

/// Day and time.
pub fn full(at: i64, zone: &str) -> String {
    write(at, zone, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// Now, UTC milliseconds.
#[cfg(feature = "mentions")]
pub fn now() -> i64 {
    Date::now() as i64
}

/// Minutes that a zone is ahead of UTC at a moment (UTC milliseconds); 0 for a zone that the browser does not know.
#[cfg(feature = "mentions")]
pub fn offset(at: i64, zone: &str) -> i32 {
    use std::cell::RefCell;
    use std::collections::HashMap;

    /// No zone changes within one.
    const QUARTER_MS: i64 = 900_000;
    type Known = HashMap<i64, i32>;
    thread_local! {
        static KNOWN: RefCell<(String, Known)> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|(of, known)| {
        if of != zone {
            (*of, *known) = (zone.to_owned(), HashMap::new());
        }
        let quarter = at.div_euclid(QUARTER_MS);
        *known.entry(quarter).or_insert_with(|| offset_at(quarter * QUARTER_MS, zone).unwrap_or_default())
    })
}

/// What the browser's calendar says: Swedish dates are written `2026-11-23 10:00:00`.
#[cfg(feature = "mentions")]
fn offset_at(at: i64, zone: &str) -> Option<i32> {
    if !is_zone(zone) {
        return None;
    }
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).ok()?;
    let local = String::from(Date::new(&JsValue::from_f64(at as f64)).to_locale_string("sv-SE", &options));
    let local = Date::parse(&(local.replace(' ', "T") + "Z"));
    local.is_finite().then(|| ((local as i64 - at) / 60_000) as i32)
}

/// When somebody would look again, where this person is: in four hours, tomorrow at nine, in three days at nine, in a week
/// at nine.
#[cfg(feature = "mentions")]
pub fn mornings() -> Vec<i64> {
    let later = now() + 4 * 3_600_000;
    let today = Date::new_0();
    let morning = |days: i32| {
        let day = today.get_date().cast_signed() + days;
        let date = Date::new_with_year_month_day_hr(today.get_full_year(), today.get_month().cast_signed(), day, 9);
        date.get_time() as i64
    };
    [later].into_iter().chain([1, 3, 7].map(morning)).collect()
}

fn write(at: i64, zone: &str, how: &[(&str, &str)]) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let options = Object::new();
    for (name, value) in how {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    if is_zone(zone) {
        let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    }
    date.to_locale_string(lang().tag(), &options).into()
}

/// The browser knows the zone; with an unknown one it would write nothing at all.
fn is_zone(zone: &str) -> bool {
    zone.contains('/') && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_-+".contains(&b)) && {
        let options = Object::new();
        Reflect::set(&options, &"timeZone".into(), &zone.into()).is_ok() && knows(&options)
    }
}

fn knows(options: &Object) -> bool {
    // The constructor throws on an unknown zone; called through Reflect the throw comes back as an error.
    let arguments = js_sys::Array::of2(&lang().tag().into(), options);
    let global = js_sys::global();
    let constructor = Reflect::get(&global, &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"DateTimeFormat".into()))
        .map(js_sys::Function::from);
    constructor.is_ok_and(|constructor| Reflect::construct(&constructor, &arguments).is_ok())
}
